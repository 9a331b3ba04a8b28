"""File names made from names of schools."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.text import slug


@given(text=st.text(max_size=300))
def test_alphabet_and_length(text: str) -> None:
    """Any text gives a name of words and single hyphens, never empty, never too long."""
    name = slug(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= 60


@given(text=st.text(max_size=80))
def test_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("Lycée Jacques Cœur", "lycee-jacques-coeur"), ("ÉCOLE DE L’ÎLE-D’YEU", "ecole-de-l-ile-d-yeu")),
        *(("E\u0301cole", "ecole"), ("Lætitia", "laetitia"), ("../../etc/passwd", "etc-passwd")),
        *(("C:\\Windows", "c-windows"), ("CON", "ecole-con"), ("nul.", "ecole-nul"), ("Com¹", "ecole-com1")),
        *(("", "ecole"), ("…", "ecole"), ("مدرسة", "ecole"), ("x" * 90, "x" * 60)),
        (f"{'x' * 40} Section d'enseignement professionnel", f"{'x' * 40}-section-d"),
    ],
)
def test_names(text: str, name: str) -> None:
    """Accents, ligatures, paths, names that Windows reserves, and long ones: half a word looks like a mistake."""
    assert slug(text) == name
