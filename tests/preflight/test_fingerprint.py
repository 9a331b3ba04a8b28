"""What a file is known by when its texts are taken out."""

import re
from collections.abc import Callable

import pikepdf
import pytest
from reportlab.pdfgen.canvas import Canvas

from leaflet.preflight.pdf.fingerprint import make_structure_key
from leaflet.preflight.pdf.finished_file import FinishedFile
from leaflet.preflight.pdf.page_pieces import Memory
from tests.preflight.samples import drawn, edited, opened
from tests.support import leaflet_pdf


def shown(text: str, y: float = 700) -> bytes:
    def draw(canvas: Canvas) -> None:
        canvas.setTitle(text)
        canvas.drawString(72, y, text)

    return drawn(draw)


def structure_key_of(data: bytes) -> bytes:
    with opened(data) as file:
        return file.structure_key


def test_files_that_differ_in_texts_and_places_have_one_structure_key() -> None:
    """One template filled twice; with the same letters, for the font is cut to them."""
    assert structure_key_of(shown("Lycée Balzac")) == structure_key_of(shown("Lycée Balzac Lycée", 650.5))
    *inside, beyond = (structure_key_of(edited(leaflet_pdf(), place(left))) for left in (1, 20.5, 300, 580))
    assert len({*inside}) == 1 and beyond not in inside


def place(left: float) -> Callable[[pikepdf.Pdf], None]:
    """Put a link somewhere, and draw as many modules as that is points to the right."""

    def edit(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].obj.Annots[0].Rect = pikepdf.Array([left, 10, left + 30, 30])
        pdf.pages[0].contents_add(b"/Artifact BMC\n" + b"9 9 1 1 re\n" * int(left) + b"f EMC")

    return edit


def rename(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.Metadata
    stream.write(re.sub(rb"(<rdf:li xml:lang=.x-default.>)[^<]+", rb"\1Un autre titre", stream.read_bytes()))


def test_metadata_count_by_what_they_claim() -> None:
    """A title is a text; a part of a standard is not."""
    ours = leaflet_pdf()
    assert structure_key_of(edited(ours)) == structure_key_of(edited(ours, rename))
    less = ours.replace(b"<pdfaid:conformance>A", b"<pdfaid:conformance>B")
    assert less != ours and structure_key_of(less) != structure_key_of(ours)


def untag(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def empty_description(pdf: pikepdf.Pdf) -> None:
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and "/Alt" in item:
            item.Alt = pikepdf.String("")


def other_identifier(pdf: pikepdf.Pdf) -> None:
    stream = pdf.pages[0].obj.Contents[0]
    stream.write(stream.read_bytes().replace(b"/MCID 0", b"/MCID 90"))


def other_operator(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].contents_add(b"q Q")


@pytest.mark.parametrize("edit", [untag, empty_description, other_identifier, other_operator])
def test_what_is_built_otherwise_has_another_structure_key(edit: Callable[[pikepdf.Pdf], None]) -> None:
    ours = edited(leaflet_pdf())
    assert structure_key_of(edited(ours, edit)) != structure_key_of(ours)


def test_a_stream_is_read_once() -> None:
    memory, made = Memory(), []

    def recall(kind: bytes, key: bytes, make: Callable[[], bytes]) -> bytes:
        return memory.recall(kind, key, lambda: made.append(key) or make())

    for text in ("Lycée Balzac", "Lycée Balzac"):
        with FinishedFile("essai.pdf", shown(text), memory) as file:
            make_structure_key(file.pdf, recall)
    assert made and len(made) == len(set(made))


def stretched(width: int) -> bytes:
    """A page whose box and whose widths are objects of their own, as some programs write them."""

    def move(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0].obj
        page.MediaBox = pdf.make_indirect(pikepdf.Array([0, 0, width, 800]))

    return edited(shown("Lycée"), move)


def test_an_array_that_is_an_object_of_its_own_counts_by_what_it_holds() -> None:
    with opened(stretched(500)) as one, opened(stretched(600)) as two:
        assert one.structure_key != two.structure_key and one.pages[0].content_key != two.pages[0].content_key
        assert one.prints.digest(one.pages[0].obj.MediaBox) != two.prints.digest(two.pages[0].obj.MediaBox)


def test_a_broken_text_is_not_puzzled_over() -> None:
    """A row of type that never ends is read once, not in all the ways it could be taken."""

    def spoil(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].contents_add(b"BT [" + b"<00>" * 60 + b"(x")

    assert structure_key_of(edited(leaflet_pdf(), spoil))
