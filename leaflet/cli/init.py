"""``leaflet init``: write a campaign to start from."""

from pathlib import Path

import click

from leaflet.api.columns import columns
from leaflet.campaign import write_starter
from leaflet.campaign.answers import read_answers
from leaflet.cli.completion import complete_resources
from leaflet.cli.fill import ask_questions, is_terminal, print_rest
from leaflet.cli.language import Command
from leaflet.cli.messages import message
from leaflet.cli.options import ANSWERS, PATH
from leaflet.faults import Lang
from leaflet.production.columns import field_name
from leaflet.production.filling import Filling
from leaflet.schema import write_schema_beside

DOCUMENTS = ("leaflet-a4", "leaflet-a5", "leaflet-trifold", "poster-a3", "memo-card")
_ASKED = (
    *("publisher.name", "publisher.address", "publisher.contact"),
    *("links.portal", "vote.opens_at", "vote.closes_at"),
)


@click.command("init", cls=Command)
@click.argument("folder", type=PATH)
@click.option(
    "--election",
    default="2026",
    show_default=True,
    help="Profile to start from: 2014, 2018, 2022, 2026.",
    shell_complete=complete_resources("elections"),
)
@click.option(
    "--like",
    metavar="YEAR",
    help="Take the procedure of this election over, to be verified.",
    shell_complete=complete_resources("elections"),
)
@click.option("--schools", metavar="LIST", type=PATH, help="Copy this list of schools into FOLDER.")
@click.option(
    "--document",
    metavar="NAME",
    multiple=True,
    help="Template to make; may be given several times.",
    shell_complete=complete_resources("templates"),
)
@ANSWERS
@click.pass_obj
def init_command(
    lang: Lang,
    folder: Path,
    election: str,
    like: str | None,
    schools: Path | None,
    document: tuple[str, ...],
    answers: Path | None,
) -> None:
    """Write a commented campaign.toml and a list of schools into FOLDER, to start from."""
    is_asking = answers is None and is_terminal()
    documents = document or (_ask_documents(lang) if is_asking else ())
    given = read_answers(answers) if answers is not None else None
    paths = write_starter(folder, election, like=like, schools=schools, documents=documents, answers=given)
    write_schema_beside(folder)
    click.echo(message("started", lang, names=", ".join(map(str, paths))))
    filling = Filling(paths[0])
    if schools is not None:
        _print_columns(paths[1], paths[0], lang)
    if is_asking:
        ask_questions(filling, lang, _ASKED)
    print_rest(filling, lang)


def _ask_documents(lang: Lang) -> tuple[str, ...]:
    """Ask which documents are to be made, by their numbers; the first one by default."""
    click.echo(message("ask_documents", lang))
    for number, name in enumerate(DOCUMENTS, 1):
        click.echo(f"  {number}  {name:<16} {message(f'document_{name}', lang)}")
    text = click.prompt("", default="1", show_default=False, prompt_suffix="> ")
    numbers = [int(word) for word in text.replace(",", " ").split() if word.isdecimal()]
    return tuple(name for number, name in enumerate(DOCUMENTS, 1) if number in numbers)


def _print_columns(table: Path, campaign: Path, lang: Lang) -> None:
    """Print which columns of the list are known, and what is missing."""
    found = columns(table, campaign=campaign).explanation
    known = [f"{match.title} = {field_name(match.field, lang)}" for match in found.matches if match.field]
    click.echo(message("columns_known", lang, name=table.name, columns=" · ".join(known)))
    if not found.is_usable:
        click.echo(message("columns_unusable", lang, table=table))
