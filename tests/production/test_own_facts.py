"""Facts of a campaign's own are printed, compared and judged as all others are, in three votes by data alone."""

import re
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from leaflet.api import check
from leaflet.campaign import write_starter
from leaflet.campaign.editing import set_values
from leaflet.campaign.election import Election, Round, at_round
from leaflet.campaign.facts import in_words
from leaflet.files.resources import program_resources
from leaflet.markup.render import OF_PRINT_RUNS
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.filling import Filling
from tests.groups import with_drills
from tests.support import extract_text, snapshot, tables_of

DATA = tables_of(__file__)


def write(folder: Path, name: str, *change: str) -> BuildOptions:
    """Write a campaign, its election and its template, after a change of their texts; say where they are made."""
    for file, text in DATA["votes"][name]["files"].items():
        (folder / file).parent.mkdir(parents=True, exist_ok=True)
        (folder / file).write_text(text.replace(*change) if change else text, "utf-8")
    return BuildOptions(campaign=folder / "campaign.toml", out=folder / "out")


def text_of(path: Path) -> str:
    """Return what a finished file says, of one line."""
    text = (
        extract_text(path.read_bytes())
        if path.suffix == ".pdf"
        else re.sub("<style.*?</style>|<[^>]+>", " ", path.read_text("utf-8"), flags=re.DOTALL)
    )
    return " ".join(text.replace("1 er", "1er").split())


def codes(campaign: Path, **options: Any) -> set[str]:
    return {one.fault.code for one in check(campaign, **options).located() if one.fault.severity != "note"}


@pytest.mark.parametrize("name", DATA["votes"])
def test_a_vote_prints_its_own_facts(tmp_path: Path, name: str) -> None:
    """Each school gets the facts of its group, or those of all; a check of the finished files knows their days."""
    options, vote = write(tmp_path, name), DATA["votes"][name]
    assert build(options).files == vote["files"]["liste.csv"].count("\n") - 1
    build(structs.replace(options, out=tmp_path / "two", jobs=2))
    assert snapshot(options.out) == snapshot(tmp_path / "two")
    for key, words in vote["says"].items():
        (path,) = options.out.rglob(f"{key}-*.pdf")
        assert words in " ".join(extract_text(path.read_bytes()).split())
    assert codes(options.campaign, out=options.out, day=date(2026, 9, 20)) == set()
    options.campaign.unlink()
    write_starter(tmp_path, name)
    assert f'election = "{name}"' in options.campaign.read_text("utf-8")


MAILBOX = re.compile(r"messagerie|adresse pro|NUMEN|académi|créé sur le portail", re.IGNORECASE)
PAPER = """{ field = "steps", value = %s, on = 2026-11-01 },
{ field = "title", value = "Conseil", on = 2026-11-01 },
{ field = "vote.opens_on", value = 2026-12-03, on = 2026-11-01 },
{ field = "vote.closes_on", value = 2026-12-03, on = 2026-11-01 },
"""
LEAFLETS = [name for name in program_resources().names("templates") if name not in OF_PRINT_RUNS]
WITH_FACTS = ("leaflet-a4", "leaflet-a5", "leaflet-trifold", "poster-a3", "screen-page", "vote-dates-a4")


@pytest.mark.parametrize(("issued_on", "opens"), with_drills([("2026-09-21", "1er")], [("2026-10-12", "15")]))
def test_the_programs_pages_print_them(tmp_path: Path, issued_on: str, opens: str) -> None:
    """Leaflets speak of the round at hand, name all rounds and declared facts, and no mailbox if none is needed."""
    options = write(tmp_path, "cse")
    templates = LEAFLETS if issued_on == "2026-09-21" else (*WITH_FACTS, "memo-card")  # which name the round
    documents = "".join(f'\n[[document]]\ntemplate = "{name}"\nper = "school"' for name in templates)
    options.campaign.write_text(
        options.campaign.read_text("utf-8").replace("2026-09-21", issued_on) + documents, "utf-8"
    )
    with (tmp_path / "elections" / "cse.toml").open("a", encoding="utf-8") as file:
        file.write(DATA["everything"]["election"])
    build(options)
    found = {path.parent.name: path for path in options.out.rglob("73282932000074-*") if path.suffix != ".png"}
    assert found.keys() - {"tours"} == {*templates} - {"screen-story", "screen-wide"}
    for name, path in found.items():
        text = text_of(path)
        assert MAILBOX.findall(text) == [], name
        if name in WITH_FACTS:
            assert opens in text.partition("tour")[0], name
            assert "2e tour : du 15 au 16 octobre" in text, name
            assert "L’heure du dépouillement : 8 h" in text, name
            assert name != "leaflet-a5" or ("s’il y a un autre tour" in text) is (opens == "1er"), text
        elif name == "memo-card":
            assert ("2e tour : 15 – 16 oct. 2026" in text) is (opens == "1er"), text
    late = {"K304"} if opens == "15" else set()  # of the college whose only round is over
    assert codes(options.campaign, out=options.out, day=date.fromisoformat(issued_on)) == late


def test_rounds_at_one_time_have_the_hours_they_share() -> None:
    """A sheet names no hour of closing if two colleges vote on one day, and one of them closes earlier."""
    day, hours = {"opens_on": date(2027, 3, 9)}, {"opens_at": "8:00", "closes_at": "17:00"}
    rounds = [{"name": "A", **day, **hours}, {"name": "B", **day, "opens_at": "8:00", "closes_at": "16:00"}]
    vote = at_round(Election.model_validate({"rounds": rounds}), None).vote
    assert (vote.opens_at, vote.closes_at, vote.closes_on) == (time(8), None, date(2027, 3, 9))


def test_a_round_is_compared_with_its_college() -> None:
    one = Round(name="1er tour", college="cadres", opens_on=date(2026, 10, 2), opens_at=time(9))
    assert in_words(one) == "1er tour (cadres)\u00a0: vendredi 2\u00a0octobre 2026, 9\u00a0h"


def test_a_vote_by_paper_has_its_steps_and_no_portal(tmp_path: Path) -> None:
    """Its one page has neither codes nor lines to copy an address onto."""
    options = write(tmp_path, "council")
    steps = '[{title = "Je choisis une liste", text = "Sans rature."}, {title = "Je vote", text = "Salle B."}]'
    days = "vote.opens_on = 2026-12-03\nvote.closes_on = 2026-12-03\n"
    facts = 'election = "council"\ntitle = "Conseil"\n' + f"steps = {steps}\n{days}"
    text = (
        options.campaign.read_text("utf-8")
        .replace('election = "council"\n', facts)
        .replace('"tours"', '"leaflet-a4"')
    )
    options.campaign.write_text(text.replace("compared = [\n", f"compared = [\n{PAPER % steps}"), "utf-8")
    build(options)
    (path,) = options.out.rglob("*.pdf")
    text = text_of(path)
    assert "Je choisis une liste Sans rature." in text and re.findall("code|portail|adresse|mot de passe", text) == []


def test_voters_of_another_vote_may_have_any_mailbox(tmp_path: Path) -> None:
    """Addresses of theirs belong to no académie, and nothing says that they vote with a professional one."""
    options = write(tmp_path, "cse", 'key = "siret"', 'key = "siret"\nstaff = "votants.csv"')
    people = "prenom;nom;siret;courriel\nAnne;Exemple;73282932000074;anne@exemple.fr\n"
    (tmp_path / "votants.csv").write_text(f"{people}Marc;Exemple;35600000000048;marc@gmail.com\n", "utf-8")
    assert {code for code in codes(options.campaign) if code.startswith("T4")} == set()


def test_a_commented_line_stays_where_its_value_stands_elsewhere(tmp_path: Path) -> None:
    text = '# rounds = []\nelection = "cse"\n[[rounds]]\nname = "1er tour"\nopens_on = 2027-03-09\n'
    edited = set_values(text, {"rounds": [{"name": "1er tour", "opens_on": date(2027, 3, 10)}]}, "campaign.toml")
    assert edited == text.replace("03-09", "03-10")


def test_a_declared_fact_is_asked_for(tmp_path: Path) -> None:
    """The file to start from has it, `fill` asks for it in its type, and then it is to be compared."""
    options = write(tmp_path, "cse")
    campaign = options.campaign.read_text("utf-8")
    options.campaign.unlink()
    write_starter(tmp_path, "cse", documents=["tours"])
    assert "\n[facts]\n# depouillement_at = HH:MM:SS" in options.campaign.read_text("utf-8")
    options.campaign.write_text(campaign.replace('depouillement_at = "8 h"', ""), "utf-8")
    filling = Filling(options.campaign)
    asked = {one.field: one for one in filling.questions()}["facts.depouillement_at"]
    assert asked.kind == "missing" and asked.row.where == {"fr": "dans le protocole", "en": "in the agreement"}
    assert asked.row.question["en"] == asked.row.question["fr"] == "À quelle heure dépouille-t-on ?"
    filling.answer(asked.field, "9 h 15")
    (told,) = [one for one in filling.questions() if one.field == asked.field]
    assert (told.kind, told.value) == ("verify", "9\xa0h\xa015")
    filling.confirm(told, date(2026, 9, 20))
    assert asked.field not in {one.field for one in filling.questions()}
    options.campaign.write_text(options.campaign.read_text("utf-8").replace("Salle B 12", "Hall", 1), "utf-8")
    (told,) = [one for one in filling.questions() if one.field == "groups.cadres.facts.salle"]
    assert told.row.question["en"] == "“salle” (group “cadres”)"


@pytest.mark.parametrize(("code", "change"), DATA["slips"].items())
def test_a_slip_is_said(tmp_path: Path, code: str, change: list[str]) -> None:
    assert code in codes(write(tmp_path, "cse", *change).campaign)
