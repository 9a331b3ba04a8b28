"""``leaflet report``: report on what was built, in one file to read and one for the page of a CI job."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

import click

from leaflet.cli.language import Command, page_language
from leaflet.cli.messages import message
from leaflet.cli.options import CAMPAIGN_OR_FOLDER, PATH, REPLACE, read_epoch
from leaflet.cli.progress import ProgressDisplay
from leaflet.cli.terminal import print_faults
from leaflet.faults import Lang, Place, fail
from leaflet.report import ReportOptions, make_report

_OUT = Path("out")  # as for leaflet build


@click.command("report", cls=Command)
@CAMPAIGN_OR_FOLDER
@click.option("-o", "--out", type=PATH, help="Folder that the campaign was built into; out by default.")
@click.option("--baseline", metavar="FOLDER", type=PATH, help="An earlier build, to say what changed since.")
@click.option("--html", metavar="FILE", type=PATH, default=Path("report.html"), show_default=True, help="The report.")
@click.option("--summary", metavar="FILE", type=PATH, help="Write a summary in Markdown too, for a CI job.")
@click.option(
    "--day", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]), help="Day to judge on; today by default."
)
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that check files.")
@REPLACE
@click.option("-q", "--quiet", is_flag=True, help="Print faults only.")
@click.pass_context
def report_command(
    context: click.Context,
    target: Path,
    out: Path | None,
    baseline: Path | None,
    html: Path,
    summary: Path | None,
    day: datetime | None,
    jobs: int,
    replace_others: bool,
    quiet: bool,
) -> int:
    """Report on what was built of CAMPAIGN, or on any FOLDER of PDF files: faults, pages, changes, hashes."""
    lang: Lang = context.obj
    if target.is_dir() and out is not None:
        raise fail("U073", Place(field="--out"), value=str(target))
    fixed = fixed_day(day)
    with ProgressDisplay(lang, quiet=quiet) as progress:
        result = make_report(
            ReportOptions(
                out=target if target.is_dir() else out or _OUT,
                campaign=None if target.is_dir() else target,
                baseline=baseline,
                html=html,
                summary=summary,
                lang=page_language(context),
                message_lang=lang,
                day=fixed or date.today(),
                is_day_shown=fixed is not None,
                jobs=jobs,
                replace_others=replace_others,
                progress=progress,
            )
        )
    print_faults(result.problems, lang)
    if not quiet:
        names = ", ".join(os.fspath(path) for path in result.written)
        click.echo(message("reported", lang, verdict=result.verdict, changes=result.changes, names=names))
    return result.exit_code


def fixed_day(day: datetime | None) -> date | None:
    """Return the day of the command line, else that of SOURCE_DATE_EPOCH, else None: the report omits today's."""
    if day is not None:
        return day.date()
    epoch = read_epoch()
    return datetime.fromtimestamp(epoch, UTC).date() if epoch is not None else None
