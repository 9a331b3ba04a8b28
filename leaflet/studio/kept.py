"""Say what the window keeps in the folder, and erase it when asked: lists, names, finished files."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

from leaflet.campaign import load_campaign
from leaflet.campaign.answers import with_answers
from leaflet.campaign.editing import remove_value
from leaflet.faults import Report
from leaflet.page_words import Words
from leaflet.studio.files import HIDDEN, size
from leaflet.studio.findings import ANNOTATED
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.outputs import MADE, MADE_NAMES, WAITING
from leaflet.studio.pages import set_personal
from leaflet.studio.raw_list import LIST_SETTINGS


def list_kept(folder: CampaignFolder, words: Words) -> list[dict[str, Any]]:
    """Return the files of the folder in words, each with its path and bytes."""
    return [
        {"text": words.say(f"kept_{kind}"), "path": shown, "bytes": size((path,))}
        for kind, shown, path in _kept(folder)
        if path.exists()
    ]


def erase(folder: CampaignFolder, what: str) -> None:
    """Erase the list of schools with its copy, the names of people, or all that was made.

    What is erased cannot be brought back: the changes that led to it are forgotten, too.

    Args:
        folder: of the campaign.
        what: ``list``, ``people`` or ``made``.
    """
    places = folder.outputs.places()
    if what == "list":
        text = folder.read_text() or ""
        for name in LIST_SETTINGS:
            text = remove_value(text, name, folder.campaign.name)
        text = with_answers(folder.campaign, text, {"data.schools": folder.write_sample()})
        folder.write(folder.campaign.name, text.encode())
        folder.set(schools=None)
    if what == "people":
        documents = load_campaign(folder.campaign, Report()).documents
        personal = [document.name for document in documents if document.per == "person"]
        set_personal(folder, is_personal=False)
        text = remove_value(folder.read_text() or "", "data.staff", folder.campaign.name)
        folder.write(folder.campaign.name, text.encode())
        folder.set(staff=None, is_pasted=False, carded={})
        for name in personal:
            _remove(*(place / MADE / name for place in places))
    if what == "made":
        _remove(*(place / name for place in places for name in MADE_NAMES))
    _remove(*(place / WAITING for place in places))  # of a ZIP that was stopped: it has names in it
    for kind, name in folder.given():
        if kind == what:
            folder.remove(name)
    if what in ("list", "people"):
        folder.remove(ANNOTATED)
    folder.forget_changes()


def _remove(*paths: Path) -> None:
    """Remove files, and folders with all that is in them, as far as they are there."""
    for path in paths:
        shutil.rmtree(path, ignore_errors=True)
        with suppress(OSError):
            path.unlink()


def _kept(folder: CampaignFolder) -> Iterator[tuple[str, str, Path]]:
    """Yield each file that may be there: its kind, its name as the page shows it, if it does, and its path."""
    yield "campaign", "", folder.campaign
    copies = {given.copy for given in (folder.state.schools, folder.state.staff) if given is not None}
    for kind, name in folder.given():
        yield f"{kind}_copy" if name in copies else kind, name, folder.path / name
    for place in folder.outputs.places() if not folder.surroundings.in_browser else ():
        above = () if place == folder.path else place.parts[-2:]
        yield from (("made", " › ".join((*above, name)), place / name) for name in MADE_NAMES)
    if not folder.surroundings.in_browser:
        yield "made", ANNOTATED, folder.path / ANNOTATED
    yield "hidden", "", folder.path / HIDDEN
