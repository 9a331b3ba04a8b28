"""What a comparison finds, as values. Lengths are µm from the left and the top edge of the page as it is seen."""

from collections import Counter
from pathlib import Path
from typing import Literal

from msgspec import Struct

from leaflet.faults import Fault
from leaflet.geometry import Box
from leaflet.units import Um

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
    """Lines whose words differ, whole, as they stand in the old and in the new page; either may be empty.

    Attributes:
        box: where it is: in the new page, or in the old one if nothing is left of it.
    """

    old: tuple[Token, ...]
    new: tuple[Token, ...]
    box: Box | None = None


class LinkChange(Struct, frozen=True, kw_only=True):
    """A clickable place: where it led, where it leads now; None where there is no link."""

    kind: LinkKind
    old: str | None
    new: str | None
    box: Box


class PropertyChange(Struct, frozen=True, kw_only=True):
    """Something a file says of itself, which no page shows; empty texts for what is not said."""

    name: PropertyName
    old: str
    new: str


class PagePictures(Struct, frozen=True, kw_only=True):
    """Pictures of a page; of a page added or removed, the one there is."""

    old: Path | None = None
    new: Path | None = None
    overlay: Path | None = None


class PageChange(Struct, frozen=True, kw_only=True):
    """A page that differs from its partner, or has none.

    Attributes:
        old_number, new_number: counted from 1; None where the page is not.
        words: lines whose words differ.
        links: places whose address differs, or that are elsewhere.
        boxes: areas that look different.
        sizes: width and height before and after, if they differ.
        is_reordered: the same words are read in another order, though nothing looks different.
        has_other_notes: annotations that are no links differ, such as form fields.
        hidden: how many words and links of a personal file are not shown.
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
        """The page's number: the new one, or the old one of a page removed."""
        number = self.new_number or self.old_number
        assert number is not None, "a page stands on one side at least"
        return number


class RecordChange(Struct, frozen=True, kw_only=True):
    """One document of one record, before and after.

    Attributes:
        document: its name in the campaign; empty for two files that were named themselves.
        record: a UAI, or the name of the new file.
        old_file, new_file: names in the folders; None where there is none.
        personal: whether a side holds names of people: its words are hidden, unless they were asked for.
        pages: those that differ.
        properties: what the files say of themselves.
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
        """Whether the same record has a file of another name."""
        return None not in (self.old_file, self.new_file) and self.old_file != self.new_file


class Comparison(Struct, frozen=True, kw_only=True):
    """All records of two builds, in the order of document and record.

    Attributes:
        faults: what could not be compared, and what was noticed on the way.
    """

    old: Path
    new: Path
    records: tuple[RecordChange, ...]
    faults: tuple[Fault, ...] = ()

    @property
    def counts(self) -> dict[Status, int]:
        """How many records there are of each status."""
        found = Counter(record.status for record in self.records)
        return {status: found[status] for status in STATUSES}

    @property
    def is_different(self) -> bool:
        """Whether anything differs that a reader could notice, or could not be compared."""
        return any(record.status not in _ALIKE for record in self.records)

    @property
    def has_errors(self) -> bool:
        """Whether something could not be compared."""
        return any(fault.severity == "error" for fault in self.faults)
