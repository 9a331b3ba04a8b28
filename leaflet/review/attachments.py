"""Put PDFs and pictures of what changed beside the report; files that hold names are never among them.

A change of a template changes every leaflet in the same way. So one file of each way of changing comes first, the
commonest way at the head, and there is a limit to their number.
"""

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct

from leaflet.compare import Comparison, compare_paths
from leaflet.production.options import Progress
from leaflet.report.changes import change_groups
from leaflet.report.output import Built

PDF, PICTURES = "pdf", "pictures"  # folders
WhichPdf = Literal["changed", "all", "none"]


class Attached(Struct, frozen=True, kw_only=True):
    """The number of files that were put beside a report.

    Args:
        pdf: PDFs.
        pictures: pictures of changed pages.
        left_out: changed or new files above the limit.
        personal: files with names, which stay where they are.
    """

    pdf: int = 0
    pictures: int = 0
    left_out: int = 0
    personal: int = 0


def attach_files(
    built: Built,
    found: Comparison | None,
    out: Path,
    *,
    which: WhichPdf,
    most: int,
    with_pictures: bool,
    progress: Progress,
) -> Attached:
    """Copy PDFs and draw pictures into folders of `out`.

    Args:
        built: what was made.
        found: the comparison with the base; None if there is none, and every file is new.
        out: gets the folders ``pdf`` and ``pictures``.
        which: the PDFs that are wanted.
        most: changed files at most, for PDFs and for pictures.
        with_pictures: whether pages are drawn.
        progress: called after every file that was drawn.
    """
    personal = {file.name for file in built.files if file.is_personal}
    everything = [file.name for file in built.files if file.name not in personal]
    samples = _samples(found, most) if found else []
    changed = _changed(found, samples) if found else everything
    wanted = {"changed": changed[:most], "all": everything, "none": []}[which]
    for name in wanted:
        path = out / PDF / name
        path.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(built.folder / name, path)
    folder = out / PICTURES
    if found and samples and with_pictures:
        compare_paths(found.old, found.new, records=samples, pictures=folder, progress=progress)
    return Attached(
        pdf=len(wanted),
        pictures=sum(1 for _ in folder.rglob("*.png")),
        left_out=len(changed[most:]) if which == "changed" else 0,
        personal=len(personal),
    )


def _samples(found: Comparison, most: int) -> list[tuple[str, str]]:
    """Return document and record of one file of each way of changing, the commonest way first."""
    keys = [(group.record.document, group.record.record) for group in change_groups(found.records)]
    return list(dict.fromkeys(keys))[:most]


def _changed(found: Comparison, samples: Sequence[tuple[str, str]]) -> list[str]:
    """Return the names of new and changed files without names of people, the samples first."""
    places = {key: place for place, key in enumerate(samples)}
    records = [
        record
        for record in found.records
        if record.status in ("changed", "added") and not record.personal and record.new_file
    ]
    records.sort(key=lambda record: places.get((record.document, record.record), len(places)))
    return [record.new_file for record in records if record.new_file]
