"""The campaign file as the user wrote it: values, and the line each of them stands on.

``tomllib`` gives no positions, so the lines are found by a second, simple reading that knows table
headers, keys, and strings and lists over several lines. It serves messages only: a key it does not find
gets the line of the table around it.
"""

import codecs
import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NoReturn

from msgspec import Struct
from pydantic import BaseModel

from leaflet.campaign.toml_slips import find_slips
from leaflet.campaign.values import TreePath, find_place
from leaflet.confidential import find_secret, is_secret_name
from leaflet.faults import Place, Report, error_of, fault_of
from leaflet.files.plain_files import read_plain_file, recognise
from leaflet.files.toml_files import Codes, Model, problem_line, validate
from leaflet.files.words import in_both
from leaflet.text import texts_in, value_at

MAX_BYTES = 1_000_000  # a campaign is a few kB; a list of schools given by mistake is far larger
MAX_DEPTH = 20  # tables and lists in one another; a campaign has four
_BARE = r"(?:[A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')"
_KEY = re.compile(rf"\s*({_BARE}(?:\s*\.\s*{_BARE})*)\s*=")
_HEADER = re.compile(rf"\s*(\[\[?)\s*({_BARE}(?:\s*\.\s*{_BARE})*)\s*\]")
_PART = re.compile(_BARE)
_QUOTES = re.compile(r'"""|\'\'\'')
_CODES = Codes(unknown="C105", missing="C107", wrong="C106")


class CampaignText(Struct, frozen=True, kw_only=True):
    """A read campaign file."""

    path: Path
    name: str  # the file's name, for messages
    tree: dict[str, Any]  # its values as TOML gives them
    lines: dict[TreePath, int]  # line (from 1) of each key, by its path in the tree
    comments: tuple[tuple[int, str], ...] = ()  # number of each line with a « # », and what stands behind it

    def place(self, *path: str | int) -> Place:
        """Return the place of the value at `path`, with the line of the nearest key that has one."""
        return find_place(self.name, self.lines, path)

    def texts(self) -> Iterator[tuple[TreePath, str]]:
        """Yield all texts of the file with their paths."""
        yield from texts_in(self.tree)

    def keys(self) -> Iterator[TreePath]:
        """Yield the paths of all keys of all tables."""
        yield from _keys(self.tree, ())

    def validate(
        self,
        model: type[Model],
        tree: Mapping[str, Any],
        report: Report,
        beside: type[BaseModel] | None = None,
        context: Any = None,
    ) -> Model | None:
        """Return `tree`, a part of the file, as a `model`; None if anything in it is wrong.

        What else may stand in the file has the model `beside`; validators of the model ask the `context`.
        Unknown keys that hold secrets are left to `leaflet.campaign.consistency`, which has a fault for them.
        """
        found = Report()
        read = validate(model, tree, _CODES, self.place, found, beside=beside, context=context)
        faults = [one for one in found if one.code != _CODES.unknown or not is_secret_key(str(one.values["key"]))]
        # What is there under a wrong name, in the same part, is not missing as well.
        unknown = [(one.place.field or "", one.values["meant"]) for one in faults if one.code == _CODES.unknown]
        misnamed = {f"{field.rpartition('.')[0]}.{meant}".removeprefix(".") for field, meant in unknown}
        report.extend(fault for fault in faults if fault.code != _CODES.missing or fault.place.field not in misnamed)
        return read

    def get(self, *path: str) -> Any:
        """Return the value at `path` through tables, or None."""
        return value_at(self.tree, path)

    def documents(self) -> list[dict[str, Any]]:
        """Return the documents of the file. Whoever loads the campaign reports entries that are none."""
        documents = self.get("document")
        return [one for one in documents if isinstance(one, dict)] if isinstance(documents, list) else []


def is_secret_key(key: str) -> bool:
    """Check whether a setting called `key` would hold a secret, or is one itself."""
    return is_secret_name(key) or find_secret(key) is not None


def read_campaign(path: Path, report: Report) -> CampaignText:
    """Read the campaign file; raise the fault at once when it cannot be read or is not TOML."""
    return parse_campaign(path, _read_bytes(path, report), report)


def parse_campaign(path: Path, data: bytes, report: Report) -> CampaignText:
    """Return a campaign file from its bytes; raise the fault at once when they are not TOML in UTF-8."""
    here = Place(file=path.name)
    if (kind := recognise(data)) is not None:
        may_hold_text = kind in ("document", "old")  # of a campaign, which can be copied
        stop(report, "C217" if may_hold_text else "C222", here, **in_both("kind", f"file_{kind}"))
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or data[:200].count(0) > len(data[:200]) // 4:
        stop(report, "C178", here)
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = Place(file=path.name, line=data.count(b"\n", 0, error.start) + 1)
        stop(report, "C102", place, character=data[error.start :][:1].decode("cp1252", "replace"))
    if (lone := text.replace("\r\n", "\n ").find("\r")) >= 0:  # the space: as many characters as before
        stop(report, "C219", Place(file=path.name, line=text.count("\n", 0, lone) + 1))
    try:
        tree = tomllib.loads(text)
        if _depth(tree) > MAX_DEPTH:  # dotted keys nest without recursion in the parser, but not in ours
            raise RecursionError
    except RecursionError:
        stop(report, "C103", here, problem="nested too deep")
    except ValueError as error:
        _stop_at_slips(path, text, str(error), report)
    comments = tuple((n, line.partition("#")[2]) for n, line in enumerate(text.splitlines(), 1) if "#" in line)
    return CampaignText(path=path, name=path.name, tree=tree, lines=index_lines(text), comments=comments)


def _stop_at_slips(path: Path, text: str, problem: str, report: Report) -> NoReturn:
    """Report the slips of a text that is no TOML, or what the parser says of it; no line with a secret is shown."""
    lines = text.replace("\r\n", "\n").split("\n")
    for slip in find_slips(text):
        written = lines[slip.line - 1]
        if not (is_safe_line(written) and is_safe_line(slip.mended)):
            break
        place = Place(file=path.name, line=slip.line, source=written)
        report.add(slip.code, place, mended=slip.mended.strip(), **slip.values)
    if not report.errors:
        number = problem_line(problem, len(lines))
        source = lines[number - 1] if is_safe_line(lines[number - 1]) else None
        report.add("C103", Place(file=path.name, line=number, source=source), problem=problem)
    raise error_of(report.errors)


def is_safe_line(line: str) -> bool:
    """Check that a line may be shown: a password without quotes is a common slip."""
    return not is_secret_name(line.partition("=")[0]) and find_secret(line) is None


def stop(report: Report, code: str, place: Place, **values: object) -> NoReturn:
    """Report a fault after which nothing more can be found out, and raise."""
    report.add(code, place, **values)
    raise error_of(report.errors)


def index_lines(text: str) -> dict[TreePath, int]:
    """Return the line (from 1) of each key of a TOML text, by its path; the first one when a path comes again."""
    lines: dict[TreePath, int] = {}
    counts: dict[TreePath, int] = {}
    table: TreePath = ()
    closing: str | None = None
    for number, line in enumerate(re.split(r"\r?\n", text), 1):  # str.splitlines knows more line ends than TOML
        if closing is not None:
            closing = None if closing in line else closing
            continue
        if header := _HEADER.match(line):
            table = _table_path(header, counts)
            _record(lines, table, number)
        elif key := _KEY.match(line):
            _record(lines, (*table, *_parts(key[1])), number)
        quotes = _QUOTES.findall(line)
        closing = quotes[-1] if len(quotes) % 2 else None
    return lines


def _read_bytes(path: Path, report: Report) -> bytes:
    here = Place(file=path.name)
    try:
        if not path.is_file():
            stop(report, "C101", here, path=path)
        if path.stat().st_size > MAX_BYTES:
            stop(report, "C109", here, size=path.stat().st_size, allowed=MAX_BYTES)
        return read_plain_file(path, MAX_BYTES)
    except OSError as error:
        raise error_of([*report, *fault_of(error, "C104", here).faults]) from None


def _depth(tree: object) -> int:
    """Return how many levels of tables and lists `tree` has, counted without recursion."""
    depth, level = 0, [tree]
    while level := [value for value in level if isinstance(value, dict | list)]:
        depth += 1
        level = [v for value in level for v in (value.values() if isinstance(value, dict) else value)]
    return depth


def _table_path(header: re.Match[str], counts: dict[TreePath, int]) -> TreePath:
    """Return the path of a ``[table]`` or ``[[table]]``, with the number of each list item it is in."""
    *outer, last = _parts(header[2])
    path: TreePath = ()
    for part in outer:
        path = (*path, part)
        if path in counts:
            path = (*path, counts[path])
    path = (*path, last)
    if header[1] == "[[":
        counts[path] = counts.get(path, -1) + 1
        return (*path, counts[path])
    return path


def _parts(key: str) -> list[str]:
    return [part.strip("\"'") for part in _PART.findall(key)]


def _record(lines: dict[TreePath, int], path: TreePath, number: int) -> None:
    for length in range(1, len(path) + 1):
        lines.setdefault(path[:length], number)


def _keys(value: Any, path: TreePath) -> Iterator[TreePath]:
    if isinstance(value, dict):
        yield from ((*path, key) for key in value)
    if isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _keys(inner, (*path, key))
