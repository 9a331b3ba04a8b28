"""The functions that lay blocks out: one for each block that may stand in a container.

To add a block: a row in ``markup/vocabulary.py``, a function here, an entry in `BLOCK_FUNCTIONS`, a paragraph
in ``docs/templates.md``.
"""

from collections.abc import Callable
from functools import partial

from leaflet.faults import fail
from leaflet.geometry import Um
from leaflet.layout.blocks import boxes, heroes, memo_cards, memos, prose, qr_panels, rows, safety, tiles
from leaflet.layout.blocks.tiles import TileRow
from leaflet.layout.piece import Builder, Piece
from leaflet.layout.setter import Column, Setter
from leaflet.markup.parse import Element, place_of
from leaflet.text import letters_around

_PRINTED = (  # the attributes a reader sees
    "address button code cut day end from label login month name number sender short shortest tag title unit weekday"
)
BLOCK_FUNCTIONS: dict[str, Callable[[Setter, Builder, Element, Column], Um]] = {
    **dict.fromkeys(("h1", "h2", "h3", "h4", "again"), prose.place_heading),
    "p": prose.place_paragraph,
    **dict.fromkeys(("ul", "ol"), prose.place_list),
    "hr": prose.place_rule,
    "figure": tiles.place_figure,
    "hero": heroes.place_hero,
    "strip": heroes.place_strip,
    "keys": rows.place_keys,
    "plates": rows.place_plates,
    "tile": tiles.place_tile,
    "case": tiles.place_case,
    "item": rows.place_item,
    "count": rows.place_count,
    "screen": tiles.place_screen,
    "safety": safety.place_safety,
    "address": boxes.place_address,
    "message": heroes.place_publisher_message,
    **dict.fromkeys(("panel", "event"), boxes.place_panel),
    "notice": boxes.place_notice,
    "qr": qr_panels.place_qr,
    "worksheet": memos.place_worksheet,
    "memo": memos.place_memo,
    "card": memo_cards.place_card,
    "fold": heroes.place_fold,
    "footer": boxes.place_footer,
}


def lay_block(
    setter: Setter, element: Element, width: Um, *, row: TileRow | None = None, covered: bool = False
) -> Piece:
    """Lay one block out in a width; `covered` tells that all its characters are known to have glyphs."""
    if not covered:
        _check_glyphs(setter, element)
    element = element.kept(setter.style.spare, setter.style.theme.page.pages)
    builder = Builder()
    place = partial(tiles.place_tile, row=row) if row else BLOCK_FUNCTIONS[element.tag]
    return builder.piece(element.tag, element.at, width, place(setter, builder, element, Column(0, 0, width)))


def _check_glyphs(setter: Setter, element: Element) -> None:
    """Check that every character that will be printed has a glyph, before anything is measured."""
    for part in element.walk():
        shown = [child for child in part.children if isinstance(child, str)]
        shown += [part.attributes[name] for name in _PRINTED.split() if name in part.attributes]
        for text in shown:
            if missing := setter.book.missing(text):
                near, font = letters_around(text, missing[0]), setter.book.family
                raise fail("G101", place_of(part.at), characters=missing, text=near, font=font)
