"""QR matrices: the symbol for an address, made once, as rows of modules. Drawing is elsewhere.

`qrcode` chooses version and mask (ISO/IEC 18004); byte mode, one segment, so the printed symbol holds the
address and nothing else.
"""

from functools import lru_cache
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
    """A QR symbol: `rows` of ``0`` and ``1`` without quiet zone, square; `level` of error correction."""

    href: str
    level: Level
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
    # an address is printed by the thousand and gets the best mask; searching for it takes most of the time, so a
    # short text that is printed once, such as a school's UAI, does without
    mask = None if "://" in href else _PLAIN_MASK
    code = qrcode.QRCode(error_correction=_LEVELS[level], border=0, mask_pattern=mask)
    code.add_data(qrcode.util.QRData(href.encode(), mode=qrcode.util.MODE_8BIT_BYTE))
    try:
        code.make(fit=True)
    except (ValueError, DataOverflowError):
        raise TooLong(href) from None
    return Matrix(href, level, tuple("".join("01"[bool(m)] for m in row) for row in code.get_matrix()))
