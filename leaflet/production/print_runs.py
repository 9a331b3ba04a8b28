"""Make a print run: the leaflets of all schools in one file, in the order of delivery, each bundle behind its sheet.

Schools are streamed: each is laid out and written once for each copy, and not held in memory.
"""

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign import Campaign, Document
from leaflet.campaign.model import DraftDocument
from leaflet.faults import RECORD_ERRORS, LeafletError, Place, Report, TemplateError, fail, fault_of
from leaflet.files.extensions import require_judging
from leaflet.files.plain_files import PROFILES, meant_file
from leaflet.files.words import in_both
from leaflet.geometry import Um, mm, parse_length
from leaflet.imposition.bleed import Bleeder
from leaflet.layout.face import Face, Layout
from leaflet.layout.page import Layouter
from leaflet.layout.theme import load_theme
from leaflet.markup.flow import parse_flow
from leaflet.markup.page_words import load_page_words
from leaflet.markup.record_values import record_context
from leaflet.markup.render import Context, load_renderer
from leaflet.pdf.flavour import Flavour, office_flavour, press_flavour
from leaflet.pdf.inks import REGISTRATION
from leaflet.pdf.print_run_file import PrintRunWriter
from leaflet.pdf.verify_codes import warn_of_codes
from leaflet.pdf.verify_streamed import StreamedVerifier
from leaflet.production.build_options import PrintRunOptions, PrintRunResult
from leaflet.production.design import copies_of
from leaflet.production.document import DocumentMaker, for_record, notes_of_fit
from leaflet.production.inputs import check_asked, find_campaign, open_inputs
from leaflet.production.materials import Materials
from leaflet.production.own_message import check_message
from leaflet.production.packing_list import Bundle, packing_csv, schools_in_order, write_packing_list
from leaflet.production.printed_facts import explain_blanks, find_left_out, portal_faults, with_drafts
from leaflet.production.staging import Staging
from leaflet.production.worker import gc_relaxed, lay_out_all
from leaflet.program import own_table
from leaflet.reuse.flow_stencils import FlowReader
from leaflet.reuse.page_stencils import StencilLayouter
from leaflet.reuse.traced_template import TracedSandbox, TracedTemplate
from leaflet.tables import School

_TEMPLATE = "bundle-sheet"  # and its format
_NARROWEST = mm(148)  # A5: under it a school's name cannot be read from the other side of a table


class BundleSheets:
    """A maker of bundle sheets of the size of the leaflets."""

    def __init__(self, inputs: Materials, theme: str, lang: str) -> None:
        self._inputs = inputs
        self._renderer = load_renderer(inputs.campaign.resources, _TEMPLATE, lang, TracedSandbox)
        self.run: str = self._renderer.words.texts["bundle.run"]  # what the file of all of them is called
        self._render, self._parse = TracedTemplate(self._renderer).render, FlowReader().parse
        self._theme = load_theme(inputs.campaign.resources, theme, _TEMPLATE, inputs.campaign.publisher.color)
        self._layouters: dict[tuple[Um, Um], StencilLayouter] = {}

    @property
    def sources(self) -> tuple[str, ...]:
        """The template's files, whose letters the run's fonts must have."""
        return tuple(self._renderer.files.values())

    def make(
        self, school: School, leaflet: Sequence[Face], *, number: int, total: int, copies: int
    ) -> tuple[Face, ...]:
        """Return the front of a sheet and its white back; the front alone for leaflets of one side."""
        bundle = {"number": number, "total": total, "copies": copies, "key": self._inputs.campaign.data.key.kind}
        variables = {**record_context(school), "bundle": bundle}
        try:
            layout = self._lay_out(self._inputs.contexts.shared_by(school), variables, self._layouter(leaflet[0]))
        except LeafletError as error:
            files, row = self._renderer.files, self._inputs.place_of(school)
            raise type(error)(for_record(fault, files, row, school) for fault in error.faults) from None
        front = layout.faces[0]
        return (front,) if len(leaflet) == 1 else (front, Face(front.width, front.height, ()))

    def _lay_out(self, shared: Context, variables: Context, layouter: StencilLayouter) -> Layout:
        try:
            return layouter.lay_out(self._parse(self._render(shared, variables)), folio=False)
        except LeafletError:  # once more without stencils, so that each fault names this record
            return layouter.lay_out(parse_flow(self._renderer.render({**shared, **variables})), folio=False)

    def _layouter(self, leaflet: Face) -> StencilLayouter:
        """Return the layouter of a sheet as large as the leaflet; for cards, of one of A4."""
        page = self._theme.page
        size = (leaflet.width, leaflet.height) if leaflet.width >= _NARROWEST else (page.width, page.height)
        if size not in self._layouters:
            book = self._inputs.book_for(self.sources)
            self._layouters[size] = StencilLayouter(Layouter(book, self._theme.resized(*size), {}))
        return self._layouters[size]


_FILES = {"FOGRA39": "FOGRA39L_coated.icc", "FOGRA47": "FOGRA47L_uncoated.icc"}
_MOST_BYTES = 10_000_000
_HEADER = 128  # bytes of an ICC header (ICC.1 §7.2): class at 12, colour space at 16, signature at 36


class Profile(Struct, frozen=True, kw_only=True):
    """A CMYK output profile: the condition it stands for, and its bytes."""

    condition: str
    path: Path
    data: bytes


def profile_folders(system: str) -> tuple[Path, ...]:
    """Return where a system (`sys.platform`) keeps profiles; for any that is not known, where Linux does."""
    folders = own_table("profiles/folders.toml")
    # os.path: Path.expanduser raises where nobody has a home
    return tuple(Path(os.path.expanduser(folder)) for folder in folders.get(system, folders["linux"]))  # noqa: PTH111


def load_profile(name: str, folder: Path, place: Place, folders: Sequence[Path] | None = None) -> Profile:
    """Return the profile a campaign names: ``FOGRA39``, ``FOGRA47``, looked for in `folders`, or a file beside it."""
    path = _find(name, folder, place, profile_folders(sys.platform) if folders is None else folders)
    try:
        data = path.read_bytes() if path.stat().st_size <= _MOST_BYTES else b""
    except OSError as error:
        problem = error.strerror or str(error)
        raise fail("P302", place, name=path.name, problem_en=problem, problem_fr=problem, proposal="") from None
    if len(data) < _HEADER or (data[12:16], data[16:20], data[36:40]) != (b"prtr", b"CMYK", b"acsp"):
        raise fail("P303", place, name=path.name)
    return Profile(condition=name if name in _FILES else path.stem, path=path, data=data)


def _find(name: str, folder: Path, place: Place, folders: Sequence[Path]) -> Path:
    path = folder / name
    if name not in _FILES:
        if not path.is_file():
            where = in_both("problem", "profile_not_beside")
            raise fail("P302", place, name=name, proposal=meant_file(name, PROFILES, folder), **where)
        return path
    for start in folders:
        with suppress(OSError):  # a folder of somebody else's; Windows and macOS do not mind capitals
            found = (
                file for file in start.rglob("*.[iI][cC][cCmM]") if file.name.casefold() == _FILES[name].casefold()
            )
            if (first := min(found, default=None)) is not None:
                return first
    kept_in = profile_folders(sys.platform)[0]  # how a profile gets onto a machine of this system:
    is_kept_by_people = sys.platform in ("win32", "darwin")
    ways_out = in_both("hint", "profile_to_copy" if is_kept_by_people else "profile_to_install", folder=str(kept_in))
    raise fail("P301", place, name=name, file=_FILES[name], **ways_out)


PRINT_RUN = "print-run"
PACKING = "packing-list"
PRESS_PAGES = 15_000  # of a volume for the print shop: verifying it takes the whole file into memory (9 kB a page)


def print_run(options: PrintRunOptions) -> PrintRunResult:
    """Make the print run of one document; a school whose leaflet cannot be made is left out."""
    report = options.outcome.begin(options.campaign)
    if options.press is not None and options.verify:
        require_judging("leaflet print-run --press")
    campaign = find_campaign(options, report)
    if options.press is not None:
        campaign = _for_print_shop(campaign, _document(options, campaign), has_date=options.epoch is not None)
    if options.choice.people.is_all:
        check_asked(options, campaign, [_document(options, campaign)], is_folder=True)
    inputs = open_inputs(options, campaign)
    if inputs.is_selection:
        raise fail("U118", Place(file=campaign.file))
    wanted = schools_in_order(options, inputs, report)
    is_draft = options.draft and options.press is None  # nothing that is not compared goes to a print shop
    inputs = with_drafts(inputs, [_document(options, campaign)], wanted, report, draft=is_draft)
    document = _document(options, inputs.campaign)
    every = copies_of(campaign, document.name, wanted, options.copies)
    schools = [school for school in wanted if every[school.key]]
    left_out = find_left_out(document, inputs, schools)
    report.extend(portal_faults(inputs, schools, left_out))
    schools = [school for school in schools if school.key not in left_out]
    with gc_relaxed():
        while True:  # once more without the schools left out: sheets say of how many bundles they are
            found = Report()
            with Staging(options.out, replace_others=options.replace_others) as staging:
                run = _PrintRun(options, inputs, document, found, staging)
                try:
                    bundles = run.make(schools, every)
                except OSError as error:  # a volume is written to from here, not within `staging.stream`
                    raise fault_of(error, "W101", options.out) from None
                except TemplateError as error:
                    raise explain_blanks(error, inputs, [document], inputs.schools) from None
                report.extend(found.errors)
                options.outcome.check_made(len(bundles), keep_going=options.leaves_out)
                if not found.errors:
                    report.extend(found)
                    run.list_bundles(bundles)
                    staging.commit()
                    break
            schools = [bundle.school for bundle in bundles]
    if options.verify:
        warn_of_codes(report)
    check_message(inputs, [document], run.messages, report)
    copies = [[one.copies for one in bundles if one.volume == number] for number in range(1, bundles[-1].volume + 1)]
    return PrintRunResult(
        files=tuple(run.files),
        pages=sum(bundle.pages for bundle in bundles),
        schools=len(bundles),
        copies=sum(map(sum, copies)),
        volumes=tuple((len(each), sum(each)) for each in copies),
        out=options.out,
        faults=tuple(report),
    )


def _for_print_shop(campaign: Campaign, document: Document, *, has_date: bool) -> Campaign:
    """Return the campaign as a print shop prints it, which it names; it needs no date if the file has one."""
    report = Report()
    if campaign.issued_on is None and not has_date:
        report.add("P304", campaign.place("issued_on"))
    if campaign.press.printer is None:
        report.add("P305", campaign.place("press", "printer"))
    report.raise_errors()
    own, printer = campaign.publisher, str(campaign.press.printer)
    said = load_page_words(campaign.resources, document.lang).texts["imprint.shop"].replace("{printer}", printer)
    return replace(campaign, publisher=own.model_copy(update={"imprint": said} if own.imprint is None else {}))


def _document(options: PrintRunOptions, campaign: Campaign) -> Document:
    """Return the document to print: the one named, or the only one that is made for schools."""
    documents = [d for d in campaign.documents if d.per == "school" and d.is_paper]
    chosen = [d for d in documents if options.document in (None, d.name)]
    known = ", ".join(d.name for d in documents)
    if not documents:
        raise fail("P406", Place(file=campaign.file), value=campaign.documents[0].name)
    if not chosen:
        raise fail("U006", Place(file=campaign.file), value=options.document, known=known)
    if len(chosen) > 1:
        raise fail("U007", Place(file=campaign.file), known=known)
    return chosen[0]


class _Volume(Struct):
    """A file of the run that is being written."""

    number: int
    name: str
    writer: PrintRunWriter
    stack: ExitStack


class _PrintRun:
    """The work of one print run."""

    def __init__(
        self, options: PrintRunOptions, inputs: Materials, document: Document, report: Report, staging: Staging
    ) -> None:
        self._options, self._inputs, self._document, self._report = options, inputs, document, report
        self._staging = staging
        self.files: list[str] = []
        self.messages: list[tuple[str, str, bool]] = []  # of each leaflet, for `check_message`
        self._sheets = BundleSheets(inputs, document.theme, document.lang)
        self._maker = DocumentMaker(inputs, document, self._flavour(), self._sheets.sources)
        self._bleed = parse_length(inputs.campaign.press.bleed) if options.press else 0
        self._bleeder = Bleeder(self._bleed, REGISTRATION) if options.press else None
        self._verifier = StreamedVerifier() if options.verify else None
        # the most pages of a volume; None for one volume without limit
        self._limit = options.pages or (PRESS_PAGES if options.press else None)
        self._volume: _Volume | None = None

    def _flavour(self) -> Flavour:
        """Return the PDF standards that the file claims."""
        if self._options.press is None:
            return office_flavour()
        campaign = self._inputs.campaign
        profile = load_profile(campaign.press.profile, campaign.folder, campaign.place("press", "profile"))
        return press_flavour(profile.condition, profile.data)

    def make(self, wanted: Sequence[School], every: Mapping[str, int]) -> list[Bundle]:
        """Write all volumes, with the copies by UAI; return their bundles, without those that have faults."""
        bundles: list[Bundle] = []
        for number, (school, layout) in enumerate(lay_out_all(self._maker, wanted, explains=True), 1):
            copies = every[school.key]
            repeats = 1 if self._options.once or isinstance(self._document, DraftDocument) else copies
            try:
                faces, sheet = self._faces(school, layout), tuple[Face, ...]()
                if not self._options.bare:
                    sheet = self._sheets.make(school, faces, number=number, total=len(wanted), copies=copies)
                needed = len(sheet) + repeats * len(faces)
                if self._limit is not None and needed > self._limit:
                    raise fail("U008", self._inputs.place_of(school), value=self._limit, needed=needed)
            except RECORD_ERRORS as error:
                self._report.extend(error.faults)
            else:  # an error from here on concerns the whole volume
                volume = self._open(needed)
                first, last = self._write(volume, school, sheet, faces, repeats)
                pages = {"volume": volume.number, "first": first, "last": last}
                bundles.append(Bundle(number=number, school=school, copies=copies, **pages))
            self._options.progress(number, len(wanted), school.key)
        self._close()
        return bundles

    def _faces(self, school: School, layout: Layout | LeafletError | None) -> tuple[Face, ...]:
        """Return the pages of a school's leaflet, with a white one at the end if its last sheet has one side only."""
        if isinstance(layout, LeafletError):
            raise layout
        assert layout is not None, "leaflets for schools are made for every school"
        self._report.extend(notes_of_fit(self._maker.theme, layout.step, self._document.name, school.key))
        self.messages.append((self._document.name, school.key, self._maker.leaves_out_message(layout)))
        faces = layout.faces
        if len(faces) % 2 == 0 or len(faces) == self._maker.pages == 1:
            return faces
        return (*faces, Face(faces[0].width, faces[0].height, ()))  # each leaflet begins on a new sheet

    def _write(
        self, volume: _Volume, school: School, sheet: tuple[Face, ...], faces: tuple[Face, ...], repeats: int
    ) -> tuple[int, int]:
        """Write a bundle; return its first and its last page."""
        first = volume.writer.pages
        pages = (*sheet, *faces)
        if self._bleeder is not None:
            pages = tuple(self._bleeder.page(face) for face in pages)
        if self._verifier:
            self._verifier.note(first, pages, Place(file=volume.name, key=school.key))
        volume.writer.add([(pages[: len(sheet)], 1), (pages[len(sheet) :], repeats)])
        return first + 1, volume.writer.pages

    def _open(self, needed: int) -> _Volume:
        """Return a volume with room for so many more pages."""
        volume = self._volume
        if volume is not None and (self._limit is None or volume.writer.pages + needed <= self._limit):
            return volume
        self._close()
        number = len(self.files) + 1
        part = f"-{number:02}" if self._limit is not None else ""
        draft = self._document.mark if isinstance(self._document, DraftDocument) else ""
        name = f"{draft}{PRINT_RUN}-{self._document.name}{part}.pdf"
        stack = ExitStack()
        file: BinaryIO = stack.enter_context(self._staging.stream(name))
        writer = PrintRunWriter(file, self._maker.master, self._maker.metadata, reach=self._bleed)
        self.files.append(name)
        self._volume = _Volume(number, name, writer, stack)
        return self._volume

    def _close(self) -> None:
        """Finish the open volume and verify it."""
        if self._volume is None:
            return
        volume, self._volume = self._volume, None
        part = f", volume {volume.number}" if self._limit is not None else ""
        title = f"{self._inputs.campaign.election.title or self._document.name} – {self._sheets.run}{part}"
        with volume.stack:
            file = volume.writer.close(title)
        if self._verifier is None:
            return
        path, place = self._staging.path(volume.name), Place(file=volume.name)
        with path.open("rb") as stored:
            self._verifier.verify(stored, file, place)
        if self._options.press is not None:
            from leaflet.pdf.standards.pdfx import check_press

            found = Report()  # a new one: errors of rows left out are no reason to stop here
            for message in check_press(path):
                found.add("V108", place, problem=message)
            found.raise_errors()

    def list_bundles(self, bundles: Sequence[Bundle]) -> None:
        """Write the packing list, as CSV and, unless it is to be leaflets only, as PDF."""
        name, lines = f"{PACKING}-{self._document.name}", packing_csv(bundles)
        with self._staging.stream(f"{name}.csv", next(lines)) as file:
            file.writelines(lines)
        self.files.append(f"{name}.csv")
        if self._options.bare:
            return
        with self._staging.stream(f"{name}.pdf") as file:
            write_packing_list(file, bundles, self._inputs, self._document)
        self.files.append(f"{name}.pdf")
