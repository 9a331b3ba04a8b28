"""A ZIP archive gets its name when it is complete, one build at a time writes it, and one with names is private."""

import gc
import json
import os
import signal
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from benchmarks.generate import COUNTRY, write_campaign
from leaflet.faults import LeafletError, RenderError
from leaflet.production.archive import Member, check_archive, waiting_of, write_archive
from leaflet.production.build import Interrupted, build
from leaflet.production.build_options import BuildOptions
from leaflet.production.manifest import NAME, Manifest, manifest_lines
from leaflet.production.staging import PARTIAL, locked
from tests.production.build_processes import building, journal_size
from tests.production.test_build import BAD_LETTER, GOOD, campaign
from tests.support import codes_of

LIST = [*manifest_lines(Manifest(version="1", campaign="campaign.toml", election="2018", entries=[]))]
TEXT, NAMES = ("a/text.pdf", b"1" * 1000, False), ("b/names.pdf", b"2" * 1000, True)


def archive(path: Path, files: Iterable[Member] = (), listed: str = NAME) -> None:
    waiting_of(path).mkdir(exist_ok=True)
    write_archive(path, listed, LIST, files)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_members_are_stored_with_their_permissions(tmp_path: Path) -> None:
    """Members have the order they came in, without time or system; the manifest comes last."""
    archive(tmp_path / "out.zip", [TEXT, NAMES])
    with zipfile.ZipFile(tmp_path / "out.zip") as found:
        assert found.testzip() is None
        members = found.infolist()
        assert [member.filename for member in members] == ["a/text.pdf", "b/names.pdf", "manifest.json"]
        assert [found.read(member) for member in members] == [TEXT[1], NAMES[1], b"".join(LIST)]
    assert [member.external_attr >> 16 for member in members] == [0o100644, 0o100600, 0o100644]
    assert {(m.date_time, m.create_system, m.flag_bits) for m in members} == {((1980, 1, 1, 0, 0, 0), 3, 0)}
    stored, packed = zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED  # what was packed before, and their list
    assert [member.compress_type for member in members] == [stored, stored, packed]


def test_an_archive_with_names_is_private_before_they_are_in_it(tmp_path: Path) -> None:
    for name, files in (("text.zip", [TEXT]), ("names.zip", [TEXT, NAMES])):
        modes: list[int] = []

        def noting(files: list[Member], out: Path, modes: list[int]) -> Iterator[Member]:
            yield from files
            (partial,) = waiting_of(out).iterdir()
            modes.append(stat.S_IMODE(partial.stat().st_mode))

        archive(tmp_path / name, noting(files, tmp_path / name, modes))
        modes.append(stat.S_IMODE((tmp_path / name).stat().st_mode))
        assert modes == [0o600 if NAMES in files else 0o666 & ~_umask()] * 2


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def test_until_it_is_complete_it_has_no_name(tmp_path: Path) -> None:
    """An earlier archive stays until the new one is complete; of one that fails nothing is left."""
    archive(tmp_path / "out.zip")
    earlier = (tmp_path / "out.zip").read_bytes()

    def failing() -> Iterator[Member]:
        yield TEXT
        assert (tmp_path / "out.zip").read_bytes() == earlier
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        archive(tmp_path / "out.zip", failing())
    assert not list(waiting_of(tmp_path / "out.zip").iterdir())
    assert (tmp_path / "out.zip").read_bytes() == earlier


def _zip(path: Path, **members: bytes) -> None:
    with zipfile.ZipFile(path, "w") as file:
        for name, data in members.items():
            file.writestr(name.replace("_", "."), data)


FOREIGN: dict[str, Callable[[Path], object]] = {
    "photos": lambda path: _zip(path, photo_jpg=b"x"),
    "a list of something else": lambda path: _zip(path, manifest_json=b'{"name": "app", "files": []}'),
    "a list that is none": lambda path: _zip(path, manifest_json=b"\xff" * 5000),
    "no member": _zip,
    "text": lambda path: path.write_text("Notes\n", "utf-8"),
    "nothing": lambda path: path.touch(),
    "half an archive": lambda path: (_zip(path, a=b"x" * 99), os.truncate(path, 60)),
    "pipe": os.mkfifo,
    "device": lambda path: path.symlink_to("/dev/null"),
    "a link to nowhere": lambda path: path.symlink_to("elsewhere"),
}


def _bytes(path: Path) -> bytes | str:
    return path.read_bytes() if path.is_file() and not path.is_symlink() else str(path.lstat()[:7])


@pytest.mark.skipif(os.name == "nt", reason="has neither pipes nor devices among its files")
@pytest.mark.parametrize("kind", FOREIGN)
def test_what_no_build_made_is_not_replaced(tmp_path: Path, kind: str) -> None:
    """Whatever has the name of the archive without our list in it stays as it is, and is told of at once."""
    FOREIGN[kind](tmp_path / "out.zip")
    before = _bytes(tmp_path / "out.zip")
    assert codes_of(lambda: check_archive(tmp_path / "out.zip"), RenderError) == [
        "W116" if kind == "pipe" else "W112"
    ]
    assert (_bytes(tmp_path / "out.zip"), [path.name for path in tmp_path.iterdir()]) == (before, ["out.zip"])


def test_what_came_while_files_were_made_is_not_replaced(tmp_path: Path) -> None:
    """The files wait; those of them that nobody asks for then are not in the archive, nor in its list."""
    path, out = write_campaign(tmp_path / "campaign", 3), tmp_path / "out.zip"

    def put_there(done: int, total: int, _name: str) -> None:
        if done == total:
            out.write_bytes(b"photos")

    assert codes_of(lambda: build(BuildOptions(campaign=path, out=out, progress=put_there)), RenderError) == ["W112"]
    assert out.read_bytes() == b"photos"
    out.unlink()
    one = build(BuildOptions(campaign=path, out=out, only=frozenset({"0370000Z"})))
    assert (one.files, one.made, one.stale) == (1, 0, ())
    with zipfile.ZipFile(out) as found:
        (leaflet,) = set(found.namelist()) - {NAME}
        assert [entry["file"] for entry in json.loads(found.read(NAME))["files"]] == [leaflet]


def test_what_a_build_made_is_replaced(tmp_path: Path) -> None:
    for listed in ("manifest.json", "manifest-1-of-3.json", "manifest.json"):
        archive(tmp_path / "out.zip", listed=listed)
        with zipfile.ZipFile(tmp_path / "out.zip") as found:
            assert found.namelist() == [listed]


def test_an_archive_with_something_of_somebody_else_is_not_replaced(tmp_path: Path) -> None:
    path, out = campaign(tmp_path / "campaign", GOOD), tmp_path / "out.zip"
    for _ in range(2):
        build(BuildOptions(campaign=path, out=out))
    with zipfile.ZipFile(out, "a") as found:
        found.writestr("photo.jpg", b"mine")
    before = out.read_bytes()
    assert codes_of(lambda: build(BuildOptions(campaign=path, out=out)), RenderError) == ["W112"]
    assert out.read_bytes() == before


def test_a_build_that_fails_complains_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = campaign(tmp_path / "campaign", GOOD, BAD_LETTER.replace("B;", "C;").replace("é", "学"))
    with pytest.raises(LeafletError):
        build(BuildOptions(campaign=path, out=tmp_path / "out.zip"))
    gc.collect()
    assert (capsys.readouterr().err, [entry.name for entry in tmp_path.iterdir()]) == ("", ["campaign"])


def test_one_that_was_stopped_goes_on(tmp_path: Path) -> None:
    """A resumed build makes no file again; its archive has the bytes of one made at once."""
    path = write_campaign(tmp_path / "campaign", 6, COUNTRY)
    done = list[tuple[int, int]]()

    def stop_at_four(count: int, total: int, _name: str) -> None:
        done.append((count, total))
        if count == 4:
            raise KeyboardInterrupt

    whole, parted = tmp_path / "whole.zip", tmp_path / "parted.zip"
    build(BuildOptions(campaign=path, out=whole))
    options = BuildOptions(campaign=path, out=parted, progress=stop_at_four)
    with pytest.raises(Interrupted) as caught:
        build(options)
    assert (caught.value.done, caught.value.total) == (4, 6)
    assert not parted.exists()
    build(options)
    assert (done, parted.read_bytes()) == ([(number, 6) for number in range(1, 7)], whole.read_bytes())
    assert names_in(tmp_path) == ["campaign", "parted.zip", "whole.zip"]


def test_two_builds_do_not_write_one_archive(tmp_path: Path) -> None:
    path = write_campaign(tmp_path / "campaign", 1)
    waiting_of(tmp_path / "out.zip").mkdir()
    with locked(waiting_of(tmp_path / "out.zip")):
        assert codes_of(lambda: build(BuildOptions(campaign=path, out=tmp_path / "out.zip")), RenderError) == ["W105"]
        build(BuildOptions(campaign=path, out=tmp_path / "other.zip"))  # beside it
    build(BuildOptions(campaign=path, out=tmp_path / "out.zip"))
    assert (tmp_path / "out.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()


def test_one_that_was_killed_goes_on(tmp_path: Path) -> None:
    """A killed build leaves no lock; half an archive is replaced, and the new one does not get its permissions."""
    path, out = write_campaign(tmp_path / "campaign", 200), tmp_path / "out.zip"
    with building(path, out, "--jobs", "1", is_held=True) as running:
        assert running.wait_for(lambda: journal_size(waiting_of(out)) > 0)
        running.signal(signal.SIGKILL)
    assert not out.exists()
    (half := waiting_of(out) / f"{PARTIAL}.zip").write_bytes(b"PK")
    half.chmod(0o600)
    assert build(BuildOptions(campaign=path, out=out)).made < 200
    assert names_in(tmp_path) == ["campaign", "out.zip"]
    assert stat.S_IMODE(out.stat().st_mode) == 0o666 & ~_umask()
    with zipfile.ZipFile(out) as found:
        assert found.testzip() is None
