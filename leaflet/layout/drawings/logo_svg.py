"""Read a logo from SVG, as drawing programs write it: own colours, styles, and much that draws nothing.

What would look otherwise on paper is refused, as in other drawings: gradients, clipping, transparency, text.
"""

import re

from fontTools.misc.transform import Transform

from leaflet.faults import LeafletError, Place, fail
from leaflet.geometry import UM_PER_MM, Um, mm
from leaflet.layout.drawings import parse_svg
from leaflet.program import own_table

_SIDE = mm(100)  # what the longer side of a logo becomes, so that rounding to micrometres is not seen
_FARTHEST = 100  # sides: how far beyond its edge a logo may reach, where it is cut off
_TABLES: dict[str, dict[str, str]] = own_table("drawings.toml")
_NAMED = _TABLES["colors"]
_HEX = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})")
_RGB = re.compile(r"rgb\(\s*(\d{1,9}%?)\s*[,\s]\s*(\d{1,9}%?)\s*[,\s]\s*(\d{1,9}%?)\s*\)")
_UNUSED = frozenset({"defs", "metadata"})  # what is in them is drawn only where something refers to it
_PLAIN = {attribute: frozenset(values.split()) for attribute, values in _TABLES["plain"].items()}
_LOOK = (parse_svg.COLORED.keys() | parse_svg.INHERITED.keys()) - {"font-size", "font-weight", "text-anchor"}


def read_logo(source: bytes, file: str) -> parse_svg.Drawing:
    """Read a logo; its paths have colours as #rrggbb, and its longer side is 100 mm.

    It may be no SVG (W104), or hold what cannot be drawn (W114), or too much (W115); `file` is its name in messages.
    """
    return _LogoReader(file).read(source)


def parse_literal(text: str, attribute: str) -> str:
    """Parse a colour as drawing programs write it: #rgb, #rrggbb, rgb(…), a basic name of CSS; empty for none."""
    color = text.strip().lower()
    if color in ("none", "transparent"):
        return ""
    if color in _NAMED:
        return _NAMED[color]
    if _HEX.fullmatch(color):
        return color if len(color) == 7 else "#" + "".join(digit * 2 for digit in color[1:])
    if parts := _RGB.fullmatch(color):
        return "#" + "".join(f"{_level(part):02x}" for part in parts.groups())
    raise parse_svg.BadValueError(attribute, text)


def _level(part: str) -> int:
    return min(255, round(int(part[:-1]) * 255 / 100) if part.endswith("%") else int(part))


class _LogoReader(parse_svg.SvgReader):
    """A reader of logos: passes over what draws nothing, reads styles as attributes."""

    elements = frozenset(parse_svg.GEOMETRY.keys() - {"text"} | parse_svg.UNREAD)
    most_elements, most_steps, most_levels = 5000, 20_000, 32
    parse_color = staticmethod(parse_literal)

    def __init__(self, file: str) -> None:
        super().__init__(file)
        self._passed_over = 0  # how deep we are in something that is not drawn

    def start(self, name: str, given: dict[str, str]) -> None:
        """Read the start of an element, or of one that is passed over."""
        namespace, _, tag = name.rpartition(" ")
        own = {key: value for key, value in given.items() if " " not in key}  # without those of drawing programs
        pairs = (part.partition(":") for part in own.get("style", "").split(";") if ":" in part)
        values = {**own, **{name.strip(): value.replace("!important", "").strip() for name, _, value in pairs}}
        is_seen = values.get("display") != "none" and values.get("visibility") not in ("hidden", "collapse")
        is_drawn = namespace == parse_svg.NAMESPACE and tag not in _UNUSED and is_seen
        if self._passed_over or (self._tags and not is_drawn):
            self._passed_over += 1
            return
        for attribute, plain in _PLAIN.items():
            if attribute in values and values[attribute].strip() not in plain:
                self.refuse(f"{attribute}: {values[attribute]}", plain)
        allowed = parse_svg.GEOMETRY.get(tag, frozenset()) | _LOOK | ({"transform"} if tag == "svg" else set())
        super().start(name, {key: value for key, value in values.items() if key in allowed - {"style"}})

    def end(self, name: str) -> None:
        """Read the end of an element."""
        if self._passed_over:
            self._passed_over -= 1
        else:
            super().end(name)

    def read_text(self, text: str) -> None:
        """Read characters, which are drawn nowhere."""
        if not self._passed_over:
            super().read_text(text)

    def read_root(self, attributes: parse_svg.Attributes) -> parse_svg.ElementLook:
        """Return the look that everything begins with, once the size is known."""
        if attributes.text("viewBox"):
            left, top, width, height = attributes.numbers("viewBox", 4)
        else:
            left, top, width, height = 0, 0, attributes.number("width"), attributes.number("height")
        if not (width > 0 and height > 0):
            raise parse_svg.BadValueError("viewBox", attributes.text("viewBox"))
        scale = _SIDE / max(width, height)
        self.width, self.height = max(1, round(width * scale)), max(1, round(height * scale))
        return parse_svg.ElementLook(transform=Transform().scale(scale).translate(-left, -top), fill="#000000")

    def check_inside(self, x: Um, y: Um) -> None:
        """Check that a point is somewhere near; what is beyond the edge is cut off, as browsers do."""
        if max(abs(x), abs(y)) > _FARTHEST * _SIDE:
            raise self.fault("M422", x=f"{x / UM_PER_MM:g}", y=f"{y / UM_PER_MM:g}")

    def read_document_type(self, name: str, system: str | None, public: str | None, has_subset: int) -> None:
        """Refuse a document type that declares anything; one that is named alone says nothing, and is not fetched."""
        if has_subset:
            super().read_document_type(name, system, public, has_subset)

    def fault(self, code: str, **values: object) -> LeafletError:
        """Return the fault of a logo that is one of a drawing."""
        place = Place(file=self.file, line=self.line)
        if code == "M416":
            return fail("W104", place, **values)
        if code in ("M413", "M419"):
            return fail("W115", place, **values)
        found = [str(values[key]) for key in ("found", "attribute", "value", "x", "y") if key in values]
        return fail("W114", place, found=" ".join(found))
