"""Which tests run when: quick ones, the suite, drills where their room changed; ``groups.toml`` names the files."""

import os
import re
import subprocess
import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
_GROUPS = tomllib.loads((ROOT / "tests" / "groups.toml").read_text("utf-8"))
SLOW: list[str] = _GROUPS["slow"]
ROOMS: dict[str, list[str]] = _GROUPS["drills"]


def changed_files(since: str) -> list[str]:
    """Return the files that differ from a commit; none if git does not know it."""
    command = ["git", "diff", "--name-only", since, "--"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
    except OSError:
        return []
    return done.stdout.splitlines() if done.returncode == 0 else []


def drills_of(changed: list[str]) -> set[str]:
    """Return the files whose drills are to be run, for they changed or their rooms did."""
    return {
        file
        for file, rooms in ROOMS.items()
        if any(path == f"tests/{file}" or f"{path}/".startswith(f"{room}/") for room in rooms for path in changed)
    }


def is_all_drills(file: str) -> bool:
    """Tell whether every test of a file is a drill."""
    text = (ROOT / "tests" / file).read_text("utf-8")
    return re.search(r"^pytestmark = (\[[^\]]*)?pytest\.mark\.drill\b", text, re.MULTILINE) is not None


def with_drills(usual: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    """Return the cases of a test: the usual ones, and the others as drills; a case of several values is a tuple."""
    marked = (pytest.param(*(one if isinstance(one, tuple) else (one,)), marks=pytest.mark.drill) for one in others)
    return [*usual, *marked]


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--group", choices=("quick", "suite", "drills"), help="run these alone (CONTRIBUTING.md)")


def pytest_report_header(config: pytest.Config) -> str | None:
    if config.option.group != "suite":
        return None
    return f"drills whose room changed since {_since()}: {' '.join(sorted(_wanted())) or 'none'}"


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave out files that have no test of the group: to collect them takes long."""
    if not collection_path.name.startswith("test_"):
        return None
    file = _file(collection_path)
    match config.option.group:
        case "drills":
            is_left = file not in ROOMS
        case "quick":
            is_left = file in SLOW
        case "suite":
            is_left = file in ROOMS and file not in _wanted() and is_all_drills(file)
        case _:
            is_left = False
    return is_left or None


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of the group; the longest files come first, so that no process ends long after the others."""
    if (group := config.option.group) is None:
        return
    wanted = _wanted() if group == "suite" else set()

    def is_kept(item: pytest.Item) -> bool:
        is_drill = item.get_closest_marker("drill") is not None
        return is_drill == (group == "drills") or (is_drill and _file(item.path) in wanted)

    kept = [item for item in items if is_kept(item)]
    config.hook.pytest_deselected(items=[item for item in items if not is_kept(item)])
    ranks = {file: rank for rank, file in enumerate(SLOW)}
    items[:] = sorted(kept, key=lambda item: ranks.get(_file(item.path), len(ranks)))


def _file(path: Path) -> str:
    return path.relative_to(ROOT / "tests").as_posix() if path.is_relative_to(ROOT / "tests") else path.name


@cache
def _wanted() -> set[str]:
    """Return the files whose drills a suite runs."""
    return drills_of(changed_files(_since()))


def _since() -> str:
    """Return the commit that a change began with: CI says which, else it is the one before the last."""
    return os.environ.get("CHANGED_SINCE") or "HEAD^"
