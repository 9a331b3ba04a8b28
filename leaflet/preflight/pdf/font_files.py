"""The fonts of a file: what kind they are, whether their program is inside, what its licence allows."""

import re
import struct
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont, TTLibError
from msgspec import Struct

from leaflet.pdf.standards.pdf_objects import UNREADABLE, entries, is_dictionary, items

_SUBSET = re.compile(r"/?[A-Z]{6}\+")  # ISO 32000-1 §9.6.4
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_SYMBOLIC = 4  # flag, table 123
_KNOWN_ENCODINGS = ("/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding", "/StandardEncoding")
_SYMBOLS = ("Symbol", "ZapfDingbats")
_RESTRICTED, _PREVIEW, _EDITABLE = 0x0002, 0x0004, 0x0008  # OpenType, OS/2 fsType
_NO_SUBSET, _BITMAPS = 0x0100, 0x0200

_BROKEN = (*UNREADABLE, TTLibError, struct.error, AssertionError, EOFError)  # what damaged fonts raise


class Font(Struct, frozen=True, kw_only=True):
    """A font as the file has it."""

    name: str  # without the prefix of a subset
    kind: str  # ``TrueType``, ``Type0``, ``Type1``, ``Type3``
    is_embedded: bool  # its program is in the file; so is every Type 3 font
    is_subset: bool  # its name says so
    licence: int | None  # fsType of the program's OS/2 table; None without one
    is_readable: bool  # the file says which characters its codes are

    @property
    def is_misused(self) -> bool:
        """Return whether its licence forbids what was done: to put it into a file, to cut it, to embed outlines."""
        licence = self.licence or 0
        is_restricted = licence & _RESTRICTED and not licence & (_PREVIEW | _EDITABLE)
        return bool(is_restricted or licence & _BITMAPS or (licence & _NO_SUBSET and self.is_subset))


def read_font(font: pikepdf.Dictionary) -> Font:
    """Read what a file says of a font; of a composite one, its CIDFont has the program."""
    inner = next((below for below in items(font.get("/DescendantFonts")) if is_dictionary(below)), font)
    descriptor = entries(inner, "/FontDescriptor")
    found = (descriptor.get(key) for key in _PROGRAMS)
    program = next((program for program in found if isinstance(program, pikepdf.Stream)), None)
    base = str(font.get("/BaseFont", inner.get("/BaseFont", "?")))
    kind = str(font.get("/Subtype", "/?"))[1:]
    return Font(
        name=_SUBSET.sub("", base).lstrip("/"),
        kind=kind,
        is_embedded=program is not None or kind == "Type3",
        is_subset=_SUBSET.match(base) is not None,
        licence=None if program is None else _licence(program),
        is_readable="/ToUnicode" in font or _is_known(font),
    )


def named(resources: pikepdf.Dictionary, kind: str) -> Iterator[Any]:
    """Yield the resources of a kind that are dictionaries or streams."""
    found = entries(resources, kind)
    yield from filter(is_dictionary, (found.get(name) for name in found.keys()))  # noqa: SIM118


def _is_known(font: pikepdf.Dictionary) -> bool:
    """Check whether names of characters or a common encoding say what the codes are (§9.10.2).

    That is asked of fonts without a ToUnicode map.
    """
    encoding, kind = font.get("/Encoding"), font.get("/Subtype")
    is_symbolic = bool(int(entries(font, "/FontDescriptor").get("/Flags", 0)) & _SYMBOLIC)  # its own codes count
    if kind == "/Type0":
        return isinstance(encoding, pikepdf.Name) and not str(encoding).startswith("/Identity")
    if isinstance(encoding, pikepdf.Name):
        return str(encoding) in _KNOWN_ENCODINGS and not (kind == "/TrueType" and is_symbolic)
    if isinstance(encoding, pikepdf.Dictionary):
        return kind != "/Type3"
    base = _SUBSET.sub("", str(font.get("/BaseFont", ""))).lstrip("/")
    return kind == "/Type1" and base not in _SYMBOLS and not is_symbolic


def _licence(program: pikepdf.Stream) -> int | None:
    """Return fsType, None if the program has lost its OS/2 table."""
    with suppress(*_BROKEN):
        font = TTFont(BytesIO(program.read_bytes()), lazy=True)
        if "OS/2" in font:
            return int(font["OS/2"].fsType)
    return None
