"""A long file written as it goes: every object where the table says, everything shared written once."""

import hashlib
import io
from datetime import UTC, datetime
from typing import Any

import pikepdf
import pypdfium2
import pytest
from msgspec.structs import replace

from leaflet.geometry import Box, mm, to_pt
from leaflet.layout.face import Face, FaceStencil, Placed
from leaflet.layout.marks import Shape, Text
from leaflet.layout.piece import Group, Piece
from leaflet.pdf.flavour import office_flavour, press_flavour, screen_flavour
from leaflet.pdf.inks import PressInks, ScreenInks
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.objects import offset_of
from leaflet.pdf.print_run_file import PrintRunWriter
from leaflet.pdf.writer import StreamedFile
from leaflet.preflight.pdf.page_reader import read_pages
from tests.support import fontbook, theme_named

WIDTH, HEIGHT = mm(100), mm(50)
DATE = datetime(2018, 11, 5, tzinfo=UTC)
THEME = theme_named("default")
X4 = press_flavour("FOGRA39", b"profile")


def piece(text: str) -> Piece:
    marks = (Shape(Box(0, 0, WIDTH, mm(10)), fill="line"), Text(mm(5), mm(7), text, "regular", 12, "ink"))
    return Piece("p", "t.xml:1", WIDTH, mm(10), (Group(marks, None),), (), 0)


FOOTER = piece("Pied")


def face(*texts: str, **more: Any) -> Face:
    """A page with these lines and the footer that all pages share."""
    placed = [Placed(piece(text), 0, number * mm(10)) for number, text in enumerate(texts)]
    return Face(WIDTH, HEIGHT, (*placed, Placed(FOOTER, 0, mm(40))), **more)


def writer(file: Any, *, press: bool = False, reach: int = 0) -> PrintRunWriter:
    """A run for the copy room or, as PDF/X-4, for the print shop."""
    flavour = X4 if press else office_flavour()
    inks = PressInks(THEME.colors, THEME.inks) if press else ScreenInks(THEME.colors)
    master = Master(fontbook(), "Feuille Pied 0123456789", inks, {}, flavour)
    return PrintRunWriter(file, master, Metadata("Section", DATE, flavour.claim), reach=reach)


def written(*parts: list[tuple[list[Face], int]], **more: Any) -> tuple[bytes, StreamedFile]:
    out = io.BytesIO()
    run = writer(out, **more)
    for pages in parts:
        run.add(pages)
    file = run.close("Essai")
    return out.getvalue(), file


def part(copies: int, *faces: Face) -> list[tuple[list[Face], int]]:
    return [(list(faces), copies)]


def pages_text(data: bytes) -> list[str]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.get_textpage().get_text_range().replace("\r\n", " ") for page in pdf]


FRONT, BACK = face("Feuille 1"), face("Feuille 2")


@pytest.mark.parametrize("press", [False, True])
@pytest.mark.parametrize("copies", [1, 49, 50, 51, 120])
def test_the_file_is_sound_without_repair(copies: int, press: bool) -> None:
    """Whatever the number of pages: no object is missing, none is lost, the tree holds all of them in order."""
    data, file = written(part(copies, FRONT, BACK), part(1, BACK, FRONT), press=press)
    assert (file.size, file.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    with pikepdf.open(io.BytesIO(data), attempt_recovery=False) as pdf:
        assert pdf.check_pdf_syntax() == [] and pdf.get_warnings() == []
        assert [page.objgen[0] for page in pdf.pages] == list(file.pages)
        assert pdf.Root.Pages.objgen[0] == file.tree
        assert int(pdf.Root.Pages.Count) == len(file.pages) == 2 * copies + 2
        assert str(pdf.docinfo.Title) == "Essai"


def test_pages_in_their_order() -> None:
    """A hundred pages are a node, copies stand together; no clock; a master of tagged files is refused."""
    data, _ = written(part(130, FRONT, BACK))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        nodes = list(pdf.Root.Pages.Kids)
        assert [int(node.Count) for node in nodes] == [len(node.Kids) for node in nodes] == [100, 100, 60]
        assert all(kid.Parent.objgen == node.objgen for node in nodes for kid in node.Kids)
    data, _ = written([([face("Feuille 0")], 1), ([FRONT, BACK], 2)], [([BACK], 1)], [])
    assert [text[8] for text in pages_text(data)] == list("012122")
    assert all("Pied" in text for text in pages_text(data))
    parts = (part(2, FRONT, BACK), part(1, BACK))
    assert written(*parts)[0] == written(*parts)[0] and written(*parts)[0] != written(*parts[::-1])[0]
    master = Master(fontbook(), "a", ScreenInks(THEME.colors), {}, screen_flavour())
    with pytest.raises(AssertionError):
        PrintRunWriter(io.BytesIO(), master, Metadata("Section", DATE))


@pytest.mark.parametrize("press", [False, True])
def test_every_object_is_where_the_table_says(press: bool) -> None:
    """Each entry in use leads to the object of its number (ISO 32000-1 §7.5.8); no object is without one."""
    data, file = written(part(3, FRONT, BACK), press=press)
    used = {number: offset_of(one) for number, one in enumerate(file.references) if one}
    assert all(data[offset:].startswith(b"%d 0 obj\n" % number) for number, offset in used.items())
    with pikepdf.open(io.BytesIO(data)) as pdf:
        seen = {thing.objgen[0] for thing in pdf.objects if thing is not None}
    assert seen <= set(used) and 0 not in used


def test_a_piece_is_written_once() -> None:
    """The same piece on several faces is one form; copies of a face share its content and its resources."""
    data, _ = written(part(3, FRONT, BACK))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert len([o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Form"]) == 3
        fronts, backs = list(pdf.pages)[::2], list(pdf.pages)[1::2]
        for same in (fronts, backs):
            assert len({page.Contents.objgen for page in same}) == 1
            assert len({page.obj.Resources.objgen for page in same}) == 1
        shared = {form.objgen for form in fronts[0].Resources.XObject.values()} & {
            form.objgen for form in backs[0].Resources.XObject.values()
        }
        assert len(shared) == 1


def test_a_forgotten_piece_is_written_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory of forms is bounded; what fell out of it is painted anew, and the pages look the same."""
    faces = [face(f"Feuille {number}") for number in range(5)]
    whole, _ = written(part(1, *faces), part(1, *faces))
    monkeypatch.setattr("leaflet.pdf.print_run_file._FORMS", 2)
    bounded, file = written(part(1, *faces), part(1, *faces))
    assert len(bounded) > len(whole) and pages_text(bounded) == pages_text(whole)
    assert len(file.pages) == 10


@pytest.mark.parametrize("variable", [(0,), (1,), (3,), (0, 2), (1, 2), (0, 3), (0, 1, 2, 3)])
def test_variable_pieces_are_painted_where_they_stand(variable: tuple[int, ...]) -> None:
    """Faces that share all but some pieces look as they would alone, and their text comes in the same order."""
    records = [face(*(f"Feuille {number}{line}" for line in range(3))) for number in range(1, 4)]
    common = records[0]
    mixed = [
        replace(common, placed=tuple((record if n in variable else common).placed[n] for n in range(4)))
        for record in records
    ]
    alone, _ = written(part(2, *mixed))
    stencil = FaceStencil(variable)
    filled, _ = written(part(2, *(replace(one, stencil=stencil) for one in mixed)))
    assert pages_text(filled) == pages_text(alone) and pictures(filled) == pictures(alone)
    with pikepdf.open(io.BytesIO(filled)) as pdf:
        contents = [{content.objgen for content in page.Contents} for page in pdf.pages]
    shared = set.intersection(*contents)
    assert len(shared) == (variable[0] > 0) + (variable[-1] < 3)  # what stands before, what after
    assert all(len(names - shared) == 1 for names in contents) and contents[:3] == contents[3:]


def test_only_long_variable_content_is_compressed() -> None:
    """A code is a thousand rectangles; a few texts are written sooner than compressed."""
    mosaic = Group(tuple(Shape(Box(mm(n % 90), mm(n // 90), mm(1), mm(1)), fill="ink") for n in range(200)), None)
    code = replace(piece("Code"), groups=(mosaic,))
    short, long = face("Feuille 1"), Face(WIDTH, HEIGHT, (Placed(code, 0, 0),))
    data, _ = written(part(1, *(replace(one, stencil=FaceStencil((0,))) for one in (short, long))))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        own = [page.Contents[0] for page in pdf.pages]
        assert ["/Filter" in stream for stream in own] == [False, True]
        assert len(own[1].read_bytes()) > 5 * len(own[1].read_raw_bytes())


def pictures(data: bytes) -> list[bytes]:
    with pypdfium2.PdfDocument(data) as pdf:
        return [page.render(scale=2).to_pil().tobytes() for page in pdf]


def test_nothing_is_kept_until_the_end() -> None:
    """The file grows while pages are added; what is not on the disk yet is a buffer of bounded size."""
    out = io.BytesIO()
    run = writer(out)
    sizes = []
    for _ in range(4):
        run.add([([FRONT, BACK], 2000)])
        sizes.append(len(out.getvalue()))
    assert run.pages == 16_000
    assert sizes == sorted(set(sizes))
    file = run.close("Essai")
    assert len(run._objects._buffer) == 0
    assert file.size - sizes[-1] < 2**18 + 20 * (file.pages[-1] + 300) + 200_000


def test_boxes_of_a_page() -> None:
    """Without a trim all three are the sheet; with one the bleed is as much larger on every side."""
    plain, cut = face("Feuille 1"), face("Feuille 2", trim=Box(mm(10), mm(8), mm(80), mm(30)), bleed=mm(3))
    data, _ = written(part(1, plain, cut))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        boxes = [
            {name: [float(side) for side in page[f"/{name}Box"]] for name in ("Media", "Bleed", "Trim")}
            for page in pdf.pages
        ]
    sheet = [0, 0, to_pt(WIDTH), to_pt(HEIGHT)]
    assert all(box == pytest.approx(sheet, abs=0.001) for box in boxes[0].values())
    points = [to_pt(mm(side)) for side in (10, 12, 90, 42)]  # y up from the bottom of 50 mm
    bleed = [to_pt(mm(side)) for side in (7, 9, 93, 45)]
    assert boxes[1]["Media"] == pytest.approx(sheet, abs=0.001)
    assert boxes[1]["Trim"] == pytest.approx(points, abs=0.001)
    assert boxes[1]["Bleed"] == pytest.approx(bleed, abs=0.001)


@pytest.mark.parametrize(("reach", "shown"), [(0, mm(8)), (mm(3), mm(8)), (mm(10), mm(10))])
def test_forms_show_what_reaches_beyond_their_piece(reach: int, shown: int) -> None:
    """A form is cut off at its box: the box is larger, so that bleed and what hangs over the edge show."""
    data, _ = written(part(1, FRONT), reach=reach)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        (first, *_) = pdf.pages[0].Resources.XObject.values()
        box = [float(side) for side in first.BBox]
    edge = to_pt(shown)
    assert box == pytest.approx([-edge, -to_pt(mm(10)) - edge, to_pt(WIDTH) + edge, edge], abs=0.001)


def test_turned_pieces_stand_upside_down_in_their_place() -> None:
    """A piece turned by 180° prints in the same box, its text from right to left."""
    turned = replace(FRONT, placed=tuple(placed._replace(turned=True) for placed in FRONT.placed))
    data, _ = written(part(1, FRONT, turned))
    with pypdfium2.PdfDocument(data) as pdf:
        upright, upside = ([page.get_textpage().get_charbox(n) for n in (0, 6)] for page in pdf)
    assert upright[0][0] < upright[1][0]
    assert upside[0][0] > upside[1][0]
    # turned about the middle of the band of 10 mm, in the whole width
    middle = (to_pt(WIDTH) / 2, to_pt(HEIGHT) - to_pt(mm(5)))
    assert upside[0][0] == pytest.approx(2 * middle[0] - upright[0][2], abs=0.01)
    assert upside[0][1] == pytest.approx(2 * middle[1] - upright[0][3], abs=0.01)


@pytest.mark.parametrize("press", [False, True])
def test_words_in_a_picture_are_marked(press: bool) -> None:
    """A rule on the size of type knows them from others in a file without tags."""
    picture = Group((Text(mm(5), mm(7), "Feuille", "regular", 4, "ink"),), 0, "Figure")
    other = Group((Text(mm(5), mm(7), "Pied", "regular", 4, "ink"),), 1, "P")
    drawn = Piece("p", "t.xml:1", WIDTH, mm(10), (picture, other), (), 2)
    data, _ = written([([Face(WIDTH, HEIGHT, (Placed(drawn, 0, 0),))], 1)], press=press)
    words = read_pages(data)[0].words
    assert [(word.text, word.is_pictured) for word in words] == [("Feuille", True), ("Pied", False)]
