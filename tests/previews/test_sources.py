"""Files are known by their content, and what one of them names is found even while the rest of it is wrong."""

import os
import shutil
import sys
from pathlib import Path
from typing import Any, get_args

import pytest

from leaflet.campaign.addresses import ADDRESSES_FILE
from leaflet.faults import Report
from leaflet.previews.sources import SourceDigests, SourceFiles
from leaflet.production.document import DocumentMaker
from leaflet.production.inputs import PRINTER_FILE, load_inputs
from leaflet.resources import Kind, TableFile
from tests.previews.conftest import Project, change
from tests.previews.test_view_cache import PRINTER


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


def test_while_the_campaign_is_being_typed(project: Project) -> None:
    """Its lists stay known: saving one of them is a change."""
    sources = SourceFiles(campaign=project.campaign)
    sources.digest_inputs()
    change(project.campaign, 'election = "2018"', 'election = "')
    faulty = sources.digest_inputs()
    change(project.list, "Lycée Descartes", "Lycée René Descartes")
    assert sources.digest_inputs() != faulty


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


_opened: list[str] | None = None


def _hear(event: str, args: tuple[Any, ...]) -> None:
    if event == "open" and _opened is not None and isinstance(args[0], str | Path):
        _opened.append(str(args[0]))


sys.addaudithook(_hear)  # none can be taken away again


def test_no_file_is_read_that_does_not_count(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever beside a campaign is opened to lay a page out is a part of the digests; here it has all that may be.

    A kind of file that is read from now on, and forgotten here, would leave pages as they were before it changed.
    """
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
        sources.fingerprint(sources.digest_inputs(), document)
    kinds = {Path(name).relative_to(project.folder).parts[0] for name in read}
    assert kinds > {ADDRESSES_FILE, "templates", "themes"}
    assert sorted(read - counted) == []
