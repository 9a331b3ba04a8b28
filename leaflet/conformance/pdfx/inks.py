"""Colours of a print-shop file as ink: which device spaces they rest on, how much of C, M, Y and K they are.

Colour spaces are those of ISO 32000-1 §8.6. Ink is counted where a space ends in DeviceCMYK, DeviceGray (black
alone) or ICC profiles of four and one channels; RGB, Lab and calculated tints cannot be counted.
"""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

import pikepdf
from msgspec import Struct

from leaflet.bounded import BoundedCache
from leaflet.conformance.pdf_objects import UNREADABLE, entries, key_of
from leaflet.conformance.pdfx.functions import numbers, pairs, read_function

Cmyk = tuple[float, float, float, float]
Tint = Callable[[Sequence[float]], Cmyk | None]

_REMEMBERED = 1024  # colour spaces
_NESTED = 4  # colour spaces within colour spaces
_STEPS = 32  # places at which a gradient is looked at
_SHORT = {"/G": "/DeviceGray", "/RGB": "/DeviceRGB", "/CMYK": "/DeviceCMYK", "/I": "/Indexed"}


class Space(Struct, frozen=True, eq=False):
    """A colour space.

    Attributes:
        name: of its family, for messages.
        devices: the device colour spaces it rests on.
        channels: how many components a colour has.
        tint: from components to ink; None as result where that is unknown.
        initial: the colour it begins with.
        base: for patterns, the space of uncoloured ones.
        top: the largest component: 1, or the last entry of an indexed space.
    """

    name: str
    devices: frozenset[str]
    channels: int
    tint: Tint
    initial: tuple[float, ...]
    base: "Space | None" = None  # of Pattern: the space of uncoloured ones
    top: int = 1  # the largest component: of Indexed its last entry


class Ink(NamedTuple):
    """A colour in force; if `pattern`, a pattern paints, whose own colours are judged where it is defined."""

    space: Space
    cmyk: Cmyk | None
    pattern: bool = False

    @property
    def total(self) -> float:
        """The ink of all plates together: 1 is one full layer."""
        return sum(self.cmyk or ())

    @property
    def is_white(self) -> bool:
        """Return whether no plate has ink."""
        return not self.pattern and self.cmyk is not None and not any(self.cmyk)

    @property
    def is_registration(self) -> bool:
        """Return whether it is the colour of all plates, which is for marks."""
        return self.space.name == "Separation /All"

    def __str__(self) -> str:
        if self.pattern:
            return "a pattern"
        if self.cmyk is None:
            return self.space.name
        return f"{self.space.name}, {'/'.join(f'{part * 100:.0f}' for part in self.cmyk)} % CMYK"


def _unknown(_: Sequence[float]) -> Cmyk | None:
    return None


def _gray(parts: Sequence[float]) -> Cmyk:
    return (0.0, 0.0, 0.0, 1.0 - parts[0])


def _cmyk(parts: Sequence[float]) -> Cmyk:
    cyan, magenta, yellow, black = parts
    return (cyan, magenta, yellow, black)


GRAY = Space("DeviceGray", frozenset({"DeviceGray"}), 1, _gray, (0.0,))
RGB = Space("DeviceRGB", frozenset({"DeviceRGB"}), 3, _unknown, (0.0, 0.0, 0.0))
CMYK = Space("DeviceCMYK", frozenset({"DeviceCMYK"}), 4, _cmyk, (0.0, 0.0, 0.0, 1.0))
PATTERN = Space("Pattern", frozenset(), 0, _unknown, ())
_DEVICES = {"/DeviceGray": GRAY, "/DeviceRGB": RGB, "/DeviceCMYK": CMYK, "/Pattern": PATTERN}
_NONE: frozenset[str] = frozenset()
BLACK = Ink(GRAY, (0.0, 0.0, 0.0, 1.0))  # what a page begins with (table 52)


def make_ink(space: Space, parts: Sequence[float], *, pattern: bool = False) -> Ink:
    """Return a colour of a space; components outside 0 to 1 are brought inside (§8.6.4)."""
    if pattern or len(parts) != space.channels:
        return Ink(space, None, pattern)
    inside = [min(max(part, 0.0), float(space.top)) for part in parts]
    return Ink(space, space.tint(inside))


def read_space(value: Any, depth: int = 0) -> Space:
    """Read a colour space, given by the name of its family, or as it is written (§8.6.3).

    Raises:
        ValueError: not a colour space.
    """
    if depth > _NESTED:
        raise ValueError("colour spaces are nested too deeply")
    parts = list(value) if isinstance(value, pikepdf.Array) else [value]
    if not parts or not isinstance(parts[0], pikepdf.Name):
        raise ValueError("not a colour space")
    family = _SHORT.get(str(parts[0]), str(parts[0]))
    if family in _DEVICES and len(parts) == 1:
        return _DEVICES[family]
    if family not in _FAMILIES:
        raise ValueError(f"{family} is not a family of colour spaces")
    return _FAMILIES[family](parts, depth + 1)


def _profiled(value: list[Any], _: int) -> Space:
    """Return a space with a profile (§8.6.5.5), counted by its channels whatever the profile makes of them."""
    channels = int(value[1].get("/N"))
    name, tint = {1: ("gray", _gray), 3: ("RGB", _unknown), 4: ("CMYK", _cmyk)}[channels]
    start = (0.0, 0.0, 0.0, 1.0) if channels == 4 else (0.0,) * channels
    return Space(f"ICCBased {name}", _NONE, channels, tint, start)


def _calibrated(value: list[Any], _: int) -> Space:
    name = str(value[0])[1:]
    channels = 1 if name == "CalGray" else 3
    return Space(name, _NONE, channels, _unknown, (0.0,) * channels)


def _spot(value: list[Any], depth: int) -> Space:
    """Return a space of spot inks (§8.6.6.4, §8.6.6.5), counted as what stands in for inks that the press lacks."""
    single = str(value[0]) == "/Separation"
    names = [str(value[1])] if single else [str(name) for name in value[1]]
    alternate = read_space(value[2], depth)
    label = f"Separation {names[0]}" if single else f"DeviceN {' '.join(names)}"
    if names == ["/All"]:
        tint: Tint = _all
    else:
        tint = _transformed(value[3], alternate)
    return Space(label, alternate.devices, len(names), tint, (1.0,) * len(names))


def _all(parts: Sequence[float]) -> Cmyk:
    return (parts[0],) * 4


def _transformed(function: Any, alternate: Space) -> Tint:
    try:
        transform = read_function(function)
    except UNREADABLE:
        return _unknown
    return lambda parts: alternate.tint(transform(parts))


def _indexed(value: list[Any], depth: int) -> Space:
    """Return a table of colours of another space (§8.6.6.3)."""
    base, last = read_space(value[1], depth), int(value[2])
    table = bytes(value[3].read_bytes() if isinstance(value[3], pikepdf.Stream) else value[3])

    def tint(parts: Sequence[float]) -> Cmyk | None:
        start = int(parts[0]) * base.channels
        entry = table[start : start + base.channels]
        return base.tint([part / 255 for part in entry]) if len(entry) == base.channels else None

    return Space(f"Indexed {base.name}", base.devices, 1, tint, (0.0,), None, last)


def _pattern(value: list[Any], depth: int) -> Space:
    base = read_space(value[1], depth)
    return Space("Pattern", base.devices, 0, _unknown, (), base)


_FAMILIES: dict[str, Callable[[list[Any], int], Space]] = {
    "/ICCBased": _profiled,
    "/CalGray": _calibrated,
    "/CalRGB": _calibrated,
    "/Lab": _calibrated,
    "/Separation": _spot,
    "/DeviceN": _spot,
    "/Indexed": _indexed,
    "/Pattern": _pattern,
}


def read_shading(shading: Any) -> Ink:
    """Return the heaviest colour of a gradient (§8.7.4.5); unknown if it is neither axial nor radial."""
    space = read_space(shading.get("/ColorSpace"))
    if shading.get("/ShadingType") not in (2, 3) or "/Function" not in shading:
        return Ink(space, None)
    try:
        function = read_function(shading.get("/Function"))
    except UNREADABLE:
        return Ink(space, None)
    start, end = numbers(shading.get("/Domain", [0, 1]))
    inks = [make_ink(space, function([start + (end - start) * n / _STEPS])) for n in range(_STEPS + 1)]
    return max(inks, key=lambda ink: ink.total) if all(ink.cmyk for ink in inks) else Ink(space, None)


class Spaces:
    """The colour spaces of a file, read once each, so that equal ones are one value."""

    def __init__(self) -> None:
        self._known: BoundedCache[str, Space] = BoundedCache(_REMEMBERED)

    def find(self, value: Any, resources: Any) -> Space:
        """Return a colour space, given as it is written, or by a name among the resources.

        Raises:
            ValueError: not a colour space.
        """
        if isinstance(value, pikepdf.Name) and _SHORT.get(str(value), str(value)) not in _DEVICES:
            value = entries(resources, "/ColorSpace").get(str(value))
        if not isinstance(value, pikepdf.Array):
            return read_space(value)
        return self._known.get_or_make(key_of(value), lambda: read_space(value))


def component_ranges(image_decode: Any, space: Space, bits: int) -> list[tuple[float, float]]:
    """Return the least and the largest sample of each channel of an image (§8.9.5.2)."""
    if image_decode is not None:
        return pairs(image_decode)
    top = float((1 << bits) - 1) if space.name.startswith("Indexed") else 1.0
    return [(0.0, top)] * space.channels
