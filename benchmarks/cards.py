"""Named memo cards: milliseconds for each card beyond start-up, on sheets of cards, verification on.

Measured: whole processes of ``leaflet build`` for generated schools with twenty invented people each, one file a
school, interleaved with a short list that is start: (t(n) − t(short)) / (cards of n − cards of short), of medians. So
a card has its share of reading its line of the staff list, of its sheet and of its file. The same builds again, which
have nothing to make, show how much of it is reading. Nothing is deleted before the end, and the disk is synced before
each run.

    python benchmarks/cards.py --schools 1000 --rounds 5 --write

Not measured: printing, and whether the paper is cut where the sheet says.
"""

import argparse
import csv
import tempfile
from itertools import islice, product
from pathlib import Path
from statistics import median

from generate import INDRE_ET_LOIRE, make_schools, write_campaign
from machine import describe_machine
from results import markdown_table, spread, write_section
from tree import build

SHORT = 20  # schools
PEOPLE = 20  # of a school: two sheets
FIRST = ("Alix", "Basile", "Camille", "Dominique", "Éloïse", "Félix", "Gaëlle", "Hugo", "Inès", "Joël")
LAST = ("Cerisier", "Noisetier", "Peuplier", "Châtaignier", "Sureau", "Églantier", "Aubépin-Charmille", "Bouleau")
DOCUMENT = """\
[[document]]
template = "memo-card"
per = "person"
sheet = "cards-a4"
"""
MADE, AGAIN = "cards made", "nothing to do"
HEADER = ("what", "schools", "cards", "seconds", "least–most", "ms a card")


def write_cards(folder: Path, schools: int) -> Path:
    """A campaign of memo cards: the generated schools, and people of theirs; returns its file."""
    path = write_campaign(folder, schools)
    head, _, _ = path.read_text("utf-8").partition("[[document]]")
    head = head.replace('schools = "ecoles.csv"', 'schools = "ecoles.csv"\nstaff = "personnels.csv"')
    path.write_text(head + DOCUMENT, "utf-8")
    with (folder / "personnels.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter=";")
        rows.writerow(("prenom", "nom", "uai"))
        for number, school in enumerate(make_schools(schools, INDRE_ET_LOIRE)):
            names = islice(product(FIRST, LAST), number % 40, None)
            rows.writerows((first, last, school.uai) for first, last in islice(names, PEOPLE))
    return path


def main() -> None:
    """Run the rounds and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schools", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md, too")
    options = parser.parse_args()
    if options.schools <= SHORT or options.rounds < 1:
        parser.error(f"--schools must be more than {SHORT}, --rounds at least 1")
    times: dict[tuple[str, int], list[float]] = {
        (what, size): [] for what in (MADE, AGAIN) for size in (SHORT, options.schools)
    }
    with tempfile.TemporaryDirectory(prefix="leaflet-cards-") as name:
        machine = describe_machine(Path(name))
        campaigns = {size: write_cards(Path(name) / f"campaign-{size}", size) for size in (SHORT, options.schools)}
        for number in range(options.rounds):
            for (_, size), found in times.items():  # made, and then again
                found.append(build(campaigns[size], Path(name) / f"{number}-{size}"))
    rows = []
    for (what, size), found in times.items():
        beyond = 1000 * (median(found) - median(times[what, SHORT]))
        rows.append(
            (
                what,
                f"{size:,}",
                f"{size * PEOPLE:,}",
                *spread(found),
                "start" if size == SHORT else f"{beyond / ((size - SHORT) * PEOPLE):.3f}",
            )
        )
    text = f"{machine}. {options.rounds} interleaved rounds.\n\n{markdown_table(HEADER, rows)}"
    print(text)
    if options.write:
        write_section("Named memo cards on sheets", text)


if __name__ == "__main__":
    main()
