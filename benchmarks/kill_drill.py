"""Stop builds, archives, print runs and purges at random moments, go on, and compare with undisturbed ones.

Each run is stopped once, by one of four signals in turn, at a moment between its start and the time that an
undisturbed one takes; then the same command runs to its end. What stands there must have the bytes of the undisturbed
run, nothing unfinished may be left, and after a purge no file with names.

    python benchmarks/kill_drill.py --moments 200 --write
"""

import argparse
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from random import Random
from zipfile import ZipFile

from generate import write_campaign
from machine import describe_machine
from results import markdown_table, write_section

ROOT = Path(__file__).resolve().parents[1]
SIGNALS = (signal.SIGKILL, signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
PARTIAL = ".leaflet-partial"
STAFF = '\n[[document]]\ntemplate = "memo-card"\nper = "person"\nsheet = "cards-a4"\n'
_Found = dict[str, str]


def leaflet(*words: str) -> list[str]:
    """Return a command line of this checkout."""
    return [sys.executable, "-m", "leaflet", *words]


def run(command: list[str], stop: tuple[float, signal.Signals] | None = None) -> int:
    """Run a command, and stop it after some seconds; return its exit code."""
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "start_new_session": True}
    with subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, **quiet) as process:
        if stop is not None:
            time.sleep(stop[0])
            with suppress(ProcessLookupError):
                os.killpg(process.pid, stop[1])
        return process.wait()


def files_in(place: Path) -> _Found:
    """Return the hash of each file in a folder or an archive, hidden ones included."""
    if place.suffix == ".zip":
        with ZipFile(place) as packed:
            return {name: hashlib.sha256(packed.read(name)).hexdigest() for name in sorted(packed.namelist())}
    found = (path for path in sorted(place.rglob("*")) if path.is_file())
    return {path.relative_to(place).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def left_over(folder: Path) -> list[str]:
    """Return what is unfinished in a folder."""
    return [path.name for path in folder.rglob(f"{PARTIAL}*")]


class Drill:
    """A command that is stopped again and again.

    Args:
        name: for the table.
        command: makes the command line for a place.
        place: makes the place in a folder.
        begin: puts into a fresh folder what the command finds.
    """

    def __init__(
        self,
        name: str,
        command: Callable[[Path], list[str]],
        place: Callable[[Path], Path],
        begin: Callable[[Path], None] = lambda _folder: None,
    ) -> None:
        self.name, self._command, self._place, self._begin = name, command, place, begin

    def undisturbed(self) -> tuple[float, _Found]:
        """Return the seconds of a run, and what it leaves."""
        with tempfile.TemporaryDirectory() as name:
            self._begin(Path(name))
            place, start = self._place(Path(name)), time.perf_counter()
            run(self._command(place))
            return time.perf_counter() - start, files_in(place) if place.exists() else {}

    def stopped(self, seconds: float, number: signal.Signals, wanted: _Found) -> str:
        """Stop a run, and run it again; return what is wrong, empty if nothing is."""
        with tempfile.TemporaryDirectory() as name:
            self._begin(Path(name))
            place = self._place(Path(name))
            run(self._command(place), (seconds, number))
            code = run(self._command(place))
            found = files_in(place) if place.exists() else {}
            if left := left_over(Path(name)):
                return f"left: {', '.join(left)}"
            return "" if found == wanted else f"other files, exit code {code}"


def drills(folder: Path, schools: int) -> list[Drill]:
    """Return the drills, with their campaigns in a folder."""
    campaign = write_campaign(folder / "campaign", schools)
    personal = write_campaign(folder / "personal", 40)
    rows = [line.split(";")[0] for line in (folder / "personal" / "ecoles.csv").read_text("utf-8").splitlines()[1:]]
    people = [f"Prénom{n % 26 * 'a'};EXEMPLE{n};{uai}" for uai in rows for n in range(60)]
    (folder / "personal" / "personnels.csv").write_text("\n".join(["prenom;nom;uai", *people, ""]), "utf-8")
    text = personal.read_text("utf-8").replace('"ecoles.csv"', '"ecoles.csv"\nstaff = "personnels.csv"')
    personal.write_text(text + STAFF, "utf-8")
    built = folder / "built"
    run(leaflet("build", str(personal), "-o", str(built)))

    def put_built(into: Path) -> None:
        shutil.copytree(built, into / "out")

    def build(place: Path) -> list[str]:
        return leaflet("build", str(campaign), "-o", str(place))

    def cards(place: Path) -> list[str]:
        return leaflet("build", str(personal), "-o", str(place))

    def print_run(place: Path) -> list[str]:
        return leaflet("print-run", str(campaign), "-o", str(place))

    def purge(place: Path) -> list[str]:
        return leaflet("purge", str(place))

    return [
        Drill("build into a folder", build, lambda at: at / "out"),
        Drill("build into a ZIP", build, lambda at: at / "out.zip"),
        Drill("cards with names into a ZIP", cards, lambda at: at / "out.zip"),
        Drill("print run", print_run, lambda at: at / "run"),
        Drill("purge", purge, lambda at: at / "out", put_built),
    ]


def main() -> None:
    """Read the command line; print, and write if asked to."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--moments", type=int, default=200)
    parser.add_argument("--schools", type=int, default=400)
    parser.add_argument("--write", action="store_true", help="put the figures into RESULTS.md, too")
    given = parser.parse_args()
    random, right, tried = Random(1), Counter[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        all_drills = drills(Path(name), given.schools)
        wanted = {drill.name: drill.undisturbed() for drill in all_drills}
        for number in range(given.moments):
            drill = all_drills[number % len(all_drills)]
            seconds, files = wanted[drill.name]
            moment = random.uniform(0.05, seconds), SIGNALS[number // len(all_drills) % len(SIGNALS)]
            wrong = drill.stopped(*moment, files)
            tried[drill.name] += 1
            right[drill.name] += not wrong
            if wrong:
                print(f"{drill.name}, {moment[1].name} after {moment[0]:.2f} s: {wrong}", flush=True)
    rows = [(drill, str(tried[drill]), str(right[drill])) for drill in tried]
    rows.append(("all", str(tried.total()), str(right.total())))
    text = f"{describe_machine(ROOT)}\n\n{markdown_table(('Stopped', 'moments', 'right afterwards'), rows)}"
    print(text)
    if given.write:
        write_section("Stopped at any moment", text)


if __name__ == "__main__":
    main()
