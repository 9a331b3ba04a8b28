"""Reach files below an address by their names, through fsspec, which is an optional extra."""

from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from typing import Any

from leaflet.faults import LeafletError, Place, fail
from leaflet.production.storage.base import StoredFile

_PROCESS_LOCAL = ("memory", "zip", "tar")  # storage of fsspec that only the process that opened it can see


@contextmanager
def storage_errors_as_faults(url: str) -> Iterator[None]:
    """Raise whatever a storage library raises as a fault of writing.

    Raises:
        UsageError: it cannot do what it is asked for (U145).
        RenderError: with the text of the exception (W106).
    """
    try:
        yield
    except LeafletError:
        raise
    except NotImplementedError:  # it can only be read, as http:// can
        raise fail("U145", Place(file=url)) from None
    except Exception as error:  # each kind of storage has exceptions of its own
        problem = getattr(error, "strerror", None) or str(error) or type(error).__name__
        raise fail("W106", Place(file=url), problem=problem) from None


class Objects:
    """Files below one address. Names are relative to it, with ``/`` between folders.

    Raises:
        UsageError: there is no such kind of storage, or what is needed for it is not installed (U022).
        RenderError: the storage cannot be opened (W106).
    """

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
