"""The example of one school, and cards on every stock, judged from the finished files by outside readers alone.

pikepdf reads what is painted, PDFium where letters are and how a page looks, ZXing the codes; page-validation, qpdf
and poppler add their verdicts. No figure comes from the program: what makers of stock publish stands here again.
Lengths are mm from the top left corner of the page.
"""

import csv
import re
import shutil
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import page as validator
import pikepdf
import pypdfium2
import pypdfium2.raw as pdfium
import pytest
import zxingcpp
from PIL import Image, ImageFilter

from leaflet.conformance.structure import check_structure
from leaflet.production.build import build
from leaflet.production.options import BuildOptions
from leaflet.resources import assets

EXAMPLE = Path(__file__).parents[1] / "examples" / "un-etablissement-2018"
PT = 25.4 / 72
DPI, FINE_DPI = 150, 600
TOLERANCE = 0.05
PEOPLE = 12  # of the small campaigns: more than a sheet of any stock holds
UNPRINTABLE = 4
BEFORE_CUT = 3  # nothing is printed nearer to a card's edge
BEFORE_FOLD = 5
HEADLINE = "Aide-mémoirepourvoter"
SENTENCE = "Imprimerà100%"
WRITING_LINE = 0.9 * PT
ABOVE_LINE = 6.5  # mm that are free to write in


@dataclass(frozen=True, slots=True)
class Grid:
    """How a maker divides the sheet: places, distance of the first from the corner, card, pitch."""

    columns: int
    rows: int
    left: float
    top: float
    width: float
    height: float
    pitch_x: float
    pitch_y: float
    cut: bool = False
    edge: bool = False


# pdf-and-print.md §6.3 (gLabels database), ISO/IEC 7810, ISO 216.
STOCKS = {
    "avery-c32011": Grid(2, 5, 15, 13.5, 85, 54, 95, 54),
    "avery-c32015": Grid(2, 4, 17, 31.5, 85, 54, 91, 60),
    "sigel-lp800": Grid(2, 5, 15, 10, 85, 55, 95, 55),
    "sigel-lp795": Grid(2, 5, 14, 10.5, 85, 55, 95, 55),
    "geha-p68": Grid(2, 4, 15, 13, 85, 54, 95, 72),
    "geha-p70": Grid(2, 5, 15, 13.5, 85, 54, 95, 54),
    "id1-10": Grid(2, 5, 19.4, 13.55, 85.60, 53.98, 85.60, 53.98, cut=True),
    "cards-a4": Grid(2, 5, 20, 13.5, 85, 54, 85, 54, cut=True),
    "a6-4": Grid(2, 2, 0, 0, 105, 148.5, 105, 148.5, cut=True, edge=True),
}
MADE_FOR = {"memo-card": (85, 54), "memo-a6": (105, 148.5)}
FLIPS = {"long-edge": "/DuplexFlipLongEdge", "short-edge": "/DuplexFlipShortEdge"}
EXAMPLE_CARDS = {
    "cartes-avery": "avery-c32011",
    "cartes-papier": "cards-a4",
    "cartes-sans-nom": "id1-10",
    "cartes-pliees": "a6-4",
}
LEAFLETS = ("leaflet-a5", "leaflet-trifold", "poster-a3")


# --- reading files --------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Box:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def grown(self, by: float, up: float | None = None) -> "Box":
        up = by if up is None else up
        return Box(self.left - by, self.top - up, self.right + by, self.bottom + up)

    def contains(self, other: "Box") -> bool:
        return (
            self.left <= other.left
            and self.top <= other.top
            and self.right >= other.right
            and self.bottom >= other.bottom
        )

    def overlaps(self, other: "Box") -> bool:
        return (
            self.left < other.right
            and other.left < self.right
            and self.top < other.bottom
            and other.top < self.bottom
        )

    def distance(self, other: "Box") -> float:
        """Between the nearest points of two boxes."""
        across = max(self.left - other.right, other.left - self.right, 0)
        down = max(self.top - other.bottom, other.top - self.bottom, 0)
        return float(np.hypot(across, down))


@dataclass(frozen=True, slots=True)
class Painted:
    """A fill, a stroke (with its thickness) or a text (the point it starts at), as the content stream says."""

    kind: str
    box: Box
    rectangles: tuple[Box, ...]
    line_width: float
    content: int | None
    turned: bool


@dataclass(frozen=True, slots=True)
class Letter:
    char: str
    box: Box


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the structure tree: its marked contents (page, identifier) in reading order."""

    contents: tuple[tuple[int, int], ...]

    def text(self, path: Path) -> str:
        texts = spoken(path)
        return squeezed("".join(texts.get(content, "") for content in self.contents))

    def painted(self, path: Path, page: int) -> list[Painted]:
        mine = {content for number, content in self.contents if number == page}
        return [item for item in painted(path)[page] if item.content in mine]

    @property
    def pages(self) -> list[int]:
        """The pages it stands on, in the order they are met."""
        return list(dict.fromkeys(page for page, _ in self.contents))


Matrix = tuple[float, float, float, float, float, float]


def times(one: Matrix, two: Matrix) -> Matrix:
    """`one` applied first."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m


class Reader:
    """What a page paints: follows matrices and paths through its content stream."""

    def __init__(self, page: pikepdf.Page) -> None:
        left, _, _, top = (float(side) for side in page.mediabox)
        self._page, self._base = page, (PT, 0.0, 0.0, -PT, -left * PT, top * PT)
        self._ctm: Matrix = self._base
        self._width, self._stack = 1.0, []
        self._contents: list[int | None] = []
        self._points: list[tuple[float, float]] = []
        self._rectangles: list[Box] = []
        self._text: Matrix = (1, 0, 0, 1, 0, 0)

    def read(self) -> Iterator[Painted]:
        for instruction in pikepdf.parse_content_stream(self._page):
            operands = instruction.operands
            match str(instruction.operator):
                case "q":
                    self._stack.append((self._ctm, self._width))
                case "Q":
                    self._ctm, self._width = self._stack.pop()
                case "cm":
                    self._ctm = times(matrix(operands), self._ctm)
                case "w":
                    self._width = float(operands[0])
                case "BDC":
                    known = operands[1].get("/MCID") if isinstance(operands[1], pikepdf.Dictionary) else None
                    self._contents.append(None if known is None else int(known))
                case "BMC":
                    self._contents.append(None)
                case "EMC":
                    self._contents.pop()
                case "re":
                    x, y, width, height = map(float, operands)
                    self._rectangles.append(box_of([self._at(x, y), self._at(x + width, y + height)]))
                case "m" | "l" | "c" | "v" | "y":
                    numbers = [float(operand) for operand in operands]
                    self._points += [self._at(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
                case "f" | "F" | "f*":
                    yield self._paint("fill")
                case "S" | "s":
                    yield self._paint("stroke")
                case "B" | "B*" | "b" | "b*":
                    yield self._paint("stroke")  # the larger of the two
                case "n":
                    self._points, self._rectangles = [], []
                case "Do":
                    self._points = [self._at(0, 0), self._at(1, 1)]
                    yield self._paint("picture")
                case "Tm":
                    self._text = matrix(operands)
                case "Tj" | "TJ":
                    a, _, _, _, x, y = times(self._text, self._ctm)
                    yield Painted("text", Box(x, y, x, y), (), 0, self._content, a < 0)
                case "Td" | "TD" | "T*" | "'" | '"' | "sh" | "BI":
                    raise AssertionError(f"this reader does not follow {instruction.operator}")

    @property
    def _content(self) -> int | None:
        return self._contents[-1] if self._contents else None

    def _at(self, x: float, y: float) -> tuple[float, float]:
        a, b, c, d, e, f = self._ctm
        return a * x + c * y + e, b * x + d * y + f

    def _paint(self, kind: str) -> Painted:
        corners = [(box.left, box.top) for box in self._rectangles]
        corners += [(box.right, box.bottom) for box in self._rectangles]
        box = box_of(self._points + corners)
        width = self._width * abs(self._ctm[0]) if kind == "stroke" else 0
        if len(self._points) == 2 and not self._rectangles:  # a straight line, its ends cut square
            level = box.height < box.width
            box = box.grown(0, width / 2) if level else box.grown(width / 2, 0)
        else:
            box = box.grown(width / 2)
        found = Painted(kind, box, tuple(self._rectangles), width, self._content, self._ctm[0] < 0)
        self._points, self._rectangles = [], []
        return found


def matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def box_of(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


@cache
def painted(path: Path) -> tuple[tuple[Painted, ...], ...]:
    """What each page of a file paints."""
    with pikepdf.open(path) as pdf:
        return tuple(tuple(Reader(page).read()) for page in pdf.pages)


def codes(path: Path, page: int) -> list[Painted]:
    """The QR symbols of a page: paths of many squares, filled at once."""
    return [item for item in painted(path)[page] if item.kind == "fill" and len(item.rectangles) > 50]


@cache
def sizes(path: Path) -> tuple[tuple[float, float], ...]:
    """Width and height of each page, from its MediaBox."""
    with pikepdf.open(path) as pdf:
        boxes = [[float(side) for side in page.mediabox] for page in pdf.pages]
    return tuple(((right - left) * PT, (top - bottom) * PT) for left, bottom, right, top in boxes)


@cache
def letters(path: Path) -> tuple[tuple[Letter, ...], ...]:
    """Each letter of each page with the box of its outline, as PDFium has it; no spaces."""
    document = pypdfium2.PdfDocument(path)
    pages = []
    for page in document:
        height = page.get_height()
        text = page.get_textpage()
        found = []
        for index in range(text.count_chars()):
            char = chr(pdfium.FPDFText_GetUnicode(text, index))
            if not char.isspace():
                left, bottom, right, top = text.get_charbox(index)
                box = Box(left * PT, (height - top) * PT, right * PT, (height - bottom) * PT)
                found.append(Letter("-" if char in "\ufffe\u2011" else char, box))
        pages.append(tuple(found))
    document.close()
    return tuple(pages)


@cache
def spoken(path: Path) -> dict[tuple[int, int], str]:
    """The text of each marked content of a file, by page and identifier, as PDFium has it."""
    document = pypdfium2.PdfDocument(path)
    texts: dict[tuple[int, int], str] = {}
    for number, page in enumerate(document):
        text = page.get_textpage()
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            key = number, pdfium.FPDFPageObj_GetMarkedContentID(item)
            size = pdfium.FPDFTextObj_GetText(item, text, None, 0)
            buffer = (pdfium.FPDF_WCHAR * size)()
            pdfium.FPDFTextObj_GetText(item, text, buffer, size)
            texts[key] = texts.get(key, "") + bytes(buffer).decode("utf-16-le").rstrip("\0")
    document.close()
    return texts


@cache
def parts(path: Path) -> tuple[Part, ...]:
    """What a screen reader is given one after the other: the kids of the document's structure element."""
    with pikepdf.open(path) as pdf:
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        (document,) = kids(pdf.Root.StructTreeRoot)
        return tuple(Part(tuple(contents(kid, numbers, None))) for kid in kids(document) if kid.S == "/Sect")


def kids(element: Any) -> list[Any]:
    found = element.get("/K", [])
    return list(found) if isinstance(found, pikepdf.Array) else [found]


def contents(element: Any, numbers: dict[Any, int], page: int | None) -> Iterator[tuple[int, int]]:
    if "/Pg" in element:
        page = numbers[element.Pg.objgen]
    for kid in kids(element):
        if not isinstance(kid, pikepdf.Dictionary):
            assert page is not None
            yield page, int(kid)
        elif kid.get("/Type") == "/MCR":
            yield numbers[kid.Pg.objgen] if "/Pg" in kid else page, int(kid.MCID)
        elif kid.get("/Type") != "/OBJR":
            yield from contents(kid, numbers, page)


@lru_cache(maxsize=16)
def picture(path: Path, page: int) -> np.ndarray:
    """A page as grey levels at 150 dpi."""
    document = pypdfium2.PdfDocument(path)
    bitmap = document[page].render(scale=DPI / 72, grayscale=True)
    pixels = np.array(bitmap.to_numpy(), copy=True).reshape(bitmap.height, bitmap.width)
    document.close()
    return pixels


def enlarged(path: Path, page: int, boxes: list[Box]) -> Iterator[np.ndarray]:
    """Parts of a page as grey levels at 600 dpi."""
    document = pypdfium2.PdfDocument(path)
    sheet = document[page]
    width, height = sheet.get_size()
    for box in boxes:
        margins = (box.left / PT, height - box.bottom / PT, width - box.right / PT, box.top / PT)
        bitmap = sheet.render(scale=FINE_DPI / 72, grayscale=True, crop=margins)
        yield np.array(bitmap.to_numpy(), copy=True).reshape(bitmap.height, bitmap.width)
    document.close()


def cropped(pixels: np.ndarray, box: Box, *, shrink: int = 0) -> np.ndarray:
    """The part of a picture of 150 dpi that a box covers, without `shrink` pixels at its edges."""
    left, top, right, bottom = (
        round(side * DPI / 25.4) for side in (max(box.left, 0), max(box.top, 0), box.right, box.bottom)
    )
    return pixels[top + shrink : bottom - shrink, left + shrink : right - shrink]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text.replace("\ufffe", "-").replace("\u2011", "-"))


def text_in(found: tuple[Letter, ...], box: Box) -> str:
    """The letters whose middle is in a box, in the order of the file."""
    return "".join(
        letter.char
        for letter in found
        if box.left <= letter.box.middle[0] <= box.right and box.top <= letter.box.middle[1] <= box.bottom
    )


def places_of(found: tuple[Letter, ...], words: str) -> list[list[Box]]:
    """The boxes of the letters of each occurrence of words (written without spaces)."""
    text = "".join(letter.char for letter in found)
    return [
        [letter.box for letter in found[match.start() : match.end()]] for match in re.finditer(re.escape(words), text)
    ]


def union(boxes: list[Box]) -> Box:
    return Box(
        min(box.left for box in boxes),
        min(box.top for box in boxes),
        max(box.right for box in boxes),
        max(box.bottom for box in boxes),
    )


# --- the files ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Cards:
    """A file of cards: the stock as its maker describes it, and how the sheet is turned."""

    path: Path
    grid: Grid
    flip: str

    @property
    def fronts(self) -> range:
        return range(0, len(sizes(self.path)), 2)

    def places(self, *, back: bool) -> list[Box]:
        """Where the sheet is cut, as it is looked at: of a back, the front's places seen through the paper."""
        grid = self.grid
        places = []
        for row in range(grid.rows):
            for column in range(grid.columns):
                x, y = grid.left + column * grid.pitch_x, grid.top + row * grid.pitch_y
                if back and self.flip == "long-edge":
                    x = 210 - x - grid.width
                elif back:
                    y = 297 - y - grid.height
                places.append(Box(x, y, x + grid.width, y + grid.height))
        return places

    def pages(self) -> Iterator[tuple[int, list[Box]]]:
        """Every page with the places on it."""
        for page in range(len(sizes(self.path))):
            yield page, self.places(back=page % 2 == 1)


SMALL = """
election = "2018"
[publisher]
name = "Section d’essai"
[data]
schools = "ecoles.csv"
staff = "personnels.csv"
"""
ONE_CARD = """
[[document]]
name = "{template}-alone"
template = "{template}"
per = "person"
"""
SMALL_CARD = """
[[document]]
name = "{stock}-{flip}"
template = "{template}"
per = "person"
sheet = "{stock}"
flip = "{flip}"
suggest = true
"""


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example, built."""
    out = tmp_path_factory.mktemp("one-school") / "out"
    build(BuildOptions(campaign=EXAMPLE / "campaign.toml", out=out))
    return out


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Cards for a few people on every stock, turned both ways, and on pages of their own."""
    folder = tmp_path_factory.mktemp("stocks")
    text = SMALL + "".join(ONE_CARD.format(template=template) for template in MADE_FOR)
    for stock, grid in STOCKS.items():
        template = "memo-a6" if grid.edge else "memo-card"
        text += "".join(SMALL_CARD.format(stock=stock, flip=flip, template=template) for flip in FLIPS)
    (folder / "campaign.toml").write_text(text, "utf-8")
    shutil.copy(EXAMPLE / "ecoles.csv", folder)
    people = (EXAMPLE / "personnels.csv").read_text("utf-8").splitlines()[: 1 + PEOPLE]
    (folder / "personnels.csv").write_text("\n".join(people) + "\n", "utf-8")
    build(BuildOptions(campaign=folder / "campaign.toml", out=folder / "out"))
    return folder / "out"


def file_in(out: Path, document: str) -> Path:
    (path,) = (out / document).glob("*.pdf")
    return path


CARD_FILES = [("small", stock, flip) for stock in STOCKS for flip in FLIPS]
CARD_FILES += [("example", document, "long-edge") for document in EXAMPLE_CARDS]
FOLDED_CARDS = [file for file in CARD_FILES if file[1] in ("a6-4", "cartes-pliees")]


@pytest.fixture(scope="module", params=CARD_FILES, ids="-".join)
def cards(request: pytest.FixtureRequest) -> Cards:
    """Each file of cards, one after the other."""
    origin, name, flip = request.param
    out = request.getfixturevalue(origin)
    if origin == "example":
        return Cards(file_in(out, name), STOCKS[EXAMPLE_CARDS[name]], flip)
    return Cards(file_in(out, f"{name}-{flip}"), STOCKS[name], flip)


@pytest.fixture(scope="module", params=[*EXAMPLE_CARDS, *LEAFLETS])
def file(request: pytest.FixtureRequest, example: Path) -> Path:
    """Each file of the example, one after the other."""
    return file_in(example, request.param)


@pytest.fixture(scope="module")
def every_file(example: Path, small: Path) -> list[Path]:
    """All files."""
    return sorted([*example.rglob("*.pdf"), *small.rglob("*.pdf")])


@cache
def staff() -> tuple[str, ...]:
    """First name and name of everybody in the staff list, in its order."""
    with (EXAMPLE / "personnels.csv").open(encoding="utf-8-sig", newline="") as file:
        return tuple(f"{row['prenom']} {row['nom']}" for row in csv.DictReader(file, delimiter=";"))


# --- verdicts of others ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("profile", ["ua1", "2a"])
def test_files_pass_the_validator(every_file: list[Path], profile: str) -> None:
    """Every file is PDF/UA-1 and PDF/A-2a for an outside validator, imposed sheets too."""
    assert len(every_file) == len(EXAMPLE_CARDS) + len(LEAFLETS) + len(STOCKS) * len(FLIPS) + len(MADE_FOR)
    for path in every_file:
        verdict = validator.validate_pdf(str(path), profile=profile)
        assert verdict.is_compliant, [(path, failure.rule_id, failure.message) for failure in verdict.failures]


def test_structure_agrees(every_file: list[Path]) -> None:
    """Structure tree, parent tree and marked content agree, though contents of a section stand on several sides."""
    assert {path: check_structure(path.read_bytes()) for path in every_file} == {path: [] for path in every_file}


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(every_file: list[Path]) -> None:
    """The syntax of every file is faultless for another program."""
    for path in every_file:
        done = subprocess.run(["qpdf", "--check", str(path)], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr


# --- reading order --------------------------------------------------------------------------------------------


def test_each_card_is_read_whole(cards: Cards) -> None:
    """A section is one card: its front, then its back on the same sheet, and nothing of its neighbours."""
    for part in parts(cards.path):
        front, back = part.pages
        assert front % 2 == 0
        assert back == front + 1
        assert [page for page, _ in part.contents] == sorted(page for page, _ in part.contents)
        assert part.text(cards.path).count(HEADLINE) == 1
        assert len([item for item in part.painted(cards.path, back) if len(item.rectangles) > 50]) == 2
        for page in (front, back):
            spots = {
                number
                for number, place in enumerate(cards.places(back=page % 2 == 1))
                for item in part.painted(cards.path, page)
                if place.grown(TOLERANCE).contains(item.box)
            }
            assert len(spots) == 1


def test_cards_are_read_in_the_order_of_the_list(cards: Cards) -> None:
    """The staff list's order is the reading order, whichever place a card has, and nobody is there twice."""
    texts = [part.text(cards.path) for part in parts(cards.path)]
    if cards.path.parent.name == "cartes-sans-nom":
        assert len(texts) == len(staff())
        assert not any(squeezed(name) in text for name in staff() for text in texts)
        return
    names = staff() if cards.path.parent.name in EXAMPLE_CARDS else staff()[:PEOPLE]
    assert len(texts) == len(names)
    everything = "".join(texts)
    for name, text in zip(names, texts, strict=True):
        assert squeezed(name) in text
        assert everything.count(squeezed(name)) == 1, name


def test_the_whole_file_is_in_its_sections(cards: Cards) -> None:
    """What is tagged belongs to exactly one card."""
    counts = Counter(content for part in parts(cards.path) for content in part.contents)
    tagged = {
        (page, item.content)
        for page, items in enumerate(painted(cards.path))
        for item in items
        if item.content is not None
    }
    assert set(counts) == tagged
    assert set(counts.values()) == {1}


def spots(path: Path) -> list[tuple[int, float, float]]:
    """For each section its page and what it reaches from left to right, in mm."""
    found = []
    for part in parts(path):
        (page,) = part.pages
        boxes = [item.box for item in part.painted(path, page)]
        found.append((page, min(box.left for box in boxes), max(box.right for box in boxes)))
    return found


def assert_read_in(path: Path, panels: list[tuple[int, float, float]]) -> None:
    found = spots(path)
    assert len(found) == len(panels)
    for (page, left, right), (where, start, end) in zip(found, panels, strict=True):
        assert page == where
        assert start <= left < right <= end


def test_the_trifold_is_read_as_it_is_unfolded(example: Path) -> None:
    """Front, the three panels inside, flap, back: though the flap is drawn first and the front last."""
    panels = [(0, 197, 297), (1, 0, 100), (1, 100, 200), (1, 200, 297), (0, 0, 97), (0, 97, 197)]
    assert_read_in(file_in(example, "leaflet-trifold"), [(page, float(a), float(b)) for page, a, b in panels])


def test_the_booklet_is_read_in_the_order_of_its_pages(example: Path) -> None:
    """Pages 1 to 4, printed as 4 | 1 and 2 | 3."""
    panels = [(0, 148.5, 297.0), (1, 0.0, 148.5), (1, 148.5, 297.0), (0, 0.0, 148.5)]
    assert_read_in(file_in(example, "leaflet-a5"), panels)


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler-utils is not installed")
def test_poppler_reads_the_same_order(example: Path) -> None:
    """Another reader of structure trees meets the same people in the same order."""
    path = file_in(example, "cartes-papier")  # in piles: neighbours in the list are on different sheets
    done = subprocess.run(["pdfinfo", "-struct-text", str(path)], capture_output=True, text=True, check=True)
    sections = [squeezed(text) for text in re.split(r"^  Sect\n", done.stdout, flags=re.MULTILINE)[1:]]
    assert len(sections) == len(staff())
    for name, text in zip(staff(), sections, strict=True):
        assert squeezed(name) in text


# --- where cards stand ----------------------------------------------------------------------------------------


def test_every_stock_that_fits_is_here() -> None:
    """A stock added to the program for cards or folded cards must be added to this file's table."""
    known = tomllib.loads((assets() / "stock.toml").read_text("utf-8"))
    fitting = set()
    for key, table in known.items():
        width, height = (float(side.removesuffix(" mm")) for side in table["card"])
        if any(abs(width - w) <= 3 and abs(height - h) <= 3 for w, h in MADE_FOR.values()):
            fitting.add(key)
    assert set(STOCKS) == fitting


def heads(cards: Cards) -> Iterator[tuple[int, Box, Box]]:
    """For each headline its page, the place it stands in, and where it is."""
    for page in cards.fronts:
        for boxes in places_of(letters(cards.path)[page], HEADLINE):
            head = union(boxes)
            (place,) = [place for place in cards.places(back=False) if place.contains(head)]
            yield page, place, head


def test_fronts_have_the_pitch_of_the_stock(cards: Cards) -> None:
    """Headlines are as far apart as the maker says the cards are, on every sheet."""
    offsets = [(head.left - place.left, head.top - place.top) for _, place, head in heads(cards)]
    assert len(offsets) == len(parts(cards.path))
    assert np.ptp(offsets, axis=0).max() <= TOLERANCE


def test_fronts_stand_in_the_middle_of_their_places(cards: Cards) -> None:
    """The band of a headline, or the rule under it, has the same distance to both edges; a band to the third too."""
    for page, place, _ in heads(cards):
        inside = [item for item in painted(cards.path)[page] if place.grown(0.01).contains(item.box)]
        band = max(inside, key=lambda item: item.box.width)
        assert band.box.width > 0.8 * place.width
        assert band.box.middle[0] == pytest.approx(place.middle[0], abs=TOLERANCE)
        if band.kind == "fill":
            assert band.box.top - place.top == pytest.approx(band.box.left - place.left, abs=TOLERANCE)


def back_anchors(cards: Cards) -> Iterator[tuple[Box, Box]]:
    """For each card the place of its front, seen through the paper, and what its two codes on the back cover."""
    for part in parts(cards.path):
        front, back = part.pages
        start = next(item.box for item in part.painted(cards.path, front) if item.kind == "text")
        (number,) = [n for n, place in enumerate(cards.places(back=False)) if place.contains(start)]
        found = [item.box for item in part.painted(cards.path, back) if len(item.rectangles) > 50]
        yield cards.places(back=True)[number], union(found)


def code_depth(cards: Cards, place: Box, pair: Box) -> float:
    """From the head of a card to its codes; a back turned with its sheet has the head below."""
    return place.bottom - pair.bottom if cards.flip == "short-edge" else pair.top - place.top


def test_backs_lie_behind_their_fronts(cards: Cards) -> None:
    """Turned with the sheet, the back of every card is where its front is: of the same person, in the middle."""
    depths = []
    for behind, pair in back_anchors(cards):
        assert behind.contains(pair)
        assert pair.middle[0] == pytest.approx(behind.middle[0], abs=TOLERANCE)
        depths.append(code_depth(cards, behind, pair))
    assert len(depths) == len(parts(cards.path))
    assert np.ptp(depths) <= TOLERANCE


@pytest.mark.parametrize("template", MADE_FOR)
def test_cards_are_the_same_on_every_stock(small: Path, template: str) -> None:
    """However the sheet is turned, headline and codes are as deep in their places as on a card printed alone."""
    alone = file_in(small, f"{template}-alone")
    head_depth = union(places_of(letters(alone)[0], HEADLINE)[0]).top
    depth = union([code.box for code in codes(alone, 1)]).top
    stocks = [stock for stock, grid in STOCKS.items() if grid.edge == (template == "memo-a6")]
    for stock, flip in product(stocks, FLIPS):
        cards = Cards(file_in(small, f"{stock}-{flip}"), STOCKS[stock], flip)
        depths = [head.top - place.top for _, place, head in heads(cards)]
        assert depths == pytest.approx([head_depth] * PEOPLE, abs=TOLERANCE)
        depths = [code_depth(cards, behind, pair) for behind, pair in back_anchors(cards)]
        assert depths == pytest.approx([depth] * PEOPLE, abs=TOLERANCE)


def test_backs_can_be_read_when_the_card_is_turned(cards: Cards) -> None:
    """On a sheet turned about its short edge the back stands on its head, else upright; the front always upright."""
    for page, items in enumerate(painted(cards.path)):
        tagged = [item for item in items if item.content is not None]
        assert tagged
        assert {item.turned for item in tagged} == {page % 2 == 1 and cards.flip == "short-edge"}
        assert not any(
            item.turned for item in items if item.kind == "text" and item.content is None and page % 2 == 0
        )


def test_the_printer_is_told_how_to_turn(cards: Cards) -> None:
    """The file asks for both sides, the right edge, and no scaling."""
    with pikepdf.open(cards.path) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == FLIPS[cards.flip]
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        for page in pdf.pages:
            assert [float(side) * PT for side in page.mediabox] == pytest.approx([0, 0, 210, 297], abs=0.01)
            assert page.get("/Rotate", 0) == 0


# --- what surrounds them --------------------------------------------------------------------------------------


def printed(cards: Cards, page: int) -> Iterator[Box]:
    """Every letter and everything else that is painted on a page."""
    yield from (item.box for item in painted(cards.path)[page] if item.kind != "text")
    yield from (letter.box for letter in letters(cards.path)[page])


def test_nothing_is_printed_near_a_cut(cards: Cards) -> None:
    """Everything on a card is 3 mm inside it; on a folded card that goes to the paper's edge, all but its band."""
    for page, places in cards.pages():
        for place in places:
            inner = place.grown(-BEFORE_CUT + 0.001)
            for box in printed(cards, page):
                if box.overlaps(place):
                    is_band = cards.grid.edge and abs(box.width - place.width) <= TOLERANCE
                    assert inner.contains(box) or is_band, box


def marks_of(cards: Cards, page: int) -> list[Painted]:
    """Lines outside all places."""
    places = cards.places(back=page % 2 == 1)
    outside = [item for item in painted(cards.path)[page] if not any(item.box.overlaps(place) for place in places)]
    assert all(item.kind in ("stroke", "text") for item in outside)
    assert all(item.content is None for item in outside)
    return [item for item in outside if item.kind == "stroke"]


def control_of(cards: Cards, page: int) -> list[Painted]:
    """The control line and its two ticks."""
    marks = marks_of(cards, page)
    (line,) = [mark for mark in marks if mark.box.width > 40]
    ticks = [mark for mark in marks if mark.box.height > mark.box.width and mark.box.overlaps(line.box.grown(0.5))]
    return [line, *ticks]


def test_the_control_line_is_50_mm(cards: Cards) -> None:
    """Every sheet with a margin has a line of exactly 50 mm between its ticks, and beside it why."""
    for page, places in cards.pages():
        if cards.grid.edge:
            assert marks_of(cards, page) == []
            continue
        line, left, right = sorted(control_of(cards, page), key=lambda item: (item.box.height, item.box.left))
        assert line.box.width == pytest.approx(50, abs=0.02)
        assert right.box.middle[0] - left.box.middle[0] == pytest.approx(50, abs=0.02)
        assert left.box.middle[0] == pytest.approx(line.box.left, abs=0.02)
        (sentence,) = places_of(letters(cards.path)[page], SENTENCE)
        words = union(sentence)
        assert not any(words.overlaps(place) for place in places)
        assert abs(words.middle[1] - line.box.middle[1]) < 3
        assert 0 < words.left - line.box.right < 75
        assert "50mm" in text_in(letters(cards.path)[page], words.grown(60, 5))


def test_crop_marks_show_every_cut(cards: Cards) -> None:
    """Both ends of each cut of plain sheets are marked, clear of cards and of what printers leave white."""
    for page, places in cards.pages():
        control = [] if cards.grid.edge else control_of(cards, page)
        marks = [mark for mark in marks_of(cards, page) if mark not in control]
        if not cards.grid.cut or cards.grid.edge:
            assert marks == []
            continue
        paper = Box(0, 0, 210, 297).grown(-UNPRINTABLE + 0.01)
        assert all(paper.contains(mark.box) for mark in marks)
        assert all(mark.box.distance(place) >= BEFORE_CUT - 0.01 for mark in marks for place in places)
        upright = sorted(
            (mark.box.middle[0], mark.box.top > 150) for mark in marks if mark.box.height > mark.box.width
        )
        level = sorted(
            (mark.box.middle[1], mark.box.left > 100) for mark in marks if mark.box.width > mark.box.height
        )
        xs = sorted({round(x, 3) for place in places for x in (place.left, place.right)})
        ys = sorted({round(y, 3) for place in places for y in (place.top, place.bottom)})
        assert len(upright) + len(level) == len(marks)
        for found, cuts in ((upright, xs), (level, ys)):
            assert [end for _, end in found] == [False, True] * len(cuts)
            assert [at for at, _ in found] == pytest.approx([cut for cut in cuts for _ in "ab"], abs=0.02)


def test_the_margin_of_printers_stays_white(cards: Cards) -> None:
    """Nothing is printed in the outer 4 mm, except by cards that go to the paper's edge, and there no text."""
    band = int(UNPRINTABLE * DPI / 25.4)
    for page, _ in cards.pages():
        if cards.grid.edge:
            paper = Box(0, 0, 210, 297).grown(-UNPRINTABLE)
            assert all(paper.contains(letter.box) for letter in letters(cards.path)[page])
            continue
        pixels = picture(cards.path, page)
        for edge in (pixels[:band], pixels[-band:], pixels[:, :band], pixels[:, -band:]):
            assert edge.min() == 255


# --- codes ----------------------------------------------------------------------------------------------------


def test_modules_are_large_and_square(file: Path) -> None:
    """Every symbol is made of squares of 0.5 mm and more, in a number that QR codes have; on the poster 100 mm."""
    found = [code for page in range(len(sizes(file))) for code in codes(file, page)]
    assert found
    for code in found:
        module = min(box.height for box in code.rectangles)
        assert module >= 0.5
        assert code.box.width == pytest.approx(code.box.height, abs=0.002)
        assert max(box.height for box in code.rectangles) == pytest.approx(module, abs=0.002)
        version, rest = divmod(round(code.box.width / module) - 17, 4)
        assert rest == 0
        assert 1 <= version <= 40
        assert code.box.width == pytest.approx((4 * version + 17) * module, abs=0.01)
        if file.parent.name == "poster-a3":
            assert code.box.width >= 100


def test_modules_are_large_on_every_stock(cards: Cards) -> None:
    """Stock a little smaller than the card is drawn for does not make modules smaller than 0.5 mm."""
    found = [code for page in range(len(sizes(cards.path))) for code in codes(cards.path, page)]
    assert len(found) == 2 * len(parts(cards.path))
    assert min(box.height for code in found for box in code.rectangles) >= 0.5


def quiet_zones(path: Path, page: int) -> Iterator[tuple[Painted, Box, float]]:
    """Each code of a page with its box and quiet zone of four modules, and its module."""
    for code in codes(path, page):
        module = min(box.height for box in code.rectangles)
        yield code, code.box.grown(4 * module - 0.002), module


def assert_quiet(path: Path) -> None:
    for page in range(len(sizes(path))):
        zones = list(quiet_zones(path, page))
        frames = [item for item in painted(path)[page] if item.kind != "text"]
        for code, zone, _ in zones:
            for item in frames:
                around = item.kind == "stroke" and not item.rectangles and item.box.grown(-1).contains(zone)
                assert item is code or around or not item.box.overlaps(zone), item
            assert not any(letter.box.overlaps(zone) for letter in letters(path)[page])
        pictures = enlarged(path, page, [zone for _, zone, _ in zones])
        for (_, _, module), pixels in zip(zones, pictures, strict=True):
            ring = int(4 * module * FINE_DPI / 25.4) - 2
            for edge in (pixels[:ring], pixels[-ring:], pixels[:, :ring], pixels[:, -ring:]):
                assert edge.min() == 255
            assert pixels[ring + 4 : -ring - 4, ring + 4 : -ring - 4].min() == 0


def test_quiet_zones_are_white(file: Path) -> None:
    """Four modules around every symbol nothing is painted, and at 600 dpi not a pixel is grey."""
    assert_quiet(file)


def test_quiet_zones_are_white_on_every_stock(small: Path) -> None:
    """The same on each stock, on fronts and turned backs."""
    for stock in STOCKS:
        assert_quiet(file_in(small, f"{stock}-short-edge"))


def copied(pixels: np.ndarray, seed: int) -> np.ndarray:
    """A copy on a machine that knows black and white only: blurred, noisy, cut at a threshold."""
    blurred = np.asarray(Image.fromarray(pixels).filter(ImageFilter.GaussianBlur(0.9)), dtype=float)
    noisy = blurred + np.random.default_rng(seed).normal(0, 25, blurred.shape)
    return np.where(noisy < 140, 0, 255).astype(np.uint8)


def decoded(pixels: np.ndarray) -> list[str]:
    """What ZXing reads."""
    return [found.text for found in zxingcpp.read_barcodes(np.ascontiguousarray(pixels))]


def nearest_address(path: Path, page: int, code: Painted) -> tuple[str, float]:
    """The printed address next to a symbol, and how far it is."""
    found = letters(path)[page]
    text = "".join(letter.char for letter in found)
    printed = [
        (union([letter.box for letter in found[match.start() : match.end()]]).distance(code.box), match.group())
        for match in re.finditer(r"https://[a-z0-9./-]+/", text)
    ]
    distance, address = min(printed)
    return address, distance


def test_codes_lead_to_the_address_printed_beside_them(file: Path) -> None:
    """ZXing reads every symbol at 150 dpi, and reads exactly what stands beside it."""
    alone = []
    for page in range(len(sizes(file))):
        for code, zone, module in quiet_zones(file, page):
            (href,) = decoded(cropped(picture(file, page), zone))
            address, distance = nearest_address(file, page, code)
            if distance < 4 * module + 6:
                assert href == address
            else:
                alone.append((href, text_in(letters(file)[page], code.box.grown(0, 10))))
    if file.parent.name == "leaflet-trifold":  # the part to cut out is narrow: its address stands on the front
        ((href, word),) = alone
        assert word.endswith("Portail")
        assert href in "".join(letter.char for letter in letters(file)[0] if letter.box.left > 197)
    else:
        assert alone == []


def test_a_page_gives_all_its_codes_at_once(file: Path) -> None:
    """A reader that looks at the whole page finds as many codes as are painted."""
    for page in range(len(sizes(file))):
        assert len(decoded(picture(file, page))) == len(codes(file, page))


def test_codes_survive_a_photocopy(file: Path) -> None:
    """Each different address can still be read from a black and white copy, wherever it is printed."""
    for page in range(len(sizes(file))):
        for number, (_, zone, _) in enumerate(quiet_zones(file, page)):
            pixels = cropped(picture(file, page), zone)
            assert decoded(copied(pixels, number)) == decoded(pixels)


def test_turned_codes_decode_on_every_stock(cards: Cards) -> None:
    """Both addresses can be read on each back, and no third one."""
    for page in range(len(sizes(cards.path))):
        found = Counter(decoded(picture(cards.path, page)))
        here = sum(page in part.pages for part in parts(cards.path)) if page % 2 else 0
        assert sum(found.values()) == 2 * here
        assert set(found.values()) <= {here}
        assert all(href.startswith("https://") for href in found)


# --- lines to write on ----------------------------------------------------------------------------------------


def writing_lines(path: Path, page: int) -> list[Box]:
    """Level strokes as thick as lines to write on are."""
    return [
        item.box
        for item in painted(path)[page]
        if item.kind == "stroke" and item.line_width == pytest.approx(WRITING_LINE, abs=0.005) and item.box.width > 40
    ]


def test_writing_lines_are_free(cards: Cards) -> None:
    """Above every line there is white paper to write on, and every card has one for the password."""
    for page in cards.fronts:
        lines, pixels = writing_lines(cards.path, page), picture(cards.path, page)
        for line in lines:
            above = Box(line.left, line.top - ABOVE_LINE, line.right, line.top)
            assert cropped(pixels, above, shrink=1).min() == 255
        labels = [union(boxes) for boxes in places_of(letters(cards.path)[page], "Motdepasse:")]
        assert len(labels) == sum(page in part.pages for part in parts(cards.path))
        for label in labels:
            near = Box(label.left, label.top, label.right + 10, label.bottom + 12)
            assert len([line for line in lines if line.overlaps(near)]) >= 1
    assert not any(writing_lines(cards.path, page + 1) for page in cards.fronts)


def test_what_must_stay_apart_is_not_asked_for(cards: Cards) -> None:
    """No card has a word about the code de vote or the NUMEN: only the password is written down."""
    for found in letters(cards.path):
        text = "".join(letter.char for letter in found).casefold()
        assert "codedevote" not in text
        assert "numen" not in text


# --- folds ----------------------------------------------------------------------------------------------------

FOLDS = {"leaflet-trifold": [(97, 197), (100, 200)], "leaflet-a5": [(148.5,), (148.5,)]}


@pytest.mark.parametrize("document", FOLDS)
def test_folds_are_where_they_belong(example: Path, document: str) -> None:
    """Bands meet and ticks stand at the folds of each side, and the folds of both sides meet through the paper."""
    path = file_in(example, document)
    assert np.allclose(sizes(path), [(297, 210), (297, 210)], rtol=0, atol=0.01)
    found = []
    for page, folds in enumerate(FOLDS[document]):
        items = painted(path)[page]
        bands = sorted(
            (item.box for item in items if item.kind == "fill" and item.box.top < 0.01 and item.box.width > 90),
            key=lambda box: box.left,
        )
        edges = [band.left for band in bands] + [bands[-1].right]
        assert edges == pytest.approx([0, *folds, 297], abs=TOLERANCE)
        assert [band.right for band in bands[:-1]] == pytest.approx(edges[1:-1], abs=TOLERANCE)
        ticks = [item.box for item in items if item.kind == "stroke" and item.box.height > 10 * item.box.width]
        ticks = [box for box in ticks if box.top < 8 or box.bottom > 202]
        assert sorted(box.middle[0] for box in ticks) == pytest.approx(sorted([*folds, *folds]), abs=0.02)
        assert all(Box(4, 4, 293, 206).grown(0.01).contains(box) for box in ticks)
        found.append(edges)
    assert [297 - edge for edge in reversed(found[1])] == pytest.approx(found[0], abs=TOLERANCE)


@pytest.mark.parametrize("document", FOLDS)
def test_no_text_near_folds_and_edges(example: Path, document: str) -> None:
    """Every letter is 5 mm from the paper's edges and from every fold."""
    path = file_in(example, document)
    for page, folds in enumerate(FOLDS[document]):
        panels = list(zip([0, *folds], [*folds, 297], strict=True))
        for letter in letters(path)[page]:
            assert any(Box(left, 0, right, 210).grown(-BEFORE_FOLD).contains(letter.box) for left, right in panels), (
                letter
            )


@pytest.mark.parametrize("document", FOLDS)
def test_folded_sheets_turn_about_their_short_edge(example: Path, document: str) -> None:
    """A landscape sheet is turned like a page, so the printer is told the short edge."""
    with pikepdf.open(file_in(example, document)) as pdf:
        assert pdf.Root.ViewerPreferences.Duplex == "/DuplexFlipShortEdge"
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"


@pytest.mark.parametrize("cards", FOLDED_CARDS, ids="-".join, indirect=True)
def test_no_text_on_the_fold_of_a_folded_card(cards: Cards) -> None:
    """A6 cards are folded in their middle, which text keeps clear of by 5 mm on both sides."""
    for page, places in cards.pages():
        for place in places:
            middle = place.middle[1]
            fold = Box(place.left, middle - BEFORE_FOLD, place.right, middle + BEFORE_FOLD)
            assert not any(letter.box.overlaps(fold) for letter in letters(cards.path)[page])


# --- a second renderer ----------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("pdftoppm") is None, reason="poppler-utils is not installed")
def test_poppler_shows_the_same_codes(example: Path, tmp_path: Path) -> None:
    """Pages that poppler draws hold the same addresses as those PDFium draws."""
    for document in (*EXAMPLE_CARDS, *LEAFLETS):
        path = file_in(example, document)
        page = next(page for page in range(len(sizes(path))) if codes(path, page))
        command = ["pdftoppm", "-r", str(DPI), "-gray", "-f", str(page + 1), "-singlefile", str(path)]
        subprocess.run([*command, str(tmp_path / document)], check=True)
        with Image.open(tmp_path / f"{document}.pgm") as drawn:
            assert sorted(decoded(np.asarray(drawn))) == sorted(decoded(picture(path, page)))
            assert decoded(np.asarray(drawn))
