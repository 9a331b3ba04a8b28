"""A build from beginning to end: check at the door, make, verify, then give all files their names."""

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from leaflet.build.job import BuildOptions, BuildResult
from leaflet.build.make import DocumentMaker
from leaflet.build.manifest import NAME, Entry, manifest_bytes, merge, read_entries
from leaflet.build.staging import Staging
from leaflet.campaign import Campaign, Document, load_academies, load_campaign
from leaflet.check.verify import Verifier
from leaflet.faults import LeafletError, Place, Report, TemplateError, fail
from leaflet.fonts import PACKAGE, FontBook, TTLibError, load_fontbook
from leaflet.records import RecordContexts
from leaflet.tables import School, load_schools

_COLLECT_AFTER = 50_000  # values made since the last collection


def build(options: BuildOptions) -> BuildResult:
    """Make the documents of a campaign.

    Raises:
        LeafletError: with every fault found; nothing was written then.
    """
    report = Report()
    if not os.path.isfile(options.campaign):  # noqa: PTH113 - Path.is_file raises for a name too long (Python 3.11)
        raise fail("U001", Place(file=str(options.campaign)))
    campaign = load_campaign(options.campaign, report)
    report.raise_errors()
    schools = load_schools(campaign.schools, report=report, encoding=campaign.encoding)
    if not options.keep_going:
        report.raise_errors()
    job = _Job(options, campaign, schools, report)
    with _rare_collection(), Staging(options.out) as staging:
        entries = list(job.make(staging))
        if not options.keep_going:
            report.raise_errors()
        if not entries:
            report.add("U005", Place(file=campaign.schools.name))
            report.raise_errors()
        everything = merge(read_entries(options.out, campaign.file, campaign.profile.id), entries)
        staging.write(NAME, manifest_bytes(campaign.file, campaign.profile.id, everything))
        staging.commit()
    pages = sum(entry.pages for entry in entries)
    return BuildResult(files=len(entries), pages=pages, out=options.out, faults=tuple(report))


def _load_fonts() -> FontBook:
    """The faces of the build.

    Raises:
        RenderError: the font package is missing or damaged.
    """
    try:
        return load_fontbook()
    except (ImportError, OSError, TTLibError) as error:
        raise fail("G102", Place(), name=PACKAGE, problem=str(error)) from None


@contextmanager
def _rare_collection() -> Iterator[None]:
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
    campaign: Campaign
    schools: list[School]
    report: Report

    def make(self, staging: Staging) -> Iterator[Entry]:
        """Write every file into the staging folder, collecting the faults of records that cannot be made."""
        contexts = RecordContexts(self.campaign, load_academies(), self.report)
        book = _load_fonts()
        chosen, documents = self._chosen(), self._documents()
        total, done = len(chosen) * len(documents), 0
        for document in documents:
            maker = DocumentMaker(
                self.campaign,
                document,
                contexts,
                self.schools,
                book,
                epoch=self.options.epoch,
                outline=self.options.outline,
            )
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
        try:
            layout = maker.lay_out(school)
            if maker.is_tight(layout):
                place = Place(file=maker.document.name, record=school.uai)
                self.report.add("F201", place, **maker.tightness(layout))
            file = maker.write(layout)
            stored = staging.write(name, file.data, read_back=verifier is not None)
            if verifier is not None:
                verifier.verify(stored, file, layout, Place(file=name, record=school.uai))
        except TemplateError:
            raise  # the template is the same for every school: one report is enough
        except LeafletError as error:
            self.report.extend(error.faults)
            return None
        return Entry(record=school.uai, document=maker.document.name, file=name, pages=file.pages, sha256=file.sha256)

    def _chosen(self) -> list[School]:
        """The schools asked for, in the order of the list."""
        known = {school.uai for school in self.schools}
        example = self.schools[0].uai if self.schools else "0370001A"
        for uai in sorted(self.options.only - known):
            self.report.add("U002", Place(file=self.campaign.schools.name), value=uai, example=example)
        if self.options.only - known:
            self.report.raise_errors()
        return [school for school in self.schools if not self.options.only or school.uai in self.options.only]

    def _documents(self) -> list[Document]:
        name = self.options.document
        documents = [document for document in self.campaign.documents if name in (None, document.name)]
        if not documents:
            known = ", ".join(document.name for document in self.campaign.documents)
            raise fail("U003", Place(file=self.campaign.file), value=name, known=known)
        return documents
