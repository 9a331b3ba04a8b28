"""The characters of a build: everything its files can print, the same for one school as for all."""

import shutil
from pathlib import Path

import pytest

from leaflet.campaign import load_academies, load_campaign
from leaflet.faults import RenderError, Report
from leaflet.layout.fonts import plain_zeros
from leaflet.layout.marks import Text
from leaflet.markup.record_values import RecordContexts
from leaflet.pdf.writer import Writer
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.production.inputs import alphabet
from leaflet.program import templates
from leaflet.tables import load_schools
from tests.support import EXAMPLE, extract_text, fault_of, leaflet_layout, marks_of, school


def test_sources_context_and_schools_are_all_read() -> None:
    """Templates, nested values of the campaign, and each printed field of a school give their characters."""
    given = school("Ŵ", town="Ž", postcode="٣", address=("Ş", "Ő"))
    assert set("ĶĻŴŽ٣ŞŐ") <= alphabet({"b": "Ķ", "a": [{"b": ("Ļ",)}], "c": 7, "d": None}, [given])


def test_numbers_and_french_are_always_there() -> None:
    """Dates, counts and French punctuation come from filters, not from data."""
    assert set("0123456789:/«\u00a0»’…–é\u202f!Œ") <= alphabet({}, [])


def test_every_character_printed_is_in_the_alphabet() -> None:
    """What layout makes of the example needs no letter that the fonts would not be subset for."""
    report = Report()
    schools = load_schools(EXAMPLE / "ecoles.csv", report=report)
    shared = RecordContexts(load_campaign(EXAMPLE / "campaign.toml", report), load_academies(), report).shared
    sources = [Path(path).read_text("utf-8") for path in (templates() / "leaflet-a4").rglob("*.xml")]
    letters = alphabet([sources, shared], schools)
    for theme in ("default", "large-print"):
        for face in leaflet_layout(theme=theme).faces:
            marks = [mark for placed in face.placed for mark in marks_of(placed)]
            assert {c for mark in marks if isinstance(mark, Text) for c in plain_zeros(mark.text)} <= letters


def test_both_cases_of_a_letter_are_there() -> None:
    """A filter may set a name in capitals, and back."""
    assert set("Ŵŵẞß") <= alphabet({}, [school("ŵ", town="ẞ")])


def write_more(folder: Path, written: str) -> Path:
    shutil.copytree(EXAMPLE, folder)
    shutil.copytree(templates() / "leaflet-a4", folder / "templates" / "leaflet-a4")
    main = folder / "templates" / "leaflet-a4" / "leaflet.xml"
    main.write_text(main.read_text("utf-8").replace("</hero>", f"</hero><p>{written}</p>", 1), "utf-8")
    return folder / "campaign.toml"


@pytest.mark.parametrize("verify", [True, False])
def test_a_character_that_only_code_makes_stops_the_build_before_a_page_is_drawn(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, verify: bool
) -> None:
    """The faces cover « ę », but nobody wrote it, so the fonts of the files lack it: no box is printed instead."""
    campaign = write_more(tmp_path / "example", '{{ "\\u0119" }}')
    monkeypatch.setattr(Writer, "write", lambda *_: pytest.fail("a page was drawn"))
    options = BuildOptions(
        campaign=campaign, out=tmp_path / "out", verify=verify, only=frozenset({"0370035M"}), document="leaflet-a4"
    )
    fault = fault_of(lambda: build(options), RenderError)
    assert (fault.code, fault.place.record) == ("G103", "0370035M")
    assert "« ę » (U+0119)" in fault.reason("en") and not (tmp_path / "out").exists()


def test_a_character_written_in_the_template_is_printed(tmp_path: Path) -> None:
    """The same sign as itself is in the fonts, and in the text of the page."""
    campaign = write_more(tmp_path / "example", "ę")
    out = tmp_path / "out"
    build(BuildOptions(campaign=campaign, out=out, only=frozenset({"0370035M"})))
    assert "ę" in extract_text(next(out.rglob("*.pdf")).read_bytes())
