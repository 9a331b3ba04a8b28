"""Faces put where a plan wants them: a `Side` and the layouts of its records become one face, ready for ``pdf``.

A section of the sheet is what belongs together when it is read: a card, front and back; a panel of a folded sheet.
"""

from collections.abc import Sequence

from leaflet.imposition.sheets import Imposed, Side
from leaflet.layout.face import Face, Placed
from leaflet.layout.marks import Box, Rule
from leaflet.layout.piece import Group, Piece
from leaflet.units import Um


def lay_side(side: Side, records: Sequence[Sequence[Face]], around: Sequence[Placed] = ()) -> Face:
    """The faces of records in their places on a side of a sheet.

    Args:
        records: the faces of each record, by the numbers the plan gives them.
        around: marks and the like, which belong to no record.

    A folded sheet has one record, whose panels are read in the order of their faces; on other sheets each record
    is read whole, front and back, before the next.
    """
    placed: list[Placed] = []
    sections: list[int | None] = []
    for item in side.items:
        moved = _moved(records[item.record][item.face], item)
        placed += moved
        sections += [item.face if side.folds else item.record] * len(moved)
    sections += [None] * len(around)
    return Face(side.width, side.height, (*placed, *around), tuple(sections), folds=side.folds)


def marks_piece(marks: Sequence[Rule], width: Um, height: Um) -> Piece:
    """Marks of a sheet as a piece of its size: decoration, read by nobody."""
    areas = tuple(map(rule_area, marks))
    return Piece("marks", "", width, height, (Group(tuple(marks), None),), (), 0, areas=areas)


def rule_area(rule: Rule) -> Box:
    """The rectangle a straight line prints in, µm."""
    half = -(-rule.width // 2)
    left, top = min(rule.x1, rule.x2), min(rule.y1, rule.y2)
    return Box(left, top, abs(rule.x2 - rule.x1), abs(rule.y2 - rule.y1)).grown(half)


def _moved(face: Face, item: Imposed) -> list[Placed]:
    """What stands on a face, moved to a place of its size; upside down if the place is."""
    if (face.width, face.height) != (item.width, item.height):
        found, room = (face.width, face.height), (item.width, item.height)
        raise ValueError(f"a face of {found} µm does not belong in a place of {room} µm")
    return [_put(placed, item) for placed in face.placed]


def _put(placed: Placed, item: Imposed) -> Placed:
    piece, x, y, list_at, artifact, turned = placed
    if item.turned:
        x, y, turned = item.width - x - piece.width, item.height - y - piece.height, not turned
    return Placed(piece, item.x + x, item.y + y, list_at, artifact, turned)  # not _replace: a sheet has sixty
