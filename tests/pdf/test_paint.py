"""What is painted: QR codes to the module, colours as the theme names them, and nothing else."""

from io import BytesIO

import numpy as np
import pikepdf
import pypdfium2
import pytest

from leaflet.geometry import Box, mm, to_pt
from leaflet.layout.face import Face, Layout, Placed
from leaflet.layout.marks import Modules, Shape
from leaflet.layout.piece import Builder
from leaflet.layout.qr_matrix import QUIET_ZONE
from leaflet.pdf.inks import parse_color
from tests.support import (
    GREY_THEMES,
    THEMES,
    compose_page,
    leaflet_pdf,
    marks_of,
    render_page,
    saved,
    theme_named,
    write,
)

HREF = "https://www.elections2018.education.gouv.fr/"


@pytest.mark.parametrize("theme", THEMES)
def test_a_code_is_painted_to_the_module_in_black(theme: str) -> None:
    """Rendered at four pixels a module, code and quiet zone are the matrix, whatever the theme's colours."""
    layout = compose_page(f'<qr at="t.xml:3" href="{HREF}" title="Portail" alt="QR">{HREF}</qr>', theme)
    placed = layout.faces[0].placed[0]
    (code,) = placed.piece.codes
    (modules,) = [mark for mark in marks_of(placed) if isinstance(mark, Modules)]
    inner = code.box.moved(placed.x, placed.y).grown(-QUIET_ZONE * code.module)
    with pikepdf.open(BytesIO(write(layout, theme))) as pdf:
        height = float(pdf.pages[0].MediaBox[3])
        crop = [to_pt(inner.x), height - to_pt(inner.bottom), to_pt(inner.right), height - to_pt(inner.y)]
        pdf.pages[0].MediaBox = pikepdf.Array([round(side, 4) for side in crop])
        picture = render_page(saved(pdf), scale=4 / to_pt(code.module))
    wanted = np.array([[255 * (module == "0") for module in row] for row in modules.rows])
    picture = picture[2::4, 2::4][: len(wanted), : len(wanted)]  # the middle of each module
    assert np.array_equal(picture > 127, wanted > 127)
    assert parse_color(theme_named(theme).colors["code"]) == (0,)


def test_shapes_and_codes_are_one_path() -> None:
    """A long shape with round ends has its whole length; dark modules are filled at once, without hairlines."""
    builder = Builder()
    builder.artifact(Shape(Box(0, 0, mm(40), mm(5)), fill="ink", radius=mm(2.5)))
    placed = Placed(builder.piece("panel", "", mm(40), mm(5)), mm(20), mm(20))
    picture = render_page(write(Layout("Essai", (Face(mm(210), mm(297), (placed,)),), 0)), scale=1)
    assert picture[round(to_pt(mm(22.5)))][round(to_pt(mm(30))) : round(to_pt(mm(50)))].max() < 128
    data = write(compose_page(f'<qr at="t.xml:3" href="{HREF}" title="Portail" alt="QR">x</qr>'))
    with pikepdf.open(BytesIO(data)) as pdf:
        operators = [str(i.operator) for i in pikepdf.parse_content_stream(pdf.pages[0])]
    longest = max("".join("r" if o == "re" else "f" if o == "f" else " " for o in operators).split(), key=len)
    assert longest.count("r") > 200 and longest.count("f") == 1


@pytest.mark.parametrize("theme", GREY_THEMES)
def test_grey_themes_use_one_ink(theme: str) -> None:
    """Not one RGB or CMYK operator, no RGB picture; each pixel of a picture has three equal parts."""
    with pikepdf.open(BytesIO(leaflet_pdf(theme))) as pdf:
        used = {str(i.operator) for page in pdf.pages for i in pikepdf.parse_content_stream(page)}
        assert not used & {"rg", "RG", "k", "K", "cs", "CS", "sc", "SC", "scn", "SCN", "sh"}
        assert {"g", "G"} <= used
        pictures = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        assert pictures and {str(picture.ColorSpace) for picture in pictures} == {"/DeviceGray"}
    with pypdfium2.PdfDocument(leaflet_pdf(theme)) as document:
        for page in document:
            picture = page.render(scale=1).to_numpy()
            assert (picture[..., 0] == picture[..., 1]).all() and (picture[..., 1] == picture[..., 2]).all()


def test_the_ink_saver_fills_only_codes_letters_and_bullets() -> None:
    """Compared with the grey theme, the ink saver leaves most of the paper white."""
    dark = {
        theme: np.mean([255 - render_page(leaflet_pdf(theme), n).mean() for n in (0, 1)]) for theme in GREY_THEMES
    }
    assert dark["ink-saver"] < 0.62 * dark["grey"]


@pytest.mark.parametrize(
    ("color", "parts"),
    [("K 0", (1,)), ("K 100", (0,)), ("K 85", (0.15,)), ("#000000", (0, 0, 0)), ("#ff8000", (1, 0.502, 0))],
)
def test_colours_become_parts(color: str, parts: tuple[float, ...]) -> None:
    """« K 85 » is 15 % light; six digits are red, green and blue."""
    assert parse_color(color) == parts
