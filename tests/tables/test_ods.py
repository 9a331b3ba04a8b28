"""ODS: the same `Table` as from the other kinds, repeated rows and cells counted and not copied."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import books
from tests.tables.books import HEADER, OTHER, SCHOOL, ods_row
from tests.tables.test_xlsx import TEXT, TITLES
from tests.tables.test_xlsx import faults_of as faults_any
from tests.tables.test_xlsx import read as read_any
from tests.tables.test_xlsx import refusal as refusal_any


def read(content: bytes, **options: Any) -> Any:
    return read_any(content, "ecoles.ods", **options)


def value_cell(kind: str, value: str, text: str, more: str = "") -> str:
    shown = f"<text:p>{text}</text:p>" if text else ""
    name = "value" if kind in ("float", "percentage", "currency") else f"{kind}-value"
    return f'<table:table-cell office:value-type="{kind}" office:{name}="{value}" {more}>{shown}</table:table-cell>'


@given(rows=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=6))
def test_what_is_written_is_read_back(rows: list[tuple[str, ...]]) -> None:
    _, found, faults = read(books.ods_of(TITLES, *rows))
    wanted = [row for row in rows if any(cell.strip() for cell in row)]
    assert [row.cells for row in found] == wanted
    assert {fault.code for fault in faults} <= ({"T116"} if not wanted else set())


def test_places_are_cells() -> None:
    blank = ods_row((), 'table:number-rows-repeated="7"') + "<table:table-row><table:table-cell/></table:table-row>"
    row = (
        '<table:table-cell table:number-columns-repeated="4"/><table:table-cell><text:p>x</text:p></table:table-cell>'
    )
    _, rows, faults = read(books.ods_list(blank, f"<table:table-row>{row}</table:table-row>", ods_row(OTHER)))
    assert [(found.line, found.cells) for found in rows] == [(2, SCHOOL), (12, OTHER)]
    assert [(fault.code, fault.place.cell) for fault in faults] == [("T149", "Feuille1!E11")]


@pytest.mark.parametrize(
    ("cell", "text"),
    [(value_cell("float", "1505", "01505"), "01505"), (value_cell("float", "1505", "1\u202f505"), "1505"),
     (value_cell("float", "1505", ""), "1505"), (value_cell("float", "12.5", "12,5"), "12,5"),
     (value_cell("float", "1505", "###"), "1505"), (value_cell("percentage", "0.12", "12 %"), "12 %"),
     ('<table:table-cell office:value-type="string" office:string-value="Lycée"/>', "Lycée"),
     ("<table:table-cell><text:p>Ly<text:span>cé</text:span>e</text:p></table:table-cell>", "Lycée"),
     ("<table:table-cell><text:p>a</text:p><text:p>b<text:line-break/>c</text:p></table:table-cell>", "a\nb\nc"),
     ("<table:table-cell><text:p>  a \n  b </text:p></table:table-cell>", "a b"),
     ('<table:table-cell><text:p>a<text:s text:c="3"/>b<text:tab/>c</text:p></table:table-cell>', "a   b\tc"),
     ("<table:table-cell><office:annotation><text:p>note</text:p></office:annotation><text:p>a</text:p></table:table-cell>",
      "a"),
     ("<table:table-cell><draw:frame><text:p>image</text:p></draw:frame><text:p>a</text:p></table:table-cell>", "a"),
     ('<table:table-cell table:formula="of:=A" office:value-type="string"><text:p>a</text:p></table:table-cell>',
      "a")],
)  # fmt: skip
def test_cells_are_taken_as_displayed(cell: str, text: str) -> None:
    _, rows, faults = read(books.ods_list(ods_row(("0370040T", cell, "Tours"))))
    assert (rows[1].cells[1], faults) == (text, [])


@pytest.mark.parametrize(("cell", "code"), [
    (value_cell("boolean", "true", "VRAI"), "T163"), (value_cell("boolean", "false", ""), "T163"),
    (value_cell("date", "1945-05-08", "08/05/45"), "T145"), (value_cell("time", "PT12H", "12:00"), "T145"),
    (value_cell("float", "37402", "3,74E+04"), "T146"), ('<table:table-cell table:formula="of:=[.A1]"/>', "T143"),
    ('<table:table-cell table:formula="of:=A" calcext:value-type="error"><text:p>#N/A</text:p></table:table-cell>',
     "T144"), ('<table:table-cell table:formula="of:=A"><text:p>Err:502</text:p></table:table-cell>', "T144"),
    (f"<table:table-cell><text:p>{'a' * 10_001}</text:p></table:table-cell>", "T119"),
    ('<table:table-cell><text:p>a<text:s text:c="999999999"/></text:p></table:table-cell>', "T119")
])  # fmt: skip
def test_cells_that_cannot_be_read_are_faults(cell: str, code: str) -> None:
    _, rows, faults = read(books.ods_list(ods_row(("0370040T", cell, "Tours")), ods_row(OTHER)))
    assert [row.line for row in rows] == [2, 4]
    assert [(fault.code, fault.place.cell, fault.place.field) for fault in faults] == [(code, "Feuille1!B3", "nom")]


def test_hidden_rows_and_columns() -> None:
    hidden = [ods_row(OTHER, f'table:visibility="{how}"') for how in ("collapse", "filter")]
    folded = f'<table:table-row-group table:display="false">{ods_row(OTHER)}</table:table-row-group>'
    columns = '<table:table-column/><table:table-column table:visibility="collapse"/>'
    _, rows, faults = read(books.ods_list(*hidden, folded, ods_row(OTHER), before=columns))
    assert [row.line for row in rows] == [2, 6]
    found = [(fault.code, fault.values.get("rows"), fault.values.get("columns")) for fault in faults]
    assert found == [("T141", None, "B"), ("T140", "3–5", None)]


def test_sheets_are_chosen_by_the_user() -> None:
    first = books.ods_sheet((ods_row(HEADER), ods_row(SCHOOL)), "2025")
    second = books.ods_sheet((ods_row(HEADER), ods_row(OTHER)), "2026")
    hidden = books.ods_sheet((ods_row(HEADER),), "Clés", "hidden")
    empty = books.ods_sheet((ods_row(()),), "Vide")
    assert refusal_any(books.ods(first, second), "e.ods").values["known"] == "2025, 2026"
    assert read(books.ods(first, second), sheet="2026")[1][0].cells == OTHER
    table, rows, faults = read(books.ods(empty, second, hidden))
    assert (table.sheet, rows[0].cells, [fault.code for fault in faults]) == ("2026", OTHER, ["T139"])
    assert refusal_any(books.ods(hidden, empty), "e.ods").code == "T138"
    assert refusal_any(books.ods(empty), "e.ods").code == "T104"


def test_merged_cells_are_faults() -> None:
    wide = '<table:table-cell table:number-columns-spanned="2"><text:p>Tours</text:p></table:table-cell>'
    covered = "<table:covered-table-cell><text:p>dessous</text:p></table:covered-table-cell>"
    _, rows, faults = read(books.ods_list(f"<table:table-row>{wide}{covered}</table:table-row>", ods_row(OTHER)))
    assert [row.line for row in rows] == [2, 4]
    assert [(fault.code, fault.values["range"]) for fault in faults] == [("T142", "A3:B3")]


def test_repeated_rows_are_rows() -> None:
    row = ("0370040T", "L", "T")
    found = read(books.ods_list(ods_row(row, 'table:number-rows-repeated="3"')))[1]
    assert [each.line for each in found] == [2, 3, 4, 5]
    faults = faults_any(books.ods_list(ods_row(row, 'table:number-rows-repeated="1000000"')), "e.ods")
    assert [fault.code for fault in faults] == ["T117"]


def test_blank_rows_end_a_sheet() -> None:
    blank = ods_row((), 'table:number-rows-repeated="1048000"')
    assert read(books.ods_list(blank))[2] == []
    assert [fault.code for fault in read(books.ods_list(blank, ods_row(OTHER)))[2]] == ["T148"]
    many = "<table:table-row><table:table-cell/></table:table-row>" * 3000
    assert read(books.ods_list(many))[2] == []
    assert [fault.code for fault in read(books.ods_list(many, ods_row(OTHER)))[2]] == ["T148"]
