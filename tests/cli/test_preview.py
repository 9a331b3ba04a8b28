"""``leaflet preview`` as a user meets it: what it writes and says."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.test_command import CAMPAIGN, ROWS, campaign
from tests.support import tables_of

TABLES = tables_of(__file__)
ROOT = Path(__file__).parents[2]
STAFF = "prenom;nom;uai;adresse_pro\nOndine;Passiflore;0370035M;\n"
CARDS = '[[document]]\ntemplate = "memo-card"\nname = "cartes"\nper = "person"\nsheet = "cards-a4"\n'


def test_paths_are_printed(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    code, output, errors = run("preview", campaign(tmp_path))
    assert (code, errors) == (0, "")
    assert output.splitlines() == [str(Path("preview") / f"leaflet-a4-0370035M-p{page}.png") for page in (1, 2)]
    assert all(Path(line).read_bytes().startswith(b"\x89PNG") for line in output.splitlines())


@pytest.mark.parametrize(("options", "uais"), TABLES["records"])
def test_records(run, tmp_path: Path, options: list[str], uais: list[str]) -> None:
    path = campaign(tmp_path, rows=ROWS + ROWS.splitlines()[1])
    code, output, _ = run("preview", path, "-o", tmp_path / "p", "--dpi", "36", *options)
    assert code == 0 and re.findall(r"-(\w{8})-p1\.png", output) == uais


@pytest.mark.parametrize(("options", "exit_code", "fault"), TABLES["refused"])
def test_what_cannot_be_shown(run, tmp_path: Path, options: list[str], exit_code: int, fault: str) -> None:
    path = campaign(tmp_path, rows=f"{ROWS}0370040X;Lycée;Tours;37058\n0370001A;A;Tours;\n0370001A;B;Tours;\n")
    code, output, errors = run("--lang", "fr", "preview", path, "-o", tmp_path / "p", *options)
    assert (code, output) == (exit_code, "") and errors.startswith(fault)
    assert errors.endswith("Rien n’a été écrit.\n") and not (tmp_path / "p").exists()


@pytest.mark.parametrize(("lang", "said"), [("en", "1 fault on other lines"), ("fr", "1 défaut sur d’autres lignes")])
def test_faults_of_other_rows(run, tmp_path: Path, lang: str, said: str) -> None:
    path = campaign(tmp_path, rows=ROWS + "0370040X;Lycée;Tours;37058\n")
    code, _, errors = run("--lang", lang, "preview", path, "-o", tmp_path / "p", "--dpi", "36")
    assert (code, errors.startswith(said)) == (0, True)


def test_names_of_people(run, tmp_path: Path) -> None:
    text = CAMPAIGN.replace('schools = "ecoles.csv"', 'schools = "ecoles.csv"\nstaff = "personnels.csv"') + CARDS
    path = campaign(tmp_path, text)
    (tmp_path / "personnels.csv").write_text(STAFF, "utf-8")
    out = tmp_path / "p"
    code, _, errors = run("--lang", "fr", "preview", path, "-o", out, "--document", "cartes", "--dpi", "36")
    said = f"Elles ne sont lisibles que par vous\u00a0; supprimez {out} après les avoir regardées.\n"
    assert (code, errors) == (0, f"Ces images montrent des noms. {said}")


def test_other_commands_do_not_wait_for_it() -> None:
    """Neither the preview nor what serves a page is imported before it is asked for."""
    late = ("leaflet.production.preview", "http.server")
    script = f"import sys, leaflet.cli; print([name for name in sys.modules if name.startswith({late})])"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"
