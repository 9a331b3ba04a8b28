"""How long does reading a large list take, and how much memory? 100,000 schools as CSV, XLSX and ODS.

Measured: a process of its own for each file, which runs through all rows of `leaflet.tables.read_table` (as « read »)
or makes all schools of `open_schools` from it (as « schools »), on one core; the clock starts after Python's imports
and covers opening, decoding, unzipping, parsing and closing; the peak is the process's resident set as the system
reports it, imports included. Not measured: writing the files.

    python benchmarks/tables.py --rows 100000 --rounds 3
"""

import argparse
import csv
import os
import statistics
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

from openpyxl import Workbook

from leaflet.tables import check_letter

HEADER = ("identifiant_de_l_etablissement", "nom_etablissement", "adresse_1", "code_postal", "nom_commune",
          "libelle_academie", "telephone", "nombre_d_eleves", "exemplaires", "etat")  # fmt: skip
LIMITS = {("csv", "read"): 2.0, ("xlsx", "read"): 15.0}
PEAK_MIB = 300
CHILD = """
import os, resource, sys, time
from pathlib import Path
if hasattr(os, "sched_setaffinity"):
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
from leaflet.faults import Report
from leaflet.tables import open_schools, read_table
report = Report()
path = Path(sys.argv[2])
start = time.perf_counter()
rows = read_table(path, report=report).rows if sys.argv[1] == "read" else open_schools(path, report=report).schools()
count = sum(1 for _ in rows)
seconds = time.perf_counter() - start
# The peak that getrusage reports begins with that of the parent; the kernel's own is of this process alone.
status = Path("/proc/self/status")
lines = status.read_text().splitlines() if status.exists() else []
own = [int(line.split()[1]) for line in lines if line.startswith("VmHWM")]
peak = (own or [resource.getrusage(resource.RUSAGE_SELF).ru_maxrss])[0] / 1024
print(count, len(report.errors), seconds, peak)
"""


def school_rows(count: int) -> Iterator[tuple[str, ...]]:
    """Invented schools, the same on every machine."""
    for number in range(count):
        digits = f"{number // 10_000 + 10:03}{number % 10_000:04}"
        postcode = f"{number // 10_000 + 10:02}{number % 1000:03}"
        yield (
            digits + check_letter(digits), f"École élémentaire n° {number} Jules-Ferry",
            f"{number % 200} rue de l’École", postcode, f"Commune-sur-Loire {number % 900}", "Orléans-Tours",
            f"02 47 00 {number % 100:02} 00", str(number % 700), str(number % 90), "OUVERT",
        )  # fmt: skip


def write_csv(path: Path, count: int) -> None:
    """Write a list of schools as CSV."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, delimiter=";").writerows([HEADER, *school_rows(count)])


def write_xlsx(path: Path, count: int) -> None:
    """Texts and numbers as Excel would hold them."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Feuil1")
    sheet.append(HEADER)
    for row in school_rows(count):
        sheet.append([*row[:7], int(row[7]), int(row[8]), row[9]])
    book.save(path)


def write_ods(path: Path, count: int) -> None:
    """Write a list of schools as ODS."""
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet", zipfile.ZIP_STORED)
        with archive.open("content.xml", "w") as part:
            part.write(f"<office:document-content {spaces}><office:body><office:spreadsheet>".encode())
            part.write(b'<table:table table:name="Feuille1">')
            for row in (HEADER, *school_rows(count)):
                cells = "".join(
                    f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
                    for cell in row
                )
                part.write(f"<table:table-row>{cells}</table:table-row>".encode())
            part.write(b"</table:table></office:spreadsheet></office:body></office:document-content>")


def measure(what: str, path: Path) -> tuple[int, int, float, float]:
    """Rows or schools, errors, seconds, peak in MiB; in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[1])}
    command = [sys.executable, "-c", CHILD, what, str(path)]
    out = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout.split()
    return int(out[0]), int(out[1]), float(out[2]), float(out[3])


def main() -> int:
    """Print the table; 1 when a limit is passed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    slow = False
    print(f"{'file':6} {'MB':>6} {'what':8} {'rows':>8} {'seconds':>8} {'limit':>6} {'peak MiB':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for suffix, write in (("csv", write_csv), ("xlsx", write_xlsx), ("ods", write_ods)):
            path = Path(folder) / f"ecoles.{suffix}"
            write(path, options.rows)
            for what in ("read", "schools"):
                runs = [measure(what, path) for _ in range(options.rounds)]
                count, errors = runs[0][:2]
                seconds = statistics.median(run[2] for run in runs)
                peak = max(run[3] for run in runs)
                limit = LIMITS.get((suffix, what))
                slow |= peak > PEAK_MIB or (limit is not None and seconds > limit) or errors > 0
                size = path.stat().st_size / 1e6
                shown = f"{limit:6.1f}" if limit else "     –"
                print(f"{suffix:6} {size:6.1f} {what:8} {count:8} {seconds:8.2f} {shown} {peak:8.1f}")
    return int(slow)


if __name__ == "__main__":
    sys.exit(main())
