"""Write files under temporary names, and rename all of them at the end, or none.

A file of the output folder is therefore either the old one or the new one, never a part of one. An exception, Ctrl-C
included, undoes every rename made so far. A process that is killed undoes nothing; what is on the disk then:

- Before the first rename all old files are as they were. The new ones, the last of them perhaps cut short, are in
  ``.leaflet-partial-…``; folders of new names may be there, empty.
- Between two renames some names stand for new files, the others for old ones. Every old file that was replaced, or
  removed, is in a backup folder within ``.leaflet-partial-…``. No name is missing where there are hard links.
  Elsewhere an old file is renamed to its backup, so that the one name at which the process was killed may be missing.
- After the last rename all names stand for the new files; ``.leaflet-partial-…`` holds the old ones, or some of them.

A later call writes all files again, in a folder of another name, and removes those that no process works in any more,
as ``leaflet purge`` does.
`leaflet.production.folder_store` keeps a journal too, with which a later build goes on. A loss of power is another
matter: nothing is forced onto the disk (``fsync``).

A folder is locked meanwhile, so that one build at a time writes to it.

Nothing of somebody else's is replaced. A PDF, a page and a picture say themselves that the program wrote them. Files
of other kinds are known by their first bytes, which whoever writes them gives; an archive of a build by its list
(`leaflet.production.archive`).
"""

import errno
import os
import shutil
import stat
import tempfile
from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple

from msgspec import Struct

from leaflet.faults import LeafletError, Place, fail, fault_of
from leaflet.files.plain_files import disk_faults as disk_faults
from leaflet.files.raster import PNG_MARK
from leaflet.pdf.objects import is_written_here
from leaflet.text import grouped

GENERATOR = b'<meta name="generator" content="leaflet">'  # in the pages that the program writes
_HEAD_BYTES = 4096


def is_own(path: Path, heads: Sequence[bytes] = ()) -> bool:
    """Check whether a file is one that this program wrote; never is what is no plain file, such as a link.

    `heads` say how the program's files of this name begin, if they do not say themselves who wrote them.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            return False
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            if head.startswith(b"%PDF-"):
                return is_written_here(file)
    except OSError:
        return False
    if head.startswith(b"\x89PNG"):
        return PNG_MARK in head
    return GENERATOR in head or (bool(heads) and head.startswith(tuple(heads)))


def check_replaceable(path: Path, *, is_ours: bool) -> None:
    """Check that a file may get the name of what is there, if anything is."""
    try:
        mode = path.lstat().st_mode
    except OSError:
        return
    if stat.S_ISDIR(mode):
        raise fail("W117", Place(file=str(path)))
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise fail("W116", Place(file=str(path)))
    if not is_ours:
        raise fail("W112", Place(file=str(path)))


def check_out(out: Path) -> None:
    """Check that files can be written into a folder, which may be missing and then has no name of an archive."""
    is_archive = out.suffix.lower() == ".zip" and out.name[0] != "."  # which begins the names of folders of ours
    if not out.is_dir() and (out.exists() or is_archive):
        raise fail("W102" if out.is_file() or not out.exists() else "W116", Place(file=str(out)))


def make_folder(path: Path) -> None:
    """Make a folder with those above it, as far as they are missing."""
    try:
        path.mkdir(parents=True, exist_ok=True)
    except RecursionError:  # a call of itself for each level
        raise OSError(errno.ENAMETOOLONG, os.strerror(errno.ENAMETOOLONG)) from None


try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_LOCK_FILE = ".leaflet-lock"
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL)  # some network drives have none


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Lock a folder until the block ends; W105 where another process has the lock."""
    try:
        handle = _acquire(folder)
    except (BlockingIOError, FileExistsError, PermissionError) as error:
        if isinstance(error, PermissionError) and fcntl is not None:
            raise
        raise fail("W105", Place(file=str(folder))) from None
    try:
        yield
    finally:
        os.close(handle)


def _acquire(folder: Path) -> int:
    """Lock a folder, where the disk has locks; return the handle to close."""
    if fcntl is None:  # Windows removes such a file when its handle is closed
        flags = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_TEMPORARY", 0)
        return os.open(folder / _LOCK_FILE, flags)
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            os.close(handle)
            raise
    return handle


_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
_PRIVATE, _SHARED = stat.S_IRUSR | stat.S_IWUSR, 0o666  # less what the user's mask takes away
_MOST_TRIES = 100  # to have a folder of one's own
PARTIAL = ".leaflet-partial"  # the beginning of the names of folders that a build works in


class FolderSink(Struct, frozen=True):
    """A writer of new files into a folder of this disk, which get their names below `out` later."""

    out: Path
    folder: Path

    def write(self, name: str, data: bytes, *, read_back: bool = False, private: bool = False) -> bytes:
        """Write a file; return the bytes read back, or `data`."""
        try:
            try:
                return write_new(f"{self.folder}/{name}", data, read_back=read_back, private=private)
            except FileNotFoundError:
                self._make_folders(name)
            return write_new(f"{self.folder}/{name}", data, read_back=read_back, private=private)
        except OSError as error:
            raise fault_of(error, "W101", self.out) from None

    @contextmanager
    def stream(self, name: str, *, private: bool = False) -> Iterator[BinaryIO]:
        """Open a file, for content too large for memory; it is removed if that fails."""
        with disk_faults(self.out):
            try:
                self._make_folders(name)
                with open_new(f"{self.folder}/{name}", private=private) as file:
                    yield file
            except BaseException:
                self.discard(name)
                raise

    @contextmanager
    def open_stored(self, name: str) -> Iterator[BufferedReader]:
        """Open a file that was written."""
        with disk_faults(self.out), (self.folder / name).open("rb") as file:
            yield file

    def _make_folders(self, name: str) -> None:
        """Make the folders in a name, not the one that they are in: if that is missing, all files in it are lost."""
        folder = self.folder
        for part in name.split("/")[:-1]:
            folder /= part
            folder.mkdir(exist_ok=True)

    def discard(self, name: str) -> None:
        """Remove a file."""
        (self.folder / name).unlink(missing_ok=True)


class Staging:
    """The files of a build until they get their names below `out`.

    Use it as a context manager. Without `commit` nothing changes.
    """

    def __init__(self, out: Path, *, replace_others: bool = False) -> None:
        self._out, self._replace_others = out, replace_others
        self._sink = FolderSink(out, out)
        self._is_new = False
        self._heads: dict[str, Sequence[bytes]] = {}  # by the names of all files
        self._private: set[str] = set()
        self._held = ExitStack()

    def __enter__(self) -> "Staging":
        with disk_faults(self._out):
            check_out(self._out)
            self._is_new = not self._out.exists()
            make_folder(self._out)
            self._sink = FolderSink(self._out, self._make_own())
        for path in sorted(self._out.glob(f"{PARTIAL}-*")):  # of runs that were killed: no process has locked them
            with suppress(LeafletError, OSError):  # it is another's, or gone already
                if path != self._sink.folder and not path.is_symlink():
                    with locked(path):
                        shutil.rmtree(path)
        return self

    def _make_own(self) -> Path:
        """Make a folder to work in, and lock it."""
        for _ in range(_MOST_TRIES):
            # a new name each time: a killed run, with the same process number in a container, may have left one
            folder = Path(tempfile.mkdtemp(prefix=f"{PARTIAL}-", dir=self._out))
            with suppress(FileNotFoundError, LeafletError):  # another run took it for one that was left
                self._held.enter_context(locked(folder))
                if folder.is_dir():
                    return folder
                self._held.close()
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    def __exit__(self, *_: object) -> None:
        self._held.close()
        if self._sink.folder != self._out:
            shutil.rmtree(self._sink.folder, ignore_errors=True)
        if self._is_new:
            with suppress(OSError):  # not empty: the build went well
                self._out.rmdir()

    def write(
        self, name: str, data: bytes, *, read_back: bool = False, private: bool = False, heads: Sequence[bytes] = ()
    ) -> bytes:
        """Write a file that `commit` names ``out/name``; return the bytes read back, or `data`.

        A `private` file and its folder are for their owner alone; `heads` are as of `is_own`.
        """
        self._spare(name, heads)
        if private:
            self._private.add(name.rpartition("/")[0])
        return self._sink.write(name, data, read_back=read_back, private=private)

    @contextmanager
    def stream(self, name: str, head: bytes = b"") -> Iterator[BinaryIO]:
        """Open a file that `commit` names ``out/name``, for content too large for memory.

        It begins with its head; files that begin so are ours, see `write`.
        """
        self._spare(name, (head,) if head else ())
        with self._sink.stream(name) as file:
            file.write(head)
            yield file

    def path(self, name: str) -> Path:
        """Return the path of a written file before it gets its name."""
        return self._sink.folder / name

    def _spare(self, name: str, heads: Sequence[bytes]) -> None:
        """Check that nothing of somebody else's has the name of a file."""
        self._heads[name] = heads
        if os.path.lexists(path := self._out / name):
            check_replaceable(path, is_ours=self._replace_others or is_own(path, heads))

    def commit(self, removed: Iterable[str] = ()) -> None:
        """Rename every file to its name below `out`, and remove earlier files of these names."""
        moves = Moves()
        for name, heads in self._heads.items():
            self._spare(name, heads)  # something may have appeared while files were made
            moves.add(name, self._sink.folder)
        with disk_faults(self._out):
            move_into(self._out, moves, private=self._private, removed=removed, backup=self._sink.folder)


def write_new(path: Path | str, data: bytes, *, read_back: bool = False, private: bool = False) -> bytes:
    """Write a file that does not exist yet; return the bytes read back, or `data`.

    It is read back through the open file: on some disks opening it again takes longer than making a leaflet.
    """
    handle = os.open(path, _NEW, _PRIVATE if private else _SHARED)
    try:
        write_all(handle, data)
        if not read_back:
            return data
        if not hasattr(os, "pread"):  # Windows
            os.lseek(handle, 0, os.SEEK_SET)
            return os.read(handle, len(data) + 1)
        return os.pread(handle, len(data) + 1, 0)
    finally:
        os.close(handle)


def open_new(path: str, *, private: bool) -> BinaryIO:
    """Open a file that does not exist yet, to be written as it is made."""
    return os.fdopen(os.open(path, _NEW, _PRIVATE if private else _SHARED), "wb")


def write_whole(path: Path, data: bytes) -> None:
    """Write a file that its owner alone may read, as a whole or not at all."""
    handle, partial = tempfile.mkstemp(prefix=f"{PARTIAL}-", dir=path.parent)  # rights 0600
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(partial, path)  # noqa: PTH105 - one system call, so the file is the old one or the new one
    except BaseException:
        with suppress(OSError):
            os.unlink(partial)  # noqa: PTH108
        raise


def write_all(handle: int, data: bytes) -> None:
    """Write all data to an open file; on a disk that is nearly full the system may write a part of it."""
    if os.write(handle, data) != len(data):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class Moves(defaultdict[tuple[str, Path], list[str]]):
    """The renames to be made: files by their folder and the place where they lie under the same names."""

    def __init__(self) -> None:
        super().__init__(list)

    def add(self, name: str, place: Path) -> None:
        """Add a file that lies in a place, a folder on the disk of the output folder."""
        self[name.rpartition("/")[0], place].append(name)

    @property
    def folders(self) -> Mapping[str, Sequence[Path]]:
        """The folders that get files, each with the places of these."""
        return grouped(self)

    def files(self, without: Container[str] = ()) -> Iterator[tuple[str, Path]]:
        """Yield each file once, with its place; some folders are left out."""
        for (folder, place), names in self.items():
            if folder not in without:
                yield from ((name, place) for name in dict.fromkeys(names))


def move_into(
    out: Path,
    moves: Moves,
    last: tuple[str, Path] | None = None,
    *,
    private: Collection[str] = (),
    removed: Iterable[str] = (),
    backup: Path,
) -> None:
    """Rename files into a folder and remove others from it: all of it, or nothing.

    Of `moves`, `private` folders are for their owner alone; `last` is renamed after all others are renamed or
    removed. What is replaced or removed goes into `backup`, a folder on the same disk.
    """
    root, whole, removed = out.resolve(), _new_folders(out, moves), list(removed)
    for name in removed:  # the manifest they are from may be somebody else's
        if not (out / name).parent.resolve().is_relative_to(root):
            raise fail("W103", Place(file=str(out / name)), name=name)
    for folder in sorted(moves.folders):
        target = out / folder
        (target.parent if folder in whole else target).mkdir(parents=True, exist_ok=True)
        if not target.resolve().is_relative_to(root):
            raise fail("W103", Place(file=str(target)), name=folder)
        if folder in private:
            (whole[folder] / folder if folder in whole else target).chmod(stat.S_IRWXU)
    final = [last] if last is not None else []
    for name, _ in chain(moves.files(without=whole), final):
        target = out / name
        if target.is_dir() and not target.is_symlink():
            raise fail("W117", Place(file=str(target)))
    swap = _Swap(out, Path(tempfile.mkdtemp(dir=backup)))
    with swap:
        swap.move(chain(whole.items(), moves.files(without=whole)))
        swap.remove(removed)
        swap.move(final)


def _new_folders(out: Path, moves: Moves) -> dict[str, Path]:
    """Return the folders that can be renamed as a whole, with their places.

    Such a folder does not exist below `out`, and its files lie in one place, with nothing else beside them.
    """
    found = {}
    for folder, (place, *others) in moves.folders.items():
        if folder and not others and not os.path.lexists(out / folder):
            waiting = {f"{folder}/{path.name}" for path in (place / folder).iterdir()}
            if waiting == set(moves[folder, place]):
                found[folder] = place
    return found


class _SetAside(NamedTuple):
    """The backup of the old file of a name (empty if there was none), and the place of the new file, if any."""

    old: str
    new: Path | None


class _Swap(AbstractContextManager["_Swap"]):
    """A series of renames, undone if one fails, as on Windows for a file that a viewer has open."""

    def __init__(self, out: Path, waiting: Path) -> None:
        self._out, self._waiting = str(out), str(waiting)
        self._done: dict[str, _SetAside] = {}  # by name

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        for name, kept in self._done.items() if kind is not None else ():  # Ctrl-C between two renames, too
            path = f"{self._out}/{name}"
            with suppress(OSError):  # as far as the disk allows
                if kept.new is not None and not os.path.lexists(f"{kept.new}/{name}"):
                    os.replace(path, f"{kept.new}/{name}")  # noqa: PTH105
            with suppress(OSError):
                if kept.old:
                    os.replace(kept.old, path)  # noqa: PTH105

    def move(self, files: Iterable[tuple[str, Path]]) -> None:
        """Rename files, or whole folders, each from its place."""
        for name, place in files:
            self._back_up(name, place)
            os.replace(f"{place}/{name}", f"{self._out}/{name}")  # noqa: PTH105

    def remove(self, names: Iterable[str]) -> None:
        """Move files to the backup folder, those that exist."""
        for name in names:
            path, waits = f"{self._out}/{name}", f"{self._waiting}/{len(self._done)}"
            if os.path.lexists(path):
                self._done[name] = _SetAside(waits, None)
                os.replace(path, waits)  # noqa: PTH105

    def _back_up(self, name: str, place: Path) -> None:
        """Give an old file a second name in the backup folder; where there are no hard links, rename it."""
        path, waits = f"{self._out}/{name}", ""
        if os.path.lexists(path):
            waits = f"{self._waiting}/{len(self._done)}"
            # The disk has no hard links (OSError), Python has no `os.link` here, as in a browser or on Android
            # (AttributeError), or only one that would follow symbolic links (NotImplementedError).
            try:
                os.link(path, waits, follow_symlinks=False)
            except (OSError, AttributeError, NotImplementedError):
                os.replace(path, waits)  # noqa: PTH105 - Path is slower
        self._done[name] = _SetAside(waits, place)
