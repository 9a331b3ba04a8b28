"""People are chosen by name and by line, and told by their lines, with the sheet if there are several."""

import pytest

from leaflet.faults import Fault, Place, Report, UsageError
from leaflet.tables import Person
from leaflet.tables.filters import parse_choice
from leaflet.tables.staff import choose_people
from tests.support import faults_of


def person(first: str, last: str, line: int, sheet: str = "") -> Person:
    return Person(first_name=first, last_name=last, key="0370001A", line=line, sheet=sheet)


SHEETS = ("Maths", "Lettres", "L’été, suite")
PEOPLE = [
    *(person("Camille", "Cerisier", 2, sheet) for sheet in SHEETS),
    *(person("Basile", "Mirabelle", 3, sheet) for sheet in SHEETS), person("Camille", "Prunier", 4, "Maths")
]  # fmt: skip


def chosen(**typed: object) -> tuple[list[str], list[Fault]]:
    """Who is chosen, by sheet and line, and what is said."""
    report = Report()
    found = choose_people({"0370001A": PEOPLE}, parse_choice(**typed).people, Place(file="agents.ods"), report)
    return [f"{one.sheet}!{one.line}" for one in found.get("0370001A", [])], list(report)


@pytest.mark.parametrize(("rows", "places"), [
    ("staff:2", [f"{sheet}!2" for sheet in SHEETS]), ("staff:Maths!2", ["Maths!2"]),
    ("staff: maths ! 2 , Lettres!3", ["Maths!2", "Lettres!3"]), ("staff:Maths!2, 4", ["Maths!2", "Maths!4"]),
    ("staff:Maths!3–4", ["Maths!3", "Maths!4"]),
    ("staff:Maths!2,staff:3", ["Maths!2", *(f"{sheet}!3" for sheet in SHEETS)]),
    ("staff:'L''été, suite'!2,Maths!4", ["L’été, suite!2", "Maths!4"]), ("staff:Anglais!2", [])
])  # fmt: skip
def test_a_line_may_name_its_sheet(rows: str, places: list[str]) -> None:
    assert chosen(rows=rows)[0] == sorted(places, key=[f"{one.sheet}!{one.line}" for one in PEOPLE].index)


@pytest.mark.parametrize("rows", ["Nord!", "schools:!2", "staff:!2", "staff:Maths!", "staff:Maths!x"])
def test_a_sheet_without_lines_is_refused(rows: str) -> None:
    assert {fault.code for fault in faults_of(lambda: parse_choice(rows=rows), UsageError)} == {"U012"}


def test_a_name_is_of_several_only_if_all_of_them_are_chosen() -> None:
    """Those whom another filter left out get no card; what the warning proposes chooses one of the others."""
    assert [fault.code for fault in chosen(persons=["camille"], rows="staff:4")[1]] == ["U115"]
    places, (several, _) = chosen(persons=["camille"], rows="staff:Maths!-9,'L’été, suite'!-9")
    assert places == ["Maths!2", "L’été, suite!2", "Maths!4"]
    assert (several.code, several.values["lines"]) == ("U114", "Maths!2, 4, 'L’été, suite'!2")
    assert several.values["example"] == "'staff:Maths!2'"
    assert chosen(rows=f"staff:{several.values['lines']}")[0] == places
