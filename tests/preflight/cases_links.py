"""Links as phishers, and as honest people in a hurry, make them."""

from collections.abc import Callable

import pikepdf
from msgspec.structs import replace
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import CONTEXT, Case, Cases, Sample, drawn, edited, written
from tests.support import later

PORTAL = "https://elections2018.education.gouv.fr/"
OWN = "https://www.exemple.fr/section37"
X, Y, WIDTH, HEIGHT = 20 * mm, 250 * mm, 120 * mm, 6 * mm

Edit = Callable[[pikepdf.Dictionary], object]


def linked(uri: str, text: str = "Ouvrir le portail", *, described: bool = True) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.drawString(X, Y, text)
        canvas.linkURL(uri, (X, Y - 2 * mm, X + WIDTH, Y + HEIGHT))

    data = drawn(draw)
    return edited(data, lambda pdf: describe(pdf.pages[0])) if described else data


def describe(page: pikepdf.Page) -> None:
    for annotation in page.obj.Annots:
        annotation.Contents = pikepdf.String("Ouvrir le portail des élections")


def annotated(edit: Edit) -> bytes:
    return edited(linked(PORTAL), lambda pdf: edit(pdf.pages[0].obj.Annots[0]))


@later
def action(annotation: pikepdf.Dictionary, **keys: object) -> None:
    annotation.A = pikepdf.Dictionary(**keys)


@later
def place(annotation: pikepdf.Dictionary, *sides: float) -> None:
    """Another place on the page, in points."""
    annotation.Rect = pikepdf.Array(sides)


def broken_over_lines(uri: str) -> bytes:
    """An address whose second half stands on the next line, each half under a link of its own."""

    def draw(canvas: Canvas) -> None:
        for row, part in enumerate(("https://elections2018", ".education.gouv.fr/")):
            canvas.drawString(X, Y - row * 5 * mm, part)
            canvas.linkURL(uri, (X, Y - row * 5 * mm - 1 * mm, X + 40 * mm, Y - row * 5 * mm + 4 * mm))

    return edited(drawn(draw), lambda pdf: describe(pdf.pages[0]))


def without_action(annotation: pikepdf.Dictionary) -> None:
    del annotation.A


def to(uri: str, what: str) -> Sample:
    return Sample(what, lambda: linked(uri))


OWN_SITE = replace(CONTEXT, addresses=frozenset({OWN}))

CASES: Cases = {
    "K101": Case(broken=to("www.education.gouv.fr/voter", "a link without https://"),
                 near=to("https://www.education.gouv.fr/voter", "the same, whole")),
    "K102": Case(broken=to("https://www.ac-lyon.fr.exemple.tk/", "an official name at the head of another site"),
                 near=Sample("the publisher's own site", lambda: linked(OWN), context=OWN_SITE)),
    "K103": Case(broken=to("http://www.ac-lyon.fr/", "http://"),
                 near=to("https://www.ac-lyon.fr/?lien=http", "https://, with « http » further on")),
    "K104": Case(broken=to("https://www.ac-lyόn.fr/", "a Greek letter in ac-lyon.fr"),
                 near=to("https://www.ac-lyon.fr/", "ac-lyon.fr")),
    "K105": Case(broken=to(f"{PORTAL}portail/creation.htm?token=5R4K2U9RPAM9PMWY", "a one-time link"),
                 near=to(f"{PORTAL}portail/creation.htm?etape=2", "the same page, with a number of a step")),
    "K106": Case(broken=to("https://www.ac-lyon.fr/?utm_source=tract", "a parameter that counts readers"),
                 near=to("https://www.ac-lyon.fr/?page=tract", "a parameter that names a page")),
    "K107": Case(broken=Sample("a link that runs a script",
                               lambda: annotated(action(S=pikepdf.Name.JavaScript,
                                                        JS=pikepdf.String("app.alert(1)")))),
                 near=Sample("a link that goes to a page", lambda: annotated(action(S=pikepdf.Name.GoTo, D="haut")))),
    "K108": Case(broken=to("mailto:contact@exemple", "a mail address without an ending"),
                 near=to("mailto:contact@exemple.fr?subject=Vote", "a mail address with a subject")),
    "K109": Case(broken=Sample("the portal's address over another official site",
                               lambda: broken_over_lines("https://www.education.gouv.fr/elections2018")),
                 near=Sample("an address broken over two lines", lambda: broken_over_lines(PORTAL))),
    "K110": Case(
        broken=Sample("an address that imitates", lambda: written("Tapez www.ac-rouen.tk dans le navigateur.")),
        near=Sample(
            "official ones, a mail address, a forgery shown as one, a sentence",
            lambda: written("ac-lyon.fr, education.gouv.fr/a ; a@b.fr ; www.a.fr.arnaque.example. Fin.Voilà 2.0"),
        ),
    ),
    "K111": Case(broken=Sample("a link beside the page", lambda: annotated(place(-200, 700, -20, 720))),
                 near=Sample("a link that begins beside it", lambda: annotated(place(-20, 700, 200, 720)))),
    "K112": Case(broken=Sample("a link without action", lambda: annotated(without_action)),
                 near=Sample("a link to a page", lambda: annotated(action(S=pikepdf.Name.GoTo, D="haut")))),
    "K113": Case(broken=Sample("a link as most programs write it", lambda: linked(PORTAL, described=False)),
                 near=Sample("with a description", lambda: linked(PORTAL))),
}  # fmt: skip
