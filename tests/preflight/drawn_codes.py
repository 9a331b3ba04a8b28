"""QR codes as other programs draw them, in every way that can be thought of."""

from functools import cache

import qrcode
from msgspec import Struct
from PIL import Image
from qrcode.util import MODE_8BIT_BYTE, QRData
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import drawn

CAPACITY = (0, 14, 26, 42, 62, 84, 106, 122, 152, 180, 213)  # bytes by version at level M, ISO/IEC 18004 table 7
ADDRESS = "https://elections2018.education.gouv.fr/"
INK, PAPER = (0.0, 0.0, 0.0), (1.0, 1.0, 1.0)
BACKGROUND = 9  # modules of tint around a code
FRAME = 0.5 * mm  # thickness of a line around a quiet zone

Rgb = tuple[float, float, float]


class DrawnCode(Struct, frozen=True, kw_only=True):
    """A code as it is drawn.

    Args:
        module: in mm.
        quiet: modules between it and a frame around it; None draws no frame.
        angle: degrees it is turned by, counterclockwise.
        dark, light: its colours; `light` other than paper is a tint around it.
        is_inverted: light on dark.
        is_bitmap: drawn as a picture.
    """

    text: str = ADDRESS
    version: int | None = None
    module: float = 0.75
    quiet: float | None = None
    angle: float = 0
    dark: Rgb = INK
    light: Rgb = PAPER
    is_mirrored: bool = False
    is_inverted: bool = False
    is_bitmap: bool = False

    @property
    def matrix(self) -> tuple[tuple[bool, ...], ...]:
        return _matrix(self.text, self.version)

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw it around a point, in mm from the bottom left."""
        side = len(self.matrix) * self.module * mm
        canvas.saveState()
        canvas.translate(x * mm, y * mm)
        canvas.rotate(self.angle)
        if self.is_mirrored:
            canvas.scale(-1, 1)
        canvas.translate(-side / 2, -side / 2)
        self._draw_around(canvas, side)
        self._draw_modules(canvas, side)
        canvas.restoreState()

    def _draw_around(self, canvas: Canvas, side: float) -> None:
        if self.is_inverted or self.light != PAPER:
            canvas.setFillColorRGB(*(self.dark if self.is_inverted else self.light))
            room = BACKGROUND * self.module * mm
            canvas.rect(-room, -room, side + 2 * room, side + 2 * room, stroke=0, fill=1)
        if self.quiet is not None:
            room = self.quiet * self.module * mm + FRAME / 2
            canvas.setLineWidth(FRAME)
            canvas.rect(-room, -room, side + 2 * room, side + 2 * room)

    def _draw_modules(self, canvas: Canvas, side: float) -> None:
        if self.is_bitmap:
            canvas.drawImage(ImageReader(self._bitmap()), 0, 0, side, side)
            return
        module = side / len(self.matrix)
        canvas.setFillColorRGB(*(self.light if self.is_inverted else self.dark))
        path = canvas.beginPath()
        for down, row in enumerate(self.matrix, 1):
            for along, is_dark in enumerate(row):
                if is_dark:
                    path.rect(along * module, side - down * module, module, module)
        canvas.drawPath(path, stroke=0, fill=1)

    def _bitmap(self) -> Image.Image:
        picture = Image.new("L", (len(self.matrix),) * 2)
        picture.putdata([255 * (is_dark == self.is_inverted) for row in self.matrix for is_dark in row])
        return picture.resize((len(self.matrix) * 8,) * 2, Image.Resampling.NEAREST)


def code_page(code: DrawnCode, *, x: float = 105, y: float = 150, text: str = "") -> bytes:
    """A page with one code on it, and a line of text."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(20 * mm, 20 * mm, text or "Texte")
        code.draw(canvas, x, y)

    return drawn(draw)


def address_of_version(version: int) -> str:
    """An address that fills a code of a version, 1 to 10."""
    return ("http://a.fr/" + "abcdefghij" * 21)[: CAPACITY[version]]


@cache
def _matrix(text: str, version: int | None) -> tuple[tuple[bool, ...], ...]:
    code = qrcode.QRCode(version=version, error_correction=qrcode.constants.ERROR_CORRECT_M, border=0)
    code.add_data(QRData(text.encode(), mode=MODE_8BIT_BYTE))
    code.make(fit=version is None)
    return tuple(tuple(bool(module) for module in row) for row in code.get_matrix())
