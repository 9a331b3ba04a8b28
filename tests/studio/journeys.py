"""The journeys through the window as a person makes them: tests count the clicks, the guide takes the pictures."""

import re
import shutil
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, Locator, Page, ViewportSize, expect

from benchmarks.generate import make_uai
from leaflet.studio.engine import Engine
from tests.studio.support import HERE, PORTAL

SCHOOLS = 300
FIRST = 35  # the number of the first one among those of its département


class Visitor:
    """Somebody with a mouse and a keyboard at a window; clicks are counted, a file chosen is one, typing none."""

    def __init__(self, browser: Browser | BrowserContext, url: str, viewport: ViewportSize) -> None:
        self.clicks = 0
        is_new = isinstance(browser, Browser)
        self.page: Page = browser.new_page(viewport=viewport) if is_new else browser.new_page()
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
        """Press the button at the foot of the window that leads on, which then leads elsewhere."""
        foot = self.page.locator(".next")
        where = foot.get_by_text(re.compile("^Continuer")).inner_text()
        self.press("Continuer")
        expect(foot.get_by_text(where, exact=True)).to_have_count(0)

    def give(self, file: Path) -> None:
        self.clicks += 1
        self.page.locator("input[type=file]").first.set_input_files(file)

    def type(self, field: str, text: str) -> None:
        self.page.locator(f"[data-field='{field}']").fill(text)
        self.page.keyboard.press("Tab")

    def mend(self, code: str) -> None:
        self.press(f"Mettre {code}")

    def sees(self, text: str) -> None:
        expect(self.page.locator("body")).to_contain_text(re.compile(text), timeout=20_000)


class Typist(Visitor):
    """Somebody who has no mouse: Tab leads to a control, and each stop on the way there is seen."""

    stops = 0

    def __init__(self, browser: Browser | BrowserContext, url: str, viewport: ViewportSize) -> None:
        super().__init__(browser, url, viewport)
        self.page.on("filechooser", lambda _: None)  # without a listener the first key may come before one waits

    def reach(self, place: Locator) -> None:
        """Press Tab until a control has the focus; one sees each stop, once the page has scrolled there."""
        for _ in range(_MOST_STOPS):
            is_there, unseen = place.first.evaluate(_STOP)
            patience = _PATIENCE
            while unseen and patience:
                self.page.wait_for_timeout(50)
                is_there, unseen = place.first.evaluate(_STOP)
                patience -= 1
            assert not unseen, f"the focus is not seen on {unseen}"
            if is_there:
                return
            self.page.keyboard.press("Tab")
            self.stops += 1
        raise AssertionError(f"{_MOST_STOPS} stops do not lead to {place}")

    def click(self, place: Locator) -> None:
        self.clicks += 1
        self.reach(place)
        self.page.keyboard.press("Enter")

    def give(self, file: Path) -> None:
        self.reach(self.page.locator("input[type=file]"))
        with self.page.expect_file_chooser() as chosen:
            self.page.keyboard.press("Enter")
        chosen.value.set_files(file)

    def type(self, field: str, text: str) -> None:
        self.reach(self.page.locator(f"[data-field='{field}']"))
        self.page.keyboard.press("Control+a")
        self.page.keyboard.insert_text(text)
        self.page.keyboard.press("Tab")

    def mend(self, code: str) -> None:
        """Open the cell with Enter, leave it with Escape, open it again: the proposal is in it; Enter keeps it."""
        cell = self.page.locator("button.cell")
        self.click(cell)
        expect(self.page.locator(".mend input")).to_be_focused()
        self.page.keyboard.press("Escape")
        expect(cell).to_be_focused()
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".mend input")).to_be_focused()
        expect(self.page.locator(".mend input")).to_have_value(re.compile(f"^{code}"))
        self.page.keyboard.press("Enter")
        expect(self.page.locator(".lead")).to_be_focused()

    def look(self, name: str) -> None:
        """Go to the page beside the work and back, if there is one; go to another station and back."""
        keyboard, focused = self.page.keyboard, self.page.locator(":focus")
        if name == "pages":
            keyboard.press("F6")
            expect(self.page.locator(".view :focus")).to_have_count(1)
            keyboard.press("F6")
            expect(focused).to_have_text("Les pages")
        if name == "verifier":
            for key, heading in (("Alt+2", "La liste"), ("Alt+4", "Vérifier")):
                keyboard.press(key)
                expect(self.page.locator("h1")).to_have_text(heading)
                expect(focused).to_have_count(1)


_MOST_STOPS = 300
_PATIENCE = 100  # looks at a stop that is not seen yet
# Tells whether a control has the focus, and names the one that has it if that cannot be seen: neither it nor its
# label has an outline, or that is covered.
_STOP = """control => {
  const focused = document.activeElement;
  const stop = (unseen) => [control === focused, unseen];
  if (focused.tabIndex < 0) return stop(null);  // past the last control, or at a heading to which the page led
  const framed = [...(focused.labels ?? []), focused].find((element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle !== "none" && parseFloat(outlineWidth) >= 2;
  });
  const name = focused.outerHTML.slice(0, 120);
  if (!framed) return stop(`${name}: no outline`);
  const { left, top, width, height } = framed.getBoundingClientRect();
  const over = document.elementFromPoint(left + width / 2, top + Math.min(height, innerHeight) / 2);
  return stop(framed.contains(over) || over?.contains(framed) ? null : `${name}: covered by ${over?.className}`);
}"""


def make_leaflets(visitor: Visitor, folder: Path, schools: int = SCHOOLS) -> None:
    """A list of schools: mapped, mended, looked at; a ZIP of all files and one for the copier."""
    visitor.look("accueil")
    visitor.press("Des dépliants pour mes établissements")
    _answer_the_notice(visitor)
    visitor.go_on()
    visitor.sees("Déposez votre liste ici")
    visitor.give(list_of_schools(folder / "etablissements.csv", schools))
    visitor.sees("D’où vient chaque information")
    visitor.look("colonnes")
    visitor.press(f"Lire les {schools} lignes")
    visitor.sees("À corriger 1")
    visitor.look("cases")
    visitor.mend(f"0370{FIRST + schools // 2:03}")
    visitor.sees("À corriger 0")
    visitor.go_on()  # to the addresses
    visitor.go_on()
    visitor.sees("Photocopié")
    visitor.look("pages")
    visitor.go_on()
    visitor.sees("Vérifié.{0,3}: tout va bien")
    visitor.look("verifier")
    visitor.go_on()
    visitor.press("Fabriquer les 2")
    visitor.sees(f"C’est fait.{{0,3}}: {schools} dépliants")
    visitor.look("fini")


def _answer_the_notice(visitor: Visitor) -> None:
    """Type what the notice and the section know, and keep what is as in 2022."""
    visitor.press("Proposer comme en 2022")
    same = visitor.page.get_by_role("button", name=re.compile("^Ma notice dit la même chose pour les"))
    expect(same.first).to_be_visible()
    visitor.look("election")
    visitor.type("links.portal", PORTAL)
    visitor.press("C’est bien l’adresse de ma notice")
    visitor.type("publisher.name", "Section d’essai")
    visitor.type("publisher.address", "1 rue de l’Exemple, 37000 Tours")
    while left := same.count():
        visitor.click(same)
        expect(same).to_have_count(left - 1)
    visitor.type("memo.lines", "Mot de passe élections")
    visitor.press("Ma notice dit la même chose")


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
    visitor.press("C’est bien l’adresse de ma notice")
    visitor.type("publisher.name", "Lycée d’exemple")
    visitor.look("planche")
    visitor.press("Fabriquer les 45 cartes")
    visitor.sees("45 cartes sont prêtes")


def make_print_run(visitor: Visitor) -> None:
    """A campaign that is ready goes to a print shop, whose name the law wants on it."""
    visitor.press("Reprendre à")
    visitor.click(visitor.page.get_by_label("Un fichier pour l’imprimeur"))
    visitor.type("press.printer", "Imprimerie d’essai, Tours")
    visitor.press("Fabriquer les 3 fichiers")
    visitor.sees("C’est fait")


def use_campaign(visitor: Visitor, folder: Path, schools: int = SCHOOLS) -> None:
    """A section takes its federation's campaign, drops its list, and makes its leaflets."""
    visitor.press("Une campagne qu’on m’a envoyée")
    visitor.give(campaign_of_a_federation(folder / "federation"))
    visitor.sees("exemple-vote-2026.gouv.fr")
    visitor.look("dossier")
    visitor.click(visitor.page.locator("#same"))
    visitor.press("Utiliser quand même")  # the vote of the example is over
    visitor.page.wait_for_url("**/election")
    visitor.type("publisher.name", "Section d’essai")
    visitor.type("publisher.address", "1 rue de l’Exemple, 37000 Tours")
    visitor.go_on()
    visitor.give(list_of_schools(folder / "etablissements.csv", schools))
    visitor.press(f"Lire les {schools} lignes")
    visitor.press("Continuer sans cette ligne")
    for _ in range(3):  # addresses, pages, check
        visitor.go_on()
    visitor.press("Fabriquer les 2")
    visitor.sees(f"C’est fait.{{0,3}}: {schools - 1} dépliants")


def list_of_schools(path: Path, schools: int) -> Path:
    uais, wrong = [make_uai("037", FIRST + serial) for serial in range(schools)], schools // 2
    uais[wrong] = uais[wrong][:-1] + ("Y" if uais[wrong][-1] != "Y" else "Z")
    rows = [f"{uai};École d’exemple n° {n};Tours;37000;{5 + n % 40};B {n}" for n, uai in enumerate(uais, 1)]
    path.write_text("\n".join(["Code UAI;Dénomination;Commune;CP;Nb ex.;Salle", *rows, ""]), "utf-8-sig")
    return path


def campaign_of_a_federation(folder: Path) -> Path:
    engine = Engine(folder, "fr", HERE)
    engine.call("start", {"election": "2022", "kind": "leaflets"})
    for key, value in {"publisher.name": "Fédération d’essai", "links.portal": PORTAL}.items():
        engine.call("answer", {"key": key, "value": value})
    packed = folder / engine.call("pack", {})["file"]
    return Path(shutil.copy(packed, folder.parent / packed.name))
