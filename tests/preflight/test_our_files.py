"""What the program makes is right by its own rules: no error, and no warning that nobody can act on."""

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from leaflet.campaign import load_academies, load_addresses, load_campaign
from leaflet.faults import Fault, Report
from leaflet.preflight.judge import Judge
from leaflet.preflight.rule import Context
from leaflet.preflight.rules import RULES
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, PrintRunOptions
from leaflet.production.print_runs import print_run
from tests.preflight.test_our_outputs import needs_profile
from tests.support import EXAMPLE

ONE_SCHOOL = EXAMPLE.with_name("un-etablissement-2018")
FAMILIES = ("K1", "K2", "K3", "K4", "K8")
PERSONAL = ("cartes-avery", "cartes-papier", "cartes-pliees")
BEFORE, AFTER = date(2018, 11, 20), date(2026, 11, 25)


def context(campaign: Path, day: date = BEFORE) -> Context:
    return Context(day=day, domains=load_academies().domains, campaign=load_campaign(campaign, Report()))


def files_in(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.pdf"))


def one_of_each(folder: Path) -> list[Path]:
    """The first file of each document."""
    return list({path.parent: path for path in reversed(files_in(folder))}.values())


def findings_of(files: Iterable[Path], where: Context) -> Iterator[tuple[str, Fault]]:
    """What the rules of links, codes, dates, memos and privacy find, with the file's folder."""
    judge = Judge(where, rules=[rule for rule in RULES if rule.code.startswith(FAMILIES)])
    for path in files:
        is_personal = path.parent.name in PERSONAL
        for fault in judge.judge_bytes(path.read_bytes(), path.name, is_personal=is_personal).faults:
            if fault.code.startswith(FAMILIES):
                yield path.parent.name, fault


@pytest.fixture(scope="module")
def cards(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example of one school: cards with and without names, folded leaflets, a poster."""
    out = tmp_path_factory.mktemp("cards")
    build(BuildOptions(campaign=ONE_SCHOOL / "campaign.toml", out=out))
    return out


def test_cards_and_folded_leaflets(cards: Path) -> None:
    """Nothing is reported on the day they are made for."""
    assert list(findings_of(files_in(cards), context(ONE_SCHOOL / "campaign.toml"))) == []


def test_leaflets_of_an_election_that_is_over(cards: Path) -> None:
    """Years later each file says once that its dates are over, and nothing else."""
    files = one_of_each(cards)
    found = [fault.code for _, fault in findings_of(files, context(ONE_SCHOOL / "campaign.toml", AFTER))]
    assert found == ["K304"] * len(files)


def test_leaflets_of_another_campaign(cards: Path) -> None:
    """Files that were built before the calendar moved are reported."""
    where = context(ONE_SCHOOL / "campaign.toml")
    assert where.campaign is not None
    vote = where.campaign.election.vote.model_copy(update={"closes_on": date(2018, 12, 7)})
    election = where.campaign.election.model_copy(update={"vote": vote})
    moved = replace(where, campaign=replace(where.campaign, election=election))
    assert {fault.code for _, fault in findings_of(one_of_each(cards), moved)} == {"K305"}


def test_leaflets_of_all_themes(tmp_path: Path) -> None:
    """Nothing is reported, in large print neither."""
    campaign = EXAMPLE / "campaign.toml"
    build(BuildOptions(campaign=campaign, out=tmp_path, only=frozenset({"0370009J", "9830557N"})))
    found = {(folder, fault.code) for folder, fault in findings_of(files_in(tmp_path), context(campaign))}
    assert found == set()


@pytest.mark.parametrize(("name", "day"), [("hopital-2026", date(2026, 11, 26)), ("parents-2027", date(2027, 9, 20))])
def test_areas_that_vote_on_other_days(name: str, day: date, tmp_path: Path) -> None:
    """Their own days are dates of the campaign as much as those of the others."""
    campaign = EXAMPLE.with_name(name) / "campaign.toml"
    build(BuildOptions(campaign=campaign, out=tmp_path))
    where = replace(context(campaign, day), addresses=load_addresses(campaign))
    assert list(findings_of(files_in(tmp_path), where)) == []


@pytest.mark.parametrize("press", [None, pytest.param("x4", marks=needs_profile)])
def test_print_runs(press: str | None, tmp_path: Path) -> None:
    """Bundle sheets with the code of a school, leaflets as forms, a packing list."""
    campaign = ONE_SCHOOL / "campaign.toml"
    print_run(PrintRunOptions(campaign=campaign, out=tmp_path / "out", document="cartes-sans-nom", press=press))
    assert list(findings_of(files_in(tmp_path / "out"), context(campaign))) == []
