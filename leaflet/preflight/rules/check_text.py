"""Check that everything can be read, and that a file's pages agree with each other and with its name.

What can be read is on the page, in one piece, large enough, dark enough, as words. What is said in several places
(the number of the school, the hours of the vote) is changed in one of them by whoever does not know the others.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from leaflet.files.words import in_both
from leaflet.geometry import mm
from leaflet.layout.palette import contrast_of
from leaflet.preflight.pdf.evidence import Color, Evidence, FoundWord
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, rules
from leaflet.tables.keys import is_uai
from leaflet.text import fold

_SUPERSCRIPT = 1.25  # how many times larger the words beside a raised figure are
_RAISED = 3  # letters of it, at most


@rules.page("K501", sees="piece")
def _check_cut(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that every word is wholly on the page, and that none is cut off with the margin."""
    trim, slack = page.trim, mm(options["slack_mm"])
    inside, visible = trim.grown(slack), page.visible.grown(slack)
    for word in _seen(page):
        if inside.contains(word.box) or word.box.width <= 0 or word.box.height <= 0:
            continue
        if not visible.contains(word.box):
            yield Finding(values={"word": word.text, **in_both("what", "word_off_page")})
        elif trim.overlaps(word.box):
            yield Finding(values={"word": word.text, **in_both("what", "word_cut")})


@rules.page("K514", sees="piece")
def _check_shown(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the page shows each letter in its colour, with nothing opaque over it."""
    if covered := [word for word in _seen(page) if not word.is_seen]:
        yield Finding(values={"word": covered[0].text, "count": len(covered)})


@rules.page("K504", sees="piece")
@rules.page("K503", sees="piece")
def _check_small(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Report the smallest word under the least size and the number of such words, without raised figures.

    Words in a picture are left out: its alternative text says what they say.
    """
    above, least = options.get("error_pt", 0), options["least_pt"]
    found = [word for word in _seen(page) if above <= word.size < least and not word.is_pictured]
    if found := [word for word in found if len(word.text) > _RAISED or not _has_larger(page, word)]:
        word = min(found, key=lambda word: word.size)
        values = {"word": word.text, "size": f"{word.size:g}", "count": len(found), "least": f"{least:g}"}
        yield Finding(values=values)


def _has_larger(page: FinishedPage, word: FoundWord) -> bool:
    """Check whether a word has larger words on its line, to which it may be an exponent."""
    return any(
        other.size >= _SUPERSCRIPT * word.size and other.box.grown(mm(1)).overlaps(word.box)
        for other in page.evidence.words
        if other.line == word.line
    )


@rules.page("K505", sees="piece")
def _check_contrast(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check the contrast of text to its background; large text of WCAG has 18 points, or 14 in bold."""
    reported: set[tuple[Color, Color | None]] = set()
    for word in _seen(page):
        is_bold = any(part in word.font.lower() for part in ("bold", "black", "heavy"))
        is_large = word.size >= (options["bold_pt"] if is_bold else options["large_pt"])
        least = options["large"] if is_large else options["least"]
        if 0 < word.contrast < least - options["slack"] and (word.ink, word.behind) not in reported:
            reported.add((word.ink, word.behind))
            yield Finding(values={"word": word.text, "contrast": f"{word.contrast:.1f}", "least": f"{least:g}"})


@rules.page("K506", sees="piece")
def _check_copy(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check text with enough contrast in colour."""
    reported: set[tuple[Color, Color]] = set()
    for word in _seen(page):
        if word.behind is None or word.contrast < options["seen"] or (word.ink, word.behind) in reported:
            continue
        reported.add((word.ink, word.behind))
        ratio = contrast_of(_gray(word.ink), _gray(word.behind))
        if ratio < options["least"]:
            yield Finding(values={"word": word.text, "contrast": f"{ratio:.1f}", "least": f"{options['least']:g}"})


def _gray(color: Color) -> Color:
    """Convert a colour to grey as a copier sees it (Rec. 601)."""
    level = round(0.299 * color[0] + 0.587 * color[1] + 0.114 * color[2])
    return level, level, level


@rules.page("K507", sees="piece")
def _check_characters(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    return (Finding(values={"word": word.text}) for word in find_no_text(page.evidence))


@rules.page("K510", sees="piece")
def _check_leftovers(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    return (Finding(values={"found": found}) for found in find_leftovers(page.text))


@rules.page("K518", sees="piece")
def _check_mirrored(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no word is printed the wrong way round."""
    if mirrored := [word for word in _seen(page) if word.is_mirrored]:
        yield Finding(values={"word": mirrored[0].text, "count": len(mirrored)})


def _seen(page: FinishedPage) -> Iterator[FoundWord]:
    return (word for word in page.evidence.words if not word.is_hidden)


_UAI = re.compile(r"(?<![\w-])\d{7}[A-Z](?!\w)")
_NAMED = re.compile(r"\d{7}[A-Z](?=[-_. ]|$)")
_HOUR = r"(?P<hour>[01]?\d|2[0-3])\s?(?:h|:)\s?(?P<minute>[0-5]\d)?(?!\d)(?:\s*(?P<zone>ici\b|\([^)]{2,40}\)))?"
_NEAR = r"(?:(?!ouvr|ouvert|ferm|clôtur)[^.!?]){0,60}?"
_OPENING = re.compile(rf"(?:ouvr|ouvert){_NEAR}(?<![\d:]){_HOUR}", re.IGNORECASE)
_LAST_DAY = r"\bau\s+(?P<day>(?:[a-z]+di\s+)?\d{1,2}\s+[a-zéû]+)"  # « au 6 décembre »
_FROM = r"(?P<of_some>de\s\d{1,2}\s?h(?:\s?\d\d)?\sà\s)?"  # « de 8 h à » 17 h, of one round or college
_CLOSING = re.compile(rf"(?:ferm|clôtur|jusqu|{_LAST_DAY}){_NEAR}{_FROM}(?<![\d:]){_HOUR}", re.IGNORECASE)


@rules.file("K515")
def _check_number(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a file whose name begins with the number of a school prints no other one."""
    named = _NAMED.match(PurePath(file.name).name)
    if named is None or not is_uai(named[0]):
        return
    for page in file.pages:
        found = dict.fromkeys(_UAI.findall(page.text))
        if len(found) == 1 and named[0] not in found:
            yield Finding(values={"uai": next(iter(found)), "name": named[0]}, page=page.number)


@rules.page("K516")
def _check_letter(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    return (Finding(values={"uai": uai}) for uai in dict.fromkeys(_UAI.findall(page.text)) if not is_uai(uai))


@rules.file("K517")
def _check_hours(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check the hours; they may differ in another zone, « ici » on each sheet of a print run, from round to round."""
    for pattern, key in ((_OPENING, "vote_opens"), (_CLOSING, "vote_closes")):
        known: dict[tuple[str, int, str], str] = {}
        every = ((page.number, found) for page in file.pages for found in pattern.finditer(page.text))
        written = [(number, found) for number, found in every if not found.groupdict().get("of_some")]
        days = [fold(found.groupdict().get("day") or "") for _, found in written]
        has_rounds = len({*days} - {""}) > 1
        for (page, found), day in zip(written, days, strict=True):
            hour, zone = f"{int(found['hour'])} h {found['minute'] or '00'}", fold(found["zone"] or "")
            sheet = page if zone == "ici" and file.is_print_run else 0
            other = known.setdefault((zone, sheet, day if has_rounds else ""), hour)
            if hour != other:
                yield Finding(values={**in_both("what", key), "hour": hour, "other": other}, page=page)
                return


_NO_TEXT = re.compile(
    "[\ufffd\ufffe\uffff\x00-\x08\x0e-\x1f\x7f-\x9f]"  # replacement characters, controls
    "|[^\\W\\d_][■□▯\ue000-\uf8ff]|[■□▯\ue000-\uf8ff][^\\W\\d_]|[\ue000-\uf8ff]{2}"  # within words
    "|Ã[\x80-\xbf©¨ª«§´»¹®¯¢ ]|â€[™œ\x9d“”¦]|Â[«»°]"  # UTF-8 read as something else
)

_LEFTOVERS = re.compile(
    r"\{\{|\}\}|\{%|%\}|\$\{\w*\}?|%\(\w+\)[sd]|«\w+_\w+»|<<\w+>>|\[\[\w+\]\]"
    r"|\b(?:None|undefined|NaN|TODO|FIXME|TBD|MERGEFIELD)\b|(?<![\w-])null(?![\w-])"
    r"|\b[Ll]orem\s+ipsum\b|\bXXX+\b|\b\?\?\?+"
    r"|#(?:REF|VALEUR|VALUE|NOM|NAME|DIV/0)[!?]?|#N/[AD]\b"
    r"|Erreur\s?!\s(?:Source du renvoi introuvable|Signet non défini)|Error! (?:Reference source|Bookmark) not"
    r"|(?:^|[:\[(«<])\s*à\s+compléter\s*(?:$|[\])»>])",
    re.MULTILINE,
)


def find_no_text(evidence: Evidence) -> Iterator[FoundWord]:
    """Find words with characters that cannot be read, searched or read aloud.

    A single private character is a picture of a symbol font, such as a bullet.
    """
    if all(word.is_mapped for word in evidence.words) and not _NO_TEXT.search(evidence.text):
        return
    yield from (word for word in evidence.words if not word.is_mapped or _NO_TEXT.search(word.text))


def find_leftovers(text: str) -> Iterator[str]:
    """Find what templates, mail merges and spreadsheets leave behind when a value is missing."""
    return (match[0].strip(" \n:") for match in _LEFTOVERS.finditer(text))
