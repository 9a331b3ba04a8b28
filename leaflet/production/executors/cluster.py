"""Make the batches of a build on the workers of a Dask cluster, the optional extra ``dask``.

Bytes are sent and bytes come back (`wire_format`). Workers call one function of the program, `make_batch`. Dask
pickles the name of that function and its own messages, so whoever is the scheduler can have any code run by all.

Workers come and go: another one makes again what a lost one had begun, or had made and not sent yet. When there is no
worker for a while, or the scheduler is gone, the build ends with a fault, and the same command resumes it.
"""

import gc
import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from leaflet.faults import LeafletError, Place, RenderError, fail, unexpected_fault
from leaflet.production.executors.in_process import BATCHES_AHEAD, Executor, in_order
from leaflet.production.executors.scheduler import connected
from leaflet.production.executors.wire_format import (
    decode_batch,
    decode_result,
    decode_setup,
    encode_batch,
    encode_error,
    encode_result,
    encode_setup,
)
from leaflet.production.worker import Batch, BatchResult, BuildSetup, Worker

_LOGGERS = ("distributed", "distributed.client", "tornado.application", "asyncio")
_POLL_SECONDS = 1.0  # how long to wait for a result before workers are counted
_MOST_POLLS_ALONE = 60  # counts in a row that may find no worker: restarting one takes some time


def on_cluster(address: str) -> Executor:
    """Return an executor on the workers of a Dask scheduler.

    Raises:
        UsageError: Dask is not installed (U023), no scheduler answers (U024), or not with these certificates (U034).
        RenderError: all workers are lost, or the scheduler (W107); or they have another leaflet or none (W121).
    """

    def make_batches(setup: BuildSetup, batches: Iterable[Batch]) -> Iterator[BatchResult]:
        with _loss_as_fault(), _dask_logs_silenced(), connected(address) as client:
            workers = _ClusterWorkers(client, setup)
            yield from in_order(workers.submit, batches, max(1, workers.size()) * BATCHES_AHEAD, workers.result)

    return make_batches


class _ClusterWorkers:
    """The workers of a cluster, for one build."""

    def __init__(self, client: Any, setup: BuildSetup) -> None:
        self._client = client
        # as a task, so that Dask sends it again if all workers that have it are lost
        self._setup = client.submit(bytes, encode_setup(setup), pure=False)

    def submit(self, batch: Batch) -> Any:
        """Start a batch; return its future."""
        return self._client.submit(make_batch, self._setup, encode_batch(batch), pure=False)

    def result(self, future: Any) -> BatchResult:
        """Wait for the result of a batch as long as there are workers.

        Raises:
            OSError: there are none any more.
            LeafletError: the batch could not be made, or the machines have another leaflet or none (W121).
        """
        alone = 0
        while True:
            try:
                done: bytes = future.result(timeout=_POLL_SECONDS)
            except TimeoutError:
                alone = 0 if self.size() else alone + 1
                if alone > _MOST_POLLS_ALONE:
                    raise
            except (AttributeError, ImportError, RuntimeError):  # of unpickling, on machines without the function
                raise fail("W121", Place()) from None
            else:
                return decode_result(done)

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
def _dask_logs_silenced() -> Iterator[None]:
    """Silence Dask's loggers: a lost worker is either replaced or reported as W107."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        gc.collect()  # futures that nobody waited for log an error when they are deleted
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


_one_at_a_time = threading.Lock()  # a worker of Dask may have several threads, `Worker` is for one


def make_batch(setup: bytes, batch: bytes) -> bytes:
    """Make a batch with the worker of this process; return the result, or why there is none."""
    try:
        with _one_at_a_time:
            return encode_result(_worker(setup).make(decode_batch(batch)))
    except LeafletError as error:
        return encode_error(error)
    except Exception as error:  # Dask would send it as it is, with values that may be names
        return encode_error(RenderError([unexpected_fault(error)]))


@lru_cache(maxsize=1)
def _worker(setup: bytes) -> Worker:
    """Return the worker of this process for a setup; that of an earlier build is forgotten."""
    return Worker(decode_setup(setup))
