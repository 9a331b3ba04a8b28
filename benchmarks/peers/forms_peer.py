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

from peers import platypus_peer as pages
from peers.base import WORDS, Peer, lines_of

Link = tuple[str, tuple[float, float, float, float]]


class NotingCanvas(Canvas):
    """Notes the links that are drawn into a form instead of losing them."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            str(path), pagesize=A4, initialFontName=pages.NAME, invariant=1, pageCompression=1, lang="fr-FR"
        )
        self.setTitle(WORDS["title"])
        self.setAuthor(WORDS["author"])
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
    y = pages.HEIGHT - 66 * mm
    canvas.setFillColor(pages.MUTE)
    canvas.setFont(pages.NAME, 11)
    canvas.drawRightString(pages.WIDTH - pages.MARGIN, y, WORDS["academy"])
    canvas.drawRightString(pages.WIDTH - pages.MARGIN, y - 14.3, lines.copies)
    canvas.setFillColor(pages.INK)
    canvas.setFont(pages.BOLD, 12)
    for part in simpleSplit(lines.name, pages.BOLD, 12, pages.INNER - 62 * mm):
        canvas.drawString(pages.MARGIN, y, part)
        y -= 14.3
    canvas.setFont(pages.NAME, 11)
    canvas.drawString(pages.MARGIN, y, lines.address)
    canvas.setStrokeColor(pages.HAIR)
    canvas.setLineWidth(0.6)
    canvas.line(pages.MARGIN, y - 9, pages.WIDTH - pages.MARGIN, y - 9)


def merge(schools: Sequence[School], path: Path) -> None:
    """Write the file."""
    canvas = NotingCanvas(path)
    recto = draw_form(canvas, "recto", pages.draw_recto, pages.recto_frames()[1:], pages.recto_parts())
    verso = draw_form(canvas, "verso", pages.draw_verso, pages.verso_frames(), pages.verso_parts())
    for school in schools:
        canvas.doForm("recto")
        draw_school(canvas, school)
        pages.draw_footer(canvas, school)
        canvas.lay_links(recto)
        canvas.showPage()
        canvas.doForm("verso")
        pages.draw_footer(canvas, school)
        canvas.lay_links(verso)
        canvas.showPage()
    canvas.save()


def make_peer(variant: str, folder: Path) -> Peer:
    """Register the fonts."""
    pages.register_fonts()
    return Peer(version=reportlab.__version__, merge=merge)
