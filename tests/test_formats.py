"""The leaflets of other formats: every template in every theme and for every election, and what each must keep to."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from leaflet.files.resources import program_resources
from leaflet.geometry import Box, Um, mm
from leaflet.imposition.impose import FOLD_CLEARANCE, TRIFOLD_HEIGHT, TRIFOLD_WIDTHS
from leaflet.layout.face import Face, Layout
from leaflet.layout.marks import Modules, Picture, Shape, Text
from leaflet.markup.flow import parse_flow
from leaflet.markup.record_values import RecordContexts
from leaflet.markup.render import load_about
from leaflet.pdf.inks import ScreenInks
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.writer import Writer
from tests.one_template import contexts_of, layouter_of, person, renderer_of, theme_of
from tests.support import (
    GREY_THEMES,
    LETTERS,
    LONG_NAME,
    SHORT_NAME,
    THEMES,
    WORDED,
    blanks_of,
    context,
    extract_text,
    fontbook,
    ink_boxes,
    marks_of,
    school,
    tables_of,
)

FACES, DATES, FACTS, PERSONS, LOGOS = tables_of(__file__).values()
TEMPLATES = ("leaflet-a4-simple", "leaflet-a5", "leaflet-trifold", "poster-a3", "memo-a6")
ELECTIONS = ("2014", "2018", "2022", "2026")
PLACES = ("0370036N", "0590001A", "9740001A", "9830002K")  # Orléans-Tours, Lille, La Réunion, Nouvelle-Calédonie
EDGE = mm(5)  # what an office printer may leave white
OFFERED = [
    (name, theme) for name in TEMPLATES for theme in THEMES if (name, theme) != ("leaflet-trifold", "large-print")
]  # six panels have no room for large print
FIXED = [pair for pair in OFFERED if pair != ("leaflet-a5", "large-print")]  # which takes as many pages as it needs


# --- making them ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RecordContexts]:
    return {one: contexts_of(tmp_path_factory.mktemp(one), one, FACTS.get(one, "")) for one in ELECTIONS}


def render(contexts: RecordContexts, template: str, *, name: str, uai: str, who: str = "nobody") -> str:
    fields = PERSONS[who]
    about = {"person": person(fields)} if fields else {}
    return renderer_of(template).render(contexts.context(school(name, key=uai)) | about)


def layouts(contexts: RecordContexts, template: str, theme: str) -> Iterator[Layout]:
    """A template for schools of short and long names in several places, and for all kinds of persons."""
    persons = PERSONS if "person" in load_about(program_resources().find("templates", template)).per else ("nobody",)
    for uai in PLACES:
        for name in (SHORT_NAME, LONG_NAME):
            for who in persons:
                markup = render(contexts, template, name=name, uai=uai, who=who)
                yield layouter_of(template, theme).lay_out(parse_flow(markup))


def layout_of(contexts: RecordContexts, template: str, theme: str = "default", who: str = "nobody") -> Layout:
    markup = render(contexts, template, name=SHORT_NAME, uai=PLACES[0], who=who)
    return layouter_of(template, theme).lay_out(parse_flow(markup))


def text_of(layout: Layout, template: str, theme: str = "default") -> str:
    """The text of a file, without what addresses and dates are broken at."""
    master = Master(fontbook(), LETTERS, ScreenInks(theme_of(template, theme).colors), {})
    return extract_text(Writer(master, Metadata("Section d’essai", None)).write(layout).data)


def squeezed(text: str) -> str:
    return "".join(text.split())


def printed_boxes(face: Face) -> Iterator[Box]:
    for placed in face.placed:
        for mark in marks_of(placed):
            if isinstance(mark, Text | Modules):
                yield from (placed.locate(box) for box in ink_boxes(mark))


def codes_of(layout: Layout) -> Iterator[tuple[str, Um, Um]]:
    """Address, module and side of the symbol (without quiet zone) of each code."""
    for face in layout.faces:
        for placed in face.placed:
            for code in placed.piece.codes:
                yield code.href, code.module, code.box.width - 8 * code.module


# --- what they keep to ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("template", "theme", "election"),
    [
        (*pair, election)
        for pair in OFFERED
        for election in ELECTIONS
        if pair[1] not in GREY_THEMES or election == "2022"
    ],
)
def test_everything_fits(contexts: dict[str, RecordContexts], template: str, theme: str, election: str) -> None:
    """Pages and sites are there, nothing overlaps, and all text and codes stay 5 mm from every edge and fold."""
    for layout in layouts(contexts[election], template, theme):
        if (template, theme) in FIXED:
            assert len(layout.faces) == FACES[template]
        for face in layout.faces:
            inside = Box(EDGE, EDGE, face.width - 2 * EDGE, face.height - 2 * EDGE)
            assert all(inside.contains(box) for box in printed_boxes(face))
            boxes = [placed.box for placed in face.placed if placed.piece.name != "folio"]  # beside a footer
            assert not any(one.overlaps(other) for i, one in enumerate(boxes) for other in boxes[:i])
            text = squeezed(" ".join(placed.piece.text for placed in face.placed))
            sites = [urlsplit(code.href).hostname or "" for p in face.placed for code in p.piece.codes]
            assert [site for site in sites if site.removeprefix("www.") not in text] == []


@pytest.mark.parametrize("election", ELECTIONS)
@pytest.mark.parametrize("theme", WORDED)
def test_folds_of_memos_and_codes_of_posters(contexts: dict[str, RecordContexts], theme: str, election: str) -> None:
    """Nothing within 5 mm of the fold; the poster's symbol is 90 mm wide and more, whatever the address."""
    for layout in layouts(contexts[election], "memo-a6", theme):
        for face in layout.faces:
            middle = face.height // 2
            fold = Box(0, middle - FOLD_CLEARANCE, face.width, 2 * FOLD_CLEARANCE)
            assert not any(fold.overlaps(box) for box in printed_boxes(face))
    for layout in layouts(contexts[election], "poster-a3", theme):
        sides = [side for _, _, side in codes_of(layout)]
        assert sides and max(sides) >= mm(90)


@pytest.mark.parametrize("theme", [theme for name, theme in OFFERED if name == "leaflet-trifold"])
def test_the_trifold_has_panels_of_its_sheet(contexts: dict[str, RecordContexts], theme: str) -> None:
    """Six panels in reading order, the one folded in and its neighbour inside narrower."""
    faces = layout_of(contexts["2018"], "leaflet-trifold", theme).faces
    assert [(face.width, face.height) for face in faces] == [(width, TRIFOLD_HEIGHT) for width in TRIFOLD_WIDTHS]


@pytest.mark.parametrize(("template", "theme"), FIXED)
def test_type_is_as_designed(contexts: dict[str, RecordContexts], template: str, theme: str) -> None:
    """A school with a short name needs no smaller type, except where a long address has a strip of its own."""
    for election in ELECTIONS:
        layout = layout_of(contexts[election], template, theme)
        factor = theme_of(template, theme).fit.type[layout.step]
        crowded = (template, election) == ("poster-a3", "2022")  # its address stands on a strip of its own
        assert factor >= (0.84 if crowded else 1)


@pytest.mark.parametrize(("template", "theme"), FIXED)
def test_a_logo_and_a_site_of_the_departement_fit(template: str, theme: str) -> None:
    """The example's campaign, which has both, needs no smaller type either."""
    layout = layouter_of(template, theme).lay_out(parse_flow(renderer_of(template).render(context())))
    assert len(layout.faces) == FACES[template] and theme_of(template, theme).fit.type[layout.step] == 1


@pytest.mark.parametrize("sides", [(4, 1), (1, 1), (1, 3)])
@pytest.mark.parametrize("template", LOGOS)
def test_a_logo_of_any_shape_is_read_at_arms_length(template: str, sides: tuple[int, int]) -> None:
    """It has its format's area or as much as its limits allow, on a plate at the margin, above the code beside it."""
    layouter, known = layouter_of(template, "default", sides), LOGOS[template]
    face = layouter.lay_out(parse_flow(renderer_of(template).render(context()))).faces[0]
    hero = next(placed for placed in face.placed if placed.piece.name == "hero")
    (logo,) = (mark.box for mark in marks_of(hero) if isinstance(mark, Picture))
    around = [mark.box for mark in marks_of(hero) if isinstance(mark, Shape) and mark.box.contains(logo)]
    plate = min(around, key=lambda box: box.width * box.height)
    limited = mm(known["height"]) - logo.height < 100 or mm(known["width"]) - logo.width < 100
    assert logo.width / logo.height == pytest.approx(sides[0] / sides[1], rel=0.01)
    assert logo.height <= mm(known["height"]) and logo.width <= mm(known["width"])
    assert limited or logo.width * logo.height / mm(1) ** 2 == pytest.approx(known["area"], rel=0.05)
    assert face.width - plate.right == layouter.theme.page.margin
    assert all(code.box.y >= plate.bottom and code.module >= mm(0.8) for code in hero.piece.codes)


@pytest.mark.parametrize(("template", "theme"), OFFERED)
def test_large_letters_and_long_lines(template: str, theme: str) -> None:
    """Running text is never under 9.5 pt, in large print never under 12 pt on the memo and 14 pt elsewhere."""
    tokens = theme_of(template, theme)
    large = 12 if template == "memo-a6" else 14
    assert tokens.type["body"].floor >= (large if theme == "large-print" else 9.5)
    assert tokens.space["writing-gap"] >= mm(8)


@pytest.mark.parametrize("election", ELECTIONS)
@pytest.mark.parametrize(("template", "theme"), OFFERED)
def test_modules_can_be_scanned(
    contexts: dict[str, RecordContexts], template: str, theme: str, election: str
) -> None:
    """Modules are 0.6 mm and more, on the small memo 0.5 mm."""
    modules = [module for _, module, _ in codes_of(layout_of(contexts[election], template, theme))]
    assert min(modules) >= mm(0.5 if template == "memo-a6" else 0.6)


@pytest.mark.parametrize("election", ELECTIONS)
def test_large_print_is_larger_on_the_poster(contexts: dict[str, RecordContexts], election: str) -> None:
    """No words are smaller on the large-print poster than on the usual one, but for a step of fitting."""
    usual, large = (
        {
            mark.text: mark.size
            for face in layout_of(contexts[election], "poster-a3", theme).faces
            for placed in face.placed
            for mark in marks_of(placed)
            if isinstance(mark, Text)
        }
        for theme in ("default", "large-print")
    )
    assert {text for text in usual.keys() & large.keys() if large[text] < 0.97 * usual[text]} == set()


@pytest.mark.parametrize("election", ELECTIONS)
@pytest.mark.parametrize("template", ["leaflet-a4-simple", "leaflet-a5", "leaflet-trifold", "memo-a6"])
def test_there_are_lines_to_write_on(contexts: dict[str, RecordContexts], template: str, election: str) -> None:
    """There is a line for the password, none for the code de vote; each is long enough to write an address on."""
    blanks = blanks_of(layout_of(contexts[election], template))
    labels = [blank.label for blank in blanks]
    assert any("mot de passe" in label.lower() for label in labels)
    assert not any("code" in label.lower() for label in labels)
    assert all(blank.box.width >= mm(60) and blank.box.height >= mm(6.5) for blank in blanks)


@pytest.mark.parametrize("election", ELECTIONS)
@pytest.mark.parametrize("template", TEMPLATES)
def test_the_facts_are_in_the_text(contexts: dict[str, RecordContexts], template: str, election: str) -> None:
    """The last day, the portal, the webmail and the video in sign language can be read as text."""
    seen = contexts[election].context(school(SHORT_NAME))
    layout = layout_of(contexts[election], template)
    text = squeezed(" ".join(placed.piece.text for face in layout.faces for placed in face.placed))
    assert squeezed(DATES[election]) in text
    links, simple = seen["election"]["links"], template == "leaflet-a4-simple"
    video = [links["lsf"]] if simple and election == "2026" else []
    for address in (links["portal"], seen["academie"]["mailbox"]["address"], *video):
        typed = address.removeprefix("https://").rstrip("/")
        is_long = template == "memo-a6" and len(address) > 60  # it has the name of the site alone
        assert (typed.split("/")[0].removeprefix("www.") if is_long else typed) in text


@pytest.mark.parametrize("template", ["leaflet-a5", "memo-a6"])
def test_no_address_makes_large_print_smaller(contexts: dict[str, RecordContexts], template: str) -> None:
    """What is read is set in 16 points and more, but for the raised letters of « 1er »."""
    for election in ELECTIONS:
        for layout in layouts(contexts[election], template, "large-print"):
            marks = [mark for face in layout.faces for placed in face.placed for mark in marks_of(placed)]
            assert {mark.text for mark in marks if isinstance(mark, Text) and mark.size < 16} <= {"er"}
