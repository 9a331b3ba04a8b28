"""reportlab, imported without configuration from the air.

At import reportlab executes ``~/.reportlab_settings`` and ``reportlab_settings.py`` and reads ``RL_*`` from the
environment; they change page size, compression and what a colour may evaluate. Here it finds empty settings.
Everything of the program that needs reportlab imports it from this module.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

_SETTINGS = ("reportlab_settings", "reportlab.local_rl_settings")


@contextmanager
def _sealed() -> Iterator[None]:
    """Hide settings modules and ``RL_*`` variables from reportlab for as long as its import takes."""
    hidden = {name: os.environ.pop(name) for name in list(os.environ) if name.upper().startswith("RL_")}
    shadowed = {name: sys.modules.get(name) for name in _SETTINGS}
    sys.modules.update({name: ModuleType(name) for name in _SETTINGS})
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
