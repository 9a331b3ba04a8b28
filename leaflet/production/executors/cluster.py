"""Make the batches of a build on the workers of a Dask cluster, the optional extra ``dask``.

Workers come and go: another one makes again what a lost one had begun, or had made and not sent yet. When there is no
worker for a while, or the scheduler is gone, the build ends with a fault, and the same command resumes it.
"""

import gc
import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from leaflet.faults import Place, fail
from leaflet.production.executors.in_process import BATCHES_AHEAD, Executor, in_order
from leaflet.production.worker import Batch, BatchResult, BuildSetup, worker_for

_LOGGERS = ("distributed", "distributed.client", "tornado.application", "asyncio")
_POLL_SECONDS = 1.0  # how long to wait for a result before workers are counted
_MOST_POLLS_ALONE = 60  # counts in a row that may find no worker: restarting one takes some time


def on_cluster(address: str) -> Executor:
    """Return an executor on the workers of a Dask scheduler.

    Raises:
        UsageError: Dask is not installed (U023), or nothing answers at the address (U024).
        RenderError: all workers are lost, or the scheduler (W107).
    """

    def make_batches(setup: BuildSetup, batches: Iterable[Batch]) -> Iterator[BatchResult]:
        with _loss_as_fault(), _dask_logs_silenced(), _cluster(address) as client:
            workers = _ClusterWorkers(client, setup)
            yield from in_order(workers.submit, batches, max(1, workers.size()) * BATCHES_AHEAD, workers.result)

    return make_batches


class _ClusterWorkers:
    """The workers of a cluster, for one build."""

    def __init__(self, client: Any, setup: BuildSetup) -> None:
        self._client = client
        # as a task, so that Dask sends it again if all workers that have it are lost
        self._setup = client.submit(_share_setup, setup, pure=False)

    def submit(self, batch: Batch) -> Any:
        """Start a batch; return its future."""
        return self._client.submit(_make_batch, self._setup, batch, pure=False)

    def result(self, future: Any) -> BatchResult:
        """Wait for the result of a batch as long as there are workers.

        Raises:
            OSError: there are none any more.
        """
        alone = 0
        while True:
            try:
                done: BatchResult = future.result(timeout=_POLL_SECONDS)
            except TimeoutError:
                alone = 0 if self.size() else alone + 1
                if alone > _MOST_POLLS_ALONE or future.status == "error":  # the batch itself raised it
                    raise
            else:
                return done

    def size(self) -> int:
        """Return how many workers there are now."""
        if self._client.status != "running":
            raise ConnectionError(self._client.status)
        return len(self._client.nthreads())


@contextmanager
def _loss_as_fault() -> Iterator[None]:
    """Raise what Dask raises when workers or scheduler are lost as a fault.

    Raises:
        RenderError: they are lost (W107).
        UsageError: Dask is not installed (U023).
    """
    try:
        from distributed import CancelledError, KilledWorker
        from distributed.client import ClosedClientError
        from distributed.scheduler import NoValidWorkerError
    except ImportError:
        raise fail("U023", Place(field="--scheduler")) from None
    try:
        yield
    except (KilledWorker, NoValidWorkerError, CancelledError, ClosedClientError, OSError):
        raise fail("W107", Place()) from None


@contextmanager
def _cluster(address: str) -> Iterator[Any]:
    """Connect to a scheduler."""
    from distributed import Client

    try:
        client = Client(address, timeout=10)  # type: ignore[no-untyped-call]  # distributed has no types
    except (OSError, ValueError) as error:
        raise fail("U024", Place(field="--scheduler"), value=address, problem=str(error)) from None
    with client:
        yield client


@contextmanager
def _dask_logs_silenced() -> Iterator[None]:
    """Silence Dask's loggers: a lost worker is either replaced or reported as W107."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        gc.collect()  # futures that nobody waited for log an error when they are deleted
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _share_setup(setup: BuildSetup) -> BuildSetup:
    """Return the setup as the result of a task: workers copy it from each other."""
    return setup


_one_at_a_time = threading.Lock()  # a worker of Dask may have several threads, `Worker` is for one


def _make_batch(setup: BuildSetup, batch: Batch) -> BatchResult:
    """Make a batch with the worker of this process."""
    with _one_at_a_time:
        return worker_for(setup).make(batch)
