"""Write the calibration sheet and drawings of stock as PDF files, and what was measured as a ``printer.toml``."""

import string
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.campaign import load_campaign
from leaflet.faults import Fault, LeafletError, Place, Report, error_of
from leaflet.files.resources import program_resources
from leaflet.geometry import pt
from leaflet.imposition.calibration_sheet import CalibrationSide, Label, Note, calibration_sheet, stock_drawing
from leaflet.imposition.printer import RARE_OFFSET, Printer, check_scale, load_printer, measure, write_printer
from leaflet.imposition.printer_marks import INK, marks_piece
from leaflet.imposition.records_on_sheets import Flip, duplex_name
from leaflet.imposition.stock import both_mm, load_stock, named_stock
from leaflet.layout.face import Face, Layout, Placed
from leaflet.layout.marks import Shape
from leaflet.layout.piece import Builder, Group, Piece
from leaflet.layout.setter import Column, Setter
from leaflet.layout.spans import Span
from leaflet.layout.theme import Style, load_theme
from leaflet.pdf.flavour import Duplex, screen_flavour
from leaflet.pdf.inks import ScreenInks
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.verify_file import Verifier
from leaflet.pdf.writer import Writer
from leaflet.production.inputs import BASE, FRENCH, PRINTER_FILE, check_campaign_file, load_fonts, load_known_stock
from leaflet.production.staging import Staging
from leaflet.text import slug

SHEET = "calibration.pdf"
_THEME = "ink-saver"
_STYLES = {"h1": "section", "p": "body", "li": "body"}
_AUTHOR = "leaflet"
_NOMINAL = (50.0, 50.0)
_TITLE = "Réglage de l’imprimante"
_DRAWING_TITLE = "Dessin de la planche"
_OUTLINE = pt(0.5)
_UNCORRECTED = Printer()

Measured = tuple[float, float]
"""Millimetres from the left and the top edge of the paper."""


def write_sheet(out: Path, flip: Flip, *, replace_others: bool = False) -> Path:
    """Write the sheet into a folder; return its path."""
    return _write(out / SHEET, _TITLE, calibration_sheet(flip), duplex_name(flip), replace_others=replace_others)


def write_drawing(
    out: Path, name: str, flip: Flip, campaign: Path | None = None, *, replace_others: bool = False
) -> Path:
    """Write the drawing of a sheet of stock, of the program or of a campaign, into a folder; return its path.

    It tries what a campaign prints: the correction of the printer beside that is applied.
    """
    printer = _UNCORRECTED
    if campaign is None:
        stocks = load_stock()
    else:  # which may still be unfinished
        check_campaign_file(campaign)
        report = Report()
        stocks = load_known_stock(load_campaign(campaign, Report()), report)
        report.raise_errors()
        beside = campaign.parent / PRINTER_FILE
        printer = load_printer(beside) if beside.is_file() else printer
    stock = named_stock(stocks, name, Place(field="--stock"))
    title = f"{_DRAWING_TITLE}\u00a0: {stock.name}"
    duplex: Duplex = duplex_name(flip) if stock.sides > 1 else "Simplex"
    path = out / f"stock-{slug(stock.key)}.pdf"
    return _write(path, title, stock_drawing(stock, flip), duplex, replace_others=replace_others, printer=printer)


def _write(
    path: Path,
    title: str,
    sides: Sequence[CalibrationSide],
    duplex: Duplex,
    *,
    replace_others: bool,
    printer: Printer = _UNCORRECTED,
) -> Path:
    """Write pages as a file of that name, verified before it gets it."""
    theme, book = load_theme(program_resources(), _THEME), load_fonts()
    setter = Setter(book, Style(theme), {})
    letters = set(BASE + FRENCH + string.digits).union(title, *(note.text for side in sides for note in side.notes))
    flavour = replace(screen_flavour(), duplex=duplex)
    master = Master(book, letters, ScreenInks(theme.colors), {}, flavour, theme.weights)
    faces = []
    for side in sides:
        labels = [_label(label, setter) for label in side.labels]
        placed = (Placed(_marks(side), 0, 0, artifact=True), *labels, Placed(_notes(side, setter), 0, 0))
        offset = printer.back if side.back else printer.front
        moved = (one._replace(x=one.x + offset.dx, y=one.y + offset.dy) for one in placed)
        faces.append(Face(side.width, side.height, tuple(moved)))
    layout = Layout(title, tuple(faces), 0)
    file = Writer(master, Metadata(_AUTHOR, None)).write(layout)
    with Staging(path.parent, replace_others=replace_others) as staging:
        stored = staging.write(path.name, file.data, read_back=True)
        Verifier().verify(stored, file, layout, Place(file=path.name))
        staging.commit()
    return path


class Calibration(Struct, frozen=True, kw_only=True):
    """The result of measures taken on the sheet."""

    is_written: bool  # whether the correction was written
    faults: tuple[Fault, ...] = ()  # warnings about measures that are rarely right


def write_measures(
    path: Path, front: Measured | None, back: Measured | None, ruler: float | None, *, replace_others: bool = False
) -> Calibration:
    """Write the measures taken on the sheet, in mm, as the printer's correction.

    A side that was not measured keeps the correction it has. The ruler is only checked. A file of that name that is
    no printer's is replaced if `replace_others` says so.
    """
    scale = check_scale(ruler) if ruler is not None else None
    faults = [scale] if scale is not None else []
    try:
        measured = measure(front or _NOMINAL, back or _NOMINAL)
    except LeafletError as error:
        faults += error.faults
    if faults:
        raise error_of(faults)
    if front is None and back is None:
        return Calibration(is_written=False)
    if front is None or back is None:
        before = _UNCORRECTED
        try:
            before = load_printer(path) if path.is_file() else before
        except LeafletError:  # it is another file
            if not replace_others:
                raise
        measured = replace(before, front=measured.front) if front else replace(before, back=measured.back)
    write_printer(path, measured, replace_others=replace_others)
    sides = (("--front", front and measured.front), ("--back", back and measured.back))
    most = ((option, max(abs(offset.dx), abs(offset.dy))) for option, offset in sides if offset)
    rare = (Fault("P210", Place(field=option), both_mm(value=one)) for option, one in most if one > RARE_OFFSET)
    return Calibration(is_written=True, faults=tuple(rare))


def _marks(side: CalibrationSide) -> Piece:
    """Return outlines and lines as a piece of the side's size: decoration, read by nobody."""
    lines = marks_piece(side.marks, side.width, side.height)
    if not side.outlines:
        return lines
    outlines = Group(tuple(Shape(box, line=INK, line_width=_OUTLINE) for box in side.outlines), None)
    return Piece("marks", "", side.width, side.height, (outlines, *lines.groups), (), 0)


def _label(label: Label, setter: Setter) -> Placed:
    """Place a letter or number beside a line, centred in its box."""
    builder, column = Builder(), Column(0, 0, label.box.width)
    height = setter.place_spans(
        builder, [Span(label.text, "regular")], "", column, setter.look("small", align="center")
    )
    piece = builder.piece("label", "", label.box.width, height)
    return Placed(piece, label.box.x, label.box.y + (label.box.height - height) // 2, artifact=True)


def _notes(side: CalibrationSide, setter: Setter) -> Piece:
    """Place the text of the sheet as headings, paragraphs and one list."""
    builder, look, indent = Builder(), setter.look("body"), setter.style.space("number")
    for is_step, notes in groupby(side.notes, key=lambda note: note.role == "li"):
        if not is_step:
            for note in notes:
                _place(builder, note, setter, note.role.upper())
            continue
        with builder.node("L", numbered=True):
            for number, note in enumerate(notes, 1):
                with builder.node("LI"):
                    column = Column(note.box.x - indent, note.box.y, indent)
                    setter.place_spans(builder, [Span(f"{number}.", "bold")], "", column, look, "Lbl")
                    _place(builder, note, setter, "LBody")
    return builder.piece("notes", "", side.width, side.height)


def _place(builder: Builder, note: Note, setter: Setter, role: str) -> None:
    look, column = setter.look(_STYLES[note.role]), Column(note.box.x, note.box.y, note.box.width)
    setter.place_spans(builder, [Span(note.text, look.style.weight)], "", column, look, role)
