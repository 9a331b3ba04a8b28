"""Check that the fonts travel with the file, may do so, and say what their codes are; that pictures are sharp.

Of a font it is read what kind it is, whether its program is inside, what its licence allows. A picture that is a QR
code is judged as one: a pixel for each module prints sharply.
"""

import re
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from io import BytesIO
from typing import Any

import pikepdf
from fontTools.ttLib import TTFont, TTLibError
from msgspec import Struct

from leaflet.geometry import mm, to_mm
from leaflet.pdf.standards.pdf_objects import UNREADABLE, entries, is_dictionary, items
from leaflet.preflight.pdf.evidence import FoundImage
from leaflet.preflight.pdf.finished_file import FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, rules

_PLAIN = 2  # pixels: a picture so small is a colour or a shade, stretched
_OF_CODE = 0.5  # of a picture that a code covers
_SUBSET = re.compile(r"/?[A-Z]{6}\+")  # ISO 32000-1 §9.6.4
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")
_SYMBOLIC = 4  # flag, table 123
_KNOWN_ENCODINGS = ("/WinAnsiEncoding", "/MacRomanEncoding", "/MacExpertEncoding", "/StandardEncoding")
_SYMBOLS = ("Symbol", "ZapfDingbats")
_RESTRICTED, _PREVIEW, _EDITABLE = 0x0002, 0x0004, 0x0008  # OpenType, OS/2 fsType
_NO_SUBSET, _BITMAPS = 0x0100, 0x0200
_BROKEN = (*UNREADABLE, TTLibError, struct.error, AssertionError, EOFError)  # what damaged fonts raise


@rules.page("K552", sees="piece")
@rules.page("K551", sees="piece")
def _check_coarse(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Report pictures whose resolution is under the least, and no error, each for photographs and for line art."""
    above = options.get("error_dpi", 0), options.get("line_art_error_dpi", 0)
    least = options["least_dpi"], options["line_art_dpi"]
    for image in page.evidence.images:
        is_line_art = image.bits == 1
        is_shade = min(image.width, image.height) <= _PLAIN
        if not above[is_line_art] <= image.dpi < least[is_line_art] or is_shade or _is_code(page, image):
            continue
        values = {
            "pixels": f"{image.width} × {image.height}",
            "size": f"{to_mm(image.box.width):.0f} × {to_mm(image.box.height):.0f}",
            "dpi": f"{image.dpi:.0f}",
            "least": f"{least[is_line_art]:g}",
        }
        yield Finding(values=values)


def _is_code(page: FinishedPage, image: FoundImage) -> bool:
    least = _OF_CODE * max(image.box.width * image.box.height, 1)
    codes = (code.box for code in page.evidence.codes)
    return any(box.overlaps(image.box) and box.width * box.height > least for box in codes)


@rules.page("K553", sees="piece")
def _check_cut(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that no picture reaches further beyond the page than bleed does."""
    seen, room = page.visible, page.visible.grown(mm(options["bleed_mm"]))
    for box in (image.box for image in page.evidence.images):
        if not room.contains(box) and box.width > 0 and box.height > 0:
            beyond = max(seen.x - box.x, seen.y - box.y, box.right - seen.right, box.bottom - seen.bottom)
            yield Finding(values={"beyond": f"{to_mm(beyond):.0f}"})


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


def _named(resources: pikepdf.Dictionary, kind: str) -> Iterator[Any]:
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


def _report_fonts(
    page: FinishedPage, _context: Context, _options: Options, *, is_wrong: Callable[[Font], bool]
) -> Iterator[Finding]:
    """Report the fonts of a page that are wrong, each once."""
    used = page.file.memory.recall(b"fonts", page.content_key, lambda: _used(page))
    return (Finding(values={"font": name}) for name in dict.fromkeys(font.name for font in used if is_wrong(font)))


_WRONG: dict[str, Callable[[Font], bool]] = {
    "K601": lambda font: not font.is_embedded,
    "K602": lambda font: font.is_embedded and not font.is_subset and font.kind != "Type3",
    "K603": lambda font: font.is_misused,
    "K605": lambda font: font.kind == "Type3",
    "K606": lambda font: not font.is_readable,
}
for _code, _is_wrong in _WRONG.items():
    rules.page(_code, sees="piece")(partial(_report_fonts, is_wrong=_is_wrong))


def _used(page: FinishedPage) -> tuple[Font, ...]:
    """Return the fonts that words are shown in; all fonts of the page if PDFium names one that it does not have.

    A font that is a drawing has no name for it, and Arial as a Type 1 font is Helvetica.
    """
    fonts = tuple(_named_fonts(page))
    shown = {word.font for word in page.evidence.words if not word.is_hidden}
    is_known = shown <= {font.name for font in fonts}
    return tuple(font for font in fonts if font.name in shown or not is_known)


def _named_fonts(page: FinishedPage) -> Iterator[Font]:
    """Yield the fonts among the resources of a page and of the forms within it; each distinct one is read once."""
    waiting, seen = [page.obj.get("/Resources")], set()
    while waiting:
        resources = waiting.pop()
        key = page.file.prints.digest(resources)
        if isinstance(resources, pikepdf.Dictionary) and key not in seen:
            seen.add(key)
            for font in _named(resources, "/Font"):
                yield page.file.memory.recall(b"font", page.file.prints.digest(font), partial(read_font, font))
            waiting += [form.get("/Resources") for form in _named(resources, "/XObject")]
