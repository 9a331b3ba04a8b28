"""Filters and cleaning as a user types them, in both languages."""

import re
from pathlib import Path
from typing import Any

import pytest

from leaflet.cli.language import message
from tests.campaigns import campaign_text, write_small_campaign
from tests.cli.test_press_commands import read_once  # noqa: F401 - fonts and templates are read once
from tests.support import tables_of

ROWS = (
    "uai;nom;commune;code_postal;etat\n"
    "0370035M;LYCEE DESCARTES;TOURS;37000;OUVERT\n0370036N;Lycée Balzac;Tours;37000;A FERMER\n"
    "10001W;Lycée;Bourg;1505;\n"
)
COMMANDS = ("build", "print-run")


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """Three schools, one with codes that lost their zeros."""
    return write_small_campaign(tmp_path, campaign_text(), ROWS)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(("lang", "said"), tables_of(__file__)["changed"])
def test_what_is_changed_is_said(run: Any, campaign: Path, command: str, lang: str, said: tuple[str, ...]) -> None:
    """A count in any case, each before and after with --verbose."""
    out = campaign.parent / "o"
    typed = (command, campaign, "--fix-codes", "--french-capitals", "--where", "uai=0370035m", "-o", out)
    code, _, errors = run("--lang", lang, *typed)
    assert (code, said[0] in errors, said[1] in errors) == (0, True, False), errors
    code, _, errors = run("--lang", lang, *typed, "--verbose")
    assert code == 0 and all(text in errors for text in said), errors


@pytest.mark.parametrize(("typed", "code", "en", "fr"), tables_of(__file__)["wrong"])
def test_a_filter_that_is_wrong(
    run: Any, campaign: Path, typed: tuple[str, ...], code: str, en: str, fr: str
) -> None:
    for lang, says in (("en", en), ("fr", fr)):
        words = ("build", campaign, "--fix-codes", *typed, "-o", campaign.parent / "o")
        exit_code, printed, errors = run("--lang", lang, *words)
        assert (exit_code, printed) == (2, ""), errors
        assert re.search(rf"^{code}\b", errors, re.MULTILINE) and says in errors, errors
        assert errors.rstrip().endswith(message("nothing", lang))
    assert not list(campaign.parent.rglob("*.pdf"))
