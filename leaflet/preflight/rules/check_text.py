"""Check that everything can be read, and that a file's pages agree with each other and with its name.

What can be read is on the page, in one piece, large enough, dark enough, as words. What is said in several places
(the number of the school, the hours of the vote) is changed in one of them by whoever does not know the others.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from leaflet.geometry import mm, to_mm
from leaflet.preflight.pdf.duplex import holds_cards
from leaflet.preflight.pdf.evidence import Color, FoundWord
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.pdf.page_pixels import contrast
from leaflet.preflight.pdf.text_lines import Paragraph, find_leftovers, find_no_text, find_paragraphs
from leaflet.preflight.rule import Context, FileCheck, Finding, Options, Rule
from leaflet.tables.keys import is_uai
from leaflet.text import fold

_SUPERSCRIPT = 1.25  # how many times larger the words beside a raised figure are
_X_HIGH = frozenset("acemnorsuvwxz")  # letters without ascender, descender or dot
_RAISED = 3  # letters of it, at most


def check_cut(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that every word is wholly on the page, and that none is cut off with the margin."""
    slack, trim, visible = mm(options["slack_mm"]), page.trim, page.visible.grown(mm(options["slack_mm"]))
    inside = trim.grown(slack)
    for word in _seen(page):
        if inside.contains(word.box) or word.box.width <= 0 or word.box.height <= 0:
            continue
        if not visible.contains(word.box):
            yield Finding(values={"word": word.text, "what_en": "runs off the page", "what_fr": "sort de la page"})
        elif trim.overlaps(word.box):
            yield Finding(values={"word": word.text, "what_en": "is cut by the trim", "what_fr": "est rogné"})


def check_shown(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the page shows what is read of it: each letter in its colour, with nothing opaque over it."""
    covered = [word for word in _seen(page) if not word.is_seen]
    if covered:
        yield Finding(values={"word": covered[0].text, "count": len(covered)})


def check_mirrored(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no word is printed the wrong way round, as in a mirror."""
    mirrored = [word for word in _seen(page) if word.is_mirrored]
    if mirrored:
        yield Finding(values={"word": mirrored[0].text, "count": len(mirrored)})


def check_tiny(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that no text is too small to read."""
    yield from _small(page, 0, options["least_pt"])


def check_small(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that no text is too small to read with ease."""
    yield from _small(page, options["error_pt"], options["least_pt"])


def _small(page: FinishedPage, above: float, least: float) -> Iterator[Finding]:
    """Report the smallest word under `least` points and the number of such words, without raised figures.

    Words in a picture are left out: its alternative text says what they say.
    """
    found = [word for word in _seen(page) if above <= word.size < least and not word.is_pictured]
    found = [word for word in found if len(word.text) > _RAISED or not _has_larger(page, word)]
    if found:
        word = min(found, key=lambda word: word.size)
        yield Finding(
            values={"word": word.text, "size": f"{word.size:g}", "count": len(found), "least": f"{least:g}"}
        )


def _has_larger(page: FinishedPage, word: FoundWord) -> bool:
    """Check whether a word has larger words on its line, to which it may be an exponent."""
    return any(
        other.size >= _SUPERSCRIPT * word.size and other.box.grown(mm(1)).overlaps(word.box)
        for other in page.evidence.words
        if other.line == word.line
    )


def check_contrast(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that text has enough contrast to its background."""
    reported: set[tuple[Color, Color | None]] = set()
    for word in _seen(page):
        least = options["large"] if _is_large(word, options) else options["least"]
        if 0 < word.contrast < least - options["slack"] and (word.ink, word.behind) not in reported:
            reported.add((word.ink, word.behind))
            yield Finding(values={"word": word.text, "contrast": f"{word.contrast:.1f}", "least": f"{least:g}"})


def _is_large(word: FoundWord, options: Options) -> bool:
    """Check whether a word is large text in the sense of WCAG: 18 points, or 14 in bold."""
    is_bold = any(part in word.font.lower() for part in ("bold", "black", "heavy"))
    return word.size >= (options["bold_pt"] if is_bold else options["large_pt"])


def check_copy(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that text with enough contrast in colour has enough in grey too, as a copier sees it."""
    reported: set[tuple[Color, Color]] = set()
    for word in _seen(page):
        if word.behind is None or word.contrast < options["seen"] or (word.ink, word.behind) in reported:
            continue
        reported.add((word.ink, word.behind))
        ratio = contrast(_gray(word.ink), _gray(word.behind))
        if ratio < options["least"]:
            yield Finding(values={"word": word.text, "contrast": f"{ratio:.1f}", "least": f"{options['least']:g}"})


def _gray(color: Color) -> Color:
    """Convert a colour to grey as a copier sees it (Rec. 601)."""
    level = round(0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2])
    return level, level, level


def check_characters(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that all characters can be read, searched and read aloud."""
    for word in find_no_text(page.evidence):
        yield Finding(values={"word": word.text})


def check_leftovers(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that nothing is left of the template."""
    for found in find_leftovers(page.evidence.text):
        yield Finding(values={"found": found})


def check_x_height(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that small letters of running text are high enough, whatever the typeface: sizes in points say little.

    Running text are paragraphs of several long lines; there has to be enough of it on the page, which holds no cards.
    The height is that of the ink of words without ascenders, descenders and dots; half of them may be lower.
    """
    if holds_cards(page.evidence):
        return
    running = [paragraph for paragraph in _paragraphs(page) if _is_running(paragraph, int(options["line_letters"]))]
    words = [word for paragraph in running for line in paragraph for word in line.words if not word.is_pictured]
    if sum(len(word.text) for word in words) < options["letters"]:
        return
    plain = [word for word in words if len(word.text) > 1 and _X_HIGH.issuperset(word.text)]
    if not plain:
        return
    middle = sorted(plain, key=lambda word: word.box.height)[len(plain) // 2]
    if middle.box.height < mm(options["least_mm"]):
        yield Finding(
            values={
                "word": middle.text,
                "height_mm": f"{to_mm(middle.box.height):.2f}",
                "size": f"{middle.size:g}",
                "least_mm": f"{options['least_mm']:g}",
            }
        )


def _is_running(paragraph: Paragraph, letters: int) -> bool:
    return len(paragraph) > 1 and any(len(line.text) >= letters for line in paragraph)


def _paragraphs(page: FinishedPage) -> tuple[Paragraph, ...]:
    return page.file.memory.recall(b"paragraphs", page.content_key, lambda: find_paragraphs(page.evidence))


def _seen(page: FinishedPage) -> Iterator[FoundWord]:
    return (word for word in page.evidence.words if not word.is_hidden)


_CONTRAST = {"least": 4.5, "large": 3.0, "large_pt": 18, "bold_pt": 14, "slack": 0.05}
_WCAG, _HOUSE = "WCAG 2.2 §1.4.3", "house rule"

RULES = (
    Rule(
        code="K501",
        family="text",
        name="every word is whole on the page",
        source=_HOUSE,
        page=check_cut,
        options={"slack_mm": 0.3},
        by_content=True,
    ),
    Rule(
        code="K514",
        family="text",
        name="what is read is seen",
        source="house rule: a page is checked as its reader sees it",
        page=check_shown,
        by_content=True,
    ),
    Rule(
        code="K503",
        family="text",
        name="type can be read at all",
        source="RNIB Clear Print: 12 pt for text; 6 pt is the least of printed small print",
        page=check_tiny,
        options={"least_pt": 6},
        by_content=True,
    ),
    Rule(
        code="K504",
        family="text",
        name="type can be read with ease",
        source="house rule: legal lines of cards are 7.5 pt",
        page=check_small,
        options={"error_pt": 6, "least_pt": 7},
        by_content=True,
    ),
    Rule(
        code="K505",
        family="text",
        name="text stands out",
        source=_WCAG,
        page=check_contrast,
        options=_CONTRAST,
        by_content=True,
    ),
    Rule(
        code="K506",
        family="text",
        name="text stands out on a photocopy",
        source=f"{_WCAG}, in grey (Rec. 601)",
        page=check_copy,
        options={"least": 3, "seen": 3},
        by_content=True,
    ),
    Rule(
        code="K507",
        family="text",
        name="characters are text",
        source="ISO 14289-1 §7.21.7",
        page=check_characters,
        by_content=True,
    ),
    Rule(
        code="K510",
        family="text",
        name="nothing is left of the template",
        source=_HOUSE,
        page=check_leftovers,
        by_content=True,
    ),
    Rule(
        code="K513",
        family="text",
        name="running text has an x-height of 2 mm",
        source=_HOUSE,
        page=check_x_height,
        options={"least_mm": 2, "letters": 400, "line_letters": 35},
        by_content=True,
    ),
    Rule(code="K518", family="text", name="no word is mirrored", source=_HOUSE, page=check_mirrored, by_content=True),
)


_UAI = re.compile(r"(?<![\w-])\d{7}[A-Z](?!\w)")
_NAMED = re.compile(r"\d{7}[A-Z](?=[-_. ]|$)")
_HOUR = r"(?P<hour>[01]?\d|2[0-3])\s?(?:h|:)\s?(?P<minute>[0-5]\d)?(?!\d)(?:\s*\((?P<zone>[^)]{2,40})\))?"
_NEAR = r"(?:(?!ouvr|ouvert|ferm|clôtur)[^.!?]){0,60}?"
_OPENING = re.compile(rf"(?:ouvr|ouvert){_NEAR}(?<![\d:]){_HOUR}", re.IGNORECASE)
_LAST_DAY = r"\bau\s+(?:[a-z]+di\s+)?\d{1,2}\s+[a-zéû]+"  # « au 6 décembre »
_CLOSING = re.compile(rf"(?:ferm|clôtur|jusqu|{_LAST_DAY}){_NEAR}(?<![\d:]){_HOUR}", re.IGNORECASE)
_HOURS = ((_OPENING, "the vote opens", "le vote ouvre"), (_CLOSING, "the vote closes", "le vote ferme"))


def check_number(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a file whose name begins with the number of a school prints no other one."""
    named = _NAMED.match(PurePath(file.name).name)
    if named is None or not is_uai(named[0]):
        return
    for page in file.pages:
        found = dict.fromkeys(_UAI.findall(page.text))
        if len(found) == 1 and named[0] not in found:
            yield Finding(values={"uai": next(iter(found)), "name": named[0]}, page=page.number)


def check_letter(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the number of a school ends with its check letter."""
    for page in file.pages:
        for uai in dict.fromkeys(_UAI.findall(page.text)):
            if not is_uai(uai):
                yield Finding(values={"uai": uai}, page=page.number)


def check_hours(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the vote opens at one hour, and closes at one; in another zone it is another one."""
    for pattern, what_en, what_fr in _HOURS:
        known: dict[str, str] = {}
        for page in file.pages:
            for found in pattern.finditer(page.text):
                hour, zone = f"{int(found['hour'])} h {found['minute'] or '00'}", fold(found["zone"] or "")
                other = known.setdefault(zone, hour)
                if hour != other:
                    values = {"what_en": what_en, "what_fr": what_fr, "hour": hour, "other": other}
                    yield Finding(values=values, page=page.number)
                    return


def _rule(code: str, name: str, source: str, check: FileCheck) -> Rule:
    return Rule(code=code, family="text", name=name, source=source, file=check)


_AGREES = "house rule: what stands in two places is the same"

AGREEMENT_RULES = (
    _rule("K515", "the number of the school is that of the file", _AGREES, check_number),
    _rule("K516", "the number of the school has its letter", "leaflet.tables.keys", check_letter),
    _rule("K517", "the vote opens and closes at one hour", _AGREES, check_hours),
)
