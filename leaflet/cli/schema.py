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
from leaflet.schema import (
    campaign_schema,
    election_schema,
    format_schema,
    markup_schema,
    schema_text,
    struct_schema,
    theme_schema,
    write_schema,
)

KINDS: Mapping[str, Callable[[Lang], str]] = {
    "campaign": lambda lang: schema_text(campaign_schema(lang)),
    "theme": lambda lang: schema_text(theme_schema(lang)),
    "format": lambda lang: schema_text(format_schema(lang)),
    "election": lambda lang: schema_text(election_schema(lang)),
    "template": markup_schema,
    "manifest": lambda lang: schema_text(struct_schema(ManifestFile, "manifest", lang)),
    "events": lambda lang: schema_text(struct_schema(Event, "events", lang)),
    "findings": lambda lang: schema_text(struct_schema(JsonFindings, "findings", lang)),
}


@click.command("schema", cls=Command)
@click.argument("kind", metavar="KIND", type=click.Choice([*KINDS]))
@click.option("-o", "--out", metavar="FILE", type=PATH, help="File to write; standard output by default.")
@REPLACE
@click.pass_obj
def schema_command(lang: Lang, kind: str, out: Path | None, replace_others: bool) -> None:
    """Print what a file may hold, with descriptions in the language of messages.

    KIND is campaign, theme, format or election, whose files editors complete with it; manifest, events
    (build --json) or findings (check --format json), which programs read: all as JSON Schema, draft 2020-12. Or it is
    template, the markup of a leaflet.xml, as XML Schema 1.0.
    """
    text = KINDS[kind](lang)
    if out is None:
        click.echo(text, nl=False)
    else:
        write_schema(out, text.encode(), replace_others=replace_others)
