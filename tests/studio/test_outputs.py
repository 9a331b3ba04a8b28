"""What is made goes into another folder once the disk is full: it has a mark, and nothing else there is touched."""

import errno
import os
import shutil
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace

from leaflet.faults import LeafletError
from leaflet.files.words import load_words
from leaflet.production import staging as storage
from leaflet.studio import output_folders
from leaflet.studio.contract import Room
from leaflet.studio.engine import Engine
from leaflet.studio.free_space import describe, measure
from tests.studio.support import HERE, ready, refused

MB = 1_000_000


@pytest.fixture(scope="module")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ready(path := tmp_path_factory.mktemp("ready") / "Élections").close()
    return path


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    """A folder with room, in which somebody else's files lie."""
    stick = tmp_path / "clé"
    (stick / "Élections").mkdir(parents=True)
    (stick / "Élections" / "depliants.zip").write_bytes(b"of somebody else")
    return stick


@pytest.fixture
def engine(campaign: Path, tmp_path: Path, stick: Path) -> Iterator[Engine]:
    path = shutil.copytree(campaign, tmp_path / "Élections")
    engine = Engine(path, "fr", replace(HERE, places=lambda: [stick, tmp_path / "none", Path("/usr")]))
    yield engine
    engine.close()


def fill(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Have no room below a folder for a fourth file."""
    written, write, usage = list[Path](), storage.write_new, shutil.disk_usage

    def write_three(path: str, data: bytes, **how: bool) -> bytes:
        if Path(path).is_relative_to(folder) and len(written) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        done = write(path, data, **how)
        written.append(Path(path))
        return done

    def free(path: Path) -> object:
        return SimpleNamespace(free=300_000) if Path(path).is_relative_to(folder) else usage(path)

    patch.setattr(storage, "write_new", write_three)
    patch.setattr("shutil.disk_usage", free)


def failed(engine: Engine, *made: str) -> dict[str, Any]:
    with pytest.raises(LeafletError) as caught:
        list(engine.make({"outputs": made}))
    return engine.fault_answer(caught.value)["fault"]


def place_of(engine: Engine) -> Path:
    return Path(engine.call("open", {})["campaign"]["outputs"])


def test_a_full_disk_is_left_and_nothing_is_made_twice(
    engine: Engine, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Room is said in figures; the rest is made elsewhere, as it would have been here, and stays there."""
    here, wanted = engine.folder.path, here_made(engine)
    fill(monkeypatch, here)
    fault = failed(engine, "zip")
    room = fault["room"]
    each = room["kept"] / 3
    assert (room["free"], room["needed"]) == (
        300_000,
        pytest.approx(9 * each, abs=9),
    )  # three files, and the ZIP of six
    assert "Il reste 0,3\u00a0Mo\u202f; il en faut encore 0,8. Videz la corbeille ou choisissez" in fault["text"]
    assert [one["path"] for one in engine.call("places", {})["places"]] == [str(stick)]
    engine.call("choosePlace", {"path": str(stick)})
    there = stick / "Élections 2"
    assert place_of(engine) == there
    assert not (here / output_folders.WAITING).exists()  # its room is free again
    first, *_, last = engine.make({"outputs": ["zip"]})
    assert first["progress"]["done"] == 4 and [one["bytes"] for one in last["result"]["files"]] == [len(wanted)]
    assert not (here / "depliants.zip").exists()
    found = engine.file_path("depliants.zip")
    assert found is not None and (found.parent, found.read_bytes()) == (there, wanted)
    engine.call("answer", {"key": "publisher.name", "value": "Une autre section"})
    engine.call("undo", {})
    other = Engine(here, "fr", engine.folder.environment)
    assert place_of(other) == there
    assert "clé › Élections 2 › depliants.zip" in [one["path"] for one in other.call("proof", {})["kept"]]
    other.call("erase", {"what": "made"})
    assert sorted(path.name for path in stick.rglob("*.zip")) == ["depliants.zip"]
    assert (stick / "Élections" / "depliants.zip").read_bytes() == b"of somebody else"
    other.call("choosePlace", {"path": str(here)})
    assert place_of(other) == here
    other.call("choosePlace", {"path": str(stick)})
    assert place_of(other) == there  # where the mark is still ours


def here_made(engine: Engine) -> bytes:
    """The ZIP as it is made in the folder of the campaign, which is then as it was."""
    list(engine.make({"outputs": ["zip"]}))
    path = engine.folder.path / "depliants.zip"
    made = path.read_bytes()
    path.unlink()
    return made


@pytest.mark.parametrize(
    ("named", "code"),
    [
        *(("nulle part", "W211"), ("..", "W211"), ("{stick}/absent", "W205")),
        *(("{stick}/Élections/depliants.zip", "W205"), ("a\0b", "W211"), ("", "W211"), ("/", "W206")),
        *(("/usr/share", "W206"), ("{stick}/../Élections/.leaflet", "W207"), ("{stick}/link", "W207")),
        *(("{stick}/ours", "W207"), ("{stick}/closed", "W208")),
    ],
)
@pytest.mark.skipif(os.name == "nt", reason="paths of POSIX")
def test_what_is_no_place_for_files_is_refused(
    engine: Engine, stick: Path, named: str, code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a fault in words, and nothing written there."""
    (stick / "link").symlink_to(engine.folder.path)
    (stick / "ours").mkdir()
    (stick / "ours" / ".leaflet-fichiers").write_bytes(b"{}")
    (stick / "closed").mkdir()
    make, before = Path.mkdir, sorted(stick.rglob("*"))

    def refuse(path: Path, *args: Any, **how: Any) -> None:
        if "closed" in path.parts:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        make(path, *args, **how)

    monkeypatch.setattr(Path, "mkdir", refuse)  # rights say nothing to root
    fault = refused(engine, "choosePlace", path=named.format(stick=stick))
    assert (fault["code"], [way.keys() for way in fault["ways"]]) == (code, [{"text"}])
    assert sorted(stick.rglob("*")) == before and place_of(engine) == engine.folder.path


def test_a_name_is_enough_for_what_is_known(
    engine: Engine, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a disk that is plugged in, and of somebody's own folder."""
    monkeypatch.setattr(Path, "home", lambda: tmp_path / "claire")
    (tmp_path / "claire" / "Documents").mkdir(parents=True)
    engine.call("choosePlace", {"path": "Clé"})
    assert place_of(engine).parent == stick
    engine.call("choosePlace", {"path": "Documents"})
    assert place_of(engine).parent == tmp_path / "claire" / "Documents"


def test_a_place_without_room_is_refused(engine: Engine, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(monkeypatch, engine.folder.path.parent)
    failed(engine, "files")
    assert engine.call("places", {})["places"] == []
    assert refused(engine, "choosePlace", path=str(stick))["code"] == "W209"
    assert [path.name for path in stick.iterdir()] == ["Élections"]


def test_what_cannot_be_taken_along_stays(engine: Engine, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk elsewhere ends while files are copied: the making goes on where it was."""
    fill(monkeypatch, engine.folder.path)
    failed(engine, "zip")
    copied, copy = list[Path](), shutil.copyfile

    def copy_two(source: Path, target: Path) -> None:
        copied.append(target)
        if len(copied) > 2:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        copy(source, target)

    monkeypatch.setattr(shutil, "copyfile", copy_two)
    assert refused(engine, "choosePlace", path=str(stick))["code"] == "W208"
    assert [path.name for path in stick.iterdir()] == ["Élections"]
    monkeypatch.undo()
    first, *_ = engine.make({"outputs": ["zip"]})
    assert first["progress"]["done"] == 4


def test_only_what_was_made_is_handed_out(engine: Engine, stick: Path) -> None:
    """Neither what else lies elsewhere, nor what a link leads to; nothing once the mark is not ours."""
    engine.call("choosePlace", {"path": str(stick)})
    there = place_of(engine)
    secret, made = stick / "secret.pdf", there / "depliants"
    made.mkdir()
    for path in (secret, there / "notes.pdf", made / "a.pdf"):
        path.write_bytes(b"%PDF-")
    (made / "link.pdf").symlink_to(secret)
    (there / "copieur").symlink_to(stick)
    names = ("notes.pdf", ".leaflet-fichiers", "depliants/../notes.pdf", "depliants/link.pdf", "copieur/secret.pdf")
    assert [engine.file_path(name) for name in (*names, str(secret))] == [None] * 6
    assert engine.file_path("depliants/a.pdf") == made / "a.pdf"
    (there / ".leaflet-fichiers").write_bytes(b'{"path": "/", "key": "x"}')
    assert engine.file_path("depliants/a.pdf") is None and failed(engine, "files")["code"] == "W210"
    engine.call("erase", {"what": "made"})
    assert (made / "a.pdf").exists()


def test_a_copy_of_a_campaign_makes_its_files_in_its_own_folder(engine: Engine, stick: Path) -> None:
    """Two campaigns never share a folder."""
    engine.call("choosePlace", {"path": str(stick)})
    engine.call("copy", {})
    assert place_of(engine) == engine.folder.path


def test_disks_of_this_machine_are_offered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that somebody plugged in, and the documents."""
    monkeypatch.setattr(Path, "iterdir", lambda root: iter([root / "CLE"] if root.name == "claire" else []))
    monkeypatch.setattr(Path, "is_dir", lambda _: True)
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(output_folders.sys, "platform", "linux")
    wanted = [tmp_path / "Documents", Path("/media/claire/CLE"), Path("/run/media/claire/CLE")]
    assert output_folders.usual_places("claire") == wanted


@pytest.mark.parametrize(
    ("free", "needed", "said"),
    [
        (2 * MB + 90_000, 17 * MB + 1, " Il reste 2 Mo ; il en faut encore 18."),
        (1 * MB, 1_810_000, " Il reste 1 Mo ; il en faut encore 1,9."),
        (0, 300_000, " Il reste moins de 0,1 Mo ; il en faut encore 0,3."),
        (400_000, None, " Il reste 0,4 Mo."),
        (20 * MB, 2 * MB, " Il reste 20 Mo."),
        (200 * MB, 1_500 * MB, " Il reste 0,2 Go ; il en faut encore 1,5."),
        (50 * MB, 2_000 * MB, " Il reste moins de 0,1 Go ; il en faut encore 2."),
        (10**12, 2 * MB, ""),  # a quota is full on a disk with room
        (None, 2 * MB, ""),
    ],
)
def test_room_in_words(free: int | None, needed: int | None, said: str) -> None:
    """What is free is never rounded up, what is needed never down."""
    typeset = said.replace(" Mo", "\u00a0Mo").replace(" Go", "\u00a0Go").replace(" ;", "\u202f;")
    assert describe(Room(free, needed), load_words("studio", "fr")) == typeset


@pytest.mark.parametrize(
    ("left", "done", "files"),
    [
        (("zip",), 2, 4 + 6),
        (("zip", "copier"), 2, 4 + 6),  # what waits for the ZIP is gone by then
        (("zip", "files", "copier"), 2, 4 + 12),
        (("files", "drafts"), 2, 4 + 8),
        (("copier",), 2, 6),  # it begins anew
    ],
)
def test_room_needed_follows_from_what_is_made(
    campaign: Path, tmp_path: Path, left: tuple[str, ...], done: int, files: int
) -> None:
    """Where nothing is made nothing is known."""
    path = tmp_path / "depliants.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, size in (("a/1.pdf", 1000), ("a/2.pdf", 3000), ("manifest.json", 9)):
            archive.writestr(name, bytes(size))
    assert measure(tmp_path, left, done, 6).needed == 2000 * files
    assert measure(tmp_path, left, 0, 0).needed is None
    path.unlink()
    assert measure(tmp_path, left, done, 6).needed is None
