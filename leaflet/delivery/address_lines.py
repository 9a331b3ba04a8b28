"""Set the address of a school as La Poste reads it (NF Z10-011): six lines at most, 38 characters each.

The last lines (street, box, postcode and town) are in capitals without accents and punctuation. A line that is too
long gets the abbreviations of the norm, longest word first; if it is still too long it is broken between words. What
needs more than six lines is no address: nothing is cut off.

The text of NF Z10-011 is sold and was not read. Six lines of 38 characters, last lines in capitals without
punctuation and the abbreviations of types of ways are what is commonly known of it: medium confidence.
"""

import re
import textwrap
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct

from leaflet.tables import School
from leaflet.text import unaccented

MOST_LINES = 6
MOST_CHARS = 38
_PUNCTUATION = re.compile(r"[^A-Z0-9/ ]+")
_SPACES = re.compile(r"\s+")
_FIVE_DIGITS = re.compile(r"[0-9]{5}")
_SHORT: Mapping[str, str] = MappingProxyType(
    {
        "ALLEE": "ALL", "AVENUE": "AV", "BATIMENT": "BAT", "BOULEVARD": "BD", "CENTRE": "CTRE", "CHEMIN": "CHE",
        "COMMANDANT": "CDT", "COLONEL": "COL", "DOCTEUR": "DR", "FAUBOURG": "FBG", "GENERAL": "GAL",
        "IMPASSE": "IMP", "LIEUTENANT": "LT", "LOTISSEMENT": "LOT", "MARECHAL": "MAL", "PASSAGE": "PAS",
        "PLACE": "PL", "PRESIDENT": "PDT", "PROFESSEUR": "PR", "QUARTIER": "QUA", "RESIDENCE": "RES",
        "ROUTE": "RTE", "SAINT": "ST", "SAINTE": "STE", "SQUARE": "SQ",
    }
)  # fmt: skip


class AddressLines(Struct, frozen=True):
    """An address in lines: those of the name, as the list has it, and those of the place, in capitals."""

    name: tuple[str, ...]
    place: tuple[str, ...]

    @property
    def is_whole(self) -> bool:
        """Tell whether it has no more lines, and none longer, than the norm allows."""
        lines = (*self.name, *self.place)
        return len(lines) <= MOST_LINES and _fits(lines)


def has_postcode(school: School) -> bool:
    """Tell whether a school has a French postcode."""
    return _FIVE_DIGITS.fullmatch(school.postcode) is not None


def address_lines(school: School) -> AddressLines:
    """Return the address of a school, which may have too many lines."""
    lines = [*map(in_capitals, school.address), f"{school.postcode} {in_capitals(school.town)}"]
    place = [part for line in lines for part in _broken(shorten(line))]
    return AddressLines(tuple(_broken(school.name)), tuple(place))


def in_capitals(text: str) -> str:
    """Return a text in capitals, without accents and without punctuation."""
    return _SPACES.sub(" ", _PUNCTUATION.sub(" ", unaccented(text).upper())).strip()


def shorten(line: str) -> str:
    """Return a line in capitals with as few abbreviations as make it fit, longest word first."""
    words = line.split(" ")
    for number in sorted(range(len(words)), key=lambda number: -len(words[number])):
        if len(" ".join(words)) <= MOST_CHARS:
            break
        words[number] = _SHORT.get(words[number], words[number])
    return " ".join(words)


def _broken(line: str) -> list[str]:
    """Return a line in as few parts as fit, broken between words; none much longer than the others."""
    parts = _wrap(line, MOST_CHARS)
    if len(parts) < 2:
        return parts
    narrower = (_wrap(line, width) for width in range(1, MOST_CHARS))
    return next((found for found in narrower if len(found) == len(parts) and _fits(found)), parts)


def _wrap(line: str, width: int) -> list[str]:
    return textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False)


def _fits(parts: Sequence[str]) -> bool:
    return all(len(part) <= MOST_CHARS for part in parts)
