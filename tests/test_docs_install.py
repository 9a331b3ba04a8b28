"""Nobody is told to install the program by its bare name: the package index has another one under it."""

import re
from pathlib import Path

import pytest

from leaflet.faults import LANGUAGES, catalogue

ROOT = Path(__file__).parents[1]
FOLDERS = ("leaflet", "assets", "templates", "docs", "examples", "benchmarks", "requirements", ".github")
WRITTEN = {".py", ".md", ".toml", ".txt", ".yml", ".yaml", ".html", ".xml", ".lock", ".js"}
COMMAND = re.compile(r"\b(?:(?:pip3?|pipx|uv|uv pip|uv tool|conda) (?:install|add|run|download)|uvx)\s([^\n`;|(]*)")
BARE = re.compile(r"leaflet(?:\[[\w,]+\])?(?:[=<>~!]=?[\w.*]+)?")
MESSAGES = [text for entry in catalogue().values() for lang in LANGUAGES for text in entry.way_out[lang].splitlines()]


def bare_names(text: str) -> list[str]:
    """The commands of a text that install by the bare name."""
    return [command[0] for command in COMMAND.finditer(text) if _is_bare(command[1])]


def _is_bare(rest: str) -> bool:
    words = [word.strip("\"',.:") for word in rest.replace(" @ ", "@").split()]
    return any(BARE.fullmatch(word) for word in words)


def documents() -> list[Path]:
    """All that is written in the repository, but for the tests."""
    below = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*"))
    return sorted(path for path in (*ROOT.glob("*"), *below) if path.is_file() and path.suffix in WRITTEN)


@pytest.mark.parametrize("tool", ["pip install", "python -m pip install", "uv tool install", "uvx", "pipx run"])
def test_a_bare_name_is_recognised(tool: str) -> None:
    """Alone, with extras, with a release, among others; a folder, a wheel or an address is none."""
    for name in (
        "leaflet",
        "leaflet[dask]",
        "'leaflet==0.1'",
        '"leaflet[dask,remote]"',
        "-U leaflet",
        "click leaflet.",
    ):
        assert bare_names(f"Run `{tool} {name}` first."), name
    for name in (".", "./leaflet", "'.[dask]'", "./leaflet-….whl[dask]", "leaflet[dask] @ file:///a/leaflet-1.whl"):
        assert not bare_names(f"Run `{tool} {name}`, then leaflet check."), name


def test_no_document_installs_the_bare_name() -> None:
    """Nor does a recipe or a text of the program; no file of requirements names it."""
    paths = documents()
    assert len(paths) > 300
    for path in paths:
        text = path.read_text("utf-8")
        assert bare_names(text) == [], path
        if path.suffix in {".lock", ".txt"}:
            assert not [line for line in text.splitlines() if BARE.fullmatch(line.partition(" ")[0])], path


def test_messages_that_speak_of_installing_say_how() -> None:
    """From the source and from a wheel; no index is needed to find the program."""
    assert [text for text in MESSAGES if bare_names(text)] == []
    told = [text for text in MESSAGES if "pip install" in text]
    assert len(told) == 6
    assert all('pip install ".[' in text and ".whl[" in text for text in told)
