"""Character maps inside PDF files: from codes to Unicode or to glyph numbers (ISO 32000-1 §9.7.5, §9.10.3).

Not here: the predefined maps of Chinese, Japanese and Korean, which no French leaflet needs.
"""

import re
from collections.abc import Iterator

_BLOCK = re.compile(rb"begin(bfchar|bfrange|cidchar|cidrange)(.*?)end\1", re.DOTALL)
_HEX = re.compile(rb"<([0-9A-Fa-f\s]*)>")
_CID_CHAR = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*(\d+)")
_CID_RANGE = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(\d+)")
_BF_RANGE = re.compile(rb"<([0-9A-Fa-f\s]*)>\s*<([0-9A-Fa-f\s]*)>\s*(?:<([0-9A-Fa-f\s]*)>|\[(.*?)\])", re.DOTALL)
_MOST = 1 << 16  # codes of one range


def parse_unicode_map(data: bytes) -> dict[int, str]:
    """Return the text of each code of a ToUnicode map."""
    found: dict[int, str] = {}
    for kind, body in _BLOCK.findall(data):
        if kind == b"bfchar":
            values = _HEX.findall(body)
            found.update({_number(a): _text(b) for a, b in zip(values[::2], values[1::2], strict=False)})
        elif kind == b"bfrange":
            found.update(_ranges(body))
    return found


def parse_cid_map(data: bytes) -> dict[int, int]:
    """Return the glyph number (CID) of each code of an embedded map."""
    found: dict[int, int] = {}
    for kind, body in _BLOCK.findall(data):
        if kind == b"cidchar":
            found.update({_number(code): int(cid) for code, cid in _CID_CHAR.findall(body)})
        elif kind == b"cidrange":
            for first, last, cid in _CID_RANGE.findall(body):
                start = _number(first)
                found.update({code: int(cid) + code - start for code in _span(start, _number(last))})
    return found


def _ranges(body: bytes) -> Iterator[tuple[int, str]]:
    for first, last, text, texts in _BF_RANGE.findall(body):
        span = _span(_number(first), _number(last))
        if texts:
            yield from zip(span, map(_text, _HEX.findall(texts)), strict=False)
            continue
        start = _text(text)
        for at, code in enumerate(span):
            yield code, start[:-1] + chr(min(ord(start[-1]) + at, 0x10FFFF)) if start else ""


def _span(first: int, last: int) -> range:
    return range(first, min(last + 1, first + _MOST))


def _number(digits: bytes) -> int:
    return int(bytes(digits).translate(None, b" \t\r\n") or b"0", 16)


def _text(digits: bytes) -> str:
    plain = bytes(digits).translate(None, b" \t\r\n").decode("ascii")
    return bytes.fromhex(plain + "0" * (len(plain) % 2)).decode("utf-16-be", "replace")
