"""What the benchmarks stand on: the same schools everywhere, sections of results, a check that sees what is wrong."""

import zipfile
from collections import Counter
from pathlib import Path

import pytest

from benchmarks import masked, results
from benchmarks.generate import COUNTRY, INDRE_ET_LOIRE, Shares, make_schools
from leaflet.campaign import load_academies
from leaflet.production.manifest import Entry, Manifest, making_key, manifest_lines
from leaflet.tables.keys import is_uai


@pytest.mark.parametrize("area", [COUNTRY, INDRE_ET_LOIRE])
def test_a_school_is_the_same_whatever_the_number_asked_for(area: Shares) -> None:
    """The short list is the head of the long one; every code is right and stands once."""
    schools = make_schools(3000, area)
    assert schools[:200] == make_schools(200, area) and len({school.uai for school in schools}) == 3000
    assert all(is_uai(school.uai) for school in schools)


def test_departements_of_made_schools() -> None:
    """All départements from the start, later ones by their weight; ten thousand codes each, then it is told."""
    known = {departement.uai for departement in load_academies().departements.values()}
    assert {school.uai[:3] for school in make_schools(len(known), COUNTRY)} == known
    counts = Counter(school.uai[:3] for school in make_schools(10_000, COUNTRY))
    assert counts["059"] > 5 * counts["048"]
    with pytest.raises(ValueError, match="take the country"):
        make_schools(10_001)


def test_a_section_of_the_results_replaces_its_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And leaves the others alone."""
    monkeypatch.setattr(results, "RESULTS", tmp_path / "RESULTS.md")
    for title, text in (("One", "old"), ("Two", "### Sub\n\nkept"), ("One", r"new \1")):
        results.write_section(title, text)
    lines = [line for line in (tmp_path / "RESULTS.md").read_text("utf-8").splitlines() if line][-7:]
    assert lines.pop(1).startswith("Measured at commit ") and lines.pop(3).startswith("Measured at commit ")
    assert lines == ["## One", r"new \1", "## Two", "### Sub", "kept"]


def test_a_manifest_is_compared_without_the_program() -> None:
    """Version, code and keys are taken out; whatever else a file is made from is not, unless it is asked for."""

    def manifest(program: str, theme: str, row: str = "r") -> bytes:
        making = {"program": program, "theme": theme}
        entry = Entry("0370001A", "leaflet-a4", "a.pdf", 2, "0" * 64, making=making_key(making), row=row)
        makings = {making_key(making): making}
        made = Manifest(campaign="c", election="2018", entries=[entry], version=program, makings=makings)
        return b"".join(manifest_lines(made))

    old, mask = manifest("one", "t"), masked.mask_manifest
    assert manifest("two", "t") != old
    assert mask(manifest("two", "t")) == mask(old)
    assert mask(manifest("two", "u")) != mask(old)
    assert mask(manifest("two", "u"), ["theme"]) == mask(old, ["theme"])
    assert mask(manifest("two", "t", "s")) != mask(old)
    assert mask(b'{"leaflet": ') == b'{"leaflet": '


def test_what_a_command_says_is_compared_without_clock_and_place() -> None:
    """Seconds, lines of progress and folders are taken out, in what was said alone; words and counts stay."""
    said = (
        "exit 0\n12 sur 84, 14/s, encore 1 s  a.pdf\necoles.csv\u00a0: 3\u202f000 lignes lues\n"
        '{"event": "progress", "done": 1}\n{"event": "done", "files": 7, "seconds": 0.596}\n84 files in /here/out\n'
        'Traceback (most recent call last):\n  File "a.py", line 1\n    f()\nError: <X at 0x7f2e>\n'
    )
    left = masked.mask(f"a{masked.SAID}", said.encode(), {"/here": "OUT"}).decode()
    said_before, traceback = left.split("Traceback (most recent call last):\n")
    assert traceback == "Error: <X>\n"
    assert said_before == 'exit 0\n{"event": "done", "files": 7, "seconds": 0}\n84 files in OUT/out\n'
    assert masked.mask("a.txt", said.encode(), {"/here": "OUT"}).decode() == said.replace("/here", "OUT")
    assert masked.mask("a.pdf", said.encode(), {"/here": "OUT"}) == said.encode()


def test_an_archive_is_compared_file_by_file(tmp_path: Path) -> None:
    """Each of its files is a part, with what the archive says of it."""
    for name, program in (("a.zip", "one"), ("b.zip", "two")):
        with zipfile.ZipFile(tmp_path / name, "w") as archive:
            archive.writestr(zipfile.ZipInfo("manifest.json"), f'{{"leaflet":"{program}","files":[\n]}}\n')
            archive.writestr(zipfile.ZipInfo("a.pdf"), program)
    first, second = (dict(masked.parts_of(tmp_path / name, {})) for name in ("a.zip", "b.zip"))
    assert first["!manifest.json"] == second["!manifest.json"] and first["!a.pdf"] != second["!a.pdf"]
