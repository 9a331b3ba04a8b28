"""Does a build stay flat in the number of documents? Time for each document and peak memory.

Measured: whole processes (`leaflet build`, verification on, one process) on a campaign of some schools with so many
documents of one template, interleaved in rounds, as in `scale.py`.

    python benchmarks/documents.py --sizes 50 500
"""

import argparse
import tempfile
from pathlib import Path

from generate import write_documents
from scale import Run, measure, print_growth


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
    print_growth("document", runs)


if __name__ == "__main__":
    main()
