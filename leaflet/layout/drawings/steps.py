"""Path data becomes steps: fontTools reads it, all curves become cubic ones, points are placed in µm."""

from collections.abc import Iterator
from typing import Any

from fontTools.misc.transform import Transform

from leaflet.layout.drawings.subset import BadValueError
from leaflet.layout.marks import Step, StepKind

_Point = tuple[float, float]
_UNREADABLE = (ValueError, IndexError, TypeError, ZeroDivisionError, OverflowError)  # what the parser raises
_FARTHEST = 10**9  # µm: no paper is that large


def path_steps(data: str, transform: Transform) -> Iterator[Step]:
    """Yield the steps of path data in µm, given the transformation from the drawing's units.

    Raises:
        BadValueError: it cannot be read.
    """
    from fontTools.pens.recordingPen import RecordingPen  # a build without drawings needs none of this
    from fontTools.svgLib.path.parser import parse_path

    pen = RecordingPen()
    try:
        parse_path(data, pen)
        yield from [_placed(step, transform) for step in _cubic(pen.value)]
    except _UNREADABLE:
        raise BadValueError("d", data) from None


def _cubic(recorded: list[tuple[str, Any]]) -> Iterator[tuple[StepKind, tuple[_Point, ...]]]:
    """Yield what a pen recorded in the words of a page: moves, lines, cubic curves, closings."""
    here: _Point = (0, 0)
    for operator, points in recorded:
        match operator:
            case "moveTo":
                yield "m", points
            case "lineTo":
                yield "l", points
            case "curveTo":
                yield "c", points
            case "qCurveTo":
                control, end = points
                yield "c", (_toward(here, control), _toward(end, control), end)
            case "closePath":
                yield "z", ()
        here = points[-1] if points else here


def _toward(end: _Point, control: _Point) -> _Point:
    """Return a control point of the cubic curve that is a quadratic one: two thirds of the way to its control."""
    return end[0] + (control[0] - end[0]) * 2 / 3, end[1] + (control[1] - end[1]) * 2 / 3


def _placed(step: tuple[StepKind, tuple[_Point, ...]], transform: Transform) -> Step:
    kind, points = step
    placed = tuple(round(value) for point in points for value in transform.transformPoint(point))
    if any(abs(value) > _FARTHEST for value in placed):
        raise OverflowError
    return Step(kind, placed)
