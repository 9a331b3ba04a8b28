"""Tags in short: blocks in reading order, sections apart."""

from collections.abc import Iterator
from typing import Any

import pikepdf
import pytest

from leaflet.preflight.outline import Outline, read_outline

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


def identifiers(found: Outline) -> list[list[tuple[int, ...]]]:
    return [[tuple(owned[1] for owned in block) for block in blocks] for blocks in found.sections]


def test_a_paragraph_is_read_in_one_go(pdf: pikepdf.Pdf) -> None:
    """With the links and words within it."""
    found = outline(pdf, ("Document", [("H1", [0]), ("P", [1, ("Link", [2]), 3])]))
    assert identifiers(found) == [[(0,), (1, 3, 2)]]
    assert (found.headings, found.tables, found.figures) == (1, 0, ())


def test_sections_are_apart(pdf: pikepdf.Pdf) -> None:
    """What stands between them belongs to what holds them."""
    found = outline(pdf, ("Document", [("P", [0]), ("Sect", [("P", [1]), ("Sect", [("P", [2])])]), ("P", [3])]))
    assert identifiers(found) == [[(0,), (3,)], [(1,)], [(2,)]]


def test_tables_have_headers_or_not(pdf: pikepdf.Pdf) -> None:
    """A table of one row needs none."""
    row, head = ("TR", [("TD", [0])]), ("TR", [("TH", [0])])
    found = outline(pdf, ("Table", [row, row]), ("Table", [head, row]), ("Table", [row]), ("Figure", []))
    assert (found.tables, found.bare_tables, len(found.figures)) == (3, 1, 1)
