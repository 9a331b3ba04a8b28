"""Files that break a rule, and near misses that do not: what every family of rules is tested and documented with."""

from collections.abc import Callable, Mapping
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any, Literal
from warnings import catch_warnings

import pikepdf
from msgspec import Struct, field
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from leaflet.faults import Fault
from leaflet.preflight.judge import Judge
from leaflet.preflight.pdf.finished_file import FinishedFile
from leaflet.preflight.pdf.page_pieces import Memory
from leaflet.preflight.rule import Context, OutputFolder
from leaflet.preflight.rule_settings import RuleSettings
from tests.support import fontbook

DAY = date(2026, 11, 25)
CONTEXT = Context(day=DAY, domains=("ac-orleans-tours.fr", "ac-lyon.fr"))
FONT = "sample"


class Sample(Struct, frozen=True):
    """A file described in a few words, and a function that makes it; `output` makes a whole folder instead.

    `expected` makes the file that a campaign expects in its place.
    """

    what: str
    make: Callable[[], bytes] | None = None
    expected: Callable[[], bytes] | None = None
    name: str = "sample.pdf"
    output: Callable[[Path], OutputFolder] | None = None
    context: Context = CONTEXT
    settings: RuleSettings = field(default_factory=RuleSettings)
    is_personal: bool = False

    def judged(self, folder: Path) -> tuple[Fault, ...]:
        judge = Judge(self.context, self.settings)
        if self.output is not None:
            return judge.judge_output(self.output(folder))
        assert self.make is not None
        expected = self.expected() if self.expected else None
        return judge.judge_bytes(self.make(), self.name, is_personal=self.is_personal, expected=expected).faults


class Case(Struct, frozen=True, kw_only=True):
    """A rule's two samples."""

    broken: Sample
    near: Sample


Cases = Mapping[str, Case]


def drawn(
    draw: Callable[[Canvas], None], *, width: float = 210 * mm, height: float = 297 * mm, pages: int = 1
) -> bytes:
    """A file of another program: pages drawn with an embedded font, called `FONT`, and nothing else."""
    out = BytesIO()
    _register()
    canvas = Canvas(out, pagesize=(width, height), invariant=1, lang="fr")
    canvas.setTitle("Essai")
    for _ in range(pages):
        canvas.setFont(FONT, 12)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def written(*lines: str, pitch: float = 6, size: float = 12, font: str = FONT) -> bytes:
    """A page of lines, `pitch` mm apart."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont(font, size)
        for row, line in enumerate(lines):
            canvas.drawString(20 * mm, (250 - pitch * row) * mm, line)

    return drawn(draw)


def edited(data: bytes, edit: Callable[[pikepdf.Pdf], object] = lambda _pdf: None, **options: Any) -> bytes:
    """A file changed through pikepdf, and written as its options say."""
    out = BytesIO()
    with pikepdf.open(BytesIO(data)) as pdf:
        edit(pdf)
        pdf.save(out, static_id="encryption" not in options, **options)
    return out.getvalue()


def opened(data: bytes) -> FinishedFile:
    return FinishedFile("a.pdf", data, Memory())


def codes_of(data: bytes) -> set[str]:
    """The codes of all that is found in a file."""
    return {fault.code for fault in Judge(CONTEXT).judge_bytes(data, "a.pdf").faults}


def protected(data: bytes, *, revision: Literal[2, 3, 4, 5, 6] = 6) -> bytes:
    """A file that nobody opens without a password, by one of the ways of ISO 32000-1 §7.6 and 32000-2 §7.6."""
    lock = pikepdf.Encryption(user="u", owner="o", R=revision, aes=revision >= 4, metadata=revision >= 4)
    with catch_warnings(action="ignore"):  # of old ways
        return edited(data, encryption=lock)


def _register() -> None:
    if FONT not in pdfmetrics.getRegisteredFontNames():
        # the program's own: reportlab takes the first font of a face for all that come later under other names
        data = BytesIO(fontbook().face("regular").data)
        pdfmetrics.registerFont(TTFont(FONT, data, asciiReadable=0, shapable=False))


def page_of(content: bytes) -> bytes:
    out = BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].Contents = pdf.make_stream(content)
        pdf.save(out)
    return out.getvalue()
