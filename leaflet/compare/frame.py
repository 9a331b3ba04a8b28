"""From the points of a page, which may be cropped and turned, to the page as it is seen."""

from typing import NamedTuple

from leaflet.compare.values import Box
from leaflet.units import Um, pt


class Frame(NamedTuple):
    """The part of a page that is seen, in points, and by how much it is turned."""

    left: float
    bottom: float
    right: float
    top: float
    turned: int

    def seen(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the page's own points as it is seen."""
        corners = self._turn(left, bottom), self._turn(right, top)
        (x0, y0), (x1, y1) = corners
        return Box(pt(min(x0, x1)), pt(min(y0, y1)), pt(abs(x1 - x0)), pt(abs(y1 - y0)))

    def _turn(self, x: float, y: float) -> tuple[float, float]:
        match self.turned:
            case 90:
                return y - self.bottom, x - self.left
            case 180:
                return self.right - x, y - self.bottom
            case 270:
                return self.top - y, self.right - x
        return x - self.left, self.top - y

    @property
    def size(self) -> tuple[Um, Um]:
        """Width and height as seen."""
        width, height = pt(self.right - self.left), pt(self.top - self.bottom)
        return (height, width) if self.turned in (90, 270) else (width, height)
