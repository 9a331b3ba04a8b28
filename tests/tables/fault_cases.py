"""For each fault code of tables, the smallest list that has it."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from leaflet.campaign import load_academies
from leaflet.faults import DataError, Fault, Place, Report
from leaflet.markup.suggestions import make_suggestions
from leaflet.tables import Limits, ReadOptions, check_letter, load_schools, load_staff, read_table
from leaflet.tables.cells import Cleaning
from leaflet.tables.keys import KeyKind
from tests.support import later
from tests.tables import books

HEADER = "uai;nom;adresse;code_postal;commune;exemplaires;etat"
GOOD = "0370001A;Lycée Léonard de Vinci;;37402;Amboise;110;OUVERT"
STAFF_HEADER = "prenom;nom;uai;adresse_pro;identifiant_messagerie"
SCHOOLS = frozenset({"0370001A", "0370040T"})
SMALL = Limits(file_bytes=200, rows=2, columns=3, cell_chars=30)


def faults_of(path: Path, encoding: str | None = None) -> list[Fault]:
    """All faults of reading a school list."""
    report = Report()
    load_schools(path, report=report, options=ReadOptions(encoding=encoding))
    return list(report)


@later
def cleaned(tmp_path: Path, row: str, states: tuple[str, ...] = (), **asked: bool) -> list[Fault]:
    """A case from a row that is cleaned, or left out, on request."""
    path = tmp_path / "ecoles.csv"
    path.write_text(f"{HEADER}\n{row}\n", "utf-8")
    report = Report()
    load_schools(path, report=report, cleaning=Cleaning(**asked), states=states)
    return list(report)


def faults_in(tmp_path: Path, content: str | bytes, name: str = "ecoles.csv") -> list[Fault]:
    """The faults of a list with this content."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return faults_of(path)


def faults_of_limits(tmp_path: Path, content: str) -> list[Fault]:
    """The faults of a table read with very small limits."""
    path = tmp_path / "ecoles.csv"
    path.write_text(content, "utf-8")
    report = Report()
    try:
        list(read_table(path, report=report, options=ReadOptions(limits=SMALL)).rows)
    except DataError as error:
        report.extend(error.faults)
    return list(report)


def _file(content: str | bytes, name: str = "ecoles.csv") -> Callable[[Path], list[Fault]]:
    return lambda tmp_path: faults_in(tmp_path, content, name)


@later
def _keyed(tmp_path: Path, kind: KeyKind, key: str) -> list[Fault]:
    """A list of one row whose key is of this kind."""
    path = tmp_path / "liste.csv"
    path.write_text(f"{kind};nom;commune\n{key};Un;Tours\n", "utf-8")
    report = Report()
    load_schools(path, report=report, options=ReadOptions(key=kind))
    return list(report)


@later
def _given(tmp_path: Path, header: str, **given: str) -> list[Fault]:
    """A list of schools with this header, read by a campaign that says what its columns are."""
    path = tmp_path / "ecoles.csv"
    path.write_text(f"{header}\n", "utf-8")
    report = Report()
    load_schools(path, report=report, given=given)
    return list(report)


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
    load_staff(path, schools=SCHOOLS, report=report, given={"user_name": "Portable"})
    # what is said of the column by itself is told once more: T208
    return [fault for fault in report if fault.code != "T208"]


def _limits(content: str) -> Callable[[Path], list[Fault]]:
    return lambda tmp_path: faults_of_limits(tmp_path, content)


def _rows(*rows: str) -> Callable[[Path], list[Fault]]:
    return _file("\n".join((HEADER, *rows)) + "\n")


@later
def _encoding(tmp_path: Path, encoding: str, content: bytes = b"uai;nom;commune\n") -> list[Fault]:
    path = tmp_path / "ecoles.csv"
    path.write_bytes(content)
    return faults_of(path, encoding)


def staff_faults(tmp_path: Path, content: str | bytes, name: str = "personnels.csv") -> list[Fault]:
    """The faults of a staff list with this content, and of what is suggested from it."""
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    report = Report()
    people = load_staff(path, schools=SCHOOLS, report=report)
    make_suggestions(people, load_academies().by_uai, report, Place(file=name))
    return list(report)


def _staff(*rows: str, header: str = STAFF_HEADER) -> Callable[[Path], list[Fault]]:
    return lambda tmp_path: staff_faults(tmp_path, "\n".join((header, *rows)) + "\n")


def sheet_faults(tmp_path: Path, content: bytes, name: str = "ecoles.xlsx", **options: Any) -> list[Fault]:
    """The faults of a spreadsheet read as a list of schools."""
    path = tmp_path / name
    path.write_bytes(content)
    report = Report()
    load_schools(path, report=report, options=ReadOptions(**options))
    return list(report)


def _sheet(content: bytes, **options: Any) -> Callable[[Path], list[Fault]]:
    return lambda tmp_path: sheet_faults(tmp_path, content, **options)


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


def _accents(count: int) -> bytes:
    """Schools with a plain accent."""
    uais = (f"{at:07}{check_letter(f'{at:07}')}" for at in range(380_000, 380_000 + count))
    return "".join(f"{uai};Lycée {uai};;38000;Grenoble;1;\n" for uai in uais).encode("cp1252")


def _merges(count: int) -> str:
    ranges = "".join(f'<mergeCell ref="A{2 * at}:A{2 * at + 1}"/>' for at in range(1, count + 1))
    return f"<mergeCells>{ranges}</mergeCells>"


_BOOK = books.xlsx(books.list_xml())


def _errors_without_end(folder: Path) -> list[Fault]:
    """A list of which every row is wrong, with room for two errors."""
    path, report = folder / "ecoles.csv", Report()
    path.write_text(f"{HEADER}\n" + "x;;;37000;;;\n" * 9, "utf-8")
    load_schools(path, report=report, options=ReadOptions(limits=Limits(errors=2)))
    return list(report)


CASES: dict[str, Callable[[Path], list[Fault]]] = {
    "T101": lambda tmp_path: faults_of(tmp_path / "absent.csv"),
    "T102": faults_of,
    "T103": lambda tmp_path: faults_of(tmp_path / "a\0b.csv"),
    "T104": _file("\n \n"),
    "T105": _file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ecoles.xls"),
    "T106": _file(b"%PDF-1.7\n"),
    "T107": _limits("uai;nom;commune\n" + "x" * 300),
    "T108": _encoding("klingon"),
    "T109": _file(b"uai;nom;commune\n0370001A;L\x81c\xe9e;Amboise\n"),
    "T110": _file("uai;nom;commune\n0370001A;Lycée;Amboise\n".encode() + b"0370040T;Lyc\xe9e;Tours\n"),
    "T111": _file("uai;nom;commune\n0370001A;Lycée;Amboise\n".encode("cp1252")),
    "T112": _file("uai\n0370001A\n"),
    "T113": _rows("0370001A;Lycée\0;;37402;Amboise;1;"),
    "T114": _rows(GOOD, '0370040T;"Lycée;;37058;Tours;1;'),
    "T115": _rows('0370040T;"Lycée" Bayet;;37058;Tours;1;', GOOD),
    "T116": _file(HEADER + "\n"),
    "T117": _limits("a;b\n1;2\n3;4\n5;6\n"),
    "T118": _limits("a;b;c;d\n"),
    "T119": _limits("a;b\n" + "x" * 31 + ";2\n"),
    "T120": _rows(GOOD + ";surplus"),
    "T121": _rows("0370001A;Lycée;Amboise"),
    "T122": _file(f"{HEADER}\n{GOOD}\n", "Codes de vote.csv"),
    "T123": _file(books.zipped(books.xlsx_parts({}) | {"xl/vbaProject.bin": b""}), "ecoles.xlsm"),
    "T124": _file(books.zipped({"xl/workbook.bin": b""}), "ecoles.xlsb"),
    "T125": _file(books.zipped({"Index/Document.iwa": b""}), "ecoles.numbers"),
    "T126": _file(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "ecoles.xlsx"),
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
    "T137": _sheet(
        books.zipped(books.xlsx_parts({"2025": books.table_xml(("A",)), "2026": books.table_xml(("B",))}))
    ),
    "T138": _sheet(books.zipped(books.xlsx_parts([("Liste", books.list_xml(), "hidden")]))),
    "T139": _sheet(
        books.zipped(
            books.xlsx_parts([("Liste", books.list_xml(), "visible"), ("Codes", books.list_xml(), "veryHidden")])
        )
    ),
    "T140": _xlsx(books.row_xml(3, books.OTHER, 'hidden="1"')),
    "T141": _xlsx(before='<cols><col min="2" max="2" hidden="1"/></cols>'),
    "T142": _xlsx(books.row_xml(3, books.OTHER), after='<mergeCells><mergeCell ref="B3:C3"/></mergeCells>'),
    "T143": _xlsx(books.row_xml(3, (*books.OTHER[:2], '<c r="C3"><f>A1</f></c>'))),
    "T144": _xlsx(books.row_xml(3, (*books.OTHER[:2], '<c r="C3" t="e"><f>A1</f><v>#N/A</v></c>'))),
    "T145": _xlsx(books.row_xml(3, ("0370040T", '<c r="B3" s="1"><v>16565</v></c>', "Tours"))),
    "T163": _xlsx(books.row_xml(3, ("0370040T", '<c r="B3" t="b"><v>1</v></c>', "Tours"))),
    "T164": _sheet(
        books.ods_list(
            books.ods_row(
                (
                    "0370040T",
                    "<table:table-cell><text:p>A<text:hidden-text>b</text:hidden-text></text:p></table:table-cell>",
                )
            )
        ),
        name="ecoles.ods",
    ),
    "T146": _xlsx(books.row_xml(3, ("0370040T", '<c r="B3" s="2"><v>16565</v></c>', "Tours"))),
    "T147": _sheet(
        books.xlsx(
            books.table_xml((*books.HEADER, "visite"), (*books.SCHOOL, '<c r="D2" s="1"><v>46000</v></c>')),
            styles=books.styles_xml("dd/mm/yyyy"),
        )
    ),
    "T148": _xlsx(books.row_xml(2000, books.OTHER)),
    "T149": _xlsx(books.row_xml(3, (*books.OTHER, "", "voir M. X"))),
    "T150": _xlsx(books.row_xml(3, books.HEADER)),
    "T151": _xlsx(books.row_xml(3, ("rne", "nom", "ville"))),
    "T152": _xlsx(books.row_xml(3, ("TOTAL", "12", ""))),
    "T153": _sheet(books.xlsx_of(("Lycées d’Indre-et-Loire",), (), books.HEADER, books.SCHOOL)),
    "T154": _sheet(_BOOK, header_row=7),
    "T155": _file(b"uai;nom;commune\n0370001A;Foyer \x85 Tours;Amboise\n"),
    "T156": _limits("a,b;c\n1,2;3\n"),
    "T157": _sheet(_formulas(102)),
    "T158": _xlsx(after=_merges(1001)),
    "T159": _file(
        f"{HEADER}\n{GOOD}\n".encode("cp1252") + _accents(100) + "0370040T;MAØS;;37058;T;1;\n".encode("cp1252")
    ),
    "T160": _file("uai;nom;commune\n0370001A;Lyc+AOk-e;Amboise\n"),
    "T161": _errors_without_end,
    "T162": _two_sheets,
    "T201": _file("uai;nom;commune;Nom\n0370001A;A;B;C\n"),
    "T202": _file("uai;nom;commune;ville\n0370001A;A;B;C\n"),
    "T203": _file("uai;nom;telephone\n0370001A;A;0\n"),
    "T204": _file("uai;nom;commune;exemplaire\n0370001A;A;B;3\n"),
    "T205": _file("UAI;Nom élève;Prénom élève;INE;Date naissance\n0370001A;A;B;C;D\n"),
    "T206": _file("uai;nom;commune;Mot de passe\n0370001A;A;B;C\n"),
    "T207": _staff("Julie;Labert;0370001A;1970-01-01", header="prenom;nom;uai;date de naissance"),
    "T208": _staff("Julie;Labert;0370001A;0612345678", header="prenom;nom;uai;portable"),
    "T209": _staff("Julie;Labert;0370001A;12345", header="prenom;nom;uai;identifiant"),
    "T210": _given("uai;nom;commune;nombre", copies="Tirage"),
    "T211": _given("uai;nom;commune;tirage", copie="Tirage"),
    "T212": _given("uai;nom;commune;tirage", copies="tirage", staff="Tirage"),
    "T213": _staff_given,
    "T214": _staff("Julie Labert;0370001A", header="nom;uai"),
    "T215": _file("uai;nom;commune;Exemplaires à livrer\n0370001A;A;B;3\n"),
    "T216": _file("uai;nom;adresse postale\n0370001A;A;12 rue X, 37000 TOURS\n"),
    "T217": _file("uai;nom;commune\n0370001A;M. Jean Exemple;Amboise\n0370040T;Mme Anne Exemple;Tours\n"),
    "T333": _rows("0370001A;Lycée;;;Amboise;1;"),
    "T301": _rows("0370001A;;;37402;Amboise;1;"),
    "T322": _keyed("finess", "99000010"),
    "T323": _keyed("siret", "7328293200007"),
    "T324": _keyed("siret", "73282932000075"),
    "T325": _keyed("code", "../x"),
    "T302": _rows("O370001A;Lycée;;37402;Amboise;1;"),
    "T303": _rows("370001A;Lycée;;37402;Amboise;1;"),
    "T304": _rows("0370010A;Lycée;;37402;Amboise;1;"),
    "T305": _rows(GOOD, GOOD.replace("110", "90")),
    "T306": _rows(GOOD, GOOD),
    "T307": _rows("0370001A;Lycée\tVinci;;37402;Amboise;1;"),
    "T308": _rows("0370001A;Lycée\x07;;37402;Amboise;1;"),
    "T309": _rows("0370001A;Lycée \u202eicniV;;37402;Amboise;1;"),
    "T310": _rows("0370001A;Lycée \ue000;;37402;Amboise;1;"),
    "T311": _rows("0370001A;Ly\u00adcée;;37402;Amboise;1;"),
    "T312": _rows(f"0370001A;{'a' * 201};;37402;Amboise;1;"),
    "T313": _rows("0010001W;Lycée;;1505;Bourg;1;"),
    "T326": _rows("930H01;Lycée;;0;Johannesburg;1;"),
    "T314": _rows("0370001A;Lycée;;37 OOO;Amboise;1;"),
    "T315": _rows("0370001A;Lycée;;37402;Amboise;12,5;"),
    "T316": _rows("0370001A;Lycée;;37402;Amboise;1;A FERMER"),
    "T317": _rows("0370001A;Lycée 16E1234567ABC;;37402;Amboise;1;"),
    "T318": _rows("0370001A;https://exemple.fr/?token=1;;37402;Amboise;1;"),
    "T319": _rows("0370001A;Lycée 2 85 05 37 261 001 42;;37402;Amboise;1;"),
    "T320": _rows("0370001A;Lycée, mdp : Azerty123;;37402;Amboise;1;"),
    "T321": _rows("0370001A;=HYPERLINK(1);;37402;Amboise;1;"),
    "T331": _file("uai;nom;commune;courriel\n0370001A;Lycée;Tours;ce.0370001a at ac-tours.fr\n"),
    "T332": _file("uai;nom;adresse postale\n0370001A;A;12 rue X\n"),
    "T334": _sheet(
        books.zipped(
            books.xlsx_parts(
                {
                    "Indre-et-Loire (37)": books.list_xml(
                        books.row_xml(3, ("0370035M", "B", "Tours")), books.row_xml(4, ("0180005H", "C", "Bourges"))
                    )
                }
            )
        )
    ),
    "T418": _staff("Julie Marie Labert;0370001A", header="nom prénom;uai"),
    "T421": _staff("Julie;0370001A", header="nom prénom;uai"),
    "T419": _staff("Mme LABERT Julie;0370001A", header="nom prénom;uai"),
    "T420": _staff("Julie;84729913;0370001A;;"),
    "T401": _staff("Julie;Labert;0370035M;;"),
    "T402": _staff("Julie;Labert;0370001A;;", "JULIE;LABERT;0370001a;;"),
    "T408": _staff("Julie;Labert;0370001A;julie.labért@ac-tours.fr;"),
    "T403": _staff("Julie;Labert;0370001A;julie.labert;"),
    "T404": _staff("Julie;Labert;0370001A;julie.labert@gmail.com;"),
    "T405": _staff("Julie;Labert;0370001A;julie.labert@example.org;"),
    "T406": _staff("Julie;Labert;0370001A;;Labert Julie"),
    "T407": _staff("Julie;Labert;0370001A;;", "Jean;Labert;0370040T;;"),
    "T410": _rows('0370001A;"Lycée\nVinci";;37402;Amboise;1;'),
    "T411": _rows("0370001A;LycÃ©e;;37402;Amboise;1;"),
    "T412": cleaned("0370001A;LycÃ©e;;37402;Amboise;1;", repair_text=True),
    "T413": _rows("0370001A;Lyc\ufffde;;37402;Amboise;1;"),
    "T414": cleaned("10001W;Lycée;;1505;Bourg;1;", fix_codes=True),
    "T415": cleaned("0370001A;LYCEE LEONARD DE VINCI;;37402;AMBOISE;1;", french_capitals=True),
    "T417": cleaned("0370001A;Lycée;;x;Amboise;1;FERMÉ", states=("OUVERT",)),
    "T416": lambda tmp_path: [fault for fault in CASES["T414"](tmp_path) if fault.code != "T414"],
}


def named_pipe(tmp_path: Path) -> Path:
    """A pipe where a file is expected; opening it would wait for a writer for ever."""
    path = tmp_path / "ecoles.csv"
    os.mkfifo(path)
    return path
