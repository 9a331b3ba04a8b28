"""A run that a signal ends: Ctrl-C, or SIGTERM, by which systems and CI runners end a program politely."""

import signal
from types import FrameType

_INTERRUPTED, _TERMINATED = 130, 143  # what shells call an end by these signals: 128 and the signal's number


class Terminated(KeyboardInterrupt):
    """SIGTERM came: the run ends as by Ctrl-C."""


def listen() -> None:
    """From now on SIGTERM ends the run as Ctrl-C does, with nothing half done."""
    signal.signal(signal.SIGTERM, _end)


def exit_code(error: BaseException) -> int:
    """The exit code of a run that ended by this, whatever it was wrapped into on its way."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, Terminated):
            return _TERMINATED
        cause = cause.__cause__
    return _INTERRUPTED


def _end(_signal: int, _frame: FrameType | None) -> None:
    raise Terminated
