"""SECURITY.md: every promise names tests that hold it, and these exist."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "SECURITY.md").read_text("utf-8")
ROWS = {row.split("|")[1].strip(): row for row in PAGE.splitlines() if row.startswith("| **")}
NAMED = re.compile(r"`([a-z_/]+\.py)::(test_[a-z0-9_]+)`")


@cache
def found_in(file: str) -> set[str]:
    tree = ast.parse((ROOT / "tests" / file).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


@pytest.mark.parametrize("row", ROWS)
def test_a_promise_is_held(row: str) -> None:
    """A row has what is promised, what is not, and tests that exist."""
    _, _, promised, not_promised, held, _ = ROWS[row].split("|")
    named = NAMED.findall(held)
    assert promised.strip() and not_promised.strip() and named
    assert " ".join(f"`{file}::{test}`" for file, test in named) == held.strip()
    assert [(file, test) for file, test in named if test not in found_in(file)] == []


def test_who_may_send_something_has_a_row() -> None:
    """Lists, campaigns, templates, logos, PDF, dossiers, pages, packages, libraries, the browser."""
    whole = " ".join(ROWS)
    for what in (*("list", "campaign", "template", "logo", "PDF", ".leaflet", "web page"), *("Packages", "Depend")):
        assert what in whole, what
    assert "browser edition" in whole and PAGE.count("\n| ") == len(ROWS) + 2


def test_a_weakness_is_reported_in_private() -> None:
    """The page names the private way of the repository and no mailbox, and the README leads to it."""
    assert "Report a vulnerability" in PAGE and "@" not in PAGE
    assert "[SECURITY.md](SECURITY.md)" in (ROOT / "README.md").read_text("utf-8")
