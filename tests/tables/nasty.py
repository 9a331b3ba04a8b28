"""Files that people or attackers make: each with what reading it must give. Built by code, none is stored.

A case says which codes of errors come out, or how many rows; heavy ones are read in a child with little memory.
"""

import hashlib
import io
import os
import socket
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from random import Random

from tests.support import tables_of
from tests.tables import books
from tests.tables.books import HEADER, OTHER, SCHOOL, ods_row, row_xml, xlsx, zipped

Make = Callable[[Path], None]


@dataclass(frozen=True, kw_only=True, slots=True)
class Nasty:
    """One file.

    Args:
        name: of the file, with the extension it pretends to have.
        make: writes it at a path.
        codes: of the errors that must come out, no other may; without any, `rows` rows must.
        heavy: read in a child of its own whose memory is limited.
    """

    name: str
    make: Make
    codes: frozenset[str] = frozenset()
    rows: int | None = None
    heavy: bool = False


def nasty_files() -> dict[str, Nasty]:
    """All of them by what is wrong with them."""
    parts = (_texts, _places, _kinds, _zips, _sheets, _heavy_sheets, _documents)
    return {title: nasty for part in parts for title, nasty in part()}


def _case(name: str, content: bytes | str | Callable[[], bytes], *codes: str, rows: int | None = None,
          heavy: bool = False) -> Nasty:  # fmt: skip
    def make(path: Path) -> None:
        data = content() if callable(content) else content
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    return Nasty(name=name, make=make, codes=frozenset(codes), rows=rows, heavy=heavy)


# --- text -----------------------------------------------------------------------------------------------------

_LIST = "uai;nom;commune\n0370001A;Lycée;Amboise\n"


def _texts() -> Iterator[tuple[str, Nasty]]:
    head = b"uai;nom;commune\n"
    for title, (content, *wanted) in tables_of(__file__).items():
        is_read = isinstance(wanted[0], int)
        yield title, _case("a.csv", content, rows=wanted[0]) if is_read else _case("a.csv", content, *wanted)
    yield "only NUL", _case("a.csv", b"\0" * 5000, "T104")
    yield "lone surrogates in UTF-8", _case("a.csv", head + b"0370001A;L\xed\xa0\x80;T\n", "T109")
    yield "UTF-16 without its mark", _case("a.csv", _LIST.encode("utf-16-le"), "T113")
    yield "UTF-16 of odd length", _case("a.csv", _LIST.encode("utf-16") + b"x", "T109")
    yield "UTF-16 with half a pair", _case("a.csv", "uai;nom\n1;".encode("utf-16") + b"\x00\xd8\n\0", "T109")
    yield "UTF-8 then cp1252", _case("a.csv", _LIST.encode() + "0370040T;Lycée;Tours\n".encode("cp1252"), "T110")
    yield "cp1252 then old Mac", _case(
        "a.csv", _LIST.encode("cp1252") + "0370040T;Lycée;Tours\n".encode("mac-roman"), "T155")  # fmt: skip
    yield "latin of the East", _case("a.csv", "uai;nom;commune\n0370001A;Škoda łódź;T\n".encode("cp1250"), "T155")
    yield "truncated UTF-8", _case("a.csv", _LIST.encode()[:29], "T155")
    yield "megabytes in one cell", _case("a.csv", head + b"0370001A;" + b"a" * 15_000_000 + b";T\n", "T119")
    yield "megabytes of quotes", _case("a.csv", head + b'0370001A;"' + b'""' * 7_000_000 + b'";T\n', "T119")
    yield "a cell just too long", _case("a.csv", head + b"0370001A;" + b"a" * 10_001 + b";T\n", "T119")
    yield "megabytes in the header", _case("a.csv", b"uai;nom;" + b"a" * 15_000_000 + b"\n1;2;3\n", "T112", "T119")
    yield "a million columns", _case("a.csv", b"uai;nom;commune" + b";x" * 1_000_000 + b"\n1;2;3\n", "T118")
    yield "a million columns in a row", _case("a.csv", head + b"0370001A;L;T" + b";x" * 1_000_000 + b"\n", "T120")
    yield "more rows than a list has", _case("a.csv", head + b";;\n" * 100_001, "T117", heavy=True)
    yield "a million blank lines", _case("a.csv", head + b"\n" * 1_000_000 + b"0370001A;L;T\n", rows=1)
    yield "millions of short broken rows", _case("a.csv", head + b"x\n" * 5_000_000, "T117", "T121", heavy=True)
    yield "old Mac line ends", _case("a.csv", _LIST.replace("\n", "\r"), rows=1)
    yield "mixed line ends", _case("a.csv", _LIST.replace("\n", "\r\n", 1) + "\r0370040T;L;T\n", rows=2)
    yield "the end of a DOS file", _case("a.csv", _LIST.encode() + b"\x1a", "T121")


# --- what is no file ------------------------------------------------------------------------------------------


def _places() -> Iterator[tuple[str, Nasty]]:
    def place(name: str, make: Make, *codes: str) -> Nasty:
        return Nasty(name=name, make=make, codes=frozenset(codes))

    def listen(path: Path) -> None:
        # The path of a socket may be no longer than 107 bytes.
        here = Path.cwd()
        os.chdir(path.parent)
        try:
            with socket.socket(socket.AF_UNIX) as made:
                made.bind(path.name)
        finally:
            os.chdir(here)

    def unreadable(path: Path) -> None:
        path.write_text(_LIST, "utf-8")
        path.chmod(0)

    def loop(path: Path) -> None:
        path.symlink_to(path.name)

    yield "a folder", place("a.csv", Path.mkdir, "T102")
    yield "a named pipe", place("a.xlsx", os.mkfifo, "T102")
    yield "a socket", place("a.ods", listen, "T102")
    yield "a device", place("a.csv", lambda path: path.symlink_to("/dev/zero"), "T102")
    yield "a link to itself", place("a.csv", loop, "T103")
    yield "a link to nothing", place("a.csv", lambda path: path.symlink_to("nothing"), "T101")
    yield "nothing at all", place("a.xlsx", lambda path: None, "T101")
    if os.name == "posix" and os.geteuid() != 0:  # root may read everything
        yield "an unreadable file", place("a.xlsx", unreadable, "T103")
    yield "a file too large", place("a.csv", lambda path: _sparse(path, 21_000_000), "T107")
    yield "a sparse terabyte", place("a.xlsx", lambda path: _sparse(path, 1_000_000_000_000), "T107")


def _sparse(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


# --- other kinds ----------------------------------------------------------------------------------------------

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _kinds() -> Iterator[tuple[str, Nasty]]:
    book, document = books.xlsx_of(HEADER, SCHOOL), books.ods_of(HEADER, SCHOOL)
    yield "XLSX called CSV", _case("a.csv", book, rows=1)
    yield "ODS called XLSX", _case("a.xlsx", document, rows=1)
    yield "CSV called XLSX", _case("a.xlsx", _LIST, rows=1)
    yield "CSV called ODS", _case("a.ods", _LIST, rows=1)
    yield "XLSX called XLS", _case("a.xls", book, rows=1)
    yield "XLSX called XLSM", _case("a.xlsm", book, rows=1)
    yield "UTF-16 called XLS", _case("a.xls", _LIST.encode("utf-16"), rows=1)
    yield "anything called XLSX", _case("a.xlsx", bytes(range(9, 256)) * 20, "T130")
    yield "macros called XLSX", _case("a.xlsx", zipped(_parts() | {"xl/vbaProject.bin": b"x"}), "T123")
    yield "XLSB", _case("a.xlsb", zipped({"xl/workbook.bin": b"x"}), "T124")
    yield "XLSB called XLSX", _case("a.xlsx", zipped({"xl/workbook.bin": b"x"}), "T124")
    yield "Numbers", _case("a.numbers", zipped({"Index/Document.iwa": b"x"}), "T125")
    yield "Numbers called XLSX", _case("a.xlsx", zipped({"Index.zip": b"x"}), "T125")
    yield "old Excel", _case("a.xls", _OLE + bytes(4000), "T105")
    yield "old Excel called CSV", _case("a.csv", _OLE + bytes(4000), "T105")
    yield "locked XLSX", _case("a.xlsx", _OLE + bytes(900) + "EncryptedPackage".encode("utf-16-le"), "T126")
    yield "PDF", _case("a.pdf", b"%PDF-1.7\n", "T106")
    yield "PDF called XLSX", _case("a.xlsx", b"%PDF-1.7\n", "T106")
    yield "a page called XLS", _case("a.xls", "<html><table><tr><td>uai</td></tr></table></html>", "T129")
    yield "a login called CSV", _case("a.csv", "\ufeff\n<!DOCTYPE html><title>Connexion</title>", "T129")
    yield "XML of 2003", _case("a.xls", '<?xml version="1.0"?><Workbook/>', "T129")
    yield "Word", _case("a.xlsx", zipped(_parts() | {"word/document.xml": b"x"}), "T167")
    yield "a text of ODF", _case("a.ods", zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "T127")
    yield "a ZIP of lists", _case("a.zip", zipped({"a.csv": _LIST}), "T127")
    yield "a ZIP in a ZIP", _case("a.xlsx", zipped({"a.xlsx": book}), "T127")
    yield "a picture", _case("a.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20, "T127")
    yield "a program", _case("a.csv", b"\x7fELF\x02\x01\x01" + bytes(500), "T127")
    yield "three bytes", _case("a.csv", b"\0\1\2", "T127")
    yield "any bytes", _case("a.csv", Random(1).randbytes(5000), "T127")
    yield "gzip", _case("a.csv", zlib.compress(_LIST.encode() * 50, wbits=31), "T127")
    yield "RTF", _case("a.csv", r"{\rtf1 uai;nom;commune}", "T167")


# --- the ZIP --------------------------------------------------------------------------------------------------


def _parts(sheet: books.Part | None = None) -> dict[str, books.Part]:
    return books.xlsx_parts({"Feuil1": books.list_xml() if sheet is None else sheet})


def _stored(name: str, part: bytes, *, size: int | None = None, crc: int | None = None) -> bytes:
    """A workbook with one more part, whose directory says another size or checksum."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for key, content in _parts().items():
            archive.writestr(key, content)
        archive.writestr(name, part, zipfile.ZIP_DEFLATED)
        info = archive.getinfo(name)
        info.file_size = info.file_size if size is None else size
        info.CRC = info.CRC if crc is None else crc
    return out.getvalue()


def _large(first: bytes, again: bytes, times: int, last: bytes, name: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook whose part of this name is one piece many times over, never whole in memory."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for key, content in books.xlsx_parts({"Feuil1": books.list_xml()}, strings=books.strings_xml("a")).items():
            if key != name:
                archive.writestr(key, content)
        with archive.open(name, "w", force_zip64=False) as part:
            part.write(first)
            block = again * max(1, 100_000 // len(again))
            for _ in range(times * len(again) // len(block)):
                part.write(block)
            part.write(last)
    return out.getvalue()


def _encrypted() -> bytes:
    data = bytearray(zipped(_parts()))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def _method(number: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", number) as archive:
        for key, content in _parts().items():
            archive.writestr(key, content)
    return out.getvalue()


def _overlapping() -> bytes:
    """A directory that names the same compressed bytes a thousand times."""
    raw = zlib.compress(b"a" * 1_000_000, 9, wbits=-15)
    crc = zlib.crc32(b"a" * 1_000_000)
    local = struct.pack("<4s5H3L2H", b"PK\x03\x04", 20, 0, 8, 0, 33, crc, len(raw), 1_000_000, 5, 0) + b"x.xml" + raw
    entries = b"".join(
        struct.pack("<4s6H3L5H2L", b"PK\x01\x02", 20, 20, 0, 8, 0, 33, crc, len(raw), 1_000_000, 5, 0, 0, 0, 0, 0, 0)
        + b"x%03d." % at
        for at in range(1000)
    )
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1000, 1000, len(entries), len(local), 0)
    return local + entries + end


def _zips() -> Iterator[tuple[str, Nasty]]:
    book = zipped(_parts())
    for share in (10, 50, 90, 99):
        yield f"{share} % of a workbook", _case("a.xlsx", book[: len(book) * share // 100], "T130")
    yield "a workbook without its beginning", _case(
        "a.csv", book[100:], "T109", "T110", "T113", "T155", "T112", "T115", "T127")  # fmt: skip
    yield "four bytes of a ZIP", _case("a.xlsx", b"PK\x03\x04", "T130")
    yield "an empty ZIP", _case("a.xlsx", zipped({}), "T127")
    middle = len(book) // 3
    yield "a byte changed", _case("a.xlsx", book[:middle] + bytes([book[middle] ^ 255]) + book[middle + 1 :], "T130")
    yield "a false checksum", _case("a.xlsx", _stored("x.xml", b"<a/>", crc=1), "T130")
    yield "a part said to be small", _case("a.xlsx", _stored("x.xml", b"a" * 5_000_000, size=10), "T130")
    yield "a part said to be large", _case("a.xlsx", _stored("x.xml", b"a" * 100, size=4_000_000_000), rows=1)
    for name in ("../x", "/etc/passwd", "xl/../../x", "C:x", "..\\x", "\\\\host\\x", "a\x01b"):
        yield f"a part called {name!r}", _case("a.xlsx", zipped([*_parts().items(), (name, b"x")]), "T134")
    yield "a part twice", _case("a.xlsx", _twice, "T130")
    yield "300 parts", _case("a.xlsx", zipped(_parts() | {f"p{at}": b"" for at in range(300)}), "T133")
    yield "100,000 parts", _case("a.xlsx", lambda: zipped({f"p{at}": b"" for at in range(50_000)}), "T133",
                                 heavy=True)  # fmt: skip
    yield "overlapping parts", _case("a.xlsx", _overlapping(), "T133")
    yield "a locked ZIP", _case("a.xlsx", _encrypted(), "T126")
    yield "another compression (bzip2)", _case("a.xlsx", _method(zipfile.ZIP_BZIP2), "T130")
    yield "another compression (LZMA)", _case("a.xlsx", _method(zipfile.ZIP_LZMA), "T130")
    yield "a bomb in a picture", _case(
        "a.xlsx", lambda: _large(b"", b"\0" * 1000, 100_000, b"", "xl/media/a.png"), "T132", heavy=True)  # fmt: skip
    yield "a bomb of many parts", _case("a.xlsx", _many_parts, "T131", heavy=True)
    yield "an inner ZIP bomb", _case(
        "a.xlsx", zipped(_parts() | {"xl/embeddings/a.zip": zipped({"b": b"\0" * 5_000_000})}), rows=1)  # fmt: skip


def _twice() -> bytes:
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return zipped([*_parts().items(), ("xl/workbook.xml", "<workbook/>")])


def _many_parts() -> bytes:
    block = os.urandom(8000)
    part = b"".join(block + b"\0" * 400_000 for _ in range(6))
    return zipped(_parts() | {f"xl/media/{at}.png": part for at in range(100)})


# --- XLSX -----------------------------------------------------------------------------------------------------

_OPEN = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    + row_xml(1, HEADER).encode() + row_xml(2, SCHOOL).encode()
)  # fmt: skip
_CLOSE = b"</sheetData></worksheet>"
_LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
_OUTSIDE = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def _doctype(prolog: str, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    parts = _parts()
    parts[part] = prolog + str(parts[part]).split("?>\n", 1)[1]
    return zipped(parts)


def _listed(*rows: str, before: str = "", after: str = "") -> bytes:
    return xlsx(books.list_xml(*rows, before=before, after=after))


def _formula(reference: str, formula: str, value: str = "") -> str:
    return f'<c r="{reference}"><f>{formula}</f>{value}</c>'


def _sheets() -> Iterator[tuple[str, Nasty]]:
    yield "a million laughs", _case("a.xlsx", _doctype(_LAUGHS), "T135")
    yield "an entity from outside", _case("a.xlsx", _doctype(_OUTSIDE), "T135")
    yield "a document type in the workbook", _case("a.xlsx", _doctype("<!DOCTYPE x>", "xl/workbook.xml"), "T135")
    yield "a document type in the relations", _case("a.xlsx", _doctype(_OUTSIDE, "_rels/.rels"), "T135")
    late = "<!--" + "x" * 200_000 + "-->" + _OUTSIDE
    yield "a document type after a long comment", _case("a.xlsx", _doctype(late), "T135")
    yield "a document type across chunks", _case("a.xlsx", _doctype("<!--" + "x" * 65_520 + "-->" + _OUTSIDE), "T135")
    utf16 = books.list_xml().split("?>", 1)[1]
    yield "a sheet in UTF-16", _case("a.xlsx", zipped(_parts(utf16.encode("utf-16"))), "T130")
    yield "no XML", _case("a.xlsx", zipped(_parts("uai;nom")), "T130")
    yield "an empty sheet part", _case("a.xlsx", zipped(_parts("")), "T130")
    yield "an unclosed sheet", _case("a.xlsx", zipped(_parts(books.list_xml()[:-20])), "T130")
    yield "a missing sheet", _case("a.xlsx", zipped({k: v for k, v in _parts().items() if "sheet1" not in k}), "T130")
    yield "missing shared texts", _case("a.xlsx", _listed('<row r="3"><c r="A3" t="s"><v>0</v></c></row>'), "T130")
    for title, cell in (
        ("a number of shared texts under nought", '<c r="B3" t="s"><v>-1</v></c>'),
        ("a kind of cell that there is not", '<c r="B3" t="zz"><v>7</v></c>'),
    ):
        row = f'<row r="3">{books.text_cell("A3", OTHER[0])}{cell}{books.text_cell("C3", OTHER[2])}</row>'
        yield title, _case("a.xlsx", xlsx(books.list_xml(row), strings=books.strings_xml("x", "y")), "T130")
    long = "1" * 5_000  # digits: more than Python makes a number of
    shared = f'<row r="3"><c r="A3" t="s"><v>{long}</v></c></row>'
    yield "a long number of a shared text", _case("a.xlsx", _listed(shared), "T130")
    yield "a long number of a row", _case("a.xlsx", _listed(f'<row r="{long}"/>'), "T130")
    hidden = f'<cols><col min="{long}" max="{long}" hidden="1"/></cols>'
    yield "a long number of a hidden column", _case("a.xlsx", _listed(before=hidden), rows=1)
    styles = books.styles_xml("0").replace('numFmtId="0"', f'numFmtId="{long}"')
    yield "a long number of a format", _case("a.xlsx", xlsx(books.list_xml(), styles=styles), rows=1)
    repeated = f'<table:table-row table:number-rows-repeated="{long}"><table:table-cell/></table:table-row>'
    yield "a long number of repeated rows", _case("a.ods", books.ods_list(repeated), rows=1)
    shown = f'<table:table-cell office:value-type="float" office:value="1"><text:p>{long}</text:p></table:table-cell>'
    yield "a long number shown for a short one", _case(
        "a.ods", books.ods_list(ods_row((OTHER[0], shown, OTHER[2]))), "T312")  # fmt: skip
    logical = f'<row r="3">{books.text_cell("A3", OTHER[0])}<c r="B3" t="b"><v>1</v></c></row>'
    yield "a logical value as a name", _case("a.xlsx", _listed(logical), "T163")
    yield "two sheets in one", _case("a.xlsx", _listed(after="<sheetData></sheetData>"), "T130")
    for encoding in ("UTF-7", "shift_jis", "unknown", ""):
        head = f'<?xml version="1.0" encoding="{encoding}"?>'
        yield f"a sheet in « {encoding} »", _case("a.xlsx", zipped(_parts(head + utf16)), "T130")
    part = '<text:hidden-text text:string-value="secret">secret</text:hidden-text>'
    hidden = f"<table:table-cell><text:p>École {part}</text:p></table:table-cell>"
    yield "hidden text in a cell", _case("a.ods", books.ods_list(ods_row((OTHER[0], hidden, OTHER[2]))), "T164")
    yield "a workbook without sheets", _case("a.xlsx", zipped(books.xlsx_parts({})), "T104")
    yield "a workbook in circles", _case("a.xlsx", _led_to('"workbook.xml"'), "T104", "T130")
    yield "a sheet outside", _case("a.xlsx", _led_to('"file:///etc/passwd" TargetMode="External"'), "T104")
    yield "circular formulas", _case("a.xlsx", _listed(row_xml(3, (*OTHER[:2], _formula("C3", "C3")))), "T143")
    yield "circular formulas with zero", _case(
        "a.xlsx", _listed(row_xml(3, (*OTHER[:2], _formula("C3", "C3", "<v>0</v>")))), rows=2)  # fmt: skip
    yield "a cell at XFD1048576", _case(
        "a.xlsx", _listed(row_xml(1_048_576, [books.text_cell("XFD1048576", "x")])), "T148")  # fmt: skip
    yield (
        "a lone cell at XFD1048576",
        _case("a.xlsx", xlsx(books.sheet_xml([row_xml(1_048_576, [books.text_cell("XFD1048576", "x")])])), "T148"),
    )
    yield "a false dimension", _case("a.xlsx", _listed(before='<dimension ref="A1:XFD1048576"/>'), rows=1)
    yield "16,384 columns", _case(
        "a.xlsx", xlsx(books.sheet_xml([row_xml(1, [f"c{at}" for at in range(16_384)])])), "T118")  # fmt: skip
    yield "rows out of order", _case("a.xlsx", _listed(row_xml(5, OTHER), row_xml(4, OTHER)), "T130")
    yield "cells of another row", _case("a.xlsx", _listed('<row r="3"><c r="A9"><v>1</v></c></row>'), "T130")
    yield "columns shifted by one", _case(
        "a.xlsx", xlsx(books.table_xml(HEADER, ("", *SCHOOL), ("", *OTHER))), "T149")  # fmt: skip
    yield "a table in the middle", _case(
        "a.xlsx", xlsx(books.table_xml(*[()] * 6, ("", "", *HEADER), ("", "", *SCHOOL))), rows=1)  # fmt: skip
    yield "controls by escapes", _case("a.xlsx", books.xlsx_of(HEADER, ("0370001A", "a_x0000_b", "T")), "T113")
    yield "lone surrogates by escapes", _case("a.xlsx", books.xlsx_of(HEADER, ("0370001A", "a_xD800_b", "T")), "T310")
    yield "errors in cells", _case("a.xlsx", _listed('<row r="3"><c r="A3" t="e"><v>#N/A</v></c></row>'), "T144")
    yield "five hundred sheets", _case(
        "a.xlsx", zipped(books.xlsx_parts({f"F{at}": books.sheet_xml([]) for at in range(500)})), "T133")  # fmt: skip


def _led_to(target: str) -> bytes:
    """A workbook whose sheet is said to be elsewhere."""
    parts, links = _parts(), "xl/_rels/workbook.xml.rels"
    parts[links] = str(parts[links]).replace('Target="worksheets/sheet1.xml"', f"Target={target}")
    return zipped(parts)


def _sheet_of(pieces: Iterator[bytes], last: bytes = _CLOSE, name: str = "xl/worksheets/sheet1.xml",
              first: bytes = _OPEN) -> bytes:  # fmt: skip
    """A workbook whose sheet is written piece by piece."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        strings = books.styles_xml("0") if name.endswith("styles.xml") else None
        for key, content in books.xlsx_parts({"Feuil1": books.list_xml()}, styles=strings,
                                             strings=books.strings_xml("a")).items():  # fmt: skip
            if key != name:
                archive.writestr(key, content)
        with archive.open(name, "w") as part:
            part.write(first)
            while block := b"".join(islice(pieces, 1000)):
                part.write(block)
            part.write(last)
    return out.getvalue()


def _dull(size: int) -> Iterator[bytes]:
    """Text that a ZIP makes only some dozens of times smaller."""
    for at in range(size // 10_000):
        yield hashlib.sha512(b"%d" % at).hexdigest().encode() * 2 + b"a" * 9_744


_STRINGS = b'<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
_STYLES = b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs>'
_ERRORS = b'<row r="%d"><c r="A%d" t="e"><v>#REF!</v></c><c r="B%d" t="e"><v>#N/A</v></c></row>'
_IN_A3 = _OPEN + b'<row r="3"><c r="A3" t="inlineStr"><is><t>'
_END_OF_CELL = b"</t></is></c></row>" + _CLOSE


def _heavy_sheets() -> Iterator[tuple[str, Nasty]]:
    def case(make: Callable[[], bytes], *codes: str, rows: int | None = None) -> Nasty:
        return _case("a.xlsx", make, *codes, rows=rows, heavy=True)

    # fmt: off
    yield "a phantom million of rows", case(
        lambda: _large(_OPEN + b'<row r="1048576"/>', b" " * 1000, 190_000, _CLOSE), "T132")
    yield "a phantom of varied rows", case(
        lambda: _sheet_of(b'<row r="%d" s="%d"><c r="A%d" s="%d"/></row>' % (at, at % 97, at, at % 89)
                          for at in range(3, 1_000_000)), rows=1)
    yield "200,000 rows", case(
        lambda: _sheet_of(b'<row r="%d"><c r="A%d"><v>%d</v></c></row>' % (at, at, at) for at in range(3, 200_000)),
        "T117")
    yield "300 MB in one cell", case(lambda: _large(_IN_A3, b"a" * 1000, 300_000, _END_OF_CELL), "T131", "T132")
    yield "190 MB in one cell, not very dense", case(
        lambda: _sheet_of(_dull(190_000_000), _END_OF_CELL, first=_IN_A3), "T119")
    yield "190 MB in one attribute", case(
        lambda: _sheet_of(_dull(190_000_000), b'"/>' + _CLOSE, first=_OPEN + b'<row r="3" spans="'), "T130")
    yield "190 MB in one comment", case(
        lambda: _sheet_of(_dull(190_000_000), b"-->" + _CLOSE, first=_OPEN + b"<!--"), "T130")
    yield "millions of nested tags", case(lambda: _sheet_of(b"<a%d>" % at for at in range(5_000_000)), "T130")
    yield "millions of attributes", case(
        lambda: _sheet_of((b' a%d=""' % at for at in range(5_000_000)), b"/>" + _CLOSE, first=_OPEN + b'<row r="3"'),
        "T130")
    yield "millions of shared texts", case(
        lambda: _sheet_of((b"<si><t>%x</t></si>" % at for at in range(4_000_000)), b"</sst>", "xl/sharedStrings.xml",
                          _STRINGS), "T131")
    yield "one huge shared text", case(
        lambda: _sheet_of(_dull(190_000_000), b"</t></si></sst>", "xl/sharedStrings.xml", _STRINGS + b"<si><t>"),
        rows=1)
    yield "millions of styles", case(
        lambda: _sheet_of((b'<xf numFmtId="%d"/>' % at for at in range(4_000_000)), b"</cellXfs></styleSheet>",
                          "xl/styles.xml", _STYLES), "T130")
    yield "100,000 merged cells", case(
        lambda: _sheet_of((b'<mergeCell ref="A%d:B%d"/>' % (at, at) for at in range(3, 100_000)),
                          b"</mergeCells></worksheet>", first=_OPEN + b"</sheetData><mergeCells>"), "T158")
    yield "100,000 faulty cells", case(
        lambda: _sheet_of(_ERRORS % (at, at, at) for at in range(3, 100_000)), "T144", "T157")
    # fmt: on


# --- ODS ------------------------------------------------------------------------------------------------------


def _documents() -> Iterator[tuple[str, Nasty]]:
    ods = books.ods_list
    cell = "<table:table-cell {}><text:p>x</text:p></table:table-cell>"
    many = cell.format('table:number-columns-repeated="90"')
    rows = f'<table:table-row table:number-rows-repeated="1000000">{many}</table:table-row>'
    yield "1,000,000 × 90 repeated cells", _case("a.ods", ods(rows), "T117")
    yield "the same alone", _case("a.ods", books.ods(books.ods_sheet([rows])), "T117")
    wide = cell.format('table:number-columns-repeated="16384"')
    yield "16,384 repeated cells", _case("a.ods", ods(f"<table:table-row>{wide}</table:table-row>"), "T149")
    huge = cell.format('table:number-columns-repeated="99999999999999"')
    yield "cells repeated beyond counting", _case("a.ods", ods(f"<table:table-row>{huge}</table:table-row>"), "T149")
    yield "a negative number of rows", _case("a.ods", ods(ods_row(OTHER, 'table:number-rows-repeated="-5"')), rows=2)
    yield "100,000 equal rows", _case("a.ods", ods(ods_row(OTHER, 'table:number-rows-repeated="100000"')), "T117",
                                      heavy=True)  # fmt: skip
    spaces = '<table:table-cell><text:p>a<text:s text:c="2000000000"/></text:p></table:table-cell>'
    yield "two billion spaces", _case("a.ods", ods(ods_row(("0370040T", spaces, "T"))), "T119")
    yield "laughs in ODS", _case("a.ods", books.ods(books.ods_sheet([]), prolog=_LAUGHS), "T135")
    yield "an entity from outside in ODS", _case("a.ods", books.ods(books.ods_sheet([]), prolog=_OUTSIDE), "T135")
    locked = "<manifest><file-entry><encryption-data/></file-entry></manifest>"
    yield "a locked ODS", _case("a.ods", zipped(books.ods_parts() | {"META-INF/manifest.xml": locked}), "T126")
    yield "an ODS without contents", _case("a.ods", zipped({"mimetype": books.ODS_TYPE}), "T130")
    yield "an ODS without sheets", _case("a.ods", books.ods(), "T104")
    yield "an ODS cut in its XML", _case("a.ods", _cut_document(), "T130")
    inner = f"<table:table-row><table:table-cell>{books.ods_sheet([])}</table:table-cell></table:table-row>"
    yield "a table in a cell", _case("a.ods", ods(inner), "T130")
    yield "nested groups of rows", _case("a.ods", ods("<table:table-row-group>" * 5000), "T130")
    yield "an ODS of a million blank rows", _case("a.ods", _blank_document, "T132", heavy=True)


def _cut_document() -> bytes:
    parts = books.ods_parts(books.ods_sheet([ods_row(HEADER)]))
    return zipped(parts | {"content.xml": str(parts["content.xml"])[:-40]})


def _blank_document() -> bytes:
    rows = "<table:table-row><table:table-cell/></table:table-row>" * 1_000_000
    return books.ods_list(rows)
