"""Logos as drawing programs write them: what is drawn, what is passed over, what is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.faults import RenderError
from leaflet.geometry import mm
from leaflet.layout.drawings.logo_svg import parse_literal, read_logo
from leaflet.layout.drawings.parse_svg import BadValueError, Drawing
from leaflet.layout.marks import Path
from tests.support import fault_of, tables_of

TABLES = tables_of(__file__)
INKSCAPE, ILLUSTRATOR = TABLES["inkscape"], TABLES["illustrator"]


def logo(body: str, root: str = 'viewBox="0 0 20 10"') -> bytes:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {root}>\n{body}\n</svg>'.encode()


def read(body: str, root: str = 'viewBox="0 0 20 10"') -> Drawing:
    return read_logo(logo(body, root), "logo.svg")


def test_logos_of_programs() -> None:
    """Layers, styles and notes to itself, hidden ones not drawn; in its encoding, no document type fetched."""
    drawing = read_logo(INKSCAPE.encode(), "logo.svg")
    assert (drawing.width, drawing.height) == (mm(100), mm(50))
    plate, tick = drawing.shapes
    assert isinstance(plate, Path) and isinstance(tick, Path)
    assert (plate.fill, plate.line) == ("#c8102e", "")
    assert (tick.fill, tick.line, tick.line_width, tick.end) == ("", "#ffffff", mm(5), "round")
    assert tick.steps[0].points == (mm(25), mm(25))
    drawing = read_logo(ILLUSTRATOR.encode("iso-8859-1"), "logo.svg")
    plate, frame = drawing.shapes
    assert isinstance(frame, Path)
    assert (plate.fill, frame.fill, frame.even_odd) == ("#14213d", "#ffffff", True)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_encodings(encoding: str) -> None:
    assert read_logo(logo("<title>é</title><path d='M0 0h9'/>").decode().encode(encoding), "logo.svg").shapes


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('viewBox="0 0 1 0.5"', (mm(100), mm(50))),
        ('viewBox="0 0 10000 40000"', (mm(25), mm(100))),
        ('width="300" height="100px"', (mm(100), 33_333)),
    ],
)
def test_any_size_is_made_one(root: str, size: tuple[int, int]) -> None:
    """A logo of one unit is drawn as finely as one of ten thousand."""
    drawing = read("", root)
    assert (drawing.width, drawing.height) == size


@pytest.mark.parametrize(
    ("text", "color"),
    [
        *[("#AbC", "#aabbcc"), ("#14213D", "#14213d"), ("red", "#ff0000"), ("Orange", "#ffa500"), ("none", "")],
        *[("rgb(20,33,61)", "#14213d"), ("rgb( 20 , 33 , 61 )", "#14213d"), ("rgb(100%, 0%, 50%)", "#ff0080")],
        *[("currentColor", "#000000"), ("transparent", ""), ("rgb(300, 0, 0)", "#ff0000")],
    ],
)
def test_colours(text: str, color: str) -> None:
    assert parse_literal(text, "fill") == color


@pytest.mark.parametrize("text", [*TABLES["other_colours"], f"rgb({'1' * 5_000},2,3)"])
def test_other_colours(text: str) -> None:
    with pytest.raises(BadValueError):
        parse_literal(text, "fill")


def test_colours_and_edges_of_a_logo() -> None:
    """As in browsers, a style before an attribute; what reaches beyond the edge is cut off when painted."""
    assert read("<path d='M0 0h9'/>").shapes[0].fill == "#000000"
    assert read("<path fill='red' style='fill:blue !important' d='M0 0h9'/>").shapes[0].fill == "#0000ff"
    assert read("<path d='M-5 -5h90'/>").shapes


REFUSED = {
    **{what: (logo(body), "W114", 2) for what, body in TABLES["refused"].items()},
    "no size": (logo("", ""), "W114", 1),
    "a size in millimetres": (logo("", 'width="20mm" height="10mm"'), "W114", 1),
    "entities": (b'<!DOCTYPE svg [<!ENTITY a "ha">]>' + logo("<title>&a;</title>"), "W114", 1),
    "another language": (b"<svg/>", "W104", 1),
    "not closed": (logo("<g>"), "W104", 3),
    "an unknown encoding": (b'<?xml version="1.0" encoding="klingon"?>' + logo(""), "W104", 1),
    "too many elements": (logo("<g/>" * 5001), "W115", 2),
    "too many steps": (logo(f'<path d="M0 0{"h.001" * 20_001}"/>'), "W115", 2),
    "too deep": (logo("<g>" * 40 + "</g>" * 40), "W115", 2),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_refused(what: str) -> None:
    """With the line, and the way out: another format."""
    source, code, line = REFUSED[what]
    fault = fault_of(lambda: read_logo(source, "logo.svg"))
    assert (fault.code, fault.place.file, fault.place.line) == (code, "logo.svg", line)
    assert "PDF" in fault.way_out("fr")


@given(st.lists(st.sampled_from(INKSCAPE.split(" ")), max_size=60))
def test_any_mixture_is_drawn_or_refused(words: list[str]) -> None:
    for source in (" ".join(words).encode(), logo(" ".join(words))):
        try:
            read_logo(source, "logo.svg")
        except RenderError as error:
            assert error.faults[0].code in ("W104", "W114", "W115")
