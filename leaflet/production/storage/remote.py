"""Store objects under an address that fsspec knows (``s3://``, ``memory://`` …), the optional extra ``remote``.

Workers hold the files they make, and the process that leads the build writes those of a batch together. An object
appears whole or not at all, so each has its final name, and the manifest is written last. Objects below
``.leaflet-partial/`` record the state of a build:

- ``doubted/MANIFEST``: objects may be others than this manifest says, so each of them is hashed before it is trusted;
  else it is trusted if it has its size. Several manifests may name the same objects: that of a whole build, and those
  of shards of one.
- all others are journals: the entries of finished files.

A build puts all manifests in doubt before it writes, and in the end trusts those again whose objects are known to be
as they say. So it does not matter when a process is killed: before `begin` nothing has changed, and after it every
manifest that is read next, the old one or the new one, is in doubt until the very end of a commit. What journals name
need not be made again; at worst objects are hashed once more than needed.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from hashlib import sha256
from io import BytesIO
from typing import IO, Any, Self

from leaflet.faults import LeafletError, Place, fail, fault_of
from leaflet.pdf.objects import is_written_here
from leaflet.production.manifest import (
    MANIFEST_HEAD,
    NAME,
    SHARD_NAME,
    Entry,
    Manifest,
    entry_line,
    go_on_from,
    parse_entry,
    parse_manifest,
)
from leaflet.production.staging import PARTIAL
from leaflet.production.storage.archive import HeldSink, is_of_a_build
from leaflet.production.storage.stores import BuildIdentity, HeldFile, Store

_DOUBTED = f"{PARTIAL}/doubted/"  # what follows is the name of a manifest


class RemoteStore(Store):
    """The objects of one build below one address."""

    can_resume = True
    finished = 0

    def __init__(
        self, url: str, identity: BuildIdentity, *, replace_others: bool = False, read_back: bool = True
    ) -> None:
        self._url, self._identity = url, identity
        self._replace_others, self._read_back = replace_others, read_back
        files, root = open_url(url)
        from fsspec.implementations.dirfs import DirFileSystem  # which is there if `open_url` has found fsspec

        self._files = DirFileSystem(root, files)
        self._others: set[str] = set()  # objects that were there, and that this build's list has not
        self._sizes: dict[str, int] = {}
        self._journals: list[str] = []
        self._manifests: list[str] = []  # this one's first
        self._doubted: set[str] = set()  # manifests in doubt since an earlier build
        self._known: dict[str, str] = {}  # hashes of the objects that this build has read or written
        self.sink = HeldSink()
        self.recoverable: dict[str, Entry] = {}

    def __enter__(self) -> Self:
        own_name = self._identity.manifest_name
        with _errors_as_faults(self._url):
            self._files.invalidate_cache()
            found = self._files.find("", detail=True)
        self._sizes = {name: one["size"] or 0 for name, one in found.items()}
        self._manifests = [own_name]
        for name in self._sizes:
            if name.startswith(_DOUBTED):
                self._doubted.add(name.removeprefix(_DOUBTED))
            elif name.startswith(f"{PARTIAL}/"):
                self._journals.append(name)
            elif name != own_name and (name == NAME or SHARD_NAME.fullmatch(name)):
                self._manifests.append(name)
        for journal in self._journals:
            entries = map(parse_entry, self._read(journal).split(b"\n"))
            self.recoverable.update((entry.file, entry) for entry in entries if entry is not None)
        own = self._read_manifest(own_name)
        self.earlier = go_on_from(own, self._identity, self._sizes.__contains__, may_mix=self._replace_others)
        if not self._replace_others:
            listed = self.recoverable.keys() | {entry.file for entry in (own.entries if own else ())}
            self._others = {name for name in self._sizes if name.endswith(".pdf") and name not in listed}
        return self

    def _read_manifest(self, name: str) -> Manifest | None:
        """Return a manifest; None if there is none, or it is damaged."""
        if name not in self._sizes:
            return None
        data = self._read(name)
        found = parse_manifest(data)
        is_ours = found is not None or data.startswith(MANIFEST_HEAD) or name != self._identity.manifest_name
        if not (is_ours or self._replace_others):
            raise fail("W112", self._place(name))
        return found

    def has(self, entry: Entry) -> bool | None:
        """Check whether an object is as the earlier manifest says; None if there is none."""
        if entry.file not in self._sizes:
            return None
        if self.earlier is not None and not self.earlier.is_sealed:
            return False
        if self._identity.manifest_name in self._doubted:
            return self.recover(entry)
        return self._sizes[entry.file] == entry.size

    def recover(self, entry: Entry) -> bool:
        """Check whether an object has the bytes that were written."""
        if self._sizes.get(entry.file) != entry.size:
            return False
        self._known[entry.file] = sha256(self._read(entry.file)).hexdigest()
        return self._known[entry.file] == entry.sha256

    def begin(self) -> None:
        """Put all manifests in doubt: objects may differ from them from now on."""
        self._write({f"{_DOUBTED}{name}": f"{self._identity.campaign}\n".encode() for name in self._manifests})

    def mark_finished(self, entries: Iterable[Entry], files: Iterable[HeldFile]) -> None:
        """Write files, many at a time where the storage can, then a journal with their entries."""
        entries, data = list(entries), {name: content for name, content, _ in files}
        for name in sorted(self._others.intersection(data)):
            if not is_written_here(BytesIO(self._read(name))):
                raise fail("W112", self._place(name))
        self._write(data)
        if self._read_back and data:
            with _errors_as_faults(self._url):
                stored = self._files.cat([*data])
            if wrong := [name for name in data if stored[name] != data[name]]:
                for name in wrong:
                    self._remove(name)
                raise fail("V101", self._place(wrong[0]))
        lines = b"".join(entry_line(entry) + b"\n" for entry in entries)
        name = f"{PARTIAL}/{sha256(lines).hexdigest()[:16]}"
        self._write({name: lines})
        self._journals.append(name)
        self._known.update((entry.file, entry.sha256) for entry in entries)
        self.finished += len(entries)

    def commit(self, manifest: Iterable[bytes], removed: Iterable[str]) -> None:
        """Write the manifest; trust it and all others again as far as this build knows their objects."""
        written = b"".join(manifest)
        for name in removed:
            self._remove(name)
        self._write({self._identity.manifest_name: written})
        for name in self._journals:
            self._remove(name)
        for name in self._manifests if self._known else ():
            found = parse_manifest(written) if name == self._identity.manifest_name else self._read_manifest(name)
            entries = found.entries if found is not None else ()
            was_doubted = name in self._doubted  # objects that this build does not know are as before
            if all(self._known.get(one.file, None if was_doubted else one.sha256) == one.sha256 for one in entries):
                self._remove(f"{_DOUBTED}{name}")

    def _read(self, name: str) -> bytes:
        with _errors_as_faults(self._url):
            return bytes(self._files.cat_file(name))

    def _write(self, files: Mapping[str, bytes]) -> None:
        with _errors_as_faults(self._url):
            self._files.pipe(files)

    def _remove(self, name: str) -> None:
        with _errors_as_faults(self._url), suppress(FileNotFoundError):
            self._files.rm_file(name)

    def _place(self, name: str) -> Place:
        return Place(file=f"{self._url.rstrip('/')}/{name}")


class RemoteTarget:
    """An object for an archive; it appears when it is complete."""

    def __init__(self, url: str, *, replace_others: bool = False) -> None:
        self._url, self._replace_others = url, replace_others
        self._files, self._path = open_url(url)
        self._file: Any = None

    def open(self) -> IO[bytes]:
        """Open a stream for the object."""
        with _errors_as_faults(self._url):
            if not self._replace_others and self._files.exists(self._path):
                with self._files.open(self._path, "rb") as file:
                    if not is_of_a_build(file):
                        raise fail("W112", Place(file=self._url))
            self._file = self._files.open(self._path, "wb", autocommit=False)
        stream: IO[bytes] = self._file
        return stream

    def make_private(self) -> None:
        """Do nothing: who may read it is up to the storage."""

    def publish(self) -> None:
        """Let the complete object appear."""
        with _errors_as_faults(self._url):
            self._file.close()
            self._file.commit()

    def discard(self) -> None:
        """Discard what was written."""
        for end in (self._file.close, self._file.discard):
            with suppress(Exception):  # of whatever library: the archive has no name yet, and gets none
                end()


@contextmanager
def _errors_as_faults(url: str) -> Iterator[None]:
    """Raise whatever a storage library raises as a fault of writing."""
    try:
        yield
    except LeafletError:
        raise
    except NotImplementedError:  # it can only be read, as http:// can
        raise fail("U145", Place(file=url)) from None
    except Exception as error:  # each kind of storage has exceptions of its own
        raise fault_of(error, "W106", url) from None


@lru_cache(maxsize=8)
def open_url(url: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path there."""
    try:
        from fsspec.core import url_to_fs  # an optional extra
    except ImportError:
        raise fail("U022", Place(file=url), problem="fsspec") from None
    with _errors_as_faults(url):
        try:
            files, path = url_to_fs(url)
        except ImportError as error:
            raise fail("U022", Place(file=url), problem=str(error)) from None
        except (TypeError, AttributeError, ValueError):  # github:// asks for more than an address, s4:// is unknown
            raise fail("U145", Place(file=url)) from None
    return files, path.rstrip("/")
