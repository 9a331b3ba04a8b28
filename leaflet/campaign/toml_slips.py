"""Find the five commonest slips of writing in a campaign file that is no TOML, and the line as it should be.

These are curly quotation marks, a date the French way, a Windows path between quotation marks, what stands twice, and
[document] twice for [[document]]; what the parser says of a line serves all others. A slip is found by trying: of the
lines proposed in place of the one that the TOML parser stops at, that with which it gets furthest is right.
"""

import re
import tomllib
from collections.abc import Iterator, Sequence
from math import inf

from msgspec import Struct

from leaflet.campaign.dates import calendar_day, if_day_first, parse_french_day
from leaflet.files.toml_files import problem_line
from leaflet.files.words import in_both

_MOST = 20  # slips told at once
_LONGEST = 60_000  # characters of a file in which slips are looked for: each proposal costs a parse
_TWICE = re.compile(r"Cannot (?:overwrite a value|declare .* twice|mutate immutable|redefine)")
_TABLE_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]")
_HEAD = re.compile(r"\s*(?:\"[^\"]*\"|[^\s=\"'\[\]{}#,/]+(?:[ \u00a0]+[^\s=\"'\[\]{}#,/]+)*)\s*=(?!=)")
_COMMENT = re.compile(r"\s+#[^\"'”»]*$")
_CURLY = re.compile(
    r"[“”„«″]\s*(?P<double>[^\"“”„«»″]*?)\s*[”“»″\"]|\"(?P<mixed>[^\"“”„«»″]*)[”»″]"
    r"|[‘’‚](?P<single>[^‘’‚']*)[’‘']"
    r"|(?P<other>\"(?:[^\"\\]|\\.)*\"|'[^']*'|#.*)"
)
_NESTED = re.compile(r"[“”„«″\"](.*)[”“»″\"]")
_LONG_QUOTES = ('"""', "'''")  # they would make all that follows a text


class Slip(Struct, frozen=True, kw_only=True):
    """A slip of writing."""

    code: str  # of its fault
    line: int  # where it is, counted from 1
    mended: str  # the line as it should be
    values: dict[str, object] = {}  # what else its message names


def find_slips(text: str) -> list[Slip]:
    """Return the slips of a text that is no TOML, in the order of its lines; the search ends at an unknown one."""
    lines = text.replace("\r\n", "\n").split("\n")
    slips: list[Slip] = []
    while len(slips) < _MOST and len(text) <= _LONGEST and (problem := syntax_problem("\n".join(lines))) is not None:
        find = _find_twice if _TWICE.search(problem) else _find_slip
        slip = find(lines, problem_line(problem, len(lines)))
        if slip is None or (slips and slip.line < slips[-1].line):
            break
        slips.append(slip)
        if slip.code in ("C200", "C218", "C226"):  # the keys of the second table would all be found twice
            break
        lines = mend_lines(lines, slip)
    return slips


def mend_lines(lines: Sequence[str], slip: Slip) -> list[str]:
    """Return lines with one slip mended."""
    return [*lines[: slip.line - 1], slip.mended, *lines[slip.line :]]


def syntax_problem(text: str) -> str | None:
    """Return what the parser says of a text; None if it is TOML."""
    try:
        # The end: the parser numbers no error of a last line without one, and none of a quotation mark ' without a
        # second one in all the text.
        tomllib.loads(f"{text}\n# '\n")
    except RecursionError:
        return "nested too deep"
    except ValueError as error:
        return str(error)
    return None


def _find_slip(lines: Sequence[str], stop: int) -> Slip | None:
    """Return the slip whose mending gets the parser furthest, the first of those that get equally far; or None."""
    best, furthest = None, float(stop)
    for slip in _proposals(lines[stop - 1], stop):
        problem = syntax_problem("\n".join(mend_lines(lines, slip)))
        reached = inf if problem is None else problem_line(problem, len(lines))
        if reached > furthest:
            best, furthest = slip, reached
    return best


def _proposals(line: str, number: int) -> Iterator[Slip]:
    """Propose lines in place of one, in the order in which they are tried."""
    head, value, comment = _split_line(line)

    def slip(code: str, mended: str, **values: object) -> Iterator[Slip]:
        if mended != line and not any(mark in mended and mark not in line for mark in _LONG_QUOTES):
            yield Slip(code=code, line=number, mended=mended, values=values)

    def with_value(mended: str) -> str:
        return f"{head} {mended}{comment}" if head else f"{line[: len(line) - len(line.lstrip())]}{mended}{comment}"

    yield from slip("C174", _CURLY.sub(_straight, line))
    if (match := _NESTED.fullmatch(value)) and (value[0] != '"' or value[-1] != '"'):
        yield from slip("C174", with_value(_quote(match[1].strip())))
    if (written := parse_french_day(value)) is not None:
        day, why = calendar_day(written)
        if why is None:
            yield from slip("C175", with_value(day), **if_day_first(value))
        else:
            example = in_both("line", "line_for_example", line=with_value(day).strip())
            yield from slip("C117", with_value(day), value=value, **why, **example)
    if "\\" in value:
        yield from slip("C176", with_value(value.replace("\\", "/")))


def _split_line(line: str) -> tuple[str, str, str]:
    """Return a setting with its sign, its value, and the comment behind it; what is not there is empty."""
    head = _HEAD.match(line)
    start = head.end() if head else 0
    comment = _COMMENT.search(line, start)
    end = comment.start() if comment else len(line)
    return line[:start], line[start:end].strip(), line[end:]


def _straight(match: re.Match[str]) -> str:
    """Return a text between straight quotation marks; what has them stays."""
    inner = next((text for text in match.group("double", "mixed", "single") if text is not None), "")
    return match["other"] or _quote(inner.strip())


def _quote(text: str) -> str:
    """Return a text between quotation marks."""
    if "\\" not in text and '"' not in text:
        return f'"{text}"'
    if "'" not in text and '"' in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "/").replace('"', '\\"') + '"'


def _find_twice(lines: Sequence[str], number: int) -> Slip | None:
    """Return the key or the table that stands twice, with the line of the first; None if it is not found."""
    line, table = lines[number - 1], 0
    if line.lstrip().startswith("["):
        name = _name(_TABLE_HEADER, line)
        first = next((n for n in range(1, number) if _name(_TABLE_HEADER, lines[n - 1]) == name), None)
        code = "C218" if name == "document" else "C200"
        if first is None and line.lstrip().startswith("[["):  # below a list that is written with « = »
            code, first = "C226", next((n for n in range(1, number) if _name(_HEAD, lines[n - 1]) == name), None)
    else:
        name = _name(_HEAD, line)
        table = max((n for n in range(1, number) if _TABLE_HEADER.match(lines[n - 1])), default=0)
        first = next((n for n in range(table + 1, number) if _name(_HEAD, lines[n - 1]) == name), None)
        code = "C177"
    if first is None or not name:
        return None
    values = {"key": name, "first": first, "second": number}
    return Slip(code=code, line=number, mended=f"# {line.strip()}", values=values)


def _name(pattern: re.Pattern[str], line: str) -> str:
    """Return the name of a table or a key without space, bracket and sign; empty if it is none."""
    match = pattern.match(line)
    return re.sub(r"[\s\"'=\[\]]", "", match[0]) if match else ""
