"""The pipeline: what becomes of a school's records, step by step.

    render → parse → lay out → impose → write → store → verify

The steps of a document are plain functions of ``markup``, ``layout``, ``imposition`` and ``pdf``, or the same steps
with a memory (``reuse``), which give the same bytes. Both go through this module.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple, TypeAlias

from leaflet.faults import Fault, LeafletError, Place
from leaflet.layout.face import Layout
from leaflet.pdf.verify_file import Verifier
from leaflet.pdf.writer import PdfFile
from leaflet.production.staging import FolderSink
from leaflet.tables import Person, School

Markup: TypeAlias = Any  # text; with a memory, a text stencil and what fills it (`reuse.traced_template`)
Flow: TypeAlias = Any  # containers and blocks; with a memory, a stencil of them (`reuse.flow_stencils`)


class Record(NamedTuple):
    """The values that a template sees: of a school, or of one of its people."""

    shared: Mapping[str, Any]  # one object for all schools of an académie and département: `reuse` goes by identity
    variables: Mapping[str, Any]  # the record's own values
    person: Person | None = None  # of a staff list, None for a school


class SchoolRecords(NamedTuple):
    """A school with the records that its file is made of."""

    school: School
    records: Sequence[Record]


class LaidOutFile(NamedTuple):
    """A file to be written: name, faces, the place its faults are reported at, whether it holds names of people."""

    name: str
    layout: Layout
    place: Place
    private: bool


class Steps(NamedTuple):
    """The steps of one document, each a function of what the one before it returned."""

    render: Callable[[Mapping[str, Any], Mapping[str, Any]], Markup]
    parse: Callable[[Markup], Flow]
    lay_out: Callable[[Flow], Layout]
    impose: Callable[[School, Sequence[Layout]], Layout | None]
    write: Callable[[Layout], PdfFile]


# Each step is taken for all records of some schools before the next: its code and data then stay in the processor's
# cache. If a record is faulty, `DocumentMaker.lay_out_each` lays the schools out one by one with the plain steps.


def lay_out_schools(steps: Steps, schools: Sequence[SchoolRecords]) -> list[Layout | None]:
    """Lay out the files of some schools; None for a school without records."""
    layouts = iter(lay_out_records(steps, [record for school in schools for record in school.records]))
    return [steps.impose(school, [*islice(layouts, len(own))]) for school, own in schools]  # onto sheets of paper


def lay_out_records(steps: Steps, records: Sequence[Record]) -> list[Layout]:
    """Lay records out."""
    markups = [steps.render(record.shared, record.variables) for record in records]  # Jinja2, in a sandbox
    flows = [steps.parse(markup) for markup in markups]  # blocks that know their template line
    return [steps.lay_out(flow) for flow in flows]  # places in µm; type set smaller where it must be


def make_files(
    steps: Steps, wanted: Sequence[LaidOutFile], sink: FolderSink, verifier: Verifier | None
) -> Iterator[tuple[PdfFile, Sequence[Fault]]]:
    """Write each file into the store, read it back, verify it; yield it with its faults, discarded if it has any."""
    files = [steps.write(one.layout) for one in wanted]  # tagged PDF: PDF/UA-1, PDF/A-2a
    for (name, layout, place, private), file in zip(wanted, files, strict=True):
        stored = sink.write(name, file.data, read_back=verifier is not None, private=private)
        faults: Sequence[Fault] = ()
        if verifier is not None:
            try:
                verifier.verify(stored, file, layout, place)  # byte by byte; opened by PDFium, codes read by ZXing
            except LeafletError as error:
                sink.discard(name)
                faults = error.faults
        yield file, faults
