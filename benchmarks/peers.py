"""The same two-page leaflet, one file per school, by several engines, timed side by side in one run.

    python benchmarks/peers.py --schools 300 --rounds 3

Peers: Typst, WeasyPrint, plain reportlab Platypus, leaflet (ours), and the copy floor.

What is measured
    Milliseconds per file: (t(N) − t(N0)) / (N − N0), where t(n) is the time from the start of the process
    until n files are on the disk and N0 is ``--warm``. So interpreter start, imports, fonts, templates and
    first-use caches are not in it; they are the column "start-up". Rendering and writing (temporary file and
    rename, no fsync) are in it. One process per peer and round, rounds interleaved, order turned from round
    to round, all pinned to one core; the median over the rounds is reported with the least and the greatest.
    Peers in Python run inside their worker process; ours runs as ``python -m leaflet build``, three builds
    per round (N0, N/2, N schools), and is timed from outside, so reading and checking the school list, file
    names, hashes and manifest are in its time and in nobody else's; its default verification is a row of its
    own.
    Peak memory of the whole process after N/2 and after N files; "grows" if the second is more than 2 % and
    2 MiB above the first.
    The copy floor writes one finished file (ours, or else Typst's) again and again: no engine that writes a
    file of that size can be faster.

What is the same
    Content (17 facts of it are looked for in the extracted text), two pages, fonts, two QR addresses drawn as
    three vector codes with matrices made once per process, and a design as similar as each engine makes easy.
    One sample of each, that of the longest name, is reopened by independent readers (`peers.judge`); what
    differs is printed under the table.

What is not measured
    Several cores, one merged PDF, conformance (a claim in the metadata is shown, not validated), beauty, or
    the time to write a template. Platypus is untagged: it offers no tags by itself. Typst has its school in
    the main file and nothing of it in set rules, the fastest way found; what its manual shows is the row
    "sys_inputs".

A peer that cannot run is listed with the reason, never dropped.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

BENCHMARKS = Path(__file__).resolve().parent
sys.path.insert(0, str(BENCHMARKS))

from peers import leaflet_peer  # noqa: E402 - the folder is only on the path now
from peers.worker import Job, Sample  # noqa: E402


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One row of the table before anything is known about it."""

    peer: str
    variant: str = ""
    module: str = ""  # what must be importable
    install: str = ""
    slow: bool = False  # subject to --slow-cap

    @property
    def label(self) -> str:
        """How the row is called."""
        return f"{self.peer} {self.variant}".strip()


TYPST = Entry(peer="typst", module="typst", install="typst")
WEASYPRINT = Entry(peer="weasyprint", module="weasyprint", install="weasyprint", slow=True)
LEAFLET = Entry(peer="leaflet", module="leaflet", install="the project itself: pip install .")
ENTRIES = (
    replace(LEAFLET, variant="no-verify"),
    replace(LEAFLET, variant="verified"),
    replace(TYPST, variant="tagged"),
    replace(TYPST, variant="ua-1"),
    replace(TYPST, variant="ua-1 a-2a"),
    replace(TYPST, variant="sys_inputs"),
    Entry(peer="platypus", module="reportlab", install="reportlab", slow=True),
    replace(WEASYPRINT, variant="tagged"),
    replace(WEASYPRINT, variant="ua-1"),
    Entry(peer="copy"),
)
PEERS = tuple(dict.fromkeys(entry.peer for entry in ENTRIES))
SHARED = {"qrcode": "qrcode", "fontpkg_atkinson_hyperlegible": "fontpkg-atkinson-hyperlegible"}


@dataclass
class Row:
    """What is known about one entry after the run."""

    entry: Entry
    samples: list[Sample] = field(default_factory=list)
    problem: str = ""
    verdict: dict[str, object] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def ms(self) -> float:
        """Median milliseconds per file."""
        return median(sample.ms_per_file for sample in self.samples)


def is_importable(module: str) -> bool:
    """Whether the package is there; ours may also be the checkout's."""
    if module == "leaflet":
        return (leaflet_peer.CHECKOUT / "leaflet" / "__main__.py").is_file() or find_spec(module) is not None
    return find_spec(module) is not None


def missing_package(entry: Entry) -> str:
    """``not installed (pip install …)``, or nothing."""
    if entry.module and not is_importable(entry.module):
        return f"not installed (pip install {entry.install})"
    needed = {} if entry.peer in ("copy", "leaflet") else SHARED
    absent = [package for module, package in needed.items() if not is_importable(module)]
    return f"not installed (pip install {' '.join(absent)})" if absent else ""


def pin_to_one_core(core: int | None) -> str:
    """Pin this process and so its children; says what was done."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned (this system cannot)"
    chosen = max(os.sched_getaffinity(0)) if core is None else core
    os.sched_setaffinity(0, {chosen})
    return f"pinned to core {chosen}"


def run_python(module: str, argument: str) -> dict[str, Any]:
    """Run ``python -m module argument`` beside this file; its JSON answer.

    Raises:
        leaflet_peer.PeerError: it failed; carries the last line of what it said.
    """
    command = [sys.executable, "-m", module, argument]
    answer = subprocess.run(command, cwd=BENCHMARKS, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise leaflet_peer.PeerError(leaflet_peer.last_line(answer.stderr))
    return json.loads(answer.stdout)


def measure(entry: Entry, job: Job) -> Sample:
    """One measurement of one entry, in a process of its own."""
    if entry.peer == "leaflet":
        return leaflet_peer.measure(job)
    answer = run_python("peers.worker", json.dumps(asdict(replace(job, started=time.monotonic()))))
    return Sample(**answer)


def finished_file(rows: list[Row]) -> str:
    """A file for the copy floor: ours first, then Typst's, then any."""
    return next((row.samples[-1].sample for row in rows if row.samples and row.entry.peer != "copy"), "")


def keep_sample(row: Row, folder: Path) -> None:
    """Copy this round's sample to where it outlives the next round."""
    target = folder / f"{row.entry.label.replace(' ', '-')}.pdf"
    shutil.copyfile(row.samples[-1].sample, target)
    row.samples[-1] = replace(row.samples[-1], sample=str(target))


def run_entry(row: Row, rows: list[Row], options: argparse.Namespace, work: Path) -> None:
    """Measure one entry once, or note why that cannot be."""
    files = min(options.schools, options.slow_cap) if row.entry.slow else options.schools
    source = finished_file(rows)
    if row.entry.peer == "copy" and not source:
        row.problem = "no finished file to copy: no other peer ran"
        return
    folder = work / "run"
    folder.mkdir()
    job = Job(
        peer=row.entry.peer,
        variant=row.entry.variant,
        files=files,
        warm=options.warm,
        folder=str(folder),
        started=0.0,
        finished_file=source,
    )
    try:
        row.samples.append(measure(row.entry, job))
        keep_sample(row, work)
    except leaflet_peer.PeerError as error:
        row.problem = f"failed: {error}"
    finally:
        shutil.rmtree(folder)


def turn(rows: list[Row], by: int) -> list[Row]:
    """The rows in another order, the copy floor last: it needs somebody's file."""
    engines = [row for row in rows if row.entry.peer != "copy"]
    shift = by % len(engines) if engines else 0
    return engines[shift:] + engines[:shift] + [row for row in rows if row.entry.peer == "copy"]


def run_rounds(rows: list[Row], options: argparse.Namespace, work: Path) -> None:
    """All rounds; says on standard error where it is."""
    for number in range(options.rounds):
        for row in turn(rows, number):
            if not row.problem:
                print(f"round {number + 1}/{options.rounds} · {row.entry.label}", file=sys.stderr, flush=True)
                run_entry(row, rows, options, work)


def judge(row: Row) -> None:
    """Have the last sample read by independent readers."""
    try:
        verdict = run_python("peers.judge", row.samples[-1].sample)
    except leaflet_peer.PeerError as error:
        row.faults = [f"sample not checked: {error}"]
        return
    row.verdict = verdict
    from peers.judge import Verdict

    row.faults = Verdict(**verdict).faults()


def memory_text(row: Row) -> str:
    """Peak memory after N/2 and N files, and whether it grows."""
    half = median(sample.peak_half_mib for sample in row.samples)
    full = median(sample.peak_full_mib for sample in row.samples)
    if not full:
        return "unknown"
    return f"{half:.0f} → {full:.0f} {'grows' if full > max(half * 1.02, half + 2) else 'flat'}"


def tagged_text(row: Row) -> str:
    """Whether the sample is tagged, and the standards it claims."""
    if row.entry.peer == "copy":
        return "–"
    if not row.verdict:
        return "?"
    return " ".join(filter(None, ("yes" if row.verdict["tagged"] else "no", str(row.verdict["standards"]))))


def ratio_text(row: Row, ours: float) -> str:
    """How many times the time of ours."""
    return f"{row.ms / ours:.2f}" if ours else "–"


HEADER = (
    "peer",
    "version",
    "tagged",
    "ms per file",
    "(min–max)",
    "× ours",
    "KiB/file",
    "peak MiB N/2 → N",
    "start-up s",
    "files",
)


def cells(row: Row, ours: float) -> tuple[str, ...]:
    """One line of the table."""
    last = row.samples[-1]
    times = sorted(sample.ms_per_file for sample in row.samples)
    return (
        row.entry.label,
        last.version or "–",
        tagged_text(row),
        f"{row.ms:.3f}",
        f"({times[0]:.3f}–{times[-1]:.3f})",
        ratio_text(row, ours),
        f"{last.bytes_per_file / 1024:.1f}",
        memory_text(row),
        f"{median(sample.start_up_s for sample in row.samples):.2f}",
        str(last.files),
    )


def format_table(rows: list[Row]) -> str:
    """The table, then remarks: what differs from the leaflet asked for, and peers that did not run."""
    done = [row for row in rows if row.samples and not row.problem]
    ours = next((row.ms for row in done if row.entry.label == "leaflet no-verify"), 0.0)
    lines = [HEADER, *(cells(row, ours) for row in done)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADER))]
    text = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in lines]
    text.insert(1, "  ".join("-" * width for width in widths))
    text += [f"{row.entry.label}: {row.problem}" for row in rows if row.problem]
    text += [f"{row.entry.label}: sample differs: {'; '.join(row.faults)}" for row in done if row.faults]
    return "\n".join(text)


def describe(options: argparse.Namespace, pinned: str) -> str:
    """The line above the table."""
    python = ".".join(map(str, sys.version_info[:3]))
    return (
        f"{options.schools} schools (slow peers at most {options.slow_cap}), {options.rounds} interleaved "
        f"rounds, N0 = {options.warm}, {pinned}, Python {python}\n"
        "ms per file: median of the rounds; × ours: against leaflet without verification\n"
    )


def parse_options() -> argparse.Namespace:
    """The command line, checked."""
    parser = argparse.ArgumentParser(
        description="Time the same leaflet by several engines.",
        epilog="What is measured and what is not: see the head of this file.",
    )
    parser.add_argument("--schools", type=int, default=300, metavar="N", help="files per peer and round (300)")
    parser.add_argument("--rounds", type=int, default=3, metavar="R", help="interleaved rounds (3)")
    parser.add_argument("--peers", default=",".join(PEERS), help=f"some of {','.join(PEERS)}")
    parser.add_argument("--warm", type=int, default=20, metavar="N0", help="files before the clock counts (20)")
    parser.add_argument("--slow-cap", type=int, default=100, metavar="S", help="most files of a slow peer (100)")
    parser.add_argument("--core", type=int, help="core to pin to (the last allowed)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep one sample file of each peer there")
    options = parser.parse_args()
    options.peers = options.peers.split(",")
    if unknown := set(options.peers) - set(PEERS):
        parser.error(f"unknown peer {', '.join(sorted(unknown))}; known: {', '.join(PEERS)}")
    if min(options.schools, options.slow_cap) < 4 * options.warm or options.warm < 1 or options.rounds < 1:
        parser.error("--schools and --slow-cap must be at least four times --warm; --warm and --rounds at least 1")
    return options


def main() -> None:
    """Run the rounds and print the table."""
    options = parse_options()
    pinned = pin_to_one_core(options.core)
    rows = [Row(entry, problem=missing_package(entry)) for entry in ENTRIES if entry.peer in options.peers]
    with tempfile.TemporaryDirectory(prefix="leaflet-peers-") as name:
        work = Path(name)
        run_rounds(rows, options, work)
        for row in rows:
            if row.samples:
                judge(row)
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            for path in work.glob("*.pdf"):
                shutil.copy(path, options.keep)
    print(describe(options, pinned))
    print(format_table(rows))


if __name__ == "__main__":
    main()
