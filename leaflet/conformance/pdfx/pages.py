"""Rules for each page of a print-shop file: boxes, annotations, fonts.

Clauses are of ISO 32000-1. Lengths are points.
"""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import pikepdf

from leaflet.conformance.pdf_objects import PressPage, entries, is_dictionary, items, read_rectangle
from leaflet.geometry import Rectangle
from leaflet.units import mm, pt, to_mm, to_pt

BLEED = mm(3)  # what print shops ask for at least
_SLACK = 0.01  # points two boxes may differ and still count as equal
_CENTRED = 0.5  # points
_OUTSIDE_ALLOWED = ("/TrapNet", "/PrinterMark")
_PROGRAMS = ("/FontFile", "/FontFile2", "/FontFile3")


def check_boxes(page: PressPage) -> Iterator[str]:
    """Check that there is a TrimBox or an ArtBox, inside bleed and media, not cut by the crop (§14.11.2)."""
    media, bleed, trim = page.box("/MediaBox"), page.box("/BleedBox"), page.trim
    if media is None:
        yield "no MediaBox"
    named = [name for name in ("/TrimBox", "/ArtBox") if name in page.dictionary]
    if len(named) != 1 or trim is None:
        yield f"{' and '.join(named) or 'no TrimBox'}: there must be either a TrimBox or an ArtBox"
    chain = [("TrimBox", trim), ("BleedBox", bleed), ("MediaBox", media)]
    known = [(name, box) for name, box in chain if box is not None]
    for (name, inner), (around, outer) in pairwise(known):
        if not outer.contains(inner, _SLACK):
            yield f"the {name} {inner} leaves the {around} {outer}"
    crop = page.box("/CropBox")
    if crop and trim and not crop.contains(trim, _SLACK):
        yield f"the CropBox {crop} cuts the TrimBox {trim}"


def check_bleed(page: PressPage) -> Iterator[str]:
    """Check that the bleed is declared, and wide enough on every side."""
    bleed, trim = page.box("/BleedBox"), page.trim
    if bleed is None:
        yield "no BleedBox"
    elif trim is not None:
        for side, width in _margins(trim, bleed).items():
            if width * page.unit < to_pt(BLEED) - _SLACK:
                wide = to_mm(pt(width * page.unit))
                yield f"the bleed on the {side} is {wide:.2f} mm, not {to_mm(BLEED):g} mm or more"


def check_centred(page: PressPage) -> Iterator[str]:
    """Check that the trim is in the middle of the media, so that sheets can be turned."""
    media, trim = page.box("/MediaBox"), page.trim
    if media and trim:
        margin = _margins(trim, media)
        across, along = margin["left"] - margin["right"], margin["top"] - margin["bottom"]
        if max(abs(across), abs(along)) * page.unit / 2 > _CENTRED:
            yield f"the TrimBox {trim} is not in the middle of the MediaBox {media}"


def _margins(inner: Rectangle, outer: Rectangle) -> dict[str, float]:
    return {
        "left": inner.left - outer.left,
        "bottom": inner.bottom - outer.bottom,
        "right": outer.right - inner.right,
        "top": outer.top - inner.top,
    }


def check_annotations(page: PressPage) -> Iterator[str]:
    """Check that annotations stand outside the bleed: there are no links in print."""
    inside = page.box("/BleedBox") or page.trim or page.box("/MediaBox")
    for annotation in page.annotations:
        kind = str(annotation.get("/Subtype", "/?"))
        rectangle = read_rectangle(annotation.get("/Rect"))
        if kind not in _OUTSIDE_ALLOWED and inside and (rectangle is None or rectangle.overlaps(inside)):
            yield f"an annotation {kind[1:]} at {rectangle or 'no place'} is on the printed area {inside}"


def check_page_actions(page: PressPage) -> Iterator[str]:
    """Check that nothing runs when a page or an annotation is opened, left or touched (§12.6.3)."""
    if "/AA" in page.dictionary:
        yield "the page has additional actions (/AA)"
    if any("/AA" in annotation for annotation in page.annotations):
        yield "an annotation has additional actions (/AA)"


def check_fonts(page: PressPage) -> Iterator[str]:
    """Check that all fonts that resources reach are embedded (§9.9).

    Forms, patterns and appearances have resources too.
    """
    appearances = [entries(annotation, "/AP") for annotation in page.annotations]
    waiting = [found for found in [page.resources, *appearances] if _is_new(page, found)]
    while waiting:
        holder = waiting.pop()
        for name, font in _fonts(holder):
            if _is_new(page, font):
                yield from _check_font(name, font)
                waiting.append(entries(font, "/Resources"))
        waiting += [found for found in _held(holder) if _is_new(page, found)]


def _held(holder: Any) -> Iterator[Any]:
    """Yield what resources, a form, a pattern or a graphics state holds that may hold fonts in turn."""
    for key in ("/XObject", "/Pattern", "/ExtGState", "/N", "/R", "/D"):
        found = holder.get(key)
        if isinstance(found, pikepdf.Dictionary):
            yield from (value for value in (found.get(name) for name in found.keys()) if is_dictionary(value))  # noqa: SIM118
        elif isinstance(found, pikepdf.Stream):
            yield found
    for key in ("/Resources", "/SMask", "/G", "/Shading"):
        found = holder.get(key)
        if is_dictionary(found):
            yield found


def _fonts(holder: Any) -> Iterator[tuple[str, Any]]:
    """Yield the fonts of resources, or the one of a graphics state (table 58)."""
    found = holder.get("/Font")
    if isinstance(found, pikepdf.Dictionary):
        for name in found.keys():  # noqa: SIM118
            font = found.get(name)
            if is_dictionary(font):
                yield name, font
            else:
                yield name, pikepdf.Dictionary()
    elif isinstance(found, pikepdf.Array) and is_dictionary(found[0]):
        yield "of a graphics state", found[0]


def _is_new(page: PressPage, value: Any) -> bool:
    """Check whether an object was not met yet; one without a number is looked at wherever it is met."""
    if not value.is_indirect:
        return True
    if value.objgen in page.file.seen:
        return False
    page.file.seen.add(value.objgen)
    return True


def _check_font(name: str, font: Any) -> Iterator[str]:
    """Check that a font's program is there, for a composite font in its descendant's descriptor (§9.7.1)."""
    if font.get("/Subtype") == "/Type3":
        return
    base = font.get("/BaseFont", name)
    if font.get("/Subtype") == "/Type0":
        font = next((found for found in items(font.get("/DescendantFonts")) if is_dictionary(found)), font)
    descriptor = entries(font, "/FontDescriptor")
    program = next((descriptor.get(key) for key in _PROGRAMS if key in descriptor), None)
    if not isinstance(program, pikepdf.Stream) or not program.read_bytes():
        yield f"the font {base} is not embedded"
