"""What a build checks of its own files: sound ones pass in every theme, damaged ones are named, nothing stays."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import pypdfium2.raw as raw
import pytest
from msgspec.structs import replace
from PIL import Image

from leaflet.faults import Fault, LeafletError, Place, RenderError
from leaflet.geometry import Box
from leaflet.layout.face import Layout
from leaflet.layout.marks import Rule
from leaflet.layout.piece import Group
from leaflet.layout.qr_matrix import make_matrix
from leaflet.pdf.verify_codes import decode
from leaflet.pdf.verify_file import DPI, Verifier, is_blank_paper, render
from leaflet.pdf.writer import PdfFile
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.program import assets
from leaflet.reuse.file_stencils import StencilWriter
from leaflet.reuse.page_stencils import StencilLayouter
from tests.campaigns import campaign_text, write_small_campaign
from tests.support import (
    LONG_NAME,
    SHORT_NAME,
    THEMES,
    compose_page,
    fault_of,
    grey,
    leaflet_layout,
    render_matrix,
    saved,
    wipe,
    write_file,
)

PLACE = Place(file="leaflet-a4/0370036N-lycee-balzac.pdf", key="0370036N")
PORTAL = "https://elections2018.education.gouv.fr/"
CODE_AND_LINE = (
    '<memo at="t.xml:3" cut="À découper"><blank at="t.xml:4" label="Adresse pro"/>'
    f'<qr at="t.xml:5" href="{PORTAL}" title="Portail" alt="QR"/></memo>'
)
ROWS = "uai;nom;commune\n0370035M;Lycée Descartes;Tours\n0370036N;Lycée Balzac;Tours\n"


def judge(folder: Path, data: bytes, layout: Layout, verifier: Verifier | None = None) -> None:
    """Verify bytes as if they were what a layout became."""
    path = folder / "a.pdf"
    path.write_bytes(data)
    (verifier or Verifier()).verify(path.read_bytes(), PdfFile(data, "", len(layout.faces)), layout, PLACE)


def damaged(folder: Path, data: bytes, layout: Layout) -> Fault:
    """The fault found in bytes that are not what the layout asks for; it names the file and the record."""
    fault = fault_of(lambda: judge(folder, data, layout))
    assert fault.place == PLACE
    return fault


def edited(layout: Layout, edit: Callable[[pikepdf.Pdf], object]) -> bytes:
    from io import BytesIO

    with pikepdf.open(BytesIO(write_file(layout).data)) as pdf:
        edit(pdf)
        return saved(pdf)


def options(folder: Path, **more: Any) -> BuildOptions:
    return BuildOptions(campaign=write_small_campaign(folder, campaign_text(), ROWS), out=folder / "out", **more)


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", [SHORT_NAME, LONG_NAME])
def test_what_the_writer_makes_passes(tmp_path: Path, theme: str, name: str) -> None:
    """The example's leaflet is sound in every theme, with a short name and the longest."""
    layout = leaflet_layout(name, theme)
    judge(tmp_path, write_file(layout, theme).data, layout)


def test_equal_pieces_are_judged_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two schools with the same codes and lines open one file; a new code opens the next."""
    opened: list[int] = []
    reader = pypdfium2.PdfDocument
    monkeypatch.setattr(pypdfium2, "PdfDocument", lambda data: opened.append(len(data)) or reader(data))
    verifier = Verifier()
    for name in (SHORT_NAME, "Lycée Rabelais", SHORT_NAME):
        layout = leaflet_layout(name)
        judge(tmp_path, write_file(layout).data, layout, verifier)
    assert len(opened) == 1
    layout = compose_page(CODE_AND_LINE)
    judge(tmp_path, write_file(layout).data, layout, verifier)
    assert len(opened) == 2


def test_pieces_are_judged_again_and_bytes_counted(tmp_path: Path) -> None:
    """A damaged file does not count as seen; a byte or a page more, less or other is found."""
    layout, verifier = compose_page(CODE_AND_LINE), Verifier()
    bad = edited(layout, wipe)
    for _ in range(2):
        with pytest.raises(RenderError):
            judge(tmp_path, bad, layout, verifier)
    judge(tmp_path, write_file(layout).data, layout, verifier)
    file, path = write_file(layout), tmp_path / "a.pdf"
    judge(tmp_path, file.data, layout, verifier)
    for kept in (file.data[:-1], file.data.replace(b"/Type /Page ", b"/Type /Pagf ", 1)):
        path.write_bytes(kept)
        assert fault_of(lambda: verifier.verify(path.read_bytes(), file, layout, PLACE)).code == "V101"
    layout = leaflet_layout()
    fault = damaged(tmp_path, edited(layout, lambda pdf: pdf.pages.append(pdf.pages[0])), layout)
    assert (fault.code, fault.values) == ("V102", {"found": 3, "expected": 2})
    fault = damaged(tmp_path, edited(layout, lambda pdf: pdf.pages.remove(p=2)), layout)
    assert (fault.code, fault.values["found"]) == ("V102", 1)


def test_a_code_too_pale_to_scan_stops_the_build(tmp_path: Path) -> None:
    """A theme whose code colour is nearly white gives V103 for every school, and no file."""
    folder = tmp_path / "themes"
    folder.mkdir(parents=True)
    default = (assets() / "themes" / "default.toml").read_text("utf-8")
    (folder / "default.toml").write_text(default.replace('code = "K 100"', 'code = "K 1"'), "utf-8")
    with pytest.raises(RenderError) as caught:
        build(options(tmp_path))
    assert [(fault.code, fault.place.record) for fault in caught.value.faults] == [
        ("V103", "0370035M"),
        ("V103", "0370036N"),
    ]
    assert not list((tmp_path / "out").rglob("*"))


@pytest.mark.parametrize("thickness", [200, 1000])
def test_a_mark_on_a_writing_line_is_found(tmp_path: Path, thickness: int) -> None:
    """A thin line of the piece itself, drawn where people write, is enough."""
    layout = compose_page(CODE_AND_LINE)
    face = layout.faces[0]
    placed = next(p for p in face.placed if p.piece.blanks)
    box = placed.piece.blanks[0].box
    middle = box.y + box.height // 2
    mark = Rule(box.x + box.width // 3, middle, box.x + box.width // 2, middle, thickness, "ink")
    piece = replace(placed.piece, groups=(*placed.piece.groups, Group((mark,), None)))
    marked = replace(layout, faces=(replace(face, placed=(placed._replace(piece=piece),)),))
    fault = damaged(tmp_path, write_file(marked).data, marked)
    assert (fault.code, fault.values) == ("V105", {"label": "Adresse pro", "page": 1})


def test_no_piece_stands_on_another_s_line(tmp_path: Path) -> None:
    """An invisible piece over a writing line is found by its place, without looking at the page."""
    layout = compose_page(CODE_AND_LINE)
    face = layout.faces[0]
    owner = next(p for p in face.placed if p.piece.blanks)
    box = owner.piece.blanks[0].box.moved(owner.x, owner.y)
    empty = replace(owner.piece, groups=(), blanks=(), codes=(), width=1000, height=1000)
    beside = owner._replace(piece=empty, x=box.x - 1000, y=box.y)
    over = owner._replace(piece=empty, x=box.x - 999, y=box.y)
    fine = replace(layout, faces=(replace(face, placed=(owner, beside)),))
    wrong = replace(layout, faces=(replace(face, placed=(owner, over)),))
    data = write_file(layout).data
    judge(tmp_path, data, fine)
    assert damaged(tmp_path, data, wrong).code == "F104"
    verifier = Verifier()
    for _ in range(2):  # one that was free says nothing of others, one that was not is not taken as seen
        judge(tmp_path, data, fine, verifier)
        assert fault_of(lambda: judge(tmp_path, data, wrong, verifier)).code == "F104"


def _no_resources(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0].Resources


def _font_is_a_number(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Resources.Font = 7


def _descriptor_is_a_number(pdf: pikepdf.Pdf) -> None:
    next(iter(pdf.pages[0].resources.Font.values())).FontDescriptor = 7


@pytest.mark.parametrize("edit", [_no_resources, _font_is_a_number, _descriptor_is_a_number])
def test_a_broken_page_is_a_fault(tmp_path: Path, edit: Callable[[pikepdf.Pdf], None]) -> None:
    """Whatever is missing in a file, the answer is a fault of that file, never a traceback."""
    layout = compose_page(CODE_AND_LINE)
    assert damaged(tmp_path, edited(layout, edit), layout).code in ("V106", "V107")


def test_a_page_that_pdfium_cannot_load_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise pypdfium2.PdfiumError("Failed to load page.")

    monkeypatch.setattr(pypdfium2.PdfDocument, "__getitem__", refuse)
    layout = compose_page(CODE_AND_LINE)
    assert damaged(tmp_path, write_file(layout).data, layout).code == "V107"


@pytest.mark.parametrize("kept", [0, 1, 500, 5000])
def test_a_file_cut_short_is_a_fault(tmp_path: Path, kept: int) -> None:
    """Too little of a file to open it is found by one of the two readers."""
    layout = compose_page(CODE_AND_LINE)
    assert damaged(tmp_path, write_file(layout).data[:kept], layout).code == "V107"


def test_a_build_with_a_damaged_file_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Verification comes before the names: the earlier build stays; without it the damaged file would go out."""
    build(options(tmp_path))
    out = tmp_path / "out"
    before = {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}
    layout = leaflet_layout()
    monkeypatch.setattr(StencilLayouter, "lay_out", lambda _self, _flow: layout)
    monkeypatch.setattr(StencilWriter, "write", lambda _self, layout: PdfFile(edited(layout, wipe), "", 2))
    with pytest.raises(LeafletError) as caught:
        build(options(tmp_path, anew=True))
    assert {fault.code for fault in caught.value.faults} == {"V103"} and caught.value.exit_code == 4
    assert {path: path.read_bytes() for path in out.rglob("*") if path.is_file()} == before
    assert build(options(tmp_path, verify=False, anew=True)).made == 2


def test_a_part_of_a_page_is_what_stands_under_the_box() -> None:
    """One inch is as many pixels as the resolution says, or two more; what is beyond the page is left out."""
    inch = 25_400
    document = pypdfium2.PdfDocument.new()
    page = document.new_page(2 * 72, 3 * 72)
    square = raw.FPDFPageObj_CreateNewRect(72, 72, 72, 72)  # the middle of the right half is dark
    raw.FPDFPath_SetDrawMode(square, raw.FPDF_FILLMODE_ALTERNATE, False)
    raw.FPDFPage_InsertObject(page, square)
    seen = {
        Box(0, 0, inch, inch): (255, 255), Box(inch, 0, inch, inch): (255, 255), Box(inch, inch, inch, inch): (0, 0),
        Box(inch, 2 * inch, inch, inch): (255, 255), Box(inch // 2, inch, inch, inch): (0, 255),
        Box(inch + 7, inch + 7, inch - 14, inch - 14): (0, 0),
    }  # fmt: skip
    for box, levels in seen.items():
        picture = render(page, box)
        assert 0 <= picture.width - DPI * box.width / inch <= 2
        assert 0 <= picture.height - DPI * box.height / inch <= 2
        inside = Image.frombytes("L", picture[:2], picture[2]).crop((2, 2, picture.width - 2, picture.height - 2))
        assert inside.getextrema() == levels
    beyond = render(page, Box(inch + inch // 2, 2 * inch, 3 * inch, 2 * inch))
    assert 0 <= beyond.width - DPI // 2 <= 1 and 0 <= beyond.height - DPI <= 1


def test_blank_paper() -> None:
    """A dark dot is found but at the very edges; a code gives its address, blank paper None."""
    paper = Image.new("L", (40, 20), 250)
    assert is_blank_paper(grey(paper))
    for place, is_blank in (((1, 1), False), ((38, 18), False), ((20, 10), False), ((0, 10), True), ((20, 19), True)):
        dotted = paper.copy()
        dotted.putpixel(place, 249)
        assert is_blank_paper(grey(dotted)) == is_blank
    assert not is_blank_paper(grey(paper.crop((0, 0, 40, 2))))  # where there is nothing, nothing is proven
    assert decode(grey(Image.fromarray(render_matrix(make_matrix(PORTAL, "M").rows)))) == PORTAL
    assert decode(grey(Image.new("L", (200, 200), 255))) is None
