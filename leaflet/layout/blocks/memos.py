"""Places to write on by hand: the memo, which is cut out, and the worksheet. A blank has no value to fill it with."""

from typing import NamedTuple

from leaflet.geometry import Box, Um, mm, pt
from leaflet.layout.blocks.boxes import frame, place_frame, pt_line
from leaflet.layout.blocks.prose import place_heading, place_with_note
from leaflet.layout.blocks.qr_panels import CLEAR_OF_CODE, Symbol, find_code, fit_symbol, place_symbol
from leaflet.layout.blocks.tiles import place_disc
from leaflet.layout.drawings.placing import place_icon
from leaflet.layout.marks import Rule, Shape
from leaflet.layout.piece import Blank, Builder
from leaflet.layout.setter import Column, Setter, widest_name
from leaflet.layout.spans import Span, read_spans
from leaflet.layout.theme import Surface
from leaflet.markup.parse import Element

_DASH = (mm(1.6), mm(1.5))
_CUT_INSET = mm(6)  # where the words « à découper » interrupt the frame
_CUT_GAP = mm(1.6)
_HINT_GAP = mm(3)  # between a label and its hint
_CLEAR = mm(0.6)  # between a blank's box and its writing line, so that a copy's smear stays outside
_SIDE_SHARE = 0.35  # of the width, for code and notes beside the lines
_LARGER = 1.15  # by how much the code of a long address may be larger than others
_CLEAR_OF_LINE = mm(2)  # between a line to write on and the quiet zone of a code under it
_UNDER_TITLE = mm(2)  # at least, between a title and a label under it
_LEAST_BESIDE = 9  # em; notes under lines that are narrower stand above the code
_LEAST_NOTE = 6  # em; a narrower note stands under the code
# Of discs before lines to write on.
_OUTLINED = Surface(fill="paper", line="brand-text", text="brand-text", quiet="mute")
_DISC_GAP = mm(3)
_HOUR_GAP = mm(2)  # between a short line and its words
_LEAST_HOUR = mm(38)  # a shorter line to write an hour on has the whole width


class _MemoCode(NamedTuple):
    element: Element
    symbol: Symbol


def place_memo(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a title, lines to write on and notes; at the right a QR code and what is said of the memo.

    Paragraphs of class « end » stand with the code. A memo that is cut out has a dashed frame, on which scissors and
    words stand.
    """
    if "cut" not in element.attributes:
        return _place_inside(setter, builder, element, column)
    surface, words, look = setter.style.surface("memo"), element.attributes["cut"], setter.look("small")
    pad, side = setter.style.space("pad-memo"), look.style.leading
    top, behind = column.y + side // 2, builder.reserve()
    icon = Box(column.x + _CUT_INSET + _CUT_GAP, column.y, side, side)
    place_icon(setter, builder, "scissors", element.at, icon, surface.text)
    x = icon.right + _CUT_GAP
    label, room = [Span(words, look.style.weight)], Column(x, column.y, column.right - _CUT_INSET - x)
    setter.place_spans(builder, label, element.at, room, look._replace(color=surface.quiet))
    end = x + setter.width(words, look.style) + _CUT_GAP
    inner = column._replace(y=top).inset(pad)
    bottom = inner.y + _place_inside(setter, builder, element, inner) + pad
    outline = Box(column.x, top, column.width, bottom - top)
    shape = Shape(outline, "", surface.line, pt_line(setter), setter.style.space("radius"), _DASH)
    gap = Box(column.x + _CUT_INSET, top - mm(1), end - column.x - _CUT_INSET, mm(2))
    builder.fill(behind, shape, Shape(gap, fill="paper"))
    return bottom - column.y


def _place_inside(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    sides = [child for child in element.elements if _stands_aside(child)]
    lines = [child for child in element.elements if not _stands_aside(child)]
    if not sides:
        return _place_lines(setter, builder, lines, column)
    pad, code = setter.style.space("pad-memo"), _find_memo_code(setter, element)
    gap = max(pad, code.symbol.quiet) if code else pad  # also under the frame, which is a padding above
    code_side = code.symbol.side if code else 0
    is_only_code = code is not None and len(sides) == 1
    side_width = code_side if is_only_code else max(round(column.width * _SIDE_SHARE), code_side)
    text = column._replace(width=column.width - side_width - 2 * gap)
    if text.width < setter.style.space("writing-least"):
        notes = [child for child in lines if child.tag == "p"] if is_only_code else []
        blanks = [child for child in lines if child not in notes]

        def place_notes(builder: Builder, column: Column) -> Um:
            rise = max(gap, code.symbol.quiet + _CLEAR_OF_LINE if code else 0)
            under = column._replace(y=column.y + rise)
            room = column.width - code_side - gap
            if code and notes and room >= pt(_LEAST_BESIDE * setter.style.text("small").size):
                return rise + _place_notes_beside(setter, builder, notes, code, under)
            rise += _place_lines(setter, builder, notes, under)
            return rise + _place_side(setter, builder, sides, code, column._replace(y=column.y + rise))

        most = setter.style.space("memo") - 2 * setter.style.space("pad-memo") - place_notes(Builder(), column)
        height = _place_lines(setter, builder, blanks, column, max(0, most))
        return height + place_notes(builder, column._replace(y=column.y + height))
    right = column.indented(column.width - side_width)._replace(y=column.y + gap - pad)
    height = gap - pad + _place_side(setter, Builder(), sides, code, right)
    height = max(height, _place_lines(setter, builder, lines, text, height))
    _place_side(setter, builder, sides, code, right)
    x = text.right + gap
    color = setter.style.surface("page").line
    builder.artifact(Rule(x, column.y, x, column.y + height, setter.style.space("line"), color))
    return height


def _find_memo_code(setter: Setter, element: Element) -> _MemoCode | None:
    """Return the code of a memo: a little larger than others where its modules would not survive a copy."""
    found = find_code(element)
    if found is None:
        return None
    tokens = setter.style.theme.qr
    symbol = fit_symbol(setter, found, tokens.memo_side + mm(20), tokens.memo_side)
    if symbol.module < tokens.copied:
        modules = symbol.side // symbol.module
        symbol = symbol._replace(module=min(tokens.copied, round(tokens.memo_side * _LARGER) // modules))
    return _MemoCode(found, symbol)


def _place_notes_beside(
    setter: Setter, builder: Builder, notes: list[Element], code: _MemoCode, column: Column
) -> Um:
    """Place notes under lines to write on, and at their right the code with its title.

    Those that are higher than both have the whole width, but for the last of them; so have names of sites that would
    be set smaller there.
    """
    left = column._replace(width=column.width - code.symbol.side - setter.style.space("pad-memo"))
    right = Column(column.right - code.symbol.side + code.symbol.quiet, column.y, code.symbol.side)
    most = _place_code(setter, Builder(), code, right, 0) - column.y
    above, small = 0, setter.style.text("small")
    while len(notes) > 1 and (
        _place_lines(setter, Builder(), notes, left) > most or widest_name(setter, notes[0], small) > left.width
    ):
        above += _place_lines(setter, builder, notes[:1], column._replace(y=column.y + above))
        notes = notes[1:]
    if above:
        above += code.symbol.quiet + _CLEAR_OF_LINE
    text = _place_lines(setter, builder, notes, left._replace(y=column.y + above))
    _place_code(setter, builder, code, right._replace(y=column.y + above), 0)
    return above + max(text, most)


def _stands_aside(child: Element) -> bool:
    return child.tag == "qr" or child.attributes.get("class") == "end"


def _place_lines(setter: Setter, builder: Builder, elements: list[Element], column: Column, height: Um = 0) -> Um:
    """Place title, lines to write on, and hints under them; what is free of a `height` goes above and into the lines.

    A label is farther from the line above it than from its own, which it would else be taken for the caption of.
    """
    surface, space = setter.style.surface("memo"), setter.style.space
    y, before = column.y, ""
    rows = _rows(setter, elements, column.width)
    lines = sum(row[0].tag == "blank" for row in rows)
    needed = _place_lines(setter, Builder(), elements, column) if height and lines else height
    share = max(0, height - needed) // (2 * lines) if lines else 0
    free = min(share, max(0, space("writing-most") - space("writing-gap")))
    for row in rows:
        child, inner = row[0], column._replace(y=y)
        if child.tag == "blank":
            least = space("under-line") if before == "blank" else 0
            if before and before != "blank" and not setter.style.is_tightest:
                least = _UNDER_TITLE
            y += max(0, least - space("label")) + share
            places = _side_by_side(setter, inner._replace(y=y), len(row))
            y += max(place_blank(setter, builder, *blank, free=free) for blank in zip(row, places, strict=True))
        elif child.tag[0] == "h":
            look = setter.look("section", surface.text, balance=True)
            y += place_with_note(setter, builder, child, inner, look, setter.look("section-note", surface.text))
        else:
            y += space("paragraph")
            y += setter.place_text(builder, child, inner._replace(y=y), setter.look("small", surface.quiet))
        before = child.tag
    return y - column.y


def _rows(setter: Setter, elements: list[Element], width: Um) -> list[list[Element]]:
    """Return what stands one under the other: lines without a hint are two a row where both are long enough."""
    has_room = (width - setter.style.theme.page.gutter) // 2 >= setter.style.space("writing-least")
    rows: list[list[Element]] = []
    for child in elements:
        if has_room and rows and len(rows[-1]) == 1 and _is_plain(child) and _is_plain(rows[-1][0]):
            rows[-1].append(child)
        else:
            rows.append([child])
    return rows


def _is_plain(child: Element) -> bool:
    return child.tag == "blank" and not child.elements


def _side_by_side(setter: Setter, column: Column, count: int) -> list[Column]:
    gap = setter.style.theme.page.gutter
    width = (column.width - gap * (count - 1)) // count
    return [column._replace(x=column.x + number * (width + gap), width=width) for number in range(count)]


def place_blank(
    setter: Setter, builder: Builder, element: Element, column: Column, label_width: Um | None = None, free: Um = 0
) -> Um:
    """Place a label, its hint at the right, and under both a line to write on, as long as the column.

    Something may stand beside label and hint: `label_width` is their room if it is not that of the line. Where they
    are too long for it, the label takes its short form, then the hint gets smaller, then it is left out and the
    label is whole. There are `free` µm more to write on than the theme wants. Return the height.
    """
    surface, gap = setter.style.surface("memo"), setter.style.space("writing-gap") + free
    y = column.y + setter.style.space("label")
    width = column.width if label_width is None else label_width
    look, hint = setter.look("label", surface.text), setter.look("hint", surface.quiet, align="right")
    wanted = setter.room_for(element.elements, hint.style, _HINT_GAP, 0, width) if element.elements else 0
    label = _label(setter, element, width - wanted)
    room = width - setter.spans_width(label, look.style)
    is_hinted = bool(element.elements) and wanted * setter.style.theme.type["hint"].floor <= room * hint.style.size
    label = label if is_hinted else _label(setter, element, width)
    height = setter.place_spans(builder, label, element.at, Column(column.x, y, width), look)
    if is_hinted:
        drop = setter.baseline(y, look.style) - setter.baseline(y, hint.style)
        beside = Column(column.x + width - room + _HINT_GAP, y + drop, room - _HINT_GAP)
        setter.place_fitted(builder, element.elements[0], beside, hint)
    y += height
    _place_line(setter, builder, element.attributes["label"], Box(column.x, y, column.width, gap))
    return y + gap - column.y


def blank_height(setter: Setter, element: Element, width: Um) -> Um:
    """Return the height that `place_blank` returns; `width` is the room for its label."""
    label = setter.height(_label(setter, element, width), width, setter.look("label"))
    return setter.style.space("label") + label + setter.style.space("writing-gap")


def label_has_room(setter: Setter, element: Element, width: Um) -> bool:
    """Tell whether each word of a line's label has room."""
    return setter.words_have_room(_label(setter, element, width), width, setter.look("label"))


def _label(setter: Setter, element: Element, room: Um) -> list[Span]:
    """Return the label of a line; a shorter form, if it has one, where there is not enough room."""
    style = setter.style.text("label")
    forms = [element.attributes[key] for key in ("label", "short", "shortest") if key in element.attributes]
    label = next((form for form in forms if setter.width(form, style) <= room), forms[-1])
    return [Span(label, style.weight)]


def place_blank_card(setter: Setter, builder: Builder, element: Element, column: Column, min_height: Um) -> Um:
    """Place a white card with a line to copy an address onto, in the place of a code, `min_height` high or more."""
    surface, space = setter.style.surface("plate"), setter.style.space
    pad, free = space("pad"), space("writing-gap")
    room = column.width - 2 * pad
    title = setter.look("card", surface.text, align="center", balance=True)
    hint = setter.look("small", surface.text, align="center", balance=True)
    label = [Span(element.attributes["label"], title.style.weight)]
    words = [span for child in element.elements for span in read_spans(child, hint.style.weight)]
    above = 2 * pad + setter.height(label, room, title)
    below = setter.height(words, room, hint) + free + pad
    side = max(space("icon"), min(room // 2, min_height - above - below))
    height = max(min_height, above + side + below)
    builder.artifact(frame(setter, surface, column.box(height)))
    text, bottom = column.inset(pad), column.y + height
    setter.place_spans(builder, label, element.at, text, title)
    x, y = column.x + (column.width - side) // 2, column.y + above + (height - above - below - side) // 2
    place_icon(setter, builder, element.attributes.get("icon", "paper"), element.at, Box(x, y, side, side))
    if words:
        setter.place_spans(builder, words, element.at, text._replace(y=bottom - below), hint)
    _place_line(setter, builder, element.attributes["label"], Box(text.x, bottom - pad - free, room, free))
    return height


def _place_line(setter: Setter, builder: Builder, label: str, free: Box) -> None:
    """Place a line at the foot of a box which is never to be printed on."""
    thickness, color = setter.style.space("writing-line"), setter.style.surface("memo").text
    builder.artifact(Rule(free.x, free.bottom, free.right, free.bottom, thickness, color))
    builder.blanks.append(Blank(label, Box(free.x, free.y + _CLEAR, free.width, free.height - 2 * _CLEAR)))


def _place_side(setter: Setter, builder: Builder, sides: list[Element], code: _MemoCode | None, column: Column) -> Um:
    """Place a code with its title under it, and notes beside it, the first one under a lock; or under it.

    An address under the title begins where the code does, and has the whole column: names of sites are not broken.
    """
    notes = [child for child in sides if child.tag == "p"]
    look = setter.look("hint", setter.style.surface("memo").quiet)
    gap, lock = setter.style.space("paragraph"), setter.style.space("lock")
    place, bottom = column, column.y
    if code:
        beside = column.indented(code.symbol.side + gap)
        is_beside = beside.width >= pt(_LEAST_NOTE * look.style.size)
        note = setter.text_height(notes[0], beside.width, look) if notes and is_beside else 0
        bottom = _place_code(setter, builder, code, column, lock + note if note else 0)
        place = beside if is_beside else column._replace(y=bottom + gap)
    for number, child in enumerate(notes):
        if number == 0:
            place_icon(setter, builder, "lock", child.at, Box(place.x, place.y, lock, lock))
            place = place._replace(y=place.y + lock + gap)
        elif number == 1 and code and place.x > column.x:
            place = column._replace(y=max(place.y, bottom) + gap)
        place = place._replace(y=place.y + setter.place_text(builder, child, place, look))
    return max(place.y, bottom) - column.y


def _place_code(setter: Setter, builder: Builder, code: _MemoCode, column: Column, beside: Um) -> Um:
    """Place a code, its title and its address, which is under the `beside` µm of a note; return where they end.

    The quiet zone of the code reaches into the frame's padding; its title is a link.
    """
    element, symbol = code
    side, quiet = symbol.side, symbol.quiet
    place_symbol(builder, symbol, column.x - quiet, column.y - quiet, element.attributes["alt"])
    text = Column(column.x, column.y + side - quiet + CLEAR_OF_CODE, side - quiet)
    look = setter.look("label", setter.style.surface("memo").text)
    title = [Span(element.attributes["title"], look.style.weight, element.attributes["href"])]
    y = text.y + setter.place_spans(builder, title, element.at, text, look)
    if not element.children:
        return y
    y = max(y, column.y + beside)
    return y + setter.place_fitted(builder, element, column._replace(y=y), setter.look("address", look.color))


def place_worksheet(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place lines to copy onto what a notice says: two short ones a row for hours, numbered ones for steps.

    The paper under them is white: a tint turns grey in a copy.
    """
    surface, pad = setter.style.surface("panel"), setter.style.space("pad-memo")
    behind, inner = builder.reserve(), column.inset(pad)
    y = inner.y
    short = [child for child in element.elements if child.tag == "blank" and "unit" in child.attributes]
    numbered = [child for child in element.elements if child.tag == "blank" and child not in short]
    for child in element.elements:
        line = inner._replace(y=y)
        if child.tag[0] == "h":
            y += place_heading(setter, builder, child, line)
        elif child.tag == "p":
            y += setter.place_text(builder, child, line, setter.look("body", surface.quiet))
        elif short and child is short[0]:
            y += _place_hours(setter, builder, short, line)
    if numbered:
        with builder.node("L", numbered=True):
            y += _place_numbered_lines(setter, builder, numbered, inner._replace(y=y))
    return place_frame(setter, builder, behind, surface, column.box(y + pad - column.y))


def _place_hours(setter: Setter, builder: Builder, blanks: list[Element], column: Column) -> Um:
    """Place lines between their labels and units, side by side, or one under the other if they were too short."""
    look = setter.look("body", setter.style.surface("panel").text).bold
    free, gap = setter.style.space("writing-gap"), setter.style.space("item")
    pitch = free + gap
    places = _side_by_side(setter, column, len(blanks))
    labels = [(blank.attributes["label"], blank.attributes["unit"]) for blank in blanks]
    besides = [
        (setter.width(label, look.style) + _HOUR_GAP, setter.width(unit, look.style) + _HOUR_GAP if unit else 0)
        for label, unit in labels
    ]
    is_beside = places[0].width - max(map(sum, besides)) >= _LEAST_HOUR
    if not is_beside:
        places = [column._replace(y=column.y + number * pitch) for number in range(len(blanks))]
    for blank, place, (label, unit), (before, after) in zip(blanks, places, labels, besides, strict=True):
        text = place._replace(y=place.y + pitch - setter.baseline(0, look.style))
        start, end = text.x + before, text.right - after
        setter.place_spans(builder, [Span(label, "bold")], blank.at, text, look)
        _place_line(setter, builder, label, Box(start, place.y + gap, end - start, free))
        if unit:
            setter.place_spans(builder, [Span(unit, "bold")], blank.at, text._replace(x=end + _HOUR_GAP), look)
    return pitch * (1 if is_beside else len(blanks)) + gap


def _place_numbered_lines(setter: Setter, builder: Builder, blanks: list[Element], column: Column) -> Um:
    """Place lines to write on behind their numbers, two a row where both are long enough; return their height.

    The label of a line is what it is for, and is not printed.
    """
    free, above = setter.style.space("writing-gap"), setter.style.space("item")
    diameter = setter.style.space("number")
    indent = diameter + _DISC_GAP
    halves = _side_by_side(setter, column, 2)
    places = halves if halves[0].width - indent >= setter.style.space("writing-least") else [column]
    for number, blank in enumerate(blanks):
        at = places[number % len(places)]
        y = at.y + number // len(places) * (above + free) + above
        with builder.node("LI"):
            disc = Box(at.x, y + free - diameter, diameter, diameter)
            place_disc(setter, builder, str(number + 1), blank.at, disc, _OUTLINED)
        label = f"{blank.attributes['label']} {number + 1}"
        _place_line(setter, builder, label, Box(at.x + indent, y, at.width - indent, free))
    return -(-len(blanks) // len(places)) * (above + free)
