"""What is typed in the window is to be compared with the notice, and only somebody says that it was."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from leaflet.studio.engine import Engine
from tests.studio.support import PORTAL, SCHOOLS, answered, ask_for_help, ready, started
from tests.support import codes_of, tables_of

Told = dict[str, Any]


def question(engine: Engine, key: str) -> Told:
    return next(one for group in engine.call("answers", {})["groups"] for one in group["items"] if one["key"] == key)


def compared(engine: Engine) -> dict[str, object]:
    tree = tomllib.loads(engine.folder.campaign.read_text("utf-8"))
    return {row["field"]: row["value"] for row in tree.get("compared", ())}


def test_nothing_that_is_typed_is_compared_by_itself(tmp_path: Path) -> None:
    """It says so until somebody compares it; another value is to be compared anew; an undo goes back."""
    engine = started(tmp_path, "2026")
    engine.call("answer", {"key": "account.login", "value": "adresse pro"})
    assert question(engine, "account.login")["isToCompare"] is True and compared(engine) == {}
    word = engine.call("compare", {"keys": ["account.login"]})["campaign"]["stations"][0]["word"]
    found = question(engine, "account.login")
    assert (found["origin"], found["isToCompare"]) == ("compared", False)
    assert found["source"].startswith("comparé à la notice le ")
    assert compared(engine) == {"account.login": "adresse pro"} and "à comparer" not in word
    engine.call("answer", {"key": "account.login", "value": "identifiant"})
    assert question(engine, "account.login")["isToCompare"] is True and compared(engine) == {}
    engine.call("undo", {})
    assert question(engine, "account.login")["origin"] == "compared"
    engine.close()


ASKED = {  # by the type that a profile says: the kind of field, what is typed, written and shown
    "text": ("text", "2026-12-12", "2026-12-12", "2026-12-12"),
    "number": ("number", "12", 12, "12"),
    "day": ("day", "12/12/2026", date(2026, 12, 12), "2026-12-12"),
    "hour": ("time", "17", "17:00", "17\u00a0h"),
}


@pytest.mark.parametrize("asked", ASKED)
def test_facts_that_a_profile_asks_for(tmp_path: Path, asked: str) -> None:
    """They are questions like all others, in the type that the profile says; a secret is refused."""
    engine, (kind, typed, written, shown) = started(tmp_path, "2026"), ASKED[asked]
    key = ask_for_help(engine, asked)
    found = question(engine, key)
    assert (found["kind"], found["label"], found["hint"]) == (kind, "L’aide", "Cherchez en bas.")
    found = engine.call("answer", {"key": key, "value": typed})["answer"]
    assert (found["value"], found["isToCompare"]) == (shown, True)
    found = engine.call("compare", {"keys": [key]})["answer"]
    assert (found["origin"], found["isToCompare"], compared(engine)) == ("compared", False, {key: written})
    refused = engine.call("answer", {"key": key, "value": "NUMEN : 12A3456789BCD"})["campaign"]["refused"]
    assert refused == [{"text": "L’aide", "at": {"station": "election", "field": key}}]
    for origin in ("typed", "blank"):
        engine.call("undo", {})
        assert question(engine, key)["origin"] == origin
    engine.close()


def test_rounds_are_typed_as_they_are_read(tmp_path: Path) -> None:
    """Each is a line, as pages write it; they are compared together, and what cannot be understood loses none."""
    engine = started(tmp_path, "2026")
    assert all(one["key"] != "rounds" for group in engine.call("answers", {})["groups"] for one in group["items"])
    ask_for_help(engine, "text")  # in a vote of others than staff
    lines = "1er tour : 3 décembre 2026, 9 h – 4/12/2026, 17:00\n2d tour (cadres) : jeudi 10 décembre 2026"
    found = engine.call("answer", {"key": "rounds", "value": lines})["answer"]
    first, second = found["value"].replace("\u00a0", " ").splitlines()
    assert first == "1er tour : jeudi 3 décembre 2026, 9 h – vendredi 4 décembre 2026, 17 h"
    assert second == "2d tour (cadres) : jeudi 10 décembre 2026" and found["isToCompare"]
    engine.call("answer", {"key": "rounds", "value": found["value"]})
    assert engine.call("compare", {"keys": ["rounds"]})["answer"]["origin"] == "compared"
    one, other = compared(engine)["rounds"]
    assert (one["opens_on"], one["opens_at"], one["closes_at"]) == (date(2026, 12, 3), "9\xa0h", "17\xa0h")
    assert other == {"name": "2d tour", "college": "cadres", "opens_on": date(2026, 12, 10)}
    wrong = engine.call("answer", {"key": "rounds", "value": "bientôt"})["answer"]["refused"]
    assert (wrong["value"], [one["code"] for one in wrong["faults"]]) == ("bientôt", ["C251"])
    assert question(engine, "rounds")["value"] == found["value"]
    engine.close()


def test_what_is_official_or_no_fact(tmp_path: Path) -> None:
    """Who publishes is on no notice; beside another day than the official one that is said, even if compared."""
    engine = started(tmp_path, "2026")
    engine.call("answer", {"key": "publisher.name", "value": "Section d’essai"})
    assert question(engine, "publisher.name")["isToCompare"] is False
    assert question(engine, "vote.opens_on")["origin"] == "official"
    engine.call("answer", {"key": "vote.opens_on", "value": "2026-12-03"})
    assert question(engine, "vote.opens_on")["isToCompare"] is False  # the same as the official one
    engine.call("answer", {"key": "vote.closes_on", "value": "12/12/2026"})
    for _ in range(2):
        found = question(engine, "vote.closes_on")
        assert found["officially"].startswith(
            "Officiellement\u00a0: jeudi 10\u00a0décembre 2026 (www.fonction-publique.gouv.fr"
        )
        engine.call("compare", {"keys": ["vote.closes_on"]})
    assert question(engine, "vote.opens_on")["officially"] == ""
    engine.close()


def test_the_portal_is_compared_with_a_code(tmp_path: Path) -> None:
    """Its field has a code to be tried, and no fault; nothing is ready before somebody says that it is right."""
    engine = started(tmp_path, "2026")
    assert question(engine, "links.portal")["trial"] is None
    engine.call("answer", {"key": "links.portal", "value": PORTAL})
    found = question(engine, "links.portal")
    assert found["trial"]["doubts"] == found["faults"] == []
    assert engine.picture_bytes(found["trial"]["code"].removeprefix("picture/").removesuffix(".png"))
    (left,) = (one for one in engine.call("open", {})["campaign"]["stations"][0]["todo"] if one["isToCompare"])
    assert left["at"] == {"station": "election", "field": "links.portal"}
    done = engine.call("compare", {"keys": ["links.portal"]})
    assert question(engine, "links.portal")["trial"] is None
    assert all(one["at"]["field"] != "links.portal" for one in done["campaign"]["stations"][0]["todo"])
    engine.close()


@pytest.mark.parametrize(("url", "said"), tables_of(__file__)["portals"])
def test_a_home_page_or_another_year_is_no_official_site(tmp_path: Path, url: str, said: str) -> None:
    """It is told beside the code that is to be tried."""
    engine = started(tmp_path, "2026")
    engine.call("answer", {"key": "links.portal", "value": url})
    found = question(engine, "links.portal")
    assert found["isOfficial"] is (not said)
    texts = [fault["text"] for fault in found["trial"]["doubts"]]
    assert len(texts) == bool(said) and all(said in text for text in texts if said)
    engine.close()


def test_what_was_not_compared_is_made_as_a_draft_alone(tmp_path: Path) -> None:
    """The page says which facts; nothing goes to a print shop; once all is compared, drafts are to be made again."""
    engine = ready(tmp_path)
    engine.call("word", {"key": "press.printer", "text": "Imprimerie d’essai, Tours"})
    plan = {one["id"]: one for one in engine.call("plan", {})["outputs"]}
    assert plan["print-run"]["possible"] is True
    engine.call("answer", {"key": "account.login", "value": "identifiant d’essai"})
    plan = {one["id"]: one for one in engine.call("plan", {})["outputs"]}
    assert plan["print-run"]["possible"] is False and plan["print-run"]["asks"] is None
    assert plan["print-run"]["why"] == (
        "Comparez d’abord un renseignement à la notice\u00a0: l’identifiant à saisir pour voter."
    )
    (finding,) = (one for one in engine.call("verify", {})["findings"] if one["code"] == "C183")
    assert all(way.get("call") != "accept" for way in finding["ways"])
    assert engine.call("plan", {})["toCompare"] == ["account.login"]
    assert codes_of(lambda: list(engine.make({"outputs": ["copier"]}))) == ["C183"]
    *_, last = engine.make({"outputs": ["copier", "zip"], "draft": True})
    (note,) = (one for one in last["result"]["faults"] if one["code"] == "C188")
    assert "l’identifiant à saisir pour voter" in note["text"] + note["title"]
    assert all(way.get("call") != "accept" for way in note["ways"])
    names = [one["name"] for one in last["result"]["files"] if "packing-list" not in one["path"]]
    assert len(names) == 2 and all(name.startswith("PROJET-") for name in names)
    last_station = engine.call("open", {})["campaign"]["stations"][-1]
    assert (last_station["id"], last_station["state"]) == ("make", "todo")
    engine.call("word", {"key": "title", "text": "Votons ensemble"})
    plan = engine.call("plan", {})
    assert (plan["toCompare"], plan["unasked"]) == (["title", "account.login"], ["title"])
    assert "Votons ensemble" in plan["unaskedValues"]
    engine.call("compare", {"keys": ["account.login"]})
    engine.call("compare", {"keys": plan["unasked"]})  # which no question of the page asks
    plan = engine.call("plan", {})
    assert plan.get("toCompare", []) == [] and all(one["stale"] for one in plan["outputs"] if one.get("madeAt"))
    engine.close()


def test_a_campaign_that_was_sent_is_compared_by_whoever_takes_it(tmp_path: Path) -> None:
    """Its page asks whether the portal is that of the notice; the other facts are to be compared as they were."""
    sent = answered(tmp_path / "sent")
    for key, value in {
        "links.portal": "https://exemple-vote-2026.gouv.fr/autre", "publisher.color": "#1f3a93",
        "publisher.contact": "02 47 00 00 00", "publisher.message.text": "Votons.",
    }.items():  # fmt: skip
        sent.call("answer", {"key": key, "value": value})
    packed = sent.folder.path / sent.call("pack", {})["file"]
    engine = Engine(tmp_path / "taken", "fr", sent.folder.environment)
    engine.call("open", {})
    engine.upload("dossier", packed.name, packed.read_bytes())
    engine.call("useDossier", {})
    assert compared(engine)["links.portal"] == "https://exemple-vote-2026.gouv.fr/autre"
    assert compared(engine)["memo.lines"] == ["Mot de passe élections"]
    own = ("name", "address", "contact", "message.text", "color")
    assert [question(engine, f"publisher.{key}")["origin"] for key in own] == [*["blank"] * 4, "received"]
    engine.call("answer", {"key": "publisher.color", "value": "#c00000"})
    assert question(engine, "publisher.color")["origin"] == "typed"
    engine.upload("list", "etablissements.csv", SCHOOLS.encode())
    assert question(engine, "links.portal")["origin"] == "compared"
    engine.close()
    sent.close()
