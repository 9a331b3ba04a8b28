"""Keep the files of a campaign, with a history of changes that can be undone.

The campaign file stands where the command line reads it. What the window remembers stands below ``.leaflet``. A lock
keeps two windows from working on one folder; it is void if nobody renews it.
"""

import os
import re
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import chain, count
from pathlib import Path, PurePosixPath

from msgspec import Struct
from msgspec.json import encode
from msgspec.structs import replace

from leaflet.campaign import load_campaign
from leaflet.campaign.academies import ADDRESSES_FILE
from leaflet.campaign.answers import with_answers
from leaflet.campaign.editing import remove_value, set_tables
from leaflet.campaign.election import ElectionProfile
from leaflet.campaign.list_columns import read_list_settings
from leaflet.campaign.load import find_profile
from leaflet.campaign.source import CampaignText, read_campaign
from leaflet.campaign.starter import CAMPAIGN_FILE, SCHOOLS_FILE, sample_schools
from leaflet.faults import LeafletError, Place, Report, fail
from leaflet.files.plain_files import disk_faults
from leaflet.production.inputs import PRINTER_FILE
from leaflet.production.staging import PARTIAL
from leaflet.studio import element_files
from leaflet.studio.campaign_state import Given, History, ListState, Snapshot, State
from leaflet.studio.contract import Done
from leaflet.studio.element_files import HIDDEN, read_remembered, remove, write_whole
from leaflet.studio.environment import Environment
from leaflet.studio.output_folders import MADE_NAMES, OUTPUTS_FILE, TEST_SHEET, UNFIT, Outputs
from leaflet.tables.opening import ListFile
from leaflet.text import grouped

LOCK_FILE = "lock.json"
_ALIVE = 90.0  # seconds after which a lock that nobody renews is void


class Holder(Struct, frozen=True):
    """The window that has a lock: who works there as the system knows them, since when, which program, and where."""

    who: str
    since: str
    program: str
    machine: str = ""


class FolderLock:
    """The lock of the folder of a campaign, which need not be there yet, as one window sees it."""

    def __init__(self, folder: Path, environment: Environment) -> None:
        self._folder, self._environment = folder, environment
        self._file = folder / HIDDEN / LOCK_FILE

    def renew(self) -> Holder | None:
        """Take or renew the lock, if the disk has room; return the other window that has it."""
        if (other := self.other()) is None:
            with suppress(LeafletError):
                self.take()
        return other

    def other(self) -> Holder | None:
        """Return the other window that works on the folder; None if none does."""
        try:
            is_alive = self._environment.seconds() - self._file.stat().st_mtime < _ALIVE
        except OSError:
            return None
        holder = self._read()
        return holder if is_alive and not self._is_ours(holder) else None

    def is_here(self, holder: Holder) -> bool:
        """Tell whether a window is one of the same person on this computer."""
        around = self._environment
        return bool(around.machine) and (holder.who, holder.machine) == (around.user, around.machine)

    def was_left(self) -> bool:
        """Tell whether the last window ended without giving the lock back, and none works there now."""
        holder = self._read()
        return holder is not None and not self._is_ours(holder) and self.other() is None

    def is_ours(self) -> bool:
        """Tell whether no other window has had the lock since this one took it."""
        return self._is_ours(self._read())

    def take(self) -> None:
        """Take the lock, whoever has it."""
        if not self._folder.is_dir():
            return
        if self.is_ours():
            with suppress(OSError):
                os.utime(self._file)  # a full disk has no room to write it anew
                return
        around = self._environment
        holder = Holder(around.user, around.stamp(), around.program, around.machine)
        write_whole(self._file, LOCK_FILE, encode(holder))

    def release(self) -> None:
        """Give the lock back, if it is ours."""
        if self._is_ours(self._read()):
            remove(self._file)

    def _read(self) -> Holder | None:
        return read_remembered(self._file, Holder)

    def _is_ours(self, holder: Holder | None) -> bool:
        return holder is not None and holder.program == self._environment.program


_KEPT = (CAMPAIGN_FILE, ADDRESSES_FILE, PRINTER_FILE)  # the files whose texts a snapshot holds
_OWN_SUFFIXES = ("", ".toml", ".zip", ".leaflet")  # of files that a campaign, or the window, calls its own
_MOST_CHANGES = 100  # that can be undone
_STATE_FILE = f"{HIDDEN}/state.json"  # what is remembered
_HISTORY_FILE = f"{HIDDEN}/history.json"  # the changes that can be undone
# of what is remembered: no change of any is undone
_NOTED = ("refused", "carded", "free_of", "outputs", "cards", "under_way")
CHANGE_FILE = f"{HIDDEN}/change.json"  # what was there before the change that is being made


def stamp(path: Path) -> object:
    """Return what tells whether a file has changed; None for one that is not there."""
    with suppress(OSError):
        found = path.stat()
        return found.st_mtime_ns, found.st_size, found.st_ino
    return None


@lru_cache(maxsize=1)  # asked for each name of a fact and each finding of a page
def _read_profile(campaign: Path, _stamps: tuple[object, ...]) -> ElectionProfile | None:
    """Read the profile of a campaign's election anew when one of the files with these stamps has changed."""
    return find_profile(campaign)


class CampaignFolder:
    """The folder of one campaign, which need not be there yet, as one window sees it; it remembers a `state`."""

    def __init__(self, path: Path, environment: Environment) -> None:
        self.path, self.environment = path, environment
        self.campaign = path / CAMPAIGN_FILE
        self._hidden = path / HIDDEN
        self.lock = FolderLock(path, environment)
        self.outputs = Outputs(path, environment)
        self.reload()

    def reload(self) -> None:
        """Read what is remembered again: another window may have changed it."""
        self._before: Snapshot | None = None
        self.state = read_remembered(self.path / _STATE_FILE, State) or State()
        self._history = read_remembered(self.path / _HISTORY_FILE, History) or History()
        self.outputs.reload()

    def recover(self) -> bool:
        """Put back what was there before a change that was never ended, if there is one; return whether there was."""
        for folder in (*self.outputs.places(), self._hidden):
            for part in folder.glob(f"{PARTIAL}-*"):  # of files whose writing was broken off
                remove(part)
        if (before := read_remembered(self.path / CHANGE_FILE, Snapshot)) is None:
            return False
        if self._history.revision <= before.state.revision:  # the history, which is written last, knows nothing of it
            self._restore(before)
            self._remember(self.state)
        self.remove(CHANGE_FILE)
        return True

    # --- files ------------------------------------------------------------------------------------------------

    @property
    def has_campaign(self) -> bool:
        """Tell whether there is a campaign in the folder."""
        return self.campaign.is_file()

    @property
    def saved_at(self) -> str:
        """The time at which the campaign, its list or its names were changed last, to the second."""
        files = (self.campaign, self.path / _HISTORY_FILE)  # which every change writes
        times = [file.stat().st_mtime for file in files if file.exists()]
        return datetime.fromtimestamp(max(times)).isoformat(timespec="seconds") if times else ""

    def read_text(self, name: str = CAMPAIGN_FILE) -> str | None:
        """Return the text of a file of the campaign; None if it is not there."""
        if (data := self._read_bytes(name)) is None:
            return None
        try:
            return data.decode("utf-8-sig")
        except UnicodeDecodeError:
            read_campaign(self.path / name, Report())  # says what is wrong with it
            raise fail("W202", Place(file=name), problem="UTF-8") from None

    def read(self) -> CampaignText:
        """Return the campaign file as TOML."""
        return read_campaign(self.campaign, Report())

    def profile(self) -> ElectionProfile | None:
        """Return the profile of the election; None while the campaign does not tell which."""
        files = (self.campaign, *sorted((self.path / "elections").glob("*.toml")))
        return _read_profile(self.campaign, tuple(map(stamp, files)))

    def _read_bytes(self, name: str) -> bytes | None:
        with disk_faults(name, "W202"), suppress(FileNotFoundError):
            return (self.path / name).read_bytes()
        return None

    def write(self, name: str, data: bytes) -> None:
        """Write a file of the folder as a whole or not at all; only its owner may read it."""
        write_whole(self.path / name, name, data)

    def edit(
        self,
        values: Mapping[str, object] | None = None,
        *,
        remove: Iterable[str] = (),
        documents: Sequence[Mapping[str, object]] | None = None,
    ) -> None:
        """Take values out of the campaign file, and put others there; one that breaks a rule changes nothing."""
        text = self.read_text() or ""
        for name in remove:
            text = remove_value(text, name, CAMPAIGN_FILE)
        if documents is not None:
            text = set_tables(text, "document", documents, CAMPAIGN_FILE)
        text = text if values is None else with_answers(self.campaign, text, values)
        self.write(CAMPAIGN_FILE, text.encode())

    def give(self, kind: Given, name: str, data: bytes) -> str:
        """Write a file that was given, or that has names or cells of one, under a free name, and return that.

        It is known as long as it is there: until it is erased, or nothing names it any more (`_sweep`).
        """
        file = self.free_name(name)
        self._history.given.setdefault(kind, []).append(file)
        self._write_history()
        self.write(file, data)
        return file

    def write_sample(self) -> str:
        """Write the short list of the start, if it is not there, over no other file; return its name."""
        sample = sample_schools()
        for name in numbered(SCHOOLS_FILE):
            if not os.path.lexists(self.path / name):
                self.write(name, sample)
            with suppress(OSError):
                if (self.path / name).read_bytes() == sample:
                    break
        return name

    def given(self) -> list[tuple[Given, str]]:
        """Return the files that were given and are still there, each with whose data it has."""
        known = ((kind, name) for kind, names in self._history.given.items() for name in names)
        return [(kind, name) for kind, name in known if (self.path / name).exists()]

    def own(self, what: str) -> list[str]:
        """Return the lists of a kind, ``schools`` or ``staff``, that were read and that nobody gave to the window."""
        states = [self.state, *(step.state for step in (*self._history.past, *self._history.future))]
        names = {one.file for state in states if (one := getattr(state, what))} - {name for _, name in self.given()}
        return sorted(name for name in names if (self.path / name).exists())

    def remove(self, name: str) -> None:
        """Remove a file of the folder, if it is there."""
        remove(self.path / name)

    def free_name(self, name: str) -> str:
        """Return a name for a file that is given: its own without a folder, with a number if it is taken.

        No file that is given has the name of one that a campaign or the window calls its own: these are known by the
        end of their names.
        """
        wanted = plain_name(name)
        if PurePosixPath(wanted).suffix.lower() in _OWN_SUFFIXES:
            wanted += ".txt"
        free = (name for name in numbered(wanted) if name.lower() != TEST_SHEET)
        return next(name for name in free if not os.path.lexists(self.path / name))

    def find(self, name: str) -> Path | None:
        """Return a file of the folder, or one that was made, by its path with slashes; None if it is neither."""
        is_made = name.partition("/")[0] in MADE_NAMES
        return self.outputs.find(name) if is_made else element_files.find_below(self.path, name)

    def bytes_of_change(self) -> int:
        """Return how much room a change of an answer needs: as much as all that is written anew with it."""
        return element_files.size((self._hidden, *(self.path / name for name in _KEPT)))

    # --- changes ----------------------------------------------------------------------------------------------

    @contextmanager
    def change(self, text: str, erased: Collection[str] | None = None) -> Iterator[None]:
        """Make one change that can be undone; what goes wrong leaves everything as it was.

        One that has some of the files given `erased` cannot be undone, nor can any before it: all is forgotten, and
        files that were there for the sake of undoing alone are removed.
        """
        self.begin(text)
        try:
            yield
            if erased is None:
                self.commit()
            else:
                self._end(History(given=self._given_but(erased)))
        except BaseException:
            self.cancel()
            raise

    def begin(self, text: str) -> None:
        """Begin a change, which « Annuler » calls by a text: keep what is there, to go back to it."""
        files = {name: self._read_bytes(name) for name in _KEPT}
        self._before = Snapshot(text, files, self.state, self.environment.stamp())
        self.write(CHANGE_FILE, encode(self._before))

    def set(self, **changes: object) -> None:
        """Change what is remembered, as a part of a change."""
        self.state = replace(self.state, **changes)

    def commit(self) -> None:
        """End a change: keep what is new, and that it can be undone; on a full disk it can still be given up."""
        assert self._before is not None, "begin comes first"
        past = [*self._history.past[1 - _MOST_CHANGES :], self._before]
        self._end(replace(self._history, past=past, future=[]))

    def _end(self, history: History) -> None:
        """End a change with another history; what cannot be written leaves it as it was."""
        before, self._history = self._history, history
        try:
            self._remember(replace(self.state, revision=self.state.revision + 1))
        except BaseException:
            self._history = before
            raise
        self._before = None
        self.remove(CHANGE_FILE)
        self._sweep()

    def cancel(self) -> None:
        """Give a change up, and put back what was there; on a full disk, whoever opens it next goes back."""
        if self._before is not None:
            before, self._before = self._before, None
            self._restore(before)
            self._sweep()
            self._write_state(self.state)
        self.remove(CHANGE_FILE)

    def note(self, **changes: object) -> None:
        """Remember something that is not undone, such as that the pages were looked at; not in another's campaign.

        On a full disk it is remembered as long as the window is open: nobody who only looks is refused.
        """
        if self.lock.other() is None:
            self.state = replace(self.state, **changes)
            with suppress(LeafletError):
                self._write_state(self.state)

    def notice(self) -> None:
        """Count what somebody changed in the campaign file outside of the window as a change of its own."""
        if self.has_campaign and (now := self._digest()) != self.state.file:
            self.note(revision=self.state.revision + bool(self.state.file), file=now)

    def _digest(self) -> str:
        return sha256(self._read_bytes(CAMPAIGN_FILE) or b"").hexdigest()

    def _sweep(self) -> None:
        """Remove the files given that neither the campaign nor a change to be undone or done again names any more."""
        for _, name in self.given():
            named = re.compile(rb"[\"'/]" + re.escape(name.encode()) + rb"[\"']")
            if not any(map(named.search, self._naming())):
                self.remove(name)
        if (given := self._given_but(())) != self._history.given:
            self._history.given = given
            with suppress(LeafletError):  # on a full disk; the next change does
                self._write_history()

    def _naming(self) -> Iterator[bytes]:
        """Yield all that may name a file that was given."""
        yield from (encode(self.state), self._read_bytes(CAMPAIGN_FILE) or b"")
        for step in (*self._history.past, *self._history.future):
            yield from (encode(step.state), *filter(None, step.files.values()))

    def _given_but(self, erased: Collection[str]) -> dict[Given, list[str]]:
        """Return the names of the files given that are there, by kind, without some of them."""
        return grouped((kind, name) for kind, name in self.given() if name not in erased)

    @property
    def undoable(self) -> str | None:
        """The words for the last change; None if there is nothing to undo."""
        return self._history.past[-1].text if self._history.past else None

    def last_changes(self, count: int) -> list[Done]:
        """Return the words for the last changes and when they were made, the newest first."""
        return [Done(text=one.text, at=one.at) for one in self._history.past[: -count - 1 : -1]]

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
        self.set(at=target.state.at)  # where it was done it is also done again
        self.begin(target.text)
        assert self._before is not None, "it has just begun"
        given.append(self._before)
        taken.pop()
        revision = self.state.revision + 1
        noted = {name: getattr(self.state, name) for name in _NOTED}
        self._restore(target)
        self._remember(replace(self.state, revision=revision, **noted))
        self._before = None
        self.remove(CHANGE_FILE)
        return True

    def _restore(self, snapshot: Snapshot) -> None:
        for name, data in snapshot.files.items():
            if data is None:
                self.remove(name)
            elif data != self._read_bytes(name):
                self.write(name, data)
        self.state = replace(snapshot.state, saw_pages=self.state.saw_pages or snapshot.state.saw_pages)

    def _remember(self, state: State) -> None:
        self._write_state(replace(state, file=self._digest()))
        self._write_history()

    def _write_history(self) -> None:
        self._history.revision = self.state.revision
        self.write(_HISTORY_FILE, encode(self._history))

    def _write_state(self, state: State) -> None:
        self.write(_STATE_FILE, encode(state))
        self.state = state


def plain_name(name: str) -> str:
    """Return a name without a folder, as every disk can have it."""
    plain = PurePosixPath(name.replace("\\", "/")).name
    signs = (sign if sign.isprintable() and sign not in UNFIT else "-" for sign in plain)
    return "".join(signs).strip(". ") or "liste"


def numbered(name: str) -> Iterator[str]:
    """Return a name, and after it the same with numbers from 2, without an end."""
    path = PurePosixPath(name)
    return chain([name], (f"{path.stem}-{number}{path.suffix}" for number in count(2)))


def new_beside(folder: Path, name: str) -> Path:
    """Return a folder that is not there yet: beside another one, or in it where nothing can be written beside it."""
    return element_files.first_free(folder.parent if os.access(folder.parent, os.W_OK) else folder, name)


def copy_folder(folder: CampaignFolder, name: str) -> CampaignFolder:
    """Copy a campaign with its lists into a folder beside it, and return that; what was made stays behind."""
    target = new_beside(folder.path, name)
    with disk_faults(target, "W202"):
        shutil.copytree(folder.path, target, ignore=shutil.ignore_patterns(LOCK_FILE, OUTPUTS_FILE, *MADE_NAMES))
    copy = CampaignFolder(target, folder.environment)
    copy.note(made=-1)
    return copy


def adopt_lists(folder: CampaignFolder) -> None:
    """Remember the lists that the campaign file names, if the window knows none; the short one of the start is none.

    A campaign that cannot be read adopts nothing: what is wrong with it is said where it is shown.
    """
    state = folder.state
    with suppress(LeafletError, OSError):
        lists = read_list_settings(folder.campaign).lists
        schools, staff = lists.get("schools"), lists.get("staff")
        if state.schools is None and schools and schools.is_file() and schools.read_bytes() != sample_schools():
            folder.note(schools=ListState(_name(folder, schools), sheets=ListFile(schools).sheet_names()))
        if state.staff is None and staff is not None and staff.is_file():
            documents = load_campaign(folder.campaign, Report()).documents
            is_of_people = all(document.per == "person" for document in documents)
            folder.note(staff=ListState(_name(folder, staff)), kind="cards" if is_of_people else state.kind)


def _name(folder: CampaignFolder, path: Path) -> str:
    """Return a path as it is seen from the folder."""
    return path.relative_to(folder.path).as_posix() if path.is_relative_to(folder.path) else str(path)
