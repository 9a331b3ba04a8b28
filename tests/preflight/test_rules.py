"""Each rule has a file that breaks it, judged by `tests/test_faults.py`, and a near miss, not reported."""

from pathlib import Path

import pytest

from leaflet.faults import catalogue
from leaflet.preflight.rules import RULES
from tests.preflight.rule_cases import CASES


def test_each_rule_has_its_samples() -> None:
    """No rule without a file that breaks it and one that nearly does; no code twice."""
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert set(CASES) == set(codes)


@pytest.mark.parametrize("code", CASES)
def test_a_near_miss_is_not(code: str, tmp_path: Path) -> None:
    """A rule that cries wolf is switched off, and then says nothing when it should."""
    assert [fault for fault in CASES[code].near.judged(tmp_path) if fault.code == code] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_says_where_it_comes_from(rule: object) -> None:
    """Source, name, family; exactly one place to look at; messages in the catalogue."""
    assert rule.name and rule.source and rule.family
    assert sum(look is not None for look in (rule.page, rule.file, rule.output)) == 1
    assert rule.code in catalogue()
