"""The findings of a comparison: as values, and as JSON for programs.

Lengths are µm from the left and the top edge of the page as it is seen, in JSON millimetres.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

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
    """Whole lines whose words differ, of the old and of the new page; either may be empty.

    Attributes:
        old: the words of the old lines.
        new: the words of the new lines.
        box: their place in the new page, or in the old one if nothing is left of them.
    """

    old: tuple[Token, ...]
    new: tuple[Token, ...]
    box: Box | None = None


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
    """A page that differs from its partner, or has none.

    Attributes:
        status: whether it was added, removed or changed.
        old_number: counted from 1; None if the page was added.
        new_number: counted from 1; None if the page was removed.
        words: lines whose words differ.
        links: places whose address differs, or that are elsewhere.
        boxes: areas that look different.
        sizes: width and height before and after, if they differ.
        is_reordered: the same words are read in another order, though nothing looks different.
        has_other_notes: annotations that are no links differ, such as form fields.
        hidden: how many words and links of a personal file are not shown.
        pictures: drawn on request only.
    """

    status: PageStatus
    old_number: int | None
    new_number: int | None
    words: tuple[WordChange, ...] = ()
    links: tuple[LinkChange, ...] = ()
    boxes: tuple[Box, ...] = ()
    sizes: tuple[tuple[Um, Um], tuple[Um, Um]] | None = None
    is_reordered: bool = False
    has_other_notes: bool = False
    hidden: int = 0
    pictures: PagePictures | None = None

    @property
    def number(self) -> int:
        """The page's number: the new one, or the old one of a removed page."""
        number = self.new_number or self.old_number
        assert number is not None, "a page stands on one side at least"
        return number


class RecordChange(Struct, frozen=True, kw_only=True):
    """One document of one record, before and after.

    Attributes:
        document: its name in the campaign; empty for two files that were named themselves.
        record: a UAI, or the name of the new file.
        status: what happened to its file.
        old_file: name in the old folder; None if there is no such file.
        new_file: name in the new folder; None if there is no such file.
        personal: whether a side holds names of people: its words are hidden, unless they were asked for.
        pages: those that differ.
        properties: those that differ.
        hidden: how many properties of a personal file are not shown.
    """

    document: str
    record: str
    status: Status
    old_file: str | None
    new_file: str | None
    personal: bool = False
    pages: tuple[PageChange, ...] = ()
    properties: tuple[PropertyChange, ...] = ()
    hidden: int = 0

    @property
    def is_renamed(self) -> bool:
        """Return whether the same record has a file of another name."""
        return None not in (self.old_file, self.new_file) and self.old_file != self.new_file


class Comparison(Struct, frozen=True, kw_only=True):
    """All records of two builds, in the order of document and record.

    Attributes:
        old: the baseline.
        new: the folder or file compared with it.
        records: one for each document of a record.
        faults: what could not be compared, and warnings met on the way.
    """

    old: Path
    new: Path
    records: tuple[RecordChange, ...]
    faults: tuple[Fault, ...] = ()

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


# --- JSON -----------------------------------------------------------------------------------------------------


def comparison_json(comparison: Comparison, lang: Lang) -> str:
    """Return the whole comparison as JSON: the keys are always there and never change.

    Args:
        comparison: what was found.
        lang: of the faults' texts.
    """
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
    """Return a record as JSON values; the helpers below do the same for its parts."""
    return {
        "document": record.document,
        "record": record.record,
        "status": record.status,
        "old_file": record.old_file,
        "new_file": record.new_file,
        "renamed": record.is_renamed,
        "personal": record.personal,
        "hidden": record.hidden,
        "properties": [_property(change) for change in record.properties],
        "pages": [_page(page) for page in record.pages],
    }


def _property(change: PropertyChange) -> dict[str, Any]:
    return {"name": change.name, "old": change.old, "new": change.new}


def _page(page: PageChange) -> dict[str, Any]:
    return {
        "page": page.number,
        "status": page.status,
        "old_page": page.old_number,
        "new_page": page.new_number,
        "words": [_words(change) for change in page.words],
        "links": [_link(change) for change in page.links],
        "boxes_mm": [_box(box) for box in page.boxes],
        "sizes_mm": [[to_mm(side) for side in size] for size in page.sizes] if page.sizes else None,
        "reordered": page.is_reordered,
        "other_annotations": page.has_other_notes,
        "hidden": page.hidden,
        "pictures": _pictures(page.pictures) if page.pictures else None,
    }


def _words(change: WordChange) -> dict[str, Any]:
    return {
        "old": _line(change.old),
        "new": _line(change.new),
        "old_words": [token.text for token in change.old if token.is_changed],
        "new_words": [token.text for token in change.new if token.is_changed],
        "box_mm": _box(change.box) if change.box else None,
    }


def _line(tokens: Sequence[Token]) -> str:
    return " ".join(token.text for token in tokens)


def _link(change: LinkChange) -> dict[str, Any]:
    return {"kind": change.kind, "old": change.old, "new": change.new, "box_mm": _box(change.box)}


def _box(box: Box) -> dict[str, float]:
    sides = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    return {name: round(to_mm(side), 1) for name, side in sides.items()}


def _pictures(pictures: PagePictures) -> dict[str, str | None]:
    paths: dict[str, Path | None] = {"old": pictures.old, "new": pictures.new, "overlay": pictures.overlay}
    return {name: str(path) if path else None for name, path in paths.items()}


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
