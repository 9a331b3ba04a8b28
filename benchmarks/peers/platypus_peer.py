"""Plain reportlab Platypus, as an ordinary developer writes it: paragraphs and tables flow into frames.

Fonts are registered once and paragraph styles are made once; the story is built anew for each school, as the
manual shows. A QR code is a `Flowable` that fills one path, from a matrix made once. The output is untagged:
Platypus offers no tags by itself.
"""

import re
from collections.abc import Callable, Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import reportlab
from generate import School
from reportlab.lib.colors import HexColor, white
from reportlab.lib.enums import TA_CENTER, TA_RIGHT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    FrameBreak,
    ListFlowable,
    ListItem,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from peers.base import PORTAL, WEBMAIL, WORDS, Peer, fonts_folder, lines_of, qr_matrix, qr_runs

INK, ACCENT, SOFT = HexColor("#14213d"), HexColor("#c8102e"), HexColor("#eef2f8")
HAIR, MUTE, WARM = HexColor("#b9c4d6"), HexColor("#4a5873"), HexColor("#fdeeee")
WIDTH, HEIGHT = A4
MARGIN, SIDE, GUTTER = 14 * mm, 52 * mm, 8 * mm
INNER = WIDTH - 2 * MARGIN
MAIN = INNER - SIDE - GUTTER
NAME, BOLD = "LeafletText", "LeafletText-Bold"
STEPS, MAILBOX, TROUBLE = WORDS["steps"], WORDS["mailbox"], WORDS["trouble"]

_BASE = {"fontName": NAME, "textColor": INK}
BODY = ParagraphStyle("body", **_BASE, fontSize=11, leading=14.3)
INTRO = ParagraphStyle("intro", BODY, fontSize=12, leading=16)
RIGHT = ParagraphStyle("right", BODY, alignment=TA_RIGHT, textColor=MUTE)
SMALL = ParagraphStyle("small", BODY, fontSize=9.5, leading=12, alignment=TA_CENTER)
DAY = ParagraphStyle("day", BODY, fontSize=10, leading=13, textColor=MUTE, spaceBefore=1.5 * mm)
LOST = ParagraphStyle("lost", DAY, rightIndent=7 * mm)
H2 = ParagraphStyle("h2", BODY, fontName=BOLD, fontSize=15, leading=19)
H3 = ParagraphStyle("h3", H2, fontSize=13, leading=17)
CARD = ParagraphStyle("card", H3, fontSize=12, alignment=TA_CENTER)

_OURS = ("FONTNAME", (0, 0), (-1, -1), NAME)  # or every table names Helvetica, which is not embedded
_PADDINGS = ("LEFTPADDING", "RIGHTPADDING", "TOPPADDING", "BOTTOMPADDING")
_FLUSH = [_OURS, *((side, (0, 0), (-1, -1), 0) for side in _PADDINGS)]
FLUSH = TableStyle([*_FLUSH, ("VALIGN", (0, 0), (-1, -1), "TOP")])
PANEL = TableStyle(
    [
        _OURS,
        ("BOX", (0, 0), (-1, -1), 0.6, HAIR),
        ("ROUNDEDCORNERS", [2 * mm] * 4),
        *((side, (0, 0), (-1, -1), 3.6 * mm) for side in _PADDINGS),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)


def bar_style(bar: Any, fill: Any) -> TableStyle:
    """A filled box with a thick bar at its left."""
    return TableStyle(
        [
            _OURS,
            ("BACKGROUND", (0, 0), (-1, -1), fill),
            ("LINEBEFORE", (0, 0), (0, -1), 1.4 * mm, bar),
            ("LEFTPADDING", (0, 0), (-1, -1), 4 * mm),
            ("TOPPADDING", (0, 0), (-1, -1), 2 * mm),
            ("BOTTOMPADDING", (0, 0), (-1, -1), 2.2 * mm),
        ]
    )


MESSAGE, WARNING = bar_style(INK, SOFT), bar_style(ACCENT, WARM)


class Code(Flowable):
    """A QR code as one filled path, centred; its quiet zone is the space around it."""

    def __init__(self, link: str, size: float) -> None:
        super().__init__()
        self.link, self.size = link, size

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """As wide as the place it is put in."""
        self.width, self.height = available_width, self.size
        return self.width, self.height

    def draw(self) -> None:
        """Fill the dark modules."""
        unit = self.size / len(qr_matrix(self.link))
        left = (self.width - self.size) / 2
        path = self.canv.beginPath()
        for x, y, length in qr_runs(self.link):
            path.rect(left + x * unit, self.size - (y + 1) * unit, length * unit, unit)
        self.canv.setFillColor(INK)
        self.canv.drawPath(path, stroke=0, fill=1)


class Circled(Flowable):
    """A step number in a filled circle."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number, self.width, self.height = str(number), 10 * mm, 10 * mm

    def draw(self) -> None:
        """The circle, then the number upon it."""
        self.canv.setFillColor(ACCENT)
        self.canv.circle(5 * mm, 5 * mm, 5 * mm, stroke=0, fill=1)
        self.canv.setFillColor(white)
        self.canv.setFont(BOLD, 13)
        self.canv.drawCentredString(5 * mm, 3.4 * mm, self.number)


class Button(Flowable):
    """The label of a button in a rounded frame."""

    def __init__(self) -> None:
        super().__init__()
        self.width, self.height = pdfmetrics.stringWidth(WORDS["button"], BOLD, 9.5) + 5 * mm, 6.2 * mm

    def draw(self) -> None:
        """Frame and label."""
        self.canv.setStrokeColor(INK)
        self.canv.setFillColor(INK)
        self.canv.setLineWidth(0.8)
        self.canv.roundRect(0, 0, self.width, 5.2 * mm, 1 * mm)
        self.canv.setFont(BOLD, 9.5)
        self.canv.drawString(2.5 * mm, 1.6 * mm, WORDS["button"])


def markup(text: str) -> str:
    """Return text with bold and new lines as reportlab writes them."""
    return re.sub(r"\*\*(.+?)\*\*", r"<b>\1</b>", text, flags=re.DOTALL).replace("\n", "<br/>")


def link(address: str, text: str = "") -> str:
    """Paragraph markup of a clickable address, bold unless `text` says otherwise."""
    return f'<a href="{address}">{text or f"<b>{address}</b>"}</a>'


def body(parts: Sequence[Any]) -> list[Any]:
    """Texts as paragraphs, and whatever else there is."""
    return [Paragraph(markup(part), BODY) if isinstance(part, str) else part for part in parts]


def step(number: int, title: str, *parts: Any) -> Table:
    """A numbered step."""
    content = [Paragraph(title, H3), *body(parts)]
    table = Table([[Circled(number), content]], colWidths=[14 * mm, MAIN - 14 * mm], style=FLUSH)
    table.spaceAfter = 4.2 * mm
    return table


def message(*parts: Any) -> Table:
    """Return the text of a screen or a mail."""
    return Table([[body(parts)]], colWidths=[MAIN - 14 * mm], style=MESSAGE, spaceBefore=1.5 * mm)


def card(words: dict[str, str], address: str) -> Table:
    """A QR code with its title above and its address below."""
    shown = Paragraph(link(address, markup(words["shown"])), SMALL)
    gap = Spacer(0, 3 * mm)
    cell = [Paragraph(words["title"], CARD), gap, Code(address, 36 * mm), gap, shown]
    return Table([[cell]], colWidths=[SIDE], style=PANEL, spaceAfter=5 * mm)


def bullets(items: Sequence[str]) -> ListFlowable:
    """A bulleted list."""
    entries = [ListItem(Paragraph(markup(item), BODY), spaceBefore=1.4 * mm) for item in items]
    return ListFlowable(entries, bulletType="bullet", start="•", leftIndent=5 * mm, bulletFontName=NAME)


def calendar() -> Table:
    """The dates panel."""
    cell = [Paragraph(WORDS["calendar"]["title"], H3)]
    for day, what in WORDS["calendar"]["days"]:
        cell.append(Paragraph(f'<font color="#14213d"><b>{day}</b></font><br/>{what}', DAY))
    return Table([[cell]], colWidths=[SIDE], style=PANEL)


def school_block(school: School) -> list[Any]:
    """Name and address at the left, académie and UAI at the right, a rule below."""
    lines = lines_of(school)
    left = Paragraph(f'<font size="12"><b>{escape(lines.name)}</b></font><br/>{escape(lines.address)}', BODY)
    right = Paragraph(f"{WORDS['academy']}<br/>{lines.copies}", RIGHT)
    style = TableStyle([*_FLUSH, ("VALIGN", (0, 0), (-1, -1), "TOP"), ("LINEBELOW", (0, 0), (-1, -1), 0.6, HAIR)])
    style.add("BOTTOMPADDING", (0, 0), (-1, -1), 2.5 * mm)
    return [Table([[left, right]], colWidths=[INNER - 58 * mm, 58 * mm], style=style)]


def recto_steps() -> list[Any]:
    """The five steps."""
    sender = f'<font size="9" color="#4a5873">{STEPS["sender"]}</font>'
    bodies: list[list[Any]] = [
        [STEPS["scan"] + link(PORTAL)],
        [message(STEPS["wait"], Button())],
        [message(f"{sender}\n{STEPS['mail']}")],
        [STEPS["password"], Button()],
        [STEPS["ready"]],
    ]
    numbered = enumerate(zip(STEPS["titles"], bodies, strict=True), 1)
    return [step(number, title, *parts) for number, (title, parts) in numbered]


def memo() -> list[Any]:
    """The inside of the memo; its dashed frame belongs to the page."""
    line = TableStyle([*_FLUSH, ("LINEBELOW", (1, 0), (1, 0), 0.9, INK), ("VALIGN", (0, 0), (-1, -1), "BOTTOM")])
    width, words = INNER - 12 * mm - 38 * mm, WORDS["memo"]
    widths, heights = [36 * mm, width - 36 * mm], [9.5 * mm]
    rows = [Table([[*body([f"**{label}**"]), ""]], widths, heights, line) for label in words["labels"]]
    left = [Paragraph(words["title"], H2), *rows, Spacer(0, 2 * mm), Paragraph(markup(words["lost"]), LOST)]
    right = [Spacer(0, 5 * mm), Code(PORTAL, 29 * mm), Spacer(0, 1.5 * mm), Paragraph(words["code"], SMALL)]
    return [Table([[left, right]], colWidths=[width + 7 * mm, 31 * mm], style=FLUSH)]


def verso_main() -> list[Any]:
    """How the mailbox works and why to read it."""
    return [
        Paragraph(MAILBOX["how"], H2),
        Spacer(0, 2.5 * mm),
        step(1, MAILBOX["open"], link(WEBMAIL) + MAILBOX["where"] + link(WORDS["site"])),
        step(2, MAILBOX["login"], MAILBOX["words"]),
        Paragraph(MAILBOX["why"], H2),
        Spacer(0, 1.5 * mm),
        bullets(MAILBOX["reasons"]),
    ]


def verso_trouble() -> list[Any]:
    """The two panels and the warning."""
    help_page = link(WORDS["help"].replace("\n", ""), markup(WORDS["help"]))
    lost = [Paragraph(TROUBLE["lost_title"], H3), bullets([*TROUBLE["lost"], help_page])]
    silent = [Paragraph(TROUBLE["silent_title"], H3), bullets(TROUBLE["silent"])]
    half = (INNER - GUTTER) / 2
    panels = [Table([[cell]], colWidths=[half], style=PANEL) for cell in (lost, silent)]
    return [
        Paragraph(TROUBLE["title"], H2),
        Spacer(0, 3 * mm),
        Table([panels], colWidths=[half + GUTTER, half], style=FLUSH),
        Spacer(0, 5 * mm),
        Table([body([TROUBLE["prudence"]])], colWidths=[INNER], style=WARNING),
    ]


def recto_parts() -> list[list[Any]]:
    """Return the contents of each frame of the first page, below the school."""
    return [recto_steps(), [card(WORDS["portal"], PORTAL), calendar()], memo()]


def verso_parts() -> list[list[Any]]:
    """Return the contents of each frame of the second page."""
    intro = Paragraph(markup(MAILBOX["intro"]), INTRO)
    return [[intro], verso_main(), [card(WORDS["webmail"], WEBMAIL)], verso_trouble()]


def story(school: School) -> list[Any]:
    """Everything, in the order of the frames."""
    flow: list[Any] = [NextPageTemplate("verso")]
    for part in (school_block(school), *recto_parts()):
        flow += [*part, FrameBreak()]
    flow[-1] = PageBreak()
    for part in verso_parts():
        flow += [*part, FrameBreak()]
    return flow[:-1]


def draw_footer(canvas: Any, school: School) -> None:
    """The small print of both pages."""
    canvas.setFillColor(MUTE)
    canvas.setFont(NAME, 7.5)
    canvas.drawString(MARGIN, 6 * mm, WORDS["imprint"])
    canvas.drawRightString(WIDTH - MARGIN, 6 * mm, lines_of(school).mark)


def draw_band(canvas: Any, page: int, height: float, size: float) -> None:
    """The navy band with its small line and its title."""
    canvas.setFillColor(INK)
    canvas.rect(0, HEIGHT - height, WIDTH, height, stroke=0, fill=1)
    canvas.setFillColor(white)
    canvas.setFont(NAME, 9.5)
    canvas.drawString(MARGIN, HEIGHT - 13 * mm, WORDS["kicker"][page])
    canvas.setFont(BOLD, size)
    for row, text in enumerate(WORDS["band"][page]):
        canvas.drawString(MARGIN, HEIGHT - 23 * mm - row * 11.5 * mm, text)


def draw_recto(canvas: Any) -> None:
    """Band, date chip, place of the logo, frame of the memo."""
    draw_band(canvas, 0, 58 * mm, 28)
    width = pdfmetrics.stringWidth(WORDS["date"], BOLD, 11.5) + 6 * mm
    canvas.roundRect(MARGIN, HEIGHT - 49 * mm, width, 8.4 * mm, 1.5 * mm, 0, 1)
    canvas.setStrokeColor(white)
    canvas.setLineWidth(0.6)
    canvas.setDash(2, 2)
    canvas.roundRect(WIDTH - MARGIN - 34 * mm, HEIGHT - 31 * mm, 34 * mm, 20 * mm, 1.5 * mm)
    canvas.setFont(NAME, 8.5)
    canvas.drawCentredString(WIDTH - MARGIN - 17 * mm, HEIGHT - 22 * mm, WORDS["logo"])
    canvas.setFillColor(INK)
    canvas.setFont(BOLD, 11.5)
    canvas.drawString(MARGIN + 3 * mm, HEIGHT - 46.2 * mm, WORDS["date"])
    canvas.setStrokeColor(INK)
    canvas.setLineWidth(0.8)
    canvas.roundRect(MARGIN, 13 * mm, INNER, 53 * mm, 2 * mm)


def draw_verso(canvas: Any) -> None:
    """Band."""
    draw_band(canvas, 1, 32 * mm, 23)


def draw_page(canvas: Any, _document: Any, school: School, draw: Callable[[Any], None]) -> None:
    """Draw what stands on a page outside its frames."""
    canvas.saveState()
    draw(canvas)
    draw_footer(canvas, school)
    canvas.restoreState()


def frame(x: float, bottom: float, width: float, height: float) -> Frame:
    """A frame without padding; arguments in points from the page's lower left corner."""
    return Frame(x, bottom, width, height, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)


def recto_frames() -> list[Frame]:
    """The frames of the first page: school, steps, side, memo."""
    side = WIDTH - MARGIN - SIDE
    return [
        frame(MARGIN, HEIGHT - 83 * mm, INNER, 21 * mm),
        frame(MARGIN, 67 * mm, MAIN, HEIGHT - 150 * mm),
        frame(side, 67 * mm, SIDE, HEIGHT - 150 * mm),
        frame(MARGIN + 6 * mm, 14 * mm, INNER - 12 * mm, 48 * mm),
    ]


def verso_frames() -> list[Frame]:
    """The frames of the second page: introduction, main column, side, trouble."""
    side = WIDTH - MARGIN - SIDE
    return [
        frame(MARGIN, HEIGHT - 56 * mm, INNER, 20 * mm),
        frame(MARGIN, HEIGHT - 158 * mm, MAIN, 100 * mm),
        frame(side, HEIGHT - 158 * mm, SIDE, 100 * mm),
        frame(MARGIN, 14 * mm, INNER, HEIGHT - 172 * mm),
    ]


def page_templates(school: School) -> list[PageTemplate]:
    """Both pages."""
    return [
        PageTemplate("recto", recto_frames(), onPage=partial(draw_page, school=school, draw=draw_recto)),
        PageTemplate("verso", verso_frames(), onPage=partial(draw_page, school=school, draw=draw_verso)),
    ]


def render(school: School) -> bytes:
    """The two pages of one school."""
    output = BytesIO()
    document = BaseDocTemplate(
        output,
        pagesize=A4,
        title=WORDS["title"],
        author=WORDS["author"],
        lang="fr-FR",
        initialFontName=NAME,
        invariant=1,
        pageCompression=1,
    )
    document.addPageTemplates(page_templates(school))
    document.build(story(school))
    return output.getvalue()


def register_fonts() -> None:
    """Make the package fonts known to reportlab."""
    for name, face in ((NAME, "Regular"), (BOLD, "Bold")):
        pdfmetrics.registerFont(TTFont(name, str(fonts_folder() / f"LeafletText-{face}.ttf")))
    pdfmetrics.registerFontFamily(NAME, normal=NAME, bold=BOLD, italic=NAME, boldItalic=BOLD)


def make_peer(variant: str, folder: Path) -> Peer:
    """Register the fonts."""
    register_fonts()
    return Peer(version=reportlab.__version__, render=render)
