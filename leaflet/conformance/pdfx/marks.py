"""Rules for what is painted in a print-shop file: each looks at one mark. Lengths are points.

Clauses are of ISO 32000-1; the house rules are what print shops ask for.
"""

from collections.abc import Iterator

from leaflet.conformance.pdfx.inks import CMYK, Ink
from leaflet.conformance.pdfx.state import PaintedMark, PrintArea
from leaflet.geometry import Rectangle
from leaflet.units import mm, pt, to_mm, to_pt

MOST_INK = 3.0  # layers: 300 %, the limit of coated offset
FEWEST_DPI = 180  # below, print shops call an image low
_ROUNDING = 0.01  # layers by which eight-bit samples may exceed the limit
_BLACK = 0.8  # of K: from here on a colour is a black
_CODE_PARTS = 100  # a fill of so many parts is a QR code: version 1 has more than 200 dark modules
_REACHES = to_pt(mm(0.1))  # what ends so near to an edge touches it
_SLACK = 0.01  # points


def check_colour(mark: PaintedMark, area: PrintArea) -> Iterator[str]:
    """Check that device colour spaces are those to which the output intent gives a meaning."""
    space = mark.ink.space if mark.ink else None
    for device in sorted((space.devices if space else frozenset()) - area.devices):
        inside = "" if space is None or space.name == device else f" inside {space.name}"
        yield f"{_named(mark)} is in {device}{inside}"


def check_inline_filter(mark: PaintedMark, _: PrintArea) -> Iterator[str]:
    """Check that inline images are not compressed with LZW either."""
    if mark.image and {"/LZW", "/LZWDecode"} & set(mark.image.filters):
        yield f"{_named(mark)} is compressed with LZW"


def check_pure_black(mark: PaintedMark, _: PrintArea) -> Iterator[str]:
    """Check that text and codes are black ink alone or paper, and nothing else a black of several inks."""
    ink = mark.ink
    if ink is None or (ink.is_registration and mark.kind != "text"):
        return
    if mark.kind == "text" or (mark.kind == "fill" and mark.parts >= _CODE_PARTS):
        if ink.pattern or ink.cmyk is None or any(ink.cmyk[:3]):
            what = "text" if mark.kind == "text" else f"a fill of {mark.parts} parts, as of a code,"
            yield f"{what} is in {ink}: only black ink or paper"
    elif not ink.pattern and ink.cmyk and ink.cmyk[3] >= _BLACK and any(ink.cmyk[:3]):
        yield f"{_named(mark)} is black of several inks: {ink}"


def check_black_overprints(mark: PaintedMark, _: PrintArea) -> Iterator[str]:
    """Check that black text is printed over what is below (§8.6.7).

    OPM 1 does that for DeviceCMYK, and for black alone.
    """
    ink = mark.ink
    if mark.kind != "text" or ink is None or not ink.cmyk or ink.cmyk[3] < _BLACK:
        return
    if not (mark.overprints and mark.overprint_mode == 1):
        yield f"black text does not overprint: op is {_truth(mark.overprints)}, OPM is {mark.overprint_mode}"
    elif ink.space is not CMYK and not ink.space.name.startswith("Separation"):
        yield f"black text does not overprint: it is in {ink.space.name}"


def check_white_knocks_out(mark: PaintedMark, _: PrintArea) -> Iterator[str]:
    """Check that white does not overprint, for it would vanish."""
    if mark.ink and mark.ink.is_white and mark.overprints:
        yield f"{_named(mark)} in white overprints: it would vanish"


def check_ink(mark: PaintedMark, area: PrintArea) -> Iterator[str]:
    """Check that there is not more ink than paper takes, and that it can be counted."""
    ink = mark.ink
    if ink is None or mark.kind == "group" or (mark.image and mark.image.space) or ink.is_registration:
        return
    if ink.total > MOST_INK + 1e-6:
        yield f"{_named(mark)} has {ink.total:.0%} ink, {ink.space.name}: at most {MOST_INK:.0%}"
    elif ink.cmyk is None and mark.kind != "text" and _is_own_colour(ink) and ink.space.devices <= area.devices:
        yield f"the ink of {_named(mark)} in {ink.space.name} cannot be counted"


def _is_own_colour(ink: Ink) -> bool:
    return ink.space.name != "Pattern"


def check_registration(mark: PaintedMark, area: PrintArea) -> Iterator[str]:
    """Check that the colour of all plates is used for marks, and that they stand outside the bleed."""
    edge = area.bleed or area.trim
    if mark.ink is None or not mark.ink.is_registration or mark.kind == "group":
        return
    if mark.boxes is None or mark.kind == "text":
        yield f"{_named(mark)} is in Separation /All, which is for marks only"
    elif edge and any(box.overlaps(edge, _SLACK) for box in mark.boxes):
        yield f"{_named(mark)} in Separation /All is inside the bleed {edge}"


def check_image_ink(mark: PaintedMark, area: PrintArea) -> Iterator[str]:
    """Check that samples of images keep the same limit."""
    image = mark.image
    if image is None or image.space is None or not image.space.devices <= area.devices:
        return
    if image.problem:
        yield f"image {image.name} cannot be judged: {image.problem}"
    elif image.peak is None and image.name != "inline":
        yield f"the ink of image {image.name} in {image.space.name} cannot be counted"
    elif image.peak is not None and image.peak > MOST_INK + _ROUNDING:
        yield f"image {image.name} has up to {image.peak:.0%} ink: at most {MOST_INK:.0%}"


def check_resolution(mark: PaintedMark, _: PrintArea) -> Iterator[str]:
    """Check that images are sharp enough to be printed."""
    if mark.image and mark.dpi is not None and mark.dpi < FEWEST_DPI:
        yield f"image {mark.image.name} has {mark.dpi:.0f} dpi: at least {FEWEST_DPI}"


def check_painted_bleed(mark: PaintedMark, area: PrintArea) -> Iterator[str]:
    """Check that what touches the trim goes on to the edge of the bleed.

    Otherwise a white line remains where the cut is late.
    """
    trim, bleed = area.trim, area.bleed
    if trim is None or bleed is None or mark.kind not in ("fill", "image", "gradient") or not mark.boxes:
        return
    for box in mark.boxes:
        if box.overlaps(trim):
            short = _short_sides(box, trim, bleed, area.unit)
            if short and not any(_covers(other, box, trim, bleed, area.unit) for other in mark.boxes):
                sides = ", ".join(f"{side} by {to_mm(pt(by)):.2f} mm" for side, by in short.items())
                yield f"{_named(mark)} touches the trim but not the bleed edge: {sides}"


def _short_sides(box: Rectangle, trim: Rectangle, bleed: Rectangle, unit: float) -> dict[str, float]:
    """Return the sides on which a box reaches the trim but not the bleed, and how much is missing."""
    near = _REACHES / unit
    lacks = {
        "left": (trim.left + near - box.left, box.left - bleed.left),
        "bottom": (trim.bottom + near - box.bottom, box.bottom - bleed.bottom),
        "right": (box.right - trim.right + near, bleed.right - box.right),
        "top": (box.top - trim.top + near, bleed.top - box.top),
    }
    return {side: lack * unit for side, (reach, lack) in lacks.items() if reach >= 0 and lack > near}


def _covers(other: Rectangle, box: Rectangle, trim: Rectangle, bleed: Rectangle, unit: float) -> bool:
    """Check whether another part of the same path covers a box and reaches the bleed.

    Then the box is a hole, or painted twice.
    """
    return other != box and other.contains(box, _SLACK) and not _short_sides(other, trim, bleed, unit)


def _named(mark: PaintedMark) -> str:
    if mark.kind == "image" and mark.image:
        return f"image {mark.image.name}"
    return {"text": "text", "group": "a transparency group"}.get(mark.kind, f"a {mark.kind}")


def _truth(value: bool) -> str:
    return "true" if value else "false"
