"""Addresses as La Poste reads them (NF Z10-011)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.production.delivery.labels import MOST_CHARS, address_lines, in_capitals, shorten
from tests.support import school


def address_of(**fields: object) -> list[str]:
    found = address_lines(school(**fields))
    return [*found.name, *found.place]


def test_name_street_box_and_town() -> None:
    """The name as in the list; what follows in capitals, without accents and punctuation."""
    lines = address_of(
        name="Lycée Honoré de Balzac",
        address=("35, rue d’Entraigues", "B.P. 1234"),
        postcode="37012",
        town="Saint-Cœur-l'Évêque Cédex 1",
    )
    assert lines == [
        "Lycée Honoré de Balzac", "35 RUE D ENTRAIGUES", "B P 1234", "37012 SAINT COEUR L EVEQUE CEDEX 1",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("2 BOULEVARD DU MARECHAL LECLERC", "2 BOULEVARD DU MARECHAL LECLERC"),
        ("12 BOULEVARD DU MARECHAL DE LATTRE DE TASSIGNY", "12 BD DU MAL DE LATTRE DE TASSIGNY"),
        ("37130 SAINT MICHEL SUR LOIRE ET LES ENVIRONS", "37130 ST MICHEL SUR LOIRE ET LES ENVIRONS"),
    ],
)
def test_only_long_lines_are_shortened(line: str, short: str) -> None:
    """The longest word first, and no more of them than needed."""
    assert shorten(line) == short


words = st.lists(st.sampled_from(["Lycée", "général", "et", "technologique", "de", "l’Île", "boulevard", "n° 3"]))


@given(name=words, line=words, town=words)
def test_nothing_is_cut_off(name: list[str], line: list[str], town: list[str]) -> None:
    """Every word of the name is there, every word of the place or its abbreviation, in their order."""
    made = school(name=" ".join(name), address=(" ".join(line),), postcode="37000", town=" ".join(town))
    found = address_lines(made)
    assert " ".join(found.name).split() == " ".join(name).split()
    count = len(in_capitals(" ".join(line)).split()) + 1 + len(in_capitals(" ".join(town)).split())
    assert len(" ".join(found.place).split()) == count
    assert all(len(part) <= MOST_CHARS for part in (*found.name, *found.place))


def test_lines_of_an_address() -> None:
    """No single word is left for the second line; six lines are whole, seven are not."""
    made = school(name="École élémentaire publique Jean de La Fontaine", postcode="37000")
    assert address_lines(made).name == ("École élémentaire publique", "Jean de La Fontaine")
    assert address_lines(school(address=("a", "b", "c"), postcode="37000")).is_whole
    assert not address_lines(school(name="mot " * 40, address=("a", "b", "c"), postcode="37000")).is_whole
    assert not address_lines(school(name="m" * 39, postcode="37000")).is_whole
