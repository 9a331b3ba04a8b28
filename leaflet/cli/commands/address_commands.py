"""Make ``leaflet addresses``, a sheet for trying mailboxes, and ``leaflet post``, what goes out with the files."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from leaflet.api import Inputs, Selection, input_fields, post
from leaflet.campaign.academy_addresses import confirm_address
from leaflet.cli import options, outcome
from leaflet.cli.language import message
from leaflet.cli.progress import ProgressDisplay
from leaflet.faults import Lang
from leaflet.production.address_check import make_address_sheet
from leaflet.production.build_options import InputOptions
from leaflet.production.delivery import KINDS, Kind
from leaflet.production.inputs import check_campaign_file
from leaflet.production.outcome import Outcome


@options.command("addresses", options.CAMPAIGN, options.declared("addresses-tried"), options.selection_options())
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
        check_campaign_file(campaign)
        wanted: list[tuple[str, str | None]] = [(name, None) for name in confirm]
        wanted += [(name, value.strip()) for name, _, value in (text.partition("=") for text in given)]
        for name, address in wanted:
            path = confirm_address(campaign, name, day=day.date() if day else date.today(), by=by, given=address)
            click.echo(message("confirmed", lang, name=name, path=path))
        return
    found = Outcome()
    with outcome.reporting_outcome(found, None, lang), ProgressDisplay(lang, found, quiet=False) as progress:
        inputs: Inputs = {"replace": replace_others, "epoch": options.read_epoch(), "outcome": found}
        inputs = {**inputs, **selection, "row_progress": progress.show_rows}
        made = make_address_sheet(InputOptions(**input_fields(campaign, out or campaign.parent, inputs)))
    outcome.print_result_faults(made.faults, lang, verbose=False, quiet=True)
    candidates, names = sum(len(sheet.candidates) for sheet in made.sheets), ", ".join(map(str, made.files))
    click.echo(message("addresses", lang, academies=len(made.sheets), candidates=candidates, names=names))


_KIND = click.argument("kind", metavar="KIND", type=click.Choice(list(KINDS)))


@options.command("post", _KIND, options.production_options("out"))
def post_command(
    lang: Lang, /, kind: Kind, campaign: Path, out: Path, shared: options.SharedOptions, **given: Any
) -> int:
    """Make what goes out with the documents of CAMPAIGN; nothing is sent.

    KIND is drafts (one e-mail for each school, its PDF attached), table (for the mail merge of another program),
    labels (addresses for parcels) or list (parcels to tick). Drafts and table need what leaflet build made in OUT.
    """
    with outcome.making_documents(shared, lang) as inputs:
        result = post(kind, campaign, out, **inputs, **given)
    outcome.print_result_faults(result.faults, lang, verbose=shared.verbose, quiet=shared.quiet)
    if not shared.quiet:
        click.echo(message("posted", lang, schools=result.schools, files=", ".join(result.files), out=result.out))
        outcome.print_counts(shared.outcome.count_rows(), lang)
    return outcome.result_exit_code(result.faults)
