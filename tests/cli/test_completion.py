"""Shells complete commands and options, by click; the documents give the lines that switch it on."""

import pytest
from click.shell_completion import ShellComplete

from leaflet.cli.command import cli
from tests.cli.test_start import HEAVY, imported
from tests.support import EXAMPLE, commands

LINES = (
    'eval "$(_LEAFLET_COMPLETE=bash_source leaflet)"',
    'eval "$(_LEAFLET_COMPLETE=zsh_source leaflet)"',
    "_LEAFLET_COMPLETE=fish_source leaflet | source",
)


def test_commands_are_completed_with_what_they_do() -> None:
    completions = ShellComplete(cli, {}, "leaflet", "_LEAFLET_COMPLETE").get_completions
    assert {item.value for item in completions([], "")} == set(commands())
    (build,) = completions([], "bui")
    assert (build.value, build.help) == ("build", "Make the documents of a campaign, one PDF per school.")
    assert [item.value for item in completions([], "--la")] == ["--lang"]
    assert [item.value for item in completions(["build"], "--docu")] == ["--document"]
    code = """
from click.shell_completion import ShellComplete
from leaflet.cli.command import cli
assert ShellComplete(cli, {}, "leaflet", "_LEAFLET_COMPLETE").get_completions([], "p")
"""
    assert imported(code) & HEAVY == set()


@pytest.mark.parametrize("document", ["docs/command-line.md", "docs/fr/ligne-de-commande.md"])
def test_the_documents_give_these_lines(document: str) -> None:
    assert all(line in (EXAMPLE.parents[1] / document).read_text("utf-8") for line in LINES)
