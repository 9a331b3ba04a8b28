"""Check that the file of a logo can be read, and is not too large."""

from collections.abc import Iterator
from pathlib import Path

from leaflet.campaign.logo_format import HEAD, MAX_LOGO_BYTES, format_of
from leaflet.plain_files import read_plain_file
from leaflet.rasters import HugeRasterError, RasterError, UnknownRasterError, picture_decoder

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
        yield "C139", {"detail": str(error)}


def _too_large(width: int, height: int) -> tuple[str, dict[str, object]]:
    size, allowed = f"{width} × {height} pixels", f"{MAX_LOGO_PX} pixels"
    return "C138", {"size_en": size, "size_fr": size, "allowed_en": allowed, "allowed_fr": allowed}
