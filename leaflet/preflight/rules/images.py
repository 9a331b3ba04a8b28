"""Are pictures sharp enough for paper, and all of them on it?

A picture that is a QR code is judged as one: a pixel for each module prints sharply. Not here: its colours and inks.
"""

from collections.abc import Iterator

from leaflet.geometry import Box
from leaflet.preflight.evidence import FoundImage
from leaflet.preflight.reader.finished import FinishedPage
from leaflet.preflight.rule import Context, Finding, Options, Rule
from leaflet.units import mm, to_mm

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
