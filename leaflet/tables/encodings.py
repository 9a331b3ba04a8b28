"""Find the encoding of a text in French: byte order mark, strict UTF-8, then a score on French letters.

The bytes of a word are « é » in one encoding and « Ú », « ‚ » or « È » in another; which of them stand inside French
words is known. Detectors by statistics read French cp1252 as cp1250 or ISO 8859-14, so none is used. Nothing is
ever replaced, and the user is always shown a word to judge by.
"""

import codecs
import re
from collections import Counter
from itertools import islice

from leaflet.faults import Place, Report, fail

ENCODINGS: tuple[str, ...] = ("utf-8", "cp1252", "latin-1", "cp850", "mac-roman", "utf-16")
CANDIDATES: tuple[str, ...] = ("cp1252", "cp850", "mac-roman")  # Windows, DOS, old Macs
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# « Ã© » and its kin: accented letters in UTF-8, which no French text in one byte a letter contains.
_UTF8_ACCENT = re.compile(rb"\xc3[\x80-\xbf]")
_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")  # half of a UTF-16 pair, written as if it were a character
# « Lyc+AOk-e », and no letter beyond ASCII anywhere: what some mail programs make of accents (RFC 2152).
_UTF7 = re.compile(rb"[A-Za-z]{0,40}(?:\+A[MNO][A-Za-z0-9+/]{1,8}-[A-Za-z]{0,40}){1,8}")
_UTF7_SIGN = re.compile(rb"\+A[MNO][A-Za-z0-9+/]{1,8}-")
_CHUNK = 1 << 16
_BEYOND_ASCII = re.compile(rb"(?<=(.))([\x80-\xff])(?=(.))", re.DOTALL)
_SAMPLE = 20_000  # characters beyond ASCII that are looked at
# Points of a character inside a word; what is not here and is no letter either counts against its encoding.
_POINTS = {"é": 6, **dict.fromkeys("èêàçôîâ", 4), **dict.fromkeys("ëïûùüöœ", 2), **dict.fromkeys("äÿñáíóúæ", 1)}
_POINTS |= {"É": 6, **dict.fromkeys("ÈÊÀÇÔÎÂ", 3), **dict.fromkeys("ËÏÛÙÜÖŒ", 1)}
_SIGNS = {"’": 2, "«": 2, "»": 2, "°": 2, "\u00a0": 1, "–": 1, "€": 1, "…": 1, "œ": 1, "Œ": 1, "‘": 1, "º": 1, "²": 1}
_AGAINST = -8
_STRAY = 0.02  # how much of a file may speak against its encoding: foreign names, « LEÓN », « ØSTERBRO »
_PLAIN = 4  # points of a letter that speaks for its encoding by itself


def find_encoding(data: bytes, place: Place, report: Report) -> str:
    """Return the encoding of a text; report it if it was found by the letters (T111)."""
    if marked := next((name for bom, name in _BOMS if data.startswith(bom)), None):
        return checked(data, marked, place)
    if (bad := find_undecodable(data, "utf-8")) is None:
        sign = _UTF7_SIGN.search(data) if data.isascii() else None
        if sign and (utf7 := _UTF7.search(data, max(0, sign.start() - 40))):
            raise fail("T160", at(place, data, utf7.start()), found=utf7[0].decode(), sample=utf7[0].decode("utf-7"))
        return "utf-8"
    if _UTF8_ACCENT.search(data):
        raise fail("T110", at(place, data, bad), byte=f"{data[bad]:02X}")
    if _SURROGATE.search(data):
        raise fail("T109", at(place, data, bad), encoding="utf-8", byte=f"{data[bad]:02X}")
    if b"\0" in data:
        raise fail("T113", at(place, data, data.index(b"\0")))
    encoding = _guess(data, place, bad, report)
    report.add("T111", at(place, data, bad), encoding=encoding, sample=sample_word(data, bad, encoding))
    return encoding


def asked_encoding(data: bytes, asked: str, place: Place) -> str:
    """Return the codec of an encoding that the user named."""
    name = asked.lower().replace("_", "-")
    if name not in ENCODINGS:
        raise fail("T108", place, encoding=asked, known=", ".join(ENCODINGS))
    return checked(data, "utf-8-sig" if name == "utf-8" else name, place)


def checked(data: bytes, encoding: str, place: Place) -> str:
    """Return the encoding, if all bytes are characters in it."""
    bad = find_undecodable(data, encoding)
    if bad is None:
        return encoding
    byte = f"{data[bad]:02X}" if bad < len(data) else "–"
    raise fail("T109", at(place, data, bad), encoding=encoding, byte=byte)


def find_undecodable(data: bytes, encoding: str) -> int | None:
    """Return the offset of the first byte that is no character, found in chunks to bound memory; None without."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), _CHUNK):
        chunk = data[start : start + _CHUNK]
        pending = len(decoder.getstate()[0])
        try:
            decoder.decode(chunk, final=start + _CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return max(0, start - pending + error.start)
        except UnicodeError:  # UTF-16 without its mark
            return start
    return None


def scores(data: bytes) -> dict[str, int]:
    """Return how French the text is in each of `CANDIDATES` that can be its encoding; higher is better."""
    seen = _seen(data)
    possible = [name for name in CANDIDATES if find_undecodable(data, name) is None]
    return {name: sum(_score(around, name) * n for around, n in seen.items()) for name in possible}


def _seen(data: bytes) -> Counter[bytes]:
    """Count the bytes beyond ASCII, each with the byte before and the byte after."""
    found = _BEYOND_ASCII.finditer(b"\n" + data + b"\n")
    return Counter(match[1] + match[2] + match[3] for match in islice(found, _SAMPLE))


def _score(three: bytes, encoding: str) -> int:
    """Return the points of the second of three characters."""
    before, character, after = tuple(three.decode(encoding, "replace"))
    if not character.isalpha() or character in "ºª":
        is_between = before.isalpha() and after.isalpha()
        return _AGAINST if is_between and character != "’" else _SIGNS.get(character, _AGAINST)
    if not before.isalpha() and not after.isalpha():
        return 1 if character in "àÀ" else 0  # « à » alone is a word
    if character.isupper() and before.islower():
        return _AGAINST  # « lycÈe »
    if character.islower() and before.isupper() and after.isupper():
        return _AGAINST  # « LYCéE »
    if character in "ëïËÏ" and before in "aouAOU":
        return _PLAIN + 2  # « Noël », « maïs »
    return _POINTS.get(character, _AGAINST)


def _guess(data: bytes, place: Place, bad: int, report: Report) -> str:
    """Return the best of `CANDIDATES`, if it is better than the others and few words speak against it."""
    found = sorted(scores(data).items(), key=lambda item: -item[1])
    names = [name for name, _ in found]
    best = found[0][1]
    if best <= 0 and "cp1252" not in names:
        return checked(data, "cp1252", place)
    if best <= 0 or (len(found) > 1 and found[1][1] == best):
        raise _undecided(data, names, place, bad)
    # what is odd in the first encoding and plain French in another
    odd = {three: n for three, n in _seen(data).items() if _score(three, names[0]) < 0}
    against = {three: n for three, n in odd.items() if any(_score(three, name) >= _PLAIN for name in names[1:])}
    if against:
        offset = min(data.find(three) for three in against) + 1
        if sum(against.values()) * _PLAIN > best * _STRAY:
            raise _undecided(data, names, place, offset)
        report.add("T159", at(place, data, offset), samples=_samples(data, names, offset))
    return names[0]


def _undecided(data: bytes, names: list[str], place: Place, offset: int) -> Exception:
    return fail("T155", at(place, data, offset), samples=_samples(data, names, offset))


def _samples(data: bytes, names: list[str], offset: int) -> str:
    return ", ".join(f"{name} « {sample_word(data, offset, name)} »" for name in names)


def sample_word(data: bytes, offset: int, encoding: str) -> str:
    """Return the word around a byte, for the user to judge by its accents; digits are left out, as of a password."""
    before = re.search(rb"[^\s;,\"]*\Z", data[max(0, offset - 40) : offset])
    after = re.match(rb"[^\s;,\"]*", data[offset : offset + 40])
    return re.sub(r"\d+", "…", b"".join(part.group() for part in (before, after) if part).decode(encoding))


def at(place: Place, data: bytes, offset: int) -> Place:
    """Return the line of a byte as a place."""
    return Place(file=place.file, line=len(re.findall(rb"\r\n|\r|\n", data[:offset])) + 1)
