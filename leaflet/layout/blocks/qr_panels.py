"""Cards with a QR code: its title, its address, one under the other or side by side."""

from typing import NamedTuple

from msgspec.structs import replace

from leaflet.faults import fail
from leaflet.geometry import Box, Um, mm, pt, to_mm
from leaflet.layout.blocks.boxes import frame, place_frame
from leaflet.layout.drawings.placing import figure, place_icon
from leaflet.layout.marks import Modules
from leaflet.layout.piece import Builder, Code
from leaflet.layout.qr_matrix import LARGEST, LEVELS, QUIET_ZONE, Matrix, TooLong, make_matrix
from leaflet.layout.setter import Column, Look, Setter, widest_name
from leaflet.layout.spans import Span, read_spans, split_lines
from leaflet.layout.theme import Surface, TextStyle
from leaflet.markup.parse import Element, place_of

_WIDE = mm(100)  # a card at least this wide sets its address beside the code
_BESIDE = 14  # em; text beside a code in a frame has lines at least this long, about 28 characters, else it is below
_BESIDE_PLAIN = 8  # the same beside a code without a frame
_BESIDE_GAP = mm(4)
_LEAST_ON_ONE_LINE = 0.75  # of its size: an address beside a code that would be smaller stands on several lines
_ADDRESS_INSET = 0.05  # of the width of a card: so much more than other words its address keeps from the edges
_PLATE_INSET = mm(1.2)  # keeps the quiet zone clear of a plate's round corners
_SMALLEST = 37  # modules across a code of version 3, its quiet zone included
_GROUND_INSET, _CORNER_INSET = mm(2.2), mm(0.9)  # around a code on a ground, its plate with it; around it, its plate
CLEAR_OF_CODE = mm(0.4)  # between a quiet zone and text above and below it, whose letters reach out of their lines


class Symbol(NamedTuple):
    """A QR code as it is printed: its matrix, and the side of a module, µm."""

    matrix: Matrix
    module: Um

    @property
    def quiet(self) -> Um:
        """The width of its quiet zone."""
        return QUIET_ZONE * self.module

    @property
    def side(self) -> Um:
        """Its side with the quiet zone."""
        return (self.matrix.size + 2 * QUIET_ZONE) * self.module


def find_code(element: Element) -> Element | None:
    """Return the code in a block, which may have one; None if it has none."""
    codes = [child for child in element.elements if child.tag == "qr"]
    if len(codes) > 1:
        raise fail("M111", place_of(codes[1].at), element=element.tag)
    return codes[0] if codes else None


def fit_symbol(setter: Setter, element: Element, room: Um, side: Um, quiet: int = QUIET_ZONE) -> Symbol:
    """Return the symbol for the address of an element.

    With its quiet zone of `quiet` modules it is as large as `side`, or as the `room` if that is smaller. It corrects
    as many errors as the theme wants, unless its modules would be too small for a copy: then larger modules survive
    more. Modules under the theme's floor are a fault.
    """
    tokens, href = setter.style.theme.qr, element.attributes["href"]
    found: Symbol | None = None
    for level in LEVELS[LEVELS.index(tokens.level) :]:
        try:
            matrix = make_matrix(href, level)
        except TooLong:
            continue
        module = min(side, room) // (matrix.size + 2 * quiet)
        if found is None or module > found.module:
            found = Symbol(matrix, module)
        if module >= tokens.copied:
            break
    if found is not None and found.module < tokens.module_floor:  # rather larger than meant than not to be read
        found = Symbol(found.matrix, min(tokens.module_floor, room // (found.matrix.size + 2 * quiet)))
    if found is None or found.module < tokens.module_floor:
        missing = to_mm(((found.matrix.size if found else LARGEST) + 2 * quiet) * tokens.module_floor - room)
        raise fail("F103", place_of(element.at), href=href, missing_mm=f"{missing:.1f}")
    return found


def place_symbol(builder: Builder, symbol: Symbol, x: Um, y: Um, alt: str) -> None:
    """Draw a symbol; the corner of its quiet zone is at `x` and `y`."""
    quiet, side = symbol.quiet, symbol.side
    inner = Box(x + quiet, y + quiet, side - 2 * quiet, side - 2 * quiet)
    figure(builder, (Modules(inner.x, inner.y, symbol.module, symbol.matrix.rows, "code"),), alt, inner)
    builder.codes.append(Code(symbol.matrix.href, Box(x, y, side, side), symbol.module))


def place_qr(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a card: title, QR code, the full address, clickable. Wide cards set the text beside the code.

    With the class « beside » all do; with « plain » there is no card around them.
    """
    kind, tokens = element.attributes.get("class"), setter.style.theme.qr
    if kind == "plain":
        return _place_plain(setter, builder, element, column)
    if kind == "beside":
        return _place_wide(setter, builder, element, column, "card")
    if column.width >= _WIDE and tokens.wide_side:
        symbol = fit_symbol(setter, element, column.width // 2, tokens.wide_side)
        room = column.width - symbol.side - 3 * setter.style.space("pad") // 2
        name = widest_name(setter, element, setter.smallest(setter.look("address")).style)
        if room >= max(name, pt(_BESIDE * setter.style.text("message").size)):
            return _place_wide(setter, builder, element, column, "section")
    if "icon" in element.attributes:
        return _place_left(setter, builder, element, column)
    side = max(setter.style.code_side, tokens.wide_side)
    return _place_card(setter, builder, element, column, setter.style.surface("panel"), side, 0)


def _place_left(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place an icon with a title, under it a QR code and its address, all at the left edge and without a frame.

    Codes side by side begin at one height: without its quiet zone each is as large as one of version 3 that has
    `most_side` with it; of class « wide », `wide_side`. It is larger, if there is room, where its modules would be
    lost in a copy. Copy-fit scales both. Its quiet zone reaches into the margin at the left.
    """
    tokens, factor = setter.style.theme.qr, setter.style.pictures
    most = round((tokens.wide_side if element.attributes.get("class") == "wide" else tokens.most_side) * factor)
    side = most * (_SMALLEST - 2 * QUIET_ZONE) // _SMALLEST
    quiet = min(most, setter.style.code_side) * QUIET_ZONE // _SMALLEST
    look, address = setter.look("card"), setter.look("address")
    height = look.style.leading
    place_icon(setter, builder, element.attributes["icon"], element.at, Box(column.x, column.y, height, height))
    title = _title(element, look)
    beside = column.indented(height + setter.style.space("paragraph"))
    y = column.y + setter.place_spans(builder, title, element.at, beside, setter.fitted(title, beside.width, look))
    symbol = fit_symbol(setter, element, column.width, side, 0)
    size = symbol.matrix.size
    widest = column.width // (size + QUIET_ZONE)
    symbol = symbol._replace(module=min(max(symbol.module, round(tokens.copied * factor)), widest))
    y += max(quiet, symbol.quiet)
    place_symbol(builder, symbol, column.x - symbol.quiet, y - symbol.quiet, element.attributes["alt"])
    y += size * symbol.module + symbol.quiet
    if element.children:
        address = setter.unbroken(read_spans(element, address.style.weight), column.width, address)
        y += setter.place_text(builder, element, column._replace(y=y), address)
    return y - column.y


def _title(element: Element, look: Look) -> list[Span]:
    return [Span(element.attributes["title"], look.style.weight)]


def place_code_card(
    setter: Setter, builder: Builder, element: Element, column: Column, min_height: Um, *, is_low: bool = False
) -> Um:
    """Place the white card of a hero, `min_height` high or more; with a small code if it `is_low`."""
    surface, side = setter.style.surface("plate"), 0 if is_low else setter.style.theme.qr.card_side
    return _place_card(setter, builder, element, column, surface, side, min_height)


def _place_card(
    setter: Setter, builder: Builder, element: Element, column: Column, surface: Surface, side: Um, min_height: Um
) -> Um:
    """Place a title, a QR code and its address, one under the other, in the middle of a card.

    The code is larger than `side` where the card would else be empty around it, or its modules be lost in copies.
    """
    pad = setter.style.space("pad") // 2
    room, behind = column.width - 2 * pad, builder.reserve()
    rise = setter.style.space("pad-plate") if surface.line or surface.fill else 0  # nothing is kept off no frame
    x, y = column.x + pad, column.y + rise
    look = setter.look("card", surface.text, align="center", balance=True)
    title = _title(element, look)
    look = setter.fitted(title, room, look)
    address = setter.look("address", surface.text, align="center")
    inset = round(column.width * _ADDRESS_INSET)
    text = Column(x + inset, y, room - 2 * inset)
    address = setter.unbroken(read_spans(element, address.style.weight), text.width, address)
    words = 2 * (rise + CLEAR_OF_CODE) + setter.height(title, room, look)
    if element.children:
        words += setter.text_height(element, text.width, address)
    symbol, copied = fit_symbol(setter, element, room, max(side, min_height - words)), setter.style.theme.qr.copied
    if symbol.module < copied and not side:
        least = make_matrix(element.attributes["href"], LEVELS[-1]).size + 2 * QUIET_ZONE
        symbol = fit_symbol(setter, element, room, least * copied)
    air = max(0, min_height - words - symbol.side) // 2 + CLEAR_OF_CODE
    y += setter.place_spans(builder, title, element.at, Column(x, y, room), look) + air
    place_symbol(builder, symbol, column.x + (column.width - symbol.side) // 2, y, element.attributes["alt"])
    y += symbol.side + air
    if element.children:
        y += setter.place_text(builder, element, text._replace(y=y), address)
    height = max(min_height, y + rise - column.y)
    return place_frame(setter, builder, behind, surface, column.box(height))


def _place_plain(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a code without a frame, flush with the text, its title above it; its text beside it, or under it.

    Text of several lines that stands under the whole code is under a smaller one, too. Without a text the title is
    beside it, if there is room. The quiet zone reaches into the margin, where the paper is blank.
    """
    side = setter.style.code_side
    symbol = fit_symbol(setter, element, side, side)
    look, address = setter.look("section", balance=True), setter.look("address")
    title, alt, left = _title(element, look), element.attributes["alt"], column.x - symbol.quiet
    beside = column.indented(symbol.side + CLEAR_OF_CODE - symbol.quiet)
    if not element.children and beside.width >= pt(_BESIDE_PLAIN * look.style.size):
        y = column.y + max(0, symbol.side - setter.height(title, beside.width, look)) // 2
        setter.place_spans(builder, title, element.at, beside._replace(y=y), look)
        place_symbol(builder, symbol, left, column.y, alt)
        return symbol.side
    y = column.y + setter.place_spans(builder, title, element.at, column, look) + CLEAR_OF_CODE
    place_symbol(builder, symbol, left, y, alt)
    y += CLEAR_OF_CODE
    bottom = y + symbol.side
    if not element.children:
        return bottom - column.y
    spans, least = read_spans(element, address.style.weight), beside.width
    if None in spans:
        most = setter.style.theme.qr.most_side
        whole = fit_symbol(setter, element, most, most)
        least += whole.quiet - whole.side + symbol.side - symbol.quiet
    fitted = setter.fitted(spans, least, address)
    if all(setter.spans_width(line, fitted.style) <= least for line in split_lines(spans)):
        address = fitted
    if _has_room(setter, element, least, address.style):
        y += (symbol.side - setter.text_height(element, beside.width, address)) // 2
        setter.place_text(builder, element, beside._replace(y=y), address)
        return bottom - column.y
    return bottom + setter.place_text(builder, element, column._replace(y=bottom), address) - column.y


def place_code_beside(setter: Setter, builder: Builder, element: Element, column: Column, surface: Surface) -> Um:
    """Place a code on a white plate, and title and text at its right on the ground; the card, if it is too narrow."""
    address = setter.look("message", surface.text)
    symbol = fit_symbol(setter, element, column.width, setter.style.theme.qr.card_side)
    side = symbol.side + 2 * _PLATE_INSET
    room = column.width - side - _BESIDE_GAP
    if not _has_room(setter, element, room, address.style):
        return place_code_card(setter, builder, element, column, 0)
    title = setter.look("card", surface.text, balance=True)
    spans = _title(element, title)
    height = setter.height(spans, room, title) + setter.text_height(element, room, address)
    text = Column(column.x + side + _BESIDE_GAP, column.y + max(0, side - height) // 2, room)
    builder.artifact(frame(setter, setter.style.surface("plate"), Box(column.x, column.y, side, side)))
    top = setter.place_spans(builder, spans, element.at, text, title)
    place_symbol(builder, symbol, column.x + _PLATE_INSET, column.y + _PLATE_INSET, element.attributes["alt"])
    setter.place_text(builder, element, text._replace(y=text.y + top), address)
    return max(side, height)


def _has_room(setter: Setter, element: Element, room: Um, style: TextStyle) -> bool:
    """Tell whether text can stand beside a code: lines are long enough, and the name of a site is not broken."""
    return room >= max(widest_name(setter, element, style), pt(_BESIDE_PLAIN * style.size))


def _place_wide(setter: Setter, builder: Builder, element: Element, column: Column, style: str) -> Um:
    """Place a code on a white plate; beside it title (in a `style`), address and note, on one ground."""
    surface, pad = setter.style.surface("tile"), setter.style.space("pad")
    symbol = fit_symbol(setter, element, column.width // 2, setter.style.theme.qr.wide_side)
    notes = [child for child in element.elements if child.tag == "small"]
    words = element._replace(children=tuple([child for child in element.children if child not in notes]))
    x = column.x + _GROUND_INSET + symbol.side + pad
    room = column.right - pad - x
    heading = setter.look(style, surface.text, balance=True)
    title = _title(element, heading)
    address = setter.look("address", surface.text)
    if style == "section":
        heading = setter.fitted(title, room, heading)
        large = address.style._replace(size=heading.style.size, leading=heading.style.leading)
        address = address._replace(style=large)
    spans = read_spans(words, address.style.weight)
    on_one = setter.fitted(spans, room, address)  # or on several lines, if it would be much smaller
    is_small = on_one.style.size < _LEAST_ON_ONE_LINE * address.style.size
    address = setter.unbroken(spans, room, address) if is_small else on_one
    quiet, gap = setter.look("small", surface.quiet), setter.style.space("paragraph")
    texts = [(spans, address)]
    texts += [(read_spans(note, quiet.style.weight), quiet) for note in notes]
    texts = [(spans, look) for spans, look in texts if spans]
    tall = setter.height(title, room, heading) + sum(gap + setter.height(spans, room, look) for spans, look in texts)
    height = max(symbol.side + 2 * _GROUND_INSET, tall + pad)
    builder.artifact(frame(setter, surface, column.box(height)))
    code = Box(column.x + _GROUND_INSET, column.y + (height - symbol.side) // 2, symbol.side, symbol.side)
    plate = frame(setter, setter.style.surface("plate"), code.grown(_CORNER_INSET), "radius-small")
    builder.artifact(replace(plate, line="", line_width=0))
    y = column.y + (height - tall) // 2
    y += setter.place_spans(builder, title, element.at, Column(x, y, room), heading)
    place_symbol(builder, symbol, code.x, code.y, element.attributes["alt"])  # it is read after its title
    for spans, look in texts:
        y += gap
        y += setter.place_spans(builder, spans, element.at, Column(x, y, room), look)
    return height
