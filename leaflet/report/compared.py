"""A comparison of two builds in the words of a report: rows of files, and each way of changing once, with pictures.

That a date changed in 310 leaflets is one change. What changed in a file with names is not shown.
"""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from leaflet.compare import Comparison, LinkChange, PageChange, RecordChange, WordChange, compare
from leaflet.compare.values import Status
from leaflet.report.changes import ChangedPage, ChangedRow, ChangedText, Changes, Side
from leaflet.report.facts import Lists
from leaflet.report.pictures import picture_in
from leaflet.report.words import Words
from leaflet.units import to_mm

MOST = 10  # ways of changing that are shown
PICTURES = 2_000_000  # bytes of pictures old, new and overlay; a third more as text
_TOLD: tuple[Status, ...] = ("added", "removed", "changed", "unreadable")
_SIDES = ("old", "new", "overlay")
_CLIP = 60  # characters of words in a row


class _Way(Struct, frozen=True):
    """Pages that change in the same way, the first of them standing for all."""

    record: RecordChange
    page: PageChange
    files: int


def compared_changes(found: Comparison, lists: Lists, words: Words) -> Changes:
    """The comparison of two folders, told."""
    ways = _ways(found.records)
    counts = {status: number for status, number in found.counts.items() if number}
    shown = tuple(_Teller(found, lists, words).pages(ways[:MOST]))
    told = {status: words.say(f"status_{status}", n=number) for status, number in counts.items()}
    return Changes(
        state="compared",
        headline=", ".join(told[status] for status in _TOLD if status in told) or words.say("unchanged"),
        baseline=found.old.resolve().name,
        tally=tuple(told.values()),
        rows=tuple(_row(record, lists, words) for record in found.records if record.status in _TOLD),
        pages=shown,
        left_out=len(ways[MOST:]),
        personal=sum(record.personal and record.status == "changed" for record in found.records),
    )


# --- rows -----------------------------------------------------------------------------------------------------


def _row(record: RecordChange, lists: Lists, words: Words) -> ChangedRow:
    return ChangedRow(
        school=_school(record, lists),
        document=record.document,
        change=words.say(f"is_{record.status}"),
        what=" · ".join(_what(record, words)),
    )


def _school(record: RecordChange, lists: Lists) -> str:
    name = lists.name(record.record)
    return f"{name} ({record.record})" if name else record.record


def _what(record: RecordChange, words: Words) -> Iterator[str]:
    """What changed in a file, in short; which one, if it came or went."""
    if record.status in ("added", "removed"):
        yield record.new_file or record.old_file or ""
    if record.is_renamed:
        yield words.say("renamed", old=record.old_file, new=record.new_file)
    if record.pages:
        numbers = ", ".join(str(page.number) for page in record.pages)
        yield words.say("in_pages", n=len(record.pages), pages=numbers)
    first = next((change for page in record.pages for change in page.words), None)
    if first is not None and not record.personal:
        yield f"« {_differing(first, 'old')} » → « {_differing(first, 'new')} »"
    if record.properties:
        names = ", ".join(words.say(f"prop_{change.name}") for change in record.properties)
        yield words.say("said_otherwise", names=names)


def _differing(change: WordChange, side: str) -> str:
    """The words of a line that differ, clipped."""
    tokens = change.old if side == "old" else change.new
    text = " ".join(token.text for token in tokens if token.is_changed)
    return text if len(text) <= _CLIP else f"{text[: _CLIP - 1]}…"


# --- pages ----------------------------------------------------------------------------------------------------


def _ways(records: Sequence[RecordChange]) -> list[_Way]:
    """Each way of changing once, the commonest first; files with names are left out."""
    found: dict[tuple[object, ...], list[tuple[RecordChange, PageChange]]] = {}
    for record in records:
        for page in record.pages if not record.personal and record.status == "changed" else ():
            found.setdefault(_way(record, page), []).append((record, page))
    ways = [_Way(pages[0][0], pages[0][1], len(pages)) for pages in found.values()]
    return sorted(ways, key=lambda way: (-way.files, way.record.document, way.page.number))


def _way(record: RecordChange, page: PageChange) -> tuple[object, ...]:
    """What two pages have in common that change in the same way; where nothing can be read, the places."""
    texts = [(change.old, change.new) for change in page.words]
    links = [(link.kind, link.old, link.new) for link in page.links]
    places = page.boxes if not texts and not links else ()
    return record.document, page.status, page.number, tuple(texts), tuple(links), places, page.sizes


class _Teller:
    """Tells ways of changing, with pictures while there is room."""

    def __init__(self, found: Comparison, lists: Lists, words: Words) -> None:
        self._found, self._lists, self._words, self._room = found, lists, words, PICTURES

    def pages(self, ways: Sequence[_Way]) -> Iterator[ChangedPage]:
        for number, way in enumerate(ways, 1):
            yield self._page(way, f"change-{number}")

    def _page(self, way: _Way, identity: str) -> ChangedPage:
        say, record, page = self._words.say, way.record, way.page
        school = _school(record, self._lists)
        parts = (say(f"page_{page.status}"), *_remarks(page, self._words), say("change_like", n=way.files))
        return ChangedPage(
            id=identity,
            title=f"{record.document} · {school} · {say('page_n', n=page.number)}",
            caption=" · ".join(parts),
            texts=tuple(_texts(page, self._words)),
            pictures=tuple(self._sides(way, school)),
        )

    def _sides(self, way: _Way, school: str) -> Iterator[Side]:
        """Pictures of the page before and after, all of them or none."""
        say, record, page = self._words.say, way.record, way.page
        if record.old_file is None or record.new_file is None:
            return
        with tempfile.TemporaryDirectory() as folder:
            paths = _drawn(self._found.old / record.old_file, self._found.new / record.new_file, page, Path(folder))
            pictures = {key: picture for key, path in paths.items() if (picture := picture_in(path)) is not None}
        size = sum(len(picture.data) for picture in pictures.values())
        if size > self._room:
            return
        self._room -= size
        for key, picture in pictures.items():
            values = {"document": record.document, "record": school, "page": page.number, "side": say(key)}
            yield Side(key=key, picture=picture, alt=say("alt_change", **values))


def _drawn(old: Path, new: Path, page: PageChange, folder: Path) -> dict[str, Path]:
    """The pictures of one changed page of two files."""
    for record in compare(old, new, pictures=folder).records:
        for other in record.pages:
            if (other.old_number, other.new_number) == (page.old_number, page.new_number) and other.pictures:
                sides = {key: getattr(other.pictures, key) for key in _SIDES}
                return {key: path for key, path in sides.items() if path is not None}
    return {}


def _remarks(page: PageChange, words: Words) -> Iterator[str]:
    """What differs besides words and addresses."""
    if page.sizes is not None:
        sizes = [" × ".join(f"{to_mm(side):.0f}" for side in size) for size in page.sizes]
        yield words.say("size_changed", old=sizes[0], new=sizes[1])
    if page.is_reordered:
        yield words.say("reordered")
    if page.has_other_notes:
        yield words.say("other_notes")
    if page.boxes and not page.words and not page.links and page.status == "changed":
        yield words.say("picture_only")


def _texts(page: PageChange, words: Words) -> Iterator[ChangedText]:
    """Lines and addresses that went and came."""
    for change in page.words:
        old, new = (" ".join(token.text for token in side) for side in (change.old, change.new))
        if old:
            yield ChangedText(kind="gone", text=old)
        if new:
            yield ChangedText(kind="new", text=new)
    for link in page.links:
        yield from _addresses(link, words)


def _addresses(link: LinkChange, words: Words) -> Iterator[ChangedText]:
    if link.kind == "moved":
        yield ChangedText(kind="new", text=words.say("link_moved", uri=link.new), is_link=True)
        return
    if link.old is not None:
        yield ChangedText(kind="gone", text=link.old, is_link=True)
    if link.new is not None:
        yield ChangedText(kind="new", text=link.new, is_link=True)
