"""Cards of the side column: a QR code with its address, the calendar."""

from leaflet.faults import fail
from leaflet.geometry import Box
from leaflet.layout.blocks.boxes import frame
from leaflet.layout.blocks.prose import role_of
from leaflet.layout.lines import Span, read_spans
from leaflet.layout.marks import Modules
from leaflet.layout.piece import Builder, Code, Node
from leaflet.layout.qr import LARGEST, QUIET_ZONE, Level, Matrix, TooLong, make_matrix
from leaflet.layout.setter import Column, Setter
from leaflet.markup.parse import Element, place_of
from leaflet.units import Um, mm, pt, to_mm

_WIDE = mm(100)  # a card at least this wide sets its address beside the code, a calendar what happens beside its date
_BESIDE = 18  # em; text beside a code has lines at least this long, about 36 characters, else it stands below
_DATE_GAP = mm(4)


def symbol(setter: Setter, href: str, room: Um, at: str, wanted: Um, comfortable: Um) -> tuple[Matrix, Um]:
    """Return the matrix for an address and its module in µm: as wanted, or smaller if the room asks for it.

    The symbol with its quiet zone fits the `room`; it is no larger than `comfortable` unless its modules would
    fall under the theme's floor.

    Raises:
        RenderError: the module would be under the theme's floor.
    """
    tokens = setter.style.theme.qr
    comfortable = min(comfortable, room)
    matrix = _best(href, tokens.level, comfortable // wanted)
    modules = (matrix.size if matrix else LARGEST) + 2 * QUIET_ZONE
    module = min(wanted, max(comfortable // modules, tokens.module_floor), room // modules)
    if matrix is None or module < tokens.module_floor:
        missing = to_mm(modules * tokens.module_floor - room)
        raise fail("F103", place_of(at), href=href, missing_mm=f"{missing:.1f}")
    return matrix, module


def _card_symbol(setter: Setter, element: Element, room: Um) -> tuple[Matrix, Um]:
    """Return the symbol of a card: as large as the theme wants its modules, or as reading it from afar wants it."""
    tokens = setter.style.theme.qr
    href = element.attributes["href"]
    matrix, module = symbol(setter, href, room, element.at, tokens.module, tokens.most_side)
    module_for_distance = -(-tokens.least_side // matrix.size)
    if module < module_for_distance:
        return symbol(setter, href, room, element.at, module_for_distance, tokens.most_side)
    return matrix, module


def _best(href: str, level: Level, modules: int) -> Matrix | None:
    """Return the symbol at the theme's level if that many modules hold it, else at level M, whose modules are larger.

    At a fixed printed size larger modules survive blur better than more correction does. None if no symbol
    holds the address.
    """
    try:
        matrix = make_matrix(href, level)
        return matrix if matrix.size + 2 * QUIET_ZONE <= modules else make_matrix(href, "M")
    except TooLong:
        return None


def place_symbol(setter: Setter, builder: Builder, matrix: Matrix, module: Um, corner: tuple[Um, Um], alt: str) -> Um:
    """Draw a symbol whose quiet zone starts at `corner`; returns its side with the quiet zone."""
    x, y = corner
    side = (matrix.size + 2 * QUIET_ZONE) * module
    quiet = QUIET_ZONE * module
    inner = Box(x + quiet, y + quiet, matrix.size * module, matrix.size * module)
    leaf = builder.leaf((Modules(inner.x, inner.y, module, matrix.rows, "code"),), "Figure")
    builder.add_node(Node("Figure", (leaf,), alt=alt, box=inner))
    builder.codes.append(Code(matrix.href, Box(x, y, side, side), module))
    return side


def place_qr(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place a card: title, QR code, the full address, clickable. Wide cards set the text beside the code.

    Codes to be read from afar take the whole width, however wide.
    """
    if column.width >= _WIDE and not setter.style.theme.qr.least_side and _has_room_beside(setter, element, column):
        return _place_wide(setter, builder, element, column)
    pad = setter.style.space("pad")
    surface = setter.style.surface("panel")
    alt = element.attributes["alt"]
    room = column.width - pad
    matrix, module = _card_symbol(setter, element, room)
    behind = builder.reserve()
    inner = column.width - pad
    rise = pad if surface.line or surface.fill else 0  # without a frame nothing has to be kept off it
    x, y = column.x + pad // 2, column.y + rise
    title = setter.look("card", surface.text, align="center", balance=True)
    spans: list[Span | None] = [Span(element.attributes["title"], title.style.weight)]
    y += setter.place_spans(builder, spans, element.at, Column(x, y, inner), title)
    side = (matrix.size + 2 * QUIET_ZONE) * module
    y += place_symbol(setter, builder, matrix, module, (column.x + (column.width - side) // 2, y), alt)
    look = setter.look("small", surface.text, align="center")
    if element.children:
        y += setter.place_text(builder, element, Column(x, y, inner), look)
    y += rise
    builder.fill(behind, frame(setter, surface, Box(column.x, column.y, column.width, y - column.y)))
    return y - column.y


def _wide_symbol(setter: Setter, element: Element, column: Column) -> tuple[Matrix, Um]:
    """Return the symbol of a card whose text stands beside it."""
    tokens = setter.style.theme.qr
    href = element.attributes["href"]
    return symbol(setter, href, column.width // 2, element.at, tokens.module, tokens.wide_side)


def _has_room_beside(setter: Setter, element: Element, column: Column) -> bool:
    matrix, module = _wide_symbol(setter, element, column)
    room = column.width - (matrix.size + 2 * QUIET_ZONE) * module - 3 * setter.style.space("pad") // 2
    return room >= pt(_BESIDE * setter.style.text("message").size)


def _place_wide(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    pad = setter.style.space("pad")
    surface = setter.style.surface("panel")
    alt = element.attributes["alt"]
    matrix, module = _wide_symbol(setter, element, column)
    side = (matrix.size + 2 * QUIET_ZONE) * module
    inset = pad // 2  # the frame stays out of the quiet zone
    behind = builder.reserve()
    x = column.x + inset + side
    text_width = column.width - inset - side - pad
    title = setter.look("card", surface.text, balance=True)
    spans: list[Span | None] = [Span(element.attributes["title"], title.style.weight)]
    look = setter.look("message", surface.text)
    gap = setter.style.space("paragraph")
    text_height = setter.height(spans, text_width, title) + gap
    text_height += setter.height(read_spans(element, "regular"), text_width, look)
    y = column.y + inset + max(QUIET_ZONE * module, (side - text_height) // 2)
    y += setter.place_spans(builder, spans, element.at, Column(x, y, text_width), title) + gap
    place_symbol(setter, builder, matrix, module, (column.x + inset, column.y + inset), alt)
    y += setter.place_text(builder, element, Column(x, y, text_width), look) + pad
    height = max(side + 2 * inset, y - column.y)
    builder.fill(behind, frame(setter, surface, Box(column.x, column.y, column.width, height)))
    return height


def place_calendar(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place dates in bold, what happens then under them, or beside them where the calendar is wide."""
    surface, pad = setter.style.surface("panel"), setter.style.space("pad")
    behind = builder.reserve()
    x, width = column.x + pad, column.width - 2 * pad
    y = column.y + pad
    events = []
    for child in element.elements:
        if child.tag == "event":
            events.append(child)
            continue
        look = setter.look("card", surface.text, balance=True)
        y += setter.place_text(builder, child, Column(x, y, width), look, role_of(child))
        y += setter.style.space("paragraph")
    dates = _width_of_dates(setter, events) if _is_table(setter, column) else 0
    with builder.node("L", numbered=True):
        for index, event in enumerate(events):
            y += setter.style.space("paragraph") if index else 0
            y += _place_event(setter, builder, event, Column(x, y, width), dates)
    height = y + pad - column.y
    builder.fill(behind, frame(setter, surface, Box(column.x, column.y, column.width, height)))
    return height


def _is_table(setter: Setter, column: Column) -> bool:
    """Tell whether dates stand beside what happens; in large print (one column) they stand above it."""
    return column.width >= _WIDE and setter.style.theme.page.columns == "beside"


def _width_of_dates(setter: Setter, events: list[Element]) -> Um:
    bold = setter.style.text("message")._replace(weight="bold")
    return max((setter.width(event.attributes["when"], bold) for event in events), default=0) + _DATE_GAP


def _place_event(setter: Setter, builder: Builder, event: Element, column: Column, dates: Um) -> Um:
    """Place one date; `dates` is the width of the column of dates, 0 if what happens stands under its date."""
    surface = setter.style.surface("panel")
    look = setter.look("message", surface.text)
    when = look._replace(style=look.style._replace(weight="bold"))
    quiet = setter.look("message", surface.quiet)
    with builder.node("LI"):
        spans: list[Span | None] = [Span(event.attributes["when"], "bold")]
        height = setter.place_spans(builder, spans, event.at, column, when, "Lbl")
        if dates:
            beside = Column(column.x + dates, column.y, column.width - dates)
            return max(height, setter.place_text(builder, event, beside, quiet, "LBody"))
        under = Column(column.x, column.y + height, column.width)
        return height + setter.place_text(builder, event, under, quiet, "LBody")
