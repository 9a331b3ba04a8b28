"""Pictures as files: all or none, under names without people, private where they show people."""

import stat
from pathlib import Path

import pytest

from leaflet.faults import LeafletError
from leaflet.previews.options import RecordSelection
from leaflet.previews.picture_files import preview
from leaflet.previews.views import View
from leaflet.rasters import Raster, make_png
from tests.previews.conftest import BALZAC, DESCARTES, VINCI, Project, change
from tests.previews.test_view_cache import CARDS, STAFF, long_text


def names(folder: Path) -> list[str]:
    """The files of a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def test_a_page_a_file(project: Project) -> None:
    """Of every document, in the order of the campaign; what is in them is what the browser would show."""
    result = preview(project.options())
    stems = [f"{document}-{DESCARTES}" for document in ("leaflet-a4", "cartes", "leaflet-a4-grey")]
    assert [path.name for path in result.paths] == [f"{stem}-p{page}.png" for stem in stems for page in (1, 2)]
    assert names(project.folder / "preview") == sorted(path.name for path in result.paths)
    rendered = project.view_cache().render(View())
    assert [path.read_bytes() for path in result.paths[:2]] == [picture.data for picture in rendered.pictures]
    assert not result.is_personal


def test_a_sample_of_one_document(project: Project) -> None:
    """As many records as were asked for."""
    result = preview(project.options(document="leaflet-a4", selection=RecordSelection(sample=2)))
    assert {path.name[: -len("-p1.png")] for path in result.paths} == {
        f"leaflet-a4-{uai}" for uai in (DESCARTES, VINCI)
    }


def test_schools_named_one_by_one(project: Project) -> None:
    """All of them are wanted, not the first of them."""
    result = preview(project.options(document="cartes", only=frozenset({BALZAC, VINCI})))
    assert len({path.name.rpartition("-")[0] for path in result.paths}) == 2


def test_a_page_that_is_no_more(project: Project) -> None:
    """Its picture goes; other files of the folder stay, also those of somebody else that are called like pictures."""
    out = project.folder / "preview"
    out.mkdir()
    (out / f"leaflet-a4-{DESCARTES}-p3.png").write_bytes(make_png(Raster(1, 1, b"\0")))
    for name in (f"leaflet-a4-{DESCARTES}-plan.png", f"leaflet-a4-{DESCARTES}-p4.png", f"leaflet-a4-{BALZAC}-p3.png"):
        (out / name).write_bytes(b"x")
    preview(project.options(document="leaflet-a4"))
    assert names(out) == [
        f"leaflet-a4-{DESCARTES}-p1.png",
        f"leaflet-a4-{DESCARTES}-p2.png",
        f"leaflet-a4-{DESCARTES}-p4.png",
        f"leaflet-a4-{DESCARTES}-plan.png",
        f"leaflet-a4-{BALZAC}-p3.png",
    ]


def test_all_or_nothing(project: Project) -> None:
    """One document that cannot be made: all that is wrong is said, and the folder stays as it was."""
    change(project.templates / "memo-card" / "leaflet.xml", "</page>", long_text(900))
    with pytest.raises(LeafletError) as caught:
        preview(project.options())
    assert {(fault.code, fault.place.record) for fault in caught.value.faults} == {("F101", DESCARTES)}
    assert not (project.folder / "preview").exists()


def test_names_of_people_are_private(project: Project) -> None:
    """Only the owner can open the pictures and the folder; no name is in a file's name."""
    change(project.campaign, 'schools = "ecoles.csv"', 'schools = "ecoles.csv"\nstaff = "personnels.csv"')
    project.campaign.write_text(project.campaign.read_text("utf-8") + CARDS, "utf-8")
    (project.folder / "personnels.csv").write_text(STAFF, "utf-8")
    result = preview(project.options(document="nominatives"))
    assert result.is_personal
    assert [path.name for path in result.paths] == [f"nominatives-{DESCARTES}-p{page}.png" for page in (1, 2)]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in result.paths}
    assert (modes, stat.S_IMODE((project.folder / "preview").stat().st_mode)) == ({0o600}, 0o700)
