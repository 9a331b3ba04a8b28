"""Pages and their partners: which page of one file was which of the other, and what differs between two."""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

from leaflet.compare.areas import changed_areas
from leaflet.compare.drawing import usable_dpi
from leaflet.compare.pdf_file import Link, PdfFile
from leaflet.compare.pixels import DPI
from leaflet.compare.values import LinkChange, PageChange
from leaflet.compare.words import compare_words, has_same_words, is_same_order
from leaflet.geometry import Box
from leaflet.rendering import render_to_scale
from leaflet.units import PT_PER_INCH, Um, mm

_NEAR = mm(0.3)  # by how much a link may be elsewhere, or a page larger, without anybody noticing


class Partners(NamedTuple):
    """A page before and after, counted from 0; None where it is not."""

    old: int | None
    new: int | None


def find_partners(old: PdfFile, new: PdfFile) -> list[Partners]:
    """All pages of both files, each with its partner, in the order of the new file.

    Files of as many pages, one of which looks the same at its place, are compared page by page; in others, pages with
    the same text belong together, and what stands between them in order.
    """
    if len(old.pages) == len(new.pages):
        numbers = range(len(new.pages))
        if len(numbers) == 1 or any(is_painted_alike(old, new, number, number) for number in numbers):
            return [Partners(number, number) for number in numbers]
    matcher = SequenceMatcher(None, _texts(old), _texts(new), autojunk=False)
    return [partners for span in matcher.get_opcodes() for partners in _partners(*span[1:])]


def _texts(file: PdfFile) -> list[str]:
    return [file.text(number).letters for number in range(len(file.pages))]


def _partners(old: int, old_end: int, new: int, new_end: int) -> Iterator[Partners]:
    """The pages of two ranges one after the other; what one has more stands alone."""
    for step in range(max(old_end - old, new_end - new)):
        before, after = old + step, new + step
        yield Partners(before if before < old_end else None, after if after < new_end else None)


def is_painted_alike(old: PdfFile, new: PdfFile, before: int, after: int) -> bool:
    """Whether the instructions of two pages already say that they look and read the same.

    Of a file that was repaired to be read they say nothing: the one who draws it may repair it otherwise.
    """
    is_alike = _has_same_digests(old, new, before, after)
    return is_alike and not old.repairs and not new.repairs  # what is damaged is found while it is read


def _has_same_digests(old: PdfFile, new: PdfFile, before: int, after: int) -> bool:
    if old.exact[before] == new.exact[after]:
        return True
    tidy = old.tidy(before)
    return tidy is not None and tidy == new.tidy(after)


def compare_pages(old: PdfFile, new: PdfFile, before: int, after: int) -> PageChange | None:
    """What differs between two pages; None if nobody could tell them apart."""
    links = tuple(compare_links(old.links(before), new.links(after)))
    has_other_notes = old.reader.notes(old.pages[before]) != new.reader.notes(new.pages[after])
    found = PageChange(
        status="changed",
        old_number=before + 1,
        new_number=after + 1,
        links=links,
        has_other_notes=has_other_notes,
    )
    if not is_painted_alike(old, new, before, after):
        found = _look(old, new, found)
    is_changed = found.words or links or found.boxes or found.sizes or found.is_reordered or has_other_notes
    return found if is_changed else None


def _look(old: PdfFile, new: PdfFile, found: PageChange) -> PageChange:
    """Read and draw two pages; returns `found` with what differs."""
    assert found.old_number is not None and found.new_number is not None
    before, after = found.old_number - 1, found.new_number - 1
    pages, texts = (old.document[before], new.document[after]), (old.text(before), new.text(after))
    sizes = old.size(before), new.size(after)
    dpi = usable_dpi(sizes, DPI)
    pictures = [render_to_scale(page, dpi / PT_PER_INCH) for page in pages]
    boxes = tuple(changed_areas(pictures[0], pictures[1], dpi))
    is_reordered = not boxes and not is_same_order(*texts) and has_same_words(*texts)
    return PageChange(
        status="changed",
        old_number=found.old_number,
        new_number=found.new_number,
        words=() if is_reordered else compare_words(*texts),
        links=found.links,
        boxes=boxes,
        sizes=sizes if any(abs(a - b) > _NEAR for a, b in zip(*sizes, strict=True)) else None,
        is_reordered=is_reordered,
        has_other_notes=found.has_other_notes,
    )


# --- links ----------------------------------------------------------------------------------------------------


def compare_links(old: Sequence[Link], new: Sequence[Link]) -> Iterator[LinkChange]:
    """Links that lead elsewhere, are elsewhere, are new or gone; those at their place are found first."""
    before, after = list(old), list(new)
    _take(before, after, lambda a, b: a.target == b.target and _is_near(a.box, b.box))
    for a, b in _take(before, after, lambda a, b: a.target != b.target and a.box.overlaps(b.box)):
        yield LinkChange(kind="changed", old=a.target, new=b.target, box=b.box)
    for a, b in _take(before, after, lambda a, b: a.target == b.target):
        yield LinkChange(kind="moved", old=a.target, new=b.target, box=b.box)
    for link in before:
        yield LinkChange(kind="removed", old=link.target, new=None, box=link.box)
    for link in after:
        yield LinkChange(kind="added", old=None, new=link.target, box=link.box)


def _take(before: list[Link], after: list[Link], is_match: Callable[[Link, Link], bool]) -> list[tuple[Link, Link]]:
    """Take pairs that match out of both lists."""
    found = []
    for link in tuple(before):
        partner = next((other for other in after if is_match(link, other)), None)
        if partner is not None:
            before.remove(link)
            after.remove(partner)
            found.append((link, partner))
    return found


def _is_near(a: Box, b: Box) -> bool:
    sides: tuple[tuple[Um, Um], ...] = ((a.x, b.x), (a.y, b.y), (a.width, b.width), (a.height, b.height))
    return all(abs(one - other) <= _NEAR for one, other in sides)
