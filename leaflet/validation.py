"""Strict TOML tables: a pydantic model says what a table may hold, its errors become faults.

A value that needs a fault of its own raises a `PydanticCustomError` whose type is the fault's code and whose context
holds the values of its messages; all others get the codes of the kind of file (`Codes`).
"""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, get_args

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from leaflet.faults import Place, Report
from leaflet.text import fold, nearest

STRICT = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)

AT_THE_TOP = ("at the very top of the file", "tout en haut du fichier")
"""Where a setting of no part is added: English, French."""

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str | int, ...]
"""The keys that lead to a value, with the numbers of list items from 0."""

TRUTHS: Mapping[str, str] = MappingProxyType(
    dict.fromkeys(("true", "oui", "vrai", "yes", "on", "o", "y", "x"), "true")
    | dict.fromkeys(("false", "non", "faux", "no", "off", "n"), "false")
)
"""What people write for true and false, without accents, and what TOML writes."""

_LITERAL = re.compile(r"'([^']*)'")  # a word as pydantic lists it
# What a value should have been, by the kind of pydantic's error: English, French.
_EXPECTED = {
    "string": ("a text between straight quotation marks", "un texte entre guillemets droits"),
    "int": ("a whole number, without quotes", "un nombre entier, sans guillemets"),
    "tuple": ("a list between brackets", "une liste entre crochets"),
    "bool": ("true or false, without quotes", "true ou false, sans guillemets"),
    "dict": ("a part between brackets", "une rubrique entre crochets"),
    "model": ("a part between brackets", "une rubrique entre crochets"),
}
# The same of a number out of bounds, by the bound's name in the context of the error.
_BOUNDS = {
    "ge": ("a number of {} or more", "un nombre d’au moins {}"),
    "gt": ("a number larger than {}", "un nombre plus grand que {}"),
    "le": ("a number of {} or less", "un nombre d’au plus {}"),
    "lt": ("a number smaller than {}", "un nombre plus petit que {}"),
}
_TYPES = {
    str: ("a text", "un texte"),
    bool: ("a yes-or-no value", "une valeur «\u00a0vrai ou faux\u00a0»"),
    int: ("a whole number", "un nombre entier"),
    float: ("a decimal number", "un nombre décimal"),
    list: ("a list", "une liste"),
    tuple: ("a list", "une liste"),
    dict: ("a part between brackets", "une rubrique entre crochets"),
}


class Codes(Struct, frozen=True, kw_only=True):
    """The fault codes of a kind of file.

    Attributes:
        unknown: of a key that the model does not have; the fault proposes the nearest one.
        missing: of a key that must be there and is not.
        wrong: of a value of another kind than the model asks for.
    """

    unknown: str
    missing: str
    wrong: str


def validate(
    model: type[Model],
    tree: Mapping[str, Any],
    codes: Codes,
    place: Callable[..., Place],
    report: Report,
    context: Mapping[str, object] | None = None,
) -> Model | None:
    """Return `tree` as a `model`, or None if anything in it is wrong.

    Args:
        model: what the table may hold.
        tree: the table as TOML gives it.
        codes: the fault codes of its kind of file.
        place: finds the place of a value by the keys that lead to it.
        report: gets every fault of the table.
        context: what validators of the model may ask for.
    """
    try:
        return model.model_validate(dict(tree), context=context)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _add(details, model, codes, place(*details["loc"]), report)
        return None


def wrong_value(value: object, english: str, french: str, example: str) -> PydanticCustomError:
    """Return the error of a value of the wrong kind, to be raised by a validator.

    Args:
        value: the value found.
        english: what is needed, in English.
        french: what is needed, in French.
        example: a right value.
    """
    values = {"value": value, "expected_en": english, "expected_fr": french, "example": example}
    return PydanticCustomError("wrong", "wrong kind", values)


def known_keys(model: type[BaseModel], path: Path) -> list[str]:
    """Return the keys allowed in the table at `path` of a model; none when it is not a table."""
    here: type[BaseModel] | None = model
    for part in path:
        if here is None or isinstance(part, int) or part not in here.model_fields:
            continue  # number of a list item, or name of a table in a dictionary of tables
        here = table_model(here.model_fields[part].annotation)
    return list(here.model_fields) if here is not None else []


def table_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model of a table or of the items of a list of tables, whatever is around it in `annotation`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (table_model(inner) for inner in get_args(annotation))
    return next((model for model in found if model is not None), None)


def as_tuple(value: Any) -> Any:
    """Return a TOML list as a tuple; anything else unchanged, for pydantic to judge."""
    return tuple(value) if isinstance(value, list) else value


def _add(details: ErrorDetails, model: type[BaseModel], codes: Codes, place: Place, report: Report) -> None:
    kind, path, values = details["type"], details["loc"], details.get("ctx", {})
    if kind == "extra_forbidden":
        known = known_keys(model, path[:-1])
        _add_unknown(str(path[-1]), known, details["input"], codes, place, report)
    elif kind == "missing":
        report.add(codes.missing, place, key=path[-1], **_where_to_add(path, model))
    elif kind == "wrong":
        report.add(codes.wrong, place, **values)
    elif kind[0].isupper() and kind[1:].isdigit():
        report.add(kind, place, **values)
    else:
        report.add(codes.wrong, place, **_describe(kind, path, details["input"], values))


def _add_unknown(key: str, known: list[str], found: object, codes: Codes, place: Place, report: Report) -> None:
    """Report a setting or a part of a name that the model does not have."""
    shape, what = "{}", (f"setting called “{key}”", f"réglage «\u00a0{key}\u00a0»")
    remove = ("the line", "la ligne")
    if isinstance(found, dict) or (isinstance(found, list) and found and isinstance(found[0], dict)):
        shape = "[{}]" if isinstance(found, dict) else "[[{}]]"
        what = (f"part called {shape.format(key)}", f"rubrique {shape.format(key)}")
        remove = ("the part", "la rubrique")
    meant = nearest(key, known)
    values = {
        "key": key,
        "shape": shape,
        "what_en": what[0],
        "what_fr": f"de {what[1]}",
        "remove_en": remove[0],
        "remove_fr": remove[1],
        "proposal": shape.format(meant) if meant else "",
        "known": ", ".join(known),
    }
    report.add(codes.unknown, place, **values)


def _where_to_add(path: Path, model: type[BaseModel]) -> dict[str, str]:
    """Return where a missing setting is to be added, in both languages, and its line."""
    parents = [str(part) for part in path[:-1] if isinstance(part, str)]
    field = model.model_fields.get(str(path[-1])) if len(path) == 1 else None
    if field is not None and table_model(field.annotation) is not None:
        return {"where_en": "at the end of the file", "where_fr": "à la fin du fichier", "line": f"[{path[-1]}]"}
    line = f'{path[-1]} = "…"'
    if not parents:
        return {"where_en": AT_THE_TOP[0], "where_fr": AT_THE_TOP[1], "line": line}
    part = f"[{'.'.join(parents)}]"
    if isinstance(path[-2], int):  # an item of a list of tables
        part = f"[{part}]"
    return {"where_en": f"below {part}", "where_fr": f"sous {part}", "line": line}


def _describe(kind: str, path: Path, found: object, context: Mapping[str, object]) -> dict[str, object]:
    """Return what the value should have been, by the kind of pydantic's error, and what was found."""
    expected = _EXPECTED.get(kind.split("_")[0], ("another kind of value", "une valeur d’un autre type"))
    for bound in _BOUNDS.keys() & context.keys():
        english, french = _BOUNDS[bound]
        expected = (english.format(context[bound]), french.format(context[bound]))
    if kind == "literal_error":
        words = ", ".join(_LITERAL.findall(str(context["expected"])))
        expected = (f"one of these words: {words}", f"l’un de ces mots\u00a0: {words}")
    if isinstance(found, dict) and kind.startswith("tuple"):
        expected = ("a part between double brackets", "une rubrique entre doubles crochets")
    name = _TYPES.get(type(found), ("a date or an hour", "une date ou une heure"))
    if isinstance(found, dict) and kind.startswith("tuple"):
        name = ("a part between single brackets", "une rubrique entre crochets simples")
    line = _mended_line(kind, path, found)
    return {
        "expected_en": expected[0],
        "expected_fr": expected[1],
        "line_en": f": {line}" if line else ".",
        "line_fr": f"\u00a0: {line}" if line else ".",
        "found_en": name[0],
        "found_fr": name[1],
        "value": _as_written(found, path),
    }


def _as_written(found: object, path: Path) -> object:
    """Return a value as the file has it: a part by its name, a truth value as TOML writes it."""
    if isinstance(found, dict) and path:
        return f"[{path[-1]}]"
    return str(found).lower() if isinstance(found, bool) else found


def _mended_line(kind: str, path: Path, found: object) -> str:
    """Return the line as it should be; nothing if it is not known."""
    key = path[-1] if path else ""
    if not isinstance(key, str):
        return ""
    if isinstance(found, dict) and kind.startswith("tuple"):
        return f"[[{key}]]"
    if kind.startswith("bool") and isinstance(found, str) and (truth := TRUTHS.get(fold(found))):
        return f"{key} = {truth}"
    if kind.startswith("string") and not isinstance(found, dict | list | bool):
        return f'{key} = "{found}"'
    return ""
