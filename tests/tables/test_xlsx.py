"""XLSX: cells as the user sees them, at the places the user sees; everything else is a fault with its cell."""

import tempfile
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from leaflet.confidential import normalise
from leaflet.faults import DataError, Fault, Report
from leaflet.tables import Limits, ReadOptions, Row, Table, load_schools, load_staff, read_table
from leaflet.tables.column_names import SCHOOLS
from leaflet.tables.number_format import parse_format, show_number
from tests.support import fault_of, tables_of
from tests.tables import books
from tests.tables.books import HEADER, OTHER, SCHOOL, row_xml, xlsx
from tests.tables.fault_cases import faults_in

EPOCH = datetime(1899, 12, 30)
LETTERS = st.characters(blacklist_categories=["Cs", "Cc"], blacklist_characters="\ufffe\uffff")
TEXT = st.text(LETTERS, max_size=40).filter(lambda text: not is_furniture(text))
TITLES = ("etab", "lieu", "remarque")


def is_furniture(text: str) -> bool:
    """Whether a row with this text may be a total or the header once more, which readers leave out and tell."""
    name = normalise(text)
    return "tota" in name or name in SCHOOLS.known


def read(
    content: bytes, name: str = "ecoles.xlsx", sheet: str = "", **options: Any
) -> tuple[Table, list[Row], list[Fault]]:
    """A file with what is wrong in it; a file refused raises."""
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        table = read_table(
            path, report=report, options=ReadOptions(sheets=(sheet,) if sheet else (), **options), vocabulary=SCHOOLS
        )
        rows = list(table.rows)
    return table, rows, list(report)


def faults_of(content: bytes, name: str = "ecoles.xlsx", **options: Any) -> list[Fault]:
    """What is wrong in a file, refused or not."""
    try:
        return read(content, name, **options)[2]
    except DataError as error:
        return error.faults


def refusal(content: bytes, name: str = "ecoles.xlsx", **options: Any) -> Fault:
    return fault_of(lambda: read(content, name, **options), DataError)


def number_cell(reference: str, value: str, style: int = 0) -> str:
    return f'<c r="{reference}" s="{style}"><v>{value}</v></c>'


def write_book(rows: list[tuple[str, ...]]) -> bytes:
    """Texts as openpyxl writes them, never as formulas."""
    book = Workbook()
    sheet = book.active
    for at, row in enumerate([TITLES, *rows], 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(at, column)
            cell.value = text.replace("_x", "_x005F_x")
            cell.data_type = "s"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


@given(rows=st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=6))
def test_what_is_written_is_read_back(rows: list[tuple[str, ...]]) -> None:
    _, found, faults = read(write_book(rows))
    wanted = [row for row in rows if any(cell.strip() for cell in row)]
    assert [row.cells for row in found] == wanted
    assert {fault.code for fault in faults} <= ({"T116"} if not wanted else set())


def test_places_are_cells(tmp_path: Path) -> None:
    sheet = books.table_xml((), HEADER, ("0370001B", "Lycée", "Amboise"), first=1)
    for name, shown in (("Feuil1", "Feuil1"), ("Liste d'été", "'Liste d''été'"), ("2026", "'2026'")):
        fault = faults_in(tmp_path, books.zipped(books.xlsx_parts({name: sheet})), "ecoles.xlsx")[0]
        assert fault.place.text("fr") == f"ecoles.xlsx · {shown}!A3 · «\u00a0uai\u00a0»"
        assert (fault.place.cell, fault.place.line) == (f"{shown}!A3", None)


def test_a_sheet_is_a_list_of_schools(tmp_path: Path) -> None:
    path, report = tmp_path / "ecoles.xlsx", Report()
    path.write_bytes(books.xlsx_of(("Lycées",), (), HEADER, SCHOOL, (), OTHER))
    assert load_staff(path, schools=set(), report=Report()) == {}
    found = [(school.key, school.line) for school in load_schools(path, report=report)]
    assert found == [("0370001A", 4), ("0370040T", 6)] and [fault.code for fault in report] == ["T153"]


TABLES = tables_of(__file__)


@pytest.mark.parametrize(("value", "code", "shown"), TABLES["numbers"])
def test_numbers_are_shown_as_in_the_spreadsheet(value: str, code: str, shown: str) -> None:
    assert show_number(value, parse_format(code), epoch=EPOCH) == (shown, None)


@pytest.mark.parametrize(("value", "code", "shown", "doubt"), TABLES["doubtful"])
def test_numbers_that_say_something_else_are_doubtful(value: str, code: str, shown: str, doubt: str) -> None:
    assert show_number(value, parse_format(code), epoch=EPOCH) == (shown, doubt)


def test_the_postcode_of_a_number_format() -> None:
    sheet = books.table_xml((*HEADER, "code_postal"), ("0010001W", "L", "Bourg", number_cell("D2", "1505", 1)))
    _, rows, faults = read(xlsx(sheet, styles=books.styles_xml("00000")))
    assert (rows[0].cells[3], faults) == ("01505", [])


@pytest.mark.parametrize(("cell", "text"), TABLES["cells"])
def test_kinds_of_cells(cell: str, text: str) -> None:
    sheet = books.list_xml(row_xml(3, ("0370040T", cell, "Tours")))
    _, rows, faults = read(xlsx(sheet, strings=books.strings_xml("x", "L’école")))
    assert (rows[1].cells[1], faults) == (text, [])


@pytest.mark.parametrize(("cell", "code"), [
    ('<c r="B3"><f>A1</f></c>', "T143"), ('<c r="B3"><f>A1</f><v></v></c>', "T143"),
    ('<c r="B3" t="e"><v>#REF!</v></c>', "T144"), ('<c r="B3" t="e"><f>A1</f><v>#N/A</v></c>', "T144"),
    ('<c r="B3" s="1"><v>16565</v></c>', "T145"), ('<c r="B3" t="d"><v>1945-05-08</v></c>', "T145"),
    ('<c r="B3" s="2"><v>16565</v></c>', "T146"), ('<c r="B3" t="b"><v>1</v></c>', "T163"),
    (f'<c r="B3" t="inlineStr"><is><t>{"a" * 10_001}</t></is></c>', "T119")
])  # fmt: skip
def test_cells_that_cannot_be_read_are_faults(cell: str, code: str) -> None:
    sheet = books.list_xml(row_xml(3, ("0370040T", cell, "Tours")), row_xml(4, OTHER))
    _, rows, faults = read(xlsx(sheet, styles=books.styles_xml("d/m/yy", "0E+0")))
    assert [row.line for row in rows] == [2, 4]
    assert [(fault.code, fault.place.cell, fault.place.field) for fault in faults] == [(code, "Feuil1!B3", "nom")]


def test_dates_do_not_matter_where_nobody_reads_them() -> None:
    """In a column of the Annuaire that is not read they are no fault; in an unknown one a single warning."""
    styles = books.styles_xml("dd/mm/yyyy")
    rows = [(*SCHOOL, number_cell("D2", "46000", 1)), (*OTHER, number_cell("D3", "46001", 1))]
    for title, codes in (("date_ouverture", []), ("visite", ["T147"])):
        _, found, faults = read(xlsx(books.table_xml((*HEADER, title), *rows), styles=styles))
        assert [row.cells[3] for row in found] == ["09/12/2025", "10/12/2025"]
        assert [fault.code for fault in faults] == codes


def test_dates_of_old_macs() -> None:
    sheet = books.table_xml((*HEADER, "date_ouverture"), (*SCHOOL, number_cell("D2", "1", 1)))
    book = xlsx(sheet, styles=books.styles_xml("dd/mm/yyyy"), workbook='<workbookPr date1904="1"/>')
    assert read(book)[1][0].cells[3] == date(1904, 1, 2).strftime("%d/%m/%Y")


def test_hidden_rows_are_left_out_and_named() -> None:
    hidden = [row_xml(at, OTHER, 'hidden="1"') for at in (3, 4, 6)] + [row_xml(8, OTHER, 'ht="0" customHeight="1"')]
    _, rows, faults = read(xlsx(books.list_xml(*hidden, row_xml(9, OTHER))))
    assert [row.line for row in rows] == [2, 9]
    assert [(f.code, f.values["rows"], f.values["count"]) for f in faults] == [("T140", "3–4, 6, 8", 4)]


def test_secrets_in_hidden_rows_are_refused() -> None:
    """A hidden row makes no page, and its secret is refused all the same: it stays in the file."""
    _, _, faults = read(xlsx(books.list_xml(row_xml(3, ("0370035M", "NUMEN 12E3456789ABC", "Tours"), 'hidden="1"'))))
    assert [(fault.code, fault.place.cell) for fault in faults] == [("T317", "Feuil1!B3"), ("T140", "Feuil1!A3")]


def test_hidden_columns_are_read_and_named() -> None:
    """Lists hide the very code that is needed."""
    _, rows, faults = read(xlsx(books.list_xml(before='<cols><col min="1" max="2" hidden="1"/></cols>')))
    assert rows[0].cells == SCHOOL
    assert [(fault.code, fault.values["columns"]) for fault in faults] == [("T141", "A, B")]


def test_sheets_are_chosen_by_the_user() -> None:
    filled = books.list_xml()
    several = books.zipped(books.xlsx_parts({"2025": filled, "2026": books.table_xml(HEADER, OTHER)}))
    assert refusal(several).values["known"] == "2025, 2026" and read(several, sheet="2026")[1][0].cells == OTHER
    fault = refusal(several, sheet="2027")
    assert (fault.code, fault.values["known"]) == ("T136", "2025, 2026")
    one = [("Feuil1", books.sheet_xml([]), "visible"), ("Liste", filled, "visible"), ("Clés", filled, "hidden")]
    table, rows, faults = read(books.zipped(books.xlsx_parts(one)))
    assert (table.sheet, len(rows), [fault.code for fault in faults]) == ("Liste", 1, ["T139"])
    assert read(books.zipped(books.xlsx_parts(one)), sheet="clés")[0].sheet == "Clés"
    assert refusal(books.zipped(books.xlsx_parts([("Clés", filled, "veryHidden")]))).code == "T138"
    assert refusal(xlsx(books.sheet_xml([]))).code == "T104"


def test_a_sheet_named_after_a_secret_is_not_shown(tmp_path: Path) -> None:
    sheet = books.table_xml(HEADER, ("", "Lycée", "Amboise"))
    faults = faults_in(tmp_path, books.zipped(books.xlsx_parts({"mdp Azerty123456": sheet})), "ecoles.xlsx")
    assert [fault.place.cell for fault in faults] == ["…!A2"]


def test_the_header_is_found_under_titles() -> None:
    table, rows, faults = read(books.xlsx_of(("Liste", "de l’UAI"), (), ("UAI", "Nom", "Ville"), SCHOOL))
    assert (table.header, table.header_line, rows[0].line) == (("UAI", "Nom", "Ville"), 3, 4)
    assert [(fault.code, fault.values["count"]) for fault in faults] == [("T153", 1)]
    table, rows, _ = read(books.xlsx_of((), ("a", "b"), ("1", "2")))
    assert (table.header, len(rows)) == (("a", "b"), 1)


def test_the_header_can_be_named() -> None:
    book = books.xlsx_of(("uai", "nom"), ("x", "y"), ("1", "2"))
    table, rows, _ = read(book, header_row=2)
    assert (table.header, rows[0].cells) == (("x", "y"), ("1", "2"))
    assert refusal(book, header_row=9).code == "T154"
    assert read(b"a;b\nuai;nom;commune\n1;2;3\n", "e.csv", header_row=2)[0].header == HEADER
    assert refusal(b"uai;nom;commune\n1;2;3\n", "e.csv", header_row=7).code == "T154"


def test_a_merged_title_is_that_of_its_first_column() -> None:
    """The column under the rest of it has no name, so what stands there is a fault."""
    header = ("uai", "nom", "commune", "adresse", "")
    sheet = books.table_xml(
        header, (*SCHOOL, "1 rue A", ""), after='<mergeCells><mergeCell ref="D1:E1"/></mergeCells>'
    )
    table, rows, faults = read(xlsx(sheet))
    assert (table.header, rows[0].cells[3], faults) == (header[:4], "1 rue A", [])


@pytest.mark.parametrize(("merge", "lines", "codes"), TABLES["merges"])
def test_merged_cells_in_the_list_are_faults(merge: str, lines: list[int], codes: list[str]) -> None:
    uais = ["0370040T", "0370035M", "0370036N"]
    more = [row_xml(at, (uai, "L", "T")) for at, uai in enumerate(uais, 3)]
    _, rows, faults = read(xlsx(books.list_xml(*more, after=f'<mergeCells><mergeCell ref="{merge}"/></mergeCells>')))
    assert [row.line for row in rows] == lines and [fault.code for fault in faults] == codes


def test_totals_and_repeated_headers_are_left_out() -> None:
    more = [("TOTAL", "", ""), HEADER, ("Sous-total Tours", "", ""), ("RNE", "Nom", "Ville"), OTHER]
    _, rows, faults = read(books.xlsx_of(HEADER, SCHOOL, *more))
    assert [row.line for row in rows] == [2, 7]
    told = [(fault.code, fault.values.get("rows")) for fault in faults]
    assert told == [("T151", None), ("T150", "4"), ("T152", "3, 5")]
    assert faults[-1].reason("fr") == "2 lignes de totaux ne sont pas lues\u00a0: 3, 5."
    lines = "\n".join(";".join(row) for row in (HEADER, SCHOOL, more[0][:2], *more[1:]))
    _, rows, faults = read(lines.encode(), "ecoles.csv")
    assert ([row.line for row in rows], [fault.code for fault in faults]) == ([2, 7], ["T151", "T150", "T152"])


def test_blank_rows_end_a_sheet() -> None:
    assert [row.line for row in read(xlsx(books.list_xml(row_xml(900, OTHER))))[1]] == [2, 900]
    _, rows, faults = read(xlsx(books.list_xml(row_xml(1_048_576, ["", "", "", "x"]))))
    assert ([row.line for row in rows], [fault.code for fault in faults]) == ([2], ["T148"])
    blank = [row_xml(at, [f'<c r="A{at}" s="0"/>']) for at in range(3, 3000)]
    assert [fault.code for fault in read(xlsx(books.list_xml(*blank)))[2]] == []
    assert [fault.code for fault in read(xlsx(books.list_xml(*blank, row_xml(3000, OTHER))))[2]] == ["T148"]


@pytest.mark.parametrize("column", ["D", "GR", "GS", "XFD"])
def test_cells_beyond_the_header_are_faults(column: str) -> None:
    _, rows, faults = read(xlsx(books.list_xml(row_xml(3, (*OTHER, books.text_cell(f"{column}3", "x"))))))
    assert [row.line for row in rows] == [2]
    assert [(fault.code, fault.place.cell) for fault in faults] == [("T149", f"Feuil1!{column}3")]


@pytest.mark.parametrize(("limits", "code"), [
    (Limits(rows=1), "T117"), (Limits(columns=2), "T118"), (Limits(cell_chars=20), "T119"),
    (Limits(file_bytes=500), "T107"), (Limits(unzipped_bytes=500), "T131"), (Limits(parts=2), "T133"),
    (Limits(text_bytes=50), "T131"), (Limits(blank_rows=0), "T148")
])  # fmt: skip
def test_limits_are_the_users(limits: Limits, code: str) -> None:
    book = xlsx(books.list_xml(row_xml(4, OTHER)), strings=books.strings_xml("a", "b"))
    assert {fault.code for fault in faults_of(book, limits=limits)} == {code}


@pytest.mark.parametrize("rows", [
    row_xml(2, SCHOOL), '<row r="0"><c r="A0"><v>1</v></c></row>', '<row r="3"><c r="A4"><v>1</v></c></row>',
    '<row r="3"><c r="B3"><v>1</v></c><c r="A3"><v>1</v></c></row>', '<row r="3"><c r="A3" t="s"><v>9</v></c></row>',
    '<row r="3"><c r="XFE3"><v>1</v></c></row>', '<row r="3"><c r="AAAA3"><v>1</v></c></row>',
    '<row r="99999999999"/>', '<row r="3"><c r="A3"><v>1</c></row>', '<row r="3"><c r="A3"><v>&x;</v></c></row>'
])  # fmt: skip
def test_shifted_and_broken_rows_end_the_reading(rows: str) -> None:
    faults = faults_of(xlsx(books.list_xml(rows)))
    assert [fault.code for fault in faults] == ["T130"]


def test_a_total_is_no_row_whatever_its_cells_are() -> None:
    """A formula whose result nobody stored, cells merged, a note beside it: none of them is an error."""
    total = ("TOTAL", "", '<c r="C3"><f>SUM(C2:C2)</f></c>', "", "voir M. X")
    merges = '<mergeCells><mergeCell ref="A3:B3"/></mergeCells>'
    found = faults_of(xlsx(books.list_xml(row_xml(3, total), row_xml(4, OTHER), after=merges)))
    assert [fault.code for fault in found] == ["T152"]
    assert len(read(xlsx(books.list_xml(row_xml(3, total), row_xml(4, OTHER), after=merges)))[1]) == 2
