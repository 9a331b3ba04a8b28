"""The samples of all families, each judged once."""

from functools import cache
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from leaflet.faults import Fault
from tests.preflight.samples import Case

FAMILIES = ("file", "expected", "links", "qr", "dates", "memo", "text", "images", "fonts", "page", "accessibility",
            "privacy", "delivery", "duplex")  # fmt: skip
MODULES = [import_module(f"tests.preflight.cases_{family}") for family in FAMILIES]
CASES: dict[str, Case] = {code: case for module in MODULES for code, case in module.CASES.items()}


@cache
def judged(code: str, which: Literal["broken", "near"]) -> tuple[Fault, ...]:
    """Return all that is found in a sample of a rule; whoever asks for it shares it."""
    with TemporaryDirectory() as folder:
        sample = getattr(CASES[code], which)
        return tuple(sample.judged(Path(folder)))
