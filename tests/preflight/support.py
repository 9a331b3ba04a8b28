"""What tests of comparisons share: builds with a change, files written otherwise, pages drawn elsewhere."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
import pypdfium2.raw as pdfium
from PIL import Image

from benchmarks.generate import write_campaign
from leaflet.geometry import PT_PER_INCH
from leaflet.preflight.compare.compare_builds import compare_paths
from leaflet.preflight.compare.differences import Comparison, PageChange, RecordChange
from leaflet.preflight.compare.pages_drawn import DPI, Picture
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.support import change_text

POPPLER = shutil.which("pdftoppm")

STAFF = """
[[document]]
template = "memo-card"
per = "person"
sheet = "cards-a4"
"""


def build_schools(folder: Path, count: int, *changes: tuple[str, str]) -> Path:
    """A build of generated schools, with texts of their list replaced; returns its folder."""
    campaign = write_campaign(folder / "campaign", count)
    change_text(folder / "campaign" / "ecoles.csv", *changes)
    return build_campaign(campaign, folder / "out")


def build_people(folder: Path, *changes: tuple[str, str]) -> Path:
    """A build of a leaflet and of memo cards with names for two schools; returns its folder."""
    campaign = write_campaign(folder / "campaign", 2)
    staff = "prenom;nom;uai\nJulie;Labert;0370000Z\nMarc;Orvault;0370001A\n"
    (folder / "campaign" / "personnels.csv").write_text(staff, "utf-8")
    change_text(folder / "campaign" / "personnels.csv", *changes)
    change_text(campaign, ('"ecoles.csv"', '"ecoles.csv"\nstaff = "personnels.csv"'))
    campaign.write_text(campaign.read_text("utf-8") + STAFF, "utf-8")
    return build_campaign(campaign, folder / "out")


def build_campaign(campaign: Path, out: Path) -> Path:
    build(BuildOptions(campaign=campaign, out=out, verify=False))
    return out


def copy_build(out: Path, to: Path) -> Path:
    shutil.copytree(out, to)
    return to


def compare_files(folder: Path, old: bytes, new: bytes, **options: Any) -> Comparison:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "old.pdf").write_bytes(old)
    (folder / "new.pdf").write_bytes(new)
    return compare_paths(folder / "old.pdf", folder / "new.pdf", **options)


def only_record(comparison: Comparison) -> RecordChange:
    """The one record of a comparison, compared without faults."""
    assert comparison.faults == ()
    (record,) = comparison.records
    return record


def only_page(comparison: Comparison) -> PageChange:
    """The one page that differs, in a file that says the same of itself as before."""
    record = only_record(comparison)
    assert record.status == "changed" and record.properties == ()
    (page,) = record.pages
    return page


def lines(page: PageChange) -> list[tuple[str, str]]:
    """The lines whose words differ, those words in brackets."""
    return [(_line(change.old), _line(change.new)) for change in page.words]


def _line(tokens: Any) -> str:
    return " ".join(f"[{token.text}]" if token.is_changed else token.text for token in tokens)


def draw_shifted(data: bytes, number: int = 0, *, right: float = 0.0, down: float = 0.0) -> Picture:
    document = pypdfium2.PdfDocument(data)
    try:
        page, scale = document[number], DPI / PT_PER_INCH
        width, height = (round(side * scale) for side in page.get_size())
        bitmap = pypdfium2.PdfBitmap.new_native(width, height, pdfium.FPDFBitmap_BGR)
        bitmap.fill_rect((255, 255, 255, 255), 0, 0, width, height)
        matrix, clip = pdfium.FS_MATRIX(scale, 0, 0, scale, right, down), pdfium.FS_RECTF(0, 0, width, height)
        flags = pdfium.FPDF_ANNOT | pdfium.FPDF_REVERSE_BYTE_ORDER
        pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap.raw, page.raw, matrix, clip, flags)
        return np.array(bitmap.to_numpy(), copy=True)
    finally:
        document.close()


def draw_by_poppler(path: Path, number: int = 0) -> Picture:
    """A page drawn by another renderer, at the size PDFium gives it."""
    assert POPPLER is not None
    page = str(number + 1)
    command = [POPPLER, "-r", str(DPI), "-f", page, "-l", page, "-singlefile", str(path)]
    ppm = subprocess.run(command, check=True, capture_output=True).stdout
    return np.array(Image.open(BytesIO(ppm)).convert("RGB"))
