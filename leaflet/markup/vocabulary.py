"""The words a template may use: what each may contain, which attributes it takes.

HTML's own words where they exist, and words of this trade. `CONTAINERS` shape the page and are handled by
``flow``; everything else is a block, laid out by its function in ``layout/blocks`` (`BLOCK_FUNCTIONS`).
``docs/templates.md`` explains each word; a test holds the two together.
"""

from collections.abc import Mapping
from typing import Literal, NamedTuple

Content = Literal["flow", "blocks", "inline", "empty"]


class Word(NamedTuple):
    """One element of the vocabulary."""

    content: Content  # what may stand inside: "flow" (containers and blocks), "blocks", "inline" text, nothing
    only: frozenset[str]  # the sole children allowed, if the content is that strict
    required: frozenset[str]  # names of attributes
    optional: frozenset[str]

    @property
    def attributes(self) -> frozenset[str]:
        """The names of all its attributes."""
        return self.required | self.optional


def _word(content: Content, *, only: str = "", required: str = "", optional: str = "") -> Word:
    return Word(content, *(frozenset(names.split()) for names in (only, required, optional)))


SPARE, PAGES = "spare", "pages"
SPARE_LEVELS = frozenset({"1", "2", "3", "4"})
"""The levels at which words are left out where room is short: those of level 1 go first."""
PAGES_VALUES = frozenset({"fixed", "flow"})
INSTEAD = "instead"
"""The attribute of what stands in the place of words that are left out at the same level."""
TITLES, TITLE_BREAK = "titles", "\n"
"""The attribute in which the program gives `tiles` the headings and messages of its tiles; what parts two tiles."""
_SCENE_WORDS = "address sender login name"  # what a picture of a screen may be handed in


def _block(content: Content, *, only: str = "", required: str = "", optional: str = "") -> Word:
    """Return a word that can be left out, with all that is in it: where room is short, or by how pages are made."""
    return _word(content, only=only, required=required, optional=f"{optional} {SPARE} {INSTEAD} {PAGES}")


CONTAINERS: dict[str, Word] = {
    "leaflet": _word("flow", only="page", required="title"),
    "page": _word("flow"),
    "bottom": _word("flow"),
    "turned": _word("flow"),
    "columns": _word("flow", only="main side"),
    "main": _word("flow"),
    "side": _word("flow"),
    "steps": _word("flow", only="item"),
    "tiles": _word("flow", only="tile"),
    "trouble": _word("flow", only="case"),
    "row": _word("flow", only="panel qr"),
}

PARENTS: dict[str, str] = {
    "leaflet": "document",
    "page": "leaflet",
    "bottom": "page",
    "turned": "page",
    "main": "columns",
    "side": "columns",
}
"""Containers that stand in one other only."""
MAY_BE_EMPTY = frozenset({"main", "side", "qr", "blank"})

INLINE: dict[str, Word] = {
    "strong": _word("inline"),
    "small": _block("inline"),
    "a": _word("inline", required="href"),
    "code": _word("inline"),
    "br": _word("empty"),
}

BLOCKS: dict[str, Word] = {
    "h1": _block("inline", optional="class"),
    "h2": _block("inline"),
    "h3": _block("inline"),
    "h4": _block("inline"),
    "again": _block("inline"),
    "p": _block("inline", optional="class icon"),
    "ul": _block("blocks", only="li"),
    "ol": _block("blocks", only="li"),
    "li": _block("inline"),
    "hr": _block("empty", optional="class"),
    "fold": _block("empty"),
    "figure": _block("inline", required="scene alt", optional=_SCENE_WORDS),
    "hero": _block("blocks", only="p h1 h2 dates img qr blank keys", optional="class"),
    "dates": _block("blocks", only="leaf"),
    "leaf": _block("inline", required="weekday day month"),
    "img": _block("empty", required="src alt"),
    "strip": _block("inline"),
    "keys": _block("blocks", only="key"),
    "key": _block("inline", required="icon"),
    "plates": _block("blocks", only="plate"),
    "plate": _block("inline", optional="icon mark"),
    "tile": _block("blocks", only="h2 h3 h4 p dialog mail", optional="number scene icon alt mark " + _SCENE_WORDS),
    "item": _block("inline", optional="number title end tick"),
    "count": _block("inline", required="number"),
    "dialog": _block("blocks", only="p", optional="button"),
    "mail": _block("blocks", only="p", required="from"),
    "screen": _block("blocks", only="part qr", required="scene alt", optional=_SCENE_WORDS),
    "part": _block("blocks", only="h3 h4 p", required="name"),
    "case": _block("blocks", only="h2 h3 h4 p", required="icon", optional="class"),
    "safety": _block("blocks", only="p site"),
    "site": _block("inline", optional="tag fake"),
    "message": _block("blocks", only="img h2 h3 h4 p"),
    "address": _block("inline", required="title", optional="short"),
    "panel": _block("blocks", only="h2 h3 h4 p ul"),
    "qr": _block("inline", required="href title alt", optional="class icon"),
    "worksheet": _block("blocks", only="h2 h3 p blank"),
    "memo": _block("blocks", only="h2 h3 blank p qr", optional="cut"),
    "card": _block("blocks", only="h1 h2 h3 hr p qr blank", optional="icon"),
    "blank": _block("blocks", only="hint", required="label", optional="short shortest icon unit"),
    "hint": _block("inline"),
    "notice": _block("blocks", only="p"),
    "footer": _block("blocks", only="p"),
}

UNNESTED = frozenset(BLOCKS).difference(*(word.only for word in BLOCKS.values()))
"""Blocks that no other block may contain: each ends at its first closing tag."""
SHEET_WIDE = frozenset({"hero", "strip", "fold"})
"""Blocks as wide as the sheet, margins included."""
PARAGRAPH_CLASSES = frozenset({"lead", "small", "kicker", "center", "end", "name", "mail", "legal"})
CLASSES: dict[str, frozenset[str]] = {
    "p": PARAGRAPH_CLASSES,
    "hero": frozenset({"light", "plain", "folded"}),
    "h1": frozenset({"spread"}),
    "hr": frozenset({"strong"}),
    "qr": frozenset({"beside", "plain", "wide"}),
    "case": frozenset({"line"}),
}
"""What the attribute ``class`` of a word may say."""

WORDS: dict[str, Word] = CONTAINERS | INLINE | BLOCKS
TOP_BLOCKS = frozenset(BLOCKS) - frozenset(
    ["li", "dates", "leaf", "img", "key", "plate", "dialog", "mail", "part", "site", "blank", "hint"]
)
"""Blocks that may stand directly in a container."""


def stands(attributes: Mapping[str, str], spare: int, pages: str) -> bool:
    """Tell whether words are printed, whose `SPARE`, `INSTEAD` and `PAGES` say when they are left out.

    `spare` is the level up to which words are left out, 0 for none; `pages` is how the theme makes pages.
    """
    is_left = int(attributes.get(INSTEAD, spare)) <= spare < int(attributes.get(SPARE, spare + 1))
    return is_left and attributes.get(PAGES, pages) == pages
