"""The colours of a file for the print shop: as a screen shows them, their inks, and as they will look in print.

The colours are those of the theme. Their inks, and how these look in print, are computed with the profile of the
printing condition that the file itself contains.
"""

from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path

import pikepdf
from msgspec import Struct
from PIL import Image, ImageCms

from leaflet.faults import LeafletError
from leaflet.layout.theme import Theme
from leaflet.pdf.inks import parse_color
from leaflet.preflight.report.gallery import ReportFile
from leaflet.production.materials import Materials
from leaflet.production.pictures import inks_of
from leaflet.production.print_runs import PRINT_RUN

Shares = tuple[int, int, int, int]  # cyan, magenta, yellow and black, in percent
_BLACK = "K "  # what the name of a share of black alone begins with
_UNREADABLE = (ImageCms.PyCMSError, OSError)  # what a profile raises that is none; a rule reports it


class PressColor(Struct, frozen=True, kw_only=True):
    """A colour of a theme on a press."""

    name: str  # in the theme
    screen: str  # the colour on a screen, ``#rrggbb``
    inks: Shares  # the shares of the four inks
    printed: str | None  # the colour that they will have in print, ``#rrggbb`` in sRGB; None if it is not known

    @property
    def total(self) -> int:
        """All ink together, in percent."""
        return sum(self.inks)


class PressColors(Struct, frozen=True, kw_only=True):
    """The colours of a document that was made for the print shop; `condition` is that of its colour profile."""

    document: str
    condition: str
    colors: tuple[PressColor, ...]


def press_colors(files: Iterable[ReportFile], materials: Materials | None) -> Iterator[PressColors]:
    """Yield the colours of each document that there is a print run for the print shop of; none without a campaign."""
    runs = [read.file.path for read in files if any(claim.startswith("x") for claim in read.judged.claims)]
    for document in materials.campaign.documents if materials else ():
        path = next((path for path in runs if _is_run_of(path, document.name)), None)
        if path is None or materials is None:
            continue
        try:
            theme = materials.design_of(document).theme
        except LeafletError:  # the check of the campaign reports it
            continue
        condition, profile = _read_profile(path)
        yield PressColors(document=document.name, condition=condition, colors=tuple(_colors(theme, profile)))


def _is_run_of(path: Path, document: str) -> bool:
    """Tell whether a file is a volume of a document's print run: « print-run-leaflet-a4-01.pdf »."""
    stem, _, number = path.stem.rpartition("-")
    wanted = f"{PRINT_RUN}-{document}"
    return path.stem == wanted or (stem == wanted and number.isdecimal())


def _read_profile(path: Path) -> tuple[str, bytes]:
    """Return the printing condition of a PDF/X file and its ICC profile, each empty if it has none."""
    try:
        with pikepdf.open(path) as pdf:
            intent = pdf.Root.OutputIntents[0]
            return str(intent.get("/OutputConditionIdentifier", "")), intent.DestOutputProfile.read_bytes()
    except (pikepdf.PdfError, AttributeError, IndexError, TypeError, ValueError, OSError):
        return "", b""  # a rule reports it


def _colors(theme: Theme, profile: bytes) -> Iterator[PressColor]:
    """Yield the colours of a theme whose inks are known: without a profile, those that it gives itself."""
    try:
        known = inks_of(theme, profile)
    except _UNREADABLE:
        known = theme.inks
    inks: dict[str, Shares] = {}
    for name, color in theme.colors.items():
        if color.startswith(_BLACK):  # « K 85 » is black alone
            inks[name] = 0, 0, 0, int(color.removeprefix(_BLACK))
        elif name in known:
            cyan, magenta, yellow, black = map(int, known[name].split())
            inks[name] = cyan, magenta, yellow, black
    for (name, shares), seen in zip(inks.items(), look_in_print([*inks.values()], profile), strict=True):
        levels = [round(255 * level) for level in parse_color(theme.colors[name])]
        screen = _hex(levels * 3 if len(levels) == 1 else levels)
        yield PressColor(name=name, screen=screen, inks=shares, printed=seen)


def look_in_print(inks: Sequence[Shares], profile: bytes) -> list[str | None]:
    """Return the colours in sRGB that inks have in print, beside white paper; None for each without a profile."""
    try:
        transform = ImageCms.buildTransform(
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            "CMYK",
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    except _UNREADABLE:
        return [None] * len(inks)
    samples = bytes(round(255 * share / 100) for shares in inks for share in shares)
    seen = ImageCms.applyTransform(Image.frombytes("CMYK", (len(inks), 1), samples), transform)
    assert seen is not None
    levels = seen.tobytes()
    return [_hex(levels[at : at + 3]) for at in range(0, len(levels), 3)]


def _hex(levels: Iterable[int]) -> str:
    return "#" + "".join(f"{level:02x}" for level in levels)
