"""Makes chunks of files, in this process, in another, or on another machine.

A worker gets a `Kit` once and chunks again and again, and answers with what it made. All three are plain values.
"""

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.faults import Fault, LeafletError, Place, Report
from leaflet.layout.face import Layout
from leaflet.pdf.writer import PdfFile
from leaflet.production.make import AT_ONCE, DocumentMaker, Materials
from leaflet.production.manifest import Entry
from leaflet.production.origins import Origins
from leaflet.production.plan import Chunk, Plan
from leaflet.production.storage import Sink
from leaflet.production.storage.base import Written
from leaflet.records import Suggestion
from leaflet.tables import Person, School
from leaflet.verification.file import Verifier


class Kit(Struct, frozen=True):
    """What all files of a build are made from, without the lists; `key` tells one kit from another."""

    key: str
    materials: Materials
    sink: Sink
    verify: bool


class Order(Struct, frozen=True):
    """A chunk with what the lists say of its people."""

    chunk: Chunk
    people: Mapping[str, Sequence[Person]]
    suggestions: Mapping[Person, Suggestion]


class Done(Struct):
    """What became of a chunk.

    Attributes:
        entries: the files made.
        faults: of records, of which some could not be made.
        files: what is to be written by somebody else.
        names: of all files asked for, made or not.
    """

    document: str
    names: tuple[str, ...]
    entries: list[Entry] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    files: Sequence[Written] = ()


def kit_of(materials: Materials, plan: Plan, sink: Sink, *, verify: bool) -> Kit:
    """The kit of a build: what is sent to workers, once."""
    bare = replace(materials, contexts=materials.contexts.anew(), schools=(), people={}, suggestions={})
    return Kit(f"{plan.key} {sink} {verify}", bare, sink, verify)


def order_of(chunk: Chunk, materials: Materials) -> Order:
    """What is sent to a worker for a chunk."""
    people = {s.uai: found for s in chunk.schools if (found := materials.people.get(s.uai))}
    suggestions = {p: materials.suggestions[p] for ps in people.values() for p in ps if p in materials.suggestions}
    return Order(chunk, people, suggestions)


class Worker:
    """Makes the chunks of one build; what documents are made with is kept from chunk to chunk."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._makers: dict[str, tuple[DocumentMaker, Verifier | None]] = {}
        self._origins = Origins(kit.materials.contexts)

    def make(self, order: Order) -> Done:
        """The files of a chunk, written and judged.

        Raises:
            TemplateError: which is the same for every school.
            RenderError: a file cannot be written.
        """
        chunk = order.chunk
        maker, _ = self._maker(chunk)
        maker.take_lists(order.people, order.suggestions)
        done = Done(chunk.document.name, tuple(map(maker.file_name, chunk.schools)))
        report = Report()
        for start in range(0, len(chunk.schools), AT_ONCE):
            end = start + AT_ONCE
            schools, names = chunk.schools[start:end], done.names[start:end]
            layouts = maker.lay_out_each(schools)
            laid = [
                (school, name, layout)
                for school, name, found in zip(schools, names, layouts, strict=True)
                if (layout := _told(maker, school, found, report)) is not None
            ]
            files = [maker.write(layout) for *_, layout in laid]
            entries = [
                self._store(order, school, name, layout, file, report)
                for (school, name, layout), file in zip(laid, files, strict=True)
            ]
            done.entries += [entry for entry in entries if entry is not None]
        done.faults = list(report)
        done.files = self._kit.sink.take()
        return done

    def _maker(self, chunk: Chunk) -> tuple[DocumentMaker, Verifier | None]:
        name = chunk.document.name
        if name not in self._makers:
            maker = DocumentMaker(self._kit.materials, chunk.document)
            self._makers[name] = maker, Verifier() if self._kit.verify else None
        return self._makers[name]

    def _store(
        self, order: Order, school: School, name: str, layout: Layout, file: PdfFile, report: Report
    ) -> Entry | None:
        """Write a file and judge what then stands there; None if it is no good."""
        (maker, verifier), sink = self._maker(order.chunk), self._kit.sink
        stored = sink.write(name, file.data, read_back=verifier is not None, private=maker.is_personal)
        try:
            if verifier is not None:
                verifier.verify(stored, file, layout, Place(file=name, record=school.uai))
        except LeafletError as error:
            sink.discard(name)
            report.extend(error.faults)
            return None
        origin = self._origins.of(maker.document, school, order.chunk.making, order)
        return Entry(
            record=school.uai,
            document=maker.document.name,
            file=name,
            pages=file.pages,
            sha256=file.sha256,
            personal=maker.is_personal,
            size=len(file.data),
            step=layout.step,
            making=origin.making,
            context=origin.context,
            row=origin.row,
        )


def _told(
    maker: DocumentMaker, school: School, layout: Layout | LeafletError | None, report: Report
) -> Layout | None:
    """A layout, and what is to be said of it; None if there is none, and why."""
    if isinstance(layout, LeafletError):
        report.extend(layout.faults)
        return None
    if layout is None:
        report.add("F202", Place(file=maker.document.name, record=school.uai))
    elif maker.is_tight(layout):
        report.add("F201", Place(file=maker.document.name, record=school.uai), **maker.tightness(layout))
    return layout


_workers: dict[str, Worker] = {}


def worker_for(kit: Kit) -> Worker:
    """The worker of this process for a kit; the one of an earlier build goes."""
    if kit.key not in _workers:
        _workers.clear()
        _workers[kit.key] = Worker(kit)
    return _workers[kit.key]
