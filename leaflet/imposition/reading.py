"""Reading one TOML table strictly: every key known, every needed key there, every value of its kind.

All faults of a table are found in one go. Which codes they have depends on the file: see `Codes`.
"""

from collections.abc import Collection, Mapping
from difflib import get_close_matches

from msgspec import Struct
from msgspec.structs import replace

from leaflet.faults import Place, Report
from leaflet.units import UM_PER_MM, Um, parse_length, to_mm

MAX_LENGTH = 2_000 * UM_PER_MM  # no sheet is longer than two metres; keeps absurd numbers out of the arithmetic
MAX_COUNT = 100  # columns or rows of a sheet; the densest label stock has some thirty


class Codes(Struct, frozen=True, kw_only=True):
    """The fault codes of a kind of table: unknown key, missing key, value of the wrong kind."""

    unknown: str
    missing: str
    wrong: str


class TableReader:
    """Takes values out of one table; `is_sound` tells whether all was right so far.

    Each method gives None for a key that is absent or wrong; the fault is in the report by then.
    """

    def __init__(self, table: Mapping[str, object], place: Place, report: Report, codes: Codes) -> None:
        self._table = table
        self._place = place
        self._report = report
        self._codes = codes
        self.is_sound = True

    def place(self, key: str) -> Place:
        """The place of a key: that of the table, with the key behind the table's name."""
        return replace(self._place, field=f"{self._place.field}.{key}" if self._place.field else key)

    def has(self, key: str) -> bool:
        return key in self._table

    def fault(self, code: str, key: str, /, **values: object) -> None:
        """A fault of the value at `key`."""
        self.is_sound = False
        self._report.add(code, self.place(key), **values)

    def check_keys(self, known: Collection[str], needed: Collection[str]) -> None:
        """Tell of keys that do not exist and of keys that are not there."""
        for key in self._table:
            if key not in known:
                proposal = nearest(key, known)
                self.fault(self._codes.unknown, key, key=key, proposal=proposal, known=", ".join(known))
        for key in needed:
            if key not in self._table:
                self.fault(self._codes.missing, key, key=key)

    def length(self, key: str, least: Um = 0, most: Um = MAX_LENGTH) -> Um | None:
        """A length in µm from `least` to `most`, written as text with its unit."""
        if not self.has(key):
            return None
        return self._length(key, self._table[key], least, most)

    def pair(self, key: str, least: Um = 0, most: Um = MAX_LENGTH) -> tuple[Um, Um] | None:
        """Two lengths in µm, across and down, written as a list."""
        if not self.has(key):
            return None
        value = self._table[key]
        if not isinstance(value, list) or len(value) != 2:
            expected = ("a list of two lengths", "une liste de deux longueurs", '["85 mm", "54 mm"]')
            self._wrong(key, value, *expected)
            return None
        across, down = (self._length(key, part, least, most) for part in value)
        return None if across is None or down is None else (across, down)

    def count(self, key: str) -> int | None:
        """A whole number from 1 to `MAX_COUNT`."""
        if not self.has(key):
            return None
        value = self._table[key]
        if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= MAX_COUNT:
            return value
        numbers = (f"a whole number from 1 to {MAX_COUNT}", f"un nombre entier de 1 à {MAX_COUNT}", f"{key} = 2")
        self._wrong(key, value, *numbers)
        return None

    def flag(self, key: str) -> bool:
        """true or false; false when the key is not there."""
        value = self._table.get(key, False)
        if isinstance(value, bool):
            return value
        self._wrong(key, value, "true or false, without quotes", "true ou false, sans guillemets", f"{key} = true")
        return False

    def text(self, key: str, default: str) -> str:
        """A text that is not blank."""
        value = self._table.get(key, default)
        if isinstance(value, str) and value.strip():
            return value
        self._wrong(key, value, "a text between quotes", "un texte entre guillemets", f'{key} = "{default}"')
        return default

    def raw(self, key: str) -> object:
        """The value as TOML gives it."""
        return self._table.get(key)

    def _length(self, key: str, value: object, least: Um, most: Um) -> Um | None:
        length = parse_any_length(value)
        if length is not None and least <= length <= most:
            return length
        span = f"{to_mm(least):g}", f"{to_mm(most):g}"
        english = f"a length with its unit, from {span[0]} to {span[1]} mm"
        french = f"une longueur avec son unité, de {span[0]} à {span[1]} mm"
        self._wrong(key, value, english, french, '"12.5 mm"')
        return None

    def _wrong(self, key: str, value: object, english: str, french: str, example: str) -> None:
        values = {"expected_en": english, "expected_fr": french, "example": example}
        self.fault(self._codes.wrong, key, value=value, **values)


def parse_any_length(value: object) -> Um | None:
    """Micrometres of a text with its unit; None for anything else."""
    try:
        return parse_length(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):  # OverflowError: hundreds of digits
        return None


def nearest(text: str, known: Collection[str]) -> str:
    """The known word most like `text`; the first one when none is alike."""
    words = list(known)
    return (get_close_matches(text.lower(), words, n=1, cutoff=0.3) or words[:1] or [""])[0]


def english_mm(length: Um) -> str:
    """A length for an English message, without its unit: ``13.55``."""
    whole, rest = divmod(abs(length), UM_PER_MM)
    sign = "-" if length < 0 else ""
    return f"{sign}{whole}.{rest:03}".rstrip("0").rstrip(".")


def french_mm(length: Um) -> str:
    """A length for a French message, without its unit: ``13,55``."""
    return english_mm(length).replace(".", ",")


def both_mm(**lengths: Um) -> dict[str, object]:
    """Lengths in mm as the values of a message in both languages: ``gap`` → ``gap_en``, ``gap_fr``."""
    values: dict[str, object] = {}
    for name, length in lengths.items():
        values[f"{name}_en"] = english_mm(length)
        values[f"{name}_fr"] = french_mm(length)
    return values
