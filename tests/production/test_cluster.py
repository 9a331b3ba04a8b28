"""A cluster loses one worker, all workers or its scheduler in the middle of a build."""

import os
import re
import signal
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import dask
import pytest
from distributed import LocalCluster

from leaflet.faults import RenderError
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.executors import cluster as executor
from leaflet.production.staging import PARTIAL
from tests import forked_processes
from tests.production import build_processes
from tests.production.build_processes import Building, journal_size, listing

SCHOOLS = 240
KEPT = re.compile(r"([0-9]+) of 240 files are done and kept")
PROGRESS = re.compile(r"[0-9]+ of [0-9]+, ")  # files, when a machine is slow
IMPATIENT = "import leaflet.production.executors.cluster as cluster; cluster._SECONDS_ALONE = 2"
QUICKLY = {
    "distributed.comm.timeouts.connect": "5s",
    "distributed.scheduler.worker-ttl": "10s",
    "distributed.worker.multiprocessing-method": "forkserver",  # which has imported Dask
}
LOOPBACK = "127.0.0.1"
DASK = ("distributed.cli.dask_scheduler", "distributed.cli.dask_worker")  # a second of the processor, once
building, run = (partial(start, modules=DASK) for start in (build_processes.building, build_processes.run))

# What Dask says of itself.
pytestmark = [
    pytest.mark.drill,
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def wanted(campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    out = tmp_path_factory.mktemp("wanted") / "out"
    build(BuildOptions(campaign=campaign, out=out, jobs=1))
    return listing(out)


@contextmanager
def local_cluster(workers: int, **options: Any) -> Iterator[Any]:
    """A scheduler in this process, and workers in processes that Dask's nanny restarts."""
    with (
        dask.config.set(QUICKLY),
        LocalCluster(
            n_workers=workers,
            processes=True,
            host=LOOPBACK,
            dashboard_address=f"{LOOPBACK}:0",
            **{"threads_per_worker": 1, **options},
        ) as cluster,
    ):
        yield cluster


class Started:
    """A scheduler and two workers, each a process that is not restarted."""

    def __init__(self, stack: ExitStack, folder: Path) -> None:
        self._stack = stack
        named = folder / "scheduler.json"
        self.scheduler = self._start("scheduler", "--port", "0", "--no-dashboard", "--scheduler-file", named)
        self.workers = [
            self._start("worker", "--no-nanny", "--nthreads", "1", "--no-dashboard", "--scheduler-file", named)
            for _ in range(2)
        ]
        self.address = self._wait(named)

    def _start(self, kind: str, *options: str | Path) -> forked_processes.Child:
        arguments = ["dask", kind, "--host", LOOPBACK, *map(str, options)]
        code = f"import sys; from dask.cli import run_cli; sys.argv = {arguments}; run_cli()"
        process = forked_processes.start((), code, modules=DASK)
        self._stack.callback(process.wait, 60)
        self._stack.callback(process.send_signal, signal.SIGKILL)
        return process

    def _wait(self, named: Path) -> str:
        from distributed import Client

        end = time.monotonic() + 60
        while not named.exists() and time.monotonic() < end:
            time.sleep(0.05)
        with Client(scheduler_file=str(named)) as client:
            client.wait_for_workers(2, timeout=60)
            return str(client.scheduler.address)


@pytest.fixture
def started(tmp_path: Path) -> Iterator[Started]:
    with ExitStack() as stack:
        yield Started(stack, tmp_path)


@contextmanager
def in_the_middle(campaign: Path, out: Path, address: str, code: str = "") -> Iterator[Building]:
    """Start a build on a cluster; yield it when it has made some files, and waits."""
    with building(campaign, out, "--scheduler", address, code=code, is_held=True) as process:
        assert process.wait_for(lambda: journal_size(out) > 0)
        yield process


def assert_made(code: int, errors: str, out: Path, wanted: dict[str, str]) -> None:
    """Check that the build made all files and nothing else, and printed its progress only."""
    assert code == 0 and all(map(PROGRESS.match, errors.splitlines())), errors
    assert listing(out) == wanted


def assert_reported_and_gone_on_with(campaign: Path, out: Path, process: Building, wanted: dict[str, str]) -> None:
    """Check for a fault with the number of files kept, and no final file; on a new cluster the build resumes."""
    begun = time.monotonic()
    code, printed, errors = process.end()
    assert time.monotonic() - begun < 30
    assert (code, printed) == (4, ""), errors
    assert re.findall(r"^[A-Z][0-9]{3}\b", errors, re.MULTILINE) == ["W107", "W108"], errors
    assert "Traceback" not in errors and "distributed" not in errors, errors
    said = KEPT.search(errors)
    assert said and 0 < int(said[1]) < SCHOOLS
    assert [path.name for path in out.iterdir()] == [PARTIAL]
    with local_cluster(1) as cluster:
        code, printed, errors = run(campaign, out, "--scheduler", cluster.scheduler_address)
    assert_made(code, errors, out, wanted)
    assert re.search(rf"{SCHOOLS - int(said[1])} files made, {said[1]} kept as (it was|they were)\.", printed)


def test_a_worker_is_killed_and_comes_back(campaign: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    """Each of two workers is killed in turn and restarted; all files are made."""
    out = tmp_path / "out"
    with local_cluster(2) as cluster:
        first = [nanny.process.pid for nanny in cluster.workers.values()]
        with in_the_middle(campaign, out, cluster.scheduler_address) as process:
            for pid in first:
                os.kill(pid, signal.SIGKILL)
            code, _, errors = process.end()
    assert_made(code, errors, out, wanted)


def test_a_worker_is_killed_for_good(
    campaign: Path, wanted: dict[str, str], started: Started, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    with in_the_middle(campaign, out, started.address) as process:
        started.workers[0].send_signal(signal.SIGKILL)
        code, _, errors = process.end()
    assert_made(code, errors, out, wanted)


@pytest.mark.parametrize(
    ("gone", "number", "code"),
    [("workers", signal.SIGKILL, IMPATIENT), ("scheduler", signal.SIGKILL, ""), ("scheduler", signal.SIGTERM, "")],
)
def test_all_workers_or_the_scheduler_go_away(
    campaign: Path, wanted: dict[str, str], started: Started, tmp_path: Path, gone: str, number: int, code: str
) -> None:
    """Killed, or the scheduler ended in good order: the build ends with a fault."""
    out = tmp_path / "out"
    with in_the_middle(campaign, out, started.address, code) as process:
        for one in started.workers if gone == "workers" else [started.scheduler]:
            one.send_signal(number)
        assert_reported_and_gone_on_with(campaign, out, process, wanted)


def test_a_cluster_without_workers(campaign: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    with local_cluster(0) as cluster:
        code, _, errors = run(campaign, out, "--scheduler", cluster.scheduler_address, code=IMPATIENT)
    assert (code, re.findall(r"^[A-Z][0-9]{3}\b", errors, re.MULTILINE)) == (4, ["W107"]), errors
    assert "Traceback" not in errors and not out.exists()


def test_a_worker_with_several_threads(campaign: Path, tmp_path: Path) -> None:
    """A worker with several threads makes the same archive: it makes one batch at a time."""
    with local_cluster(1, threads_per_worker=4) as cluster:
        for name, scheduler in (("cluster.zip", cluster.scheduler_address), ("here.zip", None)):
            place = str(tmp_path / name)
            build(BuildOptions(campaign=campaign, out=tmp_path, address=place, scheduler=scheduler, jobs=1))
    assert (tmp_path / "cluster.zip").read_bytes() == (tmp_path / "here.zip").read_bytes()


def test_another_release_is_refused() -> None:
    """A worker whose code differs makes nothing, and reads nothing of what it was sent."""
    answer = executor.make_batch("another", b"no setup", b"no batch")
    assert isinstance(answer, RenderError) and [fault.code for fault in answer.faults] == ["W121"]


def test_a_mistake_says_no_values(monkeypatch: pytest.MonkeyPatch) -> None:
    """A mistake of the program on a worker comes back with its place, and without what it was about."""

    def broken(setup: bytes) -> None:
        raise ValueError("Camille Cerisier")

    monkeypatch.setattr(executor, "_worker", broken)
    answer = executor.make_batch(executor.program_digest(), b"", b"")
    assert isinstance(answer, RenderError)
    (fault,) = answer.faults
    assert fault.code == "W120" and "Cerisier" not in str(fault.values)
