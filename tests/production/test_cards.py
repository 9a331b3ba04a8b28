"""Cards on sheets, from a campaign to the finished file: people, places, what the printer is asked for."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pytest

from leaflet.faults import DataError, LeafletError, TemplateError
from leaflet.geometry import mm, pt, to_pt
from leaflet.imposition.stock import Stock, load_stock
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult
from tests.campaigns import campaign_text, list_of, write_small_campaign

DESCARTES, BALZAC, VINCI = "0370035M", "0370036N", "0370001A"
SCHOOLS = (f"{DESCARTES};Lycée Descartes;Tours;", f"{BALZAC};Lycée Balzac;Tours;")
TREES = (
    *("Cerisier", "Noisetier", "Framboisier", "Prunier", "Groseiller", "Abricotier", "Sureau", "Tilleul"),
    *("Amandier", "Cognassier", "Grenadier", "Myrtille"),
)
TWELVE = tuple(f"Camille;{tree};{DESCARTES};" for tree in TREES)
AVERY = load_stock()["avery-c32011"]
TITLE, BACK = "Le portail", "Ma messagerie"
CONTROL = "Contrôle"
Spot = tuple[float, float]


def document(
    more: str = "",
    *,
    template: str = "memo-card",
    per: str = "person",
    name: str = "cartes",
    sheet: str = "avery-c32011",
) -> str:
    """A document of the campaign; an empty `sheet` leaves it out."""
    on = f'sheet = "{sheet}"\n' if sheet else ""
    return f'[[document]]\nname = "{name}"\ntemplate = "{template}"\nper = "{per}"\n{on}{more}\n'


def campaign(
    folder: Path, *documents: str, people: tuple[str, ...] = TWELVE, schools: tuple[str, ...] = SCHOOLS
) -> Path:
    """A campaign with its two lists; returns its file."""
    text = campaign_text("".join(documents or (document(),)), staff=True)
    lists = list_of("uai;nom;commune;effectif", schools), list_of("prenom;nom;uai;adresse_pro", people)
    return write_small_campaign(folder, text, *lists)


def made(path: Path, out: str = "out", **options: Any) -> BuildResult:
    """Build a campaign into a folder beside it."""
    return build(BuildOptions(campaign=path, out=path.parent / out, **options))


def file_of(result: BuildResult, uai: str = DESCARTES, name: str = "cartes") -> Path:
    """The one file of a school."""
    (found,) = (result.out / name).glob(f"{uai}-*.pdf")
    return found


@contextmanager
def opened(path: Path) -> Iterator[pypdfium2.PdfDocument]:
    """A file in another reader."""
    pdf = pypdfium2.PdfDocument(path)
    try:
        yield pdf
    finally:
        pdf.close()


def texts(path: Path) -> list[str]:
    """The text of each page."""
    with opened(path) as pdf:
        return [page.get_textpage().get_text_range() for page in pdf]


def spots(path: Path, page: int, needle: str) -> list[tuple[Spot, bool]]:
    """Where a text begins each time it stands on a page (points from the top left), and if it is upside down."""
    with opened(path) as pdf:
        sheet = pdf[page]
        text, height = sheet.get_textpage(), sheet.get_height()
        search, found = text.search(needle), []
        while (hit := search.get_next()) is not None:
            first, last = text.get_charbox(hit[0]), text.get_charbox(hit[0] + hit[1] - 1)
            found.append(((first[0], height - first[3]), last[0] < first[0]))
        return found


def places(path: Path, page: int, needle: str, stock: Stock = AVERY) -> list[int]:
    """On which places of the sheet (from 0, row by row as the page is looked at) a text stands."""
    return [place_at(spot, stock) for spot, _ in spots(path, page, needle)]


def place_at(spot: Spot, stock: Stock) -> int:
    """The place that a point of the page belongs to."""
    x, y = pt(spot[0]), pt(spot[1])
    return next(n for n, box in enumerate(stock.places) if box.x <= x < box.right and box.y <= y < box.bottom)


def characters(path: Path, page: int) -> list[tuple[str, tuple[float, ...]]]:
    """Every printed character of a page with its box in points, up to the line of control."""
    with opened(path) as pdf:
        text = pdf[page].get_textpage()
        end = text.get_text_range().index(CONTROL)
        found = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(min(end, text.count_chars()))]
    return [(character, box) for character, box in found if character.strip()]


def codes(action: Callable[[], object], kind: type[LeafletError] = LeafletError) -> list[str]:
    """The codes of all faults that stop an action."""
    with pytest.raises(kind) as caught:
        action()
    return [fault.code for fault in caught.value.faults]


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    """Twelve people of one school and one of another, on sheets of ten."""
    folder = tmp_path_factory.mktemp("twelve")
    return made(campaign(folder, people=(*TWELVE, f"Basile;Mirabelle;{BALZAC};")))


# --- who is on them -------------------------------------------------------------------------------------------


def test_everybody_has_one_card_in_the_file_of_the_school(twelve: BuildResult) -> None:
    """A school is one file; each person of it stands there once, in the order of the list, nobody else does."""
    assert twelve.files == 2
    pages = texts(file_of(twelve))
    assert [page.count(TITLE) for page in pages] == [10, 0, 2, 0]
    joined = "".join(pages)
    assert [joined.count(f"Camille {tree}") for tree in TREES] == [1] * 12
    order = [joined.index(tree) for tree in TREES]
    assert order == sorted(order)
    assert "Mirabelle" not in joined
    assert "".join(texts(file_of(twelve, BALZAC))).count("Basile Mirabelle") == 1


@pytest.mark.parametrize(("start", "rest"), [(1, 10), (4, 7)])
def test_cards_without_names_are_as_many_as_there_are_people(tmp_path: Path, start: int, rest: int) -> None:
    """As many as the school list says; else as the staff list has; else as are free on one sheet."""
    schools = (f"{DESCARTES};Lycée Descartes;Tours;3", SCHOOLS[1], f"{VINCI};Lycée Léonard de Vinci;Amboise;")
    people = (*TWELVE, *(f"Basile;{tree};{BALZAC};" for tree in TREES[:4]))
    path = campaign(tmp_path, document(per="school"), schools=schools, people=people)
    result = made(path, start=start)
    counted = [sum(t.count(TITLE) for t in texts(file_of(result, uai))) for uai in (DESCARTES, BALZAC, VINCI)]
    assert counted == [3, 4, rest]
    assert not any(tree in text for tree in TREES for text in texts(file_of(result)))


def test_a_school_without_anybody_gets_no_file_but_a_note(tmp_path: Path) -> None:
    """Nobody in the staff list, or a staff of nought: no file, and F202 names the school; the others are made."""
    named = made(campaign(tmp_path / "a"))
    assert [(f.code, f.place.record) for f in named.faults] == [("F202", BALZAC)]
    unnamed = made(
        campaign(tmp_path / "b", document(per="school"), schools=(SCHOOLS[0], f"{BALZAC};Lycée Balzac;Tours;0"))
    )
    assert [(f.code, f.place.record) for f in unnamed.faults] == [("F202", BALZAC)]
    for result in (named, unnamed):
        assert [path.name[:8] for path in result.out.rglob("*.pdf")] == [DESCARTES]
        assert "0370036N" not in (result.out / "manifest.json").read_text("utf-8")


def test_what_is_probable_is_printed_as_such_and_only_where_it_is_asked_for(tmp_path: Path) -> None:
    """A datum of the list is printed plainly, a missing one as probable, one that two would share not at all."""
    people = (
        f"Julie;Labert;{DESCARTES};julie.labert@ac-orleans-tours.fr",
        f"Basile;Cerisier;{DESCARTES};",
        f"Jules;Prunier;{DESCARTES};",
        f"Joséphine;Prunier;{DESCARTES};",
    )
    asked, plain = document("suggest = true"), document(name="sans")
    path = campaign(tmp_path, asked, plain, people=people)
    result = made(path)
    text = " ".join(texts(file_of(result)))
    assert "julie.labert@ac-orleans-tours.fr" in text
    assert "probablement julie" not in text
    assert "probablement bcerisier" in text
    assert "jprunier" not in text
    assert [fault.values for fault in result.faults if fault.code == "T407"] == [{"lines": "4–5"}]
    usual = "".join(texts(file_of(result, name="sans")))
    assert "probablement" not in usual and "souvent initiale et nom" in usual
    path.write_text(path.read_text("utf-8") + "\n[academies.orleans-tours]\nlogin_rule = false\n", "utf-8")
    for name in ("cartes", "sans"):
        text = "".join(texts(file_of(made(path), name=name)))
        assert "probablement" not in text and "initiale et nom" not in text


def test_a_template_for_schools_is_not_made_for_persons(tmp_path: Path) -> None:
    """A leaflet per person is refused before anything is written, and the message says what it can be made for."""
    path = campaign(tmp_path, document(template="leaflet-a4", sheet=""))
    with pytest.raises(TemplateError) as caught:
        made(path)
    assert [(f.code, f.values) for f in caught.value.faults] == [("M006", {"value": "person", "allowed": "school"})]
    assert not (tmp_path / "out").exists()


# --- where they lie -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("start", [1, 4, 10])
def test_places_used_before_stay_free(tmp_path: Path, start: int) -> None:
    """From the first free place on, row by row; backs lie behind their fronts."""
    path = campaign(tmp_path, people=TWELVE[:6])
    found = file_of(made(path, start=start))
    free = [divmod(place, 10) for place in range(start - 1, start + 5)]
    for sheet in range(free[-1][0] + 1):
        fronts = [place for number, place in free if number == sheet]
        assert places(found, 2 * sheet, TITLE) == fronts
        behind = [place + 1 if place % 2 == 0 else place - 1 for place in fronts]
        assert places(found, 2 * sheet + 1, BACK) == behind


def sheet_and_place(path: Path) -> list[tuple[int, int]]:
    """On which sheet and place each of the twelve has their card."""
    return [
        (page // 2, place) for tree in TREES for page in (0, 2) for place in places(path, page, f"Camille {tree}")
    ]


def test_row_by_row(twelve: BuildResult) -> None:
    """The usual order fills one sheet after the other."""
    assert sheet_and_place(file_of(twelve)) == [divmod(number, 10) for number in range(12)]


def test_cut_piles_are_in_order(tmp_path: Path) -> None:
    """In the order « stack » the pile of each place, taken one after the other, gives the list."""
    found = file_of(made(campaign(tmp_path, document('order = "stack"'))))
    assert sheet_and_place(found) == [(number % 2, number // 2) for number in range(12)]
    assert len(texts(found)) == 4


def test_without_a_sheet_cards_are_pages(tmp_path: Path) -> None:
    """Front and back of each person follow each other in the card's own size; nothing is said about the printer."""
    result = made(campaign(tmp_path, document(name="pages", sheet=""), people=TWELVE[:3]))
    found = file_of(result, name="pages")
    assert [page.count("Camille") for page in texts(found)] == [1, 0] * 3
    with pikepdf.open(found) as pdf:
        assert "/Duplex" not in pdf.Root.ViewerPreferences
        for page in pdf.pages:
            assert [float(side) for side in page.MediaBox] == pytest.approx(
                [0, 0, to_pt(mm(85)), to_pt(mm(54))], abs=0.01
            )


OWN = """[stock.mes-cartes]
sheet = "A4"
card = ["86 mm", "54 mm"]
columns = 1
rows = 3
left = "20 mm"
top = "30 mm"
pitch = ["86 mm", "70 mm"]
"""


def test_the_campaign_brings_its_own_sheets(tmp_path: Path) -> None:
    """A [stock] table of the campaign is a sheet like those of the program; cards are as wide as its places."""
    path = campaign(tmp_path, OWN, document(sheet="mes-cartes"), people=TWELVE[:4])
    found = file_of(made(path))
    assert [page.count(TITLE) for page in texts(found)] == [3, 0, 1, 0]
    tops = [y for (_, y), _ in spots(found, 0, TITLE)]
    assert [b - a for a, b in pairwise(tops)] == pytest.approx([to_pt(mm(70))] * 2, abs=0.01)
    assert all(to_pt(mm(20)) < x < to_pt(mm(106)) for (x, _), _ in spots(found, 0, TITLE))


@pytest.mark.parametrize(
    ("old", "new", "code"), [("rows = 3", "rows = 9", "P106"), ('["86 mm", "54 mm"]', '["56 mm", "54 mm"]', "P112")]
)
def test_sheets_that_cannot_be_stop_the_build(tmp_path: Path, old: str, new: str, code: str) -> None:
    """More than fits on the paper, or cards of another size than the template's: also with --keep-going."""
    path = campaign(tmp_path, OWN.replace(old, new), document(sheet="mes-cartes"))
    assert code in codes(lambda: made(path, keep_going=True), DataError)
    assert not list(tmp_path.rglob("*.pdf"))


def test_a_place_the_sheet_does_not_have(tmp_path: Path) -> None:
    """The first free place must be on the sheet of what is made; sheets of other documents do not matter."""
    small = document(template="memo-a6", name="pliees", sheet="a6-4")
    path = campaign(tmp_path, document(), small, people=TWELVE[:2])
    assert codes(lambda: made(path, start=11, document="cartes"), DataError) == ["P110"]
    assert codes(lambda: made(path, start=7), DataError) == ["P110"]
    assert places(file_of(made(path, start=7, document="cartes")), 0, TITLE) == [6, 7]


# --- the printer ----------------------------------------------------------------------------------------------

PRINTER = '[front]\nx = "1.5 mm"\ny = "-0.8 mm"\n[back]\nx = "-2 mm"\ny = "0.5 mm"\n'


@pytest.mark.parametrize("flip", ["long-edge", "short-edge"])
def test_a_printer_beside_the_campaign_moves_everything(tmp_path: Path, flip: str) -> None:
    """Fronts and backs are moved by their own correction, as the side is looked at; nothing else changes."""
    path = campaign(tmp_path, document(f'flip = "{flip}"'), people=TWELVE[:2])
    before = file_of(made(path))
    (tmp_path / "printer.toml").write_text(PRINTER, "utf-8")
    after = file_of(made(path, "moved"))
    for page, (dx, dy) in enumerate(((1.5, -0.8), (-2, 0.5))):
        old, new = characters(before, page), characters(after, page)
        assert [c for c, _ in old] == [c for c, _ in new]
        assert len(old) > 100
        right, down = to_pt(mm(dx)), to_pt(mm(dy))
        for (_, a), (_, b) in zip(old, new, strict=True):
            assert [b[0] - a[0], b[1] - a[1], b[2] - a[2], b[3] - a[3]] == pytest.approx(
                [right, -down, right, -down], abs=0.02
            )


def test_a_printer_named_on_the_command_line_comes_first(tmp_path: Path) -> None:
    """--printer takes the place of the file beside the campaign; pages that lie on no sheet are never moved."""
    path = campaign(tmp_path, document(), document(name="pages", sheet=""), people=TWELVE[:1])
    straight = made(path)
    cards, pages = (file_of(straight, name=name).read_bytes() for name in ("cartes", "pages"))
    (tmp_path / "printer.toml").write_text(PRINTER, "utf-8")
    (tmp_path / "none.toml").write_text('[front]\nx="0 mm"\ny="0 mm"\n[back]\nx="0 mm"\ny="0 mm"\n', "utf-8")
    moved = made(path, "moved")
    assert file_of(moved).read_bytes() != cards
    assert file_of(moved, name="pages").read_bytes() == pages
    named = made(path, "named", printer=tmp_path / "none.toml")
    assert file_of(named).read_bytes() == cards


# --- the same bytes -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "code"), [("[front", "P202"), ('[front]\nx = "20 mm"\ny = "0 mm"\n', "P204")])
def test_a_faulty_printer_file_stops_the_build(tmp_path: Path, text: str, code: str) -> None:
    """Cards are not printed beside their places because a file could not be read."""
    path = campaign(tmp_path, people=TWELVE[:1])
    (tmp_path / "printer.toml").write_text(text, "utf-8")
    assert code in codes(lambda: made(path), DataError)
    assert not (tmp_path / "out").exists()


def test_the_same_cards_are_the_same_bytes(tmp_path: Path, twelve: BuildResult) -> None:
    """Another folder, and a build of one school alone, give every file the bytes it has in the full build."""
    people = (*TWELVE, f"Basile;Mirabelle;{BALZAC};")
    path = campaign(tmp_path / "ailleurs", people=people)
    again = made(path)
    for uai in (DESCARTES, BALZAC):
        assert file_of(again, uai).read_bytes() == file_of(twelve, uai).read_bytes()
    alone = made(path, "seul", only=frozenset({BALZAC}))
    assert alone.files == 1
    assert file_of(alone, BALZAC).read_bytes() == file_of(twelve, BALZAC).read_bytes()
    manifests = [(result.out / "manifest.json").read_bytes() for result in (twelve, again)]
    assert manifests[0] == manifests[1]
