"""The rules of files for a print shop: PDF/X-4 (ISO 15930-7) and what print shops ask for.

An independent reading with pikepdf: nothing here is shared with ``leaflet/pdf``. `RULES` lists what is checked, with
source; the checks are in ``objects``, ``metadata`` and ``pages``. The ISO texts were not at hand: the rules are
those that open validators and print shops' manuals agree on.

Not here: what pages paint (colours, ink, overprint, up to the bleed) and the document parts of PDF/VT-1. Of our own
files tests judge both, with Ghostscript; of other files print shops do.
"""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from io import BytesIO
from pathlib import Path

import pikepdf
from msgspec import Struct

from leaflet.conformance.pdf_objects import UNREADABLE, PressFile, PressPage
from leaflet.conformance.pdfx import metadata, objects, pages

UNREAD = "0"  # the rule that the file can be read
_MOST_MESSAGES = 100  # of one rule; the rest is counted
_TAIL = 64  # bytes looked at for the end
_X4, _HOUSE = "ISO 15930-7", "house rule"


class PressRule(Struct, frozen=True):
    """One rule of the check.

    Attributes:
        number: names the rule in messages.
        name: says in a few words what it asks for.
        source: who asks for it.
        file: checks a whole file.
        page: checks a page.
    """

    number: str
    name: str
    source: str
    file: Callable[[PressFile], Iterator[str]] | None = None
    page: Callable[[PressPage], Iterator[str]] | None = None

    def format(self, place: str, text: str) -> str:
        """Return a message."""
        return f"{place}{text} (rule {self.number}: {self.source})"


RULES = (
    PressRule(UNREAD, "the file can be read without repair", "ISO 32000-1"),
    PressRule("1", "PDF 1.6 or earlier", _X4, file=objects.check_version),
    PressRule("2", "not encrypted; two file identifiers", _X4, file=objects.check_identity),
    PressRule("3", "unfiltered metadata claim PDF/X-4", _X4, file=metadata.check_claim),
    PressRule("4", "metadata: title, program, dates, identifiers", _X4, file=metadata.check_properties),
    PressRule("5", "Info says whether the file is trapped, metadata agree", _X4, file=metadata.check_trapped),
    PressRule("6", "one output intent with a printer's ICC profile", _X4, file=objects.check_intent),
    PressRule("7", "MediaBox; TrimBox or ArtBox; boxes inside one another", _X4, page=pages.check_boxes),
    PressRule("8", "every font embedded", _X4, page=pages.check_fonts),
    PressRule("10", "no annotation on the printed area", _X4, page=pages.check_annotations),
    PressRule(
        "11",
        "no actions, no JavaScript, no forms to fill in",
        _X4,
        file=objects.check_actions,
        page=pages.check_page_actions,
    ),
    PressRule(
        "12",
        "no PostScript, OPI, alternates, references, external streams, LZW, transfer functions",
        _X4,
        file=objects.check_objects,
    ),
    PressRule("13", "viewer areas are MediaBox or BleedBox", _X4, file=objects.check_viewer_areas),
    PressRule("14", "transparency and layers are allowed", _X4),
    PressRule("H1", "BleedBox 3 mm or more beyond the trim", _HOUSE, page=pages.check_bleed),
    PressRule("H2", "trim in the middle of the media", _HOUSE, page=pages.check_centred),
)


def check_press(source: Path | bytes) -> list[str]:
    """Check a file that claims PDF/X-4; return one message for each thing that is wrong.

    A message names the page, and the rule by its number in `RULES`; of one rule there are at most a hundred messages,
    and one that counts the rest.

    Raises:
        OSError: there is no such file, or it may not be read.
    """
    rules = {rule.number: rule for rule in RULES}
    if not _has_end(source):
        return [rules[UNREAD].format("", "the file does not end with %%EOF: a piece is missing")]
    try:
        with _opened(source) as pdf:
            return list(_limited(rules, _check(PressFile(pdf))))
    except pikepdf.PasswordError:
        return [rules["2"].format("", "the file is encrypted")]
    except UNREADABLE as error:
        return [rules[UNREAD].format("", f"the file cannot be read: {_plain(error)}")]


def _has_end(source: Path | bytes) -> bool:
    """Check whether a file ends as a PDF file does (§7.5.5): qpdf does without."""
    if isinstance(source, bytes):
        return source[-_TAIL:].rstrip().endswith(b"%%EOF")
    with source.open("rb") as stream:
        stream.seek(-min(_TAIL, source.stat().st_size), os.SEEK_END)
        return stream.read().rstrip().endswith(b"%%EOF")


@contextmanager
def _opened(source: Path | bytes) -> Iterator[pikepdf.Pdf]:
    """Open a file as it is, without repair.

    What needs repair is no print file, and qpdf would give a page without size one.
    """
    stream = source if isinstance(source, Path) else BytesIO(source)
    with pikepdf.open(
        stream, attempt_recovery=False, inherit_page_attributes=False, conversion_mode="implicit"
    ) as pdf:
        yield pdf


def _check(file: PressFile) -> Iterator[tuple[str, str, str]]:
    """Yield number of the rule, place and text of all that is wrong."""
    for rule in RULES:
        if rule.file:
            yield from ((rule.number, "", text) for text in _guarded(partial(rule.file, file)))
    try:
        for page in file.pages():
            place = f"page {page.number}: "
            for rule in RULES:
                if rule.page:
                    yield from ((rule.number, place, text) for text in _guarded(partial(rule.page, page)))
    except UNREADABLE as error:
        yield UNREAD, "", f"the pages cannot be read: {_plain(error)}"
    yield from ((UNREAD, "", _plain(warning)) for warning in file.pdf.get_warnings())


def _guarded(check: Callable[[], Iterator[str]]) -> Iterator[str]:
    """Yield what a rule finds; that damage keeps it from looking is a finding too."""
    try:
        yield from check()
    except UNREADABLE as error:
        yield f"cannot be judged: {_plain(error)}"


def _plain(problem: object) -> str:
    """Return what a library says of a problem, without the name it gives to a stream in memory."""
    return re.sub(r"stream <[^>]*>[,:]? ?", "", str(problem)) or type(problem).__name__


def _limited(rules: dict[str, PressRule], findings: Iterator[tuple[str, str, str]]) -> Iterator[str]:
    """Yield messages: of a rule broken on every page of a long run the first ones, and how many more."""
    counts: Counter[str] = Counter()
    for number, place, text in findings:
        counts[number] += 1
        if counts[number] <= _MOST_MESSAGES:
            yield rules[number].format(place, text)
    for number, count in counts.items():
        if count > _MOST_MESSAGES:
            yield rules[number].format("", f"… and {count - _MOST_MESSAGES} more messages")
