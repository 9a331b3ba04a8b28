"""Judge finished files from a process that cannot have a pool of its own.

A library of judging (page-validation) has threads, and a process that has used it cannot be forked. So the pool
stands in a process that judges nothing itself, the keeper. It loads all libraries once, and stays for the next files.
"""

import atexit
import os
import signal
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from multiprocessing import connection, get_context
from pathlib import Path
from typing import Any

from leaflet.faults import Fault, Place, fail
from leaflet.preflight.judging_pool import JudgingLimits, JudgingPool
from leaflet.preflight.rule import Context, OutputFolder
from leaflet.preflight.settings import RuleSettings
from leaflet.preflight.targets import CheckTarget
from leaflet.preflight.verdict import JudgedFile

Progress = Callable[[int, int, str], None]


def judge_files(
    targets: Sequence[CheckTarget],
    context: Context,
    settings: RuleSettings | None = None,
    *,
    jobs: int = 1,
    limits: JudgingLimits | None = None,
    progress: Progress = lambda _done, _total, _name: None,
) -> Iterator[JudgedFile]:
    """Judge many files, and yield what was found in their order.

    Args:
        targets: the files.
        context: the knowledge that rules have besides the files.
        settings: the campaign's changes to the rules.
        jobs: the number of processes, which changes no verdict.
        limits: of each file.
        progress: is called after each file with the number of files judged, that of all files, and the file's name.
    """
    found = _kept(_judge_files, tuple(targets), context, settings, jobs, limits)
    for number, (target, judged) in enumerate(zip(targets, found, strict=True), 1):
        yield judged
        progress(number, len(targets), target.name)


def judge_output(output: OutputFolder, context: Context, settings: RuleSettings | None = None) -> tuple[Fault, ...]:
    """Apply the rules of output folders; what is in a folder is ours, so it has no limits."""
    return tuple(_kept(_judge_output, output, context, settings))


class _Keeper:
    """A process that has a pool, as seen from its parent."""

    def __init__(self) -> None:
        kind = get_context("spawn")
        self._connection, its_end = kind.Pipe()
        self._process = kind.Process(target=_keep, args=(its_end,))
        self._process.start()
        its_end.close()

    @property
    def is_alive(self) -> bool:
        """Tell whether it can be asked."""
        return self._process.is_alive()

    def ask(self, work: tuple[Any, ...]) -> None:
        """Have some work done."""
        with suppress(ConnectionError):  # the answer is that it is gone
            self._connection.send(work)

    def answer(self) -> Any:
        """Return what it says next: a tuple of what was found, an empty one at the end, or an error."""
        try:
            return self._connection.recv()
        except (EOFError, ConnectionError):
            raise fail("W122", Place()) from None

    def end(self) -> None:
        """End it, and with it what it does."""
        self._connection.close()
        self._process.terminate()
        self._process.join()


_free: list[_Keeper] = []  # those that have nothing to do


@atexit.register
def _end_keepers() -> None:
    while _free:
        _free.pop().end()


def _kept(work: Callable[..., Iterator[Any]], *args: Any) -> Iterator[Any]:
    """Have a keeper do some work, and yield what it yields; a keeper that is not heard to the end is ended.

    Raises:
        RenderError: the keeper has been ended from outside (W122).
    """
    while _free and not _free[-1].is_alive:
        _free.pop().end()
    keeper = _free.pop() if _free else _Keeper()
    is_heard = False
    try:
        keeper.ask((Path.cwd(), work, args))
        while said := keeper.answer():
            if isinstance(said, Exception):
                raise said
            yield from said
        is_heard = True
    finally:
        if is_heard:
            _free.append(keeper)
        else:
            keeper.end()


# --- in the keeper --------------------------------------------------------------------------------------------------


def _keep(parent: "connection.Connection") -> None:
    """Do what the parent asks for, until it asks no more: send what each work yields, then nothing, or its error."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent ends what it has started
    from leaflet.preflight import judge  # noqa: F401 - whose libraries all children share

    with suppress(EOFError, OSError):  # the parent is gone
        while True:
            here, work, args = parent.recv()
            os.chdir(here)  # where relative paths begin
            try:
                for one in work(*args):
                    parent.send((one,))
            except Exception as error:
                parent.send(error)
            else:
                parent.send(())


def _judge_files(
    targets: Sequence[CheckTarget],
    context: Context,
    settings: RuleSettings | None,
    jobs: int,
    limits: JudgingLimits | None,
) -> Iterator[JudgedFile]:
    from leaflet.preflight.all_rules import all_rules

    all_rules()  # what cannot be loaded is told here, and what can is loaded for all children
    with JudgingPool(context, settings, jobs=jobs, limits=limits) as pool:
        yield from pool.judge(targets)


def _judge_output(output: OutputFolder, context: Context, settings: RuleSettings | None) -> Iterator[Fault]:
    from leaflet.preflight.judge import Judge

    yield from Judge(context, settings).judge_output(output)
