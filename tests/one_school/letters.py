"""Read the letters of a page and where they stand, as PDFium has them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from tests.one_school.boxes import PT, Box
from tests.support import opened


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with the box of its outline."""

    char: str
    box: Box


@cache
def letters(path: Path) -> tuple[tuple[Letter, ...], ...]:
    """Return each letter of each page; no spaces."""
    with opened(path) as document:
        return tuple(tuple(_letters_of(page)) for page in document)


def _letters_of(page: pypdfium2.PdfPage) -> Iterator[Letter]:
    height, text = page.get_height(), page.get_textpage()
    for index in range(text.count_chars()):
        char = chr(pdfium.FPDFText_GetUnicode(text, index))
        if not char.isspace():
            left, bottom, right, top = text.get_charbox(index)
            box = Box(left * PT, (height - top) * PT, right * PT, (height - bottom) * PT)
            yield Letter("-" if char in "\ufffe\u2011" else char, box)


@cache
def spoken(path: Path) -> dict[tuple[int, int], str]:
    """Return the text of each marked content of a file, by page and identifier."""
    texts: dict[tuple[int, int], str] = {}
    with opened(path) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
                key = number, pdfium.FPDFPageObj_GetMarkedContentID(item)
                size = pdfium.FPDFTextObj_GetText(item, text, None, 0)
                buffer = (pdfium.FPDF_WCHAR * size)()
                pdfium.FPDFTextObj_GetText(item, text, buffer, size)
                texts[key] = texts.get(key, "") + bytes(buffer).decode("utf-16-le").rstrip("\0")
    return texts


def squeezed(text: str) -> str:
    """Return a text without spaces, with plain hyphens; PDFium writes U+0002 for one at the end of a line."""
    return re.sub(r"\s+", "", re.sub("[\ufffe\x02\u2011]", "-", text))


def text_in(found: tuple[Letter, ...], box: Box) -> str:
    """Return the letters whose middle is in a box, in the order of the file."""
    middles = [(letter.char, Box(*letter.box.middle, *letter.box.middle)) for letter in found]
    return "".join(char for char, middle in middles if box.contains(middle))


def places_of(found: tuple[Letter, ...], words: str) -> list[list[Box]]:
    """Return the boxes of the letters of each occurrence of words (written without spaces)."""
    text = "".join(letter.char for letter in found)
    spans = [slice(*match.span()) for match in re.finditer(re.escape(words), text)]
    return [[letter.box for letter in found[span]] for span in spans]
