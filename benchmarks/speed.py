"""Measure what this checkout takes of the processor beside another one, for each kind of work.

    python benchmarks/speed.py ../base --rounds 5 --write

Both do the same work by turns, on one core, in whole processes of ``python -m leaflet`` with their start: leaflets of
invented schools and of the real lycées that the tests read, cards, a print run, checks with and without a campaign,
the comparison of two builds. Both are compiled before the first round. What counts is the ratio of the medians; that
of the least says how far the machine was disturbed. The other checkout has a ``.venv`` of its own (``make ready``).

Not measured: the wall clock, several processes, the disk.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from generate import write_campaign, write_cards
from results import describe_machine, markdown_table, parser_of, publish
from tree import ROOT, processor_seconds

PRINT = ("print-run", "-q", "{work}/run", "-o", "{out}")
BUILD = ("build", "-q", "--anew", "--jobs", "1", "--keep-going")
WORK: dict[str, tuple[str, ...]] = {
    "one leaflet": (*BUILD, "{work}/one", "-o", "{out}"),
    "2,000 invented schools": (*BUILD, "{work}/invented", "-o", "{out}"),
    "500 real lycées": (*BUILD, "{work}/some", "-o", "{out}"),
    "all real lycées": (*BUILD, "{work}/real", "-o", "{out}"),
    "60 staff lists of 20 cards": (*BUILD, "{work}/cards", "-o", "{out}"),
    "print run of 400": PRINT,
    "check of a campaign of 2,000": ("check", "{work}/invented"),
    "check of 40 files": ("check", "{made}/leaflet-a4"),
    "check of 40 files with their campaign": ("check", "{work}/small", "--out", "{made}"),
    "comparison of 40 files and a reprint": ("diff", "{made}", "{made}-reprint"),
    "comparison of 40 files and another sentence": ("diff", "{made}", "{made}-sentence"),
}

SCHOOLS = {"one": 1, "invented": 2000, "run": 400, "small": 40, "reprint": 40, "sentence": 40, "some": 1, "real": 1}
LYCEES = {"some": 500, "real": 10_000}  # in the place of invented ones; more than there are


def write_lists(work: Path) -> None:
    """Write the campaigns that are made, all beside each other."""
    for name, schools in SCHOOLS.items():
        write_campaign(work / name, schools)
    campaign = work / "reprint/campaign.toml"
    campaign.write_text('version = "v2"\n' + campaign.read_text("utf-8"), "utf-8")
    campaign = work / "sentence/campaign.toml"
    campaign.write_text(campaign.read_text("utf-8").replace("Syndicat", "Section"), "utf-8")
    write_cards(work / "cards", 60)
    for name, rows in LYCEES.items():
        (written,) = (work / name).glob("*.csv")
        script = Path(__file__).with_name("in_checkout.py")
        subprocess.run([sys.executable, script, "lycees", written, str(rows)], cwd=ROOT, check=True)


def run(checkout: Path, work: Path, arguments: tuple[str, ...]) -> float:
    """Run a command of a checkout; return the seconds of the processor. What it finds is no failure."""
    out, made = work / "out", work / f"made-{checkout.name}"
    shutil.rmtree(out, ignore_errors=True)
    shown = [one.format(work=work, out=out, made=made) for one in arguments]
    return processor_seconds([checkout / ".venv/bin/python", "-m", "leaflet", *shown], checkout)


def main() -> None:
    """Run the rounds and print the table."""
    parser = parser_of(__doc__)
    parser.add_argument("base", type=lambda text: Path(text).resolve(), help="the other checkout")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--only", default="", help="the kinds whose names have this in them")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # libraries are compiled by the first builds, before any round
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    both, work = (options.base, ROOT), Path(tempfile.mkdtemp())
    taken = {(name, one): list[float]() for name in WORK if options.only in name for one in both}
    write_lists(work)
    for checkout in both:
        subprocess.run([sys.executable, "-m", "compileall", "-q", checkout / "leaflet"], check=True)
        for name, end in {"small": "", "reprint": "-reprint", "sentence": "-sentence"}.items():
            run(checkout, work, (*BUILD, f"{work}/{name}", "-o", f"{work}/made-{checkout.name}{end}"))
    for number in range(options.rounds):
        for name in dict.fromkeys(name for name, _ in taken):
            for checkout in both[:: -1 if number % 2 else 1]:
                taken[name, checkout].append(run(checkout, work, WORK[name]))
    rows = []
    for name in dict.fromkeys(name for name, _ in taken):
        base, here = (taken[name, one] for one in both)
        ratios = (median(here) / median(base), min(here) / min(base))
        rows.append((name, f"{median(base):.2f}", f"{median(here):.2f}", *(f"{ratio:.2f}" for ratio in ratios)))
    header = ("seconds of the processor", options.base.name, "here", "ratio", "of the least")
    text = f"{describe_machine(work)}\n\n{markdown_table(header, rows)}"
    publish("Beside another checkout", text, is_written=options.write)
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
