"""``leaflet list`` and ``leaflet new``: what there is, where it comes from, and a copy that builds at once."""

from pathlib import Path

import pytest

from leaflet.files.resources import program_resources
from leaflet.geometry import mm
from leaflet.imposition.stock import load_stock
from leaflet.markup.render import OF_PRINT_RUNS
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.campaigns import compare_all
from tests.own_resources import write_own
from tests.support import tables_of

TABLES = tables_of(__file__)
STOCK = load_stock()
PLACES = {
    "en": (("85 × 54", "10 a sheet", "two sides"), ("99.1 × 33.9", "16 a sheet", "one side")),
    "fr": (("85 × 54", "10 par feuille", "recto verso"), ("99,1 × 33,9", "16 par feuille", "recto seul")),
}
TEMPLATES = [name for name in program_resources().names("templates") if name not in OF_PRINT_RUNS]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_copy_makes_the_same_pages(run, tmp_path: Path, template: str) -> None:
    campaign = write_own(tmp_path)
    steps = '\nsteps = ["open-portal-mail", "vote"]\n[memo]\nlines = ["Adresse"]\n'
    text = campaign.read_text("utf-8").replace('"essai"', '"2018"').replace("2027-01-15", "2018-10-01")
    campaign.write_text(text.replace('"mien"', '"copie"').replace("\n[publisher]", f"{steps}[publisher]", 1), "utf-8")
    code, printed, errors = run("new", "template", "copie", "--from", template, "--in", tmp_path)
    assert (code, errors) == (0, "") and "copie" in printed
    for source in (tmp_path / "templates" / "copie").rglob("*.xml"):
        assert f'"{template}/' not in source.read_text("utf-8")
    assert build(BuildOptions(campaign=compare_all(campaign), out=tmp_path / "out")).made == 3


def test_a_copied_theme_election_drawings_and_mail(run, tmp_path: Path) -> None:
    copies = {"theme": "grey", "election": "2018", "icon": "mail", "scene": "portal", "mail": "school"}
    for kind, source in copies.items():
        assert run("new", kind, "a-nous", "--from", source, "--in", tmp_path)[0] == 0
        _, printed, _ = run("--lang", "fr", "list", f"{kind}s", "--in", tmp_path)
        (line,) = [line for line in printed.splitlines() if line.startswith("a-nous")]
        assert line.endswith("(à côté de la campagne)")


@pytest.mark.parametrize("kind", ["templates", "themes", "formats", "stock", "elections", "icons", "scenes"])
def test_each_list_describes(run, tmp_path: Path, kind: str) -> None:
    english = run("list", kind, "--in", tmp_path)[1].splitlines()
    french = run("--lang", "fr", "list", kind, "--in", tmp_path)[1].splitlines()
    assert len(english) == len(french) > 3
    for line in (*english, *french):
        name, _, rest = line.partition("  ")
        assert name and len(rest.strip().rpartition(" (")[0]) > 5
    assert all("comes with" in line for line in english) and all("livré avec" in line for line in french)
    if kind in ("templates", "themes", "formats"):
        descriptions = zip(english, french, strict=True)
        assert all(one.rpartition("(")[0] != other.rpartition("(")[0] for one, other in descriptions)


REFUSED = TABLES["refused"]


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_copied(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    monkeypatch.chdir(tmp_path)
    write_own(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, arguments, exit_code = REFUSED[what]
    ended, _, errors = run("new", *arguments)
    assert ended == exit_code and code in errors
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_stock_is_listed_with_its_places(run, tmp_path: Path, lang: str) -> None:
    lines = run("--lang", lang, "list", "stock", "--in", tmp_path)[1].splitlines()
    (card,) = [line for line in lines if line.startswith("avery-c32011 ")]
    (label,) = [line for line in lines if line.startswith("avery-l7162 ")]
    of_card, of_label = PLACES[lang]
    assert all(word in card for word in of_card) and all(word in label for word in of_label)
    assert card.index("Avery") == label.index("Avery")


def fitting(run, folder: Path, template: str) -> list[str]:
    """The keys of the stock that suits a template, in their order."""
    code, printed, errors = run("list", "stock", "--fits", template, "--in", folder)
    assert (code, errors) == (0, "")
    return [line.split()[0] for line in printed.splitlines()]


def test_stock_that_suits_a_template(run, tmp_path: Path) -> None:
    write_own(tmp_path)
    cards = fitting(run, tmp_path, "memo-card")
    exact = {key for key, stock in STOCK.items() if (stock.width, stock.height, stock.sides) == (mm(85), mm(54), 2)}
    assert set(cards[: len(exact) + 1]) == exact | {"mes-etiquettes"}
    assert all(STOCK[key].sides == 2 for key in cards if key in STOCK)
    labels = fitting(run, tmp_path, "memo-label")
    assert labels[0] == "avery-l7163"
    sizes = [abs(STOCK[key].width - mm(99.1)) + abs(STOCK[key].height - mm(38.1)) for key in labels if key in STOCK]
    assert sizes == sorted(sizes) and len(sizes) > 10 and "a5-2" not in labels
    code, printed, _ = run("--lang", "fr", "list", "stock", "--fits", "leaflet-a4", "--in", tmp_path)
    assert code == 0 and "aucune planche" in printed


@pytest.mark.parametrize(("arguments", "code", "words"), TABLES["listed"])
def test_what_cannot_be_listed_by_template(run, arguments: list[str], code: str, words: str) -> None:
    _, printed, errors = run("--lang", "fr", "list", *arguments)
    assert printed == "" and errors.startswith(f"{code} «\u00a0--fits\u00a0»") and words in errors
