"""Read TOML of resources, which anybody may have written; a pydantic model says what a table may hold.

A value that needs a fault of its own raises a `PydanticCustomError` whose type is the fault's code and whose context
holds the values of its messages; all others get the codes of the kind of file (`Codes`).
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_args, get_origin

from msgspec import Struct
from pydantic import BaseModel, ConfigDict, ValidationError, WithJsonSchema
from pydantic_core import ErrorDetails, PydanticCustomError

from leaflet.faults import LANGUAGES, Fault, Place, Report, error_of, fail, fault_of
from leaflet.files.plain_files import is_inside, read_plain_file
from leaflet.files.resources import PROGRAM, Resource
from leaflet.files.words import in_both, synonyms
from leaflet.program import own_table
from leaflet.text import fold, nearest

MAX_BYTES = 100_000  # the largest template of the program has 10 kB
MAX_LINE = 5_000  # characters: patterns look for secrets line by line
_SYNTAX_LINE = re.compile(r"at line (\d+)")


def read_resource(file: Resource, name: str) -> str:
    """Return the text of a file that leads nowhere out of its folder and is small; `name` is for messages."""
    path, place = file.path, Place(file=name)
    if file.folder.origin != PROGRAM and not (is_inside(path, file.folder.path) and path.is_file()):
        raise fail("M401", place)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise fail("M402", place, size=path.stat().st_size, allowed=MAX_BYTES)
        text = read_plain_file(path, MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise fail("M004", Place(file=name, line=error.object.count(b"\n", 0, error.start) + 1)) from None
    except OSError as error:
        raise fault_of(error, "M403", place) from None
    for number, line in enumerate(text.splitlines(), 1):
        if len(line) > MAX_LINE:
            raise fail("M404", Place(file=name, line=number), length=len(line), allowed=MAX_LINE)
    return text


def read_resource_toml(file: Resource, name: str, code: str) -> dict[str, Any]:
    """Return the tables of a file; `code` is the fault, which names a `problem`, of one that is not TOML."""
    return parse_resource_toml(read_resource(file, name), name, code)


def parse_resource_toml(text: str, name: str, code: str) -> dict[str, Any]:
    """Return the tables of a TOML text; `name` and `code` as of `read_resource_toml`."""
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        line = problem_line(str(error), max(1, len(text.splitlines())))
        raise fail(code, Place(file=name, line=line), problem=str(error)) from None


def problem_line(problem: str, count: int) -> int:
    """Return the line of a problem in a text of `count` lines; the last one if the parser met the end of the text."""
    match = _SYNTAX_LINE.search(problem)
    return max(min(int(match[1]), count), 1) if match else count


STRICT = ConfigDict(frozen=True, extra="forbid", strict=True, arbitrary_types_allowed=True)


class StrictModel(BaseModel):
    """A table in which nothing stands that it does not know."""

    model_config = STRICT


AT_THE_TOP = ("at the very top of the file", "tout en haut du fichier")  # where a setting of no part is added
NOT_BLANK = r"\S"  # in a JSON Schema, the pattern of a text in which there is something to print
Model = TypeVar("Model", bound=BaseModel)
KeyPath = tuple[str | int, ...]  # the keys that lead to a value, with the numbers of list items from 0

# What people write for true and false, without accents.
_TRUTHS = dict.fromkeys(("true", "oui", "vrai", "yes", "on", "o", "y", "x"), "true")
_TRUTHS |= dict.fromkeys(("false", "non", "faux", "no", "off", "n"), "false")
_LITERAL = re.compile(r"'([^']*)'")  # a word as pydantic lists it
# Kinds of pydantic's errors, bounds in their context, and types of TOML that have texts of their own.
_NEEDED = frozenset({"string", "int", "tuple", "bool", "dict", "model"})
_BOUNDS = frozenset({"ge", "gt", "le", "lt"})
_GIVEN = frozenset({str, bool, int, float, list, tuple, dict})


class Codes(Struct, frozen=True, kw_only=True):
    """The fault codes of a kind of file."""

    unknown: str  # of a key that the model does not have; the fault proposes the nearest one
    missing: str  # of a key that must be there and is not
    wrong: str  # of a value of another kind than the model asks for


def validate(
    model: type[Model],
    tree: Mapping[str, Any],
    codes: Codes,
    place: Callable[..., Place],
    report: Report,
    context: Mapping[str, object] | None = None,
    beside: type[BaseModel] | None = None,
) -> Model | None:
    """Return `tree`, as TOML gives it, as a `model`, or None if anything in it is wrong.

    `place` finds the place of a value by the keys that lead to it, `report` gets every fault of the table. Validators
    of the model ask the `context`; `beside` is the model of what else may stand in the file.
    """
    try:
        return model.model_validate(dict(tree), context=context)
    except ValidationError as error:
        for details in error.errors(include_url=False):
            _report(details, (model, beside) if beside else (model,), codes, place(*details["loc"]), report)
        return None


_PLAIN: dict[str, str] = own_table("problems.toml")["values"]


def validate_resource(model: type[Model], table: Mapping[str, Any], code: str, file: str, *above: str) -> Model:
    """Return the table of a resource as a `model`; `above` are the keys that lead to the table in the file.

    Raises:
        LeafletError: with the fault `code`, which names a `problem`, of each value that is wrong.
    """
    try:
        return model.model_validate(table)
    except ValidationError as error:
        faults = []
        for details in error.errors(include_url=False):
            field = ".".join(map(str, (*above, *details["loc"])))
            problem = _PLAIN.get(details["type"], details["msg"].removeprefix("Value error, "))
            unknown = str(details["loc"][0]) if details["type"] == "extra_forbidden" else ""
            if meant := nearest(unknown, model.model_fields):
                problem += f", but {meant}"
            faults.append(Fault(code, Place(file=file, field=field or None), {"problem": problem}))
        raise error_of(faults) from None


def wrong_value(value: object, needed: str, example: str, **values: str) -> PydanticCustomError:
    """Return the error of a value of the wrong kind: what is needed, by the key of its text, and a right value."""
    said = {"value": value, **in_both("expected", f"needed_{needed}", **values), "example": example}
    return PydanticCustomError("wrong", "wrong kind", said)


def known_names(model: type[BaseModel], path: KeyPath) -> dict[str, str]:
    """Return the keys allowed in the table at `path` of a model, each as a file names it: version, [publisher]."""
    here: type[BaseModel] | None = model
    for part in path:
        if here is None or isinstance(part, int) or part not in here.model_fields:
            continue  # number of a list item, or name of a table in a dictionary of tables
        here = table_model(here.model_fields[part].annotation)
    around = "".join(f"{part}." for part in path if isinstance(part, str))
    names = here.model_fields if here is not None else {}
    named = {}
    for key, field in names.items():
        origin = get_origin(field.annotation) or field.annotation
        is_table = origin is dict or table_model(origin) is not None
        named[key] = f"[{around}{key}]" if is_table else key
        if origin is tuple and table_model(field.annotation) is not None:
            named[key] = f"[[{around}{key}]]"
    return named


def table_model(annotation: Any) -> type[BaseModel] | None:
    """Return the model of a table or of the items of a list of tables, whatever is around it in `annotation`."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    found = (table_model(inner) for inner in get_args(annotation))
    return next((model for model in found if model is not None), None)


def text_of(**keywords: object) -> WithJsonSchema:
    """Return what a JSON Schema says, in its words, of a text that has a validator of its own."""
    return WithJsonSchema({"type": "string", **keywords})


def whole(pattern: re.Pattern[str]) -> str:
    """Return a pattern that must match all of a text, as a JSON Schema has it."""
    return f"^(?:{pattern.pattern})$"


def as_tuple(value: Any) -> Any:
    """Return a TOML list as a tuple; anything else unchanged, for pydantic to judge."""
    return tuple(value) if isinstance(value, list) else value


def _report(
    details: ErrorDetails, models: tuple[type[BaseModel], ...], codes: Codes, place: Place, report: Report
) -> None:
    kind, path, values = details["type"], details["loc"], details.get("ctx", {})
    if kind == "extra_forbidden":
        report.add(codes.unknown, place, **_describe_unknown(path, models, details["input"]))
    elif kind == "missing":
        report.add(codes.missing, place, key=path[-1], **_where_to_add(path, models[0]))
    elif kind == "wrong":
        report.add(codes.wrong, place, **values)
    elif kind[0].isupper() and kind[1:].isdigit():
        report.add(kind, place, **{"setting": path[-1], **values})
    else:
        report.add(codes.wrong, place, **describe_wrong(kind, path, details["input"], values))


def _describe_unknown(path: KeyPath, models: tuple[type[BaseModel], ...], found: object) -> dict[str, str]:
    """Return what a setting or a part is that no model has, what is there of its kind, and what may be meant."""
    key, around = str(path[-1]), "".join(f"{part}." for part in path[:-1] if isinstance(part, str))
    within = models if len(path) == 1 else models[:1]
    names = {known: name for model in within for known, name in known_names(model, path[:-1]).items()}
    shape, remove = "{}", ("the line", "la ligne")
    if isinstance(found, dict) or (isinstance(found, list) and found and isinstance(found[0], dict)):
        shape = f"[{around}{{}}]" if isinstance(found, dict) else f"[[{around}{{}}]]"
        remove = ("the part", "la rubrique")
    alike = [name for name in names.values() if name.startswith("[") == shape.startswith("[")]
    said = synonyms("settings").get(fold(key), key)
    meant = nearest(said, names)
    inner = ((name, table_model(field.annotation)) for model in within for name, field in model.model_fields.items())
    table = next((name for name, model in inner if model and said in model.model_fields), "")
    english, french = name_setting(shape.format(key))
    shaped = shape.format(meant) if meant else f"[{table}] {said}" if table else ""
    proposal = names[meant] if meant and names[meant] in alike else shaped
    values = {"key": key, "shape": shape, "meant": meant or "", "proposal": proposal}
    values |= {"what_en": english.replace(" ", " called ", 1), "what_fr": f"de {french}"}
    return values | {"remove_en": remove[0], "remove_fr": remove[1], "known": ", ".join(alike or names.values())}


def name_setting(name: str) -> tuple[str, str]:
    """Return a setting by its key, or a part in its brackets, with its kind: English, French."""
    is_part = name.startswith("[")
    return (f"part {name}", f"rubrique {name}") if is_part else (f"setting “{name}”", f"réglage «\u00a0{name}\u00a0»")


def _where_to_add(path: KeyPath, model: type[BaseModel]) -> dict[str, str]:
    """Return what is missing, where it is to be added, in both languages, and its line."""
    key, parents = str(path[-1]), ".".join(part for part in path[:-1] if isinstance(part, str))
    name = known_names(model, path[:-1]).get(key, key)
    if name.startswith("["):
        where = f"at the end of the file {name}, and below it", f"à la fin du fichier {name}, et au-dessous"
        return missing_values(name, where, f'{next(iter(known_names(model, path)))} = "…"')
    # an item of a list of tables stands below double brackets
    part = f"[[{parents}]]" if len(path) > 1 and isinstance(path[-2], int) else f"[{parents}]"
    where = (f"below {part}", f"sous {part}") if parents else AT_THE_TOP
    return missing_values(name, where, f'{key} = "…"')


def missing_values(name: str, where: tuple[str, str], line: str) -> dict[str, str]:
    """Return the values of the message of a setting or [part] that is missing: `where` to add which `line`."""
    english, french = name_setting(name)
    article = "la" if name.startswith("[") else "le"
    values = {"what_en": english, "what_fr": f"{article} {french}", "line": line}
    return values | {"where_en": where[0], "where_fr": where[1]}


def describe_wrong(kind: str, path: KeyPath, found: object, context: Mapping[str, object]) -> dict[str, object]:
    """Return what the value should have been, by the kind of pydantic's error, and what was found."""
    known = kind.split("_")[0]
    expected = in_both("expected", f"needed_{known if known in _NEEDED else 'other'}")
    for bound in _BOUNDS & context.keys():
        expected = in_both("expected", f"needed_{bound}", bound=str(context[bound]))
    words = _LITERAL.findall(str(context["expected"])) if kind == "literal_error" else []
    if words:
        expected = {"expected_en": " or ".join(f"“{word}”" for word in words)}
        expected["expected_fr"] = " ou ".join(f"«\u00a0{word}\u00a0»" for word in words)
    if context.get("expected") == "False":
        expected = in_both("expected", "needed_false")
    given = type(found).__name__ if type(found) in _GIVEN else "moment"
    if words and isinstance(found, str):
        given = "word"
    if isinstance(found, dict) and kind.startswith("tuple"):
        expected, given = in_both("expected", "needed_double_brackets"), "single_brackets"
    way = {f"line_{lang}": f"{expected[f'expected_{lang}']}." for lang in LANGUAGES}
    if line := _mended_line(kind, path, found):
        way = in_both("line", "way_instead", line=line)
    elif words and path:
        example = f'{path[-1]} = "{words[0]}"' if isinstance(path[-1], str) else f'{path[-2]} = ["{words[0]}"]'
        way = in_both("line", "way_for_example", line=example)
    written = str(found).lower() if isinstance(found, bool) else found
    value = f"[{path[-1]}]" if isinstance(found, dict) and path else written
    return {"value": value, **expected, **way, **in_both("found", f"given_{given}")}


def _mended_line(kind: str, path: KeyPath, found: object) -> str:
    """Return the line as it should be; nothing if it is not known."""
    key = path[-1] if path else ""
    if not isinstance(key, str):
        return ""
    if isinstance(found, dict) and kind.startswith("tuple"):
        return f"[[{key}]]"
    if kind.startswith("bool") and isinstance(found, str) and (truth := _TRUTHS.get(fold(found))):
        return f"{key} = {truth}"
    if kind.startswith("string") and not isinstance(found, dict | list | bool):
        return f'{key} = "{found}"'
    return ""
