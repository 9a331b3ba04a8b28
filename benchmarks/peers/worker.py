"""One peer in a process of its own: ``python -m peers.worker JOB`` makes files and prints a JSON `Sample`.

Every peer gets the same treatment: a clock that runs since the process was started, a first reading after
`Job.warm` files, one at half-way and one at the end, each with the peak resident memory so far.
"""

import importlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from generate import School, make_schools

from peers.base import write_atomically


@dataclass(frozen=True, kw_only=True)
class Job:
    """What a worker has to do."""

    peer: str
    variant: str
    files: int
    warm: int
    folder: str
    started: float  # time.monotonic() just before the process was started
    finished_file: str = ""  # for the copy floor


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One measurement of one peer."""

    version: str
    files: int
    ms_per_file: float
    start_up_s: float
    bytes_per_file: float
    peak_half_mib: float
    peak_full_mib: float
    sample: str  # path of one finished file, that of the school with the longest name


def peak_mib() -> float:
    """Peak resident memory of this process so far, in MiB; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except (OSError, StopIteration):
        return _peak_from_rusage()


def _peak_from_rusage() -> float:
    try:
        import resource
    except ImportError:
        return 0.0
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def make_render(job: Job) -> tuple[str, Callable[[School], bytes]]:
    """Version and render function of the peer; for the copy floor, one that returns the same bytes always."""
    if job.peer == "copy":
        content = Path(job.finished_file).read_bytes()
        return "", lambda _school: content
    module = importlib.import_module(f"peers.{job.peer}_peer")
    peer = module.make_peer(job.variant, Path(job.folder))
    return peer.version, peer.render


def split_time(at: dict[int, float], warm: int, files: int, started: float) -> tuple[float, float]:
    """Milliseconds per file and start-up seconds, from the readings after `warm` and after `files` files."""
    per_file = (at[files] - at[warm]) / (files - warm)
    return 1000 * per_file, at[warm] - started - warm * per_file


def run(job: Job) -> Sample:
    """Make the files, reading the clock on the way; the folder keeps them until the caller removes it."""
    output = Path(job.folder) / "files"
    shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True)
    schools = make_schools(job.files)
    version, render = make_render(job)
    readings: dict[int, float] = {}
    peaks: dict[int, float] = {}
    for done, school in enumerate(schools, 1):
        write_atomically(output / f"{school.uai}.pdf", render(school))
        if done in (job.warm, job.files // 2, job.files):
            readings[done], peaks[done] = time.monotonic(), peak_mib()
    ms_per_file, start_up = split_time(readings, job.warm, job.files, job.started)
    longest = max(schools, key=lambda school: len(school.nom))
    total = sum(entry.stat().st_size for entry in os.scandir(output))
    return Sample(
        version=version,
        files=job.files,
        ms_per_file=ms_per_file,
        start_up_s=start_up,
        bytes_per_file=total / job.files,
        peak_half_mib=peaks[job.files // 2],
        peak_full_mib=peaks[job.files],
        sample=str(output / f"{longest.uai}.pdf"),
    )


if __name__ == "__main__":
    print(json.dumps(asdict(run(Job(**json.loads(sys.argv[1]))))))
