"""What stands behind the paths people type: campaigns, files, folders, outputs and their files with names."""

from pathlib import Path

import pytest

from leaflet.faults import Report
from leaflet.preflight.targets import CheckTargets, FileFilter, find_targets
from leaflet.production.manifest import Entry
from tests.preflight import cases_file
from tests.preflight.samples import drawn
from tests.support import listing_of


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"%PDF-")
    return path


def entry(document: str, record: str, *, personal: bool = False, file: str | None = None) -> Entry:
    name = file or f"{document}/{record}.pdf"
    return Entry(record=record, document=document, file=name, pages=1, sha256="0" * 64, personal=personal)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """An output with leaflets and cards, a file it does not know, one that is gone, and one far away."""
    entries = [
        *(entry("cards", "0370001A", personal=True), entry("leaflet", "0370001A"), entry("leaflet", "0370040T")),
        *(entry("leaflet", "gone"), entry("leaflet", "far", file="../../etc/passwd")),
    ]
    for name in ("cards/0370001A", "cards/old", "leaflet/0370001A", "leaflet/0370040T", "extra"):
        touch(tmp_path / "out" / f"{name}.pdf")
    (tmp_path / "out" / "manifest.json").write_bytes(listing_of(entries))
    return tmp_path / "out"


def found(*paths: Path, wanted: FileFilter | None = None) -> tuple[CheckTargets, list[str]]:
    report = Report()
    return find_targets(paths, report, wanted), [fault.code for fault in report]


def names(targets: CheckTargets, root: Path, *, personal: bool | None = None) -> list[str]:
    return [
        target.path.relative_to(root).as_posix() for target in targets.files if personal in (None, target.is_personal)
    ]


def test_an_output(out: Path) -> None:
    """All its files, those too that the manifest misses or names in vain; nothing outside of it; it itself."""
    targets, faults = found(out)
    assert faults == []
    assert names(targets, out) == [
        *("cards/0370001A.pdf", "cards/old.pdf", "extra.pdf"),
        *("leaflet/0370001A.pdf", "leaflet/0370040T.pdf", "leaflet/gone.pdf"),
    ]
    assert [output.folder for output in targets.outputs] == [out] and len(targets.outputs[0].files) == 5
    assert names(found(out)[0], out, personal=True) == ["cards/0370001A.pdf", "cards/old.pdf"]
    assert [target.is_personal for target in found(out / "cards" / "0370001A.pdf")[0].files] == [True]
    assert [target.is_personal for target in found(out / "leaflet" / "0370001A.pdf")[0].files] == [False]
    targets, _ = found(out, wanted=FileFilter(document="leaflet", records=frozenset({"0370001A"})))
    assert names(targets, out) == ["leaflet/0370001A.pdf"] and targets.outputs == ()
    touch(out.parent / "b" / "LOOSE.PDF")
    (out.parent / "notes.txt").write_text("")
    targets, _ = found(out.parent)
    assert names(targets, out.parent)[-1] == "b/LOOSE.PDF" and len(targets.files) == 7
    assert [output.folder for output in targets.outputs] == [out]


def test_a_print_run_is_an_output(tmp_path: Path) -> None:
    """Known by its packing list; it has no manifest."""
    touch(tmp_path / "print-run-leaflet-a4.pdf")
    (tmp_path / "packing-list-leaflet-a4.csv").write_text("")
    targets, _ = found(tmp_path)
    assert [(output.folder, output.manifest) for output in targets.outputs] == [(tmp_path, None)]
    assert names(targets, tmp_path) == ["print-run-leaflet-a4.pdf"]


def test_files_and_campaigns(tmp_path: Path) -> None:
    """Each file once, however often it is named; a link that leads nowhere is judged, and cannot be opened."""
    targets, faults = found(touch(tmp_path / "a.pdf"), tmp_path, tmp_path / "campaign.toml")
    assert (len(targets.files), targets.campaigns, faults) == (1, (tmp_path / "campaign.toml",), [])
    (tmp_path / "empty").mkdir()
    assert found(tmp_path / "c.pdf", tmp_path / "empty", tmp_path / "b.pdf")[1] == ["U040", "U042", "U040"]
    (tmp_path / "link.pdf").symlink_to(tmp_path / "nowhere.pdf")
    assert found(tmp_path / "link.pdf")[1] == []


def test_files_go_with_one_campaign(tmp_path: Path) -> None:
    """Whose they would be otherwise nobody can tell."""
    path = tmp_path / "a.pdf"
    path.write_bytes(drawn(cases_file.text))
    one, two = tmp_path / "a.toml", tmp_path / "b.toml"
    assert found(one, path)[1] == [] and found(one, two)[1] == [] and found(one, two, path)[1] == ["U041"]
    report = Report()
    find_targets([path], report, out=tmp_path)
    assert [fault.code for fault in report] == ["U041"]
