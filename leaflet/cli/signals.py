"""Signals that end a command: Ctrl-C (SIGINT), SIGTERM of a system, SIGHUP of a terminal that was closed."""

import signal
from types import FrameType

_SIGNALLED = 128  # and the number of the signal: the exit code, as shells have it
PIPE_EXIT_CODE = 141  # SIGPIPE, with which other tools end when nobody reads their output


class Terminated(KeyboardInterrupt):
    """SIGTERM or SIGHUP came, whose number is `number`; it ends the command as Ctrl-C does."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


def handle_ends() -> None:
    """Make SIGTERM and SIGHUP end the command as Ctrl-C does, with nothing half done.

    A SIGHUP that is ignored stays so: `nohup` asks for that.
    """
    signal.signal(signal.SIGTERM, _raise_terminated)
    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) is signal.SIG_DFL:
        signal.signal(signal.SIGHUP, _raise_terminated)


def interrupt_exit_code(error: BaseException) -> int:
    """Return the exit code of a command that a signal ended, however often the exception was wrapped."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, Terminated):
            return _SIGNALLED + cause.number
        cause = cause.__cause__
    return _SIGNALLED + signal.SIGINT


def _raise_terminated(number: int, _frame: FrameType | None) -> None:
    raise Terminated(number)
