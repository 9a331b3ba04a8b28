"""Rules for each page: boxes, bleed, annotations, fonts."""

import pikepdf
from pikepdf import Array, Dictionary, Name, String

from leaflet.geometry import mm, to_pt
from tests.conformance.press_files import (
    EDGE,
    INSIDE,
    MEDIA,
    OUTSIDE,
    TRIM,
    Edit,
    a_form,
    a_glyph,
    annotation,
    form,
    masked,
    page,
    paint,
    state,
    tiling,
)

HELVETICA = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
GLYPHS = Dictionary(Type=Name.Font, Subtype=Name.CIDFontType2, FontDescriptor=Dictionary())
COMPOSITE = Dictionary(Type=Name.Font, Subtype=Name.Type0, BaseFont=Name.X, DescendantFonts=[GLYPHS])
LINK = {"A": Dictionary(S=Name.URI, URI="https://example.org/")}

BROKEN: dict[str, tuple[str, Edit]] = {
    # what stands before the dash is the rule; further rules that are broken along with it stand in the value
    "7 - no trim": ("7", page("/TrimBox", None)),
    "7 - trim and art": ("7", page("/ArtBox", Array(TRIM))),
    "7 - no numbers": ("7", page("/TrimBox", Array([String("a"), 0, 1, 1]))),
    "7 - no media": ("7", page("/MediaBox", None)),
    "7 - bleed leaves media": ("7", page("/MediaBox", Array([EDGE[0] + 5, EDGE[1] + 5, EDGE[2] - 5, EDGE[3] - 5]))),
    "7 - crop cuts trim": ("7", page("/CropBox", Array([TRIM[0] + 1, *TRIM[1:]]))),
    "8 - page": ("8", paint("", Font_New=HELVETICA)),
    "8 - no font at all": ("8", paint("", Font_New=1)),
    "8 - composite": ("8", paint("", Font_New=COMPOSITE)),
    "8 - form": ("8", a_form(b"", Resources=Dictionary(Font=Dictionary(F=HELVETICA)))),
    "8 - pattern": ("8", paint("", Pattern_New=tiling(b"", Font=Dictionary(F=HELVETICA)))),
    "8 - graphics state": ("8", state(Font=[HELVETICA, 9])),
    "8 - soft mask": ("8", masked(b"", Resources=Dictionary(Font=Dictionary(F=HELVETICA)))),
    "8 - appearance": (
        "8",
        lambda pdf: annotation(
            "/PrinterMark", OUTSIDE, AP=Dictionary(N=form(pdf, b"", Dictionary(Font=Dictionary(F=HELVETICA))))
        )(pdf),
    ),
    "10 - link": ("10", annotation("/Link", INSIDE, **LINK)),
    "10 - in the bleed": ("10", annotation("/Text", (EDGE[0] - 9, EDGE[1], EDGE[0] + 1, EDGE[1] + 9))),
    "10 - no place": ("10", annotation("/Link", (1, 2))),
    "H1 - no bleed": ("H1", page("/BleedBox", None)),
    "H1 - one side": ("H1", page("/TrimBox", Array([TRIM[0] - 0.1, TRIM[1], TRIM[2] + 0.1, TRIM[3]]))),
    "H1 - large units": ("H1", lambda pdf: setattr(pdf.pages[1].obj, "UserUnit", 0.9)),
    "H2 - to the right": ("H2", page("/MediaBox", Array([0, 0, MEDIA[2] + 1.2, MEDIA[3]]))),
    "H2 - up": ("H2", page("/MediaBox", Array([0, -1.2, MEDIA[2], MEDIA[3]]))),
}

FINE: dict[str, Edit] = {
    "7 - art instead of trim": lambda pdf: (page("/ArtBox", Array(TRIM))(pdf), page("/TrimBox", None)(pdf)),
    "7 - crop as large as the bleed": page("/CropBox", Array(EDGE)),
    "7 - corners the other way round": page("/BleedBox", Array([EDGE[2], EDGE[3], EDGE[0], EDGE[1]])),
    "8 - a font nobody reaches": lambda pdf: pdf.make_indirect(HELVETICA),
    "8 - a font of glyph procedures": a_glyph(b"1 0 0 0 1 1 d1 0 0 1 1 re f"),
    "10 - a mark of the printer": annotation("/PrinterMark", INSIDE),
    "10 - a note in the slug": annotation("/Text", OUTSIDE),
    "H1 - a wider bleed": lambda pdf: _wider(pdf),
    "H2 - half a point": page("/MediaBox", Array([0, 0, MEDIA[2] + 0.9, MEDIA[3]])),
}


def _wider(pdf: pikepdf.Pdf) -> None:
    """A bleed of 5 mm."""
    by = to_pt(mm(2))
    pdf.pages[1].obj.BleedBox = Array([EDGE[0] - by, EDGE[1] - by, EDGE[2] + by, EDGE[3] + by])
