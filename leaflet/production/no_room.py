"""Say why a record has no room on its pages: what of it is too long, and how large a card would have to be.

What is too long is found by trying: pages are laid out again with one part of the record after the other in short.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from leaflet.faults import LANGUAGES, Fault, Place, fail
from leaflet.files.words import in_both
from leaflet.geometry import Um, mm
from leaflet.imposition.impose import name_nearest
from leaflet.imposition.stock import Stock, size_values
from leaflet.layout.theme import Theme
from leaflet.program import own_table
from leaflet.text import value_at

TOO_SMALL = frozenset({"F101", "F102", "F103"})
"""Faults that a larger card cures."""
_STEP = mm(1)
_SHORT, _SHORT_ADDRESS, _FEW = "–", "https://gouv.fr/", 3
Cause = Mapping[str, str]
"""What is too long, and what helps, as values of a message."""

_PARTS: dict[str, dict[str, list[str]]] = own_table("too_long.toml")


def find_cause(values: Mapping[str, Any], holds: Callable[[Mapping[str, Any]], bool], *, own: bool) -> Cause | None:
    """Return what of a record is too long for its pages; None if it is not one part alone.

    Look at its `own` values, which differ from record to record, or at what the records of an area share.
    """
    for part, texts in _PARTS["own" if own else "shared"].items():
        read = {text: value_at(values, text) for text in texts}
        found = {text: read[text] for text in read if isinstance(read[text], str | list)}  # others are blank
        shorter = values
        for text, value in found.items():
            shorter = _replaced(shorter, text.split("."), _shortened(value))
        if found and holds(shorter):
            first = next(iter(found.values()))
            is_told = isinstance(first, str) and part != "person"
            told = f" ({first.removeprefix('https://').removesuffix('/')})" if is_told else ""
            return {**in_both("why", f"long_{part}", told=told), **in_both("hint", f"shorten_{part}")}
    return None


def _shortened(value: Any) -> Any:
    """Return another text in the place of a long one; of steps the first few, with short texts."""
    if isinstance(value, list):
        return [{**step, "text": _SHORT} if "text" in step else step for step in value[:_FEW]]
    return _SHORT_ADDRESS if value.startswith("https://") else _SHORT


def _replaced(values: Mapping[str, Any], keys: Sequence[str], value: object) -> dict[str, Any]:
    """Return what a template sees with another value behind some keys."""
    key, *others = keys
    return {**values, key: _replaced(values[key], others, value) if others else value}


def find_least_size(theme: Theme, holds: Callable[[Theme], bool]) -> tuple[Um, Um] | None:
    """Return the least size of a card that holds a record; None if not even the largest does, or if it is no card.

    A higher card is looked for before a wider one. Sizes are the card's own, plus whole millimetres.
    """
    page = theme.page
    if page.most is None:
        return None
    widths = range(page.width, page.most[0] + 1, _STEP)
    heights = range(page.height, page.most[1] + 1, _STEP)
    if not widths or not heights or not holds(theme.resized(widths[-1], heights[-1])):
        return None
    width = widths[bisect_left(widths, True, key=lambda width: holds(theme.resized(width, heights[-1])))]
    height = heights[bisect_left(heights, True, key=lambda height: holds(theme.resized(width, height)))]
    return width, height


def too_small_card(
    least: tuple[Um, Um], cause: Cause | None, theme: Theme, pages: int, stocks: Iterable[Stock], place: Place
) -> list[Fault]:
    """Return the fault of a card that is too small: the size it needs, which sheets have such cards, what is long."""
    sizes = {**size_values("found", theme.page.width, theme.page.height), **size_values("needed", *least)}
    larger = [stock for stock in stocks if stock.width >= least[0] and stock.height >= least[1]]
    takes = {"en": " What takes the room: {}. {}", "fr": " Ce qui prend la place\u00a0: {}. {}"}
    hints = {
        f"hint_{lang}": takes[lang].format(cause[f"why_{lang}"], cause[f"hint_{lang}"]) if cause else ""
        for lang in LANGUAGES
    }
    return fail("P113", place, **sizes, **hints, **name_nearest(larger, theme, pages, least)).faults
