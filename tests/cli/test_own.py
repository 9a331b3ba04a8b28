"""``leaflet list`` and ``leaflet new``: what there is, where it comes from, and a copy that builds at once."""

from pathlib import Path

import pytest

from leaflet.markup.render import OF_PRINT_RUNS
from leaflet.production.build import build
from leaflet.production.options import BuildOptions
from leaflet.resources import program_resources
from tests.own_resources import write_own

TEMPLATES = [name for name in program_resources().names("templates") if name not in OF_PRINT_RUNS]


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_copy_makes_the_same_pages(run, tmp_path: Path, template: str) -> None:
    """It is complete, and what it includes of its own is its own copy."""
    campaign = write_own(tmp_path)
    steps = '\nsteps = ["open-portal-mail", "vote"]\n[memo]\nlines = ["Adresse"]\n'
    text = campaign.read_text("utf-8").replace('"essai"', '"2018"').replace("2027-01-15", "2018-10-01")
    campaign.write_text(text.replace('"mien"', '"copie"').replace("\n[publisher]", f"{steps}[publisher]", 1), "utf-8")
    code, printed, errors = run("new", "template", "copie", "--from", template, "--in", tmp_path)
    assert (code, errors) == (0, "")
    assert "copie" in printed
    for source in (tmp_path / "templates" / "copie").rglob("*.xml"):
        assert f'"{template}/' not in source.read_text("utf-8")
    assert build(BuildOptions(campaign=campaign, out=tmp_path / "out")).made == 3


def test_a_copied_theme_election_drawings_and_mail(run, tmp_path: Path) -> None:
    """All are beside the campaign, under their new names."""
    copies = {"theme": "grey", "election": "2018", "icon": "mail", "scene": "portal", "mail": "school"}
    for kind, source in copies.items():
        assert run("new", kind, "a-nous", "--from", source, "--in", tmp_path)[0] == 0
        _, printed, _ = run("--lang", "fr", "list", f"{kind}s", "--in", tmp_path)
        (line,) = [line for line in printed.splitlines() if line.startswith("a-nous")]
        assert line.endswith("(à côté de la campagne)")


@pytest.mark.parametrize("kind", ["templates", "themes", "formats", "stock", "elections", "icons", "scenes"])
def test_each_list_describes(run, tmp_path: Path, kind: str) -> None:
    """Name, description and origin, in both languages; nothing of the program lacks its French."""
    english = run("list", kind, "--in", tmp_path)[1].splitlines()
    french = run("--lang", "fr", "list", kind, "--in", tmp_path)[1].splitlines()
    assert len(english) == len(french) > 3
    for line in (*english, *french):
        name, _, rest = line.partition("  ")
        assert name
        assert len(rest.strip().rpartition(" (")[0]) > 5
    assert all("comes with" in line for line in english)
    assert all("livré avec" in line for line in french)
    if kind in ("templates", "themes", "formats"):
        descriptions = zip(english, french, strict=True)
        assert all(one.rpartition("(")[0] != other.rpartition("(")[0] for one, other in descriptions)


REFUSED = {
    "no name": ("U090", ["theme", "Rouge!", "--from", "grey"], 2),
    "no such theme": ("U091", ["theme", "rouge", "--from", "gris"], 2),
    "there already": ("U092", ["theme", "rouge", "--from", "grey"], 2),
    "no folder": ("W113", ["theme", "bleu", "--from", "grey", "--in", "themes/rouge.toml"], 4),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_cannot_be_copied(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Nothing is written over, nothing is left half done."""
    monkeypatch.chdir(tmp_path)
    write_own(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    code, arguments, exit_code = REFUSED[what]
    ended, _, errors = run("new", *arguments)
    assert ended == exit_code
    assert code in errors
    assert before == {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
