"""Fixtures of the tests of the window."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.browser import chromium


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """One browser for all of them: to start one takes as long as a test."""
    with chromium() as browser:
        yield browser
