"""``leaflet fill``: ask for what a campaign lacks, and write the answers into its file."""

import sys
from collections.abc import Collection
from datetime import date
from pathlib import Path

import click

from leaflet.campaign.answers import read_answers
from leaflet.cli.language import Command
from leaflet.cli.messages import format_count, message
from leaflet.cli.options import ANSWERS, CAMPAIGN
from leaflet.cli.signals import interrupt_exit_code
from leaflet.cli.terminal import print_faults
from leaflet.faults import Lang, LeafletError, visible
from leaflet.production.filling import Filling, Question
from leaflet.production.inputs import check_campaign_file

_UNWRITTEN = "C186"  # the file cannot be written: asking again would not help
_YES = frozenset({"o", "oui", "y", "yes"})
_NO = frozenset({"n", "non", "no"})


@click.command("fill", cls=Command)
@CAMPAIGN
@ANSWERS
@click.pass_obj
def fill_command(lang: Lang, campaign: Path, answers: Path | None) -> None:
    """Ask for every fact that CAMPAIGN lacks or that nobody has compared, and write the answers into it."""
    check_campaign_file(campaign)
    filling = Filling(campaign)
    if answers is not None:
        filling.write(read_answers(answers))
    elif is_terminal():
        click.echo(message("fill_how", lang))
        ask_questions(filling, lang)
    print_rest(filling, lang)


def is_terminal() -> bool:
    """Return whether a person can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_questions(filling: Filling, lang: Lang, fields: Collection[str] | None = None) -> None:
    """Ask until nothing new is missing: an answer may show that something else is.

    Args:
        filling: the campaign.
        lang: the language of questions.
        fields: the only fields that are asked for, and not compared, the portal apart; None asks for all.
    """
    asked: set[tuple[str, str]] = set()
    while todo := [q for q in filling.questions() if fields is None or (q.field in fields and q.kind != "verify")]:
        left = [question for question in todo if (question.kind, question.field) not in asked]
        if not left:
            return
        asked.update((question.kind, question.field) for question in left)
        try:
            for question in left:
                _ask(question, filling, lang)
        except (KeyboardInterrupt, click.Abort) as stop:
            click.echo(message("fill_stopped", lang, campaign=filling.path), err=True)
            raise click.exceptions.Exit(interrupt_exit_code(stop)) from None


def print_rest(filling: Filling, lang: Lang) -> None:
    """Print what is still missing, what is to be compared, and the next command."""
    try:
        questions = filling.questions()
    except LeafletError as error:  # it is not the list of questions that is asked for
        print_faults(error.faults, lang)
        return
    for question in questions:
        if question.kind == "confirm":
            click.echo(message("rest_confirm", lang, value=visible(question.value)))
    for kind in ("missing", "wanted", "verify"):
        if found := [q.row.what[lang] for q in questions if q.kind == kind]:
            count = format_count(len(found), "fact", lang)
            click.echo(message(f"rest_{kind}", lang, count=count, facts=" · ".join(found)))
    is_filled = all(question.kind == "wanted" for question in questions)
    click.echo(message("next_build" if is_filled else "next_fill", lang, campaign=filling.path))


def _ask(question: Question, filling: Filling, lang: Lang) -> None:
    """Ask one question until the answer is good; an empty one leaves it open, « o » and « y » say it is the same."""
    values = {"value": visible(question.value), "example": question.row.example, "where": question.row.where[lang]}
    is_comparison = question.kind in ("confirm", "verify")
    if question.kind != "confirm":
        click.echo(f"\n{question.row.question[lang]}")
    click.echo(message(f"ask_{question.kind if is_comparison else 'missing'}", lang, **values))
    while True:
        text = click.prompt("", default="", show_default=False, prompt_suffix="> ").strip()
        try:
            if is_comparison and text.lower() in _YES:
                filling.confirm(question, date.today())
            elif text and not (is_comparison and text.lower() in _NO):
                filling.answer(question.field, text)
        except LeafletError as error:
            if error.faults[0].code == _UNWRITTEN:
                raise
            print_faults(error.faults, lang)
        else:
            return
