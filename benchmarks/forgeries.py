"""Count how many forged files are found, by kind, with their campaign and without it, and what it takes.

Files are those of a campaign, changed as `tests/preflight/forgeries.py` does. Without a campaign each is judged
twice: as it comes out of the forger's hands, and without any mark of leaflet, when what is seen and read must tell.

    python benchmarks/forgeries.py CAMPAIGN BUILD [--each 10] [--write]
"""

import sys
import tempfile
from collections import Counter
from datetime import date
from pathlib import Path

from results import describe_machine, markdown_table, parser_of, publish

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from leaflet.faults import Report  # noqa: E402
from leaflet.preflight.expected_files import expecting  # noqa: E402
from leaflet.preflight.judge_processes import judge_files  # noqa: E402
from leaflet.preflight.rule_settings import load_context  # noqa: E402
from leaflet.preflight.targets import CheckTarget  # noqa: E402
from leaflet.production.build_options import InputOptions  # noqa: E402
from leaflet.production.campaign_check import check_campaign  # noqa: E402
from tests.preflight.forgeries import FORGERIES, NotPossibleError, forge, save_again  # noqa: E402

SAVED = "saved again"
MODES = ("with the campaign", "without it", "without any mark")
DAY = date(2026, 11, 27)


def errors(folder: Path, campaign: Path, *, is_known: bool) -> dict[str, list[str]]:
    """Return the codes of errors in each file of a folder."""
    paths = sorted(folder.rglob("*.pdf"))
    targets = [CheckTarget(path=path, name=path.relative_to(folder).as_posix()) for path in paths]
    context, settings = load_context(campaign if is_known else None, DAY, Report())
    if is_known:
        materials = check_campaign(InputOptions(campaign=campaign, out=folder)).materials
        assert materials is not None
        with expecting(targets) as expected:
            judged = list(judge_files(expected.held(materials), context, settings))
    else:
        judged = list(judge_files(targets, context, settings))
    return {one.name: [fault.code for fault in one.faults if fault.severity == "error"] for one in judged}


def forge_files(build: Path, folder: Path, each: int, *, signed: bool) -> dict[str, str]:
    """Write so many files of each kind, as far as there are any; return the kind of each by its name."""
    files = [path for path in sorted(build.rglob("*.pdf")) if not path.name.startswith("print-run")]
    kinds: dict[str, str] = {}
    for kind in (*FORGERIES, SAVED):
        for number in range(6 * each):
            source = files[number % len(files)]
            data = source.read_bytes()
            try:
                changed = save_again(data, number) if kind == SAVED else forge(data, kind, number, signed=signed)
            except NotPossibleError:
                continue
            path = folder / f"{kind.replace(' ', '-')}-{number}" / source.relative_to(build)
            path.parent.mkdir(parents=True)
            path.write_bytes(changed)
            kinds[path.relative_to(folder).as_posix()] = kind
            if list(kinds.values()).count(kind) == each:
                break
    return kinds


def main() -> None:
    """Read the command line; print, and write if asked to."""
    parser = parser_of(__doc__)
    parser.add_argument("campaign", type=Path)
    parser.add_argument("build", type=Path)
    parser.add_argument("--each", type=int, default=10, help="forgeries of each kind")
    parser.add_argument("--verbose", action="store_true", help="name each file that passes")
    given = parser.parse_args()
    found: dict[str, Counter[str]] = {mode: Counter() for mode in MODES}
    tried: Counter[str] = Counter()
    for mode in MODES:
        with tempfile.TemporaryDirectory() as name:
            kinds = forge_files(given.build, Path(name), given.each, signed=mode != MODES[2])
            tried = tried or Counter(kinds.values())
            for file, codes in errors(Path(name), given.campaign, is_known=mode == MODES[0]).items():
                found[mode][kinds[file]] += bool(codes)
                if given.verbose and not codes:
                    print(mode, "passes:", file)
    counts = {kind: (tried[kind], *(found[mode][kind] for mode in MODES)) for kind in tried}
    harmful = [values for kind, values in counts.items() if kind != SAVED]
    total, *sums = (sum(column) for column in zip(*harmful, strict=True))
    rows = [(kind.replace("_", " "), *map(str, values)) for kind, values in counts.items()]
    rows.append(("all forgeries", str(total), *(f"{count} ({100 * count / total:.1f} %)" for count in sums)))
    table = markdown_table(("Kind", "tried", *MODES), rows)
    text = f"{describe_machine(ROOT)}\n\n{table}"
    publish("Forged files", text, is_written=given.write)


if __name__ == "__main__":
    main()
