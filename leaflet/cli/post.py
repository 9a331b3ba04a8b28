"""``leaflet post``: what goes out with the finished files of a build."""

from pathlib import Path

import click

from leaflet.api.keywords import Selection
from leaflet.api.post import post
from leaflet.cli.completion import complete_resources
from leaflet.cli.language import Command
from leaflet.cli.messages import format_count, message
from leaflet.cli.options import OUT_FOLDER, document_option, production_options, read_epoch
from leaflet.cli.outcome import print_counts, print_result_faults, reporting_outcome, result_exit_code
from leaflet.cli.progress import ProgressDisplay
from leaflet.delivery.post import KINDS, Kind
from leaflet.faults import Lang
from leaflet.production.outcome import Outcome


@click.command("post", cls=Command)
@click.argument("kind", metavar="KIND", type=click.Choice(list(KINDS)))
@production_options(OUT_FOLDER)
@document_option("The document to send; by default the first one for schools.")
@click.option(
    "--text",
    metavar="NAME",
    default="school",
    show_default=True,
    help="Text of the e-mails; see leaflet list mails.",
    shell_complete=complete_resources("mails"),
)
@click.option(
    "--labels",
    metavar="NAME",
    default="avery-l7163",
    show_default=True,
    help="Sheet of labels; see list stock.",
    shell_complete=complete_resources("stock", fits="address-label"),
)
@click.option("--start", metavar="K", type=click.IntRange(1), default=1, help="First free place of a used sheet.")
@click.option(
    "--copies", type=click.IntRange(0, 9999), default=1, show_default=True, help="Where the list says none."
)
@click.pass_obj
def post_command(
    lang: Lang,
    kind: Kind,
    campaign: Path,
    out: Path,
    document: str | None,
    text: str,
    labels: str,
    start: int,
    copies: int,
    selection: Selection,
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
        result = post(
            kind,
            campaign,
            out,
            **selection,
            document=document,
            text=text,
            labels=labels,
            start=start,
            copies=copies,
            keep_going=keep_going,
            verify=verify,
            replace=replace_others,
            epoch=read_epoch(),
            progress=progress,
            row_progress=progress.show_rows,
            outcome=outcome,
        )
    print_result_faults(result.faults, lang, verbose=verbose, quiet=quiet)
    if not quiet:
        schools = format_count(result.schools, "school", lang)
        click.echo(message("posted", lang, schools=schools, files=", ".join(result.files), out=result.out))
        if (rows := outcome.count_rows()) is not None:
            print_counts(rows, lang)
    return result_exit_code(result.faults)
