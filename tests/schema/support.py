"""What the tests of schemas share: judges of them, and all tables in them."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

from leaflet.production.schemas import Schema


def judge() -> Any:
    """Return the class that judges by a schema; only its tests wait for the import, which takes a second."""
    from jsonschema import Draft202012Validator

    return Draft202012Validator


def find_errors(schema: Schema, value: object) -> list[tuple[str, str]]:
    """The place of each error of a value, dotted, and what is wrong; dates and hours as editors hand them on."""
    validator = judge()(schema, format_checker=judge().FORMAT_CHECKER)
    return [
        (".".join(map(str, error.absolute_path)), error.message) for error in validator.iter_errors(as_json(value))
    ]


def as_json(value: Any) -> Any:
    """The value of a TOML file as JSON has it."""
    if isinstance(value, dict):
        return {key: as_json(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [as_json(inner) for inner in value]
    return value.isoformat() if isinstance(value, date | time) else value


def tables(schema: Schema) -> Iterator[tuple[str, Schema]]:
    """Each table of a schema with its name; the outermost one has none."""
    yield "", schema
    yield from schema.get("$defs", {}).items()


def properties(schema: Schema) -> Iterator[tuple[str, str, Schema]]:
    """The table, the key and the schema of each key."""
    for name, table in tables(schema):
        for key, inner in table.get("properties", {}).items():
            yield name, key, inner
