"""Raise the ending of an ordinal: the « er » of « 1er » is small, as high as the top of the 1."""

import re
from collections.abc import Iterator

from leaflet.layout.lines import read_spans
from leaflet.layout.marks import Text
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Column, Look, Setter, indent
from leaflet.markup.parse import Element
from leaflet.units import Um

ORDINAL_ENDING = "er"
_ORDINAL = re.compile(rf"(?<=\b1)({ORDINAL_ENDING})\b")
_SHARE = 0.66  # of the size of the text
_LARGE = 16  # points, from which on no letter is small: large print


def place_with_ordinals(
    setter: Setter, builder: Builder, element: Element, column: Column, look: Look, role: str | None = "P"
) -> Um:
    """Set the inline content of an element as `Setter.place_text` does, endings of ordinals raised.

    Large print keeps them as they are.

    Returns:
        The height.
    """
    done = setter.set_spans(tuple(read_spans(element, look.style.weight)), column, look)
    segments = tuple(
        segment._replace(marks=tuple(part for mark in segment.marks for part in _parts(setter, mark, look)))
        for segment in done.segments
    )
    return setter.place_set(builder, done._replace(segments=segments), element.at, look, role)


def _parts(setter: Setter, mark: Text, look: Look) -> Iterator[Text]:
    return raise_endings(setter, mark, mark.text, look, _SHARE) if mark.size < _LARGE else iter((mark,))


def raise_endings(setter: Setter, mark: Text, text: str, look: Look, share: float) -> Iterator[Text]:
    """Yield the marks of a text in the place of a mark, with small and raised endings of ordinals.

    Args:
        setter: measures the text.
        mark: what is set there, such as the digit of a day.
        text: what stands there instead.
        look: the style of the mark; its alignment holds for the text.
        share: the size of an ending, as a share of the size of the mark.
    """
    style = look.style._replace(size=mark.size, weight=mark.weight)
    small = style._replace(size=round(mark.size * share, 2))
    parts = _ORDINAL.split(text)
    sizes = [small if part == ORDINAL_ENDING else style for part in parts]
    widths = [setter.width(part, size) for part, size in zip(parts, sizes, strict=True)]
    x = mark.x + indent(setter.width(mark.text, style) - sum(widths), look.align)
    rise = setter.cap_height(style) - setter.cap_height(small)
    for part, size, width in zip(parts, sizes, widths, strict=True):
        if part:
            yield mark._replace(text=part, x=x, y=mark.y - (rise if size is small else 0), size=size.size)
        x += width
