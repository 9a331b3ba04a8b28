"""Two rows of one school: both are shown, neither is made until somebody has chosen, and all counts agree."""

from pathlib import Path
from typing import Any

import pytest

from leaflet.faults import Report
from leaflet.studio.engine import Engine
from leaflet.tables import load_schools
from tests.studio.support import answered, counted
from tests.support import tables_of

LIST = tables_of(__file__)["list"]


@pytest.fixture(name="engine")
def engine_with_a_list(tmp_path: Path) -> Engine:
    engine = answered(tmp_path / "Section")
    engine.upload("list", "l.csv", LIST.encode())
    return engine


def counts(engine: Engine) -> dict[str, int]:
    return engine.call("list", {})["list"]["counts"]


def pairs(engine: Engine) -> list[dict[str, Any]]:
    return engine.call("twice", {})["items"]


def made(engine: Engine) -> list[tuple[str, int]]:
    named = engine.call("list", {})["list"]
    schools = load_schools(engine.folder.path / (named["copy"] or named["file"]), report=Report())
    return [(school.key, school.line) for school in schools]


def test_neither_row_is_made_until_somebody_chooses(engine: Engine) -> None:
    """Rows that differ wait as one school, rows that say the same are one, and every place counts alike."""
    assert counts(engine) == counted(ready=2, mend=1, twice=2, look=1, left=1, all=9)
    states = {row["line"]: row["state"] for row in engine.call("rows", {"show": "all"})["rows"]}
    assert [line for line, state in states.items() if state == "twice"] == [2, 4, 5, 8, 9]
    checked = engine.call("verify", {})
    assert checked["counts"] == {"ready": 2, "mend": 1, "twice": 2, "look": 1}
    (waiting,) = [one for one in checked["findings"] if one["code"] == "T305"]
    assert waiting["title"] == "2 établissements figurent deux fois"
    assert waiting["ways"] == [{"text": "Choisir", "at": {"station": "list", "part": "rows", "show": "twice"}}]
    plan = engine.call("plan", {})
    assert (plan["schools"], plan["waiting"]) == (2, 2)
    assert sum(one["schools"] for one in engine.call("addresses", {})["items"]) == 2
    *_, last = engine.make({"outputs": ["files"]})
    assert (last["result"]["count"], last["result"]["waiting"]) == (2, 2)
    station = next(one for one in engine.call("open", {})["campaign"]["stations"] if one["id"] == "list")
    assert (station["state"], station["word"]) == ("look", "1 à corriger, 2 doubles")


def test_rows_of_one_school(engine: Engine) -> None:
    """They stand side by side; one is kept, the others are left out, which can be undone; or the first everywhere."""
    first, second = pairs(engine)
    assert (first["key"], [row["line"] for row in first["rows"]]) == ("0370035M", [2, 4])
    assert [row["line"] for row in second["rows"]] == [5, 8]  # the third one says what the first one says
    differing = [field["key"] for field in first["fields"] if field["differs"]]
    assert differing == ["name", "copies", "address_1", "email"] and first["rows"][1]["cells"]["email"] == ""
    assert first["merge"] == {"text": "Réunir\u00a0: nom de la ligne 2, 57 exemplaires"}
    engine.call("keepRow", {"line": 8})
    assert counts(engine) == counted(ready=3, mend=1, twice=1, look=1, left=3, all=9)
    assert made(engine) == [("0370036N", 3), ("0370037P", 8), ("0370039S", 10)]
    left = engine.call("rows", {"show": "left"})["rows"]
    assert [(row["line"], row["why"]) for row in left] == [
        (5, "en double\u00a0: la ligne 8 est gardée"),
        (6, "en double, fait une seule fois"),
        (9, "en double\u00a0: la ligne 8 est gardée"),
    ]
    assert engine.call("open", {})["undo"] == {"text": "Ligne 8 gardée pour Lycée d’exemple des Trois-Rives"}
    engine.call("undo", {})
    assert counts(engine)["twice"] == 2


def test_the_first_row_is_kept_everywhere(engine: Engine) -> None:
    """At one go."""
    changed = engine.call("keepFirstRows", {})
    assert changed["undo"] == {"text": "Premières lignes gardées pour 2 établissements, ou premières à l’état ouvert"}
    assert (counts(engine)["twice"], counts(engine)["ready"]) == (0, 4) and ("0370035M", 2) in made(engine)
    assert ("0370037P", 5) in made(engine)


def test_rows_are_joined(engine: Engine) -> None:
    """Copies are added, empty cells are filled; parts of two addresses are never mixed."""
    engine.call("mend", {"line": 4, "field": "address_1", "value": "9 rue Z"})
    engine.call("mend", {"line": 2, "field": "postcode", "value": ""})
    engine.call("joinRows", {"line": 4})
    assert counts(engine)["twice"] == 1
    row = next(row for row in engine.call("rows", {"show": "all"})["rows"] if row["line"] == 2)
    assert {field: row["cells"][field] for field in ("name", "copies", "address_1", "postcode")} == {
        "name": "Lycée polyvalent d’exemple", "copies": "57", "address_1": "1 rue X", "postcode": "37000",
    }  # fmt: skip
    assert pairs(engine)[0]["merge"] == {"text": "Réunir\u00a0: nom de la ligne 5, 121 exemplaires"}


def test_two_schools_get_two_codes(engine: Engine) -> None:
    """A code that is corrected ends the pair."""
    engine.call("mend", {"line": 4, "field": "uai", "value": "0370040T"})
    assert [one["key"] for one in pairs(engine)] == ["0370037P"] and counts(engine)["ready"] == 4


def test_a_row_with_another_error_waits_too(engine: Engine) -> None:
    """First which row it is; then what is wrong in that one."""
    engine.call("mend", {"line": 4, "field": "postcode", "value": "370"})
    assert counts(engine) == counted(ready=2, mend=1, twice=2, look=1, left=1, all=9)
    engine.call("keepRow", {"line": 4})
    assert counts(engine)["mend"] == 2
    engine.call("back", {"line": 2})
    assert counts(engine)["twice"] == 2
