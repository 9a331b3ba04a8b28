"""Whatever is ticked together in « Fabriquer » is made; what will be missing is said before, and what was, after."""

import shutil
from collections.abc import Sequence
from email import message_from_bytes
from itertools import combinations
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from msgspec.structs import replace

from leaflet.studio.engine import Engine
from leaflet.studio.outputs import OUTPUTS, PRINT_RUN
from leaflet.text import slug
from tests.press_profile import needs_profile
from tests.studio.support import HERE, answered, ready, refused
from tests.support import extract_text, tables_of

SCHOOLS, GAPS = (tables_of(__file__)[name] for name in ("schools", "gaps"))
OFFICE = [output for output in OUTPUTS if output != PRINT_RUN]
USUAL = [("labels",), tuple(OFFICE)]
OTHERS = [*((one,) for one in OFFICE if (one,) not in USUAL), *combinations(OFFICE, 2)]
TICKED = [*USUAL, *(pytest.param(outputs, marks=pytest.mark.drill) for outputs in OTHERS)]


def begun(folder: Path) -> Engine:
    """An engine whose campaign has everything that can be ticked: leaflets, cards, addresses of both kinds."""
    engine = answered(folder)
    engine.upload("list", "etablissements.csv", SCHOOLS.encode())
    engine.call("choose", {"documents": [{"id": "leaflet-a4"}, {"id": "memo-card"}]})
    return engine


def make(engine: Engine, outputs: Sequence[str], *, changed_only: bool = True) -> dict[str, Any]:
    *_, last = engine.make({"outputs": outputs, "changedOnly": changed_only})
    result: dict[str, Any] = last["result"]
    assert (result["stopped"], result["lacking"]) == (None, [])
    assert [fault for fault in result["faults"] if fault["severity"] == "error"] == []
    assert {one["output"] for one in result["files"]} == set(outputs)
    assert all(one["bytes"] for one in result["files"])
    return result


@pytest.mark.parametrize("outputs", TICKED, ids="+".join)
def test_every_combination_of_ticks_is_made(tmp_path: Path, outputs: Sequence[str]) -> None:
    """None of them leans on another one that is not ticked; what is old is made anew first."""
    engine = begun(tmp_path)
    made = make(engine, outputs, changed_only=False)
    assert [{**one, "anew": None} for one in make(engine, outputs)["files"]] == made["files"]
    engine.call("answer", {"key": "publisher.name", "value": "Une autre section d’essai"})
    assert [one["path"] for one in make(engine, outputs)["files"]] == [one["path"] for one in made["files"]]
    engine.call("undo", {})
    assert {one["id"] for one in engine.call("plan", {})["outputs"] if one["madeAt"]} == set(outputs)
    engine.call("erase", {"what": "made"})
    assert not any(one["madeAt"] for one in engine.call("plan", {})["outputs"])
    engine.close()


def test_a_printed_column_is_on_the_pages_and_in_the_files(tmp_path: Path) -> None:
    """Of a campaign that prints one: an empty cell is a row to look at; a list with other rooms is another page."""
    engine = begun(tmp_path)

    def upload(*rooms: str) -> None:
        rows = zip(SCHOOLS.splitlines(), ("Salle", *rooms), strict=True)
        engine.upload("list", "etablissements.csv", "\n".join(map(";".join, rows)).encode())

    upload("B 12", "")
    words = '[words.strip]\nstaff = "{school}, {town}, salle {school.columns.salle}"\n'
    path = engine.folder.campaign
    text = path.read_text("utf-8").replace("[data]\n", '[data]\nprint = ["Salle"]\n', 1)
    path.write_text(f"{text}\n{words}", "utf-8")
    assert [row["faults"][0]["code"] for row in engine.call("rows", {"show": "look"})["rows"]] == ["T337"]
    before = engine.call("picture", {"width": 300})["url"]
    upload("C 3", "Préau")
    assert engine.call("picture", {"width": 300})["url"] != before
    make(engine, ["files"])
    found = "".join(extract_text(file.read_bytes()) for file in engine.folder.outputs.files.rglob("*.pdf"))
    assert "Tours, salle C 3" in found and "Amboise, salle Préau" in found
    engine.close()


def test_a_document_of_one_page_is_printed_on_one_side(tmp_path: Path) -> None:
    """Each file of the copier says it of its own document; those of several documents, which of them."""
    engine, several = begun(tmp_path), ("leaflet-a4", "poster-a3")
    engine.call("choose", {"documents": [{"id": "leaflet-trifold", "theme": "large-print"}]})  # which cannot be
    assert engine.call("plan", {})["sides"] == "both"
    engine.call("choose", {"documents": [{"id": "leaflet-a5", "theme": "large-print"}]})
    assert engine.call("plan", {})["documents"] == ["A5 plié, plusieurs feuilles A4"]
    for names, sides, said in ((several[1:], "one", "sur une seule face"), (several, "mixed", "sauf les documents")):
        engine.call("choose", {"documents": [{"id": name} for name in names]})
        assert engine.call("plan", {})["sides"] == sides
        found = {
            one["path"].split("/")[1]: one["hint"]
            for one in make(engine, ["copier", "files"])["files"]
            if one["hint"]
        }
        assert said in found[""] and "sur une seule face" in found["poster-a3"]
    assert "recto verso" in found["leaflet-a4"]
    engine.close()


def test_what_no_school_of_the_list_can_have_cannot_be_ticked(tmp_path: Path) -> None:
    """A list without postcodes or without addresses of mailboxes; once it was ticked, all else is made."""
    engine = begun(tmp_path / "list")
    none = answered(tmp_path / "none").call("plan", {})
    assert (none["schools"], none["copies"]) == (0, 0)  # the example of the start is nobody's list
    bare = "\n".join(";".join(row.split(";")[:3]) for row in SCHOOLS.splitlines())
    engine.upload("list", "etablissements.csv", bare.encode())
    refused = {one["id"]: one["why"] for one in engine.call("plan", {})["outputs"] if not one["possible"]}
    assert refused.keys() - {PRINT_RUN} == {"labels", "drafts"}
    assert "code postal" in refused["labels"] and "courriel" in refused["drafts"]
    *_, last = engine.make({"outputs": ["zip", "labels", "drafts"]})
    made = {one["output"] for one in last["result"]["files"]}
    told = {fault["code"]: fault["count"] for fault in last["result"]["faults"] if fault["severity"] == "error"}
    assert (made, told) == ({"zip"}, {"P404": 2, "P407": 2})
    assert last["result"]["lacking"] == [{"output": one, "document": ""} for one in ("labels", "drafts")]
    engine.close()


@needs_profile
@pytest.mark.parametrize("other", ["zip", *(pytest.param(o, marks=pytest.mark.drill) for o in OFFICE if o != "zip")])
def test_a_file_for_the_print_shop_is_made_with_any_other(tmp_path: Path, other: str) -> None:
    engine = begun(tmp_path)
    engine.call("word", {"key": "press.printer", "text": "Imprimerie d’essai, Tours"})
    make(engine, [one for one in OUTPUTS if one in (PRINT_RUN, other)])
    engine.close()


def test_schools_without_an_address_are_not_counted_as_drafts(tmp_path: Path) -> None:
    engine = begun(tmp_path)
    rows = SCHOOLS.splitlines()
    engine.upload("list", "l.csv", "\n".join([*rows[:-1], rows[-1].rpartition(";")[0] + ";"]).encode())
    far = [word["progress"] for word in engine.make({"outputs": ["drafts"]}) if "progress" in word]
    drafts = len([*(tmp_path / "depliants" / "drafts").rglob("*.eml")])
    assert (far[-1]["done"], far[-1]["total"]) == (drafts, drafts)
    engine.close()


def test_a_draft_has_the_leaflet_of_the_zip(tmp_path: Path) -> None:
    """The file attached has the bytes of the one in the archive."""
    engine = begun(tmp_path)
    make(engine, ("zip", "drafts"))
    drafts = sorted((tmp_path / "depliants" / "drafts").rglob("*.eml"))
    attached = [
        part.get_payload(decode=True)
        for draft in drafts
        for part in message_from_bytes(draft.read_bytes()).walk()
        if part.get_content_type() == "application/pdf"
    ]
    with ZipFile(tmp_path / "depliants.zip") as archive:
        names = [name for name in archive.namelist() if name.startswith("leaflet-a4/")]
        assert attached == [archive.read(name) for name in sorted(names)]
    assert len(attached) == 2
    engine.close()


PORTAL = "https://autre-vote-2026.gouv.fr/"


def stale(engine: Engine) -> set[str]:
    plan = engine.call("plan", {})
    found = {one["id"] for one in plan["outputs"] if one["stale"]}
    assert found or plan["campaign"]["stations"][-1]["state"] == "done"  # the bar says the same
    return found


@pytest.mark.drill
def test_what_would_come_out_otherwise_now_is_told(tmp_path: Path) -> None:
    """After another portal all but labels, after another list all; not what was undone, nor rows that moved."""
    engine = begun(tmp_path)
    made = make(engine, OFFICE)
    assert stale(engine) == set()
    engine.call("answer", {"key": "links.portal", "value": PORTAL})
    assert stale(engine) == {*OFFICE} - {"labels"}
    engine.call("undo", {})
    assert stale(engine) == set()
    head, *rows = SCHOOLS.splitlines(keepends=True)
    engine.upload("list", "b.csv", "".join((head, *reversed(rows))).encode())
    assert stale(engine) == set()
    engine.upload("list", "c.csv", SCHOOLS.replace("Amboise", "Loches").encode())
    assert stale(engine) == {*OFFICE}
    make(engine, ["zip"])
    assert stale(engine) == {*OFFICE} - {"zip"}
    names = {one["name"] for one in made["files"] if not one["path"].endswith("/") and "drafts" not in one["path"]}
    assert len(names) == 8 and all(slug(tmp_path.name) in name for name in names)  # no other campaign’s
    engine.close()


def test_drafts_bring_the_folder_of_files_up_to_date(tmp_path: Path) -> None:
    engine = begun(tmp_path)
    engine.call("choose", {"documents": [{"id": "leaflet-a4"}]})
    make(engine, ["files", "drafts"])
    engine.call("answer", {"key": "publisher.name", "value": "Une autre section"})
    make(engine, ["drafts"])
    assert stale(engine) == set()
    for file in (tmp_path / "depliants").rglob("*.pdf"):
        file.unlink()
    assert "files" not in {one["id"] for one in engine.call("plan", {})["outputs"] if one["madeAt"]}
    engine.close()


def test_what_was_made_again_is_named_and_what_is_stale_removed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Making removes files of a school that left, that has another name, or whose row has an error now."""
    engine = begun(tmp_path)
    engine.call("choose", {"documents": [{"id": "leaflet-a4"}]})
    (file,) = make(engine, ["files"])["files"]
    assert (file["anew"], file["removed"]) == (None, 0)
    for changed, output, left in (("École d’exemple", "files", 2), ("0370036N", "drafts", 1)):
        engine.upload("list", "b.csv", SCHOOLS.replace(changed, "École du Parc").encode())
        assert make(engine, [output])["files"][0]["removed"] == 1
        assert len([*(tmp_path / "depliants").rglob("*.pdf")]) == left
    engine.upload("list", "c.csv", SCHOOLS.encode())
    (file,) = make(engine, ["files"])["files"]
    assert (file["count"], file["anew"], file["again"]) == (2, 1, ["École d’exemple"])
    monkeypatch.setattr("leaflet.studio.engine._NAMED", 0)
    engine.upload("list", "d.csv", SCHOOLS.replace("Amboise", "Loches").encode())
    assert make(engine, ["files"])["files"][0]["again"] == ["un autre"]
    engine.close()


def test_a_making_that_was_cut_off_is_offered_again(tmp_path: Path) -> None:
    """The page was closed: what it had asked for is ticked until all of it is made."""
    engine = begun(tmp_path)
    next(iter(engine.make({"outputs": ["zip", "labels"]})))
    engine.call("stop", {})
    assert engine.call("plan", {})["underWay"] == ["zip", "labels"]
    engine = Engine(tmp_path, "fr", HERE)
    make(engine, ["zip", "labels"])
    assert engine.call("plan", {})["underWay"] == []
    engine.close()


# --- what is said before and after ----------------------------------------------------------------------------


def with_gaps(folder: Path) -> Engine:
    """An engine whose list lacks two postcodes, and has one address of an e-mail that is right."""
    engine = begun(folder)
    engine.upload("list", "etablissements.csv", GAPS.encode())
    return engine


def test_what_is_missing_is_said_before_and_once(tmp_path: Path) -> None:
    """How many, why, and of which lines or schools; whoever says that it is right says so of all."""
    engine = with_gaps(tmp_path)
    notes = list(engine.make({"outputs": ["zip", "labels", "drafts"]}))[-1]["result"]["faults"]
    assert [one["code"] for one in notes].count("P407") == 1
    said = {one["code"]: (one["title"], one["which"]) for one in notes}
    assert said["P407"] == (
        "Pas de code postal, pas d’étiquette\u00a0: 2 établissements",
        ["École des Marronniers, ligne 3", "École des Tilleuls, ligne 4"],
    )
    assert {one["at"]["station"] for one in notes if one["code"] in ("P404", "P407")} == {"list"}
    assert said["P404"][1] == ["École des Marronniers, ligne 3"]
    assert len({one["code"] for one in notes}) == len(notes)
    (warned,) = (one for one in notes if one["code"] == "C164")
    (accept,) = (way["args"] for way in warned["ways"] if way.get("call") == "accept")
    engine.call("accept", accept)
    assert "C164" not in {one["code"] for one in list(engine.make({"outputs": ["zip"]}))[-1]["result"]["faults"]}
    missing = {one["id"]: one["missing"] for one in engine.call("plan", {})["outputs"]}
    assert missing.pop("labels") == {
        "text": "2 étiquettes manqueront\u00a0: pas de code postal (lignes 3 et 4).",
        "at": {"station": "list", "part": "rows", "line": 3},
    }
    assert missing.pop("drafts") == {
        "text": "2 brouillons manqueront\u00a0: pas d’adresse de courriel (lignes 3 et 5).",
        "at": {"station": "list", "part": "rows", "line": 3},
    }
    assert set(missing.values()) == {None}
    result = list(engine.make({"outputs": ["labels"]}))[-1]["result"]
    (note,) = (one for one in result["faults"] if one["code"] == "P407")
    assert note["count"] == 2  # as it was said
    engine.upload("list", "b.csv", SCHOOLS.encode())
    assert {one["missing"] for one in engine.call("plan", {})["outputs"]} == {None}
    engine.close()


def test_the_folder_of_what_was_made_is_opened(tmp_path: Path) -> None:
    """That one alone, whatever the page asks for; where nothing can show it, its path is said."""
    seen: list[Path] = []

    def show(folder: Path) -> bool:
        seen.append(folder)
        return len(seen) == 1

    (tmp_path / "stick").mkdir()
    here = replace(HERE, places=lambda: [tmp_path / "stick"], show=show)
    ready(tmp_path / "campagne").close()
    engine = Engine(tmp_path / "campagne", "fr", here)
    engine.call("open", {})
    assert engine.call("openFolder", {"path": "/etc", "folder": "/etc"}) == {"shown": True, "folder": str(seen[0])}
    engine.call("choosePlace", {"path": str(tmp_path / "stick")})
    assert engine.call("openFolder", {}) == {"shown": False, "folder": str(tmp_path / "stick" / "campagne")}
    assert seen == [tmp_path / "campagne", tmp_path / "stick" / "campagne"]
    shutil.rmtree(tmp_path / "stick" / "campagne")
    assert refused(engine, "openFolder")["code"] == "W210" and len(seen) == 2
    engine.close()
