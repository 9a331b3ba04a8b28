"""Stock: the measures are the published ones, the arithmetic closes, and a user's own sheet is told what is wrong."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.faults import Fault, Place, Report
from leaflet.geometry import Box
from leaflet.imposition.stock import UNPRINTABLE, Stock, find_stock, nearest_name, read_stock
from leaflet.text import slug
from tests.imposition.support import STOCK, any_stock
from tests.support import tables_of

OWN: dict[str, Any] = {"sheet": "A4", "card": ["85mm", "54mm"], "columns": 2, "rows": 5}
HERE = Place(file="campaign.toml", line=12, field="stock.mine")


def read(**changes: object) -> tuple[Stock | None, list[Fault]]:
    """An own sheet: the smallest table with changes; a change to None takes a key away."""
    report = Report()
    table = {key: value for key, value in {**OWN, **changes}.items() if value is not None}
    return read_stock("mine", table, HERE, report), list(report)


def good(**changes: object) -> Stock:
    stock, faults = read(**changes)
    assert faults == []
    assert stock is not None
    return stock


def reasons_of(**changes: object) -> list[str]:
    stock, faults = read(**changes)
    assert stock is None
    assert faults
    return [fault.reason("fr") for fault in faults]


def plain(text: str) -> str:
    """`text` with ordinary spaces."""
    return text.replace("\u00a0", " ")


# Measures as LibreOffice has them (extras/source/labels/labels.xml), in hundredths of a millimetre: pitch across and
# down, width, height, left and upper margin, columns, rows. Avery 34xx and 36xx have the margins of the Herma sheets.
LIBREOFFICE = Path(__file__).with_name("libreoffice.txt").read_text("utf-8")


@pytest.mark.parametrize("line", LIBREOFFICE.splitlines())
def test_measures_of_libreoffice(line: str) -> None:
    key, measure = line.split()
    *lengths, columns, rows = map(int, measure.split(";"))
    stock = STOCK[key]
    found = (stock.pitch_x, stock.pitch_y, stock.width, stock.height, stock.left, stock.top)
    assert found == tuple(10 * length for length in lengths)
    assert (stock.columns, stock.rows) == (columns, rows) and "LibreOffice" in stock.source


@pytest.mark.parametrize(("key", "card", "grid", "first", "pitch"), tables_of(__file__)["measures"])
def test_measures(key: str, card: list[int], grid: list[int], first: list[int], pitch: list[int]) -> None:
    """Golden measures, in µm: gLabels template database, ISO/IEC 7810, ISO 216."""
    stock = STOCK[key]
    assert [stock.width, stock.height] == card and [stock.columns, stock.rows] == grid
    assert [stock.left, stock.top] == first and [stock.pitch_x, stock.pitch_y] == pitch


def test_names_and_measures_are_known() -> None:
    """No sheet is unknown to this specification; no reference stands in two rows, each is written as a key is."""
    golden = {line.split()[0] for line in LIBREOFFICE.splitlines()}
    marks = [mark for mark in test_measures.pytestmark if mark.name == "parametrize"]
    assert golden | {row[0] for row in marks[0].args[1]} == set(STOCK) and len(STOCK) >= 40
    names = [name for stock in STOCK.values() for name in (stock.key, *stock.also)]
    assert len(names) == len(set(names)) and all(slug(name) == name for name in names)


@pytest.mark.parametrize("stock", STOCK.values(), ids=lambda stock: stock.key)
def test_places_lie_apart_on_the_sheet(stock: Stock) -> None:
    """Every place is on the paper, none overlaps another, and none is nearer to an edge than the row says."""
    sheet = Box(0, 0, stock.sheet_width, stock.sheet_height)
    assert {stock.sheet_width, stock.sheet_height} == {210_000, 297_000}
    room = sheet if stock.edge else sheet.grown(-UNPRINTABLE)
    assert all(room.contains(place) for place in stock.places)
    assert not any(one.overlaps(other) for one, other in combinations(stock.places, 2)) and stock.source
    assert stock.name


def test_labels_cards_and_lengths() -> None:
    """Plain paper is cut; labels have one side, cards two; hundreds of digits are no length."""
    assert {key for key, stock in STOCK.items() if stock.cut} == {
        *("id1-10", "cards-a4", "a5-2", "a6-4", "labels-89x51")
    }
    cards = {key for key, stock in STOCK.items() if stock.sides == 2}
    assert cards >= {"avery-c32011", "sigel-lp800", "geha-p68", "id1-10", "avery-l7418", "apli-02793", "avery-32254"}
    assert cards.isdisjoint(key for key in STOCK if "labels" in key or key.startswith(("avery-34", "avery-l716")))
    assert len(reasons_of(left="9" * 400 + " mm")) == 1


@given(any_stock)
def test_arithmetic_closes(stock: Stock) -> None:
    """Margins, places and gaps are the sheet, to the micrometre, in both directions."""
    across = stock.left + (stock.columns - 1) * stock.pitch_x + stock.width + stock.right
    down = stock.top + (stock.rows - 1) * stock.pitch_y + stock.height + stock.bottom
    assert (across, down) == (stock.sheet_width, stock.sheet_height) and len(stock.places) == stock.count
    assert stock.places[0] == Box(stock.left, stock.top, stock.width, stock.height)
    last = stock.places[-1]
    assert (last.right, last.bottom) == (stock.sheet_width - stock.right, stock.sheet_height - stock.bottom)
    least = 0 if stock.edge else UNPRINTABLE
    assert min(stock.left, stock.top, stock.right, stock.bottom) >= least


@pytest.mark.parametrize(
    "change", [{"pitch_x": 84_999}, {"left": -1}, {"top": 30_000}, {"rows": 0}, {"rows": 6}, {"top": 3_999}]
)
def test_impossible_stock_cannot_be_made(change: dict[str, int]) -> None:
    """Not even by a program."""
    with pytest.raises(ValueError, match="stock cards-a4"):
        replace(STOCK["cards-a4"], **change)


def test_own_stock() -> None:
    """Centred without margins, an odd micrometre right and down; gap and pitch say the same."""
    stock = good(card=["85.001mm", "54mm"])
    assert (stock.left, stock.right, stock.top, stock.bottom) == (19_999, 19_999, 13_500, 13_500)
    assert good(columns=1, card=["85.001mm", "54mm"]).right == 62_500
    assert stock.key == "mine" and not stock.cut
    assert (good().sheet_width, good().sheet_height) == (210_000, 297_000)
    landscape = good(sheet="A4 landscape", rows=3)
    assert (landscape.sheet_width, landscape.sheet_height) == (297_000, 210_000)
    assert good(sheet=["210mm", "297mm"]).places == good().places
    wanted = STOCK["avery-c32011"]
    for changes in (
        {"gap": ["10mm", "0mm"], "left": "15mm"},
        {"pitch": ["95 mm", "54 mm"], "right": "1,5 cm"},
        {"gap": ["10mm", "0mm"], "left": "15mm", "right": "15mm", "top": "13.5mm", "bottom": "13.5mm"},
    ):
        stock = good(**changes, name=wanted.name, source=wanted.source)
        assert replace(stock, key=wanted.key, also=wanted.also) == wanted


def test_millimetres_missing_and_left_over() -> None:
    """One run says how much is missing or left over in width and in height: margins must be the rest, exactly."""
    across, down = reasons_of(card=["100mm", "60mm"], gap=["12,5mm", "0mm"])
    assert plain(across) == (
        "Il manque 2,5 mm en largeur : cartes, écarts et marges demandent 212,5 mm, la feuille en a 210."
    )
    assert (
        plain(down) == "Il manque 3 mm en hauteur : cartes, écarts et marges demandent 300 mm, la feuille en a 297."
    )
    reasons = reasons_of(left="20mm", right="19.95mm", top="13.5mm", bottom="13.5mm")
    assert len(reasons) == 1 and plain(reasons[0]).startswith("Il reste 0,05 mm en largeur")
    reasons = reasons_of(left="20mm", right="21mm", top="13mm", bottom="13mm")
    assert [plain(reason).split(" :")[0] for reason in reasons] == [
        "Il manque 1 mm en largeur",
        "Il reste 1 mm en hauteur",
    ]


@given(st.integers(0, 40_000), st.integers(0, 40_000))
def test_only_exact_margins_close(left: int, right: int) -> None:
    """Any two margins are either the rest, or told by how much they are not."""
    stock, faults = read(left=f"{left / 1000:.3f}mm", right=f"{right / 1000:.3f}mm", edge=True)
    off = 40_000 - left - right
    assert (stock is not None) == (off == 0)
    if off:
        assert [fault.code for fault in faults] == ["P106" if off < 0 else "P107"]
        assert f"{abs(off) / 1000:g} mm" in faults[0].reason("en")


def test_cards_that_overlap_or_leave_what_prints() -> None:
    """Each direction says by how much, unless the margin is meant."""
    assert plain(reasons_of(pitch=["84mm", "54mm"])[0]).startswith("Les cartes se chevauchent de 1 mm en largeur")
    assert good(columns=1, rows=1, pitch=["1mm", "1mm"]).places == good(columns=1, rows=1).places
    tight: dict[str, Any] = {"card": ["103mm", "54mm"], "top": "3.9mm"}
    reasons = reasons_of(**tight)
    assert [plain(reason).split(" ;")[0] for reason in reasons] == [
        "Des cartes sont à 2 mm du bord du papier en largeur",
        "Des cartes sont à 3,9 mm du bord du papier en hauteur",
    ]
    assert good(**tight, edge=True).left == 2_000


def test_all_faults_of_a_table_at_once() -> None:
    """One run shows everything, each at its key."""
    _, faults = read(card=None, rows=0, columns=True, sheet="A9", left="15", gap=3, cut="oui", coupe=True)
    assert [(fault.code, fault.place.field) for fault in faults] == [
        *(("P101", "stock.mine.coupe"), ("P102", "stock.mine.card"), ("P104", "stock.mine.sheet")),
        *(("P103", "stock.mine.columns"), ("P103", "stock.mine.rows"), ("P103", "stock.mine.left")),
        *(("P103", "stock.mine.gap"), ("P103", "stock.mine.cut")),
    ]
    assert {(fault.place.file, fault.place.line) for fault in faults} == {("campaign.toml", 12)}


@given(
    st.dictionaries(
        st.sampled_from(["sheet", "card", "rows", "left", "gap", "pitch", "cut", "name"]),
        st.none() | st.booleans() | st.integers() | st.text() | st.lists(st.text() | st.integers()),
    )
)
def test_any_table_is_stock_or_faults(changes: dict[str, object]) -> None:
    """Whatever stands in a table, it is read or refused with reasons, never half of both."""
    stock, faults = read(**changes)
    assert (stock is None) == bool(faults)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        *(("avery-c32011", "avery-c32011"), ("avery-j8163", "avery-l7163"), ("Avery J8163", "avery-l7163")),
        *(("HERMA 4677", "avery-l7160"), ("labels-105x74", "avery-3427"), ("L7163", "avery-l7163")),
        *(("c32011", "avery-c32011"), ("4678", "avery-l7163")),
        *(("Zweckform 3475", "avery-3475"), ("Avery Zweckform 3490", "avery-3475"), ("3475", "avery-3475")),
    ],
)
def test_a_sheet_has_several_names(name: str, key: str) -> None:
    """Its key, another reference of the same places, and what stands on the box."""
    assert find_stock(STOCK, name) is STOCK[key]


def test_names_of_sheets() -> None:
    """A key, then one's own sheets, then references as on their box, unless two brands have that number."""
    own = replace(STOCK["cards-a4"], key="avery-j8163")
    assert find_stock({**STOCK, own.key: own}, "avery-j8163") is own
    own = good(also=["Avery J8163", "avery-l7163"])
    stocks = {**STOCK, own.key: own}
    assert find_stock(stocks, "Avery J8163") is own
    assert find_stock(stocks, "avery-l7163") is STOCK["avery-l7163"]
    own = good(also=["Office Star OS43428"])
    for name in ("Office Star OS43428", "office-star-os43428"):
        assert find_stock({**STOCK, own.key: own}, name) is own
    capital = replace(own, key="Cartes_Lycee")
    assert find_stock({capital.key: capital}, "cartes lycee") is capital
    own = replace(STOCK["cards-a4"], key="office-star-l7163")
    assert find_stock({**STOCK, own.key: own}, "L7163") is None and find_stock(STOCK, "10") is None
    assert find_stock(STOCK, "avery-c320111") is None and nearest_name(STOCK, "avery-c320111") == "avery-c32011"
    assert nearest_name(STOCK, "L7163") == "avery-l7163"
