"""Election profiles: sourced, strict, and laid under the campaign's own values."""

import re
from datetime import date, time

import pytest

from leaflet.campaign.election import (
    Election,
    ElectionProfile,
    blank_fields,
    dotted_fields,
    election_fields,
    election_tree,
    known_election,
    load_profile,
    merge,
    nest,
    previous_vote,
    profile_ids,
    value_of,
)
from leaflet.campaign.facts import field_rows
from leaflet.campaign.links import find_faults
from leaflet.campaign.model import Publisher
from leaflet.campaign.values import Fact, outside_group, step_rows
from leaflet.program import templates


def election(profile: ElectionProfile, given: dict[str, object] | None = None) -> Election:
    """The election of a profile with given values."""
    return Election.model_validate(election_tree(profile, given or {}))


def test_profiles_and_the_vote_before() -> None:
    assert profile_ids() == ["2014", "2018", "2022", "2026"]
    days = [previous_vote(year) for year in (2014, 2018, 2022, 2026, 2027)]
    assert days == [None, date(2014, 12, 4), date(2018, 12, 6), date(2022, 12, 8), date(2026, 12, 10)]


@pytest.mark.parametrize("name", profile_ids())
def test_profiles_are_sound_and_dated(name: str) -> None:
    profile = load_profile(name)
    made = election(profile)
    fields = {dotted: ".".join(outside_group((*dotted.split("."),))) for dotted in profile.facts}
    assert set(fields.values()) <= {*election_fields(), "account.never_asked"}
    assert profile.id == name and made.title == f"Élections professionnelles {name}"
    assert made.links.portal is None or find_faults(made.links.portal) == []
    assert all(fact.source.strip() for fact in profile.facts.values())
    sources = " ".join(path.read_text("utf-8") for path in templates().rglob("*.xml"))
    said = set(re.findall(r"\b(?:election\.)?([a-z_]+(?:\.[a-z_]+)?)\b", sources))
    for dotted, fact in profile.facts.items():
        assert fact.value is not None and fact.source.strip() and fact.confidence, dotted
        assert fact.read_on >= date(2026, 11, 24), dotted
        assert (fact.attested is None) == bool(fact.undated), dotted
        assert fact.attested is None or fact.attested <= fact.read_on.isoformat(), dotted
        assert (fields[dotted] in said) == (fact.unprinted is None), dotted


@pytest.mark.parametrize(("attested", "is_older"), [
    ("2018", True), ("2022", True), ("2022-12", True), ("2022-12-07", True), ("2022-12-08", False),
    ("2024-06", False)
])  # fmt: skip
def test_a_year_counts_from_its_first_day(attested: str, is_older: bool) -> None:
    """A source of 2022 may be older than the vote of December 2022."""
    fact = Fact(value="x", source="s", confidence="M", read_on=date(2026, 11, 24), attested=attested)
    assert fact.is_older_than(date(2022, 12, 8)) is is_older


def test_in_2022_some_had_their_notice_by_post() -> None:
    """It came to the homes of staff overseas and of higher education, whatever their campaign says of the others."""
    campaign = known_election(load_profile("2022"))
    ways = {name: group.notice.how for name, group in campaign.groups.items()}
    assert ways == dict.fromkeys(("overseas", "higher"), "par la poste, à mon domicile")
    assert campaign.notice.how == "contre signature"


def test_what_is_known_of_2018_and_2026() -> None:
    made = election(load_profile("2018"))
    assert (made.vote.opens_on, made.vote.opens_at) == (date(2018, 11, 29), time(10))
    assert (made.vote.closes_on, made.vote.closes_at) == (date(2018, 12, 6), time(17))
    assert made.memo.lines == ("Adresse pro", "Mot de passe") and made.mail.sender is None
    assert made.steps is not None and made.steps[0].id == "open-portal"
    known = set(election_fields()) - set(blank_fields(election(load_profile("2026"))))
    assert known == {"title", "scope", "vote.opens_on", "vote.closes_on", "notice.deadline_computed"}


def test_values_lie_over_one_another() -> None:
    given = {"vote": {"opens_at": "8 h 30"}, "memo": {"lines": ["Adresse"]}, "steps": ["vote"]}
    made = election(load_profile("2018"), given)
    assert made.vote.opens_at == time(8, 30) and made.vote.closes_at == time(17)
    assert made.memo.lines == ("Adresse",) and made.steps is not None and len(made.steps) == 1
    under = nest({"a.b": 1, "a.c": 2, "d": 3})
    assert merge(under, {"a": {"b": 9}, "d": [1]}) == {"a": {"b": 9, "c": 2}, "d": [1]}
    assert under == {"a": {"b": 1, "c": 2}, "d": 3}


@pytest.mark.parametrize(("confidence", "used"), [("H", True), ("M", True), ("INF", True), ("L", False)])
def test_low_confidence_is_not_printed(confidence: str, used: bool) -> None:
    """A fact of one unofficial page is not used unless the campaign gives it itself."""
    fact = Fact.model_validate({"value": "x", "source": "s", "confidence": confidence, "read_on": date(2026, 11, 24)})
    made = election(ElectionProfile(id="2026", year=2026, facts={"mail.sender": fact}))
    assert (made.mail.sender == "x") is used


def test_fields_and_steps_are_explained() -> None:
    of_publisher = [name for name, _ in dotted_fields(Publisher, "publisher.")]
    assert list(field_rows()) == [*election_fields(), *of_publisher, "issued_on"]
    files = {path.stem for path in (templates() / "_shared" / "steps").glob("[!_]*.xml")}
    assert set(step_rows()) == files
    assert not {row.fr for row in step_rows().values()} & files


@pytest.mark.parametrize("field", field_rows())
def test_examples_are_values_of_their_field(field: str) -> None:
    """An example can stand in for the fact it explains; texts about it are not cut in a message."""
    row = field_rows()[field]
    table, _, name = field.rpartition(".")
    if table.startswith("publisher") or field == "issued_on":
        assert isinstance(row.value, date if field == "issued_on" else str)
    else:
        assert value_of(Election.model_validate(nest({field: row.value})), field) is not None
    for texts in (row.what, row.question, row.where):
        assert all(set(texts) == {"en", "fr"} and len(text) <= 80 for text in texts.values()), name


@pytest.mark.parametrize("step", step_rows())
def test_steps_have_french_names(step: str) -> None:
    made = election(load_profile("2018"), {"steps": [step_rows()[step].fr]})
    assert made.steps is not None and made.steps[0].id == step
