"""Values of campaign and list are text: whatever stands in them comes out of the markup as the same characters."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leaflet.markup.flow import parse_flow
from leaflet.text import typographic
from tests.markup import SOURCES
from tests.support import context, parse_all, renderer

HOSTILE = SOURCES["hostile"]

printable = st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=60).filter(str.strip)


def printed(name: str) -> tuple[str, str, str]:
    """The title of a leaflet for this name and town, the name of the school on it, and the line it stands on."""
    rendered = renderer().render(context(name, town=name))
    strip = next(piece for piece in parse_all(rendered) if piece.tag == "strip")
    return parse_flow(rendered).attributes["title"], strip.elements[0].text, strip.text


def folded(text: str) -> str:
    """Runs of ordinary spaces as one, none at the edges: how text is set."""
    return " ".join(word for word in text.split(" ") if word)


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_values_are_text(name: str) -> None:
    """Markup, entities, template syntax and quotes in a value are printed as they are, but for apostrophes."""
    name = typographic(name)
    title, strong, line = printed(name)
    assert f" – {name}, {name}" in title and strong == name
    assert line == f"Personnels de\u00a0: {name}, {name}"


@given(printable)
@example("<")
@example("&")
@example(" a  b ")
def test_any_printable_name_comes_out_as_it_went_in(name: str) -> None:
    title, strong, line = printed(name)
    name = typographic(name)
    assert f" – {name}, {name}" in title and folded(strong) == folded(name)
    assert folded(line) == folded(f"Personnels de\u00a0: {name}, {name}")


@given(printable)
def test_a_value_never_changes_the_structure(name: str) -> None:
    tags = [element.tag for piece in parse_all(renderer().render(context(name))) for element in piece.walk()]
    plain = renderer().render(context("Lycée"))
    assert tags == [element.tag for piece in parse_all(plain) for element in piece.walk()]
