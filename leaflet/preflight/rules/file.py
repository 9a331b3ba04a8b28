"""Rules for the file as such: whole, with something on every page, unchanged since it was written."""

import re
from collections.abc import Iterator
from hashlib import sha256

import pikepdf

from leaflet.conformance.content_stream import SHOW_TEXT, read_instructions
from leaflet.preflight.reader.finished import FinishedFile, FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, Rule

_RUNS = frozenset({"2b", "x4", "vt1"})
_START = re.compile(rb"startxref\s+(\d{1,10})")
_END = 64  # bytes that hold the last of them
_ID = 16  # bytes of the hash that are the identifier


def check_damage(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that nothing is missing or repaired, every stream unpacks, and every page can be read."""
    for problem in file.damage:
        yield Finding(values={"problem": problem})


def check_pages(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that there are pages, and that something stands on each of them; a back may be left white."""
    if not file.pages:
        yield Finding(values={"what_en": "no page", "what_fr": "aucune page"})
    for page in file.pages:
        if says_nothing(page) and not is_white_back(page):
            yield Finding(values={"what_en": "nothing", "what_fr": "rien"}, page=page.number)


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
    resources = page.obj.get("/Resources")
    forms = resources.get("/XObject") if isinstance(resources, pikepdf.Dictionary) else None
    for instruction in read_instructions(*page.contents.streams):
        operator = str(instruction.operator)
        if operator in SHOW_TEXT:
            return False
        if operator == "Do" and not (isinstance(forms, pikepdf.Dictionary) and instruction.operands[0] in forms):
            return False
    return True


def check_digest(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a file of ours is as it was written: its identifier is a hash of its objects.

    Print runs have another identifier. Where it is known what the file should be, `expected` has more to say.
    """
    if not file.names_us or file.claims & _RUNS or file.expected is not None:
        return
    start = _START.findall(file.data[-_END:])
    written = file.data[: int(start[-1])] if start else b""
    if sha256(written).digest()[:_ID] != _identifier(file):
        yield Finding()


def _identifier(file: FinishedFile) -> bytes:
    found = file.pdf.trailer.get("/ID")
    return bytes(found[0]) if isinstance(found, pikepdf.Array) and len(found) else b""


FILE_RULES = (
    Rule(code="K001", family="file", name="the file is whole", source="ISO 32000-1 §7.5", file=check_damage),
    Rule(code="K005", family="file", name="every page says something", source="house rule", file=check_pages),
    Rule(code="K006", family="file", name="our own file is as it was written", source="house rule",
         file=check_digest),
)  # fmt: skip
