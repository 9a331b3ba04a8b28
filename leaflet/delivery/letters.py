"""Bring together recipient, text and file for each school; what is missing is a fault of that school."""

from collections.abc import Iterator

from msgspec import Struct

from leaflet.delivery.built_files import BuiltFiles, find_document
from leaflet.delivery.mail import Letter, LetterWriter
from leaflet.delivery.options import PostOptions
from leaflet.delivery.parcels import open_delivery
from leaflet.faults import LeafletError, TemplateError, fail
from leaflet.production.inputs import choose_schools
from leaflet.production.manifest import Entry
from leaflet.tables import School
from leaflet.tables.email_address import is_email_address


class Sending(Struct, frozen=True, kw_only=True):
    """All that goes to one school: the text, the entry of its file in the build's manifest, and the file."""

    school: School
    letter: Letter
    entry: Entry
    data: bytes

    @property
    def attached_name(self) -> str:
        """The name of the file as the reader sees it."""
        return self.entry.file.rpartition("/")[2]


class Sendings:
    """The e-mails to all schools asked for, brought together one by one.

    Attributes:
        report: gets every fault; the schools of errors are left out.
        document: the document that is sent.
        inputs: what it is made from.
        others: UAIs of the schools in the list that are not asked for, if the command chooses schools.

    Raises:
        LeafletError: nothing can be sent.
    """

    def __init__(self, options: PostOptions) -> None:
        self._options = options
        self.inputs, self.report = open_delivery(options)
        campaign = self.inputs.campaign
        self.document = find_document(campaign, options.document)
        self._schools = choose_schools(options, self.inputs, self.report)
        everybody = self.inputs.schools if options.only or not options.choice.is_all else ()
        self.others = {school.uai for school in everybody}.difference(school.uai for school in self._schools)
        self._built = BuiltFiles(options.out, self.inputs, self.document, verified=options.verify)
        self._writer = LetterWriter(campaign.resources, options.text)

    def __iter__(self) -> Iterator[Sending]:
        total = len(self._schools)
        for number, school in enumerate(self._schools, 1):
            try:
                yield self._sending(school)
            except TemplateError:
                raise
            except LeafletError as error:
                self.report.extend(error.faults)
            self._options.progress(number, total, school.uai)

    def _sending(self, school: School) -> Sending:
        place = self.inputs.place_of(school)
        if not school.email:
            raise fail("P404", place)
        if not is_email_address(school.email):
            raise fail("P405", place, value=school.email)
        entry, data = self._built.read(school)
        letter = self._writer.write(self.inputs.contexts.context(school))
        return Sending(school=school, letter=letter, entry=entry, data=data)
