"""Do two checkouts make the same bytes? BASE is what it was, HERE what it is now; ends with 1 if anything differs.

Each side is a folder with a ``.venv`` of its own and is driven through its command line, so the package may look
different inside. What is asked stands in ``same_output.toml``. Inputs are written once: examples and broken lists by
BASE, real lycées as its tests read them, invented schools and cards by `generate`. Both sides get the same inputs and
write into folders of the same name; compared are the SHA-256 of every file made, and all that each command said, with
its exit code. What may differ is taken out by `masked`.

    python benchmarks/same_output.py ../base --base-cache ~/.cache/leaflet-base
    python benchmarks/same_output.py ../base --quick --only examples --keep both

Not compared: what the machine's printer or the network would do, and how long it takes.
"""

import argparse
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generate import COUNTRY, PEOPLE, write_campaign, write_cards
from masked import SAID, parts_of

HERE = Path(__file__).resolve().parent
PARTS = tomllib.loads((HERE / "same_output.toml").read_text("utf-8"))
ALL, QUICK = 1_000_000, 200  # rows of a list
SHOWN = 5  # differing names
MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30  # bytes that both sides may need
LYCEES = """
version = "v1"
issued_on = 2018-11-05
[[document]]
template = "leaflet-a4"
[[document]]
name = "cards"
template = "memo-card"
sheet = "id1-10"
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two checkouts."""

    checkout: Path  # its root, with ``.venv``
    work: Path  # the folder where it writes; the names of both sides are of one length, which lines may depend on
    inputs: Path  # what both sides read
    rows: int  # most of a list

    def run(self, *command: object, typed: str = "") -> str:
        """Run its Python in the checkout, with the same variables for both sides; return what it says.

        Raises:
            RuntimeError: it failed.
        """
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        same = {"LC_ALL": "C.UTF-8", "TZ": "UTC", "COLUMNS": "118", "SOURCE_DATE_EPOCH": "1541376000"}
        done = subprocess.run(
            [self.checkout / ".venv/bin/python", *map(str, command)], cwd=self.checkout, input=typed, text=True,
            env=kept | same | {"OPENBLAS_NUM_THREADS": "1"}, capture_output=True,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{self.checkout}: {command}\n{done.stderr}")
        return done.stdout

    def make(self, name: str, is_quick: bool) -> None:
        """Ask for all of a part."""
        self.work.mkdir(parents=True)
        if name == "messages":
            self.run(HERE / "in_checkout.py", "messages", self.work)
            return
        part = PARTS[name]
        lines = part.get("ask", "") + ("" if is_quick else part.get("full", ""))
        tasks = [(str(self.work / f"{label}{SAID}"), words) for label, *words in self.commands(lines)]
        first = next(self.commands(part.get("first", "--help")))
        self.run(HERE / "in_checkout.py", "commands", typed=json.dumps([first, tasks]))

    def commands(self, lines: str) -> Iterator[list[str]]:
        """Yield the words of each command, for every folder of the inputs if it is asked for each."""
        for words in filter(None, map(str.split, lines.splitlines())):
            names = sorted(path.name for path in self.inputs.iterdir()) if "{each}" in "".join(words) else [""]
            for name in names:
                known = {"{in}": str(self.inputs), "{out}": str(self.work), "{each}": name}
                yield [re.sub("{(in|out|each)}", lambda found, known=known: known[found[0]], word) for word in words]


def write_inputs(base: Side, name: str) -> None:
    """Write what both sides read in a part."""
    folder, rows = base.inputs, base.rows
    folder.mkdir(parents=True)
    match PARTS[name]["inputs"]:
        case "nothing":
            pass
        case "examples":
            shutil.copytree(base.checkout / "examples", folder, dirs_exist_ok=True)
        case "commands":
            _, _, commands = base.run("-m", "leaflet", "--help").partition("Commands:")
            for command in re.findall(r"^  ([a-z-]+)  ", commands, re.M):
                (folder / command).mkdir()
        case "lycees":
            text = write_campaign(folder, 0).read_text("utf-8").partition("[[document]]")[0]
            (folder / "campaign.toml").write_text(LYCEES.replace("\n[[", f"\n{text}\n[[", 1), "utf-8")
            base.run(HERE / "in_checkout.py", "lycees", folder / "ecoles.csv", rows)
        case "schools":
            campaign = write_campaign(folder, min(rows, 3000), COUNTRY)
            header = (200).to_bytes(4, "big") + bytes(8) + b"prtrCMYK" + bytes(16) + b"acsp"
            (folder / "profile.icc").write_bytes(header.ljust(200, b"\0"))  # nobody converts colours with it
            text = campaign.read_text("utf-8").replace("[press]", '[press]\nprofile = "profile.icc"')
            campaign.write_text(f"issued_on = 2018-11-05\n{text}", "utf-8")
        case "people":
            write_cards(folder, max(min(rows, 1000) // PEOPLE, 3))
        case "before_and_after":  # a changed row and a school less
            shutil.copytree(write_campaign(folder / "before", min(rows, 60), COUNTRY).parent, folder / "after")
            lines = (folder / "before/ecoles.csv").read_text("utf-8").splitlines(keepends=True)
            lines[3] = lines[3].replace(";", ";Annexe de l’", 1)
            (folder / "after/ecoles.csv").write_text("".join(lines[:-1]), "utf-8")
        case cases:
            base.run(HERE / "in_checkout.py", "cases", cases, folder)


def digests_of(side: Side, work: Path, ignored: list[str]) -> dict[str, str]:
    """Return the digest of every file that a side made, by its name, without what may differ."""
    places = {str(side.work): "OUT", str(work): "WORK", str(side.checkout): "CHECKOUT"}
    found = {}
    for path in sorted(side.work.rglob("*")):
        if path.is_file():
            name = str(path.relative_to(side.work))
            found |= {name + part: sha256(data).hexdigest() for part, data in parts_of(path, places, ignored)}
    return found


def compare(name: str, base: dict[str, str], here: dict[str, str]) -> tuple[str, bool]:
    """Return a line about a part, and whether both sides agree."""
    apart = [file for file in sorted(base.keys() | here.keys()) if base.get(file) != here.get(file)]
    if not here:
        return f"{name:<16} nothing was made", False
    if not apart:
        return f"{name:<16} {len(here):>5} files  equal", True
    said = [
        f"{file}{'' if file in here else ' (BASE only)'}{'' if file in base else ' (HERE only)'}" for file in apart
    ]
    more = f" … and {len(apart) - SHOWN} more" if len(apart) > SHOWN else ""
    return f"{name:<16} {len(here):>5} files  DIFFERENT: {len(apart)}: {', '.join(said[:SHOWN])}{more}", False


class Comparison:
    """All parts of both sides, as tasks of a few threads that each wait for a command."""

    def __init__(self, options: argparse.Namespace, work: Path, known: dict[str, dict[str, str]]) -> None:
        self._options, self._work = options, work
        self.known = known  # results of BASE, by part

    def run(self, names: list[str]) -> bool:
        """Print a line for each part as soon as it is known; return whether all are equal."""
        verdicts = []
        with ThreadPoolExecutor(self._options.jobs) as pool:
            tasks = {}
            for name in names:
                written = pool.submit(write_inputs, self._side(name, "base"), name)  # before both sides, which wait
                tasks[name] = [pool.submit(self._make, name, which, written) for which in ("base", "here")]
            for name, (base, here) in tasks.items():
                self.known[name] = base.result()
                line, is_equal = compare(name, self.known[name], here.result())
                print(line, flush=True)
                verdicts.append(is_equal)
        return all(verdicts)

    def _side(self, name: str, which: str) -> Side:
        inputs = self._work / "inputs" / name
        checkout = getattr(self._options, which)
        return Side(checkout=checkout, work=self._work / which / name, inputs=inputs, rows=self._options.rows)

    def _make(self, name: str, which: str, written: "Future[None]") -> dict[str, str]:
        written.result()
        if which == "base" and name in self.known:
            return self.known[name]
        side, start = self._side(name, which), time.perf_counter()
        side.make(name, self._options.quick)
        found = digests_of(side, self._work, self._options.ignore)
        if self._options.verbose:
            print(f"  {name} {which}: {time.perf_counter() - start:.1f} s", file=sys.stderr, flush=True)
        if not self._options.keep:
            shutil.rmtree(side.work)
        return found


def cache_of(options: argparse.Namespace, work: Path) -> Path | None:
    """Return where results of BASE are kept, by its commit, the scripts and what is asked; None if it has changes."""
    git = [
        subprocess.run(["git", *command], cwd=options.base, check=True, capture_output=True).stdout
        for command in (["rev-parse", "HEAD"], ["status", "--porcelain"])
    ]
    if not options.base_cache or git[1]:
        return None
    asked = repr((git[0], len(str(work)), options.quick, options.rows, sorted(options.ignore)))
    scripts = b"".join(path.read_bytes() for path in sorted(HERE.glob("*")) if path.is_file())
    return options.base_cache / f"{sha256(asked.encode() + scripts).hexdigest()[:16]}.json"


def main() -> None:
    """Compare, print a line for each part, and end with 1 on any difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path, help="the checkout as it was")
    parser.add_argument("here", type=Path, nargs="?", default=HERE.parent, help="as it is; that of this script")
    parser.add_argument("--quick", action="store_true", help=f"less of everything, lists of {QUICK} rows")
    parser.add_argument("--rows", type=int, metavar="N", help="most rows of a list; all by default")
    parser.add_argument("--only", action="append", choices=PARTS, help="compare this part only; may be repeated")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave inputs and both sides there, to look at")
    parser.add_argument("--base-cache", type=Path, metavar="FOLDER", help="keep there what BASE made, for next time")
    parser.add_argument("--ignore", action="append", default=[], metavar="DIGEST", help="of a manifest, as theme")
    parser.add_argument("--jobs", type=int, default=2, help="commands at a time (2)")
    parser.add_argument("-v", "--verbose", action="store_true", help="say how long each part took")
    options = parser.parse_args()
    options.base, options.here = options.base.resolve(), options.here.resolve()
    options.rows = options.rows or (QUICK if options.quick else ALL)
    asked = [name for name, part in PARTS.items() if not options.quick or "full" not in part or "ask" in part]
    if options.keep and options.keep.is_dir() and any(options.keep.iterdir()):
        parser.error(f"{options.keep} is not empty")
    start = time.perf_counter()
    roomy = MEMORY if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None
    work = options.keep.resolve() if options.keep else Path(tempfile.mkdtemp(prefix="leaflet-", dir=roomy))
    try:
        cache = cache_of(options, work)
        comparison = Comparison(options, work, json.loads(cache.read_text()) if cache and cache.is_file() else {})
        is_equal = comparison.run(options.only or asked)
        if cache:
            cache.parent.mkdir(parents=True, exist_ok=True)
            cache.write_text(json.dumps(comparison.known), "utf-8")
    finally:
        if not options.keep:
            shutil.rmtree(work, ignore_errors=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = f"{time.perf_counter() - start:.0f} s, {used.ru_utime + used.ru_stime:.0f} s of the processor"
    print(f"{'all equal' if is_equal else 'DIFFERENT'}, {seconds}")
    sys.exit(not is_equal)


if __name__ == "__main__":
    main()
