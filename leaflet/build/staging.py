"""Files under temporary names until all are good: then they are renamed together, or none is.

A file of the output folder is therefore either the old one or the new one, never a part of one.
"""

import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from leaflet.faults import Place, fail

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

        It is read through the file already open: on some disks opening one again costs more than making a leaflet.
        """
        folder = name.rpartition("/")[0]
        path = self._folder / name
        try:
            self._enter(folder, private=private)
            opener = _open_private if private else None
            with open(path, "x+b", buffering=0, opener=opener) as file:
                if file.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                file.seek(0)
                stored = file.read() if read_back else data
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
        root = self._out.resolve()
        try:
            for folder in sorted(self._folders):
                target = self._out / folder
                target.mkdir(parents=True, exist_ok=True)
                if not target.resolve().is_relative_to(root):
                    raise fail("W103", Place(file=str(target)), name=folder)
                if folder in self._private:
                    target.chmod(stat.S_IRWXU)
            for name in self._names:
                target = self._out / name
                if target.is_dir() and not target.is_symlink():
                    raise fail("W101", Place(file=str(target)), problem=os.strerror(errno.EISDIR))
            self._rename_all()
        except OSError as error:
            raise self._fault(error) from None

    def _rename_all(self) -> None:
        """Swap every file with the one of its name; when one cannot be (open in a viewer), swap all back."""
        source, target, old = str(self._folder), str(self._out), tempfile.mkdtemp(dir=self._folder)
        kept: dict[str, str] = {}  # new files in place, with where the old one waits, if there was one
        try:
            for number, name in enumerate(self._names):
                waits = ""
                if os.path.lexists(f"{target}/{name}"):
                    waits = f"{old}/{number}"
                    _set_aside(f"{target}/{name}", waits)
                kept[name] = waits
                os.replace(f"{source}/{name}", f"{target}/{name}")  # noqa: PTH105
        except BaseException:  # Ctrl-C between two renames, too
            for name, waits in kept.items():
                if waits:
                    os.replace(waits, f"{target}/{name}")  # noqa: PTH105
                else:
                    Path(f"{target}/{name}").unlink(missing_ok=True)
            raise

    def _fault(self, error: OSError) -> Exception:
        return fail("W101", Place(file=str(self._out)), problem=error.strerror or str(error))


def _open_private(path: str, flags: int) -> int:
    return os.open(path, flags, stat.S_IRUSR | stat.S_IWUSR)


def _set_aside(path: str, waits: str) -> None:
    """Keep an old file under another name without ever taking its own away, where the disk knows links."""
    try:
        os.link(path, waits, follow_symlinks=False)
    except OSError:
        os.replace(path, waits)  # noqa: PTH105 - once a file, as above
