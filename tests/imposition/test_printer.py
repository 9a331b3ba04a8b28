"""A printer’s corrections: what is measured comes back right, files are strict, nothing foreign is overwritten."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.faults import DataError
from leaflet.geometry import mm
from leaflet.imposition.impose import plan_trifold
from leaflet.imposition.printer import Offset, Printer, check_scale, load_printer, measure, shift, write_printer
from leaflet.imposition.records_on_sheets import SheetSide, plan_sheets
from tests.imposition.fault_cases import PRINTER
from tests.imposition.support import STOCK
from tests.support import fault_of, faults_of

lengths = st.integers(-mm(10), mm(10))
offsets = st.builds(Offset, dx=lengths, dy=lengths)
printers = st.builds(Printer, front=offsets, back=offsets)


def codes(path: Path) -> list[tuple[str, str | None]]:
    return [(fault.code, fault.place.field) for fault in faults_of(lambda: load_printer(path), DataError)]


@given(printers)
def test_file_round_trip(tmp_path_factory: pytest.TempPathFactory, printer: Printer) -> None:
    """What is written is read back, to the micrometre, and may be written again."""
    path = tmp_path_factory.mktemp("printer") / "printer.toml"
    for value in (Printer(), printer):
        write_printer(path, value)
        assert load_printer(path) == value
    assert [entry.name for entry in path.parent.iterdir()] == ["printer.toml"]


def test_file_is_for_people(tmp_path: Path) -> None:
    """Comments in French, lengths in mm with a point; read in any unit."""
    write_printer(tmp_path / "p.toml", measure((50.8, 49.6), (50.0, 51.2)))
    text = (tmp_path / "p.toml").read_text("utf-8")
    assert text.endswith(
        '[front] # recto\nx = "-0.8 mm"\ny = "0.4 mm"\n\n[back] # verso, vu côté verso\nx = "0 mm"\ny = "-1.2 mm"\n'
    )
    assert text.startswith("# Réglage d’une imprimante")
    path = tmp_path / "printer.toml"
    path.write_text('[front]\nx="0.8mm"\ny="-0,1 cm"\n[back]\nx="0 mm"\ny="10mm"\n', "utf-8")
    assert load_printer(path) == Printer(front=Offset(dx=800, dy=-1000), back=Offset(dx=0, dy=10_000))


def test_all_faults_of_a_file(tmp_path: Path) -> None:
    """Unknown, missing and absurd values at once, each at its key; a front that is no table has none."""
    path = tmp_path / "printer.toml"
    path.write_text('verso = 1\n[front]\nx = "11 mm"\nz = "1 mm"\n', "utf-8")
    assert codes(path) == [
        ("P203", "verso"), ("P204", "back"), ("P203", "front.z"), ("P204", "front.y"), ("P205", "front.x"),
    ]  # fmt: skip
    path.write_text('front = 3\n[back]\nx = "0 mm"\ny = "0 mm"\n', "utf-8")
    assert codes(path) == [("P204", "front.x"), ("P204", "front.y")]


@pytest.mark.parametrize("value", ['"10.001 mm"', '"-10.001 mm"', '"0.8"', "0.8", "true", '""', "[]"])
def test_what_is_no_offset(value: str, tmp_path: Path) -> None:
    """Over ±10 mm, without unit, of another kind."""
    path = tmp_path / "printer.toml"
    path.write_text(PRINTER.replace('"0 mm"', value, 1), "utf-8")
    assert codes(path) == [("P205", "front.x")]


@pytest.mark.parametrize("content", [b"[front", b"\xff", b"x=" + b"[" * 5000, b"#" * 10_001])
def test_unreadable_files(content: bytes, tmp_path: Path) -> None:
    path = tmp_path / "printer.toml"
    path.write_bytes(content)
    assert codes(path) == [("P202", None)]


@pytest.mark.parametrize("content", ["", "election = 1\n", "PK", PRINTER + '[paper]\nx = "1 mm"\n'])
def test_foreign_files_are_left_alone(content: str, tmp_path: Path) -> None:
    """Also an empty one, and one that only looks like a printer's."""
    path = tmp_path / "printer.toml"
    path.write_text(content, "utf-8")
    assert fault_of(lambda: write_printer(path, Printer()), DataError).code == "P207"
    assert path.read_text("utf-8") == content
    assert [entry.name for entry in tmp_path.iterdir()] == ["printer.toml"]


def test_folder_in_place_of_the_file(tmp_path: Path) -> None:
    assert fault_of(lambda: write_printer(tmp_path, Printer()), DataError).code == "P207"


def test_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that refuses the last step changes nothing and leaves nothing behind."""
    path = tmp_path / "printer.toml"
    write_printer(path, Printer())
    before = path.read_bytes()

    def refuse(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("leaflet.files.plain_files.Path.replace", refuse)
    assert fault_of(lambda: write_printer(path, measure((51, 50), (50, 50))), DataError).code == "P208"
    assert path.read_bytes() == before
    assert [entry.name for entry in tmp_path.iterdir()] == ["printer.toml"]


@given(st.tuples(lengths, lengths, lengths, lengths))
def test_measured_and_corrected_is_right(errors: tuple[int, int, int, int]) -> None:
    """A printer that moves all by some error, corrected for what is measured on its sheet, prints in place."""
    right, down, back_right, back_down = errors
    front = ((50_000 + right) / 1000, (50_000 + down) / 1000)
    printer = measure(front, ((50_000 + back_right) / 1000, (50_000 + back_down) / 1000))
    sides = plan_sheets(STOCK["sigel-lp795"], 3)
    for side, (dx, dy) in zip(sides, ((right, down), (back_right, back_down)), strict=True):
        corrected = shift(side, printer)
        assert [(item.box.x + dx, item.box.y + dy) for item in corrected.items] == [
            (item.box.x, item.box.y) for item in side.items
        ]
        assert [place.moved(dx, dy) for place in corrected.places] == list(side.places)


def test_shift_moves_folds() -> None:
    """By the correction of their side, and nothing else of the side."""
    outside, inside = plan_trifold()
    printer = Printer(front=Offset(dx=-800, dy=400), back=Offset(dx=1, dy=0))
    assert shift(outside, printer).folds == (96_200, 196_200)
    assert shift(inside, printer).folds == (100_001, 200_001) and shift(outside, Printer()) == outside
    assert isinstance(shift(outside, printer), SheetSide)


@pytest.mark.parametrize("value", [5.0, 39.999, 60.001, -50.0, math.nan, math.inf])
def test_measures_that_cannot_be(value: float) -> None:
    """In centimetres, from the wrong edge, no number; both sides are told at once."""
    with pytest.raises(DataError) as caught:
        measure((50.0, value), (value, 50.0))
    assert [(fault.code, fault.place.field) for fault in caught.value.faults] == [
        ("P206", "--front"),
        ("P206", "--back"),
    ]


@pytest.mark.parametrize(
    ("measured", "word"), [(145.5, "réduit à 97\u00a0%"), (149.4, "réduit à 100"), (154.5, "agrandit à 103\u00a0%")]
)
def test_scaling_printer(measured: float, word: str) -> None:
    """The fault says by how much and what to choose."""
    fault = check_scale(measured)
    assert fault is not None and word in fault.reason("fr")
    assert "100\u00a0%" in fault.way_out("fr")


@pytest.mark.parametrize("measured", [149.5, 150, 150.0, 150.5])
def test_printer_that_keeps_sizes(measured: float) -> None:
    """Half a millimetre is what one can read off a ruler."""
    assert check_scale(measured) is None


@pytest.mark.parametrize("measured", [0.0, -150.0, math.nan, math.inf])
def test_ruler_that_cannot_be(measured: float) -> None:
    fault = check_scale(measured)
    assert fault is not None and fault.code == "P206"
