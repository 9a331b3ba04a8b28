"""Académies and départements: complete, and found by UAI and by name."""

import re

import pytest

from leaflet.campaign.academies import Academie, Academies, fold_name, load_academies, match_academie
from leaflet.campaign.links import find_faults
from leaflet.campaign.values import Fact
from leaflet.faults import Place, Report
from tests.support import tables_of

TABLES = tables_of(__file__)


@pytest.fixture(scope="module")
def academies() -> Academies:
    """The program's own data."""
    return load_academies()


def facts_of(academie: Academie) -> tuple[Fact | None, ...]:
    return academie.webmail, academie.help, academie.path, academie.login_rule, academie.mail_rule


def test_territories(academies: Academies) -> None:
    kinds = [academie.kind for academie in academies.by_key.values()]
    assert (kinds.count("academie"), len(kinds), len(academies.departements)) == (30, 35, 105)
    assert len({departement.uai for departement in academies.departements.values()}) == 105
    codes = [code for academie in academies.by_key.values() for code in academie.departements]
    assert sorted(codes) == sorted(academies.departements)


def test_addresses_keep_the_link_rules(academies: Academies) -> None:
    for academie in academies.by_key.values():
        facts = (academie.webmail, academie.help)
        for url in [academie.site, *(fact.value for fact in facts if fact is not None)]:
            assert url is None or find_faults(url, (str(academie.domain),)) == []


def test_sources_are_told_in_french(academies: Academies) -> None:
    """Those that are no address: a French reader has them on the sheet for trying addresses."""
    facts = [fact for academie in academies.by_key.values() for fact in facts_of(academie) if fact is not None]
    told = {re.sub(r"https?://\S+|\S+\.md", "", fact.source) for fact in facts}
    assert not [text for text in told if re.search(r"\b(?:and|at|in|of|the|to|there|public|leaflet)\b", text)]


@pytest.mark.parametrize(("uai", "academie", "departement"), TABLES["uais"])
def test_by_uai(academies: Academies, uai: str, academie: str, departement: str) -> None:
    """The first three digits decide, with Corsica's and the Pacific's own."""
    found, home = academies.by_uai(uai), academies.departement_of(uai)
    assert (found.key if found else "", home.code if home else "") == (academie, departement)


@pytest.mark.parametrize(("text", "key"), TABLES["names"])
def test_by_name(academies: Academies, text: str, key: str) -> None:
    found = academies.by_name(text)
    assert (found.key if found else "") == key


def test_names_of_academies(academies: Academies) -> None:
    """The program reads each name again that it prints; Caen is Normandie, with a warning."""
    for academie in academies.by_key.values():
        assert academies.by_name(academie.name) == academies.by_name(academie.key) == academie
        if academie.kind != "abroad":
            assert academies.by_name(academie.title) == academie, fold_name(academie.title)
    report = Report()
    found = match_academie(academies, "Caen", place=Place(field="académie"), report=report)
    assert found is not None and found.key == "normandie"
    assert [(fault.code, fault.values["key"]) for fault in report] == [("C161", "normandie")]


def test_facts_of_academies(academies: Academies) -> None:
    """No source is later than the day it was read; of national facts one is printed, the others say why not."""
    for academie in academies.by_key.values():
        for fact in facts_of(academie):
            assert fact is None or (fact.source and (fact.attested or "") <= fact.read_on.isoformat())
    zones = {key: academie.timezone for key, academie in academies.by_key.items() if academie.timezone}
    assert len(zones) == 9 and zones["wallis-et-futuna"] == "Pacific/Wallis"
    assert {name for name, fact in academies.national.items() if fact.is_printable} == {"login_rule"}
    assert all(fact.unprinted for fact in academies.national.values() if not fact.is_printable)
