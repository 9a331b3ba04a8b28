"""What a template author gets wrong is named with file and line."""

from pathlib import Path

import pytest

from leaflet.markup.vocabulary import BLOCKS, CONTAINERS, INLINE, INSTEAD, PAGES, SPARE, TOP_BLOCKS, WORDS
from tests.markup import SOURCES
from tests.support import compose, fault_of, make_template, one_page, parse_all

PAGE = '<leaflet title="T">\n<page>\n<p>avant</p>\n{}\n</page>\n</leaflet>'  # what is tested begins in line 4

FAULTS = SOURCES["faults"]


@pytest.mark.parametrize(("code", "source", "line", "named"), FAULTS)
def test_a_markup_fault_names_file_line_and_word(
    tmp_path: Path, code: str, source: str, line: int, named: str
) -> None:
    """Unknown, misplaced, incomplete and unbalanced markup is refused at the line where it stands."""
    renderer = make_template(tmp_path, leaflet=PAGE.format(source))
    fault = fault_of(lambda: parse_all(renderer.render({})))
    assert (fault.code, fault.place.file, fault.place.line) == (code, "t/leaflet.xml", line)
    assert named in fault.reason("en") and (named in fault.reason("fr") or "problem" in fault.values)


FIRST_ON_THE_PAGE = [
    ("M105", "</p>"), ("M105", "x</p>"), ("M105", "<p class=end>x</p>"), ("M105", '<p class="end" class="end">x</p>'),
    ("M106", "texte"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "source"), FIRST_ON_THE_PAGE)
def test_a_fault_before_any_block_names_the_file(tmp_path: Path, code: str, source: str) -> None:
    """A fault that comes before the first whole block of a page is placed in the page's file too."""
    renderer = make_template(tmp_path, leaflet=f'<leaflet title="T"><page>\n{source}\n</page></leaflet>')
    fault = fault_of(lambda: parse_all(renderer.render({})))
    assert (fault.code, fault.place.file) == (code, "t/leaflet.xml") and fault.place.line in (1, 2)


@pytest.mark.parametrize(
    "source", ["", "<page></page>", "<p>x</p>", '<leaflet title="a"></leaflet><leaflet title="b"></leaflet>', "texte"]
)
def test_a_template_holds_exactly_one_leaflet(tmp_path: Path, source: str) -> None:
    renderer = make_template(tmp_path, leaflet=source)
    assert fault_of(lambda: parse_all(renderer.render({}))).code in ("M103", "M106", "M108", "M110")


@pytest.mark.parametrize("source", ["<page></page>", "<main></main>", "<side></side>"])
def test_pages_and_columns_stand_only_where_they_make_sense(tmp_path: Path, source: str) -> None:
    renderer = make_template(tmp_path, leaflet=PAGE.format(source))
    fault = fault_of(lambda: parse_all(renderer.render({})))
    assert (fault.code, fault.place.line) == ("M103", 4)


EMPTY = [
    *("<p></p>", "<h2></h2>", "<ul></ul>", "<ul><li></li></ul>", "<panel></panel>", "<row></row>"),
    *("<notice></notice>", "<keys></keys>", "<hero></hero>", "<footer></footer>", "<steps></steps>"),
]


@pytest.mark.parametrize("source", EMPTY)
def test_an_empty_block_is_refused(source: str) -> None:
    """A block without content would be an empty element for a screen reader: it is refused by name, with its line."""
    place = ' at="t.xml:7"'
    tag = source[1:].split(">", 1)[0]
    fault = fault_of(lambda: compose(one_page(source.replace(f"<{tag}", f"<{tag}{place}", 1))))
    assert (fault.code, fault.place.line) == ("M110", 7)


def test_pages_pictures_and_kinds_of_words() -> None:
    """A leaflet needs a page and the campaign's own pictures; a word is container, block or inline."""
    assert fault_of(lambda: compose('<leaflet at="t.xml:1" title="T"></leaflet>')).code == "M110"
    markup = one_page(
        '<hero at="t.xml:3"><h1 at="t.xml:4">A</h1><img at="t.xml:5" src="/etc/passwd" alt="x"/></hero>'
    )
    fault = fault_of(lambda: compose(markup))
    assert (fault.code, fault.place.file, fault.place.line) == ("M109", "t.xml", 5)
    assert "logo" in fault.way_out("fr")
    assert len(WORDS) == len(CONTAINERS) + len(BLOCKS) + len(INLINE) and set(BLOCKS) > TOP_BLOCKS
    for word in WORDS.values():
        assert word.only <= set(WORDS) and not word.required & word.optional
    assert (BLOCKS["blank"].content, BLOCKS["blank"].only) == ("blocks", {"hint"})
    assert BLOCKS["blank"].attributes == {"label", "short", "shortest", "icon", "unit", SPARE, INSTEAD, PAGES}
