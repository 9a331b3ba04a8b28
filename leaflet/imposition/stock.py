"""Label and card stock: how a sheet is divided into places, and whether that can be.

The table of the program is ``assets/stock.toml``; files ``stock.toml`` of one's own are laid over it, and tables
``[stock.<key>]`` of a campaign. In all of them, the arithmetic must close, to the micrometre: margin + places +
gaps + margin is the sheet. Lengths are texts with their unit, as in the tables of printers.
"""

from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from msgspec import Struct
from msgspec.structs import replace
from pydantic import BeforeValidator, ValidationInfo, WithJsonSchema, WrapValidator
from pydantic_core import PydanticCustomError

from leaflet.faults import LANGUAGES, Lang, Place, Report, fail
from leaflet.files.resources import Resource, Resources, TableFile, program_resources
from leaflet.files.toml_files import (
    NOT_BLANK,
    Codes,
    Model,
    StrictModel,
    as_tuple,
    read_resource_toml,
    text_of,
    validate,
    whole,
    wrong_value,
)
from leaflet.geometry import LENGTH, UM_PER_MM, Box, Um, mm, parse_length, to_mm
from leaflet.text import nearest, slug

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


UNPRINTABLE = mm(4)  # the margin office printers leave white (guaranteed area, Konica Minolta 2490MF manual p. 46)

_FILE: TableFile = "stock.toml"
_NUMBER = 4  # signs that the number on a box has at least
_ON_BOX = {"avery": ("zweckform", "avery-zweckform")}  # what else boxes of a maker say
_CODES = Codes(unknown="P101", missing="P102", wrong="P103")
_SHEETS = {  # ISO 216; SRA3 (ISO 217) is what print shops feed
    "A3": (mm(297), mm(420)),
    "A4": (mm(210), mm(297)),
    "A5": (mm(148), mm(210)),
    "SRA3": (mm(320), mm(450)),
}
_SHEETS |= {f"{name} landscape": (height, width) for name, (width, height) in _SHEETS.items()}


class Stock(Struct, frozen=True, kw_only=True):
    """A sheet divided into equal places, all lengths in µm.

    Raises:
        ValueError: places overlap, leave the sheet, or reach into its margin although `edge` is not set.
    """

    key: str  # its name in campaign files, ``avery-c32011``
    name: str  # as printed in messages and instructions
    source: str  # of the measures
    sheet_width: Um
    sheet_height: Um
    columns: int
    rows: int
    width: Um  # of one place
    height: Um
    left: Um  # from the sheet's corner to the first place
    top: Um
    pitch_x: Um  # from one place to the same point of the next
    pitch_y: Um
    also: tuple[str, ...] = ()  # other references with the same places, which campaigns may name; written as keys are
    sides: int = 2  # 2, or 1 for labels, whose back is backing paper
    cut: bool = False  # plain paper, to be cut apart along crop marks; otherwise die-cut or perforated
    edge: bool = False  # places reach into the `UNPRINTABLE` margin

    def __post_init__(self) -> None:
        if min(self.columns, self.rows, self.width, self.height) < 1:
            raise ValueError(f"stock {self.key} has no places")
        if self.pitch_x < self.width or self.pitch_y < self.height:
            raise ValueError(f"places of stock {self.key} overlap")
        least = 0 if self.edge else UNPRINTABLE
        if min(self.left, self.top, self.right, self.bottom) < least:
            raise ValueError(f"a margin of stock {self.key} is under {least} µm")

    @property
    def names(self) -> tuple[str, ...]:
        """Its key and other references, then the same as other boxes of their makers have them."""
        known = (self.key, *self.also)
        split = [name.partition("-") for name in known]
        return (*known, *(f"{other}-{number}" for maker, _, number in split for other in _ON_BOX.get(maker, ())))

    @property
    def right(self) -> Um:
        """The rest of the sheet to the right of the last column."""
        return self.sheet_width - self.left - _extent(self.columns, self.width, self.pitch_x)

    @property
    def bottom(self) -> Um:
        """The rest of the sheet below the last row."""
        return self.sheet_height - self.top - _extent(self.rows, self.height, self.pitch_y)

    @property
    def count(self) -> int:
        """The number of places on a sheet."""
        return self.columns * self.rows

    @property
    def places(self) -> tuple[Box, ...]:
        """The places, row by row from the top left, as they lie on the front."""
        return tuple(
            Box(self.left + column * self.pitch_x, self.top + row * self.pitch_y, self.width, self.height)
            for row in range(self.rows)
            for column in range(self.columns)
        )


class _Axis(Struct, frozen=True):
    """One direction of a sheet while it is checked."""

    english: str
    french: str
    before_key: str
    after_key: str
    before: Um | None  # this margin and the other one; None for not given
    after: Um | None
    sheet: Um
    count: int
    size: Um
    pitch: Um

    @property
    def extent(self) -> Um:
        """The length from the first place to the end of the last."""
        return _extent(self.count, self.size, self.pitch)

    @property
    def rest(self) -> Um:
        """The length that places and given margins leave; negative when they ask for more than the sheet has."""
        return self.sheet - self.extent - (self.before or 0) - (self.after or 0)

    @property
    def start(self) -> Um:
        """The beginning of the first place: as given, else as the other margin leaves it, else centred."""
        if self.before is not None:
            return self.before
        return self.rest // 2 if self.after is None else self.rest


def _extent(count: int, size: Um, pitch: Um) -> Um:
    return (count - 1) * pitch + size


def _find_sheet(value: object, measured: Callable[[object], tuple[Um, Um]]) -> tuple[Um, Um]:
    """Return width and height of a sheet given by its name, or by two lengths."""
    if not isinstance(value, str):
        return measured(value)
    if value not in _SHEETS:
        raise PydanticCustomError("P104", "unknown sheet", {"value": value, "known": ", ".join(_SHEETS)})
    return _SHEETS[value]


class StockTable(StrictModel):
    """A ``[stock.<key>]`` table: lengths are texts with their unit, read as µm."""

    sheet: Annotated[Sizes, WrapValidator(_find_sheet, json_schema_input_type=Literal[*_SHEETS] | Sizes)]
    card: Sizes
    columns: Count
    rows: Count
    left: Length | None = None
    top: Length | None = None
    right: Length | None = None
    bottom: Length | None = None
    gap: Pair | None = None
    pitch: Pair | None = None
    also: Texts = ()
    sides: Sides = 2
    cut: Flag = False
    edge: Flag = False
    corner: Length = 0  # their radius, for who rounds them with a punch; nothing else asks for it
    name: Text = ""  # these two are given where they are not written
    source: Text = ""

    @property
    def axes(self) -> tuple["_Axis", "_Axis"]:
        """The two directions of the sheet: across, down."""
        (width, height), gap = self.card, self.gap or (0, 0)
        right, down = self.pitch or (width + gap[0], height + gap[1])
        right, down = right if self.columns > 1 else width, down if self.rows > 1 else height  # one has no next one
        across = self.left, self.right, self.sheet[0], self.columns, width, right
        along = self.top, self.bottom, self.sheet[1], self.rows, height, down
        return (
            _Axis("across", "en largeur", "left", "right", *across),
            _Axis("down", "en hauteur", "top", "bottom", *along),
        )


def load_stock(resources: Resources | None = None) -> dict[str, Stock]:
    """Load stock by key, by default that of the program, in the order of ``stock.toml``; one's own comes last."""
    stocks: dict[str, Stock] = {}
    for file in (resources or program_resources()).tables(_FILE):
        stocks |= load_stock_file(file)
    return stocks


def load_stock_file(file: Resource) -> dict[str, Stock]:
    """Load the stock of one ``stock.toml`` by key, in its order; raise the faults of all its rows at once."""
    report = Report()
    found = [
        read_stock(key, table if isinstance(table, dict) else {}, Place(file=_FILE, field=key), report)
        for key, table in read_resource_toml(file, _FILE, "M406").items()
    ]
    report.raise_errors()
    return {stock.key: stock for stock in found if stock is not None}


def find_stock(stocks: Mapping[str, Stock], name: str) -> Stock | None:
    """Return the stock of a name, None if there is none: its key, or a reference as on the box.

    That is « Avery J8163 » or « J8163 » alone, unless boxes of two brands with other places have this number. A key
    goes before a reference. Of two that are alike the later one counts, so that one's own stock goes first.
    """
    if name in stocks:
        return stocks[name]
    named = {reference: stock for stock in stocks.values() for reference in stock.names[1:]}
    named |= {slug(stock.key): stock for stock in stocks.values()}
    wanted = slug(name)
    if wanted in named or len(wanted) < _NUMBER or not any(map(str.isdigit, wanted)):
        return named.get(wanted)
    numbered = {stock.key: stock for reference, stock in named.items() if reference.endswith(f"-{wanted}")}
    return next(iter(numbered.values())) if len(numbered) == 1 else None


def named_stock(stocks: Mapping[str, Stock], name: str, place: Place) -> Stock:
    """Return the stock of a name given on the command line, as `find_stock`; raise P114 if there is none."""
    stock = find_stock(stocks, name)
    if stock is None:
        raise fail("P114", place, value=name, proposal=nearest_name(stocks, name))
    return stock


def nearest_name(stocks: Mapping[str, Stock], name: str) -> str:
    """Return the key or reference that is most like a wrong name."""
    return nearest(name, [key for stock in stocks.values() for key in (stock.key, *stock.also)])


def format_size(width: Um, height: Um, lang: Lang) -> str:
    """Return a size as messages write it: « 99.1 × 38.1 mm », in French with commas."""
    text = f"{to_mm(width):g} × {to_mm(height):g} mm"
    return text.replace(".", ",") if lang == "fr" else text


def size_values(name: str, width: Um, height: Um) -> dict[str, str]:
    """Return a size as the values of a message, in both languages: ``found_en``, ``found_fr``."""
    return {f"{name}_{lang}": format_size(width, height, lang) for lang in LANGUAGES}


def read_stock(key: str, table: Mapping[str, object], place: Place, report: Report) -> Stock | None:
    """Read a ``[stock.<key>]`` table as a `Stock`; None if it has faults, which are all reported.

    ``left`` and ``top`` are centred when absent; with ``right`` and ``bottom`` the sum must be the sheet. The place
    is that of the table, with its name as field.
    """
    given = dict(table)
    if is_double := {"gap", "pitch"} <= given.keys():
        del given["gap"], given["pitch"]
    read = read_table(StockTable, given, _CODES, place, report, {"name": key, "source": place.file or key})
    if is_double:
        report.add("P105", place_of("gap", place))
    if read is None or is_double or not _check_axes(read, place, report):
        return None
    across, down = read.axes
    same = {name: getattr(read, name) for name in ("name", "source", "columns", "rows", "sides", "cut", "edge")}
    return Stock(
        key=key,
        sheet_width=across.sheet,
        sheet_height=down.sheet,
        width=across.size,
        height=down.size,
        left=across.start,
        top=down.start,
        pitch_x=across.pitch,
        pitch_y=down.pitch,
        also=tuple(map(slug, read.also)),
        **same,
    )


def _check_axes(table: StockTable, place: Place, report: Report) -> bool:
    """Check, for both directions at once, that no places overlap and that the arithmetic closes."""
    found = Report()

    def add(code: str, key: str, axis: _Axis, values: Mapping[str, object]) -> None:
        found.add(code, place_of(key, place), axis_en=axis.english, axis_fr=axis.french, **values)

    for axis in table.axes:
        used = axis.sheet - axis.rest
        if axis.pitch < axis.size:
            add("P108", "pitch", axis, both_mm(by=axis.size - axis.pitch, pitch=axis.pitch, size=axis.size))
        elif axis.rest < 0:
            add("P106", axis.before_key, axis, both_mm(missing=-axis.rest, needed=used, sheet=axis.sheet))
        elif axis.rest > 0 and axis.before is not None and axis.after is not None:
            keys = {"before": axis.before_key, "after": axis.after_key}
            add("P107", axis.after_key, axis, keys | both_mm(left=axis.rest, used=used, sheet=axis.sheet))
    for axis in table.axes if not len(found) and not table.edge else ():
        margins = {axis.before_key: axis.start, axis.after_key: axis.sheet - axis.start - axis.extent}
        key, margin = min(margins.items(), key=lambda item: item[1])
        if margin < UNPRINTABLE:
            add("P109", key, axis, both_mm(margin=margin, least=UNPRINTABLE))
    report.extend(found)
    return not len(found)
