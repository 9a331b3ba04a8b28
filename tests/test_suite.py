"""The suite runs every test there is."""

from fnmatch import fnmatch
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    """Pytest skips some folders by their names, unless it is told otherwise; « build » was one of them."""
    skipped = pytestconfig.getini("norecursedirs")
    folders = {folder for path in TESTS.rglob("test_*.py") for folder in path.relative_to(TESTS).parts[:-1]}
    assert {"build", "review", "report"} <= folders
    assert [folder for folder in sorted(folders) if any(fnmatch(folder, pattern) for pattern in skipped)] == []
