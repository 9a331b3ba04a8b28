"""Which pages are shown: each look once, the longest and the shortest text, never a page with names."""

from pathlib import Path

from leaflet.preflight.compare.compare_builds import BuiltFile
from leaflet.preflight.report.gallery import MOST, DocumentGallery, ReportFile, choose_pages
from leaflet.preflight.verdict import JudgedFile, PageAppearance

Page = tuple[str, int]  # a look, and how many characters


def read(name: str, *pages: Page, document: str = "d", personal: bool = False) -> ReportFile:
    file = BuiltFile(path=Path(name), name=name, document=document, record=name, is_personal=personal)
    looks = tuple(
        PageAppearance(number=at, layout_key=look.encode(), exact=f"{look}{length}".encode(), characters=length)
        for at, (look, length) in enumerate(pages, 1)
    )
    return ReportFile(file=file, judged=JudgedFile(name=name, pages=len(pages), faults=(), looks=looks))


def shown(gallery: DocumentGallery) -> list[tuple[str, int, str, int]]:
    """File, page, why, and how many files have its look."""
    return [(page.file.name, page.number, page.kind, page.similar.files) for page in gallery.shown]


def test_pages_that_look_alike_are_shown_by_the_typical_one() -> None:
    (gallery,) = choose_pages([read("a", ("x", 30)), read("b", ("x", 10)), read("c", ("x", 20))])
    assert shown(gallery) == [("c", 1, "typical", 3), ("a", 1, "longest", 3), ("b", 1, "shortest", 3)]
    assert [page.is_counted for page in gallery.shown] == [True, False, False] and gallery.left_out == 0


def test_equal_lengths_have_no_longest_and_one_page_may_be_both() -> None:
    """Of two files the typical one is the longest, too: the same picture is not shown twice."""
    (gallery,) = choose_pages([read("a", ("x", 10)), read("b", ("x", 10))])
    assert shown(gallery) == [("b", 1, "typical", 2)] and gallery.shown[0].similar.is_same
    (gallery,) = choose_pages([read("a", ("x", 10)), read("b", ("x", 20))])
    assert shown(gallery) == [("b", 1, "typical", 2), ("a", 1, "shortest", 2)]


def test_a_rare_look_is_shown_once() -> None:
    """By the longest text, if that is its own; else by a page of it."""
    files = [read("a", ("x", 10)), read("b", ("x", 10)), read("c", ("two lines", 90)), read("d", ("odd", 50))]
    (gallery,) = choose_pages(files)
    assert shown(gallery) == [("b", 1, "typical", 2), ("c", 1, "longest", 1), ("a", 1, "shortest", 2),
                              ("d", 1, "other", 1)]  # fmt: skip


def test_a_page_repeated_in_a_file_is_shown_once() -> None:
    """Ten sheets of cards are one look; they are counted by file and by page."""
    (gallery,) = choose_pages([read("a", ("front", 5), ("back", 3), ("front", 5), ("back", 3))])
    assert shown(gallery) == [("a", 3, "typical", 1), ("a", 4, "typical", 1)]
    assert [len(page.similar.pages) for page in gallery.shown] == [2, 2]
    assert [page.similar.first for page in gallery.shown] == [1, 2]


def test_pages_with_names_are_never_shown() -> None:
    """Neither alone nor beside files without names."""
    others = (read("b", ("y", 10), document="e"), read("c", ("z", 9), document="e"))
    first, second = choose_pages([read("a", ("x", 10), personal=True), *others])
    assert (first.is_personal, first.shown) == (True, ())
    assert (second.is_personal, len(second.shown)) == (False, 2)
    (mixed,) = choose_pages([read("a", ("x", 10), personal=True), read("b", ("x", 10))])
    assert mixed.is_personal and shown(mixed) == [("b", 1, "typical", 1)]


def test_too_many_looks_are_left_out_and_counted() -> None:
    """A file that could not be opened has no page."""
    files = [read(f"f{n}-{m}", (f"look {n}", 10)) for n in range(20) for m in range(1 + (n == 7))]
    (gallery,) = choose_pages(files)
    assert len(gallery.shown) == MOST and shown(gallery)[0][2:] == ("typical", 2)
    assert gallery.left_out == 20 - MOST
    (gallery,) = choose_pages([read("a")])
    assert (gallery.document, gallery.shown, gallery.left_out) == ("d", (), 0)
