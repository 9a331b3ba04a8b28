"""Write text for spreadsheets: never a formula, and CSV as French spreadsheets open it."""

import csv
import io
import re
from collections.abc import Callable, Iterable

BOM = "\ufeff"
# A spreadsheet reads text that begins so as a formula (CWE-1236). One that splits cells at other separators than ours
# finds such beginnings after each of them.
_FORMULA = re.compile(r"(\A|[;,|])(?=[\" \u00a0]*[=+\-@\t\r\n])")

_HARMLESS = re.compile(r"\w[^;,|]*")  # most cells: they begin with a letter or a digit, and have one beginning


def as_text(value: object) -> str:
    """Return a value that no spreadsheet takes for a formula: an apostrophe stands before what would begin one."""
    text = str(value)
    return text if _HARMLESS.fullmatch(text) else _FORMULA.sub(r"\1'", text)


def as_lines(value: object) -> str:
    """Return a text of several lines, each of them as `as_text` does: a line may end with a comma."""
    return "\n".join(map(as_text, str(value).split("\n")))


def csv_line(cells: Iterable[object], mark: str = "", guard: Callable[[object], str] = as_text) -> bytes:
    """Return a row in UTF-8, semicolons between, every cell quoted.

    Args:
        cells: the values.
        mark: `BOM` for the first row.
        guard: makes a value text; `as_lines` for rows with cells of several lines.
    """
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(guard, cells))
    return (mark + out.getvalue()).encode()
