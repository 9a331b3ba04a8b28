"""Bring together recipient, text and file for each school; what is missing is a fault of that school.

A file is taken from the folder of a build only if it is up to date and has the bytes that were verified. Parcels come
in the order of a print run. The draft of an e-mail is as mail programs open it: RFC 5322, 2045–2047, 2231.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import datetime
from email.headerregistry import HeaderRegistry
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from functools import cache, partial
from html import escape
from operator import itemgetter
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign import Campaign, Document
from leaflet.faults import RECORD_ERRORS, DataError, Fault, Place, Report, fail
from leaflet.files.resources import Resources
from leaflet.files.toml_files import read_resource
from leaflet.markup.page_words import load_page_words
from leaflet.markup.render import compile_template
from leaflet.markup.sandbox import PlainTextSandbox
from leaflet.production.build_options import InputOptions
from leaflet.production.document import file_name
from leaflet.production.inputs import choose_documents, choose_schools, find_campaign, open_inputs
from leaflet.production.manifest import NAME, Entry, making_key, read_listed, read_manifest
from leaflet.production.materials import Materials
from leaflet.production.origins import Origins, making_of, reason_to_make
from leaflet.production.packing_list import Parcel, schools_in_order, write_packing_list
from leaflet.production.printed_facts import find_left_out, find_without, portal_faults, with_drafts
from leaflet.production.staging import Staging
from leaflet.tables import School
from leaflet.tables.cells import BOM, csv_line
from leaflet.tables.school import is_email_address

LABEL_SHEET = "avery-l7163"  # the sheet of labels, unless another one is asked for


class PostOptions(InputOptions, frozen=True, kw_only=True):
    """The options of a delivery; `out` is the folder of the build, and gets the new files.

    `start` is the first free place of the first sheet of labels.
    """

    text: str = "school"  # the name of the text of e-mails
    sheet: str = LABEL_SHEET  # the name of the stock of labels
    copies: int = 1  # of schools without a number of copies in the list; those with none get no parcel


class PostResult(Struct, frozen=True, kw_only=True):
    """The result of a delivery."""

    files: tuple[str, ...]  # what to open, below `out`: files, or a folder that ends with a slash
    schools: int  # how many are in them
    out: Path  # the folder
    faults: tuple[Fault, ...]  # warnings, notes, and errors of schools that were left out


def find_document(campaign: Campaign, name: str | None) -> Document:
    """Return the document to send: the one named, by default the first that is made for schools."""
    documents = choose_documents(campaign, name)
    found = next((document for document in documents if document.per == "school" and document.is_paper), None)
    if found is None:
        raise fail("P406", Place(file=campaign.file), value=documents[0].name)
    return found


class BuiltFiles:
    """The files of one document in the folder of a build; `verified` refuses those made without verification."""

    def __init__(self, out: Path, inputs: Materials, document: Document, *, verified: bool = True) -> None:
        campaign, manifest = inputs.campaign, read_manifest(out)
        if manifest is None or (manifest.campaign, manifest.election) != (campaign.file, campaign.profile.id):
            raise fail("P401", Place(file=str(out / NAME)), name=campaign.file)
        self._out, self._inputs, self._document, self._manifest = out, inputs, document, manifest
        self._entries = {entry.file: entry for entry in manifest.entries if entry.document == document.name}
        self._origins = Origins(inputs.contexts)
        self._making = making_of(inputs, document, inputs.design_of(document), verified=verified)
        self._key = making_key(self._making)

    def left_out(self, schools: Sequence[School]) -> Collection[str]:
        """Return the keys of the schools that the document is not made for."""
        return find_left_out(self._document, self._inputs, schools)

    def read(self, school: School) -> tuple[Entry, bytes]:
        """Return the entry of a school's file, and its bytes."""
        name = file_name(self._document, school, grouped=self._inputs.is_large)
        place, entry = self._inputs.place_of(school), self._entries.get(name)
        origin = self._origins.of(self._document, school, self._key, self._inputs.people)
        is_outdated = reason_to_make(origin, entry, self._making, self._manifest) is not None
        if entry is None and school.key in self.left_out([school]):
            raise DataError(portal_faults(self._inputs, [school], {school.key}))
        if entry is None or is_outdated or entry.record != school.key or entry.personal:
            raise fail("P402", place)
        data = read_listed(self._out, entry)
        if data is None:
            raise fail("P403", place, name=name)
        return entry, data


KINDS = {"pdf": "application/pdf", "ics": "text/calendar", "png": "image/png"}  # of files that go along
_ADDRESS = re.compile(r"https?://[^\s<>]*[^\s<>.,;:!?)]")
DRAFT_HEAD = b"X-Unsent: 1\r\n"
_SUBJECT = re.compile(r"\s*(?:Objet|Subject)[ \u00a0\u202f]*:[ \u00a0\u202f]*(\S[^\r\n]*)\r?\n(.*)", re.DOTALL)
_BLANK_LINES = re.compile(r"\n{3,}")  # what is left where a template says nothing


class Letter(Struct, frozen=True):
    """The subject and the text of an e-mail."""

    subject: str
    text: str


class LetterWriter:
    """A writer of the texts of e-mails from a template."""

    def __init__(self, resources: Resources, name: str, lang: str) -> None:
        of_lang = filter(None, (resources.find("mails", one) for one in (f"{name}-{lang}", name)))
        found = min(of_lang, key=lambda mail: resources.folders.index(mail.folder), default=None)
        if found is None:
            raise fail("U093", Place(field="--text"), value=name, known=", ".join(resources.names("mails")))
        main = found.path.name
        self._place, files = Place(file=f"mails/{main}"), {f"mails/{main}": read_resource(found, f"mails/{main}")}
        self._renderer = compile_template("mails", files, load_page_words(resources, lang), PlainTextSandbox, main)

    def write(self, context: Mapping[str, Any], attached: Sequence[str] = ("pdf",)) -> Letter:
        """Return the e-mail to one school, with which files of these endings go."""
        if (match := _SUBJECT.fullmatch(self._renderer.render({**context, "attached": attached}))) is None:
            raise fail("M430", self._place)
        text = _BLANK_LINES.sub("\n\n", match[2].replace("\r\n", "\n")).strip("\n")
        return Letter(match[1].rstrip(), f"{text}\n")


class _Headers(HeaderRegistry):
    """The maker of headers; it makes a class of each name once, for only the garbage collector frees a class."""

    __getitem__ = cache(HeaderRegistry.__getitem__)


_POLICY = SMTP.clone(header_factory=_Headers())


def draft_bytes(
    recipient: str, letter: Letter, files: Sequence[tuple[str, bytes]], created: datetime | None, lang: str = "fr"
) -> bytes:
    """Return the draft of an e-mail (``.eml``) with its text, plain and as a page, and with files of these names."""
    message = EmailMessage(policy=_POLICY)
    message["X-Unsent"] = "1"
    if created is not None:
        message["Date"] = format_datetime(created)
    message["To"] = recipient
    message["Subject"] = letter.subject
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(_page_of(letter.text, lang), subtype="html", cte="quoted-printable")
    message.make_mixed()
    for name, data in files:
        maintype, _, subtype = KINDS[name.rpartition(".")[2]].partition("/")
        message.add_attachment(data, maintype=maintype, subtype=subtype, filename=name)
    for number, part in enumerate(part for part in message.walk() if part.is_multipart()):
        part.set_boundary(f"=_{number}")  # "=_" stands in neither base64 nor quoted-printable (RFC 2045 §6.7)
    return message.as_bytes()


def _page_of(text: str, lang: str) -> str:
    """Return a text as a page of HTML."""
    linked = _ADDRESS.sub(r'<a href="\g<0>">\g<0></a>', escape(text.strip(), quote=False))
    paragraphs = "".join(f"<p>{one}</p>\n" for one in linked.replace("\n", "<br>\n").split("<br>\n<br>\n"))
    return f'<!DOCTYPE html>\n<html lang="{lang}"><meta charset="utf-8"><title></title>\n{paragraphs}</html>\n'


LIST = "packing-list"
_HEADER = csv_line(("paquet", "uai", "nom", "adresse", "code_postal", "commune", "exemplaires"), BOM)


def open_delivery(options: PostOptions) -> tuple[Materials, Report]:
    """Load the campaign and what it names; return it with the report that gets all faults."""
    report = options.outcome.begin(options.campaign)
    # `start` is a place on a sheet of labels, and no document is put on its own sheets here
    inputs = open_inputs(replace(options, start=1), find_campaign(options, report))
    if inputs.is_selection:
        raise fail("U118", Place(file=inputs.campaign.file))
    return inputs, report


def choose_parcels(options: PostOptions, inputs: Materials, report: Report) -> list[Parcel]:
    """Return the parcels of the schools asked for, numbered as in a print run.

    Schools without copies get none, nor do those that no document is made for, which is told.
    """
    schools = schools_in_order(options, inputs, report)
    per_school = [document for document in inputs.campaign.documents if document.per == "school"]
    without = find_without(inputs, per_school, schools)
    report.extend(portal_faults(inputs, [school for school in schools if school.key in without], without))
    sent = (school for school in schools if school.key not in without)
    copies_of = ((school, options.copies if school.copies is None else school.copies) for school in sent)
    parcels = [Parcel(number=n, school=s, copies=c) for n, (s, c) in enumerate(filter(itemgetter(1), copies_of), 1)]
    options.outcome.check_made(len(parcels), keep_going=options.leaves_out)
    return parcels


def write_list(options: PostOptions) -> PostResult:
    """Write the list of parcels, as CSV and as PDF with boxes to tick."""
    inputs, report = open_delivery(options)
    parcels = choose_parcels(options, inputs, report)
    with Staging(options.out, replace_others=options.replace_others) as staging:
        with staging.stream(f"{LIST}.csv", _HEADER) as file:
            for parcel in parcels:
                school = parcel.school
                place = (", ".join(school.address), school.postcode, school.town)
                file.write(csv_line((parcel.number, school.key, school.name, *place, parcel.copies)))
        with staging.stream(f"{LIST}.pdf") as file:
            write_packing_list(file, parcels, inputs, inputs.campaign.documents[0], on_labels=True)
        staging.commit()
    files = (f"{LIST}.csv", f"{LIST}.pdf")
    return PostResult(files=files, schools=len(parcels), out=options.out, faults=tuple(report))


class Sending(Struct, frozen=True, kw_only=True):
    """All that goes to one school: the text, and its files by their names in the build, the document first."""

    school: School
    letter: Letter
    files: Mapping[str, bytes]


class Sendings:
    """The e-mails to all schools asked for, brought together one by one; schools with errors are left out."""

    def __init__(self, options: PostOptions, kinds: Collection[str] = ("pdf",)) -> None:
        self._options = options
        self.inputs, self.report = open_delivery(options)
        campaign = self.inputs.campaign
        self.document = find_document(campaign, options.document)
        self._schools = choose_schools(options, self.inputs, self.report)
        with_drafts(self.inputs, [self.document], self._schools, self.report, draft=False)
        everybody = self.inputs.schools if options.only or not options.choice.is_all else ()
        self.others = {school.key for school in everybody}.difference(school.key for school in self._schools)
        sent = {one.makes: one for one in reversed(campaign.documents) if one.per == "school" and one.makes in kinds}
        sent["pdf"] = self.document  # of each other kind the first
        read = partial(BuiltFiles, options.out, self.inputs, verified=options.verify)
        self._built = {makes: read(document) for makes, document in sent.items()}
        self._writer = LetterWriter(campaign.resources, options.text, self.document.lang)

    def __iter__(self) -> Iterator[Sending]:
        without = {makes: built.left_out(self._schools) for makes, built in self._built.items()}
        total = sum(is_email_address(school.email) and school.key not in without["pdf"] for school in self._schools)
        done = 0
        for school in self._schools:
            try:
                yield self._sending(school, [makes for makes, keys in without.items() if school.key not in keys])
            except RECORD_ERRORS as error:
                self.report.extend(error.faults)
            else:
                done += 1
                self._options.progress(done, max(done, total), school.key)

    def _sending(self, school: School, kinds: Sequence[str]) -> Sending:
        place = self.inputs.place_of(school)
        if not school.email:
            raise fail("P404", place)
        if not is_email_address(school.email):
            raise fail("P405", place, value=school.email)
        found = [self._built[makes].read(school) for makes in dict.fromkeys(("pdf", *kinds))]
        letter = self._writer.write(self.inputs.contexts.context(school), kinds)
        return Sending(school=school, letter=letter, files={entry.file: data for entry, data in found})
