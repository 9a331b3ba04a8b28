"""Is it a whole PDF file at all?"""

from collections.abc import Iterator

from leaflet.review.finished import FinishedFile
from leaflet.review.rule import Context, Finding, Options, Rule


def check_damage(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Nothing is missing, nothing needs repair, every stream unpacks, every page can be read."""
    for problem in file.damage:
        yield Finding(values={"problem": problem})


def check_pages(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """There are pages, and something stands on each of them."""
    if not file.pages:
        yield Finding(values={"what_en": "no page", "what_fr": "aucune page"})
    for page in file.pages:
        found = page.evidence
        if not (found.words or found.images or found.codes):
            yield Finding(values={"what_en": "nothing", "what_fr": "rien"}, page=page.number)


RULES = (
    Rule(code="K001", family="file", name="the file is whole", source="ISO 32000-1 §7.5", file=check_damage),
    Rule(code="K005", family="file", name="every page says something", source="house rule", file=check_pages),
)
