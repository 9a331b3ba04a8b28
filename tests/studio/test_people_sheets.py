"""A staff workbook of several tabs, as a secretary has it: all tabs with names are read, whatever their columns."""

from pathlib import Path
from typing import Any

import pytest

from leaflet.studio.engine import Engine
from tests.studio.support import answered, started
from tests.studio.test_list_sheets import Rows
from tests.tables.books import workbook

TEACHERS: Rows = [
    *(("Collège d’exemple – année 2026-2027",), (), ("NOM Prénom", "Discipline", "Tél.")),
    *(("LABERT Julie", "Maths", "06 00 00 00 00"), ("IF Zoé", "EPS", ""), ("Total : 2",)),
]
OTHERS: Rows = [
    *(("Prénom", "Nom", "Fonction"), ("Paul", "Martin", "AESH"), ("Zoé", "If", "AED"), ("Anne", "Durand", "Gestion")),
    ("Inès", "Petit", "Gestion"),
]
SCHOOL = {"uai": "0370036N", "name": "Collège d’exemple", "town": "Tours"}


@pytest.fixture(name="engine")
def engine_of_cards(tmp_path: Path) -> Engine:
    engine = answered(tmp_path / "Cartes", "cards")
    engine.call("pastePeople", {"text": "Martin Zoé\n", "school": SCHOOL})
    return engine


def given(engine: Engine) -> Any:
    sheets = {"Profs": TEACHERS, "Vie sco": OTHERS, "Salles": [("Salle", "Étage"), ("12", "1")]}
    return engine.upload("staff", "personnels.xlsx", workbook(**sheets))["people"]


def names(people: Any) -> list[tuple[str, str]]:
    return [(one["at"], one["name"]) for one in people["people"]]


def test_all_tabs_with_names_are_read(engine: Engine) -> None:
    """Whatever their columns are; rows of one number on two tabs are two people."""
    people = given(engine)
    assert people["total"] == 5 and [fault["code"] for fault in people["faults"]] == ["T208"]
    assert people["notRead"] == ["1 ligne de totaux n’est pas lue\u00a0: 6. Sur la feuille «\u00a0Profs\u00a0»."]
    assert not any("at" in way for fault in people["faults"] for way in fault["ways"])  # to the list of schools
    assert names(people) == [
        *(("4 de «\u00a0Profs\u00a0»", "Julie LABERT"), ("5 de «\u00a0Profs\u00a0»", "Zoé IF")),
        *(("2 de «\u00a0Vie sco\u00a0»", "Paul Martin"), ("3 de «\u00a0Vie sco\u00a0»", "")),
        *(("4 de «\u00a0Vie sco\u00a0»", "Anne Durand"), ("5 de «\u00a0Vie sco\u00a0»", "Inès Petit")),
    ]
    tabs = [(one["name"], one["read"], one["names"], one["isList"]) for one in people["sheets"]]
    assert tabs == [("Profs", True, 2, True), ("Vie sco", True, 3, True), ("Salles", False, 0, False)]
    (twice,) = [one for one in people["people"] if one["faults"]]
    assert (twice["state"], twice["faults"][0]["code"]) == ("mend", "T402")


def test_whose_the_names_are_comes_first(tmp_path: Path) -> None:
    """Before anybody has said that, no name is read, and no fault leads to the list of schools, be there several."""
    people = given(started(tmp_path / "Cartes", "2026", "cards"))
    assert (people["total"], people["school"], people["faults"]) == (0, None, [])
    engine = answered(tmp_path / "Section")
    given(engine)
    (lacks,) = (one for one in engine.call("verify", {})["findings"] if one["code"] == "T203")
    assert "pas leur établissement" in lacks["text"] and lacks["at"] == {"station": "cards", "part": "names"}
    other = started(tmp_path / "Noms", "2026", "cards")
    twice = other.call("pastePeople", {"text": "Nom\tPrénom\tNom\nIF\tZoé\tA\n"})
    assert [fault["code"] for fault in twice["people"]["faults"]] == ["T201"]


def test_a_name_of_one_tab_is_changed(engine: Engine) -> None:
    """Rows of one number on two tabs are two people; the list that is kept then has those of all tabs."""
    row = next(one for one in given(engine)["people"] if one["at"] == "5 de «\u00a0Vie sco\u00a0»")
    where = {"sheet": row["sheet"], "line": row["line"]}
    people = engine.call("mendPerson", {**where, "first": "Inès", "last": "Exemple"})["people"]
    shown = ["Julie LABERT", "Zoé IF", "Paul Martin", "", "Anne Durand", "Inès Exemple"]
    assert ([one["name"] for one in people["people"]], people["sheets"]) == (shown, [])
    assert people["people"][3]["faults"][0]["text"].startswith("Cette personne figure aussi au n°\u00a02")


def test_tabs_are_made_chosen_and_forgotten(engine: Engine) -> None:
    """Cards are made of all tabs or of those chosen; another list of people has its own."""
    given(engine)
    *_, last = engine.make({"outputs": ["cards"]})
    assert (last["result"]["stopped"], len(last["result"]["files"])) == (None, 1)
    people = engine.call("staffSheets", {"sheets": ["Vie sco"]})["people"]
    assert [one["name"] for one in people["people"]] == ["Paul Martin", "Zoé If", "Anne Durand", "Inès Petit"]
    assert [one["read"] for one in people["sheets"]] == [False, True, False] and engine.call("undo", {})
    assert engine.call("people", {})["people"]["total"] == 5
    engine.call("staffSheets", {"sheets": ["Vie sco"]})
    people = engine.upload("staff", "autres.xlsx", workbook(Agents=TEACHERS))["people"]
    assert (people["total"], people["sheets"]) == (2, [])
