"""The words a template may use: what each may contain, which attributes it takes; see ``assets/vocabulary.toml``.

`CONTAINERS` shape the page and are handled by ``flow``; everything else is a block, laid out by its function in
``layout/blocks`` (`BLOCK_FUNCTIONS`). ``docs/templates.md`` explains each word; a test holds the two together.
"""

from collections.abc import Mapping
from typing import Any, Literal, NamedTuple

from leaflet.program import own_table

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


SPARE, PAGES = "spare", "pages"
INSTEAD = "instead"
"""The attribute of what stands in the place of words that are left out at the same level."""
_LEVELS = frozenset({"1", "2", "3", "4"})
"""The levels at which words are left out where room is short: those of level 1 go first."""
VALUES = {PAGES: frozenset({"fixed", "flow"}), SPARE: _LEVELS, INSTEAD: _LEVELS}
TITLES, TITLE_BREAK = "titles", "\n"
"""The attribute in which the program gives `tiles` the headings and messages of its tiles; what parts two tiles."""


def _names(row: Mapping[str, Any], key: str) -> frozenset[str]:
    return frozenset(row.get(key, "").split())


def _read_word(kind: str, name: str, row: Mapping[str, Any]) -> Word:
    """Return a word; a block is left out with all that is in it, where room is short or by how pages are made."""
    optional = _names(row, "optional") | ({"class"} if "class" in row else set())
    if kind == "blocks" or name == "small":
        optional |= {SPARE, INSTEAD, PAGES}
    return Word(row["holds"], _names(row, "only"), _names(row, "required"), optional)


_KINDS: dict[str, dict[str, dict[str, Any]]] = own_table("vocabulary.toml")
CONTAINERS, INLINE, BLOCKS = (
    {name: _read_word(kind, name, row) for name, row in _KINDS[kind].items()}
    for kind in ("containers", "inline", "blocks")
)
WORDS: dict[str, Word] = CONTAINERS | INLINE | BLOCKS
_ROWS = {name: row for rows in _KINDS.values() for name, row in rows.items()}
PARENTS: dict[str, str] = {name: row["in"] for name, row in _ROWS.items() if "in" in row}
"""Containers that stand in one other only."""
CLASSES = {name: _names(row, "class") for name, row in _ROWS.items() if "class" in row}
"""Name the values that the attribute ``class`` of a word may have."""
MAY_BE_EMPTY = frozenset({"main", "side", "qr", "blank"})
UNNESTED = frozenset(BLOCKS).difference(*(word.only for word in BLOCKS.values()))
"""Blocks that no other block may contain: each ends at its first closing tag."""
SHEET_WIDE = frozenset({"hero", "strip", "fold"})
"""Blocks as wide as the sheet, margins included."""
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
