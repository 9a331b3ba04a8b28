"""Marks become operators. Shapes through reportlab's canvas, text and QR codes as their own short operators.

A piece is painted in its own coordinates (points, origin at its top left, y up, so everything is below zero);
where it stands on the page is the business of ``chunks``.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, partial
from typing import Any

from leaflet.geometry import to_pt
from leaflet.layout.marks import Mark, Modules, Path, Picture, Rule, Shape, Text, Tick, Upright
from leaflet.pdf.engine import Canvas
from leaflet.pdf.fonts_embedded import EmbeddedFonts
from leaflet.pdf.inks import Inks
from leaflet.pdf.objects import length, number

_GROUPS = 512  # groups kept as operators: a footer stands on both pages
_ENDS = {"butt": 0, "round": 1, "square": 2}  # of lines, ISO 32000-1 table 54
_JOINS = {"miter": 0, "round": 1, "bevel": 2}  # table 55
_DARK = re.compile("1+")  # modules of a QR code beside each other
_MITER_LIMIT = "4 M"  # of SVG; that of PDF is 10
# The operator by whether it fills and draws the line, table 60.
_PAINTED = {(True, True): "B", (True, False): "f", (False, True): "S"}


class Painter:
    """A painter of marks with the fonts and colours of one build."""

    def __init__(self, canvas: Canvas, fonts: EmbeddedFonts, inks: Inks, pictures: Mapping[str, str]) -> None:
        self._canvas = canvas
        self._fonts = fonts.faces
        self._inks = inks
        self._pictures = pictures  # key of a picture → name of its XObject
        # the operators for the marks of a group, which leave the graphics state as it was
        self.paint = lru_cache(maxsize=_GROUPS)(lambda group: self.paint_marks(group.marks))
        self._size = lru_cache(maxsize=_GROUPS)(number)
        self._text_color = lru_cache(maxsize=_GROUPS)(inks.text)
        kept = lru_cache(maxsize=_GROUPS)
        draw, path = kept(self._draw), kept(partial(path_operators, inks=inks))
        self._painters: dict[type[Mark], Callable[[Any], bytes]] = {Shape: draw, Rule: draw, Tick: draw, Path: path}
        self._painters |= {Text: kept(self._set_text), Modules: self._modules, Picture: self._picture}
        self._painters[Upright] = lambda mark: self._set_text(mark.text, "0 -1 1 0" if mark.is_down else "0 1 -1 0")

    def paint_marks(self, marks: Iterable[Mark]) -> bytes:
        """Return the operators for marks; without a cache, for variable text."""
        painters = self._painters
        return b"\n".join([painters[type(mark)](mark) for mark in marks])

    def outline(self, width: int, height: int) -> bytes:
        """Return the debug outline of a piece, µm."""
        return f"q 0.3 w 1 0 0 RG 0 -{length(height)} {length(width)} {length(height)} re S Q".encode()

    def _set_text(self, mark: Text, turn: str = "1 0 0 1") -> bytes:
        x, y, text, weight, size, name = mark
        color = self._text_color(name)
        shown = self._fonts[weight].show(text, self._size(size))
        place = f"{turn} {length(x)} {length(-y)} Tm "
        if color[0] == "/":  # a graphics state, which must not outlive the text
            return f"q {color} BT {place}".encode() + shown + b" ET Q"
        return f"BT {color} {place}".encode() + shown + b" ET"

    def _modules(self, mark: Modules) -> bytes:
        """Paint all dark modules as one path, neighbours in a row as one rectangle, filled once: no hairlines."""
        out = [f"q {self._text_color(mark.color)}"]
        steps = [step * mark.module for step in range(len(mark.rows) + 1)]
        lefts, sides = [length(mark.x + step) for step in steps], [*map(length, steps)]
        for step, modules in zip(steps[1:], mark.rows, strict=True):
            y = length(-(mark.y + step))
            for run in _DARK.finditer(modules):
                start, end = run.span()
                out.append(f"{lefts[start]} {y} {sides[end - start]} {sides[1]} re")
        out.append("f Q")
        return "\n".join(out).encode()

    def _picture(self, mark: Picture) -> bytes:
        box = mark.box
        matrix = f"{length(box.width)} 0 0 {length(box.height)} {length(box.x)} {length(-box.bottom)}"
        return f"q {matrix} cm /{self._pictures[mark.key]} Do Q".encode()

    def _draw(self, mark: Shape | Rule | Tick) -> bytes:
        """Return what a mark adds to the code of reportlab's canvas, between save and restore."""
        canvas = self._canvas
        before, canvas._code = canvas._code, []
        try:
            canvas.saveState()
            match mark:
                case Shape():
                    self._shape(mark)
                case Rule():
                    canvas._code.append(self._inks.stroke(mark.color))
                    canvas.setLineWidth(to_pt(mark.width))
                    canvas.line(to_pt(mark.x1), to_pt(-mark.y1), to_pt(mark.x2), to_pt(-mark.y2))
                case Tick():
                    canvas._code.append(self._inks.fill(mark.color))
                    canvas.circle(to_pt(mark.x), to_pt(-mark.y), to_pt(mark.radius), stroke=0, fill=1)
            canvas.restoreState()
            return "\n".join(canvas._code).encode("latin-1")
        finally:
            canvas._code = before

    def _shape(self, mark: Shape) -> None:
        canvas, box = self._canvas, mark.box
        if mark.fill:
            canvas._code.append(self._inks.fill(mark.fill))
        if mark.line:
            canvas._code.append(self._inks.stroke(mark.line))
            canvas.setLineWidth(to_pt(mark.line_width))
        if mark.dash:
            canvas.setDash([to_pt(part) for part in mark.dash])
        frame = (to_pt(box.x), to_pt(-box.bottom), to_pt(box.width), to_pt(box.height))
        stroke, fill = int(bool(mark.line)), int(bool(mark.fill))
        if mark.radius and mark.radius * 2 >= max(box.width, box.height) - 1:
            radius = to_pt(mark.radius)
            canvas.circle(frame[0] + radius, frame[1] + radius, radius, stroke=stroke, fill=fill)
        elif mark.radius:
            canvas.roundRect(*frame, to_pt(mark.radius), stroke=stroke, fill=fill)
        else:
            canvas.rect(*frame, stroke=stroke, fill=fill)


def path_operators(mark: Path, inks: Inks) -> bytes:
    """Return the operators for a path, leaving the graphics state as it was."""
    state = ["q"]
    if mark.fill:
        state.append(inks.fill(mark.fill))
    if mark.line:
        state += [inks.stroke(mark.line), f"{length(mark.line_width)} w {_ENDS[mark.end]} J {_JOINS[mark.join]} j"]
        if mark.join == "miter":
            state.append(_MITER_LIMIT)
    if any(mark.dash):  # a pattern without length is an error
        state.append(f"[{' '.join(map(length, mark.dash))}] 0 d")
    star = "*" if mark.even_odd and mark.fill else ""
    painted = _PAINTED[bool(mark.fill), bool(mark.line)] + star
    return " ".join([*state, *(_step(*step) for step in mark.steps), painted, "Q"]).encode()


def _step(kind: str, points: tuple[int, ...]) -> str:
    if kind == "z":
        return "h"
    return " ".join([*(length(-value if index % 2 else value) for index, value in enumerate(points)), kind])
