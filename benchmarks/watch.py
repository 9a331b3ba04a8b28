"""How long from a save to the new picture? ``leaflet preview --watch``, one kind of change after another.

Measured: from just before a file is written to the moment a viewer has the last of the new pictures, over HTTP, as
the page's script fetches them; the watcher is a process of its own, on copies of the program's templates and assets.
In it are the wait for the next look at the files, the wait until they have settled, reading, laying out, drawing.
Every change must lead to other pictures, or the run fails. Not measured: the browser's own decoding and painting.

    python benchmarks/watch.py --runs 20
    python benchmarks/watch.py --schools 5000
"""

import argparse
import csv
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from urllib.request import urlopen

from generate import write_campaign
from PIL import Image

ROOT = Path(__file__).parents[1]
COPIED = ("leaflet", "templates", "assets")
EXAMPLE = ROOT / "examples" / "indre-et-loire-2018"
STEP = "templates/_shared/steps/open-portal.xml"
Change = Callable[[Path, int], None]


def swap(name: str, old: str, new: str) -> Change:
    """Replace a text of a file, and back the next time; `new` may hold the number of the change."""

    def change(folder: Path, number: int) -> None:
        path = folder / name
        text = path.read_text("utf-8")
        here, there = (old, new) if number % 2 == 0 else (new, old)
        if here not in text:
            raise SystemExit(f"« {here} » is not in {name}")
        path.write_text(text.replace(here, there, 1), "utf-8")

    return change


def draw_logo(folder: Path, number: int) -> None:
    """Another logo."""
    Image.new("RGB", (320, 160), ("#c8102e", "#1d4ed8")[number % 2]).save(folder / "campaign" / "logo.png")


def first_name(folder: Path) -> str:
    """The name of the first school of the list."""
    with (folder / "campaign" / "ecoles.csv").open(encoding="utf-8-sig", newline="") as file:
        row = next(csv.DictReader(file, delimiter=";"))
    return next(row[title] for title in ("nom", "nom_etablissement") if title in row)


def kinds(folder: Path) -> dict[str, Change]:
    """One change of each kind of file."""
    name = first_name(folder)
    changes = {
        "template": swap("templates/leaflet-a4/leaflet.xml", "</page>", "<p>Essai</p></page>"),
        "shared step": swap(STEP, "J'ouvre", "Ouvrir"),
        "theme": swap("assets/themes/default.toml", "#14213d", "#1b4332"),
        "campaign": swap("campaign/campaign.toml", '[publisher]\nname = "', '[publisher]\nname = "La '),
        "table": swap("campaign/ecoles.csv", name, f"{name} bis"),
    }
    return changes | ({"logo": draw_logo} if (folder / "campaign" / "logo.png").is_file() else {})


class Viewer:
    """What the page's script does: follows the events, then fetches page and pictures."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._events = urlopen(url + "events")
        self.number = self.next()
        self.pictures = self.fetch()

    def next(self) -> int:
        """The number of the view as it comes."""
        for line in self._events:
            if line.startswith(b"data: "):
                return int(line.removeprefix(b"data: "))
        raise SystemExit("the watcher has ended")

    def fetch(self) -> tuple[str, ...]:
        """The keys of the pictures on the page, all fetched."""
        with urlopen(self.url) as page:
            text = page.read().decode()
        if '<li class="error">' in text:
            raise SystemExit("the change is an error:\n" + text)
        names = tuple(re.findall(r'src="([0-9a-f]+\.png)"', text))
        for name in names:
            with urlopen(self.url + name) as picture:
                picture.read()
        return names

    def time(self, act: Callable[[], None]) -> float:
        """Seconds from a change to its last picture."""
        start = time.perf_counter()
        act()
        number = self.next()
        pictures = self.fetch()
        seconds = time.perf_counter() - start
        if number == self.number or pictures == self.pictures:
            raise SystemExit("the change has led to no other picture")
        self.number, self.pictures = number, pictures
        return seconds


@contextmanager
def watcher(folder: Path) -> Iterator[Viewer]:
    """A watcher in a process of its own, and a viewer of it."""
    command = [sys.executable, "-m", "leaflet", "--lang", "en", "preview", "campaign/campaign.toml", "--watch"]
    process = subprocess.Popen(
        [*command, "--document", "leaflet-a4"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        env={"PYTHONPATH": str(folder), "PYTHONUTF8": "1"},
    )
    assert process.stdout is not None
    try:
        url = process.stdout.readline().split()[-1]
        process.stdout.readline()  # the first pages
        yield Viewer(url)
    finally:
        process.terminate()
        process.communicate()


def prepare(folder: Path, schools: int) -> None:
    """Copies of the program and a campaign: the example's, or one of invented schools."""
    for name in COPIED:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    if schools:
        write_campaign(folder / "campaign", schools)
    else:
        shutil.copytree(EXAMPLE, folder / "campaign")


def main() -> None:
    """Print a table: kind of change; median, ninth decile and maximum in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=20, help="changes of each kind")
    parser.add_argument("--schools", type=int, default=0, help="invented schools; 0 takes the example")
    options = parser.parse_args()
    random = Random(0)
    times: dict[str, list[float]] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        prepare(folder, options.schools)
        changes = kinds(folder)
        with watcher(folder) as viewer:
            for number in range(options.runs):
                for kind, change in changes.items():
                    time.sleep(random.uniform(0.1, 0.3))  # a save falls anywhere between two looks at the files
                    seconds = viewer.time(partial(change, folder, number))
                    times.setdefault(kind, []).append(seconds * 1000)
    print("| change | median ms | 90 % | most |\n| --- | ---: | ---: | ---: |")
    for kind, values in times.items():
        ordered = sorted(values)
        ninth = ordered[min(len(ordered) - 1, round(0.9 * len(ordered)))]
        print(f"| {kind} | {statistics.median(ordered):.0f} | {ninth:.0f} | {ordered[-1]:.0f} |")


if __name__ == "__main__":
    main()
