"""A row of many has changed: how long does ``leaflet build`` take to make what has changed, and is it that one file?

Measured: whole processes, verification on, interleaved in rounds of which the median counts: nothing to do, and one
row changed, each beside the floor, Python that does nothing. After each round the list is as it was, and built. How
many files were made the program says itself (``--json``).

    python benchmarks/rebuild.py --schools 5000 --rounds 9 --write

Not measured: a disk that has not seen the files yet.
"""

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from generate import write_campaign
from machine import describe_machine
from results import markdown_table, spread, write_section

ROOT = Path(__file__).parents[1]
FLOOR, NOTHING, ROW = "python -c pass", "nothing to do", "one row changed"
HEADER = ("what", "files made", "seconds", "least–most")


def build(campaign: Path, out: Path) -> tuple[float, int]:
    """Seconds of one build, and how many files it made.

    Raises:
        CalledProcessError: it failed.
    """
    command = [sys.executable, "-m", "leaflet", "build", "--json", str(campaign), "-o", str(out)]
    begin = time.perf_counter()
    said = subprocess.run(command, check=True, capture_output=True, cwd=ROOT).stdout
    seconds = time.perf_counter() - begin
    (result,) = (event for event in map(json.loads, said.splitlines()) if event["event"] == "done")
    return seconds, result["made"]


def measure(work: Path, schools: int, rounds: int) -> dict[str, list[tuple[float, int]]]:
    """Seconds and files made of each round, by what was done."""
    campaign, out = write_campaign(work / "campaign", schools), work / "out"
    table = campaign.with_name("ecoles.csv")
    whole = table.read_text("utf-8")
    lines = whole.splitlines(keepends=True)
    build(campaign, out)
    found: dict[str, list[tuple[float, int]]] = {name: [] for name in (FLOOR, NOTHING, ROW)}
    for number in range(rounds):
        begin = time.perf_counter()
        subprocess.run([sys.executable, "-c", "pass"], check=True)
        found[FLOOR].append((time.perf_counter() - begin, 0))
        found[NOTHING].append(build(campaign, out))
        row = 1 + number * (len(lines) - 1) // rounds
        cells = lines[row].split(";")
        cells[1] += " bis"
        table.write_text("".join([*lines[:row], ";".join(cells), *lines[row + 1 :]]), "utf-8")
        found[ROW].append(build(campaign, out))
        table.write_text(whole, "utf-8")
        build(campaign, out)
    return found


def main() -> int:
    """Run the rounds and print the table; 1 if other files were made than those of changed rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schools", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md, too")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leaflet-rebuild-") as name:
        machine = describe_machine(Path(name))
        found = measure(Path(name), options.schools, options.rounds)
    rows = []
    for what, runs in found.items():
        times = [seconds for seconds, _ in runs]
        made = sorted({made for _, made in runs})
        rows.append((what, "–".join(map(str, made)), *spread(times)))
    text = f"{machine}. {options.schools:,} schools, {options.rounds} interleaved rounds.\n\n"
    text += markdown_table(HEADER, rows)
    print(text)
    if options.write:
        write_section("One row of many has changed", text)
    return int(any(made != (what == ROW) for what, runs in found.items() for _, made in runs))


if __name__ == "__main__":
    sys.exit(main())
