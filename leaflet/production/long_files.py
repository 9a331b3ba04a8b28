"""Make a file of thousands of cards sheet by sheet: cards are laid out, written and forgotten."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from hashlib import file_digest
from typing import BinaryIO, NamedTuple

from leaflet.faults import RECORD_ERRORS, Fault, LeafletError, Place, fail
from leaflet.pdf.verify_streamed import StreamedVerifier
from leaflet.pdf.writer import LongFileWriter, StreamedFile
from leaflet.production.document import DocumentMaker
from leaflet.production.staging import FolderSink
from leaflet.reuse.file_stencils import SheetChunks
from leaflet.tables import School


class LongFile(NamedTuple):
    """A long file in the store, and how far copy-fit had to go for its cards."""

    written: StreamedFile
    step: int


def make_long_file(
    maker: DocumentMaker, school: School, name: str, sink: FolderSink, *, verify: bool
) -> tuple[LongFile | None, Sequence[Fault]]:
    """Write a school's file page by page into the store, and verify what is there.

    Return it; or None with the faults of its first faulty card, or with what is wrong with the file, discarded then.
    """
    place, verifier = Place(file=name, key=school.key), StreamedVerifier() if verify else None
    try:
        with sink.stream(name, private=maker.is_personal) as file, _faults_told_apart():
            made = write_long_file(maker, school, file, place, verifier)
    except _FaultyError as error:
        return None, error.faults
    if verifier is not None:
        try:
            with sink.open_stored(name) as stored, _faults_told_apart():
                if file_digest(stored, "sha256").hexdigest() != made.written.sha256:
                    raise fail("V101", place)
                verifier.verify(stored, made.written, place)  # opened by PDFium, codes read by ZXing
        except _FaultyError as error:
            sink.discard(name)
            return None, error.faults
    return made, ()


def write_long_file(
    maker: DocumentMaker, school: School, file: BinaryIO, place: Place, verifier: StreamedVerifier | None = None
) -> LongFile:
    """Write a school's file; the verifier has each page noted that is to be looked at."""
    layout = maker.long_layout(school)
    chunks = SheetChunks(maker.master.painter, outline=maker.materials.outline)
    writer = LongFileWriter(file, maker.master, maker.metadata, chunks, len(layout))
    for page, face in enumerate(layout):
        if verifier is not None:
            verifier.note(page, (face,), place)
        writer.add(face)
    return LongFile(writer.close(layout.title), layout.step)


class _FaultyError(LeafletError):
    """A record or a file that has faults; the store has none."""


@contextmanager
def _faults_told_apart() -> Iterator[None]:
    """Raise the faults of a record or a file as a `_FaultyError`; those of the store or a template end the build."""
    try:
        yield
    except RECORD_ERRORS as error:
        raise _FaultyError(error.faults) from None
