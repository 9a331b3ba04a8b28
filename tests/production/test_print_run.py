"""A print run: every bundle in its place, counted right, for the copy room and for the print shop; all or nothing."""

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import pairwise
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pikepdf
import pytest
from PIL import Image

from leaflet.faults import DataError, Place, RenderError, UsageError, fail
from leaflet.geometry import mm, to_pt
from leaflet.pdf.standards.pdfx import check_press
from leaflet.pdf.verify_codes import decode
from leaflet.pdf.verify_streamed import StreamedVerifier
from leaflet.production.build_options import PrintRunOptions, PrintRunResult
from leaflet.production.packing_list import HEADER, in_delivery_order
from leaflet.production.print_runs import print_run
from leaflet.production.staging import Staging
from leaflet.tables.keys import check_letter
from tests.campaigns import campaign_text, list_of, write_small_campaign
from tests.press_profile import needs_profile
from tests.support import codes_of, fault_of, faults_of, grey, opened, page_picture, snapshot, tables_of
from tests.support import page_texts as texts
from tests.support import school as a_school

DOCUMENT = '[[document]]\ntemplate = "{template}"\ntheme = "{theme}"\n'
DESCARTES, BALZAC, VINCI, ZOLA = "0370035M", "0370036N", "0370001A", "0590001F"
# not in the order of delivery; Zola wants none
ROWS = (
    f"{DESCARTES};Lycée Descartes;37000;Tours;3",
    f"{ZOLA};Lycée Zola;59000;Lille;0",
    f"{VINCI};Lycée Léonard de Vinci;37400;Amboise;",
    f"{BALZAC};Lycée Balzac;37000;Tours;1",
)
ORDER = (BALZAC, DESCARTES, VINCI)
RUN, CSV, PDF = "print-run-leaflet-a4.pdf", "packing-list-leaflet-a4.csv", "packing-list-leaflet-a4.pdf"
UNPRINTABLE = f"{BALZAC};Lycée 学校;37000;Tours;2"


def campaign(
    folder: Path,
    *rows: str,
    template: str = "leaflet-a4",
    theme: str = "default",
    publisher: str = "",
    press: str = '[press]\nprinter = "Imprimerie d’exemple, Tours"\n',
    documents: str = "",
) -> Path:
    made = documents or DOCUMENT.format(template=template, theme=theme)
    text = campaign_text(f"{press}\n{made}", head="issued_on = 2018-11-05\n", publisher=f"{publisher}\n")
    return write_small_campaign(folder, text, list_of("uai;nom;code_postal;commune;exemplaires", rows or ROWS))


def ran(path: Path, out: str = "out", **options: Any) -> PrintRunResult:
    return print_run(PrintRunOptions(campaign=path, out=path.parent / out, **options))


def lines(result: PrintRunResult) -> list[dict[str, str]]:
    (name,) = [name for name in result.files if name.endswith(".csv")]
    return list(csv.DictReader(io.StringIO((result.out / name).read_text("utf-8-sig"), newline=""), delimiter=";"))


def volumes(result: PrintRunResult) -> list[Path]:
    return [result.out / name for name in result.files if name.startswith("print-run")]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> PrintRunResult:
    return ran(campaign(tmp_path_factory.mktemp("run")), copies=2)


# --- order and counts -----------------------------------------------------------------------------------------


def test_the_order_is_that_of_delivery() -> None:
    """By postcode, commune and name; accents and capitals count as what they stand on."""
    wanted = [tuple(row) for row in tables_of(__file__)["delivery"]]
    schools = [a_school(name, postcode=postcode, town=town) for postcode, town, name in wanted]
    for given in (schools[::-1], schools[4:] + schools[:4]):
        assert [(s.postcode, s.town, s.name) for s in in_delivery_order(given)] == wanted


def test_every_bundle_lies_behind_its_sheet(run: PrintRunResult) -> None:
    """Sheet, white back, then as many leaflets as the school wants; a school that wants none is not there."""
    assert (run.schools, run.copies, run.pages) == (3, 6, 3 * 2 + 6 * 2)
    pages = texts(run.out / RUN)
    assert len(pages) == run.pages
    fronts = [number for number, text in enumerate(pages) if "Paquet" in text]
    assert all(f"Paquet {n} sur 3" in pages[number] for n, number in enumerate(fronts, 1))
    assert fronts == [0, 4, 12]
    names = ("Lycée Balzac", "Lycée Descartes", "Lycée Léonard de Vinci")
    for start, end, name, copies in zip(fronts, (*fronts[1:], 18), names, (1, 3, 2), strict=True):
        assert name in pages[start]
        assert {str(copies), "exemplaires" if copies > 1 else "exemplaire"} <= set(pages[start].split())
        assert pages[start + 1] == ""
        assert [name in text for text in pages[start + 2 : end]] == [True, False] * copies
    assert "Zola" not in "".join(pages)


def test_the_code_on_a_bundle_sheet_is_the_school_and_its_back_is_white(run: PrintRunResult) -> None:
    """So that the first leaflet begins on a new sheet of paper; nothing at all is printed there."""
    with opened(run.out / RUN) as pdf:
        assert len(pdf) % 2 == 0
        for number in (1, 5, 13):
            assert page_picture(pdf, number, 40).getextrema() == (255, 255)
        assert page_picture(pdf, 0, 40).getextrema()[0] < 128
        assert [decode(grey(page_picture(pdf, number))) for number in (0, 4, 12)] == list(ORDER)


def test_a_leaflet_of_one_side_has_a_bundle_sheet_of_one_side(tmp_path: Path) -> None:
    """A school gets one poster, on one side: a white page would be a white sheet of A3."""
    result = ran(campaign(tmp_path, ROWS[0], template="poster-a3"))
    pages = texts(volumes(result)[0])
    assert ["Paquet" in text for text in pages] == [True, False]
    assert all(text for text in pages)
    assert [(line["pages"], line["exemplaires"]) for line in lines(result)] == [("2", "1")]


def test_an_odd_number_of_pages_is_filled_up(tmp_path: Path) -> None:
    """Three pages of large print: a white fourth ends each copy; the next begins on a new sheet."""
    result = ran(campaign(tmp_path, ROWS[3].replace(";1", ";2"), template="vote-dates-a4", theme="large-print"))
    pages = texts(volumes(result)[0])
    assert len(pages) == result.pages == 2 + 2 * 4
    assert ([number for number, text in enumerate(pages) if text == ""], pages[2:6]) == ([1, 5, 9], pages[6:10])


@pytest.mark.parametrize(("copies", "pages"), [(1, [2 + 2, 2 + 6, 2 + 2]), (0, [2 + 2, 2 + 6])])
def test_the_list_comes_before_the_option(tmp_path: Path, copies: int, pages: list[int]) -> None:
    """--copies is for schools whose list says nothing; 0 leaves them out."""
    result = ran(campaign(tmp_path), copies=copies, verify=False)
    assert ([int(line["pages"]) for line in lines(result)], result.copies) == (pages, 4 + copies)


def test_once_prints_each_leaflet_once(tmp_path: Path) -> None:
    """The sheet and the list still say how many copies to make."""
    result = ran(campaign(tmp_path), once=True, copies=40, verify=False)
    assert (result.pages, result.copies) == (3 * 4, 1 + 3 + 40)
    pages = texts(volumes(result)[0])
    assert [text.count("exemplaire") for text in pages[::4]] == [1, 1, 1]
    assert "40 exemplaires" in pages[8]
    assert [(line["exemplaires"], line["pages"]) for line in lines(result)] == [("1", "4"), ("3", "4"), ("40", "4")]


def test_only_some_schools(tmp_path: Path) -> None:
    """--only makes a run of these; nobody wanting a copy is a fault, not an empty file."""
    path = campaign(tmp_path)
    assert [line["uai"] for line in lines(ran(path, only=frozenset({DESCARTES}), verify=False))] == [DESCARTES]
    assert fault_of(lambda: ran(path, "none", only=frozenset({ZOLA}))).code == "U005"
    assert not (tmp_path / "none").exists()


# --- volumes --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("limit", [8, 11, 12, 13, 16, 18])
def test_a_volume_holds_whole_bundles(tmp_path: Path, limit: int) -> None:
    """Never more pages than asked for, never a school in two volumes, no volume that could be spared."""
    result = ran(campaign(tmp_path), pages=limit, copies=2, verify=False)
    files = volumes(result)
    assert [path.name for path in files] == [f"print-run-leaflet-a4-{n:02}.pdf" for n in range(1, len(files) + 1)]
    sizes = []
    for number, path in enumerate(files, 1):
        pages = texts(path)
        sizes.append(len(pages))
        inside = [line for line in lines(result) if line["volume"] == str(number)]
        firsts = [int(line["premiere_page"]) for line in inside]
        assert firsts == [n for n, text in enumerate(pages, 1) if "Paquet" in text]
        assert int(inside[-1]["derniere_page"]) == len(pages)
    assert max(sizes) <= limit
    assert sum(sizes) == result.pages == 18
    firsts = [int(line["pages"]) for line in lines(result) if line["premiere_page"] == "1"][1:]
    assert all(size + first > limit for size, first in zip(sizes, firsts, strict=False))


def test_a_bundle_too_large_for_a_volume(tmp_path: Path) -> None:
    """It is never split: the message says how many pages it needs; --once needs fewer; --keep-going leaves it out."""
    path = campaign(tmp_path)
    fault = fault_of(lambda: ran(path, pages=7))
    assert (fault.code, fault.place) == ("U008", Place(file="ecoles.csv", line=2, key=DESCARTES))
    assert fault.values == {"value": 7, "needed": 8}
    assert not (tmp_path / "out").exists()
    assert ran(path, "once", pages=7, once=True, verify=False).schools == 3
    result = ran(path, "left", pages=7, keep_going=True, verify=False)
    assert [line["uai"] for line in lines(result)] == [BALZAC, VINCI]
    codes = [fault.code for fault in result.faults]
    assert codes == ["C220", "U008"]  # the mailbox of Orléans-Tours was attested in 2018


# --- the packing list -----------------------------------------------------------------------------------------


def test_the_packing_list_counts_what_is_in_the_file(run: PrintRunResult) -> None:
    """Ranges follow each other without a gap from the first page to the last of the page tree."""
    assert run.volumes == ((run.schools, run.copies),)
    found = lines(run)
    assert (tuple(found[0]), [line["uai"] for line in found]) == (HEADER, list(ORDER))
    assert [line["paquet"] for line in found] == ["1", "2", "3"]
    ranges = [(int(line["premiere_page"]), int(line["derniere_page"])) for line in found]
    assert ranges[0][0] == 1
    assert all(after[0] == before[1] + 1 for before, after in pairwise(ranges))
    assert [last - first + 1 for first, last in ranges] == [int(line["pages"]) for line in found]
    with pikepdf.open(run.out / RUN) as pdf:
        assert ranges[-1][1] == len(pdf.pages) == int(pdf.Root.Pages.Count) == run.pages


def test_the_packing_list_opens_in_french_spreadsheets(run: PrintRunResult) -> None:
    data = (run.out / CSV).read_bytes()
    assert data.startswith(b'\xef\xbb\xbf"paquet";"volume";')
    assert data.count(b"\r\n") == data.count(b"\n") == 4
    assert '"Lycée Descartes";"";"37000";"Tours";"3";"8"\r\n'.encode() in data


FORMULAS = ("=1+1", "@SUM(A1)", "-2+3", "+33 1", "=cmd|' /C calc'!A0")


def test_no_cell_of_the_packing_list_is_a_formula(tmp_path: Path) -> None:
    """Names that a spreadsheet would calculate are marked as text; in the PDF they stand as they are."""
    numbers = [f"037000{n}" for n in range(len(FORMULAS))]
    rows = [f"{n}{check_letter(n)};{name};37000;{name};1" for n, name in zip(numbers, FORMULAS, strict=True)]
    result = ran(campaign(tmp_path, *rows), verify=False)
    assert sorted(line["nom"] for line in lines(result)) == sorted(f"'{name}" for name in FORMULAS)
    for row in csv.reader(io.StringIO((result.out / CSV).read_text("utf-8-sig"), newline=""), delimiter=";"):
        assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)
    listed = "".join(texts(result.out / PDF))
    assert all(name in listed for name in ("=1+1", "@SUM(A1)", "+33 1"))


@pytest.mark.parametrize(("at_a_time", "least"), [(400, 2), (20, 3)])
def test_the_packing_list_on_paper_names_every_school(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_a_time: int, least: int
) -> None:
    """All of them, on numbered pages below one heading, however many schools are laid out at a time."""
    monkeypatch.setattr("leaflet.production.packing_list._LINES", at_a_time)
    numbers = [f"{370000 + n:07}" for n in range(60)]
    rows = [f"{n}{check_letter(n)};Collège numéro {int(n[-2:])};37000;Tours;{int(n[-2:]) + 1}" for n in numbers]
    pages = texts(ran(campaign(tmp_path, *rows), once=True, verify=False).out / PDF)
    assert len(pages) >= least
    joined = " ".join(pages)
    assert joined.count("Liste de colisage") == 1
    assert f"60 paquets, {sum(range(1, 61))} exemplaires" in joined
    assert [joined.count(f"{n}{check_letter(n)}") for n in numbers] == [1] * 60
    assert [joined.count(f"Collège numéro {n} ") for n in range(60)] == [1] * 60
    assert [f"page {n}" in text for n, text in enumerate(pages, 1)] == [True] * len(pages)


# --- the file -------------------------------------------------------------------------------------------------


def test_the_same_run_is_the_same_bytes(tmp_path: Path, run: PrintRunResult) -> None:
    """Made again elsewhere, over an earlier one and without looking at it: not a byte differs."""
    path = campaign(tmp_path)
    first = snapshot(ran(path, copies=2).out)
    assert (sorted(first), first) == (sorted(run.files), snapshot(run.out))
    assert snapshot(ran(path, copies=2, verify=False).out) == first


def streams(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return sum(isinstance(thing, pikepdf.Stream) for thing in pdf.objects)


def test_copies_share_their_content(tmp_path: Path) -> None:
    """A copy is nothing but a page: no stream more for it, and a few hundred bytes; so a run can be long."""
    few, many = (
        volumes(ran(campaign(tmp_path / str(n), f"{DESCARTES};Lycée Descartes;37000;Tours;{n}"), verify=False))[0]
        for n in (2, 202)
    )
    assert streams(few) == streams(many)
    pages = 200 * 2
    assert (many.stat().st_size - few.stat().st_size) / pages < 300
    with pikepdf.open(many) as pdf:
        contents = [tuple(content.objgen for content in contents_of(page)) for page in pdf.pages]
        assert (len(contents), len(set(contents))) == (pages + 2 + 4, 4)


def contents_of(page: pikepdf.Page) -> list[pikepdf.Object]:
    contents = page.obj.Contents
    return [*contents] if isinstance(contents, pikepdf.Array) else [contents]


def test_schools_share_all_but_their_own_words(tmp_path: Path) -> None:
    """A further school adds a stream for each side of its sheet and of its leaflet, with what names it."""
    one, two = (volumes(ran(campaign(tmp_path / str(n), *ROWS[3:], *ROWS[:n]), verify=False))[0] for n in (0, 1))
    assert streams(two) - streams(one) == 4
    with pikepdf.open(two) as pdf:
        contents = [[content.objgen for content in contents_of(page)] for page in pdf.pages]
        old, new = contents[:4], contents[4:8]
        assert [len({*before} & {*after}) for before, after in zip(old, new, strict=True)] == [1, 0, 1, 1]
        assert [len({*after} - {*before}) for before, after in zip(old, new, strict=True)] == [1, 1, 1, 1]


def test_a_run_for_the_copy_room_is_archivable(run: PrintRunResult) -> None:
    """Whole, without repair, valid as PDF/A-2b; no tags and no links, which a run does not claim."""
    import page as validation

    for name in (RUN, PDF):
        result = validation.validate_pdf_bytes((run.out / name).read_bytes(), profile="2b")
        assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]
        with pikepdf.open(run.out / name, attempt_recovery=False) as pdf:
            assert (pdf.check_pdf_syntax(), pdf.get_warnings()) == ([], [])
            assert "/StructTreeRoot" not in pdf.Root


# --- faults ---------------------------------------------------------------------------------------------------


def test_a_faulty_row_stops_the_run(tmp_path: Path) -> None:
    ran(campaign(tmp_path), verify=False)
    before = snapshot(tmp_path / "out")
    path = campaign(tmp_path, ROWS[0], ROWS[3].replace(BALZAC, "0370036X"), ROWS[2])
    for out in ("out", "new"):
        assert fault_of(lambda out=out: ran(path, out)).code == "T304"
    assert snapshot(tmp_path / "out") == before
    assert not (tmp_path / "new").exists()


def test_a_document_must_be_chosen(tmp_path: Path) -> None:
    both = "".join(DOCUMENT.format(template="leaflet-a4", theme=theme) for theme in ("default", "grey"))
    path = campaign(tmp_path, documents=both)
    assert codes_of(lambda: ran(path), UsageError) == ["U007"]
    assert fault_of(lambda: ran(path, document="affiche")).code == "U006"
    assert ran(path, document="leaflet-a4-grey", verify=False).files[0] == "print-run-leaflet-a4-grey.pdf"
    (tmp_path / "personnels.csv").write_text(f"prenom;nom;uai\nJulie;Labert;{BALZAC}\n", "utf-8")
    text = path.read_text("utf-8").replace("[data]", '[data]\nstaff = "personnels.csv"')
    card = '[[document]]\ntemplate = "memo-card"\nper = "person"\nsheet = "avery-c32011"\n'
    path.write_text(text.split("[[document]]")[0] + card, "utf-8")
    assert fault_of(lambda: ran(path, "cards")).code == "P406" and not (tmp_path / "cards").exists()


def test_a_disk_that_is_full_in_the_middle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says becomes a message of the run; nothing is left, and the earlier run stays."""
    path = campaign(tmp_path)
    ran(path, verify=False)
    before = snapshot(tmp_path / "out")

    class Full(io.BytesIO):
        def write(self, _data: object) -> int:
            raise OSError(28, "No space left on device")

    @contextmanager
    def stream(_self: Staging, _name: str) -> Iterator[BinaryIO]:
        yield Full()

    monkeypatch.setattr(Staging, "stream", stream)
    monkeypatch.setattr("leaflet.pdf.writer._BUFFER", 1)
    fault = fault_of(lambda: ran(path, keep_going=True))
    assert fault.code == "W101" and "No space left" in fault.reason("en")
    assert snapshot(tmp_path / "out") == before


def test_a_volume_found_wrong_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not one school that can be left out: with --keep-going, too, nothing is written."""

    def refuse(_self: StreamedVerifier, _stored: object, _file: object, place: Place) -> None:
        if str(place.file).endswith("-01.pdf"):
            raise fail("V103", place, page=1)

    monkeypatch.setattr(StreamedVerifier, "verify", refuse)
    fault = fault_of(lambda: ran(campaign(tmp_path), pages=8, keep_going=True), RenderError)
    assert (fault.code, fault.place.file) == ("V103", "print-run-leaflet-a4-01.pdf")
    assert not (tmp_path / "out").exists()


# --- for the print shop ---------------------------------------------------------------------------------------


def press_run(folder: Path, bleed: str = "3mm", **options: Any) -> PrintRunResult:
    press = f'[press]\nprinter = "Imprimerie d’exemple, Tours"\nbleed = "{bleed}"'
    path = campaign(folder, publisher='logo = "logo.png"', press=press)
    ramp = np.linspace(0, 255, 300 * 100 * 3).astype(np.uint8).reshape(100, 300, 3)
    Image.fromarray(ramp).save(folder / "logo.png")
    return ran(path, press="x4", copies=2, **options)


@pytest.fixture(scope="module", params=["3mm", "5mm"])
def pressed(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, PrintRunResult]:
    """The least and the widest bleed, each with its run."""
    bleed = request.param
    return bleed, press_run(tmp_path_factory.mktemp(bleed), bleed)


@needs_profile
def test_the_file_is_what_it_claims_to_be(pressed: tuple[str, PrintRunResult]) -> None:
    for path in volumes(pressed[1]):
        assert check_press(path) == []


@needs_profile
def test_boxes_of_a_press_page(pressed: tuple[str, PrintRunResult]) -> None:
    """The trim is the leaflet, the bleed as wide as the campaign says on all sides; nothing can be clicked."""
    bleed, result = pressed
    width = to_pt(mm(float(bleed.removesuffix("mm"))))
    with pikepdf.open(volumes(result)[0]) as pdf:
        assert len(pdf.pages) == result.pages == 18
        for page in pdf.pages:
            trim, edge = ([float(side) for side in page[f"/{name}Box"]] for name in ("Trim", "Bleed"))
            assert [trim[2] - trim[0], trim[3] - trim[1]] == pytest.approx([to_pt(mm(210)), to_pt(mm(297))], abs=0.01)
            gaps = [trim[0] - edge[0], trim[1] - edge[1], edge[2] - trim[2], edge[3] - trim[3]]
            assert gaps == pytest.approx([width] * 4, abs=0.01)
            assert "/Annots" not in page


@needs_profile
def test_what_touches_the_edge_goes_on_beyond_it(pressed: tuple[str, PrintRunResult]) -> None:
    """The banner at the head of the leaflet is printed out to the edge of the bleed, and not further."""
    bleed, result = pressed
    dots = 4  # of a millimetre
    with opened(volumes(result)[0]) as pdf:
        picture = np.asarray(page_picture(pdf, 2, round(25.4 * dots)))
    outer = round((10 + float(bleed.removesuffix("mm"))) * dots)  # the trim's edge, of 10 mm for marks and the bleed
    edge = outer - round(float(bleed.removesuffix("mm")) * dots)
    middle = picture.shape[1] // 2
    assert (picture[edge + 1 : outer, middle] < 200).all()
    assert picture[edge - 2, middle] == 255


def operators(pdf: pikepdf.Pdf) -> set[str]:
    forms = [thing for thing in pdf.objects if isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Form"]
    sources: list[Any] = [*(page.obj for page in pdf.pages[:4]), *forms]
    return {str(found.operator) for source in sources for found in pikepdf.parse_content_stream(source)}


@needs_profile
def test_nothing_is_in_rgb(pressed: tuple[str, PrintRunResult]) -> None:
    """Neither what is painted nor the logo: four inks alone, and the colour of registration for marks."""
    with pikepdf.open(volumes(pressed[1])[0]) as pdf:
        found = operators(pdf)
        assert {"k", "re", "Do", "CS", "SCN"} <= found
        assert not {"rg", "RG", "g", "G", "sc", "SC", "sh"} & found
        images = [o for o in pdf.objects if isinstance(o, pikepdf.Stream) and o.get("/Subtype") == "/Image"]
        assert [str(image.ColorSpace) for image in images] == ["/DeviceCMYK"]
        assert b"RGB" not in pdf.Root.OutputIntents[0].DestOutputProfile.read_bytes()[:40]


@needs_profile
def test_keep_going_is_for_the_print_shop_too(tmp_path: Path) -> None:
    """A row left out is no fault of the file that is made without it."""
    path = campaign(tmp_path, ROWS[0], "0370040X;Lycée;37000;Tours;1", UNPRINTABLE)
    result = ran(path, press="x4", keep_going=True)
    assert {"T304", "G101"} == {fault.code for fault in result.faults}
    assert [line["uai"] for line in lines(result)] == [DESCARTES]


@pytest.mark.parametrize(("old", "new", "code"), tables_of(__file__)["needed"])
def test_what_a_print_shop_needs_must_be_there(tmp_path: Path, old: str, new: str, code: str) -> None:
    path = campaign(tmp_path)
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert codes_of(lambda: ran(path, press="x4"), DataError) == [code]
    assert not (tmp_path / "out").exists()


def test_a_run_never_ends_in_a_part_of_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Interrupted between two schools: no file changes, no folder is left."""
    path = campaign(tmp_path)
    ran(path, verify=False)
    before = snapshot(tmp_path / "out")

    def stop(done: int, _total: int, _name: str) -> None:
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ran(path, copies=5, progress=stop)
    assert snapshot(tmp_path / "out") == before
    assert not [name for name in (tmp_path / "out").iterdir() if name.is_dir()]


def test_every_fault_is_reported_at_once(tmp_path: Path) -> None:
    path = campaign(tmp_path, UNPRINTABLE, f"{VINCI};Lycée 大学;37400;Amboise;1")
    assert [(f.code, f.place.record) for f in faults_of(lambda: ran(path))] == [("G101", BALZAC), ("G101", VINCI)]


def test_cards_have_a_bundle_sheet_of_paper(tmp_path: Path) -> None:
    """On top of cards lies a sheet large enough to read, whatever the cards' size."""
    path = campaign(tmp_path)
    path.write_text(path.read_text("utf-8").replace('"leaflet-a4"', '"memo-card"'), "utf-8")
    result = ran(path, copies=1)
    with pikepdf.open(volumes(result)[0]) as pdf:
        widths = {round(float(page.MediaBox[2]) / 72 * 25.4) for page in pdf.pages}
    assert widths == {210, 85}
