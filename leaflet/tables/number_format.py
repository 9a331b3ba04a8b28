"""Show numbers as a spreadsheet does: 1505 in the format ``00000`` is « 01505 », and 12 is never « 12.0 ».

Dates, and formats that show something else than the number (fractions, powers of ten, conditions), are shown as well
as possible and marked as deviating; the reader of the column decides whether to accept that.
"""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from openpyxl.styles.numbers import is_date_format
from openpyxl.utils.datetime import from_excel

Deviation = Literal["date", "format"]
"""The reason why a text shows something else than the number of its cell."""

_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,4})?")
# A literal, a placeholder, or a sign that only formats have which are not simple.
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|(.)', re.DOTALL)
_COLOURS = re.compile(
    r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|couleur ?\d+)\]", re.IGNORECASE
)
_CURRENCY = re.compile(r"\[\$[^\]]*\]")


class NumberFormat(Struct, frozen=True, kw_only=True):
    """One section of a format, ready to show numbers."""

    integers: tuple[str, ...] = ()  # placeholders 0 and #, and texts between them, before the decimal point
    decimals: int | None = None  # decimal places; None for as many as the number has
    prefix: str = ""
    suffix: str = ""
    percent: bool = False  # whether the number is multiplied by a hundred
    deviation: Deviation | None = None  # why it shows something else than the number, if it does


GENERAL = NumberFormat()


@lru_cache(maxsize=256)
def parse_format(code: str) -> tuple[NumberFormat, ...]:
    """Return the sections of a format: for all numbers, or for positive ones, negative ones and zero."""
    if is_date_format(_CURRENCY.sub("", code)):
        return (NumberFormat(deviation="date"),)
    sections = re.findall(r'(?:"[^"]*"|\\.|[^;"\\]|["\\])+', code) or [code]
    return tuple(map(_parse_section, sections[:3]))


def _parse_section(section: str) -> NumberFormat:
    text = _COLOURS.sub("", section)
    if text.strip().lower() in ("general", "standard", "@"):
        return GENERAL
    before, integers, decimals, after = "", [], None, ""
    percent = False
    for quoted, escaped, currency, plain in _TOKEN.findall(text):
        literal = quoted or escaped or currency
        if plain and plain in "0#?":
            if decimals is not None:
                decimals += 1
            else:
                integers += [*after, plain]
                after = ""
            if decimals is not None and after:
                return NumberFormat(deviation="format")
        elif plain == ".":
            decimals = 0
        elif plain == ",":
            continue
        elif plain and plain in "eE/@":
            return NumberFormat(deviation="format")
        else:
            percent |= plain == "%"
            if integers or decimals is not None:
                after += literal or plain
            else:
                before += literal or plain
    if re.search(r"\[[<>=]", text) or re.search(r"[0#?],+(?:\D*$|\.)", text) or not (integers or decimals):
        return NumberFormat(deviation="format")
    return NumberFormat(
        integers=tuple(integers), decimals=decimals or 0, prefix=before, suffix=after, percent=percent
    )


def show_number(written: str, formats: tuple[NumberFormat, ...], *, epoch: datetime) -> tuple[str, Deviation | None]:
    """Return a number of a file as the user sees it, and why this text deviates from the number, if it does."""
    if not _NUMBER.fullmatch(written) or not math.isfinite(float(written)):
        return written, "format"
    value = Decimal(repr(float(written)))
    if value == value.to_integral_value() and written.lstrip("-").isdigit():
        value = Decimal(written)
    chosen = formats[0]  # for positive numbers, negative ones and zero
    if value < 0 and len(formats) > 1:
        chosen = formats[1]
    elif value == 0 and len(formats) > 2:
        chosen = formats[2]
    if chosen.deviation == "date":
        return _format_date(float(value), epoch), "date"
    if chosen.decimals is None:
        return _format_plain(value), chosen.deviation
    sign = "-" if value < 0 and chosen is formats[0] else ""
    return sign + _format_number(abs(value), chosen), None


def _format_plain(value: Decimal) -> str:
    """Return a number with all its digits, and a comma before the decimals."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",") or "0"


def _format_number(value: Decimal, chosen: NumberFormat) -> str:
    """Return a number that is not negative in a format."""
    decimals = chosen.decimals or 0
    exact = value * 100 if chosen.percent else value
    rounded = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if exact < 10**20 else exact:f}"
    digits, _, places = rounded.partition(".")
    left = list(digits if int(digits) else "")
    shown: list[str] = []
    first = next((at for at, sign in enumerate(chosen.integers) if sign in "0#?"), None)
    for at in range(len(chosen.integers) - 1, -1, -1):
        sign = chosen.integers[at]
        if sign not in ("0", "#", "?"):
            shown.append(sign)
        elif left:
            shown.append(left.pop())
        elif sign == "0":
            shown.append("0")
        if at == first:
            shown += reversed(left)
    text = "".join(reversed(shown)).lstrip(" ") if chosen.integers else "".join(left)
    return chosen.prefix + text + (f",{places}" if places else "") + chosen.suffix


def _format_date(value: float, epoch: datetime) -> str:
    try:
        moment = from_excel(value, epoch)
    except (OverflowError, ValueError, TypeError):
        return _format_plain(Decimal(repr(value)))
    if isinstance(moment, datetime):
        day = format_day(moment)
        return day if moment.time() == time() else f"{day} {moment:%H:%M}"
    if isinstance(moment, date):
        return format_day(moment)
    return f"{moment:%H:%M}" if isinstance(moment, time) else str(moment) if isinstance(moment, timedelta) else ""


def format_day(day: date) -> str:
    """Return a day as ``08/05/1945``."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
