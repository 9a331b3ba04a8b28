"""Names in one cell are split where the list says how, and nowhere else; courtesy titles are no part of them."""

import tomllib
from pathlib import Path

import pytest

from leaflet.tables.person_names import NameOrder, name_order, split_name, without_courtesy_title

BY_CAPITALS = tomllib.loads(Path(__file__).with_name("person_names.toml").read_text("utf-8"))


@pytest.mark.parametrize("text", BY_CAPITALS)
def test_the_last_name_stands_in_capitals(text: str) -> None:
    assert split_name(text) == (tuple(BY_CAPITALS[text]) or None)


@pytest.mark.parametrize(("text", "order", "names"), [
    ("Dupont Julie", "last-first", ("Julie", "Dupont")), ("Julie Dupont", "first-last", ("Julie", "Dupont")),
    ("DUPONT JULIE", "last-first", ("JULIE", "DUPONT")), ("LE GOFF MARIE", "last-first", ("MARIE", "LE GOFF")),
    ("Marie Le Goff", "first-last", ("Marie", "Le Goff")),
    ("de la Tour Julie", "last-first", ("Julie", "de la Tour")), ("Julie DUPONT", "last-first", ("Julie", "DUPONT")),
    ("Dupont Martin Julie", "last-first", None), ("Julie Anne Dupont", "first-last", None),
    ("Dupont", "last-first", None), ("", "last-first", None), ("Dupont J.-P.", "last-first", ("J.-P.", "Dupont")),
    ("Dupont J.P.", "last-first", ("J.P.", "Dupont")), ("Dupont JM", "last-first", ("JM", "Dupont")),
    ("J-P Dupont", "first-last", ("J-P", "Dupont")), ("Dupont MA", "last-first", None),
    ("LY Julie", "last-first", ("Julie", "LY")), ("LY Thi Mai", "last-first", ("Thi Mai", "LY")),
    ("Julie LY", "last-first", None), ("Julie NG", "first-last", ("Julie", "NG")), ("Le Goff", "last-first", None),
    ("Le Goff", "first-last", None), ("LE GOFF", "last-first", None), ("Julie DUPONT, CPE", "last-first", None),
    ("Julie, Dupont", "first-last", None), ("DUPONT, Julie", "first-last", ("Julie", "DUPONT")),
    ("Dupont Martin, Julie", "last-first", ("Julie", "Dupont Martin"))
])  # fmt: skip
def test_else_the_header_says_the_order(text: str, order: NameOrder, names: tuple[str, str] | None) -> None:
    assert split_name(text, order) == names


@pytest.mark.parametrize(("header", "order"), [
    ("Nom Prénom", "last-first"), ("NOM et prénom", "last-first"), ("Prénom / Nom", "first-last"),
    ("Noms, prénoms", "last-first"), ("Agent", "unknown"), ("Nom complet", "unknown")
])  # fmt: skip
def test_the_order_of_a_header(header: str, order: NameOrder) -> None:
    assert name_order(header) == order


@pytest.mark.parametrize(("text", "name"), [
    ("M. DUPONT Julie", "DUPONT Julie"), ("M DUPONT", "DUPONT"), ("Mme DUPONT", "DUPONT"), ("MME. DUPONT", "DUPONT"),
    ("Mlle Julie DUPONT", "Julie DUPONT"), ("Madame DUPONT", "DUPONT"), ("DUPONT Julie (Mme)", "DUPONT Julie"),
    ("DUPONT Julie, Mme", "DUPONT Julie"), ("Mmeyer Paul", "Mmeyer Paul"), ("Monsieurot Paul", "Monsieurot Paul"),
    ("Martin", "Martin"), ("DUPONT M.", "DUPONT M."), ("Mme", "Mme"), ("Mme.", "Mme."), ("(Mme)", "(Mme)"),
    ("MONSIEUR", "MONSIEUR"), ("MR", "MR"), ("Mr Martin", "Martin"), ("M.DUPONT", "DUPONT"), ("M'BAYE", "M'BAYE"),
    ("M’Hamed Ali", "M’Hamed Ali"), ("M-Claire Dupont", "M-Claire Dupont"), ("M.-Claire Dupont", "M.-Claire Dupont"),
    ("Madame-Sans-Gêne Anne", "Madame-Sans-Gêne Anne"), ("M. et Mme DUPONT", "M. et Mme DUPONT"),
    ("M./Mme DUPONT", "M./Mme DUPONT")
])  # fmt: skip
def test_courtesy_titles_are_left_out(text: str, name: str) -> None:
    assert without_courtesy_title(text) == name
