"""Cells with errors of a spreadsheet are refused, and letters that fonts lack are printed as marks like them."""

from pathlib import Path

import pytest

from leaflet.faults import Report
from leaflet.tables import load_schools


@pytest.mark.parametrize("name", ["#N/A", "#REF!", "#VALEUR!", "#NOM?", "Err:502"])
def test_an_error_of_a_spreadsheet_is_no_name(tmp_path: Path, name: str) -> None:
    """A spreadsheet writes what a faulty cell shows into the CSV, and the row is refused (T144)."""
    path, report = tmp_path / "e.csv", Report()
    path.write_text(f"uai;nom;commune\n0370001A;{name};Tours\n", "utf-8")
    load_schools(path, report=report)
    assert "T144" in [fault.code for fault in report.errors]


def test_letters_that_look_like_quotation_marks(tmp_path: Path) -> None:
    """Tahitian and Breton have letters that the fonts lack, and that look like marks which they have."""
    path, report = tmp_path / "e.csv", Report()
    path.write_text("uai;nom;commune\n0370001A;Collège Penmarc\u02bch;Faa\u02bba\n", "utf-8")
    (school,) = load_schools(path, report=report)
    assert (school.name, school.town) == ("Collège Penmarc’h", "Faa‘a")
    assert not report.errors
