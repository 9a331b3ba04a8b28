"""A folder: files wait under temporary names until all are good, and what an interrupted build had made is kept.

Each build works in a numbered folder of its own below ``.leaflet-partial`` and keeps a journal there, one line a
finished file. A build that finds journals takes what is still right from them, whether it still waits there or had
got its name already; so the process may end at any moment, and the same command goes on.

The time of the list says until when all its files are known to be as it says: it is set after they have their names.
A file that was touched since then, in whatever way the system knows of, is read again.
"""

import os
import shutil
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from hashlib import sha256
from io import FileIO
from pathlib import Path
from types import TracebackType
from typing import Self

from msgspec import Struct

from leaflet.faults import LeafletError, Place, RenderError, fail
from leaflet.production.manifest import Entry, Manifest, entry_line, go_on_from, parse_entry, read_manifest
from leaflet.production.staging import PARTIAL, Moves, move_into, write_all, write_lines, write_new
from leaflet.production.storage.base import Head, Written
from leaflet.production.storage.lock import locked

_JOURNAL = "journal"
_LEFT_OVER = 500  # files of schools that are gone; a build of a few schools does not look at all the others
_TICKS = 10_000  # how often the clock of a disk is asked at most: some move on only every few milliseconds


class FolderSink(Struct, frozen=True):
    """Writes files below a folder of this disk, or of one that all machines see."""

    out: Path
    folder: Path

    def write(self, name: str, data: bytes, *, read_back: bool = False, private: bool = False) -> bytes:
        try:
            try:
                return write_new(f"{self.folder}/{name}", data, read_back=read_back, private=private)
            except FileNotFoundError:
                self._make_folders(name)
            except FileExistsError:  # of this build, by a worker that was lost
                (self.folder / name).unlink()
            return write_new(f"{self.folder}/{name}", data, read_back=read_back, private=private)
        except OSError as error:
            raise _fault(self.out, error) from None

    def _make_folders(self, name: str) -> None:
        """Those of a name, not the one they are in: if that is gone, what was made is gone with it."""
        folder = self.folder
        for part in name.split("/")[:-1]:
            folder /= part
            folder.mkdir(exist_ok=True)

    def discard(self, name: str) -> None:
        (self.folder / name).unlink(missing_ok=True)

    def take(self) -> Sequence[Written]:
        return ()


class FolderStore:
    """The transaction of one build in one folder."""

    is_shared = True

    def __init__(self, out: Path, head: Head) -> None:
        self._out = out
        self._head = head
        self._partial = out / PARTIAL
        self._stack = ExitStack()
        self._is_new = False
        self._journal: FileIO | None = None
        self._moves = Moves()
        self._private: set[str] = set()
        self._listed_at = 0  # nanoseconds: files touched since then are read again
        self._checked: dict[str, int] = {}  # when files were last touched that are as listed
        self._waiting: dict[str, list[Path]] = {}
        self.sink = FolderSink(out, out)
        self.earlier: Manifest | None = None
        self.done: Mapping[str, Entry] = {}

    @property
    def keeps(self) -> bool:
        is_there = (self.sink.folder / _JOURNAL).exists()  # the disk may have been pulled out
        return is_there and (bool(self._moves) or self.noted > 0)

    @property
    def noted(self) -> int:
        try:
            return (self.sink.folder / _JOURNAL).read_bytes().count(b"\n")  # a signal may come right after a note
        except OSError:
            return 0

    def __enter__(self) -> Self:
        try:
            if self._out.exists() and not self._out.is_dir():
                raise fail("W102", Place(file=str(self._out)))
            self._is_new = not self._out.exists()
            self._out.mkdir(parents=True, exist_ok=True)
            self._stack.enter_context(locked(self._out))
            self.earlier = go_on_from(
                read_manifest(self._out, self._head.listed), self._head.campaign, self._head.election, self._is_there
            )
            if self.earlier is not None:
                self._listed_at = (self._out / self._head.listed).stat().st_mtime_ns
            if self._partial.is_symlink():
                raise fail("W103", Place(file=str(self._partial)), name=PARTIAL)
            runs = self._runs()
            self.done = self._read_journals(runs)
            folder = self._partial.absolute() / str(int(runs[-1].name) + 1 if runs else 1)  # wherever a worker works
            self._partial.mkdir(mode=stat.S_IRWXU, exist_ok=True)
            folder.mkdir(mode=stat.S_IRWXU)
            self.sink = FolderSink(self._out, folder)
            self._journal = self._stack.enter_context((folder / _JOURNAL).open("xb", buffering=0))
        except OSError as error:
            self._stack.close()
            raise _fault(self._out, error) from None
        except LeafletError:
            self._stack.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if error is None:
            shutil.rmtree(self._partial, ignore_errors=True)
        elif _is_of_records(error) or not self.keeps:
            shutil.rmtree(self.sink.folder, ignore_errors=True)
        with suppress(OSError):  # not empty: something is kept
            self._partial.rmdir()
        if self._is_new:
            with suppress(OSError):  # not empty: the build went well, or can go on
                self._out.rmdir()
        self._stack.close()

    def has(self, entry: Entry) -> bool | None:
        return self._look_at(entry, self._listed_at)

    def adopt(self, entry: Entry) -> bool:
        """Take over a file that an interrupted build had made; whether it is there and whole."""
        for run in self._waiting.get(entry.file, ()):
            if is_as_listed(run / entry.file, entry):
                self._expect(entry, run)
                return True
        return bool(self._look_at(entry, 0))  # it had got its name already

    def _look_at(self, entry: Entry, until: int) -> bool | None:
        """Whether a file is as it was made; read only if it was touched since a time until when it was."""
        try:
            found = os.stat(f"{self._out}/{entry.file}")  # noqa: PTH116 - of every file: `Path` takes longer
        except OSError:
            return None
        touched = _touched(found)
        is_right = found.st_size == entry.size and (
            touched < until or bool(is_as_listed(self._out / entry.file, entry))
        )
        if is_right:
            self._checked[entry.file] = touched
        return is_right

    def begin(self) -> None:
        """Nothing: files wait below a folder of their own."""

    def note(self, entries: Iterable[Entry], files: Iterable[Written]) -> None:
        entries = list(entries)
        assert self._journal is not None, "a store is entered before it is used"
        try:
            write_all(self._journal.fileno(), b"".join(entry_line(entry) + b"\n" for entry in entries))
        except OSError as error:
            raise _fault(self._out, error) from None
        for entry in entries:
            self._expect(entry, self.sink.folder)

    def _expect(self, entry: Entry, run: Path) -> None:
        """The file will get its name from the folder of this run."""
        self._moves.add(entry.file, run)
        if entry.personal:
            self._private.add(entry.file.rpartition("/")[0])

    def commit(self, manifest: Iterable[bytes], removed: Iterable[str]) -> None:
        name, removed = self._head.listed, frozenset(removed)
        listed = self.sink.folder / name
        try:
            write_lines(listed, manifest)
            if self.earlier is not None:
                os.utime(listed, ns=(self._listed_at, self._listed_at))
            last = name, self.sink.folder
            move_into(self._out, self._moves, last, private=self._private, removed=removed, spare=self.sink.folder)
        except OSError as error:
            raise _fault(self._out, error) from None
        if self._has_checked_all(removed):
            with suppress(OSError):  # the next build reads more, and makes the same
                self._date(self._out / name)

    def _has_checked_all(self, removed: frozenset[str]) -> bool:
        """Whether all files of the new list were looked at, or made, by this build; a few left over are now."""
        entries = self.earlier.entries if self.earlier else ()
        known = removed.union(self._checked, (name for name, _ in self._moves.files())) if entries else removed
        left = [entry for entry in entries if entry.file not in known]
        return len(left) <= _LEFT_OVER and all(self._look_at(entry, self._listed_at) for entry in left)

    def _date(self, path: Path) -> None:
        """Have the list say that its files are untouched until now, unless one was touched since it was looked at."""
        now = self._later_than(path.stat().st_ctime_ns)  # when it got its name, after all others
        if all(_touched(os.stat(f"{self._out}/{name}")) == touched for name, touched in self._checked.items()):  # noqa: PTH116
            os.utime(path, ns=(now, now))

    def _later_than(self, moment: int) -> int:
        """A time of this disk's own clock after a moment, as soon as there is one."""
        asked, now = self.sink.folder / _JOURNAL, 0
        for _ in range(_TICKS):
            os.utime(asked)
            now = asked.stat().st_mtime_ns
            if now > moment:
                break
        return now

    def _is_there(self, name: str) -> bool:
        return os.path.isfile(f"{self._out}/{name}")  # noqa: PTH113 - as above

    def _runs(self) -> list[Path]:
        """The folders of interrupted builds, the last one last."""
        if not self._partial.is_dir():
            return []
        return sorted((path for path in self._partial.iterdir() if path.name.isdecimal()), key=lambda p: int(p.name))

    def _read_journals(self, runs: Sequence[Path]) -> dict[str, Entry]:
        done: dict[str, Entry] = {}
        for run in runs:
            for entry in read_journal(run):
                done[entry.file] = entry
                self._waiting.setdefault(entry.file, []).insert(0, run)
        return done


def read_journal(run: Path) -> Iterator[Entry]:
    """Yield what the build that worked in a folder had made; nothing if it kept no journal."""
    with suppress(OSError):
        for line in (run / _JOURNAL).read_bytes().split(b"\n"):
            if (entry := parse_entry(line)) is not None:
                yield entry


def _touched(found: os.stat_result) -> int:
    """When a file was last written, or renamed or changed otherwise, which nobody can set back: nanoseconds."""
    return max(found.st_mtime_ns, found.st_ctime_ns)


def is_as_listed(path: Path, entry: Entry) -> bool | None:
    """Whether a file has the bytes that were written; None if there is none."""
    try:
        with path.open("rb", buffering=0) as file:
            if os.fstat(file.fileno()).st_size != entry.size:
                return False
            return sha256(file.read()).hexdigest() == entry.sha256
    except OSError:
        return None


def _is_of_records(error: BaseException) -> bool:
    """Whether a build ended because of what it was made from, not because of the place or a signal."""
    codes = {fault.code for fault in error.faults} if isinstance(error, LeafletError) else {"W1"}
    return not any(code.startswith("W1") for code in codes - {"W109"})  # which is of a shard


def _fault(out: Path, error: OSError) -> RenderError:
    raised = fail("W101", Place(file=str(out)), problem=error.strerror or str(error))
    assert isinstance(raised, RenderError)
    return raised
