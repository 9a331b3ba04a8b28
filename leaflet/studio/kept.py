"""Say what the window keeps in the folder, and erase it when asked: lists, names, finished files."""

import shutil
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from leaflet.campaign.answers import with_answers
from leaflet.campaign.editing import remove_value
from leaflet.campaign.starter import SCHOOLS_FILE, sample_schools
from leaflet.page_words import Words
from leaflet.studio.folder import HIDDEN, MADE, CampaignFolder
from leaflet.studio.making import PRESS, RUN, ZIP
from leaflet.studio.pages import set_personal
from leaflet.studio.state import ListState


def list_kept(folder: CampaignFolder, words: Words) -> list[dict[str, Any]]:
    """Return the files of the folder in words, each with its path and bytes."""
    return [
        {"text": words.say(f"kept_{kind}"), "path": name, "bytes": _size(folder, name)}
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
    state = folder.state
    if what == "list" and state.schools is not None:
        _remove(folder, state.schools)
        text = with_answers(folder.campaign, _with_sample(folder), {"data.schools": SCHOOLS_FILE})
        folder.write(folder.campaign.name, text.encode())
        folder.set(schools=None)
    if what == "people" and state.staff is not None:
        _remove(folder, state.staff)
        folder.set(staff=None)
        set_personal(folder, is_personal=False)
        text = remove_value(folder.read_text() or "", "data.staff", folder.campaign.name)
        folder.write(folder.campaign.name, text.encode())
    if what == "made":
        for name in (MADE, RUN, PRESS):
            shutil.rmtree(folder.path / name, ignore_errors=True)
        with suppress(OSError):
            (folder.path / ZIP).unlink()
    folder.forget_changes()


def _with_sample(folder: CampaignFolder) -> str:
    """Return the text of the campaign without the settings of its list; the sample of the start is there again."""
    folder.write(SCHOOLS_FILE, sample_schools())
    text = folder.read_text() or ""
    for name in ("data.sheet", "data.header_row", "data.encoding", "columns.schools"):
        text = remove_value(text, name, folder.campaign.name)
    return text


def _remove(folder: CampaignFolder, listed: ListState) -> None:
    for name in (listed.file, listed.copy):
        if name:
            folder.remove(name)


def _kept(folder: CampaignFolder) -> Iterator[tuple[str, str]]:
    yield "campaign", folder.campaign.name
    for kind, listed in (("list", folder.state.schools), ("people", folder.state.staff)):
        if listed is not None:
            yield kind, listed.file
            if listed.copy:
                yield f"{kind}_copy", listed.copy
    yield from (("made", name) for name in (MADE, RUN, PRESS, ZIP))
    yield "hidden", HIDDEN


def _size(folder: CampaignFolder, name: str) -> int:
    path = folder.path / name
    if path.is_dir():
        return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
    return path.stat().st_size
