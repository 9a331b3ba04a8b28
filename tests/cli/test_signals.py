"""A signal ends a command with the exit code that shells expect."""

import os
import signal
from collections.abc import Iterator

import pytest

from leaflet.cli.terminal import Terminated, handle_ends, interrupt_exit_code

ENDS = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Restore how the process of the tests handles signals."""
    before = {number: signal.getsignal(number) for number in ENDS}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


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
    assert interrupt_exit_code(wrapped(Terminated(15), times)) == 143
    assert interrupt_exit_code(wrapped(Terminated(1), times)) == 129
    assert interrupt_exit_code(wrapped(KeyboardInterrupt(), times)) == 130


@pytest.mark.skipif(os.name != "posix", reason="a signal ends a process at once here")
@pytest.mark.parametrize("number", ENDS)
def test_a_signal_raises(number: signal.Signals) -> None:
    signal.signal(number, signal.SIG_DFL)
    handle_ends()
    with pytest.raises(Terminated):
        os.kill(os.getpid(), number)


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="no terminals that are closed here")
def test_a_command_that_is_to_outlive_its_terminal_does() -> None:
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    handle_ends()
    os.kill(os.getpid(), signal.SIGHUP)
