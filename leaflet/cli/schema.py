"""``leaflet schema``: what a file may hold, as editors and programs read it."""

from collections.abc import Callable, Mapping
from pathlib import Path

import click

from leaflet.cli.events import Event
from leaflet.cli.language import Command
from leaflet.cli.options import PATH, REPLACE
from leaflet.faults import Lang
from leaflet.preflight.formats.json_text import JsonFindings
from leaflet.production.manifest import ManifestFile
from leaflet.schema import Schema, campaign_schema, schema_text, struct_schema, write_schema

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
