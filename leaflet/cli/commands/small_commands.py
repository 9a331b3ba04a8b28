"""Make ``leaflet purge``, which removes files that hold names, and ``leaflet schema``."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from leaflet.cli.events import Event
from leaflet.cli.language import Command, format_count, message
from leaflet.cli.options import PATH, REPLACE
from leaflet.faults import Lang
from leaflet.preflight.formats.json_findings import JsonFindings
from leaflet.production.manifest import ManifestFile
from leaflet.production.purge import purge
from leaflet.production.schemas import Schema, campaign_schema, schema_text, struct_schema, write_schema


@click.command("purge", cls=Command)
@click.argument("out", type=PATH)
@click.pass_obj
def purge_command(lang: Lang, out: Path) -> None:
    """Remove the files of OUT that hold names, made per person, and say which they were.

    OUT is the folder of a build, or its ZIP archive, which is written anew without them.
    """
    result = purge(out)
    for name in result.files:
        click.echo(message("removed", lang, name=name))
    removed = format_count(len(result.files), "removed", lang)
    kept = format_count(result.kept, "kept", lang)
    click.echo(message("purged", lang, removed=removed, kept=kept, out=out))
    if result.is_gone:
        click.echo(message("emptied", lang, out=out))
    left = {"folder": result.partial, "file": result.archives}
    if counts := [format_count(count, thing, lang) for thing, count in left.items() if count]:
        click.echo(message("partial", lang, partial=", ".join(counts)))


KINDS: Mapping[str, Callable[[Lang], Schema]] = {
    "campaign": campaign_schema,
    "manifest": lambda _: struct_schema(ManifestFile, "manifest"),
    "events": lambda _: struct_schema(Event, "events"),
    "findings": lambda _: struct_schema(JsonFindings, "findings"),
}


@click.command("schema", cls=Command)
@click.argument("kind", metavar="KIND", type=click.Choice([*KINDS]))
@click.option("-o", "--out", metavar="FILE", type=PATH, help="File to write; standard output by default.")
@REPLACE
@click.pass_obj
def schema_command(lang: Lang, kind: str, out: Path | None, replace_others: bool) -> None:
    """Print what a file may hold, as JSON Schema, draft 2020-12.

    KIND is campaign, which editors complete with it, described in the language of messages; or manifest, events
    (build --json) or findings (check --format json), which programs read.
    """
    text = schema_text(KINDS[kind](lang))
    if out is None:
        click.echo(text, nl=False)
    else:
        write_schema(out, text.encode(), replace_others=replace_others)
