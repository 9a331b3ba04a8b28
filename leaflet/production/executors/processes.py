"""The chunks of a build on several processes of this machine, each with its own worker.

Where the system can fork, they are forked from one process that has done nothing but import the program: it may begin
while a list is still being read (`prepare`).
"""

import gc
import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import connection, get_all_start_methods, get_context, parent_process, resource_tracker
from multiprocessing.context import BaseContext
from multiprocessing.reduction import ForkingPickler
from multiprocessing.shared_memory import SharedMemory

from leaflet.faults import Place, fail
from leaflet.production.executors.in_process import AHEAD, RARELY, Executor, in_order
from leaflet.production.worker import Batch, BatchResult, BuildSetup, Worker


def prepare() -> BaseContext:
    """Have a process begin that others are forked from; it ends with this one. Returns what starts them.

    Where there is no such thing (Windows, no place for the socket it listens on) each is started for itself.
    """
    if "forkserver" in get_all_start_methods():
        from multiprocessing import forkserver  # which Windows has not

        context = get_context("forkserver")
        context.set_forkserver_preload([__name__])
        with _deaf(), suppress(OSError):
            forkserver.ensure_running()
            return context
    return get_context("spawn")


def on_processes(jobs: int) -> Executor:
    """In so many processes of this machine."""

    def run(setup: BuildSetup, batches: Iterable[Batch]) -> Iterator[BatchResult]:
        context = prepare()
        with _shared(setup) as shared:
            pool = ProcessPoolExecutor(jobs, context, _begin, shared)

            def submit(batch: Batch) -> Future[BatchResult]:
                with _deaf(signal.SIGTERM):  # a pool that is interrupted while it starts cannot be shut down
                    return pool.submit(_make, batch)

            try:
                yield from in_order(submit, batches, jobs * AHEAD, Future.result)
            except (BrokenProcessPool, BrokenPipeError):  # the second, of one that is killed while it starts
                raise fail("W107", Place()) from None
            finally:
                pool.shutdown(cancel_futures=True)

    return run


@contextmanager
def _shared(setup: BuildSetup) -> Iterator[tuple[str, int]]:
    """A setup and the environment of its build, in memory that processes of this machine read, by name and size.

    Given to a process as it starts it would fill a pipe, and be waited for for ever when that process is killed.
    """
    data = ForkingPickler.dumps((setup, dict(os.environ)))
    memory = SharedMemory(create=True, size=len(data))
    try:
        _bytes_of(memory)[: len(data)] = data
        yield memory.name, len(data)
    finally:
        memory.close()
        memory.unlink()


def _bytes_of(memory: SharedMemory) -> memoryview:
    assert memory.buf is not None, "it is open"
    return memory.buf


@contextmanager
def _deaf(*more: signal.Signals) -> Iterator[None]:
    """Processes that are started meanwhile do not hear Ctrl-C, not even at first; this one does afterwards.

    Args:
        more: further signals that wait meanwhile.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which would end the silence if it began in the middle of it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *more})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_worker: Worker | None = None


def _begin(name: str, size: int) -> None:
    """Prepare a process with a shared setup: Ctrl-C is its parent's business, and it does not outlive its parent.

    What it is forked from may have begun in another environment.
    """
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # which it may have got from its parent
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    memory = SharedMemory(name)
    try:
        setup, environment = ForkingPickler.loads(bytes(_bytes_of(memory)[:size]))
    finally:
        memory.close()
    os.environ.clear()
    os.environ.update(environment)
    _worker = Worker(setup)
    gc.freeze()  # the program, and what all files are made from, stay to the end
    gc.set_threshold(*RARELY)


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _make(batch: Batch) -> BatchResult:
    assert _worker is not None, "the process was prepared"
    return _worker.make(batch)
