"""The pages that a report shows, and their pictures.

Pages that look the same are shown once. Of the commonest, the pages with the shortest and with the longest text are
shown too. Pages with names are never shown. Pictures are PNG of few colours, which every browser shows and which flat
print compresses well. The folder that a build wrote has the files of the manifest, and others.
"""

import base64
import re
import stat
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from itertools import groupby
from pathlib import Path, PurePosixPath
from typing import Literal

import pypdfium2
from msgspec import Struct
from PIL import Image

from leaflet.faults import Place, fail
from leaflet.pdf.page_images import render_image
from leaflet.preflight.compare.compare_builds import BuiltFile, listed_file
from leaflet.preflight.verdict import JudgedFile, PageAppearance
from leaflet.production.manifest import Manifest, read_manifest
from leaflet.production.print_runs import PACKING, PRINT_RUN
from leaflet.production.staging import PARTIAL
from leaflet.text import grouped

_RUN = re.compile(rf"((?:{PRINT_RUN}|{PACKING})-.+?)(?:-\d+)?\.pdf$")  # a volume of a print run, or its packing list


class Built(Struct, frozen=True, kw_only=True):
    """A folder with its existing files, sorted by document, record and name; packing lists last."""

    folder: Path
    manifest: Manifest | None
    files: tuple[BuiltFile, ...]


def read_output(folder: Path, *, may_be_empty: bool = False) -> Built:
    """Read the files of a folder; it is refused if it is none or holds no PDF file, unless it may be empty."""
    if not folder.is_dir() and not may_be_empty:
        is_archive = folder.suffix.lower() == ".zip" and folder.is_file()
        raise fail("U044" if is_archive else "U070", Place(field="--out"), value=str(folder))
    manifest = read_manifest(folder)
    listed = [
        listed_file(folder, entry)
        for entry in (manifest.entries if manifest else ())
        if entry.is_inside(folder) and entry.file.endswith(".pdf") and (folder / entry.file).is_file()
    ]
    others = list(_others(folder, listed))
    if not listed and not others and not may_be_empty:
        raise fail("U071", Place(field="--out"), value=str(folder))
    # documents by name, then packing lists, which nobody hands out
    files = sorted((*listed, *others), key=lambda f: (f.document.startswith(PACKING), f.document, f.record, f.name))
    return Built(folder=folder, manifest=manifest, files=tuple(files))


def _others(folder: Path, listed: Sequence[BuiltFile]) -> Iterator[BuiltFile]:
    """Yield PDF files that are not listed; the document of one is its folder or its print run.

    A file may hold names if it lies beside files with names, or if its owner alone may read it.
    """
    known = {file.name for file in listed}
    private = {str(PurePosixPath(file.name).parent) for file in listed if file.is_personal}
    for path in sorted(folder.rglob("*.pdf")):
        name = path.relative_to(folder).as_posix()
        if name in known or any(part.startswith(PARTIAL) for part in path.parts) or not path.is_file():
            continue
        parent = PurePosixPath(name).parent
        is_private = str(parent) in private or not path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)
        beside = parent.as_posix() if path.parent != folder else folder.resolve().name
        run = _RUN.match(path.name)  # shown with the other volumes of its print run, else with those in its folder
        yield BuiltFile(path=path, name=name, document=run[1] if run else beside, is_personal=is_private)


MOST = 12  # pages shown of a document
WIDTH_PX = 800  # of a page as it is shown large: body text of 11 pt can be read
_TALLEST_PX = 1600
_LEVEL = 7  # of zlib: the last two take five times as long for a twentieth
_COLORS = 128  # with fewer, a soft blue box turns pink and a small coloured word grey
Kind = Literal["typical", "longest", "shortest", "other"]
KINDS: tuple[Kind, ...] = ("typical", "longest", "shortest", "other")


class ReportFile(Struct, frozen=True, kw_only=True):
    """A file and the findings in it."""

    file: BuiltFile
    judged: JudgedFile


class SimilarPages(Struct, frozen=True, kw_only=True):
    """Pages of a document that look the same, in the order of the files."""

    pages: tuple[tuple[BuiltFile, PageAppearance], ...]

    @property
    def first(self) -> int:
        """The lowest number of these pages in their files."""
        return min(page.number for _, page in self.pages)

    @property
    def files(self) -> int:
        """The number of files with such a page."""
        return len({file.name for file, _ in self.pages})

    @property
    def is_same(self) -> bool:
        """Return whether all of them have the same bytes."""
        exact = {page.exact for _, page in self.pages}
        return len(exact) == 1 and b"" not in exact

    @property
    def typical(self) -> tuple[BuiltFile, PageAppearance]:
        """The page with the median length of text."""
        return sorted(self.pages, key=lambda one: one[1].characters)[len(self.pages) // 2]


class ShownPage(Struct, frozen=True, kw_only=True):
    """A page that is shown for all similar ones."""

    file: BuiltFile  # it is a page of
    number: int  # of the page, from 1
    similar: SimilarPages  # the pages that look the same
    kind: Kind  # typical of the commonest pages, with the longest or shortest text of all, or one of the other pages
    is_counted: bool  # whether it is the first shown one of its similar pages: it gives their number


class DocumentGallery(Struct, frozen=True, kw_only=True):
    """The shown pages of a document; `left_out` is the number of groups of similar pages that are not shown."""

    document: str
    is_personal: bool
    shown: tuple[ShownPage, ...] = ()
    left_out: int = 0


def choose_pages(files: Iterable[ReportFile]) -> tuple[DocumentGallery, ...]:
    """Choose the pages that are shown of each document; files are sorted by document."""
    by_document = groupby(files, key=lambda read: read.file.document)
    return tuple(_gallery(document, list(group)) for document, group in by_document)


def _gallery(document: str, files: Sequence[ReportFile]) -> DocumentGallery:
    groups = _group_pages(files)
    by_page = groupby(groups, key=lambda similar: similar.first)
    chosen = [page for _, group in by_page for page in _choose(list(group))]
    kept = sorted(chosen, key=lambda page: (KINDS.index(page.kind), -page.similar.files))[:MOST]
    return DocumentGallery(
        document=document,
        is_personal=any(read.file.is_personal for read in files),
        shown=tuple(page for page in chosen if page in kept),
        left_out=len(groups) - sum(page.is_counted for page in kept),
    )


def _group_pages(files: Sequence[ReportFile]) -> list[SimilarPages]:
    """Group similar pages, by their first page number, the commonest first."""
    shown = [read for read in files if not read.file.is_personal]
    found = grouped((page.layout_key, (read.file, page)) for read in shown for page in read.judged.looks)
    groups = [SimilarPages(pages=tuple(pages)) for pages in found.values()]
    return sorted(groups, key=lambda similar: (similar.first, -len(similar.pages)))


def _choose(groups: Sequence[SimilarPages]) -> Iterator[ShownPage]:
    """Choose pages of groups with the same first number: typical, longest, shortest, one of each other group.

    A page that is several of these is shown once.
    """
    pages = [(one, similar) for similar in groups for one in similar.pages]
    longest, shortest = (choose(pages, key=lambda page: page[0][1].characters) for choose in (max, min))
    typical = groups[0].typical, groups[0]
    wanted: list[tuple[Kind, tuple[BuiltFile, PageAppearance], SimilarPages]] = [("typical", *typical)]
    if longest[0][1].characters != shortest[0][1].characters:
        wanted += [("longest", *longest), ("shortest", *shortest)]
    ends = (groups[0], longest[1], shortest[1])
    wanted += [("other", similar.typical, similar) for similar in groups if similar not in ends]
    shown: list[SimilarPages] = []
    places: set[tuple[str, int]] = set()
    for kind, (file, page), similar in wanted:
        if (place := (file.name, page.number)) not in places:
            is_counted = similar not in shown
            yield ShownPage(file=file, number=page.number, similar=similar, kind=kind, is_counted=is_counted)
            shown.append(similar)
            places.add(place)


class PngPicture(Struct, frozen=True, kw_only=True):
    """A PNG file in memory, and its size in pixels."""

    data: bytes
    width: int
    height: int

    @property
    def uri(self) -> str:
        """The picture as a data URI."""
        return f"data:image/png;base64,{base64.b64encode(self.data).decode('ascii')}"


def draw_page(path: Path, number: int, width: int = WIDTH_PX) -> PngPicture | None:
    """Draw a page of a file, counted from 1, some pixels wide; None if it cannot be drawn."""
    try:
        with pypdfium2.PdfDocument(path) as document:
            page = document[number - 1]
            across, down = page.get_size()
            scale = min(width / max(across, 1.0), _TALLEST_PX / max(down, 1.0))
            return reduce_colors(render_image(page, scale))
    except (pypdfium2.PdfiumError, OSError, IndexError, ValueError):
        return None


def shrink_picture(image: Image.Image, width: int = WIDTH_PX) -> PngPicture:
    """Reduce an image to a width, if it is larger, and to few colours."""
    if image.width > width:
        height = round(image.height * width / image.width)
        image = image.convert("RGB").resize((width, height), Image.Resampling.LANCZOS)
    return reduce_colors(image)


def reduce_colors(image: Image.Image) -> PngPicture:
    """Reduce an image to few colours, each near its own; without dithering, because grain would hide small text."""
    palette = image.convert("RGB").quantize(_COLORS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    out = BytesIO()
    palette.save(out, "PNG", compress_level=_LEVEL)
    return PngPicture(data=out.getvalue(), width=palette.width, height=palette.height)
