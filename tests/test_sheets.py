"""Poster, large print, the leaflet of the dates, the packer's papers: what each must keep to, whatever the facts."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.files.resources import program_resources
from leaflet.geometry import Um, mm, pt
from leaflet.layout.arrange import Area, Arrangement, Size, arrange
from leaflet.layout.face import Face, Layout
from leaflet.layout.marks import Shape, Text
from leaflet.layout.page import Layouter
from leaflet.layout.qr_matrix import QUIET_ZONE
from leaflet.markup.flow import parse_flow
from leaflet.markup.record_values import RecordContexts
from leaflet.markup.render import load_renderer
from leaflet.text import typographic
from tests.one_template import INVENTED, contexts_of, lay_out, layouter_of, theme_of
from tests.support import LONG_NAME, SHORT_NAME, THEMES, WORDED, blanks_of, fontbook, marks_of, school
from tests.test_dates_sheet import one_of_each_academie

PROFILES = ("2018", "2022", "2026")
ADDRESSED = ("leaflet-a4", "leaflet-a5", "leaflet-trifold", "poster-a3", "vote-dates-a4", "memo-card", "memo-a6")
PLACES = ("0370036N", "9740001A", "9830002K")  # Orléans-Tours, La Réunion, Nouvelle-Calédonie
ABROAD = "0960001E"  # whose staff may have another portal
SCHOOLS = list(product((SHORT_NAME, LONG_NAME), PLACES))


@pytest.fixture(scope="module", params=PROFILES)
def known(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> RecordContexts:
    """What templates see of an election of which enough is known for every template."""
    return contexts_of(tmp_path_factory.mktemp(request.param), request.param, INVENTED[request.param])


@pytest.fixture(scope="module")
def bare(tmp_path_factory: pytest.TempPathFactory) -> RecordContexts:
    """What templates see of 2026 from its profile alone."""
    return contexts_of(tmp_path_factory.mktemp("bare"), "2026")


def texts_read(face: Face) -> Iterator[Text]:
    """The texts that are text: those in pictures have an alternative one."""
    for placed in face.placed:
        for group in placed.piece.groups:
            if group.role != "Figure":
                yield from (mark for mark in group.marks if isinstance(mark, Text))


def text_of(face: Face) -> str:
    return " ".join(placed.piece.text for placed in face.placed)


def sides_of_codes(face: Face) -> list[Um]:
    codes = [code for placed in face.placed for code in placed.piece.codes]
    return [code.box.width - 2 * QUIET_ZONE * code.module for code in codes]


@pytest.mark.parametrize("template", ADDRESSED)
def test_no_line_of_an_address_begins_with_a_hyphen(known: RecordContexts, template: str) -> None:
    """It would read as a dash, and a dot or a slash as a mistake: lines end with them, in every académie."""
    for uai in {*one_of_each_academie()} - {ABROAD}:
        for face in lay_out(known, template, uai=uai).faces:
            for group in (group for placed in face.placed for group in placed.piece.groups if group.role == "Link"):
                starts = {mark.y: mark.text for mark in reversed(group.marks) if isinstance(mark, Text)}
                assert not any(text.startswith(("-", "‑", ".", "/")) for text in starts.values()), (uai, starts)


# --- the poster -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", WORDED)
@pytest.mark.parametrize(("name", "uai"), SCHOOLS)
def test_the_poster_is_read_across_a_room(known: RecordContexts, theme: str, name: str, uai: str) -> None:
    """One page; digits 40 mm high and more, 55 mm if nothing is set smaller; one code for a metre, one beside it."""
    (face,) = lay_out(known, "poster-a3", theme, name, uai).faces
    texts = list(texts_read(face))
    digits = max(texts, key=lambda mark: mark.size)
    assert digits.text.strip().isdigit()
    assert pt(digits.size * fontbook().face("extrabold").cap_height / 1000) >= mm(40)
    portal, *others = sides_of_codes(face)
    assert portal >= mm(90)
    assert all(side < mm(40) for side in others)
    assert min(mark.size for mark in texts) >= (16 if theme == "large-print" else 9.6)


# --- large print ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("name", "uai"), SCHOOLS)
def test_large_print_has_four_pages(known: RecordContexts, name: str, uai: str) -> None:
    """Portal, steps, mailbox, memo: no page with a notice alone; everything that is text has 16 pt."""
    layout = lay_out(known, "leaflet-a4", "large-print", name, uai)
    assert len(layout.faces) == 4
    for number, face in enumerate(layout.faces, 1):
        assert f"{number} sur 4" in {mark.text.replace("\u00a0", " ") for mark in texts_read_of_folio(face)}
        assert min(mark.size for mark in texts_read(face)) >= 16
        blocks = [placed.piece for placed in face.placed if placed.piece.name not in ("footer", "folio")]
        assert sum(piece.height for piece in blocks) >= mm(297) / 4
    first, second, _, last = layout.faces
    assert sides_of_codes(first)[0] >= mm(48)
    assert {placed.piece.name for placed in second.placed} <= {"h2", "keys", "tile", "footer", "folio"}
    assert "memo" in {placed.piece.name for placed in last.placed} and "v1" in text_of(last)


def texts_read_of_folio(face: Face) -> list[Text]:
    folios = [mark for placed in face.placed if placed.piece.name == "folio" for mark in marks_of(placed)]
    return [mark for mark in folios if isinstance(mark, Text)]


def test_lines_in_large_print_are_long_and_high(known: RecordContexts) -> None:
    """There is room for large handwriting beside a code: 110 mm long, 16 mm high less the clearance of the lines."""
    blanks = blanks_of(lay_out(known, "leaflet-a4", "large-print"))
    assert blanks and all(blank.box.width >= mm(110) and blank.box.height >= mm(14.5) for blank in blanks)


def test_what_is_for_other_pages_is_left_out() -> None:
    page = (
        '<leaflet title="x"><page><p pages="fixed">on one</p><p pages="flow">on many</p>'
        '<p>both<small pages="flow"> large</small></p></page></leaflet>'
    )
    said = {theme: text_of(layouter_of("leaflet-a4", theme).lay_out(parse_flow(page)).faces[0]) for theme in THEMES}
    assert said["default"] == "on one both" and said["large-print"].startswith("on many both large")


def blocks(heights: list[int]) -> tuple[Size, ...]:
    return tuple(Size("tile", mm(height)) for height in heights)


@given(st.integers(0, 230), st.lists(st.integers(20, 60), min_size=1, max_size=9))
@example(111, [20, 20, 24, 60])  # a heading above the middle of the page, tiles below it
def test_tiles_that_one_page_holds_are_not_parted(above: int, heights: list[int]) -> None:
    """They begin a page, with their heading, where the rest of one is too low, unless that page were half empty."""
    theme = theme_of("leaflet-a4", "large-print")
    heading = Size("h2", mm(12))
    tiles = Area("tiles", "t", blocks(heights))
    before = (Size("p", mm(above)),) if above else ()
    arranged: Arrangement = arrange(Area("page", "p", (*before, heading, tiles)), theme, theme.page, 1)
    pages = [spot.page for _, spot in arranged.spots][len(before) :]
    needed = mm(12) + sum(map(mm, heights)) + theme.space["step"] * len(heights) + theme.space["section"]
    room = theme.page.height - theme.page.head - theme.page.footer - mm(20)
    if needed <= room and theme.page.head + mm(above) > theme.page.height // 2:
        assert len(set(pages)) == 1
    assert (pages[0], pages) == (pages[1], sorted(pages))


# --- the leaflet of the dates ---------------------------------------------------------------------------------

FACTS = (
    '[links]\nportal = "https://vote.exemple.education.gouv.fr/"\n',
    "[vote]\nopens_at = 08:00:00\n",
    "[vote]\nopens_at = 08:00:00\ncloses_at = 17:00:00\n",
    '[notice]\nname = "notice de vote"\ncode_name = "code de vote"\n',
    '[memo]\nlines = ["Mot de passe"]\nlost = "Sur le portail."\n',
)


@pytest.mark.parametrize("theme", WORDED)
@pytest.mark.parametrize(("name", "uai"), SCHOOLS)
def test_the_dates_suffice(bare: RecordContexts, theme: str, name: str, uai: str) -> None:
    """Days, a line for the portal, lines for hours and steps; one page, three in large print."""
    layout = lay_out(bare, "vote-dates-a4", theme, name, uai)
    blanks = blanks_of(layout)
    assert len(layout.faces) == (3 if theme == "large-print" else 1)
    assert {"Le vote ouvre à", "Il ferme à", "Étape 1", "Étape 2"} <= {blank.label for blank in blanks}
    assert all(blank.box.height >= mm(8) and blank.box.width >= mm(38) for blank in blanks)
    assert not any("code" in blank.label.lower() for blank in blanks)
    assert {"3", "10"} <= {mark.text.strip() for face in layout.faces for mark in texts_read(face)}


def test_an_address_without_a_hyphen_fits_in_large_print(tmp_path: Path) -> None:
    """The portal's code has its address beside it, where even a long host has room."""
    facts = FACTS[0].replace("vote.exemple.education", "exempledevote-2026")
    layout = lay_out(contexts_of(tmp_path, "2026", facts), "vote-dates-a4", "large-print")
    assert any("exempledevote-2026.gouv.fr" in placed.piece.text for placed in layout.faces[0].placed)


@pytest.mark.parametrize("facts", FACTS)
def test_what_is_known_is_printed(tmp_path: Path, facts: str) -> None:
    """Each fact takes the place of its line, and none asks for another; the portal's code, that of the mailbox."""
    layout = lay_out(contexts_of(tmp_path, "2026", facts), "vote-dates-a4", "default")
    labels = [blank.label for blank in blanks_of(layout)]
    assert ("Le vote ouvre à" in labels) == ("opens_at" not in facts)
    assert ("Il ferme à" in labels) == ("closes_at" not in facts)
    found = {code.href for placed in layout.faces[0].placed for code in placed.piece.codes}
    assert found == {
        "https://vote.exemple.education.gouv.fr/" if "links" in facts else "https://pia.ac-orleans-tours.fr/"
    }


# --- the packer's papers --------------------------------------------------------------------------------------


def packing_part(lines: int, *, is_first: bool, is_last: bool, first: int = 1, theme: str = "default") -> Layout:
    line = {"key": "0370036N", "name": LONG_NAME, "town": "Saint-Cyr-sur-Loire-et-Villages", "copies": 1250}
    context = {
        "election": {"title": "Élections", "vote": {}},
        "publisher": {"name": "Section d’essai", "kind": "union"},
        "version": "v1",
        "lines": [{**line, "number": number} for number in range(first, first + lines)],
        "totals": {"schools": lines, "copies": 1250 * lines},
        "is_first": is_first,
        "is_last": is_last,
    }
    markup = load_renderer(program_resources(), "packing-list").render(context)
    return layouter_of("packing-list", theme).lay_out(parse_flow(markup), folio=False)


def ticks_of(face: Face) -> int:
    items = [placed for placed in face.placed if placed.piece.name == "item"]
    return sum(any(isinstance(mark, Shape) for mark in marks_of(placed)) for placed in items)


@pytest.mark.parametrize("count", [1, 300])
def test_each_bundle_is_ticked_off(count: int) -> None:
    """One box for each line, none for the total, which is at the end alone."""
    faces = packing_part(count, is_first=True, is_last=True).faces
    assert sum(map(ticks_of, faces)) == count
    assert ["Total" in text_of(face) for face in faces] == [*[False] * (len(faces) - 1), True]
    assert not any("Total" in text_of(face) for face in packing_part(3, is_first=True, is_last=False).faces)


@pytest.mark.parametrize("theme", THEMES)
def test_the_bundles_of_a_whole_country_have_their_numbers(theme: str) -> None:
    """There is room for five digits, whichever they are."""
    for number in range(10_000, 100_000, 10_000):
        (face,) = packing_part(1, is_first=False, is_last=False, first=number, theme=theme).faces
        assert str(number) in text_of(face)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(("town", "copies"), [("Y", 1), ("Saint-Germain-sur-Vienne-et-Villages", 12500)])
@pytest.mark.parametrize("size", [(210, 297), (297, 210)], ids=["page", "folded"])
def test_the_copies_are_the_largest_thing_on_a_bundle(
    bare: RecordContexts, theme: str, town: str, copies: int, size: tuple[int, int]
) -> None:
    """The number of copies, then that of the bundle, then the town, before the school; on folded sheets, too."""
    one = school(LONG_NAME, town=town, address=("Cité administrative", "12 rue de l’Exemple"))
    seen = bare.context(one) | {"bundle": {"number": 7, "total": 12, "copies": copies, "key": "uai"}}
    markup, made = load_renderer(program_resources(), "bundle-sheet").render(seen), layouter_of("bundle-sheet", theme)
    layouter = Layouter(made.book, made.theme.resized(*map(mm, size)), {})
    (face,) = layouter.lay_out(parse_flow(markup)).faces
    texts = sorted(texts_read(face), key=lambda mark: mark.size, reverse=True)
    assert [mark.text.strip() for mark in texts[:2]] == [str(copies), "Paquet 7"]
    said = text_of(face)
    assert said.index(town) < said.index(typographic(LONG_NAME)[:20])
    assert {blank.label for placed in face.placed for blank in placed.piece.blanks} == {"Reçu le", "par"}


@pytest.mark.parametrize(("postcode", "said"), [("37000", "37000 Tours"), ("B33 8TH", "Tours B33 8TH")])
def test_a_bundle_has_its_postcode_where_its_country_does(bare: RecordContexts, postcode: str, said: str) -> None:
    one = replace(school("Section"), postcode=postcode, town="Tours")
    seen = bare.context(one) | {"bundle": {"number": 7, "total": 12, "copies": 1, "key": "uai"}}
    assert said in load_renderer(program_resources(), "bundle-sheet").render(seen)
