"""Blocks that narrow and folded pages brought: drawings, codes without a frame, short cases."""

import pytest

from leaflet.geometry import Um, mm
from leaflet.layout.lines import break_lines
from leaflet.layout.marks import Path, Shape
from leaflet.layout.qr_matrix import QUIET_ZONE
from leaflet.layout.spans import Span
from leaflet.layout.theme import Cut
from leaflet.markup.parse import parse_blocks
from tests.layout.pieces import piece_of, texts, theme_on
from tests.support import fault_of, fontbook, theme_named

HREF = "https://vote.exemple.education.gouv.fr/"
LINK = f'<a href="{HREF}" at="t.xml:2">vote.exemple.<strong at="t.xml:2">education.gouv.fr</strong></a>'


def test_a_figure_keeps_its_shape() -> None:
    """A drawing is as large as it was drawn, smaller in a narrow column, and says what it shows."""
    markup = '<figure scene="fold-trifold" alt="Trois volets" at="t.xml:1">Ce volet d’abord.</figure>'
    wide, narrow = piece_of(markup, mm(90)), piece_of(markup, mm(32))
    (figure,) = [node for node in wide.nodes if node.role == "Figure"]
    assert figure.alt == "Trois volets"
    assert figure.box is not None and (figure.box.width, figure.box.height) == (mm(64), mm(19))
    (smaller,) = [node for node in narrow.nodes if node.role == "Figure"]
    assert smaller.box is not None and (smaller.box.width, smaller.box.height) == (mm(32), mm(9.5))
    assert "Ce volet d’abord." in wide.text


@pytest.mark.parametrize(
    ("paper", "theme", "width", "site"),
    [
        ("a5", "large-print", mm(100), "recherche-sports.fr"),
        ("trifold", "ink-saver", mm(84), "recherche-sports.gouv.fr"),
    ],
)
def test_a_long_name_of_a_site_stands_beside_its_tick(paper: str, theme: str, width: Um, site: str) -> None:
    """It is broken after the hyphen in its middle; what it is and the tick stand at the middle of both lines."""
    name = LINK.replace("vote.exemple.", "").replace("education.gouv.fr", f"education-jeunesse-{site}")
    piece = piece_of(
        f'<safety at="t.xml:1"><site tag="le vote" at="t.xml:2">{name}</site></safety>',
        width,
        theme=theme,
        paper=paper,
    )
    marks = texts(piece)
    first, second = marks["education-jeunesse-"], marks[site]
    assert first.x == second.x > mm(8) and first.y < marks["le vote"].y < second.y
    *_, tick = [mark for group in piece.groups for mark in group.marks if isinstance(mark, Path)]
    assert first.y < max(y for step in tick.steps for y in step.points[1::2]) < second.y


def test_addresses_begin_where_their_rule_and_the_shield_do() -> None:
    """All keep the same distance from the edges of a narrow box, also where an address is broken."""
    site = f'<site tag="faux" at="t.xml:2">{LINK.replace("vote.", "vote-de-mille-neuf-cent.")}</site>'
    words = '<p at="t.xml:2">Personne.</p><p at="t.xml:2">Le nom du site.</p>'
    piece = piece_of(f'<safety at="t.xml:1">{words}{site}</safety>', mm(84), theme="ink-saver", paper="trifold")
    box, plate = [mark.box for group in piece.groups for mark in group.marks if isinstance(mark, Shape)]
    assert plate.x == texts(piece)["Le nom du site."].x == box.right - plate.right == mm(3)
    assert box.bottom - plate.bottom == mm(2.4)


@pytest.mark.parametrize("note", ["À moi seul.", "Je demande un mot de passe au portail. " * 4])
def test_lines_of_a_memo_take_what_notes_leave(note: str) -> None:
    """A memo in large print is as high whatever is said in it; a long note has the whole width above the code."""
    blank = '<blank label="Mot de passe" at="t.xml:2"/>'
    code = f'<qr href="{HREF}" title="Le portail" alt="QR" at="t.xml:2"/>'
    notes = f'<p at="t.xml:2">{note}</p><p at="t.xml:2">À détruire.</p>'
    piece = piece_of(
        f'<memo cut="x" at="t.xml:1">{blank * 2}{notes}{code}</memo>', mm(128.5), theme="large-print", paper="a5"
    )
    assert abs(piece.height - theme_on("a5", "large-print").space["memo"]) < mm(6)
    assert note[:38].strip() in texts(piece)


@pytest.mark.parametrize(("width", "beside"), [(mm(170), True), (mm(120), False)])
def test_a_plain_code_is_flush_with_the_text(width: Um, beside: bool) -> None:
    """Its modules begin where text does; the address is beside it where the name of the site is not broken."""
    piece = piece_of(f'<qr class="plain" href="{HREF}" title="Le portail" alt="QR" at="t.xml:1">{LINK}</qr>', width)
    (code,) = piece.codes
    assert code.box.x + QUIET_ZONE * code.module == 0
    assert (texts(piece)["education.gouv.fr"].y < code.box.bottom) == beside
    assert not any(
        code.box.x <= mark.x < code.box.right and code.box.y < mark.y < code.box.bottom
        for mark in texts(piece).values()
    )


def test_cases_and_classes() -> None:
    """Title and address share a baseline, without hairline; M107 names the classes that a hero may have."""
    words = f'icon="question" at="t.xml:1"><h3 at="t.xml:2">Messagerie</h3><p at="t.xml:2">{LINK}</p></case>'
    usual, short = piece_of(f"<case {words}", mm(124)), piece_of(f'<case class="line" {words}', mm(124))
    assert short.height < usual.height and texts(short)["Messagerie"].y == texts(short)["education.gouv.fr"].y
    assert texts(usual)["Messagerie"].y < texts(usual)["education.gouv.fr"].y
    fault = fault_of(lambda: parse_blocks('<hero class="lead" at="t.xml:1"><h1 at="t.xml:2">Je vote</h1></hero>'))
    assert fault.code == "M107" and "plain" in str(fault.values["known"])


@pytest.mark.parametrize(("short", "lines"), [(' short="À comparer :"', 1), ("", 2)])
def test_a_whole_address_stands_beside_its_title(short: str, lines: int) -> None:
    """An address stands beside its title in short if both have room on one line, else under it."""
    title = "À comparer avec celle que j’ouvre :"
    piece = piece_of(f'<address title="{title}"{short} at="t.xml:1">{LINK}</address>', mm(110))
    assert len({mark.y for mark in texts(piece).values()}) == lines and (title in texts(piece)) is (lines == 2)


def test_what_is_narrow_says_all_it_says() -> None:
    """Icons and pictures are smaller, text is not; a long note has two lines, narrow leaves no arrow."""
    keys = "".join(f'<key icon="mail" at="t.xml:2">Adresse professionnelle {n}</key>' for n in range(3))
    wide, narrow = (piece_of(f'<keys at="t.xml:1">{keys}</keys>', width) for width in (mm(210), mm(200)))
    assert "+" in texts(narrow) and narrow.height < wide.height == theme_named("default").space["icon"]
    words = '<h3 at="t.xml:2">Je lis</h3><p at="t.xml:2">Mon courriel.</p>'
    markup = f'<tile icon="mail" number="1" at="t.xml:1">{words}</tile>'
    whole, cut = piece_of(markup, mm(60)), piece_of(markup, mm(60), Cut(1, 0, 0.5))
    assert whole.height - cut.height == theme_named("default").space["tile"] // 2 and whole.text == cut.text
    assert {mark.size for mark in texts(whole).values()} == {mark.size for mark in texts(cut).values()}
    leaf = '<leaf weekday="jeudi" day="8" month="décembre" at="t.xml:2">le vote ferme à 17 h (Paris)</leaf>'
    dates = f'<hero at="t.xml:1"><dates at="t.xml:1">{leaf}{leaf}</dates></hero>'
    narrow, wide = piece_of(dates, mm(60)), piece_of(dates, mm(200))
    assert "ferme à 17 h (Paris)" in narrow.text.replace("\u00a0", " ").replace("  ", " ")
    paths = [sum(isinstance(mark, Path) for group in p.groups for mark in group.marks) for p in (narrow, wide)]
    assert paths == [2, 3]  # the bars of both leaves, and an arrow


def test_lines_of_folded_blocks() -> None:
    """A last line under two fifths is avoided without a line more; words begin right of an icon of their height."""
    text = "Dans ma messagerie, quinze minutes après."
    lines = break_lines([Span(text, "regular")], fontbook(), 11.5, mm(76)).lines
    assert len(lines) == 2 and lines[1].width > 0.4 * lines[0].width
    words = "Carte à détruire après le vote."
    plain, marked = (piece_of(f'<p{icon} at="t.xml:1">{words}</p>', mm(60)) for icon in ("", ' icon="lock"'))
    icon = [mark for group in marked.groups for mark in group.marks if isinstance(mark, Path)]
    right = max(point for mark in icon for step in mark.steps for point in step.points[::2])
    first = min(mark.x for mark in texts(marked).values())
    assert min(mark.x for mark in texts(plain).values()) == 0 < right < first
    assert piece_of(f'<p icon="lock" at="t.xml:1">{words}</p>', first + mm(40)).height >= 2 * plain.height
