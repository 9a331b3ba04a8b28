"""What templates see, and what happens when they use a blank."""

import pickle
from datetime import date
from pathlib import Path

import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from leaflet.campaign import Campaign, load_academies, load_campaign
from leaflet.faults import Report
from leaflet.records.blanks import BlankField, BlankFieldError, blank
from leaflet.records.context import (
    RecordContexts,
    academie_context,
    campaign_context,
    departement_context,
    election_context,
    person_context,
)
from leaflet.records.suggest import Suggestion
from leaflet.tables import Person, School
from tests.campaign.fault_cases import BODY, HEAD, write_campaign

ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def campaign(folder: Path, more: str = "", head: str = HEAD) -> Campaign:
    """A faultless campaign with more tables."""
    return load_campaign(write_campaign(folder, head + BODY + more), Report())


@pytest.mark.parametrize(
    "source",
    [
        "{{ b }}",
        "{{ b ~ 'x' }}",
        "{{ b + 1 }}",
        "{% if b %}{% endif %}",
        "{% for x in b %}{% endfor %}",
        "{{ b.c }}",
        "{{ b['c'] }}",
        "{{ b == 1 }}",
        "{{ b < 1 }}",
        "{{ 1 in b }}",
        "{{ b|length }}",
        "{{ b|upper }}",
        "{{ b|e }}",
        "{{ '%s' % b }}",
        "{{ b() }}",
    ],
)
def test_any_use_of_a_blank_names_its_field(source: str) -> None:
    """Whatever a template does with a blank, the error names the setting to fill in."""
    with pytest.raises(BlankFieldError) as caught:
        ENVIRONMENT.from_string(source).render(b=blank("vote.opens_at", "notice"))
    assert caught.value.field == "vote.opens_at"
    assert caught.value.setting == "[vote] opens_at"
    assert "notice de vote" in caught.value.hint("fr")


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("{{ b is defined }}", "False"),
        ("{{ b|default('?') }}", "?"),
        ("{% if b is defined %}x{% endif %}", ""),
    ],
)
def test_template_may_ask_whether_it_is_blank(source: str, text: str) -> None:
    """A template can do without a blank field if it says so."""
    assert ENVIRONMENT.from_string(source).render(b=blank("vote.opens_at", "notice")) == text


def test_blank_error_survives_a_worker() -> None:
    """The error can be sent from one process to another."""
    error = pickle.loads(pickle.dumps(BlankFieldError("vote.opens_at", "notice")))
    assert (error.field, error.hint_key) == ("vote.opens_at", "notice")


def test_election_context(tmp_path: Path) -> None:
    """Known fields are plain values; unknown ones are blanks with their dotted name."""
    seen = election_context(campaign(tmp_path))
    assert seen["vote"]["opens_on"] == date(2018, 11, 29) and seen["year"] == 2018
    assert [step["id"] for step in seen["steps"]][:2] == ["open-portal", "request-account"]
    assert isinstance(seen["steps"][0]["title"], BlankField) and isinstance(seen["mail"]["sender"], BlankField)
    with pytest.raises(BlankFieldError, match=r"\[mail\] sender"):
        str(seen["mail"]["sender"])


def test_2026_hours_are_blank(tmp_path: Path) -> None:
    """A leaflet for 2026 cannot be made with hours that nobody knows."""
    seen = campaign_context(campaign(tmp_path, head='election = "2026"\n'))
    for source in ("{{ election.vote.opens_at }}", "{{ election.links.portal }}", "{{ election.steps[0] }}"):
        with pytest.raises(BlankFieldError):
            ENVIRONMENT.from_string(source).render(seen)


def test_sure_address_is_printed(tmp_path: Path) -> None:
    """An address of good confidence is printed without asking, with the day it was verified."""
    report = Report()
    academies = load_academies()
    seen = academie_context(campaign(tmp_path), academies.by_key["orleans-tours"], report)
    assert seen["webmail"] == "https://pia.ac-orleans-tours.fr/" and seen["webmail_known"]
    assert seen["webmail_verified_on"] == date(2026, 11, 24) and seen["login_rule"] == "initial-surname"
    assert len(report) == 0


@pytest.mark.parametrize(("key", "code"), [("amiens", "C164"), ("versailles", "C164"), ("nice", "C165")])
def test_unsure_address_falls_back_to_the_site(tmp_path: Path, key: str, code: str) -> None:
    """Without a sure address the reader is sent to the académie's own site, and the build says so once."""
    report = Report()
    for _ in range(3):
        seen = academie_context(campaign(tmp_path), load_academies().by_key[key], report)
    assert seen["webmail"] == seen["site"] == f"https://www.ac-{key}.fr/"
    assert not seen["webmail_known"] and isinstance(seen["help"], BlankField)
    assert isinstance(seen["login_rule"], BlankField)
    assert [fault.code for fault in report] == [code]


def test_confirmed_address_is_printed(tmp_path: Path) -> None:
    """The campaign can confirm the program's address, one kind at a time."""
    report = Report()
    more = '[academies.amiens]\nconfirmed = ["webmail"]\n'
    seen = academie_context(campaign(tmp_path, more), load_academies().by_key["amiens"], report)
    assert seen["webmail"] == "https://portail.ac-amiens.fr" and seen["webmail_known"]
    assert isinstance(seen["help"], BlankField) and len(report) == 0


def test_own_address_wins(tmp_path: Path) -> None:
    """The campaign's own address replaces a sure one, and has no day of verification of ours."""
    more = '[academies.lyon]\nwebmail = "https://courriel.ac-lyon.fr"\n'
    seen = academie_context(campaign(tmp_path, more), load_academies().by_key["lyon"], Report())
    assert seen["webmail"] == "https://courriel.ac-lyon.fr"
    assert isinstance(seen["webmail_verified_on"], BlankField)


@pytest.mark.parametrize("key", ["nouvelle-caledonie", "wallis-et-futuna", "etranger"])
def test_outside_the_thirty_only_the_portal(tmp_path: Path, key: str) -> None:
    """Outside the thirty académies nothing is guessed: site and webmail are blank, with one warning."""
    report = Report()
    seen = academie_context(campaign(tmp_path), load_academies().by_key[key], report)
    assert isinstance(seen["webmail"], BlankField) and isinstance(seen["site"], BlankField)
    assert [fault.code for fault in report] == ["C166"]


def test_no_academie_at_all(tmp_path: Path) -> None:
    """A school without any known académie has only blanks."""
    seen = academie_context(campaign(tmp_path), None, Report())
    assert seen["webmail_known"] is False and isinstance(seen["name"], BlankField)


def test_departement_context(tmp_path: Path) -> None:
    """A département has its name always and its site when the campaign gives one."""
    more = '[departements.37]\nsite = "https://www.ac-orleans-tours.fr/dsden37/"\n'
    made, academies = campaign(tmp_path, more), load_academies()
    seen = departement_context(made, academies.departements["37"])
    assert seen == {
        "code": "37",
        "name": "Indre-et-Loire",
        "site": "https://www.ac-orleans-tours.fr/dsden37/",
    }
    assert isinstance(departement_context(made, academies.departements["41"])["site"], BlankField)
    assert isinstance(departement_context(made, None)["name"], BlankField)


def test_publisher_context(tmp_path: Path) -> None:
    """The publisher's missing lines are blanks under its own table."""
    seen = campaign_context(campaign(tmp_path))
    assert seen["publisher"]["name"] == "Section d’essai" and seen["version"] == "v1"
    with pytest.raises(BlankFieldError, match=r"\[publisher\] address"):
        str(seen["publisher"]["address"])


JULIE = Person(first_name="Julie", last_name="Labert", uai="0370001A", line=2)


def test_person_context() -> None:
    """Names are always there; address and user name if the list gives them."""
    seen = person_context(
        Person(
            first_name="Julie", last_name="Labert", uai="0370001A", address="j.l@ac-lyon.fr", user_name="jl", line=2
        )
    )
    given = {"name": "Julie Labert", "first_name": "Julie", "last_name": "Labert", "address": "j.l@ac-lyon.fr"}
    assert {key: value for key, value in seen.items() if not isinstance(value, BlankField)} == given | {
        "user_name": "jl"
    }


def test_a_suggestion_is_never_the_address_itself() -> None:
    """What is probable has names of its own; what nobody gave is blank and says where it could be given."""
    seen = person_context(JULIE, Suggestion(user_name="jlabert"))
    assert seen["probable_user_name"] == "jlabert" and isinstance(seen["probable_address"], BlankField)
    for name, hint in (("address", "staff list"), ("user_name", "staff list"), ("probable_address", "never sure")):
        with pytest.raises(BlankFieldError) as caught:
            str(seen[name])
        assert caught.value.field == f"person.{name}" and not caught.value.is_setting
        assert hint in caught.value.hint("en")


def test_a_person_is_seen_in_personal_documents_only(tmp_path: Path) -> None:
    """Without a person there is no name « person », so that a template can ask."""
    contexts = RecordContexts(campaign(tmp_path), load_academies(), Report())
    school = School(
        uai="0370001A", name="L", address=(), postcode="", town="T", copies=None, academie_label="", line=2
    )
    assert "person" not in contexts.context(school)
    assert contexts.context(school, JULIE)["person"]["name"] == "Julie Labert"
    assert contexts.context(school, JULIE, Suggestion(address="a@b.fr"))["person"]["probable_address"] == "a@b.fr"
