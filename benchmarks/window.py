"""Measures how quick and how small the window is with 300 schools, and with those of a whole country.

Measured: ``leaflet studio`` as a process of its own that is called through its server, as the page calls it: seconds
until the answer is there, files on the disk included, each the median of all rounds; and the most memory that the
process had. « opened again » is the first answer of a new process in the folder with the mended list.

    python benchmarks/window.py --sizes 300 58470 --rounds 3 --write

Not measured: the browser.
"""

import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Self
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

from generate import COUNTRY, write_campaign
from machine import describe_machine
from results import markdown_table, write_section

ROOT = Path(__file__).resolve().parents[1]
PAGE, MEMORY = "start to the first page", "peak memory, MiB"
MENDS = 9  # in a round
LIMITS = {
    PAGE: 1.0,
    "first mend": 0.1,
    "mend": 0.1,
    "left out": 0.1,
    "taken back": 0.1,
    "undo": 0.1,
    "search": 0.1,
    MEMORY: 200.0,
}
Figures = dict[str, list[float]]


class Window:
    """``leaflet studio`` on a folder; it ends with the context.

    Args:
        folder: of the campaign.
        figures: takes what was measured, by its name.
    """

    def __init__(self, folder: Path, figures: Figures) -> None:
        self._figures = figures
        command = [sys.executable, "-m", "leaflet", "studio", str(folder), "--no-browser"]
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        with self._noted(PAGE):
            self._process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
            assert self._process.stdout is not None
            said = self._process.stdout.readline()
            self._url = re.findall(r"http://\S+", said)[0]
            urlopen(self._url).close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        status = Path(f"/proc/{self._process.pid}/status").read_text()
        peak = re.search(r"VmHWM:\s+(\d+) kB", status)
        assert peak is not None, "Linux says it"
        self._figures.setdefault(MEMORY, []).append(int(peak[1]) / 1024)
        self._ask("call/bye", b"{}")
        self._process.communicate()

    def call(self, name: str, noted: str = "", **args: object) -> Any:
        """Return the result of a call; note its seconds under a name, if there is one."""
        with self._noted(noted):
            return self._ask(f"call/{name}", json.dumps(args).encode())

    def upload(self, path: Path, noted: str) -> None:
        """Give a list."""
        with self._noted(noted):
            self._ask(f"upload/list?name={path.name}", path.read_bytes())

    def _ask(self, name: str, data: bytes) -> Any:
        origin = "{0.scheme}://{0.netloc}".format(urlsplit(self._url))
        request = Request(self._url + name, data, {"Content-Type": "application/json", "Origin": origin})
        with urlopen(request) as answer:
            return json.load(answer)["result"]

    @contextmanager
    def _noted(self, name: str) -> Iterator[None]:
        begin = time.perf_counter()
        yield
        if name:
            self._figures.setdefault(name, []).append(time.perf_counter() - begin)


def drive(folder: Path, path: Path, figures: Figures) -> None:
    """Work on a list in a window, and open it again."""
    with Window(folder, figures) as window:
        window.call("start", election="2018")
        window.call("picture")
        window.upload(path, "list taken")
        window.call("picture", "its first picture")
        lines = window.call("list")["list"]["lines"]
        window.call("rows", "rows", show="all", count=50)
        for number in range(MENDS):
            line = 2 + number * (lines - 1) // MENDS
            mend = "mend" if number else "first mend"
            window.call("mend", mend, line=line, field="uai", value="0370036M")
            window.call("leave", "left out", line=line)
            window.call("back", "taken back", line=line)
            window.call("undo", "undo")
            window.call("undo")
            window.call("undo", "undo")
            window.call("mend", "mend", line=line, field="name", value=f"École n° {number}")
            window.call("rows", "search", show="all", search=("élodie", "e", "0370036m")[number % 3], count=50)
            window.call("picture", "picture after a mend")
            window.call("answer", "answer", key="publisher.name", value=f"Section {number}")
            window.call("picture", "picture after an answer")
    with Window(folder, figures) as window:
        window.call("open", "opened again")


def table(found: dict[int, Figures]) -> tuple[str, list[str]]:
    """Return the figures as Markdown, and the names of those past their limits with the longest list."""
    sizes = sorted(found)
    figures = {size: {name: median(all_of_it) for name, all_of_it in found[size].items()} for size in sizes}
    shortest, longest = figures[sizes[0]], figures[sizes[-1]]
    rows = []
    for name, figure in longest.items():
        digits = 0 if name == MEMORY else 3
        cells = (f"{figures[size][name]:.{digits}f}" for size in sizes)
        rows.append((name, *cells, f"{figure / shortest[name]:.2f}", f"{LIMITS[name]:g}" if name in LIMITS else ""))
    header = ("seconds", *(f"{size:,} schools" for size in sizes), "ratio", "limit")
    return markdown_table(header, rows), [name for name, limit in LIMITS.items() if longest[name] > limit]


def main() -> int:
    """Run the rounds and print the table; 1 if the longest list passes a limit."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[300, 58470], help="schools of the lists")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="put the table into RESULTS.md, too")
    options = parser.parse_args()
    found: dict[int, Figures] = {size: {} for size in options.sizes}
    with tempfile.TemporaryDirectory(prefix="leaflet-window-") as name:
        work = Path(name)
        for number in range(options.rounds):
            for size, figures in found.items():
                campaign = write_campaign(work / f"{size}-{number}", size, COUNTRY)
                drive(campaign.parent / "window", campaign.with_name("ecoles.csv"), figures)
        text, passed = table(found)
        text = f"{describe_machine(work)}. {options.rounds} rounds.\n\n{text}"
    print(text)
    if options.write:
        write_section("The window with a long list", text)
    for one in passed:
        print(f"past its limit: {one}")
    return int(bool(passed))


if __name__ == "__main__":
    sys.exit(main())
