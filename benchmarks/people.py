"""Does a long staff list stay cheap? Seconds and peak memory of the memo cards of one school, by its people.

Measured: whole processes of ``leaflet build``, verification on, for one generated school with invented people, each
with a name of their own: one file of memo cards, ten on a sheet. The peak is the resident set of the process, as the
system reports it. What one person more takes is the difference from the size before.

    python benchmarks/people.py --write
    python benchmarks/people.py --checkout ../base --sizes 500 2000 --no-verify

Not measured: printing, and lists of many schools, which `cards.py` has.
"""

import argparse
import csv
import sys
import tempfile
from collections.abc import Iterator
from itertools import islice, product
from pathlib import Path

from cards import DOCUMENT, FIRST
from generate import make_schools, write_campaign
from machine import describe_machine
from results import markdown_table, write_section
from tree import Used, forget, run

ROOT = Path(__file__).resolve().parents[1]
SIZES = (500, 2_000, 8_000, 50_000)
LAST = (  # syllables of last names: 5,120 of them
    ("Bre", "Cla", "Dor", "Fla", "Gri", "Jou", "Lan", "Mar", "Nau", "Pel", "Qui", "Rou", "Sau", "Tré", "Val", "Vou"),
    ("", "ba", "che", "di", "fou", "gna", "li", "mo", "nou", "pi", "ré", "sso", "ti", "va", "ve", "zou"),
    (
        *("beaux", "cheret", "clos", "dieu", "fosse", "gnard", "jean", "lande", "lomey", "mergne"),
        *("nault", "pertuis", "quignon", "rvault", "sigues", "tière", "tour", "val", "vers", "zin"),
    ),
)
NOTE = "a file of more than a thousand cards is made sheet by sheet, and so takes less memory than a shorter one."
HEADER = ("people", "seconds", "ms a person more", "peak MiB", "KiB a person more", "file MiB")


def names() -> Iterator[tuple[str, str]]:
    """First and last names, no pair twice: 51,200 that are put together from syllables."""
    return ((first, "".join(last)) for *last, first in product(*LAST, FIRST))


def write_people(folder: Path, people: int) -> Path:
    """A campaign of memo cards for so many people of one generated school; returns its file."""
    path = write_campaign(folder, 1)
    head, _, _ = path.read_text("utf-8").partition("[[document]]")
    path.write_text(head.replace('"ecoles.csv"', '"ecoles.csv"\nstaff = "personnels.csv"') + DOCUMENT, "utf-8")
    (school,) = make_schools(1)
    with (folder / "personnels.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(("prenom", "nom", "uai"))
        rows.writerows((*name, school.uai) for name in islice(names(), people))
    return path


def measure(checkout: Path, campaign: Path, out: Path, *, verify: bool) -> tuple[Used, int]:
    """Build, and return what that took, and how many bytes its files have.

    Raises:
        CommandError: it failed.
    """
    options = ["-q", "--jobs", "1", *([] if verify else ["--no-verify"])]
    command = [sys.executable, "-m", "leaflet", "build", *options, str(campaign), "-o", str(out)]
    used = run(command, checkout, watched=False)
    size = sum(path.stat().st_size for path in out.rglob("*.pdf"))
    forget(out)
    return used, size


def main() -> None:
    """Build the cards of each size and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=SIZES)
    parser.add_argument("--checkout", type=Path, default=ROOT, help="the checkout to measure; that of this script")
    parser.add_argument("--no-verify", action="store_true", help="build without verifying")
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md, too")
    options = parser.parse_args()
    rows: list[tuple[str, ...]] = []
    before: tuple[int, Used] | None = None
    with tempfile.TemporaryDirectory(prefix="leaflet-people-") as name:
        machine = describe_machine(Path(name))
        for people in sorted(options.sizes):
            campaign = write_people(Path(name) / f"campaign-{people}", people)
            out = Path(name) / f"out-{people}"
            used, size = measure(options.checkout, campaign, out, verify=not options.no_verify)
            rows.append(table_row(people, used, size, before))
            print(*rows[-1], sep="\t", file=sys.stderr, flush=True)
            before = people, used
    text = f"{machine}. One run of each size; {NOTE}\n\n{markdown_table(HEADER, rows)}"
    print(text)
    if options.write:
        write_section("Memo cards of one long staff list", text)


def table_row(people: int, used: Used, size: int, before: tuple[int, Used] | None) -> tuple[str, ...]:
    """Return a row of the table.

    Args:
        people: of the list.
        used: what their build took.
        size: bytes made.
        before: people and build of the next smaller list.
    """
    seconds = memory = "–"
    if before is not None:
        more, less = people - before[0], before[1]
        seconds = f"{1000 * (used.seconds - less.seconds) / more:.2f}"
        memory = f"{1024 * (used.peak_mib - less.peak_mib) / more:.1f}"
    return (f"{people:,}", f"{used.seconds:.1f}", seconds, f"{used.peak_mib:.0f}", memory, f"{size / 2**20:.1f}")


if __name__ == "__main__":
    main()
