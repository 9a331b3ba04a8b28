"""What a page looks like, whatever its words: two pages of one look have the same lines in the same type.

By it a report shows one page for 310 schools whose pages differ in a name only. What a page says is in ``evidence``.
"""

from contextlib import suppress

from msgspec import Struct

from leaflet.preflight.reader.fingerprint import digest
from leaflet.preflight.reader.finished import UNREADABLE, FinishedPage


class PageLook(Struct, frozen=True, kw_only=True):
    """One page of a file.

    Args:
        number: counted from 1.
        look: equal for pages with as many lines, codes, pictures and writing lines in the same type and inks.
        exact: equal for pages with the same bytes; empty if they could not be read.
        characters: how much is written on it.
    """

    number: int
    look: bytes
    exact: bytes
    characters: int


def look_of(page: FinishedPage) -> PageLook:
    """The look of a page; a damaged one looks like what could be read of it."""
    found = page.evidence
    lines = [(first.font, first.size, first.ink) for first, *_ in found.lines]
    images = [(image.width, image.height) for image in found.images]
    rest = len(found.codes), len(found.writing_lines), page.visible, page.rotation
    exact = b""
    with suppress(*UNREADABLE):
        exact = page.file.prints.of(page.obj)
    return PageLook(
        number=page.number,
        look=digest(repr((lines, images, rest)).encode()),
        exact=exact,
        characters=sum(len(word.text) for word in found.words),
    )
