"""Read fonts and compile templates once for many builds of a test module: they are the same in each."""

from collections.abc import Mapping
from typing import Any

import pytest

from leaflet.markup.render import Renderer, compile_template
from tests.support import fontbook

_COMPILERS = ("markup.render", "production.design")  # modules that compile templates


def read_fonts_and_templates_once(patch: pytest.MonkeyPatch) -> None:
    """Have all builds share the fonts, and each template with the same files, until the patch is undone."""
    renderers: dict[tuple[Any, ...], Renderer] = {}

    def compile_once(name: str, files: Mapping[str, str], *args: Any, **options: Any) -> Renderer:
        key = (name, *files.items(), *options.items())
        if key not in renderers:
            renderers[key] = compile_template(name, files, *args, **options)
        return renderers[key]

    patch.setattr("leaflet.production.inputs.load_fontbook", fontbook)
    for module in _COMPILERS:
        patch.setattr(f"leaflet.{module}.compile_template", compile_once)
