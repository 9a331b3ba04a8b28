"""What the list says early, and what it mends at one go."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import make_uai
from leaflet.studio.engine import Engine
from tests.studio.support import answered, counted, refused
from tests.support import tables_of

LIST, ELSEWHERE = (tables_of(__file__)[name] for name in ("list", "elsewhere"))


@pytest.fixture(name="engine")
def engine_with_a_list(tmp_path: Path) -> Engine:
    engine = answered(tmp_path / "Section")
    engine.upload("list", "l.csv", LIST.encode())
    return engine


def rows(engine: Engine, show: str) -> Any:
    return engine.call("rows", {"show": show})


def test_cells_of_one_fault_are_mended_at_one_go(engine: Engine) -> None:
    """Where nothing else can be meant: a zero that a spreadsheet took away."""
    (repair,) = rows(engine, "mend")["repairs"]
    assert repair == {"text": "Remettre le zéro de ces 3 codes postaux", "call": "mendAll", "args": {"code": "T313"}}
    assert engine.call("mendAll", repair["args"])["counts"]["mend"] == 2
    assert [row["cells"]["postcode"] for row in rows(engine, "all")["rows"]] == [
        "01000", "01500", "01000", "", "01000",
    ]  # fmt: skip
    assert rows(engine, "mend")["repairs"] == []  # one is left of a kind
    engine.call("undo", {})
    assert rows(engine, "mend")["total"] == 4


def test_columns_and_missing_postcodes(engine: Engine) -> None:
    """A column of head teachers is doubted as names; one chosen for another field is the one before no more."""
    (row,) = rows(engine, "look")["rows"]
    assert (row["line"], [fault["code"] for fault in row["faults"]]) == (5, ["T333"])
    checked = {one["code"]: one["lines"] for one in engine.call("verify", {})["findings"]}
    assert checked["T333"] == [5]
    listed = engine.call("mapColumn", {"field": "name", "column": 2})["list"]
    assert [(fault["code"], fault["severity"]) for fault in listed["faults"]] == [("T217", "warning")]
    assert "Chef" in listed["faults"][0]["text"]
    listed = engine.call("mapColumn", {"field": "town", "column": 2})["list"]
    assert [field["column"] for field in listed["fields"][1:3]] == [1, 2]
    assert listed["isRead"] and [fault for fault in listed["faults"] if fault["severity"] == "error"] == []
    engine.folder.edit({"columns.schools.town": "Ville"})  # as the campaign of somebody else may say
    listed, station = engine.call("list", {})["list"], engine.call("open", {})["campaign"]["stations"][1]
    assert (listed["isRead"], listed["fields"][2]["column"]) == (False, None)
    assert (station["state"], station["word"]) == ("look", "1 colonne à choisir")


def test_a_column_without_a_title_is_refused_as_a_field(engine: Engine) -> None:
    """The campaign could not be read any more: the list stays as it was."""
    listed = engine.upload("list", "t.csv", LIST.replace("Établissement", "").encode())["list"]
    assert listed["columns"][1]["name"] == "Colonne B, sans titre"
    assert refused(engine, "mapColumn", field="name", column=1)["code"] == "C191"
    assert engine.call("list", {})["list"]["file"] == "t.csv"


def test_schools_that_vote_elsewhere_are_named_and_left_out(engine: Engine) -> None:
    """They are named in the list, in « Vérifier » and once after making; a page looked at is one that is made.

    The A4 leaflet is made for them, too, with a line in the place of the code.
    """
    engine.upload("list", "a.csv", ELSEWHERE.encode())
    (finding,) = [one for one in engine.call("verify", {})["findings"] if one["code"] == "L124"]
    assert (finding["state"], finding["at"]) == ("look", {"station": "list", "part": "rows", "show": "elsewhere"})
    assert engine.call("verify", {})["counts"]["ready"] == 2
    engine.folder.campaign.write_text(engine.folder.read_text().replace('"leaflet-a4"', '"leaflet-a5"'), "utf-8")
    engine.call("open", {})
    (row,) = rows(engine, "elsewhere")["rows"]
    _, fault = row["faults"]  # after the postcode
    assert (row["line"], fault["code"], fault["severity"]) == (2, "L121", "warning")
    assert [way.get("call") for way in fault["ways"][:2]] == ["leave", "answer"]
    assert engine.call("list", {})["list"]["counts"] == counted(ready=1, elsewhere=1, all=2)
    assert engine.call("verify", {})["counts"] == {"ready": 1, "mend": 0, "twice": 0, "look": 0}
    assert {engine.call("picture", {"of": of})["line"] for of in ("first", "longest", "shortest")} == {3}
    (finding,) = [one for one in engine.call("verify", {})["findings"] if one["code"] == "L121"]
    assert (finding["state"], finding["at"]) == ("look", {"station": "list", "part": "rows", "show": "elsewhere"})
    tried = engine.call("addresses", {})
    assert (sum(one["schools"] for one in tried["items"]), tried["without"]) in {(1, 0), (0, 1)}
    plan = engine.call("plan", {})
    files = {output["id"]: (output["files"], output["missing"]) for output in plan["outputs"] if output["possible"]}
    assert (plan["schools"], plan["without"], files["zip"], files["labels"]) == (1, 1, (1, None), (1, None))
    result = list(engine.make({"outputs": ["zip", "labels", "drafts"]}))[-1]["result"]
    assert result["count"] == 1
    told = [(one["code"], one["which"]) for one in result["faults"] if one["code"][0] != "C"]
    assert told == [("L121", ["Lycée agricole d’exemple, ligne 2"])]
    assert fault["ways"][2]["at"] == {"station": "election", "field": "groups.agriculture.links.portal"}
    engine.call("answer", fault["ways"][1]["args"])
    assert (rows(engine, "elsewhere")["total"], engine.call("plan", {})["without"]) == (0, 0)
    assert list(engine.make({"outputs": ["zip"]}))[-1]["result"]["count"] == 2


def test_a_group_that_votes_elsewhere_is_left_out_at_one_go(engine: Engine) -> None:
    """Its rows are left out as each by itself would be, and those of another ministry are not; one step undoes it."""
    farms = [f"{make_uai('037', n)};Lycée agricole {n};Tours;37000;;c@exemple.fr\n" for n in range(3)]
    inspe = f"{make_uai('037', 9)};INSPE d’exemple;Tours;37000;;d@exemple.fr\n"
    engine.upload("list", "a.csv", "".join((ELSEWHERE.partition("\n")[0], "\n", *farms, inspe)).encode())
    assert rows(engine, "all")["repairs"] == []
    (way,) = rows(engine, "elsewhere")["repairs"]  # of one school its row has the button
    assert way["text"] == "Laisser de côté les 3 lignes des personnels de l’enseignement agricole"
    done = engine.call(way["call"], {**way["args"], "show": "elsewhere"})
    assert (done["counts"], done["repairs"]) == (counted(elsewhere=1, left=3, all=4), [])
    assert engine.folder.state.schools is not None and engine.folder.state.schools.left == (2, 3, 4)
    assert done["undo"]["text"] == "3 lignes laissées de côté d’un coup"
    engine.call("undo", {})
    assert rows(engine, "elsewhere")["total"] == 4


def test_the_portal_of_those_who_vote_elsewhere_is_asked_for(engine: Engine) -> None:
    """It has the rules of every portal, and is tried like one; the address of the others is the same vote."""
    assert "elsewhere" not in {group["id"] for group in engine.call("answers", {})["groups"]}
    engine.upload("list", "a.csv", ELSEWHERE.encode())
    groups = {group["id"]: group["items"] for group in engine.call("answers", {})["groups"]}
    (asked,) = groups["elsewhere"]
    key, others = asked["key"], groups["portal"][0]["value"]
    assert (asked["origin"], asked["kind"], asked["required"]) == ("blank", "address", False)

    def answer(value: str) -> dict[str, Any]:
        return engine.call("answer", {"key": key, "value": value})

    found = answer("http://vote.agriculture.gouv.fr/")["answer"]
    assert [fault["code"] for fault in found["refused"]["faults"]] == ["L103"]
    changed = answer("https://vote-2022.agriculture.gouv.fr/")
    assert [doubt["code"] for doubt in changed["answer"]["trial"]["doubts"]] == ["L123"]
    assert changed["campaign"]["stations"][0]["todo"][-1]["at"]["field"] == key
    assert engine.call("plan", {})["toCompare"] == [key]
    engine.call("compare", {"keys": [key]})
    assert engine.call("plan", {})["toCompare"] == []
    same = answer(others)["answer"]
    assert (same["value"], same["isToCompare"]) == (others, False)
    assert tomllib.loads(engine.folder.read_text())["groups"]["agriculture"]["same_portal"] is True
    assert rows(engine, "elsewhere")["total"] == 0
    assert (answer("")["answer"]["value"], rows(engine, "elsewhere")["total"]) == ("", 1)


def test_the_page_of_those_who_vote_elsewhere_is_seen(engine: Engine) -> None:
    """Another school's page is shown, with the reason, where a document has none for them."""
    engine.upload("list", "a.csv", ELSEWHERE.encode())
    (line,) = (row["line"] for row in rows(engine, "elsewhere")["rows"])
    for document, shown, codes in (("leaflet-a4", line, []), ("leaflet-a5", 5 - line, ["L121"])):
        picture = engine.call("picture", {"document": document, "of": line, "width": 200})
        assert (picture["line"], picture["total"]) == (shown, 2)
        assert [fault["code"] for fault in picture["faults"]] == codes


def test_a_school_that_votes_elsewhere_perhaps_is_to_be_looked_at(engine: Engine) -> None:
    """Its row says so, and « Vérifier » leads there; the ministry in the list decides."""
    for ministry, state, codes in (("", "look", ["T338"]), ("MINISTERE DE L'EDUCATION NATIONALE", "ready", [])):
        rows = f"0370035M;Lycée horticole d’exemple;Tours;37000;{ministry};c@exemple.fr\n"
        engine.upload("list", "a.csv", f"{ELSEWHERE.partition(chr(10))[0]}\n{rows}".encode())
        assert [one["state"] for one in engine.call("rows", {"show": "all"})["rows"]] == [state]
        found = [one for one in engine.call("verify", {})["findings"] if one["code"] == "T338"]
        assert [(one["code"], one["lines"], one["at"]["part"]) for one in found] == [(c, [2], "rows") for c in codes]


def test_the_same_of_many_academies_is_one_finding(engine: Engine) -> None:
    """It names them and leads to their addresses; all are right at once, and looked at again one by one."""

    def untried(*areas: str) -> list[dict[str, Any]]:
        if areas:
            rows = [f"{make_uai(area, 100)};Lycée d’exemple;Ville;{area[1:]}000;2" for area in areas]
            engine.upload("list", "a.csv", "\n".join(["UAI;Nom;Commune;CP;Nb", *rows]).encode())
        return [one for one in engine.call("verify", {})["findings"] if one["code"] == "C164"]

    titles = [one["title"].partition("\u00a0:")[0] for one in untried("001", "002", "014")]
    assert titles == ["Lyon", "Amiens", "Normandie"]
    (found,) = untried("001", "002", "014", "067")
    assert found["title"].startswith("4 académies ont")
    assert found["why"].endswith(f"{', '.join(titles)}, Strasbourg.")
    see, right = found["ways"]
    assert see["at"] == {"station": "list", "part": "addresses"}
    engine.call("accept", right["args"])
    assert untried() == []
    engine.call("accept", {"id": found["id"], "right": False})
    assert [one["title"].partition("\u00a0:")[0] for one in untried()] == ["Lyon"]


def test_a_postcode_of_another_departement_is_to_be_looked_at(engine: Engine) -> None:
    """Where the commune is of that of the UAI: postcodes of neighbours, of Corsica and CEDEX codes are right."""
    right = (
        "0820725T;A;Prayssac;46220\n6200001M;B;Ajaccio;20000\n9740001C;C;Saint-Denis;97743\n0370035M;D;Tours;75001\n"
    )
    engine.upload("list", "c.csv", f"UAI;Nom;Commune;CP\n{right}0370036N;E;Paris;75001\n".encode())
    assert [(row["name"], row["faults"][0]["at"]["column"]) for row in rows(engine, "look")["rows"]] == [
        ("D", "postcode")
    ]


def test_a_closed_row_is_not_kept_for_one_that_is_open(engine: Engine) -> None:
    """Where the first row of all twins is asked for."""
    head, twin = "Code UAI;Établissement;Commune;CP;État\n", "0370035M;Collège d’exemple;{};37000;{}\n"
    engine.upload("list", "b.csv", (head + twin.format("Tours", "FERMÉ") + twin.format("Amboise", "OUVERT")).encode())
    engine.call("keepFirstRows", {})
    assert {row["line"]: row["state"] for row in rows(engine, "all")["rows"]} == {2: "left", 3: "ready"}
