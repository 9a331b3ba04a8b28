"""Check that the fonts travel with the file, may do so, and say what their codes are; that pictures are sharp.

A picture that is a QR code is judged as one: a pixel for each module prints sharply.
"""

from collections.abc import Callable, Iterator
from functools import partial

import pikepdf

from leaflet.geometry import Box, mm, to_mm
from leaflet.preflight.pdf.evidence import FoundImage
from leaflet.preflight.pdf.finished_file import FinishedPage
from leaflet.preflight.pdf.font_files import Font, named, read_font
from leaflet.preflight.rule import Context, Finding, Options, Rule


def check_embedded(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every font that is used is embedded in the file."""
    yield from _report_fonts(page, lambda font: not font.is_embedded)


def check_subset(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that fonts are subsets with the characters that are used."""
    yield from _report_fonts(page, lambda font: font.is_embedded and not font.is_subset and font.kind != "Type3")


def check_licence(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that fonts are embedded as their licence allows, as far as their program states it."""
    yield from _report_fonts(page, lambda font: font.is_restricted or font.is_misused)


def check_type3(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no font consists of drawings."""
    yield from _report_fonts(page, lambda font: font.kind == "Type3")


def check_readable(page: FinishedPage, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the file states the character of each code."""
    yield from _report_fonts(page, lambda font: not font.is_readable)


def _report_fonts(page: FinishedPage, is_wrong: Callable[[Font], bool]) -> Iterator[Finding]:
    """Report the fonts of a page that are wrong, each once."""
    used = page.file.memory.recall(b"fonts", page.content_key, lambda: _used(page))
    for name in dict.fromkeys(font.name for font in used if is_wrong(font)):
        yield Finding(values={"font": name})


def _used(page: FinishedPage) -> tuple[Font, ...]:
    """Return the fonts that words are shown in; all fonts of the page if PDFium names one that it does not have.

    A font that is a drawing has no name for it, and Arial as a Type 1 font is Helvetica.
    """
    fonts = tuple(_named_fonts(page))
    shown = {word.font for word in page.evidence.words if not word.is_hidden}
    is_known = shown <= {font.name for font in fonts}
    return tuple(font for font in fonts if font.name in shown or not is_known)


def _named_fonts(page: FinishedPage) -> Iterator[Font]:
    """Yield the fonts among the resources of a page and of the forms within it; each distinct one is read once."""
    waiting, seen = [page.obj.get("/Resources")], set()
    while waiting:
        resources = waiting.pop()
        key = page.file.prints.of(resources)
        if isinstance(resources, pikepdf.Dictionary) and key not in seen:
            seen.add(key)
            for _, font in named(resources, "/Font"):
                yield page.file.memory.recall(b"font", page.file.prints.of(font), partial(read_font, font))
            waiting += [form.get("/Resources") for _, form in named(resources, "/XObject")]


_PDFA = "ISO 19005-2 §6.2.11"

RULES = (
    Rule(
        code="K601",
        family="fonts",
        name="fonts are embedded",
        source=f"{_PDFA}.4, ISO 15930-7",
        page=check_embedded,
        by_content=True,
    ),
    Rule(
        code="K602", family="fonts", name="fonts are subsets", source="house rule", page=check_subset, by_content=True
    ),
    Rule(
        code="K603",
        family="fonts",
        name="licences allow embedding",
        source="OpenType specification, OS/2 fsType",
        page=check_licence,
        by_content=True,
    ),
    Rule(
        code="K605",
        family="fonts",
        name="fonts are no drawings",
        source="ISO 32000-1 §9.6.5, GWG 2015",
        page=check_type3,
        by_content=True,
    ),
    Rule(
        code="K606",
        family="fonts",
        name="codes have their characters",
        source="ISO 14289-1 §7.21.7",
        page=check_readable,
        by_content=True,
    ),
)


_PLAIN = 2  # pixels: a picture so small is a colour or a shade, stretched
_OF_CODE = 0.5  # of a picture that a code covers


def check_coarse(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that no picture is so coarse that its pixels are seen."""
    yield from _coarse(page, (0, 0), (options["least_dpi"], options["line_art_dpi"]))


def check_soft(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that pictures are as fine as print can show."""
    above = options["error_dpi"], options["line_art_error_dpi"]
    yield from _coarse(page, above, (options["least_dpi"], options["line_art_dpi"]))


def _coarse(page: FinishedPage, above: tuple[float, float], least: tuple[float, float]) -> Iterator[Finding]:
    """Report pictures of a resolution from `above` to under `least`, each for photographs and for line art."""
    for image in page.evidence.images:
        is_line_art = image.bits == 1
        if not above[is_line_art] <= image.dpi < least[is_line_art] or _is_shade(image) or _is_code(page, image):
            continue
        yield Finding(
            values={
                "pixels": f"{image.width} × {image.height}",
                "size": f"{to_mm(image.box.width):.0f} × {to_mm(image.box.height):.0f}",
                "dpi": f"{image.dpi:.0f}",
                "least": f"{least[is_line_art]:g}",
            }
        )


def check_cut(page: FinishedPage, _context: Context, options: Options) -> Iterator[Finding]:
    """Check that no picture reaches further beyond the page than bleed does."""
    room = page.visible.grown(mm(options["bleed_mm"]))
    for image in page.evidence.images:
        if not room.contains(image.box) and image.box.width > 0 and image.box.height > 0:
            yield Finding(values={"beyond": f"{to_mm(_beyond(image.box, page.visible)):.0f}"})


def _beyond(box: Box, page: Box) -> int:
    return max(page.x - box.x, page.y - box.y, box.right - page.right, box.bottom - page.bottom)


def _is_shade(image: FoundImage) -> bool:
    return min(image.width, image.height) <= _PLAIN


def _is_code(page: FinishedPage, image: FoundImage) -> bool:
    area = max(image.box.width * image.box.height, 1)
    return any(
        code.box.overlaps(image.box) and code.box.width * code.box.height > _OF_CODE * area
        for code in page.evidence.codes
    )


_FACTS = "prepress guides of French print shops: 300 dpi, low under 180, line art 450 and more"

IMAGE_RULES = (
    Rule(
        code="K551",
        family="images",
        name="no pixels are seen",
        source=_FACTS,
        page=check_coarse,
        options={"least_dpi": 150, "line_art_dpi": 300},
        by_content=True,
    ),
    Rule(
        code="K552",
        family="images",
        name="pictures are fine enough",
        source=_FACTS,
        page=check_soft,
        options={"error_dpi": 150, "line_art_error_dpi": 300, "least_dpi": 220, "line_art_dpi": 450},
        by_content=True,
    ),
    Rule(
        code="K553",
        family="images",
        name="pictures are on the page",
        source="house rule: bleed is 3 to 5 mm",
        page=check_cut,
        options={"bleed_mm": 6},
        by_content=True,
    ),
)
