"""Hold the number of this release, and find the program's own files: in a checkout or in a wheel.

The number's first part is counted up when something changes that the program promises.
"""

from pathlib import Path

__version__ = "0.1.0"


_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


def assets() -> Path:
    """Return the program's folder of themes, election profiles, académies and fault messages."""
    return _ROOT / "assets"


def templates() -> Path:
    """Return the folder of templates that come with the program, one folder each."""
    return _ROOT / "templates"
