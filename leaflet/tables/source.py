"""The bytes of a list: read whole under a cap, recognised, and their encoding found.

Never guessed by statistics: such detectors read French cp1252 as cp1250 or ISO 8859-14. The ladder is
byte order mark, then strict UTF-8, then strict cp1252; nothing is ever replaced.
"""

import codecs
import re
import stat
from dataclasses import dataclass
from pathlib import Path

from leaflet.faults import Place, Report, fail
from leaflet.tables.table import Limits

ENCODINGS: tuple[str, ...] = ("utf-8", "cp1252", "latin-1", "cp850", "mac-roman", "utf-16")
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SHEETS = frozenset({".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".numbers"})
_SHEET_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")  # zip (xlsx, ods), OLE (xls, locked xlsx)
# « Ã© » and its kin: accented letters in UTF-8, which no French cp1252 text contains.
_UTF8_ACCENT = re.compile(rb"\xc3[\x80-\xbf]")
_CHUNK = 1 << 16


@dataclass(frozen=True, kw_only=True, slots=True)
class Source:
    """A list's bytes and how to read them."""

    name: str
    data: bytes
    encoding: str


def load_source(path: Path, *, report: Report, encoding: str | None, limits: Limits) -> Source:
    """Read and recognise a file.

    Args:
        encoding: one of `ENCODINGS`, or None to find it.

    Raises:
        DataError: T101 to T110, the file cannot be used at all.
    """
    place = Place(file=path.name or str(path))
    data = _load_bytes(path, place, limits)
    _check_kind(path, data, place)
    return Source(name=path.name, data=data, encoding=_encoding(data, encoding, place, report))


def _load_bytes(path: Path, place: Place, limits: Limits) -> bytes:
    try:
        _check_stat(path, place, limits)
        with path.open("rb") as file:
            data = file.read()
    except FileNotFoundError:
        raise fail("T101", place) from None
    except (OSError, ValueError) as error:  # ValueError: NUL in the name
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise fail("T103", place, reason=reason or type(error).__name__) from None
    if len(data) > limits.file_bytes:
        raise _too_large(place, len(data), limits)
    return data


def _check_stat(path: Path, place: Place, limits: Limits) -> None:
    # Asked before opening: opening a named pipe would wait for ever.
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise fail("T102", place)
    if status.st_size > limits.file_bytes:
        raise _too_large(place, status.st_size, limits)


def _too_large(place: Place, size: int, limits: Limits) -> Exception:
    megabytes = f"{size / 1_000_000:.1f}"
    return fail("T107", place, size=megabytes, limit=f"{limits.file_bytes / 1_000_000:.0f}")


def _check_kind(path: Path, data: bytes, place: Place) -> None:
    if not data.strip(b"\xef\xbb\xbf\xff\xfe\0 \t\r\n"):
        raise fail("T104", place)
    if data.startswith(b"%PDF-") or path.suffix.lower() == ".pdf":
        raise fail("T106", place)
    if data.startswith(_SHEET_MAGIC) or path.suffix.lower() in _SHEETS:
        raise fail("T105", place)


def _encoding(data: bytes, asked: str | None, place: Place, report: Report) -> str:
    if asked is not None:
        return _asked_encoding(data, asked, place)
    if marked := next((name for bom, name in _BOMS if data.startswith(bom)), None):
        return _checked(data, marked, place)
    if (bad := find_undecodable(data, "utf-8")) is None:
        return "utf-8"
    if _UTF8_ACCENT.search(data):
        raise fail("T110", _at(place, data, bad), byte=f"{data[bad]:02X}")
    encoding = _checked(data, "cp1252", place)
    report.add("T111", _at(place, data, bad), encoding=encoding, sample=_word(data, bad, encoding))
    return encoding


def _asked_encoding(data: bytes, asked: str, place: Place) -> str:
    name = asked.lower().replace("_", "-")
    if name not in ENCODINGS:
        raise fail("T108", place, encoding=asked, known=", ".join(ENCODINGS))
    return _checked(data, "utf-8-sig" if name == "utf-8" else name, place)


def _checked(data: bytes, encoding: str, place: Place) -> str:
    bad = find_undecodable(data, encoding)
    if bad is None:
        return encoding
    byte = f"{data[bad]:02X}" if bad < len(data) else "–"
    raise fail("T109", _at(place, data, bad), encoding=encoding, byte=byte)


def find_undecodable(data: bytes, encoding: str) -> int | None:
    """Offset of the first byte that is not `encoding`; None if all are. Decodes in chunks, keeps nothing."""
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


def _word(data: bytes, offset: int, encoding: str) -> str:
    """The word around a byte, for the user to judge by its accents; without digits, it might be a password."""
    before = re.search(rb"[^\s;,\"]*\Z", data[max(0, offset - 40) : offset])
    after = re.match(rb"[^\s;,\"]*", data[offset : offset + 40])
    word = b"".join(part.group() for part in (before, after) if part).decode(encoding)
    return re.sub(r"\d+", "…", word)


def _at(place: Place, data: bytes, offset: int) -> Place:
    lines = re.findall(rb"\r\n|\r|\n", data[:offset])
    return Place(file=place.file, line=len(lines) + 1)
