"""Make the batches of a build in several processes of this machine, each with its own worker.

Where the system can fork, they are forked from one process that has done nothing but import the program. It can start
while a list is still being read (`start_fork_server`).
"""

import errno
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

from leaflet.faults import LeafletError, Place, fail, fault_of
from leaflet.production.executors import BATCHES_AHEAD, GC_THRESHOLDS, Executor, in_order
from leaflet.production.worker import Batch, BatchResult, BuildSetup, Worker

_DESCRIPTORS = 12  # of files: the queues of the pool, shared memory, and what starting a process takes for a moment
_DESCRIPTORS_EACH = 2  # that stay open for each process


def start_fork_server() -> BaseContext:
    """Start the process that workers are forked from; it ends with this one. Return the context that starts workers.

    Where no fork server can run (on Windows, or without a folder for its socket) that starts each as a new process.
    """
    if "forkserver" in get_all_start_methods():
        from multiprocessing import forkserver  # which Windows has not

        context = get_context("forkserver")
        context.set_forkserver_preload([__name__])
        with _signals_blocked(), suppress(OSError):
            forkserver.ensure_running()
            return context
    return get_context("spawn")


def on_processes(jobs: int) -> Executor:
    """Return an executor on so many processes of this machine."""

    def make_batches(setup: BuildSetup, batches: Iterable[Batch]) -> Iterator[BatchResult]:
        context = start_fork_server()
        check_descriptors(jobs)
        with _shared(setup) as shared:
            pool = ProcessPoolExecutor(jobs, context, _start_worker, shared)

            def submit(batch: Batch) -> Future[BatchResult]:
                # a pool that is interrupted while it starts cannot be shut down
                with _signals_blocked(signal.SIGTERM):
                    return pool.submit(_make_batch, batch)

            try:
                yield from in_order(submit, batches, jobs * BATCHES_AHEAD, Future.result)
            except (BrokenProcessPool, BrokenPipeError):  # the second if one is killed while it starts
                raise fail("W107", Place()) from None
            except (OSError, EOFError) as error:  # the second if the fork server has no room for another
                raise _cannot_start(error) from None
            finally:
                pool.shutdown(cancel_futures=True)

    return make_batches


def _cannot_start(error: OSError | EOFError) -> LeafletError:
    """Return the fault of a system that does not let this program have more processes, or what they share."""
    return fault_of(error, "W118", Place())


@contextmanager
def _shared(setup: BuildSetup) -> Iterator[tuple[str, int]]:
    """Put a setup and the environment of its build into shared memory; yield its name and size.

    As an argument of a process it would fill a pipe, and if that process is killed, writing to the pipe never ends.
    """
    data = ForkingPickler.dumps((setup, dict(os.environ)))
    try:
        _check_size(len(data))
        memory = SharedMemory(create=True, size=len(data))
    except OSError as error:
        raise _cannot_start(error) from None
    try:
        _bytes_of(memory)[: len(data)] = data
        yield memory.name, len(data)
    finally:
        memory.close()
        memory.unlink()


def check_descriptors(jobs: int) -> None:
    """Check that so many processes can be started: the one that forks them prints a traceback if they cannot."""
    opened: list[int] = []
    try:
        for _ in range(_DESCRIPTORS + _DESCRIPTORS_EACH * jobs):
            opened.append(os.open(os.devnull, os.O_RDONLY))
    except OSError as error:
        raise _cannot_start(error) from None
    finally:
        for handle in opened:
            os.close(handle)


def _check_size(size: int) -> None:
    """Check that this process may make a file of so many bytes, which shared memory is.

    Python notices it too late: its process that watches over shared memory ends with a traceback then.
    """
    try:
        import resource
    except ImportError:  # Windows
        return
    most = resource.getrlimit(resource.RLIMIT_FSIZE)[0]
    if most not in (resource.RLIM_INFINITY, -1) and most < size:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG))


def _bytes_of(memory: SharedMemory) -> memoryview:
    assert memory.buf is not None, "it is open"
    return memory.buf


@contextmanager
def _signals_blocked(*more: signal.Signals) -> Iterator[None]:
    """Block Ctrl-C and the signal of a closed terminal within the block: they come to all processes at once.

    Processes started in it inherit that, this one gets the signals afterwards.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGHUP})
    resource_tracker.ensure_running()  # it handles Ctrl-C itself, and would unblock it for this process
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, *more})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_worker: Worker | None = None


def _start_worker(name: str, size: int) -> None:
    """Make a worker of a shared setup. The process ignores Ctrl-C, which its parent handles, and ends with it.

    The environment is set again because the fork server may have started in another one.
    """
    global _worker
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})  # inherited from its parent, see `on_processes`
    parent = parent_process()
    if parent is not None:
        threading.Thread(target=_exit_with_parent, args=(parent.sentinel,), daemon=True).start()
    memory = SharedMemory(name)
    try:
        setup, environment = ForkingPickler.loads(bytes(_bytes_of(memory)[:size]))
    finally:
        memory.close()
    os.environ.clear()
    os.environ.update(environment)
    _worker = Worker(setup)
    gc.freeze()  # the program and the setup live as long as the process
    gc.set_threshold(*GC_THRESHOLDS)


def _exit_with_parent(sentinel: int) -> None:
    """Wait for the end of the parent, then end this process at once."""
    connection.wait([sentinel])
    os._exit(1)


def _make_batch(batch: Batch) -> BatchResult:
    assert _worker is not None, "the process was prepared"
    return _worker.make(batch)
