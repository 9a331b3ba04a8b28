"""Make a JSON Schema (draft 2020-12) from what validates: models of pydantic, or structs of msgspec.

The schema of ``campaign.toml`` has the texts of each table and key in English and French, and the names that can be
used in it. Beside a campaign, which names it in its first line, it stands below ``.leaflet``, where an editor needs
no network; it is in French, as what ``leaflet init`` writes, and comes from the program that is there.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from inspect import cleandoc
from pathlib import Path
from typing import Annotated, Any, get_args

from msgspec import Struct
from msgspec.json import schema_components
from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, create_model
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from leaflet.campaign.academies import load_academies
from leaflet.campaign.election import Election, ElectionProfile, Facts, election_fields, profile_ids
from leaflet.campaign.facts import field_rows
from leaflet.campaign.list_columns import LISTS
from leaflet.campaign.load import find_profile
from leaflet.campaign.model import CampaignSettings, Publisher
from leaflet.campaign.starter import CAMPAIGN_FILE, SCHEMA_FILE
from leaflet.campaign.values import step_rows
from leaflet.faults import LANGUAGES, CatalogueEntry, Lang, Severity, catalogue
from leaflet.files.resources import program_resources
from leaflet.files.toml_files import STRICT, table_model
from leaflet.imposition.stock import StockTable, load_stock
from leaflet.markup.render import OF_PRINT_RUNS
from leaflet.production.staging import check_replaceable, disk_faults, is_own, write_whole
from leaflet.program import __version__, own_table
from leaflet.tables.column_names import FIELD_NAMES, SCHOOLS, STAFF
from leaflet.text import campaign_spacing

WHOLE = "_"  # the key of the text about a table as a whole
CAMPAIGN = "campaign"  # the table that a campaign file is
OF_PUBLISHER = ("publisher.", "issued_on")  # how the names of facts begin that no notice de vote can tell


class KeyText(Struct, frozen=True):
    """The text of one key in both languages, with values that show how it is written."""

    en: str
    fr: str
    examples: tuple[object, ...] = ()

    def of(self, lang: Lang) -> str:
        """Return the text in a language."""
        return campaign_spacing(self.fr) if lang == "fr" else self.en


Texts = Mapping[str, Mapping[str, KeyText]]
"""The texts by the name of the table and the key in it."""


@cache
def load_texts() -> Texts:
    """Return all texts: of ``assets/schema``, and of the facts of a campaign."""
    written = own_table("schema/campaign.toml")
    texts = {table: {key: KeyText(**row) for key, row in rows.items()} for table, rows in written.items()}
    facts = [*_facts(Election, ""), *_facts(Publisher, "publisher."), (CAMPAIGN, "issued_on", "issued_on")]
    for table, key, name in facts:
        if name in field_rows():
            texts.setdefault(table, {})[key] = _of_fact(name)
    texts["GroupFacts"] |= {key: texts[CAMPAIGN][key] for key in Facts.model_fields}
    return texts


def _facts(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, str, str]]:
    """Yield the table and the key of each fact with its dotted name."""
    for key, field in model.model_fields.items():
        inner = table_model(field.annotation)
        if inner is not None and not get_args(field.annotation):
            yield from _facts(inner, f"{prefix}{key}.")
        else:
            yield CAMPAIGN if model is Election else model.__name__, key, f"{prefix}{key}"


def _of_fact(name: str) -> KeyText:
    """Return what a fact is, where it is found on the notice de vote, and its example."""
    row = field_rows()[name]
    english, french = (_sentence(row.what[lang]) for lang in LANGUAGES)
    if not name.startswith(OF_PUBLISHER):
        before = ("Notice de vote: ", "Notice de vote : ") if row.is_on_notice else ("", "")
        english = f"{english} {_sentence(before[0] + row.where['en'])}"
        french = f"{french} {_sentence(before[1] + row.where['fr'])}"
    return KeyText(english, french, (row.value,))


def _sentence(words: str) -> str:
    """Return words as a sentence."""
    return f"{words[0].upper()}{words[1:]}."


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
    """Return the schema of a TOML file, with texts beside those of `load_texts`; its outermost table is `name`."""
    known = load_texts()
    texts = {table: {**known.get(table, {}), **texts.get(table, {})} for table in (*known, *texts)}
    found = model.model_json_schema(schema_generator=_TomlSchema)
    definitions = found.pop("$defs", {})
    _describe_table(found, texts.get(name, {}), lang)
    for table, definition in definitions.items():
        _describe_table(definition, texts.get(table, {}), lang)
    return {**_head(name), "description": texts[name][WHOLE].of(lang), **found, "$defs": definitions}


def struct_schema(kind: Any, name: str) -> Schema:
    """Return the schema of what the program writes as JSON, described by the docstrings of its structs."""
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


def _head(name: str) -> Schema:
    """Return how a schema begins."""
    written = f"Written by leaflet {__version__}: leaflet schema {name}"
    return {"$schema": DIALECT, "$id": f"urn:leaflet:{name}", "$comment": written, "title": f"leaflet: {name}"}


def _describe_table(table: Schema, texts: Mapping[str, KeyText], lang: Lang) -> None:
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
                value["examples"] = [one.isoformat() if isinstance(one, date) else one for one in text.examples]


class RuleTable(BaseModel):
    """Describe what a campaign may change of a rule: its severity, and its numbers, which differ by rule."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Annotated[float, Field(ge=0)]]

    severity: Severity | None = None


def campaign_schema(lang: Lang, profile: ElectionProfile | None = None) -> Schema:
    """Return the schema of a campaign file, with the texts of one language and the facts that a profile asks for.

    The program's own elections, templates, themes, stock and steps are proposed. A campaign may have others of its
    own, so any name may stand there.
    """
    fields = {field: KeyText(names["en"], names["fr"]) for field, names in FIELD_NAMES.items()}
    rules = {code: KeyText(row.outline("en"), row.outline("fr")) for code, row in _rules().items()}
    texts = {"SchoolsColumns": fields, "StaffColumns": fields, "CheckTable": rules}  # that stand elsewhere
    schema = model_schema(_campaign_model(), CAMPAIGN, lang, texts)
    resources, definitions = program_resources(), schema["$defs"]
    documents, steps = definitions["Document"]["properties"], [row.fr for row in step_rows().values()]
    propose(schema["properties"]["election"], profile_ids())
    propose(documents["template"], (name for name in resources.names("templates") if name not in OF_PRINT_RUNS))
    propose(documents["theme"], resources.names("themes"))
    propose(documents["sheet"], load_stock())
    propose(definitions["Step"]["properties"]["id"], steps)
    propose(schema["properties"]["steps"]["items"]["anyOf"][1], steps)
    propose(definitions["Compared"]["properties"]["field"], (*election_fields(), *(profile.asked if profile else ())))
    if profile:
        schema["properties"]["facts"]["properties"] = {
            name: {"description": asked.what[lang], **TypeAdapter(profile.types[name]).json_schema()}
            for name, asked in profile.asks.items()
        }
    definitions["CheckTable"]["properties"]["off"]["items"]["enum"] = [*_rules()]
    academies = schema["properties"]["academies"]
    academies["properties"] = {
        key: {"description": academie.title, **academies["additionalProperties"]}
        for key, academie in load_academies().by_key.items()
    }
    return schema


def _campaign_model() -> type[BaseModel]:
    """Return the model of a whole campaign file, whose parts are read one by one when it is loaded."""
    lists = {
        name: _table(f"{name.capitalize()}Columns", dict.fromkeys(known.aliases, str))
        for name, known in zip(LISTS, (SCHOOLS, STAFF), strict=True)
    }
    return create_model(
        CAMPAIGN,
        __base__=(CampaignSettings, Election),
        stock=(dict[str, StockTable], {}),
        columns=(_table("ColumnsTable", lists), None),
        check=(_table("CheckTable", {"off": tuple[str, ...], **dict.fromkeys(_rules(), RuleTable)}), None),
    )


def _table(name: str, keys: Mapping[str, Any]) -> type[BaseModel]:
    """Return the model of a table, none of whose keys must be there."""
    fields: dict[str, Any] = {key: (kind | None, None) for key, kind in keys.items()}
    return create_model(name, __config__=STRICT, **fields)


def _rules() -> Mapping[str, CatalogueEntry]:
    """Return the faults of finished files by their codes: no rule is asked, for their libraries may be missing."""
    return {code: row for code, row in catalogue().items() if row.family == "file"}


def schema_beside(folder: Path) -> tuple[str, bytes]:
    """Return where the schema stands below the folder of a campaign, with slashes, and what it holds."""
    return SCHEMA_FILE, schema_text(campaign_schema("fr", find_profile(folder / CAMPAIGN_FILE))).encode()


def names_schema(files: Mapping[str, bytes]) -> bool:
    """Tell whether files of a campaign, by their names, name its schema in their first lines."""
    return any(SCHEMA_FILE.encode() in data.partition(b"\n")[0] for data in files.values())


def write_schema_beside(folder: Path) -> None:
    """Write the schema beside a campaign, in the place of an earlier one."""
    name, data = schema_beside(folder)
    with disk_faults(folder / name, "C181"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        write_whole(folder / name, data)


def write_schema(path: Path, data: bytes, *, replace_others: bool = False) -> None:
    """Write a schema as a file, in the place of an earlier one."""
    check_replaceable(path, is_ours=replace_others or is_own(path, (HEAD,)))
    with disk_faults(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, data)
