"""Do two checkouts make the same bytes? BASE is what it was, HERE what it is now; ends with 1 if anything differs.

Each side is a folder with a ``.venv`` of its own and is driven through its command line alone, so the package may be
rebuilt inside. Inputs are written once: examples and broken lists by BASE, schools and cards by `generate`. Both
sides get the same inputs and write into folders of the same name; compared are the SHA-256 of every file made, and
all that each command said, with its exit code. What may differ is taken out by `masked`.

    python benchmarks/same_output.py ../base --base-cache ~/.cache/leaflet-base
    python benchmarks/same_output.py ../base --quick --only examples --keep both

Commands on hundreds of small inputs run in children of one process that has loaded the program already: starting it
anew would take most of the time.

Not compared: what the machine's printer or the network would do, and how long it takes.
"""

import argparse
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from generate import COUNTRY, PEOPLE, write_campaign, write_cards
from masked import SAID, parts_of

ROOT = Path(__file__).resolve().parents[1]
DAY = "2018-11-05"  # that files are judged on
SHOWN = 5  # differing names
EXAMPLES = ("indre-et-loire-2018", "un-etablissement-2018")
MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30  # bytes that both sides may need

# Writes broken inputs with the tests of the checkout it runs in: a folder for each, with a campaign if it has none.
WRITE_CASES = """
import importlib, json, sys
from pathlib import Path

CAMPAIGN = \'\'\'
election = "2018"
[publisher]
name = "Section"
[data]
schools = "{}"
[[document]]
template = "leaflet-a4"
\'\'\'

def main():
    root, kind, is_quick = Path(sys.argv[1]), sys.argv[2], sys.argv[3] == "quick"
    if kind == "nasty":
        from tests.tables.nasty import nasty_files
        for number, (title, nasty) in enumerate(nasty_files().items()):
            if not is_quick or (number % 3 == 0 and not nasty.heavy):
                folder = root / f"{number:03d}{'-heavy' if nasty.heavy else ''}"
                folder.mkdir(parents=True)
                nasty.make(folder / nasty.name)
                (folder / "campaign.toml").write_text(CAMPAIGN.format(nasty.name), "utf-8")
        return
    for code, case in importlib.import_module(kind).CASES.items():
        folder = root / code
        folder.mkdir(parents=True)
        try:
            case(folder)
        except BaseException as error:
            print(code, repr(error)[:200], file=sys.stderr)
        lists = sorted(path.name for path in folder.glob("ecoles.*"))
        if lists and not (folder / "campaign.toml").exists():
            (folder / "campaign.toml").write_text(CAMPAIGN.format(lists[0]), "utf-8")

if __name__ == "__main__":
    main()
"""

# Runs the command line many times: [file for what is said, arguments] each, in a child that has it loaded. The first
# is run for that alone; it must leave no thread behind, for which a child would wait for ever.
RUN_MANY = """
import gc, json, os, resource, runpy, signal, sys, traceback

def leaflet(arguments):
    sys.argv = ["leaflet", *arguments]
    try:
        runpy.run_module("leaflet", run_name="__main__")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else int(stop.code is not None)
    except BaseException:
        traceback.print_exc()
        return 70
    return 0

def into(name):
    file = os.open(name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    for stream in (1, 2):
        os.dup2(file, stream)
    return file

(_, first), *tasks = json.load(sys.stdin)
into(os.devnull)
leaflet(first)
gc.freeze()
for said, arguments in tasks:
    sys.stdout.flush(), sys.stderr.flush()
    child = os.fork()
    if not child:
        into(said + ".2")
        os.dup2(os.open(said + ".1", os.O_WRONLY | os.O_CREAT | os.O_TRUNC), 1)
        resource.setrlimit(resource.RLIMIT_AS, (3 << 30, 3 << 30))
        resource.setrlimit(resource.RLIMIT_CPU, (120, 130))  # none needs more than a few seconds
        signal.alarm(600)  # one that waits for ever
        code = leaflet(arguments)
        sys.stdout.flush(), sys.stderr.flush()
        os._exit(code)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with open(said, "wb") as whole:
        whole.write(b"exit %d\\n" % code)
        for stream in (".1", ".2"):
            with open(said + stream, "rb") as file:
                whole.write(b"--- standard output\\n" if stream == ".1" else b"--- standard error\\n")
                whole.write(file.read())
            os.remove(said + stream)
"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Side:
    """One of the two checkouts, and the folder where it writes.

    Args:
        checkout: its root, with ``.venv``.
        work: the folder for all that it makes; the names of both sides are of one length, which lines may depend on.
        inputs: what both sides read.
        is_quick: fewer of everything.
    """

    checkout: Path
    work: Path
    inputs: Path
    is_quick: bool

    @property
    def python(self) -> str:
        """The interpreter of the checkout."""
        return str(self.checkout / ".venv/bin/python")

    @property
    def environment(self) -> dict[str, str]:
        """Variables that are the same for both sides, whatever the shell has set."""
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        return kept | {
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "COLUMNS": "118",
            "SOURCE_DATE_EPOCH": "1541376000",
            "OPENBLAS_NUM_THREADS": "1",
        }

    def run(self, label: str, *arguments: object, lang: str = "en") -> None:
        """Run a command of `leaflet` in the checkout, and write down what it said and its exit code."""
        command = [self.python, "-m", "leaflet", "--lang", lang, *map(str, arguments)]
        self.work.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(command, cwd=self.checkout, env=self.environment, capture_output=True)
        said = b"exit %d\n--- standard output\n%b--- standard error\n%b"
        (self.work / f"{label}{SAID}").write_bytes(said % (done.returncode, done.stdout, done.stderr))

    def run_many(self, first: Sequence[object], tasks: Sequence[tuple[str, Sequence[object]]]) -> None:
        """Run many commands, each with its label, in children of one process that has run the `first` for itself."""
        self.work.mkdir(parents=True, exist_ok=True)
        listed = [
            [str(self.work / f"{label}{SAID}"), [*map(str, arguments)]] for label, arguments in [("", first), *tasks]
        ]
        done = subprocess.run(
            [self.python, "-c", RUN_MANY], cwd=self.checkout, env=self.environment, input=json.dumps(listed).encode(),
            capture_output=True,
        )  # fmt: skip
        (self.work / f"all{SAID}").write_bytes(b"exit %d\n%b" % (done.returncode, done.stderr))


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One part of the comparison: what writes its inputs into a folder, and what a side does with them."""

    write: Callable[[Side, Path], None]
    make: Callable[[Side], None]


def write_examples(base: Side, folder: Path) -> None:
    """Copy the example campaigns, and one of them with another version."""
    for name in EXAMPLES:
        shutil.copytree(base.checkout / "examples" / name, folder / name)
        changed = folder / f"{name}-v2" / "campaign.toml"
        shutil.copytree(folder / name, changed.parent)
        changed.write_text(changed.read_text("utf-8").replace('version = "v1"', 'version = "v2"'), "utf-8")


def make_examples(side: Side) -> None:
    """Build both example campaigns in all documents, then again in French, when nothing is to be done."""
    for name in EXAMPLES:
        campaign = side.inputs / name / "campaign.toml"
        side.run(f"{name}-en", "build", "-v", campaign, "-o", side.work / name)
        side.run(f"{name}-fr", "build", campaign, "-o", side.work / name, lang="fr")


def review_examples(side: Side) -> None:
    """Judge what is built of the examples; report on the shorter one, and compare it with another version."""
    small = EXAMPLES[1]
    for name in [small] if side.is_quick else EXAMPLES:
        campaign, out = side.inputs / name / "campaign.toml", side.work / name
        side.run(f"{name}-build", "build", "-q", campaign, "-o", out)
        side.run(f"{name}-check", "check", "--format", "json", "--day", DAY, campaign, "-o", out)
    campaign, out, changed = side.inputs / small / "campaign.toml", side.work / small, side.work / f"{small}-v2"
    side.run("build-v2", "build", "-q", side.inputs / f"{small}-v2" / "campaign.toml", "-o", changed)
    side.run("diff", "diff", out, changed, "--format", "json")
    side.run("diff-fr", "diff", "-v", out, changed, lang="fr")
    if side.is_quick:
        return
    report = ["report", campaign, "-o", out, "--day", DAY, "--html", f"{out}.html", "--summary", f"{out}.md"]
    side.run("report", *report, "--baseline", changed, lang="fr")
    for kind in ("human", "sarif", "junit", "github"):
        side.run(f"check-fr-{kind}", "check", "--format", kind, "--day", DAY, out / "leaflet-a5", lang="fr")


def write_schools(base: Side, folder: Path) -> None:
    """Write the campaign of schools of the whole country."""
    write_campaign(folder, 200 if base.is_quick else 3000, COUNTRY)


def make_schools(side: Side) -> None:
    """Build a leaflet for each school."""
    side.run("build", "build", "-v", "--jobs", 1, side.inputs / "campaign.toml", "-o", side.work / "out")


def write_people(base: Side, folder: Path) -> None:
    """Write the campaign of memo cards with names."""
    write_cards(folder, (60 if base.is_quick else 1000) // PEOPLE)


def make_cards(side: Side) -> None:
    """Build the cards, by two processes."""
    side.run("build", "build", "-v", "--jobs", 2, side.inputs / "campaign.toml", "-o", side.work / "out")


def write_print_run(base: Side, folder: Path) -> None:
    """Write the campaign of a print run, with a day of issue."""
    campaign = write_campaign(folder, 40 if base.is_quick else 300, COUNTRY)
    campaign.write_text(f"issued_on = {DAY}\n{campaign.read_text('utf-8')}", "utf-8")


def make_print_run(side: Side) -> None:
    """Make a print run: every copy, then each leaflet once in volumes, then without bundle sheets."""
    command = ["print-run", side.inputs / "campaign.toml"]
    side.run("whole", *command, "-o", side.work / "whole")
    side.run("once", *command, "--once", "--pages", 50, "-o", side.work / "once", lang="fr")
    side.run("bare", *command, "--bare", "--rows", "2-21", "-o", side.work / "bare")


def write_press(base: Side, folder: Path) -> None:
    """Write the same campaign with a colour profile: a header, for nobody converts colours with it."""
    write_print_run(base, folder)
    header = (200).to_bytes(4, "big") + bytes(8) + b"prtrCMYK" + bytes(16) + b"acsp"
    (folder / "profile.icc").write_bytes(header.ljust(200, b"\0"))
    with (folder / "campaign.toml").open("a", encoding="utf-8") as file:
        file.write('\n[press]\nprofile = "profile.icc"\n')


def make_press(side: Side) -> None:
    """Make a print run for the print shop."""
    command = ["print-run", side.inputs / "campaign.toml"]
    side.run("x4", *command, "--press", "x4", "-o", side.work / "x4")
    side.run("vt1", *command, "--press", "vt1", "--rows", "2-41", "-o", side.work / "vt1", lang="fr")


def write_ways(base: Side, folder: Path) -> None:
    """Write a short campaign, and one with a changed row and a school less."""
    campaign = write_campaign(folder / "before", 60, COUNTRY)
    shutil.copytree(campaign.parent, folder / "after")
    rows = folder / "after/ecoles.csv"
    lines = rows.read_text("utf-8").splitlines(keepends=True)
    lines[3] = lines[3].replace(";", ";Annexe de l’", 1)
    rows.write_text("".join(lines[:-1]), "utf-8")


def make_ways(side: Side) -> None:
    """Make the same in other ways: an archive, shards, a second build; then whatever other commands write."""
    before, after = (side.inputs / name / "campaign.toml" for name in ("before", "after"))
    out, shards = side.work / "out", [side.work / f"shard-{number}" for number in (1, 2)]
    first = ["build", "-q", "--rows", "2-3", before, "-o", side.work / "first"]
    side.run_many(first, [
        ("events", ["build", "--json", before, "-o", out]),
        ("again", ["--lang", "fr", "build", after, "-o", out, "--prune", "-v"]),
        ("zip", ["build", before, "-o", side.work / "out.zip"]),
        *((f"shard-{number}", ["build", before, "--shard", f"{number}/2", "-o", shard])
          for number, shard in enumerate(shards, start=1)),
        ("merge", ["merge", *shards, "-o", side.work / "merged"]),
        ("outline", ["build", "--outline", "--no-verify", "--rows", "2-4", before, "-o", side.work / "outline"]),
        ("preview", ["preview", "--sample", 3, before, "-o", side.work / "preview"]),
        ("sheet", ["calibrate", "-o", side.work / "printer"]),
        ("printer", ["calibrate", "-o", side.work / "printer", "--front", 20, 31, "--back", 21, 30, "--ruler", 150]),
        *((f"init-{year}", ["--lang", "fr", "init", side.work / f"init-{year}", "--election", year])
          for year in (2014, 2018, 2022, 2026)),
        ("columns", ["columns", side.inputs / "before/ecoles.csv"]),
        ("columns-fr", ["--lang", "fr", "columns", "--json", side.inputs / "before/ecoles.csv"]),
        ("no-command", ["--lang", "fr", "nothing"]),
        ("no-file", ["--lang", "fr", "build", side.inputs / "nothing.toml"]),
        ("rules", ["check", "--list-rules", before]),
        ("rules-fr", ["--lang", "fr", "check", "--list-rules", before]),
        *((f"help-{command}", [command, "--help"] if command else ["--help"])
          for command in ("", "build", "calibrate", "check", "columns", "diff", "init", "merge", "preview",
                          "print-run", "purge", "report")),
    ])  # fmt: skip


def writer_of_cases(module: str) -> Callable[[Side, Path], None]:
    """Return what writes the inputs of a module of BASE's tests: `nasty`, or one with ``CASES``."""

    def write(base: Side, folder: Path) -> None:
        command = [base.python, "-c", WRITE_CASES, str(folder), module, "quick" if base.is_quick else "full"]
        folder.mkdir(parents=True)
        subprocess.run(command, cwd=base.checkout, env=base.environment, check=True, stdout=subprocess.DEVNULL)

    return write


def check_campaigns(side: Side) -> None:
    """Check broken campaigns and lists, for people in French and for programs in English; write lists of faults.

    Of heavy lists, which can have a hundred thousand faults, only the first are asked for.
    """
    tasks: list[tuple[str, Sequence[object]]] = []
    (side.work / "faults").mkdir(parents=True)
    for campaign in sorted(side.inputs.glob("*/campaign.toml")):
        name, faults = campaign.parent.name, side.work / "faults" / campaign.parent.name
        if name.endswith("-heavy"):
            tasks.append((f"{name}-fr", ["--lang", "fr", "check", campaign]))
            continue
        tasks.append((f"{name}-fr", ["--lang", "fr", "check", "-v", "--faults", f"{faults}.csv", campaign]))
        if not side.is_quick:
            tasks.append((f"{name}-en", ["check", "--format", "json", "--faults", f"{faults}.json", campaign]))
    side.run_many(tasks[0][1], tasks)


def build_campaigns(side: Side) -> None:
    """Do all of `check_campaigns`, and build what can be built unless it is to be quick."""
    check_campaigns(side)
    if side.is_quick:
        return
    campaigns = sorted(side.inputs.glob("*/campaign.toml"))
    tasks = [("build", "--keep-going", path, "-o", side.work / "out" / path.parent.name) for path in campaigns]
    side.run_many(tasks[0], [(f"{task[2].parent.name}-build", task) for task in tasks])


def check_files(side: Side) -> None:
    """Judge folders of finished files that have faults."""
    folders = sorted({path.relative_to(side.inputs).parts[0] for path in side.inputs.rglob("*.pdf")})
    tasks = [(name, ["--lang", "fr", "check", "-v", "--day", DAY, side.inputs / name]) for name in folders]
    side.run_many(["check", "--list-rules", side.inputs], tasks)


PARTS = {
    "nasty": Part(write=writer_of_cases("nasty"), make=check_campaigns),
    "review": Part(write=write_examples, make=review_examples),
    "schools": Part(write=write_schools, make=make_schools),
    "print-run": Part(write=write_print_run, make=make_print_run),
    "print-run-x4": Part(write=write_press, make=make_press),
    "finished-faults": Part(write=writer_of_cases("tests.review.fault_cases"), make=check_files),
    "cards": Part(write=write_people, make=make_cards),
    "examples": Part(write=write_examples, make=make_examples),
    "ways": Part(write=write_ways, make=make_ways),
    "table-faults": Part(write=writer_of_cases("tests.tables.fault_cases"), make=build_campaigns),
    "campaign-faults": Part(write=writer_of_cases("tests.campaign.fault_cases"), make=build_campaigns),
    "build-faults": Part(write=writer_of_cases("tests.fault_cases"), make=check_campaigns),
}
"""The parts that are compared, the longest first."""
SLOW = {"finished-faults", "build-faults"}  # left out of a quick comparison: their inputs take long to write


def digests_of(side: Side, work: Path, ignored: Sequence[str]) -> dict[str, str]:
    """Return the digest of every file that a side made, by its name, without what may differ."""
    places = {str(side.work): "OUT", str(work): "WORK", str(side.checkout): "CHECKOUT"}
    found = {}
    for path in sorted(side.work.rglob("*")):
        if path.is_file():
            name = str(path.relative_to(side.work))
            found |= {name + part: sha256(data).hexdigest() for part, data in parts_of(path, places, ignored)}
    return found


def cache_key(base: Path, work: Path, options: argparse.Namespace) -> str:
    """Return what the results of BASE depend on: its commit and its changes, the scripts, what is asked for."""
    parts = [str(len(str(work))).encode(), repr((options.quick, sorted(options.ignore))).encode()]
    parts += [Path(__file__).with_name(f"{name}.py").read_bytes() for name in ("same_output", "masked", "generate")]
    for command in ("rev-parse HEAD", "diff HEAD --binary", "ls-files --others --exclude-standard"):
        parts.append(subprocess.run(["git", *command.split()], cwd=base, check=True, capture_output=True).stdout)
    parts += [(base / name).read_bytes() for name in parts[-1].decode().splitlines() if (base / name).is_file()]
    return sha256(b"".join(sha256(part).digest() for part in parts)).hexdigest()[:16]


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

    def run(self, names: Sequence[str]) -> bool:
        """Print a line for each part as soon as it is known; return whether all are equal."""
        with ThreadPoolExecutor(self._options.jobs) as pool:
            tasks = {}
            for name in names:
                written = pool.submit(self._write, name)  # begins before both sides, which wait for it
                sides = [pool.submit(self._make, name, which, written) for which in ("base", "here")]
                tasks[name] = sides
            verdicts = []
            for name, (base, here) in tasks.items():
                self.known[name] = base.result()
                line, is_equal = compare(name, self.known[name], here.result())
                print(line, flush=True)
                verdicts.append(is_equal)
        return all(verdicts)

    def _side(self, name: str, which: str) -> Side:
        checkout = self._options.base if which == "base" else self._options.here
        inputs = self._work / "inputs" / name
        return Side(checkout=checkout, work=self._work / which / name, inputs=inputs, is_quick=self._options.quick)

    def _write(self, name: str) -> None:
        side = self._side(name, "base")
        PARTS[name].write(side, side.inputs)

    def _make(self, name: str, which: str, written: "Future[None]") -> dict[str, str]:
        written.result()
        if which == "base" and name in self.known:
            return self.known[name]
        side = self._side(name, which)
        start = time.perf_counter()
        PARTS[name].make(side)
        found = digests_of(side, self._work, self._options.ignore)
        if self._options.verbose:
            print(f"  {name} {which}: {time.perf_counter() - start:.1f} s", file=sys.stderr, flush=True)
        if not self._options.keep:
            shutil.rmtree(side.work)
        return found


def roomy() -> str | None:
    """Return a folder in memory if it has room enough, else None for the system's temporary one."""
    return str(MEMORY) if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM else None


def main() -> None:
    """Compare, print a line for each part, and end with 1 on any difference."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("base", type=Path, help="the checkout as it was")
    parser.add_argument("here", type=Path, nargs="?", default=ROOT, help="the checkout as it is; that of this script")
    parser.add_argument("--quick", action="store_true", help="200 schools, 60 cards, and fewer broken lists")
    parser.add_argument("--only", action="append", choices=PARTS, help="compare this part only; may be repeated")
    parser.add_argument("--keep", type=Path, metavar="FOLDER", help="leave inputs and both sides there, to look at")
    parser.add_argument("--base-cache", type=Path, metavar="FOLDER", help="keep there what BASE made, for next time")
    parser.add_argument(
        "--ignore", action="append", default=[], metavar="DIGEST", help="of a manifest, such as theme"
    )
    parser.add_argument("--jobs", type=int, default=2, help="commands at a time (2)")
    parser.add_argument("-v", "--verbose", action="store_true", help="say how long each part took")
    options = parser.parse_args()
    options.base, options.here = options.base.resolve(), options.here.resolve()
    names = [
        name for name in PARTS if (name in options.only if options.only else not (options.quick and name in SLOW))
    ]
    if options.keep:
        options.keep.mkdir(parents=True, exist_ok=True)
        if any(options.keep.iterdir()):
            parser.error(f"{options.keep} is not empty")
    start = time.perf_counter()
    work = options.keep.resolve() if options.keep else Path(tempfile.mkdtemp(prefix="leaflet-", dir=roomy()))
    try:
        is_equal = compare_all(options, work, names)
    finally:
        if not options.keep:
            shutil.rmtree(work, ignore_errors=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = f"{time.perf_counter() - start:.0f} s, {used.ru_utime + used.ru_stime:.0f} s of the processor"
    print(f"{'all equal' if is_equal else 'DIFFERENT'}, {seconds}")
    sys.exit(not is_equal)


def compare_all(options: argparse.Namespace, work: Path, names: Sequence[str]) -> bool:
    """Compare the named parts; read and write the cache of BASE if there is one."""
    if not options.base_cache:
        return Comparison(options, work, {}).run(names)
    cache = options.base_cache / f"{cache_key(options.base, work, options)}.json"
    comparison = Comparison(options, work, json.loads(cache.read_text("utf-8")) if cache.is_file() else {})
    is_equal = comparison.run(names)
    cache.parent.mkdir(parents=True, exist_ok=True)
    cache.write_text(json.dumps(comparison.known), "utf-8")
    return is_equal


if __name__ == "__main__":
    main()
