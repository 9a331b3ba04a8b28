"""Say the program's own texts, which stand in both languages in ``assets/<who says them>/words.toml``.

Numbers have the format of the language. A text is parsed when it is first said: parsing all would be waited for.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct

from leaflet.faults import LANGUAGES, Lang
from leaflet.program import assets, own_table, split_tables

NO_HINT = {"hint_en": "", "hint_fr": ""}  # of a message that may have one
_NARROW = "\u202f"
_UNITS: dict[Lang, tuple[str, ...]] = {"en": ("bytes", "kB", "MB", "GB"), "fr": ("octets", "ko", "Mo", "Go")}


class Texts(Mapping[str, str | tuple[str, ...]]):
    """The texts of one language by key, as they are written in the text of each of some tables."""

    def __init__(self, tables: Mapping[str, str], lang: Lang) -> None:
        self._tables, self._lang = tables, lang
        self._parsed: dict[str, str | tuple[str, ...]] = {}

    def __getitem__(self, key: str) -> str | tuple[str, ...]:
        if key not in self._parsed:
            (table,) = tomllib.loads(self._tables[key]).values()
            text = table[self._lang]
            self._parsed[key] = text if isinstance(text, str) else tuple(text)
        return self._parsed[key]

    def __contains__(self, key: object) -> bool:
        return key in self._tables

    def __iter__(self) -> Iterator[str]:
        return iter(self._tables)

    def __len__(self) -> int:
        return len(self._tables)


class Words(Struct, frozen=True, kw_only=True):
    """The texts of one language by key.

    A text with a number `n` is a pair of singular and plural, or three texts: for none, for one, for several.
    """

    lang: Lang
    texts: Mapping[str, str | tuple[str, ...]]

    def say(self, key: str, /, **values: object) -> str:
        """Return a text with its placeholders filled; numbers in the format of the language.

        Raises:
            KeyError: there is no such text, or a value for it is missing.
        """
        text = self.texts[key]
        if isinstance(text, tuple):
            number, is_french = values["n"], self.lang == "fr"
            is_one = number == 1 or (is_french and number == 0)
            text = text[0] if number == 0 and len(text) > 2 else text[-2 if is_one else -1]
        shown = {name: self.number(value) if type(value) is int else value for name, value in values.items()}
        return text.format_map(shown)

    def text(self, key: str, otherwise: str = "") -> str:
        """Return a text without placeholders, or another one if there is none."""
        return str(self.texts.get(key, otherwise))

    def number(self, value: int) -> str:
        """Format a number: « 5 000 », “5,000”."""
        return f"{value:,}".replace(",", _NARROW if self.lang == "fr" else ",")

    def size(self, count: int) -> str:
        """Format a number of bytes in the unit that keeps it short: « 1,4 Mo »."""
        value, step = float(count), 0
        while value >= 1000 and step < len(_UNITS[self.lang]) - 1:
            value, step = value / 1000, step + 1
        text = f"{value:.1f}" if step and value < 100 else f"{value:.0f}"
        return f"{text.replace('.', ',') if self.lang == 'fr' else text}\u00a0{_UNITS[self.lang][step]}"


@cache
def load_words(place: str, lang: Lang, file: str = "words.toml") -> Words:
    """Load the texts of a page, a room or the command line in one language; `place` is a folder of ``assets``."""
    return Words(lang=lang, texts=Texts(split_tables((assets() / place / file,)), lang))


def say_part(key: str, lang: Lang, /, **values: str) -> str:
    """Return a part of a message of faults, or what is said of a column."""
    return load_words("parts", lang).say(key, **values)


def in_both(name: str, key: str, /, **values: str) -> dict[str, str]:
    """Return a part of a message as values of a fault, such as ``what_en`` and ``what_fr``."""
    return {f"{name}_{lang}": say_part(key, lang, **values) for lang in LANGUAGES}


@cache
def synonyms(table: str) -> dict[str, str]:
    """Return what people write, without accents, in place of the names of a table of ``assets/synonyms.toml``."""
    tables = own_table("synonyms.toml")
    return {word: name for name, words in tables[table].items() for word in words.split()}
