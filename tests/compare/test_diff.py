"""Two builds: exactly the records that differ are told, by hash first; names of people stay where they are."""

import json
import stat
from pathlib import Path

import numpy as np
import pikepdf
import pytest
from PIL import Image

from benchmarks.generate import make_schools
from leaflet.preflight.compare.compare_builds import compare_paths
from leaflet.preflight.compare.differences import Comparison, RecordChange, comparison_json
from leaflet.production.manifest import NAME
from tests.compare.conftest import SCHOOLS
from tests.compare.fault_cases import page as paragraph
from tests.preflight.samples import edited
from tests.preflight.support import (
    build_campaign,
    build_people,
    build_schools,
    change_text,
    compare_files,
    copy_build,
    lines,
    only_page,
)
from tests.support import leaflet_pdf

SCHOOL = next(school for school in make_schools(SCHOOLS) if len(school.nom) < 40 and not school.nom.endswith("e"))
ONE = f"{SCHOOL.uai};{SCHOOL.nom}"


def different(comparison: Comparison) -> list[RecordChange]:
    """The records that differ; nothing else is to be said."""
    assert comparison.faults == ()
    return [record for record in comparison.records if record.status not in ("unchanged", "same-content")]


def test_two_builds_of_the_same_are_the_same(tmp_path: Path, schools: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All hashes agree, and no file is opened."""
    new = build_schools(tmp_path, SCHOOLS)
    monkeypatch.setattr(pikepdf, "open", None)
    found = compare_paths(schools, new)
    assert not found.is_different and found.counts["unchanged"] == SCHOOLS == len(found.records)


def test_one_letter_in_one_school(tmp_path: Path, schools: Path) -> None:
    """That school, that line, and the title that names it; the file has another name and is the same record."""
    changed = f"{SCHOOL.nom[:-1]}e"
    (record,) = different(compare_paths(schools, build_schools(tmp_path, SCHOOLS, (ONE, f"{SCHOOL.uai};{changed}"))))
    assert (record.document, record.record, record.status) == ("leaflet-a4", SCHOOL.uai, "changed")
    assert record.is_renamed
    (page,) = record.pages
    words = ["Personnels", "de", ":", *SCHOOL.nom.split()]
    marked = [*words[:-1], f"[{words[-1]},]"]
    assert [tuple(line.split()[: len(words)] for line in pair) for pair in lines(page)] == [
        (marked, [*words[:-1], f"[{changed.split()[-1]},]"])
    ]
    assert page.number == 1 and [change.name for change in record.properties] == ["title"]


def test_a_letter_that_no_other_school_has(tmp_path: Path, schools: Path) -> None:
    """It changes the fonts and so the bytes of every file; one school differs."""
    found = compare_paths(schools, build_schools(tmp_path, SCHOOLS, (ONE, f"{ONE} ÿø")))
    assert [record.record for record in different(found)] == [SCHOOL.uai]
    assert found.counts["same-content"] == SCHOOLS - 1


def test_schools_that_come_and_go(tmp_path: Path, schools: Path) -> None:
    """A school more, a school less, and all others unchanged."""
    campaign = tmp_path / "campaign" / "campaign.toml"
    more = build_schools(tmp_path, SCHOOLS + 1)
    rows = (campaign.parent / "ecoles.csv").read_text("utf-8").splitlines(keepends=True)
    found = different(compare_paths(schools, more))
    assert [(record.record, record.status) for record in found] == [(rows[-1][:8], "added")]
    found = different(compare_paths(more, schools))
    assert [(record.record, record.status) for record in found] == [(rows[-1][:8], "removed")]
    assert (found[0].old_file is not None, found[0].new_file) == (True, None)


def test_another_zlib_is_no_change(tmp_path: Path, schools: Path) -> None:
    """All files written anew with other compression, and listed so: the same content in other bytes."""
    new = copy_build(schools, tmp_path / "new")
    for path in new.rglob("*.pdf"):
        path.write_bytes(edited(path.read_bytes(), recompress_flate=True, linearize=True))
    found = compare_paths(schools, new)
    assert not found.is_different and found.counts["same-content"] == SCHOOLS
    assert {fault.code for fault in found.faults} == {"D105"}


def test_another_template_text_is_reported_for_every_school(tmp_path: Path, people: Path) -> None:
    campaign = tmp_path / "campaign"
    build_people(tmp_path)
    change_text(campaign / "campaign.toml", ("Syndicat des écoles", "Syndicat des lycées"))
    found = compare_paths(people, build_campaign(campaign / "campaign.toml", tmp_path / "new"))
    assert {record.status for record in found.records if record.document == "leaflet-a4"} == {"changed"}
    for record in found.records:
        if record.document == "leaflet-a4":
            assert all("[écoles]" in old and "[lycées]" in new for page in record.pages for old, new in lines(page))


def test_a_damaged_file_is_reported_and_the_others_compared(tmp_path: Path, schools: Path) -> None:
    """Both damaged files are named; the school that changed is found all the same."""
    new = build_schools(tmp_path, SCHOOLS, (ONE, f"{ONE} Nord"))
    ruined = sorted(path for path in new.rglob("*.pdf") if SCHOOL.uai not in path.name)[:2]
    for path in ruined:
        path.write_bytes(path.read_bytes()[:2000])
    found = compare_paths(schools, new)
    assert sorted(fault.code for fault in found.faults) == ["D103", "D103", "D105", "D105"]
    assert {Path(fault.place.file or "") for fault in found.faults} == set(ruined)
    counts = {"changed": 1, "unreadable": 2, "unchanged": SCHOOLS - 3}
    assert {key: count for key, count in found.counts.items() if count} == counts


def test_a_lost_page_content_is_never_the_same(tmp_path: Path) -> None:
    """A content stream that cannot be unpacked any more: a fault, or a page that differs."""
    old = edited(leaflet_pdf(), compress_streams=True)

    def ruin(pdf: pikepdf.Pdf) -> None:
        stream = pdf.pages[0].Contents[1]
        raw = bytearray(stream.read_raw_bytes())
        raw[20:40] = bytes(20)
        stream.write(bytes(raw), filter=stream.Filter)

    found = compare_files(tmp_path, old, edited(old, ruin))
    assert found.is_different and (found.has_errors or found.records[0].pages)


def test_names_are_not_reported(tmp_path: Path, people: Path) -> None:
    """A card that differs is told with its page and area; no word of it, in no form, unless asked for.

    Nobody but their owner may open the pictures of cards with names, nor list their folder.
    """
    new = build_people(tmp_path, ("Labert", "Lambert"))
    found = compare_paths(people, new, pictures=tmp_path / "pictures")
    (record,) = different(found)
    assert (record.document, record.personal) == ("memo-card", True)
    (page,) = record.pages
    assert page.boxes and (page.words, page.links) == ((), ()) and page.hidden > 0
    for text in (repr(found), comparison_json(found, "fr")):
        assert "bert" not in text.lower()
    shown = different(compare_paths(people, new, show_personal=True))[0].pages[0]
    assert any("Lambert" in line for _, line in lines(shown))
    entries = json.loads((new / NAME).read_text("utf-8"))["files"]
    file = next(one["file"] for one in entries if one["record"] == "0370000Z" and one["personal"])
    alone = compare_paths(people / file, new / file)
    assert alone.records[0].personal and "bert" not in repr(alone).lower()
    folder = tmp_path / "pictures" / "memo-card"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    pictures = list(folder.iterdir())
    assert {stat.S_IMODE(path.stat().st_mode) for path in pictures} == {0o600}
    assert sorted(path.name.rsplit("-", 1)[1] for path in pictures) == ["new.png", "old.png", "overlay.png"]


def pixels(path: Path | None) -> np.ndarray:
    assert path is not None
    return np.array(Image.open(path).convert("RGB")).astype(int)


def test_the_overlay_shows_both(tmp_path: Path) -> None:
    """Old letters alone are red, new ones alone blue, and the red is lighter: a grey print tells them apart."""
    found = compare_files(tmp_path, paragraph("mmmm"), paragraph("mmmm llll"), pictures=tmp_path / "pictures")
    old, new, both = map(pixels, only_page(found).pictures.values())
    assert old.shape == new.shape
    overlay = both[: old.shape[0]]
    only_new = (old.min(axis=2) > 250) & (new.min(axis=2) < 60)
    assert only_new.any()
    red, green, blue = overlay[only_new].mean(axis=0)
    assert blue > green > red
    back = compare_files(tmp_path / "b", paragraph("mmmm llll"), paragraph("mmmm"), pictures=tmp_path / "back")
    gone = pixels(only_page(back).pictures["overlay"])[: old.shape[0]][only_new].mean(axis=0)
    assert gone[0] > gone[1] > gone[2] and gone.mean() > overlay[only_new].mean() + 40


def test_pages_that_come_and_go_have_one_picture(tmp_path: Path) -> None:
    one, two = paragraph("premier"), edited(paragraph("premier"), lambda pdf: pdf.pages.append(pdf.pages[0]))
    added = only_page(compare_files(tmp_path, one, two, pictures=tmp_path / "pictures")).pictures
    assert [*added] == ["new"] and pixels(added["new"]).min() < 100
    assert [path.name for path in (tmp_path / "pictures").iterdir()] == ["new-p2-added.png"]


def test_pictures_are_the_same_every_time(tmp_path: Path) -> None:
    written = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        compare_files(folder, paragraph("un"), paragraph("deux"), pictures=folder / "p")
        written.append({path.name: path.read_bytes() for path in (folder / "p").iterdir()})
    assert written[0] == written[1] and len(written[0]) == 3


def test_json_says_everything(tmp_path: Path) -> None:
    """Statuses, words, links, boxes in millimetres; keys are there whether or not they say anything."""
    found = compare_files(tmp_path, paragraph("le 29 novembre"), paragraph("le 28 novembre"))
    content = json.loads(comparison_json(found, "fr"))
    assert content["different"] is True and content["counts"]["changed"] == 1
    (record,) = content["records"]
    (page,) = record["pages"]
    (words,) = page["words"]
    assert (words["old"], words["new"]) == ("le 29 novembre", "le 28 novembre")
    assert (words["old_words"], words["new_words"]) == (["29"], ["28"])
    (box,) = page["boxes_mm"]
    assert 0 < box["width"] < 10
    assert (page["sizes_mm"], page["pictures"], page["links"], record["properties"]) == (None, None, [], [])


def test_progress_is_reported_for_every_record(tmp_path: Path, schools: Path) -> None:
    """No folder of pictures is made if nothing has changed."""
    told: list[tuple[int, int, str]] = []
    new = copy_build(schools, tmp_path / "new")
    compare_paths(schools, new, pictures=tmp_path / "pictures", progress=lambda *step: told.append(step))
    assert not (tmp_path / "pictures").exists()
    assert [done for done, _, _ in told] == list(range(1, SCHOOLS + 1))
    assert {total for _, total, _ in told} == {SCHOOLS} and all(name.endswith(".pdf") for _, _, name in told)
    told.clear()  # and every page that differs, for a file may have hundreds
    compare_files(tmp_path, paragraph("29"), paragraph("28"), progress=lambda *step: told.append(step))
    assert told == [(0, 1, "new.pdf · 1"), (1, 1, "new.pdf")]
