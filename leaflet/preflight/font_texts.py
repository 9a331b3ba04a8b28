"""The text of what a content stream shows, by the map to Unicode of each of its fonts."""

from collections.abc import Mapping, Sequence
from typing import Any

import pikepdf

from leaflet.conformance.content_stream import shown_strings
from leaflet.preflight.cmaps import parse_unicode_map
from leaflet.preflight.fonts import named

FontTexts = Mapping[str, tuple[Mapping[int, str], int]]  # by name of the font: text of each code, bytes of a code

UNKNOWN = "\ufffd"  # stands for a code of which the font says no text


def read_font_texts(resources: pikepdf.Dictionary) -> FontTexts:
    """Return the text of each code of the fonts among resources, and how many bytes a code has."""
    found: dict[str, tuple[dict[int, str], int]] = {}
    for name, font in named(resources, "/Font"):
        to_unicode = font.get("/ToUnicode")
        if isinstance(to_unicode, pikepdf.Stream):
            width = 2 if font.get("/Subtype") == "/Type0" else 1
            found[name] = parse_unicode_map(to_unicode.read_bytes()), width
    return found


def decode(font_texts: FontTexts, font: str, operands: Sequence[Any]) -> str:
    """Return the text that an operator of text shows in a font, called by its name among the resources."""
    known, step = font_texts.get(font, ({}, 1))
    strings = shown_strings(operands)
    codes = (int.from_bytes(data[at : at + step], "big") for data in strings for at in range(0, len(data), step))
    return "".join(known.get(code, UNKNOWN) for code in codes)
