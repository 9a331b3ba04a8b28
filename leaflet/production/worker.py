"""Make batches of files, in this process or in another.

A worker gets a `BuildSetup` once, then one `Batch` after the other, and returns a `BatchResult` for each. All three
are plain values.
"""

import gc
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from typing import TYPE_CHECKING

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.campaign import Document
from leaflet.faults import Fault, LeafletError, Place, Report
from leaflet.pdf.verify_file import Verifier
from leaflet.production.document import LONG, DocumentMaker, LaidOut, notes_of_fit
from leaflet.production.long_files import make_long_file
from leaflet.production.manifest import Entry
from leaflet.production.materials import Materials
from leaflet.production.origins import Origins
from leaflet.production.pipeline import LaidOutFile, make_files
from leaflet.production.staging import FolderSink
from leaflet.tables import Person, School

if TYPE_CHECKING:
    from leaflet.production.screens import ScreenMaker

GC_THRESHOLDS = (50_000, 20, 20)  # of the cycle collector: making files makes millions of small values, and no cycles
LAID_OUT_TOGETHER = 16  # schools laid out together; without it leaflets take 9 % longer (benchmarks/RESULTS.md)
_MOST_MAKERS = 8  # documents whose batches follow each other; a maker has some megabytes


class BuildSetup(Struct, frozen=True):
    """All that the files of a build are made from, without the lists."""

    materials: Materials  # without schools and people
    sink: FolderSink  # the writer of files
    verify: bool  # read files back and verify them


class Batch(Struct, frozen=True):
    """Schools whose files of one document one worker makes, with what the staff list says of them."""

    document: Document  # which document
    making: str  # the key of what it is made from
    schools: tuple[School, ...]  # in the order of the plan
    people: Mapping[str, Sequence[Person]]  # by the UAI of their school


class BatchResult(Struct):
    """The result of a batch."""

    document: str  # its name
    names: tuple[str, ...]  # of all files asked for, made or not
    entries: list[Entry] = field(default_factory=list)  # the files made
    faults: Report = field(default_factory=Report)  # of records, of which some could not be made


Executor = Callable[[BuildSetup, Iterable[Batch]], Iterator[BatchResult]]
"""Makes batches and yields their results in the same order, with a few under way at a time."""


def make_batch(document: Document, making: str, schools: tuple[School, ...], materials: Materials) -> Batch:
    """Return a batch with the people of its schools."""
    people = {s.key: found for s in schools if (found := materials.people.get(s.key))}
    return Batch(document, making, schools, people)


class Worker:
    """A maker of the batches of one build. It has a `DocumentMaker` for each of the last documents."""

    def __init__(self, setup: BuildSetup) -> None:
        self._setup = setup
        self._makers: dict[str, tuple[DocumentMaker, Verifier | None]] = {}
        self._screens: dict[str, ScreenMaker] = {}
        self._origins = Origins(setup.materials.contexts)

    def __reduce__(self) -> tuple[type["Worker"], tuple[BuildSetup]]:
        return type(self), (self._setup,)  # sent to another process without what it has learned

    def make(self, batch: Batch) -> BatchResult:
        """Write and verify the files of a batch."""
        name = batch.document.name
        if not batch.document.is_paper:
            return self._make_screens(batch)
        if name not in self._makers:
            if len(self._makers) == _MOST_MAKERS:
                self._makers.clear()
                gc.collect()  # a maker holds itself in many ways, and the collector runs seldom
            own = DocumentMaker(self._setup.materials, batch.document)
            self._makers[name] = own, Verifier() if self._setup.verify else None
        maker = self._makers[name][0]
        maker.materials = replace(maker.materials, people=batch.people)
        result = BatchResult(name, tuple(map(maker.file_name, batch.schools)))
        names = iter(result.names)
        for schools in _laid_out_together(maker, batch.schools):
            named = [(school, next(names)) for school in schools]
            if maker.is_long(schools[0]):
                result.entries += self._make_long(batch, *named[0], result.faults)
            else:
                result.entries += self._make_together(batch, named, result.faults)
        return result

    def _make_together(self, batch: Batch, named: Sequence[tuple[School, str]], report: Report) -> Iterator[Entry]:
        """Make the files of some schools; yield the entries of those that are right."""
        maker, verifier = self._makers[batch.document.name]
        wanted: list[tuple[School, LaidOutFile]] = []
        outcomes = maker.lay_out_each([school for school, _ in named])
        for (school, name), layout in zip(named, outcomes, strict=True):
            if isinstance(layout, LeafletError):
                report.extend(layout.faults)
            elif layout is None:
                report.add("F202", Place(file=batch.document.name, key=school.key))
            else:
                if notes := notes_of_fit(maker.theme, layout.step, batch.document.name, school.key):
                    report.extend(notes)
                place = Place(file=name, key=school.key)
                wanted.append((school, LaidOutFile(name, layout, place, maker.is_personal)))
        made = make_files(maker.steps, [one for _, one in wanted], self._setup.sink, verifier)
        for (school, (name, layout, _, personal)), (file, faults) in zip(wanted, made, strict=True):
            if faults:
                report.extend(faults)
                continue
            is_left_out, size = maker.leaves_out_message(layout), len(file.data)
            what = batch.document.name, name, file.pages, file.sha256, personal, size, layout.step, is_left_out
            yield Entry(school.key, *what, *self._origins.of(batch.document, school, batch.making, batch.people))

    def _make_screens(self, batch: Batch) -> BatchResult:
        """Make files that are read on screens."""
        from leaflet.production.screens import ScreenMaker  # most builds make none, and it reads XML

        document, sink = batch.document, self._setup.sink
        if document.name not in self._screens:
            self._screens[document.name] = ScreenMaker(self._setup.materials, document)
        maker = self._screens[document.name]
        result = BatchResult(document.name, tuple(map(maker.file_name, batch.schools)))
        for school, name in zip(batch.schools, result.names, strict=True):
            try:
                data = maker.make(school)
            except LeafletError as error:
                result.faults += error.faults
                continue
            if sink.write(name, data, read_back=self._setup.verify) != data and self._setup.verify:
                sink.discard(name)
                result.faults.append(Fault("V101", Place(file=name, key=school.key)))
                continue
            origin = self._origins.of(document, school, batch.making, batch.people)
            what = document.name, name, 0, sha256(data).hexdigest(), False, len(data), 0, False
            result.entries.append(Entry(school.key, *what, *origin))
        return result

    def _make_long(self, batch: Batch, school: School, name: str, report: Report) -> Iterator[Entry]:
        """Make a long file; yield its entry if it is right."""
        maker, _ = self._makers[batch.document.name]
        made, faults = make_long_file(maker, school, name, self._setup.sink, verify=self._setup.verify)
        report.extend(faults)
        if made is not None:
            report.extend(notes_of_fit(maker.theme, made.step, batch.document.name, school.key))
            file, personal = made.written, maker.is_personal
            what = batch.document.name, name, len(file.pages), file.sha256, personal, file.size, made.step, False
            yield Entry(school.key, *what, *self._origins.of(batch.document, school, batch.making, batch.people))


def lay_out_all(
    maker: DocumentMaker, schools: Iterable[School], *, explains: bool = False
) -> Iterator[tuple[School, LaidOut]]:
    """Yield schools with their layouts; if it `explains`, errors are of the plain way, which tells what is wrong."""
    for some in _laid_out_together(maker, schools):
        yield from zip(some, maker.lay_out_each(some) if explains else maker.lay_out_together(some), strict=True)


def _laid_out_together(maker: DocumentMaker, schools: Iterable[School]) -> Iterator[list[School]]:
    """Yield schools that are laid out together, in their order: a few with not too many cards; a long file alone."""
    together: list[School] = []
    cards = 0
    for school in schools:
        more = maker.cards(school)
        if together and (len(together) == LAID_OUT_TOGETHER or cards + more > LONG):
            yield together
            together, cards = [], 0
        together.append(school)
        cards += more
    if together:
        yield together


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def gc_relaxed() -> Iterator[None]:
    """Have the cycle collector run seldom within the block."""
    before = gc.get_threshold()
    gc.set_threshold(*GC_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def in_turn(setup: BuildSetup, batches: Iterable[Batch]) -> Iterator[BatchResult]:
    """Make batches in this process, one after the other."""
    return map(Worker(setup).make, batches)
