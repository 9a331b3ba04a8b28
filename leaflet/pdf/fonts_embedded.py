"""Fonts inside the file: one subset of each weight for the whole build, made from its alphabet before the first page.

Codes follow the order of the alphabet, so bytes depend neither on the order of records nor on who renders them.
Embedding is reportlab's (simple TrueType subsets); the ToUnicode map is ours, because reportlab's maps code 0
to U+0000 and writes blocks longer than the 100 entries the specification of CMaps allows.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from io import BytesIO
from itertools import groupby, pairwise

from leaflet.layout.fonts import SLASHED_ZERO, FontBook, Weight, plain_zeros
from leaflet.pdf.engine import Canvas, TTFont, pdfdoc, pdfmetrics
from leaflet.program import assets

_WORDS = 4096  # words kept as operands a face
_BLOCK = 100  # entries of a bfchar block
_KERNED, _UNKERNED = b"/%b %b Tf [(%b)] TJ", b"/%b %b Tf (%b) Tj"
_MAP_HEAD = (assets() / "cmap.txt").read_text("utf-8").rstrip()  # of a map from codes to letters
_ESCAPED = re.compile(rb"[\\()\r]")


class EmbeddedFonts:
    """Weights of a fontbook, subset to an alphabet, in the document of a canvas."""

    def __init__(self, book: FontBook, alphabet: Iterable[str], canvas: Canvas, weights: Iterable[Weight]) -> None:
        letters = set(alphabet)
        ordered = sorted(letters | {SLASHED_ZERO} if "0" in letters else letters)
        self.faces = {weight: _EmbeddedFace(book, weight, ordered, canvas) for weight in weights}


class _EmbeddedFace:
    """One weight: its codes, its kerning, its subsets (reportlab starts a new one every 256 characters)."""

    def __init__(self, book: FontBook, weight: Weight, letters: list[str], canvas: Canvas) -> None:
        face, document = book.face(weight), canvas._doc
        font = register(book, weight)
        self._kerning = face.kerning
        self.codes: dict[str, tuple[int, int]] = {}
        for letter in letters:
            if letter in face.advances:
                subset, code = font.splitString(letter, document)[0]
                self.codes[letter] = (subset, code[0])
        subsets = [list(subset) for subset in font.state[document].subsets]
        names = [font.getSubsetInternalName(n, document)[1:] for n in range(len(subsets))]
        self._names = [name.encode("ascii") for name in names]
        font.addObjects(document)
        for name, subset in zip(names, subsets, strict=True):
            to_unicode = document.idToObject[document.idToObject[name].ToUnicode.name]
            to_unicode.content = to_unicode_map(subset)
            to_unicode.filters = [pdfdoc.PDFZCompress]
        self._shown = {letter: _ESCAPED.sub(_escape, bytes([code])) for letter, (_, code) in self.codes.items()}
        self._space = self._set_word(" ") if " " in self.codes else b""
        self._word = lru_cache(maxsize=_WORDS)(self._set_word)

    def show(self, text: str, size: str) -> bytes:
        """Return operators that show a text, kerned."""
        if len(self._names) == 1 and text:
            shown = self._space.join(map(self._word, text.split(" ")))
            # a parenthesis of the text has a backslash before it, one of a further operand a space
            return (_KERNED if b" (" in shown else _UNKERNED) % (self._names[0], size.encode("ascii"), shown)
        operators = []
        for subset, run in groupby(text, lambda letter: self.codes[letter][0]):
            shown = self._set_word("".join(run))
            form = _KERNED if b" (" in shown else _UNKERNED
            operators.append(form % (self._names[subset], size.encode("ascii"), shown))
        return b" ".join(operators)

    def _set_word(self, word: str) -> bytes:
        """Return a word as it stands between the parentheses of operands."""
        pairs = [*map("".join, pairwise(word))]
        if self._kerning.keys().isdisjoint(pairs):
            return b"".join([self._shown[letter] for letter in word])
        parts = [self._shown[word[0]]]
        for pair in pairs:
            if kern := self._kerning.get(pair):
                parts.append(b") %d (" % -kern)
            parts.append(self._shown[pair[1]])
        return b"".join(parts)


def _escape(match: re.Match[bytes]) -> bytes:
    return b"\\r" if match[0] == b"\r" else b"\\" + match[0]


def register(book: FontBook, weight: Weight) -> TTFont:
    """Register a face with reportlab under a name made from its bytes: it ignores a second file of one name.

    The registry is written directly: `registerFont` hands out the first font of a face name that anybody in the
    process registered, with its settings, for every later one.
    """
    name = f"{weight}-{book.key}"
    if name not in pdfmetrics.getRegisteredFontNames():
        font = TTFont(name, BytesIO(book.face(weight).data), asciiReadable=0, shapable=False)
        del font.face.table["name"]  # read by now, and not to be embedded: no reader of a PDF needs it
        pdfmetrics._fonts[name] = font
    return pdfmetrics.getFont(name)


def to_unicode_map(subset: Sequence[int]) -> bytes:
    """Return a ToUnicode CMap for a subset given as the Unicode value of each code (0 for no character).

    Both zeros are said to be zeros.
    """
    read = [(code, plain_zeros(chr(value))) for code, value in enumerate(subset) if value]
    pairs = [(code, character.encode("utf-16-be").hex().upper()) for code, character in read]
    lines = [_MAP_HEAD]
    for start in range(0, len(pairs), _BLOCK):
        block = pairs[start : start + _BLOCK]
        lines.append(f"{len(block)} beginbfchar")
        lines += [f"<{code:02X}> <{value}>" for code, value in block]
        lines.append("endbfchar")
    lines += ["endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end", ""]
    return "\n".join(lines).encode("ascii")
