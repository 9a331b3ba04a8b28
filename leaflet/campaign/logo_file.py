"""Check that the file of a logo can be read, and is not too large."""

from collections.abc import Iterator
from pathlib import Path

from leaflet.campaign.logo_format import HEAD, format_of
from leaflet.rasters import HugeRasterError, RasterError, UnknownRasterError, picture_decoder

MAX_LOGO_PX = 4_000  # each side: 34 cm at 300 dots per inch, more than the page


def logo_faults(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the faults of a logo's file; a bitmap is decoded as a whole, because a truncated one fails only then."""
    try:
        data = path.read_bytes()
        if format_of(data[:HEAD]) in ("SVG", "PDF"):
            return
        width, height = picture_decoder().measure(data, MAX_LOGO_PX)
        if max(width, height) > MAX_LOGO_PX:
            yield "C138", {"size": f"{width} × {height} px", "allowed": f"{MAX_LOGO_PX} px"}
    except UnknownRasterError:
        yield "C137", {}
    except HugeRasterError:
        yield "C138", {"size": "?", "allowed": f"{MAX_LOGO_PX} px"}
    except (OSError, RasterError) as error:
        yield "C139", {"detail": str(error)}
