"""Report the outcome of a command when it ends or stops: on the terminal and in a file (``--faults``)."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from leaflet.api import Inputs
from leaflet.cli.language import format_count, message
from leaflet.cli.options import SharedOptions, read_epoch
from leaflet.cli.progress import ProgressDisplay
from leaflet.cli.terminal import MAX_SHOWN, interrupt_exit_code, print_faults
from leaflet.faults import DataError, Fault, Lang, LeafletError, UsageError
from leaflet.production.build import Interrupted
from leaflet.production.fault_lists import check_name, check_place, write_faults
from leaflet.production.outcome import Outcome, RowCounts
from leaflet.production.printed_facts import MADE_AS_DRAFTS


@contextmanager
def reporting_outcome(
    outcome: Outcome, file: Path | None, lang: Lang, *, replace_others: bool = False, leaves_out: bool = False
) -> Iterator[None]:
    """Run a command's work, then write the file of faults; if the work stops, print why and end the program.

    The work fills the outcome. A file of faults that cannot be written, for its extension or for what has its name,
    stops the command before the work begins. `leaves_out` says that faulty rows were left out already.
    """
    if file is not None:
        check_name(file)
        check_place(file, replace_others=replace_others)
    try:
        yield
    except LeafletError as error:
        outcome.add_faults(error.faults)
        places = {fault.place for fault in error.faults}  # where a doubt may say what is wrong
        print_faults([one for one in outcome.report if one.severity == "warning" and one.place in places], lang)
        print_failure(error, lang, outcome.count_rows(), leaves_out=leaves_out)
        _write_faults(outcome, file, lang, replace_others=replace_others)
        raise click.exceptions.Exit(error.exit_code) from None
    except Interrupted as stop:
        key = "interrupted_done" if stop.done else "interrupted"
        click.echo(message(key, lang, n=stop.done, total=stop.total), err=True)
        raise click.exceptions.Exit(interrupt_exit_code(stop)) from None
    if (failed := _write_faults(outcome, file, lang, replace_others=replace_others)) is not None:
        raise click.exceptions.Exit(failed.exit_code)


@contextmanager
def making_documents(shared: SharedOptions, lang: Lang, *, counting_warnings: bool = True) -> Iterator[Inputs]:
    """Run the work of a command that makes documents, and report its outcome; the work gets the shared options."""
    outcome = shared.outcome
    others, leaves_out = shared.replace_others, shared.keep_going or bool(shared.selection["only"])
    reporting = reporting_outcome(outcome, shared.faults, lang, replace_others=others, leaves_out=leaves_out)
    with reporting, ProgressDisplay(lang, outcome if counting_warnings else None, quiet=shared.quiet) as display:
        own: Inputs = {
            "keep_going": shared.keep_going,
            "verify": shared.verify,
            "replace": shared.replace_others,
            "epoch": read_epoch(),
            "progress": display,
            "row_progress": display.show_rows,
            "outcome": outcome,
        }
        yield {**own, **shared.selection}


def print_failure(
    error: LeafletError, lang: Lang, counts: RowCounts | None = None, *, leaves_out: bool = False
) -> None:
    """Print why a command stopped, how to go on without faulty rows if they alone are wrong, and what was written."""
    print_faults(error.faults, lang)
    if counts is None or isinstance(error, UsageError):  # the command line is wrong, not the list
        errors = sum(fault.severity == "error" for fault in error.faults)
        click.echo(message("counts", lang, errors=errors), err=True)
    else:
        print_counts(counts, lang, err=True, ready="read")  # nobody has tried to make their documents
        if counts.ready and counts.refused and not counts.elsewhere + counts.staff_errors + leaves_out:
            click.echo(message("without", lang), err=True)
    if all(fault.code != "W108" for fault in error.faults):  # W108 says that some files are kept
        click.echo(message("nothing", lang), err=True)


def print_result_faults(faults: Sequence[Fault], lang: Lang, *, verbose: bool, quiet: bool) -> None:
    """Print the faults of a command that ended well, save `print_drafts`; count notes unless `verbose`."""
    shown = [fault for fault in faults if (verbose or fault.severity != "note") and fault.code != MADE_AS_DRAFTS]
    print_faults(shown, lang, most=None if verbose else MAX_SHOWN, is_check=False)
    if not quiet and not verbose and (tight := sum(fault.code == "F201" for fault in faults)):
        click.echo(message("notes", lang, files=tight), err=True)


def print_drafts(faults: Iterable[Fault], lang: Lang) -> None:
    """Print, as the last line of a command, that it made drafts, and what is to be compared."""
    for fault in faults:
        if fault.code == MADE_AS_DRAFTS:
            click.echo(f"{fault.reason(lang)} {fault.way_out(lang)}", err=True)


def result_exit_code(faults: Sequence[Fault]) -> int:
    """Return the exit code of a command that ended well: not 0 if rows were left out for their errors."""
    return DataError.exit_code if any(fault.severity == "error" for fault in faults) else 0


def print_counts(counts: RowCounts | None, lang: Lang, *, err: bool = False, ready: str = "ready") -> None:
    """Print « 310 prêtes, 2 en erreur, 5 avec un avertissement sur 314 lignes. », then where the others went.

    After that comes what does not belong to single rows of the list: errors and warnings of the staff list and of
    other files, and schools without a code that opens their mailbox. Without a list, nothing is printed.
    """
    if counts is None:
        return
    said = {"ready": format_count(counts.ready, ready, lang), "refused": counts.refused, "doubtful": counts.warned}
    key = "rows" if counts.is_gapless else "rows_apart"
    click.echo(message(key, lang, **said, rows=counts.rows, last=counts.last), err=err)
    left = {"closed": counts.closed, "twice": counts.twice, "filtered": counts.filtered}
    staff = {"error": counts.staff_errors, "warning": counts.staff_warnings}
    others = {"error": counts.elsewhere, "warning": counts.warned_elsewhere}
    for key, numbers in {"not_made": left, "staff_rows": staff, "elsewhere": others}.items():
        if named := ", ".join(format_count(number, thing, lang) for thing, number in numbers.items() if number):
            click.echo(message(key, lang, **{"things" if numbers is left else "faults": named}), err=err)
    if counts.without_mailbox:
        click.echo(message("without_mailbox", lang, schools=counts.without_mailbox), err=err)


def _write_faults(outcome: Outcome, file: Path | None, lang: Lang, *, replace_others: bool) -> LeafletError | None:
    """Write the file of faults and print its name; print and return the error if it cannot be written."""
    if file is None:
        return None
    try:
        write_faults(file, outcome, lang, replace_others=replace_others)
    except LeafletError as error:
        print_faults(error.faults, lang)
        return error
    click.echo(message("faults_written", lang, names=file), err=True)
    return None
