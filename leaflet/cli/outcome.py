"""What was noticed on the way, told when a command ends or stops: on the terminal and in a file (``--faults``)."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import click

from leaflet.cli.messages import counted, say
from leaflet.cli.stopping import exit_code
from leaflet.faults import Fault, Lang, LeafletError, UsageError
from leaflet.production.build import Interrupted
from leaflet.production.fault_files import check_name, write_faults
from leaflet.production.outcome import Outcome, RowCounts

MOST = 20  # faults of one code, or names, that a terminal shows


class Listener(Protocol):
    """Somebody else who is told that a run stopped."""

    def stopped(self, faults: Iterable[Fault], exit_code: int) -> None:
        """With these faults, and this exit code of the program."""


@contextmanager
def telling(outcome: Outcome, file: Path | None, lang: Lang, listener: Listener | None = None) -> Iterator[None]:
    """Run what makes something, then write the faults; if it stops, say why, with the rows counted, and end.

    Raises:
        UsageError: the name of the file of faults is of no known kind; before anything is done.
    """
    if file is not None:
        check_name(file)
    try:
        yield
    except LeafletError as error:
        outcome.add_faults(error.faults)
        print_failure(error, lang, outcome.count_rows())
        if listener is not None:
            listener.stopped(outcome.report, error.exit_code)
        _write(outcome, file, lang)
        raise click.exceptions.Exit(error.exit_code) from None
    except Interrupted as stop:
        message = "interrupted_done" if stop.done else "interrupted"
        click.echo(say(message, lang, done=stop.done, total=stop.total), err=True)
        code = exit_code(stop)
        if listener is not None:
            listener.stopped((), code)
        raise click.exceptions.Exit(code) from None
    if (failed := _write(outcome, file, lang)) is not None:
        raise click.exceptions.Exit(failed.exit_code)


def print_failure(error: LeafletError, lang: Lang, counts: RowCounts | None = None) -> None:
    """Why a run stopped; how to go on without the faulty rows, if that is all; that nothing was written."""
    _print_faults(error.faults, lang)
    if counts is None or isinstance(error, UsageError):  # what was typed is wrong, not the list
        errors = sum(fault.severity == "error" for fault in error.faults)
        click.echo(say("counts", lang, errors=counted(errors, "error", lang)), err=True)
    else:
        print_counts(counts, lang, err=True)
        if counts.ready and counts.refused and not counts.elsewhere:
            click.echo(say("without", lang), err=True)
    if all(fault.code != "W108" for fault in error.faults):  # which says that something is kept
        click.echo(say("nothing", lang), err=True)


def print_outcome(faults: Sequence[Fault], lang: Lang, *, verbose: bool, quiet: bool) -> None:
    """Everything noticed on the way; of notes a count, unless they are asked for."""
    shown = [fault for fault in faults if verbose or fault.severity != "note"]
    _print_faults(shown, lang, most=None if verbose else MOST)
    if quiet:
        return
    tight = sum(fault.code == "F201" for fault in faults)
    if tight and not verbose:
        click.echo(say("notes", lang, files=counted(tight, "file", lang)), err=True)
    if errors := sum(fault.severity == "error" for fault in faults):
        click.echo(say("left_out", lang, errors=counted(errors, "fault", lang)), err=True)


def print_counts(counts: RowCounts, lang: Lang, *, err: bool = False) -> None:
    """« 310 prêtes, 2 erreurs, 5 avertissements sur 312 lignes. », and the errors that are not of rows."""
    things = {"ready": counts.ready, "error": counts.refused, "warning": counts.warned}
    said = {thing: counted(number, thing, lang) for thing, number in things.items()}
    if counts.is_gapless:
        click.echo(say("rows", lang, **said, rows=counted(counts.rows, "row", lang)), err=err)
    else:
        rows = counted(counts.rows, "data_row", lang)
        click.echo(say("rows_apart", lang, **said, rows=rows, last=counts.last), err=err)
    if counts.elsewhere:
        click.echo(say("elsewhere", lang, errors=counted(counts.elsewhere, "error", lang)), err=err)


def _write(outcome: Outcome, file: Path | None, lang: Lang) -> LeafletError | None:
    """Write the file of faults and say so; that it could not be written is told, and returned."""
    if file is None:
        return None
    try:
        written = write_faults(file, outcome, lang)
    except LeafletError as error:
        _print_faults(error.faults, lang)
        return error
    _print_faults(written.faults, lang)
    click.echo(say("faults_written", lang, names=", ".join(map(str, written.files))), err=True)
    for copy in written.copies:
        click.echo(say("faults_copy", lang, name=copy), err=True)
    return None


def _print_faults(faults: Sequence[Fault], lang: Lang, *, most: int | None = MOST) -> None:
    if faults:
        from leaflet.cli.terminal import print_faults  # a run that goes well needs no library for colours

        print_faults(faults, lang, most=most)
