"""Describe to editors and programs the files that leaflet reads and writes: JSON Schema, and XML Schema for markup.

A schema is made from what validates the file: pydantic's models of what people write, structs of what programs read,
the vocabulary of the markup. Its texts are in ``assets/schema``, and in ``assets/fields.toml`` for facts.
"""

from leaflet.schema.beside import named_schemas, schema_beside, write_schema, write_schema_beside
from leaflet.schema.campaign import campaign_schema
from leaflet.schema.design import election_schema, format_schema, theme_schema
from leaflet.schema.json_schema import Schema, schema_text, struct_schema
from leaflet.schema.markup import markup_schema

__all__ = [
    "Schema",
    "campaign_schema",
    "election_schema",
    "format_schema",
    "markup_schema",
    "named_schemas",
    "schema_beside",
    "schema_text",
    "struct_schema",
    "theme_schema",
    "write_schema",
    "write_schema_beside",
]
