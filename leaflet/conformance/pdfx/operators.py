"""The effects of the operators of a content stream (ISO 32000-1 annex A): graphics state, paths, text, pictures.

Not here: glyphs and where text ends up, blending, which layers are shown (all are read).
"""

import math
from collections.abc import Sequence
from typing import Any

import pikepdf

from leaflet.conformance.content_stream import FILL, FILL_AND_STROKE, SHOW_TEXT, STROKE, shown_strings
from leaflet.conformance.pdf_objects import entries, is_dictionary
from leaflet.conformance.pdfx.images import Image, read_inline_image
from leaflet.conformance.pdfx.inks import CMYK, GRAY, PATTERN, RGB, Ink, Space, make_ink, read_shading
from leaflet.conformance.pdfx.state import NOWHERE
from leaflet.conformance.pdfx.stream_walker import Operator, StreamWalker
from leaflet.geometry import Rectangle
from leaflet.units import PT_PER_INCH

_MOST_SAVED = 256  # q without Q
_UNIT = Rectangle(0.0, 0.0, 1.0, 1.0)  # where an image is painted (§8.9.4)


def _save(walker: StreamWalker, _: list[Any]) -> None:
    if len(walker.state.saved) >= _MOST_SAVED:
        raise ValueError("more is saved than restored")
    walker.state.saved.append(walker.graphics)


def _restore(walker: StreamWalker, _: list[Any]) -> None:
    if not walker.state.saved:
        raise ValueError("nothing was saved")
    walker.state.graphics = walker.state.saved.pop()


def _concatenate(walker: StreamWalker, operands: list[Any]) -> None:
    walker.state.graphics = walker.graphics.within(_numbers(operands, 6))


def _numbers(operands: Sequence[Any], count: int) -> list[float]:
    if len(operands) != count:
        raise ValueError(f"{len(operands)} operands, not {count}")
    return [float(operand) for operand in operands]


def _set_parameters(walker: StreamWalker, operands: list[Any]) -> None:
    """Execute gs (§8.4.5): OP alone speaks for both, op for all but strokes."""
    parameters = walker.resource("/ExtGState", operands[0])
    stroke, fill = parameters.get("/OP"), parameters.get("/op")
    if stroke is not None:
        walker.set(stroke_overprints=stroke is True, fill_overprints=stroke is True)
    if fill is not None:
        walker.set(fill_overprints=fill is True)
    if "/OPM" in parameters:
        walker.set(overprint_mode=int(parameters.get("/OPM")))
    mask = entries(parameters, "/SMask").get("/G")
    if isinstance(mask, pikepdf.Stream):
        walker.read_aside(mask, masks=True)


def _device_colour(side: str, space: Space) -> Operator:
    """Return what executes G, RG, K or their lower case (§8.6.8)."""
    return lambda walker, operands: walker.set(**{side: make_ink(space, _numbers(operands, space.channels))})


def _choose_space(side: str) -> Operator:
    def choose(walker: StreamWalker, operands: list[Any]) -> None:
        space = walker.interpreter.spaces.find(operands[0], walker.resources)
        walker.set(**{side: make_ink(space, space.initial)})

    return choose


def _choose_colour(side: str) -> Operator:
    """Return what executes SC, SCN or their lower case.

    Operands are components, or a pattern with those of an uncoloured one.
    """

    def choose(walker: StreamWalker, operands: list[Any]) -> None:
        space: Space = getattr(walker.graphics, side).space
        if operands and isinstance(operands[-1], pikepdf.Name):
            walker.set(**{side: _pattern_ink(walker, operands, space)})
        else:
            walker.set(**{side: make_ink(space, _numbers(operands, space.channels))})

    return choose


def _pattern_ink(walker: StreamWalker, operands: list[Any], space: Space) -> Ink:
    """Return the ink of a pattern (§8.7).

    A coloured tiling is judged by its content, an uncoloured one by its colour, a gradient by its heaviest colour.
    """
    pattern = walker.resource("/Pattern", operands[-1])
    if pattern.get("/PatternType") == 2:
        return read_shading(pattern.get("/Shading"))._replace(pattern=True)
    if space.base is not None:
        ink = make_ink(space.base, _numbers(operands[:-1], space.base.channels))
        return ink._replace(pattern=True)
    walker.read_aside(pattern, masks=False)
    return Ink(PATTERN, None, pattern=True)


def _move(walker: StreamWalker, operands: list[Any]) -> None:
    x, y = _numbers(operands, 2)
    walker.state.path.move(walker.graphics.point(x, y))


def _extend(count: int) -> Operator:
    """Return what executes lines and curves; control points count as points, so a box may be too large."""

    def extend(walker: StreamWalker, operands: list[Any]) -> None:
        flat = _numbers(operands, count)
        walker.state.path.line(*(walker.graphics.point(x, y) for x, y in zip(flat[::2], flat[1::2], strict=True)))

    return extend


def _rectangle(walker: StreamWalker, operands: list[Any]) -> None:
    x, y, width, height = _numbers(operands, 4)
    box = Rectangle(min(x, x + width), min(y, y + height), max(x, x + width), max(y, y + height))
    walker.state.path.add(walker.graphics.box(box))


def _clip(walker: StreamWalker, _: list[Any]) -> None:
    walker.state.path.clips = True


def _paint_path(*kinds: str) -> Operator:
    """Return what fills, strokes, both or neither; then the path clips if it was to (§8.5.3, §8.5.4)."""

    def paint(walker: StreamWalker, _: list[Any]) -> None:
        path, graphics = walker.state.path, walker.graphics
        walker.state.path = type(path)()
        boxes = path.finish()
        for kind in kinds:
            if boxes:
                walker.paint(kind, graphics.fill if kind == "fill" else graphics.stroke, boxes)
        if path.clips and graphics.placed:
            around = _around(boxes)
            walker.state.graphics = graphics.clipped(around)

    return paint


def _around(boxes: list[Rectangle]) -> Rectangle:
    if not boxes:
        return NOWHERE
    left, bottom, right, top = zip(*boxes, strict=True)
    return Rectangle(min(left), min(bottom), max(right), max(top))


def _shade(walker: StreamWalker, operands: list[Any]) -> None:
    """Execute sh, which paints all that is not clipped away (§8.7.4.2)."""
    ink = read_shading(walker.resource("/Shading", operands[0]))
    walker.paint("gradient", ink, [walker.graphics.clip])


def _render_text(walker: StreamWalker, operands: list[Any]) -> None:
    walker.set(text_mode=int(operands[0]))


def _choose_font(walker: StreamWalker, operands: list[Any]) -> None:
    """Execute Tf; the glyphs of a Type 3 font are content streams (§9.6.5)."""
    font = walker.resource("/Font", operands[0])
    if is_dictionary(font) and font.get("/Subtype") == "/Type3":
        glyphs = entries(font, "/CharProcs")
        for name in glyphs.keys():  # noqa: SIM118 - a pikepdf object is no mapping
            walker.read_aside(glyphs.get(name), masks=False)


def _show_text(walker: StreamWalker, operands: list[Any]) -> None:
    """Execute Tj and its like: text is filled, stroked, both or invisible (§9.3.6)."""
    if not any(shown_strings(operands)):
        return
    mode = walker.graphics.text_mode % 4
    if mode in (0, 2):
        walker.paint("text", walker.graphics.fill, ())
    if mode in (1, 2):
        walker.paint("text", walker.graphics.stroke, (), stroked=True)


def _paint_object(walker: StreamWalker, operands: list[Any]) -> None:
    """Execute Do (§8.8)."""
    found = walker.resource("/XObject", operands[0])
    if found.get("/Subtype") == "/Image":
        _paint_image(walker, walker.interpreter.read_image(str(operands[0])[1:], found, walker.resources))
    elif found.get("/Subtype") == "/Form":
        walker.add(walker.interpreter.read_form(found, walker.resources, walker.area, walker.graphics))


def _paint_inline(walker: StreamWalker, operands: list[Any]) -> None:
    _paint_image(walker, read_inline_image(operands[0], walker.resources, walker.interpreter.spaces))


def _paint_image(walker: StreamWalker, image: Image) -> None:
    """Paint an image, which fills the unit square (§8.9.4); a stencil mask takes the fill colour."""
    graphics = walker.graphics
    a, b, c, d, _, _ = graphics.matrix
    sides = [(image.width, math.hypot(a, b)), (image.height, math.hypot(c, d))]
    dpi = [samples * PT_PER_INCH / (side * walker.area.unit) for samples, side in sides if side]
    ink = graphics.fill if image.space is None else Ink(image.space, None)
    lowest = min(dpi) if dpi and graphics.placed else None
    walker.paint("image", ink, [graphics.box(_UNIT)], image=image, dpi=lowest)


_SIDES = {"fill": ("g", "rg", "k", "cs", "sc", "scn"), "stroke": ("G", "RG", "K", "CS", "SC", "SCN")}
OPERATORS: dict[str, Operator] = {
    "q": _save,
    "Q": _restore,
    "cm": _concatenate,
    "gs": _set_parameters,
    "m": _move,
    "l": _extend(2),
    "c": _extend(6),
    "v": _extend(4),
    "y": _extend(4),
    "re": _rectangle,
    "W": _clip,
    "W*": _clip,
    "n": _paint_path(),
    "sh": _shade,
    "Tr": _render_text,
    "Tf": _choose_font,
    "Do": _paint_object,
    "INLINE IMAGE": _paint_inline,
}
OPERATORS |= dict.fromkeys(SHOW_TEXT, _show_text)
OPERATORS |= dict.fromkeys(FILL, _paint_path("fill"))
OPERATORS |= dict.fromkeys(FILL_AND_STROKE, _paint_path("fill", "stroke"))
OPERATORS |= dict.fromkeys(STROKE, _paint_path("stroke"))
for _side, (_g, _rg, _k, _cs, _sc, _scn) in _SIDES.items():
    OPERATORS |= {_g: _device_colour(_side, GRAY), _rg: _device_colour(_side, RGB), _k: _device_colour(_side, CMYK)}
    OPERATORS |= {_cs: _choose_space(_side), _sc: _choose_colour(_side), _scn: _choose_colour(_side)}
