"""Drawings become marks in a box: size, colours, words; and what is painted of them."""

import re
from io import BytesIO

import pikepdf
import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.faults import RenderError, TemplateError
from leaflet.files.resources import program_resources
from leaflet.geometry import Box, Um, mm
from leaflet.layout.drawings.parse_svg import TOKENS, read_drawing
from leaflet.layout.drawings.placing import anchors, draw, draw_scene, figure
from leaflet.layout.drawings.store import Drawings, load_sources
from leaflet.layout.face import Face, Layout, Placed
from leaflet.layout.lines import to_um
from leaflet.layout.marks import Mark, Path, Text
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Setter
from leaflet.layout.theme import Style
from leaflet.markup.parse import Element
from leaflet.pdf.inks import ScreenInks
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.writer import Writer
from tests.support import check_structure, fault_of, fontbook, theme_named

DRAWINGS = Drawings(*(load_sources(program_resources(), kind) for kind in ("icons", "scenes")))
NAMES = [(kind, name) for kind in ("icons", "scenes") for name in program_resources().names(kind)]
WORDS = {"address": "elections.exemple.fr", "sender": "…@exemple.fr", "login": "nprenom", "name": "nom@exemple.fr"}
ICON = {"icon-line": "brand-text", "icon-fill": "tint-strong"}
BOX = Box(mm(10), mm(20), mm(50), mm(30))


def setter(color: str = "#123456") -> Setter:
    """Sets text in a theme that has all colours of drawings, the highlighter's outline left out."""
    theme = theme_named("default")
    colors = {**theme.colors, **dict.fromkeys(TOKENS, color), "mark-line": ""}
    return Setter(fontbook(), Style(theme.model_copy(update={"colors": colors})), {}, DRAWINGS)


SETTER = setter()


def drawn(body: str, box: Box = BOX, **more) -> tuple[Mark, ...]:
    source = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{body}</svg>'
    return draw(SETTER, read_drawing(source, "scenes/essai.svg"), box, **more)


def around(marks: tuple[Mark, ...]) -> Box:
    """What all points of paths and ends of texts lie in."""
    points: list[tuple[Um, Um]] = []
    for mark in marks:
        if isinstance(mark, Path):
            points += [pair for step in mark.steps for pair in zip(step.points[::2], step.points[1::2], strict=True)]
        else:
            assert isinstance(mark, Text)
            width = to_um(fontbook().face(mark.weight).width(mark.text.rstrip()), mark.size)
            points += [(mark.x, mark.y), (mark.x + width, mark.y)]
    left, top = (min(side) for side in zip(*points, strict=True))
    right, bottom = (max(side) for side in zip(*points, strict=True))
    return Box(left, top, right - left, bottom - top)


# --- where -------------------------------------------------------------------------------------------------------

numbers = st.integers(0, 100)
shapes = st.one_of(
    st.builds(lambda a, b, c, d: f'<path d="M{a} {b}L{c} {d}"/>', numbers, numbers, numbers, numbers),
    st.builds(lambda a, b: f'<rect width="{a}" height="{b}" rx="{b}"/>', numbers, numbers),
    st.builds(lambda r: f'<circle cx="50" cy="50" r="{r}"/>', st.integers(1, 50)),
    st.builds(
        lambda x, y: f'<text x="{x}" y="{y}" font-size="3" data-room="9">Je vote</text>', st.integers(0, 91), numbers
    ),
)
boxes = st.builds(Box, *[st.integers(-mm(300), mm(300))] * 2, *[st.integers(mm(1), mm(300))] * 2)


@given(st.lists(shapes, min_size=1), boxes)
def test_marks_lie_in_their_box(bodies: list[str], box: Box) -> None:
    """Whatever is drawn, wherever it goes; rounding may add a few micrometres, and a text's room a little more."""
    marks = drawn("".join(bodies), box, words=WORDS)
    if marks:
        assert box.grown(50).contains(around(marks))


@pytest.mark.parametrize(("kind", "name"), NAMES)
def test_drawings_of_the_program_lie_in_their_box(kind, name: str) -> None:
    """With the longest words; nothing is as small as a dot."""
    words = {word: text * 9 for word, text in WORDS.items()}
    found = around(draw(SETTER, DRAWINGS.find(kind, name, ""), BOX, colors=ICON, words=words))
    assert BOX.grown(mm(0.1)).contains(found) and found.width > BOX.height / 3


def test_a_drawing_in_its_box() -> None:
    """As large as the box allows, with anchors for callouts; lines grow, or are as wide as the place wants."""
    (mark,) = drawn('<rect width="100" height="100"/>')
    assert around((mark,)) == Box(mm(20), mm(20), mm(30), mm(30))
    (mark,) = drawn('<rect width="100" height="100"/>', Box(0, 0, mm(30), mm(50)))
    assert around((mark,)) == Box(0, mm(10), mm(30), mm(30))
    login = SETTER.scene("login")
    places = anchors(login, Box(mm(10), mm(20), 2 * login.width, 2 * login.height))
    assert places["login"] == (mm(10 + 2 * 36.6), mm(20 + 2 * 18))
    path = '<path d="M0 0h9" stroke="var(--ink)" stroke-width="2" stroke-dasharray="4 2"/>'
    (mark,) = drawn(path)
    assert isinstance(mark, Path) and (mark.line_width, mark.dash) == (mm(0.6), (mm(1.2), mm(0.6)))
    (mark,) = drawn(path, line_width=mm(0.3))
    assert isinstance(mark, Path) and mark.line_width == mm(0.3)


# --- colours and words -------------------------------------------------------------------------------------------


def test_the_place_chooses_the_colours() -> None:
    """Without a choice the line has the ink, nothing is filled, and the highlighter is outlined."""
    mail = SETTER.icon("mail")
    assert {(m.line, m.fill) for m in draw(SETTER, mail, BOX)} == {("ink", "")}
    assert {(m.line, m.fill) for m in draw(SETTER, mail, BOX, colors=ICON)} == {
        ("brand-text", "tint-strong"),
        ("brand-text", ""),
    }
    body = (
        '<rect width="9" height="9" fill="var(--mark)" stroke="var(--mark-line)"/>'
        '<path d="M0 0h9" fill="none" stroke="var(--mark-line)"/>'
    )
    (mark,) = drawn(body)
    assert (mark.fill, mark.line, mark.line_width) == ("mark", "", 0)
    marks = drawn(body, colors={"mark-line": "ink"})
    assert [(mark.fill, mark.line) for mark in marks] == [("mark", "ink"), ("", "ink")]


def test_words_in_a_drawing() -> None:
    """A missing one is left out; a text has its anchor anywhere, and is set smaller, to 0.6, before it is cut."""
    body = '<text x="1" y="9" font-size="5">chez {sender}</text><text x="1" y="20" font-size="5">{address}</text>'
    assert [mark.text for mark in drawn(body, words=WORDS)] == ["chez …@exemple.fr ", "elections.exemple.fr "]
    assert [mark.text for mark in drawn(body)] == ["chez "]
    assert [mark.text for mark in drawn(body, words={"sender": "{address}"})] == ["chez {address} "]
    marks = [
        drawn(f'<text x="50" y="9" font-size="5" text-anchor="{a}">vote</text>')[0]
        for a in ("start", "middle", "end")
    ]
    width = around((marks[0],)).width
    assert [mark.x for mark in marks] == [mm(35), mm(35) - width // 2, mm(35) - width]
    body = '<text x="1" y="9" font-size="5" data-room="50">{address}</text>'
    short, long, longest = (drawn(body, words={"address": word * "exemple-"})[0] for word in (1, 3, 9))
    assert (short.size, short.text) == (round(mm(1.5) / 25_400 * 72, 2), "exemple- ")
    assert 0.6 * short.size < long.size < short.size and not long.text.endswith("… ")
    assert longest.size == pytest.approx(0.6 * short.size, abs=0.01)
    assert re.fullmatch(r"(exemple-)+[exmpl]*… ", longest.text)
    for mark in (short, long, longest):
        assert to_um(fontbook().face(mark.weight).width(mark.text.rstrip()), mark.size) <= mm(15)


def test_drawings_are_read_when_asked_for() -> None:
    """The drawing that shows a missing letter is named; a faulty one that no template shows does no harm."""
    with pytest.raises(RenderError) as caught:
        drawn('<text x="1" y="9" font-size="5">→</text>')
    assert (caught.value.faults[0].code, caught.value.faults[0].place.file) == ("G101", "essai.svg")
    store = Drawings({"a": "<html/>", "b": DRAWINGS._sources["icons"]["mail"]}, {})
    assert store.find("icons", "b", "") is store.find("icons", "b", "")
    with pytest.raises(TemplateError):
        store.find("icons", "a", "")


@pytest.mark.parametrize("find", [SETTER.icon, SETTER.scene])
def test_a_name_that_no_drawing_has(find) -> None:
    """The template's line is told, and the names there are."""
    fault = fault_of(lambda: find("chat", "t.xml:7"))
    assert (fault.code, fault.place.file, fault.place.line) == ("M421", "t.xml", 7)
    assert "mail" in fault.way_out("fr")


# --- on paper ----------------------------------------------------------------------------------------------------


def page_of_drawings(color: str) -> bytes:
    sets, builder = setter(color), Builder()
    for kind, name in NAMES:
        marks = draw(sets, DRAWINGS.find(kind, name, ""), BOX, colors=ICON, words=WORDS)
        figure(builder, marks, f"Dessin : {name}", BOX)
    piece = builder.piece("p", "t.xml:1", mm(210), mm(100))
    colors = {**sets.style.theme.colors, "mark-line": "K 0"}
    master = Master(fontbook(), fontbook().face("regular").advances, ScreenInks(colors), {})
    layout = Layout("Essai", (Face(mm(210), mm(297), (Placed(piece, 0, 0),)),), 0)
    return Writer(master, Metadata("Section", None, master.flavour.claim)).write(layout).data


@pytest.mark.parametrize(("color", "others"), [("K 80", {"rg", "RG", "k", "K"}), ("#808080", {"g", "G", "k", "K"})])
def test_drawings_have_the_inks_of_their_theme(color: str, others: set[str]) -> None:
    """Where all is grey, no operator sets another colour."""
    with pikepdf.open(BytesIO(page_of_drawings(color))) as pdf:
        used = {str(found.operator) for found in pikepdf.parse_content_stream(pdf.pages[0])}
    assert {"m", "l", "c", "h", "w", "J", "j", "d", "f", "B", "S"} <= used and not used & others


def test_drawings_are_figures() -> None:
    """Each with its alternative text and its box, in a file that keeps PDF/UA."""
    data = page_of_drawings("#808080")
    assert check_structure(data) == []
    with pikepdf.open(BytesIO(data)) as pdf:
        figures = [
            item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/S") == "/Figure"
        ]
        assert sorted(str(item.Alt) for item in figures) == sorted(f"Dessin : {name}" for _, name in NAMES)
        assert all(item.A.BBox for item in figures)


def test_words_of_windows() -> None:
    """Thick lines stand for words too small to be read; the address names the host, which readers compare."""
    source = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{}</svg>'
    text = '<text x="{}" y="50" font-size="5" fill="var(--ink)" text-anchor="{}">Mot de passe</text>'
    large = Setter(fontbook(), Style(theme_named("large-print")), {}, DRAWINGS)
    for x, anchor in ((10, "start"), (50, "middle"), (90, "end")):
        drawing = read_drawing(source.format(text.format(x, anchor)), "scenes/essai.svg")
        (bar,) = draw(large, drawing, BOX)
        (words,) = draw(SETTER, drawing, BOX)
        assert isinstance(bar, Path)
        assert isinstance(words, Text)
        width = to_um(fontbook().face(words.weight).width(words.text), words.size)
        box = around((bar,))
        assert words.x <= box.x and box.right <= words.x + width
        assert abs((box.x + box.right) // 2 - (words.x + width // 2)) < width // 8
    attributes = {"scene": "password", "address": "www.exemple.gouv.fr/portail/accueil"}
    marks = draw_scene(SETTER, Element("tile", attributes, (), "t.xml:1"), BOX)
    assert "www.exemple.gouv.fr " in [mark.text for mark in marks if isinstance(mark, Text)]
    small = draw_scene(SETTER, Element("tile", attributes, (), "t.xml:1"), BOX._replace(width=mm(36)))
    assert not any(isinstance(mark, Text) for mark in small)
