"""Load the colour profile of a print-shop file, found on the system by its name, or given as a path.

FOGRA39 (coated paper) and FOGRA47 (uncoated) come with the Debian package ``colord-data`` (CC0-1.0). They are not
shipped with the program: print shops name their own.
"""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from msgspec import Struct

from leaflet.faults import Place, fail
from leaflet.meant_file import PROFILES, meant_file

# Where each system keeps profiles. Windows and macOS: http://www.drycreekphoto.com/Learn/profile_install.htm (2009),
# http://www.pictocolor.com/UserGuides/inCamera40/SaveProfile.html; Linux:
# http://lists.freedesktop.org/archives/openicc/2005q1/000079.html; read 2026-11-26. Adobe's folders: no source,
# looked at because nothing is lost if they are not there.
_FOLDERS: dict[str, tuple[str, ...]] = {
    "linux": (
        "/usr/share/color/icc",
        "/usr/local/share/color/icc",
        "/var/lib/color/icc",
        "~/.local/share/icc",
        "~/.color/icc",
    ),
    "win32": (
        "C:/Windows/System32/spool/drivers/color",
        "C:/Program Files/Common Files/Adobe/Color/Profiles",
        "C:/Program Files (x86)/Common Files/Adobe/Color/Profiles",
    ),
    "darwin": (
        "/Library/ColorSync/Profiles",
        "~/Library/ColorSync/Profiles",
        "/System/Library/ColorSync/Profiles",
        "/Library/Application Support/Adobe/Color/Profiles",
    ),
}
_FILES = {"FOGRA39": "FOGRA39L_coated.icc", "FOGRA47": "FOGRA47L_uncoated.icc"}
_MOST_BYTES = 10_000_000
_HEADER = 128  # bytes of an ICC header (ICC.1 §7.2): class at 12, colour space at 16, signature at 36


class Profile(Struct, frozen=True, kw_only=True):
    """A CMYK output profile: the condition it stands for, and its bytes."""

    condition: str
    path: Path
    data: bytes


def profile_folders(system: str) -> tuple[Path, ...]:
    """Return where a system (`sys.platform`) keeps profiles; for any that is not known, where Linux does."""
    # os.path: Path.expanduser raises where nobody has a home
    return tuple(Path(os.path.expanduser(folder)) for folder in _FOLDERS.get(system, _FOLDERS["linux"]))  # noqa: PTH111


def load_profile(name: str, folder: Path, place: Place, folders: Sequence[Path] | None = None) -> Profile:
    """Return the profile a campaign names: ``FOGRA39``, ``FOGRA47`` or a file beside the campaign.

    Args:
        name: as the campaign has it.
        folder: of the campaign.
        place: where it stands there.
        folders: where profiles are looked for by their names; those of this system by default.

    Raises:
        DataError: not found (with the package that has it), or not the CMYK profile of a printing condition.
    """
    path = _find(name, folder, place, profile_folders(sys.platform) if folders is None else folders)
    try:
        data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
    except OSError as error:
        problem = error.strerror or str(error)
        raise fail("P302", place, name=path.name, problem_en=problem, problem_fr=problem, proposal="") from None
    if len(data) < _HEADER or (data[12:16], data[16:20], data[36:40]) != (b"prtr", b"CMYK", b"acsp"):
        raise fail("P303", place, name=path.name)
    return Profile(condition=name if name in _FILES else path.stem, path=path, data=data)


def _find(name: str, folder: Path, place: Place, folders: Sequence[Path]) -> Path:
    if name in _FILES:
        for start in folders:
            if (found := _find_file(_FILES[name], start)) is not None:
                return found
        raise fail("P301", place, name=name, file=_FILES[name], **_ways_out(sys.platform))
    path = folder / name
    if not path.is_file():
        where = {
            "problem_en": "not beside the campaign file",
            "problem_fr": "absent à côté de la campagne",
        }
        raise fail("P302", place, name=name, proposal=meant_file(name, PROFILES, folder), **where)
    return path


def _find_file(name: str, folder: Path) -> Path | None:
    """Return a file of this name in a folder or below, whatever its capitals: Windows and macOS do not mind them."""
    try:
        found = (path for path in folder.rglob("*.[iI][cC][cCmM]") if path.name.casefold() == name.casefold())
        return min(found, default=None)
    except OSError:  # a folder of somebody else's
        return None


def _ways_out(system: str) -> dict[str, str]:
    """Return how a profile gets onto a machine of this system (`sys.platform`), in both languages."""
    folder = profile_folders(system)[0]
    if system in ("win32", "darwin"):
        return {
            "hint_en": f"ask the print shop for the file and copy it into {folder}",
            "hint_fr": f"demandez le fichier à l’imprimeur et copiez-le dans {folder}",
        }
    return {"hint_en": "sudo apt install colord-data", "hint_fr": "sudo apt install colord-data"}
