"""Check everything about a campaign that can be known without writing files: `check_campaign`.

The check goes on after an error: all other rows and documents are checked too, and a fault of a template is reported
once, not for every school. Its verdict is that of `leaflet.production.build.build`.
"""

import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.campaign import Campaign, Document
from leaflet.campaign.consistency import check_list
from leaflet.campaign.list_columns import LISTS, ListSettings, known_data
from leaflet.campaign.source import CampaignText, read_campaign
from leaflet.faults import LANGUAGES, Fault, LeafletError, Place, Report, TemplateError
from leaflet.imposition.printer import Printer, write_printer
from leaflet.layout.face import Layout
from leaflet.markup.html_page import format_day
from leaflet.production.build_options import InputOptions
from leaflet.production.document import DocumentMaker, notes_of_fit
from leaflet.production.inputs import (
    PRINTER_FILE,
    choose_schools,
    documents_to_make,
    load_inputs,
    staff_reading_of,
    with_campaign_settings,
)
from leaflet.production.materials import Materials
from leaflet.production.outcome import NONE_LEFT, RowCounts
from leaflet.production.own_message import check_message
from leaflet.production.printed_facts import (
    BLANK,
    check_compared,
    check_printed,
    explain_blanks,
    find_not_compared,
    portal_faults,
)
from leaflet.production.worker import gc_relaxed, lay_out_all
from leaflet.tables import School, load_schools, load_staff


class CheckResult(Struct, frozen=True, kw_only=True):
    """The result of a check."""

    counts: RowCounts | None  # the rows of the list of schools; None if it was not read
    faults: tuple[Fault, ...]  # all of them, in the order of a build
    materials: Materials | None = None  # what documents are made from, if nothing is missing

    @property
    def ready(self) -> int:
        """The number of schools without an error, with or without warnings."""
        return self.counts.ready if self.counts else 0

    @property
    def refused(self) -> int:
        """The number of rows with an error."""
        return self.counts.refused if self.counts else 0


class _Collected(Report):
    """A report whose errors stop nothing."""

    def raise_errors(self) -> None:
        """Do nothing."""


Made = Callable[[DocumentMaker, School, Layout], object]


def check_campaign(
    options: InputOptions, made: Made = lambda _maker, _school, _layout: None, day: date | None = None
) -> CheckResult:
    """Check a campaign, its lists and every record of its documents, without raising faults or writing files.

    The faults are in ``options.outcome`` too, for `leaflet.production.fault_lists.write_faults`. For each file that
    could be made `made` is called with its layout, which is forgotten then. `day` is that on which names may be kept.
    """
    outcome = options.outcome
    outcome.begin(options.campaign)
    report = _Collected()
    outcome.report = report
    with gc_relaxed():
        inputs = _load(replace(options, keep_going=True), report)
        if inputs is not None:
            outcome.set_inputs(inputs.campaign, inputs.schools)
            _Checker(options, inputs, report, made).check()
            if day is not None:
                _check_kept(inputs.campaign, day, report)
    return CheckResult(counts=outcome.count_rows(), faults=tuple(report), materials=inputs)


def _check_kept(campaign: Campaign, day: date, report: Report) -> None:
    """Report a staff list that is kept for longer than its campaign says (C247)."""
    last = campaign.data.delete_by
    if campaign.staff is not None and last is not None and day > last:
        days = {f"day_{lang}": format_day(last, lang) for lang in LANGUAGES}
        report.add("C247", campaign.place("data", "delete_by"), value=campaign.staff.name, **days)


def _load(options: InputOptions, report: _Collected) -> Materials | None:
    """Load campaign, lists, stock, printer and fonts; None if something is missing that layout needs."""
    try:
        return load_inputs(options, report)
    except LeafletError as error:
        stopped_by = error.faults
    if any(fault.entry.scope == "printer" for fault in stopped_by):  # check all else without it
        report.clear()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / PRINTER_FILE
            write_printer(path, Printer())
            inputs = load_inputs(replace(options, printer=path), report)
        report.extend(stopped_by)
        return inputs
    options.outcome.add_faults(stopped_by)
    if all(fault.family in ("campaign", "addresses") for fault in stopped_by):
        _check_lists(options, report)
    return None


def _check_lists(options: InputOptions, report: Report) -> None:
    """Check the rows of the lists of a faulty campaign, as far as it names them."""
    try:
        text = read_campaign(options.campaign, Report())  # the faults of the campaign are reported already
    except LeafletError:
        return
    columns = {name: _columns(name, text) for name in LISTS}
    settings = ListSettings(columns=columns, lists={}, data=known_data(text.get("data")))
    try:
        options = with_campaign_settings(options, settings)
    except LeafletError as error:
        report.extend(error.faults)
    path, staff = _list("schools", text), _list("staff", text)
    if path is None:
        return
    schools = load_schools(path, report=report, options=options.reading, choice=options.choice)
    options.outcome.set_lists((path,) if staff is None else (path, staff), schools)
    if staff is not None:
        uais = {school.key for school in schools} or None
        load_staff(staff, schools=uais, report=report, options=staff_reading_of(options.reading, settings))


class _Checker(Struct, frozen=True):
    """A check of every record of every document of one campaign."""

    options: InputOptions
    inputs: Materials
    report: Report
    made: Made
    reported: set[tuple[object, ...]] = field(default_factory=set)  # faults of templates and records so far
    blanks: list[Fault] = field(default_factory=list)  # those of them that are explained at the end
    files: list[tuple[str, str, bool]] = field(default_factory=list)  # that could be made, as of `check_message`

    def check(self) -> None:
        """Check all files that a build would make."""
        schools = choose_schools(self.options, self.inputs, self.report)
        try:
            documents = documents_to_make(self.inputs, self.options.document)
        except LeafletError as error:
            self.report.extend(error.faults)
            return
        total = len(schools) * len(documents)
        for number, document in enumerate(documents):
            self._check_document(document, schools, number, total)
        if self.blanks:
            self.report.extend(explain_blanks(TemplateError(self.blanks), self.inputs, documents, schools).faults)
        made = {uai for _, uai, _ in self.files}
        self.report.extend(portal_faults(self.inputs, (one for one in schools if one.key in made), ()))
        check_compared(self.inputs.campaign, find_not_compared(self.inputs, documents, schools), self.report)
        if self.options.document is None:
            check_printed(self.inputs, documents, schools, self.report)
        check_message(self.inputs, documents, self.files, self.report)
        if not self.files and not self.report.errors:
            self.report.add(NONE_LEFT, Place(file=self.inputs.campaign.schools.name))

    def _check_document(self, document: Document, schools: Sequence[School], number: int, total: int) -> None:
        """Check a document."""
        if document.sheet is not None and document.sheet not in self.inputs.stocks:
            return  # its stock is faulty, and reported already
        if not document.is_paper:
            self._check_screens(document, schools, number * len(schools), total)
            return
        try:
            maker = DocumentMaker(self.inputs, document)
        except LeafletError as error:
            self._add(error)
            return
        for done, (school, layout) in enumerate(lay_out_all(maker, schools), 1 + number * len(schools)):
            if isinstance(layout, LeafletError):
                self._add_faults(maker, school)
            elif layout is None:
                self.report.add("F202", Place(file=document.name, key=school.key))
            else:
                self.report.extend(notes_of_fit(maker.theme, layout.step, document.name, school.key))
                self.files.append((document.name, school.key, maker.leaves_out_message(layout)))
                self.made(maker, school, layout)
            self.options.progress(done, total, maker.file_name(school))

    def _check_screens(self, document: Document, schools: Sequence[School], done: int, total: int) -> None:
        """Check a document that is read on screens."""
        from leaflet.production.screens import ScreenMaker  # most campaigns have none, and it reads XML

        try:
            maker = ScreenMaker(self.inputs, document)
        except LeafletError as error:
            self._add(error)
            return
        for number, school in enumerate(schools, done + 1):
            try:
                maker.make(school)
                self.files.append((document.name, school.key, False))
            except LeafletError as error:
                self._add(error)
            self.options.progress(number, total, maker.file_name(school))

    def _add_faults(self, maker: DocumentMaker, school: School) -> None:
        """Report all faults of the records of a school."""
        records = list(maker.try_out(school))
        for record in records:
            if isinstance(record, LeafletError):
                self._add(record)
        try:
            maker.impose(school, [record for record in records if isinstance(record, Layout)])
        except LeafletError as error:
            self._add(error)

    def _add(self, error: LeafletError) -> None:
        """Report the faults of a record or a document: those of a template once, others once for each school."""
        for fault in error.faults:
            uai = None if isinstance(error, TemplateError) else fault.place.key
            key = (fault.code, fault.place.file, fault.place.line, uai, fault.reason("en"))  # the row, of a name
            if key not in self.reported:
                self.reported.add(key)
                if fault.code == BLANK:
                    self.blanks.append(fault)
                else:
                    self.report.append(fault)


def _list(name: Literal["schools", "staff"], text: CampaignText) -> Path | None:
    """Return the path of a list of a campaign, if it may be opened."""
    found = Report()
    path = check_list(name, text, found)
    return None if found.errors else path


def _columns(name: str, text: CampaignText) -> dict[str, str]:
    """Return the campaign's mapping of a list's columns, as far as it is valid."""
    table = text.get("columns", name)
    return {k: v for k, v in table.items() if isinstance(v, str)} if isinstance(table, dict) else {}
