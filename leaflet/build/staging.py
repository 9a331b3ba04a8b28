"""Files under temporary names until all are good: then they are renamed together, or none is.

A file of the output folder is therefore either the old one or the new one, never a part of one.
"""

import errno
import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from leaflet.faults import Place, fail

_FOLDER = ".leaflet-partial"


class Staging:
    """A build's files on their way to `out`. Use as a context manager; without `commit` nothing changes."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._folder = out
        self._is_new = False
        self._names: list[str] = []
        self._folders: set[str] = set()

    def __enter__(self) -> "Staging":
        try:
            if self._out.exists() and not self._out.is_dir():
                raise fail("W102", Place(file=str(self._out)))
            self._is_new = not self._out.exists()
            self._out.mkdir(parents=True, exist_ok=True)
            # a new name each time: a killed run, with the same process number in a container, may have left one
            self._folder = Path(tempfile.mkdtemp(prefix=f"{_FOLDER}-", dir=self._out))
        except OSError as error:
            raise self._fault(error) from None
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        if self._folder != self._out:
            shutil.rmtree(self._folder, ignore_errors=True)
        if self._is_new:
            with suppress(OSError):  # not empty: the build went well
                self._out.rmdir()

    def write(self, name: str, data: bytes, *, read_back: bool = False) -> bytes:
        """Write a file to be called ``out/name``; returns what it then holds, if asked to read it back.

        It is read through the file already open: on some disks opening one again costs more than making a leaflet.
        """
        folder = name.rpartition("/")[0]
        path = self._folder / name
        try:
            if folder not in self._folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._folders.add(folder)
            with open(path, "x+b", buffering=0) as file:  # noqa: PTH123 - the shortest way, once a file
                if file.write(data) != len(data):
                    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
                file.seek(0)
                stored = file.read() if read_back else data
        except OSError as error:
            raise self._fault(error) from None
        self._names.append(name)
        return stored

    def commit(self) -> None:
        """Give every file its name."""
        root = self._out.resolve()
        try:
            for folder in sorted(self._folders):
                target = self._out / folder
                target.mkdir(parents=True, exist_ok=True)
                if not target.resolve().is_relative_to(root):
                    raise fail("W103", Place(file=str(target)), name=folder)
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


def _set_aside(path: str, waits: str) -> None:
    """Keep an old file under another name without ever taking its own away, where the disk knows links."""
    try:
        os.link(path, waits, follow_symlinks=False)
    except OSError:
        os.replace(path, waits)  # noqa: PTH105 - once a file, as above
