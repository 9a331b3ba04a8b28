"""Schools: names are kept exactly or refused with the cell named."""

import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from leaflet.faults import Report
from leaflet.tables import ReadOptions, School, check_letter, load_schools, open_schools
from tests.support import peak_of, tables_of
from tests.tables.fault_cases import load_rows as load

EDGES = " \t\r\n\u00a0\u202f"
REFUSED = {"T411", "T413", "T307", "T308", "T309", "T310", "T312", "T301", "T317", "T318", "T319", "T320", "T113"}


def load_with(column: str, *cells: str) -> tuple[list[School], Report]:
    """Schools with one more column, the first of which has the first cell."""
    keys = ("0370001A", "0370040T", "0370036N")
    return load(
        ["uai", "nom", "commune", column],
        *([key, "Lycée", "Tours", cell] for key, cell in zip(keys, cells, strict=False)),
    )


def load_name(name: str) -> tuple[list[School], Report]:
    return load(["uai", "nom", "commune"], ["0370001A", name, "Amboise"])


@pytest.mark.parametrize("name", [
    "Lycée <b>Vinci</b>", "A & B", "{{7*7}}", "{% raw %}", '« L’"école" »', "l'école", "École 🏫", "-", "%s",
    "Lycée <Jean Moulin> Tours", "\\o/", "a;b,c", "Te Tara o Mai’ao", "a\u00a0b", "a\u202fb", "x" * 200
])  # fmt: skip
def test_hostile_names_are_text(name: str) -> None:
    schools, report = load_name(name)
    assert [school.name for school in schools] == [name] and not len(report)


@pytest.mark.parametrize("name", ["=1+1", '="01505"', "=HYPERLINK(1)"])
def test_formulas_are_text_with_a_warning(name: str) -> None:
    """They are printed as they are written, which is hardly what was meant."""
    schools, report = load_name(name)
    assert [school.name for school in schools] == [name]
    assert [(f.code, f.severity, f.place.field) for f in report] == [("T321", "warning", "nom")]


@pytest.mark.parametrize(("name", "code"), [*tables_of(__file__)["refused"], ("x" * 300, "T312")])
def test_unprintable_names_are_refused(name: str, code: str) -> None:
    schools, report = load_name(name)
    assert schools == []
    assert [(f.code, f.place.line, f.place.field) for f in report.errors] == [(code, 2, "nom")]


@given(name=st.text(st.characters(blacklist_categories=["Cs"]), max_size=220))
def test_any_name_is_kept_or_refused(name: str) -> None:
    assume(not re.search("[\u02b0-\u02e4\u1d2c-\u1d61\u207f\u2160-\u217f\ufb00-\ufb06\uff01-\uff5e]", name))  # others
    schools, report = load_name(name)
    if schools:
        seen = "".join(c for c in name.strip(EDGES) if c not in "\u00ad\u200b\u2060\ufeff")
        seen = re.sub("[\n\v\f\r\x85\u2028\u2029]+", " ", seen)
        expected = re.sub(" {2,}", " ", unicodedata.normalize("NFC", seen)).strip(EDGES)
        assert schools[0].name == expected and expected.strip()
    else:
        assert {fault.code for fault in report.errors} <= REFUSED
        assert all(fault.place.field == "nom" for fault in report.errors)


def test_all_fields() -> None:
    header = ["Identifiant_de_l_etablissement", "Nom_etablissement", "Adresse_1", "Adresse_2", "Adresse_3"]
    header += ["Code postal", "Nom_commune", "Libelle_academie", "exemplaires"]
    row = ["0370001a", "Lycée", "1 rue A", "", "BP 3", "37402", "Amboise", "Orléans-Tours", "0"]
    schools, report = load(header, row)
    assert not len(report)
    assert schools == [
        School(key="0370001A", name="Lycée", address=("1 rue A", "BP 3"), postcode="37402", town="Amboise",
               copies=0, academie_label="Orléans-Tours", line=2)
    ]  # fmt: skip


def test_postcode_abroad_is_kept() -> None:
    uai = "1380001" + check_letter("1380001")
    schools, report = load(["uai", "nom", "commune", "cp"], [uai, "École", "Monaco", "MC-98 000"])
    assert schools[0].postcode == "MC-98 000" and not len(report)


def test_postcode_of_overseas_needs_no_match() -> None:
    """Réunion lycées have CEDEX postcodes in 977: nothing is concluded from them."""
    schools, _ = load(["uai", "nom", "commune", "cp"], ["9741051Z", "Lycée", "Bras-Panon", "97712"])
    assert (schools[0].postcode, schools[0].academie_label) == ("97712", "")


@pytest.mark.parametrize("copies", ["-1", "1e3", "10000", "2.0", "٣", "deux"])
def test_copies_are_whole_numbers(copies: str) -> None:
    schools, report = load_with("copies", copies)
    assert schools == [] and [fault.code for fault in report] == ["T315"]


def test_blank_rows_are_skipped() -> None:
    schools, report = load(["uai", "nom", "commune"], ["", "", ""], ["0370001A", "A", "T"], [" ", "", ""])
    assert [school.line for school in schools] == [3] and not len(report)


@pytest.mark.drill
def test_memory_stays_flat(tmp_path: Path) -> None:
    """Schools stream: 20,000 rows cost the file and one small entry per UAI, not a list of schools."""
    path = tmp_path / "ecoles.csv"
    with path.open("w", encoding="utf-8") as file:
        file.write("uai;nom;commune\n")
        for n in range(20_000):
            digits = f"037{n % 10_000:04d}" if n < 10_000 else f"041{n % 10_000:04d}"
            file.write(f"{digits}{check_letter(digits)};{'École ' * 20};Tours\n")

    def count() -> int:
        reader = open_schools(path, report=Report())
        assert reader is not None
        return sum(1 for _ in reader.schools())

    peak, counted = peak_of(count)
    assert counted == 20_000 and peak < 2.5 * path.stat().st_size


@pytest.mark.parametrize(
    "column", ["personnels", "Effectif", "nb personnels", "effectif_personnels", "nombre de personnels"]
)
def test_staff_is_counted(column: str) -> None:
    schools, report = load_with(column, "42", "")
    assert [school.staff for school in schools] == [42, None] and not len(report)
    assert [fault.code for fault in load_with(column, "12345")[1]] == ["T315"]


@pytest.mark.parametrize("ministry", ["MINISTERE DE L'EDUCATION NATIONALE", "", "Ministère des Armées"])
def test_ministry_and_sector(ministry: str) -> None:
    rows = (("0370001A", "Public"), ("0370040T", "Privé"), ("0370036N", "autre"))
    header = ["uai", "nom", "commune", "ministere_tutelle", "statut_public_prive"]
    schools, report = load(header, *([uai, "Lycée", "Tours", ministry, sector] for uai, sector in rows))
    assert [school.sector for school in schools] == ["public", "private", ""]
    assert {school.ministry for school in schools} == {ministry} and not list(report)


@pytest.mark.parametrize("header", ["Mail", "Courriel", "Adresse mail", "mail établissement", "Email", "Mél"])
def test_the_e_mail_address_of_a_school_is_read(header: str) -> None:
    schools, report = load_with(header, "ce.0370001a@ac-tours.fr")
    assert [school.email for school in schools] == ["ce.0370001a@ac-tours.fr"] and not list(report)


@pytest.mark.parametrize("text", ["ce.0370001a", "a@b", "a@b.fr, c@d.fr", "Lycée <a@b.fr>", "é@ac-tours.fr"])
def test_what_is_no_address_is_a_warning(text: str) -> None:
    """Documents are printed all the same; only its draft cannot be made."""
    schools, report = load_with("mail", text)
    assert [school.email for school in schools] == [text]
    assert [(fault.code, fault.severity) for fault in report] == [("T331", "warning")]


def test_two_rows_with_different_addresses_are_an_error() -> None:
    rows = (["0370001A", "Lycée", "Tours", mail] for mail in ("a@b.fr", "c@d.fr"))
    schools, report = load(["uai", "nom", "commune", "mail"], *rows)
    assert schools == [] and [fault.code for fault in report] == ["T305"]


# --- columns as unions and ministries call them -----------------------------------------------------------------


@pytest.mark.parametrize("copies", ["Nb ex.", "Nbre d'exemplaires", "Nombre d’exemplaires", "Quantité", "Nb d'ex"])
@pytest.mark.parametrize("name", ["Dénomination", "Dénomination de l'établissement", "Libellé établissement"])
def test_columns_have_many_names(name: str, copies: str) -> None:
    schools, report = load(["RNE", name, "Localité", copies], ["0370001A", "Lycée", "Tours", "12"])
    assert [(s.name, s.town, s.copies) for s in schools] == [("Lycée", "Tours", 12)] and not len(report)


@pytest.mark.parametrize("cell", ["12 rue X, BP 3, 37032 TOURS CEDEX 9", "12 rue X\nBP 3\n37032 TOURS CEDEX 9"])
def test_an_address_in_one_cell_is_split_and_that_is_told(cell: str) -> None:
    schools, report = load(["uai", "nom", "Adresse postale"], ["0370001A", "Lycée", cell])
    found = [(s.address, s.postcode, s.town) for s in schools]
    assert found == [(("12 rue X", "BP 3"), "37032", "TOURS CEDEX 9")]
    assert [(fault.code, fault.place.field) for fault in report] == [("T216", "Adresse postale")]


def test_an_address_that_cannot_be_split_is_refused_with_its_cell() -> None:
    rows = (["0370001A", "A", "12 rue X"], ["0370040T", "B", ""], ["0370035M", "C", "37000 Tours"])
    schools, report = load(["uai", "nom", "Adresse postale"], *rows)
    assert [s.key for s in schools] == ["0370035M"]
    assert [(f.code, f.place.line) for f in report.errors] == [("T332", 2), ("T301", 3)]
    assert {f.place.field for f in report.errors} == {"Adresse postale"}


@pytest.mark.parametrize(("cell", "column"), [
    (f"{'rue X ' * 21}, 37000 Tours", ""), (f"1 rue X, 37000 {'Tours ' * 21}", ""), ("rue X " * 21, "Tours")
])  # fmt: skip
def test_parts_of_an_address_in_one_cell_are_as_short_as_fields(cell: str, column: str) -> None:
    header, row = ["uai", "nom", "Adresse postale"], ["0370001A", "A", cell]
    schools, report = load([*header, "Commune"] if column else header, [*row, column] if column else row)
    assert (schools, [fault.code for fault in report.errors]) == ([], ["T312"])


@pytest.mark.parametrize("rest", [[], ["Tours"]])
def test_an_address_in_one_cell_has_three_lines_at_most(rest: list[str]) -> None:
    cell = "A\nB\nC\nD\nE" if rest else "A\nB\nC\nD\nE\n37000 Tours"
    header = ["uai", "nom", "Adresse postale", "Commune"]
    schools, _ = load(header[: 3 + len(rest)], ["0370001A", "Lycée", cell, *rest])
    assert [school.address for school in schools] == [("A", "B", "C, D, E")]


def test_columns_for_postcode_and_town_come_first() -> None:
    header = ["uai", "nom", "Adresse postale", "CP", "Commune"]
    rows = (("0370001A", "12 rue X", "37000"), ("0370040T", "1 rue Y, 37000 TOURS", "37010"))
    schools, report = load(header, *([uai, "A", address, code, "Tours"] for uai, address, code in rows))
    found = [(s.address, s.postcode, s.town) for s in schools]
    assert found == [(("12 rue X",), "37000", "Tours"), (("1 rue Y",), "37010", "Tours")] and not len(report)


@pytest.mark.parametrize(("title", "told"), [
    ("Exemplaires à livrer", True), ("Adresse du gymnase", True), ("Circo", False), ("Téléphone", False),
    ("Fax", False)
])  # fmt: skip
def test_a_column_that_looks_useful_is_named_once(title: str, told: bool) -> None:
    _, report = load_with(title, "12", "13")
    assert [(f.code, f.place.field) for f in report] == ([("T215", title)] if told else [])
    assert all(f"{title}" in str(fault.values["command"]) for fault in report)


def test_an_address_without_town_asks_whether_it_holds_the_town() -> None:
    """« Adresse » may be all of it: the user says so."""
    schools, report = load(["uai", "nom", "Adresse"], ["0370001A", "A", "1 rue X, 37000 Tours"])
    assert not schools and [fault.code for fault in report] == ["T203", "T214"]


def test_the_row_that_was_asked_for_headings_is_pointed_at(tmp_path: Path) -> None:
    (tmp_path / "e.csv").write_text("uai;nom;commune\n0370001A;Un;Tours\n0370040T;Deux;Tours\n", "utf-8")
    report = Report()
    assert load_schools(tmp_path / "e.csv", report=report, options=ReadOptions(header_row=2)) == []
    assert {"in row 2, as header_row says" in one.way_out("en") for one in report if one.code == "T203"} == {True}
