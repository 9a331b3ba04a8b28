"""The same two-page leaflet by several engines, timed side by side: a file for each school, and one of all.

    python benchmarks/peers.py --schools 1000 --rounds 5 --write

What is measured
    Milliseconds per leaflet: (t(N) − t(N0)) / (N − N0), where t(n) is the time from the start of the process
    until n leaflets are on the disk and N0 is ``--warm``. So interpreter start, imports, fonts, templates and
    first-use caches are not in it; they are the column "start-up". Rendering and writing (temporary file and
    rename, no fsync) are in it. One process per peer and round, rounds interleaved, order turned from round
    to round, all pinned to one core; the median over the rounds is reported with the least and the greatest.
    Nothing is deleted before the end, and the disk is synced before each run.
    Peers in Python run inside their worker process; ours runs as ``python -m leaflet build``, three builds
    per round (N0, N/2, N schools), and is timed from outside, so reading and checking the school list, file
    names, hashes and manifest are in its time and in nobody else's, as is its default verification, which
    "no-verify" leaves out.
    In the second table each peer writes one file of N0, of N/2 and of N leaflets, each in a process of its own;
    ours is ``leaflet print-run --bare --once``: no bundle sheets, the packing list as CSV.
    Peak memory of the whole process after N/2 and after N leaflets; "grows" if the second is more than 2 % and
    2 MiB above the first. "of the processor" is its time, in the same quotient.
    The copy floor writes one finished file (ours, or else Typst's) again and again: no engine that writes a
    file of that size can be faster.

What is the same
    Content, two pages, fonts, two QR addresses drawn as three vector codes with matrices made once per process, and a
    design as similar as each engine makes easy. One sample of each, that of the longest name or the first of a merged
    file, is reopened by independent readers (`peers.judge`); what differs is printed under the table.

What is not measured
    Several cores, conformance (a claim in the metadata is shown, not validated), beauty, or the time to write a
    template. "platypus" and "forms" are reportlab: its paragraphs for each school, and one file of two form
    XObjects. Typst has its school in the main file and nothing of it in set rules, the fastest way found; what
    its manual shows is the row "sys_inputs".

A peer that cannot run is listed with the reason, never dropped.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from peers.entries import FILES, MERGED, PACKAGES, PEERS, chosen
from peers.rounds import Plan, Row, make_rows, run_rounds
from peers.table import format_ratios, format_rows
from results import describe_machine, describe_releases, parser_of, publish


def pin_to_one_core(core: int | None) -> str:
    """Pin this process and so its children; says what was done."""
    if not hasattr(os, "sched_setaffinity"):
        return "not pinned (this system cannot)"
    one = max(os.sched_getaffinity(0)) if core is None else core
    os.sched_setaffinity(0, {one})
    return f"all pinned to core {one}"


def keep_samples(rows: list[Row], folder: Path) -> None:
    """Copy the last sample of each row to where it outlives the run."""
    folder.mkdir(parents=True, exist_ok=True)
    for row in rows:
        if row.samples:
            name = f"{row.entry.label.replace(' ', '-')}{'-merged' if row.merged else ''}.pdf"
            shutil.copyfile(row.samples[-1].sample, folder / name)


def parse_options() -> argparse.Namespace:
    """The command line, checked."""
    parser = parser_of(__doc__)
    parser.add_argument("--schools", type=int, default=1000, metavar="N", help="leaflets per peer and round (1000)")
    parser.add_argument("--rounds", type=int, default=5, metavar="R", help="interleaved rounds (5)")
    parser.add_argument("--peers", default=",".join(PEERS), help=f"some of {','.join(PEERS)}")
    parser.add_argument("--warm", type=int, default=20, metavar="N0", help="leaflets before the clock counts (20)")
    parser.add_argument("--slow-cap", type=int, default=100, metavar="S", help="most leaflets of a slow row (100)")
    parser.add_argument("--core", type=int, help="core to pin to (the last allowed)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep one sample file of each row there")
    options = parser.parse_args()
    options.peers = options.peers.split(",")
    if unknown := set(options.peers) - set(PEERS):
        parser.error(f"unknown peer {', '.join(sorted(unknown))}; known: {', '.join(PEERS)}")
    if min(options.schools, options.slow_cap) < 4 * options.warm or options.warm < 1 or options.rounds < 1:
        parser.error("--schools and --slow-cap must be at least four times --warm; --warm and --rounds at least 1")
    return options


def main() -> None:
    """Run the rounds and print the tables."""
    options = parse_options()
    pinned = pin_to_one_core(options.core)
    plan = Plan(schools=options.schools, slow_cap=options.slow_cap, warm=options.warm, rounds=options.rounds)
    files = make_rows(chosen(FILES, options.peers), merged=False)
    merged = make_rows(chosen(MERGED, options.peers), merged=True)
    with tempfile.TemporaryDirectory(prefix="leaflet-peers-") as name:
        machine = describe_machine(Path(name))
        run_rounds(files + merged, plan, Path(name))
        if options.keep:
            keep_samples(files + merged, options.keep)
    parts = [
        f"{machine}. {describe_releases(PACKAGES)}.",
        f"{plan.schools:,} schools (slow rows at most {plan.slow_cap}), {plan.rounds} interleaved rounds, "
        f"N0 = {plan.warm}, {pinned}. Times are of one leaflet; ms is the median of the rounds.",
    ]
    for title, rows in (("A file for each school", files), ("One file of all", merged)):
        if rows:
            parts += [f"### {title}", format_rows(rows)]
    if ratios := format_ratios(files, merged):
        parts += ["### Ours, verified", ratios]
    text = "\n\n".join(parts)
    publish("Peers", text, is_written=options.write)


if __name__ == "__main__":
    main()
