"""The appearance of a page, whatever its words: pages with one layout key have the same lines in the same type.

A report shows one page for 310 schools whose pages differ in a name only.
"""

from contextlib import suppress

from msgspec import Struct

from leaflet.preflight.compare.pdf_file import DAMAGED
from leaflet.preflight.pdf.fingerprint import digest
from leaflet.preflight.pdf.finished_file import FinishedPage


class PageAppearance(Struct, frozen=True, kw_only=True):
    """The appearance of one page of a file."""

    number: int  # counted from 1
    layout_key: bytes  # equal for pages with as many lines, codes, pictures, writing lines in the same type and inks
    exact: bytes  # equal for pages with the same bytes; empty if they could not be read
    characters: int  # how many characters are written on it


def read_appearance(page: FinishedPage) -> PageAppearance:
    """Return the appearance of a page; of a damaged page, that of what could be read."""
    found = page.evidence
    lines = [(first.font, first.size, first.ink) for first, *_ in found.lines]
    images = [(image.width, image.height) for image in found.images]
    rest = len(found.codes), len(found.writing_lines), page.visible, page.rotation
    exact = b""
    with suppress(*DAMAGED):
        exact = page.file.prints.of(page.obj)
    return PageAppearance(
        number=page.number,
        layout_key=digest(repr((lines, images, rest)).encode()),
        exact=exact,
        characters=sum(len(word.text) for word in found.words),
    )
