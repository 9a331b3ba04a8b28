"""A page that differs from another in its variable pieces alone is laid out as if it were the only one."""

from collections.abc import Callable
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from leaflet.faults import LeafletError
from leaflet.files.resources import program_resources
from leaflet.layout.face import Layout, Placed
from leaflet.layout.page import Layouter
from leaflet.layout.theme import load_theme
from leaflet.markup.flow import parse_flow
from leaflet.markup.record_values import RecordContexts, record_context
from leaflet.markup.render import load_renderer
from leaflet.reuse.flow_stencils import FlowReader
from leaflet.reuse.page_stencils import StencilLayouter
from leaflet.reuse.traced_template import FilledText, TextStencil, TracedSandbox, TracedTemplate
from tests.groups import with_drills
from tests.support import (
    LONG_NAME,
    SHORT_NAME,
    THEMES,
    example_contexts,
    fontbook,
    layouter,
    one_page,
    renderer,
    school,
)

NAMES = st.sampled_from([SHORT_NAME, LONG_NAME, "École & <Co>", "x" * 90, "", "École de l’Île  aux  Saules", "Ω"])
HOLE = "{}"
LINES = st.lists(st.sampled_from(["1 rue de l’Église", "BP 12", "Bâtiment « Les Œillets »"]), max_size=3)
SCHOOLS = st.lists(st.tuples(NAMES, LINES, st.sampled_from([None, 0, 1, 12])), min_size=1, max_size=5)


@cache
def reader() -> FlowReader:
    return FlowReader()


@cache
def template() -> TracedTemplate:
    return TracedTemplate(load_renderer(program_resources(), "leaflet-a4", sandbox=TracedSandbox))


@cache
def stencils(theme: str) -> StencilLayouter:
    return StencilLayouter(layouter(theme))


def placed_values(placed: Placed) -> object:
    piece = placed.piece
    marks = [tuple(group) for group in piece.groups]
    return placed[1:], piece.name, piece.at, piece.width, piece.height, piece.text, marks, piece.nodes, piece.blanks


def values(layout: Layout) -> object:
    """A layout without the identities of its pieces."""
    faces = [(face.width, face.height, [*map(placed_values, face.placed)]) for face in layout.faces]
    return layout.title, layout.step, faces


def outcome(compose: Callable[[], Layout]) -> object:
    try:
        return values(compose())
    except LeafletError as error:
        return error.faults


@pytest.mark.parametrize("theme", THEMES)
@given(schools=SCHOOLS)
def test_known_pages_are_laid_out_alike(theme: str, schools: list[tuple[str, list[str], int | None]]) -> None:
    """Faces, pieces and marks of each school, whatever came before it."""
    contexts: RecordContexts = example_contexts()
    for name, lines, copies in schools:
        chosen = school(name, address=tuple(lines), copies=copies)
        shared, own = contexts.shared_by(chosen), record_context(chosen)
        filled = template().render(shared, own)
        markup = renderer().render({**shared, **own})
        assert filled.text == markup
        known = outcome(lambda filled=filled: stencils(theme).lay_out(reader().parse(filled)))
        assert known == outcome(lambda markup=markup: layouter(theme).lay_out(parse_flow(markup)))


TILE = '<tile number="1"><dialog><p>Bonjour {}</p></dialog><h3>Voter {}</h3><p>{}</p></tile>'


@pytest.mark.parametrize(("paper", "count"), with_drills([("a5", 7), ("trifold", 2)], [("a5", 2), ("trifold", 7)]))
@given(names=st.lists(NAMES.filter(str.strip), min_size=1, max_size=3))
def test_tiles_are_filled_alike(paper: str, count: int, names: list[str]) -> None:
    """With a variable message, title or text, in rows or one under the other: titles have one size all the same."""
    theme = load_theme(program_resources(), "default", paper)
    plain, filling = Layouter(fontbook(), theme, {}), StencilLayouter(Layouter(fontbook(), theme, {}))
    for variable in ((HOLE, "ici", "là"), ("à tous", HOLE, "là"), ("à tous", "ici", HOLE)):
        tiles = TILE.format(*variable) + TILE.format("à vous", "demain", "là") * (count - 1)
        texts = TextStencil(tuple(one_page(f"<tiles>{tiles}</tiles>").split(HOLE)))
        for name in names:
            filled = FilledText(texts, (str(escape(name)),))
            known = outcome(lambda filled=filled: filling.lay_out(reader().parse(filled)))
            assert known == outcome(lambda filled=filled: plain.lay_out(parse_flow(filled.text)))
