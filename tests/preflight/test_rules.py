"""Each rule: a file that breaks it is reported, a near miss is not; messages are whole; the documents list them."""

from pathlib import Path

import pytest

from leaflet.faults import LANGUAGES, catalogue
from leaflet.preflight.rules import RULES
from tests.preflight.fault_cases import CASES as FAULTS
from tests.preflight.rule_cases import CASES
from tests.test_faults import PLACEHOLDER


def test_each_rule_has_its_samples() -> None:
    """No rule without a file that breaks it and one that nearly does; no code twice."""
    codes = [rule.code for rule in RULES]
    assert len(set(codes)) == len(codes)
    assert set(CASES) == set(codes)


@pytest.mark.parametrize("code", CASES)
def test_a_broken_file_is_reported(code: str, tmp_path: Path) -> None:
    """With messages that are whole in both languages."""
    found = [fault for fault in CASES[code].broken.judged(tmp_path) if fault.code == code]
    assert found
    for lang in LANGUAGES:
        for line in found[0].lines(lang):
            assert not PLACEHOLDER.search(line), line
            assert "None" not in line


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


@pytest.mark.parametrize("code", [code for code in FAULTS if code not in CASES])
def test_a_case_causes_its_fault(code: str, tmp_path: Path) -> None:
    """What is no rule's, too."""
    found = [fault for fault in FAULTS[code](tmp_path) if fault.code == code]
    assert found
    assert not any(PLACEHOLDER.search(line) for lang in LANGUAGES for line in found[0].lines(lang))
