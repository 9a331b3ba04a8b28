"""Find folders of this machine, outside that of a campaign, where files may be put, and mark our own in them.

A folder without the mark, or with that of another campaign, is never written to, handed out or erased.
"""

import os
import re
import string
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.json import encode

from leaflet.campaign.starter import CAMPAIGN_FILE
from leaflet.faults import Place, fail
from leaflet.studio.files import read_remembered

_MARK = ".leaflet-fichiers"  # the file that says whose folder it is
_REMOVABLE = (Path("/media"), Path("/run/media"), Path("/Volumes"))
_OF_SYSTEM = (
    *("bin", "boot", "dev", "etc", "lib", "lib32", "lib64", "opt", "proc", "run", "sbin", "sys", "usr", "var"),
    *("Applications", "Library", "System"),
)
_OF_WINDOWS = ("SystemRoot", "ProgramFiles", "ProgramFiles(x86)", "ProgramData")
UNFIT = '\\/:*?"<>|'  # in a name on some disk
_DRIVE = re.compile(r"[A-Za-z]:")  # as Windows names a stick


class Elsewhere(Struct, frozen=True):
    """A folder outside that of the campaign, where files that are made may go.

    Args:
        path: of the folder.
        key: tells it from every other one; its mark has the same.
    """

    path: str
    key: str


def usual_places(user: str) -> list[Path]:
    """Return where files may be put on this machine: the documents of its user, and disks that were plugged in."""
    if os.name == "nt":
        disks = [Path(f"{letter}:\\") for letter in string.ascii_uppercase[3:]]  # C has the documents
    else:
        mounts = (Path("/media") / user, Path("/run/media") / user) if user else ()
        roots = (Path("/Volumes"),) if sys.platform == "darwin" else mounts
        disks = [disk for root in roots for disk in _folders(root)]
    return [Path.home() / "Documents", *disks]


def _folders(root: Path) -> list[Path]:
    try:
        return sorted(path for path in root.iterdir() if path.is_dir())
    except OSError:
        return []


def is_ours(place: Elsewhere, campaign: Path) -> bool:
    """Tell whether a place has the mark of a campaign's folder: a stick may be gone, or another one be there."""
    return read_remembered(Path(place.path) / _MARK, Elsewhere) == _mark(place, campaign)


def _mark(place: Elsewhere, campaign: Path) -> Elsewhere:
    return Elsewhere(path=str(campaign.resolve()), key=place.key)


def check_place(text: str, places: Sequence[Path] = ()) -> Path:
    """Return the folder that somebody named, if files may be put there.

    Args:
        text: its path; a name is enough for one of the `places`, and for a folder of whoever asks, as « Documents ».
        places: folders that are known.

    Raises:
        RenderError: it is no folder (W205, and W211 for a name without a path), one of the system (W206), or one of a
            campaign (W207).
    """
    text = text.strip().strip('"').strip()
    named = Place(file=text)
    try:
        path = _find(text, places)
        is_folder = path.is_absolute() and path.is_dir()
        path = path.resolve()
    except (OSError, ValueError, RuntimeError):
        is_folder = False
    if not is_folder:
        raise fail("W205" if Path(text).is_absolute() else "W211", named, value=text)
    if _is_of_system(path):
        raise fail("W206", named)
    if any((folder / name).exists() for folder in (path, *path.parents) for name in (CAMPAIGN_FILE, _MARK)):
        raise fail("W207", named)
    return path


def _find(text: str, places: Sequence[Path]) -> Path:
    path = Path(f"{text}\\" if os.name == "nt" and _DRIVE.fullmatch(text) else text).expanduser()
    if path.name != text or text.startswith("."):
        return path
    known = (*places, Path.home() / text)
    return next((one for one in known if one.name.casefold() == text.casefold() and one.is_dir()), path)


def _is_of_system(path: Path) -> bool:
    if os.name == "nt":
        roots = [Path(os.environ[name]).resolve() for name in _OF_WINDOWS if name in os.environ]
        return any(path.is_relative_to(root) for root in roots)
    if any(root in path.parents for root in _REMOVABLE):
        return False
    return len(path.parts) < 2 or path.parts[1] in _OF_SYSTEM or path in _REMOVABLE


def make_place(parent: Path, campaign: Path, key: str) -> Elsewhere:
    """Make a folder named after that of a campaign, and mark it; one that is there already is left alone.

    Args:
        parent: the folder to make it in.
        campaign: the folder of the campaign.
        key: tells it from those that other windows make.

    Raises:
        RenderError: it cannot be made (W208).
    """
    name, number = campaign.name.translate(dict.fromkeys(map(ord, UNFIT), "-")).rstrip(". ") or "leaflet", 1
    path = parent / name
    try:
        while os.path.lexists(path):
            number += 1
            path = parent / f"{name} {number}"
        path.mkdir()
        place = Elsewhere(path=str(path), key=key)
        (path / _MARK).write_bytes(encode(_mark(place, campaign)))
    except OSError:
        with suppress(OSError):
            path.rmdir()
        raise fail("W208", Place(file=str(parent))) from None
    return place
