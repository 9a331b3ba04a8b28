"""Functions of a PDF file (ISO 32000-1 §7.10): sampled, exponential, stitching. What tints and gradients need.

Not here: PostScript calculators (type 4); a colour that needs one cannot be counted, which a message says.
"""

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import pikepdf

Function = Callable[[Sequence[float]], tuple[float, ...]]

_MOST_SAMPLES = 1 << 24


def read_function(value: Any) -> Function:
    """Return a function of the file as one to call; an array of functions gives one result each.

    Raises:
        ValueError: a kind that is not read here, or one that does not fit its own numbers.
    """
    if isinstance(value, pikepdf.Array):
        parts = [read_function(part) for part in value]
        return lambda inputs: tuple(part(inputs)[0] for part in parts)
    kind = value.get("/FunctionType")
    if kind not in _KINDS:
        raise ValueError(f"a function of type {kind} is not read")
    function, domain, limits = _KINDS[int(kind)](value), pairs(value.get("/Domain")), pairs(value.get("/Range", []))
    return lambda inputs: _limit(function(_limit(inputs, domain)), limits)


def numbers(values: Any) -> list[float]:
    """Return the numbers of an array."""
    return [float(value) for value in values]


def pairs(values: Any) -> list[tuple[float, float]]:
    """Return the numbers of an array, two by two."""
    flat = numbers(values)
    return list(zip(flat[::2], flat[1::2], strict=True))


def _limit(values: Sequence[float], limits: list[tuple[float, float]]) -> tuple[float, ...]:
    if not limits:
        return tuple(values)
    return tuple(min(max(value, low), high) for value, (low, high) in zip(values, limits, strict=True))


def _scale(value: float, source: tuple[float, float], target: tuple[float, float]) -> float:
    width = source[1] - source[0]
    return target[0] + (value - source[0]) * (target[1] - target[0]) / width if width else target[0]


def _exponential(value: Any) -> Function:
    """Return a function that goes from C0 to C1 (§7.10.3)."""
    start, end = numbers(value.get("/C0", [0])), numbers(value.get("/C1", [1]))
    exponent = float(value.get("/N", 1))
    return lambda inputs: tuple(a + inputs[0] ** exponent * (b - a) for a, b in zip(start, end, strict=True))


def _stitching(value: Any) -> Function:
    """Return a function made of several, one after the other (§7.10.4)."""
    parts = [read_function(part) for part in value.Functions]
    low, high = pairs(value.Domain)[0]
    encode, bounds = pairs(value.Encode), [low, *numbers(value.Bounds), high]
    spans = list(pairwise(bounds))

    def stitched(inputs: Sequence[float]) -> tuple[float, ...]:
        index = next((n for n, (_, end) in enumerate(spans) if inputs[0] < end), len(spans) - 1)
        return parts[index]([_scale(inputs[0], spans[index], encode[index])])

    return stitched


def _sampled(value: Any) -> Function:
    """Return a function that takes the nearest sample (§7.10.2): between samples nothing exceeds its neighbours."""
    size = [int(part) for part in value.Size]
    width, limits = int(value.BitsPerSample), pairs(value.Range)
    total = len(limits)
    for part in size:
        total *= part
    if width not in (8, 16) or not 0 < total <= _MOST_SAMPLES:
        raise ValueError(f"{total} samples of {width} bits are not read")
    data, step = bytes(value.read_bytes()), width // 8
    domain = pairs(value.Domain)
    encode = pairs(value.get("/Encode", [side for part in size for side in (0, part - 1)]))
    decode = pairs(value.get("/Decode", value.Range))

    def sampled(inputs: Sequence[float]) -> tuple[float, ...]:
        index, stride = 0, 1
        for entry, source, target, part in zip(inputs, domain, encode, size, strict=True):
            index += stride * min(max(round(_scale(entry, source, target)), 0), part - 1)
            stride *= part
        start = index * len(limits) * step
        found = [int.from_bytes(data[start + n * step : start + (n + 1) * step], "big") for n in range(len(limits))]
        top = float((1 << width) - 1)
        return tuple(_scale(sample, (0.0, top), target) for sample, target in zip(found, decode, strict=True))

    return sampled


_KINDS: dict[int, Callable[[Any], Function]] = {0: _sampled, 2: _exponential, 3: _stitching}
