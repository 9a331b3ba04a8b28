"""``leaflet pack`` and ``leaflet unpack`` as a user meets them."""

from pathlib import Path

import pytest

from tests.cli.test_command import CAMPAIGN, ROWS, campaign

TOLD = {
    "en": "tours.leaflet: the campaign with 1 file, without its lists\n",
    "fr": "tours.leaflet\u00a0: la campagne (1 fichier), sans ses listes\n",
}


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_passed_on(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    monkeypatch.chdir(tmp_path)
    path = campaign(tmp_path / "tours")
    code, output, errors = run("--lang", lang, "pack", path)
    assert (code, output, errors) == (0, TOLD[lang], "")
    (tmp_path / "there").mkdir()
    monkeypatch.chdir(tmp_path / "there")
    code, output, errors = run("--lang", lang, "unpack", tmp_path / "tours.leaflet")
    assert (code, errors) == (0, "") and output.endswith("https://elections2018.education.gouv.fr/\n")
    assert (tmp_path / "there" / "tours" / "campaign.toml").read_text("utf-8") == path.read_text("utf-8")
    assert [path.name for path in (tmp_path / "there" / "tours").iterdir()] == ["campaign.toml"]


def test_what_is_there_stays(run, tmp_path: Path) -> None:
    path = campaign(tmp_path / "tours")
    code, _, errors = run("pack", path, "-o", path.parent / "ecoles.csv")
    assert (code, errors[:4]) == (2, "U092") and (path.parent / "ecoles.csv").read_text("utf-8") == ROWS
    assert run("pack", path, "-o", tmp_path / "x.leaflet")[0] == 0
    code, _, errors = run("unpack", tmp_path / "x.leaflet", "-o", path.parent)
    assert (code, errors[:4]) == (2, "U092") and CAMPAIGN in path.read_text("utf-8")


def test_no_dossier(run, tmp_path: Path) -> None:
    (tmp_path / "x.leaflet").write_text("x", "utf-8")
    code, output, errors = run("unpack", tmp_path / "x.leaflet", "-o", tmp_path / "neu")
    assert (code, output, errors[:4]) == (2, "", "U100") and run("unpack", tmp_path / "y.leaflet")[0] == 2
    assert not (tmp_path / "neu").exists()
