"""Slips of writing: each of the commonest gets its fault and a line in its place that makes the file good TOML."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.campaign.dates import if_day_first
from leaflet.campaign.source import read_campaign
from leaflet.campaign.toml_slips import find_slips, mend_lines, syntax_problem
from leaflet.faults import LANGUAGES, LeafletError, Report
from leaflet.files.toml_files import problem_line
from tests.campaign.fault_cases import BODY, HEAD, load, write_campaign
from tests.support import tables_of

# A good file, line by line; a slip is put between any two of its lines.
LINES = """
# Élections « 2026 »
election = "2026"

[publisher]
name = "Section d’essai"

[data]
schools = "C:/listes/ecoles.csv"  # d’octobre
steps = [
    "open-portal",
    "vote",
]
[[document]]
template = "leaflet-a4"
""".lstrip().split("\n")
PLACES = tuple(n for n in range(len(LINES) + 1) if n not in (9, 10, 11))  # not in the list of steps
TABLES = tables_of(__file__)


def with_slip(written: str, place: int) -> str:
    """Return the good file with a slip before the line of this number."""
    return "\n".join((*LINES[:place], written, *LINES[place:]))


def mended(text: str) -> str:
    """Return a text with all slips mended that are found in it."""
    lines = text.replace("\r\n", "\n").split("\n")
    for slip in find_slips(text):
        lines = mend_lines(lines, slip)
    return "\n".join(lines)


def test_good_lines_have_no_slip() -> None:
    assert find_slips("\n".join(LINES)) == []
    for _, _, right in TABLES["slips"]:
        tomllib.loads(right)


@pytest.mark.parametrize(("written", "code", "right"), TABLES["slips"])
def test_a_slip(written: str, code: str, right: str) -> None:
    for place in PLACES:
        text = with_slip(written, place)
        (slip,) = find_slips(text)
        assert (slip.code, slip.line, slip.mended.strip()) == (code, place + 1, right), place
        assert syntax_problem(mended(text)) is None, place


@given(st.lists(st.tuples(st.sampled_from(TABLES["slips"]), st.sampled_from(PLACES)), min_size=2, max_size=6))
def test_several_slips_are_mended_together(slips: list[tuple[tuple[str, str, str], int]]) -> None:
    """A file with several slips is good TOML once each proposal has taken the place of its line."""
    lines = list(LINES)
    for number, ((written, *_), place) in enumerate(sorted(slips, key=lambda slip: -slip[1])):
        # each under a name of its own: the same name twice is another slip
        lines.insert(place, written.replace("x", f"x{number}", 1))
    text = "\n".join(lines)
    if syntax_problem(text) is not None:
        assert syntax_problem(mended(text)) is None, text


@given(st.text(max_size=120))
def test_any_line_at_all(written: str) -> None:
    """No line makes the search fail, and what is proposed gets the parser further than the line itself."""
    text = with_slip(written, 2)
    lines = text.replace("\r\n", "\n").split("\n")
    for slip in find_slips(text):
        before = syntax_problem("\n".join(lines))
        lines = mend_lines(lines, slip)
        after = syntax_problem("\n".join(lines))
        assert before is not None
        assert after is None or problem_line(after, len(lines)) > problem_line(before, len(lines))


@pytest.mark.parametrize(("lines", "code", "first", "second"), TABLES["twice"])
def test_twice(lines: str, code: str, first: int, second: int) -> None:
    (slip,) = find_slips(lines)
    assert (slip.code, slip.line) == (code, second)
    assert (slip.values["first"], slip.values["second"]) == (first, second)


def faults(folder: Path, data: bytes | str) -> LeafletError:
    """Return what reading a campaign with this content raises."""
    with pytest.raises(LeafletError) as caught:
        read_campaign(write_campaign(folder, data), Report())
    return caught.value


def test_all_slips_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    error = faults(tmp_path, 'a = “x”\nb = 26/11/2026\nc = "C:\\liste.csv"\n')
    assert [(fault.code, fault.place.line) for fault in error.faults] == [("C174", 1), ("C175", 2), ("C176", 3)]
    for lang in LANGUAGES:
        assert error.faults[1].lines(lang)[1].strip() == "b = 26/11/2026"
        assert error.faults[1].way_out(lang).endswith("b = 2026-11-26")


@pytest.mark.parametrize("line", ["password = Azerty123", "mot_de_passe “Azerty123”", "code de vote : 12345678"])
def test_no_line_with_a_secret_is_shown(tmp_path: Path, line: str) -> None:
    for fault in faults(tmp_path, f"{line}\n").faults:
        for lang in LANGUAGES:
            assert "Azerty" not in str(fault.lines(lang)) and "12345678" not in str(fault.lines(lang))


@pytest.mark.parametrize(("data", "code"), [
    ("é = 1".encode("utf-16"), "C178"), ('election = "2026"\n'.encode("utf-16-le"), "C178"),
    ("# café\n".encode("cp1252"), "C102"), (rb"{\rtf1\ansi election}", "C217"),
    (b"PK\x03\x04" + bytes(26) + b"word/document.xml", "C217"), (b"%PDF-1.7\n", "C222"),
    (b"<!DOCTYPE html><html>", "C222"), (b'x = "Vote"\r\r\ny = 1\r\r\n', "C219"), (b'x = "Vote"\ry = 1\r', "C219")
])  # fmt: skip
def test_a_file_of_another_kind(tmp_path: Path, data: bytes, code: str) -> None:
    assert [fault.code for fault in faults(tmp_path, data).faults] == [code]


def test_why_a_day_is_none(tmp_path: Path) -> None:
    (error,) = faults(tmp_path, "issued_on = 2018-11-00  # jeudi\n").faults
    assert error.reason("en") == "“2018-11-00” does not exist: the days of that month go from 1 to 30."
    text = HEAD + BODY + '[notice]\nhow = "remise le mardi 31 novembre 0018"\n'
    (error,) = load(tmp_path, text)
    assert error.reason("fr").endswith("\u00a0: les jours de ce mois vont de 1 à 30.")


@pytest.mark.parametrize(("written", "condition"), TABLES["days"])
def test_a_day_that_can_be_read_in_two_ways(written: str, condition: str) -> None:
    """A message says which number was read as the day; it says nothing where there is one way only."""
    assert if_day_first(written)["if_en"] == condition
