"""Keep two windows from working on one folder: a lock, which is void if nobody renews it."""

import os
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.json import encode

from leaflet.faults import LeafletError
from leaflet.studio.files import HIDDEN, read_remembered, remove, write_whole
from leaflet.studio.surroundings import Surroundings

LOCK_FILE = "lock.json"
_ALIVE = 90.0  # seconds after which a lock that nobody renews is void


class Holder(Struct, frozen=True):
    """The window that has a lock: who works there as the system knows them, since when, and which program it is."""

    who: str
    since: str
    program: str


class FolderLock:
    """The lock of the folder of a campaign, as one window sees it.

    Args:
        folder: the folder, which need not be there yet.
        surroundings: the time, and who works there.
    """

    def __init__(self, folder: Path, surroundings: Surroundings) -> None:
        self._folder, self._surroundings = folder, surroundings
        self._file = folder / HIDDEN / LOCK_FILE

    def renew(self) -> Holder | None:
        """Take or renew the lock, if the disk has room; return the other window that has it."""
        other = self.other()
        if other is None:
            with suppress(LeafletError):
                self.take()
        return other

    def other(self) -> Holder | None:
        """Return the other window that works on the folder; None if none does."""
        try:
            is_alive = self._surroundings.seconds() - self._file.stat().st_mtime < _ALIVE
        except OSError:
            return None
        holder = self._read()
        return holder if holder is not None and is_alive and not self._is_ours(holder) else None

    def was_left(self) -> bool:
        """Tell whether the last window ended without giving the lock back, and none works there now."""
        holder = self._read()
        return holder is not None and not self._is_ours(holder) and self.other() is None

    def take(self) -> None:
        """Take the lock, whoever has it.

        Raises:
            RenderError: it cannot be written (W202).
        """
        if not self._folder.is_dir():
            return
        holder = self._read()
        if holder is not None and self._is_ours(holder):
            with suppress(OSError):
                os.utime(self._file)  # a full disk has no room to write it anew
                return
        around = self._surroundings
        write_whole(self._file, LOCK_FILE, encode(Holder(around.user, around.stamp(), around.program)))

    def release(self) -> None:
        """Give the lock back, if it is ours."""
        holder = self._read()
        if holder is not None and self._is_ours(holder):
            remove(self._file)

    def _read(self) -> Holder | None:
        return read_remembered(self._file, Holder)

    def _is_ours(self, holder: Holder) -> bool:
        return holder.program == self._surroundings.program
