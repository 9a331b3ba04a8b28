"""The packing list of a print run: what was printed for whom, in the order of delivery, as CSV and as PDF."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leaflet.campaign.french import fold
from leaflet.tables import School

HEADER = (
    *("liasse", "volume", "premiere_page", "derniere_page", "uai", "nom", "adresse", "code_postal", "commune"),
    *("exemplaires", "pages"),
)
# A spreadsheet takes text that begins so for a formula (CWE-1236).
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_BOM = "\ufeff"


@dataclass(frozen=True, kw_only=True, slots=True)
class Bundle:
    """What one school gets.

    Attributes:
        number: in the order of delivery, from 1.
        volume: number of the file, from 1; `first` and `last` are its pages there, from 1.
        copies: leaflets in the bundle.
    """

    number: int
    volume: int
    first: int
    last: int
    school: School
    copies: int

    @property
    def pages(self) -> int:
        return self.last - self.first + 1


def in_delivery_order(schools: Iterable[School]) -> list[School]:
    """By postcode, then commune, then name, without regard to accents and capitals."""
    return sorted(schools, key=lambda s: (s.postcode, fold(s.town), fold(s.name), s.uai))


def packing_csv(bundles: Iterable[Bundle]) -> Iterator[bytes]:
    """The list as French spreadsheets open it: UTF-8 with a mark, semicolons, every cell quoted, no formulas."""
    yield _line(HEADER, _BOM)
    for bundle in bundles:
        school = bundle.school
        cells = (bundle.number, bundle.volume, bundle.first, bundle.last, school.uai, school.name)
        place = (", ".join(school.address), school.postcode, school.town)
        yield _line((*cells, *place, bundle.copies, bundle.pages))


def as_text(value: object) -> str:
    """A value that no spreadsheet takes for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _line(cells: Iterable[object], mark: str = "") -> bytes:
    out = io.StringIO()
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL, lineterminator="\r\n").writerow(map(as_text, cells))
    return (mark + out.getvalue()).encode()
