"""Say how much room the disk has, and how much is still needed for what is being made.

What is needed follows from the files that are there: nothing is guessed where there is none.
"""

import zipfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from leaflet.files.words import Words
from leaflet.production.folder_store import read_journal
from leaflet.production.manifest import read_manifest
from leaflet.production.staging import PARTIAL
from leaflet.studio.contract import Room
from leaflet.studio.element_files import free_room
from leaflet.studio.output_folders import MADE, WAITING, ZIP

_MB = 1_000_000
_LITTLE = 100 * _MB  # on a disk, of which one says how many bytes are left
_GOES_ON = ("zip", "files", "cards")  # outputs that go on where they were stopped
_AS_TEXT = 4 / 3  # an attachment of an e-mail, compared with its file


def measure(place: Path, outputs: Sequence[str], done: int, total: int) -> Room:
    """Measure the room for outputs that are not finished: the one that could not be written, and those after it.

    `done` of `total` leaflets or cards are there; 0 if nobody knows yet how many. A file of all leaflets is taken to
    be as large as all of their files: it is smaller, and its room is never too little. While a ZIP is written, the
    files that wait for it are there, too.
    """
    free, each = free_room(place), _bytes_each(place)
    if each is None or not total:
        return Room(free)
    first, *others = outputs
    done = done if first in _GOES_ON else 0
    later = sum(_AS_TEXT if output == "drafts" else 1 for output in others) * total
    files = total - done + max(later, total if first == "zip" else 0)
    return Room(free, round(files * each), round(done * each))


def _bytes_each(place: Path) -> float | None:
    """Return how large a file of a leaflet or card is on average; None if there is none."""
    sizes: dict[str, int] = {}
    for folder in (place / WAITING, place / MADE):
        manifest = read_manifest(folder)
        sizes |= {entry.file: entry.size for entry in (manifest.entries if manifest is not None else ())}
        journals = sorted((folder / PARTIAL).glob("*/"))
        sizes |= {entry.file: entry.size for journal in journals for entry in read_journal(journal)}
    if not sizes:
        with suppress(OSError, zipfile.BadZipFile), zipfile.ZipFile(place / ZIP) as archive:
            sizes = {one.filename: one.file_size for one in archive.infolist() if one.filename.endswith(".pdf")}
    return sum(sizes.values()) / len(sizes) if sizes else None


def describe(room: Room, words: Words) -> str:
    """Return the room that is left and needed as a sentence, with a space before it; empty if there is enough."""
    if room.free is None:
        return ""
    if room.needed is not None and room.free < room.needed:
        unit = 1000 * _MB if room.needed >= 1000 * _MB else _MB
        needed = _amount(room.needed, unit, words, is_up=True)
        return words.say("room_short", free=_named(room.free, unit, words), needed=needed)
    return words.say("room_left", room=_named(room.free, _MB, words)) if room.free < _LITTLE else ""


def _named(count: int, unit: int, words: Words) -> str:
    """Return how much is free at least, with its unit."""
    name = words.say("gigabytes" if unit > _MB else "megabytes")
    if count * 10 < unit:
        return words.say("less_than", amount=f"{_amount(unit // 10, unit, words)}\u00a0{name}")
    return f"{_amount(count, unit, words)}\u00a0{name}"


def _amount(count: int, unit: int, words: Words, *, is_up: bool = False) -> str:
    """Return a number of bytes in a unit: whole from ten on, before that with a decimal unless it is none."""
    step = unit if count >= 10 * unit else unit // 10
    steps = -(-count // step) if is_up else count // step
    if step == unit:
        return words.number(steps)
    whole, tenths = divmod(steps, 10)
    return f"{whole}{',' if words.lang == 'fr' else '.'}{tenths}" if tenths else f"{whole}"
