"""Everything about a campaign that can be known without writing: `check_campaign`.

It goes as far as it can. A faulty row hides nothing of the good ones, a faulty document nothing of the others; what
is wrong with a template is said once, not for every school. Its verdict is the one
`leaflet.production.build.build` gives.

What is not here: what is found in finished files only (``leaflet.verification``), and print runs.
"""

import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Literal

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.campaign import Data, Document
from leaflet.campaign.consistency import check_list
from leaflet.campaign.source import CampaignText, read_campaign
from leaflet.faults import Fault, LeafletError, Place, Report, TemplateError, error_class
from leaflet.imposition import Printer
from leaflet.imposition.printer import write_printer
from leaflet.layout.face import Layout
from leaflet.production.build import choose_documents, rare_collection
from leaflet.production.document import DocumentMaker
from leaflet.production.inputs import (
    PRINTER_FILE,
    choose_schools,
    load_inputs,
    staff_reading_of,
    with_campaign_settings,
)
from leaflet.production.materials import Materials
from leaflet.production.options import InputOptions
from leaflet.production.outcome import RowCounts
from leaflet.tables import School, load_schools, load_staff


class CheckResult(Struct, frozen=True, kw_only=True):
    """What a check found.

    Args:
        counts: the rows of the list of schools; None if it was not read.
        faults: all of them, in the order of a build.
    """

    counts: RowCounts | None
    faults: tuple[Fault, ...]

    @property
    def ready(self) -> int:
        """Schools without an error of their own, warned ones too."""
        return self.counts.ready if self.counts else 0

    @property
    def warned(self) -> int:
        return self.counts.warned if self.counts else 0

    @property
    def refused(self) -> int:
        return self.counts.refused if self.counts else 0

    @property
    def exit_code(self) -> int:
        """How a build of the same campaign would end: by the fault it would meet first."""
        return min((error_class(f.code).exit_code for f in self.faults if f.severity == "error"), default=0)


class _Collected(Report):
    """Faults that stop nobody."""

    def raise_errors(self) -> None:
        """Go on."""

    def forget(self) -> None:
        """Begin again."""
        self._faults.clear()


def check_campaign(options: InputOptions) -> CheckResult:
    """Check a campaign, its lists and every record of its documents. Nothing is raised for a fault, nothing written.

    The faults are in ``options.outcome`` too, for `leaflet.production.fault_files.write_faults`.
    """
    outcome = options.outcome
    outcome.begin(options.campaign)
    report = _Collected()
    outcome.report = report
    with rare_collection():
        inputs = _load(replace(options, keep_going=True), report)
        if inputs is not None:
            outcome.set_inputs(inputs.campaign, inputs.schools)
            _Checker(options, inputs, report).check()
    return CheckResult(counts=outcome.count_rows(), faults=tuple(report))


def _load(options: InputOptions, report: _Collected) -> Materials | None:
    """Campaign, lists, stock, printer, fonts; None if nothing can be laid out without what is missing."""
    try:
        return load_inputs(options, report)  # which goes on reporting while records are laid out
    except LeafletError as error:
        stopped_by = error.faults
    if any(fault.code.startswith("P2") for fault in stopped_by):  # the printer: all else can be checked without it
        report.forget()
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / PRINTER_FILE
            write_printer(path, Printer())
            inputs = load_inputs(replace(options, printer=path), report)
        report.extend(stopped_by)
        return inputs
    options.outcome.add_faults(stopped_by)
    if all(fault.code[0] in "CL" for fault in stopped_by):
        _check_lists(options, report)
    return None


def _check_lists(options: InputOptions, report: Report) -> None:
    """The rows of the lists of a campaign that is faulty elsewhere, so far as it says where they are."""
    try:
        text = read_campaign(options.campaign, Report())  # what is wrong with the campaign is known already
    except LeafletError:
        return
    data = _told(text)
    try:
        options = with_campaign_settings(options, data)
    except LeafletError as error:
        report.extend(error.faults)
    path, staff = _list("schools", text), _list("staff", text)
    if path is None:
        return
    schools = load_schools(
        path,
        report=report,
        options=options.reading,
        given=_columns("schools", text),
        cleaning=options.cleaning,
        states=options.choice.states,
        extra_columns=options.choice.extra_columns,
    )
    options.outcome.set_lists((path,) if staff is None else (path, staff), schools)
    if staff is not None:
        uais = {school.uai for school in schools} or None
        given = _columns("staff", text)
        reading = staff_reading_of(options.reading, data)
        load_staff(staff, schools=uais, report=report, options=reading, given=given, cleaning=options.cleaning)


def _told(text: CampaignText) -> Data:
    """How the lists are read, so far as a faulty campaign says it."""
    try:
        return Data.model_validate(text.get("data"))
    except ValueError:  # pydantic's
        return Data(schools="–")


class _Checker(Struct, frozen=True):
    """Lays out every record of every document of one campaign; `told` are template faults reported so far."""

    options: InputOptions
    inputs: Materials
    report: Report
    told: set[tuple[str, str | None, int | None, str]] = field(default_factory=set)

    def check(self) -> None:
        """Check all that a build would make."""
        schools = choose_schools(self.options, self.inputs, self.report)
        self.options.outcome.set_chosen(schools)
        try:
            documents = choose_documents(self.inputs.campaign, self.options.document)
        except LeafletError as error:
            self.report.extend(error.faults)
            return
        total = len(schools) * len(documents)
        made = sum(self._check_document(document, schools, n, total) for n, document in enumerate(documents))
        if not made and not self.report.errors:
            self.report.add("U005", Place(file=self.inputs.campaign.schools.name))

    def _check_document(self, document: Document, schools: Sequence[School], number: int, total: int) -> int:
        """How many files of a document could be made."""
        if document.sheet is not None and document.sheet not in self.inputs.stocks:
            return 0  # its stock is faulty, which was said
        try:
            maker = DocumentMaker(self.inputs, document)
        except LeafletError as error:
            self._add(error)
            return 0
        made = 0
        for done, school in enumerate(schools, 1 + number * len(schools)):
            made += self._check_school(maker, school)
            self.options.progress(done, total, maker.file_name(school))
        return made

    def _check_school(self, maker: DocumentMaker, school: School) -> bool:
        place = Place(file=maker.document.name, record=school.uai)
        records = list(maker.try_out(school))
        layouts = [record for record in records if isinstance(record, Layout)]
        try:
            layout = maker.put_on_sheets(school, layouts)
        except LeafletError as error:
            records.append(error)
            layout = None
        failed = [record for record in records if isinstance(record, LeafletError)]
        for record in failed:
            self._add(record)
        if failed:
            return False
        if layout is None:
            self.report.add("F202", place)
            return False
        if maker.is_tight(layout):
            self.report.add("F201", place, **maker.tightness(layout))
        return True

    def _add(self, error: LeafletError) -> None:
        """Take the faults of a record or a document in; of a template each but once."""
        self.report.extend(error.faults if not isinstance(error, TemplateError) else self._new(error.faults))

    def _new(self, faults: Iterable[Fault]) -> Iterable[Fault]:
        for fault in faults:
            key = (fault.code, fault.place.file, fault.place.line, fault.reason("en"))
            if key not in self.told:
                self.told.add(key)
                yield fault


def _list(name: Literal["schools", "staff"], text: CampaignText) -> Path | None:
    """A list of a campaign, if it may be opened."""
    found = Report()
    path = check_list(name, text, found)
    return None if found.errors else path


def _columns(name: str, text: CampaignText) -> dict[str, str]:
    """The campaign's own mapping of a list's columns, as far as it is one."""
    table = text.get("columns", name)
    return {k: v for k, v in table.items() if isinstance(v, str)} if isinstance(table, dict) else {}
