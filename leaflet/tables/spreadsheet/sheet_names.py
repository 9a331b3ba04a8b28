"""Name sheets in messages. This module loads no parser: lists that are text need none."""

from collections.abc import Iterable, Sequence

from leaflet.confidential import HIDDEN, find_cell_secret
from leaflet.faults import DataError, Fault


class SeveralSheetsError(DataError):
    """Several sheets have contents, and none is named (T137).

    Attributes:
        sheets: Their names.
    """

    def __init__(self, faults: Iterable[Fault], sheets: Sequence[str] = ()) -> None:
        super().__init__(faults)
        self.sheets = tuple(sheets)


def format_names(sheets: Iterable[str]) -> str:
    """Return the names of sheets as messages show them."""
    return ", ".join(HIDDEN if find_cell_secret(name) else name for name in sheets)
