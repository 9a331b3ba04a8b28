"""fpdf2, as an ordinary developer writes it: paragraphs and boxes put in their places, one document for each school.

Fonts are added to every document, as fpdf2 wants it. A QR code is filled rectangles, one for each run of dark
modules, from a matrix made once. The output is untagged: fpdf2 tags nothing but pictures.
"""

from collections.abc import Sequence
from pathlib import Path

import fpdf

from peers.base import PORTAL, WEBMAIL, WORDS, Lines, Peer, fonts_folder, lines_of, qr_matrix, qr_runs

Color = tuple[int, int, int]
INK, ACCENT, SOFT = (20, 33, 61), (200, 16, 46), (238, 242, 248)
HAIR, MUTE, WARM, WHITE = (185, 196, 214), (74, 88, 115), (253, 238, 238), (255, 255, 255)
NAME = "LeafletText"
MARGIN, SIDE, GUTTER, WIDTH, HEIGHT = 14.0, 52.0, 8.0, 210.0, 297.0  # mm
INNER = WIDTH - 2 * MARGIN
MAIN = INNER - SIDE - GUTTER
SIDE_X = WIDTH - MARGIN - SIDE
MM = 25.4 / 72  # of a point
STEPS, MAILBOX, TROUBLE = WORDS["steps"], WORDS["mailbox"], WORDS["trouble"]


class Leaflet(fpdf.FPDF):
    """The two pages; lengths in mm, sizes of type in points."""

    def __init__(self, lines: Lines) -> None:
        super().__init__(format="A4")
        self.lines = lines
        self.set_auto_page_break(False)
        self.set_margin(0)
        self.c_margin = 0
        self.set_title(WORDS["title"])
        self.set_author(WORDS["author"])
        self.set_lang("fr-FR")
        for style, face in (("", "Regular"), ("B", "Bold")):
            self.add_font(NAME, style, fonts_folder() / f"{NAME}-{face}.ttf")
        self.draw_recto()
        self.draw_verso()

    def put(
        self,
        x: float,
        y: float,
        width: float,
        text: str,
        size: float = 11,
        *,
        bold: bool = False,
        color: Color = INK,
        align: str = "L",
        link: str = "",
    ) -> float:
        """A paragraph, in which ``**words**`` are bold; returns the y below it."""
        self.set_font(NAME, "B" if bold else "", size)
        self.set_text_color(color)
        self.set_xy(x, y)
        self.multi_cell(width, size * 1.3 * MM, text, align=align, markdown=True, link=link)
        return self.get_y()

    def outline(self, x: float, y: float, width: float, height: float, color: Color = HAIR) -> None:
        """The round-cornered outline of a panel."""
        self.set_draw_color(color)
        self.set_line_width(0.2)
        self.rect(x, y, width, height, round_corners=True, corner_radius=2)

    def fill(self, x: float, y: float, width: float, height: float, color: Color, bar: Color | None = None) -> None:
        """A filled box, with a thick bar at its left if it has one."""
        for color_of, wide in ((color, width), (bar, 1.4)):
            if color_of:
                self.set_fill_color(color_of)
                self.rect(x, y, wide, height, style="F")

    def code(self, link: str, x: float, y: float, size: float) -> None:
        """A QR code; its quiet zone is the space around it."""
        unit = size / len(qr_matrix(link))
        self.set_fill_color(INK)
        for column, row, length in qr_runs(link):
            self.rect(x + column * unit, y + row * unit, length * unit, unit, style="F")

    def button(self, x: float, y: float) -> None:
        """A button's label in a frame."""
        self.outline(x, y, 32, 5.6, INK)
        self.put(x, y + 0.7, 32, WORDS["button"], 9.5, bold=True, align="C")

    def step(self, number: int, y: float, title: str, text: str = "", link: str = "") -> float:
        """A numbered step; returns the y below its text."""
        self.set_fill_color(ACCENT)
        self.circle(MARGIN + 5, y + 5, 5, style="F")
        self.put(MARGIN, y + 2, 10, str(number), 13, bold=True, color=WHITE, align="C")
        y = self.put(MARGIN + 14, y + 1, MAIN - 14, title, 13, bold=True)
        return self.put(MARGIN + 14, y, MAIN - 14, text, link=link) if text else y

    def card(self, y: float, words: dict[str, str], link: str) -> None:
        """A QR code with its title above and its address below."""
        self.outline(SIDE_X, y, SIDE, 64)
        self.put(SIDE_X, y + 4, SIDE, words["title"], 12, bold=True, align="C")
        self.code(link, SIDE_X + 8, y + 12, 36)
        self.put(SIDE_X, y + 51, SIDE, words["shown"], 9.5, align="C", link=link)

    def bullets(self, x: float, y: float, width: float, items: Sequence[str]) -> float:
        """A bulleted list; returns the y below it."""
        for item in items:
            self.put(x, y, 5, "•")
            y = self.put(x + 5, y, width - 5, item) + 1.4
        return y

    def begin(self, page: int, band: float, size: float) -> None:
        """A new page with its band and its footer."""
        self.add_page()
        self.fill(0, 0, WIDTH, band, INK)
        self.put(MARGIN, 10, INNER, WORDS["kicker"][page], 9.5, color=WHITE)
        self.put(MARGIN, 15, INNER, "\n".join(WORDS["band"][page]), size, bold=True, color=WHITE)
        self.put(MARGIN, HEIGHT - 9, INNER, WORDS["imprint"], 7.5, color=MUTE)
        self.put(MARGIN, HEIGHT - 9, INNER, self.lines.mark, 7.5, color=MUTE, align="R")

    def draw_recto(self) -> None:
        """Band, school, steps, portal, calendar, memo."""
        self.begin(0, 58, 28)
        self.fill(MARGIN, 44, 104, 8.4, WHITE)
        self.put(MARGIN + 3, 45.6, 100, WORDS["date"], 11.5, bold=True)
        self.outline(WIDTH - MARGIN - 34, 11, 34, 20, WHITE)
        self.put(WIDTH - MARGIN - 34, 19, 34, WORDS["logo"], 8.5, color=WHITE, align="C")
        self.put(WIDTH - MARGIN - 62, 62, 62, WORDS["academy"], color=MUTE, align="R")
        self.put(WIDTH - MARGIN - 62, 67, 62, self.lines.copies, color=MUTE, align="R")
        y = self.put(MARGIN, 62, INNER - 64, self.lines.name, 12, bold=True)
        y = self.put(MARGIN, y, INNER - 64, self.lines.address) + 2.5
        self.set_draw_color(HAIR)
        self.line(MARGIN, y, WIDTH - MARGIN, y)
        self.card(y + 5, WORDS["portal"], PORTAL)
        self.draw_calendar(y + 74)
        self.draw_steps(y + 5)
        self.draw_memo(231)

    def draw_calendar(self, y: float) -> None:
        """The dates."""
        self.outline(SIDE_X, y, SIDE, 50)
        y = self.put(SIDE_X + 4, y + 4, SIDE - 8, WORDS["calendar"]["title"], 13, bold=True) + 1.5
        for day, what in WORDS["calendar"]["days"]:
            y = self.put(SIDE_X + 4, y, SIDE - 8, day, 10.5, bold=True)
            y = self.put(SIDE_X + 4, y, SIDE - 4, what, 10, color=MUTE) + 1.5

    def draw_steps(self, y: float) -> None:
        """The five steps."""
        x, width, titles = MARGIN + 18, MAIN - 20, STEPS["titles"]
        y = self.step(1, y, titles[0], f"{STEPS['scan']}**{PORTAL}**", PORTAL) + 4
        y = self.step(2, y, titles[1]) + 1.5
        self.fill(MARGIN + 14, y, MAIN - 14, 32, SOFT, INK)
        y = self.put(x, y + 2, width, STEPS["wait"])
        self.button(x, y + 1.5)
        y = self.step(3, y + 13, titles[2]) + 1.5
        self.fill(MARGIN + 14, y, MAIN - 14, 19.5, SOFT, INK)
        y = self.put(x, y + 2, width, STEPS["sender"], 9, color=MUTE)
        y = self.put(x, y, width, STEPS["mail"])
        y = self.step(4, y + 4.5, titles[3], STEPS["password"])
        self.button(MARGIN + 14, y + 0.6)
        self.step(5, y + 8.5, titles[4], STEPS["ready"])

    def draw_memo(self, y: float) -> None:
        """The card to fill in by hand."""
        self.outline(MARGIN, y, INNER, 53, INK)
        x, memo = MARGIN + 6, WORDS["memo"]
        self.put(x, y + 4, 100, memo["title"], 15, bold=True)
        self.set_draw_color(INK)
        self.set_line_width(0.3)
        for line, label in enumerate(memo["labels"]):
            bottom = y + 21 + line * 9.5
            self.put(x, bottom - 5, 36, label, bold=True)
            self.line(x + 36, bottom, WIDTH - MARGIN - 45, bottom)
        self.put(x, y + 34, INNER - 51, memo["lost"], 10, color=MUTE)
        self.code(PORTAL, WIDTH - MARGIN - 37, y + 8, 29)
        self.put(WIDTH - MARGIN - 37, y + 39, 29, memo["code"], 8, align="C")

    def draw_verso(self) -> None:
        """How the mailbox works, why to read it, what to do in trouble."""
        self.begin(1, 32, 23)
        y = self.put(MARGIN, 36, INNER, MAILBOX["intro"], 12)
        self.card(y + 5, WORDS["webmail"], WEBMAIL)
        y = self.put(MARGIN, y + 5, MAIN, MAILBOX["how"], 15, bold=True) + 2.5
        where = f"**{WEBMAIL}**{MAILBOX['where']}**{WORDS['site']}**"
        y = self.step(1, y, MAILBOX["open"], where, WEBMAIL) + 4
        y = self.step(2, y, MAILBOX["login"], MAILBOX["words"])
        y = self.put(MARGIN, y + 4, MAIN, MAILBOX["why"], 15, bold=True) + 1.5
        y = self.bullets(MARGIN, y, MAIN, MAILBOX["reasons"]) + 5
        y = self.put(MARGIN, y, INNER, TROUBLE["title"], 15, bold=True) + 3
        half = (INNER - GUTTER) / 2
        for x, title, items in (
            (MARGIN, TROUBLE["lost_title"], [*TROUBLE["lost"], WORDS["help"]]),
            (MARGIN + half + GUTTER, TROUBLE["silent_title"], TROUBLE["silent"]),
        ):
            self.outline(x, y, half, 56)
            below = self.put(x + 4, y + 4, half - 8, title, 13, bold=True)
            self.bullets(x + 4, below + 1, half - 8, items)
        self.fill(MARGIN, y + 61, INNER, 19, WARM, ACCENT)
        self.put(MARGIN + 5, y + 65, INNER - 10, TROUBLE["prudence"])


def make_peer(variant: str, folder: Path) -> Peer:
    """Nothing to prepare: a document has its own fonts."""
    return Peer(version=fpdf.__version__, render=lambda school: bytes(Leaflet(lines_of(school)).output()))
