"""What all files of a build share, serialised once: fonts, colour profile, pictures, resources, catalog.

The bytes of `Master.prefix` open every file; object numbers are fixed. What differs follows (``writer``).
"""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from io import BytesIO

from leaflet.fonts import FontBook
from leaflet.pdf.engine import Canvas, pdfdoc
from leaflet.pdf.fonts import EmbeddedFonts, register
from leaflet.pdf.metadata import LANGUAGE
from leaflet.pdf.objects import indirect, ref, stream
from leaflet.pdf.paint import Painter

_HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
_OUTPUT_CONDITION = "sRGB IEC61966-2.1"


@dataclass(frozen=True, slots=True)
class Bitmap:
    """A picture, decoded: 8 bits a sample, `mode` L or RGB, `alpha` one byte a pixel or empty."""

    width: int
    height: int
    mode: str
    samples: bytes
    alpha: bytes


@dataclass(frozen=True, slots=True)
class OwnNumbers:
    """Numbers of the objects that each file writes for itself but that shared ones refer to."""

    pages: int
    metadata: int
    information: int
    document: int
    parent_tree: int


class Master:
    """The shared part of a build's files.

    Attributes:
        prefix: the bytes every file begins with.
        offsets: of the objects in it, by number; numbers not in it are each file's own.
        catalog, resources: object numbers.
        own: numbers reserved for each file.
        first: the first free object number.
        painter: paints with these fonts and pictures.
    """

    def __init__(
        self,
        book: FontBook,
        alphabet: Iterable[str],
        color: Callable[[str], str],
        pictures: Mapping[str, Bitmap],
    ) -> None:
        canvas = _canvas(book)
        fonts = EmbeddedFonts(book, alphabet, canvas)
        document = canvas._doc
        objects = _serialise(document)
        number: int = document.objectcounter
        names: dict[str, str] = {}
        entries: list[bytes] = []
        for index, (key, bitmap) in enumerate(sorted(pictures.items()), 1):
            names[key] = f"Im{index}"
            entries.append(f"/Im{index} {number + 1} 0 R".encode())
            number = _add_picture(objects, bitmap, number + 1)
        self.fonts = fonts
        self.painter = Painter(canvas, fonts, color, names)
        self.catalog, self.resources, structure, profile = number + 1, number + 2, number + 3, number + 4
        self.own = OwnNumbers(number + 5, number + 6, number + 7, number + 8, number + 9)
        self.structure = structure
        self.first = number + 10
        font_dictionary = document.idToObjectNumberAndVersion["BasicFonts"][0]
        objects[self.catalog] = self._catalog(profile)
        objects[self.resources] = b"<< /Font %b /XObject << %b >> >>" % (
            ref(font_dictionary),
            b" ".join(entries),
        )
        objects[structure] = b"<< /Type /StructTreeRoot /K [%b] /ParentTree %b >>" % (
            ref(self.own.document),
            ref(self.own.parent_tree),
        )
        objects[profile] = stream(_srgb_profile(), b"/N 3 ")
        self.prefix, self.offsets = _join(objects)
        self.hash = hashlib.sha256(self.prefix)

    def _catalog(self, profile: int) -> bytes:
        intent = (
            b"<< /Type /OutputIntent /S /GTS_PDFA1 /OutputConditionIdentifier (%b) /Info (%b) "
            b"/DestOutputProfile %b >>"
        ) % (_OUTPUT_CONDITION.encode(), _OUTPUT_CONDITION.encode(), ref(profile))
        return (
            b"<< /Type /Catalog /Pages %b /StructTreeRoot %b /Metadata %b /MarkInfo << /Marked true >> "
            b"/Lang (%b) /OutputIntents [%b] "
            b"/ViewerPreferences << /DisplayDocTitle true /PrintScaling /None >> >>"
        ) % (ref(self.own.pages), ref(self.structure), ref(self.own.metadata), LANGUAGE.encode(), intent)


def _canvas(book: FontBook) -> Canvas:
    """A reportlab canvas that never becomes a file: it draws shapes and owns the font objects."""
    font = register(book, "regular")
    return Canvas(BytesIO(), pagesize=(1, 1), pageCompression=1, invariant=1, initialFontName=font.fontName)


def _serialise(document: pdfdoc.PDFDocument) -> dict[int, bytes]:
    """The bodies of reportlab's objects by number; its streams lack the end-of-line PDF/A asks for."""
    objects: dict[int, bytes] = {}
    number = 1
    while number in document.numberToId:  # formatting may add objects
        content = document.idToObject[document.numberToId[number]]
        if isinstance(content, pdfdoc.PDFStream):
            entries = b"".join(
                b"/%b %b " % (name.encode(), pdfdoc.format(value, document))
                for name, value in sorted(content.dictionary.dict.items())
            )
            data = content.content
            objects[number] = stream(data.encode() if isinstance(data, str) else data, entries)
        else:
            objects[number] = pdfdoc.format(content, document, toplevel=1).strip()
        number += 1
    return objects


def _add_picture(objects: dict[int, bytes], bitmap: Bitmap, number: int) -> int:
    """Write a picture as an image XObject, with its mask as the next object; returns the last number used."""
    space = {"L": b"/DeviceGray", "RGB": b"/DeviceRGB"}
    size = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 " % (
        bitmap.width,
        bitmap.height,
    )
    entries = size + b"/ColorSpace %b " % space[bitmap.mode]
    if not bitmap.alpha:
        objects[number] = stream(bitmap.samples, entries)
        return number
    objects[number] = stream(bitmap.samples, entries + b"/SMask %b " % ref(number + 1))
    objects[number + 1] = stream(bitmap.alpha, size + b"/ColorSpace /DeviceGray ")
    return number + 1


def _join(objects: dict[int, bytes]) -> tuple[bytes, dict[int, int]]:
    out = bytearray(_HEADER)
    offsets: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(out)
        out += indirect(number, body)
    return bytes(out), offsets


def _srgb_profile() -> bytes:
    """The sRGB profile of the pikepdf package (ICC v2, zlib licence): the output intent of PDF/A."""
    return (resources.files("pikepdf") / "pdfa" / "data" / "sRGB.icc").read_bytes()
