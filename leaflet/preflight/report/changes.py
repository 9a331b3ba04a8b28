"""The changes since an earlier build, in the words of a report.

Files are rows of a table. Pages that change in the same way are shown once, with pictures: a date that changed in 310
leaflets is one change. The contents of files with names are never shown. A report without a baseline says so, never
that nothing changed.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from typing import Literal

from msgspec import Struct, field

from leaflet.faults import Fault
from leaflet.files.words import Words
from leaflet.geometry import to_mm
from leaflet.preflight.compare.compare_builds import draw_sides
from leaflet.preflight.compare.differences import Comparison, PageChange, RecordChange, Status
from leaflet.preflight.compare.pdf_file import DAMAGED, ComparedFile
from leaflet.preflight.report.facts import ListedSchools, record_name
from leaflet.preflight.report.gallery import PngPicture, shrink_picture

MOST = 10  # ways of changing that are shown
PICTURES = 2_000_000  # bytes of pictures old, new and overlay; a third more as text
_LISTED: tuple[Status, ...] = ("added", "removed", "changed", "unreadable")
_CLIP, _TOLD = 60, 4  # characters of words in a row, and how many changes of words and links it names
State = Literal["none", "failed", "compared"]


class ChangedRow(Struct, frozen=True, kw_only=True):
    """A file that was added, removed or changed, in words."""

    school: str
    document: str
    change: str
    what: str


class ChangedText(Struct, frozen=True, kw_only=True):
    """Words or an address that were removed (``gone``) or added (``new``)."""

    kind: Literal["gone", "new"]
    text: str
    is_link: bool = False


class ChangePicture(Struct, frozen=True, kw_only=True):
    """A picture of a changed page; its key is ``old``, ``new`` or ``overlay``."""

    key: str
    picture: PngPicture
    alt: str


class ChangedPage(Struct, frozen=True, kw_only=True):
    """A changed page that stands for all that change in the same group."""

    id: str
    title: str
    caption: str
    texts: tuple[ChangedText, ...] = ()
    pictures: tuple[ChangePicture, ...] = ()


class Changes(Struct, frozen=True, kw_only=True):
    """The result of a comparison, in words."""

    state: State  # whether it was asked for and could be made
    headline: str  # the result in a few words
    counts: Mapping[Status, int] = field(default_factory=dict)  # of files by what became of them, without zeros
    baseline: str = ""  # name of the folder compared with
    problems: tuple[tuple[str, str], ...] = ()  # why nothing could be compared, and what to do
    tally: tuple[str, ...] = ()  # the numbers of files added, removed, changed …, each in words
    rows: tuple[ChangedRow, ...] = ()  # the files that differ
    pages: tuple[ChangedPage, ...] = ()  # one changed page for each way of changing
    left_out: int = 0  # number of ways of changing that are not shown
    personal: int = 0  # number of changed files with names, whose changes are not shown

    @property
    def is_same(self) -> bool:
        """Return whether a comparison was made and nothing differs."""
        return self.state == "compared" and not self.rows


def no_changes(faults: Sequence[Fault], words: Words) -> Changes:
    """Return the changes of a report without a baseline, or whose comparison could not be made for some faults."""
    state: State = "failed" if faults else "none"
    problems = tuple((fault.reason(words.lang), fault.way_out(words.lang)) for fault in faults)
    return Changes(state=state, headline=headline(state, {}, words), problems=problems)


def headline(state: State, counts: Mapping[Status, int], words: Words) -> str:
    """Return the result of a comparison in a few words: « 2 fichiers ajoutés, 1 fichier modifié »."""
    if state != "compared":
        return words.say("no_baseline" if state == "none" else "bad_baseline")
    parts = [words.say(f"status_{status}", n=counts[status]) for status in _LISTED if status in counts]
    return ", ".join(parts) or words.say("unchanged")


class ChangeGroup(Struct, frozen=True):
    """Pages of some files that change in the same way; `record` and `page` are the first of them."""

    record: RecordChange
    page: PageChange
    files: int


def compared_changes(found: Comparison, lists: ListedSchools, words: Words) -> Changes:
    """Return the changes that a comparison of two folders found."""
    groups = change_groups(found.records)
    counts = {status: number for status, number in found.counts.items() if number}
    writer = _PageWriter(found, lists, words)
    rows = [
        ChangedRow(
            school=record_name(lists, record.record),
            document=record.document,
            change=words.say(f"is_{record.status}"),
            what=" · ".join(_what(record, words)),
        )
        for record in found.records
        if record.status in _LISTED
    ]
    return Changes(
        state="compared",
        counts=counts,
        headline=headline("compared", counts, words),
        baseline=found.old.resolve().name,
        tally=tuple(words.say(f"status_{status}", n=number) for status, number in counts.items()),
        rows=tuple(rows),
        pages=tuple(writer.page(group, f"change-{number}") for number, group in enumerate(groups[:MOST], 1)),
        left_out=len(groups[MOST:]),
        personal=sum(record.personal and record.status == "changed" for record in found.records),
    )


def _what(record: RecordChange, words: Words) -> Iterator[str]:
    """Yield the changes of a file in short; its name if it was added or removed."""
    if record.status in ("added", "removed"):
        yield record.new_file or record.old_file or ""
    if record.is_renamed:
        yield words.say("renamed", old=record.old_file, new=record.new_file)
    if record.pages:
        yield words.say("in_pages", n=len(record.pages), pages=", ".join(str(page.number) for page in record.pages))
    if not record.personal:
        edits = (change.edit for page in record.pages for change in page.words)
        links = (link for page in record.pages for link in page.links if link.kind != "moved")
        told = [" → ".join(f"« {_clip(' '.join(side))} »" for side in edit) for edit in edits]
        told += [words.say("link_leads", old=_clip(link.old or "–"), new=_clip(link.new or "–")) for link in links]
        told = list(dict.fromkeys(told))
        yield from told[:_TOLD]
        if more := len(told[_TOLD:]):
            yield words.say("and_more", n=more)
    if record.properties:
        names = dict.fromkeys(words.say(f"prop_{change.name}") for change in record.properties)
        yield words.say("said_otherwise", names=", ".join(names))


def _clip(text: str) -> str:
    return text if len(text) <= _CLIP else f"{text[: _CLIP - 1]}…"


def change_groups(records: Sequence[RecordChange]) -> list[ChangeGroup]:
    """Group pages that change in the same way, the commonest first; files with names are left out."""
    found: dict[tuple[object, ...], list[tuple[RecordChange, PageChange]]] = {}
    for record in records:
        for page in record.pages if not record.personal and record.status == "changed" else ():
            ways = [edit if page.words else (place, edit) for place, edit in page.edits]  # words on whatever page
            found.setdefault((record.document, page.status, *ways), []).append((record, page))
    groups = [ChangeGroup(*pages[0], len({record.new_file for record, _ in pages})) for pages in found.values()]
    return sorted(groups, key=lambda group: (-group.files, group.record.document, group.page.number))


class _PageWriter:
    """A writer of changed pages, with pictures while there is room."""

    def __init__(self, found: Comparison, lists: ListedSchools, words: Words) -> None:
        self._found, self._lists, self._words, self._room = found, lists, words, PICTURES

    def page(self, group: ChangeGroup, identity: str) -> ChangedPage:
        """Return the page that stands for a group."""
        say, record, page = self._words.say, group.record, group.page
        school = record_name(self._lists, record.record)
        parts = (say(f"page_{page.status}"), *_remarks(page, self._words), say("change_like", n=group.files))
        return ChangedPage(
            id=identity,
            title=f"{record.document} · {school} · {say('page_n', n=page.number)}",
            caption=" · ".join(parts),
            texts=tuple(_texts(page, self._words)),
            pictures=tuple(self._sides(group, school)),
        )

    def _sides(self, group: ChangeGroup, school: str) -> Iterator[ChangePicture]:
        """Yield all pictures of a changed page, or none if there is no room left."""
        say, record, page = self._words.say, group.record, group.page
        pictures: dict[str, PngPicture] = {}  # "old", "new", "overlay"
        if record.old_file is None or record.new_file is None:
            return
        with suppress(OSError, *DAMAGED), ExitStack() as stack:
            paths = self._found.old / record.old_file, self._found.new / record.new_file
            old, new = (stack.enter_context(ComparedFile(path.read_bytes())) for path in paths)
            pictures = {key: shrink_picture(image) for key, image in draw_sides(old, new, page).items()}
        size = sum(len(picture.data) for picture in pictures.values())
        if size > self._room:
            return
        self._room -= size
        for key, picture in pictures.items():
            values = {"document": record.document, "record": school, "page": page.number, "side": say(key)}
            yield ChangePicture(key=key, picture=picture, alt=say("alt_change", **values))


def _remarks(page: PageChange, words: Words) -> Iterator[str]:
    """Yield the differences besides words and addresses."""
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
    """Yield lines and addresses that were removed or added."""
    for change in page.words:
        old, new = (" ".join(token.text for token in side) for side in (change.old, change.new))
        if old:
            yield ChangedText(kind="gone", text=old)
        if new:
            yield ChangedText(kind="new", text=new)
    for link in page.links:
        if link.old is not None and link.kind != "moved":
            yield ChangedText(kind="gone", text=link.old, is_link=True)
        if link.new is not None:
            text = words.say("link_moved", uri=link.new) if link.kind == "moved" else link.new
            yield ChangedText(kind="new", text=text, is_link=True)
