"""A long file is looked at when it is finished: what cannot be scanned or written on is found, on its page."""

from pathlib import Path

import pypdfium2
import pytest
from msgspec.structs import replace

from leaflet.faults import Fault, Place
from leaflet.geometry import Box, mm
from leaflet.imposition.printer_marks import marks_piece
from leaflet.layout.face import Face, Placed
from leaflet.layout.marks import Rule, Shape
from leaflet.layout.piece import Group
from leaflet.pdf.flavour import office_flavour
from leaflet.pdf.inks import ScreenInks
from leaflet.pdf.master import Master
from leaflet.pdf.metadata import Metadata
from leaflet.pdf.print_run_file import PrintRunWriter
from leaflet.pdf.verify_streamed import StreamedVerifier, _Objects
from leaflet.pdf.writer import StreamedFile
from tests.support import LETTERS, compose_page, fault_of, fontbook, theme_named

PLACE = Place(file="print-run-leaflet-a4.pdf")
PORTAL = "https://elections2018.education.gouv.fr/"
MARKUP = (
    '<memo at="t.xml:3" cut="À découper"><blank at="t.xml:4" label="Adresse pro"/>'
    '<qr at="t.xml:5" href="{href}" title="Portail" alt="QR"/></memo>'
)


def face(href: str = PORTAL) -> Face:
    return compose_page(MARKUP.format(href=href)).faces[0]


PLAIN = compose_page('<p at="t.xml:3">Rien à vérifier.</p>').faces[0]


def owner(page: Face) -> Placed:
    return next(placed for placed in page.placed if placed.piece.codes)


def overpainted(page: Face) -> Face:
    """The same page with a black stroke across its code, in a piece of its own."""
    code = owner(page).locate(owner(page).piece.codes[0].box)
    bar = Box(code.x, code.y + code.height // 4, code.width, code.height // 2)
    piece = replace(marks_piece([], page.width, page.height), groups=(Group((Shape(bar, fill="ink"),), None),))
    return replace(page, placed=(*page.placed, Placed(piece, 0, 0, artifact=True)))


def scribbled(page: Face) -> Face:
    """The same page with a thin line of the piece itself where people write."""
    box = owner(page).piece.blanks[0].box
    middle = box.y + box.height // 2
    mark = Rule(box.x + box.width // 3, middle, box.x + box.width // 2, middle, 200, "ink")
    piece = replace(owner(page).piece, groups=(*owner(page).piece.groups, Group((mark,), None)))
    return replace(page, placed=tuple(p._replace(piece=piece) if p is owner(page) else p for p in page.placed))


def turned(page: Face) -> Face:
    return replace(page, placed=tuple(placed._replace(turned=True) for placed in page.placed))


def written(path: Path, *pages: Face) -> StreamedFile:
    master = Master(fontbook(), LETTERS, ScreenInks(theme_named("default").colors), {}, office_flavour())
    with path.open("wb") as file:
        writer = PrintRunWriter(file, master, Metadata("Section d’essai", None, "2b"))
        writer.add([(pages, 1)])
        return writer.close("Essai")


def verify(verifier: StreamedVerifier, path: Path, file: StreamedFile) -> None:
    with path.open("rb") as stored:
        verifier.verify(stored, file, PLACE)


def judge(folder: Path, meant: tuple[Face, ...], printed: tuple[Face, ...] | None = None) -> None:
    """Verify a file of the pages printed as if it were one of those meant."""
    file = written(folder / "a.pdf", *(meant if printed is None else printed))
    verifier = StreamedVerifier()
    verifier.note(0, meant, PLACE)
    verify(verifier, folder / "a.pdf", file)


def found(folder: Path, meant: tuple[Face, ...], printed: tuple[Face, ...]) -> Fault:
    fault = fault_of(lambda: judge(folder, meant, printed))
    assert fault.place == PLACE
    return fault


@pytest.mark.parametrize("looks", [1, 2, 400])
def test_a_sound_run_passes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, looks: int) -> None:
    """Codes and lines in their places, upright or turned, wherever they stand; however few are looked at together."""
    monkeypatch.setattr("leaflet.pdf.verify_streamed._LOOKS", looks)
    judge(tmp_path, (face(), PLAIN, face(PORTAL + "a"), turned(face(PORTAL + "b")), PLAIN))
    judge(tmp_path, (PLAIN,))


def test_what_is_opened_does_not_grow_with_the_run(tmp_path: Path) -> None:
    """A page is looked at with what it needs, not with all that a long run holds."""
    sizes = []
    for pages in (2, 200):
        path = tmp_path / f"{pages}.pdf"
        run = written(path, *(face(f"{PORTAL}{number}") for number in range(pages)))
        with path.open("rb") as file:
            needed = _Objects(file, run).needed([run.pages[1]])
        assert run.pages[1] in needed
        sizes.append((len(needed), len(run.references)))
    (few, short), (as_few, long) = sizes
    assert few == as_few < short < long


@pytest.mark.parametrize("page", [0, 1, 150])
def test_an_overpainted_code_is_found(tmp_path: Path, page: int) -> None:
    """V103 names the page, also one far from the first."""
    meant = (*[PLAIN] * page, face())
    fault = found(tmp_path, meant, (*meant[:-1], overpainted(meant[-1])))
    assert (fault.code, fault.values) == ("V103", {"page": page + 1})


def test_wrong_codes_and_lines_are_found(tmp_path: Path) -> None:
    """V104 says what the code holds and should; V105 names line and page, if the piece itself prints there."""
    other = PORTAL.replace("2018", "2022")
    fault = found(tmp_path, (PLAIN, face(other)), (PLAIN, face()))
    assert (fault.code, fault.values) == ("V104", {"page": 2, "found": PORTAL, "expected": other})
    page = scribbled(face())
    fault = found(tmp_path, (PLAIN, page), (PLAIN, page))
    assert (fault.code, fault.values) == ("V105", {"label": "Adresse pro", "page": 2})


def test_another_piece_on_a_line_is_found_before_it_is_written() -> None:
    """F104 comes when the page is noted, whatever the piece looks like."""
    page = face()
    box = owner(page).locate(owner(page).piece.blanks[0].box)
    over = Placed(replace(owner(page).piece, blanks=(), codes=(), groups=(), width=1000, height=1000), box.x, box.y)
    wrong = replace(page, placed=(*page.placed, over))
    assert fault_of(lambda: StreamedVerifier().note(0, (wrong,), PLACE)).code == "F104"


@pytest.mark.parametrize("more", [1, -1])
def test_a_missing_page_is_found(tmp_path: Path, more: int) -> None:
    """V102 has both numbers, if the tree holds fewer pages or more than were written."""
    path = tmp_path / "a.pdf"
    file = written(path, PLAIN, PLAIN, PLAIN)
    claimed = replace(file, pages=[*file.pages, 0][: 3 + more])
    fault = fault_of(lambda: verify(StreamedVerifier(), path, claimed))
    assert (fault.code, fault.values) == ("V102", {"found": 3, "expected": 3 + more})


@pytest.mark.parametrize("kept", [0, 1, 2000])
def test_a_file_cut_short_is_found(tmp_path: Path, kept: int) -> None:
    """V107: too little of a file to open it."""
    path = tmp_path / "a.pdf"
    file = written(path, PLAIN)
    path.write_bytes(path.read_bytes()[:kept])
    assert fault_of(lambda: verify(StreamedVerifier(), path, file)).code == "V107"


def test_equal_pieces_are_looked_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the same piece stands again nothing new is rendered; a new code is."""
    rendered: list[object] = []
    render = pypdfium2.PdfPage.render
    monkeypatch.setattr(pypdfium2.PdfPage, "render", lambda page, **how: rendered.append(page) or render(page, **how))
    page = face()
    judge(tmp_path, (page, page, page))
    assert len(rendered) == 2  # the code and the line
    judge(tmp_path, (page, face(PORTAL + "a"), page))
    assert len(rendered) == 2 + 4


def test_a_piece_is_looked_at_in_each_of_its_places(tmp_path: Path) -> None:
    """What stands over it in one place of a sheet may stand nowhere else."""
    page = face()
    moved = replace(page, placed=tuple(placed._replace(y=placed.y + mm(20)) for placed in page.placed))
    judge(tmp_path, (page, moved))
    assert found(tmp_path, (page, moved), (page, overpainted(moved))).code == "V103"


def test_a_font_that_is_not_in_the_file_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """V106, if there is no code to be looked at, too."""
    monkeypatch.setattr("leaflet.pdf.verify_file.raw.FPDFFont_GetIsEmbedded", lambda _font: 0)
    assert found(tmp_path, (PLAIN,), (PLAIN,)).code == "V106"


def test_the_next_volume_is_looked_at_anew(tmp_path: Path) -> None:
    """Also after a failure, and for nothing that only the one before had."""
    page, path = face(), tmp_path / "a.pdf"
    verifier = StreamedVerifier()
    for printed, codes in ((page, []), (overpainted(page), ["V103"]), (overpainted(page), ["V103"]), (page, [])):
        file = written(path, printed)
        verifier.note(0, (page,), PLACE)
        if codes:
            assert fault_of(lambda file=file: verify(verifier, path, file)).code == codes[0]
        else:
            verify(verifier, path, file)
    verifier, path = StreamedVerifier(), tmp_path / "a.pdf"
    for pages in ((PLAIN, face()), (PLAIN,)):
        verifier.note(0, pages, PLACE)
        verify(verifier, path, written(path, *pages))
