"""``leaflet check`` and ``--faults`` as a user meets them."""

import csv
import json
from pathlib import Path

import pytest

from leaflet.cli.terminal import print_faults
from leaflet.faults import Fault, Place
from leaflet.tables import check_letter
from tests.cli.test_command import CAMPAIGN, HEADER, ROWS, TIGHT, campaign

BAD_ROWS = ROWS + "\n0370040X;Lycée;Tours;37058\n"


@pytest.mark.parametrize(("lang", "line"), [
    ("en", "2 ready, 0 with errors, 0 with warnings of 2 rows.\n"),
    ("fr", "2 prêtes, 0 en erreur, 0 avec un avertissement sur 2 lignes.\n")
])  # fmt: skip
def test_a_good_campaign(run, tmp_path: Path, lang: str, line: str) -> None:
    path = campaign(tmp_path)
    before = sorted(tmp_path.rglob("*"))
    assert run("--lang", lang, "check", path) == (0, line, "") and sorted(tmp_path.rglob("*")) == before


def test_one_line_for_many_academies(run, tmp_path: Path) -> None:
    """People read once what is the same for all of them; with --verbose, and for programs, each is told by itself."""
    codes = [f"{prefix}0001" for prefix in ("006", "025", "044", "051", "087")]
    rows = "".join(f"{code}{check_letter(code)};Lycée;Ville;37000\n" for code in codes)
    path = campaign(tmp_path, CAMPAIGN, HEADER + rows)
    names = "Nice, Besançon, Nantes, Reims"
    _, _, errors = run("--lang", "fr", "check", path, "--faults", tmp_path / "f.json")
    (line,) = (line for line in errors.splitlines() if line.startswith("C165 4 académies"))
    assert line.endswith(f"{names}.") and "leaflet check CAMPAGNE --verbose." in errors
    assert "C164" in errors and "Limoges" in errors  # one of a kind is told as it is
    assert [one["code"] for one in json.loads((tmp_path / "f.json").read_text("utf-8"))["faults"]].count("C165") == 4
    _, _, errors = run("--lang", "fr", "check", path, "--verbose")
    assert sum(line.startswith("C165") for line in errors.splitlines()) == 4 and "[academies.nantes]" in errors
    _, _, errors = run("--lang", "fr", "build", path, "-o", tmp_path / "out")
    assert "C165" not in errors and "5 académies dont la messagerie" in errors


@pytest.mark.parametrize(("lang", "line"), [
    ("en", "2 ready, 1 with errors, 0 with warnings of 3 rows with data; the last one is line 5 of the list.\n"),
    ("fr", "2 prêtes, 1 en erreur, 0 avec un avertissement sur 3 lignes de données\u00a0; "
     "la dernière est à la ligne 5 de la liste.\n")
])  # fmt: skip
def test_a_faulty_row(run, tmp_path: Path, lang: str, line: str) -> None:
    code, printed, errors = run("--lang", lang, "check", campaign(tmp_path, rows=BAD_ROWS))
    assert (code, printed) == (1, line) and errors.startswith("T304 ecoles.csv · ")


def test_errors_that_are_not_of_rows_are_counted_apart(run, tmp_path: Path) -> None:
    """Rows without a fault do not hide that the template has one: no school is ready."""
    path = campaign(tmp_path, CAMPAIGN.replace("leaflet-a4", "poster"))
    code, printed, _ = run("--lang", "fr", "check", path)
    assert code == 3 and printed.splitlines() == [
        "2 lues sans erreur, 0 en erreur, 0 avec un avertissement sur 2 lignes.",
        "1 erreur hors des lignes des listes\u00a0: colonnes, campagne, modèle, planche ou imprimante.",
    ]


def test_json_alone_on_standard_output(run, tmp_path: Path) -> None:
    code, printed, errors = run("check", "--json", campaign(tmp_path, rows=BAD_ROWS))
    content = json.loads(printed)
    assert code == 1 and [fault["code"] for fault in content["faults"]] == ["T304"]
    assert content["rows"]["ready"] == 2 and "2 ready, 1 with errors" in errors


def test_verbose_document_and_only(run, tmp_path: Path) -> None:
    path = campaign(tmp_path, TIGHT)
    assert "F201" not in run("check", path)[2]
    assert "F201" in run("check", "-v", path, "--only", " 0370035m", "--document", "leaflet-a4")[2]
    assert run("check", path, "--document", "affiche")[0] == 2


@pytest.mark.parametrize("command", ["check", "build", "print-run"])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_file_of_faults(run, tmp_path: Path, command: str, lang: str) -> None:
    path = campaign(tmp_path, rows=ROWS.replace("Lycée B", "Lycée \u200bB") + "0370040X;Lycée;Tours;37058\n")
    file = tmp_path / "defauts.csv"
    code, _, errors = run("--lang", lang, command, path, "--faults", file)
    rows = csv.reader(file.read_text("utf-8-sig").splitlines(), delimiter=";")
    assert code == 1 and str(file) in errors and [row[0] for row in rows] == ["code", "T311", "T304"]
    ready = "ready" if command == "check" else "read without errors"
    counts = f"2 {ready}, 1 with errors, 1 with warnings of"
    assert counts in errors or lang == "fr" or command == "check"


def test_the_file_of_faults_of_a_good_run(run, tmp_path: Path) -> None:
    file = tmp_path / "f.json"
    code, printed, errors = run("build", campaign(tmp_path), "-o", tmp_path / "out", "--faults", file)
    assert code == 0 and printed.startswith("2 files") and errors == f"Faults written: {file}\n"
    assert json.loads(file.read_text("utf-8"))["faults"] == []


def test_a_file_of_faults_that_cannot_be(run, tmp_path: Path) -> None:
    """An unknown ending stops at once; a place that cannot be written to ends with 4, what was made stays."""
    path, out = campaign(tmp_path), tmp_path / "out"
    code, _, errors = run("build", path, "-o", out, "--faults", tmp_path / "f.txt")
    assert (code, "U020" in errors, out.exists()) == (2, True, False)
    code, _, errors = run("build", path, "-o", out, "--faults", tmp_path / "no" / "f.csv")
    assert (code, "W110" in errors, out.exists()) == (4, True, True) and "Nothing was written" not in errors
    assert run("check", path, "--faults", path.with_suffix(".csv"))[0] == 0
    code, _, errors = run("check", path, "--faults", tmp_path / "ecoles.csv")
    assert (code, "W112" in errors) == (4, True)
    code, _, errors = run("check", path, "--faults", tmp_path / "ecoles.csv", "--replace")
    assert (code, "U021" in errors) == (2, True) and (tmp_path / "ecoles.csv").read_text("utf-8") == ROWS


@pytest.mark.parametrize("command", ["check", "build"])
def test_a_wrong_column_does_not_flood_the_terminal(run, tmp_path: Path, command: str) -> None:
    rows = "".join(f"\n037000{n:02}X;Lycée;Tours;37058" for n in range(50))
    code, printed, errors = run(command, campaign(tmp_path, rows=ROWS.rstrip() + rows + "\n"))
    (line,) = (line for line in (printed + errors).splitlines() if line.startswith(("T302", "T303", "T304")))
    assert code == 1 and "also in 49 rows: 5\u00a0“03700001X”, 6" in line and "…, " not in line
    assert line.endswith("… (all: --faults FILE.csv)") and line.count("X”") == 19


def test_rows_with_one_fault_are_all_named(capsys: pytest.CaptureFixture[str]) -> None:
    """Also where no cell tells them apart."""
    rows = [Place(file="l.xlsx", sheet="59", column="A", row=row) for row in range(122, 128)]
    print_faults([Fault("T334", place, {"sheet": "59", "other": "62"}) for place in rows], "fr")
    printed = capsys.readouterr().err
    assert "de même dans 5 lignes\u00a0: 59!A123, 59!A124, 59!A125" in printed and printed.count("T334") == 1


def test_every_command_counts_a_row_of_totals_alike(run, tmp_path: Path) -> None:
    """It belongs to the list, not to a school: one warning outside the rows, and nothing about other lines."""
    path = campaign(tmp_path, rows=f"{ROWS}TOTAL;2;;\n")
    out = ("-o", tmp_path / "out")
    for arguments in (("build", path, *out), ("check", path), ("print-run", path, "-o", tmp_path / "run")):
        _, printed, errors = run("--lang", "fr", *arguments)
        assert errors.startswith("T152 ecoles.csv") and "0 avec un avertissement sur 2 lignes" in printed
        assert "1 avertissement hors des lignes des listes" in printed
    _, printed, errors = run("--lang", "fr", "preview", path, "-o", tmp_path / "preview")
    assert errors.startswith("T152 ecoles.csv") and "sur d’autres lignes" not in errors
    assert "T152" in run("--lang", "fr", "check", "--json", path)[1]


@pytest.mark.parametrize(("lang", "said"), [
    ("en", ["2 ready, 1 with errors", "Not made: 1 closed, 1 twice in the list, 1 not asked for."]),
    ("fr", ["2 prêtes, 1 en erreur", "Non fabriquées\u00a0: 1 fermée, 1 en double, 1 non demandée."])
])  # fmt: skip
def test_every_command_says_where_the_other_rows_went(run, tmp_path: Path, lang: str, said: list[str]) -> None:
    """Closed, twice, not asked for, faulty: the numbers add up to the rows of the list."""
    rows = (
        "uai;nom;commune;etat\n0370035M;Lycée Descartes;Tours;OUVERT\n0370035M;Lycée Descartes;Tours;OUVERT\n"
        "0370036N;Lycée Balzac;Tours;OUVERT\n0370001A;Lycée Vinci;Amboise;FERMÉ\n0370040T;Lycée Zola;Tours;PROJET\n"
        "0370041X;Lycée Faux;Tours;OUVERT\n"
    )
    path = campaign(tmp_path, rows=rows)
    for command in (("check",), ("build", "-o", tmp_path / "out"), ("print-run", "-o", tmp_path / "run")):
        going = () if command[0] == "check" else ("--keep-going",)
        _, printed, errors = run("--lang", lang, *command, *going, path, "--state", "OUVERT")
        for words in said:
            assert words in printed, (command, printed, errors)


def test_rows_of_the_staff_list_are_rows(run, tmp_path: Path) -> None:
    path = campaign(tmp_path, CAMPAIGN.replace('"ecoles.csv"', '"ecoles.csv"\nstaff = "personnels.csv"'))
    (tmp_path / "personnels.csv").write_text("prenom;nom;uai\nJulie;Labert;0370035X\n;;0370035M\n", "utf-8")
    printed = run("check", path)[1]
    assert "in rows of the staff list." in printed and "outside the rows" not in printed
