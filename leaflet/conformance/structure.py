"""Checks that structure tree, parent tree, marked content and annotations of a file agree, which no validator does.

An independent reading with pikepdf: nothing here is shared with ``leaflet/pdf``. Clauses are of ISO 32000-1
(PDF 1.7) unless ISO 14289-1 (PDF/UA-1) is named. Lengths are points, as in the file.
Not here: metadata, fonts, colours, which page-validation judges; what is on the page, which ``verify`` reads.
"""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pikepdf

from leaflet.conformance.marked_content import MarkedPage, read_page
from leaflet.conformance.struct_tree import ParentTree, StructElement, StructTree, as_list

_KIDS = {"L": frozenset({"LI"}), "LI": frozenset({"Lbl", "LBody"})}  # ISO 14289-1 §7.6
_PARENTS = {"LI": frozenset({"L"}), "Lbl": frozenset({"LI"}), "LBody": frozenset({"LI"})}
_SLACK = 0.01  # points a rounded rectangle may stick out of its page


def check_structure(data: bytes) -> list[str]:
    """Check tags, marked content and annotations of a PDF file; return what does not agree, one message each."""
    try:
        with pikepdf.open(BytesIO(data)) as pdf:
            root = pdf.Root.get("/StructTreeRoot")
            if root is None:
                return ["the file has no structure tree (§14.7.2)"]
            return list(_check(pdf, root))
    except pikepdf.PdfError as error:
        return [f"the file cannot be read: {error}"]


def _check(pdf: pikepdf.Pdf, root: Any) -> Iterator[str]:
    tree = StructTree(root)
    pages = [read_page(page, number) for number, page in enumerate(pdf.pages, 1)]
    parents = ParentTree(root)
    yield from tree.messages
    yield from _check_reachable(pdf, tree)
    for page in pages:
        yield from page.messages
        yield from _check_contents(page, tree, parents)
        yield from _check_annotations(page, tree, parents)
    yield from _check_owned_things_exist(pages, tree)
    yield from _check_roles(tree)
    yield from _check_headings(tree)
    yield from _check_figures(pages, tree)
    yield from parents.check_used()


def _check_reachable(pdf: pikepdf.Pdf, tree: StructTree) -> Iterator[str]:
    """Every structure element of the file hangs in the tree (§14.7.2)."""
    for item in pdf.objects:
        if not isinstance(item, pikepdf.Dictionary) or item.objgen in tree.elements:
            continue
        if item.get("/Type") == "/StructElem" or ("/S" in item and "/P" in item and "/K" in item):
            yield f"{str(item.get('/S', '/?'))[1:]} (object {item.objgen[0]}) is not reached from the root (§14.7.2)"


def _check_contents(page: MarkedPage, tree: StructTree, parents: ParentTree) -> Iterator[str]:
    """Each MCID: owned once, by the element its parent tree entry names (§14.7.4.4)."""
    entries = parents.page_entries(page)
    for identifier in sorted(page.identifiers):
        owners = tree.owners.get((page.id, identifier), [])
        if len(owners) != 1:
            names = ", ".join(str(owner) for owner in owners) or "no structure element"
            yield f"{page.name}: marked content {identifier} is owned by {names} (§14.7.4.2)"
        entry = entries.get(identifier)
        if entry is None:
            yield f"{page.name}: the parent tree has no entry for marked content {identifier} (§14.7.4.4)"
        elif owners and entry != owners[0].id:
            yield (
                f"{page.name}: the parent tree gives marked content {identifier} to object {entry[0]}, "
                f"but {owners[0]} owns it (§14.7.4.4)"
            )
    for identifier in sorted(set(entries) - set(page.identifiers)):
        yield f"{page.name}: the parent tree has a stale entry for marked content {identifier} (§14.7.4.4)"


def _check_owned_things_exist(pages: list[MarkedPage], tree: StructTree) -> Iterator[str]:
    """Check that what elements own stands on a page, and that Pg is a page with their content (table 323)."""
    contents = {(page.id, identifier) for page in pages for identifier in page.identifiers}
    annotations = {(page.id, a.objgen) for page in pages for a in as_list(page.dictionary.get("/Annots"))}
    for element in tree:
        for owned in element.contents:
            if owned not in contents:
                yield f"{element} owns marked content {owned[1]}, which is not on its page (§14.7.4.2)"
        for reference in element.objects:
            if reference not in annotations:
                yield f"{element} owns object {reference[1][0]}, which is no annotation of its page (§14.7.4.3)"
        page = element.dictionary.get("/Pg")
        on = {owned[0] for below in element.walk() for owned in [*below.contents, *below.objects]}
        if page is not None and on and page.objgen not in on:
            yield f"{element}: its Pg is a page on which none of its content stands (table 323)"


def _check_annotations(page: MarkedPage, tree: StructTree, parents: ParentTree) -> Iterator[str]:
    """A link is owned by one Link element, which its StructParent leads to (ISO 14289-1 §7.18.5)."""
    for annotation in as_list(page.dictionary.get("/Annots")):
        name = f"{page.name}: annotation {annotation.objgen[0]}"
        role = "Link" if annotation.get("/Subtype") == "/Link" else "Annot"
        owners = tree.object_owners.get(annotation.objgen, [])
        if len(owners) != 1:
            yield f"{name} is owned by {len(owners)} structure elements (§14.7.4.3)"
        elif owners[0].role != role:
            yield f"{name} is owned by {owners[0]}, not by a {role} (ISO 14289-1 §7.18)"
        key = annotation.get("/StructParent")
        if key is None:
            yield f"{name} has no StructParent (§14.7.4.4)"
            continue
        entry = parents.object_entry(int(key), name)
        if owners and entry != owners[0].id:
            found = f"object {entry[0]}" if entry else "nothing"
            yield f"{name}: the parent tree gives it to {found}, but {owners[0]} owns it (§14.7.4.4)"


def _check_roles(tree: StructTree) -> Iterator[str]:
    """Lists hold items, items hold label and body (ISO 14289-1 §7.6); a link has something to read out."""
    for element in tree:
        above = tree.elements.get(element.parent, tree.top)
        allowed = _KIDS.get(above.role)
        if allowed and element.role not in allowed:
            yield f"{element} stands in {above}, which holds only {', '.join(sorted(allowed))} (ISO 14289-1 §7.6)"
        wanted = _PARENTS.get(element.role)
        if wanted and above.role not in wanted:
            yield f"{element} stands in {above} instead of {', '.join(sorted(wanted))} (ISO 14289-1 §7.6)"
        if element.role in _KIDS and element.contents:
            yield f"{element} has content of its own, outside {' and '.join(sorted(_KIDS[element.role]))} (§14.8.4.3)"
        if element.role == "Link" and not _is_readable(element):
            yield f"{element} has neither text nor alternative text (ISO 14289-1 §7.18.5)"


def _is_readable(element: StructElement) -> bool:
    return any(below.contents or str(below.dictionary.get("/Alt", "")).strip() for below in element.walk())


def _check_headings(tree: StructTree) -> Iterator[str]:
    """The first heading is H1, and no level is skipped on the way down (ISO 14289-1 §7.4.2)."""
    level = 0
    for element in tree.top.walk():
        if len(element.role) == 2 and element.role[0] == "H" and element.role[1].isdigit():
            if int(element.role[1]) > level + 1:
                before = f"H{level}" if level else "no heading"
                yield f"{element} follows {before}: a level is skipped (ISO 14289-1 §7.4.2)"
            level = int(element.role[1])


def _check_figures(pages: list[MarkedPage], tree: StructTree) -> Iterator[str]:
    """A figure has alternative text (ISO 14289-1 §7.3) and a BBox (table 344) inside its page."""
    by_id = {page.id: page for page in pages}
    for element in tree:
        if element.role != "Figure":
            continue
        if not str(element.dictionary.get("/Alt", element.dictionary.get("/ActualText", ""))).strip():
            yield f"{element} has no alternative text (ISO 14289-1 §7.3)"
        box = _bounding_box(element)
        page = by_id.get(element.contents[0][0]) if element.contents else None
        if box is None:
            yield f"{element} has no BBox (table 344)"
        elif page and not _is_inside(box, [float(side) for side in page.dictionary.MediaBox]):
            yield f"{element}: its BBox {box} is empty or leaves {page.name} (table 344)"


def _bounding_box(element: StructElement) -> list[float] | None:
    for attributes in as_list(element.dictionary.get("/A")):
        if isinstance(attributes, pikepdf.Dictionary) and attributes.get("/O") == "/Layout" and "/BBox" in attributes:
            return [float(side) for side in as_list(attributes.get("/BBox"))]
    return None


def _is_inside(box: list[float], page: list[float]) -> bool:
    left, lower, right, upper = box
    return (
        page[0] - _SLACK <= left < right <= page[2] + _SLACK and page[1] - _SLACK <= lower < upper <= page[3] + _SLACK
    )
