"""Pages that printers, knives and folding machines stumble over, and pages that they just take."""

from collections.abc import Callable

import pikepdf
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import FONT, Case, Cases, Sample, drawn, edited
from tests.support import later

Draw = Callable[[Canvas], None]
TEXT = "Je vote."
A4 = (210, 297)
ZONE, BLEED = 13, 3  # mm around the trim, and of bleed, of the press pages here
_XMP = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"><pdfxid:GTS_PDFXVersion>%b</pdfxid:GTS_PDFXVersion></rdf:Description>
</rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def page(*draws: Draw, size: tuple[float, float] = A4) -> bytes:
    """A page of a size in mm, with a line of text in its middle."""

    def draw(canvas: Canvas) -> None:
        canvas.drawString(size[0] / 3 * mm, size[1] / 2 * mm, TEXT)
        for one in draws:
            one(canvas)

    return drawn(draw, width=size[0] * mm, height=size[1] * mm)


def press(*draws: Draw, size: tuple[float, float] = A4) -> bytes:
    """A page for the print shop with trim and bleed; coordinates of `draws` are from the trim's corner."""
    width, height = size

    def draw(canvas: Canvas) -> None:
        canvas.setTrimBox(_box(ZONE, size))
        canvas.setBleedBox(_box(ZONE - BLEED, (width + 2 * BLEED, height + 2 * BLEED)))
        canvas.translate(ZONE * mm, ZONE * mm)
        canvas.drawString(80 * mm, 150 * mm, TEXT)
        for one in draws:
            one(canvas)

    return drawn(draw, width=(width + 2 * ZONE) * mm, height=(height + 2 * ZONE) * mm)


def _box(start: float, size: tuple[float, float]) -> tuple[float, float, float, float]:
    return start * mm, start * mm, (start + size[0]) * mm, (start + size[1]) * mm


def boxed(**boxes: tuple[float, float, float, float]) -> bytes:
    """An A4 page with boxes, in mm."""

    def edit(pdf: pikepdf.Pdf) -> None:
        for key, sides in boxes.items():
            pdf.pages[0].obj[f"/{key}"] = pikepdf.Array([round(side * mm, 3) for side in sides])

    return edited(page(), edit)


@later
def text(canvas: Canvas, x: float, y: float, *, size: float = 12) -> None:
    """A word at a place in mm."""
    canvas.setFont(FONT, size)
    canvas.drawString(x * mm, y * mm, TEXT)


@later
def area(
    canvas: Canvas, x: float, y: float, width: float, height: float, color: tuple[float, ...] = (0.1, 0.2, 0.5)
) -> None:
    """A coloured area, places in mm, in RGB or in CMYK."""
    if len(color) == 4:
        canvas.setFillColorCMYK(*color)
    else:
        canvas.setFillColorRGB(*color)
    canvas.rect(x * mm, y * mm, width * mm, height * mm, stroke=0, fill=1)


@later
def marks(canvas: Canvas, start: float, size: tuple[float, float] = A4) -> None:
    """Crop marks of 5 mm at all corners, from `start` mm outside of the trim on; below 0 they reach into it."""
    far = start + 5
    for x in (0, size[0]):
        for one, two in ((-far, -start), (size[1] + start, size[1] + far)):
            canvas.line(x * mm, one * mm, x * mm, two * mm)
    for y in (0, size[1]):
        for one, two in ((-far, -start), (size[0] + start, size[0] + far)):
            canvas.line(one * mm, y * mm, two * mm, y * mm)


@later
def folds(canvas: Canvas, *places: float) -> None:
    for x in places:
        for start, end in ((4, 7), (203, 206)):
            canvas.line(x * mm, start * mm, x * mm, end * mm)


def claiming(version: bytes) -> Callable[[], bytes]:
    def edit(pdf: pikepdf.Pdf) -> None:
        stream = pikepdf.Stream(pdf, _XMP % version)
        stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
        pdf.Root.Metadata = stream

    return lambda: edited(page(), edit)


def of_sizes(*sizes: tuple[float, float]) -> bytes:
    def draw(canvas: Canvas) -> None:
        for at, (width, height) in enumerate(sizes):
            canvas.setPageSize((width * mm, height * mm))
            canvas.setFont(FONT, 12)
            canvas.drawString(20 * mm, 20 * mm, TEXT)
            if at < len(sizes) - 1:
                canvas.showPage()

    return drawn(draw)


def turned(*turns: int) -> Callable[[], bytes]:
    def edit(pdf: pikepdf.Pdf) -> None:
        for one, turn in zip(pdf.pages, turns, strict=True):
            one.obj.Rotate = turn

    return lambda: edited(of_sizes(*[A4] * len(turns)), edit)


LANDSCAPE = (297, 210)
INNER = (6, 5, 205, 292)

CASES: Cases = {
    "K651": Case(
        broken=Sample("a TrimBox beyond the BleedBox", lambda: boxed(TrimBox=(5, 5, 205, 292), BleedBox=INNER)),
        near=Sample("all boxes alike", lambda: boxed(CropBox=(0, 0, *A4), TrimBox=(0, 0, *A4), BleedBox=(0, 0, *A4))),
    ),
    "K652": Case(broken=Sample("an A4 page and an A5 page", lambda: of_sizes(A4, (148, 210))),
                 near=Sample("the panels of a folded sheet", lambda: of_sizes((97, 210), (100, 210), (210, 100)))),
    "K653": Case(broken=Sample("US Letter", lambda: page(size=(215.9, 279.4))),
                 near=Sample("A4, landscape, 1 mm larger", lambda: page(size=(298, 211)))),
    "K654": Case(broken=Sample("one of two pages turned", turned(0, 90)), near=Sample("both turned", turned(90, 90))),
    "K655": Case(broken=Sample("a word 3 mm from the edge of A4", lambda: page(text(3, 150))),
                 near=Sample("the same on a card, which is cut out", lambda: page(text(3, 20), size=(85, 54)))),
    "K656": Case(broken=Sample("a word 2 mm inside the cut", lambda: press(text(2, 200))),
                 near=Sample("a word 3.1 mm inside the cut, another in the margin",
                             lambda: press(text(3.1, 200), text(20, -10, size=7)))),
    "K658": Case(broken=Sample("crop marks that reach 2 mm into the page", lambda: press(marks(-2))),
                 near=Sample("marks 3 mm outside, a line on the cut", lambda: press(marks(3), area(0, 0, 210, 0.3)))),
    "K659": Case(broken=Sample("a word across the fold",
                               lambda: page(folds(97, 197), text(95, 180), size=LANDSCAPE)),
                 near=Sample("a word 5 mm from it", lambda: page(folds(148.5), text(153.6, 180), size=LANDSCAPE))),
    "K661": Case(broken=Sample("a plain file that claims PDF/X-4", claiming(b"PDF/X-4")),
                 near=Sample("a plain file whose claim is blank", claiming(b""))),
}  # fmt: skip
