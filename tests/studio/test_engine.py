"""The engine of the window: from an empty folder to finished files; every change can be undone."""

import errno
import os
import re
import sys
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from msgspec import to_builtins
from msgspec.structs import replace
from PIL import Image

from leaflet.campaign import Document
from leaflet.faults import Fault, LeafletError, Place, Report, fault_of
from leaflet.files.words import load_words
from leaflet.layout.blocks import BLOCK_FUNCTIONS
from leaflet.pdf.verify_codes import decode
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, InputOptions
from leaflet.production.campaign_check import CheckResult
from leaflet.production.materials import Materials
from leaflet.studio import findings_view, making, page_pictures
from leaflet.studio.engine import Engine
from leaflet.studio.json_values import show_fault
from leaflet.studio.page_pictures import FIELDS_OF
from leaflet.tables import School, check_letter, load_schools, reading
from leaflet.tables.school import SchoolReader
from tests.studio.support import HERE, SCHOOLS, answered, counted, refused, started
from tests.support import EXAMPLE, grey

LIST = (
    "Code UAI;Nom;Commune;CP;Nb ex.\n"
    "0370035M;Lycée Descartes;Tours;37010;150\n"
    "0370036M;Lycée Balzac;Tours;37000;80\n"
    "0010001W;Lycée Léonard de Vinci;Amboise;1500;12\n"
)
PORTAL = "links.portal"
TEXTS = {"text", "title", "label", "hint", "why", "word", "name"}  # what is shown, of all that is answered


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return started(tmp_path / "campagne")


def station(answer: dict[str, Any], name: str) -> dict[str, Any]:
    return next(one for one in answer["campaign"]["stations"] if one["id"] == name)


def test_answers_are_in_the_campaign_file(engine: Engine) -> None:
    """A wrong one changes nothing; others the command line reads at once, marked as typed, or blank again."""
    before = engine.folder.campaign.read_bytes()
    engine.call("answer", {"key": "publisher.color", "value": "rouge"})
    assert engine.folder.campaign.read_bytes() == before and engine.folder.undoable == "Campagne commencée"
    answer = engine.call("answer", {"key": "publisher.name", "value": "Section d’essai"})["answer"]
    assert (answer["value"], answer["origin"]) == ("Section d’essai", "typed")
    assert 'name = "Section d’essai"' in engine.folder.campaign.read_text("utf-8")
    blank = engine.call("answer", {"key": "publisher.name", "value": " "})["answer"]
    assert (blank["value"], blank["origin"]) == ("", "blank")


def test_an_earlier_election_is_only_proposed(tmp_path: Path) -> None:
    """It comes into the campaign when somebody says that it is the same, one answer at a time."""
    engine = started(tmp_path, "2026")
    groups = engine.call("like", {"election": "2022"})["answers"]["groups"]
    offered = [one for group in groups for one in group["items"] if one["like"]]
    (station, *_) = engine.call("open", {})["campaign"]["stations"]
    assert station["word"] == f"{len(offered)} à comparer, 3 en blanc"
    assert all(one["origin"] == "blank" for one in offered)
    kept = engine.call("keep", {"key": offered[0]["key"]})["answer"]
    assert (kept["origin"], kept["value"]) == ("compared", offered[0]["like"]["value"]) == ("compared", "8\u00a0h")
    changed = engine.call("answer", {"key": "vote.opens_at", "value": "9 h"})["answer"]
    assert (changed["origin"], changed["isToCompare"]) == ("typed", True)
    assert 'opens_at = "09:00"' in engine.folder.campaign.read_text("utf-8")
    compared = engine.call("compare", {"keys": ["vote.opens_at"]})["answer"]
    assert (compared["origin"], compared["isToCompare"]) == ("compared", False)


def test_a_list_is_read_mapped_and_mended(engine: Engine) -> None:
    """The list stays as it was given; its mended copy has the rows on the same lines, for the command line too."""
    engine.upload("list", "écoles 2026.csv", LIST.encode())
    listed = engine.call("list", {})["list"]
    assert [one["field"] for one in listed["columns"]] == ["uai", "name", "town", "postcode", "copies"]
    found = engine.call("rows", {"show": "mend"})
    assert [(row["line"], row["faults"][0]["code"]) for row in found["rows"]] == [(3, "T304"), (4, "T313")]
    put = found["rows"][1]["faults"][0]["ways"][0]
    assert (put["call"], put["args"]["value"]) == ("mend", "01500")
    mended = engine.call("mend", {"line": 3, "field": "uai", "value": "0370036N"})
    assert (mended["counts"]["mend"], mended["next"]) == (1, 4)
    assert mended["row"]["mended"] == [{"field": "uai", "before": "0370036M", "after": "0370036N"}]
    assert (engine.folder.path / listed["file"]).read_bytes() == LIST.encode()
    schools = load_schools(engine.folder.path / engine.call("list", {})["list"]["copy"], report=Report())
    assert [(school.key, school.line) for school in schools] == [("0370035M", 2), ("0370036N", 3)]


def test_a_row_is_left_out_and_taken_back(engine: Engine) -> None:
    """Lines of other rows do not move."""
    engine.upload("list", "l.csv", LIST.encode())
    assert engine.call("leave", {"line": 3})["counts"] == counted(ready=1, mend=1, left=1, all=3)
    copy = engine.call("list", {})["list"]["copy"]
    assert [school.line for school in load_schools(engine.folder.path / copy, report=Report())] == [2]
    os.utime(engine.folder.campaign, (0, 0))  # which names the copy already, and stays as it is
    assert (back := engine.call("back", {"line": 3}))["counts"]["mend"] == 2 and back["campaign"]["savedAt"] > "2001"


def test_undo_goes_back_through_every_change(engine: Engine) -> None:
    """File, list and copy are as they were, step by step, and again as they became."""
    engine.upload("list", "l.csv", LIST.encode())
    steps = [
        ("mend", {"line": 3, "field": "uai", "value": "0370036N"}),
        ("leave", {"line": 4}),
        ("answer", {"key": "publisher.name", "value": "Section"}),
        ("choose", {"documents": [{"id": "poster-a3", "theme": "grey"}]}),
        ("word", {"key": "publisher.message.title", "text": "Votez !"}),
    ]
    seen = [state_of(engine)]
    for name, args in steps:
        engine.call(name, args)
        seen.append(state_of(engine))
    for before in reversed(seen[:-1]):
        engine.call("undo", {})
        assert state_of(engine) == before
    for after in seen[1:]:
        engine.call("redo", {})
        assert state_of(engine) == after


def state_of(engine: Engine) -> tuple[object, ...]:
    rows = engine.call("rows", {"show": "all"})["rows"]
    return engine.folder.campaign.read_text("utf-8").split(), [
        (row["line"], row["state"], row["cells"]) for row in rows
    ]


@pytest.mark.parametrize(("name", "data", "code"), [
    ("liste.pdf", b"%PDF-1.7\n", "T106"),
    ("liste.csv", b"uai;nom;commune;NUMEN\n0370035M;Lyc\xc3\xa9e;Tours;12E3400567ABC\n", "T206"),
    ("vide.csv", b"", "T104")
])  # fmt: skip
def test_a_list_that_is_refused_is_not_kept(engine: Engine, name: str, data: bytes, code: str) -> None:
    """Neither its file nor a change that could be undone."""
    before = sorted(path.name for path in engine.folder.path.iterdir())
    with pytest.raises(LeafletError) as caught:
        engine.upload("list", name, data)
    assert caught.value.faults[0].code == code
    assert sorted(path.name for path in engine.folder.path.iterdir()) == before
    assert engine.folder.state.schools is None


@pytest.mark.parametrize("name", ["../../etc/hosts", "C:\\Users\\x\\l.csv", ".leaflet", "campaign.toml", ""])
def test_names_of_files_stay_in_the_folder(engine: Engine, name: str) -> None:
    """A name that is a path is its last part; the campaign file is not overwritten."""
    before = engine.folder.campaign.read_text("utf-8")
    engine.upload("list", name, LIST.encode())
    file = engine.call("list", {})["list"]["file"]
    assert (engine.folder.path / file).read_bytes() == LIST.encode() and "/" not in file and "\\" not in file
    assert not file.startswith(".")
    assert engine.folder.campaign.read_text("utf-8").split("[data]")[0] == before.split("[data]")[0]


def test_a_page_is_drawn_while_facts_are_missing(tmp_path: Path) -> None:
    """In 2026 nearly everything is still unknown: the page can be seen, and what is blank is marked."""
    engine = started(tmp_path, "2026")
    seen = engine.call("picture", {"width": 500})
    assert engine.picture_bytes(seen["url"].split("/")[1].removesuffix(".png"))
    assert {zone["key"] for zone in seen["zones"] if zone["state"] == "blank"} >= {PORTAL}
    assert seen["width"] == 500
    copied = engine.call("picture", {"width": 1100, "view": "copy"})
    assert copied["codesRead"] == copied["codes"] > 0 and set(FIELDS_OF) <= set(BLOCK_FUNCTIONS)


def test_the_files_are_those_of_the_command_line(engine: Engine, tmp_path: Path) -> None:
    """The ZIP and the folder have the bytes that `leaflet build` makes of the same folder."""
    engine.call("answer", {"key": "publisher.name", "value": "Section d’essai"})
    engine.upload("list", "ecoles.csv", (EXAMPLE / "ecoles.csv").read_bytes())
    *progress, last = engine.make({"outputs": ["zip", "files"]})
    assert progress[0]["progress"]["total"] == 21
    assert [one["path"] for one in last["result"]["files"]] == ["depliants.zip", "depliants/"]
    assert last["result"]["codesRead"]
    campaign, archive = engine.folder.campaign, tmp_path / "b.zip"
    build(BuildOptions(campaign=campaign, out=archive))
    assert archive.read_bytes() == (engine.folder.path / "depliants.zip").read_bytes()
    build(BuildOptions(campaign=campaign, out=tmp_path / "out"))
    ours, theirs = engine.folder.path / "depliants" / "leaflet-a4", tmp_path / "out" / "leaflet-a4"
    assert {p.name: p.read_bytes() for p in ours.iterdir()} == {p.name: p.read_bytes() for p in theirs.iterdir()}


def test_a_stop_keeps_what_is_made(engine: Engine) -> None:
    """The rest is made by the next call, and nothing twice."""
    engine.call("answer", {"key": "publisher.name", "value": "Section d’essai"})
    engine.upload("list", "ecoles.csv", (EXAMPLE / "ecoles.csv").read_bytes())
    seen = []
    for word in engine.make({"outputs": ["files"]}):
        seen.append(word)
        engine.call("stop", {})
    stopped = seen[-1]["result"]["stopped"]
    assert stopped["left"] > 0
    *again, last = engine.make({"outputs": ["files"]})
    assert last["result"]["stopped"] is None and len(again) == stopped["left"]


def test_a_stop_keeps_no_half_of_a_file(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of all schools begins anew: none of them is done."""
    goes = making._Progress.__call__

    def stop_at_two(progress: Any, done: int, total: int, name: str) -> None:
        if done == 2:
            engine.call("stop", {})
        goes(progress, done, total, name)

    monkeypatch.setattr(making._Progress, "__call__", stop_at_two)
    engine.call("answer", {"key": "publisher.name", "value": "Section d’essai"})
    engine.upload("list", "ecoles.csv", (EXAMPLE / "ecoles.csv").read_bytes())
    *progress, last = engine.make({"outputs": ["copier"]})
    assert last["result"]["stopped"] == {"done": 0, "left": 21}
    assert progress[-1]["progress"]["record"] in (EXAMPLE / "ecoles.csv").read_text("utf-8")


def test_codes_that_nothing_reads_are_not_said_to_be_read(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """All else of the files is verified; the page says so of what was made, and of no photocopy."""
    engine.call("answer", {"key": "publisher.name", "value": "Section d’essai"})
    engine.upload("list", "ecoles.csv", b"".join((EXAMPLE / "ecoles.csv").read_bytes().splitlines(keepends=True)[:2]))
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    *_, last = engine.make({"outputs": ["files", "zip"]})
    assert not last["result"]["codesRead"]
    assert [fault["code"] for fault in last["result"]["faults"]].count("V109") == 1
    assert engine.call("picture", {"width": 600, "view": "copy"})["codesRead"] is None


def test_an_address_is_tried_by_its_code(engine: Engine) -> None:
    """A code to try holds the address. It is printed once somebody says that it works, and not asked for in vain."""
    engine.upload("list", "ecoles.csv", (EXAMPLE / "ecoles.csv").read_bytes())
    answer = engine.call("addresses", {})
    found = [one for item in answer["items"] for one in item["candidates"] if one["isLink"]]
    assert {one["kind"] for one in found if one["use"] == "printed"} == {"site"}
    for one in found:
        data = engine.picture_bytes(one["code"].removeprefix("picture/").removesuffix(".png"))
        assert data is not None and decode(grey(Image.open(BytesIO(data)))) == one["url"]

    def seen(answer: dict[str, Any]) -> tuple[str, bool, bool]:
        (item, *_) = answer["addresses"]["items"]
        one = item["candidates"][0]
        return one["use"], one["declined"], one["confirmed"]

    key = answer["items"][0]["candidates"][0]["key"]
    assert key.endswith(".webmail")
    assert seen(engine.call("declineAddress", {"key": key})) == ("waiting", True, False)
    assert seen(engine.call("confirmAddress", {"key": key})) == ("printed", False, True)
    given = {"key": key, "url": "https://mel.ac-orleans-tours.fr/autre"}
    (asked, *_) = engine.call("giveAddress", given)["addresses"]["items"][0]["candidates"]
    tried = [asked[name] for name in ("url", "attested", "use", "confirmed")]
    assert tried == [given["url"], "given", "waiting", False] and asked["code"]  # nobody has tried it
    said = refused(engine, "giveAddress", key=key, url="https://mail.google.com")
    assert "notice" not in str(said) and not any("at" in way for way in said["ways"])
    said = refused(engine, "giveAddress", key=key, url="https://webmail.ac-lille.fr")
    assert "Académie de Lille" in said["text"] and said["ways"][0]["text"].startswith(
        "Pour le vote, donnez l’adresse"
    )
    assert seen(engine.call("confirmAddress", given)) == ("printed", False, True)


def test_an_address_that_was_tried_is_not_doubted_again(tmp_path: Path) -> None:
    """What is left to ask is the rule of user names, if it has no date; not the path that is not printed any more."""
    engine = answered(tmp_path)
    engine.upload(
        "list", "l.csv", "Code UAI;Nom;Commune\n9740001H;Lycée;Saint-Denis\n9730001N;Lycée;Cayenne\n".encode()
    )
    for key in ("reunion", "guyane"):
        url = f"https://webmail.ac-{key}.fr/"
        engine.call("giveAddress", {"key": f"{key}.webmail", "url": url})
        engine.call("confirmAddress", {"key": f"{key}.webmail", "url": url})
    told = [one["text"] for one in engine.call("verify", {})["findings"]]
    assert len(told) == 1 and "l’identifiant de messagerie" in told[0] and "n’est pas datée" in told[0]
    engine.close()


@pytest.mark.drill
def test_cards_can_say_nothing_of_user_names(tmp_path: Path) -> None:
    """Whether they are still made as the card says is asked once; no, and it is not printed; undone, it is again."""
    engine = answered(tmp_path, "cards")
    school = {"uai": "0370036N", "name": "Lycée d’exemple", "town": "Tours"}
    engine.call("pastePeople", {"text": "Dupont Julie\n", "school": school})

    def asked() -> Any:
        return engine.call("addresses", {})["items"][0]["login"]

    def warned() -> bool:
        *_, last = engine.make({"outputs": ["cards"]})
        return any("souvent" in fault["text"] or "jlabert" in fault["text"] for fault in last["result"]["faults"])

    assert "«\u00a0souvent initiale et nom\u00a0»\u00a0: jlabert pour Julie Labert" in asked()["text"]
    right, not_printed = asked()["ways"]
    assert warned()
    engine.call(not_printed["call"], not_printed["args"])
    assert asked() is None and not warned()
    assert "login_rule = false" in (tmp_path / "campaign.toml").read_text("utf-8")
    engine.call("undo", {})
    assert asked() is not None
    engine.call(right["call"], right["args"])
    assert asked() is None and not warned()


@pytest.mark.parametrize(("number", "said"), [(errno.ENOSPC, "plus de place"), (errno.EROFS, "protégé")])
def test_what_the_system_says_of_a_disk_is_said_in_french(number: int, said: str) -> None:
    """In whatever words; it leads nowhere in the window: the way out is on the disk."""
    error = fault_of(OSError(number, "Zugriff verweigert"), "W202", "campaign.toml")
    shown = to_builtins(show_fault(error.faults[0], load_words("studio", "fr")))
    assert said in shown["text"] and "Zugriff" not in shown["text"] and not shown["ways"]


def test_a_day_that_is_none_is_shown_as_it_was_typed() -> None:
    """Only days are said in words; a text that looks like one is not read again."""
    shown = show_fault(Fault("C110", Place(), {"value": "2026-02-30", "proposal": ""}), load_words("studio", "fr"))
    assert "«\u00a02026-02-30\u00a0»" in shown.text


def test_names_are_pasted_and_swapped(tmp_path: Path) -> None:
    """One column is as one says names, but for capitals, until somebody says that it is the other way round."""
    engine = started(tmp_path, kind="cards")
    school = {"uai": "0370036N", "name": "Lycée Balzac", "town": "Tours"}
    found = engine.call("pastePeople", {"text": "Martin Zoé\nDUPONT Julie\n", "school": school})["people"]
    assert found["school"]["name"] == "Lycée Balzac"
    assert [one["last"] for one in found["people"]] == ["Zoé", "DUPONT"]
    swapped = engine.call("swapNames", {})["people"]
    assert [one["last"] for one in swapped["people"]] == ["Martin", "DUPONT"] and swapped["pasted"]
    last = engine.call("addPerson", {"first": "Anne", "last": "de la Tour-Exemple"})["people"]["people"][-1]
    assert (last["first"], last["last"]) == ("Anne", "de la Tour-Exemple")
    people = engine.call("mendPerson", {"line": last["line"], "first": "Anaïs", "last": "Tour"})["people"]["people"]
    assert [one["last"] for one in people] == ["Martin", "DUPONT", "Tour"] and people[-1]["first"] == "Anaïs"


def test_another_window_is_told(tmp_path: Path) -> None:
    """A second window hears who works on the folder, and may take it over; the first writes nothing over then."""
    first = started(tmp_path)
    other = Engine(tmp_path, "fr", replace(HERE, program="other", user="Claire"))
    assert other.call("open", {})["lock"]["who"] == "essai"
    other.call("take", {})
    assert other.call("open", {})["lock"] is None
    other.call("answer", {"key": "publisher.name", "value": "Claire"})
    other.close()
    args = {"key": "publisher.contact", "value": "X", "revision": first.folder.state.revision}
    assert refused(first, "answer", **args)["code"] == "W201"
    path, args = first.folder.campaign, {"key": "publisher.contact", "value": "03"}  # an editor is another window
    revision = first.call("answer", {**args, "value": "01"})["campaign"]["revision"]
    path.write_text(path.read_text("utf-8").replace('"01"', '"02"'), "utf-8")
    codes = {refused(first, call, **args, revision=revision)["code"] for call in ("undo", "answer")}
    assert codes == {"W201"} and '"02"' in path.read_text()
    first.call("answer", {**args, "revision": first.call("open", {})["campaign"]["revision"]})


def test_after_a_crash_one_goes_on_where_one_was(tmp_path: Path) -> None:
    """A window that was closed says nothing; one that was killed leaves its lock, which is void after a while."""
    started(tmp_path).call("at", {"at": {"station": "list", "line": 17}})
    later = replace(HERE, program="later", clock=lambda: datetime.now() + timedelta(minutes=5))
    found = Engine(tmp_path, "fr", later).call("open", {})
    assert found["unfinished"]["at"] == {"station": "list", "line": 17} and found["lock"] is None
    Engine(tmp_path, "fr", later).close()
    assert Engine(tmp_path, "fr", HERE).call("open", {})["unfinished"] is None


def test_nobody_is_told_to_type(engine: Engine) -> None:
    """What the window says of a campaign full of faults names no command, option or setting."""
    bad = "uai;nom;commune;CP;Nb ex.\n0370036M;;Tours;3700;x\n370001A;L\tycée;;37000;1\n0370001A;A;B;37000;1\n"
    engine.upload("list", "l.csv", bad.encode())
    answers = [engine.call("verify", {}), engine.call("rows", {"show": "all"}), engine.call("list", {})]
    said = [text for answer in answers for text in texts_of(answer)]
    assert len(said) > 30
    assert [text for text in said if re.search(r"leaflet [a-z]+ |--[a-z]|\[\w|\.toml", text)] == []


def texts_of(value: object) -> list[str]:
    if isinstance(value, dict):
        inners = {key: inner for key, inner in value.items() if key in TEXTS or isinstance(inner, dict | list)}
        return [text for key, inner in inners.items() if key != "args" for text in texts_of(inner)]
    if isinstance(value, list | tuple):
        return [text for inner in value for text in texts_of(inner)]
    return [value] if isinstance(value, str) else []


@pytest.mark.drill
def test_a_campaign_is_passed_on_without_its_lists(engine: Engine, tmp_path: Path) -> None:
    """A section takes it into a folder of its own, drops its list, and makes the same pages."""
    for key in ("publisher.name", "publisher.message.text"):  # the page says that neither of them is taken
        engine.call("answer", {"key": key, "value": "Fédération d’essai"})
    engine.upload("list", "secrete.csv", LIST.encode())
    engine.call("mapColumn", {"field": "name", "column": 1})
    engine.call("confirmAddress", {"key": engine.call("addresses", {})["items"][0]["candidates"][0]["key"]})
    packed = engine.folder.path / engine.call("pack", {})["file"]
    section = Engine(tmp_path / "section", "fr", HERE)
    answer = section.upload("dossier", packed.name, packed.read_bytes())
    assert section.picture_bytes(answer["picture"]["url"].removeprefix("picture/").removesuffix(".png"))
    seen = answer["dossier"]
    assert (seen["publisher"], seen["documents"]) == ("Fédération d’essai", ["Dépliant A4"])
    groups = engine.call("answers", {})["groups"]
    known = [one for group in groups if group["id"] != "publisher" for one in group["items"] if one["value"]]
    over = "2018-12-06"  # the last day of that vote
    assert answer["contents"] == {"answered": len(known), "missing": 0, "own": [], "addresses": 1, "over": over}
    assert section.call("open", {})["campaign"] is None
    assert station(section.call("useDossier", {}), "list")["state"] == "todo"
    assert "Fédération d’essai" not in (section.folder.read_text() or "")
    assert "columns" not in section.folder.read().tree and section.folder.state.schools is None
    section.upload("list", "ecoles.csv", (EXAMPLE / "ecoles.csv").read_bytes())
    assert section.call("picture", {"width": 300})["total"] == 21
    engine.call("erase", {"what": "list"})
    assert "columns" not in engine.folder.read().tree


def test_steps_are_chosen_as_sentences(engine: Engine) -> None:
    """The campaign file has their French names."""
    chosen = "J’ouvre le portail\nJe crée mon mot de passe"
    answer = engine.call("answer", {"key": "steps", "value": chosen})["answer"]
    assert answer["value"] == chosen and set(chosen.split("\n")) <= set(answer["choices"])
    assert 'steps = ["ouvrir-portail", "creer-mot-de-passe"]' in engine.folder.campaign.read_text("utf-8")


def test_what_was_checked_is_not_checked_again_for_a_finding_that_is_right(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A long list takes minutes; but after any other change it is checked."""
    checked, check = list[str](), findings_view.check_campaign

    def counted(options: InputOptions, **more: Any) -> CheckResult:
        checked.append(options.campaign.name)
        return check(options, **more)

    monkeypatch.setattr(findings_view, "check_campaign", counted)
    args = next(one for one in engine.call("verify", {})["findings"] if one["state"] == "look")["ways"][-1]["args"]
    engine.call("accept", args)
    engine.call("accept", {**args, "right": False})
    assert len(checked) == 1
    engine.call("answer", {"key": "publisher.name", "value": "Une autre section"})
    engine.call("accept", args)
    assert len(checked) == 2


def test_a_finding_is_accepted(engine: Engine) -> None:
    """A warning that is right as it is stands apart; it comes back when that is undone, or looked at again."""
    accepted = next(one for one in engine.call("verify", {})["findings"] if one["state"] == "look")
    key, args = accepted["id"], accepted["ways"][-1]["args"]
    after = engine.call("accept", args)
    assert key not in {one["id"] for one in after["findings"]}
    assert after["accepted"] == [{"id": key, "title": accepted["title"]}]
    engine.call("undo", {})
    assert key in {one["id"] for one in engine.call("verify", {})["findings"]}
    engine.call("accept", args)
    assert key in {one["id"] for one in engine.call("accept", {"id": key, "right": False})["findings"]}


def test_a_finding_of_a_row_names_line_school_and_column(engine: Engine) -> None:
    """The step counts it with the word that the list has for it; left out, the row is no finding any more."""
    engine.upload("list", "ecoles.csv", SCHOOLS.replace(";Loches", ";").replace(";37500;14", ";3750;14").encode())
    answer = engine.call("verify", {})
    assert any(one["title"].startswith("Ligne 5\u00a0: «\u00a03750") for one in answer["findings"])
    found = next(one for one in answer["findings"] if one["code"] == "T301")
    assert (found["state"], found["title"]) == ("mend", "Ligne 7 : la cellule « Commune » est vide")
    assert found["why"].startswith("Lycée d’exemple et des métiers du bâtiment")
    assert [way["text"] for way in found["ways"]] == ["Corriger la ligne 7", "Laisser de côté"]
    assert "2 à corriger" in word_of(answer["campaign"], "check")
    assert word_of(engine.call("leave", found["ways"][1]["args"])["campaign"], "check") == "à vérifier"
    assert "T301" not in {one["code"] for one in engine.call("verify", {})["findings"]}


def word_of(campaign: dict[str, Any], station: str) -> str:
    return next(one["word"] for one in campaign["stations"] if one["id"] == station)


def test_a_test_sheet_has_no_examples_in_it(tmp_path: Path) -> None:
    """It is the first school's file; while a fact is missing, there is none, whatever was so before."""
    engine = started(tmp_path / "2018")
    assert (engine.folder.path / engine.call("testSheet", {})["file"]).read_bytes().startswith(b"%PDF-")
    blank = started(tmp_path / "2026", "2026")
    told = refused(blank, "testSheet")
    assert (told["code"], told["others"]) == ("C182", []) and "réponses (l’adresse" in told["text"]
    blank.call("like", {"election": "2022"})
    blank.call("answer", {"key": PORTAL, "value": "https://exemple-vote-2026.gouv.fr/"})
    hatched = [zone["key"] for zone in blank.call("picture", {})["zones"] if zone["state"] == "blank"]
    assert hatched == ["publisher.address"]  # what is proposed can be compared on the page
    assert refused(blank, "testSheet")["code"] == "C182"


def test_colours_of_a_logo_and_words_of_ones_own(engine: Engine) -> None:
    found = engine.upload("logo", "logo.png", (EXAMPLE / "logo.png").read_bytes())["colors"]
    assert found and all(re.fullmatch("#[0-9a-f]{6}", color) for color in found)
    for key in ("title", "publisher.message.title", "publisher.imprint"):
        shown = engine.call("word", {"key": key, "text": "Nos mots"})["words"]["items"]
        assert [one["text"] for one in shown if one["key"] == key] == ["Nos mots"]


def test_lines_are_counted_as_they_are_set(engine: Engine) -> None:
    """Not as they are typed: one line of a field is several on the page."""
    for key, text in {"title": "Votons", "publisher.message.text": "Une question ? Venez nous voir. " * 6}.items():
        engine.call("word", {"key": key, "text": text})
    front, back = (engine.call("picture", {"width": 300, "page": page})["setOn"] for page in (1, 2))
    assert front == {"title": 1, "publisher.imprint": 1}
    assert back == {"publisher.imprint": 1, "publisher.message.text": 2}


@pytest.mark.drill
def test_pages_are_drawn_while_files_are_made(engine: Engine) -> None:
    """PDFium is made for one thread at a time: one that verifies and one that draws take turns."""
    engine.call("answer", {"key": "publisher.name", "value": "Section d’essai"})
    engine.upload("list", "ecoles.csv", b"".join((EXAMPLE / "ecoles.csv").read_bytes().splitlines(keepends=True)[:9]))
    wanted = engine.call("picture", {"width": 300})["url"]
    drawn: list[str] = []

    def draw() -> None:
        drawn.extend(engine.call("picture", {"width": 300})["url"] for _ in range(12))

    thread = Thread(target=draw)
    thread.start()
    *_, last = engine.make({"outputs": ["files", "zip", "copier"], "changedOnly": False})
    thread.join()
    assert set(drawn) == {wanted} and len(last["result"]["files"]) == 5


def test_the_message_says_where_it_is_printed(engine: Engine) -> None:
    """On the documents that are chosen, and on no other; « Vérifier » and the page say where it has no room."""

    def hint() -> str:
        (item,) = [one for one in engine.call("words", {})["items"] if one["key"] == "publisher.message.text"]
        return " ".join(item["hint"].split())

    def choose(*names: str) -> None:
        engine.call("choose", {"documents": [{"id": name, "theme": "default"} for name in names]})

    choose("leaflet-a4", "poster-a3")
    assert hint() == "Quelques lignes à vous, imprimées, s’il y a la place, sur : Dépliant A4, Affiche A3."
    choose("leaflet-a5", "memo-card")
    assert hint().endswith("s’il y a la place, sur : A5 plié. Pas de place pour ces lignes sur : Carte aide-mémoire.")
    choose("memo-card")
    assert hint() == "Quelques lignes à vous. Pas de place pour ces lignes sur : Carte aide-mémoire."
    choose("leaflet-a5")
    engine.call("word", {"key": "publisher.message.text", "text": "Votons, et faisons voter. " * 40})
    (fault,) = engine.call("picture", {"width": 300})["faults"]
    assert fault["text"].replace("\u00a0", " ") == (
        "A5 plié : les pages sont trop pleines pour votre message, qui n’est pas imprimé ici."
    )
    found = [one for one in engine.call("verify", {})["findings"] if one["code"] == "F203"]
    assert [one["at"] for one in found] == [{"station": "pages", "field": "publisher.message.text"}]
    assert [one["document"] for one in found] == [engine.call("picture", {"width": 300})["document"]]


def test_a_campaign_that_is_taken_overwrites_no_list(engine: Engine, tmp_path: Path) -> None:
    """A list that lies in the section's folder already stays as it is."""
    packed = engine.folder.path / engine.call("pack", {})["file"]
    own = tmp_path / "section" / "ecoles.csv"
    own.parent.mkdir()
    own.write_text(LIST, "utf-8")
    section = Engine(own.parent, "fr", HERE)
    section.upload("dossier", packed.name, packed.read_bytes())
    section.call("useDossier", {})
    assert own.read_text("utf-8") == LIST


def test_a_filter_on_any_column(engine: Engine) -> None:
    """Also one that no leaflet prints: its rows are left out, and pages are drawn of the others."""
    rows = LIST.replace("Nb ex.", "Secteur\xa0;Nb ex.").replace(";150\n", ";nord;150\n").replace(";80\n", ";sud;80\n")
    engine.upload("list", "l.csv", rows.replace("0370036M", "0370036N").replace(";12\n", ";;12\n").encode())
    campaign = engine.folder.campaign
    campaign.write_text(campaign.read_text("utf-8").replace("[data]", '[data]\nwhere = ["secteur=sud"]'), "utf-8")
    assert [row["state"] for row in engine.call("rows", {"show": "all"})["rows"]] == ["left", "ready", "mend"]
    assert engine.call("picture", {"width": 200})["line"] == 3
    engine.call("mend", {"line": 3, "field": "name", "value": "Lycée Rabelais"})
    assert engine.call("picture", {"width": 200})["name"] == "Lycée Rabelais, Tours"


@pytest.mark.drill
def test_only_rows_of_one_key_are_judged_again(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a mend, what is left out and an undo; a search and an answer judge none. Pages are as a new window draws."""
    read: list[Path] = []
    judged: set[int] = set()
    sampled: list[set[str]] = []
    load, find, read_school = reading.load_source, page_pictures.find_missing, SchoolReader.school

    def find_missing(materials: Materials, documents: list[Document], schools: list[School]) -> object:
        sampled.append({school.key for school in schools})
        return find(materials, documents, schools)

    monkeypatch.setattr(reading, "load_source", lambda path, limits: read.append(path) or load(path, limits))
    monkeypatch.setattr(SchoolReader, "school", lambda row: judged.add(row.row.line) or read_school(row))
    monkeypatch.setattr(page_pictures, "find_missing", find_missing)
    more = "0370037P;Lycée Grandmont;Tours;37000;10\n"
    engine.upload("list", "l.csv", (LIST.replace(";1500;", ";01500;") + more).encode())
    shown(engine)
    assert judged == {2, 3, 4, 5}
    steps: list[tuple[str, dict[str, object], set[int], set[str]]] = [
        ("mend", {"line": 3, "field": "uai", "value": "0370036N"}, {3}, {"0370035M", "0010001W"}),
        ("mend", {"line": 4, "field": "name", "value": "Lycée Tours"}, {4}, {"0370035M", "0010001W"}),
        ("mend", {"line": 4, "field": "name", "value": "Lycée Ŵ"}, {4}, {"0370035M", "0010001W"}),
        ("mend", {"line": 3, "field": "uai", "value": "0370037P"}, {3, 5}, {"0370035M", "0010001W"}),
        ("undo", {}, {3, 5}, {"0370035M", "0010001W"}),
        ("leave", {"line": 2}, {2}, {"0370036N", "0010001W"}),
        ("mend", {"line": 3, "field": "uai", "value": "0180005H"}, {3}, {"0180005H", "0010001W", "0370037P"}),
        ("undo", {}, {3}, {"0370036N", "0010001W"}),
        ("rows", {"show": "all", "search": "tours"}, set(), {"0370036N", "0010001W"}),
        ("answer", {"key": "publisher.name", "value": "Section"}, set(), {"0370036N", "0010001W"}),
    ]
    for name, args, lines, samples in steps:
        read.clear()
        judged.clear()
        engine.call(name, args)
        assert (read, judged) == ([], lines)
        drawn = shown(engine)
        assert sampled[-1] == samples
        if args.get("line") == 4 or name == "answer":
            assert shown(Engine(engine.folder.path, "fr", HERE)) == drawn


def shown(engine: Engine) -> tuple[dict[str, Any], dict[str, Any]]:
    return {**engine.call("picture", {"width": 200, "of": "4"}), "ms": 0}, engine.call("rows", {"show": "all"})


@pytest.mark.drill
def test_what_cannot_be_made_is_said_once_and_stops_nothing(tmp_path: Path) -> None:
    """The page says what is too long and of which establishments; a letter no font has is mended in its row."""
    engine = started(tmp_path)
    engine.call("answer", {"key": "publisher.name", "value": "Section d’essai"})
    rows = "".join(f"07500{n:02}{check_letter(f'07500{n:02}')};Lycée d’exemple;Paris;75001;2\n" for n in range(1, 5))
    engine.upload("list", "etablissements.csv", f"{SCHOOLS}{rows}0590001F;Lycée 学校;Lille;59000;2\n".encode())
    path = engine.folder.campaign
    text = path.read_text("utf-8").partition("[academies.paris]")[0]
    card = '[[document]]\ntemplate = "memo-card-two-codes"\nsheet = "cards-a4"\n'
    long = f"https://www.ac-paris.fr/messagerie{'-des-personnels/messagerie' * 4}-en-ligne"
    path.write_text(f'{text}[academies.paris]\nwebmail = "{long}"\n{card}', "utf-8")
    *_, last = engine.make({"outputs": ["files", "zip"]})
    assert last["result"]["count"] == 10 + 7  # cards print no name of a school
    assert [one["count"] for one in last["result"]["files"]] == [17, 17]
    told = {fault["code"]: fault for fault in last["result"]["faults"]}
    letter, long_one = told["G101"], told["P113"]
    assert (letter["state"], letter["lines"], letter["at"]["station"]) == ("mend", [12], "list")
    assert "dans « Lycée 学校 »".replace(" »", "\u00a0»").replace("« ", "«\u00a0") in letter["text"]
    assert (long_one["severity"], long_one["at"]["station"]) == ("error", "pages")
    assert long_one["which"] == [f"Lycée d’exemple, ligne {line}" for line in range(8, 12)]
    assert "l’adresse de la messagerie" in long_one["ways"][0]["text"]
    engine.close()


def test_a_look_that_a_document_cannot_have_is_not_offered(engine: Engine) -> None:
    """Large print has no room on the panels of a folded leaflet."""
    found = {one["id"]: one["refused"] for one in engine.call("choices", {})["documents"]}
    assert {name for name, refused in found.items() if refused} == {"leaflet-trifold"}
    assert found["leaflet-trifold"] == ["large-print"]
