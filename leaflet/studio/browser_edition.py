"""Answer the page of the window in the browser itself: its script runs this program, and no server is between them.

All that crosses is text (JSON) and bytes. There are no threads: long work is done in its place, and says after each
step how far it is; the script may then let other calls come in, such as the one that stops it.
"""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol
from zipfile import ZipFile

from msgspec.json import decode, encode

from leaflet.faults import Lang
from leaflet.files.raster import Raster, use_decoder
from leaflet.files.raster_browser import BrowserDecoder, Pixels, Wanted
from leaflet.pdf.verify_codes import use_reader
from leaflet.studio.beside import find_beside
from leaflet.studio.element_files import HIDDEN
from leaflet.studio.engine import Engine
from leaflet.studio.environment import Environment, Word, Work
from leaflet.studio.folder import CHANGE_FILE, LOCK_FILE
from leaflet.studio.output_folders import MADE_NAMES
from leaflet.studio.rpc import MAX_UPLOADS, UnknownError, Values, answer_call, answer_make, answer_upload, find_file

_MOMENTARY = {f"{HIDDEN}/{LOCK_FILE}", CHANGE_FILE}  # of no use to whoever opens the folder next


class Host(Protocol):
    """The script that runs this program."""

    pixels: Pixels

    def say(self, text: str) -> Any:
        """Tell the page how far a making is; return what to wait for, so that other calls come in, or None."""

    def readCode(self, levels: bytes, width: int, height: int) -> str | None:  # noqa: N802 - a name of the script
        """Return the text of the one QR code in a grey picture; None if none can be read."""


class BrowserWindow:
    """The window of one folder, as the script sees it; `wait` waits for what `Host.say` returns."""

    def __init__(
        self, folder: str, lang: Lang, host: Host, wait: Callable[[Any], object], clock: Callable[[], datetime]
    ) -> None:
        self._host, self._wait, self._folder = host, wait, Path(folder)
        self._pictures = BrowserDecoder(host.pixels)
        self.wanted = b""  # the file of the picture that is wanted; empty if none is
        use_decoder(self._pictures)
        use_reader(lambda picture: host.readCode(picture.samples, picture.width, picture.height))
        environment = Environment(clock=clock, user="", program="browser", background=self._in_place, in_browser=True)
        self._engine = Engine(self._folder, lang, environment)
        self._marks = dict(self._find_marks())

    def call(self, name: str, args: str) -> str:
        """Return the answer to a call; empty if a picture is wanted for it first, or there is no such call."""
        return self._answer(lambda: answer_call(self._engine, name, decode(args)))

    def upload(self, name: str, file_name: str, data: Any) -> str:
        """Return the answer to a file that is given; empty as with calls, or if it is too large."""
        if len(data) > MAX_UPLOADS.get(name, 0):
            return ""
        return self._answer(lambda: answer_upload(self._engine, name, file_name, bytes(data)))

    def make(self, args: str) -> str:
        """Make, and say how far it is; return the last answer; empty if a picture is wanted first."""
        return self._answer(lambda: [*answer_make(self._engine, decode(args))][-1])

    def learn(self, width: int, height: int, samples: Any) -> None:
        """Take the picture that is wanted, as RGBA; without pixels if it cannot be decoded."""
        self._pictures.learn(self.wanted, Raster(width, height, bytes(samples)) if width else None)

    def file(self, path: str) -> str | None:
        """Return where a file of the folder is, or a ZIP of a folder of files; None if the page may not have it."""
        here = self._engine.folder.path
        with suppress(UnknownError):
            return str(_pack(here / path) if path in self._folders(here) else find_file(self._engine, path))
        return None

    def picture(self, key: str) -> bytes | None:
        """Return a picture that was drawn; None if it is not kept any more."""
        return self._engine.picture_bytes(key)

    def changes(self) -> list[tuple[str, bytes | None]]:
        """Return the files that changed since this was asked last, None for one that is gone.

        What can be made again is none of them. Files of campaigns beside the folder begin with ``../``.
        """
        before, self._marks = self._marks, dict(self._find_marks())
        gone = [(name, None) for name in before if name not in self._marks]
        new = [name for name, mark in self._marks.items() if before.get(name) != mark]
        return [*gone, *((name, (self._folder / name).read_bytes()) for name in new)]

    def _answer(self, work: Callable[[], Values]) -> str:
        self.wanted = b""
        with suppress(UnknownError):
            try:
                return encode(work()).decode()
            except Wanted as wanted:
                self.wanted = wanted.data
        return ""

    def _in_place(self, work: Work) -> Iterator[Word]:
        def say(word: Word) -> None:
            if (pause := self._host.say(encode(word).decode())) is not None:
                self._wait(pause)

        yield work(say)

    def _folders(self, here: Path) -> set[str]:
        """Return the folders of finished files of a campaign, as the page names them."""
        made = (here / name for name in MADE_NAMES)
        found = (one for path in made if path.is_dir() for one in (path, *path.rglob("*")) if one.is_dir())
        return {f"{one.relative_to(here).as_posix()}/" for one in found}

    def _find_marks(self) -> Iterator[tuple[str, tuple[int, int, float]]]:
        """Yield the files to keep of all campaigns, with what tells whether one has changed."""
        for folder in sorted({self._folder, self._engine.folder.path, *find_beside(self._folder)}):
            before = "" if folder == self._folder else f"../{folder.name}/"
            for top in sorted(folder.iterdir() if folder.is_dir() else ()):
                for path in (top, *sorted(top.rglob("*"))) if top.name not in MADE_NAMES else ():
                    name = path.relative_to(folder).as_posix()
                    if path.is_file() and name not in _MOMENTARY:
                        found = path.stat()
                        yield f"{before}{name}", (found.st_ino, found.st_size, found.st_mtime)


def _pack(folder: Path) -> Path:
    """Write the files of a folder into a ZIP, which compresses none: PDF files are compressed."""
    target = Path(tempfile.gettempdir(), "leaflet.zip")
    with ZipFile(target, "w") as packed:
        for path in sorted(folder.rglob("*.*")):
            packed.write(path, path.relative_to(folder).as_posix())
    return target
