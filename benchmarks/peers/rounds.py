"""The measuring: rounds in which every row has its turn, each in processes and a folder of its own.

Nothing is deleted before the end, and the disk is asked to finish before each turn: on ext4 a file made right after
many were deleted costs ten times as much.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from statistics import median
from typing import Any

from peers import leaflet_peer
from peers.entries import Entry, missing_package
from peers.judge import Verdict
from peers.sample import Job, PeerError, Reading, Sample, last_line, make_sample

BENCHMARKS = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How much is measured: schools for each row, for slow rows at most, before the clock counts; and how often."""

    schools: int
    slow_cap: int
    warm: int
    rounds: int


@dataclass
class Row:
    """Hold what is known of one entry."""

    entry: Entry
    merged: bool
    samples: list[Sample] = field(default_factory=list)
    problem: str = ""
    verdict: Verdict | None = None
    faults: list[str] = field(default_factory=list)

    @property
    def ms(self) -> float:
        """Median milliseconds for each leaflet."""
        return median(sample.ms for sample in self.samples)


def make_rows(entries: Sequence[Entry], *, merged: bool) -> list[Row]:
    """A row for each entry; what is missing is noted."""
    return [Row(entry, merged, problem=missing_package(entry)) for entry in entries]


def run_rounds(rows: list[Row], plan: Plan, work: Path) -> None:
    """All rounds, then every sample is judged; says on standard error where it is."""
    for number in range(plan.rounds):
        for row in _turned(rows, number):
            if not row.problem:
                print(f"round {number + 1}/{plan.rounds} · {_where(row)}", file=sys.stderr, flush=True)
                _run_row(row, rows, plan, work / f"{number + 1} {_where(row)}")
    for row in rows:
        if row.samples:
            _judge(row)


def _where(row: Row) -> str:
    return f"{row.entry.label}{' merged' if row.merged else ''}"


def _turned(rows: list[Row], by: int) -> list[Row]:
    """The rows in another order, the copy floor last: it needs somebody's file."""
    engines = [row for row in rows if row.entry.peer != "copy"]
    shift = by % len(engines) if engines else 0
    return engines[shift:] + engines[:shift] + [row for row in rows if row.entry.peer == "copy"]


def _run_row(row: Row, rows: list[Row], plan: Plan, folder: Path) -> None:
    """Measure one entry once, or note why that cannot be."""
    source = _finished_file(rows)
    if row.entry.peer == "copy" and not source:
        row.problem = "no finished file to copy: no other peer ran"
        return
    folder.mkdir()
    job = Job(
        peer=row.entry.peer,
        variant=row.entry.variant,
        merged=row.merged,
        files=min(plan.schools, plan.slow_cap) if row.entry.slow else plan.schools,
        warm=plan.warm,
        folder=str(folder),
        finished_file=source,
    )
    os.sync()
    try:
        row.samples.append(_measure(job))
    except PeerError as error:
        row.problem = f"failed: {error}"


def _finished_file(rows: list[Row]) -> str:
    """A file for the copy floor: ours first, then Typst's, then any."""
    done = (row for row in rows if row.samples and row.entry.peer != "copy" and not row.merged)
    return next((row.samples[-1].sample for row in done), "")


def _measure(job: Job) -> Sample:
    """One measurement, in processes of its own."""
    if job.peer == "leaflet":
        return leaflet_peer.measure(job)
    return _measure_merged(job) if job.merged else Sample(**_run_worker(job))


def _measure_merged(job: Job) -> Sample:
    """One file of N0 leaflets, one of N/2, one of N, each in a process of its own."""
    at: dict[int, Reading] = {}
    version, path = "", Path()
    for count in (job.warm, job.files // 2, job.files):
        folder = Path(job.folder) / str(count)
        folder.mkdir()
        answer = _run_worker(replace(job, files=count, folder=str(folder)))
        version, at[count], path = answer["version"], Reading(**answer["reading"]), folder / "merged.pdf"
    return make_sample(job, at, version=version, size=path.stat().st_size / job.files, sample=path)


def _run_worker(job: Job) -> dict[str, Any]:
    return _run_python("peers.worker", json.dumps(asdict(replace(job, started=time.monotonic()))))


def _run_python(module: str, *arguments: str) -> dict[str, Any]:
    """Run ``python -m module …`` beside these files; its JSON answer.

    Raises:
        PeerError: it failed; carries the last line of what it said.
    """
    command = [sys.executable, "-m", module, *arguments]
    answer = subprocess.run(command, cwd=BENCHMARKS, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise PeerError(last_line(answer.stderr))
    return json.loads(answer.stdout)


def _judge(row: Row) -> None:
    """Have the last sample read by independent readers."""
    last = row.samples[-1]
    try:
        row.verdict = Verdict(**_run_python("peers.judge", last.sample))
    except PeerError as error:
        row.faults = [f"sample not checked: {error}"]
        return
    row.faults = row.verdict.faults(2 * (last.files if row.merged else 1))
