"""Columns that leaflets do not print can be filtered by: found by their names, read and checked like fields."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from leaflet.faults import LANGUAGES, Report
from leaflet.tables import School, load_schools
from leaflet.tables.filters import is_filterable, parse_choice
from leaflet.tables.row_selection import value_of
from tests.tables import books

HEADER = ("uai", "nom", "commune", "Libellé département", "Circonscription\u00ad", "Téléphone")
ROWS = (
    ("0370035M", "Lycée Descartes", "Tours", "Indre-et-Loire", "Tours Nord", "1"),
    ("0370036N", "Lycée Balzac", "Tours", "Indre-et-Loire", "Tours\u200b  Sud", ""),
)


def load(
    path: Path, *where: str, sort: str | None = None, printed: tuple[str, ...] = ()
) -> tuple[list[School], Report]:
    """Read a list with the extra columns of a choice."""
    report, choice = Report(), replace(parse_choice(where=where, sort=sort), printed=printed)
    return load_schools(path, report=report, choice=choice), report


def written(folder: Path, *rows: tuple[str, ...], suffix: str = "csv", header: tuple[str, ...] = HEADER) -> Path:
    return books.write_list(folder / f"ecoles.{suffix}", header, *rows)


@pytest.mark.parametrize("suffix", ["csv", "xlsx", "ods"])
def test_only_the_named_columns_are_read(suffix: str, tmp_path: Path) -> None:
    path = written(tmp_path, *ROWS, suffix=suffix)
    schools, report = load(path, "libelle_departement=Indre-et-Loire", "CIRCONSCRIPTION~nord", sort="commune")
    read = [dict(school.extra) for school in schools]
    assert read == [
        {"libelle_departement": "Indre-et-Loire", "circonscription": "Tours Nord"},
        {"libelle_departement": "Indre-et-Loire", "circonscription": "Tours Sud"},
    ]
    assert [(fault.code, fault.place.field) for fault in report] == [("T311", HEADER[4])]
    plain, report = load(path, "commune=Tours")
    assert ([school.extra for school in plain], len(report)) == ([(), ()], 0)


def test_a_column_of_neither_is_a_fault(tmp_path: Path) -> None:
    path = written(tmp_path, ("0370035X", "", "", "", "", ""), header=(*HEADER[:5], "portable"))
    schools, report = load(path, "taille=3", "circonscription=Nord", sort="???")
    assert (schools, [fault.code for fault in report]) == ([], ["U011", "U011"])
    assert [fault.place.field for fault in report] == ["--where", "--sort"]
    for fault in report:
        for lang in LANGUAGES:
            text = "\n".join(fault.lines(lang))
            assert "uai, nom, commune, Libellé département, Circonscription" in text and "portable" not in text


@pytest.mark.parametrize(("title", "may"), [
    ("Circonscription", True), ("Téléphone", True), ("Portable", False), ("syndicat", False), ("nom_eleve", False),
    ("Mots de passe", False), ("NUMEN", False), ("Code de vote", False), ("", False), ("?!", False)
])  # fmt: skip
def test_which_columns_a_filter_may_name(title: str, may: bool) -> None:
    assert is_filterable(title) == may


def test_rows_that_differ_in_an_extra_column_contest_each_other(tmp_path: Path) -> None:
    """Else a filter would pass a school, or not, by the row that happens to be first."""
    path = written(tmp_path, ROWS[0], (*ROWS[0][:4], "Tours Sud", ""))
    schools, report = load(path)
    assert (len(schools), [fault.code for fault in report]) == (1, ["T306"])
    schools, report = load(path, "circonscription=Tours Sud")
    assert (schools, [fault.code for fault in report]) == ([], ["T305"])
    assert "Circonscription" in report.errors[0].reason("fr")


def test_a_damaged_cell_is_a_fault_only_in_a_column_that_is_read(tmp_path: Path) -> None:
    """« LycÃ©e » would not be found by « lycée »; a long cell is no matter, nothing of it is printed."""
    path = written(tmp_path, (*ROWS[0][:3], "LycÃ©e", "x" * 5_000, ""))
    assert len(load(path)[1]) == 0 and len(load(path, "circonscription~x")[1]) == 0
    assert [fault.code for fault in load(path, "libelle_departement~lycée")[1]] == ["T411"]


def test_printed_columns_are_short_and_empty_cells_are_told(tmp_path: Path) -> None:
    """A filter may name one, too; a column of personal data is not read."""
    path = written(tmp_path, *ROWS, header=(*HEADER[:4], "Circonscription", "Portable"))
    schools, report = load(path, "circonscription~tours", printed=("CIRCONSCRIPTION", "Portable", "salle"))
    assert [(dict(one.columns), one.extra) for one in schools] == [
        ({"circonscription": "Tours Nord"}, ()),
        ({"circonscription": "Tours Sud"}, ()),
    ]
    assert [value_of(school, "circonscription") for school in schools] == ["Tours Nord", "Tours Sud"]
    path = written(tmp_path, (*ROWS[0][:4], " ", ""), (*ROWS[1][:4], "x" * 121, ""))
    report = load(path, printed=("Circonscription",))[1]
    assert [(fault.code, fault.place.line) for fault in report] == [("T337", 2), ("T312", 3)]
