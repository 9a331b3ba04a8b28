"""A check tells all that a build could tell before it writes, in one run, and writes nothing."""

from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import write_campaign
from leaflet.faults import LeafletError, lowest_exit_code
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, InputOptions
from leaflet.production.campaign_check import CheckResult, check_campaign
from leaflet.production.outcome import RowCounts
from tests.campaigns import LEAFLET, TIGHT_STEP, campaign_text, list_of, write_small_campaign
from tests.cli.test_command import BAD
from tests.cli.test_command import campaign as small_campaign
from tests.support import snapshot, tables_of
from tests.tables.books import workbook

DESCARTES, BALZAC, VINCI, ZOLA = "0370035M", "0370036N", "0370001A", "0370040T"
DOCUMENTS = tables_of(__file__)["documents"]
ALL = '\n[stock.mine]\nsheet = "A4"\ncard = ["85mm", "54mm"]\ncolumns = 9\nrows = 5\n'
ALL += "".join(f"[[document]]\n{lines}\n" for lines in DOCUMENTS)
ROWS = (
    f"{DESCARTES};Lycée Descartes;Tours;37000",
    f"{BALZAC};Lycée 学;Tours Ω☃;37000",
    f"{VINCI};{'W' * 150};Amboise;37400",
    f"{ZOLA};Lycée \u200bZola;Tours;37000",
    "",
    "0370041X;Lycée;Tours;37000",
    "0370042V;;Tours;370",
)
PEOPLE = (
    f"Ondine;Passiflore;{DESCARTES};ondine",
    f"Жанна;Quetsche;{DESCARTES};",
    f"Barnabé;{'Quetsche' * 12};{DESCARTES};",
    f"Octave;Quetsche;{DESCARTES};",
)


def campaign(folder: Path, text: str = LEAFLET, rows: tuple[str, ...] = ROWS) -> Path:
    schools, staff = list_of("uai;nom;commune;code_postal", rows), list_of("prenom;nom;uai;adresse_pro", PEOPLE)
    return write_small_campaign(folder, campaign_text(text, staff=True), schools, staff)


def checked(path: Path, **options: Any) -> CheckResult:
    """Check a campaign; nothing beside it may change."""
    before = snapshot(path.parent) if path.parent.is_dir() else {}
    result = check_campaign(InputOptions(campaign=path, out=path.parent / "out", **options))
    assert (snapshot(path.parent) if path.parent.is_dir() else {}) == before
    return result


def test_a_fault_of_each_kind_is_reported_in_one_run(tmp_path: Path) -> None:
    path = campaign(tmp_path, ALL)
    (tmp_path / "printer.toml").write_text("[front]\nx = 3\n", "utf-8")
    result = checked(path)
    found = {(fault.code, fault.place.record or fault.place.line) for fault in result.faults}
    codes = {code for code, _ in found}
    assert {"M001", "P112", "T304", "T301", "T314", "T311", "T403"} <= codes
    assert all(any(code.startswith(start) for code in codes) for start in (("P10", "P111"), "P20", "M3")), codes
    assert {("G101", BALZAC), ("F102", VINCI)} <= found
    lines = path.read_text("utf-8").splitlines()
    places = [fault.place for fault in result.faults if fault.place.file == path.name and fault.place.line]
    named = {(place.field, lines[(place.line or 0) - 1]) for place in places}
    of_documents = {("document[1].template", "poster"), ("document[2].theme", "rose"), ("document[4].sheet", "a6-4")}
    assert {(field, f'{field[12:]} = "{value}"') for field, value in of_documents} <= named
    assert {("G101", 3), ("F102", f"{DESCARTES} (4)")} <= found
    assert (result.counts.ready, result.counts.refused, result.counts.warned) == (1, 5, 1)
    with pytest.raises(LeafletError) as caught:
        build(BuildOptions(campaign=path, out=tmp_path / "out"))
    assert caught.value.exit_code == lowest_exit_code(result.faults) == 3
    assert {(f.code, f.place) for f in caught.value.faults} <= {(f.code, f.place) for f in result.faults}


def test_every_character_without_glyph_is_named(tmp_path: Path) -> None:
    """Not only those of the first text, so that one correction is enough; and each school has its own."""
    result = checked(campaign(tmp_path, rows=(f"{BALZAC};Lycée 学;Tours ☃;37000",)))
    said = "".join(str(fault.values["characters"]) for fault in result.faults if fault.code == "G101")
    assert "学" in said and "☃" in said
    path = campaign(tmp_path, rows=(*ROWS[:1], f"{BALZAC};Lycée;Tours;"))
    path.write_text('steps = [{title = "T", text = "Vote 学"}]\n' + path.read_text("utf-8"), "utf-8")
    result = checked(path)
    assert (result.counts.ready, result.counts.refused) == (0, 2)


def test_faults_of_a_campaign_do_not_hide_those_of_its_lists(tmp_path: Path) -> None:
    """A wrong link and a wrong date are told beside the rows."""
    path = campaign(tmp_path)
    head = 'links.portal = "http://evil.example/"\nissued_on = 2030-01-01\n'
    path.write_text(head + path.read_text("utf-8"), "utf-8")
    codes = {fault.code for fault in checked(path).faults}
    assert {"T304", "T301", "T403"} <= codes
    assert any(code[0] == "L" for code in codes) and "C116" in codes


def test_rows_are_counted(tmp_path: Path) -> None:
    """Ready, warned, refused; rows with data and the last row of the sheet, which is further down."""
    counts = checked(campaign(tmp_path)).counts
    assert counts is not None
    assert (counts.ready, counts.warned, counts.refused) == (2, 1, 4)
    assert (counts.rows, counts.last, counts.is_gapless) == (6, 8, False)
    assert (counts.staff_errors, counts.elsewhere) == (1, 0)
    good = checked(campaign(tmp_path / "b", rows=ROWS[:1]), document="leaflet-a4").counts
    assert good is not None
    assert (good.rows, good.last, good.is_gapless) == (1, 2, True)


def test_a_title_above_the_columns_is_no_row(tmp_path: Path) -> None:
    """Nor are notes about the whole list; rows of a spreadsheet are counted by its own numbers."""
    head = (("Liste",), (), ("UAI", "Nom", "Commune"))
    book = workbook(Feuille=(*head, (DESCARTES, "Lycée", "Tours"), (), ("x", "Lycée", "Tours")))
    (tmp_path / "ecoles.xlsx").write_bytes(book)
    path = campaign(tmp_path)
    path.write_text(path.read_text("utf-8").replace("ecoles.csv", "ecoles.xlsx"), "utf-8")
    counts = checked(path).counts
    assert counts is not None
    assert (counts.ready, counts.refused, counts.rows, counts.last) == (1, 1, 2, 6)


def test_of_two_rows_with_one_uai_neither_is_ready(tmp_path: Path) -> None:
    """Nobody knows which is right; the same row twice is nothing to correct."""
    rows = (f"{DESCARTES};A;Tours;", f"{DESCARTES};B;Tours;", f"{BALZAC};C;Tours;", f"{BALZAC};C;Tours;")
    result = checked(campaign(tmp_path, rows=rows))
    assert [getattr(result.counts, name) for name in ("ready", "refused", "warned", "rows")] == [1, 2, 0, 4]


def test_each_missing_fact_is_reported_once(tmp_path: Path) -> None:
    """What the campaign does not say is missing in every leaflet alike."""
    path = campaign(tmp_path, rows=ROWS[:1] + ROWS[3:4])
    path.write_text(path.read_text("utf-8").replace('"2018"', '"2026"'), "utf-8")
    missing = [fault.place.field for fault in checked(path).faults if fault.code == "C182"]
    assert len(missing) == len(set(missing)) > 5


@pytest.mark.parametrize("name", BAD)
def test_the_verdict_is_that_of_a_build(tmp_path: Path, name: str) -> None:
    exit_code, (text, rows) = BAD[name]
    assert lowest_exit_code(checked(small_campaign(tmp_path, text, rows)).faults) == exit_code


def test_what_does_not_exist(tmp_path: Path) -> None:
    """A missing campaign, an unknown school and an unknown document are usage, and told like the rest."""
    assert lowest_exit_code(checked(tmp_path / "no" / "campaign.toml").faults) == 2
    path = campaign(tmp_path, rows=ROWS[:1])
    (tmp_path / "personnels.csv").write_text("prenom;nom;uai\nA;B;0370035M\n", "utf-8")
    result = checked(path, only=frozenset({BALZAC}), document="affiche")
    assert ({fault.code for fault in result.faults}, lowest_exit_code(result.faults)) == ({"U002", "U003"}, 2)
    assert lowest_exit_code(checked(path, only=frozenset({DESCARTES})).faults) == 0


def test_notes_say_what_is_tight(tmp_path: Path) -> None:
    """As in a build, a long text set smaller is a note and no fault."""
    path = campaign(tmp_path, rows=(f"{DESCARTES};Lycée;Tours;",))
    path.write_text(TIGHT_STEP + path.read_text("utf-8"), "utf-8")
    (tmp_path / "personnels.csv").write_text("prenom;nom;uai\nA;B;0370035M\n", "utf-8")
    result = checked(path)
    assert ("F201", DESCARTES) in [(fault.code, fault.place.record) for fault in result.faults]
    assert (lowest_exit_code(result.faults), result.counts.ready) == (0, 1)


@pytest.mark.drill
def test_five_hundred_schools_are_checked_without_a_file(tmp_path: Path) -> None:
    write_campaign(tmp_path, 500)
    heard: list[tuple[int, int]] = []
    result = checked(tmp_path / "campaign.toml", progress=lambda done, total, _name: heard.append((done, total)))
    assert (result.counts.ready, result.counts.refused, lowest_exit_code(result.faults)) == (500, 0, 0)
    assert heard[-1][0] == heard[-1][1] >= 500
    assert not (tmp_path / "out").exists()


def test_what_is_noticed_while_records_are_laid_out_is_reported(tmp_path: Path) -> None:
    """An académie whose mailbox nobody knows is found when a school of it is laid out, as in a build."""
    path = small_campaign(tmp_path, rows="uai;nom;commune\n9741051Z;Lycée Paul Moreau;Bras-Panon\n")
    built = build(BuildOptions(campaign=path, out=tmp_path / "out"))
    assert [fault.code for fault in built.faults] == ["C165"]
    assert [fault.code for fault in checked(path).faults] == ["C165"]
    assert checked(path).counts == RowCounts(ready=1, rows=1, last=2, without_mailbox=1)
