"""One peer in a process of its own: ``python -m peers.worker JOB`` makes its leaflets and prints JSON.

Every peer gets the same treatment: a clock that runs since the process was started, read after `Job.warm` files, at
half-way and at the end, each time with the processor's and the peak resident memory so far. A merged file has no
half-way: there the process makes one file and reads the clock once.
"""

import importlib
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from generate import School, make_schools

from peers.base import Peer, write_atomically
from peers.sample import Job, Reading, Sample, make_sample


def peak_mib() -> float:
    """Peak resident memory of this process so far, in MiB; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024
    except (OSError, StopIteration):
        return 0.0


def read_clocks(job: Job) -> Reading:
    """All of them, now."""
    return Reading(seconds=time.monotonic() - job.started, processor_s=time.process_time(), peak_mib=peak_mib())


def load_peer(job: Job) -> Peer:
    """The peer, ready."""
    return importlib.import_module(f"peers.{job.peer}_peer").make_peer(job.variant, Path(job.folder))


def make_render(job: Job) -> tuple[str, Callable[[School], bytes]]:
    """Version and render function of the peer; for the copy floor, one that returns the same bytes always."""
    if job.peer == "copy":
        content = Path(job.finished_file).read_bytes()
        return "", lambda _school: content
    peer = load_peer(job)
    assert peer.render is not None, f"{job.peer} has no file for each school"
    return peer.version, peer.render


def make_files(job: Job) -> Sample:
    """Make a file for each school, reading the clocks on the way."""
    output = Path(job.folder) / "files"
    output.mkdir(parents=True)
    schools = make_schools(job.files)
    version, render = make_render(job)
    readings: dict[int, Reading] = {}
    for done, school in enumerate(schools, 1):
        write_atomically(output / f"{school.uai}.pdf", render(school))
        if done in (job.warm, job.files // 2, job.files):
            readings[done] = read_clocks(job)
    longest = max(schools, key=lambda school: len(school.nom))
    size = sum(entry.stat().st_size for entry in os.scandir(output)) / job.files
    return make_sample(job, readings, version=version, size=size, sample=output / f"{longest.uai}.pdf")


def make_merged(job: Job) -> tuple[str, Reading]:
    """Make one file of all schools; version of the peer, and the clocks then."""
    peer = load_peer(job)
    assert peer.merge is not None, f"{job.peer} has no file of all schools"
    peer.merge(make_schools(job.files), Path(job.folder) / "merged.pdf")
    return peer.version, read_clocks(job)


def main() -> None:
    """``python -m peers.worker JOB``."""
    job = Job(**json.loads(sys.argv[1]))
    if job.merged:
        version, reading = make_merged(job)
        print(json.dumps({"version": version, "reading": asdict(reading)}))
    else:
        print(json.dumps(asdict(make_files(job))))


if __name__ == "__main__":
    main()
