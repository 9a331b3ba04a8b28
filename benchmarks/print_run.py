"""A print run for thousands of schools: how long, how much memory, how many bytes; does it stay flat?

Measured: whole processes (`leaflet print-run`, verification on) on generated campaigns, so many copies a school;
the peak is the process's resident set as the system reports it. The packing list must add up to the pages.

    python benchmarks/print_run.py --sizes 500 5000 --copies 20
    python benchmarks/print_run.py --sizes 500 5000 --copies 20 --press x4
"""

import argparse
import csv
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from generate import write_campaign
from scale import CHILD

ROOT = Path(__file__).parents[1]


@dataclass(frozen=True, slots=True)
class Run:
    """One print run: seconds of wall time, peak resident set and size of all volumes in MiB, pages."""

    seconds: float
    peak_mib: float
    size_mib: float
    pages: int


def measure(campaign: Path, out: Path, copies: int, press: str | None) -> Run:
    """Print a campaign in a process of its own.

    Raises:
        ValueError: the packing list does not add up to the pages of the file.
    """
    options = ["-q", "--copies", str(copies), *(["--press", press] if press else [])]
    command = [sys.executable, "-c", CHILD, "print-run", *options, str(campaign), "-o", str(out)]
    start = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT)
    seconds = time.perf_counter() - start
    peak = next(line for line in done.stderr.splitlines() if line.startswith("peak "))
    files = sorted(out.glob("print-run-*.pdf"))
    pages, listed = sum(map(count_pages, files)), listed_pages(next(out.glob("packing-list-*.csv")))
    if pages != listed:
        raise ValueError(f"{pages} pages, but {listed} in the packing list")
    size = sum(file.stat().st_size for file in files)
    return Run(seconds, int(peak.split()[1]) / 1024, size / 2**20, pages)


def count_pages(file: Path) -> int:
    """The count the file's page tree gives, read from its bytes."""
    counts = re.findall(rb"/Type /Pages /Count (\d+)", file.read_bytes())
    return int(counts[-1])


def listed_pages(packing: Path) -> int:
    """The pages of all bundles of a packing list."""
    with packing.open(encoding="utf-8-sig", newline="") as file:
        return sum(int(row["pages"]) for row in csv.DictReader(file, delimiter=";"))


def main() -> None:
    """Print a table: schools, pages, seconds, peak memory, size of the file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 5000])
    parser.add_argument("--copies", type=int, default=20)
    parser.add_argument("--press", choices=["x4", "vt1"])
    options = parser.parse_args()
    print(f"{'schools':>8}  {'pages':>8}  {'seconds':>8}  {'peak MiB':>8}  {'file MiB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for size in options.sizes:
            campaign = write_campaign(Path(folder) / str(size), size)
            without_copies(campaign.parent / "ecoles.csv")
            dated = "issued_on = 2018-11-05\n" + campaign.read_text("utf-8")
            campaign.write_text(dated, "utf-8")
            run = measure(campaign, Path(folder) / f"out-{size}", options.copies, options.press)
            print(f"{size:>8}  {run.pages:>8}  {run.seconds:>8.1f}  {run.peak_mib:>8.1f}  {run.size_mib:>8.1f}")


def without_copies(schools: Path) -> None:
    """Leave out the column of copies, so that every school gets the number asked for."""
    with schools.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file, delimiter=";"))
    kept = [index for index, name in enumerate(rows[0]) if name != "exemplaires"]
    with schools.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([row[index] for index in kept] for row in rows)


if __name__ == "__main__":
    main()
