"""Plain values that hold what was read from a finished page: words, codes, pictures, writing lines, links.

Lengths are µm from the top left of the visible page (its CropBox), y downwards; colours are sRGB from 0 to 255.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from leaflet.geometry import Box, Um

Color = tuple[int, int, int]


class FoundWord(Struct, frozen=True, kw_only=True):
    """A word of a page: characters between two blanks."""

    text: str  # its characters
    box: Box  # the area of its ink
    size: float  # the type size on the page, in points
    font: str  # the font's name in the file, without the prefix of a subset
    ink: Color  # the colour of its letters
    contrast: float  # the contrast between its ink and the colour behind it (WCAG 2: 1 to 21); 0 if that is not known
    line: int  # the number of its line, counted from 0 in reading order
    is_hidden: bool = False  # whether it is not painted (invisible text for searching)
    is_mapped: bool = True  # whether the file says which characters it shows; a font may draw what nobody can extract
    behind: Color | None = None  # the colour behind it; None if that is not known
    angle: int = 0  # its rotation in degrees, clockwise, from 0 to 359
    is_pictured: bool = False  # whether it is in marked content called Figure, which has an alternative text
    is_seen: bool = True  # whether the picture of the page shows each letter; something may lie over it
    is_mirrored: bool = False  # whether its letters are printed the wrong way round


class FoundCode(Struct, frozen=True, kw_only=True):
    """A QR code, as a barcode reader sees it."""

    text: str | None  # its content; None if it is recognised as a code but cannot be read
    box: Box  # the area of its modules, without the quiet zone
    module: Um  # the side of a module; 0 if that is not known, for a code that cannot be read
    quiet: float  # the width of the blank zone around it on its narrowest side, in modules, counted up to 8
    contrast: float  # the contrast between dark and light modules (WCAG 2)
    survives: bool  # whether it can be read from a poor photocopy
    is_inverted: bool = False  # whether it is light on dark, which many readers cannot read


class FoundImage(Struct, frozen=True, kw_only=True):
    """A bitmap on a page."""

    box: Box  # the area where it is seen; the picture itself may be larger and clipped
    width: int  # its width in pixels
    height: int  # its height in pixels
    dpi: float  # its resolution on the page, the lower of the horizontal and the vertical one
    bits: int = 0  # the bits of one pixel; 0 if that is not known


class WritingLine(Struct, frozen=True, kw_only=True):
    """A level line that is long enough to write on."""

    room: Box  # the area above the line, for handwriting
    is_free: bool  # whether that area is blank
    is_seen: bool = True  # whether the picture of the page shows the line itself


class FoundLink(Struct, frozen=True, kw_only=True):
    """A link annotation."""

    uri: str | None  # the address it opens; None if it opens none
    action: str  # the kind of its action (``URI``, ``GoTo``, ``JavaScript`` …); empty without one
    box: Box  # its area
    contents: str  # its description for screen readers


class Evidence(Struct, frozen=True, kw_only=True):
    """Everything that was read from a page, or from a piece of one."""

    words: tuple[FoundWord, ...] = ()  # its words, in reading order
    codes: tuple[FoundCode, ...] = ()  # its QR codes
    images: tuple[FoundImage, ...] = ()  # its bitmaps
    writing_lines: tuple[WritingLine, ...] = ()  # its lines that are long enough to write on
    rules: tuple[Box, ...] = ()  # its straight lines, level or upright
    painted: tuple[Box, ...] = ()  # the areas of all that is painted and is no text

    @property
    def lines(self) -> Iterator[tuple[FoundWord, ...]]:
        """The words of each line, in reading order."""
        return (tuple(words) for _, words in groupby(self.words, key=lambda word: word.line))

    def numbered_from(self, first: int) -> "Evidence":
        """Return this evidence with its lines counted from `first`."""
        if not self.words or self.words[0].line == first:
            return self
        by = first - self.words[0].line
        return replace(self, words=tuple(replace(word, line=word.line + by) for word in self.words))

    @property
    def text(self) -> str:
        """The text of the page: words joined by blanks, lines by line breaks."""
        return "\n".join(" ".join(word.text for word in line) for line in self.lines)


def join_evidence(parts: Sequence[Evidence]) -> Evidence:
    """Join the evidence of a page's pieces, whose lines are numbered from piece to piece."""
    if len(parts) == 1:
        return parts[0]
    names = Evidence.__struct_fields__
    return Evidence(**{name: tuple(one for part in parts for one in getattr(part, name)) for name in names})
