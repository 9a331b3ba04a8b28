"""``leaflet preview``: show pages as pictures, once as files or continually in the browser."""

import signal
import time
from contextlib import suppress
from pathlib import Path

import click

from leaflet.api.keywords import Inputs, Selection, input_fields
from leaflet.api.preview import preview
from leaflet.cli.language import Command, page_language
from leaflet.cli.messages import format_count, message
from leaflet.cli.options import CAMPAIGN, PATH, PRINTER, REPLACE, document_option, read_epoch, selection_options
from leaflet.cli.terminal import print_faults
from leaflet.faults import Lang, LeafletError, UsageError
from leaflet.previews.options import PreviewOptions, parse_selection
from leaflet.previews.picture_files import PreviewResult, write_pictures
from leaflet.previews.view_cache import ViewCache
from leaflet.previews.views import RenderedView, View
from leaflet.previews.watch import SharedViews, watch

_OUT = Path("preview")
_MAX_PAGES = 12  # pages of a file that the browser shows


@click.command("preview", cls=Command)
@CAMPAIGN
@click.option("-o", "--out", type=PATH, help="Folder of the pictures; preview by default, with --watch none.")
@REPLACE
@click.option("--row", metavar="K", type=click.IntRange(1), help="The school on this line of the list.")
@click.option("--longest", is_flag=True, help="The school with most to print: name and address.")
@click.option("--shortest", is_flag=True, help="The school with least to print.")
@click.option(
    "--sample", metavar="N", type=click.IntRange(1, 1000), help="The first, the longest, then evenly spread."
)
@document_option("Show this document of the campaign only.")
@selection_options
@click.option("--dpi", type=click.IntRange(36, 300), default=110, show_default=True, help="Size of the pictures.")
@click.option(
    "--start", metavar="K", type=click.IntRange(1), default=1, help="First free place of a used card sheet."
)
@PRINTER
@click.option("--outline", is_flag=True, help="Draw the outline of every box, for template authors.")
@click.option(
    "--watch", "is_watching", is_flag=True, help="Show it in the browser, and again whenever something changes."
)
@click.option(
    "--port", type=click.IntRange(0, 65535), default=0, help="Of the page of --watch; a free one by default."
)
@click.pass_context
def preview_command(
    context: click.Context,
    campaign: Path,
    out: Path | None,
    replace_others: bool,
    row: int | None,
    longest: bool,
    shortest: bool,
    sample: int | None,
    document: str | None,
    selection: Selection,
    dpi: int,
    start: int,
    printer: Path | None,
    outline: bool,
    is_watching: bool,
    port: int,
) -> None:
    """Show what CAMPAIGN makes, as pictures: OUT/<document>-<uai>-p1.png, or in the browser with --watch."""
    lang: Lang = context.obj
    others: Inputs = {
        "document": document,
        "start": start,
        "printer": printer,
        "outline": outline,
        "replace": replace_others,
        "epoch": read_epoch(),
    }
    inputs: Inputs = {**others, **selection}
    place = out or _OUT
    if is_watching:
        which = parse_selection(row=row, longest=longest, shortest=shortest, sample=sample)
        options = PreviewOptions(**input_fields(campaign, place, inputs), selection=which, dpi=dpi)
        _watch(options, port, lang, page_language(context), is_writing=out is not None)
    else:
        result = preview(
            campaign, place, row=row, longest=longest, shortest=shortest, sample=sample, dpi=dpi, **inputs
        )
        _print_result(result, place, lang)


def _print_result(result: PreviewResult, out: Path, lang: Lang) -> None:
    print_faults(result.faults, lang)
    for path in result.paths:
        click.echo(str(path))
    if result.other_faults:
        click.echo(message("other_rows", lang, faults=format_count(result.other_faults, "fault", lang)), err=True)
    if result.is_personal:
        click.echo(message("personal_pictures", lang, out=out), err=True)


def _watch(options: PreviewOptions, port: int, lang: Lang, page_lang: Lang, *, is_writing: bool) -> None:
    from leaflet.previews.server import PreviewServer  # the libraries of the server, which only --watch needs

    cache = ViewCache(options, time.perf_counter, _MAX_PAGES)
    try:
        cache.load()
    except UsageError:
        raise  # the command line is wrong
    except LeafletError:
        pass  # the files are wrong: the page says so and waits for the correction
    views = SharedViews(cache)
    out = options.out if is_writing else None
    printer = _ViewPrinter(lang, out, replace_others=options.replace_others)
    with suppress(KeyboardInterrupt), _Interrupt() as interrupt, PreviewServer(views, port, page_lang) as server:
        click.echo(message("watching", lang, url=server.url))
        click.echo(message("watching_what", lang), err=True)
        watch(views, View(document=options.document or ""), printer, interrupt.is_set)
    click.echo(message("preview_over", lang), err=True)


class _ViewPrinter:
    """A printer of one line for every view rendered; it writes the pictures too if there is a folder for them."""

    def __init__(self, lang: Lang, out: Path | None, *, replace_others: bool) -> None:
        self._lang, self._out, self._replace_others = lang, out, replace_others
        self._is_warned = False

    def __call__(self, rendered: RenderedView) -> None:
        print_faults([f for f in rendered.faults if f.severity != "note"], self._lang)
        if rendered.errors:
            errors = format_count(len(rendered.errors), "error", self._lang)
            click.echo(message("not_shown", self._lang, errors=errors), err=True)
            return
        self._print_view(rendered)
        if self._out is not None:
            self._write(self._out, rendered)

    def _print_view(self, rendered: RenderedView) -> None:
        lang = self._lang
        values = {
            "document": rendered.document,
            "record": rendered.school.uai if rendered.school else "",
            "pages": format_count(rendered.pages, "page", lang),
            "time": round(rendered.seconds * 1000),
        }
        if rendered.changed:
            what = ", ".join(message(f"changed_{part}", lang) for part in rendered.changed)
            click.echo(message("shown_again", lang, **values, what=what))
        else:
            click.echo(message("shown", lang, **values))

    def _write(self, out: Path, rendered: RenderedView) -> None:
        try:
            write_pictures(out, [rendered], replace_others=self._replace_others)
        except LeafletError as error:  # a full disk does not end the preview
            print_faults(error.faults, self._lang)
        if rendered.is_personal and not self._is_warned:
            self._is_warned = True
            click.echo(message("personal_pictures", self._lang, out=out), err=True)


class _Interrupt:
    """A context in which the first Ctrl-C only sets a flag; the second one raises KeyboardInterrupt."""

    def __init__(self) -> None:
        self._is_set = False

    def is_set(self) -> bool:
        return self._is_set

    def __enter__(self) -> "_Interrupt":
        self._before = signal.signal(signal.SIGINT, self._handle)
        return self

    def __exit__(self, *_: object) -> None:
        signal.signal(signal.SIGINT, self._before)

    def _handle(self, _signal: int, _frame: object) -> None:
        if self._is_set:
            raise KeyboardInterrupt
        self._is_set = True
