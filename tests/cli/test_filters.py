"""Filters and cleaning as a user types them, in both languages."""

import re
from pathlib import Path
from typing import Any

import pytest

from leaflet.cli.language import message
from tests.campaigns import campaign_text, write_small_campaign
from tests.cli.test_press_commands import read_once  # noqa: F401 - fonts and templates are read once

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
@pytest.mark.parametrize(("lang", "said"), [
    ("en", ("4 changes were made in this list on request (codes: 2; damaged texts: 0; capitals: 2).",
     "“LYCEE DESCARTES” is printed as “Lycée Descartes”", "“10001W” was read as 0010001W",
     "“1505” was read as 01505", "1 of the 3 schools of the list are chosen")),
    ("fr", ("4 modifications demandées ont été faites dans cette liste (codes\u00a0: 2\u202f; textes abîmés\u00a0: 0",
     "«\u00a0LYCEE DESCARTES\u00a0» est imprimé «\u00a0Lycée Descartes\u00a0»",
     "«\u00a010001W\u00a0» a été lu 0010001W", "«\u00a01505\u00a0» a été lu 01505",
     "1 des 3 établissements de la liste sont retenus"))
])  # fmt: skip
def test_what_is_changed_is_said(run: Any, campaign: Path, command: str, lang: str, said: tuple[str, ...]) -> None:
    """A count in any case, each before and after with --verbose."""
    out = campaign.parent / "o"
    typed = (command, campaign, "--fix-codes", "--french-capitals", "--where", "uai=0370035m", "-o", out)
    code, _, errors = run("--lang", lang, *typed)
    assert (code, said[0] in errors, said[1] in errors) == (0, True, False), errors
    code, _, errors = run("--lang", lang, *typed, "--verbose")
    assert code == 0 and all(text in errors for text in said), errors


@pytest.mark.parametrize(("typed", "code", "en", "fr"), [
    (("--where", "Tours"), "U010", "does not say in which column", "ne dit pas dans quelle colonne"),
    (("--where", "couleur=bleu"), "U011", "Choose one of: uai", "Choisissez parmi\u00a0: uai"),
    (("--rows", "9-2"), "U012", "wrong way round", "est à l’envers"),
    (("--where", "commune=Paris"), "U013", "The list has: Bourg, TOURS", "La liste contient\u00a0: Bourg, TOURS"),
    (("--state", "FERME"), "U013", "A FERMER, OUVERT", "A FERMER, OUVERT"),
    (("--rows", "2,40-"), "U014", "lines 2 to 4", "lignes 2 à 4"),
    (("--where", "personnels=3"), "U015", "says nothing of personnels", "pas de colonne personnels"),
    (("--rows", "2", "--state", "A FERMER"), "U016", "all of them", "à tous les filtres"),
    (("--sort", "taille"), "U011", "no column “taille”", "pas de colonne «\u00a0taille\u00a0»"),
    (("--where", "taille=1", "--sort", "commune,taille"), "U011", "uai, nom, commune", "uai, nom, commune"),
    (("--where", "mot_de_passe=x"), "U018", "by another column", "par une autre colonne")
])  # fmt: skip
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


@pytest.mark.parametrize(
    ("lang", "option"),
    [("en", "put back: --fix-codes, or clean = "), ("fr", "remettre ces zéros\u00a0: --fix-codes")],
)
def test_a_fault_names_the_option(run: Any, campaign: Path, lang: str, option: str) -> None:
    code, _, errors = run("--lang", lang, "build", campaign, "-o", campaign.parent / "o")
    assert code == 1 and option in errors


@pytest.mark.parametrize("command", COMMANDS)
def test_help_lists_the_options(run: Any, command: str) -> None:
    _, printed, _ = run(command, "--help")
    for option in ("--where", "--rows", "--state", "--sort", "--fix-codes", "--repair-text", "--french-capitals"):
        assert option in printed
