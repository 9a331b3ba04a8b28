"""The chunks of a build on the workers of a Dask cluster, the optional extra ``dask``.

Workers come and go: what a lost one had begun, or had made and not sent yet, another one makes again. When all of
them stay away, or the scheduler is gone, the build ends with a fault, and the same command goes on.
"""

import gc
import logging
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from leaflet.faults import Place, fail
from leaflet.production.executors.in_process import AHEAD, Executor, in_order
from leaflet.production.worker import Batch, BatchResult, BuildSetup, worker_for

_LOGGERS = ("distributed", "distributed.client", "tornado.application", "asyncio")
_GLANCE = 1.0  # seconds between two looks at who is there, while nothing comes
_PATIENCE = 60  # such looks in a row that may find nobody: starting a worker again takes some time


def on_cluster(address: str) -> Executor:
    """On the workers of a Dask scheduler.

    Raises:
        UsageError: Dask is not installed (U023), or nobody answers at the address (U024).
        RenderError: all workers are lost, or the scheduler (W107).
    """

    def run(setup: BuildSetup, batches: Iterable[Batch]) -> Iterator[BatchResult]:
        with _telling_of_loss(), _hushed(), _cluster(address) as client:
            crew = _Crew(client, setup)
            yield from in_order(crew.submit, batches, max(1, crew.size()) * AHEAD, crew.result)

    return run


class _Crew:
    """The workers of a cluster, for one build."""

    def __init__(self, client: Any, setup: BuildSetup) -> None:
        self._client = client
        # a task: it is done again if all workers that have the setup are lost
        self._setup = client.submit(_keep, setup, pure=False)

    def submit(self, batch: Batch) -> Any:
        """Have a chunk made."""
        return self._client.submit(_make_with, self._setup, batch, pure=False)

    def result(self, future: Any) -> BatchResult:
        """What was made of a chunk; waited for as long as there is somebody to make it.

        Raises:
            OSError: nobody is there any more.
        """
        alone = 0
        while True:
            try:
                done: BatchResult = future.result(timeout=_GLANCE)
            except TimeoutError:
                alone = 0 if self.size() else alone + 1
                if alone > _PATIENCE or future.status == "error":  # which is the chunk's own
                    raise
            else:
                return done

    def size(self) -> int:
        """How many workers there are just now."""
        if self._client.status != "running":
            raise ConnectionError(self._client.status)
        return len(self._client.nthreads())


@contextmanager
def _telling_of_loss() -> Iterator[None]:
    """Whatever Dask raises when workers or scheduler are lost is a fault; chunks raise faults of their own.

    Raises:
        RenderError: they are lost (W107).
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
    from distributed import Client

    try:
        client = Client(address, timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise fail("U024", Place(field="--scheduler"), value=address, problem=str(error)) from None
    with client:
        yield client


@contextmanager
def _hushed() -> Iterator[None]:
    """What Dask would log of a loss, tracebacks included, is told as a fault, or somebody steps in."""
    loggers = [logging.getLogger(name) for name in _LOGGERS]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        gc.collect()  # tasks that nobody waited for complain when they are forgotten
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _keep(setup: BuildSetup) -> BuildSetup:
    """The setup, as what a worker has made: others get it from there."""
    return setup


_alone = threading.Lock()  # a worker of Dask may have several threads, ours remembers what it does


def _make_with(setup: BuildSetup, batch: Batch) -> BatchResult:
    """The same on a cluster, whose workers keep the setup."""
    with _alone:
        return worker_for(setup).make(batch)
