"""File names made from names of schools."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.text import slug


@given(text=st.text(max_size=300), limit=st.integers(16, 80))
def test_alphabet_and_length(text: str, limit: int) -> None:
    """Any text gives a name of words and single hyphens, never empty, never too long."""
    name = slug(text, limit)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name) and len(name) <= limit


@given(text=st.text(max_size=80))
def test_slug_of_a_slug_is_itself(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        *(("Lycée Jacques Cœur", "lycee-jacques-coeur"), ("ÉCOLE DE L’ÎLE-D’YEU", "ecole-de-l-ile-d-yeu")),
        *(("E\u0301cole", "ecole"), ("Lætitia", "laetitia"), ("../../etc/passwd", "etc-passwd")),
        *(("C:\\Windows", "c-windows"), ("CON", "ecole-con"), ("nul.", "ecole-nul"), ("Com¹", "ecole-com1")),
        *(("", "ecole"), ("…", "ecole"), ("مدرسة", "ecole")),
    ],
)
def test_names(text: str, name: str) -> None:
    """Accents, ligatures, paths and names that Windows reserves."""
    assert slug(text) == name


def test_limits_of_a_slug() -> None:
    """Half a word at the end looks like a mistake; a limit too small is one of programming."""
    assert slug("Section d'enseignement professionnel", 24) == "section-d-enseignement"
    assert slug("x" * 90) == "x" * 60
    with pytest.raises(ValueError, match="16"):
        slug("x", 5)
