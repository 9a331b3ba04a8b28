"""Codes that telephones do not read, and codes that say something else than what stands beside them."""

from collections.abc import Callable

from msgspec.structs import replace
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.cases_links import describe
from tests.preflight.drawn_codes import ADDRESS, DrawnCode
from tests.preflight.forgeries import forge, save_again
from tests.preflight.samples import Case, Cases, Sample, drawn, edited
from tests.support import later, leaflet_pdf

MAILBOX = "https://pia.ac-orleans-tours.fr/"
X, Y = 105.0, 150.0
CODE = DrawnCode()

Draw = Callable[[Canvas], object]


def sheet(*parts: Draw) -> bytes:
    return drawn(lambda canvas: [part(canvas) for part in parts] and None)


def code(drawing: DrawnCode = CODE, x: float = X, y: float = Y) -> Draw:
    return lambda canvas: drawing.draw(canvas, x, y)


@later
def line(canvas: Canvas, text: str, x: float = X, y: float = Y - 18) -> None:
    """A line of text centred below the code, or elsewhere, in mm."""
    canvas.setFillGray(0)
    canvas.drawCentredString(x * mm, y * mm, text)


def stain(canvas: Canvas) -> None:
    canvas.setFillGray(0)
    canvas.rect(98 * mm, 144 * mm, 14 * mm, 12 * mm, stroke=0, fill=1)


def linked(uri: str) -> bytes:
    def link(canvas: Canvas) -> None:
        canvas.linkURL(uri, (90 * mm, 135 * mm, 120 * mm, 165 * mm))

    return edited(sheet(code(), line(ADDRESS), link), lambda pdf: describe(pdf.pages[0]))


def sample(what: str, *parts: Draw) -> Sample:
    return Sample(what, lambda: sheet(*parts))


def alone(what: str, drawing: DrawnCode, x: float = X) -> Sample:
    return sample(what, code(drawing, x), line(drawing.text, y=Y - 40))


def holding(what: str, text: str) -> Sample:
    return alone(what, replace(CODE, text=text))


SWAPPED = (code(x=60), line(MAILBOX, 60), code(replace(CODE, text=MAILBOX), 150), line(ADDRESS, 150))
RIGHT = (code(x=60), line(ADDRESS, 60), code(replace(CODE, text=MAILBOX), 150), line(MAILBOX, 150))

CASES: Cases = {
    "K201": Case(broken=sample("a code under a stain", code(replace(CODE, module=1)), stain),
                 near=sample("the stain alone", stain)),
    "K202": Case(broken=sample("an address that is printed nowhere", code()),
                 near=sample("the address in two lines, without https", code(), line("elections2018"),
                             line(".education.gouv.fr", y=Y - 22.5))),
    "K203": Case(broken=sample("two codes exchanged", *SWAPPED), near=sample("two codes in their places", *RIGHT)),
    "K204": Case(broken=Sample("a link to another page of the site", lambda: linked(f"{ADDRESS}aide")),
                 near=Sample("a link to the same address", lambda: linked(ADDRESS.rstrip("/")))),
    "K205": Case(broken=holding("a shortened address", "https://bit.ly/3xYzAbc"),
                 near=holding("an official address", "https://www.education.gouv.fr/voter")),
    "K206": Case(broken=holding("an address that counts readers", f"{ADDRESS}?utm_source=tract"),
                 near=holding("an address that names a page", f"{ADDRESS}?page=tract")),
    "K207": Case(broken=alone("modules of 0.35 mm", replace(CODE, module=0.35)),
                 near=alone("modules of 0.42 mm", replace(CODE, module=0.42))),
    "K208": Case(broken=alone("modules of 0.45 mm", replace(CODE, module=0.45)),
                 near=alone("modules of 0.52 mm", replace(CODE, module=0.52))),
    "K209": Case(broken=alone("a frame at two modules", replace(CODE, quiet=2)),
                 near=alone("a frame at four modules", replace(CODE, quiet=4))),
    "K210": Case(broken=alone("light grey on white", replace(CODE, dark=(0.65, 0.65, 0.65))),
                 near=alone("dark green on cream", replace(CODE, dark=(0.0, 0.35, 0.2), light=(0.98, 0.95, 0.88)))),
    "K211": Case(broken=alone("white on black", replace(CODE, is_inverted=True)), near=alone("black on white", CODE)),
    "K212": Case(broken=alone("modules of 0.35 mm", replace(CODE, module=0.35)),
                 near=alone("modules of 0.55 mm, navy on cream", replace(CODE, module=0.55, dark=(0.1, 0.2, 0.5)))),
    "K213": Case(broken=holding("a visiting card", "BEGIN:VCARD\nFN:Section\nEND:VCARD"),
                 near=holding("the number of a school, which is printed", "0370001A")),
    "K214": Case(broken=holding("a network with its password", "WIFI:S:Salle;T:WPA;P:tilleul;;"),
                 near=holding("a network without", "WIFI:S:Salle;T:nopass;;")),
    "K215": Case(broken=Sample("a leaflet without the picture of a code",
                               lambda: forge(leaflet_pdf(), "wipe_code", 1)),
                 near=Sample("the leaflet, saved again", lambda: save_again(leaflet_pdf(), 0))),
}  # fmt: skip
