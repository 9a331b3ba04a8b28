"""Propose how a line of a campaign file that has a slip of writing could be mended: one function for each slip.

A proposal may be no better than the line; `slips` tries which of them the TOML parser reads.
"""

import re
from collections.abc import Callable, Iterator

from leaflet.campaign.academies import load_academies, meant_academie
from leaflet.campaign.days import calendar_day, parse_french_day
from leaflet.campaign.setting_names import BY_FRENCH_NAME, setting_names
from leaflet.text import fold, unaccented
from leaflet.validation import TRUTHS

_NAME = r"[\w.-]+"
HEAD = re.compile(r"\s*(?:\"[^\"]*\"|[^\s=\"'\[\]{}#,/]+(?:[ \u00a0]+[^\s=\"'\[\]{}#,/]+)*)\s*=(?!=)")
INVISIBLE = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00a0\u1680\u2000-\u200f\u2028-\u202f\u205f-\u2064\u3000\ufeff\u00ad]"
)
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
_BULLET = re.compile(r"^(\s*)(?:[•·▪●◦*–—−‑>]|-(?=\s)|\d+[.)])\s*(?=\S)")
_DASH = re.compile("[\u2010-\u2015\u2212]")
_PAIR = re.compile(rf"(\s*)({_NAME})\s*(?::=|=>|->|→|==|:|=\s*:|\s)\s*(\S.*)")
_VALUE_START = re.compile(r"[\"'\[{\d“«]|true\b|false\b")
_TABLE = re.compile(r"(\s*)[\[({<]{0,2}\s*([\w.\- ]*\w)\s*[\])}>]{0,2}\s*[:;,]?\s*")

Mend = Callable[[str], Iterator[str]]
"""A function that proposes lines in place of one."""


def double_proposals(line: str) -> Iterator[tuple[str, str]]:
    """Propose lines in place of one with two slips; the code is that of the first."""
    for code, mended in proposals(line):
        for _, again in proposals(mended):
            yield code, again


def proposals(line: str) -> Iterator[tuple[str, str]]:
    """Propose lines in place of one, each with the code of the slip that it would mend."""
    for code, mend in MENDS:
        for mended in mend(line):
            if mended != line and not any(mark in mended and mark not in line for mark in _LONG_QUOTES):
                yield code, mended


def _value_mend(mend: Mend) -> Mend:
    """Return a mend of a line from one of the value that stands on it, after the equals sign and before a comment."""

    def mend_line(line: str) -> Iterator[str]:
        head, value, comment = split_line(line)
        for mended in mend(value) if value else ():
            yield f"{head}{' ' if head else _indent(line)}{mended}{comment}"

    return mend_line


def split_line(line: str) -> tuple[str, str, str]:
    """Return a setting with its sign, its value, and the comment behind it; what is not there is empty."""
    head = HEAD.match(line)
    start = head.end() if head else 0
    comment = _COMMENT.search(line, start)
    end = comment.start() if comment else len(line)
    return line[:start], line[start:end].strip(), line[end:]


def _curly(line: str) -> Iterator[str]:
    yield _CURLY.sub(lambda match: match["other"] or quote(_inner(match).strip()), line)


def _nested(value: str) -> Iterator[str]:
    if (match := _NESTED.fullmatch(value)) and (value[0] != '"' or value[-1] != '"'):
        yield quote(match[1].strip())


def _inner(match: re.Match[str]) -> str:
    return next((text for text in match.group("double", "mixed", "single") if text is not None), "")


def _day(value: str) -> Iterator[str]:
    if (day := parse_french_day(value)) is not None:
        yield day


def _existing_day(value: str) -> Iterator[str]:
    """Propose a day in place of one that is not in the calendar, such as the 31st of February."""
    written = parse_french_day(value)
    if written is not None and (day := calendar_day(written)[0]) != written:
        yield day


def _slashes(value: str) -> Iterator[str]:
    yield value.replace("\\", "/")


def _hour(value: str) -> Iterator[str]:
    if _HOUR.fullmatch(value):
        yield f'"{value}"'


def _truth(value: str) -> Iterator[str]:
    if (truth := TRUTHS.get(fold(value))) is not None:
        yield truth


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
        yield quote(value[1:-1])
    if re.fullmatch(r"[\"'`´]{2}.*[\"'`´]{2}|[`´].*[`´']", value):
        yield quote(value.strip("\"'`´"))
    if value.startswith("[") and '"' in value:
        items = [item.strip("\"' ") for item in value.strip("[]").split(",")]
        yield f"[{', '.join(quote(item) for item in items if item)}]"


def _inner_quotes(value: str) -> Iterator[str]:
    if (
        len(value) > 1
        and value[:1] == value[-1:]
        and value[:1] in ("'", '"')
        and not re.search(r"[\"']\s*[\w.]+\s*=", value)
    ):
        yield quote(value[1:-1])


def _unquoted(value: str) -> Iterator[str]:
    if re.search(r"\w", value) and value[0] not in "\"'[{“«#" and not value.endswith(('"', "'")):
        yield quote(value)
    if value.startswith("["):
        items = [item.strip() for item in value.strip("[]").split(",")]
        quoted = [item if item[:1] in ("'", '"', "{") else quote(item) for item in items if item]
        yield f"[{', '.join(quoted)}]"


def _visible(line: str) -> Iterator[str]:
    parts = re.split(rf"({_STRING}|#.*)", line)
    yield "".join(part if number % 2 else INVISIBLE.sub(" ", part) for number, part in enumerate(parts)).rstrip(" \t")
    yield INVISIBLE.sub("", line)


def _bullet(line: str) -> Iterator[str]:
    yield _BULLET.sub(r"\1", line, count=1)


def _dashes(line: str) -> Iterator[str]:
    parts = re.split(rf"({_STRING}|#.*)", line)
    yield "".join(part if number % 2 else _DASH.sub("-", part) for number, part in enumerate(parts))


def _equals(line: str) -> Iterator[str]:
    match = _PAIR.fullmatch(line)
    if match is None:
        return
    indent, key, rest = match.groups()
    value = rest[: comment.start()] if (comment := _COMMENT.search(rest)) else rest
    is_sign = ":" in line[: match.end(2) + 2] or not line[match.end(2)].isspace()
    if _VALUE_START.match(value) or is_sign or (HEAD.match(line) is None and key in setting_names()):
        yield f"{indent}{key} = {rest}"
        if value[0] not in "\"'[{#":
            yield f"{indent}{key} = {quote(value)}{rest[len(value) :]}"


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
    head = HEAD.match(line)
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
    if HEAD.match(line) is None and not set(line) & set("[]{}\"'“«"):
        yield f"# {line.strip()}"


def _blank(line: str) -> Iterator[str]:
    head = HEAD.match(line)
    if head and line[head.end() :].split("#")[0].strip().casefold() in _NOTHING:
        yield f"# {line.strip()}"


def quote(text: str) -> str:
    """Return a text between quotation marks."""
    if "\\" not in text and '"' not in text:
        return f'"{text}"'
    if "'" not in text and '"' in text:
        return f"'{text}'"
    return '"' + text.replace("\\", "/").replace('"', '\\"') + '"'


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip(" \t"))]


# In the order in which they are tried: of two that mend a line, the first says what was wrong.
MENDS: tuple[tuple[str, Mend], ...] = (
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
