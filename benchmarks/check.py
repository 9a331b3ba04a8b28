"""How long does `leaflet check` take for each finished file, and what takes it?

Measured: a generated campaign is built once; then all files are judged by `leaflet.preflight`, with the campaign's
context. The first figure is wall time, by all workers together; « opening », « reading » and the rules are time of
the processor inside the workers, for each file, which other programs on the machine do not change much; the peak is
the resident set of the largest worker as the system reports it. Not measured: the build.

    python benchmarks/check.py --schools 5000 --jobs 2
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import date
from pathlib import Path

from generate import write_campaign

from leaflet.faults import Report
from leaflet.preflight.judging_keeper import judge_files
from leaflet.preflight.settings import load_context
from leaflet.preflight.targets import find_targets
from leaflet.preflight.verdict import OPENING, READING, Tally

DAY = date(2018, 11, 1)
SLOWEST = 10


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schools", type=int, default=5000)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        campaign, out = write_campaign(Path(folder), options.schools), Path(folder) / "out"
        # in a process of its own: the peak that getrusage reports of a worker begins with that of its parent
        command = [sys.executable, "-m", "leaflet", "build", "-q", str(campaign), "-o", str(out)]
        subprocess.run(command, check=True, cwd=Path(__file__).parents[1])
        measure(campaign, out, options.jobs)


def measure(campaign: Path, out: Path, jobs: int) -> None:
    """Judge what was built, and print the table."""
    context, settings = load_context(campaign, DAY, Report())
    targets = find_targets([out], Report())
    tally = Tally()
    start = time.perf_counter()
    for judged in judge_files(targets.files, context, settings, jobs=jobs):
        tally.add(judged)
    wall = time.perf_counter() - start
    count = len(tally.files)
    each = {name: seconds * 1000 / count for name, seconds in tally.seconds.items()}
    rules = sorted(((ms, code) for code, ms in each.items() if code not in (OPENING, READING)), reverse=True)
    print(f"{count} files, {jobs} jobs: {wall:.1f} s, {wall * 1000 / count:.2f} ms/file")
    all_rules = sum(ms for ms, _ in rules)
    print(
        f"of the processor: opening {each[OPENING]:.2f}, reading {each[READING]:.2f}, rules {all_rules:.2f} ms/file"
    )
    for ms, code in rules[:SLOWEST]:
        print(f"  {code}  {ms:.3f} ms/file")
    whose = resource.RUSAGE_SELF if jobs == 1 else resource.RUSAGE_CHILDREN
    print(f"peak of a process: {resource.getrusage(whose).ru_maxrss / 1024:.0f} MiB")
    found = Counter(fault.code for file in tally.files for fault in file.faults)
    print(f"faults: {dict(found)}")


if __name__ == "__main__":
    main()
