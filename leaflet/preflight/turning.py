"""From a file's points to places on the page as it is seen: cropped, turned (/Rotate), y downwards, in µm."""

from msgspec import Struct

from leaflet.layout.marks import Box
from leaflet.units import pt

Sides = tuple[float, float, float, float]  # left, bottom, right, top, in points from the file's origin


class Turning(Struct, frozen=True):
    """How a page is seen: its crop box, and the quarter turn clockwise it is shown with (0, 90, 180 or 270)."""

    crop: Sides
    degrees: int = 0

    @property
    def visible(self) -> Box:
        """All that is seen."""
        return self.place(self.crop)

    def place(self, sides: Sides) -> Box:
        """A rectangle of the file on the page as it is seen (ISO 32000-1 table 30)."""
        left, bottom, right, top = sides
        crop_left, crop_bottom, crop_right, crop_top = self.crop
        from_left, from_right = pt(left - crop_left), pt(crop_right - right)
        from_top, from_bottom = pt(crop_top - top), pt(bottom - crop_bottom)
        width, height = pt(right - left), pt(top - bottom)
        match self.degrees % 360:
            case 90:
                return Box(from_bottom, from_left, height, width)
            case 180:
                return Box(from_right, from_bottom, width, height)
            case 270:
                return Box(from_top, from_right, height, width)
            case _:
                return Box(from_left, from_top, width, height)
