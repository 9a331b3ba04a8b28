"""Cells with errors of a spreadsheet are refused; forms that stand for letters are printed as these letters."""

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


@pytest.mark.parametrize(("typed", "printed"), [
    ("Faa\u02bba", "Faa\u02bba"),  # the \u02bbokina of Tahitian is a letter
    ("  E\u0301cole   de\u200b Tours ", "École de Tours"),  # an accent of its own
    ("Penmarc\u02bch", "Penmarc’h"), ("De\ufb01ance", "Defiance"),  # what is copied from a PDF
    ("\ufb02uviale \ufb00 \ufb03 \ufb04 \ufb06", "fluviale ff ffi ffl st"), ("Louis \u216b, \u2173", "Louis XII, iv"),
    ("1\u02b3\u1d49 avenue, 2\u1d48\u1d49", "1re avenue, 2de"), ("\uff34\uff4f\uff55\uff52\uff53\uff13", "Tours3"),
    ("½ m², 3³, n° 4, Mª Ana…", "½ m², 3³, n° 4, Mª Ana…"),  # signs of French, of which no letter is meant
])  # fmt: skip
def test_forms_of_letters(tmp_path: Path, typed: str, printed: str) -> None:
    path, report = tmp_path / "e.csv", Report()
    path.write_text(f"uai;nom;commune\n0370001A;École {typed};{typed}\n", "utf-8")
    (school,) = load_schools(path, report=report)
    assert (school.name, school.town) == (f"École {printed}", printed) and not report.errors
