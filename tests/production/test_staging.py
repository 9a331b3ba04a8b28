"""All staged files get their names, or none does, and nothing else is left."""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import Mock

import pytest

from leaflet.faults import RenderError
from leaflet.production.staging import Staging, locked
from tests.support import codes_of, faults_of
from tests.support import snapshot as listing


def put(out: Path, **files: bytes) -> None:
    with Staging(out, replace_others=True) as staging:
        for name, data in files.items():
            staging.write(f"{name.replace('__', '/')}.pdf", data)
        staging.commit()


def test_files_arrive_together(tmp_path: Path) -> None:
    """The folder is made; until the commit nothing has its name; after it nothing else is there."""
    out = tmp_path / "a" / "out"
    with Staging(out, replace_others=True) as staging:
        assert staging.write("leaflet/a.pdf", b"1", read_back=True) == b"1"
        staging.write("manifest.json", b"{}")
        (hidden,) = out.iterdir()
        assert (hidden / "leaflet" / "a.pdf").read_bytes() == b"1"
        assert not (out / "leaflet").exists()
        staging.commit()
    assert listing(out) == {"leaflet/a.pdf": b"1", "manifest.json": b"{}"}
    assert not [path for path in out.iterdir() if path.name.startswith(".")]


@pytest.mark.parametrize(
    "error",
    [None, OSError(errno.EPERM, "no links"), NotImplementedError("follow_symlinks")],
    ids=["no such function", "not on this disk", "only through symbolic links"],
)
def test_without_hard_links_old_files_are_replaced_or_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception | None
) -> None:
    """Files are renamed on disks without links, and where Python has no `os.link`: in a browser, on Android."""
    if error is None:
        monkeypatch.delattr(os, "link")
    else:
        monkeypatch.setattr(os, "link", Mock(side_effect=error))
    put(tmp_path, leaflet__a=b"old")
    put(tmp_path, leaflet__a=b"new", leaflet__b=b"new")
    assert listing(tmp_path) == {"leaflet/a.pdf": b"new", "leaflet/b.pdf": b"new"}
    replace = os.replace

    def failing(source: str, target: str) -> None:
        if target.endswith("b.pdf") and "partial" in source and Path(source).read_bytes() == b"third":
            raise OSError(errno.EACCES, "open in a viewer")
        replace(source, target)

    monkeypatch.setattr(os, "replace", failing)
    with pytest.raises(RenderError):
        put(tmp_path, leaflet__a=b"third", leaflet__b=b"third")
    assert listing(tmp_path) == {"leaflet/a.pdf": b"new", "leaflet/b.pdf": b"new"}


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit])
def test_an_exception_leaves_the_old_files(tmp_path: Path, error: type[BaseException]) -> None:
    put(tmp_path, leaflet__a=b"old")
    with pytest.raises(error), Staging(tmp_path, replace_others=True) as staging:
        staging.write("leaflet/a.pdf", b"new")
        raise error
    assert listing(tmp_path) == {"leaflet/a.pdf": b"old"}


def test_a_new_folder_gets_its_name_as_a_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new folder is renamed as a whole, unless a file of it is staged elsewhere or the folder exists."""
    renamed: list[str] = []
    replace = os.replace
    monkeypatch.setattr(os, "replace", lambda a, b: (renamed.append(Path(b).name), replace(a, b)))
    put(tmp_path, leaflet__a=b"1", leaflet__b=b"2", manifest=b"{}")
    assert renamed == ["leaflet", "manifest.pdf"]
    put(tmp_path, leaflet__a=b"3")
    assert renamed[2:] == ["a.pdf"]
    assert listing(tmp_path) == {"leaflet/a.pdf": b"3", "leaflet/b.pdf": b"2", "manifest.pdf": b"{}"}


def test_a_name_is_written_once(tmp_path: Path) -> None:
    with Staging(tmp_path, replace_others=True) as staging:
        staging.write("a.pdf", b"1")
        assert codes_of(lambda: staging.write("a.pdf", b"2"), RenderError) == ["W101"]


def test_foreign_files_stay(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_bytes(b"mine")
    put(tmp_path, leaflet__a=b"1")
    assert listing(tmp_path) == {"leaflet/a.pdf": b"1", "notes.txt": b"mine"}


@pytest.mark.parametrize("blocked", ["leaflet/b.pdf", "leaflet/a.pdf"])
def test_a_commit_that_fails_gives_no_file_its_name(tmp_path: Path, blocked: str) -> None:
    """When one name cannot be taken (a folder has it), no other file is replaced either."""
    put(tmp_path, leaflet__c=b"old")
    (tmp_path / blocked).mkdir()
    new = dict.fromkeys(("leaflet__a", "leaflet__b", "leaflet__c"), b"new")
    assert faults_of(lambda: put(tmp_path, **new), RenderError)[0].code == "W117"
    assert listing(tmp_path) == {"leaflet/c.pdf": b"old"}


def test_folders_of_killed_runs_are_removed(tmp_path: Path) -> None:
    """What no process works in goes, also if nothing is in it, or it has our number; what another works in stays."""
    names = ("left", str(os.getpid()), "other", "empty")
    left, ours, other, empty = (tmp_path / f".leaflet-partial-{name}" for name in names)
    for folder in (left, ours, other):
        (folder / "leaflet").mkdir(parents=True)
    (ours / "leaflet" / "a.pdf").write_bytes(b"half")
    empty.mkdir()
    with locked(other):
        put(tmp_path, leaflet__a=b"1")
        assert [folder.exists() for folder in (left, ours, other, empty)] == [False, False, True, False]
        assert (tmp_path / "leaflet" / "a.pdf").read_bytes() == b"1"
    put(tmp_path, leaflet__a=b"2")
    assert not other.exists()


def test_a_folder_that_another_run_has_just_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that begins takes the new folder of another one for one that was left: that one makes another."""
    taken: list[Path] = []

    @contextmanager
    def take_first(folder: Path) -> Iterator[None]:
        if not taken:
            taken.append(folder)
            folder.rmdir()
        with locked(folder):
            yield

    monkeypatch.setattr("leaflet.production.staging.locked", take_first)
    put(tmp_path, leaflet__a=b"1")
    assert taken and (tmp_path / "leaflet" / "a.pdf").read_bytes() == b"1"


def test_a_linked_file_is_replaced_not_followed(tmp_path: Path) -> None:
    out, target = tmp_path / "out", tmp_path / "target"
    target.write_bytes(b"mine")
    (out / "leaflet").mkdir(parents=True)
    (out / "leaflet" / "a.pdf").symlink_to(target)
    put(out, leaflet__a=b"1")
    assert target.read_bytes() == b"mine"
    assert not (out / "leaflet" / "a.pdf").is_symlink()


def test_the_output_folder_may_be_a_link(tmp_path: Path) -> None:
    """A user's own link to another disk is followed: it is the folder asked for."""
    (tmp_path / "disk").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "disk")
    put(tmp_path / "out", leaflet__a=b"1")
    assert listing(tmp_path / "disk") == {"leaflet/a.pdf": b"1"}


def test_a_link_out_of_the_folder_stops_before_any_file_is_named(tmp_path: Path) -> None:
    """The other documents of the build keep their old files, too."""
    out = tmp_path / "out"
    put(out, aaa__a=b"old")
    (tmp_path / "elsewhere").mkdir()
    (out / "leaflet").symlink_to(tmp_path / "elsewhere")
    assert faults_of(lambda: put(out, aaa__a=b"new", leaflet__a=b"new"), RenderError)[0].code == "W103"
    (out / "leaflet").unlink()
    assert listing(out) == {"aaa/a.pdf": b"old"}
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.parametrize("name", ["x" * 300, "file/below", "loop"])
def test_a_folder_that_cannot_be_is_a_fault(tmp_path: Path, name: str) -> None:
    """A name too long for the disk, a path below a file, a link to itself: said, with the path."""
    (tmp_path / "file").write_bytes(b"")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    faults = faults_of(lambda: put(tmp_path / name, a=b"1"), RenderError)
    assert faults[0].code in ("W101", "W102") and name[:9] in str(faults[0].place.file)


def test_a_rename_that_fails_takes_the_others_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, leaflet__a=b"old", leaflet__c=b"old")
    replace = os.replace

    def locked(source: str, target: str) -> None:
        if str(target).endswith("leaflet/c.pdf") and Path(source).read_bytes() == b"new":
            raise PermissionError(13, "Permission denied")
        replace(source, target)

    monkeypatch.setattr(os, "replace", locked)
    new = dict.fromkeys(("leaflet__a", "leaflet__b", "leaflet__c"), b"new")
    assert faults_of(lambda: put(tmp_path, **new), RenderError)[0].code == "W101"
    assert listing(tmp_path) == {"leaflet/a.pdf": b"old", "leaflet/c.pdf": b"old"}
