"""Check the file of a logo: that it can be read and is not too large, and its format by its first bytes."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from leaflet.files.plain_files import read_plain_file
from leaflet.files.raster import HugeRasterError, RasterError, UnknownRasterError, picture_decoder

LogoFormat = Literal["PNG", "JPEG", "SVG", "PDF", ""]
MAX_LOGO_BYTES = 2_000_000
HEAD = 4096  # bytes: comments of drawing programs stand before the first element
_PDF_HEAD = 1024  # ISO 32000-1 annex H, note 13: readers look for the header that far


def format_of(data: bytes) -> LogoFormat:
    """Return the format of a file; empty if it is none that can be printed."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if data.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if b"%PDF-" in data[:_PDF_HEAD]:
        return "PDF"
    head = data[:HEAD].replace(b"\0", b"")  # of two bytes a letter, perhaps
    return "SVG" if head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<") and b"svg" in head else ""


MAX_LOGO_PX = 4_000  # each side: 34 cm at 300 dots per inch, more than the page


def logo_faults(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the faults of a logo's file; a bitmap is decoded as a whole, because a truncated one fails only then."""
    try:
        data = read_plain_file(path, MAX_LOGO_BYTES)
        if format_of(data[:HEAD]) in ("SVG", "PDF"):
            return
        width, height = picture_decoder().measure(data, MAX_LOGO_PX)
        if max(width, height) > MAX_LOGO_PX:
            yield _too_large(width, height)
    except UnknownRasterError:
        yield "C137", {}
    except HugeRasterError as error:
        yield _too_large(error.width, error.height)
    except (OSError, RasterError) as error:
        yield "C139", {"problem": str(error)}


def _too_large(width: int, height: int) -> tuple[str, dict[str, object]]:
    size, allowed = f"{width} × {height} pixels", f"{MAX_LOGO_PX} pixels"
    return "C138", {"size_en": size, "size_fr": size, "allowed_en": allowed, "allowed_fr": allowed}
