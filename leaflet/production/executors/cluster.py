"""Make the batches of a build on the workers of a Dask cluster, the optional extra ``dask``.

Workers call one function of the program, `make_batch`. It raises nothing: Dask would log and send what it raises with
values that may be names. Dask pickles what it sends, so whoever is the scheduler can have any code run by all.

Workers come and go: another one makes again what a lost one had begun, or had made and not sent yet. When there is no
worker for a while, or the scheduler is gone, the build ends with a fault, and the same command resumes it.

Certificates for ``tls://`` are those of Dask's own settings (``distributed.comm.tls``).
"""

import asyncio
import gc
import logging
import threading
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from distributed import CancelledError, Client, Future, KilledWorker, Security
from distributed.client import ClosedClientError
from distributed.comm.addressing import get_address_host_port
from distributed.comm.core import connect
from distributed.core import send_recv
from distributed.protocol import deserialize_bytes, serialize_bytes
from distributed.scheduler import NoValidWorkerError

from leaflet.faults import LeafletError, Place, RenderError, fail, unexpected_fault
from leaflet.files.words import in_both
from leaflet.production.executors import BATCHES_AHEAD, Executor, in_order
from leaflet.production.origins import program_digest
from leaflet.production.worker import Batch, BatchResult, BuildSetup, Worker

_ENCRYPTED = ("tls://", "wss://")
_CONNECT_SECONDS = 6  # a scheduler that has just been started takes some
_ANSWER_SECONDS = 8  # until it has said who it is
_POLL_SECONDS = 1  # how long to wait for a result before workers are counted
_SECONDS_ALONE = 60  # without any worker: restarting one takes some time
_LOST = (KilledWorker, NoValidWorkerError, CancelledError, ClosedClientError, OSError)
_LOGGERS = ("distributed", "distributed.client", "tornado.application", "asyncio")


def on_cluster(address: str) -> Executor:
    """Return an executor on the workers of a Dask scheduler."""

    def make_batches(setup: BuildSetup, batches: Iterable[Batch]) -> Iterator[BatchResult]:
        with _dask_logs_silenced(), _connected(address) as client:

            def submit(batch: Batch) -> Future:
                return client.submit(make_batch, program_digest(), sent, serialize_bytes(batch), pure=False)

            try:
                # as a task, so that Dask sends it again if all workers that have it are lost
                sent = client.submit(bytes, serialize_bytes(setup), pure=False)
                window = max(1, len(client.nthreads())) * BATCHES_AHEAD
                yield from in_order(submit, batches, window, lambda future: _result(client, future))
            except _LOST:
                raise fail("W107", Place()) from None

    return make_batches


def _result(client: Client, future: Future) -> BatchResult:
    """Wait for the result of a batch as long as there are workers."""
    while True:
        try:
            done = future.result(timeout=_POLL_SECONDS)
        except TimeoutError:
            client.wait_for_workers(1, timeout=_SECONDS_ALONE)
        except (AttributeError, ImportError, RuntimeError):  # of unpickling, on machines without the function
            raise fail("W121", Place()) from None
        else:
            if isinstance(done, BatchResult):
                return done
            raise done


_one_at_a_time = threading.Lock()  # a worker of Dask may have several threads, `Worker` is for one


def make_batch(program: str, setup: bytes, batch: bytes) -> BatchResult | LeafletError:
    """Make a batch with the worker of this process; return the result, or why there is none.

    What was serialized is read only if `program`, a digest, is of the code that is here.
    """
    try:
        if program != program_digest():
            raise fail("W121", Place())
        with _one_at_a_time:
            return _worker(setup).make(deserialize_bytes(batch))
    except LeafletError as error:
        return error
    except Exception as error:
        return RenderError([unexpected_fault(error)])


@lru_cache(maxsize=1)
def _worker(setup: bytes) -> Worker:
    """Return the worker of this process for a setup; that of an earlier build is forgotten."""
    return Worker(deserialize_bytes(setup))


@contextmanager
def _dask_logs_silenced() -> Iterator[None]:
    """Silence Dask's loggers: a lost worker is either replaced or reported as W107."""
    levels = {logger: logger.level for logger in map(logging.getLogger, _LOGGERS)}
    for logger in levels:
        logger.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        gc.collect()  # futures that nobody waited for log an error when they are deleted
        for logger, level in levels.items():
            logger.setLevel(level)


@contextmanager
def _connected(address: str) -> Iterator[Client]:
    """Connect to a scheduler until the block ends.

    Dask's client waits without end for whatever takes a connection. So what answers is first asked who it is.
    """
    is_encrypted = address.startswith(_ENCRYPTED)
    try:
        get_address_host_port(address, strict=True)
    except ValueError:
        raise _refused("U024", address, "no_address") from None
    try:
        security = Security()
        arguments = security.get_connection_args("client")
    except (OSError, TypeError, ValueError):
        raise _refused("U034", address, "unreadable") from None
    if is_encrypted and arguments["ssl_context"] is None:
        raise _refused("U034", address, "unnamed")
    if arguments["require_encryption"] and not is_encrypted:
        raise _refused("U034", address, "required")
    try:
        with ThreadPoolExecutor(1) as pool:  # this thread may have a loop of its own
            kind = pool.submit(asyncio.run, _ask_kind(address, arguments)).result()
        client = Client(address, timeout=_ANSWER_SECONDS, security=security) if kind == "Scheduler" else None
    except Exception as error:  # whatever reading anything as an answer of Dask may raise
        is_silent = isinstance(error, TimeoutError | UnicodeError) or type(error) is OSError  # as Dask raises it
        if is_encrypted and not is_silent:
            raise _refused("U034", address, "refused") from None
        raise _refused("U024", address, "silent" if is_silent else "strange") from None
    if client is None:
        raise _refused("U024", address, "strange")
    with client:
        yield client


async def _ask_kind(address: str, arguments: Mapping[str, Any]) -> object:
    """Ask the process at an address what kind it is."""
    async with asyncio.timeout(_ANSWER_SECONDS):
        comm = await connect(address, timeout=_CONNECT_SECONDS, **arguments)
        try:
            return (await send_recv(comm, op="identity"))["type"]
        finally:
            comm.abort()


def _refused(code: str, address: str, why: str) -> LeafletError:
    """Return the fault of a connection, with its reason in both languages."""
    return fail(code, Place(field="--scheduler"), value=address, **in_both("why", f"scheduler_{why}"))
