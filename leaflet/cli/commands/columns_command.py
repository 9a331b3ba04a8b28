"""``leaflet columns``: show which column of a list is which field."""

import json
from collections.abc import Sequence
from pathlib import Path
from textwrap import indent
from typing import Any

import click

from leaflet.api import columns
from leaflet.campaign.list_columns import columns_toml
from leaflet.cli.language import message
from leaflet.cli.options import PATH, command
from leaflet.cli.terminal import paint, print_colored, print_faults
from leaflet.faults import LANGUAGES, DataError, Lang, Place, fail, visible
from leaflet.production.column_report import ColumnsResult, field_name
from leaflet.tables.column_mapping import Match
from leaflet.tables.headers import format_header

_PLACE = ("file", "line", "cell", "field", "record", "page", "source")  # what is told of the place of a fault
_LOOKS = {"proposed": "warning", "refused": "error", "unknown": "note", "unused": "note"}
# Reasons printed as a sentence under the table; for the others the table says enough.
_EXPLAINED = frozenset(
    {"close", "contested", "rival", "superseded", "twice", "private", "secret", "pupils", "personal"}
)


@command("columns", click.argument("table", type=PATH))
def columns_command(
    lang: Lang, /, table: Path, write: bool, given: tuple[str, ...], as_json: bool, **others: Any
) -> int:
    """Show which column of TABLE is which field, how sure that is, what is missing and what is not used."""
    result = columns(table, write=write, given=dict(map(parse_given, given)), **others)
    if as_json:
        click.echo(json.dumps(_as_json(result), ensure_ascii=False, indent=2))
    else:
        _print(result, lang, wrote=write or bool(given))
    print_faults(result.faults, lang)
    is_good = result.explanation.is_usable and not any(fault.severity == "error" for fault in result.faults)
    return 0 if is_good else DataError.exit_code


def parse_given(text: str) -> tuple[str, str]:
    """Return field and header of ``copies="Nb ex."``; anything else is a usage error (U119)."""
    field, equals, header = (part.strip() for part in text.partition("="))
    if len(header) > 1 and header[0] == header[-1] and header[0] in "\"'":
        header = header[1:-1].strip()
    header = format_header(header)
    if not (field and equals and header):
        raise fail("U119", Place(field="--set"), value=text)
    return field, header


def _print(result: ColumnsResult, lang: Lang, *, wrote: bool) -> None:
    found = result.explanation
    click.echo(message(f"list_{result.kind}", lang, name=visible(result.name), columns=len(found.matches)))
    rows = [match for match in found.matches if match.certainty != "unused" or match.reason in _EXPLAINED]
    head = tuple(message(word, lang) for word in ("column", "field", "certainty", "samples"))
    cells = list[tuple[Sequence[str], Match]]()
    for match in rows:
        field = field_name(match.field, lang) if match.field else "–"
        sure = message(f"certainty_{match.certainty}", lang)
        cells.append(((visible(match.title), field, sure, " · ".join(match.samples)), match))
    _print_rows(head, cells)
    for match in rows:
        if match.reason in _EXPLAINED:
            click.echo(f"{visible(match.title)} — {match.explain(lang)}")
    _print_missing("missing", found.required, lang)
    if found.required:
        line = f'{found.required[0]} = "{message("column_name", lang)}"'
        click.echo(message("to_map", lang, kind=result.kind, line=line))
    _print_missing("absent", found.optional, lang)
    if "uai" in found.optional and result.kind == "staff":
        click.echo(message("one_school", lang))
    if left := [visible(match.title) for match in found.matches if match not in rows]:
        click.echo(message("unused", lang, columns=", ".join(left)))
    _print_stored(result, lang, wrote=wrote)


def _print_missing(word: str, fields: Sequence[str], lang: Lang) -> None:
    if fields:
        click.echo(message(word, lang, fields=", ".join(field_name(field, lang) for field in fields)))


def _print_stored(result: ColumnsResult, lang: Lang, *, wrote: bool) -> None:
    if result.stored:
        click.echo(message("stored", lang, campaign=result.campaign))
        click.echo(indent(columns_toml(result.kind, result.stored), "  ", lambda _: True), nl=False)
    elif wrote:
        click.echo(message("nothing_to_store", lang, campaign=result.campaign))
    elif result.explanation.proposed:
        click.echo(message("to_store", lang, command=result.command))
    if wrote and result.other:
        click.echo(message("other_list", lang, campaign=result.campaign, other=visible(result.other)))


def _print_rows(head: Sequence[str], rows: Sequence[tuple[Sequence[str], Match]]) -> None:
    """Print rows in columns below their head."""
    widths = [max(map(len, column)) for column in zip(head, *(cells for cells, _ in rows), strict=True)]
    for cells, look in ((head, ""), *((cells, _LOOKS.get(match.certainty, "")) for cells, match in rows)):
        line = "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
        print_colored(paint(line, look))


def _as_json(result: ColumnsResult) -> dict[str, object]:
    found = result.explanation
    return {
        "file": result.name,
        "list": result.kind,
        "usable": found.is_usable,
        "columns": [
            {
                "column": match.column + 1,
                "header": match.title,
                "field": match.field,
                "certainty": match.certainty,
                "score": round(match.score, 2),
                "samples": list(match.samples),
                "reason": {lang: match.explain(lang) for lang in LANGUAGES},
            }
            for match in found.matches
        ],
        "missing": {"required": list(found.required), "optional": list(found.optional)},
        "proposed": dict(found.proposed),
        "stored": dict(result.stored),
        "faults": [
            {
                "code": fault.code,
                "severity": fault.severity,
                "place": {name: getattr(fault.place, name) for name in _PLACE},
                "reason": {lang: fault.reason(lang) for lang in LANGUAGES},
                "way_out": {lang: fault.way_out(lang) for lang in LANGUAGES},
            }
            for fault in result.faults
        ],
    }
