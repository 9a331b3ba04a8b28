"""reportlab, imported without configuration from the air, and without Pillow.

At import reportlab executes ``~/.reportlab_settings``, ``~/.reportlab_mods`` and the modules of these names, and
reads ``RL_*`` from the environment; they change page size, compression and what a colour may evaluate, or anything
at all. Here it finds empty ones.
It imports Pillow too, for pictures, which are never drawn with it here (`pdf.master` writes them): it finds a module
in its place that imports Pillow when a picture is opened.
Everything of the program that needs reportlab imports it from this module.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import ModuleType
from typing import Any

_SETTINGS = ("reportlab_settings", "reportlab.local_rl_settings", "reportlab_mods", "reportlab.local_rl_mods")


class _LaterImage(ModuleType):
    """Pillow's module of pictures, imported when something of it is used."""

    def __getattr__(self, name: str) -> Any:
        return getattr(import_module("PIL.Image"), name)


@contextmanager
def _sealed() -> Iterator[None]:
    """Hide settings modules, ``RL_*`` variables and Pillow from reportlab for as long as its import takes."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.upper().startswith("RL_")}
    found = {name: ModuleType(name) for name in (*_SETTINGS, "PIL")}
    vars(found["PIL"])["Image"] = _LaterImage("PIL.Image")
    shadowed = {name: sys.modules.get(name) for name in found}
    sys.modules.update(found)
    try:
        yield
    finally:
        os.environ.update(hidden)
        for name, module in shadowed.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module


with _sealed():
    from reportlab import rl_config
    from reportlab.pdfbase import pdfdoc, pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

if rl_config.toColorCanUse == "rl_safe_eval" or rl_config.trustedHosts:
    raise ImportError("reportlab was imported earlier with settings that evaluate colours or fetch pictures")

__all__ = ["Canvas", "TTFont", "pdfdoc", "pdfmetrics", "rl_config"]
