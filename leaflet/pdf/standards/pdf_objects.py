"""Objects of a file as read, and its content streams, operator by operator: nothing else in the program parses them.

Of a print-shop file: boxes, pages with what they inherit, objects that deserve a second look, for the rules in
``pdfx``. Lengths are points, as in the file; clauses are of ISO 32000-1.
"""

import re
import warnings
import zlib
from collections.abc import Iterator, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pikepdf
from msgspec import Struct

from leaflet.geometry import Rectangle

ObjectId = tuple[int, int]  # object and generation number
Instruction = Any  # of pikepdf: `operator`, whose text is made when it is asked for, and `operands`

# Operators by what they do (annex A).
SHOW_TEXT = frozenset({"Tj", "TJ", "'", '"'})
PAINT_PATH = frozenset({"f", "F", "f*", "B", "B*", "b", "b*", "S", "s"})

# What reading a damaged file raises; NotImplementedError is a RuntimeError. Objects are missing or of other types.
UNREADABLE = (
    *(pikepdf.PikepdfError, UserWarning, ArithmeticError),
    *(AttributeError, LookupError, RuntimeError, TypeError, ValueError),
)

_DEEPEST = 32  # levels of page tree followed before a file counts as damaged
_HOLDERS = (pikepdf.Dictionary, pikepdf.Array)  # direct objects in which others may stand
_SUSPECT = re.compile(
    rb"/(?:(?P<action>JS|JavaScript|Launch|Movie|Sound|SubmitForm|ResetForm|ImportData|Rendition)"
    rb"|(?P<object>PS|OPI|Alternates|Ref|F|FFilter|FDecodeParms|LZW|LZWDecode|TR|TR2|TransferFunction))\b"
)


def clean_message(problem: object) -> str:
    """Return what a library says of a problem, without the name that it gives to a file or a stream in memory."""
    return re.sub(r"<_io[^>]*>[,:]? ?|stream <[^>]*>[,:]? ?", "", str(problem)).strip() or type(problem).__name__


def read_rectangle(value: Any) -> Rectangle | None:
    """Return a rectangle, whichever corners it names (§7.9.5); None for anything else."""
    if not isinstance(value, pikepdf.Array) or len(value) != 4:
        return None
    try:
        x0, y0, x1, y1 = (float(side) for side in value)
    except UNREADABLE:
        return None
    return Rectangle(min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1))


def is_dictionary(value: Any) -> bool:
    """Check whether a value has entries, as dictionaries and streams do."""
    return isinstance(value, pikepdf.Dictionary | pikepdf.Stream)


def entries(value: Any, key: str) -> Any:
    """Return the dictionary under a key of a dictionary, an empty one if there is none."""
    found = value.get(key) if is_dictionary(value) else None
    return found if is_dictionary(found) else pikepdf.Dictionary()


def items(value: Any) -> list[Any]:
    """Return the items of an array, or the one value that stands for an array of one, or nothing."""
    if isinstance(value, pikepdf.Array):
        return list(value)
    return [] if value is None else [value]


def inherited(node: Any, key: str) -> Any:
    """Return the value of a page's key, of the page or of a node above it (§7.7.3.4)."""
    for _ in range(_DEEPEST):
        if not is_dictionary(node) or key in node:
            break
        node = node.get("/Parent")
    return node.get(key) if is_dictionary(node) else None


def content_streams(page: pikepdf.Page) -> list[pikepdf.Stream]:
    """Return the content streams of a page, in its order."""
    return [stream for stream in items(page.obj.get("/Contents")) if isinstance(stream, pikepdf.Stream)]


def read_instructions(*streams: Any, strict: bool = False) -> Sequence[Instruction]:
    """Parse content streams that are one text (§7.8.2); pages and form XObjects are streams too.

    An inline image is one instruction, with the operator ``INLINE IMAGE``. In damaged contents ``str(operator)`` may
    raise UnicodeDecodeError.

    Raises:
        pikepdf.PdfError: a stream cannot be parsed.
        UserWarning: the same; if `strict`, also of tokens that end in the middle.
    """
    with warnings.catch_warnings(action="error") if strict else nullcontext():
        return [one for stream in streams for one in pikepdf.parse_content_stream(stream)]


def direct_parts(value: Any) -> Iterator[Any]:
    """Yield the dictionaries written inside an object, itself included, however deep; references are not followed."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if is_dictionary(part):
            yield part
            inner = [part.get(key) for key in part.keys()]  # noqa: SIM118 - a pikepdf object is no mapping
        else:
            inner = list(part) if isinstance(part, pikepdf.Array) else []
        waiting += [one for one in inner if isinstance(one, _HOLDERS) and not one.is_indirect]


def _leaves(node: Any, met: set[ObjectId]) -> Iterator[Any]:
    """Yield the pages below a node of the page tree, in order; a node met twice would go round in circles."""
    kids = node.get("/Kids")
    if node.objgen in met or not isinstance(kids, pikepdf.Array):
        raise ValueError("a node of the page tree has no /Kids, or stands in it twice")
    met.add(node.objgen)
    for index in range(len(kids)):
        kid = kids[index]
        if not isinstance(kid, pikepdf.Dictionary):
            raise ValueError(f"/Kids of the page tree holds {type(kid).__name__}, not a page")
        if "/Kids" in kid:
            yield from _leaves(kid, met)
        else:
            yield kid


class PressPage(Struct):
    """A page with the boxes that are its own (§14.11.2) and what it inherits (§7.7.3.4)."""

    file: "PressFile"
    number: int
    dictionary: Any

    def box(self, name: str) -> Rectangle | None:
        """A box as the page says, without defaults."""
        is_inherited = name in ("/MediaBox", "/CropBox")
        return read_rectangle(inherited(self.dictionary, name) if is_inherited else self.dictionary.get(name))

    @property
    def trim(self) -> Rectangle | None:
        """The rest of the page after cutting: its TrimBox, or its ArtBox instead."""
        return self.box("/TrimBox") or self.box("/ArtBox")

    @property
    def unit(self) -> float:
        """The points in a unit of the page (UserUnit)."""
        return float(self.dictionary.get("/UserUnit", 1)) or 1.0

    @property
    def annotations(self) -> list[Any]:
        """The annotations of the page."""
        return [found for found in items(self.dictionary.get("/Annots")) if is_dictionary(found)]


@dataclass
class PressFile:
    """A print-shop file that is open."""

    pdf: pikepdf.Pdf
    seen: set[ObjectId] = field(default_factory=set)  # objects judged already, so that shared ones are judged once

    def pages(self) -> Iterator[PressPage]:
        """Yield the pages in the order of the page tree (§7.7.3); none is kept, none is repaired.

        Raises:
            ValueError: the tree is no tree, or counts its pages wrongly.
        """
        top: Any = self.pdf.Root.get("/Pages")
        number = 0
        for number, leaf in enumerate(_leaves(top, set()), 1):
            yield PressPage(self, number, leaf)
        if top.get("/Count") != number:
            raise ValueError(f"the page tree counts {top.get('/Count')} pages, {number} are there")

    @cached_property
    def suspects(self) -> dict[str, list[ObjectId]]:
        """The objects in whose text a forbidden name may occur: for actions and for objects."""
        found: dict[str, list[ObjectId]] = {"action": [], "object": []}
        for value in self.pdf.objects:
            if is_dictionary(value) or isinstance(value, pikepdf.Array):
                text = (value.stream_dict if isinstance(value, pikepdf.Stream) else value).unparse(resolved=True)
                for kind in {str(match.lastgroup) for match in _SUSPECT.finditer(text)}:
                    found[kind].append(value.objgen)
        return found

    def suspect(self, kind: str) -> Iterator[tuple[str, Any]]:
        """Yield the dictionaries in suspicious objects of a kind, each with a name for messages."""
        for number in self.suspects[kind]:
            for part in direct_parts(self.pdf.get_object(number)):
                yield f"object {number[0]}", part


MOST_UNPACKED = 256 << 20  # bytes of a stream; a page of 200 dpi in colour is 12 MB


def unpacks_without_end(raw: bytes) -> bool:
    """Check whether a Flate stream unpacks to more than `MOST_UNPACKED` bytes.

    Raises:
        zlib.error: it is spoilt; what readers make of it is chance.
    """
    packed = zlib.decompressobj()
    packed.decompress(raw, MOST_UNPACKED)
    return bool(packed.unconsumed_tail)
