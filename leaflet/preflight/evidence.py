"""What can be known of a finished page, as plain values: words, codes, pictures, writing lines.

Lengths are µm from the top left of the visible page (its CropBox), y downwards; colours are sRGB from 0 to 255.
How it is found out is in ``reading``.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from leaflet.layout.marks import Box
from leaflet.units import Um

Color = tuple[int, int, int]


class FoundWord(Struct, frozen=True, kw_only=True):
    """Characters between two blanks.

    Args:
        box: around what is printed.
        size: of the type, in points, as it appears on the page.
        font: name in the file, without the prefix of a subset.
        ink: the colour it is filled with.
        contrast: between ink and what is behind it (WCAG 2: 1 to 21); 0 if it could not be seen.
        line: words of one line have one number, which counts from 0 in reading order.
        is_hidden: it is not painted (invisible text for searching).
        is_mapped: every character is known; a font may draw what nobody can extract.
        behind: the colour it stands on; None if it could not be seen.
        angle: degrees it is turned by, clockwise, from 0 to 359.
    """

    text: str
    box: Box
    size: float
    font: str
    ink: Color
    contrast: float
    line: int
    is_hidden: bool = False
    is_mapped: bool = True
    behind: Color | None = None
    angle: int = 0


class FoundCode(Struct, frozen=True, kw_only=True):
    """A QR code as a reader sees it.

    Args:
        text: what it says; None if it is recognised as a code and cannot be read.
        box: around its modules, without the quiet zone.
        module: side of a module; 0 if it is not known, for a code that cannot be read.
        quiet: width of the blank zone around it at its narrowest side, in modules, counted up to 8.
        contrast: between dark and light modules (WCAG 2).
        survives: whether it can still be read after a poor photocopy.
        is_inverted: it is light on dark, which many readers cannot read.
    """

    text: str | None
    box: Box
    module: Um
    quiet: float
    contrast: float
    survives: bool
    is_inverted: bool = False


class FoundImage(Struct, frozen=True, kw_only=True):
    """A bitmap on the page.

    Args:
        box: what is seen of it: it may be clipped.
        width, height: in pixels.
        dpi: the lower of its two resolutions on the page.
        bits: of one pixel; 0 if that is not known.
    """

    box: Box
    width: int
    height: int
    dpi: float
    bits: int = 0


class WritingLine(Struct, frozen=True, kw_only=True):
    """A level line long enough to write on; `room` is what lies above it, `is_free` whether it is blank there."""

    room: Box
    is_free: bool


class FoundLink(Struct, frozen=True, kw_only=True):
    """A link annotation.

    Args:
        uri: where it leads; None if it leads nowhere, or does something else than open an address.
        action: the kind of its action (``URI``, ``GoTo``, ``JavaScript`` …), empty without one.
        contents: its description for screen readers.
    """

    uri: str | None
    action: str
    box: Box
    contents: str


class MarkedBox(Struct, frozen=True, kw_only=True):
    """A marked content, by the identifier that the structure tree knows it by, and the box around it."""

    identifier: int
    box: Box


class Evidence(Struct, frozen=True, kw_only=True):
    """All of it, for a piece of a page or for a whole one; `rules` are straight lines, level or upright."""

    words: tuple[FoundWord, ...] = ()
    codes: tuple[FoundCode, ...] = ()
    images: tuple[FoundImage, ...] = ()
    writing_lines: tuple[WritingLine, ...] = ()
    rules: tuple[Box, ...] = ()
    marked: tuple[MarkedBox, ...] = ()

    @property
    def lines(self) -> Iterator[tuple[FoundWord, ...]]:
        """The words line by line, in reading order."""
        for _, words in groupby(self.words, key=lambda word: word.line):
            yield tuple(words)

    def numbered_from(self, first: int) -> "Evidence":
        """The same, with its lines counted from `first`."""
        if not self.words or self.words[0].line == first:
            return self
        by = first - self.words[0].line
        return replace(self, words=tuple(replace(word, line=word.line + by) for word in self.words))

    @property
    def text(self) -> str:
        """What the page says: words joined by blanks, lines by line breaks."""
        return "\n".join(" ".join(word.text for word in line) for line in self.lines)


def find_main_angle(evidence: Evidence) -> int:
    """Degrees that most words are turned by; 0 for a page without words."""
    angles = Counter(word.angle for word in evidence.words)
    return max(angles, key=lambda angle: angles[angle]) if angles else 0


def join_evidence(parts: Sequence[Evidence]) -> Evidence:
    """Several pieces of one page as one; their lines are numbered on already."""
    if len(parts) == 1:
        return parts[0]
    return Evidence(
        words=tuple(word for part in parts for word in part.words),
        codes=tuple(code for part in parts for code in part.codes),
        images=tuple(image for part in parts for image in part.images),
        writing_lines=tuple(line for part in parts for line in part.writing_lines),
        rules=tuple(rule for part in parts for rule in part.rules),
        marked=tuple(content for part in parts for content in part.marked),
    )
