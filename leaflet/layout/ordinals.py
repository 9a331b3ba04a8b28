"""Raise the ending of an ordinal: the « er » of « 1er » is small, as high as the top of the 1."""

import re
from collections.abc import Iterator

from leaflet.fonts import FontBook
from leaflet.layout.lines import Align, indent, to_um
from leaflet.layout.marks import Text
from leaflet.units import Um, pt

ORDINAL_ENDING = "er"
_ORDINAL = re.compile(rf"(?<=\b1)({ORDINAL_ENDING})\b")
_SHARE = 0.66  # of the size of the text
_MOST_SHARE = 0.82  # a larger ending does not look raised, and stays as it is


def ending_share(text: str, size: float, smallest: float) -> float:
    """Return the size of the raised endings of ordinals in a text, as a share of its own.

    Args:
        text: where they may stand.
        size: of the text, in points.
        smallest: the smallest type they may have, in points.

    Returns:
        The share; 0 if nothing is raised.
    """
    if ORDINAL_ENDING not in text or _ORDINAL.search(text) is None:
        return 0
    share = max(_SHARE, smallest / size)
    return share if share <= _MOST_SHARE else 0


def raise_endings(book: FontBook, mark: Text, text: str, align: Align, share: float) -> Iterator[Text]:
    """Yield the marks of a text in the place of a mark, with small and raised endings of ordinals.

    Args:
        book: the fonts.
        mark: what is set there, such as the digit of a day.
        text: what stands there instead.
        align: of the line.
        share: the size of an ending, as a share of the size of the mark.
    """
    face = book.face(mark.weight)
    small = round(mark.size * share, 2)
    parts = _ORDINAL.split(text)
    sizes = [small if part == ORDINAL_ENDING else mark.size for part in parts]
    widths = [to_um(face.width(part), size) for part, size in zip(parts, sizes, strict=True)]
    x = mark.x + indent(to_um(face.width(mark.text), mark.size) - sum(widths), align)
    rise: Um = pt(mark.size * face.cap_height / 1000) - pt(small * face.cap_height / 1000)
    for part, size, width in zip(parts, sizes, widths, strict=True):
        if part:
            yield mark._replace(text=part, x=x, y=mark.y - (rise if size is small else 0), size=size)
        x += width
