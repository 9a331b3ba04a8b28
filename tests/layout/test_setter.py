"""Text set in a column: endings of ordinals, and what does not fit."""

import pytest

from leaflet.geometry import mm, to_mm
from tests.layout.pieces import piece_of, texts, theme_on
from tests.support import fault_of, fontbook

RAISED = [("default", "p", True), ("large-print", "h2", True), ("large-print", "p", False)]


def test_a_domain_too_wide_says_what_its_smaller_type_lacks() -> None:
    """The name of a site is set smaller before it is refused (F102): that size counts."""
    name, width = "w" * 40 + ".fr", mm(40)
    markup = f'<p class="lead" at="t.xml:1"><a href="https://a.fr"><strong>{name}</strong></a></p>'
    fault = fault_of(lambda: piece_of(markup, width))
    smallest = min(token.floor for token in theme_on("").type.values())
    needed = fontbook().face("extrabold").width(name) * smallest / 1000 * 127 / 360
    assert float(str(fault.values["missing_mm"])) == round(needed - to_mm(width), 1)


@pytest.mark.parametrize(("theme", "tag", "is_raised"), RAISED)
@pytest.mark.parametrize("width", [mm(150), mm(60)])  # on one line, and on several
def test_endings_of_ordinals_are_raised(theme: str, tag: str, is_raised: bool, width: int) -> None:
    """The « er » of « 1er » is small and high, but where it would be too small for large print."""
    marks = texts(piece_of(f'<{tag} at="t.xml:1">Je vote du 1er au 8 décembre</{tag}>', width, theme=theme))
    assert ("er" in marks) is is_raised


@pytest.mark.parametrize("text", ["2e", "19e", "1re", "2de", "2e.", "exemple.fr/2e", "2e-tour.fr", "A2e", "12ee"])
def test_other_endings_are_raised(text: str) -> None:
    """Endings of ordinals are raised, and not what ends like one in an address or a code."""
    marks = texts(piece_of(f'<p at="t.xml:1">Le {text} tour du vote</p>', mm(150)))
    assert (text.strip(".").lstrip("0123456789") in marks) is (len(text) < 4 and text[0] != "A")


def test_what_follows_a_raised_ending_stands_beside_it() -> None:
    """Text in another weight begins where the small ending ends, not where a large one would."""
    marks = texts(piece_of('<p at="t.xml:1"><strong>Le 1er</strong> tour</p>', mm(150)))
    ending, rest = marks["er"], marks["tour"]
    width = fontbook().face(ending.weight).width(ending.text) * ending.size / 1000 * 127 / 360
    assert abs(to_mm(rest.x - ending.x) - width) < 0.05
