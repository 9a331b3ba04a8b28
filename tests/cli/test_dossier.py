"""``leaflet pack`` and ``leaflet unpack`` as a user meets them."""

from pathlib import Path

import pytest

from tests.cli.test_command import campaign

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
