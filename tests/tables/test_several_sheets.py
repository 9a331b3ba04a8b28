"""A workbook whose schools stand on several sheets, one per département, is read as one list."""

from pathlib import Path
from typing import Any

import pytest

from leaflet.campaign.starter import write_starter
from leaflet.faults import Place, Report
from leaflet.production.build_options import InputOptions
from leaflet.production.campaign_check import check_campaign
from leaflet.tables import ReadOptions, School, load_schools
from leaflet.tables.filters import choose, parse_choice
from leaflet.tables.row_selection import Choice
from tests.tables import books

Rows = list[tuple[str, ...]]
HEADER = ("UAI", "Nom", "Commune", "Exemplaires")
FIRST: Rows = [HEADER, ("0370035M", "Collège A", "Tours", "4"), ("0370036N", "École B", "Amboise", "5")]
SECOND: Rows = [
    ("Lycées du Cher", "", "", ""), ("Ville", "Établissement", "RNE", "Courriel"),
    ("Bourges", "Lycée C", "0180005H", "ce.0180005h@ac-orleans-tours.fr")
]  # fmt: skip
NOTES: Rows = [("Ne pas diffuser",), ("Mise à jour du 12",)]


def book(path: Path, **sheets: Rows) -> Path:
    file = path / "lycees.xlsx"
    made = {name: books.table_xml(*rows) for name, rows in sheets.items()}
    file.write_bytes(books.zipped(books.xlsx_parts(made)))
    return file


def loaded(path: Path, *, sheets: tuple[str, ...] = (), given: Any = (), **rows: Rows) -> tuple[list[School], Report]:
    report = Report()
    options = ReadOptions(sheets=sheets, given=dict(given))
    return load_schools(book(path, **rows), report=report, options=options), report


def found(schools: list[School]) -> list[tuple[str, str, int, str]]:
    return [(school.key, school.sheet, school.line, school.town) for school in schools]


def told(report: Report) -> list[tuple[str, str]]:
    return [(fault.code, fault.place.cell or "") for fault in report if fault.severity != "note"]


ALL = [("0370035M", "Tours37", 2, "Tours"), ("0370036N", "Tours37", 3, "Amboise"), ("0180005H", "Cher", 3, "Bourges")]


def test_all_sheets_with_the_columns_are_read(tmp_path: Path) -> None:
    schools, report = loaded(tmp_path, Lisezmoi=NOTES, Tours37=FIRST, Cher=SECOND)
    assert found(schools) == ALL and [school.copies for school in schools] == [4, 5, None]
    assert [school.email[:6] for school in schools] == ["", "", "ce.018"]
    (fault,) = [fault for fault in report if fault.code == "T162"]
    assert (fault.values["sheets"], fault.values["passed_en"]) == ("Tours37, Cher", " Passed over: Lisezmoi.")


def test_one_sheet_among_notes_is_the_list(tmp_path: Path) -> None:
    schools, report = loaded(tmp_path, Lisezmoi=NOTES, Cher=SECOND)
    assert found(schools) == [("0180005H", "", 3, "Bourges")] and told(report) == [("T162", "")]


def test_sheets_that_are_named_are_read(tmp_path: Path) -> None:
    sheets = {"Tours37": FIRST, "Cher": SECOND, "Autres": FIRST}
    schools, report = loaded(tmp_path, sheets=("Tours37", "Cher"), **sheets)
    assert (found(schools), told(report)) == (ALL, [])
    schools, report = loaded(tmp_path, sheets=("Cher",), **sheets)
    assert (found(schools), told(report)) == ([("0180005H", "", 3, "Bourges")], [])
    schools, report = loaded(tmp_path, sheets=("Tours37", "Chers"), **sheets)
    assert (schools, told(report)) == ([], [("T136", "")])


def test_a_sheet_of_notes_that_is_named(tmp_path: Path) -> None:
    """The sheet that has the columns is named, once; a sheet with some columns lacks the others."""
    _, report = loaded(tmp_path, sheets=("Notes",), Notes=NOTES, Cher=SECOND)
    (fault,) = report
    assert (fault.code, fault.values) == ("T165", {"sheet": "Notes", "known": "Cher"})
    _, report = loaded(tmp_path, sheets=("Nord",), Nord=[HEADER[:2], ("0370035M", "A")], Cher=SECOND)
    assert [fault.code for fault in report] == ["T203"]


def test_a_row_of_another_state_is_no_stray(tmp_path: Path) -> None:
    """A closed school is not read further, so nobody is told that it stands on the wrong sheet."""
    rows = [
        ("UAI", "Nom", "Commune", "Etat"),
        *((f"03700{uai}", f"École {uai}", "Tours", "OUVERT") for uai in ("35M", "36N")),
    ]
    path = book(tmp_path, **{"Tours 37": [*rows, ("0180005H", "Lycée C", "Bourges", "FERMÉ")]})
    for states in ((), ("OUVERT",)):
        load_schools(path, report=(report := Report()), choice=Choice(states=states))
        assert ("T334" in [fault.code for fault in report]) is (not states)


def test_faults_name_the_cells_of_their_sheet(tmp_path: Path) -> None:
    second = [*SECOND, ("", "Lycée D", "0180006J", ""), ("Tours", "Collège A", "0370035M", "x@y.fr")]
    schools, report = loaded(tmp_path, Tours37=FIRST, Cher=second)
    assert found(schools) == ALL[1:] and told(report)[1:] == [("T301", "Cher!A4"), ("T305", "Cher!C5")]
    twice = report.errors[-1]
    assert (twice.values["first"], twice.values["line"]) == ("Tours37!2", "Cher!5")
    again: Rows = [HEADER[:3], ("0370035M", "Collège A", "Tours"), ("0370036N", "École B", "Amboise")]
    schools, report = loaded(tmp_path, Tours37=again, Cher=again)
    assert [fault.code for fault in report] == ["T162", "T306", "T306"] and len(schools) == 2


def test_a_column_that_the_campaign_names_need_stand_on_one_sheet(tmp_path: Path) -> None:
    """On the other one it is known by its own name; on none, that is an error."""
    second = [("", *SECOND[0]), ("Bourg", *SECOND[1][1:]), *SECOND[2:]]
    schools, _ = loaded(tmp_path, given={"town": "Bourg"}, Tours37=FIRST, Cher=second)
    assert found(schools) == ALL
    schools, report = loaded(tmp_path, Tours37=FIRST, Cher=second)
    assert found(schools) == [(uai, "", line, town) for uai, _, line, town in ALL[:2]] and report.errors == []
    schools, report = loaded(tmp_path, given={"town": "Bourgade"}, Tours37=FIRST, Cher=SECOND)
    assert (schools, [fault.code for fault in report.errors]) == ([], ["T210"])


def test_a_sheet_without_the_columns_is_said_to_have_none(tmp_path: Path) -> None:
    schools, report = loaded(tmp_path, Lisezmoi=NOTES, Tours37=[("UAI", "Nom", "Lieu"), *FIRST[1:]])
    assert (schools, told(report)[-1]) == ([], ("T203", "Tours37!A1"))
    schools, report = loaded(tmp_path, Lisezmoi=NOTES, Autres=NOTES)
    assert (schools, told(report)) == ([], [("T137", "")]) and "liste de personnes" not in report.errors[0].way_out(
        "fr"
    )
    people: Rows = [("Collège Verne – 2026-2027",), (), ("NOM Prénom", "Discipline"), ("LABERT Zoé", "Maths")]
    for sheets, rows in (((), {"A": people, "B": people}), (("A",), {"A": people, "B": people}), ((), {"A": people})):
        last = loaded(tmp_path, sheets=sheets, **rows)[1].errors[-1]
        assert "liste de personnes : nommez-la après staff =" in last.way_out("fr").replace("\xa0", " ")
        assert "a list of people: name it after staff =" in last.way_out("en")


def test_a_sheet_about_pupils_has_the_list_refused(tmp_path: Path) -> None:
    pupils = [("Nom élève", "INE"), ("A", "B")]
    assert told(loaded(tmp_path, Tours37=FIRST, Autres=pupils)[1]) == [("T205", "Autres!A1")]
    schools, report = loaded(tmp_path, Tours37=FIRST, Élèves=pupils)
    assert (len(schools), told(report)) == (2, [("T162", "")])


def test_addresses_in_one_cell_on_one_sheet_alone(tmp_path: Path) -> None:
    whole: Rows = [("UAI", "Nom", "Adresse complète"), ("0180005H", "Lycée C", "2 rue X, 18000 Bourges")]
    schools, report = loaded(tmp_path, Tours37=FIRST, Cher=whole)
    assert [school.town for school in schools] == ["Tours", "Amboise", "Bourges"] and report.errors == []


def test_a_sheet_without_rows_takes_nothing_from_the_others(tmp_path: Path) -> None:
    schools, report = loaded(tmp_path, Tours37=FIRST, Indre=[HEADER], Cher=SECOND)
    assert (found(schools), report.errors) == (ALL, [])
    schools, report = loaded(tmp_path, Tours37=[HEADER], Indre=[HEADER])
    assert (schools, [fault.code for fault in report.errors]) == ([], ["T116"])


@pytest.mark.parametrize("text", ["Cher!3", "2,Cher!3-9"])
def test_rows_of_sheets_are_chosen_and_counted(tmp_path: Path, text: str) -> None:
    wrong = [*SECOND, ("Vierzon", "Lycée D", "0180006A", "")]
    write_starter(tmp_path, "2018", schools=book(tmp_path, Tours37=[*FIRST, ("x", "y", "z", "1")], Cher=wrong))
    options = InputOptions(campaign=tmp_path / "campaign.toml", out=tmp_path, choice=parse_choice(rows=text))
    result = check_campaign(options)
    assert result.counts is not None
    assert (result.counts.ready, result.counts.refused, result.counts.rows) == (1 + text.startswith("2"), 2, 5)
    assert result.counts.is_gapless


def test_no_row_of_a_sheet(tmp_path: Path) -> None:
    schools, report = loaded(tmp_path, Tours37=FIRST, Cher=SECOND)
    assert choose(schools, parse_choice(rows="Cher!7"), Place(file="lycees.xlsx"), report) == []
    assert "Cher!7" in report.errors[-1].reason("fr")
