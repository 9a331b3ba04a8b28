"""Pages as numbers: nothing overlaps or leaves the page, blanks and quiet zones stay free, type keeps its floor."""

from itertools import combinations, pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaflet.faults import Fault, LeafletError
from leaflet.geometry import Box, Um, mm, pt, to_pt
from leaflet.layout.face import Face, Layout, Placed
from leaflet.layout.marks import Rule, Shape, Text
from leaflet.layout.qr_matrix import QUIET_ZONE
from tests.support import (
    LONG_NAME,
    NAMES,
    SHORT_NAME,
    THEMES,
    compose,
    compose_page,
    fault_of,
    fontbook,
    ink_boxes,
    ink_over,
    leaflet_layout,
    leaflet_markup,
    leaflet_pdf,
    marks_of,
    render_page,
    tables_of,
    theme_named,
)

every_leaflet = pytest.mark.parametrize(
    "layout",
    [pytest.param((theme, name), id=f"{theme}-{len(name)}") for theme in THEMES for name in NAMES],
    indirect=True,
)


@pytest.fixture
def layout(request: pytest.FixtureRequest) -> Layout:
    theme, name = request.param
    return leaflet_layout(name, theme)


def page_box(face: Face) -> Box:
    return Box(0, 0, face.width, face.height)


def placed_on(layout: Layout) -> list[tuple[Face, Placed]]:
    return [(face, placed) for face in layout.faces for placed in face.placed]


def ink_on(face: Face) -> list[tuple[Placed, Box]]:
    """Every rectangle of a face that something may print in, on the page."""
    return [
        (placed, box.moved(placed.x, placed.y))
        for placed in face.placed
        for mark in marks_of(placed)
        for box in ink_boxes(mark)
    ]


def ink_on_face(face: Face, zone: Box) -> list[Box]:
    """Return what prints over a zone of a face, in painting order; a white plate hides what is below it."""
    found: list[Box] = []
    for placed in face.placed:
        within = zone.moved(-placed.x, -placed.y)
        if any(isinstance(m, Shape) and m.fill == "paper" and m.box.contains(within) for m in marks_of(placed)):
            found = []
        found += [box.moved(placed.x, placed.y) for box in ink_over(marks_of(placed), within)]
    return found


# --- places ---------------------------------------------------------------------------------------------------


@every_leaflet
def test_nothing_stands_on_another(layout: Layout) -> None:
    """Pieces share no more than an edge, but for the page number; letters touch no other letters."""
    for face in layout.faces:
        for one, other in combinations([p for p in face.placed if p.piece.name != "folio"], 2):
            assert not one.box.overlaps(other.box), (one.piece.at, other.piece.at)
        letters = [
            (mark.text, _letters(mark).moved(placed.x, placed.y))
            for placed in face.placed
            for mark in marks_of(placed)
            if isinstance(mark, Text) and mark.text.strip()
        ]
        for (text, box), (other_text, other) in combinations(letters, 2):
            assert not box.overlaps(other), (text, other_text)


@every_leaflet
def test_everything_stays_where_it_prints(layout: Layout) -> None:
    """Ink lies inside the page and its piece, but for a step's number; letters keep 5 mm from the edge."""
    for face in layout.faces:
        for placed in face.placed:
            assert page_box(face).contains(placed.box), placed.piece.at
        for placed, box in ink_on(face):
            assert page_box(face).contains(box), placed.piece.at
        safe = page_box(face).grown(-mm(5))
        for placed in face.placed:
            for mark in marks_of(placed):
                if isinstance(mark, Text):
                    assert all(safe.contains(box.moved(placed.x, placed.y)) for box in ink_boxes(mark)), mark.text
    for _, placed in placed_on(layout):
        beyond = mm(5.4 if placed.piece.name == "tile" else 0.5)
        own = Box(0, 0, placed.piece.width, placed.piece.height).grown(beyond)
        for mark in marks_of(placed):
            assert all(own.contains(box) for box in ink_boxes(mark)), (placed.piece.at, mark)


def _letters(mark: Text) -> Box:
    face = fontbook().face(mark.weight)
    height = pt(mark.size * face.cap_height / 1000)
    return Box(mark.x, mark.y - height, pt(mark.size * face.width(mark.text.rstrip(" ")) / 1000) - 2, height)


@every_leaflet
def test_a_leaflet_has_the_pages_of_its_template(layout: Layout, request: pytest.FixtureRequest) -> None:
    """Two pages exactly, in large print as many as the text needs, each with something on it."""
    theme = request.node.callspec.params["layout"][0]
    assert len(layout.faces) == 2 if theme != "large-print" else len(layout.faces) > 2
    assert all(face.placed for face in layout.faces)
    page = theme_named(theme).page
    assert {(face.width, face.height) for face in layout.faces} == {(page.width, page.height)}


@every_leaflet
def test_order_and_floor_of_text(layout: Layout) -> None:
    """Pieces of a column come as they stand; text has 11.5 pt, hints of the memo 8.4 and the imprint 7.5."""
    for face in layout.faces:
        for one, other in pairwise(placed for placed in face.placed if placed.piece.name != "folio"):
            if one.x == other.x:
                assert one.y < other.y, (one.piece.at, other.piece.at)
    assert min(sizes(layout, "case", "screen")) >= 7.5
    assert min(size for size in sizes(layout, "case") if size) >= 11.5 and min(sizes(layout, "memo")) >= 8.4
    assert min(sizes(layout, "footer")) >= 7.5


def test_pages_that_flow() -> None:
    """They carry number and total, a heading stays with what it announces, more text is more pages."""
    faces = leaflet_layout(SHORT_NAME, "large-print").faces
    folios = [placed for face in faces for placed in face.placed if placed.piece.name == "folio"]
    assert [folio.piece.text.replace("\u00a0", " ") for folio in folios] == [
        f"{number} sur {len(faces)}" for number in range(1, len(faces) + 1)
    ]
    assert all(folio.artifact for folio in folios)
    for face in leaflet_layout(SHORT_NAME, "large-print").faces:
        flowing = [placed for placed in face.placed if placed.piece.name not in ("footer", "folio")]
        assert flowing[-1].piece.name not in ("h1", "h2", "h3", "h4")
    layouts = [compose_page(filled(n), "large-print") for n in (5, 15, 40)]
    assert [len(layout.faces) for layout in layouts] == sorted({len(layout.faces) for layout in layouts})
    assert {layout.step for layout in layouts} == {0}
    assert len({size for layout in layouts for size in sizes(layout, "p")}) == 1


@pytest.mark.parametrize("lines", [1, 2, 3])
def test_a_page_number_stands_clear_of_the_footer_s_text(lines: int) -> None:
    """Whatever the footer's lines, the number of the page is printed on none of its words."""
    text = "".join('<p at="t.xml:5">Imprimé par nos soins</p>' for _ in range(lines))
    footer = f'<footer at="t.xml:4">{text}<p class="end" at="t.xml:6">0370036N · v1 · 24 novembre 2026</p></footer>'
    for face in compose_page(f'<p at="t.xml:3">Texte</p><bottom at="t.xml:3">{footer}</bottom>', "large-print").faces:
        letters = [_letters(m).moved(p.x, p.y) for p in face.placed for m in marks_of(p) if isinstance(m, Text)]
        assert not any(one.overlaps(other) for one, other in combinations(letters, 2))


@pytest.mark.parametrize(("content", "pages"), [("", [0, 1]), ('<p at="t.xml:4">Mentions</p>', [0])])
def test_a_paragraph_at_the_foot_stands_there_alone(content: str, pages: list[int]) -> None:
    """In large print the footer is on each page, but not under what says more at the foot of the last one."""
    text = '<p at="t.xml:3">Texte</p>' * 40
    foot = f'<bottom at="t.xml:4">{content}<footer at="t.xml:5"><p at="t.xml:5">Nom</p></footer></bottom>'
    faces = compose_page(text + foot, "large-print").faces
    feet = [(n, placed) for n, face in enumerate(faces) for placed in face.placed if placed.piece.name == "footer"]
    assert [number for number, _ in feet] == pages
    assert [placed.artifact for _, placed in feet] == [number != pages[-1] for number in pages]


def test_neighbours_in_a_row() -> None:
    """Frames are of one height; titles stand at one height, however much is said under them."""
    texts = ("Court", "Un texte plus long. " * 9)
    row = "".join(f'<panel at="t.xml:4"><p at="t.xml:4">{text}</p></panel>' for text in texts)
    panels = [placed for _, placed in placed_on(compose_page(f'<row at="t.xml:3">{row}</row>'))]
    assert len({(placed.y, placed.piece.height) for placed in panels}) == 1
    frames = [next(marks_of(placed)) for placed in panels]
    assert {frame.box.height for frame in frames if isinstance(frame, Shape)} == {panels[0].piece.height}
    plates = "".join(
        f'<plate at="t.xml:4" icon="mail">Titre<br/>{text}</plate>' for text in ("bref", "un texte long " * 8)
    )
    (placed,) = (p for _, p in placed_on(compose_page(f'<plates at="t.xml:3">{plates}</plates>')))
    assert len(_tops(placed, "Titre")) == 1


# --- blanks ---------------------------------------------------------------------------------------------------


@every_leaflet
def test_writing_lines_have_room_and_nothing_on_them(layout: Layout) -> None:
    """Blanks are 8 mm high and 70 mm wide at least, free of print, with their label nearer than any other line."""
    found = 0
    for face, placed in placed_on(layout):
        for blank in placed.piece.blanks:
            found += 1
            free = blank.box.moved(placed.x, placed.y)
            assert placed.box.contains(free)
            for other, box in ink_on(face):
                assert not box.overlaps(free), (blank.label, other.piece.at)
    assert found == 2
    for _, placed in placed_on(layout):
        if placed.piece.name != "memo":
            continue
        rules = sorted(mark.y1 for mark in marks_of(placed) if isinstance(mark, Rule) and mark.y1 == mark.y2)
        assert len(rules) == 2 and all(b - a >= mm(17) for a, b in pairwise(rules))
        for blank in placed.piece.blanks:
            assert blank.box.height >= mm(8) and blank.box.width >= mm(70)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("label", ["Code", "Mon adresse professionnelle", "Mon adresse professionnelle " * 3])
def test_labels_of_any_length_leave_blanks_and_each_other_free(theme: str, label: str) -> None:
    """A label too long for its column gets lines of its own or is refused; it is never set over anything."""
    blanks = "".join(f'<blank at="t.xml:4" label="{label}"/>' for _ in range(3))
    try:
        layout = compose_page(f'<memo at="t.xml:3" cut="À découper"><h2 at="t.xml:3">Mémo</h2>{blanks}</memo>', theme)
    except LeafletError as error:
        assert error.faults[0].code == "F102"
        return
    for face in layout.faces:
        for one, other in combinations([m for p in face.placed for m in marks_of(p) if isinstance(m, Text)], 2):
            assert not _letters(one).overlaps(_letters(other)), (one.text, other.text)
        for placed in face.placed:
            for blank, mark in [(b, m) for b in placed.piece.blanks for m in marks_of(placed)]:
                assert not any(box.overlaps(blank.box) for box in ink_boxes(mark)), (blank.label, mark)


# --- QR codes -------------------------------------------------------------------------------------------------


@every_leaflet
def test_codes_can_be_read(layout: Layout) -> None:
    """Four modules around every code there is nothing else; no module is under 0.6 mm."""
    found = 0
    for face, placed in placed_on(layout):
        for code in placed.piece.codes:
            found += 1
            zone = code.box.moved(placed.x, placed.y)
            inner = zone.grown(-QUIET_ZONE * code.module)
            assert inner.width == inner.height > 0 and inner.width % code.module == 0
            assert ink_on_face(face, zone) == [inner], placed.piece.at
    assert found == 3  # portal, mailbox, memo
    for _, placed in placed_on(layout):
        for code in placed.piece.codes:
            assert code.module >= 600


@pytest.mark.parametrize("theme", THEMES)
def test_quiet_zones_are_white_when_printed(theme: str) -> None:
    """In the picture of a page no pixel of a quiet zone is dark, corners included."""
    scale = 4.0
    for number, face in enumerate(leaflet_layout(LONG_NAME, theme).faces):
        picture = render_page(leaflet_pdf(theme, LONG_NAME), number, scale=scale)
        for placed in face.placed:
            for code in placed.piece.codes:
                zone = code.box.moved(placed.x, placed.y)
                inner = zone.grown(-QUIET_ZONE * code.module)
                edges = [round(to_pt(v) * scale) for v in (zone.x, zone.y, zone.right, zone.bottom)]
                core = [round(to_pt(v) * scale) for v in (inner.x, inner.y, inner.right, inner.bottom)]
                left, top, right, bottom = edges[0] + 1, edges[1] + 1, edges[2] - 1, edges[3] - 1
                area = picture[top:bottom, left:right].copy()
                area[core[1] - top - 1 : core[3] - top + 2, core[0] - left - 1 : core[2] - left + 2] = 255
                assert area.min() == 255, placed.piece.at


LONG_ADDRESS = "https://www.elections2018.education.gouv.fr/" + "espace/" * 12


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("where", ["page", "side"])
@pytest.mark.parametrize("href", ["https://a.gouv.fr/", LONG_ADDRESS[:76], LONG_ADDRESS[:110]])
def test_a_card_of_any_address_keeps_its_quiet_zone(theme: str, where: str, href: str) -> None:
    """Cards in the side column and across the page keep the zone free for any address, or are refused."""
    card = f'<qr at="t.xml:3" href="{href}" title="Le portail" alt="QR"><a href="{href}">{href}</a></qr>'
    content = card if where == "page" else f'<columns at="t.xml:3"><side at="t.xml:3">{card}</side></columns>'
    try:
        layout = compose_page(content, theme)
    except LeafletError as error:
        assert error.faults[0].code == "F103"
        return
    (placed,) = [placed for face in layout.faces for placed in face.placed if placed.piece.name == "qr"]
    (code,) = placed.piece.codes
    inner = code.box.grown(-QUIET_ZONE * code.module)
    assert ink_over(marks_of(placed), code.box) == [inner] and code.module >= 600
    assert Box(0, 0, placed.piece.width, placed.piece.height).contains(code.box)


def test_a_code_fills_the_card_of_a_hero() -> None:
    """Beside the days of the vote it is larger than under a headline alone, and still within its card."""
    leaf = '<leaf at="t.xml:5" weekday="jeudi" day="3" month="décembre">le vote ouvre à 8 h</leaf>'
    head = '<h1 at="t.xml:4">Pour voter,<br/>je me prépare</h1>'
    sides = []
    for words in (head, f'{head}<dates at="t.xml:4">{leaf}{leaf}</dates>'):
        code = '<qr at="t.xml:6" href="https://exemple.fr/" title="Le portail" alt="QR"/>'
        ((_, hero),) = placed_on(compose_page(f'<hero at="t.xml:3">{words}{code}</hero>'))
        (code_box,) = (code.box for code in hero.piece.codes)
        assert hero.piece.width - mm(12) >= code_box.right
        sides.append(code_box.width)
    assert mm(36) <= sides[0] <= mm(40) and mm(46) <= sides[1] <= mm(58)


# --- sizes ----------------------------------------------------------------------------------------------------


def sizes(layout: Layout, *names: str) -> list[float]:
    return [mark.size for _, placed in placed_on(layout) if placed.piece.name in names for mark in _texts(placed)]


@pytest.mark.parametrize("name", NAMES)
def test_large_print_is_16_points_everywhere(name: str) -> None:
    """Nothing in large print is under 16 pt, page numbers and imprint included, but the words in pictures."""
    assert min(mark.size for _, p in placed_on(leaflet_layout(name, "large-print")) for mark in _texts(p)) >= 16


def _texts(placed: Placed) -> list[Text]:
    """The text of a piece, but that of its pictures."""
    groups = [group for group in placed.piece.groups if group.role != "Figure"]
    return [mark for group in groups for mark in group.marks if isinstance(mark, Text)]


SENTENCE = "Cliquez sur le lien du message pour terminer. "


def filled(paragraphs: int) -> str:
    text = "".join(f'<p at="t.xml:{n + 10}">{SENTENCE * 3}</p>' for n in range(paragraphs))
    return f'<h2 at="t.xml:3">Titre</h2><ul at="t.xml:4"><li at="t.xml:5">{SENTENCE}</li></ul>{text}'


def fitted(theme: str) -> tuple[list[Layout], list[Fault]]:
    """Layouts of ever longer pages, then the faults of those that do not fit any more."""
    layouts: list[Layout] = []
    faults: list[Fault] = []
    for paragraphs in range(5, 45):
        try:
            layouts.append(compose_page(filled(paragraphs), theme))
            assert not faults, "a longer page fitted after a shorter one did not"
        except LeafletError:
            faults.append(fault_of(lambda n=paragraphs: compose_page(filled(n), theme)))
    return layouts, faults


@pytest.mark.parametrize("theme", ["default", "grey", "ink-saver"])
def test_copy_fit_goes_step_by_step_to_the_floor(theme: str) -> None:
    """More text is set tighter, never looser again and never under 11.5 pt; then it is F101, with what is missing."""
    layouts, faults = fitted(theme)
    steps = [layout.step for layout in layouts]
    assert (steps, steps[0]) == (sorted(steps), 0) and steps[-1] > 0
    assert {size for layout in layouts for size in sizes(layout, "p")} == {theme_named(theme).type["body"].size}
    assert {fault.code for fault in faults} == {"F101"}
    missing = [float(str(fault.values["missing_mm"])) for fault in faults]
    assert missing == sorted(missing) and missing[0] > 0


def test_what_does_not_fit_says_where_and_how_much() -> None:
    """F101 says where the block is written, and as many millimetres as one paragraph less takes away."""
    fault = fault_of(lambda: compose_page(filled(44)))
    assert (fault.code, fault.place.file) == ("F101", "t.xml") and fault.place.line is not None
    assert fault.place.line > 10
    missing = str(fault.values["missing_mm"])
    assert f"{missing} mm" in fault.reason("en") and f"{missing.replace('.', ',')}\u00a0mm" in fault.reason("fr")
    one, two = (float(str(fault_of(lambda n=n: compose_page(filled(n))).values["missing_mm"])) for n in (43, 44))
    heights = {placed.piece.height for _, placed in placed_on(compose_page(filled(5))) if placed.piece.name == "p"}
    assert 0 < two - one <= max(heights) / 1000 + theme_named("default").space["paragraph"] / 1000


def test_pages_are_fitted_alone_and_words_cut_first() -> None:
    """The other page keeps its air; what can be spared goes, the lowest level first, before type is smaller."""
    page = '<page at="t.xml:2"><h2 at="t.xml:3">Titre</h2><p at="t.xml:3">{}</p></page>'
    full = "".join(f'<p at="t.xml:{n}">{SENTENCE * 3}</p>' for n in range(10, 34))
    short = page.format("Court")
    both = compose(f'<leaflet at="t.xml:1" title="T">{short}<page at="t.xml:9">{full}</page></leaflet>')
    alone = compose(f'<leaflet at="t.xml:1" title="T">{short}</leaflet>')
    assert both.step > 0
    assert [(p.x, p.y, p.piece.text) for p in both.faces[0].placed] == [
        (p.x, p.y, p.piece.text) for p in alone.faces[0].placed
    ]
    spare = "".join(
        f'<p at="t.xml:4" spare="{level}">Niveau {level}. {SENTENCE * 3}</p>' for level in (1, 2) for _ in range(6)
    )
    seen = []
    for paragraphs in range(8, 24):
        layout = compose_page(filled(paragraphs) + spare)
        said = " ".join(placed.piece.text for _, placed in placed_on(layout))
        seen.append(("Niveau 1" in said, "Niveau 2" in said))
        assert set(sizes(layout, "p")) == {theme_named("default").type["body"].size}
    assert list(dict.fromkeys(seen)) == [(True, True), (False, True), (False, False)]


def test_a_block_as_wide_as_the_sheet_stands_where_its_turn_comes() -> None:
    """Also after text, where pages flow: it covers nothing, and begins a new page if there is no room left."""
    band = '<hero at="t.xml:3"><h1 at="t.xml:3">Titre</h1></hero>'
    for count in (1, 5, 15):
        paragraphs = filled(count) if count > 1 else '<p at="t.xml:3">Texte</p>'
        for face in compose_page(f"{band}{paragraphs}{band}", "large-print").faces:
            boxes = [Box(p.x, p.y, p.piece.width, p.piece.height) for p in face.placed]
            assert all(box.bottom <= face.height for box in boxes)
            assert all(one.bottom <= two.y for one, two in pairwise(sorted(boxes, key=lambda box: box.y)))


def _tops(placed: Placed, words: str) -> set[Um]:
    """How high the letters begin that make up a text with these words."""
    return {mark.y for mark in marks_of(placed) if isinstance(mark, Text) and words in mark.text}


def test_air_and_column_of_cases() -> None:
    """One space between hairlines and words; a case on one line has title and icon in the same columns."""
    case = '<case at="t.xml:4" icon="key"><h3 at="t.xml:4">Cas</h3><p at="t.xml:4">{}</p></case>'
    long = "Un texte qui a plus de deux lignes, dans une colonne. " * 4
    rows = "".join(case.format(text) for text in (long, "Texte", long, "Texte"))
    page = compose_page(f'<trouble at="t.xml:3">{rows}</trouble>{case.format(long)}')
    first, _, second, _, wide = [placed for _, placed in placed_on(page)]
    assert second.y - first.box.bottom == wide.y - second.box.bottom == theme_named("default").space["case"]
    cases = (
        '<case at="t.xml:3" icon="key"><h3 at="t.xml:3">Titre</h3><p at="t.xml:3">Texte</p></case>',
        '<case at="t.xml:4" icon="key" class="line"><h3 at="t.xml:4">Titre</h3><p at="t.xml:4">Texte</p></case>',
    )
    starts = [
        {mark.x for mark in marks_of(placed) if isinstance(mark, Text) and "Titre" in mark.text}
        for _, placed in placed_on(compose_page("".join(cases)))
    ]
    assert starts[0] == starts[1]


def test_ends_of_columns_and_middle_of_windows() -> None:
    """A block by itself grows to the end, if it has a frame; words and button of a screen stay together."""
    text = '<p at="t.xml:4">Texte</p>'
    many, two, one, box = text * 6, text * 2, text, f'<panel at="t.xml:4">{text}</panel>'
    for main, side in ((many, two), (two, many), (many, one), (many, box)):
        columns = f'<columns at="t.xml:3"><main at="t.xml:3">{main}</main><side at="t.xml:3">{side}</side></columns>'
        placed = [p for _, p in placed_on(compose_page(columns))]
        left = [p for p in placed if p.x == placed[0].x]
        right = [p for p in placed if p.x != placed[0].x]
        assert left[0].y == right[0].y and (left[-1].box.bottom == right[-1].box.bottom) == (side != one)
    tile = '<tile at="t.xml:3" number="1"><dialog at="t.xml:3" button="OK"><p at="t.xml:3">{}</p></dialog>{}</tile>'
    heading = '<h3 at="t.xml:3">Titre</h3>'
    tiles = "".join(tile.format(text, heading) for text in ("Bref.", "Un message de plusieurs lignes. " * 3))
    brief, full = (p for _, p in placed_on(compose_page(f'<tiles at="t.xml:2">{tiles}</tiles>')))
    (words,), (button,) = _tops(brief, "Bref"), _tops(brief, "OK")
    above, below = words - min(_tops(full, "message")), max(_tops(full, "OK")) - button
    assert above > 0 and abs(above - below) <= 1


def test_outlines_and_long_addresses() -> None:
    """Modules of a memo are 0.8 mm, days and cards have an outline of 0.5; what no QR code holds is F103."""
    address = "https://www.exemple.gouv.fr/" + "a" * 60
    blank = '<blank at="t.xml:3" label="Mot de passe"/>'
    code = f'<qr at="t.xml:3" href="{address}" title="Le portail" alt="QR code"/>'
    memo = f'<memo at="t.xml:3" cut="À découper"><h2 at="t.xml:3">Aide-mémoire</h2>{blank}{code}</memo>'
    (placed,) = (p for _, p in placed_on(compose_page(memo)))
    assert placed.piece.codes[0].module == theme_named("default").qr.copied
    hero = next(p for _, p in placed_on(leaflet_layout(SHORT_NAME, "ink-saver")) if p.piece.name == "hero")
    assert {mark.line_width for mark in marks_of(hero) if isinstance(mark, Shape) and mark.line} == {mm(0.5)}
    href = "https://www.education.gouv.fr/" + "a" * 3000
    fault = fault_of(lambda: compose_page(f'<qr at="t.xml:3" href="{href}" title="T" alt="QR">x</qr>'))
    assert (fault.code, fault.place.line) == ("F103", 3)


def test_memo_and_window_in_large_print() -> None:
    """The memo has a dashed frame, long lines and a code of 36 mm; a window's code is beside its rows."""
    (memo,) = (p for _, p in placed_on(leaflet_layout(SHORT_NAME, "large-print")) if p.piece.name == "memo")
    assert any(isinstance(mark, Shape) and mark.dash for mark in marks_of(memo))
    (code,) = memo.piece.codes
    assert code.box.width >= mm(36)
    assert all(blank.box.width >= mm(160) for blank in memo.piece.blanks)
    assert all(blank.box.bottom < code.box.y for blank in memo.piece.blanks)
    qr = '<qr at="t.xml:5" pages="flow" href="https://exemple.fr" title="Le site" alt="QR code"/>'
    part = '<part at="t.xml:4" name="login"><h3 at="t.xml:4">Identifiant</h3><p at="t.xml:4">Le mien.</p></part>'
    screen = f'<screen at="t.xml:3" scene="login" alt="La fenêtre.">{part}{qr}</screen>'
    (placed,) = (p for _, p in placed_on(compose_page(screen, "large-print")) if p.piece.name == "screen")
    (code,) = placed.piece.codes
    words = [mark for mark in marks_of(placed) if isinstance(mark, Text) and "Identifiant" in mark.text]
    assert all(ink_boxes(mark)[0].right < code.box.x for mark in words)
    (window,) = (p for _, p in placed_on(compose_page(screen)) if p.piece.name == "screen")
    assert not window.piece.codes


def test_tiles_that_go_on_have_their_heading_again() -> None:
    """In large print tiles fill their pages evenly, and their heading is on the second, too; elsewhere on none."""
    text = '<h2 at="t.xml:3">Clés</h2>' + '<p at="t.xml:3">Texte</p>' * 10
    tile = '<tile at="t.xml:5" number="1" icon="mail"><h3 at="t.xml:5">Pas</h3><p at="t.xml:5">Fait.</p></tile>'
    tiles = f'<again at="t.xml:4">Pas (suite)</again><tiles at="t.xml:4">{tile * 8}</tiles>'
    flowing = compose_page(text + tiles, "large-print")
    names = [
        [placed.piece.name for placed in face.placed if placed.piece.name in ("again", "tile")]
        for face in flowing.faces
    ]
    assert names == [["tile"] * 3, ["again", *["tile"] * 5]]
    assert not any(placed.piece.name == "again" for _, placed in placed_on(compose_page(tiles)))


def test_what_flows_shares_the_air_of_its_page() -> None:
    """In large print gaps grow, up to what the theme allows, and what stands in `bottom` ends at the foot."""
    theme = theme_named("large-print")
    text = "".join(f'<h2 at="t.xml:3">Titre {n}</h2><p at="t.xml:3">Texte</p>' for n in range(6))
    foot = '<bottom at="t.xml:4"><p at="t.xml:4">Mentions</p><p at="t.xml:4">Fin</p></bottom>'
    (face,) = compose_page(text + foot, "large-print").faces
    *above, first, last = [placed for placed in face.placed if placed.piece.name != "folio"]
    headings = [placed for placed in above if placed.piece.name == "h2"]
    gaps = {two.y - one.box.bottom for one, two in zip(above[1::2], headings[1:], strict=False)}
    assert gaps == {round(theme.space["section"] * theme.page.air)}
    assert first.box.bottom <= last.y
    folio = next(placed for placed in face.placed if placed.piece.name == "folio")
    assert folio.y - last.box.bottom <= theme.space["block"]
    assert first.y - above[-1].box.bottom > max(gaps)


@given(st.text(st.sampled_from("abc déÀœ-.’"), max_size=200).filter(str.strip))
@settings(max_examples=40)
def test_any_name_leaves_the_page_in_order(name: str) -> None:
    """Whatever the name, pieces do not overlap and stay on the page, or the leaflet is refused as too full."""
    try:
        layout = compose(leaflet_markup(SHORT_NAME).replace(SHORT_NAME, name))
    except LeafletError as error:
        assert error.faults[0].code in ("F101", "F102")
        return
    for face in layout.faces:
        assert all(page_box(face).contains(placed.box) for placed in face.placed)
        assert not any(one.box.overlaps(other.box) for one, other in combinations(face.placed, 2))


# --- what cannot be set ---------------------------------------------------------------------------------------


UNKNOWN = tables_of(__file__)["unknown"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("🔑 Soleil37!x", "🔑"), ("Soleil37🔑x", "🔑x"), ("Lycée Jean Quetschɛ, Tours", "Quetschɛ"), ("a→b→c", "a→b")],
)
def test_a_missing_glyph_repeats_no_more_than_its_word(text: str, shown: str) -> None:
    """What stands in a cell may be a password, of which a message would be a copy."""
    assert fault_of(lambda: compose_page(f'<p at="t.xml:3">{text}</p>')).values["text"] == shown


@pytest.mark.parametrize(("content", "code"), UNKNOWN)
def test_a_character_without_glyph_is_refused(content: str, code: str) -> None:
    """G101 names the character by its code point, the text it is in and the font that lacks it."""
    fault = fault_of(lambda: compose_page(content))
    assert (fault.code, fault.place.file) == ("G101", "t.xml") and code in fault.reason("fr")
    assert fontbook().family in fault.way_out("en")
