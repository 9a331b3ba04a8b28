"""The chunks of a build on several processes of this machine, each with its own worker."""

import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process, resource_tracker
from multiprocessing.reduction import ForkingPickler
from multiprocessing.shared_memory import SharedMemory

from leaflet.build.executors import AHEAD, Executor, in_order
from leaflet.build.worker import Done, Kit, Order, Worker
from leaflet.faults import Place, fail


def on_processes(jobs: int) -> Executor:
    """In so many processes of this machine."""

    def run(kit: Kit, orders: Iterable[Order]) -> Iterator[Done]:
        with _shared(kit) as shared:
            pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, shared)

            def submit(order: Order) -> Future[Done]:
                with _deaf():
                    return pool.submit(_make, order)

            try:
                yield from in_order(submit, orders, jobs * AHEAD, Future.result)
            except (BrokenProcessPool, BrokenPipeError):  # the second, of one that is killed while it starts
                raise fail("W107", Place()) from None
            finally:
                pool.shutdown(cancel_futures=True)

    return run


@contextmanager
def _shared(kit: Kit) -> Iterator[tuple[str, int]]:
    """A kit in memory that processes of this machine read, by name and size.

    Given to a process as it starts it would fill a pipe, and be waited for for ever when that process is killed.
    """
    data = ForkingPickler.dumps(kit)
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
def _deaf() -> Iterator[None]:
    """Processes that are started meanwhile do not hear Ctrl-C, not even at first; this one does afterwards."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # which would end the silence if it began in the middle of it
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_worker: Worker | None = None


def _begin(name: str, size: int) -> None:
    """Prepare a process with a shared kit: Ctrl-C is its parent's business, and it does not outlive its parent."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    memory = SharedMemory(name)
    try:
        _worker = Worker(ForkingPickler.loads(bytes(_bytes_of(memory)[:size])))
    finally:
        memory.close()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _make(order: Order) -> Done:
    assert _worker is not None, "the process was prepared"
    return _worker.make(order)
