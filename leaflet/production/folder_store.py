"""Store files in a folder, in one transaction with a journal, so that an interrupted build can resume.

Each build works in a numbered folder ``.leaflet-partial/N`` and writes a journal there, one line for each finished
file. A later build reads the journals and includes every file whose bytes are still those of its line, whether it
lies in ``N`` or has its name already. The moments at which a process can be killed, what is on the disk then, and
what the same command does next:

1. Before ``N`` is made: the output folder, perhaps new, perhaps with an empty ``.leaflet-partial``. The system frees
   the lock, and the next build begins.
2. Before the journal is made: an empty ``N``. The next build takes the number after it.
3. While a file or its line is written: a part of the file, or the whole and half a line, which `parse_entry` refuses.
   The file is made again.
4. After the line: file and line in ``N``. The next build compares the hash and includes the file.
5. While `commit` writes the manifest: a part of it in ``N``, where nobody reads it. As 4.
6. Between two renames, as described in `leaflet.production.staging`: some names stand for new files, and the
   manifest is the old one. A new file does not have the hash of the old manifest. It has the hash of its line in the
   journal, and is included where it is.
7. After files to be removed were: as 6; they are in ``N`` only, and are removed with it.
8. After the manifest is renamed, before its time is set: its time is that of the earlier manifest, or when it was
   written in ``N``. The next build hashes every file changed since then, and keeps it.
9. While ``.leaflet-partial`` is removed: all files and the manifest have their names. The next build removes the
   rest.

Which files are hashed: the manifest's modification time says up to when its files are known to be as listed. It is
set after they were renamed. A file whose modification or change time (mtime, ctime) is not before it is hashed;
others are trusted if they have their size. A manifest that was edited (`Manifest.is_sealed`) says nothing of files:
those that are asked for are made again.
"""

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from hashlib import file_digest, sha256
from io import FileIO
from pathlib import Path
from typing import NamedTuple, Self

from leaflet.faults import LeafletError, Place, Report, fail
from leaflet.production import staging
from leaflet.production.manifest import (
    MANIFEST_HEAD,
    NAME,
    SHARD_NAME,
    Entry,
    Manifest,
    entry_line,
    go_on_from,
    parse_entry,
    read_manifest,
)

_JOURNAL = "journal"
_MOST_UNCHECKED = 500  # entries left to verify after a commit; a build of a few schools does not read all others
_MOST_READ = 1 << 20  # bytes of a file that is hashed at once, which takes less time for a small one
_MOST_CLOCK_READS = 10_000  # the clock of some disks advances only every few milliseconds


class BuildIdentity(NamedTuple):
    """The build that files belong to: the campaign's file, its election, and the name of the manifest."""

    campaign: str
    election: str
    manifest_name: str = NAME


class FolderStore:
    """The transaction of one build in one folder, in the process that leads it. Without `commit` nothing changes.

    Attributes:
        sink: the writer of single files.
        earlier: the manifest of an earlier build, with the entries whose files are there.
        recoverable: the files that interrupted builds had finished, by name.
    """

    def __init__(self, out: Path, identity: BuildIdentity, *, replace_others: bool = False) -> None:
        self._out, self._replace_others = out, replace_others
        self._identity = identity
        self._partial = out / staging.PARTIAL
        self._stack = ExitStack()
        self._is_new = False
        self._journal: FileIO | None = None
        self._moves = staging.Moves()
        self._private: set[str] = set()
        self._listed_at = 0  # nanoseconds: files changed since then are hashed
        self._verified: dict[str, int] = {}  # the last change of each file found to be as listed
        self._recoverable_in: dict[str, list[Path]] = {}  # the last folder first
        self.sink = staging.FolderSink(out, out)
        self.earlier: Manifest | None = None
        self.recoverable: dict[str, Entry] = {}

    @property
    def can_resume(self) -> bool:
        """Tell whether a later build can go on from here: there is a journal with files, or some were included."""
        is_there = (self.sink.folder / _JOURNAL).exists()  # the disk may have been removed
        return is_there and (bool(self._moves) or self.finished > 0)

    @property
    def finished(self) -> int:
        """The number of lines of the journal, read from the file: a signal may come right after one was written."""
        try:
            return (self.sink.folder / _JOURNAL).read_bytes().count(b"\n")
        except OSError:
            return 0

    def __enter__(self) -> Self:
        try:
            with staging.disk_faults(self._out):
                self._begin()
        except LeafletError:
            self._stack.close()
            raise
        return self

    def _begin(self) -> None:
        """Lock the folder, read what is in it, and make the folder of this build."""
        staging.check_out(self._out)
        self._is_new = not self._out.exists()
        staging.make_folder(self._out)
        self._stack.enter_context(staging.locked(self._out))
        name = self._identity.manifest_name
        found, listed = read_manifest(self._out, name), self._out / name
        if found is None:  # what has its name, and cannot be read as one, is at least a spoilt one
            is_ours = self._replace_others or staging.is_own(listed, (MANIFEST_HEAD,))
            staging.check_replaceable(listed, is_ours=is_ours)
        self.earlier = go_on_from(found, self._identity, self._is_there, may_mix=self._replace_others)
        if self.earlier is not None and self.earlier.is_sealed:
            self._listed_at = listed.stat().st_mtime_ns
        if self._partial.is_symlink():
            raise fail("W103", Place(file=str(self._partial)), name=staging.PARTIAL)
        left = [path for path in self._partial.iterdir() if path.name.isdecimal()] if self._partial.is_dir() else []
        number = 1
        for interrupted in sorted(left, key=lambda path: int(path.name)):  # what a later journal says counts
            number = int(interrupted.name) + 1
            for entry in read_journal(interrupted):
                self.recoverable[entry.file] = entry
                self._recoverable_in.setdefault(entry.file, []).insert(0, interrupted)
        folder = self._partial.absolute() / str(number)  # absolute: a worker may have another current folder
        self._partial.mkdir(mode=stat.S_IRWXU, exist_ok=True)
        folder.mkdir(mode=stat.S_IRWXU)
        self.sink = staging.FolderSink(self._out, folder)
        self._journal = self._stack.enter_context((folder / _JOURNAL).open("xb", buffering=0))

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        # it ended because of its inputs, not because of the disk or a signal
        is_of_records = isinstance(error, LeafletError) and not any(
            fault.entry.scope in ("output", "run") for fault in error.faults
        )
        if error is None:
            shutil.rmtree(self._partial, ignore_errors=True)
        elif is_of_records or not self.can_resume:
            shutil.rmtree(self.sink.folder, ignore_errors=True)
        with suppress(OSError):  # not empty: a build can resume
            self._partial.rmdir()
        if self._is_new:
            with suppress(OSError):  # not empty: the build went well, or can resume
                self._out.rmdir()
        self._stack.close()

    def has(self, entry: Entry) -> bool | None:
        """Check whether a file is as the earlier manifest says, which may be false itself; None if there is none."""
        if self.earlier is not None and not self.earlier.is_sealed:
            return False if self._is_there(entry.file) else None
        return self._verify(entry, self._listed_at)

    def recover(self, entry: Entry) -> bool:
        """Include a file that an interrupted build had finished; False if it is missing or altered."""
        for folder in self._recoverable_in.get(entry.file, ()):
            if is_as_listed(folder / entry.file, entry):
                self._add_move(entry, folder)
                return True
        return bool(self._verify(entry, 0))  # moment 6: it has its name already

    def _verify(self, entry: Entry, until: int) -> bool | None:
        """Check whether a file is as it was made; None if there is none.

        One of the right size that was last changed before `until`, in nanoseconds, is not read.
        """
        try:
            found = os.stat(f"{self._out}/{entry.file}")  # noqa: PTH116 - of every file: `Path` takes longer
        except OSError:
            return None
        changed_at = _last_change(found)
        is_right = found.st_size == entry.size and (
            changed_at < until or bool(is_as_listed(self._out / entry.file, entry))
        )
        if is_right:
            self._verified[entry.file] = changed_at
        return is_right

    def mark_finished(self, entries: Iterable[Entry]) -> None:
        """Append entries to the journal."""
        entries = list(entries)
        assert self._journal is not None, "a store is entered before it is used"
        with staging.disk_faults(self._out):
            staging.write_all(self._journal.fileno(), b"".join(entry_line(entry) + b"\n" for entry in entries))
        for entry in entries:
            self._add_move(entry, self.sink.folder)

    def _add_move(self, entry: Entry, folder: Path) -> None:
        """Have `commit` rename the file of an entry from a folder."""
        self._moves.add(entry.file, folder)
        if entry.personal:
            self._private.add(entry.file.rpartition("/")[0])

    def commit(self, manifest: Iterable[bytes], removed: Iterable[str]) -> None:
        """Rename all files, the manifest last, and set its time if all its files are known to be as it says."""
        name, removed = self._identity.manifest_name, frozenset(removed)
        self._spare_others()
        listed = self.sink.folder / name
        with staging.disk_faults(self._out):
            with staging.open_new(str(listed), private=False) as file:
                file.writelines(manifest)
            if self.earlier is not None:
                os.utime(listed, ns=(self._listed_at, self._listed_at))
            last = name, self.sink.folder
            staging.move_into(
                self._out, self._moves, last, private=self._private, removed=removed, backup=self.sink.folder
            )
        if self._has_checked_all(removed):
            with suppress(OSError):  # without it the next build reads more files
                self._set_verified_time(self._out / name)

    def _spare_others(self) -> None:
        """Check that all files to be replaced are ours: listed, of a build that was stopped, or marked as such."""
        report, ours = Report(), set(self.recoverable)
        folders = {folder for folder in self._moves.folders if os.path.lexists(self._out / folder)}
        moved = (names for (folder, _), names in self._moves.items() if folder in folders)
        there = [name for names in moved for name in names if os.path.lexists(f"{self._out}/{name}")]
        if there and not self._replace_others:  # all manifests: of this build, of its parts, of other campaigns
            lists = [NAME, *(path.name for path in self._out.iterdir() if SHARD_NAME.fullmatch(path.name))]
            manifests = (read_manifest(self._out, name) for name in lists)
            ours |= {entry.file for found in manifests if found is not None for entry in found.entries}
        for name in there:
            path = self._out / name
            try:
                is_ours = self._replace_others or name in ours or staging.is_own(path)
                staging.check_replaceable(path, is_ours=is_ours)
            except LeafletError as error:
                report.extend(error.faults)
        report.raise_errors()

    def _has_checked_all(self, removed: frozenset[str]) -> bool:
        """Check whether this build made or verified all files of the new manifest; verify a few others now."""
        entries = self.earlier.entries if self.earlier else ()
        known = removed.union(self._verified, (name for name, _ in self._moves.files())) if entries else removed
        left = [entry for entry in entries if entry.file not in known]
        return len(left) <= _MOST_UNCHECKED and all(self._verify(entry, self._listed_at) for entry in left)

    def _set_verified_time(self, path: Path) -> None:
        """Set the manifest's time to now, unless a file was changed after it was verified."""
        renamed_at, now = path.stat().st_ctime_ns, 0  # after all others
        clock = self.sink.folder / _JOURNAL
        for _ in range(_MOST_CLOCK_READS):  # until this disk's own clock is after it
            os.utime(clock)
            now = clock.stat().st_mtime_ns
            if now > renamed_at:
                break
        changes = ((_last_change(os.stat(f"{self._out}/{name}")), known) for name, known in self._verified.items())  # noqa: PTH116
        if all(changed_at == known for changed_at, known in changes):
            os.utime(path, ns=(now, now))

    def _is_there(self, name: str) -> bool:
        return os.path.isfile(f"{self._out}/{name}")  # noqa: PTH113 - as above


def read_journal(folder: Path) -> Iterator[Entry]:
    """Yield the entries of the files that the build in a numbered folder had finished; none without a journal."""
    with suppress(OSError):
        for line in (folder / _JOURNAL).read_bytes().split(b"\n"):
            if (entry := parse_entry(line)) is not None:
                yield entry


def _last_change(found: os.stat_result) -> int:
    """Return when a file was written, renamed or otherwise changed, in nanoseconds; no program can set ctime back."""
    return max(found.st_mtime_ns, found.st_ctime_ns)


def is_as_listed(path: Path, entry: Entry) -> bool | None:
    """Check whether a file has the bytes that were written; None if there is none."""
    try:
        with path.open("rb", buffering=0) as file:
            if os.fstat(file.fileno()).st_size != entry.size:
                return False
            if entry.size > _MOST_READ:
                return file_digest(file, "sha256").hexdigest() == entry.sha256
            return sha256(file.read()).hexdigest() == entry.sha256
    except OSError:
        return None
