"""``leaflet report`` as a user meets it."""

import shutil
from pathlib import Path

import pytest

from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.cli.test_command import campaign


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    build(BuildOptions(campaign=campaign(folder), out=folder / "out"))
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built campaign, seen from its own folder."""
    monkeypatch.chdir(shutil.copytree(made, tmp_path / "made"))
    return tmp_path / "made"


@pytest.mark.parametrize(("lang", "line"), [
    ("en", "These files may be printed: no error, no warning. No comparison. Written: report.html, s.md\n"),
    ("fr", "Ces fichiers peuvent être imprimés\u00a0: aucune erreur, aucun avertissement. Pas de comparaison. "
     "Écrit\u00a0: report.html, s.md\n")
])  # fmt: skip
def test_after_a_build(run, folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str, line: str) -> None:
    monkeypatch.setattr("leaflet.cli.progress._LINE_SECONDS", 600.0)  # on a busy machine, too
    assert run("--lang", lang, "report", "campaign.toml", "--day", "2018-11-01", "--summary", "s.md") == (0, line, "")
    assert f'<html lang="{lang}">' in (folder / "report.html").read_text("utf-8")
    assert (folder / "s.md").read_text("utf-8").startswith("# ")


def test_the_page_is_in_french_where_the_machine_is_not(run, folder: Path) -> None:
    """A campaign speaks French; the line on the terminal is in the language of its other messages."""
    _, printed, _ = run("report", "campaign.toml", "--day", "2018-11-01")
    assert printed.startswith("These files may be printed")
    page = (folder / "report.html").read_text("utf-8")
    assert '<html lang="fr">' in page and "<title>Rapport de fabrication" in page


def test_a_folder_alone_and_with_two_processes(run, folder: Path) -> None:
    assert run("report", "out", "-q", "--html", "one.html") == (0, "", "")
    run("report", "out", "--html", "two.html", "--jobs", "2")
    assert (folder / "one.html").read_bytes() == (folder / "two.html").read_bytes()


def test_it_ends_as_the_worst_it_tells(run, folder: Path) -> None:
    path = next((folder / "out").rglob("*.pdf"))
    path.write_bytes(path.read_bytes()[:-300])
    code, printed, _ = run("report", "campaign.toml")
    assert code == 4 and printed.startswith("Do not print these files yet: ")
    assert "K001" in (folder / "report.html").read_text("utf-8")


@pytest.mark.parametrize(("arguments", "code"), [
    (("absent.toml",), "U001"), (("absent.toml", "--out", "nowhere"), "U001"),
    (("campaign.toml", "--out", "nowhere"), "U070"), (("campaign.toml", "--html", "report.pdf"), "U072"),
    (("campaign.toml", "--summary", "summary.txt"), "U072"), (("out", "--out", "out"), "U073")
])  # fmt: skip
def test_wrong_arguments(run, folder: Path, arguments: tuple[str, ...], code: str) -> None:
    before = sorted(folder.rglob("*"))
    ended, printed, errors = run("report", *arguments)
    assert (ended, printed) == (2, "") and code in errors and sorted(folder.rglob("*")) == before


def test_a_report_that_cannot_be_written(run, folder: Path) -> None:
    (folder / "file").write_bytes(b"")
    ended, _, errors = run("report", "out", "--html", "file/report.html")
    assert ended == 4 and "W10" in errors


def test_the_day_is_in_the_report_if_it_is_given(run, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By the option, or by SOURCE_DATE_EPOCH; the clock's is not printed."""
    run("--lang", "en", "report", "out")
    assert "Checked as if" not in (folder / "report.html").read_text("utf-8")
    run("--lang", "en", "report", "out", "--day", "2018-11-25")
    assert "Checked as if it were Sunday 25\u00a0November 2018" in (folder / "report.html").read_text("utf-8")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1543104000")
    run("--lang", "en", "report", "out")
    assert "Checked as if it were Sunday 25\u00a0November 2018" in (folder / "report.html").read_text("utf-8")
