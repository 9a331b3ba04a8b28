"""Find the slips of writing in a campaign file that is no TOML: what each is, and the line as it should be.

A slip is found by trying: `mends` proposes lines in place of the one that the TOML parser stops at, or of the one
before it. The proposal with which the parser gets furthest, and past its first stop, is right. So no line is proposed
that the parser would refuse.

What is not here: values of the wrong kind, which are good TOML (`leaflet.validation`), secrets in lines
(`leaflet.campaign.source`, which shows none).
"""

import re
import tomllib
from collections.abc import Sequence
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign.academies import load_academies
from leaflet.campaign.days import if_day_first, why_no_day
from leaflet.campaign.mends import HEAD, INVISIBLE, double_proposals, proposals, quote, split_line

_MOST = 20  # slips told at once
_LONGEST = 60_000  # characters of a file in which slips are looked for: each proposal costs a parse
_LINE = re.compile(r"at line (\d+)")
_TWICE = re.compile(r"Cannot (?:overwrite a value|declare .* twice|mutate immutable|redefine)")
_TABLE_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]")
_MOST_LINES = 20  # of one text; in more, its closing quotation mark is rather forgotten where it begins


class Slip(Struct, frozen=True, kw_only=True):
    """A slip of writing.

    Args:
        code: of its fault.
        line: where it is, counted from 1.
        until: the last line that the mended one stands for.
        mended: the line as it should be.
        values: what else its message names.
    """

    code: str
    line: int
    until: int
    mended: str
    values: dict[str, object] = {}


def find_slips(text: str) -> list[Slip]:
    """Return the slips of a text that is no TOML, in the order of its lines; the search ends at an unknown one."""
    lines = text.replace("\r\n", "\n").split("\n")
    slips: list[Slip] = []
    while len(slips) < _MOST and len(text) <= _LONGEST and (problem := syntax_problem("\n".join(lines))) is not None:
        find = _find_twice if _TWICE.search(problem) else _find_slip
        slip = find(lines, problem)
        if slip is None or (slips and slip.line < slips[-1].line):
            break
        slips.append(slip)
        if slip.code in ("C200", "C218"):  # the keys of the second table would all be found twice
            break
        lines = mend_lines(lines, slip)
    return slips


def mend_lines(lines: Sequence[str], slip: Slip) -> list[str]:
    """Return lines with one slip mended; their number stays."""
    return [*lines[: slip.line - 1], slip.mended, *[""] * (slip.until - slip.line), *lines[slip.until :]]


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


def problem_line(problem: str, count: int) -> int:
    """Return the line of a problem in a text of `count` lines; the last one if the parser met the end of the text."""
    match = _LINE.search(problem)
    return max(min(int(match[1]), count), 1) if match else count


def _find_slip(lines: Sequence[str], problem: str) -> Slip | None:
    """Return the slip whose mending gets the parser furthest, the first of those that get equally far; or None."""
    stop = problem_line(problem, len(lines))
    written = (number for number in range(stop, 0, -1) if lines[number - 1].strip())
    near = [number for number in written if number == stop or not lines[number - 1].lstrip().startswith("#")][:2]
    if (broken := _find_broken_text(lines, stop)) is not None:
        return broken
    for propose in (proposals, double_proposals):
        best, furthest = None, float(stop)
        for number in near:
            line = lines[number - 1]
            for code, mended in propose(line):
                slip = Slip(code=code, line=number, until=number, mended=mended)
                if (reached := _reached(mend_lines(lines, slip))) > furthest:
                    best, furthest = slip, reached
        if best is not None:
            return replace(best, values=_values(best, lines[best.line - 1]))
    return None


def _find_broken_text(lines: Sequence[str], start: int) -> Slip | None:
    """Return the slip of a text that goes on in the next lines, if it makes a good line together with them."""
    head = HEAD.match(lines[start - 1])
    if head is None or lines[start - 1][head.end() :].strip()[:1] not in ('"', "“", "«"):
        return None
    for end in range(start + 1, min(start + _MOST_LINES, len(lines) + 1)):
        if HEAD.match(lines[end - 1]) or lines[end - 1].lstrip().startswith(("[", "#")):
            return None
        if lines[end - 1].rstrip().endswith(('"', "”", "»")):
            # The lines of an address are parts of it; those of another text are cut anywhere.
            between = ", " if head[0].strip(" =") == "address" else " "
            parts = (lines[start - 1][head.end() :], *lines[start:end])
            text = between.join(part.strip().removesuffix(",") if between == ", " else part.strip() for part in parts)
            mended = f"{head[0]} {quote(text[1:-1].strip())}"
            slip = Slip(code="C216", line=start, until=end, mended=mended, values={"line": start, "until": end})
            return slip if _reached(mend_lines(lines, slip)) > end else None
    return None


def _reached(lines: Sequence[str]) -> float:
    """Return the line that the parser stops at; infinity if it reads the text."""
    problem = syntax_problem("\n".join(lines))
    return inf if problem is None else problem_line(problem, len(lines))


def _values(slip: Slip, line: str) -> dict[str, object]:
    """Return what the message of a slip names."""
    value = split_line(line)[1]
    if slip.code == "C117":
        example = slip.mended.strip()
        lines = {"line_en": f", for example: {example}", "line_fr": f", par exemple\u00a0: {example}"}
        return {"value": value, **why_no_day(value), **lines}
    if slip.code == "C175":
        return dict(zip(("if_en", "if_fr"), if_day_first(value), strict=True))
    if slip.code == "C211":
        return _other_name(line, slip.mended)
    if slip.code == "C207" and (match := INVISIBLE.search(line)) is not None:
        return {"position": match.start() + 1, "character": f"U+{ord(match[0]):04X}"}
    return {}


_NAMES = (
    "The names of settings and parts are in English, without accents or spaces.",
    "Les noms des réglages et des rubriques sont en anglais, sans accents ni espaces.",
)
_ACADEMIE_NAMES = (
    "The name of an académie is written here in lower case, without accents, with hyphens.",
    "Le nom d’une académie s’écrit ici en minuscules, sans accents, avec des traits d’union.",
)


def _other_name(line: str, mended: str) -> dict[str, object]:
    """Return what is wrong with the name of a part; besides its accents, an académie may be called otherwise."""
    key, typed = (re.sub(r"[\[\]\s]", "", text).partition(".")[2].strip("\"'") for text in (mended, line))
    academies = load_academies()
    if key not in academies.by_key or academies.by_name(typed) is not None:
        is_academie = key in academies.by_key
        return dict(zip(("why_en", "why_fr"), _ACADEMIE_NAMES if is_academie else _NAMES, strict=True))
    return {
        "why_en": f"{_NAMES[0]} The académie is called {key} here, not {typed}.",
        "why_fr": f"{_NAMES[1]} L’académie s’appelle ici {key}, et non {typed}.",
    }


def _find_twice(lines: Sequence[str], problem: str) -> Slip | None:
    """Return the key or the table that stands twice, with the line of the first; None if it is not found."""
    number = problem_line(problem, len(lines))
    line, table = lines[number - 1], 0
    if line.lstrip().startswith("["):
        name = _table_name(line)
        first = next((n for n, other in enumerate(lines[: number - 1], 1) if _table_name(other) == name), None)
        code = "C218" if name == "document" else "C200"
    else:
        name = _key(line)
        table = max((n for n in range(1, number) if _table_name(lines[n - 1])), default=0)
        first = next((n for n in range(table + 1, number) if _key(lines[n - 1]) == name), None)
        code = "C177"
    if first is None or not name:
        return None
    values: dict[str, object] = {"key": name, "first": first, "second": number}
    return Slip(code=code, line=number, until=number, mended=f"# {line.strip()}", values=values)


def _table_name(line: str) -> str:
    match = _TABLE_HEADER.match(line)
    return re.sub(r"[\s\"']", "", match[1]) if match else ""


def _key(line: str) -> str:
    match = HEAD.match(line)
    return re.sub(r"[\s\"'=]", "", match[0]) if match else ""
