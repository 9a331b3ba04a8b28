"""From the models' own errors to faults with code, line and proposal."""

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from leaflet.campaign.academies import nearest
from leaflet.campaign.consistency import is_secret_key
from leaflet.campaign.election import table_model
from leaflet.campaign.source import CampaignText, TreePath
from leaflet.faults import Report

Model = TypeVar("Model", bound=BaseModel)

# What a value should have been, by the kind of pydantic's error: English, French.
_EXPECTED = {
    "string": ("a text between quotes", "un texte entre guillemets"),
    "int": ("a whole number, without quotes", "un nombre entier, sans guillemets"),
    "tuple": ("a list between brackets", "une liste entre crochets"),
    "dict": ("a table", "un tableau (table TOML)"),
    "model": ("a table", "un tableau (table TOML)"),
    "greater": ("a larger number", "un nombre plus grand"),
    "less": ("a smaller number", "un nombre plus petit"),
    "literal": ("one of the words in the manual", "l’un des mots du mode d’emploi"),
}
_TYPES = {
    str: ("a text", "un texte"),
    bool: ("true or false", "vrai ou faux"),
    int: ("a whole number", "un nombre entier"),
    float: ("a decimal number", "un nombre décimal"),
    list: ("a list", "une liste"),
    tuple: ("a list", "une liste"),
    dict: ("a table", "un tableau"),
}


def validate(model: type[Model], tree: Mapping[str, Any], text: CampaignText, report: Report) -> Model | None:
    """`tree` as a `model`, or None with every fault of it in the report."""
    try:
        return model.model_validate(dict(tree))
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _add(details, model, text, report)
        return None


def known_keys(model: type[BaseModel], path: TreePath) -> list[str]:
    """The keys allowed in the table at `path` of a model; empty when it is not a table."""
    here: type[BaseModel] | None = model
    for part in path:
        if here is None or isinstance(part, int) or part not in here.model_fields:
            continue  # number of a list item, or name of a table in a dictionary of tables
        here = table_model(here.model_fields[part].annotation)
    return list(here.model_fields) if here is not None else []


def _add(details: ErrorDetails, model: type[BaseModel], text: CampaignText, report: Report) -> None:
    kind, path = details["type"], details["loc"]
    place = text.place(*path)
    if kind == "extra_forbidden":
        if not is_secret_key(str(path[-1])):  # those have a fault of their own
            known = known_keys(model, path[:-1])
            report.add("C105", place, key=path[-1], proposal=nearest(str(path[-1]), known), known=", ".join(known))
    elif kind == "missing":
        report.add("C107", place, key=path[-1])
    elif kind[0] == "C" and kind[1:].isdigit():
        report.add(kind, place, **details.get("ctx", {}))
    else:
        report.add("C106", place, **_type_values(kind, details["input"]))


def _type_values(kind: str, found: object) -> dict[str, object]:
    expected = _EXPECTED.get(kind.split("_")[0], ("another kind of value", "une valeur d’un autre type"))
    name = _TYPES.get(type(found), ("a date or an hour", "une date ou une heure"))
    return {
        "expected_en": expected[0],
        "expected_fr": expected[1],
        "found_en": name[0],
        "found_fr": name[1],
        "value": found,
    }
