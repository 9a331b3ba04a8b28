"""The tags of a file as plain values: what is read in which order, figures, headings, tables.

Depends on the structure of a file alone, so files of one skeleton share one outline. Not here: whether tags and
contents agree (`leaflet.conformance.structure`).
"""

from collections.abc import Iterator

import pikepdf
from msgspec import Struct

from leaflet.conformance.struct_tree import Owned, StructElement, StructTree

_SECTIONS = frozenset({"Part", "Art", "Sect"})
# What holds blocks, besides sections; all else is read in one go, whatever stands within it.
_HOLDERS = frozenset({"StructTreeRoot", "Document", "Div", "L", "LI", "LBody", "Table", "THead", "TBody", "TFoot",
                      "TR", "TOC", "TOCI", "BlockQuote", "Aside", "Index", "NonStruct", *_SECTIONS})  # fmt: skip

Block = tuple[Owned, ...]  # marked contents that are read in one go: page's object, identifier


class Outline(Struct, frozen=True, kw_only=True):
    """A structure tree in short.

    Attributes:
        sections: blocks in reading order, those of each section apart; in which order sections come is the author's.
        figures: numbers of the objects of figures.
        headings: how many there are.
        bare_tables: how many tables of two rows and more have no header cell.
        tables: how many tables there are.
    """

    sections: tuple[tuple[Block, ...], ...]
    figures: tuple[tuple[int, int], ...]
    headings: int
    tables: int
    bare_tables: int


def read_outline(root: pikepdf.Dictionary) -> Outline:
    """Return the outline of a structure tree.

    Raises:
        ValueError, TypeError, KeyError, AttributeError, pikepdf.PdfError: the tree is damaged.
    """
    tree = StructTree(root)
    elements = list(tree)
    tables = [element for element in elements if element.role == "Table"]
    return Outline(
        sections=tuple(tuple(blocks) for blocks in _sections(tree.top)),
        figures=tuple(element.id for element in elements if element.role == "Figure"),
        headings=sum(_is_heading(element.role) for element in elements),
        tables=len(tables),
        bare_tables=sum(map(_is_bare, tables)),
    )


def _is_heading(role: str) -> bool:
    return role in ("H", "Title") or (len(role) == 2 and role[0] == "H" and role[1].isdigit())


def _is_bare(table: StructElement) -> bool:
    roles = [element.role for element in table.walk()]
    return roles.count("TR") > 1 and "TH" not in roles


def _sections(top: StructElement) -> Iterator[list[Block]]:
    """Yield the blocks of each section, those within an inner section not among them."""
    waiting = [top]
    while waiting:
        section = waiting.pop(0)
        inner: list[StructElement] = []
        blocks = [block for block in _blocks(section, inner, section) if block]
        if blocks:
            yield blocks
        waiting = inner + waiting


def _blocks(element: StructElement, inner: list[StructElement], section: StructElement) -> Iterator[Block]:
    if element.role not in _HOLDERS:
        yield tuple(owned for below in element.walk() for owned in below.contents)
        return
    if element.role in _SECTIONS and element is not section:
        inner.append(element)
        return
    yield tuple(element.contents)
    for kid in element.kids:
        yield from _blocks(kid, inner, section)
