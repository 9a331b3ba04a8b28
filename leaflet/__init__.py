"""Per-school PDF leaflets for the French élections professionnelles.

    import leaflet

    result = leaflet.build("campaign.toml", "out")

Whatever stands in `__all__` is the interface for programs: it is described in ``docs/python.md`` and stays as it is
until a major release. All else may change. ``ARCHITECTURE.md`` draws the rooms behind it.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from leaflet.program import __version__

if TYPE_CHECKING:
    from leaflet.api import build, check, columns, post, preview, print_run, read_manifest
    from leaflet.faults import DataError, Fault, LeafletError, Place, RenderError, TemplateError, UsageError

__all__ = ["DataError", "Fault", "LeafletError", "Place", "RenderError", "TemplateError", "UsageError"]
__all__ += ["__version__", "build", "check", "columns", "post", "preview", "print_run", "read_manifest"]

_HOMES = {name: f"leaflet.{'api' if name.islower() else 'faults'}" for name in __all__ if name != "__version__"}


def __getattr__(name: str) -> Any:
    """Import a name of the interface when it is asked for: each waits for its own libraries alone."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return sorted(__all__)
