"""The outline of a file, which viewers show as bookmarks beside the pages (ISO 32000-1 §12.3.3)."""

from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct

from leaflet.pdf.objects import ref, string


class Bookmark(Struct, frozen=True):
    """An entry of the outline.

    Attributes:
        title: what it says.
        page: the page it leads to, from 0.
        below: the entries below it, which a viewer shows when it is opened.
    """

    title: str
    page: int
    below: Sequence["Bookmark"] = ()


def outline_objects(
    root: int, bookmarks: Sequence[Bookmark], pages: Sequence[int], take: Callable[[], int]
) -> Iterator[tuple[int, bytes]]:
    """Yield number and body of each object of an outline.

    Args:
        root: the number of the outline itself.
        bookmarks: its entries.
        pages: the object number of each page.
        take: returns the next free object number.
    """

    def item(number: int, entries: bytes, below: Sequence[Bookmark], *, is_open: bool) -> Iterator[tuple[int, bytes]]:
        """Yield an object, and all below it."""
        if not below:
            yield number, b"<< %b>>" % entries
            return
        numbers = [take() for _ in below]
        count = len(below) if is_open else -len(below)  # negative: closed until the reader opens it
        first_last = b"/First %b /Last %b /Count %d " % (ref(numbers[0]), ref(numbers[-1]), count)
        yield number, b"<< %b%b>>" % (entries, first_last)
        for place, bookmark in enumerate(below):
            own = b"/Title %b /Parent %b " % (string(bookmark.title), ref(number))
            own += b"/Dest [%b /Fit] " % ref(pages[bookmark.page])
            own += b"/Prev %b " % ref(numbers[place - 1]) if place else b""
            own += b"/Next %b " % ref(numbers[place + 1]) if place + 1 < len(numbers) else b""
            yield from item(numbers[place], own, bookmark.below, is_open=False)

    return item(root, b"/Type /Outlines ", bookmarks, is_open=True)
