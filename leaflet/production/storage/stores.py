"""The protocol between a build and the place its files go to: `Store` in the leading process, `Sink` in each worker.

In the order of a build (W: called by workers, through the sink; the others by the process that leads the build):

==========================  ====================================  ======================
call                        folder                                ZIP archive
==========================  ====================================  ======================
``Store.__enter__``         lock; read manifest and journals;     open a temporary file,
                            make a numbered folder                locked
``Store.earlier``           the manifest                          None
``Store.recoverable``       entries of journals                   none
``Store.has``               size; hash if changed since the       None
                            manifest
``Store.recover``           hash, where it lies or at its name    False
``Sink.write`` (W)          into the numbered folder              into memory
``Sink.stream`` (W)         into the numbered folder, as it is    into memory
                            made
``Sink.open_stored`` (W)    open it                               as it is held
``Sink.discard`` (W)        remove it                             forget it
``Sink.collect`` (W)        –                                     the files held
``Store.mark_finished``     append to the journal                 write the members
``Store.commit``            rename all, the manifest last         manifest, rename
``Store.__exit__``          remove the numbered folder, or keep   remove the temporary
                            it if the build can resume            file
==========================  ====================================  ======================
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from io import BufferedReader, BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, Self

from leaflet.production.manifest import NAME, Entry, Manifest

if TYPE_CHECKING:
    from leaflet.production.storage import Sink

HeldFile = tuple[str, bytes, bool]
"""A file that its sink holds in memory: name, bytes, whether it is private."""


class BuildIdentity(NamedTuple):
    """The build that files belong to: the campaign's file, its election, and the name of the manifest."""

    campaign: str
    election: str
    manifest_name: str = NAME


StoredFile = BufferedReader | BytesIO  # on a disk, or read into memory


class Store(ABC):
    """The place of all files, in the process that leads the build. Without `commit` no manifest is written.

    What is said here of earlier builds is said of a place that knows none.
    """

    sink: "Sink"  # the writer of single files, a value that is sent to the process or machine that makes them
    earlier: Manifest | None = None  # of an earlier build, with the entries whose files are there
    recoverable: Mapping[str, Entry] = MappingProxyType({})  # files that an interrupted build had finished, by name

    @property
    def can_resume(self) -> bool:
        """Tell whether a later build can go on from here if this one stops now."""
        return False

    @property
    def finished(self) -> int:
        """The number of files made so far that such a build need not make again."""
        return 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _traceback: object) -> None:
        return None

    def has(self, entry: Entry) -> bool | None:
        """Check whether the file of an entry of `earlier` is as it was made; None if there is none."""
        return None

    def recover(self, entry: Entry) -> bool:
        """Include a file of `recoverable` in this build; False if it is missing or altered."""
        return False

    @abstractmethod
    def mark_finished(self, entries: Iterable[Entry], files: Iterable[HeldFile]) -> None:
        """Record that files are finished, so that a build that resumes need not make them again."""

    @abstractmethod
    def commit(self, manifest: Iterable[bytes], removed: Iterable[str]) -> None:
        """Give every file its name, and the manifest last; remove files. On failure a folder is as it was."""
