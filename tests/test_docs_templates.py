"""The manual of templates names every word, attribute, variable and filter there is, and none that is not."""

import re
from collections.abc import Iterator
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from jinja2 import StrictUndefined

from leaflet.campaign.election import Step
from leaflet.faults import catalogue
from leaflet.markup.jinja_filters import filters_of
from leaflet.markup.record_values import person_context
from leaflet.markup.vocabulary import CLASSES, INSTEAD, PAGES, SPARE, WORDS
from leaflet.program import templates
from leaflet.tables import Person
from tests.support import compose, context, make_template, parse_all

MANUAL = (Path(__file__).parents[1] / "docs" / "templates.md").read_text("utf-8")


def rows(heading: str) -> dict[str, str]:
    """The table rows under a heading, up to the next of its level: first cell without quotes → the rest."""
    level = heading.split(" ", 1)[0]
    section = MANUAL.split(f"\n{heading}", 1)[1].split(f"\n{level} ", 1)[0]
    return dict(re.findall(r"^\| `([^`]+)` \|(.*)\|$", section, re.MULTILINE))


def variables(value: Any, name: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from variables(inner, f"{name}.{key}" if name else key)
    else:
        yield name


def test_every_word_of_the_manual_is_explained() -> None:
    """Words, classes of « p », variables, filters: each has a row, and each row is one; faults exist."""
    assert set(rows("## Words")) == {f"<{word}>" for word in WORDS}
    assert set(re.findall(r"`(\w+)`", rows("## Words")["<p>"])) >= CLASSES["p"]
    person = person_context(Person(first_name="Julie", last_name="Labert", key="0370036N", line=2))
    named = set(variables(context())) | {f"step.{field}" for field in Step.model_fields}
    named |= set(variables(person, "person"))
    assert set(rows("## Variables")) == named
    assert set(rows("## Filters")) == set(filters_of((), ""))
    assert set(re.findall(r"\b[A-Z]\d{3}\b", MANUAL)) <= set(catalogue())


@pytest.mark.parametrize("name", WORDS)
def test_every_attribute_is_explained(name: str) -> None:
    """The row of a word names its attributes, says which may be left out, and names no other."""
    word = WORDS[name]
    cell = rows("## Words")[f"<{name}>"].split("|")[0]
    own = word.optional - {SPARE, INSTEAD, PAGES}  # which are explained once, for all of them
    assert set(re.findall(r"`([\w-]+)`", cell)) == word.required | own
    assert set(re.findall(r"`([\w-]+)` \(optional\)", cell)) == own - ({"class"} if name == "p" else set())


@pytest.mark.parametrize("name", [name for name, word in WORDS.items() if word.only])
def test_what_may_stand_inside_is_explained(name: str) -> None:
    """The row of a strict word lists the words it may hold."""
    cell = rows("## Words")[f"<{name}>"].split("|")[1]
    assert set(re.findall(r"`(\w+)`", cell)) == WORDS[name].only


def examples() -> list[str]:
    return re.findall(r"```xml\n(.*?)```", MANUAL, re.DOTALL)


def test_its_examples_work_as_they_are_printed(tmp_path: Path) -> None:
    layout = compose(make_template(tmp_path, leaflet=examples()[0]).render(context()))
    assert [placed.piece.name for placed in layout.faces[0].placed] == [
        *("hero", "strip", "h2", "tile", "memo", "footer")
    ]
    steps = '<tiles>{% set number = 1 %}{% include "t/steps/x.xml" %}</tiles>'
    whole = f'<leaflet title="T"><page>{steps}</page></leaflet>'
    (step,) = parse_all(make_template(tmp_path, leaflet=whole, steps__x=examples()[1]).render(context()))
    assert "jeudi 29\u00a0novembre" in step.text


def test_filters_print_what_it_says() -> None:
    first, last = date(2018, 11, 29), date(2018, 12, 6)
    said = {name: row.replace("\u00a0", " ") for name, row in rows("## Filters").items()}
    values = {"day": (first,), "day_year": (first,), "short_day_year": (first,), "hour": (time(17, 30),)}
    values |= dict.fromkeys(("period", "short_period", "span"), (first, last))
    for name, arguments in values.items():
        assert f"« {filters_of((), '')[name](*arguments)} »".replace("\u00a0", " ") in said[name]


def test_the_shipped_template_uses_only_what_it_explains() -> None:
    known = set(rows("## Variables"))
    roots = {name.split(".")[0] for name in known}
    for path in sorted((templates() / "leaflet-a4").rglob("*.xml")):
        for code in re.findall(r"\{[{%](.*?)[%}]\}", path.read_text("utf-8"), re.DOTALL):
            for name in re.findall(r"\b[a-z_]+(?:\.[a-z_]+)+", re.sub(r"\"[^\"]*\"", "", code)):
                if name.split(".")[0] in roots:
                    assert any(name == one or one.startswith(f"{name}.") for one in known), (path.name, name)


def test_a_name_left_out_of_the_manual_would_be_found() -> None:
    """The helpers of these tests see what is there: a word, a nested variable, a blank one."""
    assert "<qr>" in rows("## Words")
    assert "election.vote.opens_on" in set(variables(context()))
    assert isinstance(context()["issued_on"], StrictUndefined)
