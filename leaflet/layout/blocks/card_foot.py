"""Small print at the foot of a side of a memo card, in rows that no name and no copy-fit moves."""

from leaflet.layout.blocks.card_words import above_letters
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Setter
from leaflet.layout.spans import read_spans
from leaflet.layout.text_marks import Column, Look
from leaflet.markup.parse import Element
from leaflet.units import Um, mm, pt

_AIR = mm(3)  # between two texts of a row
_LEAST_GAP, _MOST_GAP = mm(0.7), mm(1.7)  # between a line and the small print under it
_WIDE = mm(75)  # a low card that is wider has `small-print` of the theme; others need the room for their code
_LOW = mm(37.4)  # a card that is no higher has no more
_OF_ROW, _OF_LINE = mm(8), mm(15.6)  # what each further row of small print and each further line take of it
_ROW_GAP, _MOST_ROW_GAP = mm(0.2), mm(1)  # between two rows; on high labels
_HIGH = mm(60)  # a card that is no higher has the least

Rows = list[list[Element]]


def foot_rows(setter: Setter, foot: list[Element], width: Um) -> Rows:
    """Return what stands below the lines of a card, row by row: two texts share one if they fit."""
    look = setter.look("legal")
    rows: Rows = []
    for child in foot:
        wanted = [setter.spans_width(read_spans(text, look.style.weight), look.style) for text in (foot[0], child)]
        if len(rows) == 1 and len(rows[0]) == 1 and sum(wanted) + _AIR <= width:
            rows[0].append(child)
        else:
            rows.append([child])
    return rows


def foot_height(setter: Setter, rows: Rows, lines: int, width: Um) -> Um:
    """Return the height of rows under so many lines to write on, the gap above them included."""
    if not rows:
        return 0
    height = sum(_row_height(setter, row, width) for row in rows)
    return foot_gap(setter, rows, lines) + height + _row_gap(setter) * (len(rows) - 1)


def foot_gap(setter: Setter, rows: Rows, lines: int) -> Um:
    """Return what is free between the last of so many lines and the rows under it, whatever the name."""
    page = setter.style.theme.page
    more = page.height - _LOW - _OF_ROW * (len(rows) - 1) - _OF_LINE * (lines - 1)
    least = setter.style.space("small-print") if page.width >= _WIDE else _LEAST_GAP
    return max(least, min(least + more, _MOST_GAP))


def _row_gap(setter: Setter) -> Um:
    return max(_ROW_GAP, min(_ROW_GAP + setter.style.theme.page.height - _HIGH, _MOST_ROW_GAP))


def row_top(setter: Setter) -> Um:
    """Return where the letters of the last row of small print begin, from the head of a side."""
    page, style = setter.style.theme.page, setter.look("legal").style
    return page.height - 2 * page.head - style.leading + above_letters(setter, style)


def is_address(text: Element) -> bool:
    """Tell whether a text of small print is an address."""
    return any(child.tag == "a" for child in text.elements)


def place_foot(setter: Setter, builder: Builder, rows: Rows, column: Column) -> Um:
    """Place the rows of small print below the lines of a card, the second text of a row at the right.

    Returns:
        The height.
    """
    y = column.y
    for number, row in enumerate(rows):
        y += _row_gap(setter) if number else 0
        for child in row:
            look = _foot_look(setter, child, column.width)
            is_end = len(row) > 1 and child is row[-1]
            setter.place_text(builder, child, column._replace(y=y), look._replace(align="right") if is_end else look)
        y += _row_height(setter, row, column.width)
    return y - column.y


def _row_height(setter: Setter, row: list[Element], width: Um) -> Um:
    """Return the height of a row, which no copy-fit changes: the lines above it stay where they are."""
    token = setter.style.theme.type["legal"]
    looks = [(child, _foot_look(setter, child, width)) for child in row]
    heights = [(setter.text_height(child, width, look), look.style.leading) for child, look in looks]
    lines = max(height // leading for height, leading in heights)
    return lines * pt(token.size * token.leading)


def _foot_look(setter: Setter, element: Element, width: Um) -> Look:
    """Return small print, as large as lets it stand on one line."""
    look = setter.look("legal")
    return setter.fitted(read_spans(element, look.style.weight), width, look)
