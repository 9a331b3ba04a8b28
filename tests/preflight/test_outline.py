"""Tags in short: headings, tables with headers and without, figures."""

from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from leaflet.preflight.rules.check_accessibility import Outline, read_outline

Tree = tuple[str, list[Any]]


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    """A file with a page, which lives as long as a test."""
    with pikepdf.new() as made:
        made.add_blank_page()
        yield made


def outline(pdf: pikepdf.Pdf, *kids: Tree) -> Outline:
    """The outline of a tree, each element as its role and its kids; numbers are marked contents."""
    root = pdf.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.StructTreeRoot))
    root.K = pikepdf.Array([_element(pdf, kid, root) for kid in kids])
    return read_outline(root)


def _element(pdf: pikepdf.Pdf, tree: Any, parent: pikepdf.Dictionary) -> Any:
    if isinstance(tree, int):
        return tree
    role, kids = tree
    made = pikepdf.Dictionary(S=pikepdf.Name(f"/{role}"), P=parent, Pg=pdf.pages[0].obj)
    element = pdf.make_indirect(made)
    element.K = pikepdf.Array([_element(pdf, kid, element) for kid in kids])
    return element


def test_headings_are_counted(pdf: pikepdf.Pdf) -> None:
    found = outline(pdf, ("Document", [("H1", [0]), ("Sect", [("P", [1]), ("Sect", [("H2", [2])])])]))
    assert (found.headings, found.tables, found.figures) == (2, 0, ())


def test_tables_have_headers_or_not(pdf: pikepdf.Pdf) -> None:
    """A table of one row needs none."""
    row, head = ("TR", [("TD", [0])]), ("TR", [("TH", [0])])
    found = outline(pdf, ("Table", [row, row]), ("Table", [head, row]), ("Table", [row]), ("Figure", []))
    assert (found.tables, found.bare_tables, len(found.figures)) == (3, 1, 1)
