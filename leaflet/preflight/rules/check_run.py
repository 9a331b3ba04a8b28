"""Is an output folder what its lists say: the manifest of a build, the packing list of a print run, the schools?"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from hashlib import file_digest
from itertools import pairwise
from pathlib import Path

import pypdfium2
from msgspec import Struct

from leaflet.faults import Place, Report
from leaflet.files.words import in_both
from leaflet.markup.groups import school_groups
from leaflet.preflight.rule import Context, Finding, Options, OutputFolder, rules
from leaflet.production.build_options import InputOptions
from leaflet.production.delivery.labels import LABELS
from leaflet.production.design import copies_of
from leaflet.production.inputs import Loader, with_campaign_settings
from leaflet.production.manifest import Entry
from leaflet.production.packing_list import HEADER
from leaflet.production.print_runs import PACKING, PRINT_RUN
from leaflet.tables import School
from leaflet.tables.filters import choose
from leaflet.text import fold

_PAGES_AT_ONCE = 200  # after so many pages a volume is opened again: PDFium keeps in memory all it has read
_SHEETS = (1, 2)  # pages of a bundle sheet: its front, and a white back under leaflets of two sides
_MOST_NAMED = 5


class PackingLine(Struct, frozen=True, kw_only=True):
    """A line of a packing list: the bundle of one school."""

    row: int  # its line in the file
    number: int  # the bundle's number
    volume: int  # the number of the volume it is in
    first: int  # its first page in the volume, counted from 1
    last: int  # its last page
    key: str  # of the school
    name: str  # the school's name
    postcode: str  # the school's postcode
    town: str  # the school's commune
    copies: int  # the number of leaflets
    pages: int  # the number of pages


class FoundPrintRun(Struct, frozen=True, kw_only=True):
    """A print run in an output folder."""

    file: str  # the name of its packing list
    lines: tuple[PackingLine, ...]  # the lines of the list
    volumes: dict[int, Path]  # its volumes, by their number
    problem: str = ""  # why the list cannot be read; empty if it can


def _print_runs(output: OutputFolder) -> Iterator[FoundPrintRun]:
    """Find the print runs of a folder, one for each packing list."""
    for path in sorted(output.folder.glob(f"{PACKING}-*.csv")):
        volumes = dict(_volumes(path.stem.removeprefix(f"{PACKING}-"), output.files))
        try:
            lines, problem = tuple(_read(path)), ""
        except (OSError, ValueError, csv.Error, KeyError) as error:
            lines, problem = (), str(error) or type(error).__name__
        yield FoundPrintRun(file=path.name, lines=lines, volumes=volumes, problem=problem)


def _volumes(document: str, files: Sequence[Path]) -> Iterator[tuple[int, Path]]:
    name = f"{PRINT_RUN}-{document}"
    for path in files:
        number = path.stem.removeprefix(f"{name}-")
        if path.stem == name:
            yield 1, path
        elif number != path.stem and number.isdecimal():
            yield int(number), path


def _read(path: Path) -> Iterator[PackingLine]:
    """Read the lines of a list."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.reader(file, delimiter=";")
        header = next(rows, [])
        if tuple(header) != HEADER:
            raise ValueError(", ".join(sorted(set(HEADER) - set(header))) or ", ".join(header))
        for row, cells in enumerate(rows, 2):
            number, volume, first, last, uai, name, _, postcode, town, copies, pages = cells
            yield PackingLine(
                row=row, number=int(number), volume=int(volume), first=int(first), last=int(last), key=uai, name=name,
                postcode=postcode.removeprefix("'"), town=town, copies=int(copies), pages=int(pages),
            )  # fmt: skip


def _count_pages(path: Path) -> int | None:
    """Count the pages of a file; None if it cannot be opened."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return None


def _read_pages(path: Path, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the number and text of some pages, counted from 1; pages that do not exist are left out."""
    for start in range(0, len(numbers), _PAGES_AT_ONCE):
        with pypdfium2.PdfDocument(path) as document:
            for number in numbers[start : start + _PAGES_AT_ONCE]:
                if 1 <= number <= len(document):
                    page = document[number - 1]
                    yield number, page.get_textpage().get_text_range()
                    page.close()


def _entries(output: OutputFolder) -> Sequence[Entry]:
    return output.manifest.entries if output.manifest else ()


@lru_cache(maxsize=1)
def _there(output: OutputFolder) -> Sequence[tuple[Entry, Path]]:
    """Return the entries of the manifest whose files are there, with these."""
    pairs = [(one, output.folder / one.file) for one in _entries(output) if one.is_inside(output.folder)]
    return [(entry, path) for entry, path in pairs if path.is_file()]


@rules.output("K901")
def _check_missing(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    there = {entry.file for entry, _ in _there(output)}
    for entry in _entries(output):
        if entry.file not in there:
            yield Finding(values={"uai": entry.record, "document": entry.document}, file=entry.file)


@rules.output("K902")
def _check_strangers(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check all files but those of print runs, which have lists of their own, and of ``leaflet post``."""
    listed = {entry.file for entry in _entries(output)}
    for path in output.files if output.manifest else ():
        name = path.relative_to(output.folder).as_posix()
        if name not in listed and not path.stem.startswith((PRINT_RUN, PACKING, LABELS)):
            yield Finding(file=name)


@rules.output("K903")
def _check_hashes(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    for entry, path in _there(output):
        with path.open("rb") as file:
            if file_digest(file, "sha256").hexdigest() != entry.sha256:
                yield Finding(file=entry.file)


@rules.output("K904")
def _check_page_counts(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    for entry, path in _there(output):
        if (found := _count_pages(path)) not in (None, entry.pages):
            yield Finding(values={"found_pages": found, "expected": entry.pages}, file=entry.file)


@rules.output("K905")
def _check_listed_once(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no file and no school is twice in the manifest."""
    files = Counter(entry.file for entry in _entries(output))
    records = Counter((entry.document, entry.record) for entry in _entries(output) if not entry.personal)
    for entry in _entries(output):
        document, uai = about = entry.document, entry.record
        if files.pop(entry.file, 0) > 1 or records.pop(about, 0) > 1:
            known = ", ".join(sorted({one.file for one in _entries(output) if about == (one.document, one.record)}))
            yield Finding(values={"uai": uai, "document": document, "known": known}, file=entry.file)


@rules.output("K906")
def _check_complete(output: OutputFolder, context: Context, _options: Options) -> Iterator[Finding]:
    """Check the files of every document that is made for schools, save those that vote elsewhere."""
    if context.campaign is None or output.manifest is None:
        return
    schools, groups = _read_list(context)[0], school_groups(context.campaign)
    others = {school.key for school in schools if groups.without_portal(school)}
    for document in context.campaign.documents:
        made = {entry.record for entry in output.manifest.entries if entry.document == document.name}
        left_out = set() if made & others else others  # no document with a portal is made for them (L121)
        absent = [school.key for school in schools if school.key not in made | left_out]
        if document.per == "school" and absent:
            known = ", ".join(absent[:_MOST_NAMED]) + (" …" if len(absent) > _MOST_NAMED else "")
            yield Finding(values={"document": document.name, "count": len(absent), "known": known})


@rules.output("K907")
def _check_left_over(output: OutputFolder, context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no file is of a school or of a document that the campaign no longer has."""
    if context.campaign is None or output.manifest is None:
        return
    schools, is_whole = _read_list(context)
    uais, documents = {school.key for school in schools}, {document.name for document in context.campaign.documents}
    for entry in output.manifest.entries:
        if (is_whole and entry.record not in uais) or entry.document not in documents:
            yield Finding(values={"uai": entry.record, "document": entry.document}, file=entry.file)


@lru_cache(maxsize=1)
def _read_list(context: Context) -> tuple[Sequence[School], bool]:
    """Return the campaign's schools, as a build has them, and whether every row of the list could be read.

    The check of the campaign reports faults of the list: a school of a faulty row may have a file all the same.
    """
    campaign, report = context.campaign, Report()
    assert campaign is not None
    options = InputOptions(campaign=campaign.folder / campaign.file, out=Path())
    asked = with_campaign_settings(options, campaign, school_groups(campaign).ranked)
    schools = context.schools or Loader().schools(campaign, asked, report)
    return choose(schools, asked.choice, Place(), Report()), not report.errors


@rules.output("K911")
def _check_list(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    return (Finding(values={"problem": run.problem}, file=run.file) for run in _print_runs(output) if run.problem)


@rules.output("K912")
def _check_volumes(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    for run in _print_runs(output):
        listed, there = {line.volume for line in run.lines}, {*run.volumes}
        for what, volumes in {"volume_absent": listed - there, "volume_unlisted": there - listed}.items():
            for volume in sorted(volumes) if run.lines else ():
                yield Finding(values={"volume": volume, **in_both("what", what)}, file=run.file)


@rules.output("K913")
def _check_volume_pages(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    for run in _print_runs(output):
        for volume, path in sorted(run.volumes.items()):
            expected = sum(line.pages for line in run.lines if line.volume == volume)
            found = _count_pages(path)
            if expected and found is not None and found != expected:
                yield Finding(values={"found_pages": found, "expected": expected}, file=path.name)


@rules.output("K914")
def _check_ranges(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that bundles follow each other, each with the pages of its sheet and of its copies."""
    for run in _print_runs(output):
        sheet = _sheet_of(run.lines)
        before: PackingLine | None = None
        for number, line in enumerate(run.lines, 1):
            start = 1 if before is None or line.volume != before.volume else before.last + 1
            fits = sheet is None or _fits(line, sheet)
            if line.number != number or line.first != start or line.last - line.first + 1 != line.pages or not fits:
                names = ("number", "row", "pages", "copies", "first", "last")
                values = {"uai": line.key, **{name: getattr(line, name) for name in names}}
                yield Finding(values=values, file=run.file)
            before = line


def _sheet_of(lines: tuple[PackingLine, ...]) -> int | None:
    """Return the pages of most bundle sheets; None for a print run that shows each leaflet once."""
    fitting = {sheet: sum(_fits(line, sheet) for line in lines) for sheet in _SHEETS}
    sheet = max(_SHEETS, key=lambda sheet: fitting[sheet])
    is_once = len({line.pages for line in lines}) == 1 or all(line.pages <= line.copies for line in lines)
    return None if is_once and fitting[sheet] * 2 <= len(lines) else sheet


def _fits(line: PackingLine, sheet: int) -> bool:
    leaflets = line.pages - sheet
    return leaflets > 0 and line.copies > 0 and leaflets % line.copies == 0


@rules.output("K915")
def _check_once_each(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    for run in _print_runs(output):
        for uai, count in Counter(line.key for line in run.lines).items():
            if count > 1:
                rows = ", ".join(str(line.row) for line in run.lines if line.key == uai)
                yield Finding(values={"uai": uai, "count": count, "rows": rows}, file=run.file)


@rules.output("K916")
def _check_order(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check the order by postcode, commune, name."""
    for run in _print_runs(output):
        places = [(line.postcode, fold(line.town), fold(line.name), line.key) for line in run.lines]
        wrong = next((at for at, (one, two) in enumerate(pairwise(places), 1) if two < one), None)
        if wrong is not None:
            one, two = run.lines[wrong - 1 : wrong + 1]
            yield Finding(values={"uai": two.key, "row": two.row, "other": one.key}, file=run.file)


@rules.output("K917")
def _check_copies(output: OutputFolder, context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every school gets as many copies as in the campaign's list, if the list has a number."""
    if (campaign := context.campaign) is None:
        return
    for run in _print_runs(output):
        listed = [school for school in _read_list(context)[0] if school.copies is not None]
        wanted = copies_of(campaign, run.file.removeprefix(f"{PACKING}-").removesuffix(".csv"), listed)
        for line in run.lines:
            if wanted.get(line.key, line.copies) != line.copies:
                values = {"uai": line.key, "copies": line.copies, "expected": wanted[line.key]}
                yield Finding(values=values, file=run.file)


@rules.output("K918")
def _check_bundles(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every bundle begins with the sheet of its own school."""
    for run in _print_runs(output):
        for volume, path in sorted(run.volumes.items()):
            lines = {line.first: line for line in run.lines if line.volume == volume}
            for number, text in _read_pages(path, list(lines)) if _count_pages(path) is not None else ():
                if lines[number].key not in text:
                    yield Finding(values={"uai": lines[number].key}, page=number, file=path.name)
