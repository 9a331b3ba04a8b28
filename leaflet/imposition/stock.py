"""Label and card stock: how a sheet is divided into places, and whether that can be.

The table of the program is ``assets/stock.toml``; a campaign adds its own sheets in ``[stock.<key>]`` tables of
the same form. In both, the arithmetic must close: margin + places + gaps + margin is the sheet, to the micrometre.
"""

import tomllib
from collections.abc import Mapping

from msgspec import Struct

from leaflet.faults import Place, Report
from leaflet.imposition.reading import Codes, TableReader, both_mm, nearest
from leaflet.layout.marks import Box
from leaflet.resources import assets
from leaflet.units import Um, mm

UNPRINTABLE = mm(4)
"""What an office printer leaves white on every side (guaranteed area, Konica Minolta 2490MF manual p. 46)."""

_FILE = "stock.toml"
_CODES = Codes(unknown="P101", missing="P102", wrong="P103")
_NEEDED = ("sheet", "card", "columns", "rows")
_KEYS = (*_NEEDED, "left", "top", "right", "bottom", "gap", "pitch", "cut", "edge", "corner", "name", "source")
_SMALLEST = mm(1)
_SHEETS = {  # ISO 216; SRA3 (ISO 217) is what print shops feed
    "A3": (mm(297), mm(420)),
    "A4": (mm(210), mm(297)),
    "A5": (mm(148), mm(210)),
    "SRA3": (mm(320), mm(450)),
}
_SHEETS |= {f"{name} landscape": (height, width) for name, (width, height) in _SHEETS.items()}


class Stock(Struct, frozen=True, kw_only=True):
    """A sheet divided into equal places, all lengths in µm.

    Args:
        key: its name in campaign files, ``avery-c32011``.
        name: as printed in messages and instructions.
        source: where the measures come from.
        width, height: of one place.
        left, top: from the sheet's corner to the first place.
        pitch_x, pitch_y: from one place to the same point of the next.
        cut: plain paper, to be cut apart along crop marks; otherwise die-cut or perforated.
        edge: places reach into the `UNPRINTABLE` margin.
        corner: radius of a place's corners, 0 for square ones.

    Raises:
        ValueError: places overlap, leave the sheet, or reach into its margin although `edge` is not set.
    """

    key: str
    name: str
    source: str
    sheet_width: Um
    sheet_height: Um
    columns: int
    rows: int
    width: Um
    height: Um
    left: Um
    top: Um
    pitch_x: Um
    pitch_y: Um
    cut: bool = False
    edge: bool = False
    corner: Um = 0

    def __post_init__(self) -> None:
        if min(self.columns, self.rows, self.width, self.height) < 1:
            raise ValueError(f"stock {self.key} has no places")
        if min(self.gap_x, self.gap_y) < 0:
            raise ValueError(f"places of stock {self.key} overlap")
        least = 0 if self.edge else UNPRINTABLE
        if min(self.left, self.top, self.right, self.bottom) < least:
            raise ValueError(f"a margin of stock {self.key} is under {least} µm")

    @property
    def right(self) -> Um:
        """What is left of the sheet to the right of the last column."""
        return self.sheet_width - self.left - _extent(self.columns, self.width, self.pitch_x)

    @property
    def bottom(self) -> Um:
        """What is left of the sheet below the last row."""
        return self.sheet_height - self.top - _extent(self.rows, self.height, self.pitch_y)

    @property
    def gap_x(self) -> Um:
        return self.pitch_x - self.width

    @property
    def gap_y(self) -> Um:
        return self.pitch_y - self.height

    @property
    def count(self) -> int:
        """Places on a sheet."""
        return self.columns * self.rows

    @property
    def places(self) -> tuple[Box, ...]:
        """The places, row by row from the top left, as they lie on the front."""
        return tuple(
            Box(self.left + column * self.pitch_x, self.top + row * self.pitch_y, self.width, self.height)
            for row in range(self.rows)
            for column in range(self.columns)
        )


class _Axis(Struct, frozen=True, kw_only=True):
    """One direction of a sheet while it is checked: `before` and `after` are margins, None for not given."""

    english: str
    french: str
    sheet: Um
    count: int
    size: Um
    pitch: Um
    before_key: str
    after_key: str
    before: Um | None
    after: Um | None

    @property
    def extent(self) -> Um:
        """From the first place to the end of the last."""
        return _extent(self.count, self.size, self.pitch)

    @property
    def rest(self) -> Um:
        """What places and given margins leave of the sheet; negative when they ask for more than there is."""
        return self.sheet - self.extent - (self.before or 0) - (self.after or 0)

    @property
    def start(self) -> Um:
        """Where the first place begins: as given, else as the other margin leaves it, else centred."""
        if self.before is not None:
            return self.before
        return self.rest // 2 if self.after is None else self.rest


def load_stock() -> dict[str, Stock]:
    """The stock that comes with the program, by key, in the order of ``assets/stock.toml``.

    Raises:
        DataError: a row of the file is wrong.
    """
    report = Report()
    tables = tomllib.loads((assets() / _FILE).read_text("utf-8"))
    found = [read_own_stock(key, table, Place(file=_FILE, field=key), report) for key, table in tables.items()]
    report.raise_errors()
    return {stock.key: stock for stock in found if stock is not None}


def find_stock(stocks: Mapping[str, Stock], key: str, place: Place, report: Report) -> Stock | None:
    """The stock called `key`, or None with a fault that names those there are."""
    if key not in stocks:
        report.add("P111", place, value=key, proposal=nearest(key, stocks), known=", ".join(stocks))
    return stocks.get(key)


def read_own_stock(key: str, table: Mapping[str, object], place: Place, report: Report) -> Stock | None:
    """A ``[stock.<key>]`` table as a `Stock`, or None with every fault of it in the report.

    Args:
        table: ``sheet``, ``card``, ``columns``, ``rows``; ``left``, ``top`` (centred when absent), ``right``,
            ``bottom`` (then the sum must be the sheet), ``gap`` or ``pitch``, ``cut``, ``edge``, ``corner``,
            ``name``, ``source``. Lengths are texts with their unit.
        place: of the table, with its name as field.
    """
    reader = TableReader(table, place, report, _CODES)
    reader.check_keys(_KEYS, _NEEDED)
    axes = _read_axes(reader)
    corner = reader.length("corner")
    cut, edge = reader.flag("cut"), reader.flag("edge")
    name, source = reader.text("name", key), reader.text("source", place.file or key)
    if axes is None or not reader.is_sound or not _check_axes(reader, axes, edge):
        return None
    across, down = axes
    return Stock(
        key=key,
        name=name,
        source=source,
        sheet_width=across.sheet,
        sheet_height=down.sheet,
        columns=across.count,
        rows=down.count,
        width=across.size,
        height=down.size,
        left=across.start,
        top=down.start,
        pitch_x=across.pitch,
        pitch_y=down.pitch,
        cut=cut,
        edge=edge,
        corner=corner or 0,
    )


def _extent(count: int, size: Um, pitch: Um) -> Um:
    return (count - 1) * pitch + size


def _read_axes(reader: TableReader) -> tuple[_Axis, _Axis] | None:
    sheet, card = _read_sheet(reader), reader.pair("card", least=_SMALLEST)
    columns, rows = reader.count("columns"), reader.count("rows")
    margins = {name: reader.length(name) for name in ("left", "right", "top", "bottom")}
    pitch = _read_pitch(reader, card)
    if sheet is None or card is None or pitch is None or columns is None or rows is None:
        return None
    across = _axis("across", "en largeur", sheet[0], columns, card[0], pitch[0], margins, ("left", "right"))
    down = _axis("down", "en hauteur", sheet[1], rows, card[1], pitch[1], margins, ("top", "bottom"))
    return across, down


def _axis(
    english: str,
    french: str,
    sheet: Um,
    count: int,
    size: Um,
    pitch: Um,
    margins: Mapping[str, Um | None],
    keys: tuple[str, str],
) -> _Axis:
    before, after = keys
    return _Axis(
        english=english,
        french=french,
        sheet=sheet,
        count=count,
        size=size,
        pitch=pitch if count > 1 else size,  # one place has no next one, whatever the table says
        before_key=before,
        after_key=after,
        before=margins[before],
        after=margins[after],
    )


def _read_sheet(reader: TableReader) -> tuple[Um, Um] | None:
    value = reader.raw("sheet")
    if not isinstance(value, str):
        return reader.pair("sheet", least=_SMALLEST)
    if value not in _SHEETS:
        reader.fault("P104", "sheet", value=value, known=", ".join(_SHEETS))
    return _SHEETS.get(value)


def _read_pitch(reader: TableReader, card: tuple[Um, Um] | None) -> tuple[Um, Um] | None:
    """The pitch as given, or card and gap added up; no gap when neither is given."""
    if reader.has("gap") and reader.has("pitch"):
        reader.fault("P105", "gap")
        return None
    if reader.has("pitch"):
        return reader.pair("pitch")
    gap = reader.pair("gap") if reader.has("gap") else (0, 0)
    return (card[0] + gap[0], card[1] + gap[1]) if card and gap else None


def _check_axes(reader: TableReader, axes: tuple[_Axis, _Axis], edge: bool) -> bool:
    """Tell, for both directions at once, whether places overlap and whether the arithmetic closes."""
    for axis in axes:
        if axis.pitch < axis.size:
            _tell(reader, "P108", "pitch", axis, by=axis.size - axis.pitch, pitch=axis.pitch, size=axis.size)
        elif axis.rest < 0:
            needed = axis.sheet - axis.rest
            _tell(reader, "P106", axis.before_key, axis, missing=-axis.rest, needed=needed, sheet=axis.sheet)
        elif axis.rest > 0 and axis.before is not None and axis.after is not None:
            values = both_mm(left=axis.rest, used=axis.sheet - axis.rest, sheet=axis.sheet)
            keys = {"before": axis.before_key, "after": axis.after_key}
            reader.fault("P107", axis.after_key, axis_en=axis.english, axis_fr=axis.french, **keys, **values)
    if reader.is_sound and not edge:
        _check_margins(reader, axes)
    return reader.is_sound


def _check_margins(reader: TableReader, axes: tuple[_Axis, _Axis]) -> None:
    for axis in axes:
        margins = {axis.before_key: axis.start, axis.after_key: axis.sheet - axis.start - axis.extent}
        key, margin = min(margins.items(), key=lambda item: item[1])
        if margin < UNPRINTABLE:
            _tell(reader, "P109", key, axis, margin=margin, least=UNPRINTABLE)


def _tell(reader: TableReader, code: str, key: str, axis: _Axis, **lengths: Um) -> None:
    reader.fault(code, key, axis_en=axis.english, axis_fr=axis.french, **both_mm(**lengths))
