"""The guide of the preview names every option there is, and none that is not; its pictures are there."""

import re
from pathlib import Path

import click

from leaflet.cli.commands.preview_command import preview_command

PATH = Path(__file__).parents[2] / "docs" / "fr" / "apercu.md"
GUIDE = PATH.read_text("utf-8")


def test_the_guide_names_every_option_and_has_its_pictures() -> None:
    named = set(re.findall(r"(--[a-z][a-z-]+)", GUIDE)) - {"--lang"}
    options = [option for option in preview_command.params if isinstance(option, click.Option)]
    assert named == {name for option in options for name in option.opts if name.startswith("--")}
    pictures = re.findall(r"!\[(.*?)\]\((.*?)\)", GUIDE)
    assert pictures and all(alt and (PATH.parent / path).is_file() for alt, path in pictures)
