"""The chunks of a build on several processes of this machine, each with its own worker."""

import os
import signal
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection, get_context, parent_process

from leaflet.build.executors import AHEAD, Executor, in_order
from leaflet.build.worker import Done, Kit, Order, Worker
from leaflet.faults import Place, fail


def on_processes(jobs: int) -> Executor:
    """In so many processes of this machine."""

    def run(kit: Kit, orders: Iterable[Order]) -> Iterator[Done]:
        pool = ProcessPoolExecutor(jobs, get_context("spawn"), _begin, (kit,))
        try:
            yield from in_order(lambda order: pool.submit(_make, order), orders, jobs * AHEAD, Future.result)
        except BrokenProcessPool:
            raise fail("W107", Place()) from None
        finally:
            pool.shutdown(cancel_futures=True)

    return run


_worker: Worker | None = None


def _begin(kit: Kit) -> None:
    """Prepare a process: Ctrl-C is its parent's business, and it does not outlive its parent."""
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()
    _worker = Worker(kit)


def _end_with(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def _make(order: Order) -> Done:
    assert _worker is not None, "the process was prepared"
    return _worker.make(order)
