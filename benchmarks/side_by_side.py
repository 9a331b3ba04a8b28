"""Is one checkout slower than another? BASE is what it was, HERE what it is now, timed in turn on one core.

Each side is a folder with a ``.venv`` of its own and is driven through its command line alone. Measured: whole
processes, A B A B …, pinned to one core: seconds of the processor in user and system mode, and wall time. Lists are
the same for both sides, and output goes into memory where the machine has a file system for that. Not measured:
several processes, the disk, memory.

    python benchmarks/side_by_side.py ../base --rounds 5
    python benchmarks/side_by_side.py ../base --only leaflets --environment LEAFLET_LAYER=off

A side counts as slower if both ratios, of the medians and of the least, are above 1.05; other programs on the
machine make single runs slower, never quicker, so a lone ratio above it says little.
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from cards import write_cards
from generate import write_campaign
from machine import describe_machine
from results import markdown_table
from tree import Used, forget, run

ROOT = Path(__file__).resolve().parents[1]
MEMORY = Path("/dev/shm")
MOST = 1.05  # ratio that is not slower
AGAIN = 5  # builds of one school that make one figure
HEADER = ("what", "base s", "here s", "medians", "least", "base wall s", "here wall s", "medians", "slower?")


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """One row of the table.

    Args:
        schools: how many the list has.
        arguments: of `leaflet`, before the campaign and the output folder.
        is_of_cards: the list has people, and cards are made for them.
        is_of_files: the files of a build are judged, which each side makes once before.
        again: runs that make one figure.
    """

    schools: int
    arguments: Sequence[str]
    is_of_cards: bool = False
    is_of_files: bool = False
    again: int = 1


BUILD = ("build", "-q", "--jobs", "1")
TASKS = {
    "leaflets": Task(schools=3000, arguments=BUILD),
    "cards": Task(schools=300, arguments=BUILD, is_of_cards=True),
    "print run": Task(schools=500, arguments=("print-run", "-q")),
    "one school": Task(schools=1, arguments=BUILD, again=AGAIN),
    "check": Task(schools=200, arguments=("check", "--jobs", "1", "--day", "2018-11-05"), is_of_files=True),
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two checkouts, with the variables that are set for it alone."""

    checkout: Path
    work: Path
    environment: dict[str, str] = field(default_factory=dict)

    def leaflet(self, *arguments: object) -> Used:
        """Run a command of `leaflet` in the checkout.

        Raises:
            CommandError: it failed.
        """
        command = [str(self.checkout / ".venv/bin/python"), "-m", "leaflet", *map(str, arguments)]
        return run(command, self.checkout, watched=False, environment=os.environ | self.environment)

    def prepare(self, task: Task, campaign: Path) -> None:
        """Make what a task needs, which also compiles what has never run."""
        self.leaflet(*BUILD, campaign, "-o", self.built)
        if not task.is_of_files:
            forget(self.built)

    def measure(self, task: Task, campaign: Path) -> tuple[float, float]:
        """Return the seconds of the processor and of wall time that a task takes."""
        processor = wall = 0.0
        for _ in range(task.again):
            out = self.work / "out"
            used = self.leaflet(*task.arguments, *([self.built] if task.is_of_files else [campaign, "-o", out]))
            processor, wall = processor + used.processor_s, wall + used.seconds
            if out.exists():
                forget(out)
        return processor, wall

    @property
    def built(self) -> Path:
        """The folder of the files to judge."""
        return self.work / "built"


def pin(core: int | None) -> None:
    """Keep this process and all that it starts to one core, the last one allowed if none is named."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0)) if core is None else core})


def table_row(name: str, base: Sequence[tuple[float, float]], here: Sequence[tuple[float, float]]) -> tuple[str, ...]:
    """Return a row of the table.

    Args:
        name: of the task.
        base: seconds of the processor and of wall time of each round.
        here: those of the other side.
    """
    (base_s, base_wall), (here_s, here_wall) = (list(zip(*rounds, strict=True)) for rounds in (base, here))
    medians, least = median(here_s) / median(base_s), min(here_s) / min(base_s)
    slower = f"SLOWER by {100 * (min(medians, least) - 1):.0f} %" if min(medians, least) > MOST else "no"
    if slower == "no" and max(medians, least) > MOST:
        slower = "unclear"
    seconds = (f"{median(base_s):.2f}", f"{median(here_s):.2f}", f"{medians:.3f}", f"{least:.3f}")
    wall = (f"{median(base_wall):.2f}", f"{median(here_wall):.2f}", f"{median(here_wall) / median(base_wall):.3f}")
    return (name, *seconds, *wall, slower)


def main() -> None:
    """Measure in turn and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path, help="the checkout as it was")
    parser.add_argument("here", type=Path, nargs="?", default=ROOT, help="the checkout as it is; that of this script")
    parser.add_argument("--rounds", type=int, default=5, help="of which the median is reported (5)")
    parser.add_argument("--only", action="append", choices=TASKS, help="measure this only; may be repeated")
    parser.add_argument("--environment", action="append", default=[], metavar="NAME=VALUE", help="set for HERE alone")
    parser.add_argument("--core", type=int, help="core to pin everything to (the last one allowed)")
    parser.add_argument("--small", action="store_true", help="a tenth of the schools, to try it")
    options = parser.parse_args()
    if options.rounds < 1 or not all("=" in pair for pair in options.environment):
        parser.error("--rounds must be at least 1, and --environment NAME=VALUE")
    variables = dict(pair.split("=", 1) for pair in options.environment)
    pin(options.core)
    memory = str(MEMORY) if MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="leaflet-", dir=memory) as name:
        work = Path(name)
        sides = [
            Side(checkout=options.base.resolve(), work=work / "base"),
            Side(checkout=options.here.resolve(), work=work / "here", environment=variables),
        ]
        rows = []
        for what in options.only or TASKS:
            task, folder = TASKS[what], work / what.replace(" ", "-")
            schools = -(-task.schools // 10) if options.small else task.schools
            campaign = (write_cards if task.is_of_cards else write_campaign)(folder, schools)
            for side in sides:
                side.prepare(task, campaign)
            times: list[list[tuple[float, float]]] = [[], []]
            for number in range(options.rounds):
                print(f"{what}, round {number + 1} of {options.rounds}", file=sys.stderr, flush=True)
                for side, taken in zip(sides, times, strict=True):
                    taken.append(side.measure(task, campaign))
            rows.append(table_row(f"{what} ({schools:,})", *times))
            for side in sides:
                if side.built.exists():
                    forget(side.built)
        print(f"{describe_machine(work)}. {options.rounds} interleaved rounds, one core.\n")
    print(markdown_table(HEADER, rows))


if __name__ == "__main__":
    main()
