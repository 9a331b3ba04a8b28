"""Ours, measured from outside as a user runs it: ``leaflet build``, and ``leaflet print-run --bare`` for one file.

Three runs, with N0, N/2 and N schools. The difference quotient (t(N) − t(N0)) / (N − N0) is the cost per leaflet
without start-up; what is left of t(N0) is start-up (interpreter, imports, fonts, pieces, master).
Peak memory is that of each whole run, so the runs with N/2 and N files tell whether it grows.
"""

from importlib.metadata import version
from pathlib import Path

from generate import make_schools, write_campaign
from tree import CommandError, leaflet

from peers.sample import Job, PeerError, Reading, Sample, last_line, make_sample

OPTIONS: dict[str, list[str]] = {"verified": [], "no-verify": ["--no-verify"]}


def run(command: list[str], campaign: Path, output: Path) -> Reading:
    """Run a command of ours on a campaign, and read the clocks.

    Raises:
        PeerError: it ended with an exit code other than 0.
    """
    try:
        used = leaflet(*command, campaign, "-o", output, watched=False)
    except CommandError as error:
        raise PeerError(last_line(str(error))) from error
    return Reading(seconds=used.seconds, processor_s=used.processor_s, peak_mib=used.peak_mib)


def measure(job: Job) -> Sample:
    """The three runs of one round, after one that is not counted.

    Raises:
        PeerError: a run failed, or made another number of files than was asked for.
    """
    folder = Path(job.folder)
    command = ["print-run", "--bare", "--once"] if job.merged else ["build"]
    command += OPTIONS[job.variant]
    run(command, write_campaign(folder / "campaign", job.warm), folder / "not-counted")  # the system's own caches
    at: dict[int, Reading] = {}
    for count in (job.warm, job.files // 2, job.files):
        campaign = write_campaign(folder / f"campaign-{count}", count)
        at[count] = run(command, campaign, folder / f"out-{count}")
    output = folder / f"out-{job.files}"
    files = sorted(output.glob("print-run-*.pdf") if job.merged else output.rglob("*.pdf"))
    if len(files) != (1 if job.merged else job.files):
        raise PeerError(f"{len(files)} files for {job.files} schools")
    longest = max(make_schools(job.files), key=lambda school: len(school.nom)).uai.lower()
    sample = next((path for path in files if path.name.lower().startswith(longest)), files[0])
    size = sum(path.stat().st_size for path in files) / job.files
    return make_sample(job, at, version=version("leaflet-print"), size=size, sample=sample)
