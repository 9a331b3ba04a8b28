"""The characters of a build: everything its files can print, the same for one school as for all."""

from pathlib import Path

from leaflet.build.alphabet import alphabet
from leaflet.campaign import load_academies, load_campaign
from leaflet.faults import Report
from leaflet.layout.marks import Text
from leaflet.records import RecordContexts
from leaflet.resources import templates
from leaflet.tables import load_schools
from tests.support import EXAMPLE, leaflet_layout, marks_of, school


def test_sources_context_and_schools_are_all_read() -> None:
    """Templates, nested values of the campaign, and each printed field of a school give their characters."""
    given = school("Ŵ", town="Ž", postcode="٣", address=("Ş", "Ő"))
    found = alphabet(["Ķ"], {"a": [{"b": ("Ļ",)}], "c": 7, "d": None}, [given])
    assert set("ĶĻŴŽ٣ŞŐ") <= found


def test_numbers_and_french_are_always_there() -> None:
    """Dates, counts and French punctuation come from filters, not from data."""
    assert set("0123456789:/«\u00a0»’…–é\u202f!Œ") <= alphabet([], {}, [])


def test_every_character_printed_is_in_the_alphabet() -> None:
    """What layout makes of the example needs no letter that the fonts would not be subset for."""
    report = Report()
    schools = load_schools(EXAMPLE / "ecoles.csv", report=report)
    shared = RecordContexts(load_campaign(EXAMPLE / "campaign.toml", report), load_academies(), report).shared
    sources = [Path(path).read_text("utf-8") for path in (templates() / "leaflet-a4").rglob("*.xml")]
    letters = alphabet(sources, shared, schools)
    for theme in ("default", "large-print"):
        for face in leaflet_layout(theme=theme).faces:
            marks = [mark for placed in face.placed for mark in marks_of(placed)]
            printed = {c for mark in marks if isinstance(mark, Text) for c in mark.text}
            assert printed <= letters
