"""QR matrices: the symbol for an address, made once, as rows of modules. Drawing is elsewhere.

`qrcode` chooses version and mask (ISO/IEC 18004); byte mode, one segment, so the printed symbol holds the
address and nothing else.
"""

from functools import lru_cache, reduce
from math import isqrt
from operator import xor
from typing import Literal

import qrcode
from msgspec import Struct
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M, ERROR_CORRECT_Q
from qrcode.exceptions import DataOverflowError

QUIET_ZONE = 4  # modules on each side, ISO/IEC 18004 §6.3.8
LARGEST = 177  # modules on a side of version 40
Level = Literal["Q", "M", "L"]
LEVELS: tuple[Level, ...] = ("Q", "M", "L")
"""From much correction of errors to little: 25, 15, 7 % of what is printed may be lost."""
_PLAIN_MASK = 2
_LEVELS = {"L": ERROR_CORRECT_L, "M": ERROR_CORRECT_M, "Q": ERROR_CORRECT_Q}


class Matrix(Struct, frozen=True):
    """A QR symbol: `rows` of ``0`` and ``1`` without quiet zone, square."""

    href: str
    rows: tuple[str, ...]

    @property
    def size(self) -> int:
        """The modules on a side, without quiet zone: 4 · version + 17."""
        return len(self.rows)


class TooLong(ValueError):  # noqa: N818 - says what is wrong, not that something is
    """An address that no QR code holds."""


@lru_cache(maxsize=1024)
def make_matrix(href: str, level: Level) -> Matrix:
    """Return the symbol of an address at an error correction level; the smallest version that holds it."""
    data = href.encode()
    # an address is printed by the thousand and gets the best mask; searching for it takes most of the time, so a
    # short text that is printed once, such as a school's UAI, does without
    modules = _draw(data, level, None) if "://" in href else _draw_from_changes(data, level)
    size = isqrt(len(modules))
    return Matrix(href, tuple([modules[start : start + size] for start in range(0, size * size, size)]))


def _draw_from_changes(data: bytes, level: Level) -> str:
    """Return the modules of a text: those of noughts, and what its bytes change, which adds up under one mask."""
    noughts = b"0" * len(data)
    drawn = _draw(noughts, level, _PLAIN_MASK)
    changes = [_change(noughts, level, place, byte) for place, byte in enumerate(data)]
    return f"{reduce(xor, changes, int(drawn, 2)):0{len(drawn)}b}"


@lru_cache(maxsize=4096)
def _change(noughts: bytes, level: Level, place: int, byte: int) -> int:
    """Return the modules that change with another byte in the place of a nought."""
    text = noughts[:place] + bytes([byte]) + noughts[place + 1 :]
    return int(_draw(text, level, _PLAIN_MASK), 2) ^ int(_draw(noughts, level, _PLAIN_MASK), 2)


@lru_cache(maxsize=64)
def _draw(data: bytes, level: Level, mask: int | None) -> str:
    """Return the modules of a symbol row by row, with a mask, or with the best one."""
    code = qrcode.QRCode(error_correction=_LEVELS[level], border=0, mask_pattern=mask)
    code.add_data(qrcode.util.QRData(data, mode=qrcode.util.MODE_8BIT_BYTE))
    try:
        code.make(fit=True)
    except (ValueError, DataOverflowError):
        raise TooLong(data.decode()) from None
    return "".join(["01"[bool(module)] for row in code.get_matrix() for module in row])
