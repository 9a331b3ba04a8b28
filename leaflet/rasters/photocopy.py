"""Describe a worn photocopier in numbers, by which pictures of pages are copied (`PictureDecoder.photocopy`).

The copier blurs a little, feeds the sheet askew, hardens greys towards black and white, and adds grain; the paper
that comes out is not white, its black not quite black. `tests/copies.py` simulates harder copies.
"""

BLUR = 0.35  # pixels, standard deviation
TILTS = (0.5, -0.3, 0.3)  # degrees, one for each copy
GRAIN = 9  # most that grain adds or takes away, levels
GRAIN_SIDE = 97  # pixels of a tile of grain; no measure of a page divides by it
_CONTRAST, _AROUND = 1.25, 180  # darker than mid-grey becomes darker
_INK, _PAPER = 26, 232  # levels of the last copy
_MULTIPLIER, _ADDEND, _MODULUS = 1_103_515_245, 12_345, 1 << 31  # of a plain linear congruential generator

LEVELS = [min(255, max(0, round((level - _AROUND) * _CONTRAST + _AROUND))) for level in range(256)]
"""The level of grey that each level becomes in one copy."""
TONES = [round(_INK + level * (_PAPER - _INK) / 255) for level in range(256)]
"""The level that is shown for each level of the last copy: its black and its paper are greys."""


def grain() -> bytes:
    """Return a square tile of grain, row by row: levels from 0 to twice `GRAIN`, the same each time."""
    state, levels = 1, bytearray()
    for _ in range(GRAIN_SIDE * GRAIN_SIDE):
        state = (state * _MULTIPLIER + _ADDEND) % _MODULUS
        levels.append((state >> 16) % (2 * GRAIN + 1))
    return bytes(levels)
