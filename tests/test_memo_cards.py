"""Memo cards and labels: lines to write on that do not move, large type, codes that survive a photocopier."""

import unicodedata
from collections.abc import Iterator
from functools import cache
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from leaflet.campaign import load_academies, load_campaign
from leaflet.faults import Report
from leaflet.files.resources import program_resources
from leaflet.geometry import Box, Um, mm
from leaflet.imposition.stock import load_stock
from leaflet.layout.drawings.store import Drawings, load_sources
from leaflet.layout.face import Face, Layout, Placed
from leaflet.layout.marks import Modules, Rule, Text
from leaflet.layout.marks import Path as DrawnPath
from leaflet.layout.page import Layouter
from leaflet.layout.theme import Theme
from leaflet.markup.flow import parse_flow
from leaflet.markup.record_values import RecordContexts
from leaflet.pdf.inks import ScreenInks
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.writer import Writer
from tests.campaigns import campaign_text, write_small_campaign
from tests.copies import COPY_DPI, TONERS, codes_read, copied
from tests.one_template import contexts_of, person, renderer_of, theme_of
from tests.support import (
    GREY_THEMES,
    LETTERS,
    THEMES,
    fault_of,
    fontbook,
    ink_boxes,
    labels_of,
    marks_of,
    page_picture,
    school,
)

_TWO_CODES = "memo-card-two-codes"
_TOO_LOW = ("avery-l7163", "large-print")  # no room for name, label, line, code and warning in 16 pt
STOCKS = {
    "memo-card": ("avery-c32011", "sigel-lp800", "id1-10"),
    "memo-card-two-codes": ("avery-c32011", "sigel-lp800", "id1-10"),
    "memo-label": ("avery-l7163", "avery-l4744rev", "labels-89x51"),
    "memo-a6": ("a6-4",),
}
OFFERED = [
    (template, theme) for template in STOCKS for theme in THEMES if (template, theme) != (_TWO_CODES, "large-print")
]
ALL = [
    (template, stock, theme)
    for template, theme in OFFERED
    for stock in STOCKS[template]
    if (stock, theme) != _TOO_LOW and (theme not in GREY_THEMES or stock == STOCKS[template][0])
]
"""Each template on its sheets; the grey themes, which have the lines and codes of the default one, on one sheet."""
PLAIN_AND_LARGE = [(*rest, theme) for *rest, theme in ALL if theme not in GREY_THEMES]
CUT_CLEAR = mm(2.8)  # nothing is nearer to a cut
LEAST_FREE = mm(8)  # above a line, for handwriting
LEAST_LINE = mm(70)  # for passwords and addresses
LABEL_LINE = mm(55)  # on a flat label: twelve characters of 4.6 mm
LARGE_PT, LARGE_NAME_PT = 16, 11.5  # one knows one's own name
DOMAIN = "@ac-orleans-tours.fr"


# --- making them ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def contexts(tmp_path_factory: pytest.TempPathFactory) -> dict[str, RecordContexts]:
    """What templates see in the elections of 2018, and of 2022, whose portal has an address that nobody can type."""
    return {election: _contexts(tmp_path_factory.mktemp(election), election) for election in ("2018", "2022")}


def _contexts(folder: Path, election: str) -> RecordContexts:
    text = campaign_text(publisher='contact = "contact@exemple.fr"\n').replace('"2018"', f'"{election}"')
    path = write_small_campaign(folder, text, "uai;nom;commune\n0370036N;x;Tours\n")
    report = Report()
    return RecordContexts(load_campaign(path, report), load_academies(), report)


@cache
def theme_on(template: str, theme: str, stock: str | None) -> Theme:
    """The theme of a template on a stock's places, or of the size it has without one."""
    if stock is None:
        return theme_of(template, theme)
    places = load_stock()[stock]
    return theme_of(template, theme).resized(places.width, places.height)


@cache
def layouter_on(template: str, theme: str, stock: str | None) -> Layouter:
    resources = program_resources()
    drawings = Drawings(load_sources(resources, "icons"), load_sources(resources, "scenes"))
    return Layouter(fontbook(), theme_on(template, theme, stock), {}, (), drawings)


def card(
    contexts: RecordContexts, template: str, theme: str, stock: str | None, who: dict[str, str] | None
) -> Layout:
    """The card of a person with these fields, or of nobody in particular."""
    markup = renderer_of(template).render(contexts.context(school()) | ({"person": person(who)} if who else {}))
    return layouter_on(template, theme, stock).lay_out(parse_flow(markup))


def pictures_of(layout: Layout, theme: Theme) -> Iterator[Any]:
    """The faces of a card, each drawn as it is before it is copied."""
    master = Master(fontbook(), LETTERS, ScreenInks(theme.colors), {})
    document = pypdfium2.PdfDocument(Writer(master, Metadata("Section", None)).write(layout).data)
    for number in range(len(document)):
        yield page_picture(document, number, COPY_DPI)
    document.close()


class Line(NamedTuple):
    """A line to write on: its face, its label, where it is, and how high the paper above it is free of print."""

    face: int
    label: str
    y: Um
    length: Um
    free: Um


def lines_of(layout: Layout, theme: Theme) -> list[Line]:
    """The lines to write on, measured by what is drawn."""
    found = []
    for number, face in enumerate(layout.faces):
        inks = list(inks_on(face))
        printed = [box for box, mark in inks if isinstance(mark, Text | Modules)]
        labels = [(placed.locate(place.box), place.label) for placed in face.placed for place in placed.piece.blanks]
        rules = [box for box, mark in inks if isinstance(mark, Rule) and mark.width == theme.space["writing-line"]]
        assert len(rules) == len(labels)
        for rule in rules:
            (label,) = [label for box, label in labels if 0 <= rule.y - box.bottom < mm(1) and box.x <= rule.x]
            over = [
                box.bottom for box in printed if box.bottom <= rule.y and rule.x < box.right and box.x < rule.right
            ]
            found.append(Line(number, label, rule.y, rule.width, rule.y - max(over, default=0)))
    return found


_ROUNDED = 3  # µm by which two texts on a line may seem to overlap, since each has a whole number of them


def seen(box: Box, mark: Text | Modules) -> Box:
    """The box of what is printed; of a text that of its capitals, without room for accents and descenders."""
    if isinstance(mark, Modules):
        return box
    capitals, base = round(box.height * 0.22), round(box.height * 0.8)
    return Box(box.x, box.y + capitals, box.width, base - capitals)


def inks_on(face: Face) -> Iterator[tuple[Box, Any]]:
    for placed in face.placed:
        for mark in marks_of(placed):
            for box in ink_boxes(mark):
                yield placed.locate(box), mark


# --- lines to write on ----------------------------------------------------------------------------------------

_LETTERS = "abcdefghijklmnoprstuvyzéèïç"
_WORDS = st.text(_LETTERS, min_size=2, max_size=14).map(str.capitalize)
_JOINS = st.sampled_from([" ", " ", "-", " de ", " de La ", " d’"])


@st.composite
def names(draw: st.DrawFn) -> str:
    """A name of 5 to 60 characters: words, hyphens, particles."""
    name = draw(st.text(_LETTERS, min_size=2, max_size=10).map(str.capitalize)) + " " + draw(_WORDS)
    for _ in range(draw(st.integers(0, 5))):
        longer = name + draw(_JOINS) + draw(_WORDS)
        name = longer if len(longer) <= 60 else name
    return name.ljust(5, "a")


@st.composite
def addresses(draw: st.DrawFn) -> str:
    """A professional address of up to 60 characters."""
    plain = unicodedata.normalize("NFD", draw(names())).encode("ascii", "ignore").decode().lower()
    first, _, last = plain.partition(" ")
    return f"{first}.{last.replace(' ', '-')}"[: 60 - len(DOMAIN)].rstrip("-.") + DOMAIN


LONGEST = {
    "name": "Marie-Emmanuelle d’Osier de La Tour-Prunelle-Châtaigneraie",
    "address": "marie-emmanuelle.d-osier-de-la-tour-prunell@ac-orleans-tours.fr",
}
PASSWORD = "Mon mot de passe élections"
SHORTEST = {"name": "Zo If", "address": "zo.if@ac-orleans-tours.fr"}


@pytest.mark.parametrize(("template", "stock", "theme"), PLAIN_AND_LARGE)
@settings(max_examples=5, deadline=None)
@given(name=names(), address=addresses())
def test_lines_are_where_they_are_whatever_the_name(
    contexts: dict[str, RecordContexts], template: str, stock: str, theme: str, name: str, address: str
) -> None:
    """One height and length on every card; on a label longer, where the code makes room for a long name."""
    tokens = theme_on(template, theme, stock)
    if (template, theme) == ("memo-label", "large-print"):
        name = name[:14]  # a longer one may be refused

    def places(who: dict[str, str]) -> list[tuple[int, str, Um, Um]]:
        lines = lines_of(card(contexts["2018"], template, theme, stock, who), tokens)
        return [(line.face, line.label, line.y, line.length) for line in lines]

    def check(who: dict[str, str], usual: dict[str, str]) -> None:
        found, expected = places(who), places(usual)
        assert [place[:3] for place in found] == [place[:3] for place in expected]
        for place, other in zip(found, expected, strict=True):
            assert place[3] >= other[3] if template == "memo-label" else place[3] == other[3]

    check({"name": name, "address": address}, SHORTEST)
    check({"name": name}, {"name": SHORTEST["name"]})


PERSONS: dict[str, dict[str, str] | None] = {
    "nobody": None,
    "shortest": SHORTEST,
    "longest": LONGEST,
    "no address": {"name": "Julie Labert"},
    "user name": {**SHORTEST, "user_name": "zif"},
}


def people_on(template: str, theme: str) -> list[dict[str, str] | None]:
    """Return who has room on a card; a label in large print has none for the longest name."""
    return [who for key, who in PERSONS.items() if (key, template, theme) != ("longest", "memo-label", "large-print")]


@pytest.mark.parametrize(("template", "theme"), OFFERED)
@pytest.mark.parametrize("election", ["2018", "2022"])
def test_a_card_without_a_stock_holds_everybody(
    contexts: dict[str, RecordContexts], template: str, theme: str, election: str
) -> None:
    """The size that a format gives a card in a theme is one that the theme's type fits on."""
    for who in people_on(template, theme):
        assert lines_of(card(contexts[election], template, theme, None, who), theme_of(template, theme))


@pytest.mark.parametrize(("template", "stock", "theme"), ALL)
@pytest.mark.parametrize("election", ["2018", "2022"])
def test_lines_can_be_written_on(
    contexts: dict[str, RecordContexts], template: str, stock: str, theme: str, election: str
) -> None:
    """A password line of 70 mm, 8 mm free above; texts and codes keep off each other and the cut, codes in white."""
    for who in people_on(template, theme):
        layout = card(contexts[election], template, theme, stock, who)
        lines = lines_of(layout, theme_on(template, theme, stock))
        assert sum("passe" in line.label for line in lines) == 1
        for line in lines:
            least = LABEL_LINE if template == "memo-label" else LEAST_LINE
            assert line.length >= least, line
            assert line.free >= LEAST_FREE, line
        for face in layout.faces:
            inside = Box(CUT_CLEAR, CUT_CLEAR, face.width - 2 * CUT_CLEAR, face.height - 2 * CUT_CLEAR)
            inks = [(seen(box, mark), mark) for box, mark in inks_on(face) if isinstance(mark, Text | Modules)]
            assert [mark for box, mark in inks if not inside.contains(box)] == []
            for zone in [placed.locate(code.box) for placed in face.placed for code in placed.piece.codes]:
                assert [type(mark) for box, mark in inks if box.overlaps(zone)] == [Modules]
            pairs = combinations([(box, mark.text) for box, mark in inks if isinstance(mark, Text)], 2)
            assert [(one, other) for (box, one), (near, other) in pairs if box.grown(-_ROUNDED).overlaps(near)] == []


def test_a_label_has_no_second_password(contexts: dict[str, RecordContexts]) -> None:
    """One line, on one side."""
    for who in (SHORTEST, None):
        layout = card(contexts["2018"], "memo-label", "default", "avery-l7163", who)
        assert len(layout.faces) == 1 and labels_of(layout) == [PASSWORD]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("election", ["2018", "2022"])
def test_a_card_for_nobody_in_particular_asks_for_no_name(
    contexts: dict[str, RecordContexts], theme: str, election: str
) -> None:
    """Whoever finds it does not learn whose password it is; the other lines are for the address and the mailbox."""
    address = {"2018": "Adresse pro", "2022": "Adresse pro (mon identifiant pour voter)"}[election]
    written = {
        "memo-card": [PASSWORD, LOGIN], "memo-card-two-codes": [address, PASSWORD, LOGIN], "memo-label": [PASSWORD],
        "memo-a6": [address, PASSWORD, LOGIN],
    }  # fmt: skip
    for template, labels in written.items():
        if (template, theme) not in OFFERED:
            continue
        is_small = theme == "large-print" and template != "memo-a6"
        assert labels_of(card(contexts[election], template, theme, None, None)) == (
            [PASSWORD] if is_small else labels
        )


# --- type and codes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("election", ["2018", "2022"])
@pytest.mark.parametrize(("template", "stock"), [rest for *rest, theme in ALL if theme == "large-print"])
def test_large_print_is_large_on_cards_too(
    contexts: dict[str, RecordContexts], template: str, stock: str, election: str
) -> None:
    """In large print no letter is smaller than 16 pt, whatever is left out for it, but those of a long name."""
    for who in people_on(template, "large-print"):
        name = who["name"].replace("de La ", "de\u00a0La\u00a0") if who else ""
        layout = card(contexts[election], template, "large-print", stock, who)
        texts = [mark for face in layout.faces for _, mark in inks_on(face) if isinstance(mark, Text)]
        assert min(text.size for text in texts if text.text not in name) >= LARGE_PT
        assert min(text.size for text in texts) >= LARGE_NAME_PT


@pytest.mark.parametrize(("template", "stock", "theme"), PLAIN_AND_LARGE)
def test_codes_survive_three_copies(
    contexts: dict[str, RecordContexts], template: str, stock: str, theme: str
) -> None:
    """A code is read at 150 dpi, and from the third copy, too dark or too light; small ones from a good copy only."""
    layout = card(contexts["2018"], template, theme, stock, SHORTEST)
    for face, picture in zip(layout.faces, pictures_of(layout, theme_on(template, theme, stock)), strict=True):
        codes = sorted(code.href for placed in face.placed for code in placed.piece.codes)
        assert codes_read(picture) == codes
        small = len(codes) == 2 and template == "memo-card-two-codes"
        for toner in ("mid",) if small else TONERS:
            copy = copied(picture, toner)
            assert codes_read(copy) == codes, toner
            assert codes_read(copy, 3) == codes, toner


@pytest.mark.parametrize("theme", [theme for theme in THEMES if theme != "large-print"])
def test_the_back_says_who_answers_for_the_card(contexts: dict[str, RecordContexts], theme: str) -> None:
    """Publisher, contact and version stand on the back, in small print."""
    for template in ("memo-card", "memo-card-two-codes", "memo-a6"):
        layout = card(contexts["2018"], template, theme, STOCKS[template][0], SHORTEST)
        words = " ".join(placed.piece.text for placed in layout.faces[-1].placed)
        for said in ("Section d’essai", "contact@exemple.fr", "v1"):
            assert said in words


@pytest.mark.parametrize(("template", "theme"), [("memo-card-two-codes", "default"), ("memo-a6", "large-print")])
def test_the_secret_is_not_taken_for_the_login(
    contexts: dict[str, RecordContexts], template: str, theme: str
) -> None:
    """Where the mailbox's « identifiant » has its line, the one that is never written down is that of the vote."""
    for election, secret in (("2018", "identifiant de vote"), ("2022", "code de vote")):
        words = card(contexts[election], template, theme, STOCKS[template][0], SHORTEST).faces[0].placed
        said = " ".join(placed.piece.text for placed in words).replace("\u00a0", " ").lower()
        assert LOGIN.lower().removeprefix("mon ") in said and secret in said
        assert said.count("de vote") == said.count(secret) + said.count("notice de vote")


@pytest.mark.parametrize("template", ["memo-card", "memo-a6"])
def test_large_print_names_the_site_of_a_long_address(contexts: dict[str, RecordContexts], template: str) -> None:
    """Type of 16 pt has room for it on two lines."""
    layout = card(contexts["2022"], template, "large-print", STOCKS[template][0], SHORTEST)
    words = " ".join(placed.piece.text for placed in layout.faces[1].placed)
    assert "education-jeunesse-" in words and "recherche-sports.gouv.fr" in words


@pytest.mark.parametrize(("stock", "has_room"), [(None, True), ("avery-3425", True), ("avery-3653", False)])
def test_a_large_label_says_where_and_when(
    contexts: dict[str, RecordContexts], stock: str | None, has_room: bool
) -> None:
    """The address stands below the line of every label of a sheet, or of none: it never makes the code too small."""
    for who in (None, SHORTEST, NAME, LONGEST):
        layout = card(contexts["2018"], "memo-label", "large-print", stock, who)
        words = " ".join(placed.piece.text for placed in layout.faces[0].placed)
        assert ("elections2018." in words) == has_room
        assert not has_room or who is LONGEST or "29\u00a0nov." in words
        assert not has_room or layout.faces[0].placed[0].piece.codes[0].module >= mm(0.8)


@pytest.mark.parametrize(
    ("template", "who", "least"), [("memo-card", SHORTEST, 10), ("memo-card", None, 13), ("memo-label", None, 10)]
)
def test_one_line_in_large_print_has_what_is_left(
    contexts: dict[str, RecordContexts], template: str, who: dict[str, str] | None, least: int
) -> None:
    """Its label, which says which password, stands as high as a name and a code let it."""
    layout = card(contexts["2018"], template, "large-print", None, who)
    (line,) = lines_of(layout, theme_of(template, "large-print"))
    words = " ".join(placed.piece.text for placed in layout.faces[0].placed)
    assert line.free >= mm(least)
    assert "de passe élections" in words
    assert who or "À détruire" in words


def test_a_large_card_of_a_person_begins_with_its_first_heading(contexts: dict[str, RecordContexts]) -> None:
    """A name is no heading: that of the back is then the first, and no level is skipped."""
    for who, levels in ((None, ["H1", "H2"]), (SHORTEST, ["H1"])):
        layout = card(contexts["2018"], "memo-card", "large-print", None, who)
        groups = [group for face in layout.faces for placed in face.placed for group in placed.piece.groups]
        assert [group.role for group in groups if group.role.startswith("H")] == levels


def test_small_print_keeps_off_the_line_of_a_large_card(contexts: dict[str, RecordContexts]) -> None:
    """It stands 2.5 mm under the line, whatever the name; the address at the back is not at the edge."""
    heights = set()
    for who in (None, SHORTEST, LONGEST):
        layout = card(contexts["2018"], "memo-card", "large-print", "avery-c32011", who)
        (line,) = lines_of(layout, theme_on("memo-card", "large-print", "avery-c32011"))
        front, back = (
            [seen(box, mark) for box, mark in inks_on(face) if isinstance(mark, Text)] for face in layout.faces
        )
        heights.add(min(box.y for box in front if box.y > line.y) - line.y)
        assert mm(54) - max(box.bottom for box in back) >= mm(5)
    assert len(heights) == 1 and heights.pop() >= mm(2.5)


def test_all_words_inside_a_folded_card_stand_in_one_column(contexts: dict[str, RecordContexts]) -> None:
    """What to know, the warning under the lines and the addresses begin at one place, behind their icons."""
    for election in ("2018", "2022"):
        face = card(contexts[election], "memo-a6", "default", None, SHORTEST).faces[0]
        words = {
            name: min(box.x for placed in face.placed if placed.piece.name == name for box in _texts(placed))
            for name in ("keys", "safety")
        }
        assert words["keys"] == words["safety"]


def _texts(placed: Placed) -> Iterator[Box]:
    return (placed.locate(box) for mark in marks_of(placed) if isinstance(mark, Text) for box in ink_boxes(mark))


def test_a_large_folded_card_has_both_codes_where_their_addresses_have_room(
    contexts: dict[str, RecordContexts],
) -> None:
    """Each address stands on a line of its own, or on two; both codes are ones that copies keep."""
    for election in ("2018", "2022"):
        layout = card(contexts[election], "memo-a6", "large-print", None, SHORTEST)
        codes = [code for placed in layout.faces[1].placed for code in placed.piece.codes]
        assert len(codes) == 2 and min(code.box.width - 8 * code.module for code in codes) >= mm(28)
        assert min(code.module for code in codes) >= mm(0.8)


def test_a_large_folded_card_has_the_hours(tmp_path: Path) -> None:
    """Hours of any length stand on the leaves, and the days beside the title inside."""
    facts = '[vote]\nopens_at = "09:30"\ncloses_at = "16:30"\n'
    inside, outside = card(contexts_of(tmp_path, "2018", facts), "memo-a6", "large-print", None, SHORTEST).faces
    words = [
        " ".join(placed.piece.text for placed in face.placed).replace("\u00a0", " ") for face in (inside, outside)
    ]
    assert "29 nov. – 6 déc." in words[0]
    assert all(said in words[1] for said in ("9 h 30", "16 h 30", "heure de Paris"))


COMPOUND = {"name": "Marie-Antoinette Philippine de La Rochefoucauld-Montbazon"}

NAMED_ALIKE = [(template, theme) for template, theme in OFFERED if theme in ("default", "large-print")]


@pytest.mark.parametrize(("template", "theme"), NAMED_ALIKE)
def test_a_compound_name_changes_nothing_else(contexts: dict[str, RecordContexts], template: str, theme: str) -> None:
    """All else stays; no line of it ends in a particle, none but of a large label in a hyphen; a rule is near it."""
    ends = ("de", "La") if (template, theme) == ("memo-label", "large-print") else ("de", "La", "-")
    ends_in_rule = (template, theme) == ("memo-card", "large-print")
    for election in ("2018", "2022"):
        others, names = [], set[str]()
        for who in ("Zo If", "Paul Roux", COMPOUND["name"]):
            inks = list(inks_on(card(contexts[election], template, theme, None, {"name": who}).faces[0]))
            spoken = who.replace("de La ", "de\u00a0La\u00a0")
            texts = [mark.text.strip() for _, mark in inks if isinstance(mark, Text)]
            names = {text for text in texts if text in spoken}
            rest = [ink for ink in inks if not isinstance(ink[1], Text) or ink[1].text.strip() not in names]
            if ends_in_rule:
                rule = next(ink for ink in rest if isinstance(ink[1], Rule))
                rest.remove(rule)
                name_end = max(
                    box.bottom for box, mark in inks if isinstance(mark, Text) and mark.text.strip() in names
                )
                assert mm(1) < rule[0].y - name_end < mm(4)
            others.append(rest)
        assert others[0] == others[1] == others[2]
        assert names and not any(text.endswith(ends) for text in names)


@pytest.mark.parametrize(
    "stock", [stock for template, stock, theme in ALL if template == "memo-label" and theme == "large-print"]
)
def test_no_name_moves_the_line_of_a_large_label(contexts: dict[str, RecordContexts], stock: str) -> None:
    """Where another name would leave more room to write on, no label of the sheet takes it."""
    tokens = theme_on("memo-label", "large-print", stock)
    layouts = [
        card(contexts["2018"], "memo-label", "large-print", stock, {"name": who})
        for who in ("Zo If", COMPOUND["name"])
    ]
    one, other = (lines_of(layout, tokens) for layout in layouts)
    assert one == other


def test_the_safety_words_of_a_folded_card_have_one_place(contexts: dict[str, RecordContexts]) -> None:
    """They stand at its foot, whatever the name; the fold of the other side is drawn where no ground shows it."""
    heights = set()
    for who in (SHORTEST, COMPOUND, None):
        inside, outside = card(contexts["2018"], "memo-a6", "grey", None, who).faces
        heights |= {placed.y for placed in inside.placed if placed.piece.name == "safety"}
        drawn = [mark for placed in outside.placed for mark in marks_of(placed) if isinstance(mark, DrawnPath)]
        assert len([mark for mark in drawn if mark.dash]) == 1
    assert len(heights) == 1


def test_a_long_name_drives_neither_date_nor_address_out(contexts: dict[str, RecordContexts]) -> None:
    """A name of 60 characters is smaller first, and leaves a line for the address; without one the hour is there."""
    for who, said in ((LONGEST, "Vote"), (None, "jusqu’à 17 h (Paris)")):
        layout = card(contexts["2022"], "memo-card", "default", "avery-c32011", who)
        assert said in " ".join(placed.piece.text for placed in layout.faces[0].placed).replace("\u00a0", " ")
    for election in ("2018", "2022"):
        layout = card(contexts[election], "memo-card-two-codes", "default", "avery-c32011", LONGEST)
        assert LONGEST["address"] in " ".join(placed.piece.text for placed in layout.faces[0].placed)


def test_two_codes_and_their_addresses_are_told_apart(contexts: dict[str, RecordContexts]) -> None:
    """Both codes begin at one height; the mailbox's address is under its own, the long one under both."""
    face = card(contexts["2022"], "memo-card-two-codes", "default", "avery-c32011", SHORTEST).faces[1]
    codes = [(placed.locate(code.box), code) for placed in face.placed for code in placed.piece.codes]
    (portal, wide), (mailbox, code) = codes
    assert wide.module >= mm(0.8) and code.module >= mm(0.8)
    assert abs(portal.y + 4 * wide.module - mailbox.y - 4 * code.module) <= mm(0.1)
    texts = {mark.text: seen(box, mark) for box, mark in inks_on(face) if isinstance(mark, Text)}
    (site,) = [box for text, box in texts.items() if "education-jeunesse" in text]
    (own,) = [box for text, box in texts.items() if "ac-orleans" in text]
    assert mailbox.x < own.x and mailbox.bottom <= own.y
    assert max(portal.bottom, own.bottom) <= site.y


def test_two_codes_are_refused_in_large_print() -> None:
    """A card that would have one code alone is none of two; the message names the cards that large print has."""
    fault = fault_of(lambda: theme_of(_TWO_CODES, "large-print"))
    assert fault.code == "M304" and "memo-card, memo-a6" in fault.way_out("en")


# --- what is known of a person --------------------------------------------------------------------------------

NAME = {"name": "Julie Labert"}
ADDRESS = {**NAME, "address": "julie.labert@ac-orleans-tours.fr"}
FRONT, LOGIN = [PASSWORD], "Mon identifiant de messagerie"
WRITTEN = [  # who, lines on the card, what is printed
    (None, [PASSWORD, LOGIN], "souvent initiale et nom"),
    (NAME, [PASSWORD, LOGIN], "Julie Labert"),
    (ADDRESS, [PASSWORD, LOGIN], "souvent initiale et nom"),
    ({**ADDRESS, "user_name": "jlabert2"}, [PASSWORD], "Identifiant : jlabert2"),
]


@pytest.mark.parametrize(("who", "labels", "said"), WRITTEN)
def test_what_is_known_of_a_person_needs_no_line(
    contexts: dict[str, RecordContexts], who: dict[str, str] | None, labels: list[str], said: str
) -> None:
    """What the list gives is printed, and what it does not give gets a line."""
    layout = card(contexts["2018"], "memo-card", "default", "avery-c32011", who)
    assert labels_of(layout) == labels
    words = " ".join(placed.piece.text for face in layout.faces for placed in face.placed)
    assert said in words.replace("\u00a0", " ")


@pytest.mark.parametrize("template", ["memo-card-two-codes", "memo-a6"])
def test_other_cards_print_what_is_known_too(contexts: dict[str, RecordContexts], template: str) -> None:
    """A user name of the list is printed on each card, without a line."""
    layout = card(contexts["2018"], template, "default", STOCKS[template][0], {**ADDRESS, "user_name": "jlabert2"})
    words = " ".join(placed.piece.text for face in layout.faces for placed in face.placed)
    assert "Identifiant de messagerie : jlabert2" in words.replace("\u00a0", " ")
    assert labels_of(layout) == FRONT
