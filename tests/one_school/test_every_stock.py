"""On every stock, each template that suits it prints inside the places, in order, backs behind fronts."""

import tomllib
from functools import cache
from pathlib import Path

import pytest

from leaflet.files.resources import program_resources
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.catalogue import list_resources
from leaflet.program import assets
from tests.campaigns import campaign_text, write_small_campaign
from tests.one_school.boxes import Box, union
from tests.one_school.files import EXAMPLE, file_in
from tests.one_school.letters import letters
from tests.one_school.painting import sizes
from tests.one_school.sections import Section, sections
from tests.one_school.stock import TOLERANCE, Cards, Grid

PEOPLE = 10
CLEAR = 2.5  # nothing but a band across the whole card is nearer to its edge
SIDES = {"memo-card": 2, "memo-label": 1, "memo-a6": 2}
FITTING = {template: list_resources(program_resources(), "stock", "en", fits=template) for template in SIDES}
MADE = [(template, listed.name) for template in SIDES for listed in FITTING[template]]
DOCUMENT = (
    '[[document]]\nname = "{name}"\ntemplate = "{template}"\nper = "person"\nsheet = "{stock}"\nflip = "{flip}"\n'
)
# A sheet of one place, as large as the place: what stands where on it stands there in every place of that size.
ALONE = """[stock.{name}]\ncolumns = 1\nrows = 1\nedge = true
sheet = ["{width} mm", "{height} mm"]\ncard = ["{width} mm", "{height} mm"]
"""


@cache
def rows() -> dict[str, dict[str, object]]:
    return tomllib.loads((assets() / "stock.toml").read_text("utf-8"))


def lengths(values: object) -> list[float]:
    assert isinstance(values, list)
    return [float(str(value).removesuffix(" mm")) for value in values]


def alone(stock: str) -> str:
    """Return the name of a sheet of one place of a stock's size."""
    return "alone-" + "-".join(f"{length:g}".replace(".", "_") for length in lengths(rows()[stock]["card"]))


def codes_of(card: Section, path: Path) -> dict[int, Box]:
    """Return what the QR codes of each side of a card cover, of the sides that have some."""
    found = {}
    for side, page in enumerate(card.pages):
        if codes := [item.box for item in card.painted(path, page) if len(item.rectangles) > 50]:
            found[side] = union(codes)
    return found


def grid_of(key: str) -> Grid:
    """Return the division of a sheet as its row of the table has it."""
    row = rows()[key]
    size, corner = lengths(row["card"]), lengths([row["left"], row["top"]])
    pitch = lengths(row.get("pitch", row["card"]))
    return Grid(int(str(row["columns"])), int(str(row["rows"])), *corner, *size, *pitch)


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("every-stock")
    documents = "".join(DOCUMENT.format(name=f"{t}-on-{s}", template=t, stock=s, flip="long-edge") for t, s in MADE)
    for template, size in {(template, alone(stock)): None for template, stock in MADE}:
        flip = "long-edge" if template == "memo-a6" else "short-edge"  # a page turns about its upright edge
        documents += DOCUMENT.format(name=f"{template}-on-{size}", template=template, stock=size, flip=flip)
    for size, (width, height) in {alone(stock): lengths(rows()[stock]["card"]) for _, stock in MADE}.items():
        documents += ALONE.format(name=size, width=width, height=height)
    people = [
        "prenom;nom;uai",
        *(f"Zoé;If-{chr(97 + number)};0379999T" for number in range(PEOPLE)),
    ]  # names that always fit
    text, schools = campaign_text(documents, staff=True), (EXAMPLE / "ecoles.csv").read_bytes()
    campaign = write_small_campaign(folder, text, schools, "\n".join(people) + "\n")
    build(BuildOptions(campaign=campaign, out=folder / "out"))
    return folder / "out"


def test_there_is_stock_for_each_side() -> None:
    for template, sides in SIDES.items():
        keys = [key for of, key in MADE if of == template]
        assert keys
        assert sides == 1 or all(rows()[key].get("sides", 2) == 2 for key in keys)
    assert len(MADE) > 20


@pytest.mark.drill
@pytest.mark.parametrize(("template", "stock"), MADE)
def test_everything_stands_in_its_place(every: Path, template: str, stock: str) -> None:
    """Card after card, row by row: its front in its place, its back in the same place through the paper."""
    path, lonely = (file_in(every, f"{template}-on-{sheet}") for sheet in (stock, alone(stock)))
    sheet = Cards(path, grid_of(stock), "long-edge")
    fronts, backs = sheet.places(back=False), sheet.places(back=True)
    pages = range(-(-PEOPLE // len(fronts)) * SIDES[template])
    assert sizes(path) == tuple(pytest.approx((210, 297), abs=0.01) for _ in pages)
    cards = sections(path)
    assert len(cards) == PEOPLE
    for number, card in enumerate(cards):
        sheet, place = divmod(number, len(fronts))
        assert card.pages == [sheet * SIDES[template] + side for side in range(SIDES[template])]
        for side, page in enumerate(card.pages):
            here = (backs if side else fronts)[place].grown(-CLEAR)
            found = card.painted(path, page)
            assert all(here.contains(item.box) or item.box.width > here.width for item in found)
        wanted = codes_of(sections(lonely)[number], lonely)
        codes = codes_of(card, path)
        assert codes.keys() == wanted.keys() != set()
        for side, code in codes.items():
            here = (backs if side else fronts)[place]
            depth = code.left - here.left, code.top - here.top
            assert depth == pytest.approx((wanted[side].left, wanted[side].top), abs=TOLERANCE)
    for page, found in enumerate(letters(path)):
        here = backs if SIDES[template] == 2 and page % 2 else fronts
        for letter in found:
            touched = [place for place in here if place.overlaps(letter.box)]
            assert all(place.grown(-CLEAR).contains(letter.box) for place in touched), letter
