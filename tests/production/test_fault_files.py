"""Faults as files: nothing in them is a formula or a secret, and the user's own list stays as it is."""

import csv
import io
import json
import os
import re
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from leaflet.faults import LANGUAGES, Fault, Place, RenderError, Report, UsageError
from leaflet.production.fault_lists import FaultFiles, fault_record, faults_csv, faults_json, write_faults
from leaflet.production.outcome import Outcome, RowCounts
from leaflet.tables.cells import as_text
from tests.support import codes_of

UAI, OTHER = "0370035M", "0370036N"
NUMEN = "12E3400567ABC"
KEYS = ["code", "severity", "file", "line", "cell", "field", "record", "page", "reason", "way_out", "lang", "values"]
FORMULA = tuple("=+-@\t\r\n")


def in_cell(cell: str, name: str = "ecoles.xlsx") -> Place:
    """The place of a cell whose column has one letter."""
    sheet, _, spot = cell.rpartition("!")
    return Place(file=name, sheet=sheet, column=spot[0], row=int(spot[1:]), field="code_postal")


def bad_cell(cell: str, value: str = "12", name: str = "ecoles.xlsx") -> Fault:
    return Fault("T314", in_cell(cell, name), {"value": value})


def workbook(path: Path, *rows: tuple[object, ...], title: str = "Feuil1") -> Path:
    book = Workbook()
    assert book.active is not None
    book.active.title = title
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def schools(folder: Path, title: str = "Feuil1") -> Path:
    head = ("UAI", "Nom", "Code postal", "Mot de passe")
    rows = (head, (UAI, "Lycée Descartes", "12", "secret12"), (OTHER, f"Lycée {NUMEN}", "37000", 123456))
    return workbook(folder / "ecoles.xlsx", *rows, title=title)


def outcome_of(*faults: Fault, lists: tuple[Path, ...] = ()) -> Outcome:
    outcome = Outcome(files=lists, lists=lists)
    outcome.report.extend(faults)
    return outcome


def read(data: bytes) -> list[list[str]]:
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";"))


texts = st.text(st.sampled_from("=+-@;,|\"' \t\r\nAé1") | st.characters(), max_size=30)


@given(texts)
def test_no_text_begins_a_formula(text: str) -> None:
    """Neither at its beginning nor after a separator; but for our apostrophes it is the same text."""
    safe = as_text(text)
    assert safe.replace("'", "") == text.replace("'", "")
    assert not safe.startswith(FORMULA)
    for separator in ";,|":
        for part in safe.split(separator):
            assert not re.match(r"[\" \u00a0]*[=+\-@\t\r\n]", part)
    assert as_text(safe) == safe


@given(texts, texts, st.sampled_from(LANGUAGES))
def test_the_csv_comes_back_as_it_was(value: str, name: str, lang: str) -> None:
    """Every cell is quoted, one row a fault, whatever stands in values and names."""
    fault = Fault("T314", Place(file=name, line=3, field=value), {"value": value})
    data = faults_csv([fault, fault], lang)
    rows = read(data)
    assert [len(row) for row in rows] == [11, 11, 11]
    assert all(line.startswith('"') and line.endswith('"') for line in data.decode("utf-8-sig").split("\r\n")[:-1])
    assert not any(cell.startswith(FORMULA) for row in rows for cell in row)
    record = fault_record(fault, lang)
    assert rows[1][9].replace("'", "") == record.reason.replace("'", "")
    assert (rows[1][0], rows[1][3]) == ("T314", "3")


def test_the_json_keeps_its_keys() -> None:
    """Programs rely on them; they are there also when there is nothing to say."""
    where = Place(file="ecoles.xlsx", sheet="Feuil1", column="C", row=17, field="Code postal")
    other = Fault("G102", Place(), {"name": 1, "problem": ""})
    faults = [Fault("T314", where, {"value": "=\udcff1", "count": 3}), other]
    content = json.loads(faults_json(faults, "fr", RowCounts(ready=3, rows=4, refused=1, last=5)))
    assert list(content) == ["rows", "faults"]
    counted = {"ready": 3, "warned": 0, "refused": 1, "rows": 4, "last": 5}
    other = ("twice", "closed", "filtered", "staff_errors", "staff_warnings", "elsewhere", "warned_elsewhere")
    assert content["rows"] == counted | dict.fromkeys((*other, "without_mailbox"), 0)
    assert [list(fault) for fault in content["faults"]] == [KEYS, KEYS]
    first = content["faults"][0]
    assert (first["line"], first["cell"], first["severity"], first["lang"]) == (17, "Feuil1!C17", "error", "fr")
    assert first["values"] == {"value": "=\\udcff1", "count": 3}
    assert json.loads(faults_json([], "en", None)) == {"rows": None, "faults": []}


@pytest.mark.parametrize("kind", [".csv", ".json", ".xlsx"])
def test_no_secret_is_in_any_of_them(tmp_path: Path, kind: str) -> None:
    """A value, a header or a name of a file that holds one is hidden, however it got there."""
    place = Place(file="ecoles.csv", line=2, field=f"x {NUMEN}", source=f"mot de passe : {NUMEN}")
    path = tmp_path / f"f{kind}"
    write_faults(path, outcome_of(Fault("T314", place, {"value": NUMEN})), "fr")
    assert NUMEN not in shown(path) and "…" in shown(path)


def shown(path: Path) -> str:
    if path.suffix != ".xlsx":
        return path.read_text("utf-8-sig")
    cells = [cell for sheet in load_workbook(path) for row in sheet.iter_rows() for cell in row]
    return "\n".join(f"{cell.value}\n{cell.comment.text if cell.comment else ''}" for cell in cells)


@pytest.mark.parametrize("title", ["Feuil1", "Liste des écoles", "L'année"])
def test_the_copy_marks_the_bad_cells(tmp_path: Path, title: str) -> None:
    """Filled, with a comment; a first sheet lists all; what is wrong with a record is marked at its UAI."""
    source = schools(tmp_path, title)
    before = source.read_bytes()
    sheet = title if title.isalnum() else "'" + title.replace("'", "''") + "'"
    record = Fault("F102", Place(file="leaflet-a4", uai=OTHER), {"missing_mm": "3", "text": "=W"})
    warning = Fault("T306", in_cell(f"{sheet}!C2", source.name), {"uai": UAI, "line": 2, "first": 1})
    faults = (bad_cell(f"{sheet}!C2"), warning, record)
    written = write_faults(tmp_path / "defauts.xlsx", outcome_of(*faults, lists=(source,)), "fr")
    assert written == FaultFiles(files=(tmp_path / "defauts.xlsx",), copies=(tmp_path / "defauts.xlsx",))
    assert source.read_bytes() == before
    book = load_workbook(tmp_path / "defauts.xlsx")
    assert book.sheetnames == ["Défauts", title]
    marked = {cell.coordinate: cell for row in book[title] for cell in row if cell.comment}
    assert set(marked) == {"C2", "A3"}
    assert marked["C2"].comment.text.startswith("T314 ") and "\n→ " in marked["C2"].comment.text
    assert "T306 " in marked["C2"].comment.text and marked["C2"].fill.start_color.rgb.endswith("FFC7CE")
    assert marked["A3"].comment.text.startswith("F102 ") and book[title]["B2"].fill.fill_type is None
    rows = list(book["Défauts"].iter_rows(values_only=True))
    assert [row[0] for row in rows] == ["code", "T314", "T306", "F102"]
    assert rows[1][4] == f"{sheet}!C2" or rows[1][4] == f"'{sheet}!C2"
    assert {cell.data_type for row in book["Défauts"] for cell in row} <= {"s", "n", "inlineStr"}


def test_a_copy_has_no_secrets(tmp_path: Path) -> None:
    """Neither cells that look like one, nor what stands below the name of one."""
    source = schools(tmp_path)
    write_faults(tmp_path / "f.xlsx", outcome_of(bad_cell("Feuil1!C2"), lists=(source,)), "en")
    text = shown(tmp_path / "f.xlsx")
    assert not [secret for secret in (NUMEN, "secret12", "123456") if secret in text]
    assert "Lycée Descartes" in text


def test_formulas_of_values_stay_text(tmp_path: Path) -> None:
    write_faults(tmp_path / "f.xlsx", outcome_of(bad_cell("A!B2", "=HYPERLINK(1)")), "fr")
    cells = [cell for row in load_workbook(tmp_path / "f.xlsx")["Défauts"] for cell in row]
    assert next(cell.value for cell in cells if "HYPERLINK" in str(cell.value)) == "'=HYPERLINK(1)"
    assert {cell.data_type for cell in cells} <= {"s", "n", "inlineStr"}


def test_merged_cells_are_marked_at_their_first(tmp_path: Path) -> None:
    """A comment cannot stand on the others."""
    source = schools(tmp_path)
    book = load_workbook(source)
    book["Feuil1"].merge_cells("B2:C3")
    book.save(source)
    write_faults(tmp_path / "f.xlsx", outcome_of(bad_cell("Feuil1!C3"), lists=(source,)), "fr")
    assert load_workbook(tmp_path / "f.xlsx")["Feuil1"]["B2"].comment is not None


def test_a_list_that_is_no_xlsx_gives_the_faults_alone(tmp_path: Path) -> None:
    """CSV has no room for marks; an XLSX that openpyxl cannot read is said to be one."""
    text, broken = tmp_path / "ecoles.csv", tmp_path / "ecoles.xlsx"
    text.write_text("uai\n", "utf-8")
    broken.write_bytes(b"PK\x03\x04nothing")
    written = write_faults(tmp_path / "f.xlsx", outcome_of(bad_cell("A!B2", name="ecoles.csv"), lists=(text,)), "en")
    assert (written.copies, written.faults) == ((), ())
    assert load_workbook(tmp_path / "f.xlsx").sheetnames == ["Faults"]
    written = write_faults(tmp_path / "f.xlsx", outcome_of(bad_cell("A!B2"), lists=(broken,)), "en")
    assert [fault.code for fault in written.faults] == ["W111"]
    assert load_workbook(tmp_path / "f.xlsx").sheetnames == ["Faults"]


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_copies_of_private_lists_are_for_their_owner_alone(tmp_path: Path) -> None:
    """A staff list gets a copy of its own, told as such; no value of it is in the list of faults."""
    staff = workbook(tmp_path / "personnels.xlsx", ("prenom", "nom"), ("Ondine", "Passiflore"))
    (tmp_path / "ecoles.csv").write_text("uai\n", "utf-8")
    fault = Fault("T403", in_cell("Feuil1!B2", "personnels.xlsx"), {"value": "…"})
    old = os.umask(0)
    try:
        written = write_faults(tmp_path / "f.xlsx", outcome_of(fault, lists=(tmp_path / "ecoles.csv", staff)), "fr")
    finally:
        os.umask(old)
    assert written.copies == (tmp_path / "f-personnels.xlsx",)
    assert written.files == (tmp_path / "f.xlsx", tmp_path / "f-personnels.xlsx")
    assert {stat.S_IMODE(path.stat().st_mode) for path in written.files} == {0o600}
    assert "Passiflore" not in shown(tmp_path / "f.xlsx")
    assert "Passiflore" in shown(tmp_path / "f-personnels.xlsx")


def test_a_list_that_announces_secrets_is_never_copied(tmp_path: Path) -> None:
    source = workbook(tmp_path / "mots de passe.xlsx", ("x",), ("y",))
    outcome = outcome_of(bad_cell("Feuil1!A1", name=source.name), lists=(source,))
    assert write_faults(tmp_path / "f.xlsx", outcome, "fr").copies == ()


def test_no_file_of_the_campaign_is_overwritten(tmp_path: Path) -> None:
    source = schools(tmp_path)
    before = source.read_bytes()
    link = tmp_path / "lien.xlsx"
    link.symlink_to(source)
    outcome = outcome_of(bad_cell("Feuil1!C2"), lists=(source,))
    for path in (source, tmp_path / "x" / ".." / "ecoles.xlsx", link):
        (tmp_path / "x").mkdir(exist_ok=True)
        assert codes_of(lambda path=path: write_faults(path, outcome, "fr"), UsageError) == ["U021"]
    assert source.read_bytes() == before


def test_what_cannot_be_written_is_reported(tmp_path: Path) -> None:
    """An unknown ending, a folder that is not there, a folder of this name; nothing is left over."""
    (tmp_path / "d.csv").mkdir()
    cases = {"f.txt": (UsageError, "U020"), "no/f.csv": (RenderError, "W110"), "d.csv": (RenderError, "W117")}
    outcome = outcome_of(bad_cell("A!B2"))
    for name, (kind, code) in cases.items():
        assert codes_of(lambda path=tmp_path / name: write_faults(path, outcome, "en"), kind) == [code]
    assert [path.name for path in tmp_path.iterdir()] == ["d.csv"]


def test_what_stopped_a_run_is_taken_once() -> None:
    report = Report()
    report.add("U001", Place(file="a"), value="a")
    outcome = outcome_of(*report)
    outcome.add_faults([*report, bad_cell("A!B2")])
    assert [fault.code for fault in outcome.report] == ["U001", "T314"]
