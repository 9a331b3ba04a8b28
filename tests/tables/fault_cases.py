"""For each fault code of tables, the smallest list that has it."""

import csv
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from leaflet.faults import DataError, Fault, Report
from leaflet.tables import Limits, ReadOptions, School, check_letter, load_schools, load_staff, read_table
from leaflet.tables.cells import Cleaning
from leaflet.tables.keys import KINDS
from leaflet.tables.row_selection import Choice
from tests.support import later, tables_of
from tests.tables import books

HEADER = "uai;nom;adresse;code_postal;commune;exemplaires;etat"
GOOD = "0370001A;Lycée Léonard de Vinci;;37402;Amboise;110;OUVERT"
STAFF_HEADER = "prenom;nom;uai;adresse_pro;identifiant_messagerie"
SCHOOLS = frozenset({"0370001A", "0370040T"})
SMALL = Limits(file_bytes=200, rows=2, columns=3, cell_chars=30)


def faults_of(path: Path, content: str | bytes | None = None, **options: Any) -> list[Fault]:
    """All faults of reading a school list, with this content if any is given."""
    if content is not None:
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    report = Report()
    load_schools(path, report=report, **options)
    return list(report)


def faults_in(tmp_path: Path, content: str | bytes, name: str = "ecoles.csv", **options: Any) -> list[Fault]:
    """The faults of a list with this content."""
    return faults_of(tmp_path / name, content, **options)


def load_rows(*rows: list[str], **options: Any) -> tuple[list[School], Report]:
    """The schools of a CSV list with these rows, its header first."""
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "ecoles.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, delimiter=";").writerows(rows)
        return load_schools(path, report=report, **options), report


def cleaned(row: str, states: tuple[str, ...] = (), **asked: bool) -> Callable[[Path], list[Fault]]:
    """A case from a row that is cleaned, or left out, on request."""
    return _file(f"{HEADER}\n{row}\n", options=ReadOptions(cleaning=Cleaning(**asked)), choice=Choice(states=states))


@later
def _limits(tmp_path: Path, content: str) -> list[Fault]:
    """A table read with very small limits."""
    path = tmp_path / "ecoles.csv"
    path.write_text(content, "utf-8")
    report = Report()
    try:
        list(read_table(path, report=report, options=ReadOptions(limits=SMALL)).rows)
    except DataError as error:
        report.extend(error.faults)
    return list(report)


_file = later(faults_in)


def _keyed(kind: str, key: str) -> Callable[[Path], list[Fault]]:
    """A list of one row whose key is of this kind."""
    return _file(f"{kind};nom;commune\n{key};Un;Tours\n", "liste.csv", options=ReadOptions(key=KINDS[kind]))


def _given(header: str, **given: str) -> Callable[[Path], list[Fault]]:
    """A list of schools with this header, read by a campaign that says what its columns are."""
    return _file(f"{header}\n", options=ReadOptions(given=given))


def _two_sheets(tmp_path: Path) -> list[Fault]:
    """The staff of two services in two sheets, and a sheet that is no list."""
    rows = ("Prénom", "Nom", "UAI"), ("Julie", "Labert", "0370001A")
    path = tmp_path / "personnels.ods"
    sheets = [books.ods_sheet(map(books.ods_row, rows), name) for name in ("Profs", "Agents")]
    path.write_bytes(books.ods(*sheets, books.ods_sheet([books.ods_row(("Lisez-moi",))], "Aide")))
    report = Report()
    load_staff(path, schools=SCHOOLS, report=report)
    return list(report)


def _staff_given(tmp_path: Path) -> list[Fault]:
    path = tmp_path / "personnels.csv"
    path.write_text("prenom;nom;uai;portable\n", "utf-8")
    report = Report()
    load_staff(path, schools=SCHOOLS, report=report, options=ReadOptions(given={"user_name": "Portable"}))
    # what is said of the column by itself is told once more: T208
    return [fault for fault in report if fault.code != "T208"]


def _rows(*rows: str) -> Callable[[Path], list[Fault]]:
    return _file("\n".join((HEADER, *rows)) + "\n")


def _staff(*rows: str, header: str = STAFF_HEADER) -> Callable[[Path], list[Fault]]:
    """A list of staff."""

    def case(tmp_path: Path) -> list[Fault]:
        path, report = tmp_path / "personnels.csv", Report()
        path.write_text("\n".join((header, *rows)) + "\n", "utf-8")
        load_staff(path, schools=SCHOOLS, report=report)
        return list(report)

    return case


def _sheet(content: bytes, name: str = "ecoles.xlsx", **options: Any) -> Callable[[Path], list[Fault]]:
    return _file(content, name, options=ReadOptions(**options))


def _sheets(
    sheets: Mapping[str, books.Part] | Sequence[tuple[str, books.Part, str]],
) -> Callable[[Path], list[Fault]]:
    return _sheet(books.zipped(books.xlsx_parts(sheets)))


def _xlsx(*rows: str, before: str = "", after: str = "") -> Callable[[Path], list[Fault]]:
    styles = books.styles_xml("dd/mm/yyyy", "0.00E+00")
    return _sheet(books.xlsx(books.list_xml(*rows, before=before, after=after), styles=styles))


def _formulas(count: int) -> bytes:
    """A list whose towns are all formulas without result."""
    rows = (
        books.row_xml(at, (f"{at:07}{check_letter(f'{at:07}')}", "A", f'<c r="C{at}"><f>A1</f></c>'))
        for at in range(2, count + 2)
    )
    return books.xlsx(books.sheet_xml((books.row_xml(1, books.HEADER), *rows)))


def _accents(count: int) -> str:
    """Schools with a plain accent."""
    uais = (f"{at:07}{check_letter(f'{at:07}')}" for at in range(380_000, 380_000 + count))
    return "".join(f"{uai};Lycée {uai};;38000;Grenoble;1;\n" for uai in uais)


def _merges(count: int) -> str:
    ranges = "".join(f'<mergeCell ref="A{2 * at}:A{2 * at + 1}"/>' for at in range(1, count + 1))
    return f"<mergeCells>{ranges}</mergeCells>"


_BOOK = books.xlsx(books.list_xml())
_HIDDEN_CELL = "<table:table-cell><text:p>A<text:hidden-text>b</text:hidden-text></text:p></table:table-cell>"
_VISITED = books.table_xml((*books.HEADER, "visite"), (*books.SCHOOL, '<c r="D2" s="1"><v>46000</v></c>'))
_OF_TWO_AREAS = [books.row_xml(3, ("0370035M", "B", "Tours")), books.row_xml(4, ("0180005H", "C", "Bourges"))]

_TEXTS = tables_of(__file__)
CASES: dict[str, Callable[[Path], list[Fault]]] = {
    **{code: _rows(*rows) for code, rows in _TEXTS["rows"].items()},
    **{code: _staff(*rows) for code, rows in _TEXTS["staff"].items()},
    **{code: _file(f"{text}\n") for code, text in _TEXTS["file"].items()},
    **{code: _limits(f"{text}\n") for code, text in _TEXTS["limits"].items()},
    **{code: _staff(given["row"], header=given["header"]) for code, given in _TEXTS["titled"].items()},
    **{code: _given(**given) for code, given in _TEXTS["given"].items()},
    **{code: _keyed(*key) for code, key in _TEXTS["keyed"].items()},
    **{code: cleaned(**given) for code, given in _TEXTS["cleaned"].items()},
    "T101": lambda tmp_path: faults_of(tmp_path / "absent.csv"),
    "T102": faults_of,
    "T103": lambda tmp_path: faults_of(tmp_path / "a\0b.csv"),
    "T105": _file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ecoles.xls"),
    "T106": _file(b"%PDF-1.7\n"),
    "T107": _limits("uai;nom;commune\n" + "x" * 300),
    "T108": _file("uai;nom;commune\n", options=ReadOptions(encoding="klingon")),
    "T109": _file(b"uai;nom;commune\n0370001A;L\x81c\xe9e;Amboise\n"),
    "T110": _file("uai;nom;commune\n0370001A;Lycée;Amboise\n".encode() + b"0370040T;Lyc\xe9e;Tours\n"),
    "T111": _file("uai;nom;commune\n0370001A;Lycée;Amboise\n".encode("cp1252")),
    "T114": _rows(GOOD, '0370040T;"Lycée;;37058;Tours;1;'),
    "T115": _rows('0370040T;"Lycée" Bayet;;37058;Tours;1;', GOOD),
    "T119": _limits("a;b\n" + "x" * 31 + ";2\n"),
    "T122": _file(f"{HEADER}\n{GOOD}\n", "Codes de vote.csv"),
    "T123": _file(books.zipped(books.xlsx_parts({}) | {"xl/vbaProject.bin": b""}), "ecoles.xlsm"),
    "T124": _file(books.zipped({"xl/workbook.bin": b""}), "ecoles.xlsb"),
    "T125": _file(books.zipped({"Index/Document.iwa": b""}), "ecoles.numbers"),
    "T126": _file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "ecoles.xlsx"),
    "T167": _file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ecoles.doc"),
    "T127": _file(books.zipped({"ecoles.csv": "uai;nom;commune"}), "ecoles.zip"),
    "T128": _file(_BOOK, "ecoles.csv"),
    "T129": _file("<!DOCTYPE html><title>Connexion</title>", "ecoles.xls"),
    "T130": _file(_BOOK[:-300], "ecoles.xlsx"),
    "T131": _sheet(_BOOK, limits=Limits(unzipped_bytes=1000)),
    "T132": _sheet(books.xlsx(books.list_xml(after=" " * 2_000_000))),
    "T133": _sheet(_BOOK, limits=Limits(parts=3)),
    "T134": _sheet(books.zipped(books.xlsx_parts({"Feuil1": books.list_xml()}) | {"../ecoles": b""})),
    "T135": _sheet(books.xlsx(books.sheet_xml([], prolog='<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'))),
    "T136": _sheet(_BOOK, sheets=("Lycées",)),
    "T137": _sheets({"2025": books.table_xml(("A",)), "2026": books.table_xml(("B",))}),
    "T166": _sheet(b"uai;nom;commune\n0370035M;Lyc\xc3\xa9e;Tours\n", "ecoles.csv", sheets=("59",)),
    "T165": _sheet(
        books.zipped(books.xlsx_parts({"Notes": books.table_xml(("Ne pas diffuser",)), "L": books.list_xml()})),
        sheets=("Notes",),
    ),
    "T138": _sheets([("Liste", books.list_xml(), "hidden")]),
    "T139": _sheets([("Liste", books.list_xml(), "visible"), ("Codes", books.list_xml(), "veryHidden")]),
    "T140": _xlsx(books.row_xml(3, books.OTHER, 'hidden="1"')),
    "T141": _xlsx(before='<cols><col min="2" max="2" hidden="1"/></cols>'),
    "T142": _xlsx(books.row_xml(3, books.OTHER), after='<mergeCells><mergeCell ref="B3:C3"/></mergeCells>'),
    "T143": _xlsx(books.row_xml(3, (*books.OTHER[:2], '<c r="C3"><f>A1</f></c>'))),
    "T144": _xlsx(books.row_xml(3, (*books.OTHER[:2], '<c r="C3" t="e"><f>A1</f><v>#N/A</v></c>'))),
    "T145": _xlsx(books.row_xml(3, ("0370040T", '<c r="B3" s="1"><v>16565</v></c>', "Tours"))),
    "T163": _xlsx(books.row_xml(3, ("0370040T", '<c r="B3" t="b"><v>1</v></c>', "Tours"))),
    "T164": _sheet(books.ods_list(books.ods_row(("0370040T", _HIDDEN_CELL))), "ecoles.ods"),
    "T146": _xlsx(books.row_xml(3, ("0370040T", '<c r="B3" s="2"><v>16565</v></c>', "Tours"))),
    "T147": _sheet(books.xlsx(_VISITED, styles=books.styles_xml("dd/mm/yyyy"))),
    "T148": _xlsx(books.row_xml(2000, books.OTHER)),
    "T149": _xlsx(books.row_xml(3, (*books.OTHER, "", "voir M. X"))),
    "T150": _xlsx(books.row_xml(3, books.HEADER)),
    "T151": _xlsx(books.row_xml(3, ("rne", "nom", "ville"))),
    "T152": _xlsx(books.row_xml(3, ("TOTAL", "12", ""))),
    "T153": _sheet(books.xlsx_of(("Lycées d’Indre-et-Loire",), (), books.HEADER, books.SCHOOL)),
    "T154": _sheet(_BOOK, header_row=7),
    "T155": _file(b"uai;nom;commune\n0370001A;Foyer \x85 Tours;Amboise\n"),
    "T157": _sheet(_formulas(102)),
    "T158": _xlsx(after=_merges(1001)),
    "T159": _file(f"{HEADER}\n{GOOD}\n{_accents(100)}0370040T;MAØS;;37058;T;1;\n".encode("cp1252")),
    "T161": _file(f"{HEADER}\n" + "x;;;37000;;;\n" * 9, options=ReadOptions(limits=Limits(errors=2))),
    "T162": _two_sheets,
    "T213": _staff_given,
    "T337": _file(f"{HEADER};salle\n{GOOD};\n", choice=Choice(printed=("salle",))),
    "T305": _rows(GOOD, GOOD.replace("110", "90")),
    "T306": _rows(GOOD, GOOD),
    "T312": _rows(f"0370001A;{'a' * 201};;37402;Amboise;1;"),
    "T334": _sheets({"Indre-et-Loire (37)": books.list_xml(*_OF_TWO_AREAS)}),
    "T416": lambda tmp_path: [fault for fault in CASES["T414"](tmp_path) if fault.code != "T414"],
}
