"""``leaflet diff``: print what differs between two builds or two files, for people or for programs."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import click

from leaflet.cli.language import format_count, message
from leaflet.cli.options import PATH, command
from leaflet.cli.progress import ProgressDisplay
from leaflet.cli.terminal import paint, print_colored, print_faults
from leaflet.faults import Lang, RenderError, visible
from leaflet.geometry import Um, to_mm
from leaflet.preflight.compare import differences
from leaflet.preflight.compare.compare_builds import compare_paths
from leaflet.text import grouped

DIFFERENT = 5  # the exit code of two builds that differ
_MOST = 8  # lines of one kind for a page, or names in a list; JSON has all
_LONGEST = 200  # characters of an address or a title
_LOOKS = {"added": "new", "removed": "old", "changed": "warning", "unreadable": "error", "same-content": "note"}

_Lines = Iterator[str]


@command("diff", click.argument("old", type=PATH), click.argument("new", type=PATH))
def diff_command(lang: Lang, /, old: Path, new: Path, form: str, verbose: bool, quiet: bool, **given: Any) -> int:
    """Compare two builds (folders with manifest.json) or two PDF files; ends with 5 if something differs."""
    with ProgressDisplay(lang, quiet=quiet) as progress:
        found = compare_paths(old, new, progress=progress, **given)
    if form == "json":
        click.echo(differences.comparison_json(found, lang), nl=False)
    else:
        print_faults([fault for fault in found.faults if verbose or fault.severity != "note"], lang)
        if not quiet:
            _print(found, lang, verbose=verbose)
    if found.has_errors:
        return RenderError.exit_code
    return DIFFERENT if found.is_different else 0


def _print(found: differences.Comparison, lang: Lang, *, verbose: bool) -> None:
    shown = [r for r in found.records if r.status != "unchanged" and (verbose or r.status != "same-content")]
    told, besides = set[int](), list[tuple[int, str]]()
    for record, sharing in differences.shared_changes(shown):
        names = [visible(one.record) for one in sharing]
        if told.issuperset(map(id, sharing)):  # one line for what is told of a few files more than of all
            lines = (click.unstyle(line).strip() for line in _record_body(record, lang))
            files = message("diff_besides", lang, things=len(sharing), names=_join(names))
            besides.append((len(sharing), _line(1, f"{files} {_clip(' '.join(lines))}")))
            continue
        told.update(map(id, sharing))
        parts = [visible(part) for part in (record.record, record.document) if part]
        status = paint(message(f"diff_{record.status}", lang), _LOOKS.get(record.status, ""))
        for line in (" · ".join((*parts, status)), *_record_body(record, lang)):
            print_colored(line)
        if sharing[1:]:
            things = format_count(len(sharing) - 1, "file", lang)
            same = message("diff_same", lang, things=things, names=_join(names[1:]))
            click.echo(_line(1, same))
    besides.sort(key=lambda one: one[0])  # the rarest first
    for line in (*(line for _, line in besides[:_MOST]), *_more_line(besides, lang)):
        print_colored(line)
    _print_counts(found, lang)


def _print_counts(found: differences.Comparison, lang: Lang) -> None:
    counts, same = found.counts, found.counts["same-content"]
    click.echo(message("diff_counts", lang, **{**counts, "unchanged": counts["unchanged"] + same}))
    if same:
        click.echo(message("diff_counts_same", lang, n=same))
    if counts["unreadable"]:
        click.echo(message("diff_counts_unreadable", lang, unreadable=counts["unreadable"]))


# --- a record -------------------------------------------------------------------------------------------------


def _record_body(record: differences.RecordChange, lang: Lang) -> _Lines:
    if record.is_renamed and record.document:
        names = (visible(name or "", _LONGEST) for name in (record.old_file, record.new_file))
        yield _line(1, message("diff_renamed", lang, **dict(zip(("old", "new"), names, strict=True))))
    for change in record.properties:
        name = message(f"diff_property_{change.name}", lang)
        yield _line(1, message("diff_property", lang, name=name, old=_clip(change.old), new=_clip(change.new)))
    if record.hidden:
        yield _line(1, message("diff_hidden", lang, n=record.hidden))
    changes = grouped((tuple(edit for _, edit in page.edits), page) for page in record.pages)
    for page, *same in changes.values():  # the first page of those that change in one way
        yield _line(1, _page_head(page, lang))
        yield from _page_body(page, lang)
        if page.pictures:
            *_, path = page.pictures.values()
            yield _line(2, message("diff_pictures", lang, path=path))
        if same:
            things, numbers = format_count(len(same), "page", lang), _join([str(other.number) for other in same])
            yield _line(2, message("diff_same", lang, things=things, names=numbers))


def _page_body(page: differences.PageChange, lang: Lang) -> _Lines:
    if page.sizes:
        old, new = (f"{_format_mm(width, lang)} × {_format_mm(height, lang)}" for width, height in page.sizes)
        yield _line(2, message("diff_size", lang, old=old, new=new))
    for change in page.words[:_MOST]:  # before and after, differing words in brackets, seen without colours too
        for sign, tokens, look in (("−", change.old, "old"), ("+", change.new, "new")):
            if tokens:
                yield _marked_line(sign, tokens, look)
    yield from _more_line(page.words, lang)
    if page.hidden:
        yield _line(2, message("diff_hidden", lang, n=page.hidden))
    for link in page.links[:_MOST]:
        addresses = {"old": _clip(link.old or ""), "new": _clip(link.new or "")}
        yield _line(2, message(f"diff_link_{link.kind}", lang, **addresses))
    yield from _more_line(page.links, lang)
    for box in page.boxes[:_MOST]:
        sides = {name: _format_mm(getattr(box, name), lang) for name in ("x", "y", "width", "height")}
        yield _line(2, message("diff_area", lang, **sides))
    yield from _more_line(page.boxes, lang)
    if page.is_reordered:
        yield _line(2, message("diff_order", lang))
    if page.has_other_notes:
        yield _line(2, message("diff_notes", lang))


def _page_head(page: differences.PageChange, lang: Lang) -> str:
    if page.status != "changed":
        return message(f"diff_page_{page.status}", lang, number=page.number)
    if page.old_number == page.new_number:
        return message("diff_page", lang, number=page.number)
    return message("diff_page_from", lang, number=page.number, old=page.old_number)


def _marked_line(sign: str, tokens: Sequence[differences.Token], look: str) -> str:
    line = _line(2, sign)
    for number, token in enumerate(tokens):
        before = number > 0 and tokens[number - 1].is_changed
        after = number + 1 < len(tokens) and tokens[number + 1].is_changed
        word = visible(token.text)
        if token.is_changed:
            word = f"{'' if before else '['}{word}{'' if after else ']'}"
        line += " " + (paint(word, look) if token.is_changed else word)
    return line


def _more_line(changes: Sequence[object], lang: Lang) -> _Lines:
    if len(changes) > _MOST:
        yield _line(2, message("diff_more", lang, count=len(changes) - _MOST))


def _join(names: Sequence[str]) -> str:
    """Join the first names of a list, with dots if there are more."""
    return ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")


def _line(level: int, text: str) -> str:
    return "  " * level + text


def _clip(text: str) -> str:
    return visible(text, _LONGEST)


def _format_mm(length: Um, lang: Lang) -> str:
    """Format a length in millimetres, with a decimal below 10."""
    millimetres = to_mm(length)
    text = f"{millimetres:.1f}".removesuffix(".0") if millimetres < 10 else f"{millimetres:.0f}"
    return text.replace(".", ",") if lang == "fr" else text
