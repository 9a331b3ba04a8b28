"""Find the file that is meant by the name of one that is not there: a slip in it, no ending or another one."""

import os
from collections.abc import Collection
from pathlib import Path

from leaflet.confidential import is_secret_file
from leaflet.text import fold, nearest

LISTS = frozenset({".csv", ".ods", ".tsv", ".txt", ".xls", ".xlsm", ".xlsx"})
PICTURES = frozenset({".jpeg", ".jpg", ".pdf", ".png", ".svg"})
PROFILES = frozenset({".icc", ".icm"})
SETTINGS = frozenset({".toml"})
FINISHED = frozenset({".pdf", ".toml", ".zip"})


def meant_file(name: str, endings: Collection[str], folder: Path = Path()) -> str:
    """Return the name of the file in the same folder that is most like a name; empty if there is none.

    Args:
        name: as somebody typed it, maybe with folders before it.
        endings: of the files that may be meant.
        folder: where the name is looked for.
    """
    typed = Path(name)
    try:
        found = sorted(os.listdir(folder / typed.parent))  # noqa: PTH208 - names alone
        meant = _most_like(typed, [one for one in found if _may_be_meant(Path(one), endings)])
        return typed.with_name(meant).as_posix() if meant else ""
    except (OSError, ValueError):  # no such folder, no name, NUL in it
        return ""


def _may_be_meant(path: Path, endings: Collection[str]) -> bool:
    is_left_by_a_program = path.name.startswith((".", "~"))
    return path.suffix.lower() in endings and not is_left_by_a_program and not is_secret_file(path.stem)


def _most_like(typed: Path, names: Collection[str]) -> str:
    """Return the name that differs by ending or case alone, else the most similar one; endings are not compared."""
    by_stem = {fold(Path(name).stem): name for name in names}
    return by_stem.get(nearest(typed.stem, by_stem), "")
