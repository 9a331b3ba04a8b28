"""Single values of a campaign file; of a wrong one the fault says what is needed, and the line as it should be."""

from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from pydantic_core import PydanticCustomError

from leaflet.campaign import values
from leaflet.campaign.model import Document
from leaflet.faults import LANGUAGES
from tests.campaign.fault_cases import BODY, HEAD, load
from tests.support import tables_of

TABLES = tables_of(__file__)


@pytest.mark.parametrize(("text", "when"), [
    ("8:00", time(8)), ("08:05", time(8, 5)), ("10 h", time(10)), ("10h", time(10)), ("17 h 30", time(17, 30)),
    ("17\u00a0h\u00a030", time(17, 30)), ("8 heures", time(8)), ("1 heure", time(1)), ("17.30", time(17, 30)),
    ("midi", time(12)), (time(8), time(8))
])  # fmt: skip
def test_hours(text: object, when: time) -> None:
    assert values.parse_hour(text) == when


WRONG: tuple[tuple[Callable[[Any], object], str, tuple[object, ...]], ...] = (
    (values.parse_hour, "C111", ("8", "24:00", "8:60", "8h5h", "", 8, None, time(8, 0, 1), "tôt", "17.3", "-1:00")),
    (values.parse_day, "C110", ("29/11/2018", 2018, "2018-02-30", datetime(2018, 11, 29), [], None)),
    (values.check_slug, "C123",
     ("", "A4", "a b", "é", "../x", "a/b", ".x", "-x", "x-", "con", "lpt1", "a" * 61, "a.b", "x\n")),
    (values.check_zone, "C112", ("", "Europe", "../etc/passwd", "/etc/localtime", "Europe/Tours", "\0")),
)  # fmt: skip


@pytest.mark.parametrize(("check", "code", "value"), [(*each, value) for *each, wrong in WRONG for value in wrong])
def test_values_that_are_none(check: Callable[[Any], object], code: str, value: object) -> None:
    with pytest.raises(PydanticCustomError) as caught:
        check(value)
    assert caught.value.type == code


def test_names_of_documents_and_files() -> None:
    """A date between quotes is one; a document is called after template and theme, a commune is made safe."""
    assert values.parse_day("2018-11-29") == date(2018, 11, 29)
    assert Document.model_validate({"template": "leaflet-a4"}).name == "leaflet-a4"
    assert Document.model_validate({"template": "leaflet-a4", "theme": "grey"}).name == "leaflet-a4-grey"
    document = Document.model_validate({"template": "x", "file_name": "{commune}-{uai}"})
    assert document.file_stem(uai="0370001A", name="s", town="L’Île-Bouchard") == "l-ile-bouchard-0370001A"


@pytest.mark.parametrize(
    ("pattern", "code"), [*TABLES["patterns"], ("{uai}" + "x" * 192, ""), ("{uai}" + "x" * 193, "C153")]
)
def test_file_name_patterns(pattern: str, code: str) -> None:
    try:
        values.check_pattern(pattern)
    except PydanticCustomError as error:
        assert error.type == code
    else:
        assert code == ""


@pytest.mark.parametrize(("text", "proposal", "why"), TABLES["days"])
def test_no_day_is_proposed_that_does_not_exist(text: str, proposal: str, why: str) -> None:
    """The nearest one stands for it, and the reason is the true one."""
    with pytest.raises(PydanticCustomError) as caught:
        values.parse_day(text)
    context = caught.value.context or {}
    assert context["proposal"] == proposal == str(date.fromisoformat(proposal))
    assert why in context["why_en"]


@pytest.mark.parametrize(("old", "new", "english", "french"), TABLES["wrong"])
def test_what_is_needed_is_said(
    tmp_path: Path, old: str, new: str, english: tuple[str, ...], french: tuple[str, ...]
) -> None:
    (fault,) = load(tmp_path, (HEAD + BODY).replace(old, new))
    for lang, texts in zip(LANGUAGES, (english, french), strict=True):
        said = f"{fault.reason(lang)}\n{fault.way_out(lang)}"
        assert all(text in said for text in texts), said
