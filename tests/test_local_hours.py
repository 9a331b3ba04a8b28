"""Put days and hours into a school's own time, its hours first: else voters come too late."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import pypdfium2
import pytest

from leaflet.campaign import load_academies
from leaflet.campaign.dates import FRENCH
from leaflet.faults import Report
from leaflet.files.resources import program_resources
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult, InputOptions
from leaflet.production.campaign_check import check_campaign
from leaflet.production.delivery.letters import LetterWriter
from leaflet.production.filling import Filling
from leaflet.production.inputs import load_inputs
from leaflet.tables.keys import check_letter
from tests.campaigns import compare_all, list_of, write_small_campaign
from tests.groups import with_drills
from tests.production.test_pipeline import TEMPLATES
from tests.support import TYPICAL_NAME, WORDED, tables_of

TERRITORIES = ("971", "972", "973", "974", "975", "976", "983", "984", "987")  # as UAI codes begin
WITH_HOURS = ("leaflet-a4", "leaflet-a5", "leaflet-trifold", "poster-a3", "vote-dates-a4", "memo-a6")
FACTS = tables_of(__file__)["facts"]
STEPS = '"open-portal-mail", "open-mailbox", "create-password", "choose-challenge", "enter-space"'
LAST = f'{STEPS}, "keep-code", "vote"'
PARIS = 'timezone = "Europe/Paris"\ntimezone_label = "heure de Paris"\n'
CAMPAIGNS = {
    "several days, the vote comes after the steps": FACTS.format(steps=STEPS, vote=PARIS),
    "several days, the vote is the last step": FACTS.format(steps=LAST, vote=PARIS),
    "the vote is open": "issued_on = 2026-12-07" + FACTS.format(steps=LAST, vote=PARIS),
    "the vote closes that day": "issued_on = 2026-12-10" + FACTS.format(steps=STEPS, vote=PARIS),
    "one day": FACTS.format(steps=STEPS, vote=f"{PARIS}closes_on = 2026-12-03\n"),
}
_HOUR = re.compile(r"(?<!\d)(\d{1,2}) ?h(?: ?(\d{2}))?(?!\w)")
_DAYS = re.compile(r"[Dd]u (\d+)(?: décembre| déc\.)? au (\d+)")
_HERE = re.compile(r",? (?:heure d’)?ici")
_NEAR = 60  # characters before an official hour, in which the local one is looked for


class Moment(NamedTuple):
    """An hour of the vote as the election says it, and as it is where a school is; how another day there is found."""

    official: str
    local: str
    day: str
    other_day: re.Pattern[str] | None


def uai_of(territory: str) -> str:
    return f"{territory}0001{check_letter(f'{territory}0001')}"


def moments(territory: str, vote: object) -> list[Moment]:
    academie = load_academies().by_uai(territory)
    assert academie is not None and academie.timezone is not None
    found = []
    for name in ("opens", "closes"):
        on, at = getattr(vote, f"{name}_on"), getattr(vote, f"{name}_at")
        local = datetime.combine(on, at, ZoneInfo("Europe/Paris")).astimezone(ZoneInfo(academie.timezone))
        other = None if local.date() == on else re.compile(rf"(?<!\d){local.day}(?:er)?(?!\d| h)")
        found.append(Moment(plain(FRENCH.hour(at)), plain(FRENCH.hour(local.time())), str(local.day), other))
    return found


def plain(text: str) -> str:
    return " ".join(text.split())


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return plain(" ".join(page.get_textpage().get_text_range() for page in pdf)).replace("heures", "h")


def wrong_hours(text: str, vote: list[Moment]) -> Iterator[str]:
    """The hours of a text that are not the local one, or follow it, each with the words before it."""
    for found in _HOUR.finditer(text):
        said = plain(FRENCH.hour(time(int(found[1]), int(found[2] or 0))))
        before, after = text[max(0, found.start() - _NEAR) : found.start()], text[found.end() : found.end() + 13]
        told = [m for m in vote if said == m.local and _HERE.match(after)]
        is_local = any(moment.other_day is None or moment.other_day.search(before) for moment in told)
        if not is_local and not any(said == m.official and re.search(m.local + _HERE.pattern, before) for m in vote):
            yield f"{before}{found[0]}{after}"


def write_all(folder: Path, facts: str, territories: Sequence[str]) -> Path:
    """Write a campaign of every template in every theme, with a school of each territory."""
    documents = "".join(
        f'[[document]]\ntemplate = "{template}"\ntheme = "{theme}"\nper = "school"\n'
        for template in sorted(TEMPLATES)
        for theme in WORDED
        if (template, theme) not in {("leaflet-trifold", "large-print"), ("memo-card-two-codes", "large-print")}
    )
    rows = (f"{uai_of(territory)};{TYPICAL_NAME};Exemple" for territory in territories)
    text = f'election = "2026"\nversion = "v1"\n{facts}{documents}'
    return compare_all(write_small_campaign(folder, text, list_of("uai;nom;commune", rows)))


@pytest.fixture(scope="module", params=with_drills([*CAMPAIGNS][::4], [*CAMPAIGNS][1:3]))
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    path = write_all(tmp_path_factory.mktemp("hours"), CAMPAIGNS[request.param], TERRITORIES)
    return build(BuildOptions(campaign=path, out=path.parent / "out", keep_going=True, verify=False))


def test_every_printed_hour_is_the_local_one_first(built: BuildResult) -> None:
    """On all pages of all documents in all themes, read from the finished files."""
    materials = load_inputs(InputOptions(campaign=built.out.parent / "campaign.toml", out=Path()), Report())
    vote = materials.campaign.election.vote
    wrong, without = [], []
    for path in sorted(built.out.rglob("*.pdf")):
        text = text_of(path)
        here = moments(path.name[:3], vote)
        days = (one[0] for one in _DAYS.finditer(text) if [*one.groups()] != [moment.day for moment in here])
        wrong += [(path.parent.name, words) for words in (*wrong_hours(text, here), *days)]
        if path.parent.name.startswith(WITH_HOURS) and not _HOUR.search(text):
            without.append(path.parent.name)
    assert not wrong
    is_one_day = vote.opens_on == vote.closes_on
    assert set(without) <= ({"memo-a6-large-print"} if is_one_day else set())
    made = {path.parent.name for path in built.out.rglob("*.pdf")}
    assert made == {document.name for document in materials.campaign.documents}


def test_mails_name_no_hour_that_is_not_local(built: BuildResult) -> None:
    """The text of the draft to each school."""
    materials = load_inputs(InputOptions(campaign=built.out.parent / "campaign.toml", out=Path()), Report())
    writer = LetterWriter(program_resources(), "school", "fr")
    for school in materials.schools:
        letter = writer.write(materials.contexts.context(school))
        vote = moments(school.key[:3], materials.campaign.election.vote)
        assert not list(wrong_hours(plain(letter.text), vote))


@pytest.mark.parametrize("campaign", with_drills([*CAMPAIGNS][:1], [*CAMPAIGNS][1:]))
@pytest.mark.parametrize("words", with_drills(['timezone_label = "heure de Paris"\n'], [""]))
def test_hours_without_a_zone_stop_a_school_that_has_its_own(tmp_path: Path, campaign: str, words: str) -> None:
    """« 16 h 30 (Paris) » is not printed there: the time zone is asked for by its name; elsewhere it is not."""
    path = write_all(tmp_path, CAMPAIGNS[campaign].replace(PARIS, words), ("037", *TERRITORIES))
    made = {name: set[str]() for name in ("037", *TERRITORIES)}
    result = check_campaign(
        InputOptions(campaign=path, out=Path()),
        lambda maker, school, _layout: made[school.key[:3]].add(maker.document.name),
    )
    errors = [fault for fault in result.faults if fault.severity == "error"]
    assert [(fault.code, fault.place.field) for fault in errors] == [("C182", "vote.timezone")]
    assert len(made["037"]) == 2 * len(TEMPLATES) - 2
    without = {name for name in made["037"] if not name.startswith(WITH_HOURS)}
    assert all(made[territory] == without for territory in TERRITORIES)
    asked = [question.field for question in Filling(path).questions() if question.kind == "missing"]
    assert asked == ["vote.timezone"]


@pytest.mark.parametrize("campaign", with_drills([*CAMPAIGNS][:1], [*CAMPAIGNS][1:]))
def test_every_hour_says_abroad_whose_it_is(tmp_path: Path, campaign: str) -> None:
    """« 9 h 30 (Paris) » for a school whose time zone nobody knows; without the words these are asked for."""
    facts = CAMPAIGNS[campaign] + "[groups.abroad]\nsame_portal = true\n"
    path = write_all(tmp_path, facts, ["138"])
    out = build(BuildOptions(campaign=path, out=tmp_path / "out", keep_going=True, verify=False)).out
    texts = {found.parent.name: text_of(found) for found in out.rglob("*.pdf")}
    assert len(texts) == 2 * len(TEMPLATES) - 2
    del texts["memo-a6-large-print"]  # says it above the hours
    assert {
        t[h.start() :] for t in texts.values() for h in _HOUR.finditer(t) if "Paris" not in t[h.end() :][:21]
    } == set()
    path = write_all(tmp_path, facts.replace(PARIS, 'timezone = "Europe/Paris"\n'), ["138"])
    asked = [question.field for question in Filling(path).questions() if question.kind == "missing"]
    assert asked == ["vote.timezone_label"]
