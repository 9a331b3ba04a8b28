"""What ``[check]`` may say, and what a campaign gives to the judgement of its files."""

from datetime import date
from pathlib import Path

import pytest

from leaflet.faults import Place, Report
from leaflet.preflight.judge import Judge
from leaflet.preflight.rule import RETIRED, Context, Rule
from leaflet.preflight.rule_settings import RuleSettings, load_context, read_codes, read_settings
from leaflet.preflight.rules.rule_list import all_rules
from tests.campaign.fault_cases import BODY, HEAD, write_campaign
from tests.preflight import cases_file
from tests.preflight.fault_cases import settings_place
from tests.preflight.samples import CONTEXT, drawn

RULES = (
    Rule(code="K001", family="file", name="one", source="test", options={"warn_pt": 9, "error_pt": 6}),
    Rule(code="K005", family="file", name="two", source="test"),
)


def read(table: dict[str, object]) -> tuple[RuleSettings, list[tuple[str, str | None]]]:
    report = Report()
    settings = read_settings(table, settings_place, report, RULES)
    return settings, [(fault.code, fault.place.field) for fault in report]


def test_rules_off_and_tuned() -> None:
    settings, faults = read({"off": ["K005"], "K001": {"warn_pt": 8, "severity": "note"}})
    assert faults == [] and [rule.code for rule in settings.chosen(RULES)] == ["K001"]
    assert settings.of(RULES[0]) == {"warn_pt": 8, "error_pt": 6} and settings.severity == {"K001": "note"}


@pytest.mark.parametrize(("table", "fault", "proposal"), [
    ({"off": ["K0O5"]}, ("C193", "check.off"), "K005"), ({"k001": {}}, ("C193", "check.k001"), "K001"),
    ({"K001": {"warnpt": 8}}, ("C194", "check.K001.warnpt"), "warn_pt"),
    ({"K005": {"severty": "note"}}, ("C194", "check.K005.severty"), "severity"),
    ({"K001": {"warn_pt": True}}, ("C195", "check.K001.warn_pt"), None),
    ({"K001": {"warn_pt": float("nan")}}, ("C195", "check.K001.warn_pt"), None),
    ({"K001": {"warn_pt": -1}}, ("C195", "check.K001.warn_pt"), None), ({"K001": 8}, ("C195", "check.K001"), None),
    ({"off": "K001"}, ("C195", "check.off"), None),
    ({"K001": {"severity": "fatal"}}, ("C196", "check.K001.severity"), None)
])  # fmt: skip
def test_what_is_wrong_is_reported(table: dict[str, object], fault: tuple[str, str], proposal: str | None) -> None:
    """With its key and what was probably meant; nothing of it is taken."""
    report = Report()
    settings = read_settings(table, settings_place, report, RULES)
    assert [(found.code, found.place.field) for found in report] == [fault]
    assert [found.values.get("proposal") for found in report] == [proposal]
    assert settings.of(RULES[0]) == RULES[0].options and settings.chosen(RULES) == RULES


def test_all_faults_at_once() -> None:
    settings, faults = read({"off": ["K999", "K005"], "K001": {"a": 1, "warn_pt": 7, "severity": 3}})
    assert {code for code, _ in faults} == {"C193", "C194", "C196"} and settings.off == {"K005"}
    assert settings.of(RULES[0])["warn_pt"] == 7


@pytest.mark.parametrize("code", sorted(RETIRED))
def test_a_rule_that_is_gone_may_still_be_named(code: str) -> None:
    """Campaigns and jobs of last year go on: the setting is noted, and what is typed is taken as done."""
    settings, faults = read({"off": [code, "K005"], code: {"letters": 3}})
    assert sorted(faults) == [("C198", f"check.{code}"), ("C198", "check.off")] and settings.off == {"K005"}
    report = Report()
    assert read_codes([code.lower(), "K005"], Place(field="--off"), report, RULES) == {"K005"}
    assert code not in {rule.code for rule in all_rules()} and len(report) == 0


def context_of(folder: Path, tables: str) -> tuple[Context, RuleSettings, Report]:
    report = Report()
    path = write_campaign(
        folder, HEAD + BODY.replace('essai"', 'essai"\ncontact = "https://syndicat.example/x"') + tables
    )
    return *load_context(path, date(2018, 11, 1), report), report


def test_what_a_campaign_gives(tmp_path: Path) -> None:
    """Its day, all académies' domains, its own addresses, itself; faults of its settings have a line."""
    context, settings, report = context_of(tmp_path, '[check]\noff = ["K005"]\n[check.K001]\nseverety = "note"\n')
    assert context.day == date(2018, 11, 1) and "ac-lyon.fr" in context.domains
    assert "https://syndicat.example/x" in context.addresses and context.campaign is not None
    assert settings.off == {"K005"}
    (fault,) = report
    lines = (tmp_path / "campaign.toml").read_text("utf-8").splitlines()
    assert lines[(fault.place.line or 0) - 1].startswith("severety")


def test_a_faulty_campaign_gives_what_it_can(tmp_path: Path) -> None:
    """Its own check says what is wrong; files are judged all the same."""
    context, settings, report = context_of(tmp_path, "[election]\n")
    assert (context.campaign, settings, len(report)) == (None, RuleSettings(), 0) and context.domains


def test_a_severity_of_the_campaign_holds() -> None:
    blank = drawn(lambda canvas: None)
    own = [rule for rule in all_rules() if rule.family == "file"]
    judge = Judge(CONTEXT, RuleSettings(severity={"K005": "note"}), own)
    (fault,) = judge.judge_bytes(blank, "a.pdf").faults
    assert (fault.code, fault.severity) == ("K005", "note")
    assert Judge(CONTEXT, RuleSettings(off=frozenset({"K005"})), own).judge_bytes(blank, "a.pdf").faults == ()
    assert Judge(CONTEXT, rules=own).judge_bytes(drawn(cases_file.text), "a.pdf").faults == ()
