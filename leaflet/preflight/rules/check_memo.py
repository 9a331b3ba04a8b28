"""Can a memo be filled in by hand, on lines that are blank, long and high enough, and never ask for a code?

Sources: CNIL, recommendation of 25 April 2019 (identifier and password over two channels); house rule: no password,
code or NUMEN is ever printed.
"""

import re
from collections.abc import Iterator, Sequence

from leaflet.geometry import mm, to_mm
from leaflet.preflight.pdf.evidence import FoundWord
from leaflet.preflight.pdf.finished_file import FinishedPage
from leaflet.preflight.pdf.writing_lines import LabelledLine, asks_anything, asks_secret
from leaflet.preflight.rule import Context, Finding, Options, rules

_CARD = mm(60)  # from one line to another of the same card
_MEMO = re.compile(r"aide[-‑ ]m[ée]moire|\bm[ée]mo\b", re.IGNORECASE)
_LEFT_EDGE = mm(3)  # labels of one card begin below each other
_NEXT_LINE = mm(3)  # between a label and its value below
_LONGEST_LABEL = 5  # words
# What may follow « Mot de passe : » in a sentence without being one.
_SAYS_WHERE = re.compile(
    r"numen|oubli|perdu|voir|personnel|confidentiel|secret|obligatoire|choisi|cr[ée][ée]|inconnu|n[°o]|xx|\W*$",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"\bj(?:e\b|['’])", re.IGNORECASE)  # « Je n’ouvre qu’une adresse : », which labels nothing


@rules.page("K401")
def _check_blank(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that nothing is printed where a secret is to be written, with or without a line to write on."""
    for line in _to_fill(page):
        if asks_secret(line.label) and (line.printed or not line.is_free):
            yield Finding(values={"word": line.label})
    taken = {id(word) for line in page.labelled_lines for word in line.words}
    for row in page.evidence.lines:  # those that begin with a short label and a colon
        ends = next((at for at, word in enumerate(row[: _LONGEST_LABEL + 1]) if word.text.endswith(":")), None)
        if ends is None or len(row) != ends + 2:
            continue
        label, value = " ".join(word.text for word in row[: ends + 1]).rstrip(" :\u00a0"), row[-1].text
        is_bare = asks_secret(label) and not any(map(_SAYS_WHERE.match, label.split()))
        is_harmless = _SAYS_WHERE.match(value) is not None or re.search(r"[_.…]{4}", value) is not None
        if is_bare and not is_harmless and id(row[0]) not in taken and _is_on_memo(row[0], page):
            yield Finding(values={"word": label})


def _to_fill(page: FinishedPage) -> Iterator[LabelledLine]:
    """Yield the lines beside labels, without what lies under a sentence."""
    return (line for line in page.labelled_lines if not _SENTENCE.search(line.label))


def _is_on_memo(word: FoundWord, page: FinishedPage) -> bool:
    """Check whether a word stands near the lines to write on, or on a page that calls itself a memo and has none."""
    if not page.labelled_lines:
        return _MEMO.search(page.text) is not None
    return any(
        abs(word.box.y - line.room.y) < _CARD and abs(word.box.x - line.words[0].box.x) < _LEFT_EDGE
        for line in page.labelled_lines
    )


@rules.page("K402")
def _check_line(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    if not page.labelled_lines and _MEMO.search(page.text) is None:
        return
    taken = {id(word) for line in page.labelled_lines for word in line.words}
    for row in page.evidence.lines:
        text = " ".join(word.text for word in row)
        is_label = len(row) <= _LONGEST_LABEL and text.endswith(":") and asks_anything(text)
        if is_label and not any(id(word) in taken for word in row) and not _has_value_below(row, page):
            yield Finding(values={"word": text.rstrip(" :\u00a0")})


def _has_value_below(label: Sequence[FoundWord], page: FinishedPage) -> bool:
    """Check whether the next line says what the label asks for, and is no other label."""
    first, last = label[0].box, label[-1].box
    bottom = max(word.box.bottom for word in label)
    return any(
        0 <= row[0].box.y - bottom < _NEXT_LINE
        and first.x - _LEFT_EDGE < row[0].box.x < last.right
        and not row[-1].text.endswith(":")
        for row in page.evidence.lines
    )


@rules.page("K403")
def _check_one_channel(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    passwords = [line for line in page.labelled_lines if line.asks_password]
    for code in (line for line in page.labelled_lines if line.asks_code):
        above = (line for line in passwords if line.room.x < code.room.right and code.room.x < line.room.right)
        password = next((line for line in above if abs(line.room.y - code.room.y) < _CARD), None)
        if password is not None:
            yield Finding(values={"word": password.label, "text": code.label})


@rules.page("K404")
def _check_length(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    for line in _to_fill(page):
        if to_mm(line.room.width) < options["least_line_mm"]:
            found = {"length_mm": round(to_mm(line.room.width)), "least_mm": options["least_line_mm"]}
            yield Finding(values={"word": line.label, **found})


@rules.page("K405")
def _check_room(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    for line in _to_fill(page):
        if to_mm(line.height) < options["least_room_mm"]:
            found = {"room_mm": round(to_mm(line.height), 1), "least_mm": options["least_room_mm"]}
            yield Finding(values={"word": line.label, **found})


@rules.page("K406")
def _check_never_asked(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    for label in dict.fromkeys(line.label for line in page.labelled_lines if line.asks_code):
        yield Finding(values={"word": label})


@rules.page("K407")
def _check_line_is_seen(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that nothing lies over a line."""
    return (Finding(values={"word": line.label}) for line in page.labelled_lines if not line.is_seen)
