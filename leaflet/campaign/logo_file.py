"""Check that the file of a logo can be read, and is not too large. Pillow decodes bitmaps."""

import warnings
from collections.abc import Iterator
from pathlib import Path

from PIL import Image, UnidentifiedImageError

from leaflet.campaign.logo_format import HEAD, format_of

MAX_LOGO_PX = 4_000  # each side: 34 cm at 300 dots per inch, more than the page


def logo_faults(path: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """Yield the faults of a logo's file; a bitmap is decoded as a whole, because a truncated one fails only then."""
    try:
        with path.open("rb") as file:
            found = format_of(file.read(HEAD))
        if found in ("SVG", "PDF"):
            return
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path, formats=("PNG", "JPEG")) as picture:
                width, height = picture.size
                if max(width, height) > MAX_LOGO_PX:
                    yield "C138", {"size": f"{width} × {height} px", "allowed": f"{MAX_LOGO_PX} px"}
                else:
                    picture.load()
    except UnidentifiedImageError:
        yield "C137", {}
    except (Image.DecompressionBombWarning, Image.DecompressionBombError):
        yield "C138", {"size": "?", "allowed": f"{MAX_LOGO_PX} px"}
    except (OSError, SyntaxError, ValueError) as error:
        yield "C139", {"detail": str(error)}
