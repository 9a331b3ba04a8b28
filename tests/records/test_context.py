"""What templates see, and what happens when they use a blank."""

import pickle
from datetime import date
from pathlib import Path

import msgspec
import pytest
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from leaflet.campaign import Campaign, load_academies, load_campaign
from leaflet.faults import Report
from leaflet.markup.blanks import BlankField, BlankFieldError, blank
from leaflet.markup.record_values import (
    RecordContexts,
    academie_context,
    campaign_context,
    departement_context,
    election_context,
    person_context,
)
from leaflet.tables import Person
from tests.campaign.fault_cases import BODY, HEAD, write_campaign
from tests.support import school, tables_of

ENVIRONMENT = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)


def campaign(folder: Path, more: str = "", head: str = HEAD) -> Campaign:
    """A faultless campaign with more tables."""
    return load_campaign(write_campaign(folder, head + BODY + more), Report())


@pytest.mark.parametrize("source", [
    "{{ b }}", "{{ b ~ 'x' }}", "{{ b + 1 }}", "{% if b %}{% endif %}", "{% for x in b %}{% endfor %}", "{{ b.c }}",
    "{{ b['c'] }}", "{{ b == 1 }}", "{{ b < 1 }}", "{{ 1 in b }}", "{{ b|length }}", "{{ b|upper }}", "{{ b|e }}",
    "{{ '%s' % b }}", "{{ b() }}"
])  # fmt: skip
def test_any_use_of_a_blank_names_its_field(source: str) -> None:
    """Whatever a template does with a blank, the error names the setting to fill in."""
    with pytest.raises(BlankFieldError) as caught:
        ENVIRONMENT.from_string(source).render(b=blank("vote.opens_at", "notice"))
    assert (caught.value.field, caught.value.setting) == ("vote.opens_at", "[vote] opens_at")
    assert "notice de vote" in caught.value.hint("fr")


@pytest.mark.parametrize(("source", "text"), [
    ("{{ b is defined }}", "False"), ("{{ b|default('?') }}", "?"), ("{% if b is defined %}x{% endif %}", "")
])  # fmt: skip
def test_template_may_ask_whether_it_is_blank(source: str, text: str) -> None:
    assert ENVIRONMENT.from_string(source).render(b=blank("vote.opens_at", "notice")) == text


def test_blank_error_survives_a_worker() -> None:
    error = pickle.loads(pickle.dumps(BlankFieldError("vote.opens_at", "notice")))
    assert (error.field, error.hint_key) == ("vote.opens_at", "notice")


def test_election_context(tmp_path: Path) -> None:
    seen = election_context(campaign(tmp_path))
    assert seen["vote"]["opens_on"] == date(2018, 11, 29) and seen["year"] == 2018
    assert [step["id"] for step in seen["steps"]][:2] == ["open-portal", "request-account"]
    assert isinstance(seen["steps"][0]["title"], BlankField) and isinstance(seen["mail"]["sender"], BlankField)
    with pytest.raises(BlankFieldError, match=r"\[mail\] sender"):
        str(seen["mail"]["sender"])


SECRET = """
[account]
never_asked = ["NUMEN", "jeton"]
[groups.agriculture]
same_portal = true
account.never_asked = ["clé"]
[groups.other]
same_portal = true
"""


@pytest.mark.parametrize(("ministry", "key", "secrets"), [
    ("", "uai", ["NUMEN", "jeton"]), ("Agriculture", "uai", ["clé"]), ("Armées", "uai", []), ("", "siret", [])
])  # fmt: skip
def test_secrets_are_of_those_who_have_them(tmp_path: Path, ministry: str, key: str, secrets: list[str]) -> None:
    """Others are told of no NUMEN, wherever a fact of the vote names it; a group says its own."""
    body = BODY.replace("[data]", f'[data]\nkey = "{key}"') + SECRET
    made = load_campaign(write_campaign(tmp_path, 'election = "2022"\n' + body), Report())
    seen = RecordContexts(made, load_academies(), Report()).context(school(ministry=ministry))["election"]
    assert seen["account"]["never_asked"] == secrets
    assert isinstance(seen["reissue"]["how"], BlankField) != ("NUMEN" in secrets)


def test_unknown_hours_and_academies_are_blank(tmp_path: Path) -> None:
    """Of 2026 nobody knows the hours; without an académie there are only blanks, and the advice to ask."""
    seen = campaign_context(campaign(tmp_path, head='election = "2026"\n'), "fr")
    for source in ("{{ election.vote.opens_at }}", "{{ election.links.portal }}", "{{ election.steps[0] }}"):
        with pytest.raises(BlankFieldError):
            ENVIRONMENT.from_string(source).render(seen)
    seen = academie_context(campaign(tmp_path), None, Report())
    assert seen["mailbox"]["kind"] == "ask" and isinstance(seen["name"], BlankField)


def test_sure_address_is_printed(tmp_path: Path) -> None:
    report = Report()
    academies = load_academies()
    seen = academie_context(campaign(tmp_path), academies.by_key["orleans-tours"], report)
    mailbox = seen["mailbox"]
    assert (mailbox["kind"], mailbox["address"]) == ("webmail", "https://pia.ac-orleans-tours.fr/")
    assert (mailbox["title"], mailbox["words"], mailbox["note"]) == ("Ma messagerie", "", "")
    assert seen["login_rule"] == "initial-surname" and isinstance(seen["timezone"], BlankField)
    assert len(report) == 0


@pytest.mark.parametrize(("key", "code", "kind", "address", "words"), tables_of(__file__)["ways"])
def test_the_way_to_the_mailbox(tmp_path: Path, key: str, code: str, kind: str, address: str, words: str) -> None:
    """Without a sure webmail the reader gets the next step that is known, and its words; the build says so once."""
    report = Report()
    for _ in range(3):
        seen = academie_context(campaign(tmp_path), load_academies().by_key[key], report)
    mailbox = seen["mailbox"]
    assert mailbox["kind"] == kind and words in mailbox["words"]
    assert ("" if isinstance(mailbox["address"], BlankField) else mailbox["address"]) == address
    assert [fault.code for fault in report] == [code]


def test_a_path_does_not_say_the_site_twice(tmp_path: Path) -> None:
    """The path of Guyane begins with the site, which is printed before it."""
    mailbox = academie_context(campaign(tmp_path), load_academies().by_key["guyane"], Report())["mailbox"]
    assert mailbox["address"] == "https://www.ac-guyane.fr/"
    assert mailbox["words"].startswith("puis\u00a0: Personnels › Vos services")
    assert mailbox["note"].startswith("Messagerie\u00a0: site de l’académie, puis Personnels")


def test_confirmed_address_is_printed(tmp_path: Path) -> None:
    report = Report()
    more = '[academies.amiens]\nconfirmed = ["webmail"]\n'
    seen = academie_context(campaign(tmp_path, more), load_academies().by_key["amiens"], report)
    assert seen["mailbox"]["address"] == "https://portail.ac-amiens.fr" and seen["mailbox"]["kind"] == "webmail"
    assert isinstance(seen["help"], BlankField) and len(report) == 0


def test_own_address_wins(tmp_path: Path) -> None:
    more = '[academies.lille]\nwebmail = "https://courriel.ac-lille.fr"\nconfirmed = ["help", "login_rule"]\n'
    report = Report()
    seen = academie_context(campaign(tmp_path, more), load_academies().by_key["lille"], report)
    assert seen["mailbox"]["address"] == "https://courriel.ac-lille.fr" and len(report) == 0


@pytest.mark.parametrize(("key", "election", "code", "year"), tables_of(__file__)["ages"])
def test_the_age_of_what_is_printed(tmp_path: Path, key: str, election: str, code: str, year: str) -> None:
    """What is older than the vote before, or has no date, gets one warning; before 2014 there was no vote we know."""
    report = Report()
    made = campaign(tmp_path, head=f'election = "{election}"\n')
    for _ in range(2):
        academie_context(made, load_academies().by_key[key], report)
    assert [fault.code for fault in report] == ([code] if code else [])
    assert [fault.values.get("year", "") for fault in report] == ([year] if code else [])


def test_the_warning_of_age_says_what_to_confirm(tmp_path: Path) -> None:
    made = campaign(tmp_path, head='election = "2026"\n')
    report = Report()
    academie_context(made, load_academies().by_key["orleans-tours"], report)
    (fault,) = report
    assert 'confirmed = ["webmail", "help", "login_rule"]' in fault.way_out("fr")
    assert "2018" in fault.reason("fr") and "essayer" in fault.way_out("fr")
    more = f"[academies.orleans-tours]\nconfirmed = [{fault.values['confirmed']}]\n"
    after = Report()
    made = campaign(tmp_path, more, head='election = "2026"\n')
    academie_context(made, load_academies().by_key["orleans-tours"], after)
    assert len(after) == 0


def test_one_warning_of_the_addresses_of_an_academie(tmp_path: Path) -> None:
    """An unknown mailbox, its old source and its doubtful user name are told in one message."""
    made, academies, report = campaign(tmp_path, head='election = "2026"\n'), load_academies(), Report()
    for academie in academies.by_key.values():
        academie_context(made, academie, report)
    assert len(report) == len({fault.values["key"] for fault in report})
    told = {fault.values["key"]: fault for fault in report if fault.code == "C165"}
    assert "(source non datée)" in told["paris"].reason("fr")
    assert 'confirmed = ["help"]' in told["paris"].way_out("fr")
    assert "source" not in told["nice"].reason("fr") and "confirmed" not in told["nice"].way_out("fr")
    assert "ainsi que l’identifiant «\u00a0jlabert\u00a0» (source non datée)" in told["reunion"].reason("fr")
    assert 'confirmed = ["login_rule"]' in told["reunion"].way_out("fr")


def test_usual_login_rule(tmp_path: Path) -> None:
    """The usual rule stands for an académie, of the thirty, that has none of its own or an old one; for no other."""
    academies = load_academies()
    usual = academies.national["login_rule"]
    for keys, rule in ((("nice", "lille"), "initial-surname"), (("bordeaux", "wallis-et-futuna"), None)):
        for key in keys:
            seen = academie_context(campaign(tmp_path), academies.by_key[key], Report(), usual)["usual_login_rule"]
            assert seen == rule if rule else isinstance(seen, BlankField)


@pytest.mark.parametrize("key", ["orleans-tours", "nice"])
def test_a_campaign_says_nothing_of_user_names(tmp_path: Path, key: str) -> None:
    """Where its rule is not to be printed, neither is what is usual elsewhere, and nobody is warned of its age."""
    academies, report = load_academies(), Report()
    settings = f"[academies.{key}]\nwebmail = false\nhelp = false\nlogin_rule = false\n"
    made = campaign(tmp_path, settings, head='election = "2026"\n')
    seen = academie_context(made, academies.by_key[key], report, academies.national["login_rule"])
    assert isinstance(seen["login_rule"], BlankField) and isinstance(seen["usual_login_rule"], BlankField)
    assert not {"C220", "C221"} & {fault.code for fault in report}


def test_a_school_of_another_ministry(tmp_path: Path) -> None:
    """It gets nothing of the académie, and is not mixed up with its neighbour of the same département."""
    contexts = RecordContexts(campaign(tmp_path), load_academies(), Report())
    seen = contexts.context(school(key="0370001A", ministry="MINISTERE DE L'AGRICULTURE"))["academie"]
    assert seen["mailbox"]["kind"] == "other" and isinstance(seen["mailbox"]["address"], BlankField)
    assert all(isinstance(seen[name], BlankField) for name in ("title", "domain", "site", "help", "login_rule"))
    ours = contexts.context(school(key="0370001A", ministry="MINISTERE DE L'EDUCATION NATIONALE"))["academie"]
    assert ours["mailbox"]["kind"] == "webmail"


def test_departement_and_publisher_context(tmp_path: Path) -> None:
    more = '[departements.37]\nsite = "https://www.ac-orleans-tours.fr/dsden37/"\n'
    made, academies = campaign(tmp_path, more), load_academies()
    seen = departement_context(made, academies.departements["37"])
    assert seen == {"code": "37", "name": "Indre-et-Loire", "site": "https://www.ac-orleans-tours.fr/dsden37/"}
    assert isinstance(departement_context(made, academies.departements["41"])["site"], BlankField)
    assert isinstance(departement_context(made, None)["name"], BlankField)
    seen = campaign_context(campaign(tmp_path), "fr")
    assert seen["publisher"]["name"] == "Section d’essai" and seen["version"] == "v1"
    with pytest.raises(BlankFieldError, match=r"\[publisher\] contact"):
        str(seen["publisher"]["contact"])


JULIE = Person(first_name="Julie", last_name="Labert", key="0370001A", line=2)


def test_person_context() -> None:
    given = {"address": "j.l@ac-lyon.fr", "user_name": "jl"}
    seen = person_context(msgspec.structs.replace(JULIE, **given))
    known = {key: value for key, value in seen.items() if not isinstance(value, BlankField)}
    assert known == {"name": "Julie Labert", "first_name": "Julie", "last_name": "Labert", "columns": {}, **given}


def test_what_nobody_gave_says_where_it_could_be_given() -> None:
    for name in ("address", "user_name"):
        with pytest.raises(BlankFieldError) as caught:
            str(person_context(JULIE)[name])
        assert caught.value.field == f"person.{name}" and not caught.value.is_setting
        assert "staff list" in caught.value.hint("en")


def test_a_person_is_seen_in_personal_documents_only(tmp_path: Path) -> None:
    """Without a person there is no name « person », so that a template can ask."""
    contexts = RecordContexts(campaign(tmp_path), load_academies(), Report())
    assert "person" not in contexts.context(school())
    seen = contexts.context(school("École de l'If", address=("1 rue d'If",), town="L'Isle"))["school"]
    assert (seen["name"], seen["address"], seen["town"]) == ("École de l’If", ["1 rue d’If"], "L’Isle")
    assert contexts.context(school(), JULIE)["person"]["name"] == "Julie Labert"
