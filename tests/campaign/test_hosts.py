"""Hosts one slip away from an official one are found, official ones and strangers are not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.campaign import load_academies
from leaflet.campaign.links import MINISTRIES, find_meant_host, is_one_slip, portal_hosts

DOMAINS = load_academies().domains
HOSTS = sorted({*MINISTRIES, *DOMAINS})
LETTERS = "abcdefghijklmnopqrstuvwxyz"


@pytest.mark.parametrize(("host", "meant"), [
    ("elections2018.educaton.gouv.fr", "education.gouv.fr"), ("elections2018.eductaion.gouv.fr", "education.gouv.fr"),
    ("www.ac-lyonn.fr", "ac-lyon.fr"), ("webmail.ac-lyom.fr", "ac-lyon.fr"),
    ("electoins2018.education.gouv.fr", "elections2018.education.gouv.fr")
])  # fmt: skip
def test_a_slip_names_the_host_that_is_meant(host: str, meant: str) -> None:
    assert find_meant_host(host, DOMAINS) == meant


@pytest.mark.parametrize(
    "host", [*HOSTS, *sorted(portal_hosts()), "elections2026.education.gouv.fr", "elections2028.education.gouv.fr"]
)
def test_official_hosts_and_other_years_are_no_slip(host: str) -> None:
    """Two official names may resemble each other, and a year is no slip."""
    assert find_meant_host(host, DOMAINS) is None
    assert find_meant_host(f"www.{host}", DOMAINS) is None


@given(st.sampled_from(HOSTS), st.data())
def test_every_slip_is_found(host: str, data: st.DataObject) -> None:
    name, dot, rest = host.partition(".")
    at = data.draw(st.integers(0, len(name) - 2))
    letter = data.draw(st.sampled_from(LETTERS))
    head, here, after = name[:at], name[at], name[at + 1 :]
    for slip in (
        head + after,
        head + letter + here + after,
        head + letter + after,
        head + after[0] + here + after[1:],
    ):
        typed = slip + dot + rest
        assert typed == host or (is_one_slip(typed, host) and is_one_slip(host, typed))


@given(st.text(LETTERS + ".-", min_size=3, max_size=12), st.text(LETTERS, min_size=3, max_size=5))
def test_two_slips_are_not_one(name: str, more: str) -> None:
    """A name that is longer by more than a letter is another name."""
    assert not is_one_slip(name, name + more)
