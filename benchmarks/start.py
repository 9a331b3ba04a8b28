"""How long does one take to begin: `leaflet --version`, `--help`, and a build of one school from an empty folder?

Measured: whole processes, the median of interleaved rounds, beside the floor: Python that does nothing. Modules are
compiled beforehand, as an installer does, and kept in the folder of the run. Not measured: a file system that has not
seen the program yet.

    python benchmarks/start.py --runs 15
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import write_campaign

ROOT = Path(__file__).parents[1]
FLOOR = "python -c pass"
BUILD = "leaflet build, one school"
AGAIN = "the same, nothing to do"


def commands(campaign: Path, fresh: Path, built: Path) -> dict[str, list[str]]:
    """What is run, by what it is called in the table."""
    leaflet = [sys.executable, "-m", "leaflet"]
    build = [*leaflet, "build", "-q", str(campaign), "-o"]
    return {
        FLOOR: [sys.executable, "-c", "pass"],
        "leaflet --version": [*leaflet, "--version"],
        "leaflet --help": [*leaflet, "--help"],
        BUILD: [*build, str(fresh)],
        AGAIN: [*build, str(built)],
    }


def run(command: list[str], modules: Path) -> tuple[float, float]:
    """Seconds of the processor in user mode, and seconds, of a whole process."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment |= {"PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(modules)}
    begin, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, env=environment)
    seconds = time.perf_counter() - begin
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, seconds


def measure(folder: Path, runs: int) -> dict[str, list[tuple[float, float]]]:
    """All times of all commands, in rounds, after one that does not count."""
    campaign = write_campaign(folder / "campaign", 1)
    times: dict[str, list[tuple[float, float]]] = {}
    for number in range(runs + 1):
        # a new folder each time: deleting the old one would make the file system slow
        asked = commands(campaign, folder / f"out-{number}", folder / "out-0")
        for name, command in asked.items():
            taken = run(command, folder / "modules")
            if number:
                times.setdefault(name, []).append(taken)
    return times


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=15, help="rounds, of which the median is reported (15)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        times = measure(Path(folder), arguments.runs)
    print("| process | user ms | ms |\n| --- | ---: | ---: |")
    for name, taken in times.items():
        user, seconds = (statistics.median(column) * 1000 for column in zip(*taken, strict=True))
        print(f"| {name} | {user:.0f} | {seconds:.0f} |")


if __name__ == "__main__":
    main()
