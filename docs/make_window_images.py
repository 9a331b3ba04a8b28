"""The pictures of the guide about the window: ``python -m docs.make_window_images`` takes them in Chromium.

They are taken on the way of the journeys that the tests make (``tests/studio/journeys.py``).
"""

import io
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from docs.make_images import IMAGES
from leaflet.studio.engine import Engine
from leaflet.studio.server import StudioServer
from tests.browser import chromium
from tests.previews.chromium import PROGRAM
from tests.studio.journeys import Visitor, make_cards, make_leaflets, use_campaign
from tests.studio.support import HERE
from tests.studio.window import DESK

_WIDTH = 960  # pixels of a picture in the guide
_COLORS = 128
_STILL = 2_500  # milliseconds
# How many pictures are there; none as long as the page of a school is awaited.
_PICTURES = "document.querySelector('.page.waiting') ? Math.random() : document.images.length"


class Photographer(Visitor):
    """A visitor who takes a picture of every state."""

    def look(self, name: str) -> None:
        """Take a picture of the window, once no picture has come to it for a while."""
        seen = -1
        while seen != (seen := self.page.evaluate(_PICTURES)):
            self.page.wait_for_timeout(_STILL)
        image = Image.open(io.BytesIO(self.page.screenshot())).convert("RGB")
        image = image.resize((_WIDTH, round(image.height * _WIDTH / image.width)), Image.Resampling.LANCZOS)
        image.quantize(_COLORS).save(IMAGES / f"fenetre-{name}.png", optimize=True)


def main() -> None:
    """Take all pictures; nothing without Chromium."""
    if PROGRAM is None:
        print("No Chromium here: docs/images/fenetre-*.png stay as they are")
        return
    with chromium() as browser:
        for journey in (make_leaflets, lambda visitor, _: make_cards(visitor), use_campaign):
            with tempfile.TemporaryDirectory() as folder:
                _take(browser, Path(folder), journey)


def _take(browser: Browser, folder: Path, journey: Callable[[Visitor, Path], None]) -> None:
    with StudioServer(lambda: Engine(folder / "campagne", "fr", HERE), "fr") as server:
        journey(Photographer(browser, server.url, DESK), folder)


if __name__ == "__main__":
    main()
