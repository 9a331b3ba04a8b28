"""The findings of a comparison: as values, and as JSON for programs.

Lengths are µm from the left and the top edge of the page as it is seen, in JSON millimetres.
"""

import json
from collections import Counter
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import asdict

from leaflet.faults import Fault, Lang, visible
from leaflet.geometry import Box, Um, to_mm

Status = Literal["added", "removed", "changed", "unchanged", "same-content", "unreadable"]
STATUSES: tuple[Status, ...] = ("added", "removed", "changed", "unreadable", "same-content", "unchanged")
PageStatus = Literal["added", "removed", "changed"]
LinkKind = Literal["added", "removed", "changed", "moved"]
PropertyName = Literal[
    "title", "author", "language", "claims", "tags", "alternative", "duplex", "scaling", "profile", "actions"
]
_ALIKE = frozenset({"unchanged", "same-content"})


class Token(Struct, frozen=True):
    """A word of a line, and whether it is one of those that differ."""

    text: str
    is_changed: bool


class WordChange(Struct, frozen=True, kw_only=True):
    """Whole lines whose words differ, of the old and of the new page; either may be empty."""

    old: tuple[Token, ...]
    new: tuple[Token, ...]
    box: Box | None = None  # their place in the new page, or in the old one if nothing is left of them


class LinkChange(Struct, frozen=True, kw_only=True):
    """A clickable place with its old and its new address; None where there is no link."""

    kind: LinkKind
    old: str | None
    new: str | None
    box: Box


class PropertyChange(Struct, frozen=True, kw_only=True):
    """A property of a file that no page shows; the text is empty where the file does not have it."""

    name: PropertyName
    old: str
    new: str


class PagePictures(Struct, frozen=True, kw_only=True):
    """The pictures of a page; a page added or removed has one."""

    old: Path | None = None
    new: Path | None = None
    overlay: Path | None = None


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
    pictures: PagePictures | None = None  # drawn on request only

    @property
    def number(self) -> int:
        """The page's number: the new one, or the old one of a removed page."""
        number = self.new_number or self.old_number
        assert number is not None, "a page stands on one side at least"
        return number


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
        "document": record.document,
        "record": record.record,
        "status": record.status,
        "old_file": record.old_file,
        "new_file": record.new_file,
        "renamed": record.is_renamed,
        "personal": record.personal,
        "hidden": record.hidden,
        "properties": [asdict(change) for change in record.properties],
        "pages": [_page(page) for page in record.pages],
    }


def _page(page: PageChange) -> dict[str, Any]:
    pictures = asdict(page.pictures) if page.pictures else {}
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
        "pictures": {name: str(path) if path else None for name, path in pictures.items()} or None,
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
