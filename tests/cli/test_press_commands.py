"""The commands for printers and print shops as a user meets them: print-run, purge, calibrate, --start."""

import re
from collections.abc import Iterator
from contextlib import closing
from io import BytesIO
from pathlib import Path
from typing import Any

import page as validation
import pikepdf
import pypdfium2
import pytest

from leaflet.cli.language import message
from leaflet.geometry import mm
from leaflet.imposition.printer import Offset, Printer, load_printer
from leaflet.imposition.stock import Stock, load_stock
from tests.campaigns import LEAFLET, campaign_text, write_small_campaign
from tests.cli.conftest import Ended
from tests.one_school.boxes import Box
from tests.one_school.painting import painted
from tests.read_once import read_fonts_and_templates_once
from tests.support import check_structure, snapshot, tables_of

TABLES = tables_of(__file__)
CARDS = '[[document]]\nname = "cartes"\ntemplate = "memo-card"\nper = "person"\nsheet = "avery-c32011"\n'
CAMPAIGN = campaign_text(LEAFLET + CARDS, head="issued_on = 2018-11-05\n", staff=True)
SCHOOLS = (
    "uai;nom;code_postal;commune;exemplaires\n"
    "0370036N;Lycée Balzac;37000;Tours;2\n0370035M;Lycée Descartes;37000;Tours;1\n"
)
STAFF = "prenom;nom;uai\nOndine;Passiflore;0370035M\n"
NOTHING = {lang: message("nothing", lang) for lang in ("en", "fr")}


@pytest.fixture(scope="module", autouse=True)
def read_once() -> Iterator[None]:
    """Read fonts and templates once for all commands of this file."""
    with pytest.MonkeyPatch.context() as patch:
        read_fonts_and_templates_once(patch)
        yield


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """A leaflet for two schools, cards for one person."""
    return write_small_campaign(tmp_path, CAMPAIGN, SCHOOLS, STAFF)


def refused(ended: Ended, exit_code: int, code: str, lang: str = "fr") -> None:
    """A command ended with a message in this language, its way out, and nothing else."""
    found, printed, errors = ended
    assert re.match(rf"{code}\b", errors), errors
    assert "→ " in errors and "Traceback" not in errors and (found, printed) == (exit_code, "")
    assert errors.rstrip().endswith(NOTHING[lang])


# --- print-run ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("lang", "lines"), [
    ("en", "2 schools, 3 copies, 10 pages in {out}: {files}\n2 ready, 0 with errors, 0 with warnings of 2 rows.\n"),
    ("fr", "2 établissements, 3 exemplaires, 10 pages dans {out}\u00a0: {files}\n"
     "2 prêtes, 0 en erreur, 0 avec un avertissement sur 2 lignes.\n")
], ids=["en", "fr"])  # fmt: skip
def test_a_run_prints_two_lines(run: Any, campaign: Path, lang: str, lines: str) -> None:
    """How many schools, copies and pages, where, which files to print and to keep; what the list is worth."""
    out = campaign.parent / "out"
    files = ("print-run-leaflet-a4.pdf", "packing-list-leaflet-a4.csv", "packing-list-leaflet-a4.pdf")
    said = lines.format(out=out, files=", ".join(files))
    assert run("--lang", lang, "print-run", campaign, "-o", out) == (0, said, "")
    assert sorted(snapshot(out)) == sorted(files)


def test_options_of_a_run(run: Any, campaign: Path) -> None:
    out = campaign.parent / "out"
    (campaign.parent / "ecoles.csv").write_text(SCHOOLS.replace(";1\n", ";\n"), "utf-8")
    for options, said in (
        (("--copies", 4), "2 schools, 6 copies, 16 pages"), (("--copies", 0), "1 school, 2 copies, 6 pages"),
        (("--copies", 4, "--once"), "2 schools, 6 copies, 8 pages"), (("--only", " 0370036n"), "1 school"),
    ):  # fmt: skip
        assert run("print-run", campaign, "-o", out, *options)[1].startswith(said)
    volumes = run("print-run", campaign, "-o", campaign.parent / "v", "--pages", 6)[1]
    assert "print-run-leaflet-a4-01.pdf, print-run-leaflet-a4-02.pdf" in volumes
    assert run("print-run", campaign, "-o", out, "-q") == (0, "", "")


@pytest.mark.parametrize(("lang", "made", "rows"), [
    ("en", "1 school, 1 copy, 4 pages", "\n1 ready, 1 with errors, 0 with warnings"),
    ("fr", "1 établissement, 1 exemplaire, 4 pages", "\n1 prête, 1 en erreur, 0 avec un avertissement")
])  # fmt: skip
def test_a_school_left_out_is_named(run: Any, campaign: Path, lang: str, made: str, rows: str) -> None:
    (campaign.parent / "ecoles.csv").write_text(SCHOOLS.replace("Balzac", "学校"), "utf-8")
    code, printed, errors = run("--lang", lang, "print-run", campaign, "-o", campaign.parent / "out", "--keep-going")
    assert code == 1 and printed.startswith(made) and rows in printed
    assert re.match("G101 ", errors)


@pytest.mark.parametrize("arguments", [["--copies", "-1"], ["--pages", "0"], ["--press", "x1a"], ["--copies", "x"]])
def test_numbers_out_of_range(run: Any, campaign: Path, arguments: list[str]) -> None:
    code, printed, errors = run("print-run", campaign, "-o", campaign.parent / "out", *arguments)
    assert (code, printed) == (2, "") and arguments[0] in errors and not (campaign.parent / "out").exists()


# --- purge ----------------------------------------------------------------------------------------------------

CARD = "cartes/0370035M-lycee-descartes.pdf"


@pytest.mark.parametrize(("lang", "first", "second", "again"), [
    ("en", f"removed  {CARD}", "1 file with names removed in {out}; 2 other made files kept.",
     "0 files with names removed in {out}; 2 other made files kept."),
    ("fr", f"supprimé  {CARD}", "1 fichier nominatif supprimé dans {out}\u00a0; 2 autres fichiers fabriqués gardés.",
     "0 fichier nominatif supprimé dans {out}\u00a0; 2 autres fichiers fabriqués gardés.")
], ids=["en", "fr"])  # fmt: skip
def test_purge_says_what_it_removed(run: Any, campaign: Path, lang: str, first: str, second: str, again: str) -> None:
    out = campaign.parent / "out"
    run("build", campaign, "-o", out, "-q")
    assert (out / CARD).exists()
    assert run("--lang", lang, "purge", out) == (0, f"{first}\n{second.format(out=out)}\n", "")
    kept = ["0370035M-lycee-descartes.pdf", "0370036N-lycee-balzac.pdf"]
    assert not (out / "cartes").exists() and sorted(path.name for path in out.rglob("*.pdf")) == kept
    assert run("--lang", lang, "purge", out) == (0, f"{again.format(out=out)}\n", "")


@pytest.mark.parametrize(("lang", "line"), [
    ("en", "Remains of interrupted builds removed: 2 folders."),
    ("fr", "Restes de fabrications interrompues, supprimés\u00a0: 2 dossiers.")
])  # fmt: skip
def test_purge_says_what_was_left_over(run: Any, campaign: Path, lang: str, line: str) -> None:
    out = campaign.parent / "out"
    for name in ("-a", ".cartes.zip"):
        (out / f".leaflet-partial{name}").mkdir(parents=True)
    code, printed, errors = run("--lang", lang, "purge", out)
    assert (code, errors) == (0, "") and printed.splitlines()[-1] == line and not list(out.iterdir())


@pytest.mark.parametrize(("lang", "kept", "gone"), [
    ("en", "2 other made files kept.", "0 other made files kept.\n{out} held nothing else, and is removed."),
    ("fr", "2 autres fichiers fabriqués gardés.",
     "0 autre fichier fabriqué gardé.\n{out} ne contenait rien d’autre\u00a0: supprimé.")
])  # fmt: skip
def test_purge_of_an_archive(run: Any, campaign: Path, lang: str, kept: str, gone: str) -> None:
    """It is written anew without the cards, or removed if it has nothing else."""
    out = campaign.parent / "cartes.zip"
    run("build", campaign, "-o", out, "-q", "--no-verify")
    code, printed, _ = run("--lang", lang, "purge", out)
    assert (code, CARD in printed, printed.endswith(f"{kept}\n")) == (0, True, True)
    run("build", campaign, "-o", out, "-q", "--no-verify", "--document", "cartes")
    code, printed, _ = run("--lang", lang, "purge", out)
    assert (code, printed.endswith(f"{gone.format(out=out)}\n")) == (0, True) and not out.exists()


# --- calibrate ------------------------------------------------------------------------------------------------


def check_standards(data: bytes) -> None:
    """Check that a file is PDF/UA-1 and PDF/A-2a, its tags in order."""
    for profile in ("ua1", "2a"):
        result = validation.validate_pdf_bytes(data, profile=profile)
        assert result.is_compliant, [(failure.rule_id, failure.message) for failure in result.failures]
    assert check_structure(data) == []


@pytest.mark.parametrize(("flip", "edge", "duplex"), [
    ("long-edge", "bord long", "/DuplexFlipLongEdge"), ("short-edge", "bord court", "/DuplexFlipShortEdge")
])  # fmt: skip
def test_the_sheet_is_a_good_file(run: Any, tmp_path: Path, flip: str, edge: str, duplex: str) -> None:
    assert run("calibrate", "-o", tmp_path / "new", "--flip", flip)[0] == 0
    data = (tmp_path / "new" / "calibration.pdf").read_bytes()
    check_standards(data)
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        assert pdf.check_pdf_syntax() == [] and pdf.Root.ViewerPreferences.Duplex == duplex
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None"
        for page in pdf.pages:
            assert [float(side) for side in page.MediaBox] == pytest.approx([0, 0, 595.276, 841.89], abs=0.001)
    with closing(pypdfium2.PdfDocument(data)) as document:
        front, back = (page.get_textpage().get_text_range().replace("\r\n", " ") for page in document)
    assert f"recto verso ({edge})" in front
    assert "leaflet calibrate --front 50.8 49.6 --back 50.0 51.2 --ruler 150" in front and "verso" in back


def test_the_same_sheet_is_the_same_bytes(run: Any, tmp_path: Path) -> None:
    for folder in ("a", "b", "a"):
        run("calibrate", "-o", tmp_path / folder)
    assert snapshot(tmp_path / "a") == snapshot(tmp_path / "b")
    assert sorted(snapshot(tmp_path)) == ["a/calibration.pdf", "b/calibration.pdf"]


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_the_sheet_is_named(run: Any, tmp_path: Path, lang: str) -> None:
    path = tmp_path / "calibration.pdf"
    line = message("sheet", lang, path=path)
    assert run("--lang", lang, "calibrate", "-o", tmp_path) == (0, f"{line}\n", "")
    measures = ["--front", 50.8, 49.6, "--back", 50, 51.2, "--ruler", 150.4]
    line = message("calibrated", lang, path=tmp_path / "printer.toml")
    assert run("--lang", lang, "calibrate", "-o", tmp_path, *measures) == (0, f"{line}\n", "")


def test_what_was_measured_becomes_the_printer(run: Any, campaign: Path) -> None:
    """The corrections undo the offsets, and the next build moves its cards."""
    folder = campaign.parent
    run("build", campaign, "-o", folder / "before", "-q", "--document", "cartes")
    run("calibrate", "-o", folder, "--front", 50.8, 49.6, "--back", 50, 51.2)
    front, back = Offset(dx=-mm(0.8), dy=mm(0.4)), Offset(dx=0, dy=-mm(1.2))
    assert load_printer(folder / "printer.toml") == Printer(front=front, back=back)
    run("build", campaign, "-o", folder / "after", "-q", "--document", "cartes")
    assert (folder / "before" / CARD).read_bytes() != (folder / "after" / CARD).read_bytes()


@pytest.mark.parametrize(("measures", "codes"), [
    (["--front", 5.08, 49.6], ["P206"]), (["--front", 50, 50, "--back", 50, 508], ["P206"]),
    (["--front", "nan", "inf", "--back", -50, 50], ["P206"] * 3), (["--front", 50, 50, "--ruler", 145.5], ["P209"]),
    (["--front", 5, 50, "--ruler", 156], ["P209", "P206"]), (["--ruler", 0], ["P206"])
])  # fmt: skip
def test_measures_that_cannot_be(run: Any, tmp_path: Path, measures: list[object], codes: list[str]) -> None:
    for there in (None, "# à moi\n[front]\nx = '1 mm'\ny = '0 mm'\n[back]\nx = '0 mm'\ny = '0 mm'\n"):
        if there:
            (tmp_path / "printer.toml").write_text(there, "utf-8")
        before = snapshot(tmp_path)
        ended = run("--lang", "fr", "calibrate", "-o", tmp_path, *measures)
        refused(ended, 1, codes[0])
        assert re.findall(r"^[A-Z]\d{3}", ended[2], re.MULTILINE) == codes and snapshot(tmp_path) == before


DRAWN = {"avery-l7160": "/Simplex", "avery-c32011": "/DuplexFlipLongEdge", "avery-3427": "/Simplex", "a5-2": None}
OWN_STOCK = TABLES["own_stock"]


def outlines(path: Path) -> list[list[Box]]:
    """The rectangles that are stroked on each page, in mm from its top left corner."""
    pages = [[box for item in page for box in item.rectangles if item.kind == "stroke"] for page in painted(path)]
    return [boxes for boxes in pages if boxes]


def boxes_of(stock: Stock, *, back: bool) -> list[tuple[float, float, float, float]]:
    """The places of a stock in mm; those of the back as they are seen through the paper."""
    width = stock.sheet_width
    places = [place._replace(x=width - place.right) if back else place for place in stock.places]
    return [(box.x / 1000, box.y / 1000, box.right / 1000, box.bottom / 1000) for box in places]


@pytest.mark.parametrize("key", DRAWN)
def test_the_drawing_of_a_sheet_is_a_good_file(run: Any, tmp_path: Path, key: str) -> None:
    """PDF/UA-1 and PDF/A-2a; outlines are the places of the table, to a hundredth of a millimetre, on both sides."""
    assert run("calibrate", "--stock", key, "-o", tmp_path)[0] == 0
    path = tmp_path / f"stock-{key}.pdf"
    data = path.read_bytes()
    check_standards(data)
    stock = load_stock()[key]
    found = outlines(path)
    assert len(found) == stock.sides
    for number, boxes in enumerate(found):
        wanted = boxes_of(stock, back=number == 1 and stock.sheet_height > stock.sheet_width)
        for box, place in zip(boxes, wanted, strict=True):
            assert (box.left, box.top, box.right, box.bottom) == pytest.approx(place, abs=0.01)
    with pikepdf.open(BytesIO(data), attempt_recovery=False) as pdf:
        assert pdf.check_pdf_syntax() == [] and DRAWN[key] in (None, pdf.Root.ViewerPreferences.Duplex)
        assert pdf.Root.ViewerPreferences.PrintScaling == "/None" and len(pdf.pages) == stock.sides + 1


def test_a_sheet_of_the_campaign_is_drawn(run: Any, campaign: Path) -> None:
    campaign.write_text(campaign.read_text("utf-8") + OWN_STOCK, "utf-8")
    out = campaign.parent / "new"
    assert run("calibrate", campaign, "--stock", "mes-planches", "-o", out)[0] == 0
    ((first, *others),) = outlines(out / "stock-mes-planches.pdf")
    assert (first.left, first.top, first.width, first.height) == pytest.approx((4.75, 10.7, 38.1, 21.2), abs=0.01)
    assert len(others) == 64
    drawn = (out / "stock-mes-planches.pdf").read_bytes()
    assert run("calibrate", campaign.parent, "--stock", "mes-planches", "-o", out)[0] == 0
    assert (out / "stock-mes-planches.pdf").read_bytes() == drawn
    assert run("calibrate", "--stock", "Avery J8160", "-o", out)[0] == 0
    assert (out / "stock-avery-l7160.pdf").exists()


@pytest.mark.parametrize(("arguments", "exit_code", "code"), TABLES["refused"])
def test_sheets_that_cannot_be_drawn(
    run: Any, tmp_path: Path, arguments: list[str], exit_code: int, code: str
) -> None:
    refused(run("--lang", "fr", "calibrate", "-o", tmp_path / "new", *arguments), exit_code, code)
    assert not (tmp_path / "new").exists()


@pytest.mark.parametrize(("ruler", "code"), [("10", "P206"), ("74,9", "P206"), ("75", "P209"), ("301", "P206")])
def test_a_ruler_that_no_printer_prints(run: Any, tmp_path: Path, ruler: str, code: str) -> None:
    """Half of 150 mm or twice as much may be a printer; beyond, somebody measured something else."""
    ended = run("--lang", "fr", "calibrate", "-o", tmp_path, "--ruler", ruler)
    refused(ended, 1, code)
    assert code == "P209" or (f"«\u00a0{ruler}\u00a0»" in ended[2] and "150\u00a0mm" in ended[2])


# --- --start --------------------------------------------------------------------------------------------------


def test_the_last_place_of_a_sheet(run: Any, campaign: Path) -> None:
    """It can be the first free one; the leaflets of the same campaign do not mind."""
    out = campaign.parent / "out"
    assert run("build", campaign, "-o", out, "--start", 10)[0] == 0
    assert run("build", campaign, "-o", out, "--document", "leaflet-a4", "--start", 99)[0] == 0


@pytest.mark.parametrize("start", ["0", "-1", "x", "1.5"])
def test_a_first_place_that_is_no_number(run: Any, campaign: Path, start: str) -> None:
    code, printed, errors = run("build", campaign, "-o", campaign.parent / "out", "--start", start)
    assert (code, printed) == (2, "") and "--start" in errors


def test_a_side_measured_alone_leaves_the_other(run, tmp_path: Path) -> None:
    """Measuring the back again keeps what was found for the front."""
    ended = run("calibrate", "-o", tmp_path, "--front", "50.8", "49.6", "--back", "50.0", "51.2")
    assert ended[0] == 0 and run("calibrate", "-o", tmp_path, "--back", "50.0", "50.5")[0] == 0
    printer = load_printer(tmp_path / "printer.toml")
    assert (printer.front.dx, printer.front.dy, printer.back.dy) == (mm(-0.8), mm(0.4), mm(-0.5))


def test_the_ruler_alone_is_only_judged(run, tmp_path: Path) -> None:
    code, out, _ = run("calibrate", "-o", tmp_path, "--ruler", "150.2")
    assert (code, list(tmp_path.iterdir())) == (0, []) and "sizes" in out
