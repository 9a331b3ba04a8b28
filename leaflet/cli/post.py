"""``leaflet post``: what goes out with the finished files of a build."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

import click
from msgspec.structs import replace

from leaflet.cli.language import Command
from leaflet.cli.messages import format_count, message
from leaflet.cli.options import OUT_FOLDER, production_options, read_epoch
from leaflet.cli.outcome import print_counts, print_result_faults, reporting_outcome, result_exit_code
from leaflet.cli.progress import ProgressDisplay
from leaflet.delivery.options import PostOptions, PostResult
from leaflet.faults import Lang
from leaflet.production.outcome import Outcome
from leaflet.tables import ReadOptions
from leaflet.tables.cells import Cleaning
from leaflet.tables.choice import Choice

# Each kind by name: module and function; labels need no library of mails, mails none of pages.
_KINDS = {
    "drafts": "leaflet.delivery.drafts:write_drafts",
    "table": "leaflet.delivery.merge_table:write_table",
    "labels": "leaflet.delivery.labels:write_labels",
    "list": "leaflet.delivery.parcels:write_list",
    "book": "leaflet.delivery.book:write_book",
}


@click.command("post", cls=Command)
@click.argument("kind", metavar="KIND", type=click.Choice(list(_KINDS)))
@production_options(OUT_FOLDER)
@click.option("--document", metavar="NAME", help="The document to send; by default the first one for schools.")
@click.option(
    "--text", metavar="NAME", default="school", show_default=True, help="Text of the e-mails; see leaflet list mails."
)
@click.option(
    "--labels", metavar="NAME", default="avery-l7163", show_default=True, help="Sheet of labels; see list stock."
)
@click.option("--start", metavar="K", type=click.IntRange(1), default=1, help="First free place of a used sheet.")
@click.option(
    "--copies", type=click.IntRange(0, 9999), default=1, show_default=True, help="Where the list says none."
)
@click.pass_obj
def post_command(
    lang: Lang,
    kind: str,
    campaign: Path,
    out: Path,
    document: str | None,
    text: str,
    labels: str,
    start: int,
    copies: int,
    only: frozenset[str],
    choice: Choice,
    cleaning: Cleaning,
    reading: ReadOptions,
    keep_going: bool,
    verify: bool,
    replace_others: bool,
    faults: Path | None,
    verbose: bool,
    quiet: bool,
) -> int:
    """Make what goes out with the documents of CAMPAIGN; nothing is sent.

    KIND is drafts (one e-mail for each school, its PDF attached), table (for the mail merge of another program),
    labels (addresses for parcels), list (parcels to tick) or book (all leaflets in one PDF to look through). Drafts
    and table need what leaflet build made in OUT.
    """
    outcome = Outcome()
    reporting = reporting_outcome(outcome, faults, lang, replace_others=replace_others)
    with reporting, ProgressDisplay(lang, outcome, quiet=quiet) as progress:
        result = _write_of(kind)(
            PostOptions(
                campaign=campaign,
                out=out,
                document=document,
                text=text,
                sheet=labels,
                start=start,
                copies=copies,
                only=only,
                choice=choice,
                cleaning=cleaning,
                reading=replace(reading, progress=progress.show_rows),
                keep_going=keep_going,
                verify=verify,
                replace_others=replace_others,
                epoch=read_epoch(),
                progress=progress,
                outcome=outcome,
            )
        )
    print_result_faults(result.faults, lang, verbose=verbose, quiet=quiet)
    if not quiet:
        schools = format_count(result.schools, "school", lang)
        click.echo(message("posted", lang, schools=schools, files=", ".join(result.files), out=result.out))
        if (rows := outcome.count_rows()) is not None:
            print_counts(rows, lang)
    return result_exit_code(result.faults)


def _write_of(kind: str) -> Callable[[PostOptions], PostResult]:
    """Import and return the function that writes a kind."""
    module, name = _KINDS[kind].split(":")
    return cast(Callable[[PostOptions], PostResult], getattr(import_module(module), name))
