"""Say what the window keeps in the folder, and erase it when asked: lists, names, finished files."""

import shutil
from collections.abc import Iterator
from typing import Any

from leaflet.campaign import load_campaign
from leaflet.campaign.answers import with_answers
from leaflet.campaign.editing import remove_value
from leaflet.faults import Report
from leaflet.page_words import Words
from leaflet.studio.findings import ANNOTATED
from leaflet.studio.folder import HIDDEN, MADE, CampaignFolder
from leaflet.studio.making import MADE_NAMES, WAITING
from leaflet.studio.pages import set_personal
from leaflet.studio.raw_list import LIST_SETTINGS


def list_kept(folder: CampaignFolder, words: Words) -> list[dict[str, Any]]:
    """Return the files of the folder in words, each with its path and bytes."""
    return [
        {
            "text": words.say(f"kept_{kind}"),
            "path": "" if kind in ("campaign", "hidden") else name,
            "bytes": _size(folder, name),
        }
        for kind, name in _kept(folder)
        if (folder.path / name).exists()
    ]


def erase(folder: CampaignFolder, what: str) -> None:
    """Erase the list of schools with its copy, the names of people, or all that was made.

    What is erased cannot be brought back: the changes that led to it are forgotten, too.

    Args:
        folder: of the campaign.
        what: ``list``, ``people`` or ``made``.
    """
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
        folder.set(staff=None, is_pasted=False)
        for name in personal:
            shutil.rmtree(folder.path / MADE / name, ignore_errors=True)
    if what == "made":
        for name in MADE_NAMES:
            shutil.rmtree(folder.path / name, ignore_errors=True)
            folder.remove(name)
    shutil.rmtree(folder.path / WAITING, ignore_errors=True)  # of a ZIP that was stopped: it has names in it
    for kind, name in folder.given():
        if kind == what:
            folder.remove(name)
    if what in ("list", "people"):
        folder.remove(ANNOTATED)
    folder.forget_changes()


def _kept(folder: CampaignFolder) -> Iterator[tuple[str, str]]:
    yield "campaign", folder.campaign.name
    copies = {given.copy for given in (folder.state.schools, folder.state.staff) if given is not None}
    for kind, name in folder.given():
        yield f"{kind}_copy" if name in copies else kind, name
    yield from (("made", name) for name in (*MADE_NAMES, ANNOTATED))
    yield "hidden", HIDDEN


def _size(folder: CampaignFolder, name: str) -> int:
    path = folder.path / name
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size
