"""Define what is asked of one measurement, and what comes out of it, for files and for a merged file alike."""

from dataclasses import dataclass
from pathlib import Path


class PeerError(Exception):
    """A peer could not do its work; the text is the last line it said."""


@dataclass(frozen=True, kw_only=True)
class Job:
    """Say what a peer is to make."""

    peer: str
    variant: str
    merged: bool  # one file of all leaflets, in place of a file for each
    files: int
    warm: int
    folder: str
    started: float = 0.0  # `time.monotonic()` just before the process was started
    finished_file: str = ""  # for the copy floor


@dataclass(frozen=True, kw_only=True)
class Reading:
    """The clocks after some leaflets: seconds since the process was started, those of its processor, peak memory."""

    seconds: float
    processor_s: float
    peak_mib: float


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One measurement of one peer; times are of one leaflet, from the first `warm` on."""

    version: str
    files: int
    ms: float
    processor_ms: float
    start_up_s: float
    bytes_per_leaflet: float
    peak_half_mib: float
    peak_full_mib: float
    sample: str  # path of one finished file: that of the school with the longest name, or of all


def make_sample(job: Job, at: dict[int, Reading], *, version: str, size: float, sample: Path) -> Sample:
    """A measurement from its readings after `warm`, after half and after all leaflets; `size` is of one, in bytes."""
    first, last = at[job.warm], at[job.files]
    per_leaflet = (last.seconds - first.seconds) / (job.files - job.warm)
    return Sample(
        version=version,
        files=job.files,
        ms=1000 * per_leaflet,
        processor_ms=1000 * (last.processor_s - first.processor_s) / (job.files - job.warm),
        start_up_s=first.seconds - job.warm * per_leaflet,
        bytes_per_leaflet=size,
        peak_half_mib=at[job.files // 2].peak_mib,
        peak_full_mib=last.peak_mib,
        sample=str(sample),
    )


def last_line(text: str) -> str:
    """The last line that says something."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return lines[-1] if lines else "no message"
