"""Files that say nothing to those who cannot see them, and files that just do."""

from collections.abc import Callable

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from leaflet.preflight.rule_settings import RuleSettings
from tests.preflight.samples import FONT, Case, Cases, Sample, drawn, edited
from tests.support import later, leaflet_pdf

TEXT = "Je vote du 3 au 10 décembre 2026."
Edit = Callable[[pikepdf.Pdf], object]
_XMP = b"""<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF
xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"><pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def ours(*edits: Edit) -> Callable[[], bytes]:
    def edit(pdf: pikepdf.Pdf) -> None:
        for one in edits:
            one(pdf)

    return lambda: edited(leaflet_pdf(), edit)


def plain() -> bytes:
    return drawn(lambda canvas: canvas.drawString(72, 700, TEXT))


def elements(pdf: pikepdf.Pdf, *roles: str) -> list[pikepdf.Dictionary]:
    """The structure elements with these roles, in the order of the file."""
    items = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
    return [item for item in items if str(item.get("/S", ""))[1:] in roles and "/P" in item]


def nothing(_pdf: pikepdf.Pdf) -> None:
    """Leave it as it is."""


def unclaim(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata


def forget_alternative(pdf: pikepdf.Pdf) -> None:
    del elements(pdf, "Figure")[0].Alt


@later
def describe(pdf: pikepdf.Pdf, text: str) -> None:
    elements(pdf, "Figure")[0].Alt = pikepdf.String(text)


def forget_colours(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.OutputIntents


def swap_owners(pdf: pikepdf.Pdf) -> None:
    """Two entries of the parent tree are exchanged: no validator sees it."""
    page = pdf.Root.StructTreeRoot.ParentTree.Nums[1]
    page[1], page[2] = page[2], page[1]


def forget_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def forget_contents(pdf: pikepdf.Pdf) -> None:
    for annotation in pdf.pages[0].obj.Annots:
        del annotation.Contents


def headless(pdf: pikepdf.Pdf, *, leave: int = 0) -> None:
    for heading in elements(pdf, "H1", "H2", "H3", "H4")[leave:]:
        heading.S = pikepdf.Name.P


def linked(before: str, text: str) -> Callable[[], bytes]:
    def draw(canvas: Canvas) -> None:
        start = 72 + canvas.stringWidth(before, FONT, 12)
        canvas.drawString(72, 700, before + text)
        area = (start, 697, start + canvas.stringWidth(text, FONT, 12), 711)
        canvas.linkURL("https://elections2018.education.gouv.fr/", area)

    return lambda: drawn(draw)


def with_forms(canvas: Canvas) -> None:
    canvas.beginForm("line")
    canvas.line(0, 0, 100, 0)
    canvas.endForm()
    canvas.drawString(72, 700, TEXT)
    for _ in range(3):
        canvas.translate(0, 20)
        canvas.doForm("line")


def claim_archive(pdf: pikepdf.Pdf) -> None:
    stream = pikepdf.Stream(pdf, _XMP)
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root.Metadata = stream


def forms_with(most: int) -> Sample:
    return Sample(
        what=f"three forms, of which {most} may be looked at",
        make=lambda: edited(drawn(with_forms), claim_archive),
        settings=RuleSettings(options={"K714": {"most_forms": most}}),
    )


CASES: Cases = {
    "K701": Case(broken=Sample("a leaflet that lost a description", ours(forget_alternative)),
                 near=Sample("the leaflet, saved by another program", ours(nothing))),
    "K702": Case(broken=Sample("a leaflet that lost its colour profile", ours(forget_colours)),
                 near=Sample("a leaflet that claims nothing any more", ours(forget_colours, unclaim))),
    "K703": Case(broken=Sample("a page without tags", plain),
                 near=Sample("a leaflet with tags that claims nothing", ours(unclaim))),
    "K704": Case(broken=Sample("a page that claims nothing", plain),
                 near=Sample("the leaflet, which claims PDF/A-2a", ours(nothing))),
    "K705": Case(broken=Sample("a leaflet with two exchanged entries in its parent tree", ours(swap_owners)),
                 near=Sample("the leaflet, saved by another program", ours(nothing))),
    "K706": Case(broken=Sample("the same in a leaflet that claims nothing", ours(swap_owners, unclaim)),
                 near=Sample("a sound leaflet that claims nothing", ours(unclaim))),
    "K707": Case(broken=Sample("a leaflet that does not say its language", ours(forget_language)),
                 near=Sample("the leaflet", ours(nothing))),
    "K708": Case(broken=Sample("a link on « cliquez ici »", linked("Pour voter, ", "cliquez ici")),
                 near=Sample("a link on « le portail de vote »", linked("Cliquez ici : ", "le portail de vote"))),
    "K709": Case(broken=Sample("a leaflet whose links lost their descriptions", ours(forget_contents, unclaim)),
                 near=Sample("a page without tags, with a link", linked("Voir ", "le portail de vote"))),
    "K710": Case(broken=Sample("a picture described as « qr-code.png »", ours(describe("qr-code.png"))),
                 near=Sample("« Image du bâtiment 2 »", ours(describe("Image du bâtiment 2")))),
    "K712": Case(broken=Sample("a leaflet whose headings are paragraphs", ours(headless)),
                 near=Sample("one heading left", ours(lambda pdf: headless(pdf, leave=1)))),
    "K714": Case(broken=forms_with(2), near=forms_with(3)),
}  # fmt: skip
