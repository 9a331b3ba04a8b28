"""Fonts and templates are read once for all builds of a file of tests: they are the same in each."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from leaflet.markup.render import Renderer, load_renderer
from tests.support import fontbook

COMPILED = str(Path(__file__).parents[2] / ".pytest_cache" / "compiled")
READERS = ("make", "bundles", "packing")  # modules of leaflet.build that compile templates


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """Keep what was compiled, by its place."""
    renderers: dict[tuple[Path, str], Renderer] = {}

    def load(root: Path, name: str, filters: Any) -> Renderer:
        if (root, name) not in renderers:
            renderers[root, name] = load_renderer(root, name, filters)
        return renderers[root, name]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("leaflet.build.inputs.load_fontbook", fontbook)
        patch.delenv("PYTHONDONTWRITEBYTECODE", raising=False)  # each worker would compile the program
        patch.setenv("PYTHONPYCACHEPREFIX", COMPILED)
        for module in READERS:
            patch.setattr(f"leaflet.build.{module}.load_renderer", load)
        yield
