"""Define what the window needs to know of the world around it: the time, who sits there, and what works beside.

The command asks the system and hands this in, so that everything else gives the same answers at any time.
"""

from collections.abc import Callable, Iterator
from concurrent.futures import Future
from datetime import datetime
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Any, TypeAlias

from msgspec import Struct

Word: TypeAlias = dict[str, Any]
Work: TypeAlias = Callable[[Callable[[Word], None]], Word]
"""Is given a function that says how far it is; returns its last word."""
Background: TypeAlias = Callable[[Work], Iterator[Word]]
"""Has work done, and yields its words as they come, the last one at the end; raises what the work raises."""


def in_a_thread(work: Work) -> Iterator[Word]:
    """Begin work in a thread of its own, and return an iterator of its words."""
    said, last = SimpleQueue[Word | None](), Future[Word]()

    def run() -> None:
        try:
            last.set_result(work(said.put))
        except BaseException as error:
            last.set_exception(error)
        said.put(None)

    def follow() -> Iterator[Word]:
        yield from iter(said.get, None)
        yield last.result()

    Thread(target=run, daemon=True).start()
    return follow()


class Environment(Struct, frozen=True, kw_only=True):
    """The world around a window."""

    clock: Callable[[], datetime]  # returns the time
    user: str  # the name of who works there, for « already open »; empty if the system does not know it
    program: str  # tells this window from every other one
    machine: str = ""  # tells this computer from others; empty if nobody knows
    places: Callable[[], list[Path]] = list  # where files may be put on this machine, besides the campaign's folder
    show: Callable[[Path], bool] = lambda _: False  # shows a folder in the system's file manager, if there is one
    background: Background = in_a_thread  # does long work beside the calls of the page
    in_browser: bool = False  # the page runs the program: what is made stands in memory, and is gone with the page

    def stamp(self) -> str:
        """Return the time, to the second."""
        return self.clock().isoformat(timespec="seconds")

    def seconds(self) -> float:
        """Return the time in seconds, to measure how long something takes."""
        return self.clock().timestamp()
