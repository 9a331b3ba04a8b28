"""The words a template may use: what each may contain, which attributes it takes.

HTML's own words where they exist, and words of this trade. `CONTAINERS` shape the page and are handled by
``flow``; everything else is a block, laid out by its function in ``layout/blocks`` (`BLOCK_FUNCTIONS`).
``docs/templates.md`` explains each word; a test holds the two together.
"""

from dataclasses import dataclass, field
from typing import Literal

Content = Literal["flow", "blocks", "inline", "empty"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """One element of the vocabulary.

    Attributes:
        content: what may stand inside: "flow" (containers and blocks), "blocks", "inline" text, nothing.
        only: the sole children allowed, if the content is that strict.
        required, optional: attribute names.
    """

    content: Content
    only: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    attributes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "attributes", self.required | self.optional)


def _word(content: Content, *, only: str = "", required: str = "", optional: str = "") -> Word:
    return Word(
        content=content,
        only=frozenset(only.split()),
        required=frozenset(required.split()),
        optional=frozenset(optional.split()),
    )


CONTAINERS: dict[str, Word] = {
    "leaflet": _word("flow", only="page", required="title"),
    "page": _word("flow"),
    "bottom": _word("flow"),
    "columns": _word("flow", only="main side"),
    "main": _word("flow"),
    "side": _word("flow"),
    "steps": _word("flow", only="step item"),
    "row": _word("flow", only="panel qr"),
}

PARENTS: dict[str, str] = {
    "leaflet": "document",
    "page": "leaflet",
    "bottom": "page",
    "main": "columns",
    "side": "columns",
}
"""Containers that stand in one other only."""
FREE_CONTAINERS = frozenset(CONTAINERS) - frozenset(PARENTS)
MAY_BE_EMPTY = frozenset({"main", "side"})

INLINE: dict[str, Word] = {
    "strong": _word("inline"),
    "a": _word("inline", required="href"),
    "br": _word("empty"),
}

BLOCKS: dict[str, Word] = {
    "h1": _word("inline"),
    "h2": _word("inline"),
    "h3": _word("inline"),
    "h4": _word("inline"),
    "p": _word("inline", optional="class"),
    "ul": _word("blocks", only="li"),
    "ol": _word("blocks", only="li"),
    "li": _word("inline"),
    "banner": _word("blocks", only="p h1 h2 chip img", optional="class"),
    "chip": _word("inline"),
    "img": _word("empty", required="src alt"),
    "addressee": _word("blocks", only="p"),
    "step": _word("blocks", only="h2 h3 h4 p ul dialog mail", required="number"),
    "item": _word("inline", required="number", optional="end tick"),
    "dialog": _word("blocks", only="p", optional="button"),
    "mail": _word("blocks", only="p", required="from"),
    "panel": _word("blocks", only="h2 h3 h4 p ul"),
    "qr": _word("inline", required="href title alt"),
    "calendar": _word("blocks", only="h2 h3 h4 event"),
    "event": _word("inline", required="when"),
    "memo": _word("blocks", only="h2 h3 blank p qr", optional="cut"),
    "blank": _word("empty", required="label"),
    "notice": _word("blocks", only="p"),
    "footer": _word("blocks", only="p"),
}

UNNESTED = frozenset({"banner", "addressee", "step", "item", "panel", "calendar", "memo", "notice", "footer"})
"""Blocks that no other block may contain: each ends at its first closing tag."""
PARAGRAPH_CLASSES = frozenset({"lead", "small", "kicker", "center", "end"})
CLASSES: dict[str, frozenset[str]] = {"p": PARAGRAPH_CLASSES, "banner": frozenset({"cover"})}
"""What the attribute ``class`` of a word may say."""

WORDS: dict[str, Word] = CONTAINERS | INLINE | BLOCKS
TOP_BLOCKS = frozenset(BLOCKS) - {"li", "chip", "img", "dialog", "mail", "event", "blank"}
"""Blocks that may stand directly in a container."""
