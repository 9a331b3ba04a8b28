"""A build from beginning to end: check at the door, make, verify, then give all files their names."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from leaflet.build.inputs import choose_schools, load_inputs
from leaflet.build.job import BuildOptions, BuildResult, InputOptions
from leaflet.build.make import DocumentMaker, Materials
from leaflet.build.manifest import NAME, Entry, manifest_bytes, merge, read_entries
from leaflet.build.staging import Staging
from leaflet.campaign import Campaign, Document
from leaflet.check.verify import Verifier
from leaflet.faults import LeafletError, Place, Report, TemplateError, fail
from leaflet.tables import School

_COLLECT_AFTER = 50_000  # values made since the last collection


def build(options: BuildOptions) -> BuildResult:
    """Make the documents of a campaign.

    Raises:
        LeafletError: with every fault found; nothing was written then.
    """
    report = options.noticed.begin(options.campaign)
    inputs = open_inputs(options)
    job = _Job(options, inputs, report)
    with rare_collection(), Staging(options.out) as staging:
        entries = list(job.make(staging))
        if not options.keep_going:
            report.raise_errors()
        if not entries:
            report.add("U005", Place(file=inputs.campaign.schools.name))
            report.raise_errors()
        campaign = inputs.campaign
        everything = merge(read_entries(options.out, campaign.file, campaign.profile.id), entries)
        staging.write(NAME, manifest_bytes(campaign.file, campaign.profile.id, everything))
        staging.commit()
    pages = sum(entry.pages for entry in entries)
    return BuildResult(files=len(entries), pages=pages, out=options.out, faults=tuple(report))


def open_inputs(options: InputOptions) -> Materials:
    """What `load_inputs` gives; rows with errors are counted before they stop the run.

    Raises:
        LeafletError: with every fault found.
    """
    noticed = options.noticed
    try:
        inputs = load_inputs(replace(options, keep_going=True), noticed.report)
    except LeafletError:
        if not options.keep_going:
            noticed.report.raise_errors()  # what was found first
        raise
    noticed.read(inputs.campaign, inputs.schools)
    if not options.keep_going:
        noticed.report.raise_errors()
    return inputs


def choose_documents(campaign: Campaign, name: str | None) -> list[Document]:
    """The document asked for, or all.

    Raises:
        UsageError: the campaign has none of this name.
    """
    documents = [document for document in campaign.documents if name in (None, document.name)]
    if not documents:
        known = ", ".join(document.name for document in campaign.documents)
        raise fail("U003", Place(file=campaign.file), value=name, known=known)
    return documents


@contextmanager
def rare_collection() -> Iterator[None]:
    """Let the cycle collector run seldom: a build makes millions of small values and no cycles."""
    before = gc.get_threshold()
    gc.set_threshold(_COLLECT_AFTER, 20, 20)
    try:
        yield
    finally:
        gc.set_threshold(*before)


@dataclass(frozen=True, slots=True)
class _Job:
    """The work of one build."""

    options: BuildOptions
    inputs: Materials
    report: Report

    def make(self, staging: Staging) -> Iterator[Entry]:
        """Write every file into the staging folder, collecting the faults of records that cannot be made."""
        chosen = choose_schools(self.options, self.inputs, self.report)
        documents = choose_documents(self.inputs.campaign, self.options.document)
        self.options.noticed.choose(chosen)
        total, done = len(chosen) * len(documents), 0
        for document in documents:
            maker = DocumentMaker(self.inputs, document)
            verifier = Verifier() if self.options.verify else None
            for school in chosen:
                name = maker.file_name(school)
                done += 1
                if entry := self._make_one(maker, school, name, staging, verifier):
                    yield entry
                self.options.progress(done, total, name)

    def _make_one(
        self, maker: DocumentMaker, school: School, name: str, staging: Staging, verifier: Verifier | None
    ) -> Entry | None:
        place = Place(file=maker.document.name, record=school.uai)
        try:
            layout = maker.lay_out(school)
            if layout is None:
                self.report.add("F202", place)
                return None
            if maker.is_tight(layout):
                self.report.add("F201", place, **maker.tightness(layout))
            file = maker.write(layout)
            stored = staging.write(name, file.data, read_back=verifier is not None, private=maker.is_personal)
            if verifier is not None:
                verifier.verify(stored, file, layout, Place(file=name, record=school.uai))
        except TemplateError:
            raise  # the template is the same for every school: one report is enough
        except LeafletError as error:
            staging.discard(name)
            self.report.extend(error.faults)
            return None
        return Entry(
            record=school.uai,
            document=maker.document.name,
            file=name,
            pages=file.pages,
            sha256=file.sha256,
            personal=maker.is_personal,
        )
