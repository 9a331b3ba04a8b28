"""What the benchmarks stand on: the same schools everywhere, sections of results, a check that sees what is wrong."""

from collections import Counter
from pathlib import Path

import pikepdf
import pytest

from benchmarks import results
from benchmarks.cheap_check import CheapCheck
from benchmarks.generate import COUNTRY, INDRE_ET_LOIRE, Shares, make_schools
from leaflet.campaign import load_academies
from leaflet.production.manifest import read_manifest
from leaflet.tables.uai import is_uai
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
