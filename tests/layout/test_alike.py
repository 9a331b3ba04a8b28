"""Layouts say what they have in common, so that whoever has seen one knows the others."""

from leaflet.layout.face import Layout
from leaflet.markup.flow import parse_flow
from leaflet.markup.forms import Flow, FlowReader
from leaflet.markup.paths import Form, Rendered
from leaflet.records import record_context
from tests.support import LONG_NAME, SHORT_NAME, compositor, example_contexts, renderer, school

READER = FlowReader()
NEIGHBOUR = '<panel at="t:5"><p at="t:6">Du</p><p at="t:7">3</p><p at="t:8">au 10</p></panel>'
BESIDE = Form(
    (
        '<leaflet title="Votez"><page at="t:1"><row at="t:2"><panel at="t:3"><p at="t:4">',
        f"</p></panel>{NEIGHBOUR}</row></page></leaflet>",
    )
)


def lay_out(name: str) -> Layout:
    """A leaflet of the example campaign."""
    chosen = school(name)
    filled = renderer().fill(example_contexts().shared_by(chosen), record_context(chosen))
    return compositor("default").compose(READER.read(filled))


def lay_out_beside(text: str) -> Layout:
    """A page with a text of its own in a panel that is made as high as the one beside it."""
    flow = READER.read(Rendered(BESIDE, (text,)))
    assert isinstance(flow, Flow)
    return compositor("default").compose(flow)


def test_layouts_of_one_kind_are_alike() -> None:
    """The very same thing says so, whether they were laid out or filled; they share all but their own pieces."""
    first, second, third = (lay_out(name) for name in ("Lycée Balzac", "Lycée Ronsard", "École Jules-Verne"))
    assert first.like is second.like is third.like is not None
    for one, other in zip(first.faces, third.faces, strict=True):
        assert one.like is other.like is not None
        different = [
            n for n, (a, b) in enumerate(zip(one.placed, other.placed, strict=True)) if a.piece is not b.piece
        ]
        assert set(different) <= set(one.own)
    assert first.title != third.title


def test_a_second_line_makes_another_kind() -> None:
    """What is as high as another differs in more than letters."""
    assert lay_out(SHORT_NAME).like is not lay_out(LONG_NAME).like
    assert lay_out(LONG_NAME).like is lay_out(LONG_NAME.replace("a", "e")).like


def test_nothing_is_known_of_a_page_alone() -> None:
    """Markup without a form, as it is laid out to tell what is wrong with it."""
    page = '<leaflet title="Votez"><page at="t:1"><p at="t:2">Votez</p></page></leaflet>'
    assert compositor("default").compose(parse_flow(page)).like is None


def test_pieces_made_as_high_as_others_are_not_alike() -> None:
    """Their frames were drawn for them, so the next one must be drawn, too."""
    first, second = lay_out_beside("Tours"), lay_out_beside("Blois")
    assert first.like is None
    assert second.like is None
    texts = [layout.faces[0].placed[0].piece.text for layout in (first, second)]
    assert texts == ["Tours", "Blois"]
