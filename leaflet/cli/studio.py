"""``leaflet studio``: prepare a campaign in the browser, on this machine alone."""

import os
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import click

from leaflet.cli.language import Command, page_language
from leaflet.cli.messages import message
from leaflet.cli.options import PATH
from leaflet.faults import Lang
from leaflet.studio.answering import StudioEngine
from leaflet.studio.server import StudioServer
from leaflet.studio.surroundings import Surroundings

_LOOK = 0.5  # seconds between two looks whether somebody is still there; Windows notices Ctrl-C only then
_PATIENCE = 7200  # looks without anybody: an hour


@click.command("studio", cls=Command)
@click.argument("folder", metavar="[FOLDER]", type=PATH, default=".")
@click.option("--port", type=click.IntRange(0, 65535), default=0, help="Port of the page; a free one by default.")
@click.option("--browser/--no-browser", "is_opening", default=True, help="Open the page in the browser.")
@click.pass_context
def studio_command(context: click.Context, folder: Path, port: int, is_opening: bool) -> None:
    """Prepare the campaign in FOLDER in the browser; the current folder by default.

    The page comes from this machine, and nothing leaves it. The program ends on the page, with Ctrl-C, or when nobody
    has had the page open for an hour.
    """
    lang: Lang = context.obj
    page_lang = page_language(context)
    folder = (folder.parent if folder.is_file() else folder).absolute()

    def load_engine() -> StudioEngine:
        from leaflet.studio.engine import Engine  # imported while the browser opens the page

        return Engine(folder, page_lang, _surroundings())

    with suppress(KeyboardInterrupt), StudioServer(load_engine, page_lang, port) as server:
        click.echo(message("studio_open", lang, folder=folder, url=server.url))
        if is_opening and _has_screen():
            _open_browser(server.url)
        _wait(server, lang)


def _surroundings() -> Surroundings:
    from leaflet.studio.places import usual_places  # as above

    user = os.environ.get("USER") or os.environ.get("USERNAME") or ""
    program = f"{os.getpid()}-{time.time_ns()}"
    return Surroundings(
        clock=datetime.now, user=user, program=program, places=lambda: usual_places(user), show=_show_folder
    )


def _show_folder(folder: Path) -> bool:
    """Open a folder in the file manager of the system, without waiting for it; return whether there is one."""
    return _has_screen() and click.launch(str(folder)) == 0


def _wait(server: StudioServer, lang: Lang) -> None:
    """Wait until the page says that it is over, or until nobody has looked for long enough."""
    looks = 0
    while not server.is_over.wait(_LOOK):
        looks = 0 if server.look() else looks + 1
        if looks == _PATIENCE:
            click.echo(message("studio_idle", lang), err=True)
            return


def _has_screen() -> bool:
    """Tell whether a browser can show itself; without a screen, some would take the terminal."""
    return sys.platform in ("win32", "darwin") or bool({"DISPLAY", "WAYLAND_DISPLAY"} & set(os.environ))


def _open_browser(url: str) -> None:
    import webbrowser  # not for those who open the page themselves

    with suppress(webbrowser.Error):  # the address was printed
        webbrowser.open(url)
