"""Say what the window keeps in the folder, and erase it when asked: lists, names, finished files."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal, TypeAlias

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from leaflet.campaign.list_columns import read_list_settings
from leaflet.confidential import normalise
from leaflet.faults import LeafletError, UsageError
from leaflet.files.words import Words
from leaflet.production.purge import purge
from leaflet.studio.contract import Kept
from leaflet.studio.element_files import HIDDEN, find_below, read_remembered, remove, size
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.output_folders import MADE, MADE_NAMES, TEST_SHEET, WAITING, ZIP
from leaflet.studio.people import drop_names
from leaflet.studio.raw_list import LIST_SETTINGS
from leaflet.tables import ReadOptions
from leaflet.tables.column_names import SCHOOLS, is_personal
from leaflet.tables.opening import ListFile

What: TypeAlias = Literal["list", "people", "made"]
_ERASING = f"{HIDDEN}/erase.json"  # what is being erased


class _Begun(Struct, frozen=True):
    """Remember what a window has begun to erase: of which kind, and the files that were given."""

    what: What
    files: tuple[str, ...]


def list_kept(folder: CampaignFolder, words: Words) -> list[Kept]:
    """Return the files of the folder in words, each with its path and bytes."""
    kept = (one for one in _kept(folder) if one[2].exists())
    return [Kept(text=words.say(f"kept_{kind}"), path=shown, bytes=size((path,))) for kind, shown, path in kept]


def erase(folder: CampaignFolder, what: What) -> int:
    """Erase the list of schools, names with the files made of them, whose number is returned, or all that was made.

    What is erased (``list``, ``people`` or ``made``) cannot be brought back: the changes that led to it are forgotten
    too. Whoever opens the folder after a crash goes on with it (`go_on_erasing`).
    """
    return _erase(folder, _Begun(what, tuple(_find_given(folder, what))))


def go_on_erasing(folder: CampaignFolder) -> None:
    """Erase what is left of something that a window was erasing when it ended."""
    begun = read_remembered(folder.path / _ERASING, _Begun)
    if begun is not None:
        _erase(folder, begun)


def _erase(folder: CampaignFolder, begun: _Begun) -> int:
    """Erase what was made, have the campaign forget what was given, and erase that; return how many PDF files."""
    with suppress(LeafletError):  # on a full disk; what was made leaves room for it
        folder.write(_ERASING, encode(begun))
    count = _erase_made(folder, begun.what)
    folder.write(_ERASING, encode(begun))
    try:
        _forget(folder, begun)
    except BaseException:
        folder.remove(_ERASING)  # nothing is erased later behind somebody's back
        raise
    for name in begun.files:
        if (given := find_below(folder.path, name)) is not None:
            remove(given)
    folder.remove(_ERASING)
    return count


def _erase_made(folder: CampaignFolder, what: str) -> int:
    """Erase all that was made, or what holds what is erased; the lists of builds say which files hold names."""
    count = 0
    for place in folder.outputs.places():
        if what == "made":
            _remove(*(place / name for name in MADE_NAMES))
        _remove(place / WAITING)  # of a ZIP that was stopped
        if what == "people":
            with suppress(UsageError):  # nothing was built there
                count += len(purge(place / MADE).files)
            try:
                count += len(purge(place / ZIP).files)
            except LeafletError:  # there is none, or it cannot be taken apart
                _remove(place / ZIP)
            _remove(place / TEST_SHEET)
    return count


def _find_given(folder: CampaignFolder, what: str) -> Iterator[str]:
    """Yield the files given that go with what is erased; beside the names of cards, lists that may have some, too."""
    has_cards = folder.state.kind == "cards"
    for kind, name in folder.given():
        is_of_people = kind == "people" or (has_cards and kind == "list" and _may_name(folder, name))
        if is_of_people if what == "people" else what == "list" and kind != "people":
            yield name


def _may_name(folder: CampaignFolder, name: str) -> bool:
    """Tell whether a list has columns about people, or none of schools; of what is not read nobody knows."""
    columns = read_list_settings(folder.campaign).columns.get("schools", {})
    schools = folder.state.schools
    sheets = schools.sheets if schools is not None and schools.file == name else ()
    listed = ListFile(folder.path / name, SCHOOLS, ReadOptions(sheets=sheets, given=columns))
    titles = {*map(normalise, listed.titles())}
    found = {*columns, *map(SCHOOLS.meaning, titles)}
    return bool(SCHOOLS.missing(found)) or any(is_personal(one) and not SCHOOLS.meaning(one) for one in titles)


def _forget(folder: CampaignFolder, begun: _Begun) -> None:
    """Have the campaign forget what is erased; without its list, it has the short one of the start."""
    schools, of_people = folder.state.schools, begun.what == "people"
    is_gone = begun.what == "list" or (of_people and schools is not None and schools.file in begun.files)
    sample = {"data.schools": folder.write_sample()} if is_gone else None
    if of_people and schools is not None:
        schools = replace(schools, before=None)

    with folder.change("", begun.files):
        if of_people:
            drop_names(folder)
        folder.edit(sample, remove=LIST_SETTINGS if is_gone else ())
        carded = {} if of_people else folder.state.carded
        folder.set(carded=carded, schools=None if is_gone else schools)


def _remove(*paths: Path) -> None:
    """Remove files, and folders with all that is in them, as far as they are there."""
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)
        remove(path)


def _kept(folder: CampaignFolder) -> Iterator[tuple[str, str, Path]]:
    """Yield each file that may be there: its kind, its name as the page shows it, if it does, and its path."""
    yield "campaign", "", folder.campaign
    copies = {given.copy for given in (folder.state.schools, folder.state.staff) if given is not None}
    for kind, name in folder.given():
        yield f"{kind}_copy" if name in copies else kind, name, folder.path / name
    for place in folder.outputs.places() if not folder.environment.in_browser else ():
        above = () if place == folder.path else place.parts[-2:]
        yield from (("made", " › ".join((*above, name)), place / name) for name in MADE_NAMES)
    yield "hidden", "", folder.path / HIDDEN
