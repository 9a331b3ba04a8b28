"""Pictures as files: what the build makes, all or none, under names without people, private where they show some."""

import shutil
import stat
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from leaflet.faults import Fault, LeafletError
from leaflet.files.raster import Raster, make_png
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.preview import draw_pages, preview
from tests.previews.conftest import BALZAC, CARDS, DESCARTES, STAFF, VINCI, ZOLA, Project, change
from tests.support import leaflet_pdf


def long_text(words: int) -> str:
    return "<p>" + "mot\n" * words + "</p></page>"


def with_names(project: Project) -> None:
    change(project.campaign, 'schools = "ecoles.csv"', 'schools = "ecoles.csv"\nstaff = "personnels.csv"')
    project.campaign.write_text(project.campaign.read_text("utf-8") + CARDS, "utf-8")
    (project.folder / "personnels.csv").write_text(STAFF, "utf-8")


def refusal(project: Project, **options: Any) -> list[Fault]:
    """The faults that stop a preview, which writes nothing then."""
    with pytest.raises(LeafletError) as caught:
        preview(project.options(**options))
    assert not (project.folder / "preview").exists()
    return caught.value.faults


@pytest.mark.parametrize("document", ["leaflet-a4", "cartes", "leaflet-a4-grey"])
def test_pictures_are_those_of_the_build(project: Project, document: str) -> None:
    """Every page of the finished file, pixel for pixel, made from the same bytes."""
    build(BuildOptions(campaign=project.campaign, out=project.folder / "out", verify=False))
    (path,) = (project.folder / "out" / document).glob(f"{VINCI}-*.pdf")
    result = preview(project.options(document=document, only=frozenset({VINCI})))
    assert [one.read_bytes() for one in result.paths] == draw_pages(path.read_bytes(), 110)
    assert not [fault for fault in result.faults if fault.severity == "error"]


@pytest.mark.parametrize(("dpi", "size"), [(72, (595, 842)), (110, (909, 1286)), (144, (1191, 1684))])
def test_an_a4_page(dpi: int, size: tuple[int, int]) -> None:
    """210 × 297 mm in pixels, and a PNG of just that size, in colour."""
    pictures = draw_pages(leaflet_pdf(), dpi)
    assert len(set(pictures)) == 2
    for data in pictures:
        image = Image.open(BytesIO(data))
        assert (image.format, image.size) == ("PNG", pytest.approx(size, abs=1))
        assert len({pixel for _, pixel in image.convert("RGB").getcolors(1 << 24) or []}) > 2


def test_the_size_of_pictures(project: Project) -> None:
    """Dots per inch, but never more than 300."""
    for asked, dpi in ((36, 36), (300, 300), (400, 300)):
        with Image.open(preview(project.options(document="cartes", dpi=asked)).paths[0]) as picture:
            assert picture.width == pytest.approx(210 / 25.4 * dpi, abs=1)


def names(folder: Path) -> list[str]:
    """The files of a folder, hidden ones too."""
    return sorted(path.name for path in folder.iterdir())


def test_what_is_drawn(project: Project) -> None:
    """Every document in the order of the campaign, a sample of one, or the schools that are named."""
    result = preview(project.options())
    stems = [f"{document}-{DESCARTES}" for document in ("leaflet-a4", "cartes", "leaflet-a4-grey")]
    assert [path.name for path in result.paths] == [f"{stem}-p{page}.png" for stem in stems for page in (1, 2)]
    assert names(project.folder / "preview") == sorted(path.name for path in result.paths)
    assert not result.is_personal
    result = preview(project.options(document="leaflet-a4", sample=2))
    assert {path.name[: -len("-p1.png")] for path in result.paths} == {
        f"leaflet-a4-{uai}" for uai in (DESCARTES, VINCI)
    }
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
        f"leaflet-a4-{DESCARTES}-p1.png", f"leaflet-a4-{DESCARTES}-p2.png", f"leaflet-a4-{DESCARTES}-p4.png",
        f"leaflet-a4-{DESCARTES}-plan.png", f"leaflet-a4-{BALZAC}-p3.png",
    ]  # fmt: skip


def test_all_or_nothing(project: Project) -> None:
    """One document that cannot be made: all that is wrong is said, and the folder stays as it was."""
    change(project.templates / "memo-card" / "leaflet.xml", "</page>", long_text(900))
    assert {(fault.code, fault.place.record) for fault in refusal(project)} == {("F101", DESCARTES)}


def test_names_of_people(project: Project) -> None:
    """Only the owner can open pictures and folder; no file has a name; a school without people is said."""
    with_names(project)
    result = preview(project.options(document="nominatives"))
    assert result.is_personal
    assert [path.name for path in result.paths] == [f"nominatives-{DESCARTES}-p{page}.png" for page in (1, 2)]
    modes = {stat.S_IMODE(path.stat().st_mode) for path in result.paths}
    assert (modes, stat.S_IMODE((project.folder / "preview").stat().st_mode)) == ({0o600}, 0o700)
    result = preview(project.options(document="nominatives", only=frozenset({ZOLA, DESCARTES})))
    assert [(fault.code, fault.place.record) for fault in result.faults] == [("F202", ZOLA)]
    assert {path.name.split("-")[1] for path in result.paths} == {DESCARTES}


def test_a_template_error(project: Project) -> None:
    """File, line and the line itself."""
    path = project.templates / "leaflet-a4" / "leaflet.xml"
    text = path.read_text("utf-8")
    line = 1 + text[: text.index("<page>")].count("\n")
    change(path, "<page>", "<page><blink>x</blink>")
    (fault,) = refusal(project, document="leaflet-a4")
    assert (fault.code, fault.place.file, fault.place.line) == ("M101", "leaflet-a4/leaflet.xml", line)
    assert "<blink>" in (fault.place.source or "")
    path.write_text(text.replace("<page>", "<page>{% if %}", 1), "utf-8")
    (fault,) = refusal(project, document="leaflet-a4")
    assert (fault.code, fault.place.line) == ("M002", line)


Change = Callable[[Project], object]
FAULTY: dict[str, tuple[Change, str]] = {
    "campaign": (lambda d: change(d.campaign, 'election = "2018"', 'election = "'), "C103"),
    "list gone": (lambda d: d.list.unlink(), "C130"),
    "list empty": (lambda d: d.list.write_text(""), "T104"),
    "its rows": (lambda d: d.list.write_text("uai;nom;commune;code_postal\n0370035X;Lycée;Tours;37000\n"), "T304"),
    "theme": (lambda d: change(d.assets / "themes" / "default.toml", "#1f3a93", "navy"), "M302"),
    "template gone": (lambda d: shutil.rmtree(d.templates / "leaflet-a4"), "M001"),
    "too long": (lambda d: change(d.templates / "leaflet-a4" / "leaflet.xml", "</page>", long_text(4000)), "F101"),
    "no glyph": (lambda d: change(d.list, "Lycée Descartes", "Lycée 学"), "G101"),
    "logo": (lambda d: (d.folder / "logo.png").write_bytes(b"x"), "C137"),
    "printer": (lambda d: (d.folder / "printer.toml").write_text("x"), "P202"),
}


@pytest.mark.parametrize("kind", FAULTY)
def test_whatever_is_wrong_is_said(project: Project, kind: str) -> None:
    act, code = FAULTY[kind]
    act(project)
    assert code in {fault.code for fault in refusal(project)}


def test_other_rows_do_not_matter(project: Project) -> None:
    """A faulty row stops its own page only; of the others there is a count."""
    project.list.write_text(project.list.read_text("utf-8") + "0370041X;Lycée Hugo;Tours;37000;\n", "utf-8")
    result = preview(project.options(document="cartes"))
    assert (result.other_faults, len(result.paths)) == (1, 2)
    shutil.rmtree(project.folder / "preview")
    assert [fault.code for fault in refusal(project, only=frozenset({"0370041X"}))] == ["T304"]


def test_a_note_about_tight_type(project: Project) -> None:
    """Much text is set smaller, which is worth a look and no error."""
    change(project.templates / "leaflet-a4" / "leaflet.xml", "</page>", long_text(60))
    result = preview(project.options(document="leaflet-a4"))
    assert [(fault.code, fault.severity) for fault in result.faults] == [("F201", "note")]
