"""Reach files below an address by their names: as a package does that adds its scheme, else through fsspec.

fsspec is an optional extra; what a package adds needs nothing but that package.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from io import BytesIO
from typing import Any, Protocol

from leaflet.extensions import STORAGE, Added, Extension, describe, find_named, load
from leaflet.faults import LeafletError, Place, fail
from leaflet.production.storage.base import StoredFile

OWN_SCHEMES = ("file", "zip")
_PROCESS_LOCAL = ("memory", "zip", "tar")  # storage of fsspec that only the process that opened it can see


class Objects(Protocol):
    """Files below one address. Names are relative to it, with ``/`` between folders.

    Any exception that is raised becomes a fault with its text; `FileNotFoundError` says that there is no such file.
    """

    def sizes(self) -> Mapping[str, int]:
        """Return the sizes in bytes of all files by name, as they are now."""

    def read(self, name: str) -> bytes:
        """Return a file.

        Raises:
            FileNotFoundError: there is none of this name.
        """

    def write(self, name: str, data: bytes) -> None:
        """Write a file as a whole, or not at all; one of this name is replaced."""

    def remove(self, name: str) -> None:
        """Remove a file; there may be none of this name."""


class Storage(Extension, frozen=True, kw_only=True):
    """A kind of storage that a package adds. The name of its entry point is the scheme of its addresses.

    Args:
        api: the version of `leaflet.extending` that it was made for.
        open: returns the files below an address, which is given as it was typed; each process calls it for itself.
        is_shared: other processes see the files, too.
    """

    open: Callable[[str], Objects]
    is_shared: bool = True


class Reached(Objects, Protocol):
    """Files below one address, with what storage of packages need not have."""

    @property
    def is_shared(self) -> bool:
        """Tell whether other processes see the files, too."""

    def open(self, name: str) -> AbstractContextManager[StoredFile]:
        """Open a file to be read."""


def reach(url: str) -> Reached:
    """Return the files below an address.

    Raises:
        UsageError: there is no such kind of storage, or what is needed for it is not installed (U022); what a package
            adds cannot be used (U140 to U143).
        RenderError: the storage cannot be opened (W106).
    """
    added = _added(url)
    return _FsspecObjects(url) if added is None else _open_added(added, url)


def is_added(url: str) -> bool:
    """Check whether a package adds the scheme of an address."""
    return _added(url) is not None


def _added(url: str) -> Added | None:
    return find_named(STORAGE, url.partition("://")[0].lower(), OWN_SCHEMES)


@contextmanager
def storage_errors_as_faults(url: str) -> Iterator[None]:
    """Raise whatever a storage library raises as a fault of writing.

    Raises:
        UsageError: it cannot do what it is asked for (U145).
        RenderError: with the text of the exception, and the package if one adds this kind of storage (W106).
    """
    try:
        yield
    except LeafletError:
        raise
    except Exception as error:  # each kind of storage has exceptions of its own
        problem = getattr(error, "strerror", None) or str(error) or type(error).__name__
        if added := _added(url):
            problem = f"{added.package}: {describe(error)}"
        elif isinstance(error, NotImplementedError):  # it can only be read, as http:// can
            raise fail("U145", Place(file=url)) from None
        raise fail("W106", Place(file=url), problem=problem) from None


class _AddedObjects:
    """Files in storage that a package adds.

    Args:
        objects: those of the package.
        is_shared: as the package says.
    """

    def __init__(self, objects: Objects, *, is_shared: bool) -> None:
        self._objects, self.is_shared = objects, is_shared

    def sizes(self) -> Mapping[str, int]:
        """Return the sizes of all files."""
        return {str(name): int(size) for name, size in self._objects.sizes().items()}

    def read(self, name: str) -> bytes:
        """Return a file."""
        data = self._objects.read(name)
        if not isinstance(data, bytes):
            raise TypeError(f"read returned {type(data).__name__}, no bytes")
        return data

    def write(self, name: str, data: bytes) -> None:
        """Write a file."""
        self._objects.write(name, data)

    def remove(self, name: str) -> None:
        """Remove a file."""
        self._objects.remove(name)

    def open(self, name: str) -> AbstractContextManager[StoredFile]:
        """Read a file into memory."""
        return BytesIO(self.read(name))


@lru_cache(maxsize=8)
def _open_added(added: Added, url: str) -> Reached:
    storage = load(added, Storage)
    with storage_errors_as_faults(url):
        return _AddedObjects(storage.open(url), is_shared=storage.is_shared)


class _FsspecObjects:
    """Files in storage that fsspec knows."""

    def __init__(self, url: str) -> None:
        self._files, self._root = open_url(url)
        self.is_shared = not url.startswith(_PROCESS_LOCAL)

    def sizes(self) -> Mapping[str, int]:
        """Return the sizes of all files."""
        self._files.invalidate_cache()
        found: Mapping[str, Any] = self._files.find(self._root, detail=True)
        return {path[len(self._root) + 1 :]: int(one["size"] or 0) for path, one in found.items()}

    def read(self, name: str) -> bytes:
        """Return a file."""
        return bytes(self._files.cat_file(f"{self._root}/{name}"))

    def write(self, name: str, data: bytes) -> None:
        """Write a file."""
        self._files.pipe_file(f"{self._root}/{name}", data)

    def remove(self, name: str) -> None:
        """Remove a file."""
        self._files.rm_file(f"{self._root}/{name}")

    def open(self, name: str) -> AbstractContextManager[StoredFile]:
        """Open a file, without holding it as a whole."""
        file: AbstractContextManager[StoredFile] = self._files.open(f"{self._root}/{name}", "rb")
        return file


@lru_cache(maxsize=8)
def open_url(url: str) -> tuple[Any, str]:
    """Return the file system of an address, and the path there.

    Raises:
        UsageError: fsspec, or what it needs for this kind of address, is not installed, or there is no such kind
            (U022); or an address alone does not open this kind (U145).
        RenderError: the storage cannot be opened (W106).
    """
    try:
        from fsspec.core import url_to_fs  # an optional extra
    except ImportError:
        raise fail("U022", Place(file=url), problem="fsspec") from None
    with storage_errors_as_faults(url):
        try:
            files, path = url_to_fs(url)
        except (ImportError, ValueError) as error:
            raise fail("U022", Place(file=url), problem=str(error)) from None
        except (TypeError, AttributeError):  # it asks for more than an address, as github:// and reference:// do
            raise fail("U145", Place(file=url)) from None
    return files, path.rstrip("/")
