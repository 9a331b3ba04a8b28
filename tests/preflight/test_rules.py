"""Each rule has a file that breaks it, and a near miss, not reported; docs/checks.md says so of each.

The samples are judged once for all tests of this file.
"""

import re
from pathlib import Path

import pytest

from docs.make_checks import checks_page
from leaflet.faults import catalogue
from leaflet.preflight.rules import RULES
from tests.fault_wording import check_wording
from tests.golden_faults import golden, told_of_rule
from tests.preflight.rule_cases import CASES, judged

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


def test_each_rule_has_its_samples() -> None:
    """No rule without a file that breaks it and one that nearly does; no code twice."""
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes) and set(CASES) == set(codes)


@pytest.mark.parametrize("code", CASES)
def test_a_file_that_breaks_it_is_reported(code: str) -> None:
    """It may break others, too; all that is said of it says what and where."""
    faults = judged(code, "broken")
    assert code in {fault.code for fault in faults}
    for fault in faults:
        check_wording(fault, code)


@pytest.mark.parametrize("code", CASES)
def test_a_rule_says_what_it_said(code: str) -> None:
    """Both languages and the way out, word for word; ``python -m tests.golden_faults`` after a change on purpose."""
    assert told_of_rule(code) == golden()[code]


@pytest.mark.drill
@pytest.mark.parametrize("code", CASES)
def test_a_near_miss_is_not(code: str) -> None:
    """A rule that cries wolf is switched off, and then says nothing when it should."""
    assert [fault for fault in judged(code, "near") if fault.code == code] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_where_it_comes_from(rule: object) -> None:
    """Source, name, family; exactly one place to look at; messages in the catalogue."""
    assert rule.name and rule.source and rule.family
    assert sum(look is not None for look in (rule.page, rule.file, rule.output)) == 1
    assert rule.code in catalogue()


@pytest.mark.drill
def test_the_page_of_checks_is_up_to_date() -> None:
    """docs/checks.md is what docs/make_checks.py writes, verdicts included: run `make docs`."""
    assert PAGE.read_text("utf-8") == checks_page()


def test_every_rule_has_its_verdicts() -> None:
    """Twice: what is asked, and rule, file and verdict; told of the one, not of the other."""
    text = PAGE.read_text("utf-8")
    for rule in RULES:
        rows = re.findall(rf"^\| {rule.code} \|.*$", text, re.MULTILINE)
        assert len(rows) == 2
        assert re.search(r"\| told: (error|warning|note) \|.*\| not told \|$", rows[1]), rows[1]
