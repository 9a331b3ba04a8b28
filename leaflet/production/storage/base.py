"""What a build asks of the place its files go to."""

from collections.abc import Iterable, Mapping, Sequence
from types import TracebackType
from typing import NamedTuple, Protocol, Self

from leaflet.production.manifest import NAME, Entry, Manifest

Written = tuple[str, bytes, bool]
"""A file that its sink did not put anywhere: name, bytes, whether it is private."""


class Head(NamedTuple):
    """Whose files they are: the campaign's file, its election, and the name of the list of them."""

    campaign: str
    election: str
    listed: str = NAME


class Sink(Protocol):
    """Writes single files, in whatever process or on whatever machine they are made; sent there as a value."""

    def write(self, name: str, data: bytes, *, read_back: bool = False, private: bool = False) -> bytes:
        """Write a file; returns what is stored then, if asked to read it back.

        A `private` file can be read by its owner alone.

        Raises:
            RenderError: it cannot be written (W101).
        """

    def discard(self, name: str) -> None:
        """Take back the file just written: what is found wrong gets no name."""

    def take(self) -> Sequence[Written]:
        """The files that are to be sent on, and forgotten here; none if they are in their place."""


class Store(Protocol):
    """The place itself, in the process that leads the build. Without `commit` no list is written."""

    @property
    def sink(self) -> Sink:
        """What files are written with."""

    @property
    def is_shared(self) -> bool:
        """Whether other processes can write to it."""

    @property
    def earlier(self) -> Manifest | None:
        """The list of what an earlier build made there, as far as it can be kept."""

    @property
    def done(self) -> Mapping[str, Entry]:
        """What an interrupted build had made, by file."""

    @property
    def keeps(self) -> bool:
        """Whether the build can go on from here if it stops now."""

    @property
    def noted(self) -> int:
        """How many of the files it has made need not be made again then."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None: ...

    def has(self, entry: Entry) -> bool | None:
        """Whether the file of an entry of `earlier` is as it was made; None if there is none."""

    def adopt(self, entry: Entry) -> bool:
        """Take over a file of `done`; whether it is there and whole."""

    def begin(self) -> None:
        """From now on files are written."""

    def note(self, entries: Iterable[Entry], files: Iterable[Written]) -> None:
        """These are finished: a build that resumes need not make them again."""

    def commit(self, manifest: Iterable[bytes], removed: Iterable[str]) -> None:
        """Give every file its name, the list of them last; take away the files to be removed.

        Args:
            manifest: the list, piece by piece.

        Raises:
            RenderError: a name cannot be given; a folder is then as it was.
        """
