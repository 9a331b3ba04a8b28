"""Missing spaces, spaces too many, characters that are no text, leftovers; and French that is right."""

import csv
from pathlib import Path

import pytest

from leaflet.geometry import Box
from leaflet.preflight.evidence import Evidence, FoundWord
from leaflet.preflight.text.wording import find_leftovers, find_no_text, find_spaced, is_glued
from leaflet.units import pt

ROOT = Path(__file__).parents[2]

GLUED = """
terminer.Dans victime,tu messagerie;elle Identifiant:julie école(primaire délégué(e)suppléant 29novembre
du29novembre novembre2026 jeudi29 PasseJe motDePasse compteÉlecteur l’adressePro 15minutes 2026pour fin!Je
fin…Puis anticonstitutionnellementdécidément
"""

RIGHT = """
elections2018.education.gouv.fr https://elections2018 .education.gouv.fr/ @…elections2018.education.gouv.fr
pia.ac-orleans-tours.fr, julie.labert@ac-orleans-tours.fr www.ac-orleans-tours.fr/dsden37 0370001A 0370001A,
37000 17h 17h30 10h-12h 1er 1ers 1ère 1ères 2nde 2ndes 5ème 6èmes 2e XXIe n°12 A4 85×54 100% 12,5 3.5 1,5h M2
B2i CO2 covid19 ÉduConnect FranceConnect iProf I-Prof M@gistère McDonald MacArthur O’Brien d’Artagnan LeBon
YouTube iPhone eTwinning webTV monAvis mesDroits l’ÉduConnect anti-FranceConnect enseignant(e)s professeur(e)
travailleur(euse)s directeur(trice)s (re)connaître (s) un(e) enseignant·e·s lecteur/lectrice et/ou
Saint-Remy-en-Bouzemont-Saint-Genest-et-Isson Œuvrard-N’Dattier J.-C. M.-A. S.N.E.S. e.g. etc., aujourd’hui
quelqu’un intergouvernementalisations anticonstitutionnellement (Magistère…) jlabert). «Mot» « ? 29/11/2018
06-12-2018 10:30 2018–2022 notice.pdf leaflet.Pdf #REF_12 nom_prenom token=abc Vote’18 R2D2 a) b) 1. 1.2.3 II.A
rez-de-chaussée L’ÎLE-D’YEU CAPD INSPÉ C.A.P.D. Tours, Amboise; oui! non? (heure Paris) 3e-insertion SEGPA/ULIS
lycée.
"""


@pytest.mark.parametrize("word", GLUED.split())
def test_a_missing_space_is_seen(word: str) -> None:
    """Between sentences, after a comma, around a number, before a capital."""
    assert is_glued(word)


@pytest.mark.parametrize("word", RIGHT.split())
def test_french_words_are_left_alone(word: str) -> None:
    """Addresses, codes, hours, ordinals, brands, inclusive spellings, compound names."""
    assert not is_glued(word)


def test_names_of_real_schools_are_left_alone() -> None:
    """Every word of the example's list, and of its texts."""
    with (ROOT / "examples" / "indre-et-loire-2018" / "ecoles.csv").open(encoding="utf-8") as file:
        cells = [cell for row in csv.reader(file, delimiter=";") for cell in row]
    words = {word for cell in cells for word in cell.split()}
    assert len(words) > 100
    assert [word for word in words if is_glued(word)] == []


def row(*texts: str, gap: float = 4, size: float = 12) -> tuple[FoundWord, ...]:
    """Words on one line, `gap` points apart."""
    x, words = 0, []
    for text in texts:
        box = Box(x, 0, pt(size / 2) * len(text), pt(size))
        words.append(
            FoundWord(
                text=text, box=box, size=size, font="", ink=(0, 0, 0), contrast=21, line=0, behind=(255, 255, 255)
            )
        )
        x = box.right + pt(gap)
    return tuple(words)


@pytest.mark.parametrize(
    ("texts", "gap", "found"),
    [
        (("L", "y", "c", "é", "e"), 4, ["Lycée"]),
        (("le", "L", "y", "c", "é", "e", "de", "V", "o", "t", "e"), 4, ["Lycée", "Vote"]),
        (("il", "y", "a", "à", "Tours"), 4, []),
        (("A", "B", "C", "D"), 40, []),
        (("1", "2", "3", "4", "5"), 4, []),
    ],
)
def test_letters_apart_are_one_word(texts: tuple[str, ...], gap: float, found: list[str]) -> None:
    """Four letters and more, as near to each other as words are; heads of columns are further apart."""
    assert ["".join(word.text for word in run) for run in find_spaced(row(*texts, gap=gap))] == found


@pytest.mark.parametrize(
    "text", ["caf\ufffd", "caf■", "□lève", "LycÃ©e", "dâ€™accord", "\ue001\ue002", "a\x07b", "Â«"]
)
def test_characters_that_are_no_text(text: str) -> None:
    """Replacement characters, boxes in words, private characters, controls, UTF-8 read as Latin 1."""
    assert [word.text for word in find_no_text(Evidence(words=row("Lycée", text)))] == [text]


@pytest.mark.parametrize("text", ["café", "□", "☐", "\uf0b7", "•", "Ã", "SÃO", "€", "→", "1²", "N\u0303"])
def test_symbols_are_text(text: str) -> None:
    """A box to tick, a bullet of a symbol font, capitals of other languages."""
    assert list(find_no_text(Evidence(words=row("Lycée", text)))) == []


@pytest.mark.parametrize(
    "text",
    [
        "{{ nom }}",
        "{% if x %}",
        "${nom}",
        "%(nom)s",
        "«Nom_Ecole»",
        "None",
        "undefined",
        "NaN",
        "TODO",
        "lorem ipsum",
        "Lorem\nipsum",
        "XXX",
        "XXXXX",
        "#REF!",
        "#N/A",
        "#NOM?",
        "#VALEUR!",
        "Erreur ! Source du renvoi introuvable.",
        "Adresse : à compléter",
        "[à compléter]",
    ],
)
def test_leftovers_are_found(text: str) -> None:
    """Of templates, mail merges, spreadsheets, word processors, and of hasty people."""
    assert list(find_leftovers(f"Lycée Balzac\n{text}\nTours"))


@pytest.mark.parametrize(
    "text",
    [
        "une case à compléter par l’électeur",
        "XXe siècle, Louis XIV, page XXVIII",
        "« Nom » et prénom",
        "aucun, néant, nul",
        "100 % {sic}",
        "Nonette, Todos, Nan",
        "valeur nulle",
    ],
)
def test_french_is_no_leftover(text: str) -> None:
    """Forms to fill in, Roman numerals, quotation marks."""
    assert list(find_leftovers(text)) == []
