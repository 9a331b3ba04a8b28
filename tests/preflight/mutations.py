"""Damage done to our own files, the same for the same number: bits, bytes, and objects changed as an editor would.

`mutate` makes file number *n*; `lost` says, independently of the package, what a reader would miss in it.
"""

import operator
import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from random import Random

import numpy as np
import pikepdf
import pypdfium2
from reportlab.pdfgen.canvas import Canvas

from tests.preflight.samples import drawn, edited
from tests.support import compose_page, leaflet_pdf, write

COUNT = 150
_SHORT = "<h1>Je vote du 29 novembre au 6 décembre 2018</h1><p>Dépliant d’essai pour la salle des personnels.</p>"
_DPI = 50
_STREAM = re.compile(rb"stream\r?\n(.*?)endstream", re.DOTALL)
_NOISE = 60  # of 255, of a pixel
_SPECKS = 6  # pixels that may differ by more: the edge of a letter moved by rounding

Damage = Callable[[bytes, Random], bytes]


@cache
def originals() -> tuple[bytes, ...]:
    """A leaflet of two pages in two themes, and a short one, which is quickly judged."""
    return leaflet_pdf(), leaflet_pdf("large-print"), write(compose_page(_SHORT))


@cache
def foreign() -> bytes:
    """A file of another program, packed as most are: no tags, no hash of itself."""

    def draw(canvas: Canvas) -> None:
        for line in range(30):
            canvas.drawString(72, 760 - 20 * line, f"Ligne {line} : je vote du 29 novembre au 6 décembre 2018.")

    return edited(drawn(draw), recompress_flate=True, stream_decode_level=pikepdf.StreamDecodeLevel.generalized)


def _spans(data: bytes) -> list[tuple[int, int]]:
    return [match.span(1) for match in _STREAM.finditer(data)]


def _table(data: bytes) -> int:
    return int(data.rsplit(b"startxref\n", 1)[1].split()[0])


def _flipped(data: bytes, at: int, random: Random) -> bytes:
    return data[:at] + bytes([data[at] ^ (1 << random.randrange(8))]) + data[at + 1 :]


def flip_in_stream(data: bytes, random: Random) -> bytes:
    start, end = random.choice([span for span in _spans(data) if span[1] - span[0] > 2])
    return _flipped(data, random.randrange(start, end), random)


def flip_in_structure(data: bytes, random: Random) -> bytes:
    spans, end = _spans(data), _table(data)
    while True:
        at = random.randrange(16, end)
        if not any(start <= at < stop for start, stop in spans):
            return _flipped(data, at, random)


def flip_in_xref(data: bytes, random: Random) -> bytes:
    return _flipped(data, random.randrange(_table(data), len(data)), random)


def flip_many(data: bytes, random: Random) -> bytes:
    for _ in range(20):
        data = _flipped(data, random.randrange(len(data)), random)
    return data


def truncate(data: bytes, random: Random) -> bytes:
    return data[: random.randrange(len(data))]


def delete_bytes(data: bytes, random: Random) -> bytes:
    at = random.randrange(len(data))
    return data[:at] + data[at + random.choice((1, 7, 300, 4000)) :]


def duplicate_bytes(data: bytes, random: Random) -> bytes:
    at, length = random.randrange(len(data)), random.choice((1, 7, 300, 4000))
    return data[: at + length] + data[at:]


def blank_bytes(data: bytes, random: Random) -> bytes:
    at, length = random.randrange(len(data)), random.choice((16, 512))
    return data[:at] + bytes(length) + data[at + length :]


def by_editor(edit: Callable[[pikepdf.Pdf, Random], object]) -> Damage:
    return lambda data, random: edited(data, lambda pdf: edit(pdf, random))


def _page(pdf: pikepdf.Pdf, random: Random) -> pikepdf.Dictionary:
    return random.choice(list(pdf.pages)).obj


def _fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font"]


def drop_stream(pdf: pikepdf.Pdf, random: Random) -> None:
    contents = _page(pdf, random).Contents
    del contents[random.randrange(len(contents))]


def _rewrite(pdf: pikepdf.Pdf, random: Random, change: Callable[[bytes], bytes]) -> None:
    """Change one of the streams of a page."""
    stream = random.choice(list(_page(pdf, random).Contents))
    stream.write(change(stream.read_bytes()))


def swap_streams(pdf: pikepdf.Pdf, random: Random) -> None:
    pages = [page.obj for page in pdf.pages]
    pages[0].Contents, pages[-1].Contents = pages[-1].Contents, pages[0].Contents
    pages[0].Contents[0], pages[0].Contents[-1] = pages[0].Contents[-1], pages[0].Contents[0]


def drop_text(pdf: pikepdf.Pdf, random: Random) -> None:
    stream = random.choice([item for item in _page(pdf, random).Contents if b"TJ" in item.read_bytes()])
    stream.write(re.sub(rb"\[[^\]]*\] ?TJ", b"[] TJ", stream.read_bytes(), count=1))


def empty_font(pdf: pikepdf.Pdf, random: Random) -> None:
    files = [item for item in pdf.objects if isinstance(item, pikepdf.Dictionary) and "/FontFile2" in item]
    random.choice(files).FontFile2.write(b"")


def drop_font(pdf: pikepdf.Pdf, random: Random) -> None:
    fonts = _page(pdf, random).Resources.Font
    del fonts[random.choice(sorted(fonts.keys()))]


def drop_to_unicode(pdf: pikepdf.Pdf, random: Random) -> None:
    for font in _fonts(pdf):
        if "/ToUnicode" in font:
            del font["/ToUnicode"]


def crop(pdf: pikepdf.Pdf, random: Random) -> None:
    box = [float(side) for side in _page(pdf, random).MediaBox]
    _page(pdf, random).MediaBox = pikepdf.Array([box[0], box[1], box[2] / random.choice((1.5, 3)), box[3]])


def enlarge(pdf: pikepdf.Pdf, random: Random) -> None:
    _page(pdf, random).MediaBox = pikepdf.Array([-1e9, -1e9, 1e9, random.choice((1e9, 0, "x"))])


def drop_annotations(pdf: pikepdf.Pdf, random: Random) -> None:
    page = _page(pdf, random)
    if "/Annots" in page:
        del page["/Annots"]


def change_link(pdf: pikepdf.Pdf, random: Random) -> None:
    if links := [item for page in pdf.pages for item in page.obj.get("/Annots", []) if "/A" in item]:
        random.choice(links).A.URI = pikepdf.String("https://example.org/")


def cover(pdf: pikepdf.Pdf, random: Random) -> None:
    _page(pdf, random).Contents.append(pdf.make_stream(b"q 1 g 50 %d 400 120 re f Q" % random.randrange(300, 700)))


def not_a_page(pdf: pikepdf.Pdf, random: Random) -> None:
    _page(pdf, random).Contents = random.choice((pikepdf.Name.Nothing, pikepdf.Array([1, 2]), pikepdf.Dictionary()))


BYTES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        *(flip_in_stream, flip_in_structure, flip_in_xref, flip_many),
        *(truncate, delete_bytes, duplicate_bytes, blank_bytes),
    )
}
EDITS: dict[str, Callable[[pikepdf.Pdf, Random], object]] = {
    "drop_stream": drop_stream,
    "empty_stream": lambda pdf, random: _rewrite(pdf, random, lambda _: b""),
    "half_stream": lambda pdf, random: _rewrite(pdf, random, lambda content: content[: len(content) // 2]),
    **{edit.__name__: edit for edit in (swap_streams, drop_text, empty_font, drop_font, drop_to_unicode)},
    "drop_resources": lambda pdf, random: operator.delitem(_page(pdf, random), "/Resources"),
    "remove_page": lambda pdf, random: operator.delitem(pdf.pages, random.randrange(len(pdf.pages))),
    "crop": crop,
    "enlarge": enlarge,
    "drop_annotations": drop_annotations,
    "change_link": change_link,
    "cover": cover,
    "hide": lambda pdf, random: _rewrite(
        pdf, random, lambda old: b"q 3 Tr " + old.replace(b"BT", b"BT 3 Tr") + b" Q"
    ),
    "unbalance": lambda pdf, random: _rewrite(pdf, random, lambda content: b"0 0 0 0 0 0 cm " + content),
    "drop_structure": lambda pdf, _: operator.delitem(pdf.Root, "/StructTreeRoot"),
    "loop_pages": lambda pdf, _: pdf.Root.Pages.Kids.append(pdf.Root.Pages),
    "not_a_page": not_a_page,
}
OBJECTS: dict[str, Damage] = {name: by_editor(edit) for name, edit in EDITS.items()}
_KINDS = (*(BYTES | OBJECTS), *BYTES)  # bytes twice: there are more ways to go wrong
_TURNS = (0, 2, 2, 2, 1, 2, 2, 2)  # whose turn it is of the originals: the short one is judged in a tenth of the time


def mutate(number: int) -> tuple[str, bytes, bytes]:
    """What is done to file `number`, the file before, and after."""
    kind = _KINDS[number % len(_KINDS)]
    before = originals()[_TURNS[number // len(_KINDS) % len(_TURNS)]]
    return kind, before, (BYTES | OBJECTS)[kind](before, Random(number))


def mutate_foreign(number: int) -> tuple[str, bytes, bytes]:
    """The same for a foreign file: a bit of a stream is turned, or the file is cut."""
    damage = (flip_in_stream, truncate)[number % 2]
    return damage.__name__, foreign(), damage(foreign(), Random(number))


@cache
def _seen(data: bytes) -> tuple[tuple[Counter[str], np.ndarray], ...]:
    """Words and grey levels of each page, by PDFium alone."""
    document = pypdfium2.PdfDocument(data)
    try:
        return tuple((_words(page), _picture(page)) for page in document)
    finally:
        document.close()


def _words(page: pypdfium2.PdfPage) -> Counter[str]:
    return Counter(page.get_textpage().get_text_range().split())


def _picture(page: pypdfium2.PdfPage) -> np.ndarray:
    if max(page.get_size()) > 2000:
        return np.zeros((0, 0), int)
    return np.array(page.render(scale=_DPI / 72, grayscale=True).to_numpy(), int).squeeze()


def lost(before: bytes, after: bytes) -> str:
    """What is missing or looks otherwise; empty if nothing is."""
    try:
        found = _seen.__wrapped__(after)
    except pypdfium2.PdfiumError as error:
        return f"PDFium: {error}"
    wanted = _seen(before)
    if len(found) < len(wanted):
        return f"{len(wanted) - len(found)} pages"
    for number, (one, other) in enumerate(zip(wanted, found, strict=False), 1):
        if missing := one[0] - other[0]:
            return f"page {number}: {sum(missing.values())} words"
        if one[1].shape != other[1].shape or (abs(one[1] - other[1]) > _NOISE).sum() > _SPECKS:
            return f"page {number} looks otherwise"
    return ""
