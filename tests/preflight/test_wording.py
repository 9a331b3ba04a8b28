"""Characters that are no text, leftovers of templates; and French that is right."""

import pytest

from leaflet.geometry import Box, pt
from leaflet.preflight.pdf.evidence import Evidence, FoundWord
from leaflet.preflight.rules.check_text import find_leftovers, find_no_text


def row(*texts: str) -> tuple[FoundWord, ...]:
    x, words, size = 0, [], 12.0
    for text in texts:
        box = Box(x, 0, pt(size / 2) * len(text), pt(size))
        words.append(
            FoundWord(
                text=text, box=box, size=size, font="", ink=(0, 0, 0), contrast=21, line=0, behind=(255, 255, 255)
            )
        )
        x = box.right + pt(4)
    return tuple(words)


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


@pytest.mark.parametrize("text", [
    "{{ nom }}", "{% if x %}", "${nom}", "%(nom)s", "«Nom_Ecole»", "None", "undefined", "NaN", "TODO", "lorem ipsum",
    "Lorem\nipsum", "XXX", "XXXXX", "#REF!", "#N/A", "#NOM?", "#VALEUR!", "Erreur ! Source du renvoi introuvable.",
    "Adresse : à compléter", "[à compléter]"
])  # fmt: skip
def test_leftovers_are_found(text: str) -> None:
    """Of templates, mail merges, spreadsheets, word processors, and of hasty people."""
    assert list(find_leftovers(f"Lycée Balzac\n{text}\nTours"))


@pytest.mark.parametrize("text", [
    "une case à compléter par l’électeur", "XXe siècle, Louis XIV, page XXVIII", "« Nom » et prénom",
    "aucun, néant, nul", "100 % {sic}", "Nonette, Todos, Nan", "valeur nulle"
])  # fmt: skip
def test_french_is_no_leftover(text: str) -> None:
    assert list(find_leftovers(text)) == []
