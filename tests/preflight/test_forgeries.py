"""Forged files are found, whatever was changed; files that were only saved again are not taken for them."""

from functools import cache

import pytest

from leaflet.preflight.judge import Judge
from tests.preflight.forgeries import FORGERIES, forge, save_again
from tests.preflight.samples import CONTEXT
from tests.support import leaflet_pdf

# What only the campaign knows: nothing else in the file contradicts it.
UNKNOWABLE = {"other_hour_everywhere", "other_postcode", "other_contact", "lie_to_screen_readers", "other_title"}


@cache
def judge() -> Judge:
    """One judge for all: what files share is read once."""
    return Judge(CONTEXT)


def errors(data: bytes, *, expected: bytes | None = None) -> set[str]:
    """The codes of errors in a file; that of an election which is over is not its forger's."""
    faults = judge().judge_bytes(data, "a.pdf", expected=expected).faults
    return {fault.code for fault in faults if fault.severity == "error"}


def test_the_leaflet_itself_has_no_error() -> None:
    """Else the tests below would find it everywhere."""
    assert errors(leaflet_pdf()) == set()


@pytest.mark.parametrize("kind", FORGERIES)
def test_a_forgery_is_an_error(kind: str) -> None:
    """With the campaign, and without it; with the campaign the error says what differs."""
    data = forge(leaflet_pdf(), kind, 1)
    assert errors(data, expected=leaflet_pdf()) & {"K010", "K011", "K012"}
    assert errors(data)


@pytest.mark.parametrize("kind", sorted(FORGERIES.keys() - UNKNOWABLE))
def test_a_forgery_without_any_mark_is_an_error(kind: str) -> None:
    """Where nothing says that leaflet made the file, what is seen contradicts what is read."""
    assert errors(forge(leaflet_pdf(), kind, 1, signed=False))


@pytest.mark.parametrize("number", range(5))
def test_a_file_that_was_saved_again(number: int) -> None:
    """With the campaign nothing is wrong with it; without, nobody can tell."""
    data = save_again(leaflet_pdf(), number)
    assert errors(data, expected=leaflet_pdf()) == set()
    assert errors(data) == {"K006"}
