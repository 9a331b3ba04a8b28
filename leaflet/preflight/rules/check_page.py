"""Can the pages be printed: boxes, sizes, margins, marks, folds, and the backs of those with ``/Duplex``?

Files that claim PDF/X or PDF/VT are judged by `leaflet.pdf.standards.pdfx`; messages have its rules' numbers.
"""

import re
from collections.abc import Iterator

from leaflet.files.words import in_both
from leaflet.geometry import Box, Um, mm, to_mm
from leaflet.pdf.standards.pdf_objects import entries
from leaflet.pdf.standards.pdfx import check_press
from leaflet.preflight.pdf import paper_sheets
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, rules
from leaflet.preflight.rules.check_file import is_white_back, says_nothing

_SLACK = mm(0.1)
_ALIKE = mm(5)  # panels of one folded sheet differ by 3 mm
_FLIPS = ("/DuplexFlipLongEdge", "/DuplexFlipShortEdge")


@rules.page("K651", sees="page")
def _check_boxes(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the page has a size, and its boxes lie inside each other."""
    boxes = {key: page.box(f"/{key}") for key in ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")}
    media = boxes["MediaBox"]
    if media is None or media.width < mm(1) or media.height < mm(1):
        yield Finding(values={"box": "MediaBox", **in_both("what", "box_no_size")})
        return
    for key, box in boxes.items():
        if box is None and page.obj.get(f"/{key}") is not None:
            yield Finding(values={"box": key, **in_both("what", "box_no_rectangle")})
        elif box is not None and not media.grown(_SLACK).contains(box):
            yield Finding(values={"box": key, **in_both("what", "box_beyond_media")})
    bleed, trim = boxes["BleedBox"], boxes["TrimBox"]
    if bleed is not None and trim is not None and not bleed.grown(_SLACK).contains(trim):
        yield Finding(values={"box": "TrimBox", **in_both("what", "box_beyond_bleed")})
    if page.rotation % 90:
        yield Finding(values={"box": "Rotate", **in_both("what", "box_no_turn")})


@rules.file("K652")
def _check_one_size(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that all pages have one size, or sizes of one sheet, except in our print runs with bundle sheets."""
    for page in () if file.is_print_run else file.pages[1:]:
        first, trim = file.pages[0].trim, page.trim
        sides = zip(sorted((first.width, first.height)), sorted((trim.width, trim.height)), strict=True)
        if any(abs(a - b) > _ALIKE for a, b in sides):
            yield Finding(values={"size": _size(trim), "first": _size(first)}, page=page.number)
            return


def _size(box: Box) -> str:
    return f"{to_mm(box.width):.0f} × {to_mm(box.height):.0f}"


@rules.page("K653", sees="page")
def _check_format(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the page after cutting has a size of paper."""
    trim = page.trim
    if paper_sheets.find_size_name(trim.width, trim.height) is None and trim.width > 0 and trim.height > 0:
        key = "size_letter" if paper_sheets.is_letter(trim.width, trim.height) else "size_other"
        yield Finding(values={"size": _size(trim), **in_both("what", key)})


@rules.file("K654")
def _check_turned(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    turned = [page.number for page in file.pages if page.rotation]
    if turned and len(turned) < len(file.pages):
        yield Finding(values={"count": len(turned), "pages": len(file.pages)}, page=turned[0])


@rules.page("K655", sees="piece")
def _check_margin(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    if paper_sheets.is_office(page):
        yield from _outside(page, page.visible, mm(options["margin_mm"]))


@rules.page("K656", sees="piece")
def _check_trim_margin(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    if paper_sheets.is_cut(page):
        yield from _outside(page, page.trim, mm(options["margin_mm"]))


def _outside(page: FinishedPage, box: Box, margin: Um) -> Iterator[Finding]:
    """Report the words and codes in a page's margin; another rule reports those that are wholly beyond it."""
    inside = box.grown(_SLACK - margin)
    words = [w for w in page.evidence.words if not w.is_hidden and box.overlaps(w.box) and not inside.contains(w.box)]
    if words:
        nearest = min(words, key=lambda word: _distance(word.box, box))
        distance = max(to_mm(_distance(nearest.box, box)), 0)
        yield Finding(values={"word": nearest.text, "distance": f"{distance:.1f}", "count": len(words)})
    for code in page.evidence.codes:
        if box.overlaps(code.box) and not inside.contains(code.box):
            distance = max(to_mm(_distance(code.box, box)), 0)
            yield Finding(values={"word": "QR", "distance": f"{distance:.1f}", "count": 1})


def _distance(inner: Box, outer: Box) -> Um:
    return min(inner.x - outer.x, inner.y - outer.y, outer.right - inner.right, outer.bottom - inner.bottom)


@rules.page("K658", sees="piece")
def _check_marks(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no mark along an edge lies beside the trim."""
    inside = page.trim.grown(-mm(0.3))
    for mark in paper_sheets.find_crop_marks(page.evidence, page.trim) if paper_sheets.is_cut(page) else ():
        beside_x = mark.x < inside.right and mark.right > inside.x
        beside_y = mark.y < inside.bottom and mark.bottom > inside.y
        if beside_x if mark.width > mark.height else beside_y:
            x, y = to_mm(mark.x - page.trim.x), to_mm(mark.y - page.trim.y)
            yield Finding(values={"x": round(x), "y": round(y)})


@rules.page("K659", sees="page")
def _check_folds(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check text on sheets that mark their folds."""
    clear = mm(options["clear_mm"]) - _SLACK
    for fold in paper_sheets.find_folds(page.evidence, page.trim):
        words = [
            word
            for word in page.evidence.words
            if not word.is_hidden and word.box.x < fold + clear and word.box.right > fold - clear
            if page.trim.contains(word.box)
        ]
        if words:
            place = f"{to_mm(fold - page.trim.x):.0f}"
            yield Finding(values={"word": words[0].text, "place": place, "count": len(words)})


@rules.file("K661")
def _check_claim(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    if any(claim.startswith(("x", "vt")) for claim in file.claims):
        for message in check_press(file.data):
            place = re.match(r"page (\d+): ", message)
            text = message[place.end() :] if place else message
            yield Finding(values={"problem": text}, page=int(place[1]) if place else None)


def _is_two_sided(file: FinishedFile) -> bool:
    """Tell whether a file asks to be printed on both sides (ISO 32000-1, table 150)."""
    return str(entries(file.root, "/ViewerPreferences").get("/Duplex")) in _FLIPS


@rules.file("K951")
def _check_even(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    if _is_two_sided(file) and len(file.pages) % 2:
        yield Finding(values={"count": len(file.pages)}, page=len(file.pages))


@rules.file("K952")
def _check_sizes(file: FinishedFile, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that front and back have the same size, and are both upright or both landscape."""
    for front_page, back_page in zip(file.pages[::2], file.pages[1::2], strict=False) if _is_two_sided(file) else ():
        one, two = front_page.trim, back_page.trim
        if max(abs(one.width - two.width), abs(one.height - two.height)) > mm(options["slack_mm"]):
            yield Finding(values={"front": _size(one), "back": _size(two)}, page=back_page.number)


@rules.page("K956")
def _check_white(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check all backs but those of our own print runs, which are meant to be white."""
    if not page.file.is_print_run and says_nothing(page) and is_white_back(page):
        yield Finding()
