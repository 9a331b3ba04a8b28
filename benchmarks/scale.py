"""Does a build stay flat? Time for each school and peak memory, for a few hundred and a few thousand schools.

Measured: whole processes (`leaflet build`, verification on) on generated campaigns, interleaved in rounds; the
time for each school is the difference between two sizes, so that starting up is not counted; the peak is that of all
processes together. Not measured: the disk's own speed, which is part of the wall time.

    python benchmarks/scale.py --sizes 50 500 5000
"""

import tempfile
from pathlib import Path
from statistics import median

from generate import write_campaign
from results import describe_machine, markdown_table, parser_of, publish
from tree import Used, leaflet


def table(runs: dict[int, list[Used]]) -> str:
    """Return how time and memory grow with the number of schools; medians of the runs of each size."""
    medians = {size: median(used.seconds for used in found) for size, found in sorted(runs.items())}
    smallest, start = next(iter(medians.items()))
    rows = [
        (
            f"{size:,}",
            f"{seconds:.2f}",
            f"{1000 * (seconds - start) / (size - smallest):.3f}" if size > smallest else "start",
            f"{median(used.peak_mib for used in runs[size]):.1f}",
        )
        for size, seconds in medians.items()
    ]
    return markdown_table(("schools", "seconds", "ms/school", "peak MiB"), rows)


def main() -> None:
    """Run the rounds and print the table."""
    parser = parser_of(__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 500, 5000])
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        work, runs = Path(name), {size: [] for size in options.sizes}
        campaigns = {size: write_campaign(work / str(size), size) for size in options.sizes}
        for number in range(options.rounds):
            for size, campaign in campaigns.items():
                runs[size].append(leaflet("build", "-q", campaign, "-o", work / f"out-{size}-{number}"))
        text = f"{describe_machine(work)}\n\n{table(runs)}"
    publish("A build of more and more schools", text, is_written=options.write)


if __name__ == "__main__":
    main()
