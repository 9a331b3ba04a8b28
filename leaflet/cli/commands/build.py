"""Make ``leaflet build``; ``merge``, which puts its parts together; ``purge``, which removes its files with names."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from leaflet.api import build
from leaflet.cli import options, outcome
from leaflet.cli.language import format_count, message
from leaflet.cli.terminal import MAX_SHOWN
from leaflet.faults import Lang, Place, fail, visible
from leaflet.files.words import in_both
from leaflet.production.build_options import BuildResult
from leaflet.production.purge import purge
from leaflet.production.shards import merge_shards

_SHARD = re.compile(r"([1-9][0-9]{0,3})/([1-9][0-9]{0,3})")


@options.command("build", options.production_options("out-anywhere"))
def build_command(
    lang: Lang, /, campaign: Path, out: Path, shared: options.SharedOptions, shard: str | None, **given: Any
) -> int:
    """Make the documents of CAMPAIGN (a campaign.toml): OUT/<document>/<uai>-<name>.pdf and OUT/manifest.json.

    What is there and would come out the same is not made again. OUT is a folder or a ZIP archive (out.zip).
    """
    with outcome.making_documents(shared, lang) as inputs:
        part = parse_shard(shard)
        result = build(campaign, out, **inputs, shard=part, **given)
    _print_result(result, part, shared, lang)
    outcome.print_drafts(result.faults, lang)
    return outcome.result_exit_code(result.faults)


@options.command("merge", click.argument("folders", nargs=-1, required=True, type=options.PATH))
def merge_command(lang: Lang, folders: tuple[Path, ...], out: Path, replace_others: bool) -> None:
    """Put together what leaflet build --shard made in FOLDERS, as if one build had made it in OUT."""
    merged = merge_shards(folders, out, replace_others=replace_others)
    pages = sum(entry.pages for entry in merged.entries)
    click.echo(message("done", lang, files=len(merged.entries), pages=pages, out=out))


def parse_shard(text: str | None) -> tuple[int, int] | None:
    """Parse the value of ``--shard``, such as « 2/3 », one part of a whole (U025); None stays None."""
    if text is None:
        return None
    match = _SHARD.fullmatch(text.strip())
    place = Place(field="--shard")
    if match is None:
        raise fail("U025", place, value=text, example="1/3", **in_both("why", "no_shard"))
    part, parts = match.groups()
    if int(part) > int(parts):
        why = in_both("why", "shard_past_the_last", part=part, last=parts)
        raise fail("U025", place, value=text, example=f"1/{parts}", **why)
    return int(part), int(parts)


def _print_result(
    result: BuildResult, part: tuple[int, int] | None, shared: options.SharedOptions, lang: Lang
) -> None:
    outcome.print_result_faults(result.faults, lang, verbose=shared.verbose, quiet=shared.quiet)
    if shared.quiet:
        return
    click.echo(message("done", lang, files=result.files, pages=result.pages, out=result.out))
    if part is not None:
        click.echo(message("part", lang, part=part[0], parts=part[1]))
    for name, number in sorted(result.people.items()):
        sheets = result.sheets.get(name, 0)
        click.echo(message("people_on" if sheets else "people_of", lang, document=name, people=number, sheets=sheets))
    is_all_new = result.made == result.files and {*result.reasons} <= {"new"}
    if not is_all_new:
        click.echo(message("as_it_was", lang, made=result.made, kept=result.files - result.made))
        for reason, number in result.reasons.items():
            click.echo(f"  {number} × {message(f'reason_{reason}', lang)}")
    for name in _shorten(result.removed, lang):
        click.echo(message("removed", lang, name=name))
    if left := [name for name in result.stale if name not in result.removed]:
        is_whole = outcome.result_exit_code(result.faults) == 0  # a build with errors removes nothing
        key = ("stale_other" if is_all_new else "stale") if is_whole else "stale_kept"
        click.echo(message(key, lang, files=len(left)))
        for name in _shorten(left, lang):
            click.echo(f"  {name}")
    outcome.print_counts(shared.outcome.count_rows(), lang)
    if result.out.is_dir():
        click.echo(message("then_report", lang, out=result.out))


def _shorten(names: Sequence[str], lang: Lang) -> list[str]:
    """Return the names that a terminal shows, then how many more there are."""
    shown = [visible(name, clip=200) for name in names[:MAX_SHOWN]]
    return [*shown, message("names_more", lang, more=len(names) - MAX_SHOWN)] if len(names) > MAX_SHOWN else shown


@options.command("purge", click.argument("out", type=options.PATH))
def purge_command(lang: Lang, out: Path) -> None:
    """Remove the files of OUT that hold names, made per person, and say which they were.

    OUT is the folder of a build, or its ZIP archive, which is written anew without them.
    """
    result = purge(out)
    for name in result.files:
        click.echo(message("removed", lang, name=name))
    click.echo(message("purged", lang, removed=len(result.files), kept=result.kept, out=out))
    if result.is_gone:
        click.echo(message("emptied", lang, out=out))
    if result.partial:
        click.echo(message("partial", lang, partial=format_count(result.partial, "folder", lang)))
