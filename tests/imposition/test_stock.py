"""Stock: the measures are the published ones, the arithmetic closes, and a user's own sheet is told what is wrong."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.faults import Fault, Place, Report
from leaflet.geometry import Box
from leaflet.imposition.stock import UNPRINTABLE, Stock, find_stock, load_stock, read_stock
from tests.imposition.support import STOCK, any_stock

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
    """The reasons of all faults, in French."""
    stock, faults = read(**changes)
    assert stock is None
    assert faults
    return [fault.reason("fr") for fault in faults]


def plain(text: str) -> str:
    """`text` with ordinary spaces."""
    return text.replace("\u00a0", " ")


def test_keys_of_the_table() -> None:
    """What the manual lists is there, in this order."""
    assert list(load_stock()) == [
        "avery-c32011",
        "avery-c32015",
        "sigel-lp800",
        "sigel-lp795",
        "geha-p68",
        "geha-p70",
        "id1-10",
        "cards-a4",
        "a5-2",
        "a6-4",
        "avery-l7163",
        "avery-l4744rev",
        "labels-89x51",
    ]


@pytest.mark.parametrize(
    ("key", "card", "grid", "first", "pitch"),
    [
        ("avery-c32011", (85_000, 54_000), (2, 5), (15_000, 13_500), (95_000, 54_000)),
        ("avery-c32015", (85_000, 54_000), (2, 4), (17_000, 31_500), (91_000, 60_000)),
        ("sigel-lp800", (85_000, 55_000), (2, 5), (15_000, 10_000), (95_000, 55_000)),
        ("sigel-lp795", (85_000, 55_000), (2, 5), (14_000, 10_500), (95_000, 55_000)),
        ("geha-p68", (85_000, 54_000), (2, 4), (15_000, 13_000), (95_000, 72_000)),
        ("geha-p70", (85_000, 54_000), (2, 5), (15_000, 13_500), (95_000, 54_000)),
        ("avery-l7163", (99_100, 38_100), (2, 7), (4_650, 15_150), (101_600, 38_100)),
        ("avery-l4744rev", (96_000, 50_800), (2, 5), (7_000, 21_500), (100_000, 50_800)),
        ("labels-89x51", (88_900, 50_800), (2, 5), (16_100, 21_500), (88_900, 50_800)),
        ("id1-10", (85_600, 53_980), (2, 5), (19_400, 13_550), (85_600, 53_980)),
        ("cards-a4", (85_000, 54_000), (2, 5), (20_000, 13_500), (85_000, 54_000)),
        ("a5-2", (148_500, 210_000), (2, 1), (0, 0), (148_500, 210_000)),
        ("a6-4", (105_000, 148_500), (2, 2), (0, 0), (105_000, 148_500)),
    ],
)
def test_measures(
    key: str, card: tuple[int, int], grid: tuple[int, int], first: tuple[int, int], pitch: tuple[int, int]
) -> None:
    """Golden measures, in µm: gLabels template database, ISO/IEC 7810, ISO 216."""
    stock = STOCK[key]
    assert (stock.width, stock.height) == card
    assert (stock.columns, stock.rows) == grid
    assert (stock.left, stock.top) == first
    assert (stock.pitch_x, stock.pitch_y) == pitch
    assert {stock.sheet_width, stock.sheet_height} == {210_000, 297_000}
    assert stock.source
    assert stock.name


def test_what_is_cut_and_what_reaches_the_edge() -> None:
    """Plain paper is cut; only the A5 and A6 sheets leave no margin."""
    assert {key for key, stock in STOCK.items() if stock.cut} == {
        *("id1-10", "cards-a4", "a5-2", "a6-4", "labels-89x51")
    }
    assert {key for key, stock in STOCK.items() if stock.edge} == {"a5-2", "a6-4"}


@given(any_stock)
def test_arithmetic_closes(stock: Stock) -> None:
    """Margins, places and gaps are the sheet, to the micrometre, in both directions."""
    across = stock.left + stock.columns * stock.width + (stock.columns - 1) * stock.gap_x + stock.right
    down = stock.top + stock.rows * stock.height + (stock.rows - 1) * stock.gap_y + stock.bottom
    assert (across, down) == (stock.sheet_width, stock.sheet_height)
    assert len(stock.places) == stock.count
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


def test_own_stock_is_centred() -> None:
    """Without margins the cards stand in the middle; an odd micrometre goes right and down."""
    stock = good(card=["85.001mm", "54mm"])
    assert (stock.left, stock.right) == (19_999, 19_999)
    assert (stock.top, stock.bottom) == (13_500, 13_500)
    assert good(columns=1, card=["85.001mm", "54mm"]).right == 62_500
    assert stock.key == "mine"
    assert not stock.cut


def test_own_stock_like_a_row_of_the_table() -> None:
    """Gap and pitch say the same; a margin on one side leaves the rest to the other."""
    wanted = STOCK["avery-c32011"]
    for changes in (
        {"gap": ["10mm", "0mm"], "left": "15mm"},
        {"pitch": ["95 mm", "54 mm"], "right": "1,5 cm"},
        {"gap": ["10mm", "0mm"], "left": "15mm", "right": "15mm", "top": "13.5mm", "bottom": "13.5mm"},
    ):
        stock = good(**changes, name=wanted.name, source=wanted.source)
        assert replace(stock, key=wanted.key) == wanted


def test_own_sheet_sizes() -> None:
    """By name, by name and landscape, or measured."""
    assert (good().sheet_width, good().sheet_height) == (210_000, 297_000)
    landscape = good(sheet="A4 landscape", rows=3)
    assert (landscape.sheet_width, landscape.sheet_height) == (297_000, 210_000)
    assert good(sheet=["210mm", "297mm"]).places == good().places


def test_missing_millimetres_are_reported_in_both_directions() -> None:
    """One run says how much is missing in width and in height."""
    across, down = reasons_of(card=["100mm", "60mm"], gap=["12,5mm", "0mm"])
    assert plain(across) == (
        "Il manque 2,5 mm en largeur : cartes, écarts et marges demandent 212,5 mm, la feuille en a 210."
    )
    assert (
        plain(down) == "Il manque 3 mm en hauteur : cartes, écarts et marges demandent 300 mm, la feuille en a 297."
    )


def test_left_over_millimetres_are_reported() -> None:
    """When all margins are given they must be the rest, exactly."""
    reasons = reasons_of(left="20mm", right="19.95mm", top="13.5mm", bottom="13.5mm")
    assert len(reasons) == 1
    assert plain(reasons[0]).startswith("Il reste 0,05 mm en largeur")


def test_missing_and_left_over_at_once() -> None:
    """Each direction has its own fault."""
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


def test_overlapping_cards() -> None:
    """A pitch under the card's size says by how much."""
    assert plain(reasons_of(pitch=["84mm", "54mm"])[0]).startswith("Les cartes se chevauchent de 1 mm en largeur")
    assert good(columns=1, rows=1, pitch=["1mm", "1mm"]).places == good(columns=1, rows=1).places


def test_cards_in_the_unprintable_margin() -> None:
    """A gap is reported once for each direction, unless it is meant."""
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
        ("P101", "stock.mine.coupe"),
        ("P102", "stock.mine.card"),
        ("P104", "stock.mine.sheet"),
        ("P103", "stock.mine.columns"),
        ("P103", "stock.mine.rows"),
        ("P103", "stock.mine.left"),
        ("P103", "stock.mine.gap"),
        ("P103", "stock.mine.cut"),
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


def test_absurd_lengths_are_refused() -> None:
    """Hundreds of digits are no length."""
    assert len(reasons_of(left="9" * 400 + " mm")) == 1


def test_unknown_stock() -> None:
    """A mistyped key gets the nearest one."""
    report = Report()
    assert find_stock(STOCK, "avery-c32011", Place(), report) is STOCK["avery-c32011"]
    assert find_stock(STOCK, "avery-32011", Place(), report) is None
    assert "avery-c32011" in next(iter(report)).way_out("fr")
