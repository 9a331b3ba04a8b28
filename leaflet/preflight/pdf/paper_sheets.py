"""Recognise the sheet that a page is printed on: its size by name, whether it is cut, where it is folded."""

from collections.abc import Iterator

from leaflet.geometry import Box, Um, mm
from leaflet.preflight.pdf.evidence import Evidence
from leaflet.preflight.pdf.finished_file import FinishedPage
from leaflet.program import own_table

USUAL: dict[str, tuple[float, float]] = own_table("sheet_sizes.toml")
OFFICE = ("A3", "A4", "A5")  # what office printers print to
LETTER = (215.9, 279.4)
_TOLERANCE = mm(1.5)
_PANELS = mm(97), mm(210)  # of a sheet folded in three, the narrow one
_CUT = mm(1)  # a trim so far inside the page is cut out

_TICK = mm(8)  # the longest mark of a fold or a cut
_NEAR_EDGE = mm(12)  # from the trim, inside or outside
_INNER = mm(10)  # from the trim's sides: marks nearer than this are where it is cut
_STRAIGHT = mm(0.3)


def find_size_name(width: Um, height: Um) -> str | None:
    """Return the name of a size, upright or landscape; None for an unusual size."""
    for name, (one, two) in USUAL.items():
        if _is_like((width, height), (mm(one), mm(two))):
            return name
    return "DL" if _is_like((width, height), _PANELS) else None


def _is_like(size: tuple[Um, Um], wanted: tuple[Um, Um]) -> bool:
    return all(abs(one - two) <= _TOLERANCE for one, two in zip(sorted(size), sorted(wanted), strict=True))


def is_letter(width: Um, height: Um) -> bool:
    """Check whether a size is US Letter, which many programs use when no paper is chosen."""
    return _is_like((width, height), (mm(LETTER[0]), mm(LETTER[1])))


def is_cut(page: FinishedPage) -> bool:
    """Check whether a margin is cut off after printing: the TrimBox lies inside the page, or a BleedBox around it."""
    trim, bleed = page.trim, page.box("/BleedBox")
    return not trim.grown(_CUT).contains(page.visible) or (bleed is not None and not trim.grown(_CUT).contains(bleed))


def is_office(page: FinishedPage) -> bool:
    """Check whether a page is for an office printer, which leaves a white margin."""
    width, height = page.visible.width, page.visible.height
    return not is_cut(page) and (find_size_name(width, height) in OFFICE or is_letter(width, height))


def find_folds(evidence: Evidence, trim: Box) -> tuple[Um, ...]:
    """Find the upright folds that are marked at both ends, from left to right; none on a sheet cut into cards."""
    if any(_is_inner(rule.y, trim.y, trim.bottom) for rule, _ in _ticks(evidence, is_level=True)):
        return ()
    folds = [x for x in _edge_marks(evidence, trim) if _is_inner(x, trim.x, trim.right)]
    return tuple(x for at, x in enumerate(folds) if at == 0 or x - folds[at - 1] > _STRAIGHT)


def _edge_marks(evidence: Evidence, trim: Box) -> list[Um]:
    """Find the x of cuts and folds that are marked by short lines at both ends.

    A line at one end only, as on a scale to check the print size, is no mark.
    """
    ticks = [*_ticks(evidence, is_level=False)]
    near = {place for rule, place in ticks if abs(rule.y - trim.y) <= _NEAR_EDGE}
    far = [place for rule, place in ticks if abs(rule.bottom - trim.bottom) <= _NEAR_EDGE]
    return sorted(place for place in near if any(abs(place - other) <= _STRAIGHT for other in far))


def find_crop_marks(evidence: Evidence, trim: Box) -> Iterator[Box]:
    """Yield short lines that continue an edge of the trim."""
    for is_level in (False, True):
        for rule, place in _ticks(evidence, is_level=is_level):
            edges = (trim.y, trim.bottom) if is_level else (trim.x, trim.right)
            if min(abs(place - edge) for edge in edges) <= _STRAIGHT:
                yield rule


def _ticks(evidence: Evidence, *, is_level: bool) -> Iterator[tuple[Box, Um]]:
    """Yield short lines, level or upright, each with the y or the x of its middle."""
    for rule in evidence.rules:
        if (rule.width > rule.height) == is_level and max(rule.width, rule.height) <= _TICK:
            yield rule, rule.y + rule.height // 2 if is_level else rule.x + rule.width // 2


def _is_inner(place: Um, start: Um, end: Um) -> bool:
    return start + _INNER < place < end - _INNER
