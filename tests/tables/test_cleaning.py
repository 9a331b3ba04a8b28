"""What is cleaned: little without being asked, on request what is sure, and never without being told."""

import unicodedata
from pathlib import Path
from typing import Any, get_args

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from leaflet.faults import LANGUAGES, Fault, Place, Report
from leaflet.program import assets
from leaflet.tables import Person, ReadOptions, School, load_staff
from leaflet.tables.capitals import TextKind, french_capitals, person_capitals
from leaflet.tables.cells import NO_CLEANING, Cell, Cleaning, clean_text, looks_damaged, repair_text
from leaflet.tables.row_selection import Choice
from leaflet.tables.school import commune_name
from leaflet.text import unaccented
from tests.support import tables_of
from tests.tables.fault_cases import load_rows

COMMUNES, NAMES, TOWNS, DAMAGED, ADDRESSES, PERSONS = tables_of(__file__).values()
HEADER = ["uai", "nom", "adresse", "code_postal", "commune", "exemplaires", "etat"]
EVERYTHING = Cleaning(fix_codes=True, repair_text=True, french_capitals=True)
FRENCH = "aeilnortu éèêëàâùûîïôçœÉÈÀÇŒ’«»-"


def load(*rows: list[str], cleaning: Cleaning = NO_CLEANING, **asked: Any) -> tuple[list[School], Report]:
    """The schools of a list with these rows."""
    return load_rows(HEADER, *rows, options=ReadOptions(cleaning=cleaning), **asked)


def row(
    uai: str = "0370001A", name: str = "Lycée", cp: str = "37402", town: str = "Amboise", **more: str
) -> list[str]:
    return [uai, name, more.get("address", ""), cp, town, more.get("copies", ""), more.get("state", "")]


def clean(text: str, cleaning: Cleaning = NO_CLEANING) -> tuple[str | None, list[Fault]]:
    """A cell cleaned, with its faults."""
    report = Report()
    found = clean_text(Cell(text=text, place=Place(line=2), report=report), 200, cleaning)
    return found, list(report)


def codes(report: Report) -> list[str]:
    return [fault.code for fault in report]


# --- line breaks ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "broken", ["Lycée\nVinci", "Lycée\r\nVinci", "Lycée \u2028 Vinci", "Lycée\v\fVinci", "Lycée\x85Vinci"]
)
def test_a_line_break_becomes_a_space(broken: str) -> None:
    """What was broken for the eye in a spreadsheet is one line in a leaflet; the result is told."""
    schools, report = load(row(name=broken))
    assert [school.name for school in schools] == ["Lycée Vinci"]
    assert [(f.code, f.severity, f.values["after"]) for f in report] == [("T410", "warning", "Lycée Vinci")]


def test_a_secret_over_two_lines_is_one() -> None:
    """Joining lines must not put a secret together that was none before."""
    schools, report = load(row(name="Lycée, NUMEN 12E3\n456789ABC mdp :\nAzerty123"))
    assert schools == [] and {"T317", "T320"} & set(codes(report))


# --- codes ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("uai", "cp", "expected"), [
    ("10001W", "1505", ("0010001W", "01505")), ("010001w", "01505", ("0010001W", "01505")),
    ("370001A", "37402", ("0370001A", "37402"))
])  # fmt: skip
def test_lost_zeros_are_put_back_on_request(uai: str, cp: str, expected: tuple[str, str]) -> None:
    schools, report = load(row(uai, cp=cp), cleaning=Cleaning(fix_codes=True))
    assert [(school.key, school.postcode) for school in schools] == [expected]
    reported = {fault.values["value"]: fault.values["after"] for fault in report if fault.code == "T414"}
    assert reported == {before: after for before, after in zip((uai, cp), expected, strict=True) if before != after}
    assert [fault.values["codes"] for fault in report if fault.code == "T416"] == [len(reported)]
    assert load(row(uai, cp=cp))[0] == []


@pytest.mark.parametrize(
    ("uai", "cp"), [("10001X", "01505"), ("0010001W", "150"), ("0010001W", "1505 "), ("1W", "01505")]
)
def test_only_sure_codes_are_fixed(uai: str, cp: str) -> None:
    schools, report = load(row(uai, cp=cp), cleaning=EVERYTHING)
    if cp == "1505 ":  # spaces at the edges are nobody's
        assert [school.postcode for school in schools] == ["01505"]
    else:
        assert schools == [] and codes(report)[0] in ("T302", "T304", "T314")


def test_a_postcode_abroad_is_never_fixed() -> None:
    """Four digits are a whole postcode in Switzerland."""
    schools, report = load(row("1380001" + "ABCDEFGHJKLMNPRSTUVWXYZ"[1380001 % 23], cp="1201"), cleaning=EVERYTHING)
    assert [school.postcode for school in schools] == ["1201"] and not len(report)


# --- damaged text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("text", DAMAGED)
def test_damaged_text_is_repaired_on_request(text: str) -> None:
    assert repair_text(text) == DAMAGED[text]
    found, faults = clean(text, Cleaning(repair_text=True))
    assert (found, [fault.code for fault in faults]) == (DAMAGED[text], ["T412"])
    found, faults = clean(text)
    assert (found, [fault.code for fault in faults]) == (None, ["T411"])
    assert all("--repair-text" in faults[0].way_out(lang) for lang in LANGUAGES)
    assert faults[0].values["after"] == DAMAGED[text]


@pytest.mark.parametrize("text", ["Lyc\ufffde", "Maison Ã la", "Jeanne dâ€ Arc", "LycÃ©e Ã", "LycÃ©e Lyc\ufffde"])
def test_what_is_lost_is_not_guessed(text: str) -> None:
    for cleaning in (NO_CLEANING, EVERYTHING):
        found, faults = clean(text, cleaning)
        assert (found, [fault.code for fault in faults]) == (None, ["T413"])


@pytest.mark.parametrize("name", [
    "Château d’Ô", "SÃO JOÃO", "São Paulo", "Île-d’Âge", "« Âne »", "Škoda", "Háček", "Te Tara o Mai’ao", "Å",
    "Ångström"
])  # fmt: skip
def test_sound_names_are_sound(name: str) -> None:
    assert not looks_damaged(name) and clean(name, EVERYTHING) == (name, [])


@given(text=st.text(FRENCH, max_size=40))
def test_french_is_never_damaged_and_damage_is_undone(text: str) -> None:
    assert repair_text(text) == text
    misread = text
    for _ in range(2):
        misread = "".join(_misread(byte) for byte in misread.encode())
        assert repair_text(misread) == text and looks_damaged(misread) == (misread != text)


def _misread(byte: int) -> str:
    try:
        return bytes([byte]).decode("cp1252")
    except UnicodeDecodeError:
        return chr(byte)


# --- capitals -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NAMES)
def test_names_in_capitals(name: str) -> None:
    """As the ministry's own lists write them."""
    assert french_capitals(name) == NAMES[name]


@pytest.mark.parametrize("town", TOWNS)
def test_towns_in_capitals(town: str) -> None:
    """As the INSEE writes them, as far as the words are known."""
    assert french_capitals(town, kind="town") == TOWNS[town]


@pytest.mark.parametrize(
    "name", ["Lycée LEONARD DE VINCI", "le MANS", "École", "LP", "CFA BTP", "", "12", "北京", "ΑΒΓ"]
)
def test_anything_else_is_kept(name: str) -> None:
    """A small letter shows that capitals were chosen."""
    assert french_capitals(name) == name


@given(
    text=st.text(st.one_of(st.sampled_from("ABDEÉLMSTU '’-.()0123/œ"), st.characters(blacklist_categories=["Cs"])))
)
@example("A-A-A")
@example("LE LE LE")
@example("L'L'L")
def test_only_letters_change(text: str) -> None:
    for kind in get_args(TextKind):
        after = french_capitals(text, kind)
        assert french_capitals(after, kind) == after and _plain(after) == _plain(text)
        if text != text.upper():
            assert after == text


def _plain(text: str) -> str:
    opened = unicodedata.normalize("NFKD", text.upper().replace("Œ", "OE"))
    return "".join(char for char in opened if not unicodedata.combining(char))


@pytest.mark.parametrize("line", ADDRESSES)
def test_addresses_in_capitals(line: str) -> None:
    assert french_capitals(line, "address") == ADDRESSES[line]


@pytest.mark.parametrize(("typed", "departement", "name"), COMMUNES)
def test_communes_as_the_official_list_has_them(typed: str, departement: str, name: str) -> None:
    assert (commune_name(typed, departement) or "") == name


def test_every_commune_is_found_in_capitals_and_without_hyphens() -> None:
    area, lost = "", []
    for line in (assets() / "communes.txt").read_text("utf-8").splitlines():
        if line.startswith("["):
            area = {"2A": "620", "2B": "720"}.get(line[1:-1], line[1:-1].zfill(3))
        elif not line.startswith("#"):
            typed = unaccented(line).upper().replace("-", " ")
            if commune_name(typed, area) != line.replace("'", "'" if "'" in typed else "’"):
                lost.append(line)
    assert lost == []


@pytest.mark.parametrize("name", PERSONS)
def test_names_of_people_in_capitals(name: str) -> None:
    """They gain no accents: nobody but the person knows them."""
    assert person_capitals(name) == PERSONS[name]


def test_capitals_are_reported_and_seen_without_the_option() -> None:
    given_row = row(name="COLLEGE RABELAIS", town="TOURS", address="12 RUE DU PORT")
    schools, report = load(given_row, cleaning=Cleaning(french_capitals=True))
    assert [(s.name, s.town, s.address) for s in schools] == [("Collège Rabelais", "Tours", ("12 rue du Port",))]
    assert codes(report) == ["T415", "T415", "T415", "T416"]
    assert report.warnings[0].values == {"count": 3, "texts": 0, "codes": 0, "capitals": 3}
    assert [school.name for school in load(given_row)[0]] == ["COLLEGE RABELAIS"]


# --- all together ---------------------------------------------------------------------------------------------

CELLS = st.one_of(
    st.text(st.characters(blacklist_categories=["Cs"]), max_size=40),
    st.text("ÃÂâ€©™LYCEéa'’- \n\u200b\u00a0\u0301", max_size=20),
    st.sampled_from([*NAMES, *TOWNS, *DAMAGED]),
)


def test_damage_is_seen_through_characters_without_width() -> None:
    """They are taken out, and what is left must not be found damaged when it is read again."""
    assert clean("Â\u200b\xa00", Cleaning())[0] is None
    assert clean("LycÃ\u200b©e", Cleaning(repair_text=True))[0] == "Lycée"


@given(text=CELLS, cleaning=st.builds(Cleaning, repair_text=st.booleans(), french_capitals=st.booleans()))
def test_cleaning_twice_is_cleaning_once(text: str, cleaning: Cleaning) -> None:
    found, _ = clean(text, cleaning)
    if found is not None:
        again, faults = clean(found, cleaning)
        assert again == found and {fault.code for fault in faults} <= {"T321"}  # it begins like a formula
        if cleaning.french_capitals:
            assert french_capitals(french_capitals(found)) == french_capitals(found)


def _bare(text: str) -> str:
    return "".join(char for char in unicodedata.normalize("NFC", "".join(text.split())) if not char.isspace())


@given(text=CELLS)
def test_a_change_is_reported(text: str) -> None:
    schools, report = load(row(name=text), cleaning=EVERYTHING)
    for school in schools:
        reported = [fault for fault in report if fault.code in ("T412", "T415")]
        bare = _bare("".join(char for char in text if char not in "\u00ad\u200b\u2060\ufeff"))
        assert (_bare(school.name) != bare) == bool(reported)
        assert all(fault.values["after"] == school.name for fault in reported if fault.code == "T415")


def test_staff_are_cleaned_and_their_names_hidden(tmp_path: Path) -> None:
    path = tmp_path / "personnels.csv"
    path.write_text('prenom;nom;uai\nAndrÃ©;LABERT;370001A\n"Anne\nMarie";LABERT;0370001A\n', "utf-8")
    report = Report()
    people = load_staff(path, schools={"0370001A"}, report=report, options=ReadOptions(cleaning=EVERYTHING))
    names = (("André", 2), ("Anne Marie", 3))
    wanted = [Person(first_name=name, last_name="Labert", key="0370001A", line=line) for name, line in names]
    assert people["0370001A"] == wanted
    assert codes(report) == ["T412", "T415", "T414", "T410", "T415", "T416"]
    said = "\n".join(line for fault in report for lang in LANGUAGES for line in fault.lines(lang)).casefold()
    assert not any(name in said for name in ("andr", "labert", "marie"))


# --- one school twice -----------------------------------------------------------------------------------------


def test_rows_that_are_the_same_after_cleaning_are_merged() -> None:
    rows = (row(name="LYCEE  LEONARD DE VINCI"), row("370001A", name="Lycée Léonard de Vinci"))
    schools, report = load(*rows, cleaning=EVERYTHING)
    assert [school.line for school in schools] == [2]
    assert [fault.severity for fault in report if fault.code == "T306"] == ["note"]
    assert load(rows[0], row(name="Lycée Léonard de Vinci"))[0] == []


def test_rows_that_differ_name_both_lines_and_the_columns() -> None:
    schools, report = load(row(copies="10"), row("0370040T"), row(town="Tours", copies="12", address="1 rue A"))
    assert [school.key for school in schools] == ["0370040T"]
    (fault,) = report
    assert (fault.code, fault.values["first"], fault.values["line"]) == ("T305", 2, 4)
    assert fault.values["columns"] == "adresse, commune, exemplaires"


def test_a_closed_school_contests_no_open_one() -> None:
    rows = (row(state="FERMÉ", cp="x"), row(state="FERME", name="Autre"), row(state="Ouvert"))
    is_open = Choice(states=("OUVERT",))
    schools, report = load(*rows, choice=is_open)
    assert [(school.line, school.state) for school in schools] == [(3, "FERME"), (4, "Ouvert")]
    assert [(fault.code, fault.severity, fault.place.line) for fault in report] == [("T417", "note", 2)]
    assert {"T305", "T314", "T316"} == set(codes(load(*rows)[1]))
    assert codes(load(row(state="FERMÉ", name="NUMEN 12E3456789ABC"), choice=is_open)[1]) == ["T317"]
