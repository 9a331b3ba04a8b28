"""Describe to editors and programs the campaigns that leaflet reads and the JSON that it writes: JSON Schema.

A schema is made from what validates the file: pydantic's models of what people write, structs of what programs read.
The texts of a campaign's keys are in ``assets/schema``, and in ``assets/fields.toml`` for facts; those of structs are
their docstrings.
"""

from leaflet.schema.beside import names_schema, schema_beside, write_schema, write_schema_beside
from leaflet.schema.campaign import campaign_schema
from leaflet.schema.json_schema import Schema, schema_text, struct_schema

__all__ = [
    "Schema",
    "campaign_schema",
    "names_schema",
    "schema_beside",
    "schema_text",
    "struct_schema",
    "write_schema",
    "write_schema_beside",
]
