"""What tests of imposition share: all stock, plans of all kinds, and the paper itself."""

from hypothesis import strategies as st

from leaflet.geometry import Box, Um, mm
from leaflet.imposition.records_on_sheets import Flip, Imposed, Order, SheetSide
from leaflet.imposition.stock import UNPRINTABLE, Stock, load_stock
from leaflet.layout.marks import Rule

STOCK = load_stock()
FLIPS: tuple[Flip, ...] = ("long-edge", "short-edge")
ORDERS: tuple[Order, ...] = ("rows", "stack")
SHEETS = ((mm(210), mm(297)), (mm(297), mm(210)), (mm(320), mm(450)), (mm(200), mm(200)))


@st.composite
def odd_stock(draw: st.DrawFn) -> Stock:
    """Stock nobody sells: any margins and gaps to the micrometre that fit on a sheet, often off centre."""
    sheet = draw(st.sampled_from(SHEETS))
    edge = draw(st.booleans())
    least = 0 if edge else UNPRINTABLE
    counts, sizes, starts, pitches = [], [], [], []
    for length in sheet:
        room = length - 2 * least
        count = draw(st.integers(1, 6))
        size = draw(st.integers(1000, room // count))
        gap = draw(st.integers(0, (room - count * size) // max(1, count - 1)))
        extent = count * size + (count - 1) * gap
        counts.append(count)
        sizes.append(size)
        starts.append(least + draw(st.integers(0, room - extent)))
        pitches.append(size + gap)
    return Stock(
        key="odd", name="odd", source="test", sheet_width=sheet[0], sheet_height=sheet[1], columns=counts[0],
        rows=counts[1], width=sizes[0], height=sizes[1], left=starts[0], top=starts[1], pitch_x=pitches[0],
        pitch_y=pitches[1], cut=draw(st.booleans()), edge=edge,
    )  # fmt: skip


any_stock = st.sampled_from(list(STOCK.values())) | odd_stock()


def sheet_box(side: SheetSide) -> Box:
    return Box(0, 0, side.width, side.height)


def printable(side: SheetSide) -> Box:
    return sheet_box(side).grown(-UNPRINTABLE)


def area(rule: Rule) -> Box:
    """Where a rule prints, its ends square to its length."""
    assert rule.x1 == rule.x2 or rule.y1 == rule.y2, "a slanting mark"
    half = rule.width // 2
    left, top, right, bottom = rule.x1, rule.y1, rule.x2, rule.y2
    assert left <= right
    assert top <= bottom
    return (
        Box(left - half, top, rule.width, bottom - top)
        if left == right
        else Box(left, top - half, right - left, rule.width)
    )


def on_paper(x: Um, y: Um, side: SheetSide, flip: Flip) -> tuple[Um, Um]:
    """The point of the paper, as seen from its front, where a point of a side is printed.

    The printer's rollers turn the sheet about the edge it is told: hold a sheet, turn it about its upright edge, and
    what was at the left of the back is at the right of the front; about its level edge, and top is bottom.
    """
    if not side.back:
        return x, y
    upright_edges_are_long = side.height >= side.width
    turned_about_upright_edge = upright_edges_are_long if flip == "long-edge" else not upright_edges_are_long
    return (side.width - x, y) if turned_about_upright_edge else (x, side.height - y)


def corners_on_paper(item: Imposed, side: SheetSide, flip: Flip) -> list[tuple[Um, Um]]:
    """Where the content's own corners come to lie on the paper: top left, top right, bottom right, bottom left."""
    left, top, right, bottom = item.box.x, item.box.y, item.box.right, item.box.bottom
    corners = [(left, top), (right, top), (right, bottom), (left, bottom)]
    if item.turned:
        corners = corners[2:] + corners[:2]
    return [on_paper(x, y, side, flip) for x, y in corners]


def meets(line: Box, box: Box) -> bool:
    """Check whether a line without width runs through the inside of a box."""
    if line.width == 0:
        return box.x < line.x < box.right and line.y < box.bottom and box.y < line.bottom
    return box.y < line.y < box.bottom and line.x < box.right and box.x < line.right
