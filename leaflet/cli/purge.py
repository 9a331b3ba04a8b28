"""``leaflet purge``: remove the files that hold names."""

from pathlib import Path

import click

from leaflet.cli.language import Command
from leaflet.cli.messages import format_count, message
from leaflet.cli.options import PATH
from leaflet.faults import Lang
from leaflet.production.purge import purge


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
