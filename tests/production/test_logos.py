"""Logos of every kind, from the campaign's folder to the paper: bitmaps, SVG as lines, the first page of a PDF."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from leaflet.faults import RenderError
from leaflet.pdf.master import Bitmap, Vector
from leaflet.pdf.standards.pdfx import check_press
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, PrintRunOptions
from leaflet.production.pictures import load_logo
from leaflet.production.print_runs import print_run
from tests.own_resources import write_own
from tests.press_profile import FOGRA39, needs_profile
from tests.support import fault_of, opened, tables_of

TEMPLATE, SVG = tables_of(__file__).values()
RED, BLUE = (200, 16, 46), (20, 33, 61)


def bitmap(color: tuple[int, ...], size: tuple[int, int]) -> bytes:
    picture = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((size[0] // 4, size[1] // 4, 3 * size[0] // 4, 3 * size[1] // 4), fill=color)
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def page(width: float = 200, height: float = 100, draw: Callable[[Canvas], object] | None = None) -> bytes:
    """A PDF of another program: a blue plate of 80 × 40 points, a red disc on its edge, half clear."""

    def plate(canvas: Canvas) -> None:
        canvas.setFillColorRGB(*(part / 255 for part in BLUE))
        canvas.rect(60, 30, 80, 40, stroke=0, fill=1)
        canvas.setFillColorRGB(*(part / 255 for part in RED))
        canvas.setFillAlpha(0.5)
        canvas.circle(140, 50, 10, stroke=0, fill=1)

    out = BytesIO()
    canvas = Canvas(out, pagesize=(width, height), invariant=1)
    (draw or plate)(canvas)
    canvas.showPage()
    canvas.drawString(10, 10, "une autre page")
    canvas.save()
    return out.getvalue()


LOGOS: dict[str, tuple[str, bytes, float]] = {  # name of the file, its bytes, width by height on paper
    "transparent, dark": ("logo.png", bitmap((*BLUE, 255), (300, 150)), 2),
    "transparent, white": ("logo.png", bitmap((255, 255, 255, 255), (300, 150)), 2),
    "wide": ("logo.png", bitmap((*RED, 255), (800, 60)), 800 / 60),
    "tall": ("logo.png", bitmap((*RED, 255), (60, 300)), 60 / 300),
    "SVG": ("logo.svg", SVG.encode(), 2),
    "SVG under another name": ("logo.png", SVG.encode(), 2),
    "PDF": ("logo.pdf", page(), 2.25),
}


def campaign(folder: Path, name: str, data: bytes, theme: str = "default") -> Path:
    found = write_own(folder, TEMPLATE)
    (folder / name).write_bytes(data)
    text = found.read_text("utf-8").replace("[publisher]", f'[publisher]\nlogo = "{name}"')
    found.write_text(text.replace('theme = "rouge"', f'theme = "{theme}"'), "utf-8")
    return found


def load(folder: Path, name: str, data: bytes, **options) -> Bitmap | Vector:
    return load_logo(folder / name, data=data, **{"gray": False, **options})


def seen(file: Path, scale: float = 4) -> tuple[list[float], np.ndarray]:
    """The sides of the logo on the first page (left, top, right, bottom; points); its pixels, `scale` to a point."""
    with pikepdf.open(file) as pdf:
        (figure,) = [one for one in pdf.objects if isinstance(one, pikepdf.Dictionary) and one.get("/S") == "/Figure"]
        left, bottom, right, top = (float(side) for side in figure.A.BBox)
        height = float(pdf.pages[0].MediaBox[3])
    with opened(file) as document:
        pixels = document[0].render(scale=scale, rev_byteorder=True).to_numpy().astype(int)
    return [left, height - top, right, height - bottom], pixels


def built(path: Path) -> Path:
    """The first leaflet of a campaign."""
    build(BuildOptions(campaign=path, out=path.parent / "out"))
    return next((path.parent / "out").rglob("*.pdf"))


@pytest.mark.parametrize(
    ("kind", "theme"),
    [*((kind, "default") for kind in LOGOS), ("wide", "grey"), ("SVG", "grey"), ("PDF", "ink-saver")],
)
def test_a_leaflet_with_a_logo(tmp_path: Path, kind: str, theme: str) -> None:
    """It is built and verified; the logo is a figure in its own proportions, in grey where all is grey."""
    name, data, ratio = LOGOS[kind]
    result = build(BuildOptions(campaign=campaign(tmp_path, name, data, theme), out=tmp_path / "out"))
    assert result.made == 3
    assert not [fault for fault in result.faults if fault.severity == "error"]
    file = next((tmp_path / "out").rglob("*.pdf"))
    (left, top, right, bottom), pixels = seen(file, 2)
    assert (right - left) / (bottom - top) == pytest.approx(ratio, rel=0.03)
    with pikepdf.open(file) as pdf:
        (drawn,) = pdf.pages[0].Resources.XObject.values()
        assert drawn.Subtype == ("/Form" if data == SVG.encode() else "/Image")
    assert theme == "default" or np.ptp(pixels, axis=2).max() == 0


@pytest.mark.parametrize("theme", ["default", "ink-saver"])
@pytest.mark.parametrize(
    "block", ["<hero><h1>Titre</h1>{}</hero>", "<message><h2>Titre</h2><p>Texte.</p>{}</message>"]
)
@pytest.mark.parametrize("kind", ["bitmap", "SVG"])
def test_a_white_logo_is_seen(tmp_path: Path, kind: str, block: str, theme: str) -> None:
    """Its plate is dark, in a hero and on bare paper."""
    name, data, _ = LOGOS["transparent, white"]
    if kind == "SVG":
        name, data = "logo.svg", SVG.replace("#14213d", "white").replace("#c8102e", "#fffde8").encode()
    found = campaign(tmp_path, name, data, theme)
    source = next(tmp_path.rglob("leaflet.xml"))
    markup = block.format('<img src="logo" alt="Logo de la section"/>')
    source.write_text(f'<leaflet title="Essai"><page><p>Texte</p>{markup}</page></leaflet>', "utf-8")
    (left, top, right, bottom), pixels = seen(built(found))
    across, down = (left + right) / 2, (top + bottom) / 2
    assert pixels[round(4 * down), round(4 * across)].min() > 225
    assert pixels[round(4 * down), round(4 * (left - 1))].max() < 80


@pytest.mark.parametrize(
    ("kind", "is_light"), [("transparent, dark", False), ("transparent, white", True), ("SVG", False), ("PDF", False)]
)
def test_light_logos_are_known(tmp_path: Path, kind: str, is_light: bool) -> None:
    """Those of which nothing is dark, whatever the theme; never a picture on a ground of its own."""
    name, data, _ = LOGOS[kind]
    assert load(tmp_path, name, data).is_light == load(tmp_path, name, data, gray=True).is_light == is_light
    out = BytesIO()
    Image.new("RGB", (300, 100), "white").save(out, "PNG")
    assert not load(tmp_path, "logo.png", out.getvalue()).is_light


def test_an_svg_logo_looks_as_it_is_drawn(tmp_path: Path) -> None:
    """Plate, disc and line where they are drawn; what is beyond its edge is cut off."""
    data = SVG.replace('stroke="white"', 'stroke="#c8102e"').encode()
    (left, top, right, bottom), pixels = seen(built(campaign(tmp_path, "logo.svg", data)))

    def at(x: float, y: float) -> tuple[int, ...]:
        """The colour at a point, in units of the logo."""
        across, down = left + (right - left) * x / 40, top + (bottom - top) * y / 20
        return tuple(int(part) for part in pixels[round(4 * down), round(4 * across)])

    assert (at(20, 10), at(30, 10), at(5, 5), at(-2, 5)) == (BLUE, RED, RED, (255, 255, 255))


@needs_profile
@pytest.mark.parametrize("kind", ["SVG", "PDF"])
def test_inks_of_a_logo(tmp_path: Path, kind: str) -> None:
    """Cyan, magenta, yellow and black, 300 % at most; black is one ink."""
    name, data, _ = LOGOS[kind]
    found = load(tmp_path, name, data, profile=FOGRA39.read_bytes())
    if isinstance(found, Bitmap):
        assert found.mode == "CMYK"
        return
    assert found.inks.keys() == {"#14213d", "#c8102e", "#ffffff"}
    assert found.inks["#ffffff"] == "0 0 0 0"
    shares = {color: [int(share) for share in inks.split()] for color, inks in found.inks.items()}
    assert all(len(four) == 4 and sum(four) <= 300 for four in shares.values())
    assert shares["#c8102e"][1] > 90 > 30 > shares["#c8102e"][0]
    black = load(tmp_path, name, data.replace(b"#c8102e", b"black"), profile=FOGRA39.read_bytes())
    assert isinstance(black, Vector)
    assert black.inks["#000000"] == "0 0 0 100"


@pytest.mark.parametrize(("kind", "other"), [("transparent, dark", BLUE), ("PDF", RED)])
def test_no_fringe_around_what_is_transparent(tmp_path: Path, kind: str, other: tuple[int, ...]) -> None:
    """A logo on its white plate, shrunk to a screen: no edge is darker than its colours."""
    name, data, _ = LOGOS[kind]
    sides, page = seen(built(campaign(tmp_path, name, data)), 1)
    left, top, right, bottom = map(round, sides)
    pixels = page[top:bottom, left:right]
    for channel in range(3):
        assert min(other[channel], BLUE[channel]) - 2 <= pixels[..., channel].min() < 200


@needs_profile
def test_an_svg_logo_for_the_print_shop(tmp_path: Path) -> None:
    path = campaign(tmp_path, "logo.svg", SVG.encode())
    path.write_text(path.read_text("utf-8") + '[press]\nprinter = "Imprimerie d’exemple, Tours"\n', "utf-8")
    print_run(PrintRunOptions(campaign=path, out=tmp_path / "out", press="x4"))
    file = next((tmp_path / "out").rglob("print-run*.pdf"))
    assert check_press(file) == []
    with pikepdf.open(file) as pdf:
        forms = [one for one in pdf.objects if isinstance(one, pikepdf.Stream) and "/Matrix" in one]
        operators = {str(found.operator) for form in forms for found in pikepdf.parse_content_stream(form)}
    assert {"k", "K"} <= operators
    assert not operators & {"rg", "RG", "g", "G"}


def test_colours_of_an_svg_logo_become_greys(tmp_path: Path) -> None:
    """As light as a bitmap's: luminance."""
    vector, red = load(tmp_path, "logo.svg", SVG.encode(), gray=True), Image.new("RGB", (1, 1), RED).convert("L")
    assert isinstance(vector, Vector)
    assert vector.colors["#c8102e"] == f"K {round(100 - red.getpixel((0, 0)) / 2.55)}"
    assert vector.colors["#ffffff"] == "K 0"


def test_a_page_of_a_pdf_is_drawn_finely_and_without_its_margins(tmp_path: Path) -> None:
    """At 600 dpi in the room of a logo; what is clear stays clear, half clear stays half clear."""
    found = load(tmp_path, "logo.pdf", page())
    assert isinstance(found, Bitmap)
    assert (found.width, found.height) == (pytest.approx(1350, abs=40), pytest.approx(600, abs=20))
    pixels = np.frombuffer(found.samples, np.uint8).reshape(found.height, found.width, 3).astype(int)
    alpha = np.frombuffer(found.alpha, np.uint8).reshape(found.height, found.width).astype(int)
    middle, edge = (found.height // 2, found.width // 2), (found.height // 2, found.width - 60)
    assert (tuple(pixels[middle]), alpha[middle]) == (BLUE, 255)
    assert np.abs(pixels[edge] - RED).max() <= 2
    assert abs(alpha[edge] - 128) <= 2
    assert alpha[20, found.width - 20] == 0


def test_a_narrow_page_and_a_huge_one(tmp_path: Path) -> None:
    for width, height in ((3, 900), (14_400, 14_400), (900, 2)):
        found = load(tmp_path, "logo.pdf", page(width, height, lambda c: c.rect(0, 0, 99_999, 99_999, fill=1)))
        assert isinstance(found, Bitmap)
        assert found.width <= 1410
        assert found.height <= 610


def _saved(data: bytes | None = None, **options: object) -> bytes:
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) if data else pikepdf.new() as pdf:
        pdf.save(out, **options)
    return out.getvalue()


NO_LOGO = {
    "empty page": ("logo.pdf", page(draw=lambda canvas: None)),
    "no PDF": ("logo.pdf", b"%PDF-1.7\nrien"),
    "cut": ("logo.pdf", page()[:300]),
    "protected": ("logo.pdf", _saved(page(), encryption=pikepdf.Encryption(owner="o", user="u"))),
    "no page": ("logo.pdf", _saved()),
    "nothing": ("logo.svg", b""),
    "text": ("logo.svg", b"bonjour"),
    "a page of the web": ("logo.svg", b"<html>svg?</html>"),
    "a GIF": ("logo.svg", b"GIF89a"),
}


@pytest.mark.parametrize("case", NO_LOGO)
def test_what_shows_nothing_is_refused(tmp_path: Path, case: str) -> None:
    fault = fault_of(lambda: load(tmp_path, *NO_LOGO[case]), RenderError)
    assert (fault.code, fault.place.file) == ("W104", NO_LOGO[case][0])


def test_any_cut_or_changed_file_is_drawn_or_refused(tmp_path: Path) -> None:
    random = np.random.default_rng(7)
    for name, whole in (("logo.pdf", page()), ("logo.svg", SVG.encode())):
        for _ in range(60):
            data = np.frombuffer(whole, np.uint8)[: random.integers(1, len(whole) + 1)].copy()
            data[random.integers(0, len(data), 3)] = random.integers(0, 256, 3)
            try:
                load(tmp_path, name, data.tobytes())
            except RenderError as error:
                assert error.faults[0].code in ("W104", "W114", "W115")
