"""The pages about releases: jobs, commands and files that they name exist; the French one names our package alone."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.release.scripts import ROOT

PAGES = (ROOT / "docs" / "releasing.md", ROOT / "docs" / "fr" / "installer.md")


def anchors(page: str) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower().replace("\u00a0", " ")).strip().replace(" ", "-") for head in heads}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_what_a_page_names_exists(path: Path) -> None:
    """Files that it links to, headings, commands of make, scripts."""
    text = path.read_text("utf-8")
    for target in re.findall(r"\]\((?!https:)([^)]+)\)", text):
        file, _, anchor = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.is_file(), target
        assert not anchor or anchor in anchors(found.read_text("utf-8")), target
    rules = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert set(re.findall(r"\bmake ([a-z]+)", text)) <= rules
    named = re.findall(r"(?<![/\w.])((?:release|tests)/[\w/]+(?:\.\w+)?)", text)
    assert named and [name for name in named if not (ROOT / name).is_file()] == []


def test_every_job_of_a_release_is_explained() -> None:
    """In the order in which they run."""
    jobs = YAML(typ="safe", pure=True).load(ROOT / ".github" / "workflows" / "release.yml")["jobs"]
    assert re.findall(r"^\| `(\w+)` \|", PAGES[0].read_text("utf-8"), re.MULTILINE)[: len(jobs)] == list(jobs)


def test_only_our_package_is_installed() -> None:
    """Whoever copies a line gets this program."""
    text = PAGES[1].read_text("utf-8")
    installed = re.findall(r"^(?:uv tool|pipx|\S*pip) install +(?!--)(\S+)", text, re.MULTILINE)
    assert installed == ['"leaflet-print[check]"'] * 3
