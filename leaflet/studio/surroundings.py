"""Define what the window needs to know of the world around it: the time, who sits there, and what works beside.

The command asks the system and hands this in, so that everything else gives the same answers at any time.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from leaflet.studio.aside import Aside, in_a_thread


class Surroundings(Struct, frozen=True, kw_only=True):
    """The world around a window.

    Args:
        clock: returns the time.
        user: the name of who works there, for « already open »; empty if the system does not know it.
        program: tells this window from every other one.
        places: returns the folders of this machine where files may be put, besides that of the campaign.
        show: shows a folder in the file manager of the system; returns whether there is one.
        aside: does long work beside the calls of the page.
        in_browser: whether the page runs the program: what is made stands in memory, and is gone with the page.
    """

    clock: Callable[[], datetime]
    user: str
    program: str
    places: Callable[[], list[Path]] = list
    show: Callable[[Path], bool] = lambda _: False
    aside: Aside = in_a_thread
    in_browser: bool = False

    def stamp(self) -> str:
        """Return the time, to the second."""
        return self.clock().isoformat(timespec="seconds")

    def seconds(self) -> float:
        """Return the time in seconds, to measure how long something takes."""
        return self.clock().timestamp()
