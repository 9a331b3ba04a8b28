"""Faults of tables have the place that the user sees, come all at once, and repeat no secret."""

from pathlib import Path

import pytest

from leaflet.faults import Fault
from tests.tables.fault_cases import CASES, GOOD, HEADER, faults_in


def only(faults: list[Fault], code: str) -> Fault:
    return next(fault for fault in faults if fault.code == code)


def test_place_is_file_line_column(tmp_path: Path) -> None:
    faults = faults_in(tmp_path, f"{HEADER}\n{GOOD}\n\n0010001W;Lycée;;1505;Bourg;1;\n")
    assert only(faults, "T313").lines("fr") == [
        "T313 ecoles.csv · ligne 4 · «\u00a0code_postal\u00a0»",
        "     «\u00a01505\u00a0» n’a que quatre chiffres\u00a0; un code postal en compte cinq. Un tableur a sans "
        "doute supprimé le zéro du début.",
        "     → Mettez la colonne au format Texte, puis écrivez 01505\u00a0; ou faites remettre les zéros "
        'perdus\u00a0: --fix-codes, ou clean = ["fix-codes"] sous [data] dans la campagne.',
    ]


def test_no_zero_is_put_before_a_postcode_of_another_departement(tmp_path: Path) -> None:
    """« 3750 » of a school in the 37 has lost its last figure: 03750 is a town in the Allier."""
    (fault,) = faults_in(tmp_path, f"{HEADER}\n0370036N;Lycée;;3750;Chinon;1;\n")
    assert (fault.code, "proposal" in fault.values) == ("T314", False)


def test_all_faults_of_all_rows_at_once(tmp_path: Path) -> None:
    faults = faults_in(tmp_path, f"{HEADER}\n0370010A;;;1505;Tours;x;\n{GOOD};y\n0370040T;Bayet;;37;Tours;;\n")
    found = [(fault.code, fault.place.line) for fault in faults]
    assert found == [("T304", 2), ("T301", 2), ("T313", 2), ("T315", 2), ("T120", 3), ("T314", 4)]


def test_secret_value_is_not_repeated(tmp_path: Path) -> None:
    """A NUMEN or a token must not end up on the terminal or in a log."""
    for code, secret in (("T317", "16E1234567ABC"), ("T318", "token=1")):
        lines = "\n".join(only(CASES[code](tmp_path), code).lines("fr"))
        assert secret not in lines


@pytest.mark.parametrize("name", ["a.xlsx", "a.ods", "a.XLS", "a.xlsb", "a.numbers"])
def test_text_under_the_name_of_a_spreadsheet_is_read(name: str, tmp_path: Path) -> None:
    assert [fault.code for fault in faults_in(tmp_path, f"{HEADER}\n{GOOD}\n", name)] == ["T128"]


@pytest.mark.parametrize(("magic", "code"), [(b"PK\x03\x04", "T130"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "T105")])
def test_spreadsheet_is_recognised_by_contents(magic: bytes, code: str, tmp_path: Path) -> None:
    fault = faults_in(tmp_path, magic + b"\0" * 50)[0]
    assert fault.code == code
    assert "tableur" in fault.way_out("fr") or "LibreOffice" in fault.way_out("fr")
