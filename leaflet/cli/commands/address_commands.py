"""Make ``leaflet addresses``, a sheet for trying mailboxes, and ``leaflet post``, what goes out with the files."""

from datetime import date, datetime
from pathlib import Path

import click

from leaflet.api import Inputs, Selection, input_fields, post
from leaflet.campaign.academy_addresses import confirm_address
from leaflet.cli.completion import complete_resources
from leaflet.cli.language import Command, format_count, message
from leaflet.cli.options import (
    CAMPAIGN,
    OUT_FOLDER,
    PATH,
    REPLACE,
    document_option,
    production_options,
    read_epoch,
    selection_options,
)
from leaflet.cli.outcome import print_counts, print_result_faults, reporting_outcome, result_exit_code
from leaflet.cli.progress import ProgressDisplay
from leaflet.faults import Lang
from leaflet.production.address_check import make_address_sheet
from leaflet.production.build_options import InputOptions
from leaflet.production.delivery.post import KINDS, Kind
from leaflet.production.inputs import check_campaign_file
from leaflet.production.outcome import Outcome


@click.command("addresses", cls=Command)
@CAMPAIGN
@click.option("-o", "--out", type=PATH, help="Folder to write into; that of the campaign by default.")
@click.option(
    "--confirm", metavar="NAME", multiple=True, help="This address was tried: lyon.webmail; may be repeated."
)
@click.option("--set", "given", metavar="NAME=ADDRESS", multiple=True, help="This address was found and tried.")
@click.option("--by", metavar="ROLE", help="Role of who tried it, such as « secrétariat de section »; never a name.")
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Day on which it was tried; today.")
@REPLACE
@selection_options
@click.pass_obj
def addresses_command(
    lang: Lang,
    campaign: Path,
    out: Path | None,
    confirm: tuple[str, ...],
    given: tuple[str, ...],
    by: str | None,
    day: datetime | None,
    replace_others: bool,
    selection: Selection,
) -> None:
    """Make a sheet of the mailbox addresses of CAMPAIGN's académies, to try them on a telephone.

    With --confirm or --set, write what was tried into addresses.toml beside the campaign instead.
    """
    if confirm or given:
        _confirm(campaign, confirm, given, by, day.date() if day else date.today(), lang)
        return
    outcome = Outcome()
    with reporting_outcome(outcome, None, lang), ProgressDisplay(lang, outcome, quiet=False) as progress:
        others: Inputs = {
            "replace": replace_others,
            "epoch": read_epoch(),
            "row_progress": progress.show_rows,
            "outcome": outcome,
        }
        inputs: Inputs = {**others, **selection}
        made = make_address_sheet(InputOptions(**input_fields(campaign, out or campaign.parent, inputs)))
    print_result_faults(made.faults, lang, verbose=False, quiet=True)
    academies = format_count(len(made.sheets), "academie", lang)
    candidates = format_count(sum(len(sheet.candidates) for sheet in made.sheets), "address", lang)
    names = ", ".join(map(str, made.files))
    click.echo(message("addresses", lang, academies=academies, candidates=candidates, names=names))


def _confirm(
    campaign: Path, confirm: tuple[str, ...], given: tuple[str, ...], by: str | None, day: date, lang: Lang
) -> None:
    check_campaign_file(campaign)
    wanted: list[tuple[str, str | None]] = [(name, None) for name in confirm]
    for text in given:
        name, _, value = text.partition("=")
        wanted.append((name, value.strip()))
    for name, address in wanted:
        path = confirm_address(campaign, name, day=day, by=by, given=address)
        click.echo(message("confirmed", lang, name=name, path=path))


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
