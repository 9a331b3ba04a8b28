"""Drafts: what nobody compared is refused, or framed and without codes; what is compared has no trace of a draft."""

from collections.abc import Callable
from pathlib import Path

import page as validator
import pytest

from leaflet.api import build, check, post, print_run, read_manifest
from leaflet.faults import LeafletError
from leaflet.geometry import Box
from leaflet.imposition.draft_numbers import find_rings
from leaflet.layout.face import Face
from leaflet.layout.marks import Text
from leaflet.production.filling import Filling
from leaflet.production.printed_facts import MADE_AS_DRAFTS, NOT_COMPARED
from tests.campaigns import campaign_text, list_of, write_small_campaign
from tests.decoding import decode
from tests.support import fontbook, leaflet_layout, opened, page_texts, render_page, tables_of

TABLES = tables_of(__file__)
SAID = "PROJET – à comparer à la notice"
ROWS = ("0370001A;Lycée Léonard de Vinci;Amboise", "9710003B;Lycée d’exemple;Basse-Terre")


def campaign(folder: Path, tables: str = "", *, template: str = "leaflet-a4", more: str = "", head: str = "") -> Path:
    document = f'[press]\nprinter = "x"\n[[document]]\ntemplate = "{template}"\n{more}'
    text = campaign_text(f"{tables}\n{document}", election="2022", head=head)
    return write_small_campaign(folder, text, list_of("uai;nom;commune", ROWS))


def drafts_of(path: Path) -> list[Path]:
    """Build drafts, and return all files."""
    out = path.parent / "out"
    result = build(path, out, draft=True)
    assert [fault.code for fault in result.faults if fault.code in (NOT_COMPARED, MADE_AS_DRAFTS)] == [MADE_AS_DRAFTS]
    return sorted(out.rglob("*.pdf"))


def test_a_draft_says_so_on_each_page_and_opens_nothing(tmp_path: Path) -> None:
    """Its name and its title, too; no code is read, no address can be clicked, all else is there."""
    path = campaign(tmp_path, TABLES["several"])
    files = drafts_of(path)
    assert [file.name[:15] for file in files] == ["PROJET-0370001A", "PROJET-9710003B"]
    for file in files:
        assert all(SAID in text for text in page_texts(file)) and len(page_texts(file)) == 3
        with opened(file) as document:
            assert document.get_metadata_dict()["Title"].startswith(f"{SAID} – ")
            assert not any(obj.type == 5 for page in document for obj in page.get_objects())  # pictures, as of codes
        assert [decode(render_page(file, number)) for number in range(3)] == [[], [], []]
        assert b"/URI" not in file.read_bytes()
        for profile in ("ua1", "2a"):
            assert validator.validate_pdf(str(file), profile=profile).is_compliant
    first, _, last = page_texts(files[0])
    assert "Lycée Léonard de Vinci" in first and "Pas de code" in first
    assert f" 1 2 3 4 {SAID}" in first  # the rings, behind all else
    for line in ("L’heure de clôture du vote : 16 h", "identifiant d’essai"):
        assert line in last.replace("\u00a0", " "), line
    assert {fault.code for found in check(path.parent / "out", jobs=1).files for fault in found.faults} == {"K015"}


@pytest.mark.parametrize("number", range(len(TABLES["refused"])))
def test_what_nobody_compared_is_not_made(tmp_path: Path, number: int) -> None:
    """Build, print run, mails stop, in every way in which a fact gets in; once it is compared all are made.

    The first way stops them all, each of the others one of them in turn.
    """
    head, tables = TABLES["refused"][number]
    path, out = campaign(tmp_path, tables, head=head), tmp_path / "out"
    orders: list[Callable[[], object]] = [
        *(lambda: build(path, out), lambda: print_run(path, out), lambda: build(path, out, keep_going=True)),
        lambda: print_run(path, out, press="x4", draft=True, epoch=0),
        *(lambda: post("drafts", path, out), lambda: post("table", path, out)),
    ]
    for order in orders if number == 0 else [orders[number % len(orders)]]:
        with pytest.raises(LeafletError) as stopped:
            order()
        assert NOT_COMPARED in {fault.code for fault in stopped.value.faults} and not out.exists()
        assert stopped.value.exit_code == 1
    filling = Filling(path)
    for question in filling.questions():
        if question.kind in ("verify", "confirm"):
            filling.confirm(question, TABLES["day"])
    result = build(path, out, draft=True)
    assert not {NOT_COMPARED, MADE_AS_DRAFTS} & {fault.code for fault in result.faults}
    for file in out.rglob("*.pdf"):
        assert "PROJET" not in file.name and not any("PROJET" in text for text in page_texts(file))


def test_what_was_compared_since_is_made_in_the_place_of_a_draft(tmp_path: Path) -> None:
    """The draft is told as of nobody any more, and goes when it is asked to; half compared, it is made anew."""
    path, out = campaign(tmp_path, TABLES["several"]), tmp_path / "out"
    drafts_of(path)
    filling = Filling(path)
    first, *others = (one for one in filling.questions() if one.kind in ("verify", "confirm"))
    filling.confirm(first, TABLES["day"])
    assert build(path, out, draft=True).made == 2
    for question in others:
        filling.confirm(question, TABLES["day"])
    result = build(path, out)
    assert len(result.stale) == 2 and all("/PROJET-" in name for name in result.stale)
    assert len(build(path, out, prune=True).removed) == 2
    found = read_manifest(out)
    assert found is not None and not any("PROJET" in entry.file for entry in found.entries)


def test_a_document_that_prints_nothing_of_it_is_no_draft(tmp_path: Path) -> None:
    path = campaign(tmp_path, TABLES["one"], more='[[document]]\ntemplate = "poster-a3"\n')
    names = {file.parent.name: file.name for file in drafts_of(path)}
    assert names["leaflet-a4"].startswith("PROJET-") and not names["poster-a3"].startswith("PROJET-")


def test_a_print_run_of_drafts_has_each_once(tmp_path: Path) -> None:
    path = campaign(tmp_path, TABLES["several"])
    result = print_run(path, tmp_path / "run", copies=7, draft=True)
    assert result.files[0] == "PROJET-print-run-leaflet-a4.pdf"
    texts = page_texts(tmp_path / "run" / result.files[0])
    assert sum(SAID in text for text in texts) == 6 and len(texts) == 12  # two sheets with their backs, white backs


@pytest.mark.parametrize(("template", "theme", "sheet"), TABLES["documents"])
def test_each_document_can_be_a_draft(tmp_path: Path, template: str, theme: str, sheet: str) -> None:
    """Nothing is covered: verification finds lines to write on blank, and every page is framed."""
    on = f'sheet = "{sheet}"\n' if sheet else ""
    path = campaign(tmp_path, TABLES["several"], template=template, more=f'theme = "{theme}"\n{on}')
    for file in drafts_of(path):
        assert all(SAID in text for text in page_texts(file))
        assert not any(decode(render_page(file, number)) for number in range(len(page_texts(file))))


def test_rings_cover_nothing() -> None:
    """Wherever a word of the page stands, its ring is on the page, beside all texts and other rings."""
    book = fontbook()
    for face in leaflet_layout().faces:
        texts = list(dict.fromkeys(words_of(face)))[:40]
        rings = find_rings(face, {number: [text] for number, text in enumerate(texts)}, book)
        assert len(rings) > 10
        page, boxes = Box(0, 0, face.width, face.height), list(rings.values())
        assert all(page.contains(ring) for ring in boxes)
        assert not any(one.overlaps(other) for index, one in enumerate(boxes) for other in boxes[:index])
        for placed in face.placed:
            for mark in (mark for group in placed.piece.groups for mark in group.marks if isinstance(mark, Text)):
                width = round(book.face(mark.weight).width(mark.text) * mark.size * 0.3528)
                low = Box(mark.x, mark.y - round(mark.size * 176), width, round(mark.size * 176))  # half a letter
                assert not any(ring.overlaps(placed.locate(low)) for ring in boxes), mark.text


def words_of(face: Face) -> list[str]:
    marks = (mark for placed in face.placed for group in placed.piece.groups for mark in group.marks)
    return [mark.text.strip() for mark in marks if isinstance(mark, Text) and len(mark.text) > 3]
