"""A list that is sent again: what was mended and chosen is carried over, and what has changed is said."""

from pathlib import Path
from typing import Any

import pytest

from leaflet.studio.engine import Engine
from tests.studio.support import answered, started
from tests.studio.test_list_sheets import NOTES
from tests.support import tables_of
from tests.tables.books import workbook

HEADER = "Code UAI;Nom officiel;Commune;CP;Nb ex.\n"
TABLES = tables_of(__file__)
FIRST, SECOND = TABLES["first"], TABLES["second"]


@pytest.fixture(name="engine")
def engine_with_a_mended_list(tmp_path: Path) -> Engine:
    engine = answered(tmp_path / "Section")
    engine.upload("list", "l.csv", (HEADER + FIRST).encode())
    engine.call("mapColumn", {"field": "name", "column": 1})
    for line, field, value in (
        (3, "uai", "0370036N"), (3, "postcode", "37400"), (6, "town", "Chinon"), (8, "copies", "70"),
    ):  # fmt: skip
        engine.call("mend", {"line": line, "field": field, "value": value})
    engine.call("keepRow", {"line": 4})
    engine.call("leave", {"line": 9})
    return engine


def given_again(engine: Engine, rows: str = SECOND, header: str = HEADER) -> Any:
    return engine.upload("list", "l-2.csv", (header + rows).encode())["list"]


def shown(engine: Engine, state: str = "all") -> list[tuple[str, str, str, str]]:
    found = engine.call("rows", {"show": state})["rows"]
    return [(row["key"], row["cells"]["town"], row["cells"]["copies"], row["state"]) for row in found]


def test_what_was_mended_and_chosen_is_kept(engine: Engine) -> None:
    """By the code of each school, wherever its row is now; also the columns that somebody chose."""
    assert next(field["column"] for field in given_again(engine)["fields"] if field["key"] == "name") == 1
    assert shown(engine) == [
        *(("", "Tours", "1", "left"), ("0370039S", "Chinon", "40", "ready"), ("0370041U", "Loches", "30", "ready")),
        *(("0370038R", "Chinon", "14", "ready"), ("0370036N", "Amboise", "12", "ready")),
        *(("0370037P", "Tours", "6", "left"), ("0370037P", "Tours", "60", "ready")),
        ("0370040T", "Loches", "70", "ready"),
    ]
    assert engine.call("rows", {"show": "all", "search": "École B"})["rows"][0]["cells"]["postcode"] == "37400"


def test_what_has_changed_is_said(engine: Engine) -> None:
    """New, gone and changed schools, and where a mend and the new file do not say the same."""
    rows = [line.split(";") for line in (HEADER + SECOND.replace(";72", ";=A1")).splitlines() if line]
    again = engine.upload("list", "l-2.xlsx", workbook(L=rows))["list"]["again"]  # it is there, and cannot be read
    assert "Lycée F" not in [one["name"] for one in again["rows"]]
    engine.call("undo", {})
    again = given_again(engine, SECOND.replace("0370040T;Lycée F;Loches;37600;72\n", ""))["again"]
    assert again["counts"] == {"new": 1, "gone": 2, "changed": 2, "same": 2, "kept": 1, "there": 2}
    keys = ("kind", "name", "column", "before", "yours", "theirs")
    assert [[one.get(key) or "" for key in keys] for one in again["rows"]] == TABLES["rows"]


def test_ways_back_and_twins(engine: Engine) -> None:
    """Each row has its own way; undo goes back to the list before; whose twin was kept and is gone is there again."""
    again = given_again(engine)["again"]
    changed, conflict = (
        next(one for one in again["rows"] if one["kind"] == kind) for kind in ("changed", "conflict")
    )
    assert changed["way"] == {
        "text": "Reprendre 38",
        "call": "mend",
        "args": {"line": changed["line"], "field": "copies", "value": "38"},
    }
    assert conflict["way"]["text"] == "Prendre «\u00a037401\u00a0»"
    engine.call("mend", conflict["way"]["args"])
    row = engine.call("rows", {"show": "all", "search": "École B"})["rows"][0]
    assert (row["cells"]["postcode"], row["mended"]) == ("37401", [])
    assert engine.call("list", {})["list"]["again"]["counts"]["kept"] == 1
    engine.call("undo", {})
    engine.call("undo", {})
    assert engine.call("list", {})["list"]["file"] == "l.csv"
    assert ("0370036N", "Amboise", "12", "ready") in shown(engine)
    again = given_again(engine, SECOND.split("\n", 1)[1].replace("0370037P;Lycée C;Tours;37000;60\n", ""))["again"]
    assert ("0370037P", "Tours", "6", "ready") in shown(engine)
    rows = [(one["line"], one["kind"], one["before"], one["theirs"]) for one in again["rows"] if one.get("column")]
    assert rows == [
        *((2, "changed", "38", "40"), (5, "conflict", "3740", "37401")),
        *((6, "changed", "Lycée C", "Lycée C, annexe"), (6, "changed", "60", "6")),
    ]
    assert again["counts"]["changed"] == 3 and not again["few"]  # one is on the line that another one stood on


def test_a_list_with_few_of_the_schools_is_doubted(engine: Engine) -> None:
    """Whatever else was left out of the one before, as twins and rows of others are."""
    assert given_again(engine, "0370035M;Lycée A;Tours;37000;45\n0180005H;Lycée Z;Bourges;18000;4\n")["again"]["few"]
    engine.call("undo", {})
    for line in (2, 3, 6):
        engine.call("leave", {"line": line})
    again = given_again(engine, "0370037P;Lycée C;Tours;37000;60\n0370040T;Lycée F;Loches;37600;72\n")["again"]
    assert (again["few"], again["counts"]["gone"]) == (False, 1)


def test_columns_of_other_names_are_chosen_first(engine: Engine) -> None:
    """What was mended is carried over once it is known which column is which."""
    listed = given_again(engine, header=HEADER.replace("Commune", "Bourg").replace("Nom officiel", "Etab"))
    assert listed["again"] is None
    engine.call("mapColumn", {"field": "name", "column": 1})
    listed = engine.call("mapColumn", {"field": "town", "column": 2})["list"]
    assert listed["again"]["counts"]["kept"] == 2 and ("0370040T", "Loches", "70", "ready") in shown(engine)


def test_sheets_are_chosen_as_before(tmp_path: Path) -> None:
    """And mends are carried over when others are chosen, at the latest once the columns are."""
    engine = started(tmp_path / "Section", "2026")
    north = [tuple(line.split(";")) for line in (HEADER + FIRST).splitlines()]
    sheets = {"Notes": NOTES, "Nord": north, "Ancien": north[:3]}
    engine.upload("list", "l.xlsx", workbook(**sheets))
    engine.call("sheet", {"sheets": ["Nord"]})
    engine.call("mend", {"line": 6, "field": "town", "value": "Chinon"})
    engine.call("sheet", {"sheets": ["Ancien", "Nord"]})
    assert engine.call("mapColumn", {"field": "name", "column": 1})["list"]["again"] is None
    assert ("0370038R", "Chinon", "14", "ready") in shown(engine)
    engine.call("sheet", {"sheets": ["Nord"]})
    assert ("0370038R", "Chinon", "14", "ready") in shown(engine)
    more = [*north, ("0370041U", "G", "Tours", "37000", "1")]
    listed = engine.upload("list", "l-2.xlsx", workbook(**{**sheets, "Nord": more}))["list"]
    assert (listed["sheet"], listed["again"]["counts"]["new"]) == ("Nord", 1)
    assert ("0370038R", "Chinon", "14", "ready") in shown(engine)
