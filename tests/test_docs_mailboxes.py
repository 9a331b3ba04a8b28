"""The table of mailboxes: written anew from the facts, and right about the lycées it counts."""

from pathlib import Path

import pytest

from docs.make_mailboxes import count_lycees, mailboxes_page, printed_step
from leaflet.campaign import load_academies

PAGE = Path(__file__).parents[1] / "docs" / "mailboxes.md"


def test_the_table_is_up_to_date() -> None:
    """Whoever changes a fact runs make docs."""
    lycees = count_lycees()
    assert lycees.total() == 5_181  # of 5,182 with a UAI; 0000000A is in no département
    assert PAGE.read_text("utf-8") == mailboxes_page(lycees)


@pytest.mark.parametrize(
    ("key", "step"),
    [
        *(("lyon", "webmail"), ("paris", "help"), ("poitiers", "path"), ("nice", "site"), ("limoges", "site")),
        ("wallis-et-futuna", "ask"),
    ],
)
def test_the_first_step_that_is_sure(key: str, step: str) -> None:
    """One académie for each step; what is not sure, or not to be printed, is passed over."""
    assert printed_step(load_academies().by_key[key])[0] == step
