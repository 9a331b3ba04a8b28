"""The pictures of the guide about the preview: ``python -m docs.make_preview_images`` takes them in Chromium.

What is not here: the other pictures (``make_images``), which need no browser.
"""

import shutil
import tempfile
from pathlib import Path

from PIL import Image

from docs.make_images import IMAGES, ROOT
from leaflet.previews.options import PreviewOptions
from leaflet.previews.server import PreviewServer
from leaflet.previews.view_cache import ViewCache
from leaflet.previews.views import View
from leaflet.previews.watch import SharedViews
from leaflet.resources import templates
from tests.previews.chromium import PROGRAM, Chromium

EXAMPLE = ROOT / "examples" / "indre-et-loire-2018"
_SECONDS = 0.24  # what every picture says it took: the same picture from every machine


def main() -> None:
    """Take a page as it is, photocopied, and one with an error; nothing without Chromium."""
    if PROGRAM is None:
        print("No Chromium here: docs/images/apercu*.png stay as they are")
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        shutil.copytree(EXAMPLE, folder / "example")
        shutil.copytree(templates() / "leaflet-a4", folder / "example" / "templates" / "leaflet-a4")
        take(folder)


def take(folder: Path) -> None:
    """Take all pictures; `folder` has a copy of the example with its own template, which is spoilt on the way."""
    clock = iter(number * _SECONDS for number in range(100))
    options = PreviewOptions(campaign=folder / "example" / "campaign.toml", out=folder)
    views = SharedViews(ViewCache(options, lambda: next(clock)))
    with PreviewServer(views) as server, Chromium(folder / "chromium", 1180, 860) as page:
        page.open(server.url + "?record=0370036N")
        page.wait("[...document.images].every(image => image.complete)")
        shoot(page, "apercu")
        page.run("document.getElementById('look-copied').click()")
        shoot(page, "apercu-photocopie")
        page.run("document.getElementById('look-copied').click()")
        template = folder / "example" / "templates" / "leaflet-a4" / "leaflet.xml"
        template.write_text(
            template.read_text("utf-8").replace("<page>", "<page>\n  <titre>Voter</titre>", 1), "utf-8"
        )
        views.render(View(record="0370036N"))
        page.wait("document.querySelector('#faults .error')")
        shoot(page, "apercu-erreur")


def shoot(page: Chromium, name: str) -> None:
    """What is in the window, with the few colours it needs."""
    path = page.shoot(IMAGES / f"{name}.png")
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(200, method=Image.Quantize.MAXCOVERAGE).save(path, optimize=True)


if __name__ == "__main__":
    main()
