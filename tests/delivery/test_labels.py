"""Address labels, measured on the finished sheet."""

from pathlib import Path

import pypdfium2
import pytest

from benchmarks.generate import make_uai
from leaflet.faults import LeafletError
from leaflet.geometry import mm, to_pt
from leaflet.imposition.stock import load_stock
from leaflet.production.delivery import Kind, post
from leaflet.production.delivery.labels import write_labels
from tests.delivery.support import AMBOISE, DESCARTES, TEXT, options_for, write_campaign
from tests.support import codes_of, tables_of

STOCK = load_stock()
INSET = to_pt(mm(2))  # that a text keeps off the edge of its label, at least
SMALLEST = tables_of(__file__)["smallest"]


def rows(count: int) -> list[str]:
    return [f"{make_uai('037', n)};École n° {n:03};{n} rue Neuve;37000;Tours;2;" for n in range(1, count + 1)]


def boxes(page: pypdfium2.PdfPage, text: str) -> list[tuple[float, float, float, float]]:
    """Where a text stands on a page: left, bottom, right, top in points."""
    reader = page.get_textpage()
    search, found = reader.search(text), []
    while (at := search.get_next()) is not None:
        chars = [reader.get_charbox(at[0] + n) for n in range(at[1])]
        found.append(
            (min(c[0] for c in chars), min(c[1] for c in chars), max(c[2] for c in chars), max(c[3] for c in chars))
        )
    return found


@pytest.mark.parametrize(("kind", "codes"), [("list", ["P115"]), ("labels", [])])
def test_a_first_place_is_for_labels_alone(tmp_path: Path, kind: Kind, codes: list[str]) -> None:
    result = post(kind, options_for(write_campaign(tmp_path, *rows(3)), sheet="avery-l7163", start=2))
    assert [fault.code for fault in result.faults if fault.code == "P115"] == codes


@pytest.mark.parametrize(
    ("sheet", "start"), [("avery-l7163", 1), ("avery-l7163", 5), ("avery-l7159", 20), ("avery-3427", 3)]
)
def test_each_label_is_in_its_place(tmp_path: Path, sheet: str, start: int) -> None:
    """Sheet after sheet without a gap, from the first free place on, each address within its label."""
    stock, count = STOCK[sheet], 40
    result = write_labels(options_for(write_campaign(tmp_path, *rows(count)), sheet=sheet, start=start))
    assert (result.schools, result.files) == (count, ("address-labels.pdf",))
    width, height, left, top, pitch_x, pitch_y = (
        to_pt(one) for one in (stock.width, stock.height, stock.left, stock.top, stock.pitch_x, stock.pitch_y)
    )
    with pypdfium2.PdfDocument(result.out / "address-labels.pdf") as document:
        assert len(document) == -(-(count + start - 1) // stock.count)
        for number in range(1, count + 1):
            page, place = divmod(number + start - 2, stock.count)
            row, column = divmod(place, stock.columns)
            x, y = left + column * pitch_x, top + row * pitch_y
            ((at_left, bottom, right, at_top),) = boxes(document[page], f"École n° {number:03}")
            sheet_height = document[page].get_height()
            assert x + INSET < at_left < right < x + width - INSET
            assert y + INSET < sheet_height - at_top < sheet_height - bottom < y + height - INSET


def test_type_is_large_enough(tmp_path: Path) -> None:
    """The longest address that fits the smallest label is set in no less than 9 points."""
    long = "0370001A;École élémentaire publique Jean de La Fontaine;12 boulevard du Maréchal Foch;37400;Amboise;2;"
    campaign = write_campaign(tmp_path, long, *rows(30)[1:], text=TEXT + SMALLEST)
    result = write_labels(options_for(campaign, sheet="petites"))
    with pypdfium2.PdfDocument(result.out / "address-labels.pdf") as document:
        sizes = {
            round(found.get_font_size(), 2)
            for page in document
            for found in page.get_objects(max_depth=4, textpage=page.get_textpage())
            if found.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT and "Contrôle" not in found.extract()
        }
        text = document[1].get_textpage().get_text_bounded()
    assert min(sizes) >= 9
    assert "12 BOULEVARD DU MARECHAL FOCH" in " ".join(text.split())


@pytest.mark.parametrize("sheet", ["minuscules", "a5-2", "absent"])
def test_sheets_that_are_no_labels(tmp_path: Path, sheet: str) -> None:
    """Too small, too large, unknown: said at once."""
    campaign = write_campaign(tmp_path, text=TEXT + SMALLEST)
    with pytest.raises(LeafletError) as stopped:
        write_labels(options_for(campaign, sheet=sheet))
    assert [fault.code for fault in stopped.value.faults] == ["P114" if sheet == "absent" else "P112"]


def test_the_first_free_place(tmp_path: Path) -> None:
    """It is on the sheet of labels, and none of a sheet of cards that the campaign has, too."""
    assert codes_of(lambda: write_labels(options_for(write_campaign(tmp_path), start=15))) == ["P110"]
    cards = '[[document]]\ntemplate = "memo-card"\nsheet = "avery-c32011"\n'
    result = write_labels(options_for(write_campaign(tmp_path, text=TEXT + cards), start=12))
    assert (STOCK["avery-c32011"].count, result.schools) == (10, 3)


def test_an_address_ends_as_its_country_writes_it(tmp_path: Path) -> None:
    """A British postcode stands after the town."""
    text = TEXT.replace("[data]\n", '[data]\nkey = "code"\n')
    row = "BEL;Belfast Section;1 Example Street;BT1 5GS;Belfast;2;"
    result = write_labels(options_for(write_campaign(tmp_path, row, text=text)))
    with pypdfium2.PdfDocument(result.out / "address-labels.pdf") as document:
        text = document[0].get_textpage().get_text_bounded()
    assert "1 EXAMPLE STREET BELFAST BT1 5GS" in " ".join(text.split())


def test_faulty_labels_leave_no_gap(tmp_path: Path) -> None:
    """The others are made with --keep-going; the error is counted to the row of the list."""
    campaign = write_campaign(tmp_path, DESCARTES.replace("37000", ""), AMBOISE)
    result = write_labels(options_for(campaign, keep_going=True))
    assert [fault.code for fault in result.faults if fault.severity == "error"] == ["P407"]
    with pypdfium2.PdfDocument(result.out / "address-labels.pdf") as document:
        ((left, _, _, _),) = boxes(document[0], "37400 AMBOISE")
    assert left < to_pt(STOCK["avery-l7163"].left + STOCK["avery-l7163"].width)
    campaign = write_campaign(tmp_path, DESCARTES.replace("Descartes", "\u6f22"), AMBOISE)
    options = options_for(campaign, keep_going=True)
    (fault,) = [fault for fault in write_labels(options).faults if fault.severity == "error"]
    assert (fault.code, fault.place.record) == ("G101", "0370035M")
    counts = options.outcome.count_rows()
    assert counts is not None and (counts.ready, counts.refused, counts.elsewhere) == (1, 1, 0)
