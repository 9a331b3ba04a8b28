"""Ours, measured from outside as a user runs it: ``python -m leaflet build CAMPAIGN.toml -o OUT``.

Three runs, with N0, N/2 and N schools. The difference quotient (t(N) − t(N0)) / (N − N0) is the cost per file
without start-up; what is left of t(N0) is start-up (interpreter, imports, fonts, pieces, master).
Peak memory is that of each whole run, so the runs with N/2 and N files tell whether it grows.
"""

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from generate import make_schools, write_campaign

from peers.worker import Job, Sample, split_time

CHECKOUT = Path(__file__).resolve().parents[2]
OPTIONS = {"verified": [], "no-verify": ["--no-verify"]}


class PeerError(Exception):
    """A peer could not do its work; the text is the last line it said."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """One finished build."""

    seconds: float
    peak_mib: float
    output: Path


def last_line(text: str) -> str:
    """The last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"


def _wait(process: subprocess.Popen[bytes]) -> float:
    """Wait for the end; peak resident memory in MiB, 0 where the system does not tell."""
    import os

    if not hasattr(os, "wait4"):
        process.wait()
        return 0.0
    _pid, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return usage.ru_maxrss / (1024 * 1024 if sys.platform == "darwin" else 1024)


def build(campaign: Path, output: Path, options: list[str]) -> Run:
    """Run one build and time it.

    Raises:
        PeerError: the build ended with an exit code other than 0.
    """
    log = output.with_suffix(".log")
    command = [sys.executable, "-m", "leaflet", "build", str(campaign), "-o", str(output), *options]
    with log.open("wb") as stream:
        started = time.monotonic()
        process = subprocess.Popen(command, cwd=CHECKOUT, stdout=stream, stderr=subprocess.STDOUT)
        peak = _wait(process)
        seconds = time.monotonic() - started
    if process.returncode:
        raise PeerError(f"exit {process.returncode}: {last_line(log.read_text(errors='replace'))}")
    return Run(seconds=seconds, peak_mib=peak, output=output)


def read_version() -> str:
    """What ``leaflet --version`` ends with."""
    command = [sys.executable, "-m", "leaflet", "--version"]
    answer = subprocess.run(command, cwd=CHECKOUT, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise PeerError(last_line(answer.stderr))
    return last_line(answer.stdout).split()[-1]


def measure(job: Job) -> Sample:
    """The three runs of one round.

    Raises:
        PeerError: a build failed, or wrote another number of files than there are schools.
    """
    folder = Path(job.folder)
    runs: dict[int, Run] = {}
    for count in (job.warm, job.files // 2, job.files):
        campaign = write_campaign(folder / f"campaign-{count}", count)
        runs[count] = build(campaign, folder / f"out-{count}", OPTIONS[job.variant])
    files = sorted(runs[job.files].output.rglob("*.pdf"))
    if len(files) != job.files:
        raise PeerError(f"{len(files)} files for {job.files} schools")
    at = {count: run.seconds for count, run in runs.items()}
    ms_per_file, start_up = split_time(at, job.warm, job.files, 0.0)
    longest = max(make_schools(job.files), key=lambda school: len(school.nom)).uai.lower()
    return Sample(
        version=read_version(),
        files=job.files,
        ms_per_file=ms_per_file,
        start_up_s=start_up,
        bytes_per_file=sum(path.stat().st_size for path in files) / len(files),
        peak_half_mib=runs[job.files // 2].peak_mib,
        peak_full_mib=runs[job.files].peak_mib,
        sample=str(next((path for path in files if path.name.lower().startswith(longest)), files[0])),
    )
