"""Write files as a whole or not at all, and read what the window remembers in them.

Nobody but their owner may read what is written here: lists hold names.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from itertools import chain, count
from pathlib import Path
from typing import TypeVar

from msgspec import MsgspecError
from msgspec.json import decode

from leaflet.files.plain_files import disk_faults
from leaflet.production import staging

HIDDEN = ".leaflet"  # the folder, within that of a campaign, of what the window remembers
T = TypeVar("T")


def write_whole(path: Path, name: str, data: bytes) -> None:
    """Write a file, which messages call by a name, as a whole or not at all; only its owner may read it."""
    with disk_faults(name, "W202"):
        path.parent.mkdir(parents=True, exist_ok=True)
        staging.write_whole(path, data)


def remove(path: Path) -> None:
    """Remove a file, if it is there and can be removed."""
    with suppress(OSError):
        path.unlink()


def read_remembered(path: Path, kind: type[T]) -> T | None:
    """Return what a file of the window holds; None if it is not there, or holds something else."""
    with suppress(OSError, MsgspecError, ValueError):
        return decode(path.read_bytes(), type=kind)
    return None


def find_below(root: Path, name: str, top: str = "") -> Path | None:
    """Return a file of a folder by its path with slashes; None if there is none, or links lead out of `top` in it."""
    try:
        root = root.resolve()
        found = (root / name).resolve()
        is_there = found.is_relative_to(root / top) and HIDDEN not in found.parts and found.is_file()
    except (OSError, ValueError):
        return None
    return found if is_there else None


def first_free(folder: Path, name: str) -> Path:
    """Return a path in a folder where nothing is yet: of a name, or of that and a number."""
    names = chain([name], (f"{name} {number}" for number in count(2)))
    return next(folder / one for one in names if not os.path.lexists(folder / one))


def free_room(path: Path) -> int | None:
    """Return the bytes that are free on the disk of a folder; None if nobody knows."""
    with suppress(OSError):
        return shutil.disk_usage(path).free
    return None


def size(paths: Iterable[Path]) -> int:
    """Return the bytes of files, and of all files below folders, as far as they are there."""
    total = 0
    for path in paths:
        with suppress(OSError):
            files = path.rglob("*") if path.is_dir() else (path,)
            total += sum(file.stat().st_size for file in files if file.is_file())
    return total
