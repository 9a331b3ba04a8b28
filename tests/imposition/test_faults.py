"""Every fault of imposition: it is found, alone, at its place, and says what to do in both languages."""

import re
from pathlib import Path

import pytest

from leaflet.faults import LANGUAGES, DataError, catalogue, error_class
from tests.imposition.fault_cases import CASES

CODES = sorted(CASES)  # that no code of the catalogue is without a case is held by tests/test_faults.py


@pytest.mark.parametrize("code", CODES)
def test_case_gives_its_fault(code: str, tmp_path: Path) -> None:
    """The case made for a code gives it and nothing else; its messages can be filled in."""
    faults = CASES[code](tmp_path)
    assert {fault.code for fault in faults} == {code}
    for lang in LANGUAGES:
        text = "\n".join(faults[0].lines(lang))
        assert faults[0].place.file or faults[0].place.field
        assert not re.search(r"\{\w+\}", text)
        assert "None" not in text


@pytest.mark.parametrize("code", CODES)
def test_faults_of_data(code: str) -> None:
    """They stop the run with exit code 1."""
    assert error_class(code) is DataError


def test_french_messages_are_typeset() -> None:
    """Typographic apostrophes, no-break spaces before double punctuation and between a number and mm."""
    for code in CODES:
        entry = catalogue()[code]
        for text in (entry.reason["fr"], entry.way_out["fr"]):
            assert "'" not in text, code
            assert not re.search(r" [:;!?»%]|« |} mm", text), code
