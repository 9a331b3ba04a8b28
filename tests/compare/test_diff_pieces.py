"""Files of ours are compared piece by piece, and what is found is what the whole pages show."""

import re
import zlib
from collections.abc import Callable
from functools import reduce
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from fontTools.ttLib import TTFont

from leaflet.geometry import Box
from leaflet.pdf.objects import FREE, INDIRECT, cut_file, end_of_file, reference, stream
from leaflet.preflight.compare.differences import PageChange
from leaflet.preflight.compare.pages_drawn import find_changed_pages
from leaflet.preflight.compare.pdf_file import DAMAGED, ComparedFile, compare_properties
from leaflet.preflight.compare.piecewise import PiecewiseComparer, _Piece, _read
from tests.preflight.samples import edited
from tests.preflight.support import draw_shifted
from tests.support import leaflet_pdf

Objects = dict[int, bytes]
Edit = Callable[[Objects], None]


def planted(edit: Edit, data: bytes) -> bytes:
    """The file with other objects, written as this program does."""
    cut = cut_file(data)
    assert cut is not None
    objects = dict(cut.objects)
    edit(objects)
    parts, references = [objects.pop(0)], [FREE]
    for number in range(1, len(objects) + 1):
        references.append(reference(sum(map(len, parts))))
        parts.append(INDIRECT % (number, objects[number]))
    start = sum(map(len, parts))
    return b"".join((*parts, end_of_file([*references, reference(start)], cut.roots, b"0" * 32, start)))


def replaced(pattern: bytes, by: bytes | Callable[[re.Match[bytes]], bytes], which: int = 0) -> Edit:
    """Another text in the place of one in an object, or in the contents of a stream; of several objects, in one."""

    def edit(objects: Objects) -> None:
        found = 0
        for number, body in sorted(objects.items()):
            head, mark, content = body.partition(b"stream\n")
            is_packed = b"/FlateDecode" in head
            text = zlib.decompress(content.removesuffix(b"\r\nendstream")) if is_packed else content or head
            if not re.search(pattern, text):
                continue
            if found == which:
                text = re.sub(pattern, by, text, count=1)
                entries = re.sub(rb"/Filter /FlateDecode |/Length \d+ ", b"", head.strip()[3:-2])
                objects[number] = (
                    stream(text.removesuffix(b"\r\nendstream"), entries, compress=is_packed) if mark else text
                )
                return
            found += 1
        raise AssertionError(f"{pattern!r} stands in {found} objects")

    return edit


def _swap_outlines(objects: Objects) -> None:
    """Draw in every font some letters as others."""
    for number, body in objects.items():
        head, _, content = body.partition(b"stream\n")
        if b"/Length1" in head:
            with TTFont(BytesIO(zlib.decompress(content))) as file:
                glyphs, names = file["glyf"], file.getGlyphOrder()
                for one, other in zip(names[40:60:2], names[41:60:2], strict=True):
                    glyphs[one], glyphs[other] = glyphs[other], glyphs[one]
                out = BytesIO()
                file.save(out)
            objects[number] = stream(out.getvalue(), b"/Length1 %d " % len(out.getvalue()))


def _shift(match: re.Match[bytes]) -> bytes:
    return b"q 1 0 0 1 %.3f %b cm\n/Artifact" % (float(match[1]) + 3, match[2])


PLANTED: dict[str, Edit] = {
    "a drawing moved": replaced(rb"q 1 0 0 1 ([\d.]+) ([\d.]+) cm\n/Artifact", _shift, 3),
    "the colour of a word": replaced(rb"BT [\d.]+ [\d.]+ [\d.]+ rg", b"BT 0.6 0.1 0.1 rg", 3),
    "the colour of a word on a dark strip": replaced(rb"BT 1 1 1 rg", b"BT .2 .3 .5 rg"),
    "the colour of a drawing": replaced(
        rb"EMC\n/Artifact BMC\nq [\d. ]+ rg", b"EMC\n/Artifact BMC\nq 0.9 0.2 0.2 rg"
    ),
    "the colour of a line": replaced(rb"q\n[\d. ]+ RG", b"q\n0.9 0.2 0.2 RG"),
    "a pale tint": replaced(rb"/Artifact BMC\nq\n[\d. ]+ rg", b"/Artifact BMC\nq\n0.95 0.97 0.99 rg"),
    "one letter": replaced(rb"\[\(([A-Z])", lambda match: b"[(" + (b"B" if match[1] != b"B" else b"D"), 5),
    "one letter in the footer": replaced(rb"-16\.231 Tm (/F\S+ [\d.]+ Tf \[\(\*)N", rb"-16.231 Tm \1O"),
    "words gone": replaced(rb"BT [^\n]*ET\n", b""),
    "the address of a link": replaced(rb"/URI \(https://", b"/URI (https://x"),
    "the place of a link": replaced(rb"/Rect \[4", b"/Rect [3"),
    "a text read out": replaced(rb"/Alt ", b"/Alt (A) /E "),
    "the title": replaced(rb"/Title <FEFF", b"/Title <FEFF0041"),
    "the author": replaced(rb"/Author <FEFF", b"/Author <FEFF0041"),
    "the language": replaced(rb"/Lang \(fr-FR\)", b"/Lang (en-GB)"),
    "a claim of a standard": replaced(rb"<pdfuaid:part>1", b"<pdfuaid:part>2"),
    "what a letter means": replaced(rb"<0065>", b"<0061>"),
    "what draws a letter": _swap_outlines,
    "a size of type": replaced(rb"(/F\S+) 15 Tf", rb"\1 15.5 Tf"),
}


def summary(pages: tuple[PageChange, ...]) -> list[Any]:
    """Return what is said of pages: areas that are near each other are one of the whole page."""
    return [
        (
            page.number,
            [change.edit for change in page.words],
            page.links,
            page.boxes and reduce(Box.joined, page.boxes),
        )
        for page in pages
    ]


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_difference_is_told_as_of_whole_pages(name: str) -> None:
    old = leaflet_pdf()
    new = planted(PLANTED[name], old)
    found = PiecewiseComparer().compare(old, new)
    assert any(found)
    with ComparedFile(old) as one, ComparedFile(new) as other:
        assert summary(found[0]) == summary(tuple(find_changed_pages(one, other)))
        assert set(found[1]) == set(compare_properties(one.properties(), other.properties()))


@pytest.mark.parametrize("theme", ["default", "grey", "ink-saver"])
def test_pieces_drawn_apart_look_as_they_do_together(theme: str) -> None:
    """Each sets all that it is drawn with: colours and widths that others would leave behind change nothing."""
    data = leaflet_pdf(theme)
    file = _read(data)
    loud = _Piece(b"", b"1 0 1 rg 1 0 1 RG 9 w\n")
    for number, page in enumerate(file.pages):
        apart = file.showing(page, [[loud, *page.pieces]])
        assert np.array_equal(draw_shifted(data, number), draw_shifted(apart, 0))


def test_what_is_hidden_is_no_difference_and_what_is_shown_on_a_dark_ground_is() -> None:
    """A piece is drawn with all that is painted there: under something, or on it."""
    under = replaced(
        rb"q 1 0 0 1 0 841\.89 cm\n", b"q 1 0 0 1 0 841.89 cm\n/Artifact BMC\nq 1 0 0 rg 50 -200 9 9 re f Q\nEMC\n"
    )
    assert PiecewiseComparer().compare(leaflet_pdf(), planted(under, leaflet_pdf())) == ((), ())


def test_files_of_others_are_compared_whole() -> None:
    """Saved by another program, with more pages, or with content that changes what comes after it."""
    data = leaflet_pdf()
    edits = [replaced(rb"EMC\nQ\n", b"EMC\nQ Q\n"), replaced(rb"EMC\nQ\n", b"EMC\n0 0 1 rg"), _spoil]
    more = edited(data, lambda pdf: pdf.pages.append(pdf.pages[0]))
    for other in (edited(data), more, data[:-200], *(planted(edit, data) for edit in edits)):
        with pytest.raises(DAMAGED):
            PiecewiseComparer().compare(data, other)


def _spoil(objects: Objects) -> None:
    number = next(number for number, body in objects.items() if re.match(rb"<< /Filter /FlateDecode /Length", body))
    objects[number] = objects[number][:80] + b"spoilt" + objects[number][86:]
