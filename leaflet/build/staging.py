"""Files under temporary names until all are good: then they are renamed together, or none is.

A file of the output folder is therefore either the old one or the new one, never a part of one.
"""

import os
import shutil
from pathlib import Path
from types import TracebackType

from leaflet.faults import Place, fail

_FOLDER = ".leaflet-partial"


class Staging:
    """A build's files on their way to `out`. Use as a context manager; without `commit` nothing changes."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._folder = out / f"{_FOLDER}-{os.getpid()}"
        self._names: list[str] = []
        self._folders: set[str] = set()

    def __enter__(self) -> "Staging":
        if self._out.exists() and not self._out.is_dir():
            raise fail("W102", Place(file=str(self._out)))
        try:
            self._folder.mkdir(parents=True)
        except OSError as error:
            raise self._fault(error) from None
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        shutil.rmtree(self._folder, ignore_errors=True)

    def write(self, name: str, data: bytes) -> Path:
        """Write a file to be called ``out/name``; returns where it is for now."""
        folder = name.rpartition("/")[0]
        path = self._folder / name
        try:
            if folder not in self._folders:
                path.parent.mkdir(parents=True, exist_ok=True)
                self._folders.add(folder)
            with open(path, "xb", buffering=0) as file:  # noqa: PTH123 - the shortest way, once a file
                file.write(data)
        except OSError as error:
            raise self._fault(error) from None
        self._names.append(name)
        return path

    def commit(self) -> None:
        """Give every file its name."""
        root = self._out.resolve()
        try:
            for folder in sorted(self._folders):
                target = self._out / folder
                target.mkdir(parents=True, exist_ok=True)
                if not target.resolve().is_relative_to(root):
                    raise fail("W103", Place(file=str(target)), name=folder)
            source, target_root = str(self._folder), str(self._out)
            for name in self._names:
                os.replace(f"{source}/{name}", f"{target_root}/{name}")  # noqa: PTH105 - as above
        except OSError as error:
            raise self._fault(error) from None

    def _fault(self, error: OSError) -> Exception:
        return fail("W101", Place(file=str(self._out)), problem=error.strerror or str(error))
