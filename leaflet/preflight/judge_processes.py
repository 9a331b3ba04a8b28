"""Judge finished files in processes of their own, each with limits: one that cannot be judged is a finding.

A library of judging (page-validation) has threads, and a process that has used it cannot be forked. So the pool
stands in a process that judges nothing itself, the keeper. It loads all libraries once, and stays for the next files.
"""

import atexit
import ctypes
import gc
import os
import signal
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from math import ceil
from multiprocessing import connection, get_context, parent_process
from pathlib import Path
from typing import Any
from warnings import catch_warnings

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import Fault, Place, fail
from leaflet.preflight.rule import Context, OutputFolder
from leaflet.preflight.rule_settings import RuleSettings
from leaflet.preflight.targets import CheckTarget
from leaflet.preflight.verdict import JudgedFile
from leaflet.production.build_options import Progress

if sys.platform != "win32":
    import resource

_MB = 1_000_000
_LARGE = 200_000  # bytes of a file whose pages are counted
_LEAST_PAGE = 100  # bytes of a page
_OF_DATES = frozenset(("K301", "K302", "K303", "K304", "K305"))  # dates do not differ within a kind
_UNABLE = 77  # exit code of a child that was refused memory, or came upon what nobody foresaw
_BUSY = 8  # wall time that is allowed for a second of the processor, on a machine that does other things
_PR_SET_PDEATHSIG = 1  # prctl(2)
_STATM = Path("/proc/self/statm")


class JudgingLimits(Struct, frozen=True, kw_only=True):
    """The most that judging one file may take; large files, and those of many pages, may take more."""

    seconds: float = 8  # of the processor, for any file
    seconds_per_mb: float = 8  # more of them for each megabyte of the file
    seconds_per_page: float = 0.15  # more of them for each page of a large file
    memory_mb: float = 900  # for any file
    memory_per_mb: float = 20  # more of it for each megabyte of the file
    memory_per_page: float = 0.4  # more of it for each page of a large file

    def seconds_for(self, path: Path) -> float:
        """Return the seconds that a file may take."""
        return self.seconds + self.seconds_per_mb * _size(path) / _MB + self.seconds_per_page * _pages(path)

    def memory_for(self, path: Path) -> int:
        """Return the bytes of memory that a file may take."""
        own = self.memory_mb + self.memory_per_page * _pages(path)
        return round(own * _MB + self.memory_per_mb * _size(path))


class _Child:
    """A process that judges one file after the other, as seen from its parent."""

    def __init__(self, context: Context, settings: RuleSettings | None, limits: JudgingLimits) -> None:
        # A forked child has the libraries that its parent has loaded; elsewhere the system's own do not allow it.
        kind: Any = get_context("fork" if sys.platform == "linux" else "spawn")
        self.connection, its_end = kind.Pipe()
        self._limits = limits
        self.process = kind.Process(target=_work, args=(its_end, context, settings, limits), daemon=True)
        with catch_warnings(action="ignore", category=DeprecationWarning):  # numpy has threads, which wait
            self.process.start()
        its_end.close()
        self._target: CheckTarget | None = None
        self.deadline = 0.0

    def ask(self, target: CheckTarget) -> None:
        """Have a file judged."""
        self._target = target
        self.deadline = time.monotonic() + _BUSY * self._limits.seconds_for(target.path)
        with suppress(BrokenPipeError):  # the answer is that it is lost
            self.connection.send(target)

    def answer(self) -> JudgedFile:
        """Return what was found in the file, or that it could not be judged."""
        assert self._target is not None
        try:
            if self.connection.poll(max(0.0, self.deadline - time.monotonic())):
                judged = self.connection.recv()
                assert isinstance(judged, JudgedFile)
                return judged
        except (EOFError, ConnectionResetError):
            self.process.join()
            out_of_time = getattr(signal, "SIGXCPU", 0)  # ends a process which has had its time, where there is one
            return _lost(self._target, self._limits, is_late=self.process.exitcode == -int(out_of_time))
        self.end()
        return _lost(self._target, self._limits, is_late=True)

    def end(self) -> None:
        """End the process, whatever it does."""
        self.process.kill()
        self.process.join()
        self.connection.close()


def judge_apart(
    targets: Sequence[CheckTarget],
    context: Context,
    settings: RuleSettings | None = None,
    jobs: int = 1,
    limits: JudgingLimits | None = None,
) -> Iterator[JudgedFile]:
    """Judge files in so many processes, which end with it, and yield what was found in the order of the files."""
    from leaflet.preflight.rules.rule_list import all_rules

    all_rules()  # what cannot be loaded is told here, and what can is loaded for all children
    children: list[_Child] = []
    done: dict[int, JudgedFile] = {}
    busy: dict[_Child, int] = {}
    given = following = 0
    try:
        while following < len(targets):
            while given < len(targets) and len(busy) < jobs:
                children = [child for child in children if child.process.is_alive()]
                idle = next((child for child in children if child not in busy), None)
                if idle is None:
                    children.append(idle := _Child(context, settings, limits or JudgingLimits()))
                idle.ask(targets[given])
                busy[idle] = given
                given += 1
            for child in _ready(busy):
                done[busy.pop(child)] = child.answer()
            while following in done:
                following += 1
                yield done.pop(following - 1)
    finally:
        for child in children:
            child.end()


def _ready(busy: "dict[_Child, int]") -> list[_Child]:
    """Return the children that have an answer, are gone or have had their time, as soon as there is one."""
    by_connection = {child.connection: child for child in busy}
    first = min(child.deadline for child in busy)
    ready = connection.wait(list(by_connection), max(0.0, first - time.monotonic()))
    now = time.monotonic()
    return [by_connection[one] for one in ready] or [child for child in busy if child.deadline <= now]


def _lost(target: CheckTarget, limits: JudgingLimits, *, is_late: bool) -> JudgedFile:
    """Return the finding about a file whose judge had to be ended, or ended by itself."""
    place = Place(file=target.name)
    if is_late:
        fault = Fault("K008", place, {"seconds": ceil(limits.seconds_for(target.path))})
    else:
        fault = Fault("K009", place, {"limit": round(limits.memory_for(target.path) / _MB)})
    return JudgedFile(name=target.name, faults=(fault,), size=_size(target.path))


def _work(  # in a child
    parent: "connection.Connection", context: Context, settings: RuleSettings | None, limits: JudgingLimits
) -> None:
    """Judge what the parent sends, until it sends no more."""
    from leaflet.preflight.judge import Judge

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _end_with_parent()
    gc.freeze()
    judge = Judge(context, settings)
    while True:
        try:
            asked = parent.recv()
        except (EOFError, OSError):
            return
        _limit(limits.seconds_for(asked.path), limits.memory_for(asked.path))
        try:
            parent.send(judge.judge(asked))
        except Exception:  # of memory, too; the file is lost, and the child with it
            os._exit(_UNABLE)


def _end_with_parent() -> None:
    """Have the system end this process with its parent, which may be killed.

    A forked child has all that its parent had open, the connections of the others too, so that nobody would be told
    that the parent is gone: who waits for the parent would wait for ever, and so would the child.
    """
    if sys.platform == "linux":
        parent = parent_process()
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if parent is not None and os.getppid() != parent.pid:  # it was gone before
            os._exit(_UNABLE)


def _limit(seconds: float, memory: int) -> None:
    """Limit what this process may take from now on, as far as the system can."""
    if sys.platform != "win32":
        used = resource.getrusage(resource.RUSAGE_SELF)
        _set_limit(resource.RLIMIT_CPU, ceil(used.ru_utime + used.ru_stime + seconds))
        _set_limit(resource.RLIMIT_CORE, 0)
        with suppress(OSError):  # where it cannot be known how much there is, it is not limited
            pages = int(_STATM.read_text("ascii").split()[0])
            _set_limit(resource.RLIMIT_AS, pages * resource.getpagesize() + memory)


def _set_limit(kind: int, most: int) -> None:
    if sys.platform != "win32":
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _size(path: Path) -> int:
    with suppress(OSError):
        return path.stat().st_size
    return 0


def _pages(path: Path) -> int:
    """Count the pages that stand in a large file as they are; no file has more than its bytes are worth."""
    with suppress(OSError):
        if path.is_file() and (size := _size(path)) >= _LARGE:
            return min(path.read_bytes().count(b"/Type /Page "), size // _LEAST_PAGE)
    return 0


def judge_files(
    targets: Sequence[CheckTarget],
    context: Context,
    settings: RuleSettings | None = None,
    *,
    jobs: int = 1,
    limits: JudgingLimits | None = None,
    progress: Progress = lambda _done, _total, _name: None,
) -> Iterator[JudgedFile]:
    """Judge many files, and yield what was found in their order, whatever the number of processes.

    After each one `progress` is called with the number of files that have a verdict, that of all files, and its name.
    """
    sizes, done = Counter(target.kind for target in targets), 0

    def judge(some: Sequence[CheckTarget], *, for_kinds: bool = False) -> Iterator[JudgedFile]:
        nonlocal done
        found = _kept(judge_apart, tuple(some), context, settings, jobs, limits) if some else iter(())
        for target, judged in zip(some, found, strict=True):
            yield judged
            done = min(done + (sizes.pop(target.kind, 0) if for_kinds else 1), len(targets))
            progress(done, len(targets), target.name)

    is_shared = not (settings or RuleSettings()).packages()  # nobody knows which words their rules look for
    shared = _judge_kinds([target for target in targets if target.kind is not None and is_shared], judge)
    others = judge([target for target in targets if target.kind not in shared])
    for target in targets:
        known = shared.get(target.kind)
        yield next(others) if known is None else _renamed(*known, target)
    yield from others  # none is left: it is heard to the end


def _judge_kinds(
    targets: Sequence[CheckTarget], judge: Callable[..., Iterator[JudgedFile]]
) -> dict[int | None, tuple[CheckTarget, JudgedFile]]:
    """Return the file of each kind whose words reach farthest, and the verdict on it.

    If anything but dates is found there, the one whose words are shortest has to have the same verdict.
    """
    ordered = sorted(targets, key=lambda target: target.width)
    widest = {target.kind: target for target in ordered}
    shortest = {target.kind: target for target in reversed(ordered)}
    found = dict(zip(widest, judge([*widest.values()], for_kinds=True), strict=True))
    told = {kind for kind, one in found.items() if {fault.code for fault in one.faults} - _OF_DATES}
    asked = {kind: target for kind, target in shortest.items() if kind in told and target != widest[kind]}
    for (kind, target), judged in zip(asked.items(), judge([*asked.values()], for_kinds=True), strict=True):
        if judged.faults != _renamed(widest[kind], found[kind], target).faults:
            del found[kind]
    return {kind: (widest[kind], judged) for kind, judged in found.items()}


def _renamed(of: CheckTarget, judged: JudgedFile, target: CheckTarget) -> JudgedFile:
    """Return a verdict as that on another file of its kind, whose pages look the same but for some words."""
    if target.name == judged.name:
        return judged
    faults = [replace(fault, place=replace(fault.place, file=target.name)) for fault in judged.faults]
    looks = [
        replace(look, exact=b"" if own else look.exact, characters=look.characters + own - others)
        for look, own, others in zip(judged.looks, target.letters, of.letters, strict=False)
    ]
    own = {"looks": tuple(looks), "size": target.size, "sha256": target.sha256, "seconds": {}}
    return replace(judged, name=target.name, faults=tuple(faults), **own)


def judge_output(output: OutputFolder, context: Context, settings: RuleSettings | None = None) -> tuple[Fault, ...]:
    """Apply the rules of output folders; what is in a folder is ours, so it has no limits."""
    return tuple(_kept(_judge_output, output, context, settings))


class _Keeper:
    """A process that has a pool, as seen from its parent."""

    def __init__(self) -> None:
        kind = get_context("spawn")
        self.connection, its_end = kind.Pipe()
        self.process = kind.Process(target=_keep, args=(its_end,))
        self.process.start()
        its_end.close()

    def answer(self) -> Any:
        """Return what it says next: a tuple of what was found, an empty one at the end, or an error."""
        try:
            return self.connection.recv()
        except (EOFError, ConnectionError):
            raise fail("W122", Place()) from None

    def end(self) -> None:
        """End it, and with it what it does."""
        self.connection.close()
        self.process.terminate()
        self.process.join()


_free: list[_Keeper] = []  # those that have nothing to do


@atexit.register
def _end_keepers() -> None:
    while _free:
        _free.pop().end()


def _kept(work: Callable[..., Iterator[Any]], *args: Any) -> Iterator[Any]:
    """Have a keeper do some work, and yield what it yields; a keeper that is not heard to the end is ended."""
    while _free and not _free[-1].process.is_alive():
        _free.pop().end()
    keeper = _free.pop() if _free else _Keeper()
    is_heard = False
    try:
        with suppress(ConnectionError):  # the answer is that it is gone
            keeper.connection.send((Path.cwd(), work, args))
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


def _keep(parent: "connection.Connection") -> None:
    """Work for the parent until it is gone: send each result, then an empty tuple at the end, or the error."""
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


def _judge_output(output: OutputFolder, context: Context, settings: RuleSettings | None) -> Iterator[Fault]:
    from leaflet.preflight.judge import Judge

    yield from Judge(context, settings).judge_output(output)
