"""Fonts that stay at home, may not travel, or do not say what their codes are."""

from collections.abc import Callable
from io import BytesIO

import pikepdf
from fontTools.ttLib import TTFont

from tests.preflight.samples import Case, Cases, Sample, edited, written

TEXT = "Je vote du 3 au 10 décembre 2026."


def fonts_of(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    items = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary)]
    return [item for item in items if item.get("/Type") == "/Font" and "/FontDescriptor" in item]


def with_fonts(change: Callable[[pikepdf.Pdf, pikepdf.Dictionary], None], text: str = TEXT) -> Callable[[], bytes]:
    """A page whose fonts are changed after it was drawn."""

    def edit(pdf: pikepdf.Pdf) -> None:
        for font in fonts_of(pdf):
            change(pdf, font)

    return lambda: edited(written(text), edit)


def whole(_pdf: pikepdf.Pdf, font: pikepdf.Dictionary) -> None:
    font.BaseFont = pikepdf.Name("/LeafletText-Regular")


def licensed(bits: int) -> Callable[[pikepdf.Pdf, pikepdf.Dictionary], None]:
    def change(_pdf: pikepdf.Pdf, font: pikepdf.Dictionary) -> None:
        program = TTFont(BytesIO(font.FontDescriptor.FontFile2.read_bytes()))
        program["OS/2"].fsType = bits
        stored = BytesIO()
        program.save(stored)
        font.FontDescriptor.FontFile2.write(stored.getvalue())

    return change


def unexplained(_pdf: pikepdf.Pdf, font: pikepdf.Dictionary) -> None:
    del font.ToUnicode


def drawing(pdf: pikepdf.Pdf) -> None:
    """A Type 3 font of one letter, and that letter on the page."""
    letter = pikepdf.Stream(pdf, b"600 0 0 0 500 700 d1 0 0 500 700 re f")
    font = pikepdf.Dictionary(
        Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type3, FontBBox=[0, 0, 500, 700],
        CharProcs=pikepdf.Dictionary(a=letter), FontMatrix=[0.001, 0, 0, 0.001, 0, 0], FirstChar=97,
        LastChar=97, Widths=[600], Encoding=pikepdf.Dictionary(Differences=[97, pikepdf.Name.a]),
        Resources=pikepdf.Dictionary(),
    )  # fmt: skip
    pdf.pages[0].obj.Resources.Font.T3 = pdf.make_indirect(font)
    pdf.pages[0].contents_add(b"BT /T3 20 Tf 72 600 Td (a) Tj ET")


CASES: Cases = {
    "K601": Case(broken=Sample("a line in Helvetica", lambda: written(TEXT, font="Helvetica")),
                 near=Sample("Helvetica named, and nothing written in it", lambda: written(TEXT))),
    "K602": Case(broken=Sample("a font without the mark of a subset", with_fonts(whole)),
                 near=Sample("a subset", lambda: written(TEXT))),
    "K603": Case(broken=Sample("a font whose licence restricts embedding", with_fonts(licensed(0x0002))),
                 near=Sample("a font that may be embedded for viewing and printing", with_fonts(licensed(0x0004)))),
    "K605": Case(broken=Sample("a letter that is a drawing", lambda: edited(written(TEXT), drawing)),
                 near=Sample("a TrueType font", lambda: written(TEXT))),
    "K606": Case(broken=Sample("a subset without ToUnicode", with_fonts(unexplained)),
                 near=Sample("WinAnsi Helvetica without ToUnicode", lambda: written(TEXT, font="Helvetica"))),
}  # fmt: skip
