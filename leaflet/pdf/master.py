"""The part that all files of a document share, serialised once: fonts, colour profile, pictures, resources, catalog.

The bytes of `Master.prefix` open every file; object numbers are fixed. What differs follows (``writer``).
"""

import hashlib
from collections.abc import Iterable, Mapping
from io import BytesIO
from operator import itemgetter

from msgspec import Struct

from leaflet.geometry import Box, Um, to_pt
from leaflet.layout.fonts import WEIGHTS, FontBook, Weight
from leaflet.layout.marks import Path
from leaflet.pdf.engine import Canvas, pdfdoc
from leaflet.pdf.flavour import Flavour, OutputIntent, screen_flavour
from leaflet.pdf.fonts_embedded import EmbeddedFonts, register
from leaflet.pdf.inks import KNOCK_OUT, OVERPRINT, Inks, PressInks, ScreenInks
from leaflet.pdf.objects import INDIRECT, rectangle, ref, stream, string
from leaflet.pdf.paint import Painter, path_operators

_BINARY = b"%\xe2\xe3\xcf\xd3\n"
_STATES = (  # black overprints, white knocks out (ISO 32000-1 §8.6.7)
    b"/ExtGState << /%b << /Type /ExtGState /OP true /op true /OPM 1 >> "
    b"/%b << /Type /ExtGState /OP false /op false /OPM 0 >> >> "
)
_REGISTRATION = (  # every ink of the press, for marks alone (ISO 32000-1 §8.6.6.4)
    b"/ColorSpace << /All [/Separation /All /DeviceCMYK << /FunctionType 2 /Domain [0 1] /N 1 "
    b"/C0 [0 0 0 0] /C1 [1 1 1 1] >>] >> "
)


class Bitmap(Struct, frozen=True):
    """A picture, decoded: 8 bits a sample, `mode` L, RGB or CMYK, `alpha` one byte a pixel or empty."""

    width: int
    height: int
    mode: str
    samples: bytes
    alpha: bytes
    is_light: bool = False  # it would be lost on white


class Vector(Struct, frozen=True):
    """A picture of paths, whose colours are names; only the ratio of width and height matters."""

    width: Um
    height: Um
    paths: tuple[Path, ...]
    colors: Mapping[str, str]  # each colour for screens, "#rrggbb" or "K 85"
    inks: Mapping[str, str]  # its shares of cyan, magenta, yellow and black in percent, for the press
    is_light: bool = False  # it would be lost on white


class FileNumbers(Struct, frozen=True):
    """The numbers of the objects that each file writes for itself but that shared ones refer to."""

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
        numbers: reserved for the objects of each file.
        first: the first free object number.
    """

    def __init__(
        self,
        book: FontBook,
        alphabet: Iterable[str],
        inks: Inks,
        pictures: Mapping[str, Bitmap | Vector],
        flavour: Flavour | None = None,
        weights: Iterable[Weight] = WEIGHTS,
    ) -> None:
        self.flavour = flavour = flavour or screen_flavour()
        self.pictures = pictures
        font = register(book, "regular")
        # never becomes a file: it draws shapes and owns the font objects
        canvas = Canvas(BytesIO(), pagesize=(1, 1), pageCompression=1, invariant=1, initialFontName=font.fontName)
        fonts = EmbeddedFonts(book, alphabet, canvas, weights)
        document = canvas._doc
        objects = _serialise(document)
        number: int = document.objectcounter
        names: dict[str, str] = {}
        entries: list[bytes] = []
        for index, (key, picture) in enumerate(sorted(pictures.items(), key=itemgetter(0)), 1):
            names[key] = f"Im{index}"
            number += 1
            entries.append(f"/Im{index} {number} 0 R".encode())
            if isinstance(picture, Vector):
                objects[number] = _vector(picture, flavour)
            else:
                number = _add_bitmap(objects, picture, number)
        self.fonts = fonts
        self.painter = Painter(canvas, fonts, inks, names)
        self.catalog, self.resources, structure, profile = number + 1, number + 2, number + 3, number + 4
        self.numbers = FileNumbers(number + 5, number + 6, number + 7, number + 8, number + 9)
        self.structure = structure
        self.first = number + 10
        font_dictionary = document.idToObjectNumberAndVersion["BasicFonts"][0]
        objects[self.catalog] = self._catalog(profile)
        press = _STATES % (OVERPRINT.encode(), KNOCK_OUT.encode()) + _REGISTRATION if flavour.is_press else b""
        self._shared = b"/Font %b %b" % (ref(font_dictionary), press)
        self._images = b" ".join(entries)
        objects[self.resources] = self.resources_with(b"")
        roots = (ref(self.numbers.document), ref(self.numbers.parent_tree))
        tree = b"<< /Type /StructTreeRoot /K [%b] /ParentTree %b >>" % roots
        objects[structure] = tree if flavour.is_tagged else b"null"
        objects[profile] = stream(flavour.intent.profile, b"/N %d " % flavour.intent.components)
        self.prefix, self.offsets = _join(objects, b"%%PDF-%b\n" % flavour.version.encode() + _BINARY)
        self.hash = hashlib.sha256(self.prefix)

    def resources_with(self, forms: bytes) -> bytes:
        """Return the shared resources and form XObjects (entries of a dictionary), for content that paints both."""
        return b"<< %b/XObject << %b%b >> >>" % (self._shared, self._images, b" " + forms if forms else b"")

    def _catalog(self, profile: int) -> bytes:
        entries = [b"/Type /Catalog /Pages %b /Metadata %b" % (ref(self.numbers.pages), ref(self.numbers.metadata))]
        if self.flavour.is_tagged:
            entries.append(b"/StructTreeRoot %b /MarkInfo << /Marked true >>" % ref(self.structure))
        language = self.flavour.language.encode()
        entries.append(b"/Lang (%b) /OutputIntents [%b]" % (language, _intent(self.flavour.intent, profile)))
        duplex = b" /Duplex /%b" % self.flavour.duplex.encode() if self.flavour.duplex else b""
        entries.append(b"/ViewerPreferences << /DisplayDocTitle true /PrintScaling /None%b >>" % duplex)
        return b"<< %b >>" % b" ".join(entries)


def _intent(intent: OutputIntent, profile: int) -> bytes:
    condition = string(intent.condition)
    registry = b"/RegistryName (http://www.color.org) " if intent.subtype == "GTS_PDFX" else b""
    body = b"<< /Type /OutputIntent /S /%b /OutputConditionIdentifier %b /Info %b %b/DestOutputProfile %b >>"
    return body % (intent.subtype.encode(), condition, condition, registry, ref(profile))


def _serialise(document: pdfdoc.PDFDocument) -> dict[int, bytes]:
    """Return the bodies of reportlab's objects by number; its streams lack the end-of-line PDF/A asks for."""
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


def _vector(picture: Vector, flavour: Flavour) -> bytes:
    """Return a form XObject that fills the unit square; paths stand below the origin, as marks of a piece do."""
    colors = picture.colors
    inks = PressInks(colors, picture.inks) if flavour.is_press else ScreenInks(colors)
    content = b"\n".join(path_operators(path, inks) for path in picture.paths)
    matrix = f"{1 / to_pt(picture.width):.9f} 0 0 {1 / to_pt(picture.height):.9f} 0 1".encode()
    box = rectangle(Box(0, 0, picture.width, picture.height), 0)
    return stream(content, b"/Type /XObject /Subtype /Form /BBox %b /Matrix [%b] /Resources << >> " % (box, matrix))


def _add_bitmap(objects: dict[int, bytes], bitmap: Bitmap, number: int) -> int:
    """Write a bitmap as an image XObject, with its mask as the next object; returns the last number used."""
    space = {"L": b"/DeviceGray", "RGB": b"/DeviceRGB", "CMYK": b"/DeviceCMYK"}
    size = b"/Type /XObject /Subtype /Image /Width %d /Height %d /BitsPerComponent 8 " % (bitmap.width, bitmap.height)
    entries = size + b"/ColorSpace %b " % space[bitmap.mode]
    if not bitmap.alpha:
        objects[number] = stream(bitmap.samples, entries)
        return number
    objects[number] = stream(bitmap.samples, b"%b/SMask %b " % (entries, ref(number + 1)))
    objects[number + 1] = stream(bitmap.alpha, size + b"/ColorSpace /DeviceGray ")
    return number + 1


def _join(objects: dict[int, bytes], header: bytes) -> tuple[bytes, dict[int, int]]:
    out = bytearray(header)
    offsets: dict[int, int] = {}
    for number, body in sorted(objects.items()):
        offsets[number] = len(out)
        out += INDIRECT % (number, body)
    return bytes(out), offsets
