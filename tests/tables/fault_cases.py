"""For each fault code of tables, the smallest list that has it."""

import os
from collections.abc import Callable
from pathlib import Path

from leaflet.campaign import load_academies
from leaflet.faults import DataError, Fault, Place, Report
from leaflet.records import make_suggestions
from leaflet.tables import Limits, load_schools, load_staff, read_csv

HEADER = "uai;nom;adresse;code_postal;commune;exemplaires;etat"
GOOD = "0370001A;Lycée Léonard de Vinci;;37402;Amboise;110;OUVERT"
STAFF_HEADER = "prenom;nom;uai;adresse_pro;identifiant_messagerie"
SCHOOLS = frozenset({"0370001A", "0370040T"})
SMALL = Limits(file_bytes=200, rows=2, columns=3, cell_chars=30)


def faults_of(path: Path, encoding: str | None = None) -> list[Fault]:
    """All faults of reading a school list."""
    report = Report()
    load_schools(path, report=report, encoding=encoding)
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
        list(read_csv(path, report=report, limits=SMALL).rows)
    except DataError as error:
        report.extend(error.faults)
    return list(report)


def _file(content: str | bytes, name: str = "ecoles.csv") -> Callable[[Path], list[Fault]]:
    return lambda tmp_path: faults_in(tmp_path, content, name)


def _limits(content: str) -> Callable[[Path], list[Fault]]:
    return lambda tmp_path: faults_of_limits(tmp_path, content)


def _rows(*rows: str) -> Callable[[Path], list[Fault]]:
    return _file("\n".join((HEADER, *rows)) + "\n")


def _encoding(encoding: str, content: bytes = b"uai;nom;commune\n") -> Callable[[Path], list[Fault]]:
    def case(tmp_path: Path) -> list[Fault]:
        path = tmp_path / "ecoles.csv"
        path.write_bytes(content)
        return faults_of(path, encoding)

    return case


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


CASES: dict[str, Callable[[Path], list[Fault]]] = {
    "T101": lambda tmp_path: faults_of(tmp_path / "absent.csv"),
    "T102": faults_of,
    "T103": lambda tmp_path: faults_of(tmp_path / "a\0b.csv"),
    "T104": _file("\n \n"),
    "T105": _file(b"PK\x03\x04rest of a zip", "ecoles.csv"),
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
    "T201": _file("uai;nom;commune;Nom\n0370001A;A;B;C\n"),
    "T202": _file("uai;nom;commune;ville\n0370001A;A;B;C\n"),
    "T203": _file("uai;nom;telephone\n0370001A;A;0\n"),
    "T204": _file("uai;nom;commune;exemplaire\n0370001A;A;B;3\n"),
    "T205": _file("UAI;Nom élève;Prénom élève;INE;Date naissance\n0370001A;A;B;C;D\n"),
    "T206": _file("uai;nom;commune;Mot de passe\n0370001A;A;B;C\n"),
    "T207": _staff("Julie;Labert;0370001A;1970-01-01", header="prenom;nom;uai;date de naissance"),
    "T208": _staff("Julie;Labert;0370001A;0612345678", header="prenom;nom;uai;portable"),
    "T209": _staff("Julie;Labert;0370001A;12345", header="prenom;nom;uai;identifiant"),
    "T301": _rows("0370001A;;;37402;Amboise;1;"),
    "T302": _rows("O370001A;Lycée;;37402;Amboise;1;"),
    "T303": _rows("370001A;Lycée;;37402;Amboise;1;"),
    "T304": _rows("0370010A;Lycée;;37402;Amboise;1;"),
    "T305": _rows(GOOD, GOOD.replace("110", "90")),
    "T306": _rows(GOOD, GOOD),
    "T307": _rows('0370001A;"Lycée\nVinci";;37402;Amboise;1;'),
    "T308": _rows("0370001A;Lycée\x07;;37402;Amboise;1;"),
    "T309": _rows("0370001A;Lycée \u202eicniV;;37402;Amboise;1;"),
    "T310": _rows("0370001A;Lycée \ue000;;37402;Amboise;1;"),
    "T311": _rows("0370001A;Ly\u00adcée;;37402;Amboise;1;"),
    "T312": _rows(f"0370001A;{'a' * 201};;37402;Amboise;1;"),
    "T313": _rows("0010001W;Lycée;;1505;Bourg;1;"),
    "T314": _rows("0370001A;Lycée;;37 OOO;Amboise;1;"),
    "T315": _rows("0370001A;Lycée;;37402;Amboise;12,5;"),
    "T316": _rows("0370001A;Lycée;;37402;Amboise;1;A FERMER"),
    "T317": _rows("0370001A;Lycée 16E1234567ABC;;37402;Amboise;1;"),
    "T318": _rows("0370001A;https://exemple.fr/?token=1;;37402;Amboise;1;"),
    "T319": _rows("0370001A;Lycée 2 85 05 37 261 001 42;;37402;Amboise;1;"),
    "T320": _rows("0370001A;Lycée, mdp : Azerty123;;37402;Amboise;1;"),
    "T401": _staff("Julie;Labert;0370035M;;"),
    "T402": _staff("Julie;Labert;0370001A;;", "JULIE;LABERT;0370001a;;"),
    "T403": _staff("Julie;Labert;0370001A;julie.labert;"),
    "T404": _staff("Julie;Labert;0370001A;julie.labert@gmail.com;"),
    "T405": _staff("Julie;Labert;0370001A;julie.labert@example.org;"),
    "T406": _staff("Julie;Labert;0370001A;;Labert Julie"),
    "T407": _staff("Julie;Labert;0370001A;;", "Jean;Labert;0370040T;;"),
}


def named_pipe(tmp_path: Path) -> Path:
    """A pipe where a file is expected; opening it would wait for a writer for ever."""
    path = tmp_path / "ecoles.csv"
    os.mkfifo(path)
    return path
