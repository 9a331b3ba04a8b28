"""The book: all leaflets in one file, each page as in its own file, with bookmarks."""

from pathlib import Path

import pikepdf
import pypdfium2
import pytest

from benchmarks.generate import make_uai
from leaflet.faults import LeafletError
from leaflet.production.delivery.address_book import write_book
from leaflet.tables.filters import parse_choice
from tests.delivery.support import AMBOISE, BALZAC, DESCARTES, FOLDER, built_campaign, change_rows, options_for

CHER = f"{make_uai('018', 1)};Lycée Alain-Fournier;;18000;Bourges;1;"


def bookmarks_of(out: Path) -> list[tuple[str, list[tuple[str, int]]]]:
    """The bookmarks of the book: départements, and below them schools with the number of their first page."""
    with pikepdf.open(out / f"book-{FOLDER}.pdf") as pdf:
        pages = {page.objgen: number for number, page in enumerate(pdf.pages)}
        with pdf.open_outline() as outline:
            return [
                (top.title, [(item.title, pages[item.destination[0].objgen]) for item in top.children])
                for top in outline.root
            ]


def test_bookmarks_lead_to_each_school(tmp_path: Path) -> None:
    """Départements, and below them the schools in the order of delivery; the panel is shown at once."""
    campaign = built_campaign(tmp_path)
    change_rows(campaign, AMBOISE, BALZAC, CHER, DESCARTES)
    result = write_book(options_for(campaign))
    assert (result.files, result.schools) == ((f"book-{FOLDER}.pdf",), 4)
    with pikepdf.open(result.out / f"book-{FOLDER}.pdf") as pdf:
        assert pdf.Root.PageMode == "/UseOutlines" and pdf.check_pdf_syntax() == []
    assert bookmarks_of(result.out) == [
        ("Cher (18)", [("Bourges – Lycée Alain-Fournier", 0)]),
        (
            "Indre-et-Loire (37)",
            [
                ("Tours – Lycée Descartes", 2),
                ("Tours cedex 9 – Lycée Balzac", 4),
                ("Amboise – École Jean de La Fontaine", 6),
            ],
        ),
    ]


def test_a_departement_has_one_bookmark_in_any_order(tmp_path: Path) -> None:
    """The order that is asked for is that of its schools."""
    campaign = built_campaign(tmp_path)
    change_rows(campaign, BALZAC, CHER, AMBOISE)
    found = bookmarks_of(write_book(options_for(campaign, choice=parse_choice(sort="town"))).out)
    assert [(name, [title.partition(" ")[0] for title, _ in below]) for name, below in found] == [
        ("Cher (18)", ["Bourges"]),
        ("Indre-et-Loire (37)", ["Amboise", "Tours"]),
    ]


def test_pages_are_those_of_the_files(tmp_path: Path) -> None:
    """They look the same, what hangs over the edge of a block too, and each font stands in the book once."""
    out = write_book(options_for(built_campaign(tmp_path))).out
    book = out / f"book-{FOLDER}.pdf"
    names = ("0370035M-lycee-descartes", "0370036N-lycee-balzac", "0370001A-ecole-jean-de-la-fontaine")
    sizes = 0
    with pypdfium2.PdfDocument(book) as whole:
        for number, name in enumerate(names):
            sizes += (out / FOLDER / f"{name}.pdf").stat().st_size
            with pypdfium2.PdfDocument(out / FOLDER / f"{name}.pdf") as single:
                for side in range(2):
                    pages = (whole[2 * number + side], single[side])
                    one, other = (page.render(scale=2).to_numpy().astype(int) for page in pages)
                    assert abs(one - other).max() <= 1, "levels of 255: numbers are rounded elsewhere"
    assert book.stat().st_size < sizes / 2
    with pikepdf.open(book) as pdf:
        fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/FontFile2" in o]
        assert len(fonts) == len({font.FontName for font in fonts})


def test_an_unknown_document(tmp_path: Path) -> None:
    with pytest.raises(LeafletError) as stopped:
        write_book(options_for(built_campaign(tmp_path), document="absent"))
    assert [fault.code for fault in stopped.value.faults] == ["U003"]
