"""A build that gets a signal or loses a worker says how much is done, and the same command resumes it."""

import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from leaflet.production.staging import PARTIAL
from tests.production.build_processes import Building, building, journal_size, listing, numbered_folders, run, staged

pytestmark = pytest.mark.drill

SCHOOLS = 240
TWO = ("--jobs", "2", "--no-verify")
ONE = ("--jobs", "1", "--no-verify")
DONE = re.compile(r"Interrupted\. ([0-9]+) of 240 files are done and kept; the same command makes the rest\.")
KEPT = re.compile(r"([0-9]+) of 240 files are done and kept")


def assert_goes_on(campaign: Path, out: Path, wanted: dict[str, str], options: tuple[str, ...], done: int) -> None:
    code, printed, _ = run(campaign, out, *options)
    assert (code, listing(out)) == (0, wanted)
    assert f"{SCHOOLS - done} files made, {done} kept as " in printed or not done


@pytest.mark.parametrize("options", [ONE, TWO], ids=["one process", "two processes"])
@pytest.mark.parametrize(
    ("send", "code"),
    [
        (lambda build: build.signal(signal.SIGTERM), 143),
        (lambda build: build.signal_group(signal.SIGINT), 130),
        (lambda build: build.signal_group(signal.SIGTERM), 143),
        (lambda build: build.signal_group(signal.SIGHUP), 129),
    ],
    ids=["terminated", "Ctrl-C", "all terminated", "a closed terminal"],
)
def test_a_signal(
    campaign: Path,
    wanted: dict[str, str],
    tmp_path: Path,
    options: tuple[str, ...],
    send: Callable[[Building], None],
    code: int,
) -> None:
    """A signal gives an exit code and one line with the number of files done; no process or final file is left."""
    out = tmp_path / "out"
    with building(campaign, out, *options, is_held=True) as build:
        assert build.wait_for(lambda: journal_size(out) > 0)
        send(build)
        ended, printed, errors = build.end()
    assert (ended, printed) == (code, "")
    said = DONE.fullmatch(errors.splitlines()[-1])
    assert said and "Traceback" not in errors, errors
    assert 0 < int(said[1]) < SCHOOLS
    assert [path.name for path in out.iterdir()] == [PARTIAL]
    assert_goes_on(campaign, out, wanted, options, int(said[1]))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_before_anything_is_made(campaign: Path, tmp_path: Path, number: int) -> None:
    out = tmp_path / "out"
    with building(campaign, out, *TWO) as build:
        assert build.wait_for(lambda: len(build.workers()) > 0)
        build.signal_group(number)
        ended, _, errors = build.end()
    assert ended == 128 + number, errors
    assert errors == "Interrupted. Nothing was written.\n" or DONE.fullmatch(errors.splitlines()[-1]), errors
    assert "Traceback" not in errors
    if "Nothing" in errors:
        assert not out.exists()


STOPPED = """
import os, signal, sys
from concurrent.futures import ProcessPoolExecutor

plain = ProcessPoolExecutor.submit

def submit(pool, *asked):
    os.kill(os.getpid(), signal.SIGTERM)
    future = plain(pool, *asked)
    print("started", flush=True)
    return future

ProcessPoolExecutor.submit = submit
if __name__ == "__main__":
    from leaflet.__main__ import main

    main()
"""


def test_a_signal_waits_until_processes_are_started(campaign: Path, tmp_path: Path) -> None:
    """Signals are blocked while the pool starts: interrupted then, it would join a thread that has not begun."""
    command = [sys.executable, "-c", STOPPED, "build", "-q", *TWO, str(campaign), "-o", str(tmp_path / "out")]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (143, "started\n")
    assert "Traceback" not in done.stderr


def test_a_worker_that_is_killed(campaign: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    """A killed worker gives a fault with the number of files kept; the other one ends too, and the build resumes."""
    out = tmp_path / "out"
    with building(campaign, out, *TWO, is_held=True) as build:
        assert build.wait_for(lambda: journal_size(out) > 0)
        build.workers()[0].kill()
        code, printed, errors = build.end()
    assert (code, printed, re.findall(r"^[A-Z][0-9]{3}\b", errors, re.MULTILINE)) == (4, "", ["W107", "W108"])
    assert "Traceback" not in errors
    said = KEPT.search(errors)
    assert said and 0 < int(said[1]) < SCHOOLS
    assert [path.name for path in out.iterdir()] == [PARTIAL]
    assert_goes_on(campaign, out, wanted, TWO, int(said[1]))


def test_a_worker_that_is_killed_at_once(campaign: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    with building(campaign, out, *TWO) as build:
        assert build.wait_for(lambda: len(build.workers()) == 2)
        build.workers()[0].kill()
        code, _, errors = build.end()
    assert code == 4 and "W107" in errors and "Traceback" not in errors
    assert_goes_on(campaign, out, wanted, TWO, 0)


_BROKEN = """
from concurrent.futures import ProcessPoolExecutor
def submit(*_):
    raise BrokenPipeError(32, "Broken pipe")
ProcessPoolExecutor.submit = submit
"""


_REFUSED = """
import os
fork, count = os.fork, iter((True, False))
def refuse():
    if next(count):
        return fork()
    raise OSError(11, "Resource temporarily unavailable")
os.fork = refuse
"""


def test_a_worker_that_is_killed_while_it_is_started(campaign: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    """A worker is killed while its arguments are written to it: the broken pipe is reported as a lost worker."""
    out = tmp_path / "out"
    code, _, errors = run(campaign, out, *TWO, code=_BROKEN)
    assert (code, re.findall(r"^W[0-9]{3}", errors, re.MULTILINE)) == (4, ["W107"]), errors
    assert_goes_on(campaign, out, wanted, TWO, 0)


def test_a_process_that_cannot_be_started(campaign: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    """The one that was started before it ends, too."""
    out = tmp_path / "out"
    code, _, errors = run(campaign, out, *TWO, code=_REFUSED)
    assert (code, re.findall(r"^W[0-9]{3}", errors, re.MULTILINE)) == (4, ["W118"]), errors
    assert_goes_on(campaign, out, wanted, TWO, 0)


@pytest.mark.parametrize("jobs", ["2", "3"])
@pytest.mark.parametrize(
    "code", ["", "import threading; threading.Thread(target=threading.Event().wait, daemon=True).start()"]
)
def test_processes_that_are_forked_or_not(
    campaign: Path, wanted: dict[str, str], tmp_path: Path, jobs: str, code: str
) -> None:
    """While there is another thread, each worker is started as a new process, and learns all itself."""
    out = tmp_path / "out"
    assert (run(campaign, out, "--jobs", jobs, "-q", "--no-verify", code=code), listing(out)) == ((0, "", ""), wanted)


def test_two_builds_in_one_folder(campaign: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    with building(campaign, out, *TWO, "-q") as first:
        assert first.wait_for(lambda: staged(out) > 0)
        first.process.send_signal(signal.SIGSTOP)  # so that it is there as long as the second one is
        code, printed, errors = run(campaign, out, *ONE)
        first.process.send_signal(signal.SIGCONT)
        assert (code, printed, errors.split()[0], len(numbered_folders(out))) == (4, "", "W105", 1)
        assert first.end() == (0, "", "")
    assert listing(out) == wanted
    with building(campaign, out, *ONE, "--anew") as killed:
        assert killed.wait_for(lambda: staged(out) > 0)
        killed.signal(signal.SIGKILL)
    assert (run(campaign, out, *ONE, "-q"), listing(out)) == ((0, "", ""), wanted)


def test_an_interrupted_build_anew_goes_on(campaign: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(campaign, out, *ONE, "-q") == (0, "", "")
    with building(campaign, out, *ONE, "--anew", is_held=True) as build:
        assert build.wait_for(lambda: journal_size(out) > 0)
        build.signal(signal.SIGTERM)
        said = DONE.fullmatch(build.end()[2].splitlines()[-1])
    assert said
    assert_goes_on(campaign, out, wanted, (*ONE, "--anew"), int(said[1]))
