"""Leaflets of other programs: judged without a crash; nothing is reported of right ones, the fault of wrong ones is.

Rules are asked for by their family, so that the test of a wrong leaflet does not depend on a code.
"""

from functools import cache

import pytest

from leaflet.faults import Fault
from leaflet.preflight.judge import Judge
from leaflet.preflight.pdf.evidence import Evidence
from leaflet.preflight.pdf.finished_file import FinishedFile
from leaflet.preflight.pdf.page_pieces import Memory
from leaflet.preflight.rules import RULES
from tests.preflight.foreign import ADDRESS, PROGRAMS, Page, distilled
from tests.preflight.samples import CONTEXT, opened
from tests.support import leaflet_pdf

pytestmark = pytest.mark.drill

FAMILIES = {rule.code: rule.family for rule in RULES}
TAGGING = {"typst", "chromium"}  # programs that write structure without being asked
EVERY = pytest.mark.parametrize("program", PROGRAMS)

WRONG = {"dates": Page(days="Je vote du vendredi 3 décembre au jeudi 10 décembre 2026."),
         "links": Page(link="http://www.education.gouv.fr/elections"), "qr": Page(is_readable=False)}  # fmt: skip


@cache
def made(program: str, page: Page = Page()) -> bytes:  # noqa: B008 - a frozen value
    return PROGRAMS[program](page)


@cache
def faults_of(program: str, page: Page = Page()) -> tuple[Fault, ...]:  # noqa: B008
    return Judge(CONTEXT).judge_bytes(made(program, page), f"{program}.pdf").faults


def faults_in(faults: tuple[Fault, ...], family: str, *severities: str) -> list[str]:
    wanted = severities or ("error", "warning")
    return [f.reason("en") for f in faults if FAMILIES.get(f.code) == family and f.severity in wanted]


def need(family: str) -> None:
    if family not in FAMILIES.values():
        pytest.skip(f"no rule of the family {family} yet")


def evidence_of(data: bytes) -> Evidence:
    with opened(data) as file:
        (page,) = file.pages
        found = page.evidence
        assert file.damage == () and [link.uri for link in page.links] == [ADDRESS]
        return found


@EVERY
def test_a_right_leaflet_is_read(program: str) -> None:
    """Its words, its link, its code, which a photocopy keeps; every letter is known and can be seen."""
    found = evidence_of(made(program))
    assert Page().days in found.text
    assert [(code.text, code.survives) for code in found.codes] == [(ADDRESS, True)]
    assert 900 < found.codes[0].module < 1000 and found.codes[0].quiet >= 4
    assert all(word.is_mapped and word.contrast > 7 for word in found.words)


@EVERY
@pytest.mark.parametrize("family", ["file", "dates", "links", "qr", "memo", "text", "images", "fonts", "privacy"])
def test_a_right_leaflet_has_no_error(program: str, family: str) -> None:
    need(family)
    assert faults_in(faults_of(program), family, "error") == []


@EVERY
@pytest.mark.parametrize("family", WRONG)
def test_a_wrong_leaflet_is_reported(program: str, family: str) -> None:
    """A weekday that is not of its date, a link without encryption, a code that cannot be read."""
    need(family)
    wrong = faults_in(faults_of(program, WRONG[family]), family)
    assert wrong and wrong != faults_in(faults_of(program), family)


@EVERY
def test_a_code_that_cannot_be_read_is_seen(program: str) -> None:
    (code,) = evidence_of(made(program, WRONG["qr"])).codes
    assert (code.text, code.survives) == (None, False) and code.box.width > 25_000


@EVERY
def test_a_file_without_tags_is_reported(program: str) -> None:
    """By those that write none; a screen reader has nothing to go by."""
    with opened(made(program)) as file:
        assert ("no structure tree" in " ".join(file.structure)) == (program not in TAGGING)
        assert file.claims == frozenset() and not file.is_ours
    need("accessibility")
    if program not in TAGGING:
        assert faults_in(faults_of(program), "accessibility")


def test_our_own_file_written_anew_by_ghostscript() -> None:
    """It is another program's then: its tags are gone, its words and codes are not."""
    data = distilled(leaflet_pdf())
    memory = Memory()
    with FinishedFile("a.pdf", data, memory) as anew, FinishedFile("b.pdf", leaflet_pdf(), memory) as ours:
        assert not anew.is_ours and "no structure tree" in anew.structure[0]
        for one, other in zip(anew.pages, ours.pages, strict=True):
            assert sorted(one.evidence.text.split()) == sorted(other.evidence.text.split())
            assert {code.text for code in one.evidence.codes} == {code.text for code in other.evidence.codes}
    faults = Judge(CONTEXT).judge_bytes(data, "a.pdf").faults
    assert [fault.code for fault in faults if fault.code.startswith("K00")] == ["K006"]  # it names us, and is changed
    need("accessibility")
    assert faults_in(faults, "accessibility")
