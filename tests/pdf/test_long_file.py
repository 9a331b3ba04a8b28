"""A tagged file written page by page has the bytes of one written at once, and little of it is in memory."""

import hashlib
import io

import pytest
from msgspec.structs import replace

from leaflet.layout.face import Layout
from leaflet.pdf.objects import offset_of
from leaflet.pdf.writer import LongFileWriter, StreamedFile
from leaflet.reuse.file_stencils import SheetChunks
from tests.support import LONG_NAME, SHORT_NAME, compose, leaflet_layout, make_writer

STEPS = "".join(f'<item at="t.xml:{n}" number="{n - 3}">Étape {n}</item>' for n in range(4, 8))
LIST = f'<leaflet at="t.xml:1" title="Essai"><page at="t.xml:2"><steps at="t.xml:3">{STEPS}</steps></page></leaflet>'


def written(layout: Layout, announced: int | None = None) -> tuple[bytes, StreamedFile]:
    whole = make_writer()
    out = io.BytesIO()
    chunks = SheetChunks(whole._master.painter)
    writer = LongFileWriter(out, whole._master, whole._metadata, chunks, announced or len(layout.faces))
    for face in layout.faces:
        writer.add(face)
    file = writer.close(layout.title)
    return out.getvalue(), file


def in_sections(layout: Layout) -> Layout:
    """A layout whose pages stand twice, in two records that are read one after the other."""
    faces = [replace(face, sections=(section,) * len(face.placed)) for face in layout.faces for section in (1, 0)]
    return replace(layout, faces=tuple(faces))


@pytest.mark.parametrize(
    "layout",
    [leaflet_layout(SHORT_NAME), in_sections(leaflet_layout(LONG_NAME)), compose(LIST)],
    ids=["strip and footer", "sections", "list"],
)
def test_the_bytes_are_those_of_a_file_written_at_once(layout: Layout) -> None:
    """Blocks that stand last, records in the order they are read in, and lists, too."""
    data, file = written(layout)
    assert data == make_writer().write(layout).data
    assert (file.sha256, file.size) == (hashlib.sha256(data).hexdigest(), len(data))
    offsets = [*map(offset_of, file.references)]
    assert all(data[offset:].startswith(b"%d 0 obj\n" % number) for number, offset in enumerate(offsets) if offset)
    assert [b"/Type /Page " in data[offsets[page] :][:40] for page in file.pages] == [True] * len(layout.faces)


@pytest.mark.parametrize("more", [1, -1])
def test_a_file_has_the_pages_it_was_announced_with(more: int) -> None:
    """Their numbers were handed out before: another number of pages is a mistake of the program."""
    layout = leaflet_layout(SHORT_NAME)
    with pytest.raises((AssertionError, IndexError)):
        written(layout, len(layout.faces) + more)
