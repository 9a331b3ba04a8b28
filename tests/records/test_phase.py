"""A sheet says what is true on the day it is dated: there is time, the vote is open, it is the last day."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from leaflet.faults import Report
from leaflet.markup.render import OF_PRINT_RUNS
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, InputOptions
from leaflet.production.inputs import load_inputs
from leaflet.production.materials import Materials
from leaflet.program import templates
from leaflet.tables import check_letter
from tests.campaigns import list_of, write_small_campaign
from tests.one_template import renderer_of
from tests.support import EXAMPLE
from tests.test_local_hours import text_of

TEMPLATES = sorted({path.parent.name for path in templates().glob("*/leaflet.xml")} - {*OF_PRINT_RUNS})
CODES = [f"{number}{check_letter(number)}" for number in ("0370001", "9710001", "9830001")]
LIST = list_of("uai;nom;commune", (f"{code};Collège d’exemple;Tours" for code in CODES))
NOVEMBER, OPENS, CLOSES = date(2026, 11, 1), date(2026, 12, 3), date(2026, 12, 10)
OVER = r"prépare|dès aujourd|ouvre à|ouverture du vote|Ensuite, je vote|Je bloque|dans mon agenda|Je reçois ma"


def dated(folder: Path, day: date | None) -> Materials:
    text = (EXAMPLE.parent / "essai-2026" / "campaign.toml").read_text("utf-8").partition("[[document]]")[0]
    text = re.sub(r"(?m)^issued_on = .*\n", "" if day is None else f"issued_on = {day}\n", text)
    path = write_small_campaign(folder, text + '[[document]]\ntemplate = "leaflet-a4"\n', LIST)
    return load_inputs(InputOptions(campaign=path, out=folder), Report())


@pytest.mark.parametrize(("day", "phases"), [
    (None, ["prepare"] * 3), (OPENS - timedelta(1), ["prepare"] * 3), (OPENS, ["open"] * 3),
    (CLOSES - timedelta(1), ["open"] * 3), (CLOSES + timedelta(1), ["last"] * 3),
    (CLOSES, ["last", "last", "open"]),  # in Nouméa the vote closes on the eleventh, at half past two
])  # fmt: skip
def test_how_far_the_vote_is_where_a_school_is(tmp_path: Path, day: date | None, phases: list[str]) -> None:
    inputs = dated(tmp_path, day)
    assert [inputs.contexts.context(school)["phase"] for school in inputs.schools] == phases


def test_nothing_that_is_over_is_announced(tmp_path: Path) -> None:
    """On each day from 1 November to the last of the vote, in every template; before it is open, all is as ever."""
    usual = {template: said(dated(tmp_path, None), template) for template in TEMPLATES}
    for count in range((CLOSES - NOVEMBER).days + 1):
        day = NOVEMBER + timedelta(count)
        inputs = dated(tmp_path, day)
        for template in TEMPLATES:
            text = said(inputs, template)
            found = set(re.findall(OVER, text))
            if day < OPENS:
                assert found <= set(re.findall(OVER, usual[template])), (day, template)
            else:
                assert not found and ("16 h 30" in text) == ("16 h 30" in usual[template]), (day, template)


def test_a_document_has_a_day_of_its_own(tmp_path: Path) -> None:
    """One campaign prints the sheets of several days, each in its folder; their date stays that of the campaign."""
    path = dated(tmp_path, NOVEMBER).campaign.folder / "campaign.toml"
    more = (f'[[document]]\ntemplate = "leaflet-a4"\nread_on = {day}\n' for day in (OPENS, CLOSES))
    path.write_text(path.read_text("utf-8") + "".join(more), "utf-8")
    result = build(BuildOptions(campaign=path, out=tmp_path / "out", jobs=1))
    names = ("leaflet-a4", "leaflet-a4-12-03", "leaflet-a4-12-10")
    texts = [text_of(tmp_path / "out" / name / f"{CODES[0]}-college-d-exemple.pdf") for name in names]
    heads = ("je prépare", "C’est ouvert jusqu’au 10", "je vote avant 16 h 30")
    assert [[head for head in heads if head in text] for text in texts] == [[head] for head in heads]
    assert all("1er novembre 2026" in text for text in texts) and result.files == 3 * len(CODES)


def said(inputs: Materials, template: str) -> str:
    return renderer_of(template).render(inputs.contexts.context(inputs.schools[0])).replace("\u00a0", " ")


def test_the_last_day_has_its_hour_in_the_headline(tmp_path: Path) -> None:
    inputs = dated(tmp_path, CLOSES)
    said = [renderer_of("leaflet-a4").render(inputs.contexts.context(school)) for school in inputs.schools[:2]]
    assert [re.sub(r"\s+", " ", re.findall(r"je vote avant ([^<]*)", text)[0]).strip() for text in said] == [
        "16 h 30",
        "11 h 30, heure d’ici",
    ]
