"""A filled flow stencil is what its text is when it is parsed as a whole, whatever stands in the holes."""

from collections.abc import Callable, Iterable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from leaflet.faults import LeafletError
from leaflet.markup.flow import Container, parse_flow
from leaflet.markup.parse import parse_blocks
from leaflet.reuse.flow_stencils import BlockHole, FilledBlock, FilledFlow, FlowReader
from leaflet.reuse.traced_template import FilledText, TextStencil
from tests.support import tables_of

HOLE = "□"
PARTS = tables_of(__file__)["parts"]
VALUES = st.sampled_from(
    [
        *("", " ", "a", "l’école & fils", "<b>", "\"'", "2", "lt", "amp;", "small", "a\tb", "\x01", "\ufffe"),
        *("\U000f0000", ">"),
    ]
)
FILLINGS = (
    VALUES.map(escape) | VALUES | st.sampled_from(["<strong>x</strong>", "</p><p>", '" at="', "&lt;", "&nbsp;"])
)


def outcome(action: Callable[[], object]) -> object:
    try:
        return action()
    except LeafletError as error:
        return error.faults


def expanded(container: Container, blocks: tuple[FilledBlock, ...]) -> object:
    """A container as plain values, with pieces as their elements."""
    children = []
    for child in container.children:
        if isinstance(child, Container):
            children.append(expanded(child, blocks))
        elif isinstance(child, BlockHole):
            filled = blocks[child.number]
            children.append((filled.source, outcome(filled.parse)))
        else:
            children.append((child, outcome(lambda child=child: parse_blocks(child)[0])))
    return container.tag, dict(container.attributes), container.at, children


def read(reader: FlowReader, rendered: FilledText) -> object:
    flow = reader.parse(rendered)
    if isinstance(flow, FilledFlow):
        return flow.title, [expanded(page.stencil.container, page.blocks) for page in flow.pages]
    return flow.attributes["title"], [expanded(child, ()) for child in flow.children if isinstance(child, Container)]


def parse(text: str) -> object:
    leaflet = parse_flow(text)
    return leaflet.attributes["title"], [expanded(c, ()) for c in leaflet.children if isinstance(c, Container)]


RECORDS = st.lists(st.lists(FILLINGS, min_size=20, max_size=20), min_size=1, max_size=4)


def check(parts: Iterable[str], records: Iterable[Sequence[str]]) -> None:
    source = '<leaflet title="T &amp; □"><page at="t:1">' + "".join(parts) + "</page></leaflet>"
    stencil = TextStencil(tuple(source.split(HOLE)))
    reader = FlowReader()
    for values in records:
        rendered = FilledText(stencil, tuple(values[: len(stencil.texts) - 1]))
        assert outcome(lambda rendered=rendered: read(reader, rendered)) == outcome(
            lambda rendered=rendered: parse(rendered.text)
        )


@pytest.mark.parametrize("part", PARTS)
def test_a_hole_is_filled_wherever_it_stands(part: str) -> None:
    """In text, in an attribute, in both; in a name and in what is no markup."""
    check([part], [[str(number) for number in range(start, start + 20)] for start in (1, 50)])


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=4), RECORDS)
def test_filled_stencils_are_their_texts(parts: list[str], records: list[list[str]]) -> None:
    """Containers, pieces and elements, or the fault of the text."""
    check(parts, records)
