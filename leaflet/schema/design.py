"""The schemas of themes, formats and elections: files of one's own that stand beside a campaign."""

from collections.abc import Iterable
from typing import Any, Optional

from pydantic import create_model

from leaflet.campaign.election import ElectionProfile, election_fields
from leaflet.campaign.values import Slug
from leaflet.faults import Lang
from leaflet.layout.theme import NEEDED, PageTokens, QrTokens, Theme
from leaflet.resources import program_resources
from leaflet.schema.json_schema import Schema, model_schema, propose
from leaflet.schema.texts import CAMPAIGN, Text, Texts, load_texts

_PARTLY = (PageTokens.__name__, QrTokens.__name__)  # tables of which a theme says only what differs


def theme_schema(lang: Lang) -> Schema:
    """Return the schema of ``themes/<name>.toml``; only a theme that extends no other needs all tables."""
    schema = model_schema(create_model("theme", __base__=Theme, extends=(Slug | None, None)), "theme", lang)
    needed = [key for key in schema.pop("required") if key != "name"]
    _finish(schema, schema, lang)
    propose(schema["properties"]["extends"], program_resources().names("themes"))
    definitions = schema.pop("$defs")
    return {**schema, "if": {"not": {"required": ["extends"]}}, "then": {"required": needed}, "$defs": definitions}


def format_schema(lang: Lang) -> Schema:
    """Return the schema of ``formats/<name>.toml``, which says only what differs from themes."""
    own: dict[str, Any] = {
        name: (Optional[field.annotation], None)  # noqa: UP045 - made as the program runs
        for name, field in Theme.model_fields.items()
        if name not in ("name", "description", "description_fr", "fold")
    }
    tables = create_model("ThemeTables", __config__=Theme.model_config, **own)
    model = create_model(
        "format",
        __base__=Theme,
        extends=(Slug | None, None),
        without=(dict[str, str], {}),
        theme=(dict[str, tables], {}),  # type: ignore[valid-type]
    )
    texts = load_texts()
    schema = model_schema(
        model, "format", lang, {"format": {**texts["theme"], **texts["format"]}, "ThemeTables": texts["theme"]}
    )
    del schema["required"]
    _finish(schema, schema, lang)
    _finish(schema["$defs"]["ThemeTables"], schema, lang)
    propose(schema["properties"]["extends"], program_resources().names("formats"))
    return schema


def election_schema(lang: Lang) -> Schema:
    """Return the schema of ``elections/<name>.toml``, with the facts that leaflets know by name."""
    schema = model_schema(ElectionProfile, "election", lang)
    schema["required"].remove("id")  # which is the name of the file
    facts = schema["properties"]["facts"]
    facts["properties"] = {
        name: {"description": _of_fact(name).of(lang), **facts["additionalProperties"]} for name in election_fields()
    }
    return schema


def _of_fact(name: str) -> Text:
    """Return the text of a fact by its dotted name, of which tables are called as models."""
    table, _, key = name.rpartition(".")
    return load_texts()[table.capitalize() or CAMPAIGN][key]


def _finish(table: Schema, schema: Schema, lang: Lang) -> None:
    """Finish the table of a theme: it has no name of its own, and editors propose the tokens that layout asks for."""
    table["properties"].pop("name", None)
    for name in _PARTLY:
        schema["$defs"][name].pop("required", None)
    for key, tokens in {**NEEDED, "inks": NEEDED["colors"]}.items():
        _propose_tokens(table["properties"][key], tokens.split(), load_texts(), key, lang)


def _propose_tokens(table: Schema, tokens: Iterable[str], texts: Texts, key: str, lang: Lang) -> None:
    text = texts["tokens"][key].of(lang)
    table["properties"] = {token: {"description": text, **table["additionalProperties"]} for token in tokens}
