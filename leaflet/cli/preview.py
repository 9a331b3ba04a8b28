"""``leaflet preview``: pages as pictures, once or again and again in the browser.

What makes them is imported only when asked for, so that no other command waits for it.
"""

from __future__ import annotations

import signal
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import click

from leaflet.cli.messages import format_count, message
from leaflet.cli.options import PATH, parse_uais, read_epoch, selection_options
from leaflet.cli.terminal import print_faults
from leaflet.faults import Lang, LeafletError, UsageError
from leaflet.production.options import Choice, Cleaning, ReadOptions

if TYPE_CHECKING:
    from leaflet.preview.loading import PreviewOptions
    from leaflet.preview.shown import Shown

_OUT = Path("preview")
_MOST = 12  # pages of a file that the browser shows


@click.command("preview")
@click.argument("campaign", type=PATH)
@click.option("-o", "--out", type=PATH, help="Folder of the pictures; preview by default, with --watch none.")
@click.option("--row", metavar="K", type=click.IntRange(1), help="The school on this line of the list.")
@click.option("--longest", is_flag=True, help="The school with most to print: name and address.")
@click.option("--shortest", is_flag=True, help="The school with least to print.")
@click.option(
    "--sample", metavar="N", type=click.IntRange(1, 1000), help="The first, the longest, then evenly spread."
)
@click.option("--document", metavar="NAME", help="Show this document of the campaign only.")
@selection_options
@click.option("--dpi", type=click.IntRange(36, 300), default=110, show_default=True, help="Size of the pictures.")
@click.option(
    "--start", metavar="K", type=click.IntRange(1), default=1, help="First free place of a used card sheet."
)
@click.option("--printer", metavar="FILE", type=PATH, help="Correction of the printer; printer.toml by default.")
@click.option("--outline", is_flag=True, help="Draw the outline of every box, for template authors.")
@click.option("--watch", is_flag=True, help="Show it in the browser, and again whenever something changes.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Of the page of --watch; a free one by default."
)
@click.pass_obj
def preview_command(
    lang: Lang,
    campaign: Path,
    out: Path | None,
    row: int | None,
    longest: bool,
    shortest: bool,
    sample: int | None,
    document: str | None,
    only: tuple[str, ...],
    choice: Choice,
    cleaning: Cleaning,
    reading: ReadOptions,
    dpi: int,
    start: int,
    printer: Path | None,
    outline: bool,
    watch: bool,
    port: int,
) -> None:
    """Show what CAMPAIGN makes, as pictures: OUT/<document>-<uai>-p1.png, or in the browser with --watch."""
    from leaflet.preview.choose import parse_wanted
    from leaflet.preview.loading import PreviewOptions

    options = PreviewOptions(
        campaign=campaign,
        out=out or _OUT,
        only=parse_uais(only),
        choice=choice,
        cleaning=cleaning,
        reading=reading,
        document=document,
        start=start,
        printer=printer,
        outline=outline,
        epoch=read_epoch(),
        wanted=parse_wanted(row=row, longest=longest, shortest=shortest, sample=sample),
        dpi=dpi,
    )
    if watch:
        _watch(options, port, lang, is_writing=out is not None)
    else:
        _write(options, lang)


def _write(options: PreviewOptions, lang: Lang) -> None:
    from leaflet.preview.once import preview

    result = preview(options)
    print_faults(result.faults, lang)
    for path in result.paths:
        click.echo(str(path))
    _say_others(result.others, lang)
    if result.is_personal:
        click.echo(message("personal_pictures", lang, out=options.out), err=True)


def _watch(options: PreviewOptions, port: int, lang: Lang, *, is_writing: bool) -> None:
    from leaflet.preview.server import PreviewServer
    from leaflet.preview.shown import View
    from leaflet.preview.watch import Gallery, watch
    from leaflet.preview.workshop import Workshop

    workshop = Workshop(options, time.perf_counter, _MOST)
    try:
        workshop.load()
    except UsageError:
        raise  # what was typed is wrong
    except LeafletError:
        pass  # what is in the files is wrong: the page says so, and waits for the correction
    gallery = Gallery(workshop)
    told = _Teller(lang, options.out if is_writing else None)
    with suppress(KeyboardInterrupt), _End() as end, PreviewServer(gallery, port) as server:
        click.echo(message("watching", lang, url=server.url))
        click.echo(message("watching_what", lang), err=True)
        watch(gallery, View(document=options.document or ""), told, end.is_asked)
    click.echo(message("preview_over", lang), err=True)


class _Teller:
    """Says on the terminal what was made anew, and writes it where it was asked to."""

    def __init__(self, lang: Lang, out: Path | None) -> None:
        self._lang, self._out = lang, out
        self._is_warned = False

    def __call__(self, shown: Shown) -> None:
        print_faults([f for f in shown.faults if f.severity != "note"], self._lang)
        if shown.errors:
            click.echo(
                message("not_shown", self._lang, errors=format_count(len(shown.errors), "error", self._lang)),
                err=True,
            )
            return
        self._say_made(shown)
        if self._out is not None:
            self._write(self._out, shown)

    def _say_made(self, shown: Shown) -> None:
        lang = self._lang
        values = {
            "document": shown.document,
            "record": shown.school.uai if shown.school else "",
            "pages": format_count(shown.pages, "page", lang),
            "time": round(shown.seconds * 1000),
        }
        if shown.changed:
            what = ", ".join(message(f"changed_{part}", lang) for part in shown.changed)
            click.echo(message("shown_again", lang, **values, what=what))
        else:
            click.echo(message("shown", lang, **values))

    def _write(self, out: Path, shown: Shown) -> None:
        from leaflet.preview.once import write_pictures

        try:
            write_pictures(out, [shown])
        except LeafletError as error:  # a full disk ends no preview
            print_faults(error.faults, self._lang)
        if shown.is_personal and not self._is_warned:
            self._is_warned = True
            click.echo(message("personal_pictures", self._lang, out=out), err=True)


class _End:
    """Ctrl-C, noticed between two looks at the files; the second one does not wait for that."""

    def __init__(self) -> None:
        self._is_asked = False

    def is_asked(self) -> bool:
        return self._is_asked

    def __enter__(self) -> _End:
        self._before = signal.signal(signal.SIGINT, self._ask)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _ask(self, _signal: int, _frame: object) -> None:
        if self._is_asked:
            raise KeyboardInterrupt
        self._is_asked = True


def _say_others(others: int, lang: Lang) -> None:
    if others:
        click.echo(message("other_rows", lang, faults=format_count(others, "fault", lang)), err=True)
