"""A file held against the one that was expected: what is told, and what is packing."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from leaflet.preflight.compare.with_expected import Part, compare_with_expected
from tests.preflight.samples import edited
from tests.support import leaflet_pdf

Edit = Callable[[pikepdf.Pdf], object]


def saved(edit: Edit = lambda _pdf: None, **options: Any) -> bytes:
    return edited(leaflet_pdf(), edit, **options)


def _say_who(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        metadata["pdf:Producer"] = "essai"
        metadata["xmp:ModifyDate"] = "2026-11-27T12:00:00Z"
    pdf.docinfo["/Producer"] = "essai"
    pdf.docinfo["/CreationDate"] = "D:20261101120000Z"
    pdf.docinfo["/ModDate"] = "D:20261127120000Z"


def _join_contents(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        page.contents_coalesce()


PACKED: dict[str, Callable[[], bytes]] = {
    "saved": saved,
    "linearized": lambda: saved(linearize=True),
    "object streams": lambda: saved(object_stream_mode=pikepdf.ObjectStreamMode.generate),
    "compressed anew": lambda: saved(recompress_flate=True),
    "not compressed": lambda: saved(
        compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized
    ),
    "readable": lambda: saved(qdf=True),
    "signed by a program": lambda: saved(_say_who),
    "contents joined": lambda: saved(_join_contents),
}


@pytest.mark.parametrize("make", PACKED.values(), ids=list(PACKED))
def test_another_packing_is_no_difference(make: Callable[[], bytes]) -> None:
    found = compare_with_expected(leaflet_pdf(), make())
    assert found.is_packing, found


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_a_file_written_anew_by_a_program_of_its_own(tmp_path: Path) -> None:
    """Pages are taken out and put together again, without what nobody uses."""
    (tmp_path / "a.pdf").write_bytes(leaflet_pdf())
    command = ["qpdf", "--remove-unreferenced-resources=yes", "--coalesce-contents", "--compression-level=1"]
    subprocess.run([*command, "--recompress-flate", "a.pdf", "b.pdf"], cwd=tmp_path, check=True)
    assert compare_with_expected(leaflet_pdf(), (tmp_path / "b.pdf").read_bytes()).is_packing


def _first(pdf: pikepdf.Pdf, key: str) -> Any:
    return next(item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and key in item)


def _set(target: Callable[[pikepdf.Pdf], Any], key: str, value: object) -> Edit:
    def edit(pdf: pikepdf.Pdf) -> None:
        target(pdf)[key] = value

    return edit


def _title_in_xmp(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.Metadata
    stream.write(stream.read_bytes().replace(b"professionnelles", b"annulees"))


def _lie_to_copy(pdf: pikepdf.Pdf) -> None:
    stream = _first(pdf, "/ToUnicode").ToUnicode
    stream.write(stream.read_bytes().replace(b"<0031>", b"<0032>"))


SCRIPT = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
UNSEEN: dict[str, tuple[Edit, Part]] = {
    "read out": (_set(lambda pdf: _first(pdf, "/Alt"), "/Alt", pikepdf.String("reporté")), "tags"),
    "language": (_set(lambda pdf: pdf.Root, "/Lang", pikepdf.String("en")), "tags"),
    "title": (_set(lambda pdf: pdf.docinfo, "/Title", pikepdf.String("autre")), "metadata"),
    "title in XMP": (_title_in_xmp, "metadata"),
    "a drawing behind the page": (
        lambda pdf: pdf.pages[0].Contents.append(pdf.make_stream(b"q 1 g 0 0 1 1 re f Q")),
        "pages",
    ),
    "attached file": (
        lambda pdf: pdf.attachments.__setitem__("a.txt", pikepdf.AttachedFileSpec(pdf, b"a")),
        "actions",
    ),
    "script": (_set(lambda pdf: pdf.Root, "/OpenAction", SCRIPT), "actions"),
    "duplex": (_set(lambda pdf: pdf.Root.ViewerPreferences, "/Duplex", pikepdf.Name.Simplex), "settings"),
}


@pytest.mark.parametrize(("edit", "part"), UNSEEN.values(), ids=list(UNSEEN))
def test_what_no_page_shows_is_told(edit: Edit, part: Part) -> None:
    found = compare_with_expected(leaflet_pdf(), saved(edit))
    assert (found.pages, found.parts) == ((), (part,))


def test_a_page_that_is_read_otherwise_or_shows_something_else() -> None:
    """A page that looks right and is copied or read out as something else says something else."""
    assert compare_with_expected(leaflet_pdf(), saved(_lie_to_copy)).pages[0].words
    found = compare_with_expected(leaflet_pdf(name="École du Pont"), leaflet_pdf(name="École du Puits"))
    words = " ".join(token.text for page in found.pages for change in page.words for token in change.new)
    assert "Puits" in words
