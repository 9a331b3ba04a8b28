"""The folder of a build: what its list says, what lies there, and which files may hold names."""

from pathlib import Path

import pytest

from leaflet.faults import LeafletError
from leaflet.preflight.report.gallery import Built, read_output
from leaflet.production.manifest import Entry
from tests.support import listing_of


def folder_with(out: Path, *entries: Entry, files: tuple[str, ...] = ()) -> Built:
    """A folder with a manifest of these entries and these files, read."""
    for name in files:
        path = out / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"%PDF-")
        path.chmod(0o644)
    (out / "manifest.json").write_bytes(listing_of(entries))
    return read_output(out)


def entry(file: str, record: str = "0370035M", *, personal: bool = False) -> Entry:
    return Entry(record=record, document="d", file=file, pages=1, sha256="0" * 64, personal=personal)


def test_files_are_those_of_the_manifest(tmp_path: Path) -> None:
    """With what it says of them; one that is missing is left out, one that is not listed is there."""
    entries = entry("d/b.pdf"), entry("d/a.pdf"), entry("d/gone.pdf")
    built = folder_with(tmp_path, *entries, files=("d/a.pdf", "d/b.pdf", "old/z.pdf"))
    found = [(file.name, file.document) for file in built.files]
    assert found == [("d/a.pdf", "d"), ("d/b.pdf", "d"), ("old/z.pdf", "old")]
    assert [file.record for file in built.files[:2]] == ["0370035M"] * 2


def test_a_list_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    """A file elsewhere counts as missing and is never opened."""
    (tmp_path / "secret.pdf").write_bytes(b"%PDF-")
    (tmp_path / "out").mkdir()
    built = folder_with(tmp_path / "out", entry("../secret.pdf"), entry("d/a.pdf"), files=("d/a.pdf",))
    assert [file.name for file in built.files] == ["d/a.pdf"]


def test_what_may_hold_names_is_personal(tmp_path: Path) -> None:
    """A stranger beside files with names, or one that its owner alone may read."""
    built = folder_with(tmp_path, entry("d/a.pdf", personal=True), files=("d/a.pdf", "d/b.pdf", "e/c.pdf", "e/d.pdf"))
    (tmp_path / "e" / "d.pdf").chmod(0o600)
    built = read_output(tmp_path)
    personal = {file.name: file.is_personal for file in built.files}
    assert personal == {"d/a.pdf": True, "d/b.pdf": True, "e/c.pdf": False, "e/d.pdf": True}


def test_any_folder_of_pdf_files_will_do(tmp_path: Path) -> None:
    """Without a manifest nothing is said of what is not listed; half-written builds are left alone."""
    for name in ("a.pdf", "sub/b.pdf", ".leaflet-partial-x/c.pdf"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"%PDF-")
    built = read_output(tmp_path)
    assert {(file.name, file.document) for file in built.files} == {("a.pdf", tmp_path.name), ("sub/b.pdf", "sub")}
    assert built.manifest is None


def test_volumes_of_a_print_run_are_one_document(tmp_path: Path) -> None:
    """Before its packing list, which nobody hands out."""
    for name in ("print-run-leaflet-a4-01.pdf", "print-run-leaflet-a4-02.pdf", "packing-list-leaflet-a4.pdf"):
        (tmp_path / name).write_bytes(b"%PDF-")
    documents = [file.document for file in read_output(tmp_path).files]
    assert documents == ["print-run-leaflet-a4", "print-run-leaflet-a4", "packing-list-leaflet-a4"]


@pytest.mark.parametrize(("name", "code"), [("absent", "U070"), ("file", "U070"), ("empty", "U071")])
def test_nothing_to_report_on(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "empty").mkdir()
    with pytest.raises(LeafletError) as caught:
        read_output(tmp_path / name)
    assert [fault.code for fault in caught.value.faults] == [code] and caught.value.exit_code == 2
