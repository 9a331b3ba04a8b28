"""Does a build stay flat? Time for each school and peak memory, for a few hundred and a few thousand schools.

Measured: whole processes (`leaflet build`, verification on) on generated campaigns, interleaved in rounds; the
time for each school is the difference between two sizes, so that starting up is not counted; the peak is the
process's resident set as the system reports it. Not measured: the disk's own speed, which is part of the wall time.

    python benchmarks/scale.py --sizes 50 500 5000
"""

import argparse
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from generate import write_campaign

CHILD = """
import resource, runpy, sys
sys.argv = ["leaflet", *sys.argv[1:]]
try:
    runpy.run_module("leaflet", run_name="__main__")
finally:
    print("peak", resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Run:
    """One build: seconds of wall time, peak resident set in MiB."""

    seconds: float
    peak_mib: float


def measure(campaign: Path, out: Path) -> Run:
    """Build a campaign in a process of its own."""
    command = [sys.executable, "-c", CHILD, "build", "-q", str(campaign), "-o", str(out)]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[1])
    seconds = time.perf_counter() - start
    peak = next(line for line in done.stderr.splitlines() if line.startswith("peak "))
    return Run(seconds, int(peak.split()[1]) / 1024)


def print_growth(one: str, runs: Mapping[int, Sequence[Run]]) -> None:
    """Print how time and memory grow with the number of something.

    Args:
        one: what there are more and more of.
        runs: the runs of each size; medians are printed.
    """
    medians = {size: statistics.median(run.seconds for run in found) for size, found in sorted(runs.items())}
    smallest = min(medians)
    print(f"{one + 's':>9}  {'seconds':>8}  {'ms/' + one:>11}  {'peak MiB':>8}")
    for size, seconds in medians.items():
        more = size - smallest
        each = f"{(seconds - medians[smallest]) / more * 1000:11.3f}" if more else f"{'–':>11}"
        peak = statistics.median(run.peak_mib for run in runs[size])
        print(f"{size:>9}  {seconds:>8.2f}  {each}  {peak:>8.1f}")


def main() -> None:
    """Print a table: schools, seconds, milliseconds a school beyond the smallest size, peak memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 500, 5000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    runs: dict[int, list[Run]] = {size: [] for size in options.sizes}
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            write_campaign(Path(folder) / str(size), size)
        for number in range(options.rounds):
            for size in options.sizes:
                campaign = Path(folder) / str(size) / "campaign.toml"
                runs[size].append(measure(campaign, Path(folder) / f"out-{size}-{number}"))
    print_growth("school", runs)


if __name__ == "__main__":
    main()
