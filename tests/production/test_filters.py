"""Filters and cleaning from the list to the finished files: the schools asked for, in their order, reported."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from leaflet.campaign.values import ENCODINGS as CAMPAIGN_ENCODINGS
from leaflet.faults import DataError, Fault, LeafletError, UsageError
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult, InputOptions, PrintRunOptions, PrintRunResult
from leaflet.production.campaign_check import check_campaign
from leaflet.production.print_runs import print_run
from leaflet.tables import ENCODINGS, ReadOptions
from leaflet.tables.cells import NO_CLEANING, Cleaning
from leaflet.tables.filters import parse_choice
from tests.campaigns import campaign_text, list_of, write_small_campaign
from tests.support import codes_of, extract_text, fault_of, tables_of
from tests.tables.books import workbook

TABLES = tables_of(__file__)
CAMPAIGN = campaign_text(head="issued_on = 2018-11-05\n")
ROWS = TABLES["rows"]
DESCARTES, BALZAC, VINCI, BAYET = "0370035M", "0370036N", "0370001A", "0370040T"


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    return write(tmp_path, *ROWS)


def write(folder: Path, *rows: str) -> Path:
    return write_small_campaign(folder, CAMPAIGN, list_of("uai;nom;code_postal;commune;exemplaires;etat", rows))


def test_a_closed_row_of_a_school_that_is_made_is_not_counted_as_made(tmp_path: Path) -> None:
    """Neither is it warned of: it is one row of those that were not asked for."""
    path = write(tmp_path, *ROWS[:2], "0370035M;Lycée Descartes;37000;Tours;2;FERMÉ")
    options = BuildOptions(campaign=path, out=tmp_path / "out", choice=parse_choice(states=("OUVERT",)))
    build(options)
    counts = options.outcome.count_rows()
    assert counts is not None and (counts.ready, counts.closed, counts.rows) == (2, 1, 3)
    options = BuildOptions(campaign=path, out=tmp_path / "one", only=frozenset({"0370036N"}))
    build(options)
    counts = options.outcome.count_rows()
    assert counts is not None and counts.closed == 0


@pytest.mark.parametrize("make", [build, print_run])
def test_what_was_asked_is_checked_before_the_list(tmp_path: Path, make: Any) -> None:
    """A folder that is a file, a document that is none: said at once, whatever the rows."""
    path = write(tmp_path, "0370035X;Lycée Faux;37000;Tours;2;OUVERT")
    (file := tmp_path / "out").write_text("", "utf-8")
    asked = BuildOptions if make is build else PrintRunOptions
    for options, codes in (({}, ["W102"]), ({"document": "affiche"}, ["U003" if make is build else "U006"])):
        with pytest.raises(LeafletError) as caught:
            make(asked(campaign=path, out=file, **options))
        assert [fault.code for fault in caught.value.faults] == codes


def test_a_school_that_is_named_is_made_whatever_the_other_rows(tmp_path: Path) -> None:
    """Their faults are told; one that is in no list is said to be in none."""
    path = write(tmp_path, *ROWS, "0370035X;Lycée Faux;37000;Tours;2;OUVERT")
    result = build(BuildOptions(campaign=path, out=tmp_path / "out", only=frozenset((BALZAC,))))
    assert result.files == 1 and [fault.code for fault in result.faults if fault.severity == "error"] == ["T304"]
    for only, codes in ("0599999Z", ["T304", "U002"]), ("0370035X", ["T304"]):  # or that its row is refused
        with pytest.raises(LeafletError) as caught:
            build(BuildOptions(campaign=path, out=tmp_path / "out", only=frozenset((only,))))
        assert [fault.code for fault in caught.value.faults] == codes


def built(
    path: Path, out: str = "out", cleaning: Cleaning = NO_CLEANING, **typed: Any
) -> tuple[list[str], BuildResult]:
    """The UAIs of the files of a build, in the order they were made."""
    made: list[str] = []
    given = {"campaign": path, "out": path.parent / out, "choice": parse_choice(**typed)}
    options = BuildOptions(
        **given,
        reading=ReadOptions(cleaning=cleaning),
        progress=lambda _done, _total, name: made.append(Path(name).name[:8].upper()),
    )
    return made, build(options)


def run(
    path: Path, out: str = "run", cleaning: Cleaning = NO_CLEANING, **typed: Any
) -> tuple[list[str], PrintRunResult]:
    """The UAIs of the bundles of a print run, in their order."""
    choice, reading = parse_choice(**typed), ReadOptions(cleaning=cleaning)
    result = print_run(PrintRunOptions(campaign=path, out=path.parent / out, choice=choice, reading=reading))
    text = (path.parent / out / "packing-list-leaflet-a4.csv").read_text("utf-8-sig")
    return [row["uai"] for row in csv.DictReader(io.StringIO(text), delimiter=";")], result


def codes(faults: tuple[Fault, ...]) -> list[str]:
    return [fault.code for fault in faults if fault.code != "F201"]


CHOICES: dict[str, tuple[dict[str, Any], list[str]]] = {
    "a town": ({"where": ["commune=tours"]}, [DESCARTES, BALZAC, BAYET]),
    "another town": ({"where": ["ville!=Tours"]}, [VINCI]),
    "a part of the name": ({"where": ["nom~leonard"]}, [VINCI]),
    "two conditions": ({"where": ["commune=Tours", "cp=37000"]}, [DESCARTES, BALZAC]),
    "lines as the spreadsheet counts": ({"rows": "3-5"}, [BALZAC, VINCI]),
    "open schools": ({"states": ["OUVERT"]}, [DESCARTES, BALZAC, VINCI]),
    "all of it": ({"where": ["commune=Tours"], "rows": "3-", "states": ["ouvert"]}, [BALZAC]),
}


@pytest.mark.parametrize("name", CHOICES)
def test_a_build_and_a_run_make_the_schools_asked_for(campaign: Path, name: str) -> None:
    """The same in both; the numbers are noted; a school to be closed is warned of only when it may be made."""
    typed, expected = CHOICES[name]
    made, result = built(campaign, **typed)
    bundles, ran = run(campaign, **typed)
    assert (made, sorted(bundles)) == (expected, sorted(expected))
    warned = [] if "states" in typed else ["T316"]
    assert codes(result.faults) == codes(ran.faults) == [*warned, "U017"]
    files = json.loads((campaign.parent / "out" / "manifest.json").read_text("utf-8"))["files"]
    assert {entry["record"] for entry in files} == set(expected)


OTHER = "uai;nom;commune;Circonscription;nombre_d_eleves\n"


@pytest.mark.parametrize("make", [built, run])
def test_any_column_of_the_list_chooses_and_sorts(tmp_path: Path, make: Any) -> None:
    """What leaflets never print, too; a column that is not there stops everything before a row is read."""
    path = write(tmp_path)
    rows = [f"{DESCARTES};A;Tours;Tours Nord;450", f"{BALZAC};B;Tours;Tours Sud;80"]
    rows.append(f"{VINCI};C;Amboise;TOURS NORD;90")
    (tmp_path / "ecoles.csv").write_text(OTHER + "\n".join((*rows, "bad;;;;")), "utf-8")
    with pytest.raises(DataError):
        make(path, where=["Circonscription=Tours Nord"])
    (tmp_path / "ecoles.csv").write_text(OTHER + "\n".join(rows), "utf-8")
    made, result = make(path, where=["circonscription=tours nord"], sort="Nombre d’élèves")
    assert (made, codes(result.faults)) == ([VINCI, DESCARTES], ["U017"])
    cases = {"circonscriptoin=Nord": ("U011", "mean “Circonscription”"), "circonscription=Est": ("U013", "Tours Sud")}
    for where, (code, says) in cases.items():
        with pytest.raises(UsageError, match=says) as error:
            make(path, where=[where])
        assert [fault.code for fault in error.value.faults] == [code]


def test_a_wrong_column_blames_no_staff(tmp_path: Path) -> None:
    """Without schools no person is at an unknown one."""
    path = write(tmp_path, *ROWS)
    (tmp_path / "personnels.csv").write_text(f"prenom;nom;uai\nJulie;Labert;{VINCI}\n", "utf-8")
    path.write_text(CAMPAIGN.replace("[data]", '[data]\nstaff = "personnels.csv"'), "utf-8")
    assert codes_of(lambda: built(path, where=["circo=Nord"]), UsageError) == ["U011"]
    (tmp_path / "ecoles.csv").write_text("uai;nom\n", "utf-8")
    assert "T401" not in codes_of(lambda: built(path), DataError)


def test_order(campaign: Path) -> None:
    """The list's in a build, that of delivery in a print run, another when it is asked for."""
    assert built(campaign)[0] == [DESCARTES, BALZAC, VINCI, BAYET]
    assert run(campaign)[0] == [BALZAC, DESCARTES, BAYET, VINCI]
    for make in (built, run):
        assert make(campaign, "sorted", sort="commune,nom")[0] == [VINCI, BALZAC, DESCARTES, BAYET]


def test_a_file_made_alone_has_the_bytes_of_the_whole_build(campaign: Path) -> None:
    """Filters choose; they change nothing in what is made."""
    built(campaign, "all")
    built(campaign, "some", where=["commune=Amboise"], states=["OUVERT"])
    (some,) = (campaign.parent / "some").rglob("*.pdf")
    same = campaign.parent / "all" / some.relative_to(campaign.parent / "some")
    assert some.read_bytes() == same.read_bytes()


@pytest.mark.parametrize("make", [built, run])
@pytest.mark.parametrize(("typed", "code"), TABLES["nothing"])
def test_nothing_is_written_when_nothing_matches(campaign: Path, make: Any, typed: dict[str, Any], code: str) -> None:
    assert codes_of(lambda: make(campaign, "none", **typed), UsageError) == [code]
    assert not list(campaign.parent.rglob("*.pdf"))


def test_only_and_filters_are_and(campaign: Path) -> None:
    options = {"campaign": campaign, "out": campaign.parent / "out", "only": frozenset({VINCI})}
    assert build(BuildOptions(**options, choice=parse_choice(states=["OUVERT"]))).files == 1
    left_out = BuildOptions(**options, choice=parse_choice(where=["commune=Tours"]))
    assert codes_of(lambda: build(left_out), UsageError) == ["U016"]


def test_faults_of_rows_left_out_are_reported(tmp_path: Path) -> None:
    """A filter does not make a list right; only rows of another state are none of our business."""
    path = write(tmp_path, *ROWS, "0590001X;Lycée;59000;Lille;1;FERMÉ")
    with pytest.raises(DataError):
        built(path, where=["commune=Amboise"])
    assert built(path, states=["OUVERT"])[0] == [DESCARTES, BALZAC, VINCI]


def test_cleaning_reaches_the_paper(tmp_path: Path) -> None:
    """Names, towns and codes as they are told; the list stays as it is."""
    path = write(
        tmp_path,
        "10001W;LYCEE LEONARD DE VINCI;1505;BOURG-EN-BRESSE;1;",
        '0370035M;"LycÃ©e\nDescartes";37000;Tours;1;',
    )
    before = (tmp_path / "ecoles.csv").read_bytes()
    assert set(codes_of(lambda: built(path), DataError)) == {"T303", "T313", "T411"}
    cleaning = Cleaning(fix_codes=True, repair_text=True, french_capitals=True)
    _, result = built(path, cleaning=cleaning)
    bundles, ran = run(path, cleaning=cleaning)
    assert bundles == ["0010001W", DESCARTES]
    assert codes(result.faults) == codes(ran.faults) == ["T414", "T415", "T414", "T415", "T412", "T410", "T416"]
    texts = [" ".join(extract_text(file.read_bytes()).split()) for file in sorted((tmp_path / "out").rglob("*.pdf"))]
    assert "Lycée Léonard de Vinci" in texts[0] and "Bourg-en-Bresse" in texts[0]
    assert "Lycée Descartes" in texts[1]
    assert (tmp_path / "ecoles.csv").read_bytes() == before


def test_the_campaign_cleans_and_chooses(campaign: Path) -> None:
    """As the options of the same names would; the command line adds to it, and can take nothing back."""
    more = 'clean = ["french-capitals"]\nstate = ["OUVERT"]\nwhere = ["cp=37000"]\n[[document]]'
    campaign.write_text(CAMPAIGN.replace("[[document]]", more), "utf-8")
    made, result = built(campaign)
    assert (made, codes(result.faults)) == ([DESCARTES, BALZAC], ["T415", "T416", "U017"])
    assert sorted(run(campaign)[0]) == [DESCARTES, BALZAC]
    assert built(campaign, "one", where=["nom~balzac"])[0] == [BALZAC]
    assert built(campaign, "states", states=["A FERMER"], cleaning=Cleaning(fix_codes=True))[0] == made
    assert codes_of(lambda: built(campaign, "none", where=["commune=Amboise"]), UsageError) == ["U016"]


@pytest.mark.parametrize(
    ("where", "code", "kind"),
    [("Tours", "C134", DataError), ("circo=Nord", "U011", UsageError), ("syndicat=x", "U018", UsageError)],
)
def test_a_filter_of_the_campaign_that_is_wrong(campaign: Path, where: str, code: str, kind: type[Exception]) -> None:
    """It is found where it stands, by a check too, whatever else is wrong with the campaign."""
    text = CAMPAIGN.replace("[[document]]", f'where = ["commune=Tours", "{where}"]\n[[document]]')
    campaign.write_text(text, "utf-8")
    fault = fault_of(lambda: built(campaign), kind)
    assert (fault.code, "data.where" in (fault.place.field or "")) == (code, True)
    options = InputOptions(campaign=campaign, out=campaign.parent / "out")
    assert [f.code for f in check_campaign(options).faults if f.severity == "error"] == [code]
    campaign.write_text(text.replace('"Section d’essai"', '" "'), "utf-8")
    assert sorted([f.code for f in check_campaign(options).faults if f.severity == "error"]) == sorted(["C140", code])


def test_the_sheet_and_the_header_are_given_by_campaign_or_command(tmp_path: Path) -> None:
    sheets = {
        name: (["Liste", "pour", "2018"], ["uai", "nom", "commune"], [uai, f"École {uai}", "Tours"])
        for name, uai in (("Collèges", "0370035M"), ("Écoles", "0370036N"))
    }
    (tmp_path / "ecoles.xlsx").write_bytes(workbook(**sheets))
    path = tmp_path / "campaign.toml"
    lines = 'schools = "ecoles.xlsx"\nsheet = "Écoles"\nheader_row = 2\n'
    path.write_text(campaign_text().replace('schools = "ecoles.csv"\n', lines), "utf-8")
    asked = ReadOptions(sheets=("Collèges",))
    for out, reading, uai in (("given", ReadOptions(), "0370036N"), ("asked", asked, "0370035M")):
        build(BuildOptions(campaign=path, out=tmp_path / out, reading=reading))
        assert [file.name[:8] for file in (tmp_path / out / "leaflet-a4").iterdir()] == [uai]


def test_campaigns_know_every_encoding_lists_are_read_in() -> None:
    assert CAMPAIGN_ENCODINGS == ENCODINGS
