"""A sheet says what is true on the day it is dated: there is time, the vote is open, it is the last day."""

import re
from datetime import date, timedelta
from pathlib import Path

import pytest

from leaflet.faults import LeafletError, Report
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
NOVEMBER, DUE, OPENS, CLOSES = date(2026, 11, 1), date(2026, 11, 18), date(2026, 12, 3), date(2026, 12, 10)
DUE_THEN = r"Je reçois ma|J’attends (?:ma|le)|novembre au plus tard|Passé ce jour|chaque semaine|Vous recevez"
OVER = r"prépare|dès auj|ouvre à|ouverture du vote|Ensuite, je vote|Je (?:bloque|reçois ma)|dans mon agenda|Bientôt"


def dated(folder: Path, day: date | None) -> Materials:
    text = (EXAMPLE.parent / "essai-2026" / "campaign.toml").read_text("utf-8").partition("[[document]]")[0]
    text = re.sub(r"(?m)^issued_on = .*\n", "" if day is None else f"issued_on = {day}\n", text)
    path = write_small_campaign(folder, text + '[[document]]\ntemplate = "leaflet-a4"\n', LIST)
    return load_inputs(InputOptions(campaign=path, out=folder), Report())


@pytest.mark.parametrize(("day", "phases"), [
    (None, ["prepare"] * 3), (DUE, ["before"] * 3), (DUE + timedelta(1), ["prepare"] * 3),
    (OPENS - timedelta(1), ["prepare"] * 3), (OPENS, ["open"] * 3), (CLOSES - timedelta(1), ["open"] * 3),
    (CLOSES, ["last", "last", "open"]),  # in Nouméa the vote closes on the eleventh, at half past two
])  # fmt: skip
def test_how_far_the_vote_is_where_a_school_is(tmp_path: Path, day: date | None, phases: list[str]) -> None:
    inputs = dated(tmp_path, day)
    assert [inputs.contexts.context(school)["phase"] for school in inputs.schools] == phases


def test_nothing_that_is_over_is_announced(tmp_path: Path) -> None:
    """Every template is read on each day from 1 November to the last of the vote; the day after, nothing is made."""
    usual = {template: said(dated(tmp_path, None), template) for template in TEMPLATES}
    for count in range((CLOSES - NOVEMBER).days + 1):
        day = NOVEMBER + timedelta(count)
        inputs = dated(tmp_path, day)
        for template in TEMPLATES:
            text = said(inputs, template)
            found = set(re.findall(OVER, text))
            if day < OPENS:
                assert found <= set(re.findall(OVER, usual[template])), (day, template)
                assert day <= DUE or not re.search(DUE_THEN, text), (day, template)
            else:
                assert not found and ("16 h 30" in text) == ("16 h 30" in usual[template]), (day, template)
    with pytest.raises(LeafletError, match="C116"):
        dated(tmp_path, CLOSES + timedelta(1))


def test_a_document_has_a_day_of_its_own(tmp_path: Path) -> None:
    """One campaign prints the sheets of several days, each in its folder; their date stays that of the campaign."""
    path = dated(tmp_path, NOVEMBER).campaign.folder / "campaign.toml"
    more = '[[document]]\nname = "a4"\ntemplate = "leaflet-a4"\nphases = ["prepare", "open", "last"]\n'
    path.write_text(path.read_text("utf-8") + "read_on = 2026-12-10\n" + more, "utf-8")
    result = build(BuildOptions(campaign=path, out=tmp_path / "out", jobs=1))
    heads = {"a4-prepare": "je prépare", "a4-open": "C’est ouvert jusqu’au 1", "a4-last": "je vote avant "}
    for code, on_the_tenth in zip(CODES, ("a4-last", "a4-last", "a4-open"), strict=True):  # in Nouméa, it is the eve
        for name, head in {**heads, "leaflet-a4-12-10": heads[on_the_tenth]}.items():
            text = text_of(tmp_path / "out" / name / f"{code}-college-d-exemple.pdf")
            assert [one for one in heads.values() if one in text] == [head], (code, name)
            assert "1er novembre 2026" in text
    assert result.files == 4 * len(CODES)


def said(inputs: Materials, template: str) -> str:
    return renderer_of(template).render(inputs.contexts.context(inputs.schools[0])).replace("\u00a0", " ")


def test_the_last_day_has_its_hour_in_the_headline(tmp_path: Path) -> None:
    inputs = dated(tmp_path, CLOSES)
    said = [renderer_of("leaflet-a4").render(inputs.contexts.context(school)) for school in inputs.schools[:2]]
    assert [re.sub(r"\s+", " ", re.findall(r"je vote avant ([^<]*)", text)[0]).strip() for text in said] == [
        "16 h 30",
        "11 h 30, heure d’ici",
    ]
