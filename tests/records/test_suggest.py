"""Probable user names and addresses: what is documented, nothing else, and never the same for two people."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.campaign import load_academies
from leaflet.faults import LANGUAGES, Place, Report
from leaflet.markup.suggestions import Suggestion, make_suggestions, suggest_address, suggest_user_name
from leaflet.tables import Person, check_letter

ACADEMIES = load_academies()
PLACE = Place(file="personnels.csv")
TOULOUSE, TOURS, LYON, REUNION = "0310001A", "0370001A", "0690001A", "9740001A"


def person(name: str, uai: str = TOULOUSE, line: int = 2, **fields: str) -> Person:
    """« Julie Labert » as a person: the first word is the first name."""
    first, _, last = name.partition(" ")
    return Person(first_name=first.replace("_", " "), last_name=last, uai=uai, line=line, **fields)


def made(*people: Person) -> tuple[dict[int, Suggestion], list[str]]:
    """What is suggested, by line, and the lines of each warning."""
    report = Report()
    by_uai: dict[str, list[Person]] = {}
    for one in people:
        by_uai.setdefault(one.uai, []).append(one)
    found = make_suggestions(by_uai, ACADEMIES.by_uai, report, PLACE)
    assert {fault.code for fault in report} <= {"T407"}
    assert {fault.place for fault in report} <= {PLACE}
    return {one.line: suggestion for one, suggestion in found.items()}, [str(f.values["lines"]) for f in report]


@pytest.mark.parametrize(("academie", "name", "user_name"), [
    # the examples of the sources in assets/academies.toml, without the numbers of homonyms
    ("orleans-tours", "Julie Labert", "jlabert"), ("toulouse", "François Durand", "fdurand"),
    ("creteil", "Jean-Pierre Dupont", "jdupont"), ("bordeaux", "Pierre Dupont", "pdupont"),
    ("reunion", "Eugène Jacob de Cordemoy", "ejacob-de-cordemoy"), ("dijon", "Marc Le Dupond", "mle-dupond")
])  # fmt: skip
def test_documented_user_names(academie: str, name: str, user_name: str) -> None:
    assert suggest_user_name(person(name), ACADEMIES.by_key[academie]) == user_name


@pytest.mark.parametrize(("academie", "name", "address"), [
    ("reunion", "Eugène Jacob de Cordemoy", "eugene.jacob-de-cordemoy@ac-reunion.fr"),
    ("bordeaux", "Pierre Dupont", "pierre.dupont@ac-bordeaux.fr"),
    ("nancy-metz", "Zoé Müller", "zoe.muller@ac-nancy-metz.fr"),
    ("paris", "Cœline Lacœur", "coeline.lacoeur@ac-paris.fr"),
    ("guyane", "Anaïs de la Tour", "anais.de-la-tour@ac-guyane.fr")
])  # fmt: skip
def test_documented_addresses(academie: str, name: str, address: str) -> None:
    assert suggest_address(person(name), ACADEMIES.by_key[academie]) == address


@pytest.mark.parametrize(("name", "user_name"), [
    ("ÉLODIE LEFÈVRE", "elefevre"), ("Élodie Le\u0301vy", "elevy"), ("Françoise de la Tour", "fde-la-tour"),
    ("Hans von Braun", "hvon-braun"), ("Jan Van-den-Berg", "jvan-den-berg"), ("Jean_Pierre Dupont", "jdupont"),
    ("Œdipe Lacœur", "olacoeur"), ("Marc  Dupond ", "mdupond")
])  # fmt: skip
def test_user_names(name: str, user_name: str) -> None:
    assert suggest_user_name(person(name), ACADEMIES.by_key["toulouse"]) == user_name


@pytest.mark.parametrize("name", [
    "Anne d'Artagnan", "Anne D’Artagnan", "Awa N'Diaye", "N'Golo Kante", "Jean Dupont-Moretti", "Ana Garcia Lopez",
    "Jean Saint Martin", "Maria Pereira da Silva", "Søren Kierkegård", "Олег Иванов", "Li 王", "Jean Martin2",
    "J. Martin", "Julie ", " Labert", "Julie (Labert)", "Julie Labert, Martin", "Marc Le", "Marc de la",
    "Julie Labert-", "Straße Weiß", "Łukasz Nowak", "Marc Dupont de", "Marc de Martin Dupont", "A.-B. Martin",
    "Marc Unnomtellementlongquepersonne"
])  # fmt: skip
def test_what_is_not_documented_is_not_guessed(name: str) -> None:
    """Apostrophes, two surnames, other alphabets, digits, dots, names longer than any example."""
    assert suggest_user_name(person(name), ACADEMIES.by_key["toulouse"]) is None
    assert suggest_address(person(name), ACADEMIES.by_key["toulouse"]) is None


def test_rules_that_are_used() -> None:
    """Not for compound names in Toulouse, nor from one unofficial page; each rule is known, and has a source."""
    for name in ("Jean-Pierre Dupont", "Jean_Pierre Dupont", "J Dupont"):
        assert suggest_address(person(name), ACADEMIES.by_key["toulouse"]) is None
    for key in ("versailles", "montpellier"):
        assert suggest_address(person("Julie Labert"), ACADEMIES.by_key[key]) is None
    assert suggest_user_name(person("Julie Labert"), ACADEMIES.by_key["versailles"]) is None
    for academie in ACADEMIES.by_key.values():
        assert academie.login_rule is None or academie.login_rule.value == "initial-surname"
        assert academie.mail_rule is None or academie.mail_rule.value == "first.last"
        assert academie.mail_rule is None or (academie.mail_rule.source and academie.domain)


@pytest.mark.parametrize("key", [key for key, a in ACADEMIES.by_key.items() if a.login_rule is None])
def test_no_rule_no_user_name(key: str) -> None:
    assert suggest_user_name(person("Julie Labert"), ACADEMIES.by_key[key]) is None


def test_suggestions_fill_what_the_list_leaves_open() -> None:
    """Nothing for what is given, and nobody for whom nothing is known."""
    found, warnings = made(
        person("Julie Labert", line=2),
        person("Marc Dupond", line=3, user_name="mdupond7"),
        person("Anne Petit", line=4, address="anne.petit@ac-toulouse.fr"),
        person("Zoé Grand", line=5, user_name="zgrand", address="zoe.grand@ac-toulouse.fr"),
        person("Léa Blanc", LYON, line=6),
        person("Paul Noir", TOURS, line=7),
        person("Paul Noir", "0200001A", line=8),
    )
    assert warnings == []
    assert found == {
        2: Suggestion(user_name="jlabert", address="julie.labert@ac-toulouse.fr"),
        3: Suggestion(address="marc.dupond@ac-toulouse.fr"),
        4: Suggestion(user_name="apetit"),
        7: Suggestion(user_name="pnoir"),
    }


def test_two_people_never_get_the_same() -> None:
    """Neither gets it, whatever their schools; one warning with the lines; other académies are no matter."""
    jean, other = person("Jean Labert", "0310002B", line=3), person("Julie Labert", TOURS, line=4)
    found, warnings = made(person("Julie Labert", line=2), jean, other)
    assert warnings == ["2–3"] and found[4] == Suggestion(user_name="jlabert")
    assert [found[line] for line in (2, 3)] == [
        Suggestion(address=f"{name}.labert@ac-toulouse.fr") for name in ("julie", "jean")
    ]


def test_homonyms_clash_once() -> None:
    """One warning for user name and address together; what the list itself gives twice is its own affair."""
    found, warnings = made(person("Julie Labert", line=2), person("JULIE LABERT", "0310002B", line=9))
    assert (found, warnings) == ({}, ["2, 9"])
    given = {"user_name": "jlabert", "address": "a@ac-toulouse.fr"}
    assert made(person("Julie Labert", line=2, **given), person("J Labert", "0310002B", line=3, **given)) == ({}, [])


def test_what_is_given_and_who_it_is() -> None:
    """Nobody gets a name that somebody has; one professional address in two schools is one person."""
    found, warnings = made(
        person("Julie Labert", line=2, user_name="JLabert", address="JULIE.LABERT@ac-toulouse.fr"),
        person("Julien Labert", line=3),
        person("Julie Labert", "0310002B", line=4),
    )
    assert warnings == ["2–4", "2, 4"]
    assert found == {3: Suggestion(address="julien.labert@ac-toulouse.fr")}
    address = "julie.labert@ac-toulouse.fr"
    found, warnings = made(
        person("Julie Labert", line=2, address=address), person("Julie Labert", "0310002B", line=3, address=address)
    )
    assert (found, warnings) == ({2: Suggestion(user_name="jlabert"), 3: Suggestion(user_name="jlabert")}, [])


def test_lines_and_names_of_people() -> None:
    """Line 2 of two sheets are two people, named with their sheets; names stay out of logs."""
    people = [person("Julie Labert", sheet="Maths"), person("Jean Labert", sheet="Lettres")]
    _, warnings = made(*people, person("Zoé If", line=3, sheet="Maths"), person("Zara If", line=4, sheet="Maths"))
    assert warnings == ["Maths!2, Lettres!2", "Maths!3–4"]
    report = Report()
    people = {TOULOUSE: [person("Julie Labert", line=2), person("Jean Labert", line=3)]}
    make_suggestions(people, ACADEMIES.by_uai, report, PLACE)
    shown = "\n".join(line for fault in report for lang in LANGUAGES for line in fault.lines(lang))
    assert "2–3" in shown and not re.search("labert|julie|jean", shown, re.IGNORECASE)


NAMES = st.text("abcdeéèçœ LDTdl'-2Ж", min_size=1, max_size=14)
PEOPLE = st.lists(st.tuples(NAMES, NAMES, st.integers(0, 3), st.sampled_from(["", "ab", "de"])), max_size=12)


@given(PEOPLE)
def test_suggestions_are_plain_and_unique(rows: list[tuple[str, str, int, str]]) -> None:
    uais = [f"031000{n}{check_letter(f'031000{n}')}" for n in range(4)]
    people = [
        Person(first_name=first, last_name=last, uai=uais[n], user_name=own, line=line)
        for line, (first, last, n, own) in enumerate(rows, 2)
    ]
    found, warnings = made(*people)
    names = [made.user_name for made in found.values() if made.user_name]
    taken = names + [person.user_name for person in people if person.user_name]
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", name) for name in names)
    assert all(taken.count(name) == 1 for name in names)
    addresses = [made.address for made in found.values() if made.address]
    assert all(re.fullmatch(r"[a-z]+\.[a-z]+(-[a-z]+)*@ac-toulouse\.fr", address) for address in addresses)
    assert len(set(addresses)) == len(addresses) and len(set(warnings)) == len(warnings)
