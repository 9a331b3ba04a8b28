"""The page of checks says what the checks say."""

import re
from pathlib import Path

from docs.make_checks import checks_page
from leaflet.preflight.rules import RULES

PAGE = Path(__file__).parents[2] / "docs" / "checks.md"


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
