"""Know whether the libraries that judge finished files are installed: those of the extra ``check``."""

from importlib.util import find_spec

from leaflet.faults import Place, fail

# Module and package; the last comes with the program itself where there is a wheel of it.
LIBRARIES = {"numpy": "numpy", "page": "page-validation", "pikepdf": "pikepdf", "zxingcpp": "zxing-cpp"}


def missing_libraries() -> list[str]:
    """Return the packages of the extra that are not installed."""
    return [package for module, package in LIBRARIES.items() if find_spec(module) is None]


def require_judging(asked: str) -> None:
    """Refuse what judges finished files where a library is missing for that.

    Args:
        asked: what needs them, as somebody typed it.

    Raises:
        UsageError: one is not installed (U033).
    """
    if missing := missing_libraries():
        raise fail("U033", Place(field=asked), value=asked, missing=", ".join(missing))
