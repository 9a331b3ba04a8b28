"""The link rules, one address after the other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.campaign.links import MAX_BYTES, check_link, display_parts, find_faults
from leaflet.faults import Place, Report
from tests.support import tables_of

LYON = ("ac-lyon.fr",)
GOOD = [
    "https://elections2018.education.gouv.fr/",
    "https://www.education-jeunesse-recherche-sports.gouv.fr/electionspro2022/portail/accueil",
    "https://education.gouv.fr", "https://ac-lyon.fr/", "https://webmail.ac-lyon.fr", "https://WEBMAIL.AC-LYON.FR/",
    "HTTPS://www.ac-lyon.fr/", "https://www.ac-lyon.fr/page?id_article=1545&printver=1",
    "https://www.ac-lyon.fr/article/la-messagerie-academique-c-est-automatique-122497",
    "https://www.ac-lyon.fr/%C3%A9lections#calendrier", "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000037305544",
    "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000044421542", "https://www.ac-lyon.fr/v1.2/a..b.html",
    "https://www.ac-lyon.fr/ark:/67375/a", "https://www.ac-lyon.fr/?q=mot.cle&page=2&to=12.04.2026&url=accueil",
    "https://www.ac-lyon.fr/.well-known/a", f"https://www.ac-lyon.fr/{'a' * (MAX_BYTES - 23)}"
]  # fmt: skip
BAD = [
    ("", "L101"), ("www.ac-lyon.fr", "L101"), ("//www.ac-lyon.fr/", "L101"), ("https:///www.ac-lyon.fr", "L101"),
    ("https:www.ac-lyon.fr", "L101"), ("https://[::1", "L101"), ("https://www.ac-lyon.fr/ma page", "L102"),
    ("https://www.ac-lyon.fr\\@evil.com", "L102"), ("https://www.ac-lyon.fr/\u202e", "L102"),
    ("https://ac-\u200blyon.fr/", "L102"), ("https://www.ac-lyon.fr/\n", "L102"),
    ("https://www.ac-lyon.fr/{uai}", "L102"), ("http://www.ac-lyon.fr/", "L103"), ("javascript:alert(1)", "L104"),
    ("mailto:ce.0690001A@ac-lyon.fr", "L104"), ("data:text/html,x", "L104"), ("https://moi@www.ac-lyon.fr/", "L105"),
    ("https://moi:secret@www.ac-lyon.fr/", "L105"), ("https://www.ac-lyon.fr:443/", "L106"),
    ("https://www.ac-lyon.fr:/", "L106"), ("https://www.ac-lyon.fr:99999/", "L107"),
    ("https://www.ac-lyon.fr:abc/", "L107"), ("https://192.0.2.7/", "L108"), ("https://[2001:db8::7]/", "L108"),
    ("https://2130706433/", "L108"), ("https://0x7f.1/", "L108"), ("https://localhost/", "L109"),
    ("https://www.ac-lyon.fr./", "L109"), ("https://www..ac-lyon.fr/", "L109"), ("https://-www.ac-lyon.fr/", "L109"),
    ("https://w_w.ac-lyon.fr/", "L109"), (f"https://{'a' * 64}.ac-lyon.fr/", "L109"),
    ("https://xn--99999999.ac-lyon.fr/", "L109"), ("https://%77ww.ac-lyon.fr/", "L109"),
    ("https://evilac-lyon.fr/", "L110"), ("https://evil-ac-lyon.fr/", "L110"),
    ("https://ac-lyon.fr.evil.com/", "L110"), ("https://ac-lyon.tk/", "L110"), ("https://ac-nice.fr/", "L110"),
    ("https://evilgouv.fr/", "L110"), ("https://gouv.fr.evil.com/", "L110"), ("https://education-gouv.fr/", "L118"),
    ("https://www.educaton.gouv.fr/", "L118"), ("https://electoins2018.education.gouv.fr/", "L118"),
    ("https://webmail.ac-lyom.fr/", "L118"), ("https://www.evil.com/ac-lyon.fr", "L110"),
    ("https://évènement.fr/", "L110"), ("https://ac-ly\u043en.fr/", "L111"), ("https://xn--ac-lyn-vqf.fr/", "L111"),
    ("https://\uff41c-lyon.fr/", "L111"), ("https://ac-lyón.fr/", "L111"), ("https://éducation.gouv.fr/", "L111"),
    ("https://xn--ducation-90a.gouv.fr/", "L111"), ("https://ac-lyon.\u0192r/", "L111"), ("https://αβγ.fr/", "L111"),
    ("https://bit.ly/vote", "L113"), ("https://www.tinyurl.com/vote", "L113"), ("https://urlz.fr/abcd", "L113"),
    ("https://www.ac-lyon.fr/?token=abc", "L114"), ("https://www.ac-lyon.fr/?a=1&access_token=abc", "L114"),
    ("https://www.ac-lyon.fr/?a=1;sid=abc", "L114"), ("https://www.ac-lyon.fr/?%74oken=abc", "L114"),
    ("https://www.ac-lyon.fr/?%2574oken=abc", "L114"), ("https://www.ac-lyon.fr/#token=abc", "L114"),
    ("https://www.ac-lyon.fr/#/etape2?token=abc", "L114"), ("https://www.ac-lyon.fr/a;jsessionid=123", "L114"),
    ("https://www.ac-lyon.fr/?motDePasse=abc", "L114"),
    ("https://www.ac-lyon.fr/?x=9f86d081884c7d659a2feaa0", "L115"),
    ("https://www.ac-lyon.fr/r/eyJhbGciOiJIUzI1NiJ9abc", "L115"), ("https://www.ac-lyon.fr/?utm_source=qr", "L116"),
    ("https://www.ac-lyon.fr/?fbclid=1", "L116"), ("https://www.ac-lyon.fr/?redirect=https://evil.com", "L130"),
    ("https://www.ac-lyon.fr/?url=//evil.com", "L130"),
    ("https://www.ac-lyon.fr/?next=https%3A%2F%2Fevil.com", "L130"),
    ("https://www.ac-lyon.fr/?next=https%253A%252F%252Fevil.com", "L130"),
    ("https://www.ac-lyon.fr/redirect/https://evil.com", "L130"), ("https://www.ac-lyon.fr//evil.com", "L130"),
    ("https://www.ac-lyon.fr/@evil.com", "L130"), ("https://www.ac-lyon.fr/redirect/https:/evil.com", "L130"),
    ("https://www.ac-lyon.fr/redirect/www.evil.com", "L130"), ("https://www.ac-lyon.fr/?https://evil.com", "L130"),
    ("https://www.ac-lyon.fr/#https://evil.com", "L130"), ("https://www.ac-lyon.fr/#//evil.com", "L130"),
    ("https://www.ac-lyon.fr/?x=www.evil.com", "L130"), ("https://www.ac-lyon.fr/?redirect=evil.com", "L130"),
    ("https://www.ac-lyon.fr/?return_to=evil.com/a", "L130"), ("https://www.ac-lyon.fr/?a=1#?goto=evil.com", "L130"),
    ("https://www.ac-lyon.fr/../../evil", "L132"), ("https://www.ac-lyon.fr/a/../@evil.com", "L132"),
    ("https://www.ac-lyon.fr/./@evil.com", "L132"), ("https://www.ac-lyon.fr/%2e%2e/evil", "L132"),
    ("https://www.ac-lyon.fr/..%2fevil", "L132"), ("https://www.ac-lyon.fr/%252e%252e%252fevil", "L132"),
    ("https://www.ac-lyon.fr/vote/..", "L132"), ("https://www.ac-lyon.fr/..;/evil", "L132"),
    ("https://www.ac-lyon.fr/?page=../../evil", "L132"), ("https://www.ac-lyon.fr/#/../evil", "L132"),
    ("https://www.ac-lyon.fr/?u=jean.dupont@ac-tours.fr", "L131"),
    ("https://www.ac-lyon.fr/?u=jean.dupont%40ac-tours.fr", "L131"), ("https://www.ac-lyon.fr/%0d%0a", "L102"),
    ("https://www.ac-lyon.fr/%zz", "L101"), ("https://www.ac-lyon.fr/100%", "L101"),
    (f"https://www.ac-lyon.fr/{'é' * 70}", "L117")
]  # fmt: skip


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


@pytest.mark.parametrize(("url", "domain"), tables_of(__file__)["domains"])
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
