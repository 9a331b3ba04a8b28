"""Cards and labels with a long host, as they should be: nothing is said of them."""

import shutil
from datetime import date
from pathlib import Path

import leaflet
from tests.support import EXAMPLE

SCHOOL = EXAMPLE.parent / "un-etablissement-2018"
DOCUMENTS = (("memo-card", "large-print", "cards-a4"), ("memo-card", "grey", "cards-a4"),
             ("memo-label", "default", "avery-l7163"))  # fmt: skip


def test_cards_with_a_long_host(tmp_path: Path) -> None:
    """The host alone is printed beside its code; above it a sentence may end; labels are printed on one side."""
    campaign = shutil.copytree(SCHOOL, tmp_path / "campaign") / "campaign.toml"
    text = campaign.read_text("utf-8").partition("[[document]]")[0]
    text = text.replace('"2018"', '"2022"').replace("issued_on = 2018", "issued_on = 2022")
    for template, theme, sheet in DOCUMENTS:
        text += f'[[document]]\nname = "{template}-{theme}"\ntemplate = "{template}"\n'
        text += f'theme = "{theme}"\nsheet = "{sheet}"\n\n'
    campaign.write_text(text, "utf-8")
    assert leaflet.build(campaign, tmp_path / "out").files == len(DOCUMENTS)
    verdict = leaflet.check(tmp_path / "out", day=date(2022, 11, 25))
    assert len(verdict.files) == len(DOCUMENTS)
    told = [f"{one.path} {one.fault.lines('en')}" for one in verdict.located() if one.fault.severity != "note"]
    assert told == []
