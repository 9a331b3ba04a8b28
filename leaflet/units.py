"""Lengths: whole micrometres inside, a number with its unit in files, points only for type and in ``pdf/``.

With floats a sheet that fits exactly is now and then judged one card short; integers add up.
The only 72 and the only 25.4 of the program are here.
"""

import re

Um = int  # a length in whole micrometres

UM_PER_MM = 1000
UM_PER_INCH = 25_400
PT_PER_INCH = 72

_UM_PER_UNIT = {"mm": 1000.0, "cm": 10_000.0, "in": 25_400.0, "pt": UM_PER_INCH / PT_PER_INCH}
LENGTH = re.compile(r"\s*(-?\d+(?:[.,]\d+)?)\s*(mm|cm|in|pt)\s*")


def mm(value: float) -> Um:
    """Return micrometres in `value` millimetres, rounded to the nearest."""
    return round(value * UM_PER_MM)


def pt(value: float) -> Um:
    """Return micrometres in `value` typographic points (1/72 inch), rounded to the nearest."""
    return round(value * UM_PER_INCH / PT_PER_INCH)


def to_mm(length: Um) -> float:
    """Return millimetres in `length` µm."""
    return length / UM_PER_MM


def to_pt(length: Um) -> float:
    """Return points (1/72 inch) in `length` µm."""
    return length * PT_PER_INCH / UM_PER_INCH


def to_px(length: Um, dpi: int) -> float:
    """Return pixels in `length` µm of a picture of `dpi` dots per inch."""
    return length * dpi / UM_PER_INCH


def parse_length(text: str) -> Um:
    """Return micrometres of a length written with its unit: « 85 mm », "12pt", "2,5 cm".

    Raises:
        ValueError: no number, no unit, or a unit other than mm, cm, in, pt.
    """
    match = LENGTH.fullmatch(text)
    if match is None:
        raise ValueError(f"{text!r} is not a length with its unit, such as '85 mm'")
    return round(float(match[1].replace(",", ".")) * _UM_PER_UNIT[match[2]])
