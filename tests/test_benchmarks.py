"""What the benchmarks stand on: the same schools everywhere, sections of results, a check that sees what is wrong."""

import zipfile
from collections import Counter
from importlib import import_module
from pathlib import Path

import pikepdf
import pytest
from benchmarks.cheap_check import CheapCheck

from benchmarks import masked, results
from benchmarks.generate import COUNTRY, INDRE_ET_LOIRE, Shares, make_schools, write_campaign
from leaflet.campaign import load_academies
from leaflet.production.manifest import Entry, Manifest, making_key, manifest_bytes, read_manifest
from leaflet.tables.keys import is_uai
from tests.preflight.support import build_schools


@pytest.mark.parametrize("area", [COUNTRY, INDRE_ET_LOIRE])
def test_a_school_is_the_same_whatever_the_number_asked_for(area: Shares) -> None:
    """The short list is the head of the long one; every code is right and stands once."""
    schools = make_schools(3000, area)
    assert schools[:200] == make_schools(200, area)
    assert len({school.uai for school in schools}) == 3000
    assert all(is_uai(school.uai) for school in schools)


def test_the_country_has_every_departement_from_the_start() -> None:
    """As many schools as there are départements and territories meet them all; later ones come by their weight."""
    departements = load_academies().departements
    known = {departement.uai for departement in departements.values()}
    assert {school.uai[:3] for school in make_schools(len(known), COUNTRY)} == known
    counts = Counter(school.uai[:3] for school in make_schools(10_000, COUNTRY))
    assert counts["059"] > 5 * counts["048"]


def test_a_departement_runs_out_of_codes() -> None:
    """Ten thousand have a code; one more is told where to go."""
    with pytest.raises(ValueError, match="take the country"):
        make_schools(10_001)


def test_a_section_of_the_results_replaces_its_earlier_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And leaves the others alone."""
    monkeypatch.setattr(results, "RESULTS", tmp_path / "RESULTS.md")
    for title, text in (("One", "old"), ("Two", "### Sub\n\nkept"), ("One", r"new \1")):
        results.write_section(title, text)
    written = (tmp_path / "RESULTS.md").read_text("utf-8")
    assert [line for line in written.splitlines() if line][-5:] == ["## One", r"new \1", "## Two", "### Sub", "kept"]


def test_the_cheap_check_sees_what_is_wrong(tmp_path: Path) -> None:
    """Nothing in a build; codes that are no links, a page too few, codes nobody reads, a file lost, one too many."""
    out = build_schools(tmp_path, 6)
    manifest = read_manifest(out)
    assert manifest is not None
    check = CheapCheck()
    assert list(check.check(out, manifest)) == []
    assert (check.pages, check.codes) == (12, 3)
    first, second, third, fourth = (out / entry.file for entry in manifest.entries[:4])
    with pikepdf.open(first, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            for annotation in page.Annots:
                annotation.A.URI = "https://example.org/"
        pdf.save(first)
    with pikepdf.open(second, allow_overwriting_input=True) as pdf:
        del pdf.pages[1]
        pdf.save(second)
    with pikepdf.open(third, allow_overwriting_input=True) as pdf:
        for page in pdf.pages:
            for stream in page.Contents:
                content = stream.read_bytes()
                if content.count(b" re") > 100:
                    stream.write(content.replace(b" re", b" re n 0 0 0 0 re"))
        pdf.save(third)
    fourth.rename(fourth.with_name("stray.pdf"))
    found = [problem.partition(": ")[2] for problem in CheapCheck().check(out, manifest)]
    hashes = [problem for problem in found if "hash" in problem]
    assert len(hashes) == 3
    assert sum("which is no link" in problem for problem in found) == 3
    assert "1 pages, 2 in the manifest" in found
    assert "page 1: 0 QR codes are read of 2" in found
    assert any("No such file" in problem for problem in found)
    assert found[-1] == "not in the manifest"


def test_a_manifest_is_compared_without_the_program() -> None:
    """Version, code and keys are taken out; whatever else a file is made from is not, unless it is asked for."""

    def manifest(program: str, theme: str, row: str = "r") -> Manifest:
        making = {"program": program, "theme": theme}
        entry = Entry("0370001A", "leaflet-a4", "a.pdf", 2, "0" * 64, making=making_key(making), row=row)
        makings = {making_key(making): making}
        return Manifest(campaign="c", election="2018", entries=[entry], version=program, makings=makings)

    old = manifest_bytes(manifest("one", "t"))
    assert manifest_bytes(manifest("two", "t")) != old
    assert masked.mask_manifest(manifest_bytes(manifest("two", "t"))) == masked.mask_manifest(old)
    assert masked.mask_manifest(manifest_bytes(manifest("two", "u"))) != masked.mask_manifest(old)
    assert masked.mask_manifest(manifest_bytes(manifest("two", "u")), ["theme"]) == masked.mask_manifest(
        old, ["theme"]
    )
    assert masked.mask_manifest(manifest_bytes(manifest("two", "t", "s"))) != masked.mask_manifest(old)
    assert masked.mask_manifest(b'{"leaflet": ') == b'{"leaflet": '


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
    assert first["!manifest.json"] == second["!manifest.json"]
    assert first["!a.pdf"] != second["!a.pdf"]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Linux says what a process needs")
def test_a_window_is_measured(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything that has a limit; what is past its limit is named."""
    monkeypatch.syspath_prepend(Path(results.__file__).parent)
    window = import_module("window")
    monkeypatch.setattr(window, "MENDS", 2)
    figures: dict[str, list[float]] = {}
    window.drive(tmp_path / "window", write_campaign(tmp_path, 3).with_name("ecoles.csv"), figures)
    within = {**figures, **{name: [limit / 2] for name, limit in window.LIMITS.items()}}
    text, passed = window.table({3: figures, 4: {**within, "mend": [0.5]}})
    assert passed == ["mend"]
    assert all(f"| {name} |" in text for name in figures)
