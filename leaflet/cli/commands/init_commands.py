"""Make the commands that begin a campaign, fill it in, copy what it is made with, describe it and pass it on."""

import sys
from collections.abc import Callable, Collection, Mapping
from datetime import date
from pathlib import Path
from typing import get_args

import click

from leaflet.campaign import write_starter
from leaflet.campaign.answers import read_answers
from leaflet.campaign.pack import MAX_BYTES, SUFFIX, pack_campaign, unpack_campaign
from leaflet.cli.language import message
from leaflet.cli.options import CAMPAIGN, PATH, command
from leaflet.cli.terminal import interrupt_exit_code, print_faults
from leaflet.faults import Lang, LeafletError, UsageError, visible
from leaflet.files.resources import find_resources
from leaflet.files.words import load_words
from leaflet.geometry import to_mm
from leaflet.preflight.formats.json_findings import JsonFindings
from leaflet.production import schemas
from leaflet.production.catalogue import Copyable, Listable, Listed, check_templates, copy_resource, list_resources
from leaflet.production.column_report import ColumnsOptions, ColumnsResult, check_copied, explain_list, field_name
from leaflet.production.filling import Filling, Question
from leaflet.production.inputs import check_campaign_file
from leaflet.production.manifest import ManifestFile

_UNWRITTEN = "C186"  # the file cannot be written: asking again would not help
_YES = frozenset({"o", "oui", "y", "yes"})
_NO = frozenset({"n", "non", "no"})
_LONGEST = 600  # characters of a value that is compared


@command("fill", CAMPAIGN)
def fill_command(lang: Lang, campaign: Path, answers: Path | None) -> int:
    """Ask for every fact that CAMPAIGN lacks or that nobody has compared, and write the answers into it."""
    check_campaign_file(campaign)
    filling = Filling(campaign)
    if answers is not None:
        filling.write(read_answers(answers), answers.name)
    elif is_terminal():
        click.echo(message("fill_how", lang))
        ask_questions(filling, lang)
    else:
        return 0 if print_rest(filling, lang, "fill_terminal") else UsageError.exit_code
    print_rest(filling, lang)
    return 0


def is_terminal() -> bool:
    """Return whether a person can be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def ask_questions(filling: Filling, lang: Lang, fields: Collection[str] | None = None) -> None:
    """Ask until nothing new is missing: an answer may show that something else is.

    If `fields` are given, they alone are asked for, and not compared, the portal apart.
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


def print_rest(filling: Filling, lang: Lang, otherwise: str = "next_fill") -> bool:
    """Print what is still missing, what is to be compared, and the next command; return whether nothing is."""
    try:
        questions = filling.questions()
    except LeafletError as error:  # it is not the list of questions that is asked for
        print_faults(error.faults, lang)
        return False
    for question in questions:
        if question.kind == "confirm":
            click.echo(message("rest_confirm", lang, value=visible(question.value, _LONGEST)))
    for kind in ("missing", "wanted", "verify"):
        if found := [q.row.what[lang] for q in questions if q.kind == kind]:
            click.echo(message(f"rest_{kind}", lang, count=len(found), facts=" · ".join(found)))
    is_filled = all(question.kind == "wanted" for question in questions)
    click.echo(message("next_build" if is_filled else otherwise, lang, campaign=filling.path))
    return is_filled


def _ask(question: Question, filling: Filling, lang: Lang) -> None:
    """Ask one question until the answer is good; an empty one leaves it open, « o » and « y » say it is the same."""
    row, value = question.row, visible(question.value, _LONGEST)
    values = {"value": value, "example": row.example, "where": row.where[lang]}
    is_comparison = question.kind in ("confirm", "verify")
    if question.kind != "confirm":
        click.echo(f"\n{row.question[lang]}")
    print_faults(question.doubts, lang)
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


DOCUMENTS = ("leaflet-a4", "leaflet-a5", "leaflet-trifold", "poster-a3", "memo-card")
_ASKED = (
    *("publisher.name", "publisher.address", "publisher.contact"),
    *("links.portal", "vote.opens_at", "vote.closes_at", "vote.timezone"),
)


@command("init", click.argument("folder", type=PATH))
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
    check_templates(document, folder)
    key = check_copied(schools) if schools is not None else "code"
    is_asking = answers is None and is_terminal()
    documents = document or (_ask_documents(lang) if is_asking else ())
    given, source = (None, None) if answers is None else (read_answers(answers), answers.name)
    paths = write_starter(
        folder, election, like=like, schools=schools, key=key, documents=documents, answers=given, source=source,
        finish=schemas.write_schema_beside,
    )  # fmt: skip
    click.echo(message("started", lang, names=", ".join(map(str, paths))))
    filling = Filling(paths[0])
    if schools is not None:
        _print_columns(explain_list(ColumnsOptions(table=paths[1])), paths[1], lang)
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


def _print_columns(found: ColumnsResult, table: Path, lang: Lang) -> None:
    """Print which columns of the list are known, and what is missing."""
    known = [f"{match.title} = {field_name(match.field, lang)}" for match in found.explanation.matches if match.field]
    click.echo(message("columns_known", lang, name=table.name, columns=" · ".join(known)))
    if not found.explanation.is_usable:
        click.echo(message("columns_unusable", lang, table=table))


@command("list", click.argument("kind", metavar="KIND", type=click.Choice(get_args(Listable))))
def list_command(lang: Lang, kind: Listable, fits: str | None, folder: Path) -> None:
    """List what there is: name, description, where it comes from.

    KIND is templates, themes, formats, stock, elections, icons, scenes, mails or words (the texts of pages by name,
    then the values that they have in braces). Of stock, it says how large the places are, how many a sheet has, and
    how many sides can be printed.
    """
    found = list_resources(find_resources(folder), kind, lang, fits)
    if fits is not None and not found:
        click.echo(message("none_fits", lang, template=fits))
    widest = max((len(one.name) for one in found), default=0)
    for one in found:
        origin = load_words("cli", lang).text(f"origin_{one.origin}", one.origin)
        places = f"{_places(one, lang)}  " if one.stock is not None else ""
        click.echo(f"{one.name:<{widest}}  {places}{one.description} ({origin})")


def _places(listed: Listed, lang: Lang) -> str:
    """Return what the places of a sheet are, in columns: their size to a tenth of a millimetre, as boxes have it."""
    stock = listed.stock
    assert stock is not None, "what is listed is no sheet"
    width, height = (f"{to_mm(length):.1f}".removesuffix(".0") for length in (stock.width, stock.height))
    size = f"{width:>5} × {height:<5} mm"
    size = size.replace(".", ",") if lang == "fr" else size
    one, two = message("sides_one", lang), message("sides_two", lang)
    sides = f"{one if stock.sides == 1 else two:<{max(len(one), len(two))}}"
    return message("places", lang, size=size, count=f"{stock.count:>2}", sides=sides)


@command("new", click.argument("kind", metavar="KIND", type=click.Choice(get_args(Copyable))), click.argument("name"))
def new_command(lang: Lang, kind: Copyable, name: str, source: str, folder: Path) -> None:
    """Copy something beside a campaign as NAME, to start from.

    KIND is template, theme, election, icon, scene or mail.
    """
    paths = copy_resource(find_resources(folder), kind, source, name, folder)
    click.echo(message("copied", lang, name=name, files="\n".join(f"  {path}" for path in paths)))


@command("pack", CAMPAIGN)
def pack_command(lang: Lang, campaign: Path, out: Path | None, replace_others: bool) -> None:
    """Put CAMPAIGN into one file (.leaflet), to pass it on.

    Its logo, confirmed addresses, templates and themes go with it; lists never do.
    """
    out = out or Path(f"{campaign.resolve().parent.name or 'campagne'}{SUFFIX}")
    names = pack_campaign(campaign, out, replace_others=replace_others)
    click.echo(message("packed", lang, out=out, files=len(names)))


@command(
    "unpack", click.argument("file", metavar="FILE", type=click.Path(path_type=Path, exists=True, dir_okay=False))
)
def unpack_command(lang: Lang, file: Path, out: Path | None) -> None:
    """Take a campaign out of FILE (.leaflet) into a folder.

    What is there is not overwritten. The lists are your own.
    """
    folder = out or Path(file.stem)
    with file.open("rb") as stream:
        dossier = unpack_campaign(stream.read(MAX_BYTES + 1), file.name, folder)
    if schemas.names_schema(dossier.files):
        schemas.write_schema_beside(folder)
    title, publisher, portal = map(visible, (dossier.title, dossier.publisher, dossier.portal))
    click.echo(message("unpacked", lang, folder=folder, title=title, publisher=publisher))
    if portal:
        click.echo(message("compare_portal", lang, portal=portal))


KINDS: Mapping[str, Callable[[Lang], schemas.Schema]] = {
    "campaign": schemas.campaign_schema,
    "manifest": lambda _: schemas.struct_schema(ManifestFile, "manifest"),
    "findings": lambda _: schemas.struct_schema(JsonFindings, "findings"),
}


@command("schema", click.argument("kind", metavar="KIND", type=click.Choice([*KINDS])))
def schema_command(lang: Lang, kind: str, out: Path | None, replace_others: bool) -> None:
    """Print what a file may hold, as JSON Schema, draft 2020-12.

    KIND is campaign, which editors complete with it, described in the language of messages; or manifest or
    findings (check --format json), which programs read.
    """
    text = schemas.schema_text(KINDS[kind](lang))
    if out is None:
        click.echo(text, nl=False)
    else:
        schemas.write_schema(out, text.encode(), replace_others=replace_others)
