"""Staff lists as the software of schools exports them: one command makes named cards. All people are invented."""

import csv
import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from leaflet.faults import LANGUAGES
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.campaigns import campaign_text, write_small_campaign
from tests.production.test_cards import document, texts
from tests.tables import books

Rows = Sequence[Sequence[str]]
SCHOOL = "uai;nom;commune\n0370035M;Lycée Descartes;Tours\n"


def text_of(rows: Rows, encoding: str = "cp1252", delimiter: str = ";", quoting: int = csv.QUOTE_MINIMAL) -> bytes:
    """A list as text, with the line ends of Windows."""
    written = io.StringIO()
    csv.writer(written, delimiter=delimiter, quoting=quoting, lineterminator="\r\n").writerows(rows)
    return written.getvalue().encode(encoding)


def xlsx_of(**sheets: Rows) -> bytes:
    """A workbook with these sheets."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name.replace("_", " "))
        for row in rows:
            sheet.append(list(row))
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def ods_of(**sheets: Rows) -> bytes:
    """The same from LibreOffice."""
    parts = [books.ods_sheet(map(books.ods_row, rows), name.replace("_", " ")) for name, rows in sheets.items()]
    return books.ods(*parts)


SERVICES: dict[str, Rows] = {
    "Profs": [("Nom", "Prénom", "Discipline"), ("DURAND", "Alice", "Lettres"), ("LE GOFF", "Yann", "Maths")],
    "Vie_scolaire": [("Nom", "Prénom", "Fonction"), ("PETIT", "Léa", "CPE")],
    "Agents": [("Service", "NOM Prénom"), ("Cuisine", "DE LA TOUR Marc")],
    "Salles": [("Salle", "Étage"), ("B12", "1")],
}
OF_SERVICES = ["Alice DURAND", "Yann LE GOFF", "Léa PETIT", "Marc DE LA TOUR"]

LISTS: dict[str, tuple[str, Callable[[], bytes], list[str]]] = {
    "Pronote": (
        "ExportProfesseurs.csv",
        lambda: text_of(
            [
                ("Civilité", "Nom", "Prénom", "Matières", "Classes", "Adresse e-mail"),
                ("Mme", "DURAND", "Alice", "Français", "2A, 2B", "alice.durand@ac-orleans-tours.fr"),
                ("M.", "LE GOFF", "Yann", "Mathématiques", "", ""),
            ],
            quoting=csv.QUOTE_ALL,
        ),
        ["Alice DURAND", "Yann LE GOFF"],
    ),
    "STS with titles": (
        "STS.xlsx",
        lambda: xlsx_of(
            Feuil1=[
                ("Lycée Descartes - Tours",),
                ("Liste des personnels, année 2026-2027",),
                (),
                ("Civ.", "Nom d'usage", "Prénom", "Grade", "Fonction", "Discipline", "ORS"),
                ("M.", "MOREAU", "Hugo", "CERT", "ENS", "L1000", "18"),
                ("MME", "D'ARTAGNAN", "Anne", "AGREGE", "ENS", "L0202", "15"),
            ]
        ),
        ["Hugo MOREAU", "Anne D'ARTAGNAN"],
    ),
    "Onde": (
        "enseignants.csv",
        lambda: text_of(
            [
                ("Nom enseignant", "Prénom enseignant", "Classe", "Niveau", "Fonction"),
                ("MOREAU", "Hugo", "CP A", "CP", "Adjoint"),
                ("PETIT", "Léa", "CM2", "CM2", "Directrice"),
            ],
            "utf-8-sig",
        ),
        ["Hugo MOREAU", "Léa PETIT"],
    ),
    "one column, NOM Prénom": (
        "salle-des-profs.csv",
        lambda: text_of(
            [
                ("NOM Prénom", "Discipline"),
                ("DUPONT-LEGRAND Marie-Thérèse", "Anglais"),
                ("EL AMRANI Fatima Zahra", "SVT"),
                ("MARTIN DUBOIS LOU", "EPS"),
            ]
        ),
        ["Marie-Thérèse DUPONT-LEGRAND", "Fatima Zahra EL AMRANI", "MARTIN DUBOIS LOU"],
    ),
    "nothing but names": (
        "noms.csv",
        lambda: text_of([("Nom et prénom",), ("DURAND Alice",), ("PETIT Léa",)]),
        ["Alice DURAND", "Léa PETIT"],
    ),
    "courtesy titles before names": (
        "personnels.csv",
        lambda: text_of(
            [
                ("Agent", "Fonction"),
                ("Mme DURAND Alice", "Secrétaire"),
                ("M. de LA TOUR Marc", "Agent"),
                ("Madame Léa PETIT", "Infirmière"),
            ]
        ),
        ["Alice DURAND", "Marc de LA TOUR", "Léa PETIT"],
    ),
    "a sheet for each service, XLSX": ("personnels.xlsx", lambda: xlsx_of(**SERVICES), OF_SERVICES),
    "a sheet for each service, ODS": ("personnels.ods", lambda: ods_of(**SERVICES), OF_SERVICES),
    "Excel’s Texte Unicode": (
        "personnels.txt",
        lambda: text_of([("Nom", "Prénom"), ("ÉTIENNE", "Zoé"), ("PETIT", "Léa")], "utf-16", "\t"),
        ["Zoé ÉTIENNE", "Léa PETIT"],
    ),
    "a total": (
        "effectifs.csv",
        lambda: text_of([("Nom", "Prénom", "Quotité"), ("DURAND", "Alice", "1"), ("TOTAL", "", "1")]),
        ["Alice DURAND"],
    ),
    "blank columns": (
        "liste.csv",
        lambda: text_of([("", "Nom", "", "Prénom", "", ""), ("", "DURAND", "", "Alice", "", "")]),
        ["Alice DURAND"],
    ),
    "Prénom NOM and mail": (
        "annuaire.csv",
        lambda: text_of(
            [("Prénom NOM", "Mél"), ("Alice DURAND", "alice.durand@ac-orleans-tours.fr"), ("Yann LE GOFF", "")],
            "utf-8",
            ",",
        ),
        ["Alice DURAND", "Yann LE GOFF"],
    ),
}


def campaign_with(folder: Path, name: str, content: bytes) -> Path:
    """A campaign of one school with this staff list."""
    text = campaign_text(document(), staff=True).replace("personnels.csv", name)
    path = write_small_campaign(folder, text, SCHOOL)
    (folder / name).write_bytes(content)
    return path


@pytest.mark.parametrize("case", LISTS)
def test_a_list_becomes_named_cards_with_one_command(tmp_path: Path, case: str) -> None:
    """Everybody is printed once, nobody else is, and no message shows a name."""
    name, content, people = LISTS[case]
    path = campaign_with(tmp_path, name, content())
    result = build(BuildOptions(campaign=path, out=tmp_path / "out"))
    (file,) = (tmp_path / "out" / "cartes").glob("*.pdf")
    text = " ".join("".join(texts(file)).split())  # a long name stands on two lines
    assert [text.count(person) for person in people] == [1] * len(people)
    assert text.count("Le portail") == len(people)
    said = "\n".join(line for fault in result.faults for lang in LANGUAGES for line in fault.lines(lang)).casefold()
    assert not any(word in said for person in people for word in person.casefold().split() if len(word) > 3)
    assert not [fault.code for fault in result.faults if fault.severity == "error"]


@pytest.mark.parametrize("make", [xlsx_of, ods_of])
def test_sheets_read_and_passed_over_are_named(tmp_path: Path, make: Callable[..., bytes]) -> None:
    """Nothing is silent about several sheets; one that is named is read alone."""
    name = "personnels.xlsx" if make is xlsx_of else "personnels.ods"
    path = campaign_with(tmp_path, name, make(**SERVICES))
    faults = build(BuildOptions(campaign=path, out=tmp_path / "out")).faults
    (fault,) = [fault for fault in faults if fault.code == "T162"]
    assert fault.values["sheets"] == "Profs, Vie scolaire, Agents"
    assert fault.reason("fr").endswith("Laissées de côté\xa0: Salles.")
    assert fault.severity == "warning"
    path.write_text(path.read_text("utf-8").replace("[data]\n", '[data]\nstaff_sheet = "Agents"\n'), "utf-8")
    assert not [f for f in build(BuildOptions(campaign=path, out=tmp_path / "one")).faults if f.code == "T162"]
    (file,) = (tmp_path / "one" / "cartes").glob("*.pdf")
    assert "".join(texts(file)).count("Le portail") == 1
