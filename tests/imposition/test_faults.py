"""The French messages of imposition are typeset with care for measures."""

import re

import pytest

from leaflet.faults import entry_of
from tests.imposition.fault_cases import CASES


@pytest.mark.parametrize("code", CASES)
def test_measures_stay_together(code: str) -> None:
    """A number is not parted from its mm or per cent sign at the end of a line."""
    entry = entry_of(code)
    for text in (entry.reason["fr"], entry.way_out["fr"]):
        assert not re.search(r" %|} mm", text)
