"""Say where the files that are made go: into the folder of the campaign, or into another place with room.

The choice is no part of the campaign: no undo takes it back, and a copy of the folder begins without it. A folder of
ours elsewhere has a mark.
"""

import os
import re
import shutil
import string
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.json import encode

from leaflet.campaign.starter import CAMPAIGN_FILE
from leaflet.faults import Place, fail
from leaflet.production.archive import waiting_of
from leaflet.production.staging import PARTIAL
from leaflet.studio.element_files import HIDDEN, find_below, first_free, free_room, read_remembered, size, write_whole
from leaflet.studio.environment import Environment

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
    """A folder outside that of the campaign, where files that are made may go."""

    path: str  # of the folder
    key: str  # tells it from every other one; its mark has the same


def usual_places(user: str) -> list[Path]:
    """Return where files may be put on this machine: the documents of its user, and disks that were plugged in."""
    if os.name == "nt":
        disks = [Path(f"{letter}:\\") for letter in string.ascii_uppercase[3:]]  # C has the documents
    else:
        mounts = (Path("/media") / user, Path("/run/media") / user) if user else ()
        roots = (Path("/Volumes"),) if sys.platform == "darwin" else mounts
        disks = []
        for root in roots:
            with suppress(OSError):
                disks += sorted(path for path in root.iterdir() if path.is_dir())
    return [Path.home() / "Documents", *disks]


def _mark(place: Elsewhere, campaign: Path) -> Elsewhere:
    return Elsewhere(path=str(campaign.resolve()), key=place.key)


def check_place(text: str, places: Sequence[Path] = ()) -> Path:
    """Return the folder that somebody named by its path, if files may be put there.

    A name is enough for one of the `places`, and for a folder of whoever asks, as « Documents ».
    """
    text = text.strip().strip('"').strip()
    named = Place(file=text)
    try:
        path = Path(f"{text}\\" if os.name == "nt" and _DRIVE.fullmatch(text) else text).expanduser()
        if path.name == text and not text.startswith("."):
            known = (*places, Path.home() / text)
            path = next((one for one in known if one.name.casefold() == text.casefold() and one.is_dir()), path)
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


def _is_of_system(path: Path) -> bool:
    if os.name == "nt":
        roots = [Path(os.environ[name]).resolve() for name in _OF_WINDOWS if name in os.environ]
        return any(path.is_relative_to(root) for root in roots)
    if any(root in path.parents for root in _REMOVABLE):
        return False
    return len(path.parts) < 2 or path.parts[1] in _OF_SYSTEM or path in _REMOVABLE


def make_place(parent: Path, campaign: Path, key: str) -> Elsewhere:
    """Make a folder in another one, named after that of a campaign, and mark it with the key of this window.

    One that is there already is left alone.
    """
    path = first_free(parent, campaign.name.translate(dict.fromkeys(map(ord, UNFIT), "-")).rstrip(". ") or "leaflet")
    try:
        path.mkdir()
        place = Elsewhere(path=str(path), key=key)
        (path / _MARK).write_bytes(encode(_mark(place, campaign)))
    except OSError:
        with suppress(OSError):
            path.rmdir()
        raise fail("W208", Place(file=str(parent))) from None
    return place


MADE = "depliants"  # the folder of finished files
ZIP = "depliants.zip"
WAITING = waiting_of(Path(ZIP)).name
TEST_SHEET = "feuille-d-essai.pdf"
RUN = "copieur"
PRESS = "imprimerie"
MADE_NAMES = (MADE, RUN, PRESS, ZIP, WAITING, TEST_SHEET)  # of all that is made
OUTPUTS_FILE = "outputs.json"


class _Choice(Struct, frozen=True):
    """The choice of a folder for the files that are made."""

    path: str = ""  # where they go; empty for the folder of the campaign
    places: tuple[Elsewhere, ...] = ()  # all folders elsewhere that they ever went to, so that they can be erased


class Outputs:
    """The files that are made of one campaign, whose folder is their `home`, and where they go."""

    def __init__(self, home: Path, environment: Environment) -> None:
        self._home, self._environment = home, environment
        self._file = home / HIDDEN / OUTPUTS_FILE
        self.reload()

    def reload(self) -> None:
        """Read the choice again: another window may have changed it."""
        self._choice = read_remembered(self._file, _Choice) or _Choice()

    @property
    def path(self) -> Path:
        """The folder of what is made: that of the campaign, unless another one was chosen."""
        return Path(self._choice.path) if self._choice.path else self._home

    @property
    def files(self) -> Path:
        """The folder of finished files in it."""
        return self.path / MADE

    def places(self) -> list[Path]:
        """Return the folders that what was made may be in, with our mark: a stick may be gone, or be another one."""
        others = [(Path(place.path), _mark(place, self._home)) for place in self._choice.places]
        return [self._home, *(path for path, mark in others if read_remembered(path / _MARK, Elsewhere) == mark)]

    def check(self) -> None:
        """Check that the folder of what is made is there, and ours."""
        if self.path not in self.places():
            raise fail("W210", Place(file=self.path.name))

    def find(self, name: str) -> Path | None:
        """Return a file that was made, by its path with slashes; None if there is none."""
        return find_below(self.path, name, name.partition("/")[0]) if self.path in self.places() else None

    def room_for(self, needed: int) -> int:
        """Return the bytes that another place must have free: for what is still needed, and what is taken along."""
        return needed + size(_unfinished(self.path))

    def choose(self, text: str, needed: int) -> None:
        """Have files made in a folder of our own within another one, or in that of the campaign again.

        Builds that were not finished go on there: `needed` is how many bytes are still to be written, if known.
        """
        is_home = Path(text) == self._home
        parent = self._home if is_home else check_place(text, self._environment.places())
        known = [self._home] if is_home else [one for one in self.places()[1:] if one.parent == parent]
        if self.path in known:
            return
        free = free_room(parent)
        if free is not None and free < self.room_for(needed):
            raise fail("W209", Place(file=str(parent)))
        made = [] if known else [make_place(parent, self._home, self._environment.program)]
        target = known[0] if known else Path(made[0].path)
        try:
            _take_along(self.path, target)
        except OSError:
            if made:
                shutil.rmtree(target, ignore_errors=True)
            raise fail("W208", Place(file=str(parent))) from None
        choice = _Choice("" if is_home else str(target), (*self._choice.places, *made))
        write_whole(self._file, OUTPUTS_FILE, encode(choice))
        self._choice = choice


def _unfinished(outputs: Path) -> Iterator[Path]:
    """Yield the folders of builds that go on where they were stopped."""
    yield from (outputs / name for name in (WAITING, MADE) if (outputs / name / PARTIAL).is_dir())


def _take_along(old: Path, new: Path) -> None:
    """Move builds that were not finished to another place: all that have no folder there, or none."""
    builds = [build for build in _unfinished(old) if not os.path.lexists(new / build.name)]
    try:
        for build in builds:
            _copy(build, new / build.name)
    except OSError:
        for build in builds:
            shutil.rmtree(new / build.name, ignore_errors=True)
        raise
    for build in builds:
        shutil.rmtree(build if build.name == WAITING else build / PARTIAL, ignore_errors=True)


def _copy(old: Path, new: Path) -> None:
    """Copy a folder with the rights of its files, as far as the disk knows rights."""
    for source in (old, *sorted(old.rglob("*"))):
        target = new / source.relative_to(old)
        if source.is_symlink():
            continue
        if source.is_dir():
            target.mkdir(exist_ok=True)
        else:
            shutil.copyfile(source, target)
        with suppress(OSError):
            shutil.copymode(source, target)
