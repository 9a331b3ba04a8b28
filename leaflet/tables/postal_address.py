"""Split a postal address that stands in one cell: « 12 rue X, BP 123, 37000 TOURS CEDEX 9 »."""

import re
from collections.abc import Sequence

from msgspec import Struct

_LAST_LINE = re.compile(
    r"(?P<lines>.*?)[\s,;–—-]*\b(?:F-?)?(?P<postcode>[0-9]{2} ?[0-9]{3})\s*[–—-]?\s*"
    r"(?P<town>[^\W\d_][^,;\n0-9]*?"
    r"(?:\s+[0-9]{1,2}(?:\s*(?:er|e|è|[eè]me))?(?:\s+arr(?:ondissement|dt|t)?\.?)?)?"  # « LYON 3EME », « PARIS 15 »
    r"(?:\s+cedex(?:\s*[0-9]{1,2})?)?)"
    r"(?:[\s,;–—(-]+france\)?)?[\s,;.]*",
    re.IGNORECASE | re.DOTALL,
)
_PARTS = re.compile(r"\s*[\n;]\s*|\s*(?<![0-9])(?<![0-9]\s)(?<!bis)(?<!ter),\s*|\s+[–—-]\s+", re.IGNORECASE)
_MOST_LINES = 3


class PostalAddress(Struct, frozen=True, kw_only=True):
    """An address in its parts; a comma after a house number parts nothing."""

    lines: tuple[str, ...]
    postcode: str
    town: str


def split_address(text: str) -> PostalAddress | None:
    """Return the parts of an address that ends with a postcode and a town; None for any other text.

    Args:
        text: The address, on one line or several.
    """
    match = _LAST_LINE.fullmatch(text.strip())
    if match is None:
        return None
    lines = [part.strip(" ,") for part in _PARTS.split(match["lines"]) if part.strip(" ,")]
    town = " ".join(match["town"].split())
    return PostalAddress(lines=join_lines(lines), postcode=match["postcode"].replace(" ", ""), town=town)


def join_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of an address, three at most: further ones are joined to the third."""
    last = lines[_MOST_LINES - 1 :]
    return (*lines[: _MOST_LINES - 1], ", ".join(last)) if last else tuple(lines)
