"""Hold the number of this release, and find the program's own files: in a checkout or in a wheel.

The number's first part is counted up when something changes that the program promises.
"""

import re
import tomllib
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

__version__ = "0.1.0"

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent
_TABLE = re.compile(r'^\[(?:"(.+)"|([^.\]]+))\]$', re.MULTILINE)


def assets() -> Path:
    """Return the program's folder of themes, election profiles, académies and fault messages."""
    return _ROOT / "assets"


def own_table(name: str) -> Any:
    """Return what a TOML file of the program's own holds, by its path below ``assets``."""
    return tomllib.loads((assets() / name).read_text("utf-8"))


def templates() -> Path:
    """Return the folder of templates that come with the program, one folder each."""
    return _ROOT / "templates"


@cache
def split_tables(paths: tuple[Path, ...]) -> dict[str, str]:
    """Return the text of each table of some TOML files by its name; parsing all takes long, and few are shown.

    Raises:
        ValueError: two tables have one name.
    """
    tables: dict[str, str] = {}
    for path in paths:
        text = path.read_text("utf-8")
        found = [(match.start(), match[1] or match[2]) for match in _TABLE.finditer(text)]
        for (start, name), (end, _) in pairwise([*found, (len(text), "")]):
            if name in tables:
                raise ValueError(f"[{name}] stands twice in {path.parent}")
            tables[name] = text[start:end]
    return tables
