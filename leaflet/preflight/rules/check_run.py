"""Is an output folder what its lists say: the manifest of a build, the packing list of a print run, the schools?

Read the packing lists of print runs from an output folder, and find their volumes.
"""

import csv
from collections import Counter
from collections.abc import Iterator, Sequence
from hashlib import file_digest
from itertools import pairwise
from pathlib import Path

import pypdfium2
from msgspec import Struct

from leaflet.faults import Place, Report
from leaflet.preflight.rule import Context, Finding, Options, OutputFolder, Rule
from leaflet.production.build_options import InputOptions
from leaflet.production.inputs import with_campaign_settings
from leaflet.production.packing_list import HEADER
from leaflet.production.print_runs import PACKING, PRINT_RUN
from leaflet.tables import School, load_schools
from leaflet.tables.filters import choose
from leaflet.text import fold

_PAGES_AT_ONCE = 200  # after so many pages a volume is opened again: PDFium keeps in memory all it has read


class PackingLine(Struct, frozen=True, kw_only=True):
    """A line of a packing list: the bundle of one school."""

    row: int  # its line in the file
    number: int  # the bundle's number
    volume: int  # the number of the volume it is in
    first: int  # its first page in the volume, counted from 1
    last: int  # its last page
    uai: str  # the school
    name: str  # the school's name
    postcode: str  # the school's postcode
    town: str  # the school's commune
    copies: int  # the number of leaflets
    pages: int  # the number of pages


class FoundPrintRun(Struct, frozen=True, kw_only=True):
    """A print run in an output folder."""

    document: str  # the document it prints
    file: str  # the name of its packing list
    lines: tuple[PackingLine, ...]  # the lines of the list
    volumes: dict[int, Path]  # its volumes, by their number
    problem: str = ""  # why the list cannot be read; empty if it can


def find_print_runs(folder: Path, files: Sequence[Path]) -> Iterator[FoundPrintRun]:
    """Find the print runs of a folder, one for each packing list."""
    for path in sorted(folder.glob(f"{PACKING}-*.csv")):
        document = path.stem.removeprefix(f"{PACKING}-")
        volumes = dict(_volumes(document, files))
        try:
            lines, problem = tuple(_read(path)), ""
        except (OSError, ValueError, csv.Error, KeyError) as error:
            lines, problem = (), str(error) or type(error).__name__
        yield FoundPrintRun(document=document, file=path.name, lines=lines, volumes=volumes, problem=problem)


def is_of_print_run(path: Path) -> bool:
    """Check whether a file is a volume or a packing list of a print run, which no manifest lists."""
    return path.stem.startswith((f"{PRINT_RUN}-", f"{PACKING}-"))


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
                row=row,
                number=int(number),
                volume=int(volume),
                first=int(first),
                last=int(last),
                uai=uai,
                name=name,
                postcode=postcode.removeprefix("'"),
                town=town,
                copies=int(copies),
                pages=int(pages),
            )


def count_pages(path: Path) -> int | None:
    """Count the pages of a file; None if it cannot be opened."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            return len(document)
    except pypdfium2.PdfiumError:
        return None


def read_pages(path: Path, numbers: Sequence[int]) -> Iterator[tuple[int, str]]:
    """Yield the number and text of some pages, counted from 1; pages that do not exist are left out."""
    for start in range(0, len(numbers), _PAGES_AT_ONCE):
        with pypdfium2.PdfDocument(path) as document:
            for number in numbers[start : start + _PAGES_AT_ONCE]:
                if 1 <= number <= len(document):
                    page = document[number - 1]
                    yield number, page.get_textpage().get_text_range()
                    page.close()


_SHEETS = (1, 2)  # pages of a bundle sheet: its front, and a white back under leaflets of two sides
_MOST_NAMED = 5


def check_missing(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every file of the manifest exists."""
    for entry in output.manifest.entries if output.manifest else ():
        if not _is_there(output, entry.file):
            yield Finding(values={"uai": entry.record, "document": entry.document}, file=entry.file)


def _is_there(output: OutputFolder, name: str) -> bool:
    """Check whether a file of the manifest is in the folder; one outside of it does not count."""
    path = output.folder / name
    return path.resolve().is_relative_to(output.folder.resolve()) and path.is_file()


def check_strangers(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every file is in the manifest, except those of print runs, which have lists of their own."""
    if output.manifest is None:
        return
    listed = {entry.file for entry in output.manifest.entries}
    for path in output.files:
        if (name := path.relative_to(output.folder).as_posix()) not in listed and not is_of_print_run(path):
            yield Finding(file=name)


def check_hashes(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every file is as the build left it."""
    for entry in output.manifest.entries if output.manifest else ():
        path = output.folder / entry.file
        if _is_there(output, entry.file) and _sha256(path) != entry.sha256:
            yield Finding(file=entry.file)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def check_page_counts(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every file has as many pages as in the manifest."""
    for entry in output.manifest.entries if output.manifest else ():
        path = output.folder / entry.file
        if _is_there(output, entry.file) and (found := count_pages(path)) is not None and found != entry.pages:
            yield Finding(values={"found_pages": found, "expected": entry.pages}, file=entry.file)


def check_listed_once(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no file and no school is twice in the manifest."""
    entries = output.manifest.entries if output.manifest else []
    files = Counter(entry.file for entry in entries)
    records = Counter((entry.document, entry.record) for entry in entries if not entry.personal)
    for entry in entries:
        twice = files.pop(entry.file, 0) > 1 or records.pop((entry.document, entry.record), 0) > 1
        if twice:
            yield Finding(values={"uai": entry.record, "document": entry.document}, file=entry.file)


def check_complete(output: OutputFolder, context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every school of the campaign has its file of every document that is made for schools."""
    if context.campaign is None or output.manifest is None:
        return
    schools = [school.uai for school in _schools(context)]
    for document in context.campaign.documents:
        made = {entry.record for entry in output.manifest.entries if entry.document == document.name}
        absent = [uai for uai in schools if uai not in made]
        if document.per == "school" and absent:
            yield Finding(values={"document": document.name, "count": len(absent), "known": _named(absent)})


def check_left_over(output: OutputFolder, context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no file is of a school or of a document that the campaign no longer has."""
    if context.campaign is None or output.manifest is None:
        return
    schools = {school.uai for school in _schools(context)}
    documents = {document.name for document in context.campaign.documents}
    for entry in output.manifest.entries:
        if entry.record not in schools or entry.document not in documents:
            yield Finding(values={"uai": entry.record, "document": entry.document}, file=entry.file)


def _schools(context: Context) -> Sequence[School]:
    """Load the campaign's schools, as a build does; the check of the campaign reports faults of the list."""
    campaign = context.campaign
    assert campaign is not None
    asked = with_campaign_settings(InputOptions(campaign=campaign.folder / campaign.file, out=Path()), campaign.data)
    schools = load_schools(
        campaign.schools,
        report=Report(),
        options=asked.reading,
        given=campaign.columns.get("schools", {}),
        cleaning=asked.cleaning,
        states=asked.choice.states,
        extra_columns=asked.choice.extra_columns,
    )
    return choose(schools, asked.choice, Place(), Report())


def _named(items: list[str]) -> str:
    return ", ".join(items[:_MOST_NAMED]) + (" …" if len(items) > _MOST_NAMED else "")


def check_list(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that packing lists can be read."""
    for delivery in _deliveries(output):
        if delivery.problem:
            yield Finding(values={"problem": delivery.problem}, file=delivery.file)


def check_volumes(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the volumes are exactly those of the packing list."""
    for delivery in _deliveries(output):
        listed = {line.volume for line in delivery.lines}
        for volume in sorted(listed - set(delivery.volumes)):
            what_fr = "le tirage n’est pas dans le dossier"
            yield _of_volume(delivery, volume, "is not in the folder", what_fr)
        for volume in sorted(set(delivery.volumes) - listed) if delivery.lines else ():
            yield _of_volume(delivery, volume, "is not in the packing list", "n’est pas dans la liste de colisage")


def _of_volume(delivery: FoundPrintRun, volume: int, english: str, french: str) -> Finding:
    return Finding(values={"volume": volume, "what_en": english, "what_fr": french}, file=delivery.file)


def check_volume_pages(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every volume has as many pages as in its packing list."""
    for delivery in _deliveries(output):
        for volume, path in sorted(delivery.volumes.items()):
            expected = sum(line.pages for line in delivery.lines if line.volume == volume)
            found = count_pages(path)
            if expected and found is not None and found != expected:
                yield Finding(values={"found_pages": found, "expected": expected}, file=path.name)


def check_ranges(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that bundles follow each other, each with the pages of its sheet and of its copies."""
    for delivery in _deliveries(output):
        sheet = _sheet_of(delivery.lines)
        before: PackingLine | None = None
        for number, line in enumerate(delivery.lines, 1):
            is_new = before is None or line.volume != before.volume
            start = 1 if is_new or before is None else before.last + 1
            fits = sheet is None or _fits(line, sheet)
            if line.number != number or line.first != start or line.last - line.first + 1 != line.pages or not fits:
                yield Finding(
                    values={"number": line.number, "uai": line.uai, "row": line.row, "pages": line.pages,
                            "copies": line.copies, "first": line.first, "last": line.last},
                    file=delivery.file,
                )  # fmt: skip
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


def check_once_each(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that no school is twice in a packing list."""
    for delivery in _deliveries(output):
        counts = Counter(line.uai for line in delivery.lines)
        for uai, count in counts.items():
            if count > 1:
                rows = ", ".join(str(line.row) for line in delivery.lines if line.uai == uai)
                yield Finding(values={"uai": uai, "count": count, "rows": rows}, file=delivery.file)


def check_order(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that bundles are in the order of delivery: postcode, commune, name."""
    for delivery in _deliveries(output):
        for one, two in pairwise(delivery.lines):
            if _place(two) < _place(one):
                yield Finding(values={"uai": two.uai, "row": two.row, "other": one.uai}, file=delivery.file)
                break


def _place(line: PackingLine) -> tuple[str, str, str, str]:
    return line.postcode, fold(line.town), fold(line.name), line.uai


def check_copies(output: OutputFolder, context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every school gets as many copies as in the campaign's list, if the list has a number."""
    if context.campaign is None:
        return
    wanted = {school.uai: school.copies for school in _schools(context) if school.copies is not None}
    for delivery in _deliveries(output):
        for line in delivery.lines:
            if wanted.get(line.uai, line.copies) != line.copies:
                values = {"uai": line.uai, "copies": line.copies, "expected": wanted[line.uai]}
                yield Finding(values=values, file=delivery.file)


def check_bundles(output: OutputFolder, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that every bundle begins with the sheet of its own school."""
    for delivery in _deliveries(output):
        for volume, path in sorted(delivery.volumes.items()):
            lines = {line.first: line for line in delivery.lines if line.volume == volume}
            if count_pages(path) is None:
                continue
            for number, text in read_pages(path, list(lines)):
                if lines[number].uai not in text:
                    yield Finding(values={"uai": lines[number].uai}, page=number, file=path.name)


def _deliveries(output: OutputFolder) -> Iterator[FoundPrintRun]:
    return find_print_runs(output.folder, output.files)


_HOUSE, _BUILD, _PACKING = "house rule", "leaflet.production.manifest", "leaflet.production.packing_list"

RULES = tuple(
    Rule(code=code, family="run", name=name, source=source, output=check)
    for code, name, source, check in (
        ("K901", "files of the manifest are there", _BUILD, check_missing),
        ("K902", "files are in the manifest", _BUILD, check_strangers),
        ("K903", "files are as they were made", _BUILD, check_hashes),
        ("K904", "files have their pages", _BUILD, check_page_counts),
        ("K905", "nothing stands twice in the manifest", _BUILD, check_listed_once),
        ("K906", "every school has its files", _HOUSE, check_complete),
        ("K907", "every file has its school", _HOUSE, check_left_over),
        ("K911", "the packing list can be read", _PACKING, check_list),
        ("K912", "volumes are those of the packing list", _PACKING, check_volumes),
        ("K913", "volumes have the pages of the packing list", _PACKING, check_volume_pages),
        ("K914", "bundles follow each other", _PACKING, check_ranges),
        ("K915", "no school is delivered twice", _PACKING, check_once_each),
        ("K916", "bundles are in the order of delivery", _PACKING, check_order),
        ("K917", "copies are those of the list of schools", _HOUSE, check_copies),
        ("K918", "bundles begin with their sheet", _PACKING, check_bundles),
    )
)
