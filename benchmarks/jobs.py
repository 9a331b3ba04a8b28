"""What do several processes gain? A build with ``--jobs 1``, with ``--jobs N``, and N builds side by side.

Measured: whole processes of ``leaflet build``, verification on, of the same generated schools of the whole country,
interleaved in rounds, of which the median counts. N cores are seldom N times one: they share memory, often a core.
N builds with ``--jobs 1`` at the same time, which have nothing to do with each other, show what there is to gain;
``--jobs N`` is called near-linear if it gains nine tenths of that. What was made is deleted at once if it is held in
memory, else at the end; the disk is synced before each run. With the defaults TMPDIR needs 3 gigabytes in memory, 20
on a disk.

    python benchmarks/jobs.py --schools 20000 --jobs 2 --rounds 3 --write

Not measured: machines with more cores than processes, and several machines.
"""

import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median

from generate import COUNTRY, write_campaign
from results import describe_machine, markdown_table, parser_of, publish
from tree import forget, leaflet

NEAR = 0.9  # of what side by side gains
HEADER = ("what", "seconds", "least–most", "files a second", "times one")


def build(campaign: Path, out: Path, jobs: int = 1) -> float:
    """Seconds of a whole build; nobody looks at its memory meanwhile."""
    return leaflet("build", "-q", "--jobs", jobs, campaign, "-o", out, watched=False).seconds


def side_by_side(campaign: Path, out: Path, count: int) -> float:
    """Seconds until the last of so many builds has ended that began together."""
    with ThreadPoolExecutor(count) as threads:
        return max(threads.map(lambda number: build(campaign, out / str(number)), range(count)))


def measure(work: Path, schools: int, jobs: int, rounds: int) -> dict[str, list[float]]:
    """Seconds of each round, by what was run."""
    campaign = write_campaign(work / "campaign", schools, COUNTRY)
    ways = {
        "--jobs 1": lambda out: build(campaign, out),
        f"--jobs {jobs}": lambda out: build(campaign, out, jobs),
        f"{jobs} builds side by side": lambda out: side_by_side(campaign, out, jobs),
    }
    found: dict[str, list[float]] = {name: [] for name in ways}
    for number in range(rounds):
        names = list(ways) if number % 2 else list(ways)[::-1]
        for name in names:
            print(f"round {number + 1} · {name}", file=sys.stderr, flush=True)
            out = work / f"{number} {name}"
            found[name].append(ways[name](out))
            forget(out)
    return found


def describe(found: dict[str, list[float]], schools: int, jobs: int) -> str:
    """The table, and whether it is near-linear."""
    made = dict(zip(found, (schools, schools, schools * jobs), strict=True))
    rates = {name: made[name] / median(times) for name, times in found.items()}
    one, several, most = rates.values()
    rows = []
    for name, times in found.items():
        cells = f"{median(times):.2f}", f"{min(times):.2f}–{max(times):.2f}"
        rows.append((name, *cells, f"{rates[name]:,.0f}", f"{rates[name] / one:.2f}"))
    verdict = "near-linear" if several / most >= NEAR else "NOT near-linear"
    told = (
        f"- --jobs {jobs} is {several / one:.2f} times as fast as --jobs 1, builds side by side {most / one:.2f} "
        f"times: {several / most:.0%} of what this machine gives, {verdict}."
    )
    return f"{markdown_table(HEADER, rows)}\n\n{told}"


def main() -> None:
    """Run the rounds and print the table."""
    parser = parser_of(__doc__)
    parser.add_argument("--schools", type=int, default=20_000)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="leaflet-jobs-") as name:
        machine = describe_machine(Path(name))
        found = measure(Path(name), options.schools, options.jobs, options.rounds)
    text = f"{machine}. {options.schools:,} schools, {options.rounds} interleaved rounds.\n\n"
    text += describe(found, options.schools, options.jobs)
    publish(f"Several processes, --jobs {options.jobs}", text, is_written=options.write)


if __name__ == "__main__":
    main()
