"""Whoever has a campaign begins others beside it: cards with its answers, another one, one that was sent."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from leaflet.production.manifest import read_manifest
from leaflet.studio.engine import Engine
from tests.studio.journeys import campaign_of_a_federation
from tests.studio.support import HERE, PORTAL, ready, refusal, refused, started

pytestmark = pytest.mark.drill

SCHOOL = {"uai": "0370036N", "name": "Lycée", "town": "Tours"}
PASTED = {"text": "Labert\tJulie\nMartin\tPaul\n", "school": SCHOOL}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    engine = ready(tmp_path / "Élections")
    yield engine
    engine.close()


def files(folder: Path) -> dict[str, bytes]:
    """All files of a campaign but what is remembered of who works there."""
    found = (path for path in folder.rglob("*") if path.is_file() and path.name != "lock.json")
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def beside(engine: Engine) -> list[str]:
    return [one["name"] for one in engine.call("beside", {})["campaigns"]]


def test_cards_of_a_campaign_of_leaflets(engine: Engine, tmp_path: Path) -> None:
    """They have its answers and its list, in a folder of their own; nothing of the leaflets changes."""
    leaflets = engine.folder.path
    before = files(leaflets)
    opened = engine.call("openBeside", {"kind": "cards"})
    assert opened["campaign"]["kind"] == "cards" and opened["lock"] is None
    cards = Path(opened["campaign"]["folder"])
    assert cards == tmp_path / "Élections – cartes"
    text = (cards / "campaign.toml").read_text("utf-8")
    assert PORTAL in text and "Section d’essai" in text and 'template = "memo-card"' in text
    assert "leaflet-a4" not in text and engine.call("people", {})["people"] is None
    assert engine.call("list", {})["list"]["lines"] == 6
    engine.call("pastePeople", PASTED)
    list(engine.make({"outputs": ["cards"]}))
    manifest = read_manifest(cards / "depliants")
    assert manifest is not None
    assert {(one.document, one.personal) for one in manifest.entries} == {("memo-card", True)}
    assert files(leaflets) == before and not (leaflets / ".leaflet" / "lock.json").exists()
    assert beside(engine) == ["Élections"]


def test_the_same_cards_are_opened_again(engine: Engine) -> None:
    """And from them the leaflets; no third folder is made."""
    leaflets = engine.folder.path
    engine.call("openBeside", {"kind": "cards"})
    engine.call("pastePeople", PASTED)
    assert engine.call("openBeside", {"kind": "leaflets"})["campaign"]["folder"] == str(leaflets)
    assert engine.call("people", {})["people"] is None and beside(engine) == ["Élections – cartes"]
    assert [one["twin"] for one in engine.call("beside", {})["campaigns"]] == [True]  # the door says so
    engine.call("openBeside", {"kind": "cards"})
    assert engine.call("people", {})["people"]["total"] == 2
    assert sorted(path.name for path in leaflets.parent.iterdir()) == ["Élections", "Élections – cartes"]


def test_leaflets_of_a_campaign_of_cards(tmp_path: Path) -> None:
    """They have the school that was typed for the cards; no name is in their folder."""
    engine = started(tmp_path / "Cartes", "2026", "cards")
    engine.call("answer", {"key": "publisher.name", "value": "Section d’essai"})
    engine.call("pastePeople", PASTED)
    campaign = engine.call("openBeside", {"kind": "leaflets"})["campaign"]
    assert (campaign["kind"], campaign["publisher"]) == ("leaflets", "Section d’essai")
    assert campaign["folder"] == str(tmp_path / "Cartes – dépliants")
    assert engine.call("list", {})["list"]["lines"] == 1 and engine.call("choices", {})["documents"][0]["chosen"]
    assert b"Julie" not in b"".join(files(engine.folder.path).values())
    engine.close()


def test_another_campaign(engine: Engine, tmp_path: Path) -> None:
    """In a folder that is made with its first file; the one before stays, and is found from there."""
    opened = engine.call("openBeside", {})
    assert (opened["campaign"], opened["undo"]) == (None, None) and not (tmp_path / "Élections 2").exists()
    assert engine.call("beside", {}) == {
        "here": "Élections 2",
        "campaigns": [
            {
                "path": str(tmp_path / "Élections"),
                "name": "Élections",
                "title": "Élections professionnelles 2026",
                "kind": "leaflets",
                "twin": False,
            }
        ],
    }
    engine.call("start", {"election": "2022", "kind": "leaflets"})
    assert (tmp_path / "Élections 2" / "campaign.toml").is_file()
    opened = engine.call("openBeside", {"path": str(tmp_path / "Élections")})
    assert opened["campaign"]["election"] == "2026" and beside(engine) == ["Élections 2"]


def test_a_campaign_that_was_sent(engine: Engine, tmp_path: Path) -> None:
    """It gets a folder of its own, named after its file; what is refused leaves the window where it was."""
    sent = campaign_of_a_federation(tmp_path / "federation" / "x")
    before = files(tmp_path / "Élections")
    engine.upload("dossier", sent.name, sent.read_bytes())
    answer = engine.call("useDossier", {"revision": 7})
    assert answer["campaign"]["publisher"] == ""  # whoever takes it answers for it
    assert answer["campaign"]["folder"] == str(tmp_path / sent.stem) and files(tmp_path / "Élections") == before
    engine.call("openBeside", {"path": str(tmp_path / "Élections")})
    broken = (sent.read_bytes()).replace(b'election = "2022"', b'election = "1922"')
    with pytest.raises(Exception, match=r"C108|U100"):
        engine.upload("dossier", sent.name, broken)
    assert engine.folder.path == tmp_path / "Élections"


def test_names_given_in_a_campaign_of_leaflets(engine: Engine, tmp_path: Path) -> None:
    """Whoever opens « Cartes » by its address gets the folder of the cards with the first name, not before."""
    leaflets = files(engine.folder.path)
    sheets = engine.call("sheets", {})
    assert (sheets["document"], sheets["sheet"]) == ("memo-card", "cards-a4")
    drawn = engine.call("picture", {"document": sheets["document"], "alone": 1, "width": 400})
    assert drawn["width"] > drawn["height"]  # a card, not the leaflet
    assert files(engine.folder.path) == leaflets
    fault = refusal(engine, lambda: engine.upload("staff", "p.csv", b"Nom;Mot de passe\nMartin;x\n"))
    assert fault["code"][0] == "T" and engine.folder.path == tmp_path / "Élections"
    assert refused(engine, "setSchool", school={**SCHOOL, "uai": "0370036A"})["code"] == "T304"
    assert [*tmp_path.iterdir()] == [tmp_path / "Élections"]  # no folder of what was refused
    answer = engine.call("pastePeople", {**PASTED, "revision": engine.folder.state.revision})
    assert answer["campaign"]["folder"] == str(tmp_path / "Élections – cartes")
    assert answer["people"]["total"] == 2 and files(tmp_path / "Élections") == leaflets


def test_names_of_a_campaign_written_by_hand_stay_in_it(engine: Engine, tmp_path: Path) -> None:
    """Which has leaflets and cards: those for schools do not become for people."""
    engine.close()
    (tmp_path / "Élections" / "personnels.csv").write_text("UAI;Nom;Prénom\n0370036N;Labert;Julie\n", "utf-8")
    campaign = engine.folder.campaign
    text = campaign.read_text("utf-8").replace("[data]\n", '[data]\nstaff = "personnels.csv"\n')
    cards = '\n[[document]]\ntemplate = "memo-card"\nper = "person"\nsheet = "cards-a4"\n'
    campaign.write_text(f"{text}{cards}", "utf-8")
    engine = Engine(tmp_path / "Élections", "fr", HERE)
    assert engine.call("open", {})["campaign"]["kind"] == "leaflets"
    engine.call("swapNames", {})
    engine.upload("staff", "autres.csv", b"UAI;Nom;Pr\xc3\xa9nom\n0370036N;Martin;Paul\n")
    assert engine.folder.path == tmp_path / "Élections"
    documents = engine.folder.campaign.read_text("utf-8").split("[[document]]")[1:]
    assert ['per = "person"' in one for one in documents] == [False, True]


def test_where_nothing_can_be_written_beside(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is in the folder itself, and found there and from there."""
    home, access = engine.folder.path, os.access
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != home.parent and access(path, mode))
    campaign = engine.call("openBeside", {"kind": "cards"})["campaign"]
    assert campaign["folder"] == str(home / "Élections – cartes") and beside(engine) == ["Élections"]
    engine.call("openBeside", {"kind": "leaflets"})
    assert engine.folder.path == home and beside(engine) == ["Élections – cartes"]


def test_only_campaigns_of_the_window_are_opened(engine: Engine, tmp_path: Path) -> None:
    """A folder that is none, or elsewhere, is not, whatever the page asks for."""
    (tmp_path / "autre").mkdir()
    started(tmp_path / "loin" / "campagne").close()
    for path in ("autre", "loin/campagne", "../", ""):
        opened = engine.call("openBeside", {"path": str(tmp_path / path)})
        assert opened["campaign"]["folder"] == str(tmp_path / "Élections")
    assert beside(engine) == []


def test_one_that_somebody_else_has_open(engine: Engine, tmp_path: Path) -> None:
    """Is opened, and says so."""
    other = Engine(Path(shutil.copytree(engine.folder.path, tmp_path / "b")), "fr", replace(HERE, program="other"))
    other.call("take", {})
    opened: dict[str, Any] = engine.call("openBeside", {"path": str(tmp_path / "b")})
    assert opened["lock"]["who"] == "essai"
    other.close()
