"""From the file one was sent to printed sheets, in Chromium, through the server: nobody touches a terminal.

Clicks are counted as a person makes them: a file chosen in the dialog of the system is one, typing is none.
"""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright

from benchmarks.generate import make_uai
from leaflet.production.build import build
from leaflet.production.options import BuildOptions
from leaflet.studio.engine import Engine
from leaflet.studio.server import StudioServer
from tests.studio.support import HERE
from tests.studio.test_page import CHROMIUM, DESK, SWITCHES

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is missing; .ci/run installs it")
PORTAL = "https://exemple-vote-2026.gouv.fr/"
SCHOOLS = 300
MOST_CLICKS = {"leaflets": 16, "cards": 6, "dossier": 11}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium with a profile of its own, which is thrown away."""
    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=CHROMIUM, args=SWITCHES)
        yield browser
        browser.close()


class Visitor:
    """Somebody with a mouse and a keyboard in front of the window of a folder."""

    def __init__(self, browser: Browser, url: str) -> None:
        self.clicks = 0
        self.page: Page = browser.new_page(viewport=DESK)
        self.page.set_default_timeout(8_000)
        self.page.goto(url)

    def click(self, place: Locator) -> None:
        self.clicks += 1
        place.first.click()

    def press(self, name: str) -> None:
        """Press a button, or follow a link, whose name begins so."""
        pattern = re.compile(f"^{name}")
        self.click(self.page.get_by_role("button", name=pattern).or_(self.page.get_by_role("link", name=pattern)))

    def go_on(self) -> None:
        """Press the button at the foot of the window that leads on."""
        self.press("(Continuer|Lire)")

    def give(self, file: Path) -> None:
        """Choose a file in the dialog of the system."""
        self.clicks += 1
        self.page.locator("input[type=file]").first.set_input_files(file)

    def type(self, field: str, text: str) -> None:
        self.page.locator(f"[data-field='{field}']").fill(text)
        self.page.keyboard.press("Tab")

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(re.compile(text), timeout=30_000)


@pytest.fixture
def visitor(browser: Browser, tmp_path: Path) -> Iterator[Visitor]:
    """A visitor of a window on an empty folder."""
    folder = tmp_path / "campagne"
    with StudioServer(lambda: Engine(folder, "fr", HERE), "fr") as server:
        visitor = Visitor(browser, server.url)
        yield visitor
        visitor.page.close()


def list_of_schools(path: Path) -> Path:
    """A list as it comes from a spreadsheet: columns by other names, and one code with a wrong letter."""
    uais = [make_uai("037", serial) for serial in range(35, 35 + SCHOOLS)]
    uais[150] = uais[150][:-1] + ("Y" if uais[150][-1] != "Y" else "Z")
    rows = [f"{uai};École d’exemple n° {n};Tours;37000;{5 + n % 40}" for n, uai in enumerate(uais, 1)]
    path.write_text("\n".join(["Code UAI;Dénomination;Commune;CP;Nb ex.", *rows, ""]), "utf-8-sig")
    return path


def answer_the_notice(visitor: Visitor) -> None:
    """Type what the notice and the section know, and keep what is as in 2022."""
    visitor.press("Proposer comme en 2022")
    same = visitor.page.get_by_role("button", name=re.compile("^C’est pareil pour les"))
    expect(same.first).to_be_visible()
    visitor.type("links.portal", PORTAL)
    visitor.type("publisher.name", "Section d’essai")
    visitor.type("publisher.address", "1 rue de l’Exemple, 37000 Tours")
    while left := same.count():
        visitor.click(same)
        expect(same).to_have_count(left - 1)
    visitor.type("memo.lines", "Mot de passe élections")


def test_from_a_list_to_leaflets(visitor: Visitor, tmp_path: Path) -> None:
    """A list of 300 schools: mapped, mended, looked at, made; the ZIP has the bytes of the command line's."""
    visitor.press("Des dépliants pour mes établissements")
    answer_the_notice(visitor)
    visitor.go_on()
    visitor.give(list_of_schools(tmp_path / "etablissements.csv"))
    visitor.press(f"Lire les {SCHOOLS} lignes")
    visitor.press("Mettre 0370185")
    visitor.sees("À corriger 0")
    for _ in range(4):  # addresses, pages, check, make
        visitor.go_on()
    visitor.press("Fabriquer les 2")
    visitor.sees("C’est fait.{0,3}: 300 dépliants")
    assert visitor.clicks <= MOST_CLICKS["leaflets"]
    folder, archive = tmp_path / "campagne", tmp_path / "b.zip"
    build(BuildOptions(campaign=folder / "campaign.toml", out=archive, address=str(archive)))
    assert archive.read_bytes() == (folder / "depliants.zip").read_bytes()
    assert list((folder / "copieur").rglob("print-run*.pdf"))


def test_from_names_to_cards(visitor: Visitor, tmp_path: Path) -> None:
    """A secretary's 45 names, pasted, become cards on sheets."""
    visitor.press("Des cartes pour mes collègues")
    names = "\n".join(f"EXEMPLE{chr(65 + n % 26)} Prénom{chr(97 + n // 26)}" for n in range(45))
    page = visitor.page
    page.fill("#school", "Lycée d’exemple")
    page.fill("#town", "Tours")
    page.fill("#uai", "0370036N")
    page.fill("#names", names)
    visitor.go_on()
    visitor.sees("45 noms")
    visitor.press("Continuer")
    visitor.type("links.portal", PORTAL)
    visitor.type("publisher.name", "Lycée d’exemple")
    visitor.type("memo.lines", "Mot de passe élections")
    visitor.press("Fabriquer les 45 cartes")
    visitor.sees("45 cartes sont prêtes")
    assert visitor.clicks <= MOST_CLICKS["cards"]
    assert len(list((tmp_path / "campagne" / "depliants" / "memo-card").glob("*.pdf"))) == 1


def test_from_a_campaign_that_was_sent(visitor: Visitor, tmp_path: Path) -> None:
    """A section takes its federation's campaign, drops its list, and makes its leaflets."""
    sent = federation(tmp_path / "federation")
    visitor.press("Une campagne qu’on m’a envoyée")
    visitor.give(sent)
    visitor.sees("exemple-vote-2026.gouv.fr")
    visitor.click(visitor.page.locator("#same"))
    visitor.press("Utiliser cette campagne")
    visitor.sees("La liste")
    visitor.page.wait_for_url("**/liste/fichier")
    visitor.give(list_of_schools(tmp_path / "etablissements.csv"))
    visitor.press(f"Lire les {SCHOOLS} lignes")
    visitor.press("Continuer sans cette ligne")
    for _ in range(3):  # addresses, pages, check
        visitor.go_on()
    visitor.press("Fabriquer les 2")
    visitor.sees("C’est fait.{0,3}: 299 dépliants")
    assert visitor.clicks <= MOST_CLICKS["dossier"]


def federation(folder: Path) -> Path:
    """The campaign of a federation as one file."""
    engine = Engine(folder, "fr", HERE)
    engine.call("start", {"election": "2022", "kind": "leaflets"})
    for key, value in {"publisher.name": "Fédération d’essai", "links.portal": PORTAL}.items():
        engine.call("answer", {"key": key, "value": value})
    packed = folder / engine.call("pack", {})["file"]
    return shutil.copy(packed, folder.parent / packed.name)
