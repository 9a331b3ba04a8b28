"""The colours of a file for the print shop: screen, inks and print side by side."""

from pathlib import Path

import pikepdf
import pytest

from leaflet.preflight.report.ink_use import look_in_print
from leaflet.production.build_options import PrintRunOptions
from leaflet.production.print_runs import print_run
from tests.press_profile import FOGRA39, needs_profile
from tests.report.support import CAMPAIGN, campaign, parsed, report

pytestmark = needs_profile
DATED = CAMPAIGN.replace('version = "v1"', 'version = "v1"\nissued_on = 2018-11-05')
PRESS = f'{DATED}\n[press]\nprinter = "P, Tours"\n'


def test_inks_as_they_look() -> None:
    """Paper is white, black alone is not quite black, cyan is no colour of a screen; nothing without a profile."""
    white, black, cyan = look_in_print([(0, 0, 0, 0), (0, 0, 0, 100), (100, 0, 0, 0)], FOGRA39.read_bytes())
    assert white == "#ffffff" and black is not None and 0 < int(black[1:3], 16) < 60
    assert cyan is not None and int(cyan[1:3], 16) < 40 < 150 < int(cyan[5:7], 16)
    assert look_in_print([(0, 0, 0, 0)], b"no profile") == [None]


def test_a_run_for_the_print_shop_shows_its_colours(tmp_path: Path) -> None:
    """Each colour of the theme with its inks and their sum; a screen swatch beside a print swatch."""
    path = campaign(tmp_path, PRESS)
    print_run(PrintRunOptions(campaign=path, out=tmp_path / "out", press="x4"))
    html, _, _ = report(tmp_path / "out", campaign=path)
    page = parsed(html)
    (table,) = page.all("table", class_="inks")
    assert "Les couleurs du document leaflet-a4 et leurs encres, en pour cent" in table.text
    rows = {cells[0]: cells[1:] for row in page.all("tr") if len(cells := row.text.split()) == 8 and "#" in row.text}
    assert rows["code"][0] == "#000000" and rows["code"][2:] == ["0", "0", "0", "100", "100"]
    for screen, printed, *inks, total in rows.values():
        assert sum(map(int, inks)) == int(total)
        assert {rect.attributes["fill"] for rect in page.all("rect")} >= {screen, printed}


@pytest.mark.drill
def test_an_office_run_has_no_inks(tmp_path: Path) -> None:
    """A printer in a school mixes its own."""
    path = campaign(tmp_path, PRESS)
    print_run(PrintRunOptions(campaign=path, out=tmp_path / "out"))
    html, _, _ = report(tmp_path / "out", campaign=path)
    assert parsed(html).all("table", class_="inks") == []


@pytest.mark.drill
def test_a_profile_that_cannot_be_read_leaves_what_is_known(tmp_path: Path) -> None:
    """Black alone needs no profile; of the other colours nobody knows the inks, so they are not shown."""
    path = campaign(tmp_path, PRESS)
    print_run(PrintRunOptions(campaign=path, out=tmp_path / "out", press="x4"))
    (file,) = (tmp_path / "out").glob("print-run-*.pdf")
    with pikepdf.open(file, allow_overwriting_input=True) as pdf:
        pdf.Root.OutputIntents[0].DestOutputProfile.write(b"no profile")
        pdf.save(file)
    html, _, _ = report(tmp_path / "out", campaign=path)
    (table,) = parsed(html).all("table", class_="inks")
    assert "code" in table.text and "brand" not in table.text
