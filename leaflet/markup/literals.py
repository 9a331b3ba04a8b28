"""Secrets written into a template itself: in its text, attributes and comments, and in what Jinja has in quotes.

Values that come from lists and campaigns are judged where those are read.
"""

import html
import re
from functools import lru_cache

from leaflet.confidential import find_secret, prints_a_value

_CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|(?P<comment>\{#.*?#\})", re.DOTALL)
_QUOTED = re.compile(r"\"([^\"]*)\"|'([^']*)'|\n")
_INLINE = re.compile(r"<(?:strong|a|br)\b[^>]*>|</(?:strong|a)>")
_MARKUP = re.compile(r"<!--|-->|</?[a-zA-Z][\w-]*|/?(?<!-)>|\s[\w-]+=(?=[\"'])|[\"']")


@lru_cache(maxsize=256)  # files of templates; a window compiles the same ones at every change
def find_secret_line(source: str) -> int | None:
    """Return the first line of a template (from 1) that holds what looks like a secret, or begins one; None."""
    lines = [_words(line) for line in _CODE.sub(_texts, source).splitlines()]
    written = source.splitlines()
    for number, line in enumerate(lines, 1):
        if find_secret(line) or prints_a_value(written[number - 1]):
            return number
        below = lines[number] if number < len(lines) else ""
        if find_secret(f"{line} {below}") and not find_secret(below):
            return number
    return None


def _texts(code: re.Match[str]) -> str:
    """Return the texts between quotes of some Jinja, on their lines; names and operators are no text."""
    if code["comment"]:
        return code["comment"]
    return "".join("\n" if m[0] == "\n" else f" {m[1] or m[2] or ''} " for m in _QUOTED.finditer(code[0]))


def _words(line: str) -> str:
    """Return the text of a line of markup: tags taken away, values of attributes kept."""
    return html.unescape(_MARKUP.sub("  ", _INLINE.sub(_inline, line)))


def _inline(tag: re.Match[str]) -> str:
    """Take an inline tag away without a gap in the word it stands in; its address stays."""
    values = re.findall(r"=\"([^\"]*)\"", tag[0])
    return " ".join(("", *values, "")) if values else ""
