"""How a run ends that a signal ends."""

import os
import signal
from collections.abc import Iterator

import pytest

from leaflet.cli.stopping import Terminated, exit_code, listen


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """The process of the tests hears SIGTERM as it did."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def wrapped(error: BaseException, times: int) -> BaseException:
    """The error as the cause of others."""
    for _ in range(times):
        try:
            raise KeyboardInterrupt from error
        except KeyboardInterrupt as outer:
            error = outer
    return error


@pytest.mark.parametrize("times", [0, 1, 3])
def test_exit_codes(times: int) -> None:
    """Those of a shell, whatever the signal was wrapped into."""
    assert exit_code(wrapped(Terminated(), times)) == 143
    assert exit_code(wrapped(KeyboardInterrupt(), times)) == 130


@pytest.mark.skipif(os.name != "posix", reason="SIGTERM ends a process at once here")
def test_a_signal_raises() -> None:
    """So that what is under way is tidied up."""
    listen()
    with pytest.raises(Terminated):
        os.kill(os.getpid(), signal.SIGTERM)
