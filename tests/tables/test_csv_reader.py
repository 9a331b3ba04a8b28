"""CSV files in the shapes people have them: what is read back equals what was written."""

import csv
import io
import itertools
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.faults import DataError, Report
from leaflet.tables import ReadOptions, Row, Table, read_table
from tests.support import fault_of

HEADER = ("uai", "nom", "commune")
TEXT = st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=40)
ROWS = st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=8)


def read(content: bytes, encoding: str | None = None) -> tuple[Table, list[Row], Report]:
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ecoles.csv"
        path.write_bytes(content)
        table = read_table(path, report=report, options=ReadOptions(encoding=encoding))
    return table, list(table.rows), report


def written(rows: list[tuple[str, ...]], delimiter: str, end: str = "\r\n") -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows([HEADER, *rows])
    return out.getvalue()


@given(rows=ROWS, delimiter=st.sampled_from(",;\t"), bom=st.booleans())
def test_what_is_written_is_read_back(rows: list[tuple[str, ...]], delimiter: str, bom: bool) -> None:
    table, found, report = read(written(rows, delimiter).encode("utf-8-sig" if bom else "utf-8"))
    assert table.header == HEADER
    assert [row.cells for row in found] == [tuple(map(with_newlines, row)) for row in rows]
    assert {fault.code for fault in report} <= {"T156"}


def with_newlines(text: str) -> str:
    """Line breaks as a table has them."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(rows=ROWS, delimiter=st.sampled_from(",;\t"))
def test_line_numbers_are_those_of_an_editor(rows: list[tuple[str, ...]], delimiter: str) -> None:
    """A row begins on the line after all physical lines before it, line breaks in cells included."""
    _, found, _ = read(written(rows, delimiter).encode())
    breaks = [written([row], delimiter).replace("\r\n", "\n").replace("\r", "\n").count("\n") - 1 for row in rows]
    assert [row.line for row in found] == [2, *(2 + total for total in itertools.accumulate(breaks))][:-1]


@pytest.mark.parametrize("encoding", ["cp850", "mac-roman", "latin-1", "utf-16"])
def test_encoding_can_be_named(encoding: str) -> None:
    _, found, _ = read("uai;nom;commune\n0180007K;Lycée;Bourges\n".encode(encoding), encoding)
    assert found[0].cells[1] == "Lycée"


@pytest.mark.parametrize(("content", "code", "line"), [
    (b"uai;nom;commune\r\n\r\n0370001A;\x9d;x\r\n", "T109", 3),
    (b"\xef\xbb\xbfuai;nom;commune\n0370001A;\xe9;x\n", "T109", 2), (b"\xff\xfeu\x00a", "T109", 1),
    (b'uai;"nom;commune\n0370001A;x;y\n', "T114", 1), (b'"uai" x;nom;commune\n', "T115", 1),
    (b"u\x00a\x00i\x00;\x00n\x00", "T113", 1)
])  # fmt: skip
def test_unreadable_files_name_their_line(content: bytes, code: str, line: int) -> None:
    fault = fault_of(lambda: read(content), DataError)
    assert (fault.code, fault.place.line) == (code, line)


def test_undecodable_byte_across_chunks() -> None:
    """A character cut by the reading buffer is no fault, and does not move the line of one."""
    good = b"uai;nom\n" + b"x" * (65_536 - 9) + "é".encode()
    with pytest.raises(DataError) as caught:
        read(b"\xef\xbb\xbf" + good[: 65_536 - 4] + "é\n".encode() * 3 + b"\xe9\n")
    assert caught.value.faults[0].place.line == 5


def test_delimiter_is_judged_by_the_header_then_by_the_rows() -> None:
    """Commas in names do not make a comma file; of two possible delimiters the steady one wins."""
    _, found, _ = read(b"uai;nom;commune\n1;a,b,c,d;x\n2;a,b,c,d;y\n")
    assert found[0].cells == ("1", "a,b,c,d", "x")
    table, _, _ = read(b"uai;nom, complet;commune\n1;a;x\n2;b;y\n")
    assert table.header == ("uai", "nom, complet", "commune")


def test_delimiter_line_of_spreadsheets_is_obeyed() -> None:
    """``sep=,`` on the first line is no header, and the lines keep their numbers."""
    table, found, _ = read(b"sep=,\nuai,nom,commune\n1,a;b,x\n")
    assert (table.header_line, found[0].line, found[0].cells) == (2, 3, ("1", "a;b", "x"))


def test_empty_cells_past_the_header_are_dropped() -> None:
    table, found, report = read(b"uai;nom;commune;;\n1;a;x;;\n2;b;y;;;;\n3;c;z\n")
    assert table.header == HEADER
    assert [row.cells for row in found] == [("1", "a", "x"), ("2", "b", "y"), ("3", "c", "z")]
    assert not len(report)


def test_rows_after_a_broken_one_are_still_read() -> None:
    _, found, report = read(b'uai;nom;commune\n1;"a"b;x\n2;b;y\n')
    assert [(row.line, row.cells[0]) for row in found] == [(3, "2")]
    assert [fault.code for fault in report] == ["T115"]


@pytest.mark.parametrize("quote", [b"", b'"'])
def test_monstrous_cell_is_refused(quote: bytes) -> None:
    """A cell past the csv module's own limit ends in a fault, not in an exception."""
    _, found, report = read(b"uai;nom;commune\n1;a;x\n2;" + quote + b"b" * 200_000 + b";y\n")
    assert [row.cells[0] for row in found] == ["1"]
    assert [(fault.code, fault.place.line) for fault in report] == [("T119", 3)]
