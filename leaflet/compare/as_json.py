"""A comparison as JSON, for programs: the keys are always there and never change. Lengths are millimetres."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from leaflet.compare.values import (
    Comparison,
    LinkChange,
    PageChange,
    PagePictures,
    PropertyChange,
    RecordChange,
    Token,
    WordChange,
)
from leaflet.faults import Fault, Lang, visible
from leaflet.geometry import Box
from leaflet.units import to_mm


def comparison_json(comparison: Comparison, lang: Lang) -> str:
    """The whole comparison: counts, every record, every fault in one language."""
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
