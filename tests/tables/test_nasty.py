"""Nasty files end quickly, in little memory, without a traceback, and never pass in silence."""

import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from leaflet.faults import LANGUAGES, Report
from leaflet.tables import open_schools
from tests.groups import with_drills
from tests.tables.nasty import Nasty, nasty_files

FILES = nasty_files()
HEAVY = [title for title, nasty in FILES.items() if nasty.heavy]
TEXTS = [title for title in FILES if title not in HEAVY and FILES[title].name.endswith((".csv", ".txt", ".tsv"))]
BOOKS = [title for title in FILES if title not in HEAVY and title not in TEXTS]
SECONDS = 30  # five on a quiet machine; a busy one is not a file that never ends
MIB = 300
CHILD = """
import json, resource, sys, time
from pathlib import Path
import leaflet.tables.ods, leaflet.tables.xlsx
from leaflet.faults import DataError, Report
from leaflet.tables import read_table
from leaflet.tables.column_names import SCHOOLS
resource.setrlimit(resource.RLIMIT_AS, ({limit}, {limit}))
start = time.process_time()
report = Report()
count = 0
try:
    count = sum(1 for _ in read_table(Path(sys.argv[1]), report=report, vocabulary=SCHOOLS).rows)
except DataError as error:
    report.extend(error.faults)
seconds = time.process_time() - start
print(json.dumps([count, sorted({{fault.code for fault in report.errors}}), seconds]))
"""


def check(nasty: Nasty, count: int, codes: set[str]) -> None:
    """A fault that was expected, or the rows that are right; nothing else."""
    if nasty.rows is not None:
        assert (count, codes) == (nasty.rows, set())
    else:
        assert codes and codes <= nasty.codes


def test_there_are_enough() -> None:
    assert len(FILES) >= 80 and all(bool(nasty.codes) != (nasty.rows is not None) for nasty in FILES.values())


@pytest.mark.parametrize("title", with_drills([*TEXTS, *BOOKS[::3]], sorted({*BOOKS} - {*BOOKS[::3]})))
def test_nasty_file(title: str, tmp_path: Path) -> None:
    nasty = FILES[title]
    path = tmp_path / nasty.name
    nasty.make(path)
    report = Report()
    start = time.process_time()
    reader = open_schools(path, report=report)
    count = sum(1 for _ in reader.schools()) if reader is not None else 0
    assert time.process_time() - start < SECONDS
    check(nasty, count, {fault.code for fault in report.errors})
    for fault in list(report)[:20]:
        assert all("\x1b" not in line and fault.lines(lang) for lang in LANGUAGES for line in fault.lines(lang))


@pytest.mark.parametrize("title", with_drills(HEAVY[::5], sorted({*HEAVY} - {*HEAVY[::5]})))
def test_heavy_file(title: str, tmp_path: Path) -> None:
    """Read in a child that may have 300 MiB of addresses, code and libraries included."""
    nasty = FILES[title]
    path = tmp_path / nasty.name
    nasty.make(path)
    assert path.stat().st_size < 20_000_000, "refused for its size, not for what it is"
    command = [sys.executable, "-c", CHILD.format(limit=MIB * 1024 * 1024), str(path)]
    root = Path(__file__).parents[2]
    environment = os.environ | {"PYTHONPATH": str(root), "OPENBLAS_NUM_THREADS": "1"}
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, env=environment)
    assert done.returncode == 0, done.stderr[-2000:]
    count, codes, seconds = json.loads(done.stdout)
    check(nasty, count, set(codes))
    assert seconds < SECONDS
