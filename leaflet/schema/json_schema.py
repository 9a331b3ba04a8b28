"""Make a JSON Schema (draft 2020-12) from what validates: a model of pydantic, or structs of msgspec."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from inspect import cleandoc
from typing import Any

from msgspec.json import schema_components
from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from leaflet.faults import Lang
from leaflet.schema.texts import WHOLE, Text, Texts, load_texts
from leaflet.version import __version__

DIALECT = "https://json-schema.org/draft/2020-12/schema"
HEAD = f'{{\n "$schema": "{DIALECT}",\n "$id": "urn:leaflet:'.encode()
"""The first bytes of each schema that the program writes."""

_PART = "#/$defs/{name}"  # where a part of a schema is found

Schema = dict[str, Any]
"""A JSON Schema, or a part of one."""


class _TomlSchema(GenerateJsonSchema):
    """A generator for files in TOML, which has no null: what may be missing is of its one type where it is there."""

    def nullable_schema(self, schema: core_schema.NullableSchema) -> JsonSchemaValue:
        """Return the schema of a value that may be None: None is what is not written."""
        return self.generate_inner(schema["schema"])

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Return the schema of a value with its default, if that is a word, a number or a truth value."""
        found = super().default_schema(schema)
        if not isinstance(found.get("default"), str | int | float) or found["default"] == "":
            found.pop("default", None)
        return found


def model_schema(model: type[BaseModel], name: str, lang: Lang, texts: Texts) -> Schema:
    """Return the schema of a TOML file.

    Args:
        model: what the file may hold.
        name: of the kind of file, which is the name of its outermost table in the texts.
        lang: of the descriptions.
        texts: those of keys that the model has from elsewhere, beside those of `load_texts`.
    """
    found = model.model_json_schema(schema_generator=_TomlSchema)
    return _described(found, name, lang, _merged(load_texts(), texts))


def struct_schema(kind: Any, name: str) -> Schema:
    """Return the schema of what the program writes as JSON, described by the docstrings of its structs.

    Args:
        kind: the struct, or the union of structs.
        name: of the output.
    """
    (found,), definitions = schema_components([kind], ref_template=_PART.format(name="{name}"))
    if (outermost := found.get("$ref", "").removeprefix(_PART.format(name=""))) in definitions:
        found = definitions.pop(outermost)
    for table in (found, *definitions.values()):
        table.pop("title", None)
        if "description" in table:
            table["description"] = cleandoc(table["description"])
    return {**_head(name), **found, "$defs": definitions}


def propose(text: Schema, words: Iterable[str]) -> None:
    """Let editors propose words for a text, which may be another one."""
    rules = {key: text.pop(key) for key in ("pattern", "maxLength", "not") if key in text}
    text["anyOf"] = [{"enum": [*words]}, rules]


def schema_text(schema: Schema) -> str:
    """Return a schema as a file has it."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _described(found: Schema, name: str, lang: Lang, texts: Texts) -> Schema:
    """Return a schema with its head and with the texts of one language in the place of docstrings."""
    definitions = found.pop("$defs", {})
    whole = texts[name][WHOLE]
    _describe_table(found, texts.get(name, {}), lang)
    for table, definition in definitions.items():
        _describe_table(definition, texts.get(table, {}), lang)
    return {**_head(name), "description": whole.of(lang), **found, "$defs": definitions}


def _head(name: str) -> Schema:
    """Return how a schema begins."""
    written = f"Written by leaflet {__version__}: leaflet schema {name}"
    return {"$schema": DIALECT, "$id": f"urn:leaflet:{name}", "$comment": written, "title": f"leaflet: {name}"}


def _merged(below: Texts, above: Texts) -> Texts:
    """Return texts with others laid over them, key by key."""
    return {table: {**below.get(table, {}), **above.get(table, {})} for table in (*below, *above)}


def _describe_table(table: Schema, texts: Mapping[str, Text], lang: Lang) -> None:
    """Describe the keys of a table; one without a text keeps none, which a test finds."""
    table.pop("title", None)
    table.pop("description", None)
    for key, value in table.get("properties", {}).items():
        value.pop("title", None)
        value.pop("description", None)
        if (text := texts.get(key)) is not None:
            rest = dict(value)
            value.clear()
            value.update({"description": text.of(lang), **rest})
            if text.examples:
                value["examples"] = [_as_json(example) for example in text.examples]


def _as_json(value: object) -> object:
    """Return a value of TOML as editors have it: a day is a text."""
    return value.isoformat() if isinstance(value, date) else value
