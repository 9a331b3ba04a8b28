"""`leaflet columns`: which column is which field, in both languages; what is accepted is stored, and nothing else."""

import json
import re
import tomllib
from pathlib import Path

import click
import pytest

from tests.cli.test_command import CAMPAIGN, campaign
from tests.tables import books

LIST = "Code UIA;nom;Ville;Commune;Code postal;Circo;Fax\n0370035M;Lycée Descartes;Tours;Tours;37010;Nord;\n"
STAFF = "Prenomm;nom;uai;Mél;Loisirs\nZoé;Labert;0370035M;zoe.labert@ac-tours.fr;Pétanque\n"
COMMENTED = f"# tête\n{CAMPAIGN}# pied : « à garder »\n"


def test_columns_in_english(run, tmp_path: Path) -> None:
    campaign(tmp_path, rows=LIST)
    code, output, errors = run("columns", tmp_path / "ecoles.csv")
    lines = output.splitlines()
    assert (code, errors) == (1, "") and lines[0] == "ecoles.csv: a list of schools, 7 columns"
    assert [re.split(r"  +", line) for line in lines[1:8]] == [
        *(["column", "field", "certainty", "samples"], ["Code UIA", "UAI (uai)", "proposed", "0370035M"]),
        *(["nom", "name of the school (name)", "exact", "Lycée Descartes"], ["Ville", "–", "not used", "Tours"]),
        *(["Commune", "town", "proposed", "Tours"], ["Code postal", "postcode", "same name", "37010"]),
        ["Circo", "–", "unknown", "Nord"],
    ]
    assert lines[2].index("proposed") == lines[7].index("unknown")
    assert "Ville — This could be the town too, but “Commune” is nearer; it is not read." in lines
    assert "Columns known, but not used: Fax" in lines
    assert lines[-1].endswith(f"type: leaflet columns {tmp_path / 'ecoles.csv'} --write")


def test_columns_in_french(run, tmp_path: Path) -> None:
    campaign(tmp_path, rows="uai;Comune\n0370035M;Tours\n")
    code, output, _ = run("--lang", "fr", "columns", tmp_path / "ecoles.csv")
    lines = output.replace("\u00a0", " ").splitlines()
    assert code == 1 and lines[0] == "ecoles.csv : liste des établissements, 2 colonnes"
    assert re.split(r"  +", lines[3]) == ["Comune", "commune (town)", "proposée", "Tours"]
    assert "Colonnes obligatoires manquantes : nom de l’établissement (name)" in lines
    printed = lines[lines.index("Colonnes obligatoires manquantes : nom de l’établissement (name)") + 1]
    assert printed.endswith('dans la campagne, sous [columns.schools] : name = "nom de la colonne"')
    assert any(line.startswith("Colonnes facultatives absentes : adresse, ligne 1 (address_1), ") for line in lines)


def test_write_keeps_everything_else(run, tmp_path: Path) -> None:
    path = campaign(tmp_path, COMMENTED, LIST)
    run("columns", tmp_path / "ecoles.csv")
    assert path.read_text("utf-8") == COMMENTED
    assert {item.name for item in tmp_path.iterdir()} == {"campaign.toml", "ecoles.csv"}
    code, output, errors = run("columns", tmp_path / "ecoles.csv", "--write")
    written = path.read_text("utf-8")
    assert (code, errors) == (0, "") and written.startswith(COMMENTED)
    assert tomllib.loads(written)["columns"] == {"schools": {"uai": "Code UIA", "town": "Commune"}}
    assert f"Written into {path}; nothing else was changed there:" in output
    assert all(f"  {line}\n" in output for line in ("[columns.schools]", 'uai = "Code UIA"', 'town = "Commune"'))
    code, output, _ = run("columns", tmp_path / "ecoles.csv", "--write")
    assert code == 0 and output.splitlines()[-1] == f"Nothing to write into {path}."
    assert path.read_text("utf-8") == written
    assert run("build", path, "-o", tmp_path / "out", "--no-verify")[0] == 0


def test_a_column_is_set_by_its_name(run, tmp_path: Path) -> None:
    rows = "uai;nom;Commune;À livrer;Circo\n0370035M;Lycée Descartes;Tours;12;\n"
    path = campaign(tmp_path, rows=rows, text=COMMENTED)
    code, output, _ = run("columns", tmp_path / "ecoles.csv", "--set", 'copies="À livrer"', "--set", "town=commune")
    text = path.read_text("utf-8")
    assert code == 0 and output.index("Written into") < output.index('copies = "À livrer"')
    assert tomllib.loads(text)["columns"]["schools"] == {"copies": "À livrer", "town": "commune"}
    assert "# pied : « à garder »" in text


@pytest.mark.parametrize(("given", "code"), [
    ("copie=À livrer", "T211"), ("copies=Livrer", "T210"), ("copies", "U119"), ("copies=", "U119")
])  # fmt: skip
def test_a_column_that_is_not_there_is_not_set(run, tmp_path: Path, given: str, code: str) -> None:
    path = campaign(tmp_path, rows="uai;nom;commune;À livrer\n0370035M;Lycée Descartes;Tours;12\n")
    before = path.read_bytes()
    exit_code, _, errors = run("columns", tmp_path / "ecoles.csv", "--set", given)
    assert exit_code and code in errors and path.read_bytes() == before


def test_write_needs_a_campaign(run, tmp_path: Path) -> None:
    """Without one beside the list, the message says which was looked for; looking alone needs none."""
    (tmp_path / "ecoles.csv").write_text(LIST, "utf-8")
    code, _, errors = run("columns", tmp_path / "ecoles.csv", "--write")
    assert code == 1 and "C101" in errors and run("columns", tmp_path / "ecoles.csv")[2] == ""


def test_another_campaign(run, tmp_path: Path) -> None:
    path = campaign(tmp_path / "x", rows=LIST)
    (tmp_path / "export.csv").write_text(LIST, "utf-8")
    _, output, _ = run("columns", tmp_path / "export.csv", "--campaign", path, "--encoding", "utf-8")
    assert output.splitlines()[-1].endswith(f"export.csv --campaign {path} --encoding utf-8 --write")
    _, output, _ = run("columns", tmp_path / "export.csv", "--campaign", path, "--write")
    assert output.splitlines()[-1] == f"{path} does not read this list but ecoles.csv."
    assert "[columns.schools]" in path.read_text("utf-8")


def test_faults_of_the_mapping_are_printed(run, tmp_path: Path) -> None:
    path = campaign(
        tmp_path, CAMPAIGN + '[columns.schools]\ntown = "Localité" # ?\n', "uai;nom;Comune\n0370035M;A;B\n"
    )
    code, output, errors = run("columns", tmp_path / "ecoles.csv")
    assert code == 1 and "T210" in errors and "Comune" in output
    code, _, errors = run("columns", tmp_path / "ecoles.csv", "--write")
    assert (code, errors) == (0, "")
    assert path.read_text("utf-8").endswith('[columns.schools]\ntown = "Comune" # ?\n')


@pytest.mark.parametrize("options", [["--staff"], []])
@pytest.mark.parametrize("lang", ["en", "fr"])
def test_staff_lists_show_no_cell(run, tmp_path: Path, options: list[str], lang: str) -> None:
    """Nothing of a person; the list is recognised by the campaign, or by its first names, when nobody says so."""
    path = campaign(tmp_path, CAMPAIGN.replace("[data]", '[data]\nstaff = "personnels.csv"'))
    (tmp_path / "personnels.csv").write_text(STAFF, "utf-8")
    for asked in ([], ["--write"], ["--json"]):
        code, output, errors = run("--lang", lang, "columns", tmp_path / "personnels.csv", *options, *asked)
        assert not re.search(r"Zoé|Labert|labert|Loisirs|Pétanque|0370035M", output + errors)
        assert code == (0 if asked else 1) and "Prenomm" in output
    assert tomllib.loads(path.read_text("utf-8"))["columns"] == {"staff": {"first_name": "Prenomm"}}
    (tmp_path / "autre").mkdir()
    other = tmp_path / "autre" / "liste.csv"
    other.write_text("Prénom;Nom;Loisirs\nZoé;Labert;Pétanque\n", "utf-8")
    code, *said = run("columns", other)  # whose people may all be of one school, for what is known
    assert code == 0 and not re.search("Zoé|Labert|Pétanque", "".join(said))
    campaign(other.parent)
    assert run("columns", other)[0] == 1


def test_a_staff_list_without_header_shows_nobody(run, tmp_path: Path) -> None:
    (tmp_path / "personnels.csv").write_text("Maël;Labert;0370035M\n", "utf-8")
    code, output, errors = run("columns", tmp_path / "personnels.csv", "--staff")
    assert code == 1 and not re.search("Maël|Labert", output + errors) and "#1" in output
    (tmp_path / "personnels.csv").write_text("Maël Labert\n", "utf-8")
    code, output, errors = run("columns", tmp_path / "personnels.csv", "--staff")
    assert code == 1 and "T112" in errors and "Labert" not in errors


@pytest.mark.parametrize("header", ["Mot de passe", "NUMEN", "Code de vote", "INE", "Date de naissance"])
def test_refused_columns_show_no_sample(run, tmp_path: Path, header: str) -> None:
    (tmp_path / "ecoles.csv").write_text(f"uai;nom;commune;{header}\n0370035M;Lycée;Tours;motus\n", "utf-8")
    for asked in ([], ["--json"]):
        code, output, errors = run("columns", tmp_path / "ecoles.csv", *asked)
        assert code == 1 and "motus" not in output + errors and "refused" in output
    (tmp_path / "ecoles.csv").rename(tmp_path / "codes de vote.csv")
    code, output, errors = run("columns", tmp_path / "codes de vote.csv")
    assert (code, output) == (1, "") and "T122" in errors


def test_json(run, tmp_path: Path) -> None:
    campaign(tmp_path, rows=LIST)
    code, output, errors = run("columns", tmp_path / "ecoles.csv", "--json")
    found = json.loads(output)
    assert (code, errors) == (1, "")
    assert (found["file"], found["list"], found["usable"]) == ("ecoles.csv", "schools", False)
    assert found["proposed"] == {"uai": "Code UIA", "town": "Commune"} and found["stored"] == {}
    assert [column["certainty"] for column in found["columns"]] == [
        *("proposed", "exact", "unused", "proposed", "normalised", "unknown", "unused")
    ]
    assert all(set(column["reason"]) == {"en", "fr"} for column in found["columns"])
    assert found["columns"][0]["samples"] == ["0370035M"] and found["missing"]["required"] == []


def test_a_terminal_gets_colours(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proposed column is yellow, unless somebody wants no colours."""
    campaign(tmp_path, rows=LIST.replace("Nord", "[red]Nord"))
    monkeypatch.setenv("FORCE_COLOR", "1")
    seen = run("columns", tmp_path / "ecoles.csv")[1]
    monkeypatch.setenv("NO_COLOR", "1")
    plain = run("columns", tmp_path / "ecoles.csv")[1]
    assert "\x1b[33mCode UIA" in seen and "[red]Nord" in seen
    assert plain == click.unstyle(seen) != seen


@pytest.mark.parametrize("name", ["Mes écoles.csv", "l'été.csv", "$(date).csv"])
def test_commands_can_be_typed_as_they_are_printed(run, tmp_path: Path, name: str) -> None:
    """Names with spaces stand between quotes, those that a shell would run between quotes that keep it from it."""
    (tmp_path / name).write_text(LIST, "utf-8")
    _, output, _ = run("columns", tmp_path / name)
    quote = "'" if "$" in name else '"'
    assert f"leaflet columns {quote}{tmp_path / name}{quote} --write" in output


@pytest.mark.parametrize("staff", [False, True])
def test_a_workbook_is_opened_where_the_campaign_says(run, tmp_path: Path, staff: bool) -> None:
    """Sheet and header row as a build reads them, each list its own; the command goes before."""
    rows = [["a"], ["uai", "prenom", "nom"] if staff else ["uai", "nom", "commune"], ["0370035M", "Zoé", "Tours"]]
    sheets = {"Avant": books.table_xml(["x", "y"], ["1", "2"]), "Liste": books.table_xml(*rows)}
    for name in ("liste.xlsx", "autre.xlsx"):
        (tmp_path / name).write_bytes(books.zipped(books.xlsx_parts(sheets)))
    printed = 'staff = "liste.xlsx"\nstaff_sheet = "Liste"\nstaff_header_row = 2\n'
    printed = printed if staff else printed.replace("staff_", "").replace("staff", "schools")
    path = tmp_path / "campaign.toml"
    path.write_text(f'[data]\n{printed}{"schools" if staff else "staff"} = "x.csv"\n', "utf-8")
    code, output, errors = run("columns", tmp_path / "liste.xlsx")
    assert (code, errors, "first_name" in output) == (0, "", staff)
    assert run("columns", tmp_path / "liste.xlsx", "--sheet", "Avant", "--header-row", "1")[0] == 1
    code, output, errors = run("columns", tmp_path / "autre.xlsx", "--campaign", path)
    assert (code, "first_name" in output) == (0, staff)  # the sheet with the columns is found
    assert "T162" in errors and "--sheet" in errors
