"""The structure check agrees with every file the program writes and reports each way of breaking one."""

import operator
from collections.abc import Callable, Iterator
from io import BytesIO

import pikepdf
import pytest

from tests.support import (
    LONG_NAME,
    NAMES,
    THEMES,
    check_structure,
    compose_page,
    leaflet_pdf,
    saved,
    tables_of,
    write,
)

TABLES = tables_of(__file__)
Breakage = Callable[[pikepdf.Pdf], None]


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("name", NAMES)
def test_written_files_agree(theme: str, name: str) -> None:
    assert check_structure(leaflet_pdf(theme, name)) == []


def test_a_file_saved_again_agrees() -> None:
    """Also with objects renumbered and packed, and the content streams of a page joined."""
    with pikepdf.open(_stream()) as pdf:
        assert check_structure(saved(pdf)) == []
    with pikepdf.open(_stream()) as pdf:
        for page in pdf.pages:
            page.contents_coalesce()
        out = BytesIO()
        pdf.save(out, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    assert check_structure(out.getvalue()) == []


def test_skipped_levels_are_messages() -> None:
    """A template’s h3 right after h1 is found."""
    data = write(compose_page('<h1 at="t.xml:3">Un</h1><h3 at="t.xml:4">Trois</h3>'))
    assert [message for message in check_structure(data) if "a level is skipped" in message]


def _stream() -> BytesIO:
    return BytesIO(leaflet_pdf("default", LONG_NAME))


def _elements(pdf: pikepdf.Pdf, role: str) -> Iterator[pikepdf.Dictionary]:
    """Structure elements of a role, in the order of their numbers."""
    for item in pdf.objects:
        if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/StructElem" and f"/{role}" == item.S:
            yield item


def _first(pdf: pikepdf.Pdf, role: str) -> pikepdf.Dictionary:
    return next(_elements(pdf, role))


def _document(pdf: pikepdf.Pdf) -> pikepdf.Dictionary:
    return pdf.Root.StructTreeRoot.K[0]


def _numbers(pdf: pikepdf.Pdf) -> pikepdf.Array:
    return pdf.Root.StructTreeRoot.ParentTree.Nums


def _with_content(pdf: pikepdf.Pdf, role: str) -> pikepdf.Dictionary:
    """An element of a role that owns marked content of its own."""
    return next(e for e in _elements(pdf, role) if any(isinstance(kid, int) for kid in e.K))


def _replaced(old: str, new: str) -> Breakage:
    """Replace a piece of the first page's content stream."""

    def edit(pdf: pikepdf.Pdf) -> None:
        page = pdf.pages[0]
        page.contents_coalesce()
        content = page.Contents.read_bytes().decode("latin-1")
        assert old in content
        page.Contents.write(content.replace(old, new, 1).encode("latin-1"))

    return edit


def _added(content: str) -> Breakage:
    return lambda pdf: pdf.pages[0].contents_add(content.encode("latin-1"))


def _set_first(role: str, key: str, value: Callable[[pikepdf.Pdf], object]) -> Breakage:
    return lambda pdf: setattr(_first(pdf, role), key, value(pdf))


def _renamed(role: str, other: str) -> Breakage:
    return _set_first(role, "S", lambda _pdf: pikepdf.Name(other))


def _wrong_parent_entry(pdf: pikepdf.Pdf) -> None:
    entries = _numbers(pdf)[1]
    entries[0] = next(element for element in _elements(pdf, "P") if element.objgen != entries[0].objgen)


def _swapped_parent_entries(pdf: pikepdf.Pdf) -> None:
    entries = _numbers(pdf)[1]
    entries[0], entries[1] = entries[1], entries[0]


def _swapped_identifiers(pdf: pikepdf.Pdf) -> None:
    first, second = [e for e in _elements(pdf, "P") if list(e.K) and isinstance(e.K[0], int)][:2]
    first.K[0], second.K[0] = int(second.K[0]), int(first.K[0])


def _owned_twice(pdf: pikepdf.Pdf) -> None:
    first, second = [e for e in _elements(pdf, "P") if list(e.K) and isinstance(e.K[0], int)][:2]
    second.K.append(int(first.K[0]))


def _short_parent_array(pdf: pikepdf.Pdf) -> None:
    entries = _numbers(pdf)[1]
    del entries[len(entries) - 1]


def _keys_out_of_order(pdf: pikepdf.Pdf) -> None:
    numbers = _numbers(pdf)
    numbers[2], numbers[0] = int(numbers[0]), int(numbers[2])
    numbers[1], numbers[3] = numbers[3], numbers[1]


def _annotation_elsewhere(pdf: pikepdf.Pdf) -> None:
    first, *_, second = pdf.pages[0].Annots
    first.StructParent, second.StructParent = int(second.StructParent), int(first.StructParent)


def _annotation_without_owner(pdf: pikepdf.Pdf) -> None:
    link = _first(pdf, "Link")
    link.K = pikepdf.Array([kid for kid in link.K if isinstance(kid, int)])


def _silent_link(pdf: pikepdf.Pdf) -> None:
    link = _first(pdf, "Link")
    link.K = pikepdf.Array([kid for kid in link.K if not isinstance(kid, int)])


def _unreachable(pdf: pikepdf.Pdf) -> None:
    kids = _document(pdf).K
    del kids[len(kids) - 1]


def _loose_text(pdf: pikepdf.Pdf) -> None:
    font = next(iter(pdf.pages[0].Resources.Font.keys())).encode()
    pdf.pages[0].contents_add(b"BT %b 12 Tf (x) Tj ET" % font)


def _named_properties(pdf: pikepdf.Pdf) -> None:
    resources = pdf.pages[0].Resources
    resources.Properties = pikepdf.Dictionary(Mc0=pikepdf.Dictionary(MCID=0))
    pdf.pages[0].contents_add(b"/P /Mc0 BDC EMC")


def _form_with_identifiers(pdf: pikepdf.Pdf) -> None:
    form = pdf.make_stream(b"/P << /MCID 0 >> BDC EMC")
    form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, [0, 0, 1, 1]
    pdf.pages[0].Resources.XObject.Fm1 = form
    pdf.pages[0].contents_add(b"/Artifact BMC /Fm1 Do EMC")


BY: dict[str, Callable[..., Breakage]] = {"added": _added, "renamed": _renamed, "replaced": _replaced}
BREAKAGES: list[tuple[str, Breakage, str]] = [
    *((name, BY[how](*values), message) for how, rows in TABLES.items() for name, (*values, message) in rows.items()),
    ("wrong_parent_entry", _wrong_parent_entry, "the parent tree gives marked content 0 to object"),
    ("swapped_parent_entries", _swapped_parent_entries, "the parent tree gives marked content 1 to object"),
    ("swapped_identifiers", _swapped_identifiers, "the parent tree gives marked content"),
    ("owned_twice", _owned_twice, "is owned by P"),
    (
        "owned_by_nobody",
        lambda pdf: setattr(_with_content(pdf, "H1"), "K", pikepdf.Array([])),
        "is owned by no structure element",
    ),
    (
        "owned_but_absent",
        lambda pdf: _with_content(pdf, "H1").K.append(9999),
        "owns marked content 9999, which is not on its page",
    ),
    ("short_parent_array", _short_parent_array, "the parent tree has no entry for marked content"),
    (
        "stale_parent_entry",
        lambda pdf: _numbers(pdf)[1].append(_first(pdf, "P")),
        "the parent tree has a stale entry for marked content",
    ),
    ("stale_key", lambda pdf: _numbers(pdf).extend([4711, _first(pdf, "Link")]), "stale key 4711"),
    ("keys_out_of_order", _keys_out_of_order, "not in ascending order"),
    ("no_parent_tree", lambda pdf: delattr(pdf.Root.StructTreeRoot, "ParentTree"), "has no parent tree"),
    ("no_struct_parents", lambda pdf: delattr(pdf.pages[0], "StructParents"), "page 1 has no StructParents"),
    ("shared_struct_parents", lambda pdf: setattr(pdf.pages[1], "StructParents", 0), "share the key 0"),
    ("no_alt", lambda pdf: delattr(_first(pdf, "Figure"), "Alt"), "has no alternative text"),
    ("blank_alt", lambda pdf: setattr(_first(pdf, "Figure"), "Alt", "  "), "has no alternative text"),
    ("annotation_elsewhere", _annotation_elsewhere, "the parent tree gives it to object"),
    ("annotation_without_key", lambda pdf: delattr(pdf.pages[0].Annots[0], "StructParent"), "has no StructParent"),
    ("annotation_without_owner", _annotation_without_owner, "is owned by 0 structure elements"),
    (
        "reference_to_lost_annotation",
        lambda pdf: operator.delitem(pdf.pages[0].Annots, 0),
        "which is no annotation of its page",
    ),
    ("silent_link", _silent_link, "has neither text nor alternative text"),
    ("unreachable", _unreachable, "is not reached from the root"),
    ("reached_twice", lambda pdf: _document(pdf).K.append(_document(pdf).K[0]), "is reached twice"),
    ("wrong_parent", lambda pdf: setattr(_first(pdf, "H1"), "P", _first(pdf, "Figure")), "its P is not"),
    ("wrong_page", _set_first("H1", "Pg", lambda pdf: pdf.pages[1].obj), "is owned by no structure element"),
    ("no_page", lambda pdf: operator.delitem(_first(pdf, "H1"), "/Pg"), "of no page: Pg is missing"),
    (
        "wrong_page_of_a_group",
        _set_first("L", "Pg", lambda pdf: pdf.pages[1].obj),
        "its Pg is a page on which none of its content stands",
    ),
    ("loose_text", _loose_text, "Tj paints 1 times outside"),
    ("named_properties", _named_properties, "marked content 0 stands twice"),
    ("form_with_identifiers", _form_with_identifiers, "has marked-content identifiers of its own"),
    (
        "figure_outside_page",
        lambda pdf: setattr(_first(pdf, "Figure").A, "BBox", pikepdf.Array([500, 700, 700, 900])),
        "leaves page 1",
    ),
    (
        "empty_figure_box",
        lambda pdf: setattr(_first(pdf, "Figure").A, "BBox", pikepdf.Array([100, 100, 100, 200])),
        "is empty or leaves page 1",
    ),
    ("figure_without_box", lambda pdf: delattr(_first(pdf, "Figure"), "A"), "has no BBox"),
    ("no_tree", lambda pdf: delattr(pdf.Root, "StructTreeRoot"), "no structure tree"),
]


@pytest.mark.parametrize(("name", "breakage", "message"), BREAKAGES, ids=[name for name, *_ in BREAKAGES])
def test_a_broken_file_is_reported(name: str, breakage: Breakage, message: str) -> None:
    with pikepdf.open(_stream()) as pdf:
        breakage(pdf)
        messages = check_structure(saved(pdf))
    assert any(message in found for found in messages), messages


def test_messages_name_page_element_and_clause() -> None:
    with pikepdf.open(_stream()) as pdf:
        _first(pdf, "Figure")["/Alt"] = ""
        pdf.pages[1].contents_add(b"0 0 1 1 re f")
        messages = check_structure(saved(pdf))
    page, figure = messages
    assert page.startswith("page 2: ") and figure.startswith("Figure (object ") and "§" in page and "§" in figure
