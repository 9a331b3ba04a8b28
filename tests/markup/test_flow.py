"""A rendered template falls into containers and pieces, in reading order."""

import pytest

from leaflet.markup.flow import Container, parse_flow
from leaflet.markup.parse import parse_blocks, place_of, split_blocks
from tests.support import leaflet_markup, one_page, parse_all, tables_of


def test_containers_and_pieces() -> None:
    """Children stand as they were written; equal text is an equal piece, with its place or the one before."""
    page = parse_flow(one_page("<p>a</p><row><panel at='t.xml:3'><p>b</p></panel></row><p>c</p>")).children[0]
    assert isinstance(page, Container)
    kinds = [child if isinstance(child, str) else child.tag for child in page.children]
    assert kinds == ["<p>a</p>", "row", "<p>c</p>"]
    assert isinstance(page.children[1], Container)
    markup = (
        '<leaflet at="t.xml:1" title="A &amp; B &lt;b&gt; &#34;c&#34; &#39;d&#39;"><page><p>x</p></page></leaflet>'
    )
    assert parse_flow(markup).attributes == {"title": "A & B <b> \"c\" 'd'"}
    source = '<p class="lead" at="t.xml:3">un\n <strong>deux</strong> &amp; trois</p>'
    assert split_blocks(f"\n  {source}\n  {source}\n") == (source, source)
    (element,) = parse_blocks(
        '<ul at="t.xml:3"><li at="t.xml:4">a</li><li at="t.xml:5">b <strong>c</strong></li></ul>'
    )
    assert [child.at for child in element.walk()] == ["t.xml:3", "t.xml:4", "t.xml:5", "t.xml:5"]
    assert "at" not in element.attributes
    assert place_of("steps/a.xml:12").line == 12 and place_of("a.xml").file == "a.xml"


CODE = '<qr href="h" title="t" alt="a"/>'
SIGNS = '<qr href="h" title="a > b" alt="a"/>'


@pytest.mark.parametrize(
    "pieces", [(CODE,), (CODE, "<p>x</p>"), (CODE, CODE), (SIGNS,), ("<p>a<br/></p>", "<p>b</p>")]
)
def test_an_element_without_content_is_a_piece_of_its_own(pieces: tuple[str, ...]) -> None:
    """An element closed in its own tag ends there, whatever follows."""
    assert split_blocks("".join(pieces)) == pieces


@pytest.mark.parametrize(("source", "text"), tables_of(__file__)["texts"])
def test_white_space_folds_as_in_html(source: str, text: str) -> None:
    """Spaces and line ends of the source fold to one space; no-break spaces are text."""
    assert parse_blocks(source)[0].text == text


def test_the_example_parses_whole() -> None:
    """Every block of the example's leaflet is in the vocabulary, two pages of them."""
    flow = parse_flow(leaflet_markup())
    assert [child.tag for child in flow.children if isinstance(child, Container)] == ["page", "page"]
    assert {element.tag for element in parse_all(leaflet_markup())} >= {"hero", "strip", "tile", "case", "memo"}
