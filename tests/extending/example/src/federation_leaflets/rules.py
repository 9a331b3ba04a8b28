"""The rule of the federation for finished files."""

from collections.abc import Iterator

from leaflet.preflight.extending import Context, Finding, FinishedPage, Message, Options, Rule, RuleSet


def check_length(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that a page is short enough to be read in the staff room."""
    count = len(page.evidence.words)
    if count > options["most_words"]:
        yield Finding(values={"count": count, "most": round(options["most_words"])})


RULES = RuleSet(
    api=1,
    rules=(
        Rule(
            code="KFED01",
            family="federation",
            name="a page is short",
            source="the federation: read in a minute",
            page=check_length,
            options={"most_words": 250},
            message=Message(
                severity="warning",
                reason={
                    "en": "The page has {count} words, and {most} is the most that is read.",
                    "fr": "La page a {count} mots, et on n’en lit pas plus de {most}.",
                },
                way_out={"en": "Say less, or use two pages.", "fr": "Dites-en moins, ou prenez deux pages."},
            ),
        ),
    ),
)
