"""Print runs of the examples, judged by Ghostscript, PDFium, poppler and pikepdf: inks of 255, a pixel a point."""

import re
import shutil
import subprocess
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from PIL import Image

from leaflet.pdf.standards.pdfx import check_press
from leaflet.production.build_options import PrintRunOptions
from leaflet.production.print_runs import print_run
from tests.press_profile import needs_profile

EXAMPLES = Path(__file__).parents[1] / "examples"
SCHOOLS = (
    "0370035M",
    "0573399K",
    "9830557N",
)  # with a site of the département, with a long name, with the portal alone
NAMES = ("Lycée Descartes", "restauration Raymond Mondon", "Lycée du Grand Nouméa")
ONE_SCHOOL = ("Collège d’exemple des Trois-Tilleuls",)
COPIES = 2
EPOCH = 1541376000
MM = 72 / 25.4
BLEED = 3 * MM
MOST_INK = 3 * 255
BANDS = ("leaflet-a4", "leaflet-a4-grey", "poster-a3")  # whose pages have one at the head

RUNS = {
    "leaflet-a4-x4": ("indre-et-loire-2018", "leaflet-a4", "x4", (210, 297)),
    "leaflet-a4-grey-x4": ("indre-et-loire-2018", "leaflet-a4-grey", "x4", (210, 297)),
    "leaflet-a5-x4": ("un-etablissement-2018", "leaflet-a5", "x4", (297, 210)),
    "leaflet-trifold-x4": ("un-etablissement-2018", "leaflet-trifold", "x4", (297, 210)),
    "poster-a3-x4": ("un-etablissement-2018", "poster-a3", "x4", (297, 420)),
}
FOLDS = {"leaflet-a5": ((148.5,), (148.5,)), "leaflet-trifold": ((97, 197), (100, 200))}  # outside, inside
SIDES = {"poster-a3": 1}  # pages of a leaflet; the others have two

pytestmark = needs_profile
needs_gs = pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")


@dataclass(frozen=True, slots=True)
class Run:
    """A print run of one document."""

    path: Path
    document: str
    press: str
    size: tuple[float, float]

    @property
    def names(self) -> tuple[str, ...]:
        return NAMES if self.document.startswith("leaflet-a4") else ONE_SCHOOL

    @property
    def sides(self) -> int:
        return SIDES.get(self.document, 2)

    @property
    def bundle(self) -> int:
        """Pages of a school: its bundle sheet, with a back where leaflets have one, and its leaflets."""
        return (1 + COPIES) * self.sides

    @property
    def pages(self) -> int:
        return len(self.names) * self.bundle

    @property
    def white(self) -> list[int]:
        """Pages with nothing but marks: the backs of bundle sheets."""
        return list(range(1, self.pages, self.bundle)) if self.sides == 2 else []

    @property
    def printed(self) -> list[int]:
        return [page for page in range(self.pages) if page not in self.white]


@pytest.fixture(scope="module")
def campaigns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples, the first with three schools that leave the number of copies open."""
    folder = tmp_path_factory.mktemp("press")
    for example in ("indre-et-loire-2018", "un-etablissement-2018"):
        shutil.copytree(EXAMPLES / example, folder / example)
    schools = folder / "indre-et-loire-2018" / "ecoles.csv"
    head, *rows = schools.read_text("utf-8-sig").splitlines()
    rows = [re.sub(r"[0-9]*$", "", row) for row in rows if row.startswith(SCHOOLS)]
    schools.write_text("\n".join([head, *rows]) + "\n", "utf-8")
    return folder


USUAL = ("leaflet-a4-x4", "leaflet-trifold-x4")  # of which the others differ in paper and theme


@pytest.fixture(
    scope="module", params=[pytest.param(name, marks=() if name in USUAL else pytest.mark.drill) for name in RUNS]
)
def run(request: pytest.FixtureRequest, campaigns: Path) -> Run:
    example, document, press, size = RUNS[request.param]
    options = PrintRunOptions(
        campaign=campaigns / example / "campaign.toml",
        out=campaigns / request.param,
        document=document,
        press=press,
        copies=COPIES,
        epoch=EPOCH,
    )
    result = print_run(options)
    (name,) = [name for name in result.files if name.startswith("print-run") and name.endswith(".pdf")]
    return Run(result.out / name, document, press, size)


def ghostscript(*arguments: str | Path) -> str:
    command = ["gs", "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return done.stdout + done.stderr


@lru_cache(maxsize=1)
def inks(path: Path) -> list[np.ndarray]:
    """The inks of each page of a file: rows, columns, four inks from 0 to 255."""
    folder = path.parent / "inks"
    folder.mkdir()
    ghostscript("-sDEVICE=tiff32nc", "-r72", f"-sOutputFile={folder}/%03d.tif", path)
    pages = []
    for file in sorted(folder.glob("*.tif")):
        with Image.open(file) as picture:
            assert picture.mode == "CMYK"
            pages.append(np.asarray(picture))
    shutil.rmtree(folder)
    return pages


@cache
def box(path: Path, name: str) -> tuple[float, float, float, float]:
    """A box that all pages have alike: left, top, right, bottom in points from the top left corner."""
    with pikepdf.open(path) as pdf:
        boxes = {tuple(float(side) for side in page.obj[name]) for page in pdf.pages}
        heights = {float(page.mediabox[3]) for page in pdf.pages}
    ((left, bottom, right, top),), (height,) = boxes, heights
    return left, height - top, right, height - bottom


def trimmed(path: Path) -> list[np.ndarray]:
    left, top, right, bottom = (round(side) for side in box(path, "/TrimBox"))
    return [page[top:bottom, left:right] for page in inks(path)]


@cache
def texts(path: Path) -> list[str]:
    with pypdfium2.PdfDocument(path) as document:
        found = [page.get_textpage().get_text_range() for page in document]
    return [re.sub(r"\s+", " ", text.replace("\ufffe", "-")) for text in found]


# --- the file -------------------------------------------------------------------------------------------------


def test_nothing_is_wrong_with_it(run: Run) -> None:
    assert check_press(run.path) == []


@needs_gs
def test_inks_of_the_page(run: Run) -> None:
    """Ghostscript sees no reason to refuse PDF/X; black on every page, colours as the theme has, 300 % at most."""
    arguments = ("-dPDFX=4", "-sDEVICE=pdfwrite", "-sColorConversionStrategy=CMYK", "-o", "/dev/null")
    assert ghostscript(*arguments, run.path) == ""
    lines = ghostscript("-o", "-", "-sDEVICE=inkcov", run.path).splitlines()
    covers = [[float(value) for value in line.split()[:4]] for line in lines]
    assert len(covers) == run.pages
    for page, cover in enumerate(covers):
        if page in run.white:  # nothing but marks, in all four inks
            assert 0 < max(cover) < 0.001 and min(cover) == max(cover)
            continue
        assert cover[3] > 0.03  # bands are of coloured inks; the poster's bundle sheet has 3.4 % of black
        assert (max(cover[:3]) < 0.001) == (run.document == "leaflet-a4-grey")
    for page in trimmed(run.path):
        assert page.sum(axis=2, dtype=int).max() <= MOST_INK


def test_the_file_is_for_printing_only(run: Run) -> None:
    """PDF 1.6, no links, no tags, one CMYK condition."""
    assert run.path.read_bytes().startswith(b"%PDF-1.6")
    with pikepdf.open(run.path) as pdf:
        assert (pdf.pdf_version, len(pdf.pages)) == ("1.6", run.pages)
        assert not any("/Annots" in page for page in pdf.pages) and "/StructTreeRoot" not in pdf.Root
        assert "/AcroForm" not in pdf.Root
        (intent,) = pdf.Root.OutputIntents
        assert (intent.S, intent.OutputConditionIdentifier) == ("/GTS_PDFX", "FOGRA39")
        assert intent.DestOutputProfile.read_bytes()[16:20] == b"CMYK"


def test_boxes_are_exact(run: Run) -> None:
    """The trim is the finished size, in the middle of the sheet; the bleed is 3 mm larger on every side."""
    left, top, right, bottom = box(run.path, "/TrimBox")
    width, height = run.size
    assert (right - left, bottom - top) == pytest.approx((width * MM, height * MM), abs=0.01)
    bleed = (left - BLEED, top - BLEED, right + BLEED, bottom + BLEED)
    assert box(run.path, "/BleedBox") == pytest.approx(bleed, abs=0.01)
    media = box(run.path, "/MediaBox")
    assert (media[2] - right, media[3] - bottom) == pytest.approx((left - media[0], top - media[1]), abs=0.01)


@pytest.mark.skipif(shutil.which("pdffonts") is None, reason="poppler-utils is not installed")
def test_every_font_is_embedded(run: Run) -> None:
    """Each font is in the file, as a subset, with its way back to text."""
    done = subprocess.run(["pdffonts", str(run.path)], capture_output=True, text=True, check=True)
    fonts = [line.split()[-5:-2] for line in done.stdout.splitlines()[2:]]
    assert len(fonts) >= 2 and all(font == ["yes", "yes", "yes"] for font in fonts)


def test_text_is_still_text(run: Run) -> None:
    """A print shop can search for a school: its name (UAI on a poster) and the dates are in each of its leaflets."""
    pages = texts(run.path)
    for number, page in enumerate(pages):
        if number in run.white:
            assert page.strip() == ""
    for index, name in enumerate(run.names):
        first = index * run.bundle
        assert name in pages[first], "the bundle sheet names the school"
        for copy in range(COPIES):
            start = first + (1 + copy) * run.sides
            text = " ".join(pages[start : start + run.sides])
            assert ("0379999T" if run.document == "poster-a3" else name) in text  # a poster names no school
            assert "29 novembre" in text and "6 décembre" in text


# --- inks -----------------------------------------------------------------------------------------------------


@needs_gs
def test_grey_and_text_are_black_ink_alone(run: Run) -> None:
    """A grey leaflet has no colour inside the trim; letters on bare paper are black, so no ink blurs them."""
    pages = trimmed(run.path)
    assert len(pages) == run.pages
    for number in run.printed:
        assert (pages[number][..., :3].max() == 0) == (run.document == "leaflet-a4-grey")
        assert pages[number][..., 3].max() == 255
    for number in run.white:
        assert pages[number].max() == 0
    document = pypdfium2.PdfDocument(run.path)
    pages = inks(run.path)
    for number in range(run.bundle):
        text, height = document[number].get_textpage(), document[number].get_height()
        judged = dark = 0
        for index in range(text.count_chars()):
            if chr(pdfium.FPDFText_GetUnicode(text, index)).isspace():
                continue
            left, bottom, right, top = text.get_charbox(index)
            rows = slice(int(height - top), int(height - bottom) + 1)
            columns = slice(int(left), int(right) + 1)
            above, below = pages[number][rows.start - 2, columns], pages[number][rows.stop + 1, columns]
            if above.any() or below.any():
                continue  # on a band or near a frame
            letter = pages[number][rows, columns]
            judged += 1
            dark += letter[..., 3].max() > 100
            assert letter[..., :3].max() == 0, text.get_text_range(index, 12)
        assert (judged > 25 and dark > 0.9 * judged) == (number not in run.white)
    document.close()


# --- bleed and marks ------------------------------------------------------------------------------------------


def edges(page: np.ndarray, path: Path, distance: float) -> list[np.ndarray]:
    """The inks along the sides of the trim, `distance` points outside it, without corners, where two sides bleed."""
    left, top, right, bottom = box(path, "/TrimBox")
    rows, columns = slice(int(top) + 6, int(bottom) - 6), slice(int(left) + 6, int(right) - 6)
    return [
        page[int(top - distance), columns],
        page[int(bottom + distance), columns],
        page[rows, int(left - distance)],
        page[rows, int(right + distance)],
    ]


@needs_gs
def test_bleed_and_marks_beyond_the_trim(run: Run) -> None:
    """What reaches the cut goes on for 3 mm; beyond are thin marks in four inks, dashes at folds, and white paper."""
    for number in run.printed:
        page = inks(run.path)[number]
        inside = edges(page, run.path, -1.5)
        for outside in (1.5, BLEED / 2, BLEED - 1.5):
            for within, beyond in zip(inside, edges(page, run.path, outside), strict=True):
                assert (within == beyond).all()
        if run.document not in BANDS or number % run.bundle < run.sides:
            continue  # the bundle sheet, and pages that are white at the head, have no band
        top, _, left, right = inside
        assert top.any(axis=1).all(), "the band of the head goes over the whole width"
        assert left.any()
        assert right.any()
    left, top, right, bottom = (round(side) for side in box(run.path, "/BleedBox"))
    for number in range(run.bundle):
        page = inks(run.path)[number].copy()
        page[top - 1 : bottom + 1, left - 1 : right + 1] = 0
        marks = page[page.any(axis=2)]
        assert len(marks) > 8 * 10 and (marks == 255).all()
        assert len(marks) < 0.002 * page.shape[0] * page.shape[1]
    trim, bleed = box(run.path, "/TrimBox"), box(run.path, "/BleedBox")
    centre = slice(round(trim[0]) + 20, round(trim[2]) - 20)  # between the crop marks
    folds_of = FOLDS.get(run.document, ((), ()))
    for side in range(run.sides):
        page, folds = inks(run.path)[run.sides + side], folds_of[side]
        above, below = page[: int(bleed[1]) - 1, centre], page[int(bleed[3]) + 2 :, centre]
        for zone in (above, below):
            columns = np.flatnonzero(zone[..., 3].any(axis=0)) + centre.start
            marked = {fold: [column for column in columns if abs(trim[0] + fold * MM - column) < 2] for fold in folds}
            assert all(marked.values()) and sum(map(len, marked.values())) == len(columns)
        for fold in folds:
            at = round(trim[0] + fold * MM)
            assert page[round(trim[3] - 12 * MM) : round(trim[3]), at - 2 : at + 3].max() == 0
