"""Keep the files of a campaign: written as a whole or not at all, with a history to undo, and a lock.

The campaign file stands where the command line reads it. What the window remembers stands below ``.leaflet``. Nobody
but their owner may read what is written here: lists hold names.
"""

import os
import shutil
import tempfile
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from msgspec import MsgspecError, Struct
from msgspec.json import decode, encode
from msgspec.structs import replace

from leaflet.campaign.addresses import ADDRESSES_FILE
from leaflet.campaign.source import read_campaign
from leaflet.campaign.starter import CAMPAIGN_FILE, SCHOOLS_FILE, sample_schools
from leaflet.faults import LeafletError, Place, Report, fail
from leaflet.studio.outputs import (
    MADE_NAMES,
    check_place,
    free_room,
    is_ours,
    make_place,
    size,
    take_along,
    unfinished,
)
from leaflet.studio.state import Given, History, Snapshot, State
from leaflet.studio.surroundings import Surroundings

HIDDEN = ".leaflet"
_KEPT = (CAMPAIGN_FILE, ADDRESSES_FILE)  # the files whose texts a snapshot holds
_MOST_CHANGES = 100  # that can be undone
_PART = ".leaflet-partial-"  # begins the name of a file that is being written
_BEGUN = f"{HIDDEN}/change.json"  # what was there before the change that is being made
_ALIVE = 90.0  # seconds after which a lock that nobody renews is void
T = TypeVar("T")


class Lock(Struct, frozen=True):
    """The word of who works on a folder: a name as the system knows it, when it began, and which program it is."""

    who: str
    since: str
    program: str


class CampaignFolder:
    """The folder of one campaign, as one window sees it.

    Args:
        path: the folder, which need not be there yet.
        surroundings: the time, and who works there.

    Attributes:
        state: what is remembered.
    """

    def __init__(self, path: Path, surroundings: Surroundings) -> None:
        self.path = path
        self.surroundings = surroundings
        self.campaign = path / CAMPAIGN_FILE
        self._hidden = path / HIDDEN
        self.reload()

    def reload(self) -> None:
        """Read what is remembered again: another window may have changed it."""
        self._before: Snapshot | None = None
        self.state = self._read("state.json", State) or State()
        self._history = self._read("history.json", History) or History()

    def recover(self) -> bool:
        """Put back what was there before a change that was begun, and not ended because the program was.

        Returns:
            Whether there was one.
        """
        for folder in (*self.places_of_made(), self._hidden):
            for part in folder.glob(f"{_PART}*"):
                with suppress(OSError):
                    part.unlink()
        before = self._read("change.json", Snapshot)
        if before is None:
            return False
        if self._history.revision <= before.state.revision:  # the history, which is written last, knows nothing of it
            self._restore(before)
            self._remember(self.state)
        self.remove(_BEGUN)
        return True

    # --- files ------------------------------------------------------------------------------------------------

    @property
    def has_campaign(self) -> bool:
        """Tell whether there is a campaign in the folder."""
        return self.campaign.is_file()

    @property
    def saved_at(self) -> str:
        """The time at which the campaign was changed last, to the second."""
        try:
            return datetime.fromtimestamp(self.campaign.stat().st_mtime).isoformat(timespec="seconds")
        except OSError:
            return ""

    def read_text(self, name: str = CAMPAIGN_FILE) -> str | None:
        """Return the text of a file of the campaign; None if it is not there."""
        data = self._read_bytes(name)
        if data is None:
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            read_campaign(self.path / name, Report())  # says what is wrong with it
            raise fail("W202", Place(file=name), detail="UTF-8") from None

    def _read_bytes(self, name: str) -> bytes | None:
        try:
            return (self.path / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise fail("W202", Place(file=name), detail=error.strerror or str(error)) from None

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the folder as a whole or not at all; only its owner may read it.

        Raises:
            RenderError: it cannot be written (W202); it is then as it was.
        """
        self._write(self.path / name, name, data)

    def write_made(self, name: str, data: bytes) -> None:
        """Write a file that was made, where those go; as a whole or not at all.

        Raises:
            RenderError: it cannot be written (W202).
        """
        self.check_outputs()
        self._write(self.outputs / name, name, data)

    @staticmethod
    def _write(target: Path, name: str, data: bytes) -> None:
        partial = ""
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            handle, partial = tempfile.mkstemp(prefix=_PART, dir=target.parent)  # rights 0600
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(partial, target)  # noqa: PTH105 - one system call, so the file is the old one or the new one
        except OSError as error:
            with suppress(OSError):
                os.unlink(partial)  # noqa: PTH108
            raise fail("W202", Place(file=name), detail=error.strerror or str(error)) from None

    def give(self, kind: Given, name: str, data: bytes) -> str:
        """Write a file that was given, or that has names or cells of one; it is known as long as it is not erased.

        Args:
            kind: whose data it has.
            name: the name it would have; it gets another one if that is taken.
            data: what it holds.

        Returns:
            Its name.

        Raises:
            RenderError: it cannot be written (W202).
        """
        file = self.free_name(name)
        self._history.given.setdefault(kind, []).append(file)
        self._write_history()
        self.write(file, data)
        return file

    def write_sample(self) -> str:
        """Write the short list of the start, if it is not there; no other file is written over.

        Returns:
            Its name.
        """
        sample = sample_schools()
        with suppress(OSError):
            if (self.path / SCHOOLS_FILE).read_bytes() == sample:
                return SCHOOLS_FILE
        name = self.free_name(SCHOOLS_FILE)
        self.write(name, sample)
        return name

    def given(self) -> list[tuple[Given, str]]:
        """Return the files that were given and are still there, each with whose data it has."""
        return [
            (kind, name)
            for kind, names in self._history.given.items()
            for name in names
            if (self.path / name).exists()
        ]

    def remove(self, name: str) -> None:
        """Remove a file of the folder, if it is there."""
        with suppress(OSError):
            (self.path / name).unlink()

    def free_name(self, name: str) -> str:
        """Return a name for a file that is given: its own, without a folder, and with a number if it is taken."""
        wanted = Path(Path(name.replace("\\", "/")).name or "liste")
        wanted = wanted.with_name(wanted.name.lstrip(".") or "liste")
        number, found = 1, wanted.name
        while os.path.lexists(self.path / found) or found == CAMPAIGN_FILE:
            number += 1
            found = f"{wanted.stem}-{number}{wanted.suffix}"
        return found

    def find(self, name: str) -> Path | None:
        """Return a file of the folder, or one that was made, by its path with slashes; None if it is neither."""
        top = name.partition("/")[0]
        is_made = top in MADE_NAMES
        if is_made and self.outputs not in self.places_of_made():
            return None
        try:
            root = (self.outputs if is_made else self.path).resolve()
            found = (root / name).resolve()
            below = root / top if is_made else root
            is_there = found.is_relative_to(below) and HIDDEN not in found.parts and found.is_file()
        except (OSError, ValueError):
            return None
        return found if is_there else None

    # --- where files that are made go -------------------------------------------------------------------------

    @property
    def outputs(self) -> Path:
        """The folder of what is made: this one, unless another one was chosen."""
        return Path(self.state.outputs) if self.state.outputs else self.path

    def places_of_made(self) -> list[Path]:
        """Return the folders that what was made may be in, as far as they are there, and ours."""
        others = (place for place in self.state.places if is_ours(place, self.path))
        return [self.path, *(Path(place.path) for place in others)]

    def check_outputs(self) -> None:
        """Check that the folder of what is made is there, and ours.

        Raises:
            RenderError: it is not (W210).
        """
        if self.outputs not in self.places_of_made():
            raise fail("W210", Place(file=self.outputs.name))

    def room_for_outputs(self, needed: int) -> int:
        """Return the bytes that another place must have free: for what is still needed, and what is taken along."""
        return needed + size(unfinished(self.outputs))

    def choose_outputs(self, text: str, needed: int) -> None:
        """Have files made in a folder of our own, in another one; builds that were not finished go on there.

        Args:
            text: the path of the other folder, or of this one, to go back to it.
            needed: bytes that are still to be written, as far as that is known.

        Raises:
            RenderError: nothing can be put there (W205 to W209, W211), or the choice cannot be kept (W202).
        """
        parent = self.path if Path(text) == self.path else check_place(text, self.surroundings.places())
        known = [one for one in self.places_of_made() if parent == (one if one == self.path else one.parent)]
        if self.outputs in known:
            return
        free = free_room(parent)
        if free is not None and free < self.room_for_outputs(needed):
            raise fail("W209", Place(file=str(parent)))
        made = [] if known else [make_place(parent, self.path, self.surroundings.program)]
        target = [*known, *(Path(place.path) for place in made)][0]
        try:
            take_along(self.outputs, target)
        except OSError:
            if made:
                shutil.rmtree(target, ignore_errors=True)
            raise fail("W208", Place(file=str(parent))) from None
        chosen = "" if target == self.path else str(target)
        self.state = replace(self.state, places=(*self.state.places, *made), outputs=chosen)
        self._write_state(self.state)

    def forget_outputs(self) -> None:
        """Forget what was made, and where: those are of the campaign that this one is a copy of.

        Raises:
            RenderError: that cannot be written (W202).
        """
        self._write_state(replace(self.state, made=-1, outputs="", places=()))

    def bytes_of_change(self) -> int:
        """Return how much room a change of an answer needs: as much as all that is written anew with it."""
        return size((self._hidden, *(self.path / name for name in _KEPT)))

    # --- changes ----------------------------------------------------------------------------------------------

    def begin(self, text: str) -> None:
        """Begin a change: keep what is there, to go back to it.

        Args:
            text: what the change does, for « Annuler ».
        """
        self._before = self._snapshot(text)
        self.write(_BEGUN, encode(self._before))

    def set(self, **changes: object) -> None:
        """Change what is remembered, as a part of a change.

        Args:
            **changes: fields of the state.
        """
        self.state = replace(self.state, **changes)

    def commit(self) -> None:
        """End a change: keep what is new, and that it can be undone.

        Raises:
            RenderError: that cannot be written (W202); the change can then be given up.
        """
        assert self._before is not None, "begin comes first"
        past, future = self._history.past, self._history.future
        self._history.past, self._history.future = [*past[1 - _MOST_CHANGES :], self._before], []
        try:
            self._remember(replace(self.state, revision=self.state.revision + 1))
        except BaseException:
            self._history.past, self._history.future = past, future
            raise
        self._before = None
        self.remove(_BEGUN)

    def cancel(self) -> None:
        """Give a change up, and put back what was there.

        Raises:
            RenderError: that cannot be written (W202); whoever opens the folder next goes back.
        """
        if self._before is not None:
            before, self._before = self._before, None
            self._restore(before)
            self._write_state(self.state)
        self.remove(_BEGUN)

    def note(self, **changes: object) -> None:
        """Remember something that is not undone, such as that the pages were looked at; not in another's campaign.

        On a full disk it is remembered as long as the window is open: nobody who only looks is refused.
        """
        if self.locked_by() is None:
            self.state = replace(self.state, **changes)
            with suppress(LeafletError):
                self._write_state(self.state)

    def forget_changes(self) -> None:
        """Forget all changes that could be undone, because what they held was erased."""
        given: dict[Given, list[str]] = {}
        for kind, name in self.given():
            given.setdefault(kind, []).append(name)
        self._history = History(given=given)
        self._remember(replace(self.state, revision=self.state.revision + 1))

    @property
    def undoable(self) -> str | None:
        """The words for the last change; None if there is nothing to undo."""
        return self._history.past[-1].text if self._history.past else None

    def last_changes(self, count: int) -> list[dict[str, str]]:
        """Return the words for the last changes and when they were made, the newest first."""
        return [{"text": one.text, "at": one.at} for one in self._history.past[: -count - 1 : -1]]

    @property
    def redoable(self) -> str | None:
        """The words for the last undone change; None if there is nothing to do again."""
        return self._history.future[-1].text if self._history.future else None

    def undo(self) -> bool:
        """Go back before the last change; return whether there was one."""
        return self._step(self._history.past, self._history.future)

    def redo(self) -> bool:
        """Do the last undone change again; return whether there was one."""
        return self._step(self._history.future, self._history.past)

    def _step(self, taken: list[Snapshot], given: list[Snapshot]) -> bool:
        if not taken:
            return False
        target = taken[-1]
        self.begin(target.text)
        assert self._before is not None, "it has just begun"
        given.append(self._before)
        taken.pop()
        revision = self.state.revision + 1
        self._restore(target)
        self._remember(replace(self.state, revision=revision))
        self._before = None
        self.remove(_BEGUN)
        return True

    def _snapshot(self, text: str) -> Snapshot:
        return Snapshot(text, {name: self._read_bytes(name) for name in _KEPT}, self.state, self._now())

    def _restore(self, snapshot: Snapshot) -> None:
        for name, data in snapshot.files.items():
            if data is None:
                self.remove(name)
            elif data != self._read_bytes(name):
                self.write(name, data)
        self.state = replace(
            snapshot.state,
            saw_pages=self.state.saw_pages or snapshot.state.saw_pages,
            outputs=self.state.outputs,
            places=self.state.places,
        )

    def _remember(self, state: State) -> None:
        self._write_state(state)
        self._write_history()

    def _write_history(self) -> None:
        self._history.revision = self.state.revision
        self.write(f"{HIDDEN}/history.json", encode(self._history))

    def _write_state(self, state: State) -> None:
        self.write(f"{HIDDEN}/state.json", encode(state))
        self.state = state

    def _read(self, name: str, kind: type[T]) -> T | None:
        """Return what a file of the window holds; None if it is not there, or holds something else."""
        try:
            return decode((self._hidden / name).read_bytes(), type=kind)
        except (OSError, MsgspecError, ValueError):
            return None

    # --- the lock ---------------------------------------------------------------------------------------------

    def lock(self) -> Lock | None:
        """Take or renew the lock, if the disk has room; return the word of another window that has it."""
        other = self.locked_by()
        if other is None:
            with suppress(LeafletError):
                self.take()
        return other

    def locked_by(self) -> Lock | None:
        """Return the word of another window that works on the folder; None if none does."""
        path = self._hidden / "lock.json"
        lock = self._read("lock.json", Lock)
        try:
            is_alive = self.surroundings.seconds() - path.stat().st_mtime < _ALIVE
        except OSError:
            return None
        return lock if lock is not None and is_alive and lock.program != self.surroundings.program else None

    def has_crashed(self) -> bool:
        """Tell whether the last window ended without giving its lock back, and none works there now."""
        lock = self._read("lock.json", Lock)
        return lock is not None and lock.program != self.surroundings.program and self.locked_by() is None

    def take(self) -> None:
        """Take the lock, whoever has it."""
        if not self.path.is_dir():
            return
        lock = self._read("lock.json", Lock)
        if lock is not None and lock.program == self.surroundings.program:
            with suppress(OSError):
                os.utime(self._hidden / "lock.json")  # a full disk has no room to write it anew
                return
        lock = Lock(self.surroundings.user, self._now(), self.surroundings.program)
        self.write(f"{HIDDEN}/lock.json", encode(lock))

    def release(self) -> None:
        """Give the lock back, if it is ours."""
        lock = self._read("lock.json", Lock)
        if lock is not None and lock.program == self.surroundings.program:
            self.remove(f"{HIDDEN}/lock.json")

    def _now(self) -> str:
        return self.surroundings.clock().isoformat(timespec="seconds")


def copy_folder(folder: CampaignFolder, name: str) -> CampaignFolder:
    """Copy a campaign with its lists into a folder beside it, and return that; what was made stays behind.

    Args:
        folder: of the campaign.
        name: of the copy; a number is added if it is taken.

    Raises:
        RenderError: it cannot be written (W202).
    """
    number, target = 1, folder.path.with_name(name)
    while os.path.lexists(target):
        number += 1
        target = folder.path.with_name(f"{name} {number}")
    try:
        shutil.copytree(folder.path, target, ignore=shutil.ignore_patterns("lock.json", *MADE_NAMES))
    except (OSError, shutil.Error) as error:
        raise fail("W202", Place(file=str(target)), detail=str(error)) from None
    copy = CampaignFolder(target, folder.surroundings)
    copy.forget_outputs()
    return copy
