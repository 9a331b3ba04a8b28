"""Write the leaflets of all schools into one file to look through on a screen, with bookmarks.

The pages are those of the build: same layout, same fonts. Fonts and pieces stand in the file once. It has no tags and
no links: the file of each school is the accessible one.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import BinaryIO

from leaflet.campaign import Document
from leaflet.faults import LeafletError, Place, Report, TemplateError
from leaflet.layout.face import Layout
from leaflet.pdf.flavour import book_flavour
from leaflet.pdf.print_run_file import Bookmark, PrintRunWriter
from leaflet.pdf.streamed import StreamedFile
from leaflet.pdf.verify_codes import warn_of_codes
from leaflet.pdf.verify_streamed import StreamedVerifier
from leaflet.production.delivery.letters import PostOptions, PostResult, find_document, open_delivery
from leaflet.production.document import DocumentMaker
from leaflet.production.executors import gc_relaxed
from leaflet.production.materials import Materials
from leaflet.production.packing_list import schools_in_order
from leaflet.production.printed_facts import explain_blanks
from leaflet.production.staging import Staging
from leaflet.production.worker import lay_out_all
from leaflet.tables import School

BOOK = "book"


def write_book(options: PostOptions) -> PostResult:
    """Write the book of one document."""
    inputs, report = open_delivery(options)
    document = find_document(inputs.campaign, options.document)
    schools = schools_in_order(options, inputs, report)
    schools = sorted(schools, key=lambda school: school.territory)  # stable: one bookmark for each département
    name = f"{BOOK}-{document.name}.pdf"
    with gc_relaxed(), Staging(options.out, replace_others=options.replace_others) as staging:
        maker = _BookMaker(options, inputs, document, report)
        try:
            with staging.stream(name) as file:
                count, finished = maker.write(file, schools)
        except TemplateError as error:
            raise explain_blanks(error, inputs, [document], schools) from None
        options.outcome.check_made(count, keep_going=options.leaves_out)
        if options.verify:
            with staging.path(name).open("rb") as stored:
                maker.verifier.verify(stored, finished, Place(file=name))
            warn_of_codes(report)
        staging.commit()
    return PostResult(files=(name,), schools=count, out=options.out, faults=tuple(report))


class _BookMaker:
    """A maker of one book."""

    def __init__(self, options: PostOptions, inputs: Materials, document: Document, report: Report) -> None:
        self._options, self._inputs, self._report = options, inputs, report
        self._maker = DocumentMaker(inputs, document, book_flavour())
        self._name = document.name
        self.verifier = StreamedVerifier()

    def write(self, file: BinaryIO, schools: Sequence[School]) -> tuple[int, StreamedFile]:
        """Write all pages; return the number of schools, and the finished file."""
        writer = PrintRunWriter(file, self._maker.master, self._maker.metadata)
        added: list[tuple[str, Bookmark]] = []  # with the name of its département
        for school, layout in self._layouts(schools):
            first = writer.pages
            if self._options.verify:
                self.verifier.note(first, layout.faces, Place(file=self._name, uai=school.uai))
            writer.add([(layout.faces, 1)])
            area = self._inputs.contexts.shared_by(school)["departement"]
            known = f"{area['name']} ({area['code']})" if isinstance(area["name"], str) else school.territory or "–"
            added.append((known, Bookmark(f"{school.town} – {school.name}", first)))
        groups = ((name, [mark for _, mark in group]) for name, group in groupby(added, key=lambda one: one[0]))
        title = f"{self._inputs.campaign.election.title or self._name} – {self._inputs.campaign.publisher.name}"
        return len(added), writer.close(title, [Bookmark(name, below[0].page, below) for name, below in groups])

    def _layouts(self, schools: Sequence[School]) -> Iterator[tuple[School, Layout]]:
        """Yield each school with its pages; report the faults of the others."""
        for done, (school, layout) in enumerate(lay_out_all(self._maker, schools, explains=True), 1):
            if isinstance(layout, LeafletError):
                self._report.extend(layout.faults)
            elif layout is not None:
                yield school, layout
            self._options.progress(done, len(schools), school.uai)
