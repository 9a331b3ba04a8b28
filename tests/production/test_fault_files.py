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

from leaflet.faults import LANGUAGES, Fault, Place, RenderError, Report, UsageError
from leaflet.production.fault_lists import fault_record, faults_csv, faults_json, write_faults
from leaflet.production.outcome import Outcome, RowCounts
from leaflet.tables.cells import as_text
from tests.support import codes_of

NUMEN = "12E3400567ABC"
KEYS = ["code", "severity", "file", "line", "cell", "field", "record", "page", "reason", "way_out", "lang", "values"]
FORMULA = tuple("=+-@\t\r\n")


def in_cell(cell: str, name: str = "ecoles.xlsx") -> Place:
    """The place of a cell whose column has one letter."""
    sheet, _, spot = cell.rpartition("!")
    return Place(file=name, sheet=sheet, column=spot[0], row=int(spot[1:]), field="code_postal")


def bad_cell(cell: str, value: str = "12", name: str = "ecoles.xlsx") -> Fault:
    return Fault("T314", in_cell(cell, name), {"value": value})


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


@pytest.mark.parametrize("kind", [".csv", ".json"])
def test_no_secret_is_in_any_of_them(tmp_path: Path, kind: str) -> None:
    """A value, a header or a name of a file that holds one is hidden, however it got there."""
    place = Place(file="ecoles.csv", line=2, field=f"x {NUMEN}", source=f"mot de passe : {NUMEN}")
    path = tmp_path / f"f{kind}"
    write_faults(path, outcome_of(Fault("T314", place, {"value": NUMEN})), "fr")
    assert NUMEN not in path.read_text("utf-8-sig") and "…" in path.read_text("utf-8-sig")


@pytest.mark.skipif(os.name != "posix", reason="modes are POSIX")
def test_values_of_private_lists_are_for_their_owner_alone(tmp_path: Path) -> None:
    old = os.umask(0)
    try:
        write_faults(tmp_path / "f.csv", outcome_of(bad_cell("A!B2")), "fr")
    finally:
        os.umask(old)
    assert stat.S_IMODE((tmp_path / "f.csv").stat().st_mode) == 0o600


def test_no_file_of_the_campaign_is_overwritten(tmp_path: Path) -> None:
    source, link = tmp_path / "ecoles.csv", tmp_path / "lien.csv"
    source.write_text("uai\n", "utf-8")
    link.symlink_to(source)
    outcome = outcome_of(bad_cell("Feuil1!C2"), lists=(source,))
    for path in (source, tmp_path / "x" / ".." / "ecoles.csv", link):
        (tmp_path / "x").mkdir(exist_ok=True)
        assert codes_of(lambda path=path: write_faults(path, outcome, "fr"), UsageError) == ["U021"]
    assert source.read_text("utf-8") == "uai\n"


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
