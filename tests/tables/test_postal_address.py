"""An address in one cell is split at its postcode and town."""

import pytest

from leaflet.tables.school import PostalAddress, split_address

SPLIT = {
    "12 rue X, 37000 TOURS": (("12 rue X",), "37000", "TOURS"),
    "12, rue X\n37000 TOURS": (("12, rue X",), "37000", "TOURS"),
    "12 rue X\nBP 123\n37032 TOURS CEDEX 9": (("12 rue X", "BP 123"), "37032", "TOURS CEDEX 9"),
    "BP 12345 - 37000 Tours Cedex": (("BP 12345",), "37000", "Tours Cedex"),
    "1 bis, rue du 8 Mai 1945 – 37540 Saint-Cyr": (("1 bis, rue du 8 Mai 1945",), "37540", "Saint-Cyr"),
    "Place de la Mairie 37 000 Tours, France": (("Place de la Mairie",), "37000", "Tours"),
    "12 rue X, F-37000 TOURS": (("12 rue X",), "37000", "TOURS"),
    "12 rue X, 94240 L'Haÿ-les-Roses": (("12 rue X",), "94240", "L'Haÿ-les-Roses"),
    "97400 Saint-Denis": ((), "97400", "Saint-Denis"),
    "1 rue X, 75015 Paris 15e Arrondissement": (("1 rue X",), "75015", "Paris 15e Arrondissement"),
    "1 rue X, 75015 PARIS 15": (("1 rue X",), "75015", "PARIS 15"),
    "1 rue X, 69003 LYON 3EME": (("1 rue X",), "69003", "LYON 3EME"),
    "1 rue X, 69001 Lyon 1er arr.": (("1 rue X",), "69001", "Lyon 1er arr."),
    "1 rue X, 75730 Paris 15 Cedex": (("1 rue X",), "75730", "Paris 15 Cedex"),
    "1 rue X, 13284 MARSEILLE CEDEX 07": (("1 rue X",), "13284", "MARSEILLE CEDEX 07"),
    "A\nB\nC\nD\n37000 Tours": (("A", "B", "C, D"), "37000", "Tours"),
}


@pytest.mark.parametrize("text", SPLIT)
def test_street_postcode_and_town(text: str) -> None:
    lines, postcode, town = SPLIT[text]
    assert split_address(text) == PostalAddress(lines=lines, postcode=postcode, town=town)


@pytest.mark.parametrize(
    "text", ["12 rue X", "rue X, Tours 37000", "1 rue X 37000 TOURS 02 47 00 00 00", "", "37000"]
)
def test_any_other_text_is_not_split(text: str) -> None:
    """Without a town behind the postcode nobody knows what is what."""
    assert split_address(text) is None
