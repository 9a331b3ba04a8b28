"""Read the letters of a page and where they stand, as PDFium has them."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from tests.one_school.boxes import PT, Box


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter with the box of its outline."""

    char: str
    box: Box


@cache
def letters(path: Path) -> tuple[tuple[Letter, ...], ...]:
    """Return each letter of each page; no spaces."""
    document = pypdfium2.PdfDocument(path)
    pages = []
    for page in document:
        height = page.get_height()
        text = page.get_textpage()
        found = []
        for index in range(text.count_chars()):
            char = chr(pdfium.FPDFText_GetUnicode(text, index))
            if not char.isspace():
                left, bottom, right, top = text.get_charbox(index)
                box = Box(left * PT, (height - top) * PT, right * PT, (height - bottom) * PT)
                found.append(Letter("-" if char in "\ufffe\u2011" else char, box))
        pages.append(tuple(found))
    document.close()
    return tuple(pages)


@cache
def spoken(path: Path) -> dict[tuple[int, int], str]:
    """Return the text of each marked content of a file, by page and identifier."""
    document = pypdfium2.PdfDocument(path)
    texts: dict[tuple[int, int], str] = {}
    for number, page in enumerate(document):
        text = page.get_textpage()
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            key = number, pdfium.FPDFPageObj_GetMarkedContentID(item)
            size = pdfium.FPDFTextObj_GetText(item, text, None, 0)
            buffer = (pdfium.FPDF_WCHAR * size)()
            pdfium.FPDFTextObj_GetText(item, text, buffer, size)
            texts[key] = texts.get(key, "") + bytes(buffer).decode("utf-16-le").rstrip("\0")
    document.close()
    return texts


def squeezed(text: str) -> str:
    """Return a text without spaces, with plain hyphens; PDFium writes U+0002 for one at the end of a line."""
    return re.sub(r"\s+", "", re.sub("[\ufffe\x02\u2011]", "-", text))


def text_in(found: tuple[Letter, ...], box: Box) -> str:
    """Return the letters whose middle is in a box, in the order of the file."""
    return "".join(
        letter.char
        for letter in found
        if box.left <= letter.box.middle[0] <= box.right and box.top <= letter.box.middle[1] <= box.bottom
    )


def places_of(found: tuple[Letter, ...], words: str) -> list[list[Box]]:
    """Return the boxes of the letters of each occurrence of words (written without spaces)."""
    text = "".join(letter.char for letter in found)
    return [
        [letter.box for letter in found[match.start() : match.end()]] for match in re.finditer(re.escape(words), text)
    ]
