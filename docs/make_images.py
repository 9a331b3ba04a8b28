"""The pictures of the guides: ``python -m docs.make_images`` draws them anew from the examples.

Sheets are pages of finished files; how to turn and cut them is drawn here.
"""

import math
import shutil
import tempfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pypdfium2
from PIL import Image, ImageDraw, ImageEnhance, ImageFilter, ImageFont

from leaflet.geometry import to_mm
from leaflet.imposition.stock import Stock, load_stock
from leaflet.layout.fonts import load_fontbook
from leaflet.preflight.compare.compare_builds import compare_paths
from leaflet.preflight.compare.differences import PICTURES
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions

ROOT = Path(__file__).parents[1]
IMAGES = ROOT / "docs" / "images"
EXAMPLE = ROOT / "examples" / "un-etablissement-2018" / "campaign.toml"
TRIAL = ROOT / "examples" / "essai-2026" / "campaign.toml"
LIST = ROOT / "examples" / "indre-et-loire-2018" / "campaign.toml"
ONE = frozenset({"0370001A"})
DESCARTES = frozenset({"0370035M"})
_PAPER, _INK, _SOFT, _EDGE, _ACCENT = "#ffffff", "#14213d", "#eef2f8", "#b9c4d6", "#c8102e"
_WALL = "#e8e4dc"  # what sheets hang on, and lie on
_GAP = 24  # pixels around pages
_SCALE = 2  # drawings are made larger and reduced, for smooth lines


def main() -> None:
    """Draw every picture into ``docs/images``."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        build(BuildOptions(campaign=EXAMPLE, out=out))
        save(beside(pages(out / "cartes-avery", 0, 1), 430), "cartes-recto-verso")
        save(beside(pages(out / "cartes-papier", 0), 430), "cartes-traits-de-coupe")
        save(beside(pages(out / "cartes-pliees", 0, 1), 300), "cartes-pliees")
        save(beside(pages(out / "leaflet-trifold", 0, 1), 480), "depliant-trois-volets")
        save(standing(pages(out / "leaflet-trifold", 0)[0]), "depliant-debout")
        save(at_size(pages(out / "cartes-avery", 0, 1), load_stock()["avery-c32011"]), "carte")
        save(beside(pages(out / "leaflet-a5", 0, 1), 480), "depliant-a5")
        save(beside(pages(out / "poster-a3", 0), 430), "affiche-a3")
        build(BuildOptions(campaign=TRIAL, out=out / "trial"))
        drawn = [next((out / "trial" / f"screen-{name}").glob("*.png")) for name in ("story", "wide")]
        save(beside(list(map(Image.open, drawn)), 420), "ecran")
        build(BuildOptions(campaign=LIST, out=out / "readme", document="leaflet-a4", only=DESCARTES))
        save(on_wall(pages(out / "readme" / "leaflet-a4", 0, 1), 465), "leaflet")
        # its few coloured pixels would not be among so few colours
        beside(compared(out), 380).save(IMAGES / "comparer.png", optimize=True)
    save(turning(), "retourner")
    save(cutting(), "couper")
    save(folding(), "plier")


def save(picture: Image.Image, name: str) -> None:
    """Write a picture with few colours: drawings and text need no more."""
    picture.quantize(200, method=Image.Quantize.MAXCOVERAGE).save(IMAGES / f"{name}.png", optimize=True)


def pages(folder: Path, *numbers: int) -> list[Image.Image]:
    """Pages of the one file of a folder."""
    document = pypdfium2.PdfDocument(next(folder.glob("*.pdf")))
    try:
        return [document[number].render(scale=3).to_pil().convert("RGB") for number in numbers]
    finally:
        document.close()


def compared(folder: Path) -> list[Image.Image]:
    """A page before and after a correction of the hours, and both on one another."""
    sides = []
    seen = 'compared = [{ field = "vote.closes_at", value = "12:00", on = 2018-11-16 }]'
    after = f'version = "v2"\n{seen}\nvote.closes_at = "12:00"'
    for name, line in (("before", 'version = "v1"'), ("after", after)):
        shutil.copytree(LIST.parent, folder / name)
        campaign = folder / name / "campaign.toml"
        campaign.write_text(campaign.read_text("utf-8").replace('version = "v1"', line), "utf-8")
        options = BuildOptions(campaign=campaign, out=folder / name / "out", document="leaflet-a4", only=ONE)
        sides.append(build(options).out)
    page = compare_paths(*sides, pictures=folder / "pictures").records[0].pages[0].pictures
    calendar = (470, 240, 790, 480)  # the second leaf, of 1240 × 1754 pixels
    return [Image.open(page[name]).convert("RGB").crop(calendar) for name in PICTURES]


def beside(pictures: list[Image.Image], width: int) -> Image.Image:
    """Pictures side by side, each of this width."""
    sized = [p.resize((width, round(p.height * width / p.width)), Image.Resampling.LANCZOS) for p in pictures]
    height = max(p.height for p in sized)
    sheet = Image.new("RGB", (len(sized) * (width + _GAP) + _GAP, height + 2 * _GAP), _WALL)
    for number, picture in enumerate(sized):
        sheet.paste(picture, (_GAP + number * (width + _GAP), _GAP))
    return sheet


def on_wall(pictures: list[Image.Image], width: int) -> Image.Image:
    """Sheets as they hang on a wall, each of this width: with their shadows, and a strip of tape at the head."""
    wall = beside(pictures, width)
    wall.paste(_WALL, (0, 0, *wall.size))
    height = wall.height - 2 * _GAP
    for number, picture in enumerate(pictures):
        x = _GAP + number * (width + _GAP)
        lay(wall, picture.resize((width, height), Image.Resampling.LANCZOS).convert("RGBA"), x, _GAP)
        tape = Image.new("RGBA", (86, 26), "#f6edc8d0").rotate(-2 if number else 3, expand=True)
        wall.paste(tape, (x + width // 2 - tape.width // 2, _GAP - 14), tape)
    return wall


def standing(sheet: Image.Image) -> Image.Image:
    """A sheet that is folded in three, standing on a table: each panel turned, every other one in the shade."""
    height, lean = 480, 46
    panels = []
    for number in range(3):
        left, right = sheet.width * number // 3, sheet.width * (number + 1) // 3
        panel = sheet.crop((left, 0, right, sheet.height)).convert("RGBA")
        panel = panel.resize((round(panel.width * height / panel.height * 0.86), height), Image.Resampling.LANCZOS)
        is_odd = number % 2 == 1
        slope, foot = lean / panel.width * (-1 if is_odd else 1), 0 if is_odd else -lean
        turned = panel.transform(
            (panel.width, height + lean), Image.Transform.AFFINE, (1, 0, 0, slope, 1, foot), Image.Resampling.BICUBIC
        )
        panels.append(ImageEnhance.Brightness(turned).enhance(0.9) if is_odd else turned)
    folded = Image.new("RGBA", (sum(panel.width for panel in panels), height + lean))
    for number, panel in enumerate(panels):
        folded.alpha_composite(panel, (sum(other.width for other in panels[:number]), 0))
    table = Image.new("RGB", (folded.width + 4 * _GAP, folded.height + 3 * _GAP), _WALL)
    lay(table, folded, 2 * _GAP, _GAP)
    return table


def at_size(sheets: list[Image.Image], stock: Stock) -> Image.Image:
    """The first card of a sheet, front and back, above a ruler that says how wide it is."""
    scale = 5  # pixels of a millimetre
    width, height = round(to_mm(stock.width)), round(to_mm(stock.height))
    left, top = to_mm(stock.left), to_mm(stock.top)  # of the first card on the sheet; its back is the last of its row
    front, back = (sheet.resize((210 * scale, 297 * scale), Image.Resampling.LANCZOS) for sheet in sheets)
    table = Image.new("RGB", (2 * width * scale + 3 * _GAP, height * scale + 3 * _GAP + 20), _WALL)
    for number, (sheet, x) in enumerate(((front, left), (back, 210 - left - width))):
        area = tuple(round(scale * side) for side in (x, top, x + width, top + height))
        lay(table, sheet.crop(area).convert("RGBA"), _GAP + number * (width * scale + _GAP), _GAP)
    draw, foot = ImageDraw.Draw(table), height * scale + _GAP + 12
    for tick in range(width + 1):
        long = 14 if tick % 10 == 0 else 9 if tick % 5 == 0 else 5
        draw.line([(_GAP + tick * scale, foot), (_GAP + tick * scale, foot + long)], fill=_INK)
    face = ImageFont.truetype(BytesIO(load_fontbook().face("regular").data), 15)
    draw.text((_GAP + width * scale + _GAP, foot - 2), f"{width} × {height} mm", fill=_INK, font=face)
    return table


def lay(ground: Image.Image, paper: Image.Image, x: int, y: int) -> None:
    """Paste a piece of paper with the shadow it casts."""
    shadow = Image.new("L", ground.size)
    shadow.paste(paper.getchannel("A").point(lambda alpha: alpha * 90 // 255), (x + 3, y + 7))
    ground.paste("#2b2a33", (0, 0), shadow.filter(ImageFilter.GaussianBlur(8)))
    ground.paste(paper, (x, y), paper)


class Drawing:
    """A drawing in pixels of the finished picture."""

    def __init__(self, width: int, height: int) -> None:
        self._image = Image.new("RGB", (width * _SCALE, height * _SCALE), _PAPER)
        self._draw = ImageDraw.Draw(self._image)
        self._face = load_fontbook().face("regular").data

    def polygon(self, points: list[tuple[float, float]], fill: str = _PAPER, line: str = _INK) -> None:
        """A filled shape with an outline."""
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in points], fill=fill)
        closed = [*points, points[0]]
        self._draw.line([(x * _SCALE, y * _SCALE) for x, y in closed], fill=line, width=2 * _SCALE)

    def box(self, x: float, y: float, width: float, height: float, fill: str = _PAPER, line: str = _INK) -> None:
        """A rectangle from its top left corner."""
        self.polygon([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], fill, line)

    def line(self, *points: tuple[float, float], color: str = _INK, width: int = 2, dash: int = 0) -> None:
        """Straight lines from point to point; `dash` is the length of a dash and of a gap."""
        for (x0, y0), (x1, y1) in pairwise(points):
            length = math.hypot(x1 - x0, y1 - y0)
            step = dash or length
            count = max(round(length / step), 1)
            for part in range(0, count, 2 if dash else 1):
                a, b = part / count, (part + 1) / count
                ends = [(x0 + (x1 - x0) * s, y0 + (y1 - y0) * s) for s in (a, b)]
                self._draw.line([(x * _SCALE, y * _SCALE) for x, y in ends], fill=color, width=width * _SCALE)

    def arrow(self, *points: tuple[float, float]) -> None:
        """A line with a head at its end."""
        self.line(*points, color=_ACCENT, width=3)
        (x0, y0), (x1, y1) = points[-2:]
        angle = math.atan2(y1 - y0, x1 - x0)
        wings = [(x1 - 13 * math.cos(angle + turn), y1 - 13 * math.sin(angle + turn)) for turn in (0.5, -0.5)]
        self._draw.polygon([(x * _SCALE, y * _SCALE) for x, y in [(x1, y1), *wings]], fill=_ACCENT)

    def arc(self, x: float, y: float, width: float, height: float, start: float, end: float) -> None:
        """A part of an ellipse, with a head at its end; degrees, clockwise from the right."""
        steps = 40
        angles = [math.radians(start + (end - start) * step / steps) for step in range(steps + 1)]
        self.arrow(*[(x + width * math.cos(a), y + height * math.sin(a)) for a in angles])

    def text(self, x: float, y: float, text: str, size: int = 17, color: str = _INK, anchor: str = "mm") -> None:
        """A line of text around a point."""
        font = ImageFont.truetype(BytesIO(self._face), size * _SCALE)
        self._draw.text((x * _SCALE, y * _SCALE), text, fill=color, font=font, anchor=anchor)

    @property
    def picture(self) -> Image.Image:
        """Return what was drawn, at its size."""
        size = (self._image.width // _SCALE, self._image.height // _SCALE)
        return self._image.resize(size, Image.Resampling.LANCZOS)


def turning() -> Image.Image:
    """Turn about the long edge, not about the short one."""
    drawing = Drawing(900, 380)
    for x, title, right in ((60, "Bord long : oui", True), (520, "Bord court : non", False)):
        drawing.text(x + 160, 28, title, 21, _INK if right else _ACCENT)
        _sheet_of_cards(drawing, x + 10, 60, 1)
        _sheet_of_cards(drawing, x + 200, 60, 2)
        if right:
            drawing.line((x + 185, 52), (x + 185, 296), color=_EDGE, dash=8)
            drawing.arc(x + 185, 316, 70, 26, 180, 12)
            drawing.text(x + 185, 360, "comme une page de livre", 16)
        else:
            drawing.line((x + 10, 312), (x + 350, 312), color=_EDGE, dash=8)
            drawing.arc(x + 175, 166, 14, 60, 100, -80)
            drawing.text(x + 185, 336, "comme un bloc-notes :", 16)
            drawing.text(x + 185, 358, "les versos seraient tête en bas", 16)
    return drawing.picture


def _sheet_of_cards(drawing: Drawing, x: float, y: float, side: int) -> None:
    drawing.box(x, y, 150, 212, _PAPER)
    for row in range(5):
        for column in range(2):
            left, top = x + 13 + column * 66, y + 12 + row * 38.5
            drawing.box(left, top, 58, 34, _SOFT, _EDGE)
            number = row * 2 + (column if side == 1 else 1 - column) + 1
            drawing.text(left + 29, top + 17, str(number), 15)
    drawing.text(x + 75, y + 232, "recto" if side == 1 else "verso", 16)


def cutting() -> Image.Image:
    """First the margins, then between the columns, then the rows."""
    drawing = Drawing(900, 360)
    steps = ("1. Les bords", "2. Entre les colonnes", "3. Entre les rangées")
    for number, title in enumerate(steps):
        x, y = 60 + number * 290, 70
        drawing.text(x + 95, 30, title, 20)
        drawing.box(x, y, 190, 260, _PAPER)
        for row in range(5):
            for column in range(2):
                drawing.box(x + 18 + column * 77, y + 14 + row * 46.4, 77, 46.4, _SOFT, _EDGE)
        left, right, top, bottom = x + 18, x + 172, y + 14, y + 246
        if number == 0:
            for edge in (left, right):
                drawing.line((edge, y - 14), (edge, y + 274), color=_ACCENT, width=3, dash=10)
            for edge in (top, bottom):
                drawing.line((x - 14, edge), (x + 204, edge), color=_ACCENT, width=3, dash=10)
        elif number == 1:
            drawing.line((x + 95, y - 14), (x + 95, y + 274), color=_ACCENT, width=3, dash=10)
        else:
            for row in range(1, 5):
                edge = top + row * 46.4
                drawing.line((x - 14, edge), (x + 204, edge), color=_ACCENT, width=3, dash=10)
    return drawing.picture


def folding() -> Image.Image:
    """A tri-fold seen from above: the right-hand panel folds in first, the left one over it."""
    drawing = Drawing(900, 310)
    drawing.text(230, 22, "Dépliant en trois volets", 21)
    for number, (x, label) in enumerate(((60, "1"), (163, "2"), (266, "3"))):
        drawing.box(x, 84, 103 if number < 2 else 100, 150, _SOFT if number == 2 else _PAPER)
        drawing.text(x + 50, 159, label, 24)
    drawing.arc(268, 80, 60, 30, -10, -150)
    drawing.arc(160, 238, 60, 30, 170, 20)
    drawing.text(230, 294, "le volet 3 d’abord, le volet 1 par-dessus", 16)
    drawing.text(660, 22, "Carte pliée", 21)
    drawing.box(590, 60, 140, 198, _PAPER)
    drawing.line((580, 159), (740, 159), color=_ACCENT, width=3, dash=10)
    drawing.text(660, 110, "dates, conseils", 16)
    for y in (200, 228):
        drawing.line((606, y), (714, y), width=2)
    drawing.arc(736, 159, 44, 60, 70, -70)
    drawing.text(660, 294, "ce qui est écrit reste à l’intérieur", 16)
    return drawing.picture


if __name__ == "__main__":
    main()
