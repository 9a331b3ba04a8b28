"""Campaigns to start from."""

import re
import tomllib
from pathlib import Path

import pytest

from leaflet.campaign import load_campaign, write_starter
from leaflet.campaign.editing import TO_COPY
from leaflet.campaign.election import load_profile, profile_ids
from leaflet.campaign.starter import starter_text
from leaflet.faults import DataError, Report
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.support import codes_of


@pytest.mark.parametrize("election", profile_ids())
def test_started_campaign_loads(tmp_path: Path, election: str) -> None:
    report = Report()
    campaign = load_campaign(write_starter(tmp_path / "neuf", election)[0], report)
    assert [fault.code for fault in report] == ["C142"]
    assert campaign.profile.id == election and campaign.schools.is_file()


def test_blank_fields_are_listed() -> None:
    text = starter_text(load_profile("2026"))
    tables = re.split(r"^\[(\w+)\]$", text, flags=re.MULTILINE)
    vote = tables[tables.index("vote") + 1]
    names = ["opens_at", "closes_at", "quiet_from", "timezone", "timezone_label"]
    assert re.findall(r"^# (\w+) =", vote, re.MULTILINE) == names
    assert text.count(TO_COPY) == 23
    assert not re.search(r"2018|2022|8:00|10:00|17:00", text)


@pytest.mark.parametrize("election", profile_ids())
def test_commented_lines_are_toml(election: str) -> None:
    """Taking the # away from a text or list gives correct TOML in the right table."""
    text = starter_text(load_profile(election))
    opened = re.sub(r'^# (\w+ = (?:""|\[\]) )', r"\1", text, flags=re.MULTILINE)
    tree = tomllib.loads(opened)
    assert opened != text and "help" in tree["links"] and "steps" not in tree.get("memo", {})


@pytest.mark.parametrize("manual", ["templates.md", "fr/votre-modele.md"])
def test_the_least_that_a_profile_needs(tmp_path: Path, manual: str) -> None:
    """The campaign of the profile in the manual has no line of académies, and makes files of schools with codes."""
    text = (Path(__file__).parents[2] / "docs" / manual).read_text("utf-8")
    (tmp_path / "elections").mkdir()
    (profile,) = re.findall(r"```toml\n(year = .*?)```", text, re.DOTALL)
    (tmp_path / "elections" / "mon-vote.toml").write_text(profile, "utf-8")
    answers = {"publisher.name": "Section", "publisher.address": "1 rue de l’Exemple, 37000 Tours"}
    path, _ = write_starter(tmp_path, "mon-vote", documents=["vote-dates-a4"], answers=answers)
    assert not re.search(r"acad[ée]mi|messagerie|mailbox|\buai\b(?!, )", path.read_text("utf-8"))
    assert build(BuildOptions(campaign=path, out=tmp_path / "out")).files == 2


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "ecoles.csv").write_text("à garder", "utf-8")
    assert codes_of(lambda: write_starter(tmp_path, "2026"), DataError) == ["C180"]
    assert [path.name for path in tmp_path.iterdir()] == ["ecoles.csv"]


def test_unknown_election(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="2014, 2018, 2022, 2026"):
        write_starter(tmp_path / "neuf", "../2018")
    assert not (tmp_path / "neuf").exists()
