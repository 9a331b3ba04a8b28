"""Know whether the libraries that judge finished files are installed: those of the extra ``check``."""

from importlib.util import find_spec

from leaflet.faults import Place, fail

LIBRARIES = {"numpy": "numpy", "page": "page-validation", "pikepdf": "pikepdf"}  # module and package


def require_judging(asked: str) -> None:
    """Refuse what judges finished files where a library is missing for that.

    Args:
        asked: the command or option that needs them.

    Raises:
        UsageError: one is not installed (U033).
    """
    missing = [package for module, package in LIBRARIES.items() if find_spec(module) is None]
    if missing:
        raise fail("U033", Place(field=asked), value=asked, missing=", ".join(missing))
