"""Signals that end a command: Ctrl-C (SIGINT), and SIGTERM, with which systems and CI runners end a program."""

import signal
from types import FrameType

_INTERRUPTED, _TERMINATED = 130, 143  # as shells have it: 128 and the number of the signal
PIPE_EXIT_CODE = 141  # SIGPIPE, with which other tools end when nobody reads their output


class Terminated(KeyboardInterrupt):
    """SIGTERM came; it ends the command as Ctrl-C does."""


def handle_sigterm() -> None:
    """Make SIGTERM end the command as Ctrl-C does, with nothing half done."""
    signal.signal(signal.SIGTERM, _raise_terminated)


def interrupt_exit_code(error: BaseException) -> int:
    """Return the exit code of a command that a signal ended, however often the exception was wrapped."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, Terminated):
            return _TERMINATED
        cause = cause.__cause__
    return _INTERRUPTED


def _raise_terminated(_signal: int, _frame: FrameType | None) -> None:
    raise Terminated
