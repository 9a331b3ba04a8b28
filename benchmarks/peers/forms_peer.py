"""reportlab's canvas, one file of all schools: what they share is two form XObjects, drawn once.

The forms are laid out by Platypus (`peers.platypus_peer`); a school's own lines are drawn as strings over them, a
long name on two lines. Links of a form do not count as links of a page: they are noted and laid on every page.
Untagged.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import reportlab
from generate import School
from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Frame

from peers.base import Peer, lines_of
from peers.platypus_peer import (
    BOLD,
    HAIR,
    HEIGHT,
    INK,
    INNER,
    MARGIN,
    MUTE,
    NAME,
    WIDTH,
    draw_footer,
    draw_recto,
    draw_verso,
    recto_frames,
    recto_parts,
    register_fonts,
    verso_frames,
    verso_parts,
)

Link = tuple[str, tuple[float, float, float, float]]


class NotingCanvas(Canvas):
    """Notes the links that are drawn into a form instead of losing them."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path), pagesize=A4, initialFontName=NAME, invariant=1, pageCompression=1, lang="fr-FR")
        self.setTitle("Pour voter, je crée mon compte électeur")
        self.setAuthor("Syndicat des écoles du Val")
        self.noted: list[Link] = []

    def linkURL(self, url: str, rect: Sequence[float], relative: int = 0, **_looks: Any) -> None:  # noqa: N802
        """Note a link, in the page's own coordinates."""
        left, bottom, right, top = rect
        if relative:
            (left, bottom), (right, top) = self.absolutePosition(left, bottom), self.absolutePosition(right, top)
        self.noted.append((url, (left, bottom, right, top)))

    def lay_links(self, links: Sequence[Link]) -> None:
        """Lay noted links on this page."""
        for url, rect in links:
            super().linkURL(url, rect)


def draw_form(
    canvas: NotingCanvas, name: str, draw: Callable[[Any], None], frames: Sequence[Frame], parts: Sequence[list[Any]]
) -> list[Link]:
    """Draw what all schools share of a page; returns its links.

    Raises:
        ValueError: a part is too long for its frame.
    """
    canvas.noted = []
    canvas.beginForm(name)
    canvas.saveState()
    draw(canvas)
    canvas.restoreState()
    for frame, part in zip(frames, parts, strict=True):
        frame.addFromList(part, canvas)
        if part:
            raise ValueError(f"{name}: {len(part)} flowables do not fit")
    canvas.endForm()
    return canvas.noted


def draw_school(canvas: Canvas, school: School) -> None:
    """The lines of a school, and the rule below them."""
    lines = lines_of(school)
    y = HEIGHT - 66 * mm
    canvas.setFillColor(MUTE)
    canvas.setFont(NAME, 11)
    canvas.drawRightString(WIDTH - MARGIN, y, "Académie d’Orléans-Tours")
    canvas.drawRightString(WIDTH - MARGIN, y - 14.3, lines.copies)
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 12)
    for part in simpleSplit(lines.name, BOLD, 12, INNER - 62 * mm):
        canvas.drawString(MARGIN, y, part)
        y -= 14.3
    canvas.setFont(NAME, 11)
    canvas.drawString(MARGIN, y, lines.address)
    canvas.setStrokeColor(HAIR)
    canvas.setLineWidth(0.6)
    canvas.line(MARGIN, y - 9, WIDTH - MARGIN, y - 9)


def merge(schools: Sequence[School], path: Path) -> None:
    """Write the file."""
    canvas = NotingCanvas(path)
    recto = draw_form(canvas, "recto", draw_recto, recto_frames()[1:], recto_parts())
    verso = draw_form(canvas, "verso", draw_verso, verso_frames(), verso_parts())
    for school in schools:
        canvas.doForm("recto")
        draw_school(canvas, school)
        draw_footer(canvas, school)
        canvas.lay_links(recto)
        canvas.showPage()
        canvas.doForm("verso")
        draw_footer(canvas, school)
        canvas.lay_links(verso)
        canvas.showPage()
    canvas.save()


def make_peer(variant: str, folder: Path) -> Peer:
    """Register the fonts."""
    register_fonts()
    return Peer(version=reportlab.__version__, merge=merge)
