"""Staff lists: people by school, only what a card needs, and messages without names."""

import csv
import re
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.faults import LANGUAGES, Fault, Report
from leaflet.tables import Person, ReadOptions, load_staff, reading
from leaflet.tables.cells import NO_CLEANING, Cleaning
from leaflet.tables.row_selection import Choice, FilterColumn, PeopleChoice, Where
from tests.support import tables_of
from tests.tables import books
from tests.tables.fault_cases import CASES, SCHOOLS

TABLES = tables_of(__file__)
STAFF_CODES = [code for code in CASES if code[:3] == "T40"]


def load(header: list[str], *rows: list[str], **options: Any) -> tuple[dict[str, list[Person]], Report]:
    report = Report()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "personnels.csv"
        with path.open("w", encoding="utf-8", newline="", errors="surrogatepass") as file:
            csv.writer(file, delimiter=";").writerows([header, *rows])
        return load_staff(path, report=report, **{"schools": SCHOOLS, **options}), report


def one(**fields: str) -> tuple[list[Person], list[str]]:
    """The people and the codes of a list of one row."""
    values = {"prenom": "Julie", "nom": "Labert", "uai": "0370001A", **fields}
    people, report = load(list(values), list(values.values()))
    return [person for staff in people.values() for person in staff], [fault.code for fault in report]


def said(faults: Report | list[Fault]) -> str:
    return "\n".join(line for fault in faults for lang in LANGUAGES for line in fault.lines(lang))


def test_people_by_school_in_the_order_of_the_list() -> None:
    people, report = load(
        ["Prénom", "NOM", "RNE", "Adresse pro", "identifiant messagerie"],
        ["Julie", "Labert", "0370040t", "julie.labert@ac-orleans-tours.fr", "jlabert"],
        ["", "", "", "", ""],
        ["Marc", " Le  Dupond ", "0370001A", "", ""],
        ["Anne", "D'Artagnan", "0370040T", "Anne.D@education.gouv.fr", ""],
    )
    assert not len(report)
    assert people == {
        "0370040T": [
            Person(first_name="Julie", last_name="Labert", key="0370040T",
                   address="julie.labert@ac-orleans-tours.fr", user_name="jlabert", line=2),
            Person(first_name="Anne", last_name="D'Artagnan", key="0370040T",
                   address="Anne.D@education.gouv.fr", line=5),
        ],
        "0370001A": [Person(first_name="Marc", last_name="Le Dupond", key="0370001A", line=4)],
    }  # fmt: skip


@pytest.mark.parametrize("header", TABLES["headers"])
def test_columns_have_many_names(header: tuple[str, ...]) -> None:
    people, report = load(list(header), ["Julie", "Labert", "0370001A", "j.l@ac-lyon.fr", "jl"])
    assert not len(report)
    assert people["0370001A"][0] == Person(
        first_name="Julie", last_name="Labert", key="0370001A", address="j.l@ac-lyon.fr", user_name="jl", line=2
    )


@pytest.mark.parametrize("address", TABLES["addresses"])
def test_professional_addresses(address: str) -> None:
    people, found = one(mel=address)
    assert (people[0].address, found) == (address, [])


@pytest.mark.parametrize(("address", "code"), TABLES["wrong_addresses"])
def test_other_addresses_are_refused_or_get_a_warning(address: str, code: str) -> None:
    people, found = one(mel=address)
    assert (len(people), found) == (code == "T405", [code])


@pytest.mark.parametrize("column", ["Date de naissance", "né(e) le", "n° INSEE", "NIR", "date_naissance", "INE"])
def test_birth_social_security_and_pupils_are_refused(column: str) -> None:
    """The whole list is: whoever sends it round should not."""
    people, report = load(["prenom", "nom", "uai", column], ["Julie", "Labert", "0370001A", ""])
    assert not people and [fault.code for fault in report] in (["T207"], ["T206"], ["T205"])


@pytest.mark.parametrize("column", ["Téléphone", "portable", "Adresse personnelle", "mail perso", "adresse", "Âge"])
def test_private_columns_are_not_read(column: str) -> None:
    people, report = load(["prenom", "nom", "uai", column], ["Julie", "Labert", "0370001A", "zzzqqq"])
    assert [fault.code for fault in report] == ["T208"] and "zzzqqq" not in repr(people)


def test_faulty_rows_are_left_out_and_the_others_kept() -> None:
    people, report = load(
        ["prenom", "nom", "uai", "mel"],
        ["", "Labert", "0370035M", "x"],
        ["Julie", "Labert", "0370001A", ""],
        ["Julie", "Labert", "370001A", ""],
    )
    assert [person.line for person in people["0370001A"]] == [3]
    found = [(fault.code, fault.place.line, fault.place.field) for fault in report]
    assert found == [("T421", 2, "nom"), ("T401", 2, "uai"), ("T403", 2, "mel"), ("T303", 4, "uai")]


def test_the_same_person_twice_is_kept_once() -> None:
    """In one school and with one address; in two schools, or with two addresses, these are two cards."""
    people, report = load(
        ["prenom", "nom", "uai", "mel"],
        ["Julie", "Labert", "0370001A", "a@ac-lyon.fr"],
        ["JULIE", "labert", "0370001a", "A@ac-lyon.fr"],
        ["Julie", "Labert", "0370001A", "b@ac-lyon.fr"],
        ["Julie", "Labert", "0370040T", "a@ac-lyon.fr"],
    )
    assert [person.line for staff in people.values() for person in staff] == [2, 4, 5]
    assert [(fault.code, fault.values["first"], fault.place.line) for fault in report] == [("T402", 2, 3)]


# --- names stay out of messages -------------------------------------------------------------------------------

NAME = "Zébulonne"  # stands nowhere in the messages themselves
HOSTILE = ["\x07", "\u202e", "\ue000", "\u200b", "\n", "\u00ad", "x" * 200, "\ufdd0", "\x85"]


@pytest.mark.parametrize("spoiler", HOSTILE)
@pytest.mark.parametrize("column", range(5))
def test_unprintable_cells_are_not_shown(column: int, spoiler: str) -> None:
    row = ["Julie", "Labert", "0370001A", "", ""]
    row[column] = f"{NAME}{spoiler}{NAME}"
    _, report = load(["prenom", "nom", "uai", "mel", "login"], row)
    assert len(report) and all(fault.place.line == 2 for fault in report) and NAME not in said(report)


@pytest.mark.parametrize("content", [
    f"{NAME};Labert;0370001A\nJulie;Martin;0370001A\n",  # no header: the first row is a person
    f"{NAME};{NAME};0370001A\n", f"prenom;nom;uai\n{NAME};Labert\n",
    f"prenom;nom;uai\n{NAME};Labert;0370001A;{NAME}\n", f'prenom;nom;uai\n"{NAME};Labert;0370001A\n',
    f'prenom;nom;uai\n"{NAME}" {NAME};Labert;0370001A\n', f"prenom;nom;uai\n{NAME}\0;Labert;0370001A\n",
    f"{NAME}\nJulie\n", f"prenom;nom;uai;{NAME}\nJulie;Labert;0370001A;12E3456789ABC\n",
    f"prenom;nom;uai;Mot de passe de {NAME}\nJulie;Labert;0370001A;x\n",
    f"prenom;nom;{NAME};Prenom\nJulie;Labert;x;y\n", f"Prenon;nom;{NAME};{NAME}\nJulie;Labert;x;y\n"
])  # fmt: skip
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_broken_lists_show_no_name(tmp_path: Path, content: str, encoding: str) -> None:
    path, report = tmp_path / "personnels.csv", Report()
    path.write_bytes(content.encode(encoding))
    load_staff(path, schools=SCHOOLS, report=report)
    assert report.errors and not re.search("bulonne", said(report))
    assert "Martin" not in said(report) and "Labert" not in said(report)


@pytest.mark.parametrize("code", STAFF_CODES)
def test_faults_of_staff_name_the_line(code: str, tmp_path: Path) -> None:
    for fault in CASES[code](tmp_path):
        assert fault.place.line or "lines" in fault.values
        assert not re.search("julie|labert", said([fault]), re.IGNORECASE)


TEXTS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=30).map(
    lambda t: f"Zq{t}Qz"
)


@given(row=st.lists(TEXTS, min_size=5, max_size=5), header=st.lists(TEXTS, min_size=1, max_size=2))
def test_no_cell_is_ever_shown(row: list[str], header: list[str]) -> None:
    names = ["prenom", "nom", "uai", "mel", "login", *header]
    _, report = load(names, [*row, *header])
    shown = said(report)
    for text in (*row, *header):
        assert text not in shown and text[:12] not in shown


# --- lists as schools have them -------------------------------------------------------------------------------

ONE = frozenset({"0370001A"})


def load_of_one(
    header: list[str], *rows: list[str], cleaning: Cleaning = NO_CLEANING
) -> tuple[list[Person], list[str]]:
    """The people of a list whose campaign has one school, and the codes."""
    people, report = load(header, *rows, schools=ONE, options=ReadOptions(cleaning=cleaning))
    return people.get("0370001A", []), [fault.code for fault in report]


def test_one_school_needs_no_uai() -> None:
    people, found = load_of_one(["Prénom", "Nom"], ["Julie", "Labert"])
    assert ([(p.name, p.key) for p in people], found) == ([("Julie Labert", "0370001A")], [])
    people, found = load_of_one(["Prénom", "Nom", "UAI"], ["Julie", "Labert", ""], ["Zoé", "If", "0370040T"])
    assert ([p.name for p in people], found) == (["Julie Labert"], ["T401"])


def test_several_schools_need_uais() -> None:
    people, report = load(["Prénom", "Nom"], ["Julie", "Labert"])
    assert people == {} and [fault.code for fault in report] == ["T203"]
    assert "uai" in str(report.errors[0].values["names"]) and "has one school needs none" in report.errors[0].way_out(
        "en"
    )
    report = load(["uai", "nom", "commune"], ["0370001A", "Lycée", "Tours"])[1]
    assert "liste d’établissements\xa0: nommez-la après schools =" in report.errors[0].way_out("fr")


def test_whole_names_are_split_or_printed_whole() -> None:
    people, found = load_of_one(
        ["Nom Prénom", "Fonction"], ["Mme LABERT Julie", "Agent"], ["LE GOFF MARIE", ""], ["Dupont Martin Lou", ""]
    )
    assert [(p.first_name, p.last_name, p.name) for p in people] == [
        ("Julie", "LABERT", "Julie LABERT"),
        ("MARIE", "LE GOFF", "MARIE LE GOFF"),
        ("", "Dupont Martin Lou", "Dupont Martin Lou"),
    ]
    assert found == ["T418", "T419"]


@pytest.mark.parametrize(("header", "row"), [
    (["Nom", "Nom complet"], ["Labert", "LABERT Julie"]), (["Prénom", "Nom complet"], ["Julie", "LABERT Julie"]),
    (["Nom complet", "Nom", "Prénom"], ["?", "LABERT", "Julie"]), (["Nom", "Prénom"], ["LABERT Julie", ""]),
])  # fmt: skip
def test_columns_of_first_and_last_name_count_together(header: list[str], row: list[str]) -> None:
    people, found = load_of_one(header, row)
    assert ([(p.first_name, p.last_name) for p in people], found) == ([("Julie", "LABERT")], [])


def test_names_in_capitals_are_changed_on_request_only() -> None:
    rows = ["LABERT Julie"], ["DE LA TOUR Marc"]
    asked, found = load_of_one(["Nom Prénom"], *rows, cleaning=Cleaning(french_capitals=True))
    assert ([p.name for p in asked], found) == (["Julie Labert", "Marc de La Tour"], ["T415", "T415", "T416"])
    assert [p.name for p in load_of_one(["Nom Prénom"], *rows)[0]] == ["Julie LABERT", "Marc DE LA TOUR"]


def test_a_name_without_first_name_is_no_guess() -> None:
    """« Nom » may hold the whole name: the user says so, with the command that the fault gives; alone it does."""
    people, report = load(["nom", "uai"], ["Labert Julie", "0370001A"])
    assert people == {} and [fault.code for fault in report] == ["T203", "T214"]
    assert '--set "full_name=nom"' in str(report.warnings[0].values["command"])
    for title in ("Nom", "Noms", "Agents", "Personnels"):
        alone = load_of_one([title], ["LABERT Julie"], ["Zoé IF"])[0]
        assert [one.name for one in alone] == ["Julie LABERT", "Zoé IF"]


def test_an_extra_column_is_no_field_of_its_name(tmp_path: Path) -> None:
    """« Address » is no name of the professional address, whatever that field is called here."""
    path, report = tmp_path / "personnels.csv", Report()
    path.write_text("prenom;nom;mel;Address\nJulie;Labert;a.b@ac-lyon.fr;12 rue X\n", "utf-8")
    column = FilterColumn(name="address", text="Address", option="--where", list="staff")
    choice = Choice(people=PeopleChoice(where=(Where(column=column, operator="~", value="", text=""),)))
    (person,) = load_staff(path, schools=ONE, report=report, choice=choice)["0370001A"]
    assert (person.address, person.extra, len(report)) == ("a.b@ac-lyon.fr", (("address", "12 rue X"),), 0)


def test_a_sheet_about_pupils_is_passed_over(tmp_path: Path) -> None:
    path, header = tmp_path / "personnels.ods", ("Prénom", "Nom")

    def loaded(schools: frozenset[str] = ONE, **sheets: list[tuple[str, ...]]) -> tuple[int, list[str]]:
        path.write_bytes(books.ods(*(books.ods_sheet(map(books.ods_row, rows), n) for n, rows in sheets.items())))
        report = Report()
        people = load_staff(path, schools=schools, report=report)
        return sum(map(len, people.values())), [fault.code for fault in report]

    profs = [header, ("Julie", "Labert")]
    assert loaded(Profs=profs, Élèves=[header, ("Zoé", "If")]) == (1, ["T162"])
    assert loaded(Profs=profs, Autres=[(*header, "INE"), ("Zoé", "If", "")]) == (0, ["T205"])
    assert loaded(Salles=[("Salle", "Étage")], Bus=[("Ligne", "Heure")]) == (0, ["T137"])
    assert loaded(ONE | {"0370002B"}, Profs=profs, Agents=profs) == (0, ["T137", "T203", "T203"])  # a UAI
    assert loaded(Profs=profs, Agents=profs) == (1, ["T162", "T402"])
    assert loaded(Profs=profs, Agents=[header]) == (1, ["T162"])


def test_each_sheet_is_opened_once_and_its_faults_are_told_once(tmp_path: Path) -> None:
    path, report = tmp_path / "personnels.xlsx", Report()
    sheets = {
        "Profs": [("Prénom", "Nom", "Tél"), ("Julie", "Labert", "")],
        "Agents": [("Prénom", "Nom"), ("Zoé", "If"), ("Zoé", "Y", "x", "z")],
        "Bus": [("Ligne", "Tél"), ("1", "2", "3", "4")],
    }
    path.write_bytes(books.ods(*(books.ods_sheet(map(books.ods_row, rows), n) for n, rows in sheets.items())))
    with patch("leaflet.tables.opening.read_table", wraps=reading.read_table) as read:
        people = load_staff(path, schools=ONE, report=report)
    assert [person.name for person in people["0370001A"]] == ["Julie Labert", "Zoé If"]
    assert [fault.code for fault in report] == ["T128", "T162", "T208", "T149"]
    (warning,) = (fault for fault in report if fault.code == "T162")
    assert "Profs, Agents. Passed over: Bus." in warning.reason("en")  # names of sheets are no names of people
    assert read.call_count == 1 + len(sheets)
