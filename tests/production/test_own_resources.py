"""Templates, themes, elections and stock beside a campaign: built like the program's, made anew when changed."""

import os
from pathlib import Path
from typing import Any

import pytest

from leaflet.files.resources import PROGRAM, find_resources
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult, PrintRunOptions
from leaflet.production.preview import PreviewOptions, preview
from leaflet.production.print_runs import print_run
from leaflet.program import assets
from tests.own_resources import ELECTION, STOCK, TEMPLATE, THEME, write, write_own
from tests.support import fault_of, faults_of, snapshot

REASONS = {"templates/mien/leaflet.xml": "template", "themes/rouge.toml": "theme", "elections/essai.toml": "campaign"}


def made(campaign: Path, **options: Any) -> BuildResult:
    return build(BuildOptions(**{"campaign": campaign, "out": campaign.parent / "out", **options}))


def test_a_build(tmp_path: Path) -> None:
    """In one process and in two, with the same bytes."""
    campaign = write_own(tmp_path)
    assert (made(campaign).made, made(campaign, out=tmp_path / "two", jobs=2).made) == (3, 3)
    assert snapshot(tmp_path / "out") == snapshot(tmp_path / "two")
    print_run(PrintRunOptions(campaign=campaign, out=tmp_path / "run"))
    assert [*(tmp_path / "run").rglob("*.pdf")]


def test_stock(tmp_path: Path) -> None:
    campaign = write_own(tmp_path)
    text = campaign.read_text("utf-8").replace('"mien"', '"memo-card"').replace("essai", "2018")
    text = text.replace("2027", "2018") + 'sheet = "mes-etiquettes"\n[memo]\nlines = ["Adresse"]\n'
    seen = 'compared = [{ field = "memo.lines", value = ["Adresse"], on = 2018-11-20 }]\n'
    campaign.write_text(seen + text, "utf-8")
    assert made(campaign).made == 3


@pytest.mark.parametrize("file", REASONS)
def test_a_changed_file_is_a_reason(tmp_path: Path, file: str) -> None:
    campaign = write_own(tmp_path)
    made(campaign)
    assert made(campaign).made == 0
    edited = tmp_path / file
    text = edited.read_text("utf-8")
    edited.write_text(text.replace("8b0000", "8c0000").replace("Vote d", "Le vote d") + "\n", "utf-8")
    assert made(campaign).reasons == {REASONS[file]: 3}


def test_a_nearer_file_is_a_reason(tmp_path: Path) -> None:
    """A template of one's own with the name of one of the program's takes its place."""
    campaign = write_own(tmp_path, TEMPLATE)
    text = campaign.read_text("utf-8").replace('"mien"', '"poster-a3"').replace("essai", "2018")
    campaign.write_text(text.replace("2027-01-15", "2018-10-01"), "utf-8")
    made(campaign)
    write(tmp_path / "templates" / "poster-a3" / "leaflet.xml", TEMPLATE)
    assert made(campaign).reasons == {"template": 3}


def test_the_preview_draws_them(tmp_path: Path) -> None:
    """It shows what is made with them, and says what is wrong with one."""
    options = PreviewOptions(campaign=write_own(tmp_path), out=tmp_path / "preview")
    assert preview(options).paths
    write(tmp_path / "templates" / "mien" / "leaflet.xml", "<p>{{ nope }}</p>")
    fault = fault_of(lambda: preview(options))
    assert (fault.code, fault.place.file, fault.place.line) == ("M201", "mien/leaflet.xml", 1)


def test_a_part_of_ones_own(tmp_path: Path) -> None:
    part = '<leaflet title="T"><page><p>{{ school.name }}</p>{% include "_shared/footer.xml" %}</page></leaflet>'
    campaign = write_own(tmp_path, part)
    made(campaign)
    write(tmp_path / "templates" / "_shared" / "footer.xml", "<p>à nous</p>")
    assert made(campaign).reasons == {"template": 3}


LINKS = ("templates/mien", "templates/mien/leaflet.xml", "themes/rouge.toml", "elections/essai.toml", "stock.toml")


@pytest.mark.parametrize("file", LINKS)
def test_a_link_out_of_the_folder_is_refused(tmp_path: Path, file: str) -> None:
    """M401 names the file; what it leads to is not shown."""
    campaign = write_own(tmp_path / "c")
    path = tmp_path / "c" / file
    path.rename(tmp_path / "elsewhere")
    path.symlink_to(tmp_path / "elsewhere")
    (fault,) = faults_of(lambda: made(campaign))
    assert fault.code == "M401"
    assert fault.place.file


def test_a_pipe_is_no_template(tmp_path: Path) -> None:
    """Nothing waits for what is no file."""
    campaign = write_own(tmp_path)
    os.mkfifo(tmp_path / "templates" / "mien" / "part.xml")
    assert [fault.code for fault in faults_of(lambda: made(campaign))] == ["M401"]


WRONG: dict[str, tuple[str, str, str, int | None]] = {
    "election that is no TOML": ("elections/essai.toml", ELECTION + "x", "M406", 14),
    "election with another table": ("elections/essai.toml", ELECTION + "[x]\n", "M407", None),
    "election without year": ("elections/essai.toml", ELECTION.replace("year = 2027", ""), "M407", None),
    "academies that are none": ("academies.toml", "x = 1\n", "M407", None),
    "theme that is no TOML": ("themes/rouge.toml", THEME + "x", "M302", 7),
    "theme with a name": ("themes/rouge.toml", 'name = "x"\n' + THEME, "M302", None),
    "stock that is no TOML": ("stock.toml", STOCK + "x", "M406", 8),
    "stock that is no table": ("stock.toml", "x = 1", "P102", None),
    "template that is too large": ("templates/mien/leaflet.xml", "<p/>\n" * 30_000, "M402", None),
    "template with a long line": ("templates/mien/leaflet.xml", "\n" + "x" * 6_000, "M404", 2),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_faulty_file_is_named(tmp_path: Path, what: str) -> None:
    campaign = write_own(tmp_path)
    file, text, code, line = WRONG[what]
    write(tmp_path / file, text)
    fault = faults_of(lambda: made(campaign))[0]
    assert (fault.code, fault.place.line, Path(fault.place.file or "").name) == (code, line, Path(file).name)


def test_academies_of_ones_own(tmp_path: Path) -> None:
    """A row laid over one of the program's: only what it says differs."""
    campaign = write_own(tmp_path)
    made(campaign)
    write(tmp_path / "academies.toml", '[lyon]\ntitle = "Académie lyonnaise"\n')
    assert made(campaign).reasons == {"campaign": 1}


def test_the_programs_own_folder_is_no_campaigns() -> None:
    """In a checkout its templates are the program's, not some beside a campaign."""
    found = find_resources(assets().parent).find("templates", "leaflet-a4")
    assert found is not None
    assert found.folder.origin == PROGRAM


def test_the_folder_of_a_user(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It serves all campaigns; a campaign's own file comes first."""
    campaign = write_own(tmp_path / "c")
    (tmp_path / "c" / "templates").rename(tmp_path / "templates")
    assert faults_of(lambda: made(campaign))[0].code == "M001"
    monkeypatch.setattr("leaflet.files.resources.user_folder", lambda: tmp_path)
    assert made(campaign).made == 3


def test_the_folder_of_a_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package names a folder as an entry point; none of its code is run."""
    campaign = write_own(tmp_path / "c")
    package = tmp_path / "site" / "federation"
    write(package / "__init__.py", "raise SystemExit")
    (tmp_path / "c" / "templates").rename(package / "templates")
    info = tmp_path / "site" / "federation-1.0.dist-info"
    write(info / "METADATA", "Metadata-Version: 2.1\nName: federation\nVersion: 1.0\n")
    write(info / "entry_points.txt", "[leaflet.resources]\nfederation = federation\n")
    monkeypatch.syspath_prepend(tmp_path / "site")
    assert made(campaign).made == 3


FACT = '[facts."{}"]\nvalue = {}\nsource = "exemple"\nconfidence = "H"\nread_on = 2026-11-26\n'
PORTAL = '"https://vote.exemple-prestataire.fr/"'
HOSTILE = {
    "an address of anybody": ("links.portal", PORTAL, "L110"),
    "a secret": ("memo.lost", '"mot de passe : Azerty123"', "C147"),
    "no day": ("vote.closes_on", '"demain"', "C110"),
    "no field": ("vote.place", '"ici"', "C105"),
}


@pytest.mark.parametrize("what", HOSTILE)
def test_facts_of_ones_own_election_are_judged(tmp_path: Path, what: str) -> None:
    """The rules of a campaign hold for its facts; a fault names the fact."""
    campaign = write_own(tmp_path)
    name, value, code = HOSTILE[what]
    write(tmp_path / "elections" / "essai.toml", ELECTION + FACT.format(name, value))
    fault = next(fault for fault in faults_of(lambda: made(campaign)) if fault.code == code)
    assert (fault.place.file, fault.place.field) == ("elections/essai.toml", name)


def test_an_exception_for_an_address_of_the_election(tmp_path: Path) -> None:
    """The campaign sets the rule aside; the exception is needed, so that nothing is said of it."""
    campaign = write_own(tmp_path, more=f'[[allow]]\nrule = "host"\nurl = {PORTAL}\nreason = "exemple"\n')
    write(tmp_path / "elections" / "essai.toml", ELECTION + FACT.format("links.portal", PORTAL))
    result = made(campaign)
    assert result.made == 3
    assert not [fault for fault in result.faults if fault.code == "C172"]
