"""Which pages a report shows: each look of a document once, and of its commonest also the shortest and the longest.

Pages with names are never shown. How a page becomes a picture is in ``pictures``.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Literal

from msgspec import Struct

from leaflet.preflight.judge import JudgedFile
from leaflet.preflight.looks import PageLook
from leaflet.report.output import BuiltFile

MOST = 12  # pages shown of a document
Kind = Literal["typical", "longest", "shortest", "other"]
KINDS: tuple[Kind, ...] = ("typical", "longest", "shortest", "other")


class ReadFile(Struct, frozen=True, kw_only=True):
    """A file and what was found in it."""

    file: BuiltFile
    judged: JudgedFile


class Look(Struct, frozen=True, kw_only=True):
    """Pages of a document that look alike, in the order of the files."""

    pages: tuple[tuple[BuiltFile, PageLook], ...]

    @property
    def first(self) -> int:
        """The lowest number that a page of this look has."""
        return min(page.number for _, page in self.pages)

    @property
    def files(self) -> int:
        """How many files have such a page."""
        return len({file.name for file, _ in self.pages})

    @property
    def is_same(self) -> bool:
        """Whether all of them have the same bytes."""
        exact = {page.exact for _, page in self.pages}
        return len(exact) == 1 and b"" not in exact

    @property
    def typical(self) -> tuple[BuiltFile, PageLook]:
        """The page with as much text as half of them."""
        return sorted(self.pages, key=_length)[len(self.pages) // 2]


class ShownPage(Struct, frozen=True, kw_only=True):
    """A page that stands for its look.

    Args:
        number: of the page, from 1.
        kind: why this one: ``typical`` of the commonest look, with the ``longest`` or ``shortest`` text of all, or
            of an ``other`` look.
        is_counted: the look is shown by this page first, so that its count is said here.
    """

    file: BuiltFile
    number: int
    look: Look
    kind: Kind
    is_counted: bool


class Gallery(Struct, frozen=True, kw_only=True):
    """The pages of a document; `left_out` are looks that are not shown, for there are too many."""

    document: str
    is_personal: bool
    shown: tuple[ShownPage, ...] = ()
    left_out: int = 0


def choose_pages(files: Iterable[ReadFile]) -> tuple[Gallery, ...]:
    """One gallery a document, in the order of the files."""
    by_document = groupby(files, key=lambda read: read.file.document)
    return tuple(_gallery(document, list(group)) for document, group in by_document)


def _gallery(document: str, files: Sequence[ReadFile]) -> Gallery:
    looks = _looks(files)
    by_page = groupby(looks, key=lambda look: look.first)
    chosen = [page for _, group in by_page for page in _choose(list(group))]
    kept = sorted(chosen, key=lambda page: (KINDS.index(page.kind), -page.look.files))[:MOST]
    return Gallery(
        document=document,
        is_personal=any(read.file.is_personal for read in files),
        shown=tuple(page for page in chosen if page in kept),
        left_out=len(looks) - sum(page.is_counted for page in kept),
    )


def _looks(files: Sequence[ReadFile]) -> list[Look]:
    """All looks, by the page they begin on, the commonest first."""
    found: dict[bytes, list[tuple[BuiltFile, PageLook]]] = {}
    for read in files:
        for page in read.judged.looks if not read.file.is_personal else ():
            found.setdefault(page.look, []).append((read.file, page))
    looks = [Look(pages=tuple(pages)) for pages in found.values()]
    return sorted(looks, key=lambda look: (look.first, -len(look.pages)))


def _choose(looks: Sequence[Look]) -> Iterator[ShownPage]:
    """Of looks that begin on one page: what is typical, the longest and the shortest text, then the other looks."""
    pages = [(one, look) for look in looks for one in look.pages]
    ends = max(pages, key=_length_of), min(pages, key=_length_of)
    wanted: list[tuple[Kind, tuple[BuiltFile, PageLook], Look]] = [("typical", looks[0].typical, looks[0])]
    if _length_of(ends[0]) != _length_of(ends[1]):
        wanted += [("longest", *ends[0]), ("shortest", *ends[1])]
    wanted += [
        ("other", look.typical, look) for look in looks if look not in (wanted[0][2], *(end[1] for end in ends))
    ]
    shown: list[Look] = []
    for kind, (file, page), look in wanted:
        yield ShownPage(file=file, number=page.number, look=look, kind=kind, is_counted=look not in shown)
        shown.append(look)


def _length(one: tuple[BuiltFile, PageLook]) -> int:
    return one[1].characters


def _length_of(one: tuple[tuple[BuiltFile, PageLook], Look]) -> int:
    return _length(one[0])
