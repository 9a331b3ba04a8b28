"""UAI codes: the check letter finds what was mistyped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.tables.keys import ALPHABET, UaiError, check_letter, is_abroad, is_uai, parse_uai
from tests.support import tables_of

TABLES = tables_of(__file__)
REAL = TABLES["real"]
DIGITS = st.from_regex(r"\A[0-9]{7}\Z")


@pytest.mark.parametrize("uai", REAL)
def test_real_codes_pass(uai: str) -> None:
    assert parse_uai(f" {uai.lower()} ") == uai


@given(digits=DIGITS)
def test_made_codes_pass(digits: str) -> None:
    letter = check_letter(digits)
    assert is_uai(digits + letter) and letter not in "IOQ"


@given(digits=DIGITS, position=st.integers(0, 6), digit=st.integers(0, 9))
def test_one_wrong_digit_is_caught(digits: str, position: int, digit: int) -> None:
    """Changing one digit always changes the letter: 23 is prime to all 9 × 10ⁿ."""
    wrong = digits[:position] + str(digit) + digits[position + 1 :]
    assert is_uai(wrong + check_letter(digits)) == (wrong == digits)


@given(digits=DIGITS, first=st.integers(0, 6), second=st.integers(0, 6))
def test_two_swapped_digits_are_caught(digits: str, first: int, second: int) -> None:
    """A transposition is caught, or the code is honestly another valid one."""
    swapped = list(digits)
    swapped[first], swapped[second] = swapped[second], swapped[first]
    wrong = "".join(swapped)
    same = int(wrong) % len(ALPHABET) == int(digits) % len(ALPHABET)
    assert is_uai(wrong + check_letter(digits)) == same


@given(digits=DIGITS, position=st.integers(0, 5))
def test_swapped_neighbours_are_always_caught(digits: str, position: int) -> None:
    wrong = digits[:position] + digits[position + 1] + digits[position] + digits[position + 2 :]
    assert is_uai(wrong + check_letter(digits)) == (wrong == digits)


@pytest.mark.parametrize(("text", "code"), TABLES["mistakes"])
def test_each_mistake_has_its_fault(text: str, code: str) -> None:
    with pytest.raises(UaiError) as caught:
        parse_uai(text)
    assert caught.value.code == code


def test_wrong_letter_names_the_right_one() -> None:
    with pytest.raises(UaiError) as caught:
        parse_uai("0370001B")
    assert caught.value.values["expected"] == "A"


def test_check_letter_wants_seven_digits() -> None:
    with pytest.raises(ValueError, match="seven digits"):
        check_letter("037000")


def test_a_school_abroad_has_its_prefix() -> None:
    assert is_abroad("1380001A") and not any(is_abroad(uai) for uai in REAL)
