"""Numbers as a spreadsheet shows them: 1505 in the format ``00000`` is « 01505 », and 12 is never « 12.0 ».

Dates and formats that say something else than the number (fractions, powers of ten, conditions) are shown as well as
can be and marked as doubtful; who reads the column decides.
"""

import math
import re
from datetime import date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal

from msgspec import Struct
from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils.datetime import from_excel

Doubt = Literal["date", "format"]
_NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d{1,4})?")
# A literal, a placeholder, or what leads past simple formats.
_TOKEN = re.compile(r'"([^"]*)"|\\(.)|[_*].|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|(.)', re.DOTALL)
_COLOURS = re.compile(
    r"\[(?:black|blue|cyan|green|magenta|red|white|yellow|color ?\d+|couleur ?\d+)\]", re.IGNORECASE
)
_CURRENCY = re.compile(r"\[\$[^\]]*\]")


class NumberFormat(Struct, frozen=True, kw_only=True):
    """One section of a format, ready to show numbers.

    Args:
        integers: placeholders 0 and #, and texts between them, of the part before the decimal point.
        decimals: how many places after it; None for as many as there are.
        prefix, suffix: texts around; `percent`: whether the number is multiplied by a hundred.
        doubt: why it shows something else than the number.
    """

    integers: tuple[str, ...] = ()
    decimals: int | None = None
    prefix: str = ""
    suffix: str = ""
    percent: bool = False
    doubt: Doubt | None = None


GENERAL = NumberFormat()


def builtin_format(number: int) -> str:
    """The text of a format that files refer to by number; an unknown one is General."""
    return str(BUILTIN_FORMATS.get(number, "General"))


@lru_cache(maxsize=256)
def parse_format(code: str) -> tuple[NumberFormat, ...]:
    """The sections of a format: for numbers, and where they differ for negative ones and zero."""
    if is_date_format(_CURRENCY.sub("", code)):
        return (NumberFormat(doubt="date"),)
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
                return NumberFormat(doubt="format")
        elif plain == ".":
            decimals = 0
        elif plain == ",":
            continue
        elif plain and plain in "eE/@":
            return NumberFormat(doubt="format")
        else:
            percent |= plain == "%"
            if integers or decimals is not None:
                after += literal or plain
            else:
                before += literal or plain
    if re.search(r"\[[<>=]", text) or re.search(r"[0#?],+(?:\D*$|\.)", text) or not (integers or decimals):
        return NumberFormat(doubt="format")
    return NumberFormat(
        integers=tuple(integers), decimals=decimals or 0, prefix=before, suffix=after, percent=percent
    )


def show_number(written: str, formats: tuple[NumberFormat, ...], *, epoch: datetime) -> tuple[str, Doubt | None]:
    """A number of a file as the user sees it, and whether that is doubtful."""
    if not _NUMBER.fullmatch(written) or not math.isfinite(float(written)):
        return written, "format"
    value = Decimal(repr(float(written)))
    if value == value.to_integral_value() and written.lstrip("-").isdigit():
        value = Decimal(written)
    chosen = _section(value, formats)
    if chosen.doubt == "date":
        return _show_date(float(value), epoch), "date"
    if chosen.decimals is None:
        return _plain(value), chosen.doubt
    sign = "-" if value < 0 and chosen is formats[0] else ""
    return sign + _fill(abs(value), chosen), None


def _section(value: Decimal, formats: tuple[NumberFormat, ...]) -> NumberFormat:
    if value < 0 and len(formats) > 1:
        return formats[1]
    return formats[2] if value == 0 and len(formats) > 2 else formats[0]


def _plain(value: Decimal) -> str:
    """All digits, decimals after a comma."""
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(".", ",") or "0"


def _fill(value: Decimal, form: NumberFormat) -> str:
    decimals = form.decimals or 0
    exact = value * 100 if form.percent else value
    rounded = f"{exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP) if exact < 10**20 else exact:f}"
    digits, _, places = rounded.partition(".")
    left = list(digits if int(digits) else "")
    shown: list[str] = []
    first = next((at for at, sign in enumerate(form.integers) if sign in "0#?"), None)
    for at in range(len(form.integers) - 1, -1, -1):
        sign = form.integers[at]
        if sign not in ("0", "#", "?"):
            shown.append(sign)
        elif left:
            shown.append(left.pop())
        elif sign == "0":
            shown.append("0")
        if at == first:
            shown += reversed(left)
    text = "".join(reversed(shown)).lstrip(" ") if form.integers else "".join(left)
    return form.prefix + text + (f",{places}" if places else "") + form.suffix


def _show_date(value: float, epoch: datetime) -> str:
    try:
        moment = from_excel(value, epoch)
    except (OverflowError, ValueError, TypeError):
        return _plain(Decimal(repr(value)))
    if isinstance(moment, datetime):
        day = show_day(moment)
        return day if moment.time() == time() else f"{day} {moment:%H:%M}"
    if isinstance(moment, date):
        return show_day(moment)
    return f"{moment:%H:%M}" if isinstance(moment, time) else str(moment) if isinstance(moment, timedelta) else ""


def show_day(day: date) -> str:
    """``08/05/1945``."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"
