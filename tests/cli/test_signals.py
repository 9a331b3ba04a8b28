"""A signal ends a command with the exit code that shells expect."""

import os
import signal
from collections.abc import Iterator

import pytest

from leaflet.cli.signals import Terminated, handle_sigterm, interrupt_exit_code


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Restore how the process of the tests handles SIGTERM."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


def wrapped(error: BaseException, times: int) -> BaseException:
    """Return an exception that has the error as its cause, `times` levels deep."""
    for _ in range(times):
        try:
            raise KeyboardInterrupt from error
        except KeyboardInterrupt as outer:
            error = outer
    return error


@pytest.mark.parametrize("times", [0, 1, 3])
def test_exit_codes(times: int) -> None:
    """Those of a shell, whatever the signal was wrapped into."""
    assert interrupt_exit_code(wrapped(Terminated(), times)) == 143
    assert interrupt_exit_code(wrapped(KeyboardInterrupt(), times)) == 130


@pytest.mark.skipif(os.name != "posix", reason="SIGTERM ends a process at once here")
def test_a_signal_raises() -> None:
    """So that what is under way is tidied up."""
    handle_sigterm()
    with pytest.raises(Terminated):
        os.kill(os.getpid(), signal.SIGTERM)
