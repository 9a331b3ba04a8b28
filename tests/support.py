"""What tests of several rooms share, from the checkout alone: stages, the example's records, what files say."""

import string
import tomllib
import tracemalloc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import click
import numpy as np
import pikepdf
import pypdfium2
import pytest
from PIL import Image

from leaflet.campaign import load_academies, load_campaign
from leaflet.cli.command import cli
from leaflet.faults import Fault, LeafletError, Report
from leaflet.files.raster import Raster
from leaflet.files.resources import Folder, Resources, program_resources
from leaflet.geometry import Box, pt
from leaflet.layout.face import Layout, Placed
from leaflet.layout.fonts import FontBook, load_fontbook
from leaflet.layout.marks import Mark, Modules, Picture, Rule, Shape, Text, Tick
from leaflet.layout.marks import Path as PathMark
from leaflet.layout.page import Layouter
from leaflet.layout.piece import Blank
from leaflet.layout.setter import PictureInfo
from leaflet.layout.theme import Theme, load_theme
from leaflet.markup.flow import Container, parse_flow
from leaflet.markup.parse import Element, parse_blocks
from leaflet.markup.record_values import RecordContexts
from leaflet.markup.render import Renderer, load_renderer
from leaflet.pdf.inks import ScreenInks
from leaflet.pdf.master import Bitmap, Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.standards.tags import check_tags
from leaflet.pdf.writer import PdfFile, Writer
from leaflet.production.manifest import Entry, Manifest, manifest_lines
from leaflet.reuse.traced_template import TracedSandbox
from leaflet.tables import School

THEMES = ("default", "grey", "ink-saver", "large-print")
GREY_THEMES = ("grey", "ink-saver")
WORDED = ("default", "large-print")  # themes with words of their own: the grey ones have those of the default one
EXAMPLE = Path(__file__).parents[1] / "examples" / "indre-et-loire-2018"
LETTERS = string.printable[:95] + "ÀÂÄÇÉÈÊËÎÏÔÖÙÛÜŸŒÆàâäçéèêëîïôöùûüÿœæ«»‹›“”‘’–—…·•€°²½×\u00a0\u202f\u2011"
LOGO_SIZE = (320, 160)
SHORT_NAME = "Lycée Balzac"
TYPICAL_NAME = "Lycée polyvalent Thérèse Planiol"
LONG_NAME = (
    "Section d'enseignement professionnel du lycée des métiers de l'hôtellerie et de la restauration Raymond Mondon"
)
NAMES = (SHORT_NAME, TYPICAL_NAME, LONG_NAME)


def tables_of(file: str) -> dict[str, Any]:
    """The tables of values of a test's file, which stand beside it under its name."""
    path = Path(file)
    return tomllib.loads(path.with_name(path.stem.removeprefix("test_") + ".toml").read_text("utf-8"))


def commands() -> dict[str, click.Command]:
    context = click.Context(cli)
    found = {name: cli.get_command(context, name) for name in cli.list_commands(context)}
    return {name: command for name, command in found.items() if command is not None}


def peak_of(work: Callable[..., Any], *args: Any) -> tuple[int, Any]:
    """Return how many bytes a call takes at most, with threads that another test left, and what it returns."""
    tracemalloc.start()
    try:
        done = work(*args)
        return tracemalloc.get_traced_memory()[1], done
    finally:
        tracemalloc.stop()


@cache
def fontbook() -> FontBook:
    return load_fontbook()


@cache
def theme_named(name: str) -> Theme:
    return load_theme(program_resources(), name)


@cache
def layouter(theme: str = "default") -> Layouter:
    """Lays out in a theme, with one picture called « logo »."""
    folio = renderer().words.texts["sheet.folio"]
    return Layouter(fontbook(), theme_named(theme), {"logo": PictureInfo(*LOGO_SIZE)}, folio=folio)


def compose(markup: str, theme: str = "default") -> Layout:
    return layouter(theme).lay_out(parse_flow(markup))


def compose_page(content: str, theme: str = "default") -> Layout:
    return compose(one_page(content), theme)


def one_page(content: str, title: str = "Essai") -> str:
    return f'<leaflet at="t.xml:1" title="{title}"><page at="t.xml:2">{content}</page></leaflet>'


def write(layout: Layout, theme: str = "default") -> bytes:
    return writer(theme).write(layout).data


def write_file(layout: Layout, theme: str = "default") -> PdfFile:
    return writer(theme).write(layout)


@cache
def writer(theme: str = "default") -> Writer:
    return make_writer(theme)


def make_writer(theme: str = "default", *, author: str = "Section d’essai", letters: str = LETTERS) -> Writer:
    colors = theme_named(theme).colors
    master = Master(fontbook(), letters, ScreenInks(colors), {"logo": _logo("L" if is_gray(theme) else "RGB")})
    return Writer(master, Metadata(author, None))


def is_gray(theme: str) -> bool:
    """Whether every colour of a theme is black or a tint of it."""
    return all(color.startswith("K ") for color in theme_named(theme).colors.values())


def _logo(mode: str) -> Bitmap:
    """A picture with a transparent edge."""
    width, height = LOGO_SIZE
    pixels = np.full((height, width, len(mode)), 90, np.uint8)
    alpha = np.full((height, width), 255, np.uint8)
    alpha[:8] = 0
    return Bitmap(width, height, mode, pixels.tobytes(), alpha.tobytes())


@cache
def renderer() -> Renderer:
    return load_renderer(program_resources(), "leaflet-a4")


@cache
def example_contexts() -> RecordContexts:
    """What the example's templates see."""
    report = Report()
    return RecordContexts(load_campaign(EXAMPLE / "campaign.toml", report), load_academies(), report)


def school(name: str = SHORT_NAME, **fields: Any) -> School:
    place = {"address": (), "postcode": "37013", "town": "Tours Cedex 01", "academie_label": ""}
    return School(**{"key": "0370036N", "name": name, **place, "copies": 100, "line": 2, **fields})


def context(name: str = SHORT_NAME, **fields: Any) -> dict[str, Any]:
    return example_contexts().context(school(name, **fields))


@cache
def leaflet_markup(name: str = SHORT_NAME) -> str:
    return renderer().render(context(name))


@cache
def leaflet_layout(name: str = SHORT_NAME, theme: str = "default") -> Layout:
    return compose(leaflet_markup(name), theme)


@cache
def leaflet_pdf(theme: str = "default", name: str = SHORT_NAME) -> bytes:
    return write(leaflet_layout(name, theme), theme)


def marks_of(placed: Placed) -> Iterator[Mark]:
    """The marks of a placed piece, in its own coordinates."""
    for group in placed.piece.groups:
        yield from group.marks


def ink_boxes(mark: Mark) -> list[Box]:
    """The rectangles a mark may print in: lines with their thickness, four sides of an outline without filling."""
    match mark:
        case Text():
            face = fontbook().face(mark.weight)
            top = mark.y - pt(mark.size * face.ascent / 1000)
            bottom = mark.y - pt(mark.size * face.descent / 1000)
            return [Box(mark.x, top, pt(mark.size * face.width(mark.text.rstrip(" ")) / 1000), bottom - top)]
        case Shape():
            return _shape_boxes(mark)
        case Rule():
            left, top = min(mark.x1, mark.x2), min(mark.y1, mark.y2)
            half = mark.width // 2
            return [Box(left, top - half, abs(mark.x2 - mark.x1), abs(mark.y2 - mark.y1) + 2 * half)]
        case Tick():
            return [Box(mark.x - mark.radius, mark.y - mark.radius, 2 * mark.radius, 2 * mark.radius)]
        case Modules():
            side = len(mark.rows) * mark.module
            return [Box(mark.x, mark.y, side, side)]
        case Picture():
            return [mark.box]
        case PathMark():
            xs = [x for step in mark.steps for x in step.points[::2]]
            ys = [y for step in mark.steps for y in step.points[1::2]]
            return [Box(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).grown(mark.line_width // 2)]


def ink_over(painted: Iterable[Mark], zone: Box) -> list[Box]:
    """The rectangles that marks print in over a zone, in painting order; a white plate around it hides others."""
    found: list[Box] = []
    for mark in painted:
        if isinstance(mark, Shape) and mark.fill == "paper" and mark.box.contains(zone):
            found = []
        else:
            found += [box for box in ink_boxes(mark) if box.overlaps(zone)]
    return found


def _shape_boxes(shape: Shape) -> list[Box]:
    box, width = shape.box, shape.line_width if shape.line else 0
    if shape.fill:
        return [box.grown(width // 2)]
    half = width // 2
    return [
        Box(box.x - half, box.y - half, box.width + width, width),
        Box(box.x - half, box.bottom - half, box.width + width, width),
        Box(box.x - half, box.y - half, width, box.height + width),
        Box(box.right - half, box.y - half, width, box.height + width),
    ]


@contextmanager
def opened(file: Path | bytes) -> Iterator[pypdfium2.PdfDocument]:
    """A file in another reader."""
    document = pypdfium2.PdfDocument(file)
    try:
        yield document
    finally:
        document.close()


def page_texts(file: Path | bytes) -> list[str]:
    """The text of each page; line ends become spaces."""
    with opened(file) as document:
        return [page.get_textpage().get_text_range().replace("\r\n", " ") for page in document]


def text_of(layout: Layout) -> str:
    """The text of all pieces of a layout, with single spaces."""
    return " ".join(" ".join(placed.piece.text for face in layout.faces for placed in face.placed).split())


def blanks_of(layout: Layout) -> list[Blank]:
    """The writing lines of a layout."""
    return [blank for face in layout.faces for placed in face.placed for blank in placed.piece.blanks]


def labels_of(layout: Layout) -> list[str]:
    """The labels of these lines."""
    return [blank.label for blank in blanks_of(layout)]


def change_text(path: Path, *changes: tuple[str, str]) -> None:
    """Replace texts in a file, each of which must be there."""
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")


def snapshot(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def extract_text(data: bytes) -> str:
    """The text of all pages, as pdfium reads it; line ends become spaces."""
    with opened(data) as document:
        texts = [page.get_textpage().get_text_range() for page in document]
    return " ".join(texts).replace("\r\n", " ").replace("\n", " ").replace("\ufffe", "-")


def page_picture(document: pypdfium2.PdfDocument, number: int, dpi: int = 150) -> Image.Image:
    """A page (counted from 0) as grey levels."""
    picture: Image.Image = document[number].render(scale=dpi / 72, grayscale=True).to_pil()
    return picture.convert("L")


def grey(image: Image.Image) -> Raster:
    """A picture of Pillow as a build verifies it."""
    levels = image.convert("L")
    return Raster(levels.width, levels.height, levels.tobytes())


def render_page(file: Path | bytes, number: int = 0, *, scale: float = 2.0) -> np.ndarray:
    """A page as an array of grey levels; `scale` is pixels a point."""
    with opened(file) as document:
        bitmap = document[number].render(scale=scale, grayscale=True)
        return np.array(bitmap.to_numpy(), copy=True).reshape(bitmap.height, bitmap.width)


def render_matrix(rows: tuple[str, ...], *, pixels: int = 4, quiet: int = 4) -> np.ndarray:
    """A QR matrix as an array of grey levels, with its quiet zone."""
    dark = np.array([[module == "1" for module in row] for row in rows])
    picture = np.where(np.pad(dark, quiet), 0, 255).astype(np.uint8)
    return np.array(Image.fromarray(picture).resize([side * pixels for side in picture.shape[::-1]], 0))


def saved(pdf: pikepdf.Pdf) -> bytes:
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def wipe(pdf: pikepdf.Pdf) -> None:
    """Take away what the first page of a file shows."""
    pdf.pages[0].Contents = pdf.make_stream(b"")


def unembed(pdf: pikepdf.Pdf) -> None:
    """Take away the files of the fonts of the first page."""
    for font in pdf.pages[0].resources.Font.values():
        del font.FontDescriptor["/FontFile2"]


def only(folder: Path) -> Resources:
    return Resources((Folder("campaign", folder),))


def make_template(folder: Path, **files: str) -> Renderer:
    """A template of these files (``leaflet="…"`` is leaflet.xml, ``steps__x="…"`` is steps/x.xml), compiled."""
    for name, source in files.items():
        path = folder / "templates" / "t" / f"{name.replace('__', '/')}.xml"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, "utf-8")
    return load_renderer(only(folder), "t", sandbox=TracedSandbox)


def parse_all(rendered: str) -> list[Element]:
    """Every piece of a rendered template, parsed, in reading order."""
    return list(_parse_pieces(parse_flow(rendered)))


def _parse_pieces(container: Container) -> Iterator[Element]:
    for child in container.children:
        if isinstance(child, Container):
            yield from _parse_pieces(child)
        else:
            yield from parse_blocks(child)


def later(function: Callable[..., Any]) -> Callable[..., Callable[[Any], Any]]:
    """Let the first argument of a function, a file or a folder, be given after all others."""
    return lambda *others, **named: lambda first: function(first, *others, **named)


def faults_of(action: Callable[[], object], kind: type[LeafletError] = LeafletError) -> list[Fault]:
    """The faults that stop an action; it must stop."""
    with pytest.raises(kind) as caught:
        action()
    return caught.value.faults


def codes_of(action: Callable[[], object], kind: type[LeafletError] = LeafletError) -> list[str]:
    return [fault.code for fault in faults_of(action, kind)]


def fault_of(action: Callable[[], object], kind: type[LeafletError] = LeafletError) -> Fault:
    """The one fault that stops an action."""
    (fault,) = faults_of(action, kind)
    return fault


def caught(action: Callable[[], object]) -> list[Fault]:
    """Return the faults that stop an action; none if it does not stop."""
    try:
        action()
    except LeafletError as error:
        return error.faults
    return []


def listing_of(entries: Iterable[Entry], campaign: str = "campaign.toml") -> bytes:
    """The list of an output folder, as a build writes it."""
    return b"".join(manifest_lines(Manifest(version="1", campaign=campaign, election="2018", entries=[*entries])))


def check_structure(data: bytes) -> list[str]:
    """Return what does not agree in tags, marked content and annotations of a PDF file, one message each."""
    with pikepdf.open(BytesIO(data)) as pdf:
        return list(check_tags(pdf))
