"""What differs between two pages is found where it is, and nothing else: words, links, colours, places, order."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from leaflet.geometry import Box, mm, to_mm
from tests.preflight.samples import edited
from tests.preflight.support import compare_files, lines, only_page, only_record
from tests.support import compose, compose_page, leaflet_pdf, write

SCRIPT = {"S": pikepdf.Name.JavaScript, "JS": pikepdf.String("app.alert(1)")}
HREF = "https://elections2018.education.gouv.fr/"
TEXT = '<p at="t.xml:3">Le vote est ouvert du 29 novembre au 6 décembre, à toute heure.</p>'
LINKED = f'<p at="t.xml:3">Voir <a at="t.xml:3" href="{HREF}">le portail</a> des élections</p>'


def page(content: str) -> bytes:
    return write(compose_page(content))


def pages(*contents: str) -> bytes:
    parts = "".join(f'<page at="t.xml:2">{content}</page>' for content in contents)
    return write(compose(f'<leaflet at="t.xml:1" title="Essai">{parts}</leaflet>'))


def paragraph(text: str) -> str:
    return f'<p at="t.xml:3">{text}</p>'


def covers(boxes: tuple[Box, ...], x: float, y: float) -> bool:
    """Whether a place in mm is in one of the boxes."""
    return any(box.overlaps(Box(mm(x), mm(y), 1, 1)) for box in boxes)


def test_the_words_that_differ_are_marked_in_their_lines(tmp_path: Path) -> None:
    """A paragraph broken elsewhere: the words after the new one are the same, wherever they stand now."""
    change = only_page(compare_files(tmp_path, page(TEXT), page(TEXT.replace("6 déc", "7 déc"))))
    line = "Le vote est ouvert du 29 novembre au [{}] décembre, à toute heure."
    assert lines(change) == [(line.format(6), line.format(7))]
    box = change.words[0].box
    assert box is not None and any(box.overlaps(area) for area in change.boxes)
    text = "un deux trois quatre cinq six sept huit neuf dix " * 8
    more = text.replace("trois", "trois encore", 1)
    change = only_page(compare_files(tmp_path, page(paragraph(text)), page(paragraph(more))))
    assert len(change.words) == 1
    marked = [token.text for token in (*change.words[0].old, *change.words[0].new) if token.is_changed]
    assert marked == ["encore"]


def test_words_that_changed_places_and_whole_lines_are_reported(tmp_path: Path) -> None:
    """Two dates swapped look different: both lines are given. Whole lines that are new or gone stand alone."""
    old, new = (
        page(paragraph(f"ouverture {a}") + paragraph(f"clôture {b}"))
        for a, b in (("lundi", "mardi"), ("mardi", "lundi"))
    )
    change = only_page(compare_files(tmp_path, old, new))
    assert lines(change) == [("ouverture [lundi]", "ouverture [mardi]"), ("clôture [mardi]", "clôture [lundi]")]
    assert not change.is_reordered
    short, long = page(paragraph("premier")), page(paragraph("premier") + paragraph("second et dernier"))
    assert lines(only_page(compare_files(tmp_path / "a", short, long))) == [("", "[second] [et] [dernier]")]
    assert lines(only_page(compare_files(tmp_path / "b", long, short))) == [("[second] [et] [dernier]", "")]


def test_another_order_of_reading_is_reported(tmp_path: Path) -> None:
    """The same picture, painted and so read in another order."""
    old = page(paragraph("premier") + paragraph("second"))
    swapped = edited(
        old, lambda pdf: setattr(pdf.pages[0], "Contents", pikepdf.Array([*pdf.pages[0].Contents][::-1]))
    )
    change = only_page(compare_files(tmp_path, old, swapped))
    assert (change.is_reordered, change.words, change.boxes) == (True, (), ())


def _annotation(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].Annots[0]


def _lead_elsewhere(pdf: pikepdf.Pdf) -> None:
    _annotation(pdf).A.URI = pikepdf.String("https://elections2018.example/")


def _move_link(pdf: pikepdf.Pdf, right: float = 0, down: float = 100) -> None:
    x, y, end, top = (float(side) for side in _annotation(pdf).Rect)
    _annotation(pdf).Rect = pikepdf.Array([x + right, y - down, end + right, top - down])


def _act(**action: Any) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: setattr(_annotation(pdf), "A", pikepdf.Dictionary(**action))


def _remove_links(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]["/Annots"]


LINKS: dict[str, tuple[Callable[[pikepdf.Pdf], None], tuple[str, str | None, str | None]]] = {
    "leads elsewhere": (_lead_elsewhere, ("changed", HREF, "https://elections2018.example/")),
    "is elsewhere": (_move_link, ("moved", HREF, HREF)),
    "runs a script": (_act(**SCRIPT), ("changed", HREF, "JavaScript")),
    "leads to a page": (
        lambda pdf: _act(S=pikepdf.Name.GoTo, D=[pdf.pages[0].obj, pikepdf.Name.Fit])(pdf),
        ("changed", HREF, "#1 /Fit"),
    ),
    "is gone": (_remove_links, ("removed", HREF, None)),
}


@pytest.mark.parametrize("case", LINKS)
def test_a_link_behind_the_same_text(tmp_path: Path, case: str) -> None:
    """Nothing on the page looks or reads different, and the one thing that differs is told."""
    edit, expected = LINKS[case]
    change = only_page(compare_files(tmp_path, page(LINKED), edited(page(LINKED), edit)))
    (link,) = change.links
    assert (link.kind, link.old, link.new) == expected and (change.words, change.boxes) == ((), ())
    assert to_mm(link.box.x) == pytest.approx(22, abs=3)


def test_new_links_and_links_that_changed_places_are_reported(tmp_path: Path) -> None:
    """One that is nudged is the same."""
    change = only_page(compare_files(tmp_path, edited(page(LINKED), _remove_links), page(LINKED)))
    assert [(link.kind, link.old, link.new) for link in change.links] == [("added", None, HREF)]
    nudged = edited(page(LINKED), lambda pdf: _move_link(pdf, 0.3, -0.3))
    assert only_record(compare_files(tmp_path, page(LINKED), nudged)).status == "same-content"

    def swap(pdf: pikepdf.Pdf) -> None:
        first, second = pdf.pages[0].Annots
        first.A, second.A = second.A, first.A

    portal, mailbox = f"{HREF}portail", f"{HREF}messagerie"
    links = page("".join(paragraph(f'<a at="t.xml:3" href="{href}">{href[-9:]}</a>') for href in (portal, mailbox)))
    change = only_page(compare_files(tmp_path, links, edited(links, swap)))
    found = [(link.kind, link.old, link.new) for link in change.links]
    assert found == [("changed", portal, mailbox), ("changed", mailbox, portal)]


def _paint(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.pages[0].contents_add(content)


def test_another_colour_and_another_place_are_found(tmp_path: Path) -> None:
    """A panel in another pale tint, text in red, a block moved by a millimetre: no word differs, an area does."""
    old, new = (
        edited(page(TEXT), _paint(b"q %b rg 100 300 200 80 re f Q" % colour))
        for colour in (b".95 .95 .95", b".93 .95 .99")
    )
    change = only_page(compare_files(tmp_path, old, new))
    assert change.words == () and len(change.boxes) == 1 and covers(change.boxes, 60, 175)

    def redden(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].Contents[0]
        content, replaced = re.subn(rb"[\d.]+ [\d.]+ [\d.]+ rg", b"0.6 0 0 rg", stream.read_bytes())
        assert replaced
        stream.write(content)

    def move(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].Contents[0]
        stream.write(b"q 1 0 0 1 2.8346 0 cm " + stream.read_bytes() + b" Q")

    for edit in (redden, move):
        change = only_page(compare_files(tmp_path, page(TEXT), edited(page(TEXT), edit)))
        assert change.words == () and change.boxes, edit


def test_areas_are_where_the_page_shows_them(tmp_path: Path) -> None:
    """On a page that is turned and cropped, places count from the corner that is seen at the top left."""

    def crop_and_turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].CropBox = pikepdf.Array([50, 50, 550, 800])
        pdf.pages[0].Rotate = 90

    spot = _paint(b"q 0 g 100 200 30 30 re f Q")
    old = edited(page(TEXT), crop_and_turn)
    (box,) = only_page(compare_files(tmp_path, old, edited(old, spot))).boxes
    # turned clockwise, the lower edge is at the left: x counts from it, y from the left edge
    assert [round(to_mm(side)) for side in (box.x, box.y, box.width, box.height)] == [53, 18, 11, 11]
    linked = edited(page(LINKED), crop_and_turn)
    (link,) = only_page(compare_files(tmp_path, linked, edited(linked, _lead_elsewhere))).links
    assert to_mm(link.box.x) > 200  # the first line of the page is at the right now
    assert link.box.height > link.box.width


def test_another_paper_size_and_a_form_field_are_reported(tmp_path: Path) -> None:
    wider = edited(page(TEXT), lambda pdf: setattr(pdf.pages[0], "MediaBox", pikepdf.Array([0, 0, 612, 842])))
    change = only_page(compare_files(tmp_path, page(TEXT), wider))
    assert change.sizes is not None and [round(to_mm(width)) for width, _ in change.sizes] == [210, 216]

    def add_field(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Widget, FT=pikepdf.Name.Tx,
                                  T=pikepdf.String("nom"), Rect=pikepdf.Array([10, 10, 60, 30]))  # fmt: skip
        field = pdf.make_indirect(note)
        pdf.pages[0].Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))

    assert only_page(compare_files(tmp_path, page(TEXT), edited(page(TEXT), add_field))).has_other_notes


A, B, C = (
    paragraph(f"page {letter} : {word}") for letter, word in zip("ABC", ("urne", "bulletin", "isoloir"), strict=True)
)
CHANGED = paragraph("page C : isoloirs")
ORDERS: dict[str, tuple[bytes, bytes, list[tuple[str, int | None, int | None]]]] = {
    "the first is gone": (pages(A, B, C), pages(B, C), [("removed", 1, None)]),
    "the last is gone": (pages(A, B), pages(A), [("removed", 2, None)]),
    "one is put between": (pages(A, C), pages(A, B, C), [("added", None, 2)]),
    "one is gone, another changed": (pages(A, B, C), pages(B, CHANGED), [("removed", 1, None), ("changed", 3, 2)]),
    "all are others": (pages(A, B), pages(C, CHANGED), [("changed", 1, 1), ("changed", 2, 2)]),
}


@pytest.mark.parametrize("case", ORDERS)
def test_pages_keep_their_partners(tmp_path: Path, case: str) -> None:
    """A page more or less shifts those behind it, which did not change for that."""
    old, new, expected = ORDERS[case]
    found = only_record(compare_files(tmp_path, old, new)).pages
    assert [(change.status, change.old_number, change.new_number) for change in found] == expected


def _claim_less(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.Metadata
    stream.write(stream.read_bytes().replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


def _say_otherwise(pdf: pikepdf.Pdf) -> None:
    element = next(found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/Alt" in found)
    element.Alt = pikepdf.String("Une image")


PROPERTIES: dict[str, Callable[[pikepdf.Pdf], None]] = {
    "language": lambda pdf: setattr(pdf.Root, "Lang", pikepdf.String("en-GB")),
    "title": lambda pdf: setattr(pdf.docinfo, "Title", pikepdf.String("Autre titre")),
    "claims": _claim_less,
    "duplex": lambda pdf: setattr(pdf.Root.ViewerPreferences, "Duplex", pikepdf.Name.DuplexFlipShortEdge),
    "actions": lambda pdf: setattr(pdf.Root, "OpenAction", pikepdf.Dictionary(**SCRIPT)),
    "alternative": _say_otherwise,
}


@pytest.mark.parametrize("name", PROPERTIES)
def test_what_no_page_shows_is_reported(tmp_path: Path, name: str) -> None:
    """Title, language, claims, the edge to turn about, actions, texts read out: each by itself, with both values."""
    old = leaflet_pdf()
    record = only_record(compare_files(tmp_path, old, edited(old, PROPERTIES[name])))
    (change,) = record.properties
    assert (record.status, record.pages, change.name) == ("changed", (), name) and change.old != change.new


def test_tags_that_are_gone_are_reported(tmp_path: Path) -> None:
    """Without its structure a file loses what is read out, too."""
    old = leaflet_pdf()
    record = only_record(compare_files(tmp_path, old, edited(old, lambda pdf: delattr(pdf.Root, "StructTreeRoot"))))
    assert {change.name for change in record.properties} == {"tags", "alternative"}


def test_a_damaged_half_still_names_its_file(tmp_path: Path) -> None:
    """The file that cannot be read is the one named, whichever side it is on."""

    def ruin(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Contents[0].write(b"(")
        inner = pikepdf.Array()
        for _ in range(100):
            inner = pikepdf.Array([inner])
        pdf.pages[0].resources["/Odd"] = inner

    old, ruined = page(TEXT), edited(page(TEXT), ruin)
    for names, files in (("new.pdf", (old, ruined)), ("old.pdf", (ruined, old))):
        (fault,) = compare_files(tmp_path, *files).faults
        assert (fault.code, Path(fault.place.file or "").name) == ("D103", names)
