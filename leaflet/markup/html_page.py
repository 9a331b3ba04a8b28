"""Fill the HTML pages that the program writes: every value is escaped, a name that nobody gave is an error.

Their words stand in both languages in ``assets/<page>/words.toml``; numbers and dates have the language's format.
"""

import re
import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from msgspec import Struct

from leaflet.campaign import french_dates
from leaflet.faults import Lang
from leaflet.program import assets


def render_html(path: Path, filters: Mapping[str, Callable[..., object]], values: Mapping[str, Any]) -> str:
    """Return the text of a page.

    Args:
        path: its template; what that includes is beside it.
        filters: what it may call, by name.
        values: what it is filled with.
    """
    environment = Environment(
        loader=FileSystemLoader(path.parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(filters)
    return environment.get_template(path.name).render(values)


_NARROW = "\u202f"
_CLOCK = re.compile(r"(\d{1,2}):(\d{2})")
_UNITS: dict[Lang, tuple[str, ...]] = {"en": ("bytes", "kB", "MB", "GB"), "fr": ("octets", "ko", "Mo", "Go")}


class Words(Struct, frozen=True, kw_only=True):
    """The texts of one language by key.

    A text with a number is a pair of singular and plural, or three texts: for none, for one, for several.
    """

    lang: Lang
    texts: Mapping[str, str | tuple[str, ...]]

    def say(self, key: str, /, **values: object) -> str:
        """Return a text with its placeholders filled; numbers in the format of the language.

        Args:
            key: of the text.
            **values: for the placeholders; `n` chooses the form.

        Raises:
            KeyError: there is no such text, or a value for it is missing.
        """
        text = self.texts[key]
        if isinstance(text, tuple):
            text = self._form(text, values["n"])
        return text.format_map({name: self._shown(value) for name, value in values.items()})

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

    def day(self, when: date) -> str:
        """Format a date: « jeudi 29 novembre 2018 », “Thursday 29 November 2018”."""
        if self.lang == "fr":
            return french_dates.day_year(when)
        return f"{when:%A} {when.day}\u00a0{when:%B} {when.year}"

    def _form(self, forms: tuple[str, ...], number: object) -> str:
        if number == 0 and len(forms) > 2:
            return forms[0]
        is_one = number == 1 or (self.lang == "fr" and number == 0)
        return forms[-2] if is_one else forms[-1]

    def _shown(self, value: object) -> object:
        return self.number(value) if type(value) is int else value


def format_hour(clock: str, lang: Lang) -> str:
    """Return a time of day such as ``17:00`` as one says it: « 17 h », « 17 h 30 »; any other text as it is."""
    found = _CLOCK.fullmatch(clock)
    return f"{int(found[1])}\u00a0h\u00a0{found[2]}".removesuffix("\u00a000") if found and lang == "fr" else clock


def load_words(page: str, lang: Lang) -> Words:
    """Load the texts of a page in one language.

    Args:
        page: the folder of the page below ``assets``.
        lang: the language.
    """
    table: dict[str, dict[str, Any]] = tomllib.loads((assets() / page / "words.toml").read_text("utf-8"))
    texts = {key: text[lang] for key, text in table.items()}
    return Words(
        lang=lang, texts={key: text if isinstance(text, str) else tuple(text) for key, text in texts.items()}
    )
