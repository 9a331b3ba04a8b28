"""The line at which a page is folded."""

from leaflet.geometry import Box
from leaflet.layout.drawings.place import place_icon
from leaflet.layout.marks import Path, Shape, Step
from leaflet.layout.piece import Builder
from leaflet.layout.setter import Setter
from leaflet.layout.text_marks import Column
from leaflet.markup.parse import Element
from leaflet.units import Um, mm

_CLEAR = mm(5.3)  # free on each side of a fold: 5 mm, and what letters reach out of their lines
_DASH = (mm(1.6), mm(1.4))
_ICON = mm(6.4)
_AIR = mm(2)  # between the icon and the dashes


def place_fold(setter: Setter, builder: Builder, element: Element, column: Column) -> Um:
    """Place the dashed line a card is folded at, with its icon; nothing stands near it."""
    y = column.y + _CLEAR
    right = column.x + column.width - setter.style.theme.page.margin
    color = setter.style.surface("memo").quiet
    builder.artifact(fold_line(setter, column._replace(y=y)))
    icon = Box(right - _AIR - _ICON, y - _ICON // 2, _ICON, _ICON)
    around = Box(icon.x - _AIR, icon.y, icon.width + 2 * _AIR, icon.height)
    builder.artifact(Shape(around, fill="paper"))
    place_icon(setter, builder, "fold", element.at, icon, color)
    return 2 * _CLEAR


def fold_line(setter: Setter, column: Column) -> Path:
    """Return the dashed line of a fold, at the head of a column and as wide."""
    steps = (Step("m", (column.x, column.y)), Step("l", (column.x + column.width, column.y)))
    color = setter.style.surface("memo").quiet
    return Path(steps, line=color, line_width=setter.style.space("line"), dash=_DASH, end="butt")
