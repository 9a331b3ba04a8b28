"""Read the packing lists of print runs from an output folder, and find their volumes.

Not here: how both are made (`leaflet.production.packing_list`, `leaflet.production.print_run`), and how they are
checked (``rules/delivery``).
"""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path

import pypdfium2
from msgspec import Struct

from leaflet.production.packing_list import HEADER
from leaflet.production.print_run import PACKING, PRINT_RUN

_PAGES_AT_ONCE = 200  # after so many pages a volume is opened again: PDFium keeps in memory all it has read


class PackingLine(Struct, frozen=True, kw_only=True):
    """A line of a packing list: the bundle of one school.

    Args:
        row: its line in the file.
        number: the bundle's number.
        volume: the number of the volume it is in.
        first: its first page in the volume, counted from 1.
        last: its last page.
        uai: the school.
        name: the school's name.
        postcode: the school's postcode.
        town: the school's commune.
        copies: the number of leaflets.
        pages: the number of pages.
    """

    row: int
    number: int
    volume: int
    first: int
    last: int
    uai: str
    name: str
    postcode: str
    town: str
    copies: int
    pages: int


class FoundPrintRun(Struct, frozen=True, kw_only=True):
    """A print run in an output folder.

    Args:
        document: the document it prints.
        file: the name of its packing list.
        lines: the lines of the list.
        volumes: its volumes, by their number.
        problem: why the list cannot be read; empty if it can.
    """

    document: str
    file: str
    lines: tuple[PackingLine, ...]
    volumes: dict[int, Path]
    problem: str = ""


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
    """Read the lines of a list.

    Raises:
        OSError: it cannot be read.
        ValueError: it lacks a column, or a number is none.
        csv.Error: it is no CSV.
    """
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
