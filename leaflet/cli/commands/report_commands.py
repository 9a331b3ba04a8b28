"""Make ``leaflet report``, on what was built, and ``leaflet review``, on a proposed change (docs/ci.md)."""

import os
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import click

from leaflet.cli.commands.check_command import print_verdict
from leaflet.cli.language import message, page_language
from leaflet.cli.options import CAMPAIGN, CAMPAIGN_OR_FOLDER, command, read_epoch
from leaflet.cli.progress import ProgressDisplay
from leaflet.cli.terminal import print_faults
from leaflet.faults import DataError, Lang, Place, fail
from leaflet.preflight.formats import FORMATS, PEOPLE
from leaflet.preflight.report.make import ReportOptions, make_report
from leaflet.preflight.report.review import ReviewOptions, make_review
from leaflet.preflight.verdict import Verdict

_OUT = Path("out")  # as for leaflet build


@command("report", CAMPAIGN_OR_FOLDER, passing=click.pass_context)
def report_command(
    context: click.Context, /, target: Path, out: Path | None, day: datetime | None, quiet: bool, **given: Any
) -> int:
    """Report on what was built of CAMPAIGN, or on any FOLDER of PDF files: faults, pages, changes, hashes."""
    lang: Lang = context.obj
    if target.is_dir() and out is not None:
        raise fail("U073" if any(target.iterdir()) else "U031", Place(field="--out"), value=str(target))
    place, campaign = (target, None) if target.is_dir() else (out or _OUT, target)
    with ProgressDisplay(lang, quiet=quiet) as progress:
        asked = _asked(context, day, progress)
        result = make_report(ReportOptions(out=place, campaign=campaign, **asked, **given))
    print_faults(result.problems, lang)
    if not quiet:
        names = ", ".join(os.fspath(path) for path in result.written)
        click.echo(message("reported", lang, verdict=result.verdict, changes=result.changes, names=names))
    return result.exit_code


def _asked(context: click.Context, day: datetime | None, progress: ProgressDisplay) -> dict[str, Any]:
    """Return what a report and a review are asked for alike."""
    fixed = fixed_day(day)
    said = {"lang": page_language(context), "message_lang": context.obj, "progress": progress}
    return {**said, "day": fixed or date.today(), "is_day_shown": fixed is not None}


def fixed_day(day: datetime | None) -> date | None:
    """Return the day of the command line, else that of SOURCE_DATE_EPOCH, else None: the report omits today's."""
    if day is not None:
        return day.date()
    epoch = read_epoch()
    return datetime.fromtimestamp(epoch, UTC).date() if epoch is not None else None


@command("review", CAMPAIGN, passing=click.pass_context)
def review_command(
    context: click.Context, /, out: Path, fail_on: str, form: str, day: datetime | None, **given: Any
) -> int:
    """Show what a change makes of CAMPAIGN: check it, build it now and as it was, compare; write all into one folder.

    The folder gets the report, a summary, the PDFs and the pages that changed, and what was found in the formats of
    code hosts. Files with names are never among them.
    """
    lang: Lang = context.obj
    with ProgressDisplay(lang, quiet=False) as progress:
        asked = _asked(context, day, progress)
        result = make_review(ReviewOptions(out=out, epoch=read_epoch(), **asked, **given))
    written = None if form == PEOPLE else FORMATS[form]
    print_verdict(result.judged, lang, written, verbose=False)
    print_faults(result.problems, lang)
    text = message("reported", lang, verdict=result.verdict, changes=result.changes, names=f"{out}/")
    click.echo(text, err=written is not None)
    return _exit_code(fail_on, result.exit_code, result.judged)


def _exit_code(fail_on: str, of_errors: int, verdict: Verdict) -> int:
    """Return the exit code of a review that went well: that of its worst fault, as far as it is to matter."""
    if fail_on == "never":
        return 0
    is_warned = any(found.fault.severity == "warning" for found in verdict.located())
    return of_errors or (DataError.exit_code if fail_on == "warning" and is_warned else 0)
