"""Words that a screen reader joins: where a line ends inside marked content and nothing parts it from the next.

Readers that look at the page see two lines; those that follow the tags hear « jointtu peux », unless the line ends
with a space or a hyphen. Not here: lines that end where a marked content ends, for elements part words themselves.
"""

from collections.abc import Iterator, Mapping, Sequence
from math import hypot
from typing import Any

import pikepdf
from msgspec import Struct, field

from leaflet.preflight.cmaps import parse_unicode_map
from leaflet.preflight.fonts import named
from leaflet.preflight.text.wording import is_address

Letters = Mapping[str, tuple[Mapping[int, str], int]]  # by name of the font: text of each code, bytes of a code
Matrix = tuple[float, float, float, float, float, float]
_UNIT: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_NEXT_LINE = 0.7  # of the type's size, down: less is a raised figure
_JOINTS = (" ", "\u00a0", "\u202f", "-", "\u00ad", "\u2010", "\u2011", "–", "—", "/", "’", "'", "\t")
_SHOWS = ("Tj", "TJ", "'", '"')


class _Shown(Struct):
    """The line being read: its marked content, its height on the page, its text."""

    mark: int
    y: float
    text: str


class _Reader(Struct):
    """Follows the text of contents line by line."""

    letters: Letters
    matrix: Matrix = _UNIT
    text: Matrix = _UNIT
    start: Matrix = _UNIT
    leading: float = 0.0
    font: str = ""
    size: float = 0.0
    saved: list[tuple[Matrix, str, float]] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    line: _Shown | None = None

    def read(self, instructions: Iterator[Any]) -> Iterator[tuple[str, str]]:
        for instruction in instructions:
            operator, operands = str(instruction.operator), instruction.operands
            if operator in _SHOWS:
                if operator in ("'", '"'):
                    self._move(0, -self.leading)
                yield from self._show("".join(self._texts(operands)))
            else:
                self._step(operator, operands)

    def _step(self, operator: str, operands: Any) -> None:
        match operator:
            case "q":
                self.saved.append((self.matrix, self.font, self.size))
            case "Q" if self.saved:
                self.matrix, self.font, self.size = self.saved.pop()
            case "cm":
                self.matrix = _times(_matrix(operands), self.matrix)
            case "BT":
                self.text = self.start = _UNIT
            case "Tf":
                self.font, self.size = str(operands[0]), float(operands[1])
            case "TL":
                self.leading = float(operands[0])
            case "Tm":
                self.text = self.start = _matrix(operands)
            case "Td" | "TD":
                self._move(float(operands[0]), float(operands[1]))
                self.leading = -float(operands[1]) if operator == "TD" else self.leading
            case "T*":
                self._move(0, -self.leading)
            case "BDC" | "BMC":
                self.marks.append(_identifier(operands))
            case "EMC" if self.marks:
                self.marks.pop()

    def _move(self, x: float, y: float) -> None:
        self.text = self.start = _times((1, 0, 0, 1, x, y), self.start)

    def _show(self, text: str) -> Iterator[tuple[str, str]]:
        """Text at the present place; the ends of two lines if nothing parts them."""
        mark = next((mark for mark in reversed(self.marks) if mark >= 0), -1)
        placed = _times(self.text, self.matrix)
        size, y = self.size * hypot(placed[2], placed[3]), placed[5]
        line = self.line
        if line is None or line.mark != mark or mark < 0:
            self.line = _Shown(mark, y, text)
        elif abs(line.y - y) <= _NEXT_LINE * size:
            line.text += text
        else:
            if text and line.text and not _is_parted(line.text, text):
                yield line.text, text
            self.line = _Shown(mark, y, text)

    def _texts(self, operands: Any) -> Iterator[str]:
        for operand in operands:
            if isinstance(operand, pikepdf.Array):
                yield from self._texts(operand)
            elif isinstance(operand, pikepdf.String):
                data, (known, step) = bytes(operand), self.letters.get(self.font, ({}, 1))
                codes = (int.from_bytes(data[at : at + step], "big") for at in range(0, len(data), step))
                yield "".join(known.get(code, "\ufffd") for code in codes)


def read_letters(resources: pikepdf.Dictionary) -> Letters:
    """What the codes of each font among resources say, and how many bytes a code has."""
    found: dict[str, tuple[dict[int, str], int]] = {}
    for name, font in named(resources, "/Font"):
        to_unicode = font.get("/ToUnicode")
        if isinstance(to_unicode, pikepdf.Stream):
            width = 2 if font.get("/Subtype") == "/Type0" else 1
            found[name] = parse_unicode_map(to_unicode.read_bytes()), width
    return found


def find_joined(parts: Sequence[pikepdf.Stream], letters: Letters) -> tuple[tuple[str, str], ...]:
    """The last and the first words of lines that nothing parts, in content streams that are read as one."""
    instructions = (instruction for part in parts for instruction in pikepdf.parse_content_stream(part))
    pairs = [(one.split()[-1:], two.split()[:1]) for one, two in _Reader(letters).read(instructions)]
    return tuple((one[0], two[0]) for one, two in pairs if one and two and not is_address(one[0] + two[0]))


def _is_parted(one: str, two: str) -> bool:
    """Whether a reader hears two words; what the file does not say is no word."""
    return one.endswith(_JOINTS) or two.startswith(_JOINTS) or one[-1] == "\ufffd" or two[0] == "\ufffd"


def _identifier(operands: Any) -> int:
    properties = operands[1] if len(operands) > 1 else None
    found = properties.get("/MCID") if isinstance(properties, pikepdf.Dictionary) else None
    return -1 if found is None else int(found)


def _matrix(operands: Any) -> Matrix:
    a, b, c, d, e, f = (float(operand) for operand in operands)
    return a, b, c, d, e, f


def _times(one: Matrix, two: Matrix) -> Matrix:
    """First one, then the other (ISO 32000-1 §8.3.4)."""
    return (
        one[0] * two[0] + one[1] * two[2],
        one[0] * two[1] + one[1] * two[3],
        one[2] * two[0] + one[3] * two[2],
        one[2] * two[1] + one[3] * two[3],
        one[4] * two[0] + one[5] * two[2] + two[4],
        one[4] * two[1] + one[5] * two[3] + two[5],
    )
