"""The journeys through the window as a person makes them: tests count the clicks, the guide takes the pictures."""

import re
import shutil
from pathlib import Path

from playwright.sync_api import Browser, Locator, Page, ViewportSize, expect

from benchmarks.generate import make_uai
from leaflet.studio.engine import Engine
from tests.studio.support import HERE

PORTAL = "https://exemple-vote-2026.gouv.fr/"
SCHOOLS = 300


class Visitor:
    """Somebody with a mouse and a keyboard in front of the window of a folder.

    Clicks are counted: a file chosen in the dialog of the system is one, typing is none.
    """

    def __init__(self, browser: Browser, url: str, viewport: ViewportSize) -> None:
        self.clicks = 0
        self.page: Page = browser.new_page(viewport=viewport)
        self.page.set_default_timeout(20_000)
        self.page.goto(url)

    def look(self, name: str) -> None:
        """Look at a state of the window; the guide has a picture of it."""

    def click(self, place: Locator) -> None:
        self.clicks += 1
        place.first.click()

    def press(self, name: str) -> None:
        """Press a button, or follow a link, whose name begins so."""
        pattern = re.compile(f"^{name}")
        self.click(self.page.get_by_role("button", name=pattern).or_(self.page.get_by_role("link", name=pattern)))

    def go_on(self) -> None:
        """Press the button at the foot of the window that leads on."""
        self.press("Continuer")

    def give(self, file: Path) -> None:
        """Choose a file in the dialog of the system."""
        self.clicks += 1
        self.page.locator("input[type=file]").first.set_input_files(file)

    def type(self, field: str, text: str) -> None:
        self.page.locator(f"[data-field='{field}']").fill(text)
        self.page.keyboard.press("Tab")

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(re.compile(text), timeout=20_000)


def make_leaflets(visitor: Visitor, folder: Path) -> None:
    """A list of 300 schools: mapped, mended, looked at; a ZIP of all files and one for the copier."""
    visitor.look("accueil")
    visitor.press("Des dépliants pour mes établissements")
    _answer_the_notice(visitor)
    visitor.go_on()
    visitor.give(list_of_schools(folder / "etablissements.csv"))
    visitor.sees("D’où vient chaque information")
    visitor.look("colonnes")
    visitor.press(f"Lire les {SCHOOLS} lignes")
    visitor.sees("À corriger 1")
    visitor.look("cases")
    visitor.press("Mettre 0370185")
    visitor.sees("À corriger 0")
    visitor.go_on()  # to the addresses
    visitor.go_on()
    visitor.sees("Photocopié")
    visitor.look("pages")
    visitor.go_on()
    visitor.sees("Vérifié, et bon")
    visitor.look("verifier")
    visitor.go_on()
    visitor.press("Fabriquer les 2")
    visitor.sees("C’est fait.{0,3}: 300 dépliants")
    visitor.look("fini")


def _answer_the_notice(visitor: Visitor) -> None:
    """Type what the notice and the section know, and keep what is as in 2022."""
    visitor.press("Proposer comme en 2022")
    same = visitor.page.get_by_role("button", name=re.compile("^C’est pareil pour les"))
    expect(same.first).to_be_visible()
    visitor.look("election")
    visitor.type("links.portal", PORTAL)
    visitor.type("publisher.name", "Section d’essai")
    visitor.type("publisher.address", "1 rue de l’Exemple, 37000 Tours")
    while left := same.count():
        visitor.click(same)
        expect(same).to_have_count(left - 1)
    visitor.type("memo.lines", "Mot de passe élections")


def make_cards(visitor: Visitor) -> None:
    """A secretary's 45 names, pasted, become cards on sheets."""
    visitor.press("Des cartes pour mes collègues")
    page = visitor.page
    page.fill("#school", "Lycée d’exemple")
    page.fill("#town", "Tours")
    page.fill("#uai", "0370036N")
    page.fill("#names", "\n".join(f"EXEMPLE{chr(65 + n % 26)} Prénom{chr(97 + n // 26)}" for n in range(45)))
    visitor.press("Lire")
    visitor.sees("45 noms")
    visitor.go_on()
    visitor.type("links.portal", PORTAL)
    visitor.type("publisher.name", "Lycée d’exemple")
    visitor.type("memo.lines", "Mot de passe élections")
    visitor.look("planche")
    visitor.press("Fabriquer les 45 cartes")
    visitor.sees("45 cartes sont prêtes")


def use_campaign(visitor: Visitor, folder: Path) -> None:
    """A section takes its federation's campaign, drops its list, and makes its leaflets."""
    visitor.press("Une campagne qu’on m’a envoyée")
    visitor.give(campaign_of_a_federation(folder / "federation"))
    visitor.sees("exemple-vote-2026.gouv.fr")
    visitor.look("dossier")
    visitor.click(visitor.page.locator("#same"))
    visitor.press("Utiliser cette campagne")
    visitor.page.wait_for_url("**/liste/fichier")
    visitor.give(list_of_schools(folder / "etablissements.csv"))
    visitor.press(f"Lire les {SCHOOLS} lignes")
    visitor.press("Continuer sans cette ligne")
    for _ in range(3):  # addresses, pages, check
        visitor.go_on()
    visitor.press("Fabriquer les 2")
    visitor.sees("C’est fait.{0,3}: 299 dépliants")


def list_of_schools(path: Path) -> Path:
    """A list as it comes from a spreadsheet: columns by other names, and one code with a wrong letter."""
    uais = [make_uai("037", serial) for serial in range(35, 35 + SCHOOLS)]
    uais[150] = uais[150][:-1] + ("Y" if uais[150][-1] != "Y" else "Z")
    rows = [f"{uai};École d’exemple n° {n};Tours;37000;{5 + n % 40}" for n, uai in enumerate(uais, 1)]
    path.write_text("\n".join(["Code UAI;Dénomination;Commune;CP;Nb ex.", *rows, ""]), "utf-8-sig")
    return path


def campaign_of_a_federation(folder: Path) -> Path:
    """The campaign of a federation as one file."""
    engine = Engine(folder, "fr", HERE)
    engine.call("start", {"election": "2022", "kind": "leaflets"})
    for key, value in {"publisher.name": "Fédération d’essai", "links.portal": PORTAL}.items():
        engine.call("answer", {"key": key, "value": value})
    packed = folder / engine.call("pack", {})["file"]
    return Path(shutil.copy(packed, folder.parent / packed.name))
