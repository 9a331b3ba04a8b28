"""A rule of a package is shown, listed, tuned and switched off as one of ours."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from leaflet.cli.commands.check_command import print_rules
from leaflet.faults import Place, Report, Severity
from leaflet.preflight.formats import to_github, to_json, to_sarif
from leaflet.preflight.formats.ci_text import _of_rules
from leaflet.preflight.judge import Judge
from leaflet.preflight.rule_settings import RuleSettings, read_codes, read_settings
from leaflet.preflight.rules import RULES
from leaflet.preflight.rules.rule_list import all_rules
from leaflet.preflight.verdict import FileVerdict, Verdict
from tests.extending.packages import installed
from tests.preflight import cases_file
from tests.preflight.fault_cases import settings_place
from tests.preflight.samples import CONTEXT, drawn

PACKAGE = "federation-leaflets 1.2"
CODE = "KFED01"


@pytest.fixture(autouse=True)
def federation(site: Path) -> Iterator[None]:
    _of_rules.cache_clear()
    with installed(site):
        yield
    _of_rules.cache_clear()


def verdict(settings: RuleSettings) -> Verdict:
    """The verdict on a page of a few words, by the rule of the package alone."""
    rules = [rule for rule in all_rules() if rule.package]
    judged = Judge(CONTEXT, settings, rules).judge_bytes(drawn(cases_file.text), "a.pdf")
    return Verdict(
        files=(FileVerdict(name=judged.name, pages=1, faults=judged.faults),), packages=settings.packages()
    )


def strict(severity: Severity = "warning") -> RuleSettings:
    return RuleSettings(options={CODE: {"most_words": 0}}, severity={CODE: severity})


def test_it_comes_after_ours() -> None:
    *ours, rule = all_rules()
    assert (rule.code, rule.package, tuple(ours)) == (CODE, PACKAGE, RULES)


def test_settings_of_a_campaign() -> None:
    report = Report()
    table = {CODE: {"most_words": 0, "severity": "error"}}
    found = verdict(read_settings(table, settings_place, report, all_rules()))
    (fault,) = found.files[0].faults
    assert (len(report), fault.code, fault.severity, found.exit_code) == (0, CODE, "error", 4)
    read_settings({CODE: {"most_word": 3}}, settings_place, report, all_rules())
    (slip,) = report
    assert (slip.code, slip.values["proposal"]) == ("C194", "most_words")


def test_switched_off() -> None:
    report = Report()
    off = read_codes([CODE.lower()], Place(field="--off"), report, all_rules())
    found = verdict(replace(strict(), off=frozenset(off)))
    assert (len(report), found.files[0].faults, found.packages) == (0, (), ())


def test_formats_for_machines() -> None:
    """Family, reason, values and package in JSON; the code in an annotation."""
    content = json.loads(to_json(verdict(strict()), "fr"))
    (fault,) = content["faults"]
    assert (fault["code"], fault["family"], fault["page"]) == (CODE, "federation", 1)
    assert fault["reason"].endswith("et on n’en lit pas plus de 0.")
    assert content["packages"] == [PACKAGE]
    text = to_github(verdict(strict()), "en")
    assert text.startswith(f"::warning file=a.pdf,title={CODE} · page 1::The page has ")


def test_sarif() -> None:
    """The package is an extension of the tool with rules of its own, to which the result leads (§3.18.3, §3.52)."""
    (run,) = json.loads(to_sarif(verdict(strict("note")), "fr"))["runs"]
    (extension,) = run["tool"]["extensions"]
    assert (extension["name"], extension["version"]) == ("federation-leaflets", "1.2")
    (rule,) = extension["rules"]
    assert (rule["id"], rule["defaultConfiguration"]) == (CODE, {"level": "warning"})
    assert rule["help"]["text"] == "Dites-en moins, ou prenez deux pages."
    assert CODE not in {one["id"] for one in run["tool"]["driver"]["rules"]}
    (result,) = run["results"]
    assert (result["ruleId"], result["level"]) == (CODE, "note")
    assert result["rule"] == {"id": CODE, "index": 0, "toolComponent": {"index": 0}}
    assert "ruleIndex" not in result


def test_it_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    print_rules("fr")
    listed = capsys.readouterr().out.partition(f"{CODE} ")[2]
    assert "federation" in listed and PACKAGE in listed and "most_words = 250" in listed
    assert "La page a … mots" in " ".join(listed.split())
