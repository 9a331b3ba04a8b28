"""Find what files of a repository that are about to be committed mean for its campaigns.

A campaign uses the files below its own folder, unless another campaign is nearer to them, and those that it names: a
list in another folder, a logo that several campaigns share.
"""

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from leaflet.campaign.starter import CAMPAIGN_FILE
from leaflet.faults import Fault, Place
from leaflet.preflight.targets import is_personal


def find_campaigns_using(changed: Iterable[Path], root: Path) -> tuple[Path, ...]:
    """Return the campaign files below a folder that use any of some files, sorted.

    Args:
        changed: the files.
        root: the folder of the repository.
    """
    campaigns = list(_find_campaigns(root))
    named = {campaign: {path for _, path in _named_files(campaign)} for campaign in campaigns}
    found = set()
    for path in (path.absolute() for path in changed):
        nearest = next((folder / CAMPAIGN_FILE for folder in path.parents if folder / CAMPAIGN_FILE in named), None)
        found |= {campaign for campaign in campaigns if campaign == nearest or _real(path) in named[campaign]}
    return tuple(sorted(found))


def find_named_people(changed: Sequence[Path], root: Path) -> tuple[Fault, ...]:
    """Return a fault for each file with names of people: staff lists of campaigns, documents made per person."""
    staff = {path for campaign in _find_campaigns(root) for key, path in _named_files(campaign) if key == "staff"}
    return tuple(
        Fault("U135", Place(file=str(path)), {"value": path.name})
        for path in changed
        if _real(path) in staff or (path.suffix.lower() == ".pdf" and is_personal(path))
    )


def _find_campaigns(root: Path) -> Iterator[Path]:
    """Find the campaign files below a folder; hidden folders are passed over."""
    for folder, folders, files in os.walk(root.absolute()):
        folders[:] = [name for name in folders if not name.startswith(".")]
        if CAMPAIGN_FILE in files:
            yield Path(folder, CAMPAIGN_FILE)


def _named_files(campaign: Path) -> Iterator[tuple[str, Path]]:
    """Yield the key and the real path of each value of a campaign that may be a file; none of one that is no TOML."""
    try:
        values = tomllib.loads(campaign.read_text("utf-8"))
    except (OSError, ValueError):  # the check says what is wrong with it
        return
    for key, value in _texts(values):
        if "\0" not in value:
            yield key, _real(campaign.parent / value)


def _texts(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the texts of a table and of the tables in it, with their keys."""
    for key, value in values.items():
        if isinstance(value, Mapping):
            yield from _texts(value)
        elif isinstance(value, list):
            yield from _texts({f"{key}.{number}": one for number, one in enumerate(value)})
        elif isinstance(value, str):
            yield key, value


def _real(path: Path) -> Path:
    """Return a path with its links followed, as far as there is anything."""
    return Path(os.path.realpath(path))
