"""Fixtures shared by all tests."""

import gc
import os

import pytest
from hypothesis import settings

from leaflet.fonts import FontBook
from leaflet.layout.theme import Theme
from tests.support import THEMES, fontbook, theme_named

# A deadline would make tests depend on the clock. CI judges a change with the same examples each time; on a desk
# every run looks for new ones.
# 20 examples each keep the whole run near ten minutes; a test that needs more says so itself.
settings.register_profile("leaflet", deadline=None, max_examples=20, derandomize="SAME_EXAMPLES" in os.environ)
settings.load_profile("leaflet")


def pytest_collection_finish() -> None:
    """Thousands of tests stay until the end: the garbage collector need not look through them again and again."""
    gc.freeze()


@pytest.fixture(scope="session")
def book() -> FontBook:
    """The faces of every build."""
    return fontbook()


@pytest.fixture(scope="session", params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    """Each theme that comes with the program, one after the other."""
    return theme_named(request.param)
