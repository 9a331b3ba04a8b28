"""The schemas of themes, formats and elections take all that there are, and refuse what the program refuses."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from leaflet.campaign.election import election_fields, load_profile
from leaflet.faults import LANGUAGES, LeafletError
from leaflet.layout.theme import NEEDED, Theme, load_theme
from leaflet.resources import assets, find_resources
from leaflet.schema import Schema, election_schema, format_schema, theme_schema
from tests.layout.test_theme import REFUSED, with_theme
from tests.schema.support import find_errors, properties
from tests.support import EXAMPLE, only

SCHEMAS = {"themes": theme_schema, "formats": format_schema, "elections": election_schema}
FILES = [(kind, path) for kind in SCHEMAS for path in sorted((assets() / kind).glob("*.toml"))]
FILES += [(kind, path) for kind in SCHEMAS for path in sorted(EXAMPLE.parent.glob(f"*/{kind}/*.toml"))]
# What the program says of themes that a schema cannot know: names of colours, sums, lengths, several values together.
BEYOND = ("pink", "navy", "sky", "black of a", "11.5", "0.5 pt", "8 mm", "500", "both or neither", "larger than most")
REFUSED_BY_BOTH = [case for case in REFUSED if case[1] != "fit" and case[2] not in BEYOND]
GOOD = '[facts."vote.opens_on"]\nvalue = 2027-10-08\nsource = "exemple"\nconfidence = "INF"\nread_on = 2026-11-26\n'
WRONG_ELECTIONS = [
    "",
    'year = "2027"',
    "year = 2027\nfact = {}",
    GOOD.replace('"INF"', '"high"'),
    GOOD.replace("read_on = 2026-11-26\n", ""),
    GOOD.replace("source", "sources"),
    GOOD + 'attested = "in 2026"',
]


@pytest.mark.parametrize(("kind", "path"), FILES, ids=lambda value: getattr(value, "stem", value))
def test_all_there_are_are_valid(kind: str, path: Path) -> None:
    """Those of the program, and those of the examples."""
    assert find_errors(SCHEMAS[kind]("fr"), tomllib.loads(path.read_text("utf-8"))) == []


@pytest.mark.parametrize(("tokens", "field", "named"), REFUSED_BY_BOTH)
def test_what_the_program_refuses_the_schema_refuses(tmp_path: Path, tokens: str, field: str, named: str) -> None:
    """Each theme that the program refuses, but for what no schema can know; at the same key."""
    text = f'extends = "default"\n{tokens}'
    with pytest.raises(LeafletError):
        load_theme(only(with_theme(tmp_path, text)), "mine")
    found = find_errors(theme_schema("en"), tomllib.loads(text))
    assert any(place.startswith(field) or field.startswith(place) for place, _ in found), found


@pytest.mark.parametrize("tokens", ['[type]\nbody = { size = "11", leading = 1.2, weight = "bold", floor = 11.5 }'])
def test_a_number_between_quotes_is_refused_by_both(tmp_path: Path, tokens: str) -> None:
    """A theme is as strict as a campaign."""
    assert find_errors(theme_schema("en"), tomllib.loads(f'extends = "default"\n{tokens}'))
    with pytest.raises(LeafletError):
        load_theme(only(with_theme(tmp_path, f'extends = "default"\n{tokens}')), "mine")


def test_a_theme_that_extends_none_needs_its_tables() -> None:
    """One that extends another may say a single thing."""
    schema = theme_schema("en")
    assert find_errors(schema, {"extends": "default"}) == []
    alone = find_errors(schema, {"description": "Mine"})
    assert {message.split("'")[1] for _, message in alone} == {
        key for key, field in Theme.model_fields.items() if field.is_required() and key not in ("name", "description")
    }


@pytest.mark.parametrize("text", WRONG_ELECTIONS)
def test_elections_are_refused_by_both(tmp_path: Path, text: str) -> None:
    """What is missing, what is called otherwise, and what is none of a few words."""
    head = "" if "year" in text or not text else "year = 2027\n"
    (tmp_path / "elections").mkdir()
    for content, is_wrong in ((f"year = 2027\n{GOOD}", False), (head + text, True)):
        (tmp_path / "elections" / "mine.toml").write_text(content, "utf-8")
        assert bool(find_errors(election_schema("en"), tomllib.loads(content))) == is_wrong
        if is_wrong:
            with pytest.raises(LeafletError):
                load_profile("mine", find_resources(tmp_path))
        else:
            load_profile("mine", find_resources(tmp_path))


def test_tokens_and_facts_are_proposed() -> None:
    """Editors know the tokens that layout asks for, and the facts of an election."""
    theme: dict[str, Any] = theme_schema("fr")["properties"]
    for table, names in NEEDED.items():
        assert set(theme[table]["properties"]) == set(names.split())
    assert set(election_schema("fr")["properties"]["facts"]["properties"]) == set(election_fields())


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_is_described_in_both_languages(kind: str) -> None:
    """No key without a text; those of the two languages differ."""
    english, french = ({place[:2]: place[2] for place in every_key(SCHEMAS[kind](lang))} for lang in LANGUAGES)
    assert english.keys() == french.keys()
    assert [place for place in english if english[place]["description"] == french[place]["description"]] == []


def every_key(schema: Schema) -> list[tuple[str, str, Schema]]:
    """The keys of all tables, and those of tables in tables."""
    inner = [
        (key, token, one)
        for _, key, table in properties(schema)
        for token, one in table.get("properties", {}).items()
    ]
    return [*properties(schema), *inner]
