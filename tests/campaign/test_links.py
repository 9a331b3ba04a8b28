"""The link rules, one address after the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.campaign.links import MAX_BYTES, check_link, display_parts, find_faults
from leaflet.faults import Place, Report
from tests.support import tables_of

LYON = ("ac-lyon.fr",)
TABLES = tables_of(__file__)
GOOD = [*TABLES["passed"]["urls"], f"https://www.ac-lyon.fr/{'a' * (MAX_BYTES - 23)}"]
BAD = [(url, code) for code, urls in TABLES["refused"].items() for url in urls]
BAD.append((f"https://www.ac-lyon.fr/{'é' * 70}", "L117"))


@pytest.mark.parametrize("url", GOOD)
def test_good_addresses_pass(url: str) -> None:
    assert find_faults(url, LYON) == []


@pytest.mark.parametrize(("url", "code"), BAD)
def test_each_rule_refuses(url: str, code: str) -> None:
    assert [finding.code for finding in find_faults(url, LYON)] == [code]


def test_hosts_that_are_and_are_not_trusted() -> None:
    """The part before the sign @ is no host; an académie's domain is trusted only where the caller allows it."""
    codes = [finding.code for finding in find_faults("https://www.ac-lyon.fr@evil.com", LYON)]
    assert codes == ["L105", "L110"]
    assert find_faults("https://www.ac-lyon.fr/")[0].code == "L110"


def test_named_rule_is_set_aside_with_a_note() -> None:
    report = Report()
    used = check_link("https://exemple.fr", place=Place(), report=report, allowed={"host": "notre site"})
    assert used == {"host"}
    assert [(fault.code, fault.values["reason"]) for fault in report] == [("L120", "notre site")]


@pytest.mark.parametrize("rule", ["token", "credential", "lookalike", "shortener", "syntax"])
def test_rules_against_fraud_stay(rule: str) -> None:
    """Rules that protect against fraud cannot be set aside, even by a caller."""
    report = Report()
    url = "https://moi@ac-lyón.fr/?token=1"
    assert not check_link(url, place=Place(), report=report, allowed={rule: "si", "host": "si"})
    assert {fault.code for fault in report} == {"L105", "L111", "L114"}


def test_an_address_has_no_key() -> None:
    """The publisher may have any site, but no key in its address; one with a UUID is made for one person."""
    report = Report()
    check_link("http://exemple.fr/?token=1", place=Place(), report=report, any_host=True)
    assert [fault.code for fault in report] == ["L103", "L114"]
    url = "https://vote.education.gouv.fr/u/3f2504e0-4f89-11d3-9a0c-0305e82c3301"
    assert "L115" in [broken.code for broken in find_faults(url, ())]


@pytest.mark.parametrize(("url", "domain"), TABLES["domains"])
def test_domain_is_shown(url: str, domain: str) -> None:
    """The part to check by eye is the domain that somebody owns."""
    parts = display_parts(url)
    assert parts.domain == domain
    assert parts.before + parts.domain + parts.after == url


@given(st.text(max_size=40))
def test_parts_are_the_whole_address(text: str) -> None:
    url = f"https://www.ac-lyon.fr/{text}"
    try:
        parts = display_parts(url)
    except ValueError:
        return
    assert parts.before + parts.domain + parts.after == url


@given(st.text(max_size=60))
def test_any_text_is_judged(text: str) -> None:
    find_faults(text, LYON)
    find_faults(f"https://{text}", LYON)


LABEL = st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True)


@given(LABEL, LABEL)
def test_labels_are_compared_whole(before: str, after: str) -> None:
    """A prefix without a dot, or anything behind the domain, is another host."""
    assert find_faults(f"https://{before}ac-lyon.fr/", LYON)
    assert find_faults(f"https://ac-lyon.fr.{after}/", LYON)
    assert not find_faults(f"https://{before}.ac-lyon.fr/", LYON)
