"""Fixtures shared by all tests, and hooks."""

import gc
import os
import sys
import tomllib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from leaflet.layout.fonts import FontBook
from leaflet.layout.theme import Theme
from tests.groups import pytest_addoption, pytest_collection_modifyitems, pytest_ignore_collect, pytest_report_header  # noqa: F401 - hooks
from tests.support import THEMES, fontbook, theme_named

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# A deadline would make tests depend on the clock. CI judges a change with the same examples each time; on a desk
# every run looks for new ones.
# 20 examples each keep the whole run near ten minutes; a test that needs more says so itself.
settings.register_profile("leaflet", deadline=None, max_examples=20, derandomize="SAME_EXAMPLES" in os.environ)
settings.load_profile("leaflet")
LIMITS = Path(__file__).parents[1] / "benchmarks" / "limits.toml"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say what the whole suite, with all the processes it started, took of the processor, and what it may take."""
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        limit = tomllib.loads(LIMITS.read_text("utf-8"))["suite"]["seconds of the processor"]
        taken = sum(os.times()[:4])
        said = f"{taken:,.0f} s of the processor, {'PAST' if taken > limit else 'within'} the limit of {limit:,} s"
        terminalreporter.write_line(said, red=taken > limit)


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, object, object]:
    """Collect without the garbage collector: thousands of tests stay, and it need not look through them ever."""
    gc.disable()
    with _compiled_once(session.config):
        collected = yield
    gc.freeze()
    gc.enable()
    return collected


@contextmanager
def _compiled_once(config: pytest.Config) -> Iterator[None]:
    """Let the first process of pytest-xdist collect while the others wait, which then find all tests compiled."""
    if not hasattr(config, "workerinput") or sys.platform == "win32":
        yield
        return
    import fcntl

    with (Path(config.getoption("basetemp")).parent / "compiled").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.fstat(lock.fileno()).st_size:
            fcntl.flock(lock, fcntl.LOCK_UN)
        yield
        lock.write("all")


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One browser for all tests of a process: to start one takes as long as a test. Its contexts share nothing."""
    from tests.browser import chromium

    with chromium() as browser:
        yield browser


@pytest.fixture(scope="session")
def book() -> FontBook:
    return fontbook()


@pytest.fixture(scope="session", params=THEMES)
def theme(request: pytest.FixtureRequest) -> Theme:
    """Each theme that comes with the program, one after the other."""
    return theme_named(request.param)
