"""A command and all processes it starts, measured together: seconds, those of the processor, peak memory."""

import os
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event, Thread

from machine import file_system

_EVERY = 0.1  # seconds between two looks


@dataclass(frozen=True, kw_only=True, slots=True)
class Used:
    """What a command took.

    Args:
        processor_s: of all its processes.
        peak_mib: of all its processes at once, a page that several share counted once; looked at ten times a second,
            and never less than the system says of the largest of them.
    """

    seconds: float
    processor_s: float
    peak_mib: float


class CommandError(Exception):
    """A command ended with an exit code other than 0; the text is all it said."""


def run(
    command: Sequence[str], cwd: Path, *, watched: bool = True, environment: Mapping[str, str] | None = None
) -> Used:
    """Run a command to its end; the peak of one that is not `watched` is that of its largest process.

    It gets this process's variables, or those of `environment` alone.

    Raises:
        CommandError: it failed.
    """
    start = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=cwd, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, env=environment
    )
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
    return Used(
        seconds=seconds,
        processor_s=usage.ru_utime + usage.ru_stime,
        peak_mib=max(watch.peak_kib, usage.ru_maxrss) / 1024,
    )


def build(campaign: Path, out: Path, jobs: int = 1) -> float:
    """Seconds of a whole ``leaflet build``, on a disk that is synced; nobody looks at its memory meanwhile.

    Raises:
        CommandError: it failed.
    """
    os.sync()
    command = [sys.executable, "-m", "leaflet", "build", "-q", "--jobs", str(jobs), str(campaign), "-o", str(out)]
    return run(command, Path(__file__).parents[1], watched=False).seconds


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
