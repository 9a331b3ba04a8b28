"""Web and mail addresses that stand on a page as text, put together again where a line was broken.

An address is judged as a reader takes it: whatever looks like one is one, with or without ``https://``.
Not here: whether it may be printed; see ``rules/links`` and ``rules/qr``.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from leaflet.layout.marks import Box
from leaflet.preflight.evidence import Evidence, FoundWord

# Endings of names that a leaflet for French schools may print, or a forger; « fin.Les » is no address.
_ENDINGS = (
    "fr|com|org|net|eu|info|io|me|co|be|ch|ca|uk|de|es|it|lu|mc|re|gp|mq|gf|yt|pm|wf|nc|pf|tf|tk|ml|ga|cf|gq|xyz|"
    "online|site|club|top|asia|tech|shop|link|click|live|app|dev|page|web|bzh|corsica|alsace|paris|education|ly|gl|do|"
    "cc|ws|to|vu|biz|pro|coop|edu|gov|int"
)
_HOST = rf"(?:[\w-]+\.)+(?:{_ENDINGS})"
_WEB = re.compile(rf"(?:https?://|www\.)\S+|{_HOST}(?![\w.-]*@)(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_HALF = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?", re.IGNORECASE)  # up to a line's end
_SECOND_HALF = re.compile(r"\.[\w-]+\.[a-z]{2,}", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>()«»:]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_OPENING, _CLOSING = "(«“\"'<[", ".,;:!?)»”\"'>]…·"
_GOES_ON = re.compile(r"[./?#&=_~%:@-]")  # with which the second half of an address begins
_UNENDED = re.compile(r".*[./?#&=_~%:-]$")  # the first one ends; what follows is no capital then
_MOST_PARTS = 5
_LEADING = 2.2  # lines of an address are not further apart, in heights of its words


class FoundAddress(Struct, frozen=True, kw_only=True):
    """An address on a page.

    Args:
        text: as it stands there, without the break of a line.
        boxes: of its words.
        shorter: the same, cut where lines end: where an address stops and the text goes on is not always certain.
    """

    text: str
    boxes: tuple[Box, ...]
    shorter: tuple[str, ...] = ()

    @property
    def readings(self) -> frozenset[str]:
        """All that the address may be, in its plain form."""
        return frozenset(shorten_address(text) for text in (self.text, *self.shorter))


def shorten_address(address: str) -> str:
    """An address without what print leaves out: ``https://``, ``www.``, the last slash; its host in lower case."""
    bare = re.sub(r"^https?://", "", address.strip(), flags=re.IGNORECASE)
    host, slash, path = bare.partition("/")
    return f"{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")


def find_host(address: str) -> str:
    """Its host in lower case, empty if it has none."""
    try:
        return urlsplit(address if "://" in address else f"https://{address}").hostname or ""
    except ValueError:
        return ""


def find_addresses(evidence: Evidence) -> tuple[FoundAddress, ...]:
    """All web addresses in the text of a page, in reading order."""
    words = [word for word in evidence.words if not word.is_hidden]
    found = []
    taken = 0
    for at, word in enumerate(words):
        following = words[at + 1].text if at + 1 < len(words) else ""
        if at < taken or not ("." in word.text or "://" in word.text or following.startswith(".")):
            continue  # most words
        parts = _parts(words, at) if _may_begin(word.text, following) else ()
        address = _joined(parts)
        if address is not None:
            found.append(address)
            taken = at + len(address.boxes)
    return tuple(found)


def find_mail_addresses(evidence: Evidence) -> Iterator[tuple[str, FoundWord]]:
    """All mail addresses that stand in one word, with it."""
    for word in evidence.words:
        if "@" in word.text and (match := _MAIL.search(word.text)):
            yield match[0].rstrip(_CLOSING), word


def _may_begin(text: str, following: str) -> bool:
    if "://" in text or _SECOND_HALF.match(following):
        return True
    return "." in text and "@" not in text and _HALF.match(text.lstrip(_OPENING)) is not None


def _parts(words: Sequence[FoundWord], at: int) -> tuple[FoundWord, ...]:
    """A word and those that go on with it at the beginning of the next lines."""
    parts = [words[at]]
    for word in words[at + 1 : at + _MOST_PARTS]:
        before = parts[-1]
        if word.line != before.line + 1 or not _is_below(before.box, parts[0].box, word.box):
            break
        if not (_GOES_ON.match(word.text) or (_UNENDED.match(before.text) and not word.text[0].isupper())):
            break
        parts.append(word)
    return tuple(parts)


def _is_below(before: Box, first: Box, box: Box) -> bool:
    return 0 < box.bottom - before.bottom < _LEADING * max(first.height, box.height) and box.x < before.right


def _joined(parts: Sequence[FoundWord]) -> FoundAddress | None:
    """The longest address that words make, beginning with the first."""
    readings = []
    for count in range(1, len(parts) + 1):
        text = "".join(word.text for word in parts[:count]).lstrip(_OPENING).rstrip(_CLOSING)
        match = _WEB.fullmatch(text) or _WEB.match(text)
        if match is not None and "." in match[0] and "@" not in text:
            readings.append((match[0].rstrip(_CLOSING), count))
    if not readings:
        return None
    text, count = readings[-1]
    shorter = tuple(reading for reading, _ in readings[:-1])
    return FoundAddress(text=text, boxes=tuple(word.box for word in parts[:count]), shorter=shorter)
