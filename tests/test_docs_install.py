"""Nobody is told to install another program: the package index has a `leaflet` that is not ours."""

import re
import tomllib
from pathlib import Path

import pytest

from leaflet.faults import LANGUAGES, catalogue

ROOT = Path(__file__).parents[1]
FOLDERS = ("leaflet", "assets", "templates", "docs", "examples", "benchmarks", "requirements", ".github")
WRITTEN = {".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".html", ".xml", ".lock", ".js"}
COMMAND = re.compile(r"\b(?:(?:pip3?|pipx|uv|uv pip|uv tool|conda) (?:install|add|run|download)|uvx)\s([^\n`;|(]*)")
NAME = "leaflet-print"
LIKE_OURS = re.compile(r"(leaflet[\w.-]*?|depliants?)(?:\[[\w,]+\])?(?:[=<>~!]=?[\w.*]+)?")
SOURCE = re.compile(r"--(?:from|spec)[ =](\S+)")  # of a command that is run without being installed
MESSAGES = [text for entry in catalogue().values() for lang in LANGUAGES for text in entry.way_out[lang].splitlines()]


def other_names(text: str) -> list[str]:
    """The commands of a text that install by a name like ours which is not ours."""
    return [command[0] for command in COMMAND.finditer(text) if _names_another(command[1])]


def _names_another(rest: str) -> bool:
    source = SOURCE.search(rest)
    words = (source[1] if source else rest).replace(" @ ", "@").split()
    names = [found[1] for word in words if (found := LIKE_OURS.fullmatch(word.strip("\"',.:)")))]
    return any(name != NAME and not name.endswith(".whl") for name in names)


def documents() -> list[Path]:
    """All that is written in the repository, but for the tests."""
    below = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    return sorted(path for path in (*ROOT.glob("*"), *below) if path.is_file() and path.suffix in WRITTEN)


def test_names_of_the_distribution() -> None:
    """As it is built, with each installer and from the source; command and import keep theirs."""
    named = [
        found for path in documents() for found in re.findall(r"[\w.]+-[\w.]+-\S+\.whl", path.read_text("utf-8"))
    ]
    assert named and all(name.startswith(f"{NAME.replace('-', '_')}-") for name in named)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert (project["name"], list(project["scripts"])) == (NAME, ["leaflet"])
    assert [text for text in MESSAGES if other_names(text)] == []
    told = [text for text in MESSAGES if "pip install" in text]
    assert len(told) == 2
    for text in told:
        assert all(f'{tool} "{NAME}[' in text for tool in ("pip install", "uv tool install", "pipx install --force"))
        assert 'pip install ".[' in text


@pytest.mark.parametrize("tool", ["pip install", "python -m pip install", "uv tool install", "uvx", "pipx run"])
def test_another_name_is_recognised(tool: str) -> None:
    """Alone, with extras, with a release, among others; ours, a folder, a wheel or an address is none."""
    for name in (
        *("leaflet", "leaflets", "leaflet_print", "leaflet[check]", "'leaflet==0.1'", '"leaflet[check,test]"'),
        *("-U leaflet", "click leaflet.", "--from leaflet leaflet", "--spec 'leaflet[check]' leaflet-print"),
    ):
        assert other_names(f"Run `{tool} {name}` first."), name
    for name in (
        *("leaflet-print", '"leaflet-print[check]"', "'leaflet-print==0.1.0'", "--from leaflet-print leaflet"),
        *("--spec 'leaflet-print[check]' leaflet", ".", "./leaflet", "'.[check]'"),
        *("./leaflet_print-….whl[check]", "leaflet-print[check] @ file:///a/leaflet_print-1.whl"),
    ):
        assert not other_names(f"Run `{tool} {name}`, then leaflet check."), name


def test_no_document_installs_another_name() -> None:
    """Nor does a recipe or a text of the program; no file of requirements names it."""
    paths = documents()
    assert len(paths) > 300
    for path in paths:
        text = path.read_text("utf-8")
        assert other_names(text) == [], path
        if path.suffix in {".lock", ".txt"}:
            named = [found[1] for line in text.splitlines() if (found := LIKE_OURS.fullmatch(line.partition(" ")[0]))]
            assert set(named) <= {NAME}, path
