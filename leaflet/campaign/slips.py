"""The commonest slips of writing in a campaign file: what each is, and the line as it should be.

A slip is found by trying: each of `_MENDS` proposes lines in place of the one that the TOML parser stops at, or of
the one before it. The proposal with which the parser gets furthest, and past its first stop, is right. So no line is
proposed that the parser would refuse.

What is not here: values of the wrong kind, which are good TOML (`leaflet.validation`), secrets in lines
(`leaflet.campaign.source`, which shows none).
"""

import re
import tomllib
from collections.abc import Callable, Iterator, Sequence
from math import inf

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign.academies import load_academies, meant_academie
from leaflet.campaign.days import nearest_day, parse_french_day
from leaflet.text import fold, unaccented

_MOST = 20  # slips told at once
_LONGEST = 60_000  # characters of a file in which slips are looked for: each proposal costs a parse
_LINE = re.compile(r"at line (\d+)")
_TWICE = re.compile(r"Cannot (?:overwrite a value|declare .* twice|mutate immutable|redefine)")

# What a French reader calls a setting, without accents.
BY_FRENCH_NAME = {
    **dict.fromkeys(("editeur", "syndicat", "section"), "publisher"),
    **dict.fromkeys(("nom", "intitule"), "name"),
    **dict.fromkeys(("donnees", "listes"), "data"),
    **dict.fromkeys(("ecoles", "etablissements", "liste"), "schools"),
    **dict.fromkeys(("personnel", "personnels", "agents"), "staff"),
    **dict.fromkeys(("modele", "gabarit"), "template"),
    **dict.fromkeys(("liens", "adresses"), "links"),
    **dict.fromkeys(("date", "date_edition", "edite_le"), "issued_on"),
    "adresse": "address",
    "couleur": "color",
    "portail": "portal",
    "etapes": "steps",
    "titre": "title",
    "planche": "sheet",
    "par": "per",
    "scrutin": "vote",
    "ouverture": "opens_at",
    "fermeture": "closes_at",
}
_NAME = r"[\w.-]+"
_HEAD = re.compile(r"\s*(?:\"[^\"]*\"|[^\s=\"'\[\]{}#,/]+(?:[ \u00a0]+[^\s=\"'\[\]{}#,/]+)*)\s*=(?!=)")
_COMMENT = re.compile(r"\s+#[^\"'”»]*$")
_STRING = r"\"(?:[^\"\\]|\\.)*\"|'[^']*'"
_CURLY = re.compile(
    rf"[“”„«″]\s*(?P<double>[^\"“”„«»″]*?)\s*[”“»″\"]|\"(?P<mixed>[^\"“”„«»″]*)[”»″]"
    rf"|[‘’‚](?P<single>[^‘’‚']*)[’‘']"
    rf"|(?P<other>{_STRING}|#.*)"
)
_NESTED = re.compile(r"[“”„«″\"](.*)[”“»″\"]")
_LONG_QUOTES = ('"""', "'''")  # they would make all that follows a text
_NOTHING = frozenset({"", "null", "none", "nil", "rien", "vide", "-", "?", "…", "..."})
_HOUR = re.compile(r"\d{1,2}\s*(?:[hH](?:\s*\d\d)?|:\s*\d\d)(?:\s*(?:min|mn))?")
_TRUE = frozenset({"true", "oui", "vrai", "yes", "on", "o", "y", "x"})
_FALSE = frozenset({"false", "non", "faux", "no", "off", "n"})
_INVISIBLE = re.compile("[\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\u00ad\x0b\x0c]")
_BULLET = re.compile(r"^(\s*)(?:[•·▪●◦*–—−‑>]|-(?=\s)|\d+[.)])\s*(?=\S)")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_PAIR = re.compile(rf"(\s*)({_NAME})\s*(?::=|=>|->|→|==|:|=\s*:|\s)\s*(\S.*)")
_VALUE_START = re.compile(r"[\"'\[{\d“«]|true\b|false\b")
_TABLE_HEADER = re.compile(r"\s*\[\[?([^\[\]]+)\]")
_TABLE = re.compile(r"(\s*)[\[({<]{0,2}\s*([\w.\- ]*\w)\s*[\])}>]{0,2}\s*[:;,]?\s*")
_BROKEN = (
    20  # lines that a text goes on for, at most, if its closing quotation mark is only forgotten where it begins
)


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


Mend = Callable[[str], Iterator[str]]
"""A function that proposes lines in place of one."""


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
    for propose in (_proposals, _double_proposals):
        best, furthest = None, float(stop)
        for number in near:
            line = lines[number - 1]
            for code, mended in propose(line):
                slip = Slip(code=code, line=number, until=number, mended=mended)
                if (reached := _reached(mend_lines(lines, slip))) > furthest:
                    best, furthest = slip, reached
        if best is not None:
            return replace(best, values=_values(best.code, lines[best.line - 1]))
    return None


def _find_broken_text(lines: Sequence[str], start: int) -> Slip | None:
    """Return the slip of a text that goes on in the next lines, if it makes a good line together with them."""
    head = _HEAD.match(lines[start - 1])
    if head is None or lines[start - 1][head.end() :].strip()[:1] not in ('"', "“", "«"):
        return None
    for end in range(start + 1, min(start + _BROKEN, len(lines) + 1)):
        if _HEAD.match(lines[end - 1]) or lines[end - 1].lstrip().startswith(("[", "#")):
            return None
        if lines[end - 1].rstrip().endswith(('"', "”", "»")):
            # The lines of an address are parts of it; those of another text are cut anywhere.
            between = ", " if head[0].strip(" =") == "address" else " "
            parts = (lines[start - 1][head.end() :], *lines[start:end])
            text = between.join(part.strip().removesuffix(",") if between == ", " else part.strip() for part in parts)
            mended = f"{head[0]} {_quote(text[1:-1].strip())}"
            slip = Slip(code="C216", line=start, until=end, mended=mended, values={"line": start, "until": end})
            return slip if _reached(mend_lines(lines, slip)) > end else None
    return None


def _reached(lines: Sequence[str]) -> float:
    """Return the line that the parser stops at; infinity if it reads the text."""
    problem = syntax_problem("\n".join(lines))
    return inf if problem is None else problem_line(problem, len(lines))


def _values(code: str, line: str) -> dict[str, object]:
    """Return what the message of a slip names."""
    if code == "C117":
        return {"value": line.partition("=")[2].partition("#")[0].strip()}
    if code != "C207":
        return {}
    match = _INVISIBLE.search(line)
    assert match is not None, line
    return {"position": match.start() + 1, "character": f"U+{ord(match[0]):04X}"}


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
    match = _HEAD.match(line)
    return re.sub(r"[\s\"'=]", "", match[0]) if match else ""


def _double_proposals(line: str) -> Iterator[tuple[str, str]]:
    """Propose lines in place of one with two slips; the code is that of the first."""
    for code, mended in _proposals(line):
        for _, again in _proposals(mended):
            yield code, again


def _proposals(line: str) -> Iterator[tuple[str, str]]:
    """Propose lines in place of one, each with the code of the slip that it would mend."""
    for code, mend in _MENDS:
        for mended in mend(line):
            if mended != line and not any(mark in mended and mark not in line for mark in _LONG_QUOTES):
                yield code, mended


def _value_mend(mend: Mend) -> Mend:
    """Return a mend of a line from one of the value that stands on it, after the equals sign and before a comment."""

    def mend_line(line: str) -> Iterator[str]:
        head = _HEAD.match(line)
        start = head.end() if head else 0
        comment = _COMMENT.search(line, start)
        end = comment.start() if comment else len(line)
        value = line[start:end].strip()
        for mended in mend(value) if value else ():
            yield f"{line[:start]}{' ' if head else _indent(line)}{mended}{line[end:]}"

    return mend_line


def _curly(line: str) -> Iterator[str]:
    yield _CURLY.sub(lambda match: match["other"] or _quote(_inner(match).strip()), line)


def _nested(value: str) -> Iterator[str]:
    if (match := _NESTED.fullmatch(value)) and (value[0] != '"' or value[-1] != '"'):
        yield _quote(match[1].strip())


def _inner(match: re.Match[str]) -> str:
    return next((text for text in match.group("double", "mixed", "single") if text is not None), "")


def _day(value: str) -> Iterator[str]:
    if (day := parse_french_day(value)) is not None:
        yield day


def _existing_day(value: str) -> Iterator[str]:
    """Propose a day in place of one that is not in the calendar, such as the 31st of February."""
    written = parse_french_day(value)
    if written is not None and (day := nearest_day(written)) not in (None, written):
        yield str(day)


def _slashes(value: str) -> Iterator[str]:
    yield value.replace("\\", "/")


def _hour(value: str) -> Iterator[str]:
    if _HOUR.fullmatch(value):
        yield f'"{value}"'


def _truth(value: str) -> Iterator[str]:
    word = unaccented(value).casefold()
    if word in _TRUE | _FALSE:
        yield "true" if word in _TRUE else "false"


def _decimal(value: str) -> Iterator[str]:
    if re.fullmatch(r"\d+,\d+", value):
        yield value.replace(",", ".")


def _surplus(value: str) -> Iterator[str]:
    yield value.rstrip(",;.")


def _comma(value: str) -> Iterator[str]:
    yield re.sub(rf"({_STRING}|\}})\s*[;.]?\s*(?=[\"'{{]|[\w-]+\s*=)", r"\1, ", value)
    yield f"{value},"
    yield re.sub(rf"({_STRING}|\}})\s*[;.]\s*$", r"\1,", value)


def _brackets_of_list(value: str) -> Iterator[str]:
    if not set(value) & set("[](){},"):
        return
    yield f"{value}]"
    yield f"{value.rstrip(', ')}}}"
    yield f"[{value}"
    yield f"[{value.strip('()')}]"
    yield f"[{value}]"


def _quotes(value: str) -> Iterator[str]:
    """Propose a text with the quotation mark that is missing at an end, or of the other kind."""
    for mark in "\"'":
        if value.startswith(("'", '"')):
            yield f"{value}{mark}"
        if value.endswith(("'", '"')):
            yield f"{mark}{value}"
    if value[:1] in "\"'" and value[-1:] in "\"'" and len(value) > 1:
        yield _quote(value[1:-1])
    if re.fullmatch(r"[\"'`´]{2}.*[\"'`´]{2}|[`´].*[`´']", value):
        yield _quote(value.strip("\"'`´"))
    if value.startswith("[") and '"' in value:
        items = [item.strip("\"' ") for item in value.strip("[]").split(",")]
        yield f"[{', '.join(_quote(item) for item in items if item)}]"


def _inner_quotes(value: str) -> Iterator[str]:
    if (
        len(value) > 1
        and value[:1] == value[-1:]
        and value[:1] in ("'", '"')
        and not re.search(r"[\"']\s*[\w.]+\s*=", value)
    ):
        yield _quote(value[1:-1])


def _unquoted(value: str) -> Iterator[str]:
    if re.search(r"\w", value) and value[0] not in "\"'[{“«#" and not value.endswith(('"', "'")):
        yield _quote(value)
    if value.startswith("["):
        items = [item.strip() for item in value.strip("[]").split(",")]
        quoted = [item if item[:1] in ("'", '"', "{") else _quote(item) for item in items if item]
        yield f"[{', '.join(quoted)}]"


def _visible(line: str) -> Iterator[str]:
    parts = re.split(rf"({_STRING}|#.*)", line)
    yield "".join(part if number % 2 else _INVISIBLE.sub(" ", part) for number, part in enumerate(parts)).rstrip()
    yield _INVISIBLE.sub("", line)


def _bullet(line: str) -> Iterator[str]:
    yield _BULLET.sub(r"\1", line, count=1)


def _dashes(line: str) -> Iterator[str]:
    parts = re.split(rf"({_STRING}|#.*)", line)
    yield "".join(part if number % 2 else _DASH.sub("-", part) for number, part in enumerate(parts))


def _equals(line: str) -> Iterator[str]:
    match = _PAIR.fullmatch(line)
    if match is None:
        return
    indent, key, value = match.groups()
    if _VALUE_START.match(value) or ":" in line[: match.end(2) + 2] or not line[match.end(2)].isspace():
        yield f"{indent}{key} = {value}"
        yield from (f"{indent}{key} = {_quote(value)}" for _ in (1,) if value[0] not in "\"'[{")


def _table(line: str) -> Iterator[str]:
    match = _TABLE.fullmatch(line)
    if match and line.strip()[0] in "[({<":
        name = match[2].strip()
        double = line.count("[") > 1 or line.count("]") > 1
        yield f"{match[1]}[[{name}]]" if double else f"{match[1]}[{name}]"


def _plain_name(line: str) -> Iterator[str]:
    if line.lstrip().startswith("["):
        name = unaccented(line.strip().strip("[]")).strip()
        brackets = ("[[", "]]") if "[[" in line else ("[", "]")
        if (meant := BY_FRENCH_NAME.get(fold(name))) is not None:
            yield meant.join(brackets)
        part, _, key = name.partition(".")
        if part == "academies" and (academie := meant_academie(key, load_academies())):
            yield f"{part}.{academie}".join(brackets)
        for joined in ("-", "_"):
            yield re.sub(r"\s+", joined, name).join(brackets)
        return
    head = _HEAD.match(line)
    if head:
        name = re.sub(r"[\s\u00a0]+", "_", unaccented(head[0].rstrip("= ").strip()).strip())
        name = BY_FRENCH_NAME.get(fold(name), name)
        yield f"{_indent(line)}{name} ={line[head.end() :]}"


def _comment(line: str) -> Iterator[str]:
    text = line.strip()
    if text.startswith(("//", "--", ";", "%", "/*", "<!--", "'")):
        yield f"# {text.lstrip('/-;%*<!').removesuffix('*/').removesuffix('-->').strip()}"


def _late_comment(value: str) -> Iterator[str]:
    if match := re.fullmatch(r"(.*?\S)\s+(?://|;|--|—|–)\s*(.*)", value):
        yield f"{match[1]}  # {match[2]}"


def _prose(line: str) -> Iterator[str]:
    if _HEAD.match(line) is None and not set(line) & set("[]{}\"'“«"):
        yield f"# {line.strip()}"


def _blank(line: str) -> Iterator[str]:
    head = _HEAD.match(line)
    if head and line[head.end() :].split("#")[0].strip().casefold() in _NOTHING:
        yield f"# {line.strip()}"


def _quote(text: str) -> str:
    """Return a text between quotation marks."""
    if "\\" not in text and '"' not in text:
        return f'"{text}"'
    if "'" not in text and '"' in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "/").replace('"', '\\"') + '"'


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


# In the order in which they are tried: of two that mend a line, the first says what was wrong.
_MENDS: tuple[tuple[str, Mend], ...] = (
    ("C174", _curly),
    ("C174", _value_mend(_nested)),
    ("C175", _value_mend(_day)),
    ("C117", _value_mend(_existing_day)),
    ("C206", _value_mend(_hour)),
    ("C203", _value_mend(_truth)),
    ("C215", _value_mend(_decimal)),
    ("C207", _visible),
    ("C208", _bullet),
    ("C208", _dashes),
    ("C176", _value_mend(_slashes)),
    ("C210", _value_mend(_surplus)),
    ("C213", _blank),
    ("C202", _equals),
    ("C209", _table),
    ("C211", _plain_name),
    ("C204", _value_mend(_comma)),
    ("C209", _value_mend(_brackets_of_list)),
    ("C212", _value_mend(_inner_quotes)),
    ("C214", _value_mend(_late_comment)),
    ("C201", _value_mend(_quotes)),
    ("C205", _value_mend(_unquoted)),
    ("C214", _comment),
    ("C214", _prose),
)
