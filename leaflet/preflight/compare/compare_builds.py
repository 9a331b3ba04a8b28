"""Compare two builds or two files: by hash first; only files that differ are opened, page by page.

A side is a folder with a ``manifest.json`` or a single PDF. A baseline that is missing, unreadable or empty is an
error: it must never read as « nothing changed ». A file that cannot be read is a fault and a record of its own
status; the others are compared all the same. Only the pictures asked for are written: the old page, the new page,
and an overlay of both, in a folder.

They are named ``<document>/<record>-p<page>-old.png``, ``-new.png`` and ``-overlay.png``. A page added or removed has
one picture, ``-added.png`` or ``-removed.png``. All get their names together when the comparison is done. Those of
files that hold names are for their owner alone.

On the overlay, what both pages have is pale grey, what only the old page has is red, what only the new page has is
blue. Red is light and blue is dark: they differ for everybody, on a grey print too. Changes are framed.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import ExitStack, nullcontext, suppress
from functools import partial
from io import BytesIO
from itertools import zip_longest
from pathlib import Path
from typing import NamedTuple

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from leaflet.faults import Fault, Place, Report, fail, fault_of
from leaflet.files.plain_files import FINISHED, meant_file
from leaflet.geometry import PT_PER_INCH, Box, mm, to_px
from leaflet.layout.fonts import load_fontbook
from leaflet.pdf.page_images import render_to_scale
from leaflet.preflight.compare.differences import Comparison, PageChange, PropertyChange, RecordChange, Status
from leaflet.preflight.compare.pages_drawn import Picture, find_changed_pages, usable_dpi
from leaflet.preflight.compare.pdf_file import DAMAGED, ComparedFile, compare_properties, open_pdf, unreadable
from leaflet.preflight.compare.piecewise import PiecewiseComparer
from leaflet.preflight.targets import is_personal
from leaflet.production.build_options import Progress
from leaflet.production.manifest import NAME, Entry, read_manifest
from leaflet.production.staging import Staging
from leaflet.text import grouped

_HEAD = 1024  # bytes within which a PDF says that it is one (ISO 32000-1, annex H.3)


class BuiltFile(Struct, frozen=True, kw_only=True):
    """A PDF file of a folder, or one that was named itself."""

    path: Path  # where it is
    name: str  # its path in the folder, with ``/``
    document: str = ""  # its name in the campaign; empty for a file that was named itself
    record: str = ""  # a UAI, or the name of the new file
    sha256: str | None = None  # as the manifest lists it; None for a file that it does not list
    is_personal: bool = False  # it holds names of people, or may hold some

    @property
    def place(self) -> Place:
        """The place that faults of the file name."""
        return Place(file=str(self.path), key=self.record if self.document else None)


def listed_file(folder: Path, entry: Entry) -> BuiltFile:
    """Return the file of an entry in the manifest of a folder."""
    return BuiltFile(
        path=folder / entry.file, name=entry.file, document=entry.document, record=entry.record,
        sha256=entry.sha256, is_personal=entry.personal,
    )  # fmt: skip


class Pair(NamedTuple):
    """The files of a record before and after; at least one of them is there."""

    old: BuiltFile | None
    new: BuiltFile | None

    @property
    def either(self) -> BuiltFile:
        """The new file, or the old one if there is no new one."""
        found = self.new or self.old
        assert found is not None, "a pair has one side at least"
        return found

    @property
    def is_personal(self) -> bool:
        """Return whether one of the files holds names of people."""
        return any(side is not None and side.is_personal for side in self)


def read_sides(old: Path, new: Path, report: Report) -> tuple[tuple[BuiltFile, ...], tuple[BuiltFile, ...]]:
    """Read the files of both sides, the old one first, and check that they can be compared; notes are reported."""
    found = Report()
    for path in (old, new):
        if not path.exists():
            found.add("U060", Place(file=str(path)), value=path.name, proposal=meant_file(str(path), FINISHED))
    found.raise_errors()
    if old.is_dir() != new.is_dir():
        folder, file = (old, new) if old.is_dir() else (new, old)
        found.add("U064", Place(file=str(file)), folder=folder)
    elif old.samefile(new):
        found.add("U065", Place(file=str(new)))
    found.raise_errors()
    read = _read_folder if old.is_dir() else _read_file
    sides = read(old, new.name, found), read(new, new.name, found)
    found.raise_errors()
    report.extend(found)
    return sides


def _read_file(path: Path, record: str, report: Report) -> tuple[BuiltFile, ...]:
    """Return the side of a single file."""
    try:
        if not _is_pdf(path):
            report.add("U066", Place(file=str(path)))
    except OSError as error:
        report.extend(fault_of(error, "U067", path).faults)
    return (BuiltFile(path=path, name=path.name, record=record, is_personal=is_personal(path.resolve())),)


def _is_pdf(path: Path) -> bool:
    """Check whether a file begins as a PDF does; a pipe is never read, because it may block for ever."""
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return b"%PDF-" in file.read(_HEAD)


def _read_folder(path: Path, _record: str, report: Report) -> tuple[BuiltFile, ...]:
    """Return the side of a folder: the files that its manifest lists; others are not compared, which is reported."""
    manifest = read_manifest(path)
    if manifest is None:
        report.add("U062" if (path / NAME).exists() else "U061", Place(file=str(path)))
        return ()
    if not manifest.entries:
        report.add("U063", Place(file=str(path)))
    files = []
    for entry in manifest.entries:
        if entry.is_inside(path):
            files.append(listed_file(path, entry))
        else:
            report.add("U068", Place(file=str(path / NAME), key=entry.record), value=entry.file)
    unlisted = {found.relative_to(path).as_posix() for found in path.rglob("*.pdf")} - {file.name for file in files}
    if unlisted:
        report.add("D106", Place(file=str(path)), count=len(unlisted), example=min(unlisted))
    return tuple(files)


def pair_files(old: tuple[BuiltFile, ...], new: tuple[BuiltFile, ...]) -> Iterator[Pair]:
    """Yield the files of each document and record in pairs: by name, the others in the order they are listed."""
    before, after = (grouped(((listed.document, listed.record), listed) for listed in side) for side in (old, new))
    for key in sorted(before.keys() | after.keys()):
        names = {listed.name: listed for listed in before.get(key, ())}
        left = []
        for listed in after.get(key, ()):
            if partner := names.pop(listed.name, None):
                yield Pair(partner, listed)
            else:
                left.append(listed)
        yield from (Pair(*pair) for pair in zip_longest(names.values(), left))


DPI = 150  # of the pictures people look at
_UNSAFE = re.compile(r"[^A-Za-z0-9_-]+")
_LONGEST = 80  # characters of a part of a name
_BOTH, _OLD, _NEW, _FRAME = (188, 188, 188), (240, 100, 60), (0, 56, 150), (30, 30, 30)
_PAPER = 32  # of 255: how much darker than white counts as ink in full on an overlay
_MARGIN = mm(1.6)  # between a change and its frame
_LINE = mm(0.5)  # of the frame
_CAPTION = mm(9)
_LEGEND = ((_OLD, "−  ancien · old"), (_NEW, "+  nouveau · new"), (_BOTH, "identique · same"))


class PictureFolder:
    """A folder that pictures of changed pages are written into; `staging` gives them their names at the end."""

    def __init__(self, folder: Path, staging: Staging) -> None:
        self._folder, self._staging = folder, staging
        self._stems: set[str] = set()

    def draw_page(self, pair: Pair, old: ComparedFile, new: ComparedFile, page: PageChange) -> PageChange:
        """Draw a changed page of a record, and return the change with its pictures."""
        stem, paths = self._stem(pair, page), {}
        for key, image in draw_sides(old, new, page).items():
            name = f"{stem}-{key if page.status == 'changed' else page.status}.png"
            self._staging.write(name, _png(image), private=pair.is_personal)
            paths[key] = self._folder / name
        return replace(page, pictures=paths)

    def commit(self) -> None:
        """Give all pictures their names; without pictures nothing is made, no folder either."""
        if self._stems:
            self._staging.commit()

    def _stem(self, pair: Pair, page: PageChange) -> str:
        """Return an unused name for a page: several files of a school may have the same name."""
        record = _to_path_part(pair.either.record.removesuffix(".pdf"))
        folder = f"{_to_path_part(pair.either.document)}/" if pair.either.document else ""
        number, stem = 2, f"{folder}{record}-p{page.number}"
        while (free := f"{stem}-{page.status}") in self._stems:
            number, stem = number + 1, f"{folder}{record}-{number}-p{page.number}"
        self._stems.add(free)
        return stem


def _to_path_part(text: str) -> str:
    """Return a name that is safe as a part of a path, whatever a list calls a record."""
    return _UNSAFE.sub("-", text)[:_LONGEST] or "-"


def _png(image: Image.Image) -> bytes:
    """Return an image as PNG; the same pixels give the same bytes."""
    out, mark = BytesIO(), PngInfo()
    mark.add_text("Software", "leaflet")
    image.save(out, "PNG", optimize=False, compress_level=6, pnginfo=mark)
    return out.getvalue()


def draw_sides(old: ComparedFile, new: ComparedFile, page: PageChange) -> dict[str, Image.Image]:
    """Draw a changed page: old, new and overlay; of a page added or removed the one that there is."""
    numbers = {"old": (old, page.old_number), "new": (new, page.new_number)}
    sides = {key: (file, number - 1) for key, (file, number) in numbers.items() if number is not None}
    dpi = usable_dpi([file.size(number) for file, number in sides.values()], DPI)
    drawn = {key: render_to_scale(file.document[at], dpi / PT_PER_INCH) for key, (file, at) in sides.items()}
    images = {key: Image.fromarray(picture) for key, picture in drawn.items()}
    if len(drawn) > 1:
        images["overlay"] = overlay(drawn["old"], drawn["new"], page.boxes, dpi)
    return images


def overlay(old: Picture, new: Picture, boxes: Sequence[Box], dpi: int) -> Image.Image:
    """Draw both pages on one another, with frames around the changes and a legend below."""
    height, width = (max(old.shape[axis], new.shape[axis]) for axis in (0, 1))
    before, after = _ink(old, height, width), _ink(new, height, width)
    both, paper = np.minimum(before, after), np.full((height, width, 3), 255.0)
    for colour, ink in ((_BOTH, both), (_OLD, before - both), (_NEW, after - both)):
        paper -= (255.0 - np.array(colour)) * ink[:, :, None]
    image = Image.new("RGB", (width, height + round(to_px(_CAPTION, dpi))), "white")
    image.paste(Image.fromarray(paper.clip(0, 255).astype(np.uint8)))
    pen = ImageDraw.Draw(image)
    for box in boxes:
        around = box.grown(_MARGIN)
        left, top, right, bottom = (to_px(at, dpi) for at in (around.x, around.y, around.right, around.bottom))
        pen.rectangle((left, top, right, bottom), outline=_FRAME, width=max(2, round(to_px(_LINE, dpi))))
    _write_legend(pen, height, dpi)
    return image


def _ink(picture: Picture, height: int, width: int) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Return how much is printed on each pixel, 0 to 1: pale tints count as ink too, so that a lost one is seen."""
    ink = np.zeros((height, width))
    dark = 255.0 - picture.min(axis=2)
    ink[: picture.shape[0], : picture.shape[1]] = np.minimum(dark / _PAPER, 1) * (0.35 + 0.65 * dark / 255)
    return ink


def _write_legend(pen: ImageDraw.ImageDraw, top: int, dpi: int) -> None:
    """Draw a square of each colour and its meaning, below the page that ends at `top`."""
    size, x = to_px(mm(3.6), dpi), to_px(mm(6), dpi)
    font = ImageFont.truetype(BytesIO(load_fontbook().face("regular").data), size)
    y = top + to_px(_CAPTION, dpi) / 2
    for colour, text in _LEGEND:
        pen.rectangle((x, y - size / 2, x + size, y + size / 2), fill=colour)
        pen.text((x + 1.5 * size, y), text, fill=_FRAME, font=font, anchor="lm")
        x += 3.5 * size + pen.textlength(text, font)


def compare_paths(
    old: Path,
    new: Path,
    *,
    records: Collection[tuple[str, str]] | None = None,
    pictures: Path | None = None,
    show_personal: bool = False,
    replace_others: bool = False,
    progress: Progress = lambda _done, _total, _name: None,
) -> Comparison:
    """Compare two folders with a ``manifest.json``, or two PDF files.

    Args:
        old: the baseline.
        new: what is compared with it.
        records: documents and records to compare, such as ("leaflet-a4", "0370001A"); None for all.
        pictures: a folder to write pictures of changed pages into; None for none.
        show_personal: give words, links and titles of files that hold names of people, not only their numbers.
        replace_others: replace what has the names of the pictures, whoever made it.
        progress: called after every record, and for every page in it that differs.

    Raises:
        LeafletError: a side is missing, unreadable or empty, both are the same, or pictures cannot be written.
    """
    report = Report()
    sides = read_sides(old, new, report)
    folders = [side.resolve() for side in (old, new) if side.is_dir()]
    if pictures is not None and any(map(pictures.resolve().is_relative_to, folders)):
        raise fail("U069", Place(field="--pictures"), value=pictures)
    found = ((pair, (pair.either.document, pair.either.record)) for pair in pair_files(*sides))
    pairs = [pair for pair, key in found if records is None or key in records]
    compared = []
    with Staging(pictures, replace_others=replace_others) if pictures is not None else nullcontext() as staging:
        drawn = PictureFolder(pictures, staging) if pictures is not None and staging is not None else None
        comparer = _Comparer(report, drawn, show_personal)
        for number, pair in enumerate(pairs, 1):
            comparer.tell = partial(progress, number - 1, len(pairs))
            compared.append(comparer.compare(pair))
            progress(number, len(pairs), pair.either.name)
        if drawn is not None:
            drawn.commit()
    return Comparison(old=old, new=new, records=tuple(compared), faults=tuple(report))


class _Comparer:
    """The state that the records of one comparison share; told are the pages that differ, of a file of many."""

    tell: Callable[[str], None]

    def __init__(self, report: Report, pictures: PictureFolder | None, show_personal: bool) -> None:
        self._report = report
        self._pictures = pictures
        self._show_personal = show_personal
        self._pieces = PiecewiseComparer()

    def compare(self, pair: Pair) -> RecordChange:
        """Compare the files of one record."""
        contents = [self._read(listed) if listed is not None else None for listed in pair]
        if any(listed is not None and found is None for listed, found in zip(pair, contents, strict=True)):
            return _record(pair, "unreadable")
        before, after = contents
        if before is None or after is None:
            return _record(pair, "added" if before is None else "removed")
        if before == after:
            return _record(pair, "unchanged")
        if pair.either.document and not pair.either.name.endswith(".pdf"):  # read on screens, where nothing has pages
            return _record(pair, "changed")
        found = None
        with suppress(*DAMAGED):
            found = self._pieces.compare(before, after) if self._pictures is None else None
        if found is None:
            return self._open(pair, before, after)
        for page in found[0]:
            self.tell(f"{pair.either.name} · {page.number}")
        return self._changed(pair, *found)

    def _read(self, listed: BuiltFile) -> bytes | None:
        """Read a file; None if it cannot be read, which is reported, as are bytes that are not those listed."""
        if not listed.path.is_file():  # a pipe is never read: it may block for ever
            self._report.add("D101", listed.place)
            return None
        try:
            data = listed.path.read_bytes()
        except OSError as error:
            self._report.extend(fault_of(error, "D103", listed.place).faults)
            return None
        if listed.sha256 not in (None, hashlib.sha256(data).hexdigest()):
            self._report.add("D105", listed.place)
        return data

    def _open(self, pair: Pair, before: bytes, after: bytes) -> RecordChange:
        """Open and compare both files; the second is opened even if the first is damaged, to report all faults."""
        assert pair.old is not None and pair.new is not None
        with ExitStack() as stack:
            files = []
            for listed, data in ((pair.old, before), (pair.new, after)):
                if file := open_pdf(data, listed.place, self._report):
                    files.append(stack.enter_context(file))
            if len(files) < 2:
                return _record(pair, "unreadable")
            try:
                found = self._compare_files(pair, *files)
                if found.status == "same-content":  # perhaps by chance, if a stream is damaged
                    for file in files:
                        file.check_streams()
                for listed, file in zip((pair.old, pair.new), files, strict=True):
                    if file.repairs:  # damaged, and read all the same: a printer may refuse it
                        self._report.add("D107", listed.place, problem=file.repairs[0])
                return found
            except DAMAGED as error:
                self._report.extend([_damaged(pair, files, error)])
                return _record(pair, "unreadable")

    def _compare_files(self, pair: Pair, old: ComparedFile, new: ComparedFile) -> RecordChange:
        """Compare two open files page by page, then their properties."""
        pages = []
        for page in find_changed_pages(old, new):
            self.tell(f"{pair.either.name} · {page.number}")
            pages.append(self._pictures.draw_page(pair, old, new, page) if self._pictures is not None else page)
        return self._changed(pair, tuple(pages), compare_properties(old.properties(), new.properties()))

    def _changed(
        self, pair: Pair, pages: tuple[PageChange, ...], properties: tuple[PropertyChange, ...]
    ) -> RecordChange:
        """Return a record with all that differs, or that may be told of it."""
        record = replace(_record(pair, "changed"), pages=pages, properties=properties)
        if not record.pages and not record.properties:
            return replace(record, status="same-content")
        if self._show_personal or not record.personal:
            return record
        # without any text that could hold a name: messages end up in logs
        bare = tuple(replace(page, words=(), links=(), hidden=len(page.words) + len(page.links)) for page in pages)
        return replace(record, pages=bare, properties=(), hidden=len(record.properties))


def _record(pair: Pair, status: Status) -> RecordChange:
    """Return a record with its status and without any page."""
    return RecordChange(
        document=pair.either.document,
        record=pair.either.record,
        status=status,
        old_file=pair.old.name if pair.old else None,
        new_file=pair.new.name if pair.new else None,
        personal=pair.is_personal,
    )


def _damaged(pair: Pair, files: list[ComparedFile], error: Exception) -> Fault:
    """Return the fault for the file that broke while two were compared: the one that cannot be read by itself."""
    for listed, file in zip(pair, files, strict=True):
        assert listed is not None
        try:
            file.read_through()
        except DAMAGED as found:
            return unreadable(listed.place, found)
    return unreadable(pair.either.place, error)
