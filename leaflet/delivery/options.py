"""Define the options and the result of ``leaflet post``."""

from pathlib import Path

from msgspec import Struct

from leaflet.faults import Fault
from leaflet.production.options import InputOptions


class PostOptions(InputOptions, frozen=True, kw_only=True):
    """The options of a delivery; `out` is the folder of the build, and gets the new files.

    `start` is the first free place of the first sheet of labels.

    Args:
        text: the name of the text of e-mails.
        sheet: the name of the stock of labels.
        copies: of schools without a number of copies in the list; those with none get no parcel.
    """

    text: str = "school"
    sheet: str = "avery-l7163"
    copies: int = 1


class PostResult(Struct, frozen=True, kw_only=True):
    """The result of a delivery.

    Attributes:
        files: what to open, below `out`: files, or a folder that ends with a slash.
        schools: how many are in them.
        out: the folder.
        faults: warnings, notes, and errors of schools that were left out.
    """

    files: tuple[str, ...]
    schools: int
    out: Path
    faults: tuple[Fault, ...]
