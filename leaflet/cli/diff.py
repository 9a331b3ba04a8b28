"""``leaflet diff``: what differs between two builds or two files, for people and for programs."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TypeVar

import click
from rich.console import Console
from rich.text import Text

from leaflet.cli.messages import counted, say
from leaflet.cli.options import PATH
from leaflet.cli.progress import ProgressLine
from leaflet.cli.terminal import print_faults
from leaflet.compare import (
    Box,
    Comparison,
    LinkChange,
    PageChange,
    PropertyChange,
    RecordChange,
    Token,
    WordChange,
    compare,
    comparison_json,
)
from leaflet.faults import Lang, RenderError, visible
from leaflet.units import Um, to_mm

DIFFERENT = 5  # the exit code of two builds that differ
_MOST = 12  # lines of one kind shown for a page; JSON has all
_LONGEST = 200  # characters of an address or a title
_STYLES = {"added": "green", "removed": "red", "changed": "yellow", "unreadable": "bold red", "same-content": "dim"}
_OLD, _NEW = "red", "blue"  # as on the pictures

_Lines = Iterator[Text]
_T = TypeVar("_T")


@click.command("diff")
@click.argument("old", type=PATH)
@click.argument("new", type=PATH)
@click.option("--pictures", metavar="FOLDER", type=PATH, help="Draw changed pages there: old, new, one on the other.")
@click.option("--show-personal", is_flag=True, help="Show words of files that hold names; mind where they end up.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True, help="For whom."
)
@click.option("-v", "--verbose", is_flag=True, help="List files with the same content in other bytes, and notes.")
@click.option("-q", "--quiet", is_flag=True, help="Print faults only; the exit code tells.")
@click.pass_obj
def diff_command(
    lang: Lang,
    old: Path,
    new: Path,
    pictures: Path | None,
    show_personal: bool,
    form: str,
    verbose: bool,
    quiet: bool,
) -> int:
    """Compare two builds (folders with manifest.json) or two PDF files; ends with 5 if something differs."""
    with ProgressLine(lang, quiet=quiet) as progress:
        found = compare(old, new, pictures=pictures, show_personal=show_personal, progress=progress)
    if form == "json":
        click.echo(comparison_json(found, lang), nl=False)
    else:
        faults = [fault for fault in found.faults if verbose or fault.severity != "note"]
        print_faults(faults, lang)
        if not quiet:
            _print(found, lang, verbose=verbose)
    if found.has_errors:
        return RenderError.exit_code
    return DIFFERENT if found.is_different else 0


def _print(found: Comparison, lang: Lang, *, verbose: bool) -> None:
    console = Console()
    shown = [r for r in found.records if r.status != "unchanged" and (verbose or r.status != "same-content")]
    for record, others in _alike(shown, lambda record: list(_record_body(record, lang, with_pictures=False))):
        console.print(_record_head(record, lang), soft_wrap=True)
        for line in _record_body(record, lang):
            console.print(line, soft_wrap=True)
        if others:
            files = counted(len(others), "file", lang)
            names = _listed([visible(other.record) for other in others])
            console.print(_line(1, say("diff_same", lang, things=files, names=names)), soft_wrap=True)
    _print_counts(found, lang)


def _alike(things: Sequence[_T], tell: Callable[[_T], list[Text]]) -> list[tuple[_T, list[_T]]]:
    """Each thing with those after it of which the same would be told, so that it is told once."""
    groups: dict[str, tuple[_T, list[_T]]] = {}
    for number, thing in enumerate(things):
        lines = "\n".join(line.plain for line in tell(thing))
        first = groups.setdefault(lines or str(number), (thing, []))
        if first[0] is not thing:
            first[1].append(thing)
    return list(groups.values())


def _print_counts(found: Comparison, lang: Lang) -> None:
    counts = found.counts
    same = counts["same-content"]
    things = {
        "changed": counted(counts["changed"], "changed", lang),
        "added": counted(counts["added"], "added", lang),
        "removed": counted(counts["removed"], "gone", lang),
        "unchanged": counted(counts["unchanged"] + same, "unchanged", lang),
    }
    click.echo(say("diff_counts", lang, **things))
    if same:
        click.echo(say("diff_counts_same", lang, count=same))
    if counts["unreadable"]:
        unreadable = counted(counts["unreadable"], "unreadable", lang)
        click.echo(say("diff_counts_unreadable", lang, unreadable=unreadable))


# --- a record -------------------------------------------------------------------------------------------------


def _record_head(record: RecordChange, lang: Lang) -> Text:
    parts = [visible(part) for part in (record.record, record.document) if part]
    head = Text(" · ".join((*parts, "")))
    return head.append(say(f"diff_{record.status}", lang), _STYLES.get(record.status, ""))


def _record_body(record: RecordChange, lang: Lang, *, with_pictures: bool = True) -> _Lines:
    if record.is_renamed and record.document:
        names = (visible(name or "", _LONGEST) for name in (record.old_file, record.new_file))
        yield _line(1, say("diff_renamed", lang, **dict(zip(("old", "new"), names, strict=True))))
    for change in record.properties:
        yield _line(1, _property(change, lang))
    if record.hidden:
        yield _line(1, say("diff_hidden", lang, count=record.hidden))
    for page, others in _alike(record.pages, lambda page: list(_page_body(page, lang))):
        yield _line(1, _page_head(page, lang))
        yield from _page_body(page, lang)
        if page.pictures and with_pictures:
            path = page.pictures.overlay or page.pictures.new or page.pictures.old
            yield _line(2, say("diff_pictures", lang, path=path))
        if others:
            numbers = _listed([str(other.number) for other in others])
            yield _line(2, say("diff_same", lang, things=counted(len(others), "page", lang), names=numbers))


def _property(change: PropertyChange, lang: Lang) -> str:
    name = say(f"diff_property_{change.name}", lang)
    return say("diff_property", lang, name=name, old=_shown(change.old), new=_shown(change.new))


def _page_body(page: PageChange, lang: Lang) -> _Lines:
    if page.sizes:
        old, new = (f"{_mm(width, lang)} × {_mm(height, lang)}" for width, height in page.sizes)
        yield _line(2, say("diff_size", lang, old=old, new=new))
    for change in page.words[:_MOST]:
        yield from _word_lines(change)
    yield from _rest(page.words, lang)
    if page.hidden:
        yield _line(2, say("diff_hidden", lang, count=page.hidden))
    links = _told(page)
    for link in links[:_MOST]:
        yield _line(2, _link(link, lang))
    yield from _rest(links, lang)
    for box in page.boxes[:_MOST]:
        yield _line(2, _area(box, lang))
    yield from _rest(page.boxes, lang)
    if page.is_reordered:
        yield _line(2, say("diff_order", lang))
    if page.has_other_notes:
        yield _line(2, say("diff_notes", lang))


def _page_head(page: PageChange, lang: Lang) -> str:
    if page.status != "changed":
        return say(f"diff_page_{page.status}", lang, number=page.number)
    if page.old_number == page.new_number:
        return say("diff_page", lang, number=page.number)
    return say("diff_page_from", lang, number=page.number, old=page.old_number)


def _told(page: PageChange) -> list[LinkChange]:
    """The links worth a line: that one moves with the text around it is no news."""
    return [link for link in page.links if link.kind != "moved" or not page.boxes]


def _link(link: LinkChange, lang: Lang) -> str:
    return say(f"diff_link_{link.kind}", lang, old=_shown(link.old or ""), new=_shown(link.new or ""))


def _area(box: Box, lang: Lang) -> str:
    sides = {"x": box.x, "y": box.y, "width": box.width, "height": box.height}
    return say("diff_area", lang, **{name: _mm(side, lang) for name, side in sides.items()})


def _word_lines(change: WordChange) -> _Lines:
    """The line before and after, differing words in brackets, so that they are seen without colours too."""
    for sign, tokens, style in (("−", change.old, _OLD), ("+", change.new, _NEW)):
        if tokens:
            yield _marked(sign, tokens, style)


def _marked(sign: str, tokens: Sequence[Token], style: str) -> Text:
    line = _line(2, sign)
    for number, token in enumerate(tokens):
        before = number > 0 and tokens[number - 1].is_changed
        after = number + 1 < len(tokens) and tokens[number + 1].is_changed
        word = visible(token.text)
        if token.is_changed:
            word = f"{'' if before else '['}{word}{'' if after else ']'}"
        line.append(" ")
        line.append(word, f"bold {style}" if token.is_changed else "")
    return line


def _rest(changes: Sequence[object], lang: Lang) -> _Lines:
    if len(changes) > _MOST:
        yield _line(2, say("diff_more", lang, count=len(changes) - _MOST))


def _listed(names: Sequence[str]) -> str:
    """The first names of a list, with dots if there are more."""
    return ", ".join(names[:_MOST]) + (" …" if len(names) > _MOST else "")


def _line(level: int, text: str) -> Text:
    return Text("  " * level + text)


def _shown(text: str) -> str:
    return visible(text, _LONGEST)


def _mm(length: Um, lang: Lang) -> str:
    """A length in millimetres; with a decimal below 10."""
    millimetres = to_mm(length)
    text = f"{millimetres:.1f}".removesuffix(".0") if millimetres < 10 else f"{millimetres:.0f}"
    return text.replace(".", ",") if lang == "fr" else text
