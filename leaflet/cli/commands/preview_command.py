"""Make ``leaflet preview``, pages as pictures, and ``leaflet studio``, the window, for this machine alone."""

import os
import platform
import sys
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from leaflet.api import Selection, preview
from leaflet.cli import options
from leaflet.cli.language import message, page_language
from leaflet.cli.terminal import print_faults
from leaflet.faults import Lang
from leaflet.studio.environment import Environment
from leaflet.studio.server import StudioServer

if TYPE_CHECKING:
    from leaflet.studio.engine import Engine


@options.command("preview", options.CAMPAIGN, options.declared("preview-schools"), options.selection_options())
def preview_command(
    lang: Lang, /, campaign: Path, out: Path, replace_others: bool, selection: Selection, **given: Any
) -> None:
    """Show what CAMPAIGN makes, as pictures: OUT/<document>-<uai>-p1.png.

    To look at pages while you edit, open the window: leaflet studio FOLDER.
    """
    result = preview(campaign, out, **selection, replace=replace_others, epoch=options.read_epoch(), **given)
    print_faults(result.faults, lang)
    for path in result.paths:
        click.echo(str(path))
    if result.other_faults:
        click.echo(message("other_rows", lang, faults=result.other_faults), err=True)
    if result.is_personal:
        click.echo(message("personal_pictures", lang, out=out), err=True)


_LOOK = 0.5  # seconds between two looks whether somebody is still there; Windows notices Ctrl-C only then
_PATIENCE = 7200  # looks without anybody: an hour


@options.command(
    "studio", click.argument("folder", metavar="[FOLDER]", type=options.PATH, default="."), passing=click.pass_context
)
def studio_command(context: click.Context, folder: Path, port: int, is_opening: bool) -> None:
    """Prepare the campaign in FOLDER in the browser; the current folder by default.

    The page comes from this machine, and nothing leaves it. The program ends on the page, with Ctrl-C, or when nobody
    has had the page open for an hour.
    """
    lang: Lang = context.obj
    page_lang = page_language(context)
    folder = (folder.parent if folder.is_file() else folder).absolute()

    def load_engine() -> "Engine":
        from leaflet.studio.engine import Engine

        return Engine(folder, page_lang, _environment())

    with suppress(KeyboardInterrupt), StudioServer(load_engine, page_lang, port) as server:
        click.echo(message("studio_open", lang, folder=folder, url=server.url))
        if is_opening and _has_screen():
            _open_browser(server.url)
        _wait(server, lang)


def _environment() -> Environment:
    from leaflet.studio.output_folders import usual_places

    user = os.environ.get("USER") or os.environ.get("USERNAME") or ""
    return Environment(
        clock=datetime.now,
        user=user,
        program=f"{os.getpid()}-{time.time_ns()}",
        machine=platform.node(),
        places=lambda: usual_places(user),
        show=lambda folder: _has_screen() and click.launch(str(folder)) == 0,
    )


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
