"""Make the batches of a build in several processes of this machine, each with its own worker.

The first batch of each document is made here: where the system can fork, they begin with what was learned from it.
"""

import gc
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from itertools import islice
from multiprocessing import active_children, connection, get_context, parent_process, resource_tracker
from multiprocessing.context import BaseContext

from leaflet.faults import Place, fail, fault_of
from leaflet.production.worker import GC_THRESHOLDS, Batch, BatchResult, BuildSetup, Executor, Worker

_BATCHES_AHEAD = 3  # batches under way for each process
_DESCRIPTORS = 12  # of files: the queues of the pool, and what starting a process takes for a moment
_DESCRIPTORS_EACH = 2  # that stay open for each process
_workers: list[Worker] = []  # in a process of a pool, its own one


def on_processes(jobs: int) -> Executor:
    """Return an executor on so many processes of this machine."""

    def make_batches(setup: BuildSetup, batches: Iterable[Batch]) -> Iterator[BatchResult]:
        check_descriptors(jobs)
        own, known, others = Worker(setup), set[str](), {*active_children()}
        pool = ProcessPoolExecutor(jobs, _start_method(), _start_worker, (own,))

        def submit(batch: Batch) -> Future[BatchResult]:
            if batch.document.name not in known:
                known.add(batch.document.name)
                made = Future[BatchResult]()
                made.set_result(own.make(batch))
                return made
            # a pool that is interrupted while it starts cannot be shut down
            with _signals_blocked():
                return pool.submit(_make_batch, batch)

        try:
            yield from _in_order(map(submit, batches), jobs * _BATCHES_AHEAD)
        except (BrokenProcessPool, BrokenPipeError):  # the second if one is killed while it starts
            raise fail("W107", Place()) from None
        except OSError as error:
            for child in {*active_children()} - others:  # a pool that has not all of them never ends any
                child.kill()
            raise fault_of(error, "W118", Place()) from None
        finally:
            pool.shutdown(cancel_futures=True)

    return make_batches


def _in_order(submitted: Iterator[Future[BatchResult]], most: int) -> Iterator[BatchResult]:
    """Yield results in the order of the batches; so many at most are submitted and under way."""
    under_way = deque(islice(submitted, most))
    while under_way:
        yield under_way.popleft().result()
        under_way.extend(islice(submitted, 1))


def _start_method() -> BaseContext:
    """Return how processes are started: forked where this is safe, else new ones."""
    if sys.platform == "linux" and threading.active_count() == 1:  # a lock of another thread would stay locked
        return get_context("fork")
    if sys.platform != "win32":
        resource_tracker.ensure_running()  # it handles Ctrl-C itself, and would unblock it for this process
    return get_context("spawn")


def check_descriptors(jobs: int) -> None:
    """Check that so many processes can be started, before the first one is."""
    opened: list[int] = []
    try:
        for _ in range(_DESCRIPTORS + _DESCRIPTORS_EACH * jobs):
            opened.append(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        raise fault_of(error, "W118", Place()) from None
    finally:
        for handle in opened:
            os.close(handle)


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Block the signals that end a command within the block: a terminal sends them to all processes at once.

    Processes started in it inherit that, this one gets the signals afterwards.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP, signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _start_worker(worker: Worker) -> None:
    """Prepare a process: it ignores Ctrl-C, which its parent handles, and ends with it.

    Its worker is that of its parent, a forked one with all that it has learned.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # inherited from its parent
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_exit_with_parent, args=(parent.sentinel,), daemon=True).start()
    _workers.append(worker)
    gc.freeze()  # what is there now lives as long as the process
    gc.set_threshold(*GC_THRESHOLDS)


def _exit_with_parent(sentinel: int) -> None:
    """Wait for the end of the parent, then end this process at once."""
    connection.wait([sentinel])
    os._exit(1)


def _make_batch(batch: Batch) -> BatchResult:
    return _workers[0].make(batch)
