"""Who makes the chunks of a build: this process, several processes, or the workers of a Dask cluster.

Whoever makes them, what was made comes back in the order of the plan, and a few chunks are on their way at a time,
so that memory does not grow with the number of schools.
"""

import os
import pickle
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import connection, get_context, parent_process, resource_tracker
from multiprocessing.shared_memory import SharedMemory
from typing import Any

from leaflet.build.worker import Done, Kit, Order, Worker, worker_for
from leaflet.faults import Place, fail

Executor = Callable[[Kit, Iterable[Order]], Iterator[Done]]

_AHEAD = 3  # chunks on their way for each worker


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_turn(kit: Kit, orders: Iterable[Order]) -> Iterator[Done]:
    """In this process, one after the other."""
    worker = Worker(kit)
    return map(worker.make, orders)


def on_processes(jobs: int) -> Executor:
    """In so many processes of this machine."""

    def run(kit: Kit, orders: Iterable[Order]) -> Iterator[Done]:
        with _shared(kit) as shared:
            pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, shared)

            def submit(order: Order) -> Future[Done]:
                with _deaf():
                    return pool.submit(_make, order)

            try:
                yield from _in_order(submit, orders, jobs * _AHEAD, Future.result)
            except BrokenProcessPool:
                raise fail("W107", Place()) from None
            finally:
                pool.shutdown(cancel_futures=True)

    return run


@contextmanager
def _shared(kit: Kit) -> Iterator[tuple[str, int]]:
    """A kit in memory that processes of this machine read, by name and size.

    Given to a process as it starts it would fill a pipe, and be waited for for ever when that process is killed.
    """
    data = pickle.dumps(kit)
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


def on_cluster(address: str) -> Executor:
    """On the workers of a Dask scheduler.

    Raises:
        UsageError: Dask is not installed (U023), or nobody answers at the address (U024).
    """

    def run(kit: Kit, orders: Iterable[Order]) -> Iterator[Done]:
        with _cluster(address) as client:
            spread = client.scatter(kit, broadcast=True, hash=False)
            workers = max(1, len(client.scheduler_info()["workers"]))

            def submit(order: Order) -> Any:
                return client.submit(_make_with, spread, order, pure=False)

            yield from _in_order(submit, orders, workers * _AHEAD, lambda future: future.result())

    return run


@contextmanager
def _cluster(address: str) -> Iterator[Any]:
    try:
        from distributed import Client  # an optional extra
    except ImportError:
        raise fail("U023", Place(field="--scheduler")) from None
    try:
        client = Client(address, timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise fail("U024", Place(field="--scheduler"), value=address, problem=str(error)) from None
    with client:
        yield client


def _in_order(
    submit: Callable[[Order], Any], orders: Iterable[Order], window: int, result: Callable[[Any], Done]
) -> Iterator[Done]:
    """Results in the order of the orders, of which no more than a window is under way."""
    under_way: deque[Any] = deque()
    for order in orders:
        under_way.append(submit(order))
        if len(under_way) >= window:
            yield result(under_way.popleft())
    while under_way:
        yield result(under_way.popleft())


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
        _worker = Worker(pickle.loads(bytes(_bytes_of(memory)[:size])))
    finally:
        memory.close()


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _make(order: Order) -> Done:
    assert _worker is not None, "the process was prepared"
    return _worker.make(order)


def _make_with(kit: Kit, order: Order) -> Done:
    """The same on a cluster, whose workers keep what was scattered."""
    return worker_for(kit).make(order)
