"""What differs between two pages is found where it is, and nothing else: words, links, colours, places, order."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pikepdf
import pytest

from leaflet.geometry import Box, mm, to_mm
from leaflet.preflight.compare.differences import PageChange
from tests.preflight.support import compare_files, edited, lines, only_page, only_record
from tests.support import compose, compose_page, leaflet_pdf, write

HREF = "https://elections2018.education.gouv.fr/"
TEXT = '<p at="t.xml:3">Le vote est ouvert du 29 novembre au 6 décembre, à toute heure.</p>'
LINKED = f'<p at="t.xml:3">Voir <a at="t.xml:3" href="{HREF}">le portail</a> des élections</p>'


def page(content: str) -> bytes:
    """A file of one page."""
    return write(compose_page(content))


def pages(*contents: str) -> bytes:
    """A file of several pages."""
    parts = "".join(f'<page at="t.xml:2">{content}</page>' for content in contents)
    return write(compose(f'<leaflet at="t.xml:1" title="Essai">{parts}</leaflet>'))


def paragraph(text: str) -> str:
    """A paragraph of a page."""
    return f'<p at="t.xml:3">{text}</p>'


def covers(boxes: tuple[Box, ...], x: float, y: float) -> bool:
    """Whether a place in mm is in one of the boxes."""
    return any(box.overlaps(Box(mm(x), mm(y), 1, 1)) for box in boxes)


# --- words ----------------------------------------------------------------------------------------------------


def test_one_word_is_marked_in_its_line(tmp_path: Path) -> None:
    """The whole line is given, before and after, and only the word that differs is marked."""
    change = only_page(compare_files(tmp_path, page(TEXT), page(TEXT.replace("6 déc", "7 déc"))))
    assert lines(change) == [
        (
            "Le vote est ouvert du 29 novembre au [6] décembre, à toute heure.",
            "Le vote est ouvert du 29 novembre au [7] décembre, à toute heure.",
        )
    ]
    box = change.words[0].box
    assert box is not None and any(box.overlaps(area) for area in change.boxes)


def test_a_word_more_does_not_mark_the_lines_after_it(tmp_path: Path) -> None:
    """A paragraph broken elsewhere: the words after the new one are the same, wherever they stand now."""
    text = "un deux trois quatre cinq six sept huit neuf dix " * 8
    change = only_page(
        compare_files(tmp_path, page(paragraph(text)), page(paragraph(text.replace("trois", "trois encore", 1))))
    )
    assert len(change.words) == 1
    marked = [token.text for token in (*change.words[0].old, *change.words[0].new) if token.is_changed]
    assert marked == ["encore"]


def test_words_that_changed_places_are_reported(tmp_path: Path) -> None:
    """Two dates swapped are the same words in another order, and look different: both lines are given."""
    old, new = (
        page(paragraph(f"ouverture {a}") + paragraph(f"clôture {b}"))
        for a, b in (("lundi", "mardi"), ("mardi", "lundi"))
    )
    change = only_page(compare_files(tmp_path, old, new))
    assert lines(change) == [("ouverture [lundi]", "ouverture [mardi]"), ("clôture [mardi]", "clôture [lundi]")]
    assert not change.is_reordered


def test_a_paragraph_more_has_no_line_before(tmp_path: Path) -> None:
    """Whole new lines stand alone; so do those that are gone."""
    short, long = page(paragraph("premier")), page(paragraph("premier") + paragraph("second et dernier"))
    assert lines(only_page(compare_files(tmp_path / "a", short, long))) == [("", "[second] [et] [dernier]")]
    assert lines(only_page(compare_files(tmp_path / "b", long, short))) == [("[second] [et] [dernier]", "")]


def _swap_contents(pdf: pikepdf.Pdf) -> None:
    contents = pdf.pages[0].Contents
    assert len(contents) == 2
    pdf.pages[0].Contents = pikepdf.Array([contents[1], contents[0]])


def test_another_order_of_reading_is_reported(tmp_path: Path) -> None:
    """The same picture, painted and so read in another order."""
    old = page(paragraph("premier") + paragraph("second"))
    change = only_page(compare_files(tmp_path, old, edited(old, _swap_contents)))
    assert (change.is_reordered, change.words, change.boxes) == (True, (), ())


# --- links ----------------------------------------------------------------------------------------------------


def _annotation(pdf: pikepdf.Pdf) -> Any:
    return pdf.pages[0].Annots[0]


def _lead_elsewhere(pdf: pikepdf.Pdf) -> None:
    _annotation(pdf).A.URI = pikepdf.String("https://elections2018.example/")


def _move_link(pdf: pikepdf.Pdf) -> None:
    rect = [float(side) for side in _annotation(pdf).Rect]
    _annotation(pdf).Rect = pikepdf.Array([rect[0], rect[1] - 100, rect[2], rect[3] - 100])


def _nudge_link(pdf: pikepdf.Pdf) -> None:
    rect = [float(side) for side in _annotation(pdf).Rect]
    _annotation(pdf).Rect = pikepdf.Array([side + 0.3 for side in rect])


def _run_script(pdf: pikepdf.Pdf) -> None:
    _annotation(pdf).A = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _lead_inside(pdf: pikepdf.Pdf) -> None:
    place = pikepdf.Array([pdf.pages[0].obj, pikepdf.Name.Fit])
    _annotation(pdf).A = pikepdf.Dictionary(S=pikepdf.Name.GoTo, D=place)


def _remove_links(pdf: pikepdf.Pdf) -> None:
    del pdf.pages[0]["/Annots"]


LINKS: dict[str, tuple[Callable[[pikepdf.Pdf], None], tuple[str, str | None, str | None]]] = {
    "leads elsewhere": (_lead_elsewhere, ("changed", HREF, "https://elections2018.example/")),
    "is elsewhere": (_move_link, ("moved", HREF, HREF)),
    "runs a script": (_run_script, ("changed", HREF, "JavaScript")),
    "leads to a page": (_lead_inside, ("changed", HREF, "#1 /Fit")),
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


def test_a_new_link_is_reported(tmp_path: Path) -> None:
    """A link where none was."""
    change = only_page(compare_files(tmp_path, edited(page(LINKED), _remove_links), page(LINKED)))
    assert [(link.kind, link.old, link.new) for link in change.links] == [("added", None, HREF)]


def test_a_link_nudged_is_the_same(tmp_path: Path) -> None:
    """A tenth of a millimetre is no news."""
    record = only_record(compare_files(tmp_path, page(LINKED), edited(page(LINKED), _nudge_link)))
    assert record.status == "same-content"


def test_two_links_that_changed_places_are_reported(tmp_path: Path) -> None:
    """Each address is still there, behind the other's words."""

    def swap(pdf: pikepdf.Pdf) -> None:
        first, second = pdf.pages[0].Annots
        first.A, second.A = second.A, first.A

    links = "".join(
        paragraph(f'<a at="t.xml:3" href="{HREF}{name}">{name}</a>') for name in ("portail", "messagerie")
    )
    change = only_page(compare_files(tmp_path, page(links), edited(page(links), swap)))
    assert [(link.kind, link.old, link.new) for link in change.links] == [
        ("changed", f"{HREF}portail", f"{HREF}messagerie"),
        ("changed", f"{HREF}messagerie", f"{HREF}portail"),
    ]


# --- pictures -------------------------------------------------------------------------------------------------


def _paint(content: bytes) -> Callable[[pikepdf.Pdf], None]:
    return lambda pdf: pdf.pages[0].contents_add(content)


def test_another_colour_alone_is_found(tmp_path: Path) -> None:
    """A panel in another pale tint: no word differs, one area does."""
    old, new = (
        edited(page(TEXT), _paint(b"q %b rg 100 300 200 80 re f Q" % colour))
        for colour in (b".95 .95 .95", b".93 .95 .99")
    )
    change = only_page(compare_files(tmp_path, old, new))
    assert change.words == () and len(change.boxes) == 1 and covers(change.boxes, 60, 175)


def test_text_in_another_colour_is_found(tmp_path: Path) -> None:
    """The words stay, their ink turns red."""

    def redden(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].Contents[0]
        content, replaced = re.subn(rb"[\d.]+ [\d.]+ [\d.]+ rg", b"0.6 0 0 rg", stream.read_bytes())
        assert replaced
        stream.write(content)

    change = only_page(compare_files(tmp_path, page(TEXT), edited(page(TEXT), redden)))
    assert change.words == () and change.boxes


def test_a_block_moved_by_a_millimetre_is_found(tmp_path: Path) -> None:
    """No word differs; what stood there and what stands there now is one area."""

    def move(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].Contents[0]
        stream.write(b"q 1 0 0 1 2.8346 0 cm " + stream.read_bytes() + b" Q")

    change = only_page(compare_files(tmp_path, page(TEXT), edited(page(TEXT), move)))
    assert change.words == () and change.boxes


def test_areas_are_where_the_page_shows_them(tmp_path: Path) -> None:
    """On a page that is turned and cropped, places count from the corner that is seen at the top left."""

    def crop_and_turn(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].CropBox = pikepdf.Array([50, 50, 550, 800])
        pdf.pages[0].Rotate = 90

    spot = _paint(b"q 0 g 100 200 30 30 re f Q")
    old = edited(page(TEXT), crop_and_turn)
    change = only_page(compare_files(tmp_path, old, edited(old, spot)))
    (box,) = change.boxes
    # turned clockwise, the lower edge is at the left: x counts from it, y from the left edge
    assert [round(to_mm(side)) for side in (box.x, box.y, box.width, box.height)] == [53, 18, 11, 11]
    linked = edited(page(LINKED), crop_and_turn)
    (link,) = only_page(compare_files(tmp_path, linked, edited(linked, _lead_elsewhere))).links
    assert to_mm(link.box.x) > 200  # the first line of the page is at the right now
    assert link.box.height > link.box.width


def test_another_paper_size_is_reported(tmp_path: Path) -> None:
    """White paper more, and nothing printed on it."""

    def enlarge(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].MediaBox = pikepdf.Array([0, 0, 612, 842])

    change = only_page(compare_files(tmp_path, page(TEXT), edited(page(TEXT), enlarge)))
    assert change.sizes is not None and [round(to_mm(width)) for width, _ in change.sizes] == [210, 216]


def test_a_form_field_is_reported(tmp_path: Path) -> None:
    """Annotations that are no links are compared as they are."""

    def add_field(pdf: pikepdf.Pdf) -> None:
        note = pikepdf.Dictionary(
            Type=pikepdf.Name.Annot,
            Subtype=pikepdf.Name.Widget,
            FT=pikepdf.Name.Tx,
            T=pikepdf.String("nom"),
            Rect=pikepdf.Array([10, 10, 60, 30]),
        )
        field = pdf.make_indirect(note)
        pdf.pages[0].Annots = pikepdf.Array([field])
        pdf.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array([field]))

    change = only_page(compare_files(tmp_path, page(TEXT), edited(page(TEXT), add_field)))
    assert change.has_other_notes


# --- pages ----------------------------------------------------------------------------------------------------


def statuses(changes: tuple[PageChange, ...]) -> list[tuple[str, int | None, int | None]]:
    """Which pages differ, and how."""
    return [(change.status, change.old_number, change.new_number) for change in changes]


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
    assert statuses(only_record(compare_files(tmp_path, old, new)).pages) == expected


# --- what a file says of itself -------------------------------------------------------------------------------


def _set_language(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("en-GB")


def _set_title(pdf: pikepdf.Pdf) -> None:
    pdf.docinfo.Title = pikepdf.String("Autre titre")


def _untag(pdf: pikepdf.Pdf) -> None:
    del pdf.Root["/StructTreeRoot"]


def _claim_less(pdf: pikepdf.Pdf) -> None:
    stream = pdf.Root.Metadata
    stream.write(stream.read_bytes().replace(b"<pdfuaid:part>1</pdfuaid:part>", b""))


def _flip_otherwise(pdf: pikepdf.Pdf) -> None:
    pdf.Root.ViewerPreferences.Duplex = pikepdf.Name.DuplexFlipShortEdge


def _act(pdf: pikepdf.Pdf) -> None:
    pdf.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))


def _say_otherwise(pdf: pikepdf.Pdf) -> None:
    element = next(found for found in pdf.objects if isinstance(found, pikepdf.Dictionary) and "/Alt" in found)
    element.Alt = pikepdf.String("Une image")


PROPERTIES = {
    "language": _set_language,
    "title": _set_title,
    "claims": _claim_less,
    "duplex": _flip_otherwise,
    "actions": _act,
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
    record = only_record(compare_files(tmp_path, old, edited(old, _untag)))
    assert {change.name for change in record.properties} == {"tags", "alternative"}


def test_a_damaged_half_still_names_its_file(tmp_path: Path) -> None:
    """The file that cannot be read is the one named, whichever side it is on."""

    def ruin(pdf: pikepdf.Pdf) -> None:
        pdf.pages[0].Contents[0].write(b"(")
        pdf.pages[0].resources["/Odd"] = _deep()

    old, ruined = page(TEXT), edited(page(TEXT), ruin)
    for names, files in (("new.pdf", (old, ruined)), ("old.pdf", (ruined, old))):
        (fault,) = compare_files(tmp_path, *files).faults
        assert (fault.code, Path(fault.place.file or "").name) == ("D103", names)


def _deep() -> pikepdf.Array:
    inner = pikepdf.Array()
    for _ in range(100):
        inner = pikepdf.Array([inner])
    return inner
