"""A whole country in one run: 58,470 invented schools of all académies, as files, as one print run and as a ZIP.

Measured: whole processes of ``leaflet``, verification on, each kind for a short list, for 1,000 schools and for all.
The short list has a school of every département, so that what is done once for a build or for an académie is start;
milliseconds for each school are those beyond it: (t(n) − t(short)) / (n − short). Short lists and 1,000 schools are
built in rounds, half of them before the country, which is built once, and half after it: the machine may be quicker
in one minute than in the next, so what is compared are means over the same minutes; equal is what is within 15 %.
Peak memory is that of all processes together. A print run has every leaflet once, behind its bundle sheet. What was
made is deleted at once if it is held in memory, else at the end: TMPDIR needs 5 gigabytes in memory, 10 on a disk.

``--check`` judges the files of the whole country as soon as they are made, in a process of its own: a sample in full,
spread evenly over the list, as ``leaflet check`` does; each was verified when it was made.

    python benchmarks/country.py --jobs 2 --check --write

Not measured: the rows of the list (generated), and whether anybody can read 58,470 leaflets. Ends with 1 if times
are not equal, or a check finds an error.
"""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from statistics import fmean

from generate import COUNTRY, write_campaign
from results import describe_machine, markdown_table, parser_of, publish
from tree import CommandError, Used, forget, leaflet

ALL = 58_470  # écoles, collèges and lycées, as the ministry counted them in 2023-2024
SHORT, THOUSAND = 200, 1000
MOST_APART = 0.15
DAY = date(2018, 11, 1)  # that files are judged on
KINDS = {"files": "out", "print run": "print-run", "ZIP": "out.zip"}
HEADER = ("what", "schools", "seconds", "ms/school", "of the processor", "ms/school", "peak MiB", "files", "MB")


@dataclass(frozen=True, kw_only=True, slots=True)
class Made:
    """One run of a kind, and what it left: the files of a folder, or one."""

    schools: int
    used: Used
    out: Path
    files: int
    size: int


class Country:
    """The lists, and what is made of them, all in one working folder."""

    def __init__(self, work: Path, jobs: int | None) -> None:
        self._work, self._jobs = work, jobs

    def campaign(self, schools: int) -> Path:
        """The campaign of so many schools, written if need be."""
        folder = self._work / f"campaign-{schools}"
        return folder / "campaign.toml" if folder.is_dir() else write_campaign(folder, schools, COUNTRY)

    def make(self, kind: str, schools: int, number: int = 0) -> Made:
        """Run `leaflet` once.

        Raises:
            CommandError: it failed, or made something else.
        """
        campaign, out = self.campaign(schools), self._work / f"{schools}-{number}-{KINDS[kind]}"
        command = ["print-run", "--once"] if kind == "print run" else ["build"]
        if self._jobs is not None and kind != "print run":
            command += ["--jobs", str(self._jobs)]
        print(f"{kind} · {schools} schools", file=sys.stderr, flush=True)
        used = leaflet(*command, "-q", campaign, "-o", out)
        if out.is_file() != (kind == "ZIP"):
            raise CommandError(f"{out.name} is a {'file' if out.is_file() else 'folder'}")
        sizes = [out.stat().st_size] if out.is_file() else [p.stat().st_size for p in out.rglob("*") if p.is_file()]
        return Made(schools=schools, used=used, out=out, files=len(sizes), size=sum(sizes))

    def measure(
        self, kind: str, schools: int, rounds: int, judge: Callable[[str, Made], None]
    ) -> tuple[list[Made], list[Made], Made]:
        """The short lists, the lists of 1,000, and the whole, which is built halfway, and judged."""
        short, thousand, whole = [], [], []
        for number in range(rounds):
            if number == rounds // 2:
                whole.append(self.make(kind, schools))
                judge(kind, whole[0])
                forget(whole[0].out)
            for size, runs in ((SHORT, short), (THOUSAND, thousand)):
                runs.append(self.make(kind, size, number))
                forget(runs[-1].out)
        return short, thousand, whole[0]


def mean_of(runs: list[Made], what: str) -> float:
    """The mean of what was used: seconds, or those of the processor."""
    return fmean(getattr(made.used, what) for made in runs)


def per_school(seconds: float, schools: int, start: float) -> float:
    """Milliseconds for each school beyond the short list, which took `start` seconds."""
    return 1000 * (seconds - start) / (schools - SHORT)


def table_rows(kind: str, measured: list[list[Made]]) -> Iterator[tuple[str, ...]]:
    """A row of the table for each size; the first is the start."""
    for runs in measured:
        last, cells = runs[-1], []
        for what in ("seconds", "processor_s"):
            seconds, start = mean_of(runs, what), mean_of(measured[0], what)
            each = f"{per_school(seconds, last.schools, start):.3f}" if last.schools > SHORT else "start"
            cells += [f"{seconds:.2f}", each]
        peak = f"{max(made.used.peak_mib for made in runs):.0f}"
        yield kind, f"{last.schools:,}", *cells, peak, f"{last.files:,}", f"{last.size / 1e6:.1f}"


def compare(kind: str, start: float, thousand: list[Made], country: Made) -> tuple[str, bool]:
    """Whether a school of the country takes as long as one of a thousand, in words and as such."""
    few = per_school(mean_of(thousand, "seconds"), THOUSAND, start)
    many = per_school(country.used.seconds, country.schools, start)
    ratio = many / few
    is_equal = abs(ratio - 1) <= MOST_APART
    said = "equal within" if is_equal else "NOT equal within"
    return f"- {kind}: {many:.3f} ms a school, {few:.3f} of a thousand: {ratio:.3f} times, {said} 15 %.", is_equal


def memory(kind: str, thousand: list[Made], country: Made) -> str:
    """Say in words what one more school takes of memory."""
    few = max(made.used.peak_mib for made in thousand)
    each = (country.used.peak_mib - few) * 1024 / (country.schools - THOUSAND)
    return f"- {kind}: {country.used.peak_mib:.0f} MiB, {few:.0f} for a thousand: {each:.2f} KiB a school more."


def check(campaign: Path, out: Path, schools: int, sample: int, jobs: int) -> tuple[str, bool]:
    """Judge files of a build, in words, and whether nothing is wrong."""
    from leaflet.faults import Report
    from leaflet.preflight.judge_processes import judge_files
    from leaflet.preflight.rule_settings import load_context
    from leaflet.preflight.targets import CheckTarget
    from leaflet.production.manifest import read_manifest

    manifest = read_manifest(out)
    if manifest is None or len(manifest.entries) != schools:
        return f"- The manifest has not {schools:,} files.", False
    chosen = [manifest.entries[number * schools // sample] for number in range(min(sample, schools))]
    targets = [CheckTarget(path=out / entry.file, name=entry.file) for entry in chosen]
    context, settings = load_context(campaign, DAY, Report())
    judged = judge_files(targets, context, settings, jobs=jobs)
    faults = Counter((fault.severity, fault.code) for file in judged for fault in file.faults)
    errors = sum(count for (severity, _), count in faults.items() if severity == "error")
    found = ", ".join(f"{code} ({severity}) {count}" for (severity, code), count in sorted(faults.items()))
    return f"- Full check of {len(chosen):,} files: {errors} errors; {found or 'nothing'}.", not errors


def parse_options() -> argparse.Namespace:
    """The command line, checked."""
    parser = parser_of(__doc__)
    parser.add_argument("--schools", type=int, default=ALL, metavar="N", help=f"schools of the country ({ALL:,})")
    parser.add_argument("--rounds", type=int, default=5, metavar="R", help="of the short lists (5)")
    parser.add_argument("--jobs", type=int, metavar="N", help="processes of a build; as `leaflet build` has it")
    parser.add_argument("--kinds", nargs="+", choices=list(KINDS), default=list(KINDS))
    parser.add_argument("--check", action="store_true", help="judge the files")
    parser.add_argument("--sample", type=int, default=500, metavar="S", help="files checked in full (500)")
    options = parser.parse_args()
    if options.schools <= THOUSAND or options.rounds < 1 or options.sample < 1:
        parser.error(f"--schools must be more than {THOUSAND}, --rounds and --sample at least 1")
    if options.check and "files" not in options.kinds:
        parser.error("--check needs files")
    return options


def main() -> int:
    """Print the table; 1 when times are not equal, or files are not right."""
    options = parse_options()
    rows: list[tuple[str, ...]] = []
    said: list[str] = []
    is_right = True
    with tempfile.TemporaryDirectory(prefix="leaflet-country-") as name:
        machine = describe_machine(Path(name))
        country = Country(Path(name), options.jobs)
        judged: list[tuple[str, bool]] = []

        def judge(kind: str, made: Made) -> None:
            if options.check and kind == "files":
                with ProcessPoolExecutor(1, get_context("spawn")) as apart:
                    asked = country.campaign(made.schools), made.out, made.schools, options.sample, options.jobs or 1
                    judged.append(apart.submit(check, *asked).result())

        for kind in options.kinds:
            try:
                short, thousand, whole = country.measure(kind, options.schools, options.rounds, judge)
            except CommandError as error:
                said.append(f"- {kind}: not measured: {str(error).strip().splitlines()[-1]}.")
                is_right = False
                continue
            start = mean_of(short, "seconds")
            rows += table_rows(kind, [short, thousand, [whole]])
            line, is_equal = compare(kind, start, thousand, whole)
            said += [line, memory(kind, thousand, whole)]
            is_right &= is_equal
    said += [line for line, _ in judged]
    is_right &= all(is_good for _, is_good in judged)
    jobs = f"--jobs {options.jobs}" if options.jobs is not None else "jobs as by default"
    head = f"{machine}. {jobs}, {options.rounds} rounds."
    text = "\n\n".join([head, markdown_table(HEADER, rows), "\n".join(said)])
    publish(f"The whole country, {jobs}", text, is_written=options.write)
    return int(not is_right)


if __name__ == "__main__":
    sys.exit(main())
