"""SVG in, plain values out: each element, where it is, what it looks like; and all that is refused."""

import math
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.faults import TemplateError
from leaflet.layout.drawings.parse_svg import GEOMETRY, Drawing, DrawnText, read_drawing
from leaflet.layout.marks import Path, Step
from leaflet.program import assets
from tests.support import fault_of, tables_of

NAMESPACE = 'xmlns="http://www.w3.org/2000/svg"'
SOURCES = {
    path.relative_to(assets()).as_posix(): path
    for kind in ("icons", "scenes")
    for path in (assets() / kind).iterdir()
}


def svg(body: str, attributes: str = "") -> str:
    """A drawing of 24 × 24 units with this on its third line."""
    return f'<svg {NAMESPACE} viewBox="0 0 24 24" {attributes}>\n\n{body}\n</svg>'


def read(body: str, attributes: str = "") -> Drawing:
    return read_drawing(svg(body, attributes), "icons/essai.svg")


def steps(body: str) -> list[tuple[str, tuple[int, ...]]]:
    (path,) = read(body).shapes
    assert isinstance(path, Path)
    return [tuple(step) for step in path.steps]


def ends(path: Path) -> Iterator[tuple[int, int]]:
    for step in path.steps:
        if step.points:
            yield step.points[-2], step.points[-1]


# --- what is drawn -----------------------------------------------------------------------------------------------

SQUARE = [("m", (2000, 3000)), ("l", (6000, 3000)), ("l", (6000, 7000)), ("l", (2000, 7000))]
TABLES = tables_of(__file__)
AS_SQUARE = TABLES["as_square"]


@pytest.mark.parametrize("how", AS_SQUARE)
def test_one_square_drawn_in_many_ways(how: str) -> None:
    """Elements, absolute and relative steps and transformations are ways to write the same points."""
    assert [step for step in steps(AS_SQUARE[how]) if step[0] != "z"][:4] == SQUARE
    assert steps(AS_SQUARE[how])[-1] == ("z", ())


def test_lines_and_curves() -> None:
    """Lines stay open; radii of corners are half a side at most; a quadratic curve goes through the same points."""
    line = '<line x1="1" y1="2" x2="3" y2="4"/>'
    assert steps(line) == steps('<polyline points="1 2 3 4"/>') == [("m", (1000, 2000)), ("l", (3000, 4000))]
    assert {12000 + 4000, 12000 - 4000} <= {
        points[-2] for _, points in steps('<ellipse cx="12" cy="9" rx="4" ry="2"/>') if points
    }
    full, half = (f'<rect width="8" height="4" rx="{radius}"/>' for radius in (30, 2))
    assert steps(full)[-1] == ("z", ())
    assert steps('<rect width="8" height="4" rx="1"/>') == steps('<rect width="8" height="4" ry="1"/>')
    assert [kind for kind, _ in steps(half)].count("c") >= 4
    (_, (kind, points)) = steps('<path d="M0 0Q6 12 12 0"/>')
    assert (kind, points) == ("c", (4000, 8000, 8000, 8000, 12000, 0))


@pytest.mark.parametrize("body", ['<circle cx="12" cy="10" r="4"/>', '<ellipse cx="12" cy="10" rx="4" ry="4"/>'])
def test_a_circle_is_round(body: str) -> None:
    """Points on its curves are as far from the middle as its radius, to a hundredth of a millimetre."""
    here = (0, 0)
    for kind, points in steps(body):
        if kind == "c":
            one, two, end = points[:2], points[2:4], points[4:]
            for t in (0.25, 0.5, 0.75, 1):
                x, y = (
                    (1 - t) ** 3 * a + 3 * (1 - t) ** 2 * t * b + 3 * (1 - t) * t**2 * c + t**3 * d
                    for a, b, c, d in zip(here, one, two, end, strict=True)
                )
                assert math.hypot(x - 12000, y - 10000) == pytest.approx(4000, abs=10)
        here = points[-2:] or here


@pytest.mark.parametrize(
    ("transform", "point"),
    [
        *(("translate(3)", (4000, 2000)), ("scale(2 3)", (2000, 6000)), ("rotate(90 1 1)", (0, 1000))),
        *(("skewX(45)", (3000, 2000)), ("skewY(45)", (1000, 3000)), ("translate(1 1) scale(2)", (3000, 5000))),
    ],
)
def test_transformations(transform: str, point: tuple[int, int]) -> None:
    assert steps(f'<path transform="{transform}" d="M1 2h.001"/>')[0] == ("m", point)


def test_view_box_titles_and_parts() -> None:
    """Its corner is the origin, its unit a millimetre; nothing is drawn for titles and for places of callouts."""
    drawing = read_drawing(f'<svg {NAMESPACE} viewBox="-2 1 57.5 32"><path d="M0 3h1"/></svg>', "scenes/a.svg")
    assert (drawing.name, drawing.width, drawing.height) == ("a", 57_500, 32_000)
    assert drawing.shapes[0].steps[0] == Step("m", (2000, 2000))
    style = 'style="--ink: #16213a; --paper: #fff;" font-family="Atkinson Hyperlegible"'
    assert read("<title>Un <![CDATA[titre]]></title><desc>d</desc><!-- c -->", style).shapes == ()
    drawing = read('<g transform="translate(2 2)"><circle id="part-login" cx="3" cy="4" r="0"/></g>')
    assert (drawing.anchors, drawing.shapes) == ({"login": (5000, 6000)}, ())
    source = SOURCES["scenes/login.svg"].read_text("utf-8")
    assert read_drawing(source, "scenes/login.svg").anchors.keys() == {"address", "login", "password"}


def test_the_look_is_inherited() -> None:
    """From group to group; widths grow with what they are in; without extent, colour or width nothing is drawn."""
    group = '<g fill="none" stroke="var(--line)" stroke-width=".5" stroke-linecap="round" stroke-linejoin="bevel"'
    path = (
        f'{group} stroke-dasharray="1 2 3"><g transform="scale(2)"><path d="M0 0h3" stroke="var( --ink )"/></g></g>'
    )
    (drawn,) = read(path).shapes
    assert isinstance(drawn, Path)
    assert (drawn.fill, drawn.line, drawn.line_width, drawn.end, drawn.join) == ("", "ink", 1000, "round", "bevel")
    assert drawn.dash == (2000, 4000, 6000) * 2
    (plain,) = read('<path d="M0 0h3v3z"/>').shapes
    assert (plain.fill, plain.line, plain.line_width) == ("ink", "", 0)
    empty = ['<circle r="0"/>', '<rect width="0" height="3"/>', '<path d=""/>', '<polygon points=""/>', "<g/>"]
    empty += [
        '<path d="M0 0h3" fill="none"/>',
        '<ellipse rx="3" ry="0"/>',
        "<text x='1' y='3' font-size='2'> </text>",
    ]
    assert read("".join(empty)).shapes == ()
    assert read('<path d="M0 0h3" fill="none" stroke="var(--ink)" stroke-width="0"/>').shapes[0].line == ""


def test_text() -> None:
    """White space as on a web page, weights as the faces there are, words for the template to hand in."""
    body = (
        '<text x="2" y="5" font-size="3" font-weight="800" text-anchor="end" data-room="9">Je\n  vote {name}</text>'
    )
    moved = f'<g transform="translate(1 1) scale(2)">{body}</g>'
    plain, scaled = read(body).shapes[0], read(moved).shapes[0]
    assert plain == DrawnText(2000, 5000, "Je vote {name}", "extrabold", 3000, "ink", "end", 9000)
    assert scaled == DrawnText(5000, 11000, "Je vote {name}", "extrabold", 6000, "ink", "end", 18000)
    assert read('<text x="2" y="5" font-size="3">a</text>').shapes[0].weight == "regular"


# --- what is refused ---------------------------------------------------------------------------------------------

REFUSED: dict[str, tuple[str, str, int]] = {
    **{what: (svg(body), code, 3) for code, bodies in TABLES["refused"].items() for what, body in bodies.items()},
    "loose text": (svg("Bonjour"), "M417", 4),
    "no view box": (f"<svg {NAMESPACE}/>", "M420", 1),
    "an empty view box": (f'<svg {NAMESPACE} viewBox="0 0 0 24"/>', "M420", 1),
    "a huge view box": (f'<svg {NAMESPACE} viewBox="0 0 24 1e5"/>', "M420", 1),
    "a style of the root": (svg("", 'style="--ink: red; background: url(a.png)"'), "M420", 1),
    "another language": ("<html/>", "M416", 1),
    "an svg of nobody": ('<svg viewBox="0 0 24 24"/>', "M416", 1),
    "not closed": (f'<svg {NAMESPACE} viewBox="0 0 24 24">\n<g>\n</svg>', "M416", 3),
    "not XML": ("%PDF-1.7", "M416", 1),
    "nothing": ("", "M416", 1),
    "too many elements": (svg("<g/>" * 501), "M419", 3),
    "too many steps": (svg(f'<path d="M0 0{"h.001" * 5001}"/>'), "M419", 3),
    "too deep": (svg("<g>" * 12 + "</g>" * 12), "M413", 3),
    "a document type": (f"<!DOCTYPE svg>\n{svg('')}", "M417", 1),
    "another file as document type": (f'<!DOCTYPE svg SYSTEM "file:///etc/passwd">\n{svg("")}', "M417", 1),
    "a file as an entity": (f'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n{svg("&a;")}', "M417", 1),
    "a billion laughs": (
        '<!DOCTYPE svg [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
        + svg("<title>&c;</title>"),
        "M417",
        1,
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_not_understood_is_refused(what: str) -> None:
    """With the file, the line and a way out, in both languages."""
    source, code, line = REFUSED[what]
    fault = fault_of(lambda: read_drawing(source, "icons/essai.svg"))
    assert (fault.code, fault.place.file, fault.place.line) == (code, "icons/essai.svg", line)
    assert all(fault.reason(lang) and fault.way_out(lang) for lang in ("en", "fr"))


@given(st.text(st.sampled_from("MmZzLlHhVvCcSsQqTtAa0123456789.-+e, "), max_size=40))
def test_any_path_data_is_drawn_or_refused(data: str) -> None:
    try:
        read(f'<path d="{data}"/>')
    except TemplateError as error:
        assert error.faults[0].code in ("M420", "M422")


@given(
    st.sampled_from(sorted(GEOMETRY)),
    st.dictionaries(st.sampled_from(["x", "r", "d", "points", "width", "rx"]), st.text(max_size=9)),
)
def test_any_attribute_is_drawn_or_refused(tag: str, attributes: dict[str, str]) -> None:
    text = "".join(f" {key}='{value}'" for key, value in attributes.items())
    with pytest.raises(TemplateError):
        read(f"<{tag}{text}/><refused/>")


# --- the program's own -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", SOURCES)
def test_drawings_of_the_program(file: str) -> None:
    """All can be read, have a title, and text that has a room or is short."""
    source = SOURCES[file].read_text("utf-8")
    drawing = read_drawing(source, file)
    assert drawing.shapes
    assert "<title>" in source
    if file.startswith("icons"):
        assert (drawing.width, drawing.height) == (24_000, 24_000)
    elif not file.startswith("scenes/fold"):  # drawings of folds stand in no window, the last size in easy rows
        assert (drawing.width, drawing.height) in ((57_500, 44_400 if "login" in file else 32_000), (38_600, 19_600))
    for shape in drawing.shapes:
        if isinstance(shape, DrawnText) and "{" in shape.text:
            assert shape.room
