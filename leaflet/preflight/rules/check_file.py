"""Check that a file is whole, unchanged since it was written, and the one that its campaign makes."""

import re
from collections.abc import Iterator, Sequence
from hashlib import sha256

import pikepdf

from leaflet.faults import LANGUAGES
from leaflet.files.words import in_both, say_part
from leaflet.geometry import to_mm
from leaflet.pdf.standards.pdf_objects import SHOW_TEXT, entries, read_instructions
from leaflet.preflight.compare.differences import PageChange, Token
from leaflet.preflight.compare.pdf_file import DAMAGED
from leaflet.preflight.compare.with_expected import Difference
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, rules

_RUNS = frozenset({"2b", "x4"})
_XMP_PROGRAMS = re.compile(r"(?:pdf:Producer|xmp:CreatorTool)(?:>|=[\"'])\s*([^<\"']+)")
_START = re.compile(rb"startxref\s+(\d{1,10})")
_END = 64  # bytes that hold the last of them
_ID = 16  # bytes of the hash that are the identifier


@rules.file("K001")
def _check_damage(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that nothing is missing or repaired, every stream unpacks, and every page can be read."""
    return (Finding(values={"problem": problem}) for problem in file.damage)


@rules.file("K005")
def _check_pages(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that there are pages, and that something stands on each of them; a back may be left white."""
    if not file.pages:
        yield Finding(values=in_both("what", "no_page"))
    for page in file.pages:
        if says_nothing(page) and not is_white_back(page):
            yield Finding(values=in_both("what", "empty_page"), page=page.number)


def says_nothing(page: FinishedPage) -> bool:
    """Check whether there is nothing to read or to look at on a page; lines and marks say nothing."""
    found = page.evidence
    return not (found.words or found.images or found.codes)


def is_white_back(page: FinishedPage) -> bool:
    """Check whether an empty page was made so: a back whose contents are there and paint no text."""
    if page.number % 2 or not page.contents.streams:
        return False
    return page.file.memory.recall(b"white", page.content_key, lambda: _is_whole(page))


def _is_whole(page: FinishedPage) -> bool:
    """Check whether contents paint no text, and all they name is there.

    Two operators say it, whatever the graphics state, and the first of them may.
    """
    forms = entries(page.obj.get("/Resources"), "/XObject")
    for instruction in read_instructions(*page.contents.streams):
        operator = str(instruction.operator)
        if operator in SHOW_TEXT:
            return False
        if operator == "Do" and instruction.operands[0] not in forms:
            return False
    return True


@rules.file("K006")
def _check_digest(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check the identifier of a file of ours, which is a hash of its objects.

    Print runs have another identifier. Where it is known what the file should be, K010 to K013 have more to say.
    """
    programs = file.info.get("Producer", ""), file.info.get("Creator", ""), *_XMP_PROGRAMS.findall(file.xmp)
    is_ours = any(program.startswith("leaflet ") for program in programs)  # one that saves it again puts itself first
    if not is_ours or file.claims & _RUNS or file.expected is not None:
        return
    start = _START.findall(file.data[-_END:])
    written = file.data[: int(start[-1])] if start else b""
    found = file.pdf.trailer.get("/ID")
    identifier = bytes(found[0]) if isinstance(found, pikepdf.Array) and len(found) else b""
    if sha256(written).digest()[:_ID] != identifier:
        yield Finding()


@rules.file("K015")
def _check_draft(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Find a draft of ours. Of such a file no other family is asked: its pages are smaller, and have no codes."""
    if file.is_draft:
        yield Finding()


def _difference(file: FinishedFile) -> Difference | None:
    """Return what differs; None if nothing is expected, or it cannot be read, which K011 tells."""
    try:
        return file.difference
    except DAMAGED:
        return None


@rules.file("K010")
def _check_words(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    found = _difference(file)
    for page in found.pages if found else ():
        for change in page.words:
            values = {
                f"{name}_{lang}": text or say_part("expected_nothing", lang)
                for name, text in {"found": _changed(change.new), "text": _changed(change.old)}.items()
                for lang in LANGUAGES
            }
            yield Finding(values=values, page=page.number)


def _changed(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens if token.is_changed)


@rules.file("K011")
def _check_looks(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    try:
        found = file.difference
    except DAMAGED:
        yield Finding(values=in_both("what", "look_unreadable_page"), page=1)
        return
    for page in found.pages if found else ():
        for what in _looks(page):
            yield Finding(values=what, page=page.number)


def _looks(page: PageChange) -> Iterator[dict[str, str]]:
    """Yield what differs on a page besides its words."""
    if page.status in ("removed", "added"):
        yield in_both("what", f"look_{page.status}")
    if page.sizes:
        yield in_both("what", "look_sizes")
    for box in page.boxes if not page.words else ():
        left, top = (str(round(to_mm(length))) for length in (box.x, box.y))
        yield in_both("what", "look_boxes", left=left, top=top)
    for link in page.links:
        yield in_both("what", f"look_link_{link.kind}", old=link.old or "", new=link.new or "")
    if page.is_reordered:
        yield in_both("what", "look_reordered")
    if page.has_other_notes:
        yield in_both("what", "look_notes")


@rules.file("K012")
def _check_unseen(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    found = _difference(file)
    for part in found.parts if found else ():
        yield Finding(values=in_both("what", f"changed_{part}"))


@rules.file("K013")
def _check_packing(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Note that a file is packed in another way, and differs in nothing else."""
    found = _difference(file)
    if found is not None and found.is_packing:
        yield Finding()
