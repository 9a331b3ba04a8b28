"""Make batches of files, in this process, in another, or on another machine.

A worker gets a `BuildSetup` once, then one `Batch` after the other, and returns a `BatchResult` for each. All three
are plain values.
"""

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.campaign import Document
from leaflet.faults import Fault, LeafletError, Place, Report
from leaflet.layout.face import Layout
from leaflet.markup.suggestions import Suggestion
from leaflet.pdf.verify_file import Verifier
from leaflet.production.document import LONG, DocumentMaker, is_tight, tightness
from leaflet.production.long_files import make_long_file
from leaflet.production.manifest import Entry
from leaflet.production.materials import Materials
from leaflet.production.origins import Origins
from leaflet.production.pipeline import LaidOutFile, make_files
from leaflet.production.storage import Sink
from leaflet.production.storage.stores import HeldFile
from leaflet.tables import Person, School

LAID_OUT_TOGETHER = 16  # schools laid out together; without it leaflets take 9 % longer (benchmarks/RESULTS.md)
_MOST_MAKERS = 8  # documents whose batches follow each other; a maker has some megabytes


class BuildSetup(Struct, frozen=True):
    """All that the files of a build are made from, without the lists."""

    materials: Materials  # without schools, people and suggestions
    sink: Sink  # the writer of files
    verify: bool  # read files back and verify them


class Batch(Struct, frozen=True):
    """Schools whose files of one document one worker makes, with what the staff list says of them."""

    document: Document  # which document
    making: str  # the key of what it is made from
    schools: tuple[School, ...]  # in the order of the plan
    people: Mapping[str, Sequence[Person]]  # by the UAI of their school
    suggestions: Mapping[Person, Suggestion]  # by person


class BatchResult(Struct):
    """The result of a batch."""

    document: str  # its name
    names: tuple[str, ...]  # of all files asked for, made or not
    entries: list[Entry] = field(default_factory=list)  # the files made
    faults: list[Fault] = field(default_factory=list)  # of records, of which some could not be made
    files: Sequence[HeldFile] = ()  # those that the process that leads the build is to write


def make_setup(materials: Materials, sink: Sink, *, verify: bool) -> BuildSetup:
    """Return what is sent to each worker of a build, once.

    Args:
        materials: of the build.
        sink: the writer of files.
        verify: read files back and verify them.
    """
    bare = replace(materials, contexts=materials.contexts.fresh_copy(), schools=(), people={}, suggestions={})
    return BuildSetup(bare, sink, verify)


def make_batch(document: Document, making: str, schools: tuple[School, ...], materials: Materials) -> Batch:
    """Return a batch with the people of its schools."""
    people = {s.uai: found for s in schools if (found := materials.people.get(s.uai))}
    suggestions = {p: materials.suggestions[p] for ps in people.values() for p in ps if p in materials.suggestions}
    return Batch(document, making, schools, people, suggestions)


class Worker:
    """A maker of the batches of one build. It has a `DocumentMaker` for each of the last documents."""

    def __init__(self, setup: BuildSetup) -> None:
        self._setup = setup
        self._makers: dict[str, tuple[DocumentMaker, Verifier | None]] = {}
        self._origins = Origins(setup.materials.contexts)

    def make(self, batch: Batch) -> BatchResult:
        """Write and verify the files of a batch.

        Raises:
            TemplateError: a template is faulty; it is the same for every school.
            RenderError: a file cannot be written.
        """
        maker, verifier = self._maker(batch.document)
        maker.set_lists(batch.people, batch.suggestions)
        result = BatchResult(batch.document.name, tuple(map(maker.file_name, batch.schools)))
        report, names = Report(), iter(result.names)
        for schools in _laid_out_together(maker, batch.schools):
            named = [(school, next(names)) for school in schools]
            if maker.is_long(schools[0]):
                made = self._make_long(maker, *named[0], report)
            else:
                made = self._make_together(maker, verifier, named, report)
            result.entries += [self._entry(batch, school, one) for school, one in made]
        result.faults = list(report)
        result.files = self._setup.sink.collect()
        return result

    def _make_together(
        self, maker: DocumentMaker, verifier: Verifier | None, named: Sequence[tuple[School, str]], report: Report
    ) -> "Iterator[tuple[School, _Made]]":
        """Make the files of some schools; yield those that are right."""
        wanted: list[tuple[School, LaidOutFile]] = []
        outcomes = maker.lay_out_each([school for school, _ in named])
        for (school, name), outcome in zip(named, outcomes, strict=True):
            layout = report_layout(maker, school, outcome, report)
            if layout is not None:
                place = Place(file=name, uai=school.uai)
                wanted.append((school, LaidOutFile(name, layout, place, maker.is_personal)))
        made = make_files(maker.steps, [one for _, one in wanted], self._setup.sink, verifier)
        for (school, one), (file, faults) in zip(wanted, made, strict=True):
            if faults:
                report.extend(faults)
                continue
            is_left_out = maker.leaves_out_message(one.layout)
            yield school, _Made(one.name, file.pages, file.sha256, len(file.data), one.layout.step, is_left_out)

    def _make_long(
        self, maker: DocumentMaker, school: School, name: str, report: Report
    ) -> "Iterator[tuple[School, _Made]]":
        """Make a long file; yield it if it is right."""
        made, faults = make_long_file(maker, school, name, self._setup.sink, verify=self._setup.verify)
        report.extend(faults)
        if made is not None:
            report_tightness(maker, school, made.step, report)
            file = made.written
            yield school, _Made(name, len(file.pages), file.sha256, file.size, made.step)

    def _maker(self, document: Document) -> tuple[DocumentMaker, Verifier | None]:
        if document.name not in self._makers:
            if len(self._makers) == _MOST_MAKERS:
                self._makers.clear()
                gc.collect()  # a maker holds itself in many ways, and the collector runs seldom
            maker = DocumentMaker(self._setup.materials, document)
            self._makers[document.name] = maker, Verifier() if self._setup.verify else None
        return self._makers[document.name]

    def _entry(self, batch: Batch, school: School, made: "_Made") -> Entry:
        """Return the manifest's entry of a file."""
        origin = self._origins.of(batch.document, school, batch.making, batch)
        return Entry(
            record=school.uai,
            document=batch.document.name,
            file=made.name,
            pages=made.pages,
            sha256=made.sha256,
            personal=self._makers[batch.document.name][0].is_personal,
            size=made.size,
            step=made.step,
            without_message=made.without_message,
            making=origin.making,
            context=origin.context,
            row=origin.row,
        )


class _Made(NamedTuple):
    """A file that was made and found right; how far copy-fit had to go, whether the message had no room."""

    name: str
    pages: int
    sha256: str
    size: int
    step: int
    without_message: bool = False


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


def report_layout(
    maker: DocumentMaker, school: School, outcome: Layout | LeafletError | None, report: Report
) -> Layout | None:
    """Report the faults of a school's layout, and whether type was set smaller.

    Args:
        maker: of the document.
        school: the school.
        outcome: as `DocumentMaker.lay_out_each` returns it.
        report: gets the faults.

    Returns:
        The layout, None if there is none.
    """
    if isinstance(outcome, LeafletError):
        report.extend(outcome.faults)
        return None
    place = Place(file=maker.document.name, uai=school.uai)
    if outcome is None:
        report.add("F202", place)
    else:
        report_tightness(maker, school, outcome.step, report)
    return outcome


def report_tightness(maker: DocumentMaker, school: School, step: int, report: Report) -> None:
    """Report whether type was set smaller in a school's file, whose copy-fit went as far as `step`."""
    if is_tight(maker.theme, step):
        report.add("F201", Place(file=maker.document.name, uai=school.uai), **tightness(maker.theme, step))
