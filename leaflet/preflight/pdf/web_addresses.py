"""Find the web and mail addresses in the text of a page, and join those that are broken over lines.

Whatever a reader would take for an address is one, with or without ``https://``.
"""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urlsplit

from msgspec import Struct

from leaflet.geometry import Box
from leaflet.preflight.pdf.evidence import Evidence, FoundWord

# Top-level domains that a leaflet for French schools, or a forged one, may print; « fin.Les » is no address.
_ENDINGS = (
    "fr|com|org|net|eu|info|io|me|co|be|ch|ca|uk|de|es|it|lu|mc|re|gp|mq|gf|yt|pm|wf|nc|pf|tf|tk|ml|ga|cf|gq|xyz|"
    "online|site|club|top|asia|tech|shop|link|click|live|app|dev|page|web|bzh|corsica|alsace|paris|education|ly|gl|do|"
    "cc|ws|to|vu|biz|pro|coop|edu|gov|int"
)
_HOST = rf"(?:[\w-]+\.)+(?:{_ENDINGS})"
_WEB = re.compile(rf"(?:https?://|www\.)\S+|{_HOST}(?![\w.-]*@)(?::\d+)?(?:[/?#]\S*)?", re.IGNORECASE)
_HALF = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)+(?:[/?#]\S*)?", re.IGNORECASE)  # up to a line's end
_FIRST_HALF = re.compile(r"(?:[\w-]+\.)+")
_SECOND_HALF = re.compile(r"\.[\w-]+\.[a-z]{2,}", re.IGNORECASE)
_MAIL = re.compile(r"[^\s@<>()«»:]+@(?:[\w-]+\.)+[a-z]{2,}", re.IGNORECASE)
_OPENING, _CLOSING = "(«“\"'<[", ".,;:!?)»”\"'>]…·"
_GOES_ON = re.compile(r"[./?#&=_~%:@-]")  # the beginning of a second half
_UNENDED = re.compile(r".*[./?#&=_~%:-]$")  # the end of a first half; no capital letter follows it
_MOST_PARTS = 5
_SAME_SIZE = 0.1  # points
_LEADING = 2.2  # the most between two lines of an address, in heights of its words


class FoundAddress(Struct, frozen=True, kw_only=True):
    """A web address in the text of a page.

    It is not always certain whether it goes on in the next line, nor whether a full stop above it ends a sentence.
    """

    text: str  # the address, without line breaks
    boxes: tuple[Box, ...]  # the areas of its words
    shorter: tuple[str, ...] = ()  # the address cut at each line break, and without a word above with a stop

    @property
    def readings(self) -> frozenset[str]:
        """Every address that the text may stand for, each shortened."""
        return frozenset(shorten_address(text) for text in (self.text, *self.shorter))


def shorten_address(address: str) -> str:
    """Remove ``https://``, ``www.`` and the last slash, and write the host in lower case, to compare addresses."""
    host, slash, path = re.sub(r"^https?://", "", address.strip(), flags=re.IGNORECASE).partition("/")
    return f"{host.lower().removeprefix('www.')}{slash}{path}".rstrip("/")


def find_host(address: str) -> str:
    """Return the host of an address in lower case; empty if it has none."""
    try:
        return urlsplit(address if "://" in address else f"https://{address}").hostname or ""
    except ValueError:
        return ""


def find_addresses(evidence: Evidence) -> tuple[FoundAddress, ...]:
    """Find all web addresses in the text of a page, in reading order."""
    words = [word for word in evidence.words if not word.is_hidden]
    found = []
    taken = 0
    for at, word in enumerate(words):
        following = words[at + 1].text if at + 1 < len(words) else ""
        if at < taken or not ("." in word.text or "://" in word.text or following.startswith(".")):
            continue  # leave most words out early
        parts = _parts(words, at) if _may_begin(word.text, following) else ()
        if (address := _joined(parts)) is not None:
            found.append(address)
            taken = at + len(address.boxes)
    return tuple(found)


def find_mail_addresses(evidence: Evidence) -> Iterator[tuple[str, FoundWord]]:
    """Find all mail addresses within one word, each with the word."""
    for word in evidence.words:
        if "@" in word.text and (match := _MAIL.search(word.text)):
            yield match[0].rstrip(_CLOSING), word


def _may_begin(text: str, following: str) -> bool:
    if "://" in text or _SECOND_HALF.match(following):
        return True
    if following.startswith("@"):  # a mail address, broken before it
        return False
    start = text.lstrip(_OPENING)
    if _FIRST_HALF.fullmatch(start) and _HALF.match(following):
        return True
    return "." in text and "@" not in text and _HALF.match(start) is not None


def _parts(words: Sequence[FoundWord], at: int) -> tuple[FoundWord, ...]:
    """Return a word and those at the beginning of the next lines that may continue it."""
    parts = [words[at]]
    for word in words[at + 1 : at + _MOST_PARTS]:
        before = parts[-1]
        if word.line != before.line + 1 or not _is_next(before, parts[0], word):
            break
        if not (_GOES_ON.match(word.text) or (_UNENDED.match(before.text) and not word.text[0].isupper())):
            break
        parts.append(word)
    return tuple(parts)


def _is_next(before: FoundWord, first: FoundWord, word: FoundWord) -> bool:
    """Tell whether a word of the same type begins the line that a reader meets next, below or, head down, above."""
    one, two = (before.box, word.box) if word.angle == 0 else (_turned(before.box), _turned(word.box))
    below = 0 < two.bottom - one.bottom < _LEADING * max(first.box.height, two.height)
    return below and two.x < one.right and word.angle == before.angle and abs(word.size - before.size) < _SAME_SIZE


def _turned(box: Box) -> Box:
    """Return a box as it lies once its page is turned head over heels."""
    return Box(-box.right, -box.bottom, box.width, box.height)


def _joined(parts: Sequence[FoundWord]) -> FoundAddress | None:
    """Return the longest address that words form, beginning with the first."""
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
    if count > 1 and _FIRST_HALF.fullmatch(parts[0].text.lstrip(_OPENING)):
        rest = _joined(parts[1:count])
        shorter += (rest.text, *rest.shorter) if rest else ()
    return FoundAddress(text=text, boxes=tuple(word.box for word in parts[:count]), shorter=shorter)
