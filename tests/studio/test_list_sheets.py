"""A workbook of several sheets: each is tried, those that are lists are read together, and the others are named."""

from pathlib import Path
from typing import Any

import pytest

from leaflet.faults import Report
from leaflet.production.build_options import InputOptions
from leaflet.production.campaign_check import check_campaign
from leaflet.studio.engine import Engine
from leaflet.tables import load_schools
from tests.studio.support import answered, counted, kept_texts, refusal, refused
from tests.tables.books import workbook

Rows = list[tuple[str, ...]]
NORTH: Rows = [
    ("UAI", "Nom", "Commune", "CP", "Nb ex."),
    ("0370035M", "Lycée A", "Tours", "37000", "4"),
    ("0370036N", "École B", "Amboise", "3740", "5"),
]
SOUTH: Rows = [
    *(("Lycées du Cher",), ("Ville", "Établissement", "RNE", "CP", "Nb ex.")),
    *(("Bourges", "Lycée C", "0180005H", "18000", "6"), ("Vierzon", "Lycée D", "0180006A", "18100", "7")),
    ("Tours", "Lycée A", "0370035M", "37000", "9"),
]
NOTES: Rows = [("Liste transmise le 12 novembre",), ("Ne pas diffuser",)]


@pytest.fixture(name="engine")
def engine_of_a_campaign(tmp_path: Path) -> Engine:
    return answered(tmp_path / "Section")


def give(engine: Engine, **sheets: Rows) -> Any:
    return engine.upload("list", "l.xlsx", workbook(**sheets))["list"]


def rows(engine: Engine, show: str = "all") -> list[tuple[int, str, str]]:
    return [(row["line"], row["at"], row["name"]) for row in engine.call("rows", {"show": show})["rows"]]


def test_every_sheet_that_is_a_list_is_read(engine: Engine) -> None:
    """Whatever its columns are called; what is left out says why, and each row says where it stands."""
    listed = give(engine, Notes=NOTES, Nord=NORTH, Sud=SOUTH)
    keys = ("name", "read", "isList", "headerRow", "lines")
    found = [tuple(one[key] for key in keys) for one in listed["sheets"]]
    assert found == [("Notes", False, False, 0, 0), ("Nord", True, True, 1, 2), ("Sud", True, True, 2, 3)]
    assert [one["found"] for one in listed["sheets"]] == [
        "Du texte, pas de tableau",
        "UAI, nom, commune, code postal, exemplaires",
        "Les mêmes colonnes, dans un autre ordre",
    ]
    assert listed["sheets"][2]["first"][1] == {"line": 2, "cells": list(SOUTH[1])}
    assert (listed["sheet"], listed["lines"], listed["faults"]) == ("Nord, Sud", 5, [])
    assert listed["counts"] == counted(ready=1, mend=2, twice=1, all=5)
    assert rows(engine) == [
        *((2, "2 de «\u00a0Nord\u00a0»", "Lycée A"), (3, "3 de «\u00a0Nord\u00a0»", "École B")),
        *((6, "3 de «\u00a0Sud\u00a0»", "Lycée C"), (7, "4 de «\u00a0Sud\u00a0»", "Lycée D")),
        (8, "5 de «\u00a0Sud\u00a0»", "Lycée A"),
    ]


def test_a_list_of_people_is_called_so(engine: Engine) -> None:
    """A staff list is refused where schools are asked for, and the reverse; none of its sheets is kept."""
    people: Rows = [("Nom", "Prénom", "Courriel"), ("Passiflore", "Ondine", "ondine.passiflore@exemple.fr")]
    others: Rows = [("Agent", "Quotité"), ("Ondine Passiflore", "100")]
    before = kept_texts(engine.folder.path)
    below: Rows = [("Collège – année 2026-2027",), (), ("NOM Prénom", "Discipline"), ("Passiflore Ondine", "Maths")]
    secret: Rows = [*below[:2], ("NOM Prénom", "NUMEN"), ("Passiflore Ondine", "")]
    assert refusal(engine, lambda: give(engine, Personnels=secret))["code"] == "T206"
    for sheets in ({"P": people}, {"P": people, "Autres": others}, {"A": below}, {"A": below, "B": below}):
        fault = refusal(engine, lambda sheets=sheets: give(engine, **sheets))
        assert "liste de personnes" in fault["text"] and fault["ways"][0]["args"] == {"kind": "cards"}
    assert kept_texts(engine.folder.path) == before
    assert refusal(engine, lambda: give(engine, Autres=[("Agent", "Grade"), ("Zoé If", "1")]))["code"] == "T218"
    listed = give(engine, Nord=NORTH, Autres=others)
    assert listed["sheets"][1]["found"] == "D’autres colonnes\u00a0: Agent, Quotité"
    school = {"uai": "0370036N", "name": "Lycée d’exemple", "town": "Tours"}
    engine.call("setSchool", {"school": school})
    titles = {"Nord": [("Code_UAI", "Nom_commune"), ("0370036N", "Tours")]}
    for sheets in ({"Nord": NORTH}, titles):
        asked = refusal(engine, lambda sheets=sheets: engine.upload("staff", "l.xlsx", workbook(**sheets)))
        assert "liste d’établissements" in asked["text"] and asked["ways"][0]["args"] == {"kind": "leaflets"}


def test_rows_of_sheets_are_mended_and_checked(engine: Engine) -> None:
    """Before there is a copy, and once there is one; the command line reads the same schools."""
    give(engine, Nord=NORTH, Sud=SOUTH)
    for mended in (False, True):
        found = engine.call("verify", {})
        assert {one["code"]: one["lines"] for one in found["findings"] if one["state"] == "mend"} == {
            **({} if mended else {"T314": [3]}),
            "T304": [7],
            "T305": [],
        }
        assert found["counts"] == {"ready": 1 + mended, "mend": 2 - mended, "twice": 1, "look": 0}
        checked = check_campaign(InputOptions(campaign=engine.folder.campaign, out=engine.folder.path))
        assert checked.counts is not None and checked.counts.ready == 1 + mended
        if not mended:
            assert engine.call("mend", {"line": 3, "field": "postcode", "value": "37400"})["row"]["state"] == "ready"
    wrong = next(one for one in found["findings"] if one["code"] == "T304")
    assert wrong["title"] == "Ligne 4 de «\u00a0Sud\u00a0»\u00a0: le code UAI «\u00a00180006A\u00a0» est faux"
    assert wrong["rows"] == ["4 de «\u00a0Sud\u00a0»"]
    assert wrong["ways"][-2]["text"] == "Corriger la ligne 4 de «\u00a0Sud\u00a0»"
    assert engine.call("leave", {"line": 7})["undo"]["text"] == "Ligne 4 de «\u00a0Sud\u00a0» laissée de côté"
    near = engine.call("rows", {"show": "all", "near": 7, "from": -1, "count": 2})
    assert [row["line"] for row in near["rows"]] == [6, 7]
    engine.call("keepRow", {"line": 8})
    copy = engine.folder.path / engine.call("list", {})["list"]["copy"]
    schools = load_schools(copy, report=Report())
    assert [(school.key, school.line) for school in schools] == [("0370036N", 3), ("0180005H", 6), ("0370035M", 8)]
    assert engine.call("picture", {"width": 200, "of": "8"})["line"] == 8


def test_a_sheet_of_notes_is_passed_over(engine: Engine) -> None:
    """The list is found behind it, under its titles; another row can be said to be the header."""
    listed = give(engine, Notes=NOTES, Sud=SOUTH)
    assert (listed["sheet"], listed["headerRow"], listed["lines"], listed["faults"]) == ("Sud", 2, 3, [])
    listed = engine.call("sheet", {"sheets": ["Notes"]})["list"]
    assert (listed["sheet"], listed["headerRow"], listed["counts"]["ready"]) == ("Notes", 1, 0)
    listed = engine.call("sheet", {"sheets": ["Sud"]})["list"]
    assert (listed["sheet"], listed["headerRow"], listed["lines"]) == ("Sud", 2, 3)
    listed = engine.call("sheet", {"sheets": ["Sud"], "headerRow": 3})["list"]
    assert (listed["headerRow"], listed["sheets"][1]["headerRow"], listed["lines"]) == (3, 3, 2)
    assert "0180005H\u00a0» figure parmi les titres lus à la ligne 3 («\u00a0Bourges, " in listed["faults"][0]["text"]
    for column, field in enumerate(("town", "name", "uai")):  # which another row of titles has not
        engine.call("mapColumn", {"field": field, "column": column})
    for wrong in ("abc", "0", "999"):
        said = refused(engine, "sheet", sheets=["Sud"], headerRow=wrong)
        assert wrong in said["text"] and "par exemple" in said["text"]
    assert engine.call("list", {})["list"]["headerRow"] == 3
    listed = engine.call("sheet", {"sheets": ["Sud"], "headerRow": 2})["list"]
    assert (listed["counts"]["ready"], listed["faults"]) == (2, [])
    assert engine.call("sheet", {"sheets": ["Sud"]})["list"]["headerRow"] == 2


def test_a_sheet_that_lacks_a_column_says_which(engine: Engine) -> None:
    """Somebody says which sheet and which row are the list, in a workbook where none is found."""
    listed = give(engine, Nord=NORTH, Sud=[("RNE", "Nom"), ("0180005H", "Lycée C")])
    assert [(one["read"], one["isList"], one["lacks"]) for one in listed["sheets"]] == [
        (True, True, ""),
        (False, False, "commune"),
    ]
    listed = give(engine, Notes=NOTES, Autres=NOTES)
    assert [(one["read"], one["isList"]) for one in listed["sheets"]] == [(True, False), (False, False)]
    assert (listed["sheet"], listed["counts"]["ready"]) == ("Notes", 0)


def test_a_school_of_another_departement_than_its_sheet_is_remarked(engine: Engine) -> None:
    """By the number in the name of the sheet, where most of the others are; a number that is none says nothing."""
    stray = ("0180005H", "Lycée C", "Bourges", "18000", "6")
    north = [*NORTH[:2], ("0370036N", "École B", "Amboise", "37400", "5"), stray]
    give(engine, **{"Tours (37)": north, "Envoi 12": [SOUTH[1], ("Tours", "Lycée E", "0370040T", "37000", "1")]})
    (row,) = engine.call("rows", {"show": "look"})["rows"]
    (fault,) = row["faults"]
    assert (row["line"], fault["ways"][0]["call"]) == (4, "leave")
    assert fault["text"].endswith("du département 18, mais il figure sur la feuille «\u00a0Tours (37)\u00a0».")
    checked = check_campaign(InputOptions(campaign=engine.folder.campaign, out=engine.folder.path))
    assert [fault.place.cell for fault in checked.faults if fault.code == "T334"] == ["'Tours (37)'!A4"]
    engine.call("mend", {"line": 4, "field": "name", "value": "Lycée D"})
    assert [one["line"] for one in engine.call("rows", {"show": "look"})["rows"]] == [4]
    assert [one["lines"] for one in engine.call("verify", {})["findings"] if one["code"] == "T334"] == [[4]]
    engine.call("leave", {"line": 4})
    assert engine.call("list", {})["list"]["counts"]["look"] == 0


def test_what_concerns_one_sheet_names_it(engine: Engine) -> None:
    """Two columns of one name, with their numbers there; rows of totals, which are no alarm; rows together."""
    total = ("", "TOTAL", "", "", "9")
    listed = give(engine, Nord=[*NORTH, total], Sud=[SOUTH[0], ("Commune", "", *SOUTH[1][1:], "Commune"), total])
    assert [fault["text"] for fault in listed["faults"]] == [
        "La colonne «\u00a0Commune\u00a0» figure deux fois (colonnes 1 et 7). Sur la feuille «\u00a0Sud\u00a0»."
    ]
    assert listed["notRead"] == [
        f"1 ligne de totaux n’est pas lue\u00a0: {line}. Sur la feuille «\u00a0{sheet}\u00a0»."
        for sheet, line in (("Nord", 4), ("Sud", 3))
    ]
    found = engine.call("verify", {})["findings"]
    assert ["Sud" in one["why"] for one in found if one["code"] == "T201"] == [True]
    assert "T152" not in {one["code"] for one in found}
    blank = [("x", "", "", "", "")]
    give(engine, Nord=[*NORTH, *blank, *blank], Sud=[*SOUTH, ("x",)])
    found = next(one for one in engine.call("verify", {})["findings"] if "Nom" in one["title"])
    assert found["places"] == "4, 5 de «\u00a0Nord\u00a0», 6 de «\u00a0Sud\u00a0»"
