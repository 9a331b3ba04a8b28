"""What the operators of a content stream do (ISO 32000-1 annex A): graphics state, paths, text, pictures.

Not here: glyphs and where text ends up, blending, which layers are shown (all are read).
"""

import math
from collections.abc import Iterable, Sequence
from typing import Any

import pikepdf

from leaflet.conformance.pdf_objects import entries, is_dictionary
from leaflet.conformance.pdfx.images import Image, read_inline_image
from leaflet.conformance.pdfx.inks import CMYK, GRAY, PATTERN, RGB, Ink, Space, make_ink, read_shading
from leaflet.conformance.pdfx.interpreter import Operator, Run
from leaflet.conformance.pdfx.state import NOWHERE
from leaflet.geometry import Rectangle
from leaflet.units import PT_PER_INCH

_MOST_SAVED = 256  # q without Q
_UNIT = Rectangle(0.0, 0.0, 1.0, 1.0)  # where an image is painted (§8.9.4)


def _save(run: Run, _: list[Any]) -> None:
    if len(run.state.saved) >= _MOST_SAVED:
        raise ValueError("more is saved than restored")
    run.state.saved.append(run.graphics)


def _restore(run: Run, _: list[Any]) -> None:
    if not run.state.saved:
        raise ValueError("nothing was saved")
    run.state.graphics = run.state.saved.pop()


def _concatenate(run: Run, operands: list[Any]) -> None:
    run.state.graphics = run.graphics.within(_numbers(operands, 6))


def _numbers(operands: Sequence[Any], count: int) -> list[float]:
    if len(operands) != count:
        raise ValueError(f"{len(operands)} operands, not {count}")
    return [float(operand) for operand in operands]


def _set_parameters(run: Run, operands: list[Any]) -> None:
    """A graphics state dictionary (§8.4.5): OP alone speaks for both, op for all but strokes."""
    parameters = run.resource("/ExtGState", operands[0])
    stroke, fill = parameters.get("/OP"), parameters.get("/op")
    if stroke is not None:
        run.set(stroke_overprints=stroke is True, fill_overprints=stroke is True)
    if fill is not None:
        run.set(fill_overprints=fill is True)
    if "/OPM" in parameters:
        run.set(overprint_mode=int(parameters.get("/OPM")))
    mask = entries(parameters, "/SMask").get("/G")
    if isinstance(mask, pikepdf.Stream):
        run.aside(mask, masks=True)


def _device_colour(side: str, space: Space) -> Operator:
    """G, RG, K and their lower case (§8.6.8)."""
    return lambda run, operands: run.set(**{side: make_ink(space, _numbers(operands, space.channels))})


def _choose_space(side: str) -> Operator:
    def choose(run: Run, operands: list[Any]) -> None:
        space = run.reader.spaces.find(operands[0], run.resources)
        run.set(**{side: make_ink(space, space.initial)})

    return choose


def _choose_colour(side: str) -> Operator:
    """SC, SCN and their lower case: components, or a pattern with those of an uncoloured one."""

    def choose(run: Run, operands: list[Any]) -> None:
        space: Space = getattr(run.graphics, side).space
        if operands and isinstance(operands[-1], pikepdf.Name):
            run.set(**{side: _pattern_ink(run, operands, space)})
        else:
            run.set(**{side: make_ink(space, _numbers(operands, space.channels))})

    return choose


def _pattern_ink(run: Run, operands: list[Any], space: Space) -> Ink:
    """§8.7: a tiling is judged by its own content, an uncoloured one by its colour, a gradient by its heaviest."""
    pattern = run.resource("/Pattern", operands[-1])
    if pattern.get("/PatternType") == 2:
        return read_shading(pattern.get("/Shading"))._replace(pattern=True)
    if space.base is not None:
        ink = make_ink(space.base, _numbers(operands[:-1], space.base.channels))
        return ink._replace(pattern=True)
    run.aside(pattern, masks=False)
    return Ink(PATTERN, None, pattern=True)


def _move(run: Run, operands: list[Any]) -> None:
    x, y = _numbers(operands, 2)
    run.state.path.move(run.graphics.point(x, y))


def _extend(count: int) -> Operator:
    """Lines and curves; control points are taken for points, so a box may be too large."""

    def extend(run: Run, operands: list[Any]) -> None:
        flat = _numbers(operands, count)
        run.state.path.line(*(run.graphics.point(x, y) for x, y in zip(flat[::2], flat[1::2], strict=True)))

    return extend


def _rectangle(run: Run, operands: list[Any]) -> None:
    x, y, width, height = _numbers(operands, 4)
    box = Rectangle(min(x, x + width), min(y, y + height), max(x, x + width), max(y, y + height))
    run.state.path.add(run.graphics.box(box))


def _clip(run: Run, _: list[Any]) -> None:
    run.state.path.clips = True


def _paint_path(*kinds: str) -> Operator:
    """Fill, stroke, both or neither; then the path clips if it was to (§8.5.3, §8.5.4)."""

    def paint(run: Run, _: list[Any]) -> None:
        path, graphics = run.state.path, run.graphics
        run.state.path = type(path)()
        boxes = path.finish()
        for kind in kinds:
            if boxes:
                run.paint(kind, graphics.fill if kind == "fill" else graphics.stroke, boxes)
        if path.clips and graphics.placed:
            around = _around(boxes)
            run.state.graphics = graphics.clipped(around)

    return paint


def _around(boxes: list[Rectangle]) -> Rectangle:
    if not boxes:
        return NOWHERE
    left, bottom, right, top = zip(*boxes, strict=True)
    return Rectangle(min(left), min(bottom), max(right), max(top))


def _shade(run: Run, operands: list[Any]) -> None:
    """sh paints all that is not clipped away (§8.7.4.2)."""
    ink = read_shading(run.resource("/Shading", operands[0]))
    run.paint("gradient", ink, [run.graphics.clip])


def _render_text(run: Run, operands: list[Any]) -> None:
    run.set(text_mode=int(operands[0]))


def _choose_font(run: Run, operands: list[Any]) -> None:
    """The glyphs of a Type 3 font are content streams (§9.6.5)."""
    font = run.resource("/Font", operands[0])
    if is_dictionary(font) and font.get("/Subtype") == "/Type3":
        glyphs = entries(font, "/CharProcs")
        for name in glyphs.keys():  # noqa: SIM118 - a pikepdf object is no mapping
            run.aside(glyphs.get(name), masks=False)


def _show_text(run: Run, operands: list[Any]) -> None:
    """Tj and its kin: filled, stroked, both or invisible (§9.3.6)."""
    if not any(isinstance(part, pikepdf.String) and bytes(part) for part in _flat(operands)):
        return
    mode = run.graphics.text_mode % 4
    if mode in (0, 2):
        run.paint("text", run.graphics.fill, ())
    if mode in (1, 2):
        run.paint("text", run.graphics.stroke, (), stroked=True)


def _flat(operands: list[Any]) -> Iterable[Any]:
    for operand in operands:
        yield from operand if isinstance(operand, pikepdf.Array) else [operand]


def _paint_object(run: Run, operands: list[Any]) -> None:
    """Do (§8.8)."""
    found = run.resource("/XObject", operands[0])
    if found.get("/Subtype") == "/Image":
        _paint_image(run, run.reader.read_image(str(operands[0])[1:], found, run.resources))
    elif found.get("/Subtype") == "/Form":
        run.add(run.reader.read_form(found, run.resources, run.sheet, run.graphics))


def _paint_inline(run: Run, operands: list[Any]) -> None:
    _paint_image(run, read_inline_image(operands[0], run.resources, run.reader.spaces))


def _paint_image(run: Run, image: Image) -> None:
    """An image fills the unit square (§8.9.4); a stencil is painted in the fill colour."""
    graphics = run.graphics
    a, b, c, d, _, _ = graphics.matrix
    sides = [(image.width, math.hypot(a, b)), (image.height, math.hypot(c, d))]
    dpi = [samples * PT_PER_INCH / (side * run.sheet.unit) for samples, side in sides if side]
    ink = graphics.fill if image.space is None else Ink(image.space, None)
    lowest = min(dpi) if dpi and graphics.placed else None
    run.paint("image", ink, [graphics.box(_UNIT)], image=image, dpi=lowest)


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
OPERATORS |= dict.fromkeys(("Tj", "TJ", "'", '"'), _show_text)
OPERATORS |= dict.fromkeys(("f", "F", "f*"), _paint_path("fill"))
OPERATORS |= dict.fromkeys(("B", "B*", "b", "b*"), _paint_path("fill", "stroke"))
OPERATORS |= dict.fromkeys(("S", "s"), _paint_path("stroke"))
for _side, (_g, _rg, _k, _cs, _sc, _scn) in _SIDES.items():
    OPERATORS |= {_g: _device_colour(_side, GRAY), _rg: _device_colour(_side, RGB), _k: _device_colour(_side, CMYK)}
    OPERATORS |= {_cs: _choose_space(_side), _sc: _choose_colour(_side), _scn: _choose_colour(_side)}
