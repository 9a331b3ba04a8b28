"""The sheet for trying addresses: the académies of the list, codes that read, and what was tried written down."""

import re
from datetime import date
from pathlib import Path

import numpy as np
import pypdfium2
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from leaflet.campaign.academies import ADDRESSES_FILE
from leaflet.campaign.academy_addresses import confirm_address
from leaflet.production.address_check import PAGE, PDF, AddressSheet, make_address_sheet
from leaflet.production.build_options import InputOptions
from tests.browser import needs_chromium, watched_pages
from tests.campaigns import campaign_text, write_small_campaign
from tests.decoding import decode
from tests.support import check_structure, codes_of, tables_of

ROWS = tables_of(__file__)["rows"]
DAY = date(2026, 11, 26)


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    return write_small_campaign(tmp_path, campaign_text().replace('"2018"', '"2026"'), ROWS)


def made(campaign: Path) -> AddressSheet:
    return make_address_sheet(InputOptions(campaign=campaign, out=campaign.parent))


def codes(path: Path) -> set[str]:
    found = set()
    for page in pypdfium2.PdfDocument(path):
        bitmap = page.render(scale=3, grayscale=True)
        found.update(decode(np.array(bitmap.to_numpy(), copy=True).reshape(bitmap.height, bitmap.width)))
    return found


def test_exactly_the_academies_of_the_list(campaign: Path) -> None:
    """Those with most schools come first; a school of another ministry is counted with none."""
    sheet = made(campaign)
    counted = [(one.key, one.schools) for one in sheet.sheets]
    assert counted == [("orleans-tours", 2), ("guyane", 1), ("wallis-et-futuna", 1)]
    (webmail, *_) = sheet.sheets[0].candidates
    assert (webmail.key, webmail.attested, webmail.confidence) == ("orleans-tours.webmail", "2018", "moyenne")
    assert (sheet.sheets[1].candidates[0].attested, sheet.sheets[2].candidates) == ("source non datée", ())


def test_every_address_has_a_code_that_reads(campaign: Path) -> None:
    """The PDF has each address as a code, tagged like every file, and the page draws the same."""
    links = {one.value for academie in made(campaign).sheets for one in academie.candidates if one.is_link}
    assert len(links) == 4 and codes(campaign.parent / PDF) == links
    assert check_structure((campaign.parent / PDF).read_bytes()) == []
    page = (campaign.parent / PAGE).read_text("utf-8")
    assert page.count("<svg ") == 4 and page.count('value="no"> ') == 5
    assert not re.search(r"src=|<link", page)


@needs_chromium
def test_the_answers_of_the_page_are_a_file_to_pass_on(campaign: Path, browser: Browser) -> None:
    """It has what works, what does not, what was found, and what was tried before; the leaflet follows it."""
    found, role = "https://messagerie.ac-wf.wf/", "secrétariat"
    confirm_address(campaign, "lyon.webmail", day=DAY, by=role, given="https://webmail.ac-lyon.fr/")
    path = [made(campaign).sheets[1].candidates[0].value]
    with watched_pages(browser, lambda asked, page: asked in (page, "data:")) as open_page:
        page = open_page((campaign.parent / PAGE).as_uri(), viewport={"width": 360, "height": 740})
        assert Axe().run(page).response["violations"] == []
        page.get_by_label("Ça ne marche pas").first.check()
        page.get_by_label("Celle-ci marche").fill(found)
        page.get_by_label("Ça marche").nth(3).check()
        page.get_by_label("Qui a essayé").select_option(role)
        with page.expect_download() as download:
            page.get_by_role("link", name="Enregistrer").click()
        download.value.save_as(campaign.parent / ADDRESSES_FILE)
    sheets = made(campaign).sheets
    assert sheets[0].printed.endswith(": https://bv.ac-orleans-tours.fr/sosidentifiant/")
    assert [one.value for one in sheets[1].candidates if one.state.startswith("essai du")] == path
    assert sheets[2].printed == f"Ma messagerie\u00a0: {found}"
    assert sheets[2].candidates[0].state.endswith(f"par {role}")
    text = (campaign.parent / ADDRESSES_FILE).read_text("utf-8")
    assert '[academies.lyon]\nwebmail = { value = "https://webmail.ac-lyon.fr/", confirmed_on = 2026-11-26, ' in text


def test_what_was_tried_is_written_and_printed(campaign: Path) -> None:
    """After --set the leaflet has it; the sheet says when and by which role."""
    address = "https://messagerie.ac-wf.wf/"
    path = confirm_address(campaign, "Wallis-et-Futuna.webmail", day=DAY, by="secrétariat de section", given=address)
    assert path == campaign.parent / ADDRESSES_FILE
    (candidate,) = made(campaign).sheets[2].candidates
    assert (candidate.value, candidate.source) == (address, ADDRESSES_FILE)
    assert candidate.state == "essai du 26\u00a0novembre 2026 par secrétariat de section"


def test_an_academie_of_ones_own_can_be_confirmed(campaign: Path) -> None:
    row = '[archipel]\nname = "Archipel"\ntitle = "Académie de l’Archipel"\ndomain = "ac-archipel.fr"\n'
    campaign.with_name("academies.toml").write_text(row, "utf-8")
    confirm_address(campaign, "archipel.webmail", day=DAY, by=None, given="https://webmail.ac-archipel.fr/")
    assert "[academies.archipel]" in campaign.with_name(ADDRESSES_FILE).read_text("utf-8")


@pytest.mark.parametrize(("asked", "by", "given", "code"), tables_of(__file__)["wrong"])
def test_nothing_wrong_is_written(campaign: Path, asked: str, by: str, given: str, code: str) -> None:
    """An unknown name, a person's name, an address that breaks a link rule: told, and no file is made."""
    who, value = by or None, None if given == "–" else given
    assert codes_of(lambda: confirm_address(campaign, asked, day=DAY, by=who, given=value)) == [code]
    assert not (campaign.parent / ADDRESSES_FILE).exists()
