"""Files under temporary names until all are good: then they are renamed together, or none is.

A file of the output folder is therefore either the old one or the new one, never a part of one.
"""

import errno
import os
import shutil
import stat
import tempfile
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, NamedTuple, Self

from leaflet.faults import Place, fail

_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_PRIVATE, _COMMON = stat.S_IRUSR | stat.S_IWUSR, 0o666  # less what the user's mask takes away
PARTIAL = ".leaflet-partial"  # how names of folders begin that a build works in


class Staging:
    """A build's files on their way to `out`. Use as a context manager; without `commit` nothing changes."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._folder = out
        self._is_new = False
        self._names: list[str] = []
        self._folders: set[str] = set()
        self._private: set[str] = set()

    def __enter__(self) -> "Staging":
        try:
            if self._out.exists() and not self._out.is_dir():
                raise fail("W102", Place(file=str(self._out)))
            self._is_new = not self._out.exists()
            self._out.mkdir(parents=True, exist_ok=True)
            # a new name each time: a killed run, with the same process number in a container, may have left one
            self._folder = Path(tempfile.mkdtemp(prefix=f"{PARTIAL}-", dir=self._out))
        except OSError as error:
            raise self._fault(error) from None
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._folder != self._out:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._is_new:
            with suppress(OSError):  # not empty: the build went well
                self._out.rmdir()

    def write(self, name: str, data: bytes, *, read_back: bool = False, private: bool = False) -> bytes:
        """Write a file to be called ``out/name``; returns what it then holds, if asked to read it back.

        A `private` file can be read by its owner alone, and so can the folder it is in.
        """
        folder = name.rpartition("/")[0]
        path = self._folder / name
        try:
            self._enter(folder, private=private)
            stored = write_new(path, data, read_back=read_back, private=private)
        except OSError as error:
            raise self._fault(error) from None
        self._names.append(name)
        return stored

    @contextmanager
    def stream(self, name: str) -> Iterator[BinaryIO]:
        """A file to be called ``out/name``, open for writing: for what is too large to be held."""
        try:
            self._enter(name.rpartition("/")[0], private=False)
            with (self._folder / name).open("xb") as file:
                yield file
        except OSError as error:
            raise self._fault(error) from None
        self._names.append(name)

    def discard(self, name: str) -> None:
        """Take back the file just written, if it is this one: what is found wrong gets no name."""
        if self._names and self._names[-1] == name:
            self._names.pop()
            (self._folder / name).unlink(missing_ok=True)

    def path(self, name: str) -> Path:
        """Where a file written so far is until it gets its name."""
        return self._folder / name

    def _enter(self, folder: str, *, private: bool) -> None:
        if folder not in self._folders:
            (self._folder / folder).mkdir(parents=True, exist_ok=True)
            self._folders.add(folder)
        if private:
            self._private.add(folder)

    def commit(self) -> None:
        """Give every file its name."""
        moves = Moves()
        for name in self._names:
            moves.add(name, self._folder)
        try:
            move_into(self._out, moves, private=self._private, spare=self._folder)
        except OSError as error:
            raise self._fault(error) from None

    def _fault(self, error: OSError) -> Exception:
        return fail("W101", Place(file=str(self._out)), problem=error.strerror or str(error))


def write_new(path: Path | str, data: bytes, *, read_back: bool = False, private: bool = False) -> bytes:
    """Write a file that is not there yet; returns what it then holds, if asked to read it back.

    It is read through the file already open: on some disks opening one again costs more than making a leaflet.

    Raises:
        OSError: it is there, or cannot be written.
    """
    handle = os.open(path, _NEW, _PRIVATE if private else _COMMON)
    try:
        write_all(handle, data)
        if not read_back:
            return data
        if not hasattr(os, "pread"):  # Windows
            os.lseek(handle, 0, os.SEEK_SET)
            return os.read(handle, len(data) + 1)
        return os.pread(handle, len(data) + 1, 0)
    finally:
        os.close(handle)


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write a file that is not there yet, piece by piece.

    Raises:
        OSError: it is there, or cannot be written.
    """
    with path.open("xb") as file:
        file.writelines(lines)


def write_all(handle: int, data: bytes) -> None:
    """Write to an open file, which may take a part only when the disk is nearly full.

    Raises:
        OSError: not all of it was written.
    """
    if os.write(handle, data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Moves:
    """Files that are to get their names, by folder, each with a folder where it waits under its name."""

    def __init__(self) -> None:
        self._waiting: defaultdict[str, defaultdict[Path, list[str]]] = defaultdict(lambda: defaultdict(list))

    def add(self, name: str, place: Path) -> None:
        """A file waits in a place, a folder on the disk of the one it goes to."""
        self._waiting[name.rpartition("/")[0]][place].append(name)

    def __bool__(self) -> bool:
        return bool(self._waiting)

    @property
    def folders(self) -> Collection[str]:
        """Those that files go to."""
        return self._waiting.keys()

    def places(self, folder: str) -> Mapping[Path, Collection[str]]:
        """Where files that go to a folder wait, and what they are called."""
        return self._waiting[folder]

    def files(self, without: Container[str] = ()) -> Iterator[tuple[str, Path]]:
        """Each file once, and where it waits.

        Args:
            without: folders that are left out.
        """
        for folder, waiting in self._waiting.items():
            if folder not in without:
                for place, names in waiting.items():
                    yield from ((name, place) for name in dict.fromkeys(names))


def move_into(
    out: Path,
    moves: Moves,
    last: tuple[str, Path] | None = None,
    *,
    private: Collection[str] = (),
    removed: Iterable[str] = (),
    spare: Path,
) -> None:
    """Give files their names in a folder, and take others away: all of it, or nothing.

    Args:
        last: a file that gets its name after all others, and where it waits.
        private: folders of names that only their owner may enter.
        removed: names of files to be taken away before that.
        spare: a folder on the same disk, where what is replaced waits.

    Raises:
        RenderError: a name leads out of the folder (W103).
        OSError: a name cannot be given.
    """
    root, whole, removed = out.resolve(), _new_folders(out, moves), list(removed)
    for name in removed:  # as somebody else's list may say
        if not (out / name).parent.resolve().is_relative_to(root):
            raise fail("W103", Place(file=str(out / name)), name=name)
    for folder in sorted(moves.folders):
        target = out / folder
        (target.parent if folder in whole else target).mkdir(parents=True, exist_ok=True)
        if not target.resolve().is_relative_to(root):
            raise fail("W103", Place(file=str(target)), name=folder)
        if folder in private:
            (whole[folder] / folder if folder in whole else target).chmod(stat.S_IRWXU)
    final = [last] if last is not None else []
    for name, _ in chain(moves.files(without=whole), final):
        target = out / name
        if target.is_dir() and not target.is_symlink():
            raise OSError(errno.EISDIR, os.strerror(errno.EISDIR))
    swap = _Swap(out, Path(tempfile.mkdtemp(dir=spare)))
    with swap:
        swap.give(chain(whole.items(), moves.files(without=whole)))
        swap.take_away(removed)
        swap.give(final)


def _new_folders(out: Path, moves: Moves) -> dict[str, Path]:
    """Folders that are not there yet, whose files wait in one folder with nothing else: it gets the name itself."""
    found = {}
    for folder in moves.folders:
        (place, names), *others = moves.places(folder).items()
        if folder and not others and not os.path.lexists(out / folder):
            waiting = {f"{folder}/{path.name}" for path in (place / folder).iterdir()}
            if waiting == set(names):
                found[folder] = place
    return found


class _Kept(NamedTuple):
    """Where the old file of a name waits, if there was one, and where the new one did, if there is one."""

    old: str
    new: Path | None


class _Swap:
    """Swaps every file with the one of its name; when one cannot be (open in a viewer), swaps all back."""

    def __init__(self, out: Path, waiting: Path) -> None:
        self._out, self._waiting = str(out), str(waiting)
        self._kept: dict[str, _Kept] = {}  # names dealt with

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is not None:  # Ctrl-C between two renames, too
            for name, kept in self._kept.items():
                self._take_back(name, kept)

    def give(self, files: Iterable[tuple[str, Path]]) -> None:
        """Give files, or whole folders, their names; each with the folder it waits in."""
        for name, place in files:
            self._set_aside(name, place)
            os.replace(f"{place}/{name}", f"{self._out}/{name}")  # noqa: PTH105

    def take_away(self, names: Iterable[str]) -> None:
        """Take files away that are there."""
        for name in names:
            path = f"{self._out}/{name}"
            if os.path.lexists(path):
                waits = f"{self._waiting}/{len(self._kept)}"
                self._kept[name] = _Kept(waits, None)
                os.replace(path, waits)  # noqa: PTH105

    def _set_aside(self, name: str, place: Path) -> None:
        """Keep an old file under another name without ever taking its own away, where the disk knows links."""
        path = f"{self._out}/{name}"
        waits = ""
        if os.path.lexists(path):
            waits = f"{self._waiting}/{len(self._kept)}"
            try:
                os.link(path, waits, follow_symlinks=False)
            except OSError:
                os.replace(path, waits)  # noqa: PTH105 - once a file
        self._kept[name] = _Kept(waits, place)

    def _take_back(self, name: str, kept: _Kept) -> None:
        """The new file waits where it waited before, the old one has its name again, if the disk works."""
        path = f"{self._out}/{name}"
        if kept.new is not None and not os.path.lexists(f"{kept.new}/{name}"):
            with suppress(OSError):
                os.replace(path, f"{kept.new}/{name}")  # noqa: PTH105
        if kept.old:
            with suppress(OSError):
                os.replace(kept.old, path)  # noqa: PTH105
