"""Does a build stay flat in the number of documents? Time for each document and peak memory.

Measured: whole processes (`leaflet build`, verification on, one process) on a campaign of some schools with so many
documents of one template, interleaved in rounds, as in `scale.py`.

    python benchmarks/documents.py --sizes 50 500
"""

import argparse
import statistics
import tempfile
from pathlib import Path

from generate import write_documents
from scale import Run, measure


def main() -> None:
    """Print a table: documents, seconds, milliseconds a document beyond the smallest number, peak memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 500])
    parser.add_argument("--schools", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1)
    options = parser.parse_args()
    runs: dict[int, list[Run]] = {size: [] for size in options.sizes}
    with tempfile.TemporaryDirectory() as folder:
        campaigns = {size: write_documents(Path(folder) / str(size), size, options.schools) for size in options.sizes}
        for number in range(options.rounds):
            for size, campaign in campaigns.items():
                runs[size].append(measure(campaign, Path(folder) / f"out-{size}-{number}"))
    smallest = min(options.sizes)
    base = statistics.median(run.seconds for run in runs[smallest])
    print(f"{'documents':>9}  {'seconds':>8}  {'ms/document':>11}  {'peak MiB':>8}")
    for size in sorted(options.sizes):
        seconds = statistics.median(run.seconds for run in runs[size])
        each = f"{(seconds - base) / (size - smallest) * 1000:11.1f}" if size > smallest else "          –"
        peak = statistics.median(run.peak_mib for run in runs[size])
        print(f"{size:>9}  {seconds:>8.2f}  {each}  {peak:>8.1f}")


if __name__ == "__main__":
    main()
