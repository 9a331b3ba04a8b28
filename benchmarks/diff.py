"""How long does `leaflet diff` take to find one letter in one school of many, and nothing else?

Measured: whole processes (``leaflet diff --format json``), the median of interleaved rounds, on generated campaigns:
one letter that other schools have too (one file differs), one that no other school has (the fonts and so all files
differ), and all files written anew by qpdf with other compression. What is found is checked, too. Not measured: the
builds.

    python benchmarks/diff.py --schools 500
"""

import argparse
import json
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import pikepdf
from generate import make_schools, write_campaign

ROOT = Path(__file__).parents[1]
PLACE = 250  # the school that changes, or the last one


@dataclass(frozen=True, slots=True)
class Found:
    """What a comparison took and found: seconds, of which the processor's, records changed, lines that differ."""

    seconds: float
    processor: float
    changed: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]


def leaflet(*arguments: object) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "leaflet", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, cwd=ROOT)


def build(folder: Path, schools: int, name: str | None = None) -> Path:
    """A build in which one school may have another name."""
    campaign = write_campaign(folder / "campaign", schools)
    if name is not None:
        school = make_schools(schools)[min(PLACE, schools - 1)]
        table = campaign.with_name("ecoles.csv")
        table.write_text(
            table.read_text("utf-8").replace(f"{school.uai};{school.nom}", f"{school.uai};{name}"), "utf-8"
        )
    leaflet("build", "-q", "--no-verify", campaign, "-o", folder / "out").check_returncode()
    return folder / "out"


def rewrite(out: Path, to: Path) -> Path:
    """The same build, all files written anew."""
    shutil.copytree(out, to)
    for path in to.rglob("*.pdf"):
        with pikepdf.open(path, allow_overwriting_input=True) as pdf:
            pdf.save(path, recompress_flate=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return to


def processor_seconds() -> float:
    """What finished processes have used of the processor: on a shared machine the wall says little."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def compare(old: Path, new: Path) -> Found:
    """Compare two builds."""
    start, before = time.perf_counter(), processor_seconds()
    content = json.loads(leaflet("diff", "--format", "json", old, new).stdout)
    seconds, processor = time.perf_counter() - start, processor_seconds() - before
    records = [record for record in content["records"] if record["status"] not in ("unchanged", "same-content")]
    words = [words for record in records for page in record["pages"] for words in page["words"]]
    return Found(
        seconds=seconds,
        processor=processor,
        changed=tuple(record["record"] for record in records),
        lines=tuple((line["old"], line["new"]) for line in words),
    )


def main() -> None:
    """Print a table: case, median seconds, those of the processor, records found, lines found."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--schools", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    name = make_schools(options.schools)[min(PLACE, options.schools - 1)].nom
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        old = build(folder / "old", options.schools)
        cases = {
            "one letter": build(folder / "letter", options.schools, name.replace("e", "k", 1)),
            "a letter no other school has": build(folder / "new", options.schools, name.replace("e", "ø", 1)),
            "other compression": rewrite(old, folder / "zlib"),
        }
        runs: dict[str, list[Found]] = {case: [] for case in cases}
        for _ in range(options.rounds):
            for case, new in cases.items():
                runs[case].append(compare(old, new))
    print(f"{'case':<30}  {'seconds':>7}  {'cpu':>6}  {'records':>7}  lines")
    for case, found in runs.items():
        seconds = statistics.median(one.seconds for one in found)
        processor = statistics.median(one.processor for one in found)
        print(f"{case:<30}  {seconds:7.2f}  {processor:6.2f}  {len(found[0].changed):7}  {found[0].lines}")


if __name__ == "__main__":
    main()
