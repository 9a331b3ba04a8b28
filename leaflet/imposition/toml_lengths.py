"""Tables of stock and printers: their kinds of values, and lengths as messages name them."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

from msgspec.structs import replace
from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema

from leaflet.faults import Place, Report
from leaflet.files.toml_files import NOT_BLANK, Codes, Model, as_tuple, text_of, validate, whole, wrong_value
from leaflet.geometry import LENGTH, UM_PER_MM, Um, parse_length, to_mm

MAX_LENGTH = 2_000 * UM_PER_MM  # no sheet is longer than two metres; keeps absurd numbers out of the arithmetic
MAX_COUNT = 100  # columns or rows of a sheet; the densest label stock has some thirty


def read_table(
    model: type[Model],
    table: Mapping[str, object],
    codes: Codes,
    place: Place,
    report: Report,
    defaults: Mapping[str, object] | None = None,
) -> Model | None:
    """Return a table as a `model`; None if anything in it is wrong.

    Args:
        model: what the table may hold.
        table: the table as TOML gives it.
        codes: the fault codes of its kind of file.
        place: of the table; its field is the table's name.
        report: gets every fault: unknown keys first, then missing ones, then wrong values.
        defaults: the values of absent texts, by key; they serve as examples of what a blank text may be.
    """
    found, given = Report(), {**(defaults or {}), **table}
    read = validate(model, given, codes, lambda key, *_: place_of(key, place), found, defaults)
    order = {codes.unknown: 0, codes.missing: 1}
    report.extend(sorted(found, key=lambda fault: order.get(fault.code, 2)))
    return read


def place_of(key: str, table: Place) -> Place:
    """Return the place of a key: that of its table, with the key behind the table's name."""
    return replace(table, field=f"{table.field}.{key}" if table.field else key)


def length_within(least: Um, most: Um) -> BeforeValidator:
    """Return the validator of a length in µm from `least` to `most`, written as text with its unit."""
    span = {"least": f"{to_mm(least):g}", "most": f"{to_mm(most):g}"}

    def parse(value: object) -> Um:
        try:
            length = parse_length(value) if isinstance(value, str) else None
        except (ValueError, OverflowError):  # OverflowError: hundreds of digits
            length = None
        if length is None or not least <= length <= most:
            raise wrong_value(value, "length", '"12.5 mm"', **span)
        return length

    return BeforeValidator(parse)


def _checked(is_right: Callable[[Any], bool], needed: str, example: str, **values: str) -> BeforeValidator:
    """Return the validator of a value that is right or not; a list becomes a tuple.

    In the example of a right value ``{key}`` is its key, ``{usual}`` the text that an absent one has.
    """

    def check(value: object, info: ValidationInfo) -> object:
        if not is_right(value):
            usual = (info.context or {}).get(info.field_name)
            raise wrong_value(value, needed, example.format(key=info.field_name, usual=usual), **values)
        return as_tuple(value)

    return BeforeValidator(check)


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


_LENGTH = text_of(pattern=whole(LENGTH))
_TEXT = text_of(pattern=NOT_BLANK)

Length = Annotated[Um, length_within(0, MAX_LENGTH), _LENGTH]
Size = Annotated[Um, length_within(UM_PER_MM, MAX_LENGTH), _LENGTH]
_PAIR = _checked(lambda value: isinstance(value, list) and len(value) == 2, "pair", '["85 mm", "54 mm"]')
Pair = Annotated[tuple[Length, Length], _PAIR]
"""Two lengths, across and down, written as a list."""
Sizes = Annotated[tuple[Size, Size], _PAIR]
Count = Annotated[
    int,
    _checked(lambda value: _is_whole(value) and 1 <= value <= MAX_COUNT, "count", "{key} = 2", most=str(MAX_COUNT)),
    WithJsonSchema({"type": "integer", "minimum": 1, "maximum": MAX_COUNT}),
]
Flag = Annotated[bool, _checked(lambda value: isinstance(value, bool), "bool", "{key} = true")]
Text = Annotated[str, _checked(_is_text, "text", '{key} = "{usual}"'), _TEXT]
Texts = Annotated[
    tuple[Annotated[str, _TEXT], ...],
    _checked(
        lambda value: isinstance(value, list) and all(map(_is_text, value)), "texts", '{key} = ["mes-etiquettes"]'
    ),
]
Sides = Annotated[
    int,
    _checked(lambda value: _is_whole(value) and value in (1, 2), "sides", "{key} = 1"),
    WithJsonSchema({"enum": [1, 2]}),
]


def english_mm(length: Um) -> str:
    """Return a length for an English message, without its unit: ``13.55``."""
    whole, rest = divmod(abs(length), UM_PER_MM)
    return f"{'-' if length < 0 else ''}{whole}.{rest:03}".rstrip("0").rstrip(".")


def both_mm(**lengths: Um) -> dict[str, object]:
    """Return lengths in mm as the values of a message in both languages: ``gap`` → ``gap_en``, ``gap_fr``."""
    values: dict[str, object] = {}
    for name, length in lengths.items():
        values[f"{name}_en"] = english_mm(length)
        values[f"{name}_fr"] = english_mm(length).replace(".", ",")
    return values
