"""Every fault code: caused by a test, complete in both languages, in the documentation."""

import re
import string
from pathlib import Path

import pytest

from docs.make_faults import faults_page
from leaflet.faults import LANGUAGES, Fault, Place, Report, catalogue, visible
from tests.campaign.fault_cases import CASES as CAMPAIGN_CASES
from tests.compare.fault_cases import CASES as DIFF_CASES
from tests.fault_cases import CASES
from tests.imposition.fault_cases import CASES as PRESS_CASES
from tests.preflight.fault_cases import CASES as REVIEW_CASES
from tests.tables.fault_cases import CASES as TABLE_CASES

ROOT = Path(__file__).parents[1]
PLACEHOLDER = re.compile(r"(?<!\{)\{(\w+)\}(?!\})")


def test_each_code_is_caused_by_a_test() -> None:
    """No message is in the catalogue that nobody has seen; no case lacks its message. There are more than forty."""
    assert {*CASES, *TABLE_CASES, *CAMPAIGN_CASES, *PRESS_CASES, *REVIEW_CASES, *DIFF_CASES} == set(catalogue())
    assert len(catalogue()) >= 40


@pytest.mark.parametrize("code", CASES)
def test_a_case_causes_its_fault(code: str, tmp_path: Path) -> None:
    """Each case causes its fault, whose messages are whole in both languages."""
    faults = [fault for fault in CASES[code](tmp_path) if fault.code == code]
    assert faults
    for lang in LANGUAGES:
        for line in faults[0].lines(lang):
            assert not PLACEHOLDER.search(line), line
            assert "None" not in line
    if code[0] in "MF" and code not in ("M001", "M301", "F104", "F201"):
        assert faults[0].place.file


@pytest.mark.parametrize("code", catalogue())
def test_messages_match_each_other(code: str) -> None:
    """English and French are both there; reasons name the same values; French has French spacing."""
    entry = catalogue()[code]
    for text in (entry.reason, entry.way_out):
        assert set(text) == set(LANGUAGES)
        assert all(text[lang].strip() for lang in LANGUAGES)
        for lang in LANGUAGES:
            assert all(name is None or name.isidentifier() for _, name, _, _ in string.Formatter().parse(text[lang]))
    names = [
        {name.removesuffix("_fr").removesuffix("_en") for name in PLACEHOLDER.findall(entry.reason[lang])}
        for lang in LANGUAGES
    ]
    assert names[0] == names[1]
    for french in (entry.reason["fr"], entry.way_out["fr"]):
        assert not re.search(r" [;!?»]|« | :(?!/)", french), french
        assert not re.search(r"\w'\w", french), french


SHEETS = dict.fromkeys(("T136", "T137", "T138"), ("--sheet", "sheet under [data]", "staff_sheet"))
ROWS = dict.fromkeys(("T153", "T154"), ("--header-row", "header_row under [data]", "staff_header_row"))
LETTERS = dict.fromkeys(("T109", "T111", "T155"), ("--encoding", "encoding under [data]"))


@pytest.mark.parametrize(("code", "ways"), [*SHEETS.items(), *ROWS.items(), *LETTERS.items()])
def test_how_a_list_is_read_can_be_said_in_two_places(code: str, ways: tuple[str, ...]) -> None:
    """On the command line, and in the campaign: there for the staff list, too."""
    for lang, under in (("en", "under"), ("fr", "sous")):
        way_out = catalogue()[code].way_out[lang]
        assert all(way.replace("under", under) in way_out for way in ways)


def test_the_page_of_faults_is_up_to_date() -> None:
    """docs/faults.md is what docs/make_faults.py writes: run `make docs`."""
    assert (ROOT / "docs" / "faults.md").read_text("utf-8") == faults_page()


def test_values_are_safe_to_show() -> None:
    """Controls, bidi marks and surrogates are escaped, long values clipped, on one line."""
    assert visible("a\x1b[31m\u202e\udcff\nb") == "a\\u001b[31m\\u202e\\udcff\\u000ab"
    assert len(visible("x" * 500)) == 80


def test_a_report_refuses_unknown_codes() -> None:
    """A code without message is a mistake of the program, found at once."""
    with pytest.raises(KeyError):
        Report().add("Z999", Place())


def test_a_place_reads_as_the_user_sees_it() -> None:
    """File, line, column, in the user's language."""
    place = Place(file="ecoles.csv", line=17, field="code_postal")
    assert place.text("fr") == "ecoles.csv · ligne 17 · « code_postal »"
    assert place.text("en") == "ecoles.csv · line 17 · « code_postal »"
    assert Fault("M110", place, {"element": "p"}).lines("en")[0] == "M110 ecoles.csv · line 17 · « code_postal »"


def test_the_outline_of_a_fault_has_one_ellipsis_where_values_stand_side_by_side() -> None:
    """A reason of which one of two values is empty is not described with « …… »."""
    entries = catalogue().values()
    assert [entry.code for entry in entries for lang in LANGUAGES if "……" in entry.outline(lang)] == []
