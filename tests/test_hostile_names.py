"""Whatever stands in a cell is printed exactly or refused with the cell or the record named."""

import csv
import re
from io import StringIO
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from leaflet.faults import LeafletError
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from leaflet.text import typographic
from tests.campaigns import campaign_text, write_small_campaign
from tests.support import faults_of, tables_of

PRINTED = tables_of(__file__)["printed"]
REFUSED = [
    "Lycée 🗳️ vote", "Lycée \u202eeticrev", "Lycée \u200fRTL", "Lycée \x00 nul", "Lycée \x07 cloche", "学校", "مدرسة",
    "x" * 300, "Ecole " * 50,
]  # fmt: skip


def build_one(folder: Path, name: str) -> str:
    schools = StringIO(newline="")
    csv.writer(schools, delimiter=";").writerows([["uai", "nom", "commune"], ["0370035M", name, "Tours"]])
    out = folder / "out"
    build(BuildOptions(campaign=write_small_campaign(folder, campaign_text(), schools.getvalue()), out=out))
    (path,) = out.rglob("*.pdf")
    with pypdfium2.PdfDocument(path) as document:
        text = document[0].get_textpage().get_text_range()
    return folded(text)


def folded(text: str) -> str:
    """White space of any kind as single spaces; line ends inside a word's hyphen are kept apart."""
    return re.sub(r"\s+", " ", text.replace("\ufffe", "-")).strip()


@pytest.mark.parametrize("name", PRINTED)
def test_markup_and_templates_in_a_name_are_text(tmp_path: Path, name: str) -> None:
    """Tags, entities, template code, quotes: printed as they stand, but for apostrophes."""
    assert folded(typographic(name)) in build_one(tmp_path, name)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_printed_is_refused_by_place(tmp_path: Path, name: str) -> None:
    """Emoji, right-to-left marks, controls, missing scripts, 300 characters: refused, cell or record named."""
    for fault in faults_of(lambda: build_one(tmp_path, name)):
        named_cell = fault.place.line == 2 and fault.place.field == "nom"
        assert named_cell or fault.place.record == "0370035M", fault
    assert not list(tmp_path.rglob("*.pdf"))


@settings(max_examples=20, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(min_size=1, max_size=40))
@example("e\u0301cole")
@example(" \u00a0 ")
@example("-")
def test_any_name_is_printed_or_refused(tmp_path_factory: pytest.TempPathFactory, name: str) -> None:
    import unicodedata

    folder = tmp_path_factory.mktemp("name")
    try:
        text = build_one(folder, name)
    except UnicodeEncodeError:
        return  # a lone surrogate cannot even be written to a list
    except LeafletError as error:
        assert all(fault.place.record == "0370035M" or fault.place.line for fault in error.faults)
        return
    expected = unicodedata.normalize("NFC", name)
    for invisible in ("\u200b", "\u200c", "\u2060", "\ufeff", "\u00ad"):
        expected = expected.replace(invisible, "")
    assert folded(expected) in text
