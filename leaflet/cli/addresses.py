"""``leaflet addresses``: a sheet for trying the addresses of mailboxes, and what was confirmed on it."""

from datetime import date, datetime
from pathlib import Path

import click

from leaflet.api.keywords import Inputs, Selection, input_fields
from leaflet.campaign.addresses_file import confirm_address
from leaflet.cli.language import Command
from leaflet.cli.messages import format_count, message
from leaflet.cli.options import CAMPAIGN, PATH, REPLACE, read_epoch, selection_options
from leaflet.cli.outcome import print_result_faults, reporting_outcome
from leaflet.cli.progress import ProgressDisplay
from leaflet.faults import Lang
from leaflet.production.address_sheet import make_address_sheet
from leaflet.production.inputs import check_campaign_file
from leaflet.production.options import InputOptions
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
