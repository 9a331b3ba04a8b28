"""The tags of a file as plain values: figures, headings, tables.

Depends on the structure of a file alone, so files of one skeleton share one outline. Not here: whether tags and
contents agree (`leaflet.pdf.standards.tags`).
"""

import pikepdf
from msgspec import Struct

from leaflet.pdf.standards.tags import StructElement, StructTree


class Outline(Struct, frozen=True, kw_only=True):
    """A structure tree in short."""

    figures: tuple[tuple[int, int], ...]  # numbers of the objects of figures
    headings: int  # how many there are
    tables: int  # how many tables there are
    bare_tables: int  # how many tables of two rows and more have no header cell


def read_outline(root: pikepdf.Dictionary) -> Outline:
    """Return the outline of a structure tree.

    Raises:
        ValueError, TypeError, KeyError, AttributeError, pikepdf.PdfError: the tree is damaged.
    """
    elements = list(StructTree(root))
    tables = [element for element in elements if element.role == "Table"]
    return Outline(
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
