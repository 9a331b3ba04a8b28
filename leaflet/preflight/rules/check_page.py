"""Can the pages be printed: boxes, sizes, margins, marks, folds?

Files that claim PDF/X or PDF/VT are judged by `leaflet.pdf.standards.pdfx`; messages have its rules' numbers.
"""

import re
from collections.abc import Iterator

from leaflet.geometry import Box, Um, mm, to_mm
from leaflet.pdf.standards.pdfx import check_press
from leaflet.preflight.pdf.evidence import FoundWord
from leaflet.preflight.pdf.finished_file import FinishedFile, FinishedPage
from leaflet.preflight.pdf.paper_sheets import (
    find_crop_marks,
    find_folds,
    find_size_name,
    is_cut,
    is_letter,
    is_office,
)
from leaflet.preflight.rule import Context, Finding, Options, Rule

_SLACK = mm(0.1)
_ALIKE = mm(5)  # panels of one folded sheet differ by 3 mm


def check_boxes(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the page has a size, and its boxes lie inside each other."""
    boxes = {key: page.box(f"/{key}") for key in ("MediaBox", "CropBox", "BleedBox", "TrimBox", "ArtBox")}
    media = boxes["MediaBox"]
    if media is None or media.width < mm(1) or media.height < mm(1):
        yield _misplaced("MediaBox", "has no size", "n’a pas de taille")
        return
    for key, box in boxes.items():
        if box is None and page.obj.get(f"/{key}") is not None:
            yield _misplaced(key, "is no rectangle", "n’est pas un rectangle")
        elif box is not None and not media.grown(_SLACK).contains(box):
            yield _misplaced(key, "reaches beyond the MediaBox", "dépasse la MediaBox")
    bleed, trim = boxes["BleedBox"], boxes["TrimBox"]
    if bleed is not None and trim is not None and not bleed.grown(_SLACK).contains(trim):
        yield _misplaced("TrimBox", "reaches beyond the BleedBox", "dépasse la BleedBox")
    if page.rotation % 90:
        yield _misplaced("Rotate", "is no quarter turn", "n’est pas un quart de tour")


def _misplaced(box: str, english: str, french: str) -> Finding:
    return Finding(values={"box": box, "what_en": english, "what_fr": french})


def check_one_size(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that all pages have one size, or sizes of one sheet, except in our print runs with bundle sheets."""
    if file.is_ours and file.root.get("/StructTreeRoot") is None:
        return
    first: Box | None = None
    for page in file.pages:
        trim = page.trim
        first = first or trim
        if not _is_alike(first, trim):
            yield Finding(values={"size": _size(trim), "first": _size(first)}, page=page.number)
            return


def _is_alike(one: Box, two: Box) -> bool:
    sides = zip(sorted((one.width, one.height)), sorted((two.width, two.height)), strict=True)
    return all(abs(a - b) <= _ALIKE for a, b in sides)


def check_format(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the page after cutting has a size of paper."""
    trim = page.trim
    if find_size_name(trim.width, trim.height) is None and trim.width > 0 and trim.height > 0:
        is_american = is_letter(trim.width, trim.height)
        english, french = (" (US Letter)", " (US Letter, format américain)") if is_american else ("", "")
        yield Finding(values={"size": _size(trim), "what_en": english, "what_fr": french})


def check_turned(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that all pages are turned in the same way."""
    turned = [page.number for page in file.pages if page.rotation]
    if turned and len(turned) < len(file.pages):
        yield Finding(values={"count": len(turned), "pages": len(file.pages)}, page=turned[0])


def check_margin(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that no text is in the margin where office printers cannot print."""
    if is_office(page):
        yield from _outside(page, page.visible, mm(options["margin_mm"]))


def check_trim_margin(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that no text is so near the cut that it may be cut off."""
    if is_cut(page):
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
    sides = (inner.x - outer.x, inner.y - outer.y, outer.right - inner.right, outer.bottom - inner.bottom)
    return min(sides)


def check_marks(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that crop marks are outside of the cut."""
    if not is_cut(page):
        return
    inside = page.trim.grown(-mm(0.3))
    for mark in find_crop_marks(page.evidence, page.trim):
        if _meets(mark, inside):
            yield Finding(
                values={"x": f"{to_mm(mark.x - page.trim.x):.0f}", "y": f"{to_mm(mark.y - page.trim.y):.0f}"}
            )


def _meets(mark: Box, trim: Box) -> bool:
    """Check whether a mark along an edge lies beside the trim rather than outside of it."""
    if mark.width > mark.height:
        return mark.x < trim.right and mark.right > trim.x
    return mark.y < trim.bottom and mark.bottom > trim.y


def check_folds(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that text keeps away from folds, on sheets that mark them."""
    clear = mm(options["clear_mm"]) - _SLACK
    for fold in find_folds(page.evidence, page.trim):
        words = [word for word in page.evidence.words if _is_near(word, fold, clear, page.trim)]
        if words:
            yield Finding(
                values={"word": words[0].text, "place": f"{to_mm(fold - page.trim.x):.0f}", "count": len(words)}
            )


def _is_near(word: FoundWord, fold: Um, clear: Um, trim: Box) -> bool:
    return (
        not word.is_hidden and word.box.x < fold + clear and word.box.right > fold - clear and trim.contains(word.box)
    )


def check_claim(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a file which claims PDF/X or PDF/VT keeps the rules of `leaflet.pdf.standards.pdfx`."""
    if any(claim.startswith(("x", "vt")) for claim in file.claims):
        for message in check_press(file.data):
            place = re.match(r"page (\d+): ", message)
            text = message[place.end() :] if place else message
            yield Finding(values={"problem": text}, page=int(place[1]) if place else None)


def _size(box: Box) -> str:
    return f"{to_mm(box.width):.0f} × {to_mm(box.height):.0f}"


_X4, _HOUSE = "ISO 15930-7", "house rule"

RULES = (
    Rule(
        code="K651",
        family="page",
        name="boxes lie inside each other",
        source=f"ISO 32000-1 §14.11.2, {_X4}",
        page=check_boxes,
        by_content=True,
    ),
    Rule(code="K652", family="page", name="pages have one size", source=_HOUSE, file=check_one_size),
    Rule(
        code="K653", family="page", name="paper has this size", source="ISO 216", page=check_format, by_content=True
    ),
    Rule(code="K654", family="page", name="pages are turned alike", source=_HOUSE, file=check_turned),
    Rule(
        code="K655",
        family="page",
        name="office printers reach all text",
        source="Konica Minolta 2490MF manual, p. 46: 4 mm on all sides",
        page=check_margin,
        options={"margin_mm": 4},
        by_content=True,
    ),
    Rule(
        code="K656",
        family="page",
        name="text keeps away from the cut",
        source="house rule: cuts are off by up to 1 mm; print shops ask for 3 to 5 mm",
        page=check_trim_margin,
        options={"margin_mm": 3},
        by_content=True,
    ),
    Rule(
        code="K658", family="page", name="crop marks stay outside", source=_HOUSE, page=check_marks, by_content=True
    ),
    Rule(
        code="K659",
        family="page",
        name="text keeps away from folds",
        source="house rule: 5 mm (imposition/impose.py)",
        page=check_folds,
        options={"clear_mm": 5},
        by_content=True,
    ),
    Rule(
        code="K661",
        family="page",
        name="a claim of PDF/X holds",
        source=f"{_X4}; leaflet.pdf.standards.pdfx",
        file=check_claim,
    ),
)
