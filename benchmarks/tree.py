"""A command of the program and all processes it starts, measured together: seconds, the processor’s, peak memory."""

import os
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from results import file_system

ROOT = Path(__file__).resolve().parents[1]
_EVERY = 0.1  # seconds between two looks


@dataclass(frozen=True, kw_only=True, slots=True)
class Used:
    """Hold the time and memory that a command took."""

    seconds: float
    processor_s: float  # of all its processes
    peak_mib: float  # of all at once, looked at ten times a second; never less than the system says of the largest


class CommandError(Exception):
    """A command ended with an exit code other than 0; the text is all it said."""


def leaflet(*arguments: object, watched: bool = True) -> Used:
    """Run a command of the program to its end, on a disk that is synced.

    Args:
        arguments: what is typed after ``leaflet``.
        watched: without it the peak is that of the largest process, and nobody looks meanwhile.

    Raises:
        CommandError: it failed.
    """
    command = [sys.executable, "-m", "leaflet", *map(str, arguments)]
    os.sync()
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    watch = _Watch(process.pid)
    if watched:
        watch.start()
    assert process.stdout is not None
    said = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if watched:
        watch.stop()
    if process.returncode:
        raise CommandError(f"{' '.join(command)}\n{said}")
    peak_kib = max(watch.peak_kib, usage.ru_maxrss)
    return Used(seconds=seconds, processor_s=usage.ru_utime + usage.ru_stime, peak_mib=peak_kib / 1024)


def processor_seconds(command: Sequence[object], checkout: Path) -> float:
    """Run a command in a checkout, whatever its end; return the seconds that it took of the processor."""
    process = subprocess.Popen(
        list(map(str, command)), cwd=checkout, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    usage = os.wait4(process.pid, 0)[2]
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def forget(out: Path) -> None:
    """Remove what was made, where it is held in memory.

    Memory that a virtual machine has not used lately is slow: gigabytes that are kept make all that follows slower.
    On a disk it is the other way round: on ext4 files that are created after a mass deletion are the slow ones.
    """
    if file_system(out.resolve()) == "tmpfs":
        if out.is_dir():
            shutil.rmtree(out)
        else:
            out.unlink()


class _Watch(Thread):
    """Looks at a process and its descendants until it is told to stop; `peak_kib` is the most seen."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self._pid, self._over = pid, Event()
        self.peak_kib = 0

    def run(self) -> None:
        """Look, and wait."""
        while not self._over.wait(_EVERY):
            self.peak_kib = max(self.peak_kib, sum(map(_kib, _descendants(self._pid))))

    def stop(self) -> None:
        """Look no more."""
        self._over.set()
        self.join()


def _descendants(pid: int) -> list[int]:
    """A process and all below it that are running."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()  # the name before it may hold anything
        except OSError:
            continue
        children[int(fields[1])].append(int(path.parent.name))
    found = [pid]
    for one in found:
        found += children[one]
    return found


def _kib(pid: int) -> int:
    """A process's share of the memory it is in; 0 if it has ended."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
