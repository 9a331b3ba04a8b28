"""Sides of memo cards and labels: a code, for whom the card is, lines to write on."""

from leaflet.layout.blocks.card_foot import foot_gap, place_foot
from leaflet.layout.blocks.card_plan import Card, arrange_card, code_top, line_gap
from leaflet.layout.blocks.card_words import place_words, with_icon
from leaflet.layout.blocks.cards import find_code, place_symbol
from leaflet.layout.blocks.memos import place_blank
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Setter
from leaflet.layout.text_marks import Column
from leaflet.markup.parse import Element
from leaflet.units import Um


def place_card(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a side of a card, as high as its page: a code at the right, words at the left, lines at the foot.

    Paragraphs of class « end » stand below the lines.
    """
    card, plan = arrange_card(setter, _divide(element), column.width)
    if card.code is not None and plan.symbol is not None:
        left = column.x + column.width - plan.symbol.side + plan.symbol.quiet
        top = column.y + code_top(setter, card.icon) - plan.symbol.quiet
        place_symbol(builder, plan.symbol, left, top, card.code.attributes["alt"])
    y = column.y + plan.top + max(0, plan.lacks)
    place_words(setter, builder, card.words, column._replace(width=plan.words), plan.air, y)
    for line, label in zip(card.lines, plan.labels, strict=True):
        y += line_gap(card.lines) if line is not card.lines[0] else 0
        y += place_blank(setter, builder, line, Column(column.x, y, plan.lines), label, plan.free)
    y += foot_gap(setter, plan.rows, len(card.lines)) if plan.rows else 0
    y += place_foot(setter, builder, plan.rows, Column(column.x, y, plan.foot))
    return y - column.y


def _divide(element: Element) -> Card:
    """Return the parts of a side; its titles get its icon."""
    icon = element.attributes.get("icon", "")
    lines = [child for child in element.elements if child.tag == "blank"]
    foot = [child for child in element.elements if child.attributes.get("class") == "end"]
    words = [with_icon(child, icon) for child in element.elements if child not in lines and child not in foot]
    return Card(icon, find_code(element), words, lines, foot)
