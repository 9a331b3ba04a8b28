"""Help and errors of the command line in French: nothing of the English is left."""

import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from click.shell_completion import ShellComplete

from leaflet.cli.command import cli
from leaflet.cli.language import speak
from leaflet.files.words import load_words
from tests.support import tables_of

NAMES = cli.list_commands(click.Context(cli))
HELPS = [(), *((name,) for name in NAMES)]
# Common English words, none of which is a French word, an option or a value of one.
ENGLISH = re.compile(
    r"\b(the|of|and|with|from|for|file|folder|list|school|show|write|printer|only|default|this|that|is|are|"
    r"usage|error|missing|invalid|try|such|value|valid|extra|takes|requires|did|you|name|path|text|integer|campaign)\b",
    re.IGNORECASE,
)
VALUES = re.compile(
    r"\[[^\]]*\]|--[a-z-]+|\S+\.(?:toml|json|csv|xlsx|zip)|<[^>]*>|leaflet [a-z]+|\(text\)|\(json\)"
    r"|(?:list|campaign) \(|(?m:^  [a-z-]+  )"
)
WRONG = tables_of(__file__)["wrong"]


def without_values(text: str) -> str:
    """The words of a text: what is typed as it stands is no language."""
    return VALUES.sub(" ", text)


@pytest.mark.parametrize("arguments", HELPS, ids=lambda names: " ".join(names) or "leaflet")
def test_help_is_in_french_and_in_english_afterwards(run, arguments: tuple[str, ...]) -> None:
    before = run(*arguments, "--help")
    code, printed, errors = run("--lang", "fr", *arguments, "--help")
    assert (code, errors) == (0, "") and printed.startswith("Utilisation\u00a0: ")
    assert "Options\u00a0:\n" in printed and ENGLISH.findall(without_values(printed)) == []
    assert run(*arguments, "--help") == before and before[1].startswith("Usage: ")


@pytest.mark.parametrize("name", NAMES)
def test_each_text_of_a_command_has_its_french(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert command is not None
    texts = [command.help, *(p.help for p in command.params if isinstance(p, click.Option))]
    assert [text for text in texts if text is None or speak(text, "fr") == text] == []


def test_no_french_text_is_left_over() -> None:
    commands = [cli, *(cli.get_command(click.Context(cli), name) for name in NAMES)]
    used = {" ".join((command.help or "").split()) for command in commands if command}
    parameters = [parameter for command in commands if command for parameter in command.params]
    used |= {p.help for p in parameters if isinstance(p, click.Option)}
    used |= {p.metavar or (p.type.name if isinstance(p, click.Option) else p.name or "").upper() for p in parameters}
    sources = Path(click.__file__).parent.glob("*.py")
    source = "".join(re.sub(r'"\s*"', "", path.read_text("utf-8")) for path in sources)
    source += (Path(__file__).parents[2] / "leaflet" / "cli" / "command.py").read_text("utf-8")
    source += (Path(__file__).parents[2] / "assets" / "cli" / "commands.toml").read_text("utf-8")
    source = source.replace("\\n\\t", " ")
    texts = load_words("cli", "fr", "french.toml").texts
    assert [text for text in texts if text not in used and repr(text)[1:-1] not in source] == []


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_a_wrong_command_line_is_answered_in_french(run, arguments: tuple[str, ...]) -> None:
    code, printed, errors = run("--lang", "fr", *arguments)
    assert (code, printed) == (2, "") and "Erreur\u00a0: " in errors
    assert ENGLISH.findall(without_values(errors.replace("campaign.toml", ""))) == []
    english = run(*arguments)[2]
    assert "Error: " in english and not set(english.splitlines()) & set(filter(None, errors.splitlines()))


def test_completion_is_in_french(monkeypatch: pytest.MonkeyPatch) -> None:
    """A shell shows French beside an option."""
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    items = ShellComplete(cli, {}, "leaflet", "_LEAFLET_COMPLETE").get_completions(["build"], "--any")
    items += ShellComplete(cli, {}, "leaflet", "_LEAFLET_COMPLETE").get_completions(["build"], "--ane")
    assert [item.help for item in items] == ["Refabrique tous les fichiers, même ceux qui sont à jour."]


def test_a_command_that_goes_well_loads_no_french_help(tmp_path: Path) -> None:
    code = f"""
import sys
from leaflet.files import words
load, read = words.split_tables, []
words.split_tables = lambda paths: load(read.extend(path.name for path in paths) or paths)
sys.argv = ["leaflet", "--lang", "fr", "init", {str(tmp_path / "c")!r}]
from leaflet.cli import main
try:
    main()
except SystemExit as end:
    print(end.code or 0, *read)
"""
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    code, *read = told.stdout.splitlines()[-1].split()
    assert code == "0" and read and "french.toml" not in read
