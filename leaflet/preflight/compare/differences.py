"""The findings of a comparison: as values, and as JSON for programs.

Lengths are µm from the left and the top edge of the page as it is seen, in JSON millimetres.
"""

import json
from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import chain
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct, field
from msgspec.structs import asdict, replace

from leaflet.faults import Fault, Lang, visible
from leaflet.geometry import Box, Um, mm, to_mm

Status = Literal["added", "removed", "changed", "unchanged", "same-content", "unreadable"]
STATUSES: tuple[Status, ...] = ("added", "removed", "changed", "unreadable", "same-content", "unchanged")
PageStatus = Literal["added", "removed", "changed"]
LinkKind = Literal["added", "removed", "changed", "moved"]
PICTURES = ("old", "new", "overlay")  # of a changed page; one added or removed has one of them
PropertyName = Literal[
    "title", "author", "language", "claims", "tags", "alternative", "duplex", "scaling", "profile", "actions"
]
_ALIKE = frozenset({"unchanged", "same-content"})
_LINE = mm(1.5)  # around words that differ: letters are drawn beyond their boxes, and those behind them move


def changed_places(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[tuple[int, int, int, int]]:
    """Yield where two sequences differ: the first place and the one after the last, in the old and in the new one."""
    for kind, *ends in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield ends[0], ends[1], ends[2], ends[3]


def changed_texts(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Yield the texts that differ, old and new, those beside each other as one."""
    for i, i_end, j, j_end in changed_places(old, new):
        yield " ".join(old[i:i_end]), " ".join(new[j:j_end])


class Token(Struct, frozen=True):
    """A word of a line, and whether it is one of those that differ."""

    text: str
    is_changed: bool


class WordChange(Struct, frozen=True, kw_only=True):
    """Whole lines whose words differ, of the old and of the new page; either may be empty."""

    old: tuple[Token, ...]
    new: tuple[Token, ...]
    box: Box | None = None  # their place in the new page, or in the old one if nothing is left of them

    @property
    def edit(self) -> tuple[tuple[str, ...], ...]:
        """Return the words that differ, old and new, without what both lines have: « v1 » and « v2 »."""
        return tuple(tuple(word.text for word in line if word.is_changed) for line in (self.old, self.new))


class LinkChange(Struct, frozen=True, kw_only=True):
    """A clickable place with its old and its new address; None where there is no link."""

    kind: LinkKind
    old: str | None
    new: str | None
    box: Box

    @property
    def edit(self) -> tuple[str | None, ...]:
        """Return what differs, wherever the link is."""
        return self.kind, self.old, self.new


class PropertyChange(Struct, frozen=True, kw_only=True):
    """A property of a file that no page shows; the text is empty where the file does not have it."""

    name: PropertyName
    old: str
    new: str

    @property
    def edit(self) -> tuple[str, ...]:
        """Return the words that differ, without what both values have."""
        return self.name, *chain.from_iterable(changed_texts(self.old.split(), self.new.split()))


class PageChange(Struct, frozen=True, kw_only=True):
    """A page that differs from its partner, or has none."""

    status: PageStatus
    old_number: int | None  # counted from 1; None if the page was added
    new_number: int | None  # counted from 1; None if the page was removed
    words: tuple[WordChange, ...] = ()  # lines whose words differ
    links: tuple[LinkChange, ...] = ()  # places whose address differs, or that are elsewhere
    boxes: tuple[Box, ...] = ()  # areas that look different
    sizes: tuple[tuple[Um, Um], tuple[Um, Um]] | None = None  # width and height before and after, if they differ
    is_reordered: bool = False  # the same words are read in another order, though nothing looks different
    has_other_notes: bool = False  # annotations that are no links differ, such as form fields
    hidden: int = 0  # how many words and links of a personal file are not shown
    pictures: Mapping[str, Path] = field(default_factory=dict)  # drawn on request: some of `PICTURES`, in this order

    @property
    def number(self) -> int:
        """The page's number: the new one, or the old one of a removed page."""
        number = self.new_number or self.old_number
        assert number is not None, "a page stands on one side at least"
        return number

    @property
    def parts(self) -> tuple["WordChange | LinkChange | Box", ...]:
        """The differences without those that follow from others: areas of words, links that move with them."""
        lines = [change.box.grown(_LINE) for change in self.words if change.box is not None]
        boxes = [
            box
            for box in self.boxes
            if not any(line.overlaps(box) and line.y <= box.y and box.bottom <= line.bottom for line in lines)
        ]
        return *self.words, *(link for link in self.links if link.kind != "moved" or not self.boxes), *boxes

    @property
    def edits(self) -> list[tuple[Hashable, Hashable]]:
        """Return what differs, its parts and then all else; pages that change in the same way have the same."""
        place = self.status, self.old_number, self.new_number
        others = self.sizes, self.is_reordered, self.has_other_notes, self.hidden
        edits: list[tuple[Hashable, Hashable]] = [
            (place, part if isinstance(part, Box) else part.edit) for part in self.parts
        ]
        return [*edits, (place, others)] if any(others) or not edits else edits

    def only(self, edits: Collection[Hashable]) -> "PageChange | None":
        """Return the page with some of its edits; None if it has none of them."""
        kept = [part for edit, part in zip(self.edits, [*self.parts, None], strict=False) if edit in edits]
        kinds = (WordChange, LinkChange, Box)
        words, links, boxes = (tuple(one for one in kept if isinstance(one, kind)) for kind in kinds)
        page = replace(self, words=words, links=links, boxes=boxes)
        if None not in kept:
            page = replace(page, sizes=None, is_reordered=False, has_other_notes=False, hidden=0)
        return page if kept else None


class RecordChange(Struct, frozen=True, kw_only=True):
    """One document of one record, before and after."""

    document: str  # its name in the campaign; empty for two files that were named themselves
    record: str  # a UAI, or the name of the new file
    status: Status  # what happened to its file
    old_file: str | None  # name in the old folder; None if there is no such file
    new_file: str | None  # name in the new folder; None if there is no such file
    personal: bool = False  # whether a side holds names of people: its words are hidden, unless they were asked for
    pages: tuple[PageChange, ...] = ()  # those that differ
    properties: tuple[PropertyChange, ...] = ()  # those that differ
    hidden: int = 0  # how many properties of a personal file are not shown

    @property
    def is_renamed(self) -> bool:
        """Return whether the same record has a file of another name."""
        return None not in (self.old_file, self.new_file) and self.old_file != self.new_file


def shared_changes(records: Sequence[RecordChange]) -> list[tuple[RecordChange, list[RecordChange]]]:
    """Return each difference once: the first record that has it, with what all the records share that follow."""
    owners: dict[tuple[Hashable, ...], list[RecordChange]] = {}
    for number, record in enumerate(records):
        for edit in dict.fromkeys(_edits(record)) or [number]:
            owners.setdefault((record.document, record.status, edit), []).append(record)
    groups: dict[tuple[int, ...], tuple[list[RecordChange], set[Hashable]]] = {}
    for (*_, edit), sharing in owners.items():
        groups.setdefault(tuple(map(id, sharing)), (sharing, set()))[1].add(edit)
    return [(_only(sharing[0], edits), sharing) for sharing, edits in groups.values()]


def _edits(record: RecordChange) -> list[Hashable]:
    """Return what differs, one by one."""
    files = [(record.old_file, record.new_file)] if record.is_renamed else []
    hidden = [("hidden", record.hidden)] if record.hidden else []
    edits = [edit for page in record.pages for edit in page.edits]
    return [*files, *hidden, *(change.edit for change in record.properties), *edits]


def _only(record: RecordChange, edits: Collection[Hashable]) -> RecordChange:
    """Return a record with some of its differences."""
    pages = (page.only(edits) for page in record.pages)
    return replace(
        record,
        old_file=record.old_file if (record.old_file, record.new_file) in edits else record.new_file,
        pages=tuple(page for page in pages if page is not None),
        properties=tuple(change for change in record.properties if change.edit in edits),
        hidden=record.hidden if ("hidden", record.hidden) in edits else 0,
    )


class Comparison(Struct, frozen=True, kw_only=True):
    """All records of two builds, in the order of document and record."""

    old: Path  # the baseline
    new: Path  # the folder or file compared with it
    records: tuple[RecordChange, ...]  # one for each document of a record
    faults: tuple[Fault, ...] = ()  # what could not be compared, and warnings met on the way

    @property
    def counts(self) -> dict[Status, int]:
        """The number of records of each status."""
        found = Counter(record.status for record in self.records)
        return {status: found[status] for status in STATUSES}

    @property
    def is_different(self) -> bool:
        """Return whether anything differs that a reader could notice, or could not be compared."""
        return any(record.status not in _ALIKE for record in self.records)

    @property
    def has_errors(self) -> bool:
        """Return whether something could not be compared."""
        return any(fault.severity == "error" for fault in self.faults)


def comparison_json(comparison: Comparison, lang: Lang) -> str:
    """Return the whole comparison as JSON, faults in a language: the keys are always there and never change."""
    content = {
        "old": str(comparison.old),
        "new": str(comparison.new),
        "different": comparison.is_different,
        "counts": comparison.counts,
        "records": [_record(record) for record in comparison.records],
        "faults": [_fault(fault, lang) for fault in comparison.faults],
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _record(record: RecordChange) -> dict[str, Any]:
    return {
        **{name: getattr(record, name) for name in ("document", "record", "status", "old_file", "new_file")},
        "renamed": record.is_renamed,
        "personal": record.personal,
        "hidden": record.hidden,
        "properties": [asdict(change) for change in record.properties],
        "pages": [_page(page) for page in record.pages],
    }


def _page(page: PageChange) -> dict[str, Any]:
    pictures = {name: str(page.pictures[name]) if name in page.pictures else None for name in PICTURES}
    return {
        "page": page.number,
        "status": page.status,
        "old_page": page.old_number,
        "new_page": page.new_number,
        "words": [_words(change) for change in page.words],
        "links": [
            {"kind": change.kind, "old": change.old, "new": change.new, "box_mm": _box(change.box)}
            for change in page.links
        ],
        "boxes_mm": [_box(box) for box in page.boxes],
        "sizes_mm": [[to_mm(side) for side in size] for size in page.sizes] if page.sizes else None,
        "reordered": page.is_reordered,
        "other_annotations": page.has_other_notes,
        "hidden": page.hidden,
        "pictures": pictures if page.pictures else None,
    }


def _words(change: WordChange) -> dict[str, Any]:
    sides = {"old": change.old, "new": change.new}
    lines = {side: " ".join(token.text for token in tokens) for side, tokens in sides.items()}
    words = {f"{side}_words": [one.text for one in tokens if one.is_changed] for side, tokens in sides.items()}
    return {**lines, **words, "box_mm": _box(change.box) if change.box else None}


def _box(box: Box) -> dict[str, float]:
    return {name: round(to_mm(side), 1) for name, side in box._asdict().items()}


def _fault(fault: Fault, lang: Lang) -> dict[str, Any]:
    return {
        "code": fault.code,
        "severity": fault.severity,
        "file": fault.place.file,
        "record": fault.place.record,
        "reason": fault.reason(lang),
        "way_out": fault.way_out(lang),
        "values": {name: visible(str(value)) for name, value in fault.values.items()},
    }
