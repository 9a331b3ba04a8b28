"""Cells with errors of a spreadsheet are refused; forms that stand for letters are printed as these letters."""

from pathlib import Path

import pytest

from leaflet.faults import Report
from leaflet.tables import load_schools
from tests.support import tables_of


@pytest.mark.parametrize("name", ["#N/A", "#REF!", "#VALEUR!", "#NOM?", "Err:502"])
def test_an_error_of_a_spreadsheet_is_no_name(tmp_path: Path, name: str) -> None:
    """A spreadsheet writes what a faulty cell shows into the CSV, and the row is refused (T144)."""
    path, report = tmp_path / "e.csv", Report()
    path.write_text(f"uai;nom;commune\n0370001A;{name};Tours\n", "utf-8")
    load_schools(path, report=report)
    assert "T144" in [fault.code for fault in report.errors]


@pytest.mark.parametrize(("typed", "printed"), tables_of(__file__)["forms"])
def test_forms_of_letters(tmp_path: Path, typed: str, printed: str) -> None:
    path, report = tmp_path / "e.csv", Report()
    path.write_text(f"uai;nom;commune\n0370001A;École {typed};{typed}\n", "utf-8")
    (school,) = load_schools(path, report=report)
    assert (school.name, school.town) == (f"École {printed}", printed) and not report.errors
