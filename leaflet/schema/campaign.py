"""The schema of ``campaign.toml``: its settings and its facts, with the names that can be used in it."""

from collections.abc import Iterable, Mapping
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, create_model

from leaflet.campaign.academies import load_academies
from leaflet.campaign.columns import LISTS
from leaflet.campaign.election import Election, election_fields, profile_ids
from leaflet.campaign.model import CampaignSettings
from leaflet.faults import CatalogueEntry, Lang, Severity, catalogue
from leaflet.imposition.stock import StockTable, load_stock
from leaflet.markup.render import OF_PRINT_RUNS
from leaflet.resources import program_resources
from leaflet.schema.json_schema import Schema, model_schema, propose
from leaflet.schema.texts import CAMPAIGN, Text, Texts
from leaflet.step_names import step_rows
from leaflet.tables.names import FIELD_NAMES, SCHOOLS, STAFF
from leaflet.validation import STRICT

_RULE = "K"  # begins the code of a rule for finished files


class RuleTable(BaseModel):
    """What a campaign changes of one rule: its severity, and its numbers, which differ from rule to rule."""

    model_config = ConfigDict(extra="allow")
    __pydantic_extra__: dict[str, Annotated[float, Field(ge=0)]]

    severity: Severity | None = None


def campaign_schema(lang: Lang) -> Schema:
    """Return the schema of a campaign file, with the texts of one language.

    The program's own elections, templates, themes, stock and steps are proposed. A campaign may have others of its
    own, so any name may stand there.
    """
    schema = model_schema(_campaign_model(), CAMPAIGN, lang, _other_texts())
    resources, definitions = program_resources(), schema["$defs"]
    documents, steps = definitions["Document"]["properties"], [row.fr for row in step_rows().values()]
    propose(schema["properties"]["election"], profile_ids())
    propose(documents["template"], (name for name in resources.names("templates") if name not in OF_PRINT_RUNS))
    propose(documents["theme"], resources.names("themes"))
    propose(documents["sheet"], load_stock())
    propose(definitions["Step"]["properties"]["id"], steps)
    propose(schema["properties"]["steps"]["items"]["anyOf"][1], steps)
    propose(definitions["Compared"]["properties"]["field"], election_fields())
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
        name: _table(f"{name.capitalize()}Columns", dict.fromkeys(keys, str)) for name, keys in _columns().items()
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


def _columns() -> Mapping[str, Iterable[str]]:
    """Return the fields that the columns of each list may be."""
    return dict(zip(LISTS, (SCHOOLS.aliases, STAFF.aliases), strict=True))


def _rules() -> Mapping[str, CatalogueEntry]:
    """Return the faults of finished files by their codes: no rule is asked, for their libraries may be missing."""
    return {code: row for code, row in catalogue().items() if code.startswith(_RULE)}


def _other_texts() -> Texts:
    """Return the texts of what has its words elsewhere: rules, and the fields of lists."""
    rules = {code: Text(row.outline("en"), row.outline("fr")) for code, row in _rules().items()}
    fields = {field: Text(names["en"], names["fr"]) for field, names in FIELD_NAMES.items()}
    return {"SchoolsColumns": fields, "StaffColumns": fields, "CheckTable": rules}
