"""Which sheet of a spreadsheet is read: the only one in which something stands, or the one the user names."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from leaflet.confidential import HIDDEN, find_cell_secret
from leaflet.faults import Place, Report, fail
from leaflet.tables.options import ReadOptions


class SheetEntry(NamedTuple):
    """A sheet in a spreadsheet's own list; `key` is how its reader finds it."""

    name: str
    key: str
    is_hidden: bool


def choose_sheet(
    entries: Sequence[SheetEntry],
    has_contents: Callable[[SheetEntry], bool],
    options: ReadOptions,
    place: Place,
    report: Report,
) -> SheetEntry:
    """The sheet to read; a hidden one only when it is named.

    Raises:
        DataError: T104 nothing stands anywhere, T136 there is no such sheet, T137 several may be meant, T138 only
            hidden ones have contents.
    """
    if options.sheet is not None:
        return _named(entries, options.sheet, place)
    filled = [entry for entry in entries if has_contents(entry)]
    visible = [entry for entry in filled if not entry.is_hidden]
    hidden = _names([entry for entry in filled if entry.is_hidden])
    if not visible:
        raise fail("T138", place, known=hidden) if hidden else fail("T104", place)
    if len(visible) > 1:
        raise fail("T137", place, known=_names(visible))
    if hidden:
        report.add("T139", place, known=hidden)
    return visible[0]


def _named(entries: Sequence[SheetEntry], wanted: str, place: Place) -> SheetEntry:
    exact = [entry for entry in entries if entry.name == wanted]
    alike = [entry for entry in entries if entry.name.strip().casefold() == wanted.strip().casefold()]
    found = exact or alike
    if not found:
        raise fail("T136", place, sheet=wanted, known=_names([entry for entry in entries if not entry.is_hidden]))
    return found[0]


def _names(entries: Sequence[SheetEntry]) -> str:
    return ", ".join(HIDDEN if find_cell_secret(entry.name) else entry.name for entry in entries)
