"""Files are known by their content, and what one of them names is found even while the rest of it is wrong."""

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import pytest
from PIL import Image

from leaflet.campaign import load_campaign
from leaflet.campaign.academies import ADDRESSES_FILE
from leaflet.faults import Report
from leaflet.files.resources import Kind, TableFile
from leaflet.production.document import DocumentMaker
from leaflet.production.inputs import PRINTER_FILE, load_inputs
from leaflet.studio.sources import SourceDigests, SourceFiles
from tests.previews.conftest import ADDRESSES, PRINTER, Project, change


def test_a_digest_is_of_the_content(tmp_path: Path) -> None:
    """The same text is the same; a missing file, a folder and a name that can be none are something, too."""
    files, path = SourceDigests(), tmp_path / "a"
    path.write_text("x")
    first = files.digest(path)
    path.write_text("y")
    assert files.digest(path) != first
    path.write_text("x")
    assert files.digest(path) == first
    path.unlink()
    assert files.digest(path) == files.digest(tmp_path / "a\0b") != first
    path.mkdir()
    assert files.digest(path) != first


def test_a_save_within_one_tick_of_the_clock(tmp_path: Path) -> None:
    """What has just changed is read once more: its times and its size may be those of the save before."""
    files, path = SourceDigests(), tmp_path / "a"
    path.write_text("one")
    files.digest(path)
    status = path.stat()
    before = files.digest(path)
    path.write_text("two")
    os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))
    assert files.digest(path) != before


def test_a_file_that_has_not_changed_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice, to be sure; then only its times and its size are looked at."""
    reads: list[Path] = []
    read_bytes = Path.read_bytes
    monkeypatch.setattr(Path, "read_bytes", lambda path: reads.append(path) or read_bytes(path))
    files, path = SourceDigests(), tmp_path / "a"
    path.write_text("x")
    assert len({files.digest(path) for _ in range(5)}) == 1
    assert len(reads) == 2


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """What is no file is not opened."""
    os.mkfifo(tmp_path / "pipe")
    assert SourceDigests().digest(tmp_path / "pipe")


def test_settings_that_do_not_count(project: Project) -> None:
    """Neither do the files that they name; all others do."""
    sources = SourceFiles(campaign=project.campaign)
    before = sources.digest_inputs(without=["data.schools"])
    change(project.list, "Lycée Descartes", "Lycée René Descartes")
    change(project.campaign, project.list.name, "other.csv")
    assert sources.digest_inputs(without=["data.schools"]) == before
    change(project.campaign, 'election = "2018"', 'election = "2022"')
    assert sources.digest_inputs(without=["data.schools"]) != before


@pytest.mark.parametrize(
    "text", ["data = 1", "[data]\nschools = 3", "publisher.logo = []", 'data.schools = "\\u0000"']
)
def test_a_campaign_that_makes_no_sense(project: Project, text: str) -> None:
    """It has a digest like any other."""
    project.campaign.write_text(text, "utf-8")
    assert SourceFiles(campaign=project.campaign).digest_inputs()


def test_themes_in_a_circle(project: Project) -> None:
    """Each is looked at once."""
    change(project.assets / "themes" / "default.toml", "[", 'extends = "grey"\n[')
    assert SourceFiles(campaign=project.campaign).digest_theme("grey", "leaflet-a4")


@pytest.mark.parametrize("kind", ["icons", "scenes"])
def test_a_drawing_belongs_to_the_template(project: Project, kind: str) -> None:
    """Changed, or drawn beside the campaign, it is another template."""
    sources = SourceFiles(campaign=project.campaign)
    digests = [sources.digest_template("leaflet-a4")]
    change(project.assets / kind / "mail.svg", "viewBox", "data-x='' viewBox")
    digests.append(sources.digest_template("leaflet-a4"))
    (project.folder / kind).mkdir()
    (project.folder / kind / "mail.svg").write_text("<svg/>", "utf-8")
    digests.append(sources.digest_template("leaflet-a4"))
    assert len(set(digests)) == 3


Change = Callable[[Project], object]


def logo(project: Project) -> None:
    Image.new("RGB", (320, 160), "#c8102e").save(project.folder / "logo.png")


NOTICE = "<notice><p>Essai</p></notice></page>"
CHANGES: dict[str, tuple[Change, str, str]] = {
    "template": (lambda d: change(d.templates / "leaflet-a4" / "leaflet.xml", "</page>", NOTICE), "template", ""),
    "shared step": (
        lambda d: change(d.templates / "_shared" / "steps" / "open-portal.xml", "<h3>", "<h3>Ici : "),
        "template",
        "",
    ),
    "words": (lambda d: change(d.assets / "words" / "fr.toml", "J'ouvre", "Ouvrir"), "template", ""),
    "theme": (lambda d: change(d.assets / "themes" / "default.toml", "#1f3a93", "#1b4332"), "theme", ""),
    "theme below": (
        lambda d: change(d.assets / "themes" / "default.toml", 'gutter = "6.75mm"', 'gutter = "7mm"'),
        "theme",
        "leaflet-a4-grey",
    ),
    "format": (
        lambda d: change(d.assets / "formats" / "card.toml", "title = { size = 12,", "title = { size = 11.5,"),
        "theme",
        "cartes",
    ),
    "campaign": (lambda d: change(d.campaign, "Section d’essai", "Autre section"), "inputs", ""),
    "table": (lambda d: change(d.list, "Lycée Descartes", "Lycée René Descartes"), "inputs", ""),
    "logo": (logo, "inputs", ""),
    "printer": (lambda d: (d.folder / "printer.toml").write_text(PRINTER), "inputs", "cartes"),
    "addresses": (lambda d: (d.folder / "addresses.toml").write_text(ADDRESSES, "utf-8"), "inputs", ""),
    "profile": (lambda d: change(d.assets / "elections" / "2018.toml", "2018-12-06", "2018-12-07"), "inputs", ""),
}


def taken(project: Project, sources: SourceFiles, document: str = "") -> dict[str, str]:
    """The digests of what a document is made from, of the first one without a name."""
    found = next(one for one in load_campaign(project.campaign, Report()).documents if document in ("", one.name))
    design = sources.digest_template(found.template), sources.digest_theme(found.theme, found.template)
    return dict(zip(("inputs", "template", "theme"), (sources.digest_inputs(), *design), strict=True))


@pytest.mark.parametrize("kind", CHANGES)
def test_a_change_is_seen(project: Project, kind: str) -> None:
    """Each kind of file: another digest, and it is known of what."""
    act, part, document = CHANGES[kind]
    sources = SourceFiles(campaign=project.campaign)
    before = taken(project, sources, document)
    assert taken(project, sources, document) == before
    act(project)
    after = taken(project, sources, document)
    assert [name for name, digest in before.items() if after[name] != digest] == [part]


UNCHANGED: dict[str, Change] = {
    "saved again": lambda d: d.list.write_text(d.list.read_text("utf-8"), "utf-8"),
    "touched": lambda d: os.utime(d.templates / "leaflet-a4" / "leaflet.xml"),
    "another template": lambda d: change(d.templates / "leaflet-a5" / "leaflet.xml", "</page>", "<p>x</p></page>"),
    "another theme": lambda d: change(d.assets / "themes" / "grey.toml", "description", "# description"),
    "another format": lambda d: (d.assets / "formats" / "a5.toml").unlink(),
    "another profile": lambda d: (d.assets / "elections" / "2014.toml").unlink(),
    "what an editor leaves": lambda d: (d.templates / "leaflet-a4" / ".leaflet.xml.swp").write_text("x"),
    "a file beside": lambda d: (d.folder / "notes.txt").write_text("x"),
}


@pytest.mark.parametrize("kind", UNCHANGED)
def test_nothing_has_changed(project: Project, kind: str) -> None:
    """What is saved without a change, and what a page is not made from, does not count."""
    sources = SourceFiles(campaign=project.campaign)
    before = taken(project, sources)
    UNCHANGED[kind](project)
    assert taken(project, sources) == before


_opened: list[str] | None = None


def _hear(event: str, args: tuple[Any, ...]) -> None:
    if event == "open" and _opened is not None and isinstance(args[0], str | Path):
        _opened.append(str(args[0]))


sys.addaudithook(_hear)  # none can be taken away again


def test_no_file_is_read_that_does_not_count(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """What beside a campaign is opened to lay a page out is in the digests: else pages would stay as they were."""
    global _opened
    for name in (ADDRESSES_FILE, *get_args(TableFile)):
        (project.folder / name).write_text("", "utf-8")
    (project.folder / PRINTER_FILE).write_text(PRINTER, "utf-8")
    for kind in set(get_args(Kind)) - {"templates", "elections", "mails"}:
        shutil.copytree(project.assets / kind, project.folder / kind)
    shutil.copytree(project.templates, project.folder / "templates")
    (project.folder / "elections").mkdir()
    shutil.copy(project.assets / "elections" / "2018.toml", project.folder / "elections")
    sources, counted = SourceFiles(campaign=project.campaign), set[str]()
    digest = SourceDigests.digest
    monkeypatch.setattr(SourceDigests, "digest", lambda self, path: counted.add(str(path)) or digest(self, path))
    _opened = []
    materials = load_inputs(project.options(), Report())
    for document in materials.campaign.documents:
        next(iter(DocumentMaker(materials, document).try_out(materials.schools[0])))
    read, _opened = {name for name in _opened if name.startswith(f"{project.folder}/")}, None
    for document in materials.campaign.documents:
        sources.digest_template(document.template), sources.digest_theme(document.theme, document.template)
    sources.digest_inputs()
    kinds = {Path(name).relative_to(project.folder).parts[0] for name in read}
    assert kinds > {ADDRESSES_FILE, "templates", "themes"}
    assert sorted(read - counted) == []
