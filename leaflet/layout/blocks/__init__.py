"""The functions that lay blocks out: one for each block that may stand in a container.

To add a block: a row in ``markup/vocabulary.py``, a function here, an entry in `BLOCK_FUNCTIONS`, a paragraph
in ``docs/templates.md``.
"""

from collections.abc import Callable

from leaflet.faults import fail
from leaflet.layout.blocks import boxes, cards, heads, memos, prose, steps
from leaflet.layout.piece import Builder, Piece
from leaflet.layout.setter import Column, Setter
from leaflet.markup.parse import Element, place_of
from leaflet.units import Um

_PRINTED = ("button", "cut", "end", "from", "label", "number", "title", "when")  # attributes a reader sees
BlockFunction = Callable[[Setter, Builder, Element, Column], Um]

BLOCK_FUNCTIONS: dict[str, BlockFunction] = {
    "h1": prose.place_heading,
    "h2": prose.place_heading,
    "h3": prose.place_heading,
    "h4": prose.place_heading,
    "p": prose.place_paragraph,
    "ul": prose.place_list,
    "ol": prose.place_list,
    "banner": heads.place_banner,
    "addressee": heads.place_addressee,
    "footer": heads.place_footer,
    "step": steps.place_step,
    "item": steps.place_item,
    "panel": boxes.place_panel,
    "notice": boxes.place_notice,
    "qr": cards.place_qr,
    "calendar": cards.place_calendar,
    "memo": memos.place_memo,
}


def lay_block(setter: Setter, element: Element, width: Um, *, covered: bool = False) -> Piece:
    """Lay one block out in a width of µm.

    Args:
        setter: sets its text.
        element: the block.
        width: of the piece, µm.
        covered: whether all its characters are known to have glyphs.

    Raises:
        RenderError: a missing glyph, a word or a QR code that does not fit the width.
    """
    if not covered:
        _check_glyphs(setter, element)
    builder = Builder()
    height = BLOCK_FUNCTIONS[element.tag](setter, builder, element, Column(0, 0, width))
    return builder.piece(element.tag, element.at, width, height)


def _check_glyphs(setter: Setter, element: Element) -> None:
    """Check that every character that will be printed has a glyph, before anything is measured."""
    for part in element.walk():
        shown = [child for child in part.children if isinstance(child, str)]
        shown += [part.attributes[name] for name in _PRINTED if name in part.attributes]
        for text in shown:
            if missing := setter.book.missing(text):
                names = ", ".join(f"« {c} » (U+{ord(c):04X})" for c in missing)
                font = setter.book.family
                raise fail("G101", place_of(part.at), characters=names, text=text, font=font)


def stretch(piece: Piece, height: Um) -> Piece:
    """Return a panel with a frame as high as its neighbour's."""
    return boxes.stretch_frame(piece, height)
