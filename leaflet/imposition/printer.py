"""The offset of a printer: how far a side is moved so that everything is printed where it belongs.

It is measured on the calibration sheet (`leaflet.imposition.calibration_sheet`), kept in a ``printer.toml`` and
applied last. Offsets are corrections, per side, in the coordinates of that side as it is looked at: they hold for the
way of turning (long or short edge) the sheet was printed with. Sizes are never corrected: a printer that scales has a
fault, because its driver can be told not to (`check_scale`).
"""

import math
import os
import tomllib
from pathlib import Path
from typing import Annotated, Any

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import Fault, LeafletError, Place, Report, fail, fault_of
from leaflet.files.plain_files import SETTINGS, meant_file, read_plain_file, replace_file
from leaflet.files.toml_files import Codes, StrictModel
from leaflet.files.words import in_both
from leaflet.geometry import Um, mm
from leaflet.imposition.records_on_sheets import SheetSide
from leaflet.imposition.stock import both_mm, english_mm, length_within, read_table
from leaflet.program import assets

MAX_OFFSET = mm(10)
RARE_OFFSET = mm(3)  # beyond it somebody has probably measured wrongly: ±1 mm is allowed (Canon GP160DF, 2-20)

NOMINAL = mm(50)  # from the paper's edges to the lines of the calibration sheet
RULER = mm(150)
RULER_TOLERANCE = mm(0.5)

_MAX_BYTES = 10_000
_CODES = Codes(unknown="P203", missing="P204", wrong="P205")
_SIDES = ("front", "back")
_Correction = Annotated[Um, length_within(-MAX_OFFSET, MAX_OFFSET)]


class _PrinterTables(StrictModel):
    """The tables of a printer file."""

    front: Any
    back: Any


class _OffsetTable(StrictModel):
    """The keys of one of them."""

    x: _Correction
    y: _Correction


class Offset(Struct, frozen=True, kw_only=True):
    """A distance by which a side is moved, in µm: to the right and down, as it is looked at."""

    dx: Um = 0
    dy: Um = 0


class Printer(Struct, frozen=True, kw_only=True):
    """The corrections of one printer; the default corrects nothing."""

    front: Offset = Offset()
    back: Offset = Offset()


def load_printer(path: Path) -> Printer:
    """Read a ``printer.toml``: tables ``[front]`` and ``[back]``, each with the lengths ``x`` and ``y``.

    Raises:
        DataError: it cannot be read, or a key is missing, unknown or more than ±10 mm; all faults at once.
    """
    report, here, offsets = Report(), Place(file=path.name), {}
    tree = _read(path)
    read_table(_PrinterTables, tree, _CODES, here, report)
    for side in [name for name in _SIDES if name in tree]:
        table, place = tree[side], replace(here, field=side)
        read = read_table(_OffsetTable, table if isinstance(table, dict) else {}, _CODES, place, report)
        offsets[side] = Offset() if read is None else Offset(dx=read.x, dy=read.y)
    report.raise_errors()
    return Printer(**offsets)


def write_printer(path: Path, printer: Printer, *, replace_others: bool = False) -> None:
    """Write a ``printer.toml`` with comments in French; all of it or nothing.

    A file of this name that is no printer file is left (P207), unless `replace_others`.
    """
    if os.path.lexists(path) and not (replace_others and (path.is_file() or path.is_symlink())):
        try:
            load_printer(path)
        except LeafletError:
            raise fail("P207", Place(file=str(path))) from None
    sides = {
        name: f'x = "{english_mm(offset.dx)} mm"\ny = "{english_mm(offset.dy)} mm"\n'
        for name, offset in (("front", printer.front), ("back", printer.back))
    }
    text = (assets() / "starter" / "printer.txt").read_text("utf-8").format(**sides)
    replace_file(path, text.encode(), "P208")


def measure(front: tuple[float, float], back: tuple[float, float]) -> Printer:
    """Return the corrections for what was measured on each side of the calibration sheet.

    That is mm from the paper's left edge to the vertical line and from its top edge to the horizontal one, each 50 mm
    on a printer without offset. What is not a number, or more than 10 mm from 50, is reported all at once (P206).
    """
    report, corrections = Report(), []
    for option, measured in zip(("--front", "--front", "--back", "--back"), (*front, *back), strict=True):
        if (fault := check_line(measured, option)) is not None:
            report.append(fault)
        else:
            corrections.append(NOMINAL - mm(measured))
    report.raise_errors()
    across, down, across_back, down_back = corrections
    return Printer(front=Offset(dx=across, dy=down), back=Offset(dx=across_back, dy=down_back))


def check_line(measured_mm: float, option: str | None = None) -> Fault | None:
    """Return the fault of a line that cannot stand where it was measured on the sheet; None if it can."""
    length = _um(measured_mm)
    is_there = length is not None and abs(NOMINAL - length) <= MAX_OFFSET
    return None if is_there else _impossible(option, measured_mm, NOMINAL)


def check_scale(measured_mm: float) -> Fault | None:
    """Return the fault of a printer whose 150 mm ruler measures something else (± 0.5 mm); None when it is right."""
    length = _um(measured_mm)
    if length is None or not RULER // 2 <= length <= 2 * RULER:  # no driver reduces or enlarges so much
        return _impossible("--ruler", measured_mm, RULER)
    if abs(length - RULER) <= RULER_TOLERANCE:
        return None
    change = in_both("change", "printer_reduces" if length < RULER else "printer_enlarges")
    values = {**both_mm(measured=length), "percent": round(100 * length / RULER), **change}
    return Fault("P209", Place(field="--ruler"), values)


def shift(side: SheetSide, printer: Printer) -> SheetSide:
    """Return a side moved by the printer's correction: its faces, folds and places."""
    offset = printer.back if side.back else printer.front
    return replace(
        side,
        items=tuple(replace(item, box=item.box.moved(offset.dx, offset.dy)) for item in side.items),
        folds=tuple(fold + offset.dx for fold in side.folds),
        places=tuple(place.moved(offset.dx, offset.dy) for place in side.places),
    )


def _read(path: Path) -> dict[str, object]:
    here = Place(file=path.name)
    try:
        if not path.is_file():
            raise fail("P201", here, path=path, proposal=meant_file(str(path), SETTINGS))
        if path.stat().st_size > _MAX_BYTES:
            raise fail("P202", here, problem=f"> {_MAX_BYTES} bytes")
        return tomllib.loads(read_plain_file(path, _MAX_BYTES).decode("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:  # ValueError: TOML or UTF-8
        raise fault_of(error, "P202", here) from None


def _impossible(option: str | None, measured: float, nominal: Um) -> Fault:
    """Return the fault of a measure that is far from what the sheet shows."""
    value = f"{measured:g}"
    french = value.replace(".", ",")
    return Fault("P206", Place(field=option), {"value_en": value, "value_fr": french, "nominal": english_mm(nominal)})


def _um(millimetres: float) -> Um | None:
    """Return whole micrometres; None for what is no number."""
    return mm(millimetres) if math.isfinite(millimetres) else None
