"""Stream all files and their manifest into one ZIP archive, holding one batch of files at a time.

The archive does not say when or where it was made, so the same build gives the same bytes. PDF files are compressed
already and are stored as they are; the manifest is compressed. An archive is made as a whole each time: it has a
temporary name until it is complete, and a killed build leaves that file only.
"""

import io
import os
import stat
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, Self

from msgspec import Struct, field

from leaflet.production.manifest import NAME, SHARD_NAME, Entry, parse_entry, parse_manifest
from leaflet.production.staging import PARTIAL, check_replaceable, disk_faults, make_folder, open_exclusively
from leaflet.production.storage.stores import BuildIdentity, HeldFile, Store, StoredFile

_EPOCH = (1980, 1, 1, 0, 0, 0)  # the first moment a ZIP can name
_LINE = 1 << 20  # bytes that the first line of a list has at most
_UNIX = 3  # the system whose permissions `external_attr` holds


def is_archive(out: Path) -> bool:
    """Check whether a place to write to is a ZIP archive, by its name."""
    return out.name.lower().endswith(".zip")


class HeldSink(Struct):
    """A sink that holds files until they are sent to the process that writes them."""

    _held: list[HeldFile] = field(default_factory=list)

    def write(self, name: str, data: bytes, *, read_back: bool = False, private: bool = False) -> bytes:
        """Hold a file."""
        self._held.append((name, data, private))
        return data

    @contextmanager
    def stream(self, name: str, *, private: bool = False) -> Iterator[BinaryIO]:
        """Open a file in memory."""
        file = io.BytesIO()
        yield file
        self.write(name, file.getvalue(), private=private)

    def open_stored(self, name: str) -> AbstractContextManager[StoredFile]:
        """Open the file held last."""
        return io.BytesIO(self._held[-1][1])

    def discard(self, name: str) -> None:
        """Forget the file held last, if it has this name."""
        if self._held and self._held[-1][0] == name:
            self._held.pop()

    def collect(self) -> Sequence[HeldFile]:
        """Return the files held, and forget them."""
        held, self._held = self._held, []
        return held


def _info(name: str, *, private: bool = False, compress_type: int = zipfile.ZIP_STORED) -> zipfile.ZipInfo:
    """Return the head of a member, without the time or the system it was made on."""
    info = zipfile.ZipInfo(name, _EPOCH)
    info.create_system, info.compress_type = _UNIX, compress_type
    mode = stat.S_IRUSR | stat.S_IWUSR | (0 if private else stat.S_IRGRP | stat.S_IROTH)
    info.external_attr = (stat.S_IFREG | mode) << 16
    return info


def is_of_a_build(path: Path) -> bool:
    """Check whether a file is an archive that a build wrote, and that nobody has put anything else into."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            lists = {name for name in names if name == NAME or SHARD_NAME.fullmatch(name)}
            return bool(lists) and names - lists <= _listed(archive, lists)
    except Exception:  # whatever a strange file makes `zipfile` raise, it has no such list
        return False


def _listed(archive: zipfile.ZipFile, lists: Iterable[str]) -> set[str]:
    """Return the files that lists of builds name."""
    found: set[str] = set()
    for name in lists:
        with archive.open(name) as member:
            if parse_manifest(member.readline(_LINE).rstrip(b"\n") + b"]}") is None:  # the first of `manifest_lines`
                raise ValueError(name)
            entries = (parse_entry(line.rstrip(b",\n")) for line in iter(lambda: member.readline(_LINE), b""))
            found.update(entry.file for entry in entries if entry)
    return found


def partial_of(path: Path) -> Path:
    """Return where an archive is until it is complete."""
    return path.with_name(f"{PARTIAL}-{path.name}")


class ZipStore(Store):
    """The archive of one build, locked as long as it is written. It is written as a whole, so it never resumes."""

    def __init__(self, path: Path, identity: BuildIdentity, *, replace_others: bool = False) -> None:
        self._path, self._identity, self._replace_others = path, identity, replace_others
        self._partial = partial_of(path)
        self._stream: BinaryIO | None = None
        self._zip: zipfile.ZipFile | None = None
        self.sink = HeldSink()

    def __enter__(self) -> Self:
        with disk_faults(self._path):
            self._spare_others()
            make_folder(self._path.parent)
            self._stream = open_exclusively(self._partial)
        self._zip = zipfile.ZipFile(self._stream, "w", zipfile.ZIP_STORED)
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        if self._zip is None or self._stream is None:  # it has its name
            return
        for file in (self._zip, self._stream):
            with suppress(OSError):  # its last bytes do not fit on the disk
                file.close()
        self._partial.unlink(missing_ok=True)

    def _spare_others(self) -> None:
        """Stop before anything is replaced that no build made."""
        if os.path.lexists(path := self._path):
            check_replaceable(path, is_ours=self._replace_others or (path.is_file() and is_of_a_build(path)))

    def mark_finished(self, entries: Iterable[Entry], files: Iterable[HeldFile]) -> None:
        """Write files into the archive; once one of them is private, its owner alone may read it."""
        with disk_faults(self._path):
            for name, data, private in files:
                if private:
                    self._partial.chmod(stat.S_IRUSR | stat.S_IWUSR)
                self._put(_info(name, private=private), (data,))

    def commit(self, manifest: Iterable[bytes], removed: Iterable[str]) -> None:
        """Write the manifest, and give the archive its name."""
        assert self._zip is not None and self._stream is not None, "a store is entered before it is used"
        with disk_faults(self._path):
            self._put(_info(self._identity.manifest_name, compress_type=zipfile.ZIP_DEFLATED), manifest)
            self._zip.close()
            self._spare_others()  # one may have appeared while files were made
            self._stream.flush()
            if os.name == "nt":  # where an open file cannot be renamed
                self._stream.close()
            self._partial.replace(self._path)  # while the lock holds: closing it frees the lock
            self._stream.close()
        self._zip = None

    def _put(self, info: zipfile.ZipInfo, data: Iterable[bytes]) -> None:
        assert self._zip is not None, "a store is entered before it is used"
        with self._zip.open(info, "w") as member:
            for piece in data:
                member.write(piece)
        self._zip.NameToInfo.clear()  # nothing looks a member up again, and the names of a large build take memory
