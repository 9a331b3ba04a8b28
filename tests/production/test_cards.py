"""Cards on sheets, from a campaign to the finished file: people, places, what the printer is asked for."""

from itertools import pairwise
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from leaflet.faults import DataError
from leaflet.geometry import mm, pt, to_pt
from leaflet.imposition.stock import Stock, load_stock
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult
from tests.campaigns import campaign_text, list_of, write_small_campaign
from tests.support import codes_of, opened
from tests.support import page_texts as texts

DESCARTES, BALZAC, VINCI = "0370035M", "0370036N", "0370001A"
SCHOOLS = (f"{DESCARTES};Lycée Descartes;Tours;", f"{BALZAC};Lycée Balzac;Tours;")
TREES = (
    *("Cerisier", "Noisetier", "Framboisier", "Prunier", "Groseiller", "Abricotier", "Sureau", "Tilleul"),
    *("Amandier", "Cognassier", "Grenadier", "Myrtille"),
)
TWELVE = tuple(f"Camille;{tree};{DESCARTES};" for tree in TREES)
STOCK = "avery-c32011"
AVERY = load_stock()[STOCK]
TITLE, BACK = "Le portail", "Ma messagerie"
CONTROL = "Contrôle"
Spot = tuple[float, float]


def document(
    more: str = "", *, template: str = "memo-card", per: str = "person", name: str = "cartes", sheet: str = STOCK
) -> str:
    on = f'sheet = "{sheet}"\n' if sheet else ""
    return f'[[document]]\nname = "{name}"\ntemplate = "{template}"\nper = "{per}"\n{on}{more}\n'


def campaign(
    folder: Path, *documents: str, people: tuple[str, ...] = TWELVE, schools: tuple[str, ...] = SCHOOLS
) -> Path:
    text = campaign_text("".join(documents or (document(),)), staff=True)
    lists = list_of("uai;nom;commune;effectif", schools), list_of("prenom;nom;uai;adresse_pro", people)
    return write_small_campaign(folder, text, *lists)


def made(path: Path, out: str = "out", **options: Any) -> BuildResult:
    return build(BuildOptions(campaign=path, out=path.parent / out, **options))


def file_of(result: BuildResult, uai: str = DESCARTES, name: str = "cartes") -> Path:
    (found,) = (result.out / name).glob(f"{uai}-*.pdf")
    return found


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
    x, y = pt(spot[0]), pt(spot[1])
    return next(n for n, box in enumerate(stock.places) if box.x <= x < box.right and box.y <= y < box.bottom)


def characters(path: Path, page: int) -> list[tuple[str, tuple[float, ...]]]:
    with opened(path) as pdf:
        text = pdf[page].get_textpage()
        end = text.get_text_range().index(CONTROL)
        found = [(text.get_text_range(n, 1), text.get_charbox(n)) for n in range(min(end, text.count_chars()))]
    return [(character, box) for character, box in found if character.strip()]


@pytest.fixture(scope="module")
def twelve(tmp_path_factory: pytest.TempPathFactory) -> BuildResult:
    return made(campaign(tmp_path_factory.mktemp("twelve"), people=(*TWELVE, f"Basile;Mirabelle;{BALZAC};")))


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
    result = made(campaign(tmp_path, document(per="school"), schools=schools, people=people), start=start)
    counted = [sum(t.count(TITLE) for t in texts(file_of(result, uai))) for uai in (DESCARTES, BALZAC, VINCI)]
    assert counted == [3, 4, rest]
    assert not any(tree in text for tree in TREES for text in texts(file_of(result)))


def test_a_school_without_anybody_gets_no_file_but_a_note(tmp_path: Path) -> None:
    """Nobody in the staff list, or a staff of nought: no file, and F202 names the school; the others are made."""
    schools = (SCHOOLS[0], f"{BALZAC};Lycée Balzac;Tours;0")
    named, unnamed = campaign(tmp_path / "a"), campaign(tmp_path / "b", document(per="school"), schools=schools)
    for result in (made(named), made(unnamed)):
        assert [(f.code, f.place.record) for f in result.faults] == [("F202", BALZAC)]
        assert [path.name[:8] for path in result.out.rglob("*.pdf")] == [DESCARTES]
        assert "0370036N" not in (result.out / "manifest.json").read_text("utf-8")


def test_how_user_names_are_made_is_said_where_it_is_usual(tmp_path: Path) -> None:
    path = campaign(tmp_path, document(), people=[f"Julie;Labert;{DESCARTES};"])
    assert "souvent initiale et nom" in "".join(texts(file_of(made(path))))
    path.write_text(path.read_text("utf-8") + "\n[academies.orleans-tours]\nlogin_rule = false\n", "utf-8")
    assert "initiale et nom" not in "".join(texts(file_of(made(path))))


@pytest.mark.parametrize("start", [1, 4, 10])
def test_places_used_before_stay_free(tmp_path: Path, start: int) -> None:
    """From the first free place on, row by row; backs lie behind their fronts."""
    found = file_of(made(campaign(tmp_path, people=TWELVE[:6]), start=start))
    free = [divmod(place, 10) for place in range(start - 1, start + 5)]
    for sheet in range(free[-1][0] + 1):
        fronts = [place for number, place in free if number == sheet]
        assert places(found, 2 * sheet, TITLE) == fronts
        assert places(found, 2 * sheet + 1, BACK) == [place + 1 if place % 2 == 0 else place - 1 for place in fronts]


def sheet_and_place(path: Path) -> list[tuple[int, int]]:
    """On which sheet and place each of the twelve has their card."""
    sheets = [(page // 2, f"Camille {tree}", page) for tree in TREES for page in (0, 2)]
    return [(sheet, place) for sheet, name, page in sheets for place in places(path, page, name)]


def test_row_by_row(twelve: BuildResult) -> None:
    assert sheet_and_place(file_of(twelve)) == [divmod(number, 10) for number in range(12)]


def test_cut_piles_are_in_order(tmp_path: Path) -> None:
    """In the order « stack » the pile of each place, taken one after the other, gives the list."""
    found = file_of(made(campaign(tmp_path, document('order = "stack"'))))
    assert sheet_and_place(found) == [(number % 2, number // 2) for number in range(12)]
    assert len(texts(found)) == 4


def test_without_a_sheet_cards_are_pages(tmp_path: Path) -> None:
    """Front and back of each person follow each other in the card's own size; nothing is said about the printer."""
    found = file_of(made(campaign(tmp_path, document(name="pages", sheet=""), people=TWELVE[:3])), name="pages")
    assert [page.count("Camille") for page in texts(found)] == [1, 0] * 3
    with pikepdf.open(found) as pdf:
        assert "/Duplex" not in pdf.Root.ViewerPreferences
        for page in pdf.pages:
            size = [0, 0, to_pt(mm(85)), to_pt(mm(54))]
            assert [float(side) for side in page.MediaBox] == pytest.approx(size, abs=0.01)


OWN = """[stock.mes-cartes]\nsheet = "A4"\ncolumns = 1\nrows = 3\nleft = "20 mm"\ntop = "30 mm"
card = ["86 mm", "54 mm"]\npitch = ["86 mm", "70 mm"]
"""


def test_the_campaign_brings_its_own_sheets(tmp_path: Path) -> None:
    """A [stock] table of the campaign is a sheet like those of the program; cards are as wide as its places."""
    found = file_of(made(campaign(tmp_path, OWN, document(sheet="mes-cartes"), people=TWELVE[:4])))
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
    assert code in codes_of(lambda: made(path, keep_going=True), DataError)
    assert not list(tmp_path.rglob("*.pdf"))


def test_a_place_the_sheet_does_not_have(tmp_path: Path) -> None:
    """The first free place must be on the sheet of what is made; sheets of other documents do not matter."""
    small = document(template="memo-a6", name="pliees", sheet="a6-4")
    path = campaign(tmp_path, document(), small, people=TWELVE[:2])
    assert codes_of(lambda: made(path, start=11, document="cartes"), DataError) == ["P110"]
    assert codes_of(lambda: made(path, start=7), DataError) == ["P110"]
    assert places(file_of(made(path, start=7, document="cartes")), 0, TITLE) == [6, 7]


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
        moved = [to_pt(mm(dx)), -to_pt(mm(dy))] * 2
        for (_, a), (_, b) in zip(old, new, strict=True):
            assert [after - before for before, after in zip(a, b, strict=True)] == pytest.approx(moved, abs=0.02)


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
    assert file_of(made(path, "named", printer=tmp_path / "none.toml")).read_bytes() == cards


def test_the_same_cards_are_the_same_bytes(tmp_path: Path, twelve: BuildResult) -> None:
    """Another folder, and a build of one school alone, give every file the bytes it has in the full build."""
    path = campaign(tmp_path / "ailleurs", people=(*TWELVE, f"Basile;Mirabelle;{BALZAC};"))
    again = made(path)
    for uai in (DESCARTES, BALZAC):
        assert file_of(again, uai).read_bytes() == file_of(twelve, uai).read_bytes()
    alone = made(path, "seul", only=frozenset({BALZAC}))
    assert (alone.files, file_of(alone, BALZAC).read_bytes()) == (1, file_of(twelve, BALZAC).read_bytes())
    manifests = [(result.out / "manifest.json").read_bytes() for result in (twelve, again)]
    assert manifests[0] == manifests[1]
