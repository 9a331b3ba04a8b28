"""The keys of other lists than those of schools: FINESS, SIRET, codes of one's own."""

from pathlib import Path

import pytest

from leaflet.campaign.model import KeySettings
from leaflet.faults import Report, catalogue
from leaflet.production.inputs import kind_of_key
from leaflet.tables import ReadOptions, School, load_schools, load_staff
from leaflet.tables.keys import KINDS, UAI, KeyKind, UaiError, is_key, parse_key, territory_of
from tests.support import tables_of

TABLES = tables_of(__file__)
MEMBER = KeyKind("code", {"en": "a member", "fr": "un adhérent"}, "adherent", ("@@#####", "X-###"), "luhn")
OF = {**KINDS, "uai": UAI, "member": MEMBER}


@pytest.mark.parametrize(("kind", "text", "key"), TABLES["right"])
def test_a_right_key(kind: str, text: str, key: str) -> None:
    """Spaces that people put into long numbers do not count, nor do small letters."""
    assert parse_key(OF[kind], text) == key and is_key(OF[kind], key) and is_key(OF[kind], text) is (text == key)


@pytest.mark.parametrize(("kind", "text", "code"), TABLES["wrong"])
def test_a_wrong_key(kind: str, text: str, code: str) -> None:
    with pytest.raises(UaiError) as error:
        parse_key(OF[kind], text)
    assert error.value.code == code and not is_key(OF[kind], text)


def test_a_key_is_described_anew(tmp_path: Path) -> None:
    """A shape stands where nobody says in words what it is; a UAI keeps the names of its column."""
    for named, header in (("code", "Code"), ("uai", "UAI")):
        kind = kind_of_key(KeySettings(kind=named, shapes=("@-##",)))
        (tmp_path / "liste.csv").write_text(f"{header};nom;commune\nS-1;Un;Tours\nS-02;Deux;Tours\n", "utf-8")
        schools = load_schools(tmp_path / "liste.csv", report=(report := Report()), options=ReadOptions(key=kind))
        assert (schools[0].key, [fault.reason("en") for fault in report]) == ("S-02", ["“S-1” is not @-##."])


@pytest.mark.parametrize("digit", range(9))
def test_one_wrong_digit_is_found(digit: int) -> None:
    key = "990000028"
    wrong = key[:digit] + str((int(key[digit]) + 1) % 10) + key[digit + 1 :]
    assert not is_key(OF["finess"], wrong)


def read(folder: Path, text: str, kind: str, **given: str) -> tuple[list[School], list[str]]:
    """The schools of a list with such keys, and the codes of its faults."""
    path = folder / "liste.csv"
    path.write_text(text, "utf-8")
    report = Report()
    schools = load_schools(path, report=report, options=ReadOptions(key=OF[kind], given=given))
    return schools, [fault.code for fault in report]


@pytest.mark.parametrize(("kind", "header"), TABLES["headers"])
def test_the_column_is_recognised(tmp_path: Path, kind: str, header: str) -> None:
    """By its usual names; a column of UAI may hold codes, as for schools abroad, and no other kind."""
    one, two = TABLES["keys"][kind]
    schools, codes = read(tmp_path, f"{header};nom;commune\n{one};Un;Tours\n{two};Deux;Tours\n", kind)
    assert ([school.key for school in schools], codes) == ([one, two], [])
    assert ("T203" in read(tmp_path, "uai;nom;commune\n0370001A;Un;Tours\n", kind)[1]) == (kind != "code")


@pytest.mark.parametrize(("kind", "header"), TABLES["headers"][:3])
def test_a_list_of_another_key_is_told_of_it(tmp_path: Path, kind: str, header: str) -> None:
    """Whoever leaves the key unsaid reads which one the list seems to have."""
    report = Report()
    (tmp_path / "liste.csv").write_text(f"{header};nom;commune\nx;Un;Tours\n", "utf-8")
    load_schools(tmp_path / "liste.csv", report=report)
    assert [f'write key = "{kind}" below [data]' in fault.way_out("en") for fault in report] == [True]


def test_a_campaign_names_the_column_by_its_kind(tmp_path: Path) -> None:
    text = "Matricule;nom;commune\n990000010;Un;Tours\n"
    assert [school.key for school in read(tmp_path, text, "finess", finess="Matricule")[0]] == ["990000010"]


def test_two_rows_of_one_key(tmp_path: Path) -> None:
    same = "finess;nom;commune\n990000010;Un;Tours\n990000010;Un;Tours\n"
    schools, codes = read(tmp_path, same, "finess")
    assert (len(schools), codes) == (1, ["T306"])
    schools, codes = read(tmp_path, same.replace("Un;Tours\n990000010;Un", "Un;Tours\n990000010;Deux"), "finess")
    assert (len(schools), codes) == (0, ["T305"])


def test_messages_about_any_key_name_no_uai() -> None:
    """A message that says « UAI » is about a code that was read as one, or that schools of the ministry have."""
    naming = {code for code, told in catalogue().items() if "UAI" in f"{told.reason}{told.way_out}"}
    assert naming == {"C179", "K516", "T219", "T302", "T304", "T326", "T335"}


def test_a_staff_list_has_the_same_keys(tmp_path: Path) -> None:
    path = tmp_path / "personnels.csv"
    path.write_text("prenom;nom;finess\nOndine;Passiflore;990000010\nNoé;Passiflore;990000028\n", "utf-8")
    report = Report()
    people = load_staff(path, schools={"990000010"}, report=report, options=ReadOptions(key=OF["finess"]))
    assert list(people) == ["990000010"] and [fault.code for fault in report] == ["T401"]


@pytest.mark.parametrize(("key", "postcode", "territory"), TABLES["territories"])
def test_the_territory(key: str, postcode: str, territory: str) -> None:
    """A UAI gives it by its digits, another key by the postcode; it is unknown rather than guessed."""
    assert territory_of(key, postcode) == territory
