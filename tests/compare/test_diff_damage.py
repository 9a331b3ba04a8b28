"""Damaged files, and files from elsewhere: no traceback, no wait, and never « the same » when something was lost."""

import shutil
import subprocess
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw
from reportlab.pdfgen.canvas import Canvas

from leaflet.faults import UsageError
from leaflet.preflight.compare.differences import RecordChange
from leaflet.preflight.compare.pages_drawn import changed_blocks
from tests.preflight.samples import edited
from tests.preflight.support import compare_files, draw_shifted, lines, only_record
from tests.support import extract_text, leaflet_pdf

pytestmark = pytest.mark.drill

GHOSTSCRIPT, CHROMIUM = shutil.which("gs"), shutil.which("chromium")
SIZE = len(leaflet_pdf())
PLACE = st.integers(0, SIZE - 1)


def looks_the_same(data: bytes) -> bool:
    """Whether a file reads and looks as the example does, judged without any digest."""
    same_text = extract_text(data) == extract_text(leaflet_pdf())
    return same_text and not any(
        changed_blocks(draw_shifted(leaflet_pdf(), number), draw_shifted(data, number)).any() for number in (0, 1)
    )


def check_damaged(folder: Path, data: bytes) -> None:
    """Compare with the example: told as damaged, or as different, or nothing is lost."""
    try:
        found = compare_files(folder, leaflet_pdf(), data)
    except UsageError as error:
        assert [fault.code for fault in error.faults] == ["U066"]  # its very head is gone: no PDF any more
        return
    (record,) = found.records
    if record.status == "unreadable":
        assert found.has_errors
    elif record.status == "changed":
        assert record.pages or record.properties
    else:
        assert looks_the_same(data)


@settings(max_examples=8)
@given(st.lists(st.tuples(PLACE, st.integers(0, 7)), min_size=1, max_size=12))
def test_flipped_bits(tmp_path_factory: pytest.TempPathFactory, flips: list[tuple[int, int]]) -> None:
    data = bytearray(leaflet_pdf())
    for place, bit in flips:
        data[place] ^= 1 << bit
    check_damaged(tmp_path_factory.mktemp("flips"), bytes(data))


def test_a_font_whose_checksum_does_not_hold(tmp_path: Path) -> None:
    """Outlines may be whole where its instructions are not, and a reader draws something else."""
    data = bytearray(leaflet_pdf())
    data[867] ^= 1 << 2
    check_damaged(tmp_path, bytes(data))


@settings(max_examples=10)
@given(PLACE, st.integers(1, 400))
def test_lost_bytes(tmp_path_factory: pytest.TempPathFactory, place: int, count: int) -> None:
    data = leaflet_pdf()
    check_damaged(tmp_path_factory.mktemp("lost"), data[:place] + data[place + count :])


@pytest.mark.parametrize("size", [8, 1000, SIZE // 2, SIZE - 200])
def test_a_download_that_broke_off(tmp_path: Path, size: int) -> None:
    found = compare_files(tmp_path, leaflet_pdf(), leaflet_pdf()[:size])
    assert found.is_different and found.faults


def test_a_font_that_no_reader_opens(tmp_path: Path) -> None:
    """The letters' outlines are whole, a table beside them is not: PDFium draws another font."""

    def ruin(pdf: object) -> None:
        for font in pdf.pages[0].resources.Font.values():
            program = font.FontDescriptor.FontFile2
            data = bytearray(program.read_bytes())
            place = data.index(b"loca") + 8
            offset = int.from_bytes(data[place : place + 4], "big")
            data[offset + 20 : offset + 200] = bytes(180)
            program.write(bytes(data))

    record = only_record(compare_files(tmp_path, leaflet_pdf(), edited(leaflet_pdf(), ruin)))
    assert record.status == "changed" and all(page.boxes for page in record.pages)


def compare_foreign(folder: Path, old: bytes, new: bytes) -> RecordChange:
    """Two files from elsewhere, in which one word differs and nothing else."""
    again = only_record(compare_files(folder / "same", old, edited(old, linearize=True)))
    assert (again.status, again.pages) == ("same-content", ())
    return only_record(compare_files(folder / "other", old, new))


def by_reportlab(text: str) -> bytes:
    canvas = Canvas("unused.pdf", pagesize=(300, 200), invariant=True)
    canvas.drawString(40, 150, text)
    canvas.showPage()
    data: bytes = canvas.getpdfdata()
    return data


def test_a_font_that_is_not_embedded(tmp_path: Path) -> None:
    record = compare_foreign(tmp_path, by_reportlab("Bureau de vote 12"), by_reportlab("Bureau de vote 13"))
    assert [lines(page) for page in record.pages] == [[("Bureau de vote [12]", "Bureau de vote [13]")]]


def scanned(folder: Path, text: str) -> bytes:
    image = Image.new("RGB", (600, 400), "white")
    ImageDraw.Draw(image).text((60, 60), text, fill="black", font_size=40)
    folder.mkdir(exist_ok=True)
    image.save(folder / "scan.pdf", "PDF", resolution=100)
    return (folder / "scan.pdf").read_bytes()


def test_a_page_that_is_a_picture(tmp_path: Path) -> None:
    """No word can be read; the place where it differs is found."""
    record = compare_foreign(tmp_path / "c", scanned(tmp_path / "a", "le 6"), scanned(tmp_path / "b", "le 8"))
    (page,) = record.pages
    assert page.words == () and len(page.boxes) == 1


@pytest.mark.skipif(GHOSTSCRIPT is None, reason="Ghostscript is not installed")
def test_a_file_distilled_by_ghostscript_keeps_its_pages(tmp_path: Path) -> None:
    """Other fonts, other operators, other objects: what is lost are tags and claims, no page differs."""
    assert GHOSTSCRIPT is not None
    (tmp_path / "a.pdf").write_bytes(leaflet_pdf())
    command = [GHOSTSCRIPT, "-q", "-dNOPAUSE", "-dBATCH", "-dSAFER", "-sDEVICE=pdfwrite", "-o", "b.pdf", "a.pdf"]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True)
    record = only_record(compare_files(tmp_path, leaflet_pdf(), (tmp_path / "b.pdf").read_bytes()))
    assert record.pages == () and {change.name for change in record.properties} >= {"tags", "claims"}


def by_chromium(folder: Path, date: str) -> bytes:
    assert CHROMIUM is not None
    folder.mkdir(exist_ok=True)
    html = f"<meta charset=utf-8><title>Vote</title><h1>Élections</h1><p>Fin du vote : <b>{date}</b>, à 17 h.</p>"
    (folder / "a.html").write_text(html, "utf-8")
    command = [
        *(CHROMIUM, "--headless", "--no-sandbox", "--no-pdf-header-footer", "--disable-gpu"),
        f"--user-data-dir={folder / 'profile'}",
    ]
    subprocess.run(
        [*command, "--print-to-pdf=a.pdf", "a.html"], check=True, cwd=folder, capture_output=True, timeout=120
    )
    return (folder / "a.pdf").read_bytes()


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_page_printed_by_a_browser(tmp_path: Path) -> None:
    """Composite fonts, subsets of their own, dates of printing: one word differs."""
    old, new = by_chromium(tmp_path / "a", "6 décembre"), by_chromium(tmp_path / "b", "7 décembre")
    (page,) = compare_foreign(tmp_path / "c", old, new).pages
    (change,) = page.words
    assert [token.text for token in change.new if token.is_changed] == ["7"] and len(page.boxes) == 1


def test_pdfium_opens_what_is_compared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What one reader repairs and the other refuses is damaged: a printer may refuse it, too."""

    def refuse(*_: object) -> None:
        raise pypdfium2.PdfiumError("Data format error")

    monkeypatch.setattr(pypdfium2, "PdfDocument", refuse)
    found = compare_files(tmp_path, leaflet_pdf(), edited(leaflet_pdf(), linearize=True))
    assert {fault.code for fault in found.faults} == {"D103"}
    assert [record.status for record in found.records] == ["unreadable"]
