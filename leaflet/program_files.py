"""Find the program's own files: beside the package in a checkout, inside it in a wheel."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent
_INSTALLED = _PACKAGE / "_data"
_ROOT = _INSTALLED if _INSTALLED.is_dir() else _PACKAGE.parent


def assets() -> Path:
    """Return the program's folder of themes, election profiles, académies and fault messages."""
    return _ROOT / "assets"


def templates() -> Path:
    """Return the folder of templates that come with the program, one folder each."""
    return _ROOT / "templates"
