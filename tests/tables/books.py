"""Spreadsheets built by the tests: XLSX and ODS from rows, or from the very XML that a test is about."""

import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from openpyxl import Workbook

HEADER = ("uai", "nom", "commune")
SCHOOL = ("0370001A", "Lycée Léonard de Vinci", "Amboise")
OTHER = ("0370040T", "Lycée Jacques de Vaucanson", "Tours")

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_RELATED = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_SPACES = {"office": "office", "table": "table", "text": "text", "style": "style", "draw": "drawing"}
_NAMESPACES = " ".join(f'xmlns:{short}="{_ODF}{name}:1.0"' for short, name in _SPACES.items())
_NAMESPACES += ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
ODS_TYPE = "application/vnd.oasis.opendocument.spreadsheet"

Part = str | bytes


def zipped(parts: Mapping[str, Part] | Iterable[tuple[str, Part]], *, stored: Iterable[str] = ()) -> bytes:
    """A ZIP of these parts; those `stored` are not compressed."""
    out = BytesIO()
    pairs = parts.items() if isinstance(parts, Mapping) else parts
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in pairs:
            method = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2026, 11, 1, 0, 0, 0)), content, method)
    return out.getvalue()


# --- XLSX -----------------------------------------------------------------------------------------------------


def letters(column: int) -> str:
    """0 → A."""
    text, number = "", column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        text = chr(65 + rest) + text
    return text


def text_cell(reference: str, text: str, style: int = 0) -> str:
    """A cell with its text inside."""
    return f'<c r="{reference}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'


def row_xml(number: int, cells: Sequence[str], attributes: str = "") -> str:
    """A row of texts; a cell that begins with ``<`` is taken as it is."""
    made = (
        cell if cell.startswith("<c ") else text_cell(f"{letters(at)}{number}", cell)
        for at, cell in enumerate(cells)
        if cell
    )
    return f'<row r="{number}" {attributes}>{"".join(made)}</row>'


def sheet_xml(rows: Iterable[str], *, before: str = "", after: str = "", prolog: str = "") -> str:
    """A worksheet of rows as XML."""
    data = f"<sheetData>{''.join(rows)}</sheetData>"
    return f'{_DECLARATION}{prolog}<worksheet xmlns="{_MAIN}">{before}{data}{after}</worksheet>'


def table_xml(*rows: Sequence[str], first: int = 1, before: str = "", after: str = "") -> str:
    """A worksheet of texts; the rows follow each other from `first` on."""
    return sheet_xml((row_xml(at, row) for at, row in enumerate(rows, first)), before=before, after=after)


def list_xml(*extra: str, before: str = "", after: str = "") -> str:
    """A worksheet with header and one school, and more rows as XML."""
    return sheet_xml((row_xml(1, HEADER), row_xml(2, SCHOOL), *extra), before=before, after=after)


def styles_xml(*formats: str) -> str:
    """Styles 1, 2, … show numbers in these formats; style 0 is General."""
    numbers = "".join(
        f'<numFmt numFmtId="{164 + at}" formatCode={quoteattr(code)}/>' for at, code in enumerate(formats)
    )
    xfs = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(formats)))
    return (
        f'{_DECLARATION}<styleSheet xmlns="{_MAIN}"><numFmts>{numbers}</numFmts>'
        f'<cellXfs><xf numFmtId="0"/>{xfs}</cellXfs></styleSheet>'
    )


def strings_xml(*texts: str) -> str:
    """Shared texts; one that begins with ``<`` is taken as it is."""
    made = (text if text.startswith("<") else f"<t>{escape(text)}</t>" for text in texts)
    return f'{_DECLARATION}<sst xmlns="{_MAIN}">{"".join(f"<si>{text}</si>" for text in made)}</sst>'


def xlsx_parts(
    sheets: Mapping[str, Part] | Sequence[tuple[str, Part, str]],
    *,
    styles: str | None = None,
    strings: Part | None = None,
    workbook: str = "",
) -> dict[str, Part]:
    """The parts of a workbook; a sheet is (name, XML, state), `workbook` goes before the list of sheets."""
    listed = [(name, xml, "visible") for name, xml in sheets.items()] if isinstance(sheets, Mapping) else sheets
    relations, entries = [], []
    parts: dict[str, Part] = {"[Content_Types].xml": f"{_DECLARATION}<Types/>"}
    for at, (name, xml, state) in enumerate(listed, 1):
        parts[f"xl/worksheets/sheet{at}.xml"] = xml
        relations.append((f"rId{at}", "worksheet", f"worksheets/sheet{at}.xml"))
        entries.append(f'<sheet name={quoteattr(name)} sheetId="{at}" state="{state}" r:id="rId{at}"/>')
    if styles is not None:
        parts["xl/styles.xml"] = styles
        relations.append(("rId900", "styles", "styles.xml"))
    if strings is not None:
        parts["xl/sharedStrings.xml"] = strings
        relations.append(("rId901", "sharedStrings", "sharedStrings.xml"))
    parts["_rels/.rels"] = _relations([("rId1", "officeDocument", "xl/workbook.xml")])
    parts["xl/_rels/workbook.xml.rels"] = _relations(relations)
    parts["xl/workbook.xml"] = (
        f'{_DECLARATION}<workbook xmlns="{_MAIN}" xmlns:r="{_RELATED}">{workbook}'
        f"<sheets>{''.join(entries)}</sheets></workbook>"
    )
    return parts


def _relations(entries: Iterable[tuple[str, str, str]]) -> str:
    listed = "".join(
        f'<Relationship Id="{name}" Type="{_RELATED}/{kind}" Target="{target}"/>' for name, kind, target in entries
    )
    return f'{_DECLARATION}<Relationships xmlns="{_PACKAGE}">{listed}</Relationships>'


def xlsx(sheet: Part, *, styles: str | None = None, strings: Part | None = None, workbook: str = "") -> bytes:
    """A workbook of one sheet, « Feuil1 »."""
    return zipped(xlsx_parts({"Feuil1": sheet}, styles=styles, strings=strings, workbook=workbook))


def xlsx_of(*rows: Sequence[str]) -> bytes:
    """A workbook of these texts."""
    return xlsx(table_xml(*rows))


# --- ODS ------------------------------------------------------------------------------------------------------


def ods_text(text: str) -> str:
    """Text as paragraphs of ODF, which reads runs of spaces as one."""
    return "".join(f"<text:p>{_paragraph(line)}</text:p>" for line in text.split("\n"))


def _paragraph(line: str) -> str:
    spaced = re.sub(r" {2,}|^ | $", lambda match: f"\0{len(match[0])}\1", line)
    marked = escape(spaced).replace("\t", "<text:tab/>")
    return re.sub("\0(\\d+)\1", r'<text:s text:c="\1"/>', marked)


def ods_cell(text: str, attributes: str = "") -> str:
    """A cell of text; one that begins with ``<`` is taken as it is."""
    if text.startswith("<table:"):
        return text
    if not text:
        return f"<table:table-cell {attributes}/>"
    return f'<table:table-cell office:value-type="string" {attributes}>{ods_text(text)}</table:table-cell>'


def ods_row(cells: Sequence[str], attributes: str = "") -> str:
    """A row of texts."""
    return f"<table:table-row {attributes}>{''.join(map(ods_cell, cells))}</table:table-row>"


def ods_sheet(rows: Iterable[str], name: str = "Feuille1", style: str = "ta1", before: str = "") -> str:
    """A sheet of rows as XML."""
    return (
        f'<table:table table:name={quoteattr(name)} table:style-name="{style}">{before}{"".join(rows)}</table:table>'
    )


def ods_parts(*sheets: str, prolog: str = "") -> dict[str, Part]:
    """The parts of a document; the style « hidden » hides a sheet."""
    styles = (
        '<office:automatic-styles><style:style style:name="ta1" style:family="table"/>'
        '<style:style style:name="hidden" style:family="table"><style:table-properties table:display="false"/>'
        "</style:style></office:automatic-styles>"
    )
    content = (
        f"{_DECLARATION}{prolog}<office:document-content {_NAMESPACES}>{styles}<office:body><office:spreadsheet>"
        f"{''.join(sheets)}</office:spreadsheet></office:body></office:document-content>"
    )
    return {"mimetype": ODS_TYPE, "content.xml": content, "META-INF/manifest.xml": "<manifest/>"}


def ods(*sheets: str, prolog: str = "") -> bytes:
    """A document of sheets as XML."""
    return zipped(ods_parts(*sheets, prolog=prolog), stored=["mimetype"])


def ods_of(*rows: Sequence[str]) -> bytes:
    """A document of these texts."""
    return ods(ods_sheet(map(ods_row, rows)))


def ods_list(*extra: str, before: str = "") -> bytes:
    """A document with header and one school, and more rows as XML."""
    return ods(ods_sheet((ods_row(HEADER), ods_row(SCHOOL), *extra), before=before))


def write_list(path: Path, *rows: Sequence[str]) -> Path:
    """Write rows into a file of the kind that its name says."""
    if path.suffix == ".csv":
        path.write_text("".join(f"{';'.join(row)}\n" for row in rows), "utf-8")
    else:
        path.write_bytes({".xlsx": xlsx_of, ".ods": ods_of}[path.suffix](*rows))
    return path


def workbook(**sheets: Iterable[Sequence[object]]) -> bytes:
    """Sheets as openpyxl writes them."""
    book, data = Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(data)
    return data.getvalue()
