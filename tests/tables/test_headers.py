"""Columns: found under many names, proposed when close, refused when they hold secrets or pupils."""

from pathlib import Path

import pytest

from leaflet.confidential import is_secret_name, normalise
from leaflet.faults import Report
from leaflet.tables import load_schools
from leaflet.tables.column_names import SCHOOLS, STAFF, Vocabulary
from leaflet.tables.headers import match_headers
from leaflet.tables.table import Table


def matched(*header: str, vocabulary: Vocabulary = SCHOOLS) -> tuple[dict[str, int] | None, list[str]]:
    report = Report()
    columns = match_headers(Table(name="e.csv", header=header, header_line=1, rows=iter(())), vocabulary, report)
    return (None if columns is None else dict(columns.index)), [fault.code for fault in report]


@pytest.mark.parametrize("header", [
    "Code_postal", "code postal", "CODE POSTAL", "Code\u00a0postal", "\ufeffcode_postal", "co\u00adde_postal",
    "code\u200b_postal", " code_postal ", "Códe-Postal", "code\npostal"
])  # fmt: skip
def test_spellings_are_one(header: str) -> None:
    assert normalise(header) == "code_postal"


@pytest.mark.parametrize("header", [
    ("identifiant_de_l_etablissement", "nom_etablissement", "nom_commune"),
    ("Identifiant_de_l_etablissement", "Nom_etablissement", "Nom_commune"), ("UAI école", "Nom école", "Ville école"),
    ("RNE", "Appellation officielle", "Ville"), ("uai", "nom", "commune")
])  # fmt: skip
def test_required_columns(header: tuple[str, ...]) -> None:
    """Both spellings of the Annuaire, lists of DSDENs, and the plain form."""
    assert matched(*header) == ({"uai": 0, "name": 1, "town": 2}, [])


@pytest.mark.parametrize("vocabulary", [SCHOOLS, STAFF])
def test_names_are_normalised_and_unambiguous(vocabulary: Vocabulary) -> None:
    """No name means two things, none could never match, and none but those of refused columns is a secret's."""
    names = [name for aliases in vocabulary.aliases.values() for name in aliases]
    groups = (names, vocabulary.unused, vocabulary.pupils, vocabulary.refused, vocabulary.unneeded)
    every = [name for group in groups for name in group]
    assert [name for name in every if normalise(name) != name or is_secret_name(name)] == []
    assert len(set(every)) == len(every) and vocabulary.known == set(every)
    assert set(vocabulary.required) <= set(vocabulary.aliases)


def test_whole_annuaire_gives_no_proposal() -> None:
    assert matched("uai", "nom", "commune", *sorted(SCHOOLS.unused))[1] == []


def test_nameless_columns_are_ignored() -> None:
    assert matched("uai", "", "nom", " ", "commune") == ({"uai": 0, "name": 2, "town": 4}, [])


def test_example_list_has_no_faults() -> None:
    report = Report()
    path = Path(__file__).parents[2] / "examples" / "indre-et-loire-2018" / "ecoles.csv"
    schools = load_schools(path, report=report)
    assert [fault.code for fault in report] == [] and len(schools) == 21
    assert max(len(school.name) for school in schools) == 110
    assert {school.key[:3] for school in schools} >= {"620", "720", "971", "974", "976", "983", "037"}
    assert any(school.copies is None for school in schools)
