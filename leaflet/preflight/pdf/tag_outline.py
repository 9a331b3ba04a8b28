"""The tags of a file as plain values: figures, headings, tables.

They depend on the structure of a file alone, so files of one skeleton share one outline.
"""

import re

import pikepdf
from msgspec import Struct

from leaflet.pdf.standards.tags import StructTree


class Outline(Struct, frozen=True, kw_only=True):
    """A structure tree in short."""

    figures: tuple[tuple[int, int], ...]  # numbers of the objects of figures
    headings: int  # how many there are
    tables: int  # how many tables there are
    bare_tables: int  # how many tables of two rows and more have no header cell


def read_outline(root: pikepdf.Dictionary) -> Outline:
    """Return the outline of a structure tree."""
    elements = list(StructTree(root))
    tables = [[inner.role for inner in one.walk()] for one in elements if one.role == "Table"]
    headings = [one for one in elements if one.role in ("H", "Title") or re.fullmatch(r"H\d", one.role)]
    return Outline(
        figures=tuple(element.id for element in elements if element.role == "Figure"),
        headings=len(headings),
        tables=len(tables),
        bare_tables=sum(roles.count("TR") > 1 and "TH" not in roles for roles in tables),
    )
