"""Every state of the window, with its real page and engine (what lasts a moment is held), judged by axe-core."""

import errno
import inspect
import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from types import SimpleNamespace
from typing import Any

import pytest
from msgspec.structs import replace
from playwright.sync_api import Page, expect

from leaflet.production import staging
from leaflet.studio import folder as folder_module
from leaflet.studio import making
from leaflet.studio.engine import Engine
from leaflet.studio.folder import CampaignFolder
from tests.browser import needs_chromium
from tests.studio.journeys import campaign_of_a_federation
from tests.studio.support import HERE, SCHOOLS, answered, ready, started
from tests.studio.test_cards import MEASURES
from tests.studio.window import Opens, judge, one_tab, opened_windows  # noqa: F401 - fixtures
from tests.tables.books import workbook

pytestmark = [pytest.mark.drill, needs_chromium]

# The map of states, from the first visit to what may go wrong.
STATES = (
    *("accueil", "accueil-reprendre", "dossier", "election", "election-refus", "election-comme-2022"),
    *("liste-vide", "erreur-fichier", "erreur-fichier-secrets", "liste-colonnes", "liste-defauts", "liste-adresses"),
    *("liste-feuilles", "liste-doublons", "liste-deux-codes", "liste-renvoyee"),
    *("pages", "pages-couleur", "pages-photocopie", "pages-long", "verifier", "verifier-bien"),
    *("fabriquer", "fabriquer-imprimeur", "fabriquer-encours", "fabriquer-arret", "fabriquer-fini"),
    *("fabriquer-a-comparer", "fabriquer-projet"),
    *("cartes-vide", "cartes-uai", "cartes-noms", "cartes-mesures", "cartes-planche", "cartes-fini", "cartes-seules"),
    *(
        *("preuve", "reprise", "erreur-arret", "erreur-verrou", "erreur-place", "erreur-place-dossier"),
        *("erreur-place-reponse", "illisible"),
    ),
)
SIGHTS = [(width, scheme) for width in (1280, 768, 320) for scheme in ("light", "dark")]

FAULTY = SCHOOLS.replace("0370036N", "0370036A").replace(";37500;14", ";3750;14").replace(";Loches", ";")
TO_CHOOSE = SCHOOLS.replace("Nb ex.", "Quantitée")
SECRETS = "Code UAI;Nom;Commune;NUMEN\n0370035M;Collège d’exemple;Tours;exemple\n"
TWIN = [
    ("0370035M", "Collège d’exemple, annexe", "Tours", "37000", "5"),
    ("0370037P", "Lycée d’exemple des Rives", "Tours", "37000", ""),
]
NAMES = "LABERT Julie\nIF Zoé\nDE LA TOUR-EXEMPLE Anne\nMARTIN Paul\nEXEMPLE-DURAND Amine\n"


class Scene:
    """A prepared folder of a test, by its name, and the window on it; `patch` replaces what the engine works with."""

    page: Page

    def __init__(self, opens: Opens, prepared: dict[str, Path], path: Path, patch: pytest.MonkeyPatch) -> None:
        self.path, self.patch = path, patch
        self.stick, self.little = path / "CLE-USB", SimpleNamespace(free=200_000)
        self.going, self.disk_is_full = Event(), Event()
        self._opens, self._prepared = opens, prepared

    def folder(self, name: str) -> Path:
        return Path(shutil.copytree(self._prepared[name], self.path / f"Elections-{name}"))

    def open(self, folder: Path | str, address: str = "") -> Page:
        path = self.folder(folder) if isinstance(folder, str) else folder
        self.page = self._opens(Engine(path, "fr", replace(HERE, places=lambda: [self.stick])), f"#/{address}")
        return self.page

    def go(self, address: str) -> None:
        self.page.evaluate("address => { location.hash = `#/${address}` }", address)

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    def give(self, field: str, name: str, data: str | bytes) -> None:
        buffer = data.encode() if isinstance(data, str) else data
        self.page.set_input_files(field, {"name": name, "mimeType": "", "buffer": buffer})

    def sees(self, text: str, role: Any = "heading") -> None:
        expect(self.page.get_by_role(role, name=text).first).to_be_visible()

    def hold_making(self) -> None:
        """Let a making wait after three files until `going` is set."""
        goes = making._Progress.__call__

        def wait(progress: Any, done: int, total: int, name: str) -> None:
            goes(progress, done, total, name)
            if done == 3:
                self.going.wait(30)

        self.patch.setattr(making._Progress, "__call__", wait)

    def fill_disk(self) -> None:
        """Have no room for the campaign, or for a fourth file, as long as `disk_is_full` is set."""
        written, write, rename = list[int](), staging.write_all, os.replace

        def fail() -> None:
            if self.disk_is_full.is_set():
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

        def write_three(handle: int, data: bytes) -> None:
            written.append(handle)
            if len(written) > 3:
                fail()
            write(handle, data)

        def keep(source: str | Path, target: str | Path) -> None:
            if Path(target).name == "campaign.toml":
                fail()
            rename(source, target)

        self.patch.setattr(staging, "write_all", write_three)
        self.patch.setattr(folder_module.os, "replace", keep)
        usage = shutil.disk_usage

        def room(path: Path) -> object:
            return (
                self.little
                if self.disk_is_full.is_set() and not Path(path).is_relative_to(self.stick)
                else usage(path)
            )

        self.patch.setattr("shutil.disk_usage", room)
        self.disk_is_full.set()


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Folders with a campaign: just begun; with a faulty list; with nothing or little left to do; with cards."""
    path = tmp_path_factory.mktemp("prepared")
    started(path / "begun", "2026").close()
    faulty = started(path / "faulty", "2026")
    faulty.upload("list", "etablissements.csv", FAULTY.encode())
    faulty.close()
    ready(path / "ready").close()
    look = Engine(shutil.copytree(path / "ready", path / "look"), "fr", HERE)
    look.call("answer", {"key": "publisher.name", "value": ""})
    look.upload("list", "etablissements-2.csv", FAULTY.encode())
    look.close()
    answered(path / "cards", "cards").close()
    return {folder.name: folder for folder in path.iterdir()}


@pytest.fixture
def scene(
    opened: Opens, prepared: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Scene]:
    scene = Scene(opened, prepared, tmp_path, monkeypatch)
    yield scene
    scene.going.set()


Walk = Callable[[Scene], Iterator[str]]
WALKS: list[Walk] = []


def walk(steps: Walk) -> Walk:
    WALKS.append(steps)
    return steps


@walk
def first_visit(scene: Scene) -> Iterator[str]:
    """Three doors, of which one is for a campaign that was sent."""
    page = scene.open(scene.path / "neu")
    expect(page.locator(".door")).to_have_count(3)
    yield "accueil"
    page.set_input_files("input[type=file]", campaign_of_a_federation(scene.path / "federation"))
    expect(page.get_by_label("C’est bien l’adresse de ma notice")).to_be_visible()
    expect(page.locator(".desk img")).to_be_visible()
    scene.sees("Utiliser quand même", "button")  # its vote is over
    yield "dossier"


@walk
def answers_and_a_list(scene: Scene) -> Iterator[str]:
    """From blank questions to a list with a column to choose."""
    page = scene.open("begun", "election")
    expect(page.locator(".zone.blank").first).to_have_text("Étapes")
    expect(page.locator("figcaption")).to_contain_text("5 endroits hachurés")  # a code within the memo is not seen
    yield "election"
    for key, wrong in (("links.portal", "https://www.monvote.fr/educ"), ("publisher.name", "Section\u200b")):
        page.fill(f"[data-field='{key}']", wrong)
        page.keyboard.press("Tab")
    expect(page.locator(".refused .fault")).to_have_count(2)
    expect(page.locator(".next")).to_contain_text("elles ne sont pas enregistrées.")
    yield "election-refus"
    for left in (1, 0):
        page.locator(".refused").get_by_role("button", name="Laisser en blanc").first.click()
        expect(page.locator(".refused")).to_have_count(left)
    scene.press("Proposer comme en 2022")
    scene.sees("Ma notice dit la même chose :", "button")
    expect(page.locator(".lead")).to_contain_text("15 réponses viennent de 2022")
    expect(page.locator(".zone.now")).to_have_count(0)  # no field is in use
    yield "election-comme-2022"
    scene.go("liste/fichier")
    scene.sees("Déposez votre liste ici")
    yield "liste-vide"
    scene.press("Essayer avec 12 établissements d’exemple")
    scene.sees("Lire les 12 lignes", "button")
    expect(page.locator("[aria-current=step]")).to_contain_text("12 établissements")
    page.keyboard.press("Control+z")
    scene.go("liste/fichier")
    scene.sees("Déposez votre liste ici")
    scene.give("#list-file", "etablissements.pdf", "%PDF-1.7")
    expect(page.get_by_role("alert")).to_contain_text("« etablissements.pdf » est un PDF")
    yield "erreur-fichier"
    scene.give("#list-file", "personnels.csv", SECRETS)
    expect(page.get_by_role("alert")).to_contain_text("« personnels.csv » contient une colonne « NUMEN »")
    yield "erreur-fichier-secrets"
    scene.give("#list-file", "etablissements.csv", TO_CHOOSE)
    scene.sees("Prendre « Quantitée »", "button")
    expect(page.locator("[aria-current=step]")).to_contain_text("1 colonne à choisir")
    expect(page.locator("tbody").first.locator("tr")).to_have_count(5)  # what the list does not have is folded
    yield "liste-colonnes"


@walk
def mends_and_addresses(scene: Scene) -> Iterator[str]:
    """Somebody comes back, mends a cell and begins the next one, tries addresses; then the program is gone."""
    page = scene.open("faulty")
    scene.sees("Reprendre à « L’élection »", "link")
    yield "accueil-reprendre"
    scene.go("liste/cases")
    page.locator("button.cell").first.click()
    expect(page.locator(".mend input")).to_have_value("0370036N")
    expect(page.locator(".mend input")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("tbody")).to_contain_text("corrigé")
    expect(page.locator(".mend input")).to_be_focused()
    yield "liste-defauts"
    scene.go("liste/adresses")
    scene.sees("Ça marche", "button")
    expect(page.get_by_role("img", name="QR code à scanner").first).to_be_visible()
    yield "liste-adresses"
    scene.press("Rien n’est envoyé")
    expect(page.get_by_role("button", name="J’ai compris")).to_be_focused()
    yield "preuve"
    page.keyboard.press("Escape")
    scene.go("election")
    page.fill("[data-field='publisher.name']", "Section d’essai")
    page.route("**/call/*", lambda route: route.abort())
    page.keyboard.press("Tab")
    expect(page.get_by_role("alertdialog")).to_be_visible()
    yield "erreur-arret"
    page.unroute("**/call/*")
    expect(page.get_by_role("alertdialog")).to_have_count(0)  # it goes on by itself, with what was typed
    expect(page.locator(".did")).to_contain_text("Réponse changée")
    expect(page.locator("[data-field='publisher.name']")).to_have_value("Section d’essai")


@walk
def sheets_and_twins(scene: Scene) -> Iterator[str]:
    """A workbook of several sheets, a school on two rows, and the list once more."""
    page = scene.open("begun", "liste/fichier")
    rows = [tuple(line.split(";")) for line in SCHOOLS.splitlines()]
    other = [rows[0], ("0370041U", "Lycée d’exemple du Pont", "Loches", "37600", "30"), *TWIN]
    sheets = {"Lisez-moi": [("Ne pas diffuser",)], "Nord": rows, "Sud": other}
    scene.give("#list-file", "lycees.xlsx", workbook(**sheets))
    scene.sees("Lire les 2 feuilles", "button")
    expect(page.get_by_role("checkbox", name="Nord")).to_be_focused()
    expect(page.locator(".first-rows .heads")).to_contain_text("Code UAI")
    expect(page.locator(".next")).to_contain_text("2 feuilles choisies, 9 lignes.")
    yield "liste-feuilles"
    page.get_by_role("checkbox", name="Lisez-moi").check()  # no list: it is read alone
    expect(page.get_by_role("checkbox", name="Nord")).not_to_be_checked()
    page.get_by_role("checkbox", name="Nord").check()
    expect(page.get_by_role("checkbox", name="Lisez-moi")).not_to_be_checked()
    page.get_by_role("checkbox", name="Sud").check()
    scene.press("Lire les 2 feuilles")
    scene.press("Lire les 9 lignes")
    scene.sees("Garder la ligne 2 de « Nord »", "button")
    expect(page.get_by_role("button", name="Garder la ligne 2")).to_be_focused()
    expect(page.locator("[aria-current=step]")).to_contain_text("2 doubles")
    yield "liste-doublons"
    scene.go("verifier")
    scene.sees("2 établissements figurent deux fois")
    scene.press("Choisir")
    scene.sees("Garder la ligne 2 de « Nord »", "button")
    page.keyboard.press("2")  # the second row
    scene.sees("Garder la ligne 4 de « Nord »", "button")
    expect(page.get_by_role("button", name="Garder la ligne 4 de « Nord »")).to_be_focused()
    scene.press("Ce sont deux établissements")
    expect(page.get_by_label("Code UAI de")).to_be_focused()
    yield "liste-deux-codes"
    page.keyboard.type("0370042V")
    page.keyboard.press("Enter")
    expect(page.locator(".lead")).to_contain_text("Rien n’est à corriger")
    expect(page.locator("[aria-current=step]")).to_contain_text("8 établissements")
    scene.go("liste/fichier")
    again = [*rows[:-1], ("0370043W", "École d’exemple neuve", "Loches", "37600", "9")]
    again[1] = (*again[1][:4], "46")
    scene.give("#list-file", "lycees-2.xlsx", workbook(**{**sheets, "Nord": again}))
    scene.sees("La liste a changé")
    expect(page.locator(".summary")).to_contain_text("Nouveaux")
    expect(page.locator("main")).to_contain_text("1 correction reprise.")
    yield "liste-renvoyee"


@walk
def look_of_pages(scene: Scene) -> Iterator[str]:
    """Every document and every theme has its own picture."""
    page = scene.open("ready", "pages")
    expect(page.locator(".choice img")).to_have_count(8)
    yield "pages"
    scene.press("Voir 9 autres documents")
    expect(page.locator(".choice img")).to_have_count(17)
    scene.press("Nom le plus long")
    expect(page.locator(".desk h2")).to_contain_text("Grande-Prairie")
    expect(page.locator(".desk")).to_contain_text("à 9,9 points au lieu de 10,5.")
    expect(page.locator("[id='word-memo.lines-count']")).to_contain_text("1 ligne de votre main, et l’adresse pro")
    yield "pages-long"
    scene.press("Photocopié")
    expect(page.locator(".note.good:visible")).to_contain_text(
        "Photocopié trois fois, les 2 QR codes se lisent encore"
    )
    yield "pages-photocopie"
    scene.press("Écran")
    scene.press("Changer")
    page.get_by_label("Code de la couleur").fill("ffd400")
    page.keyboard.press("Tab")
    expect(page.locator(".note, .ok").filter(has_text="Toujours lisible")).to_be_visible()
    expect(page.get_by_label("Couleur #ffd400")).to_be_checked()
    expect(page.locator(".did")).to_contain_text("Couleur : #ffd400")
    expect(page.locator(".redrawing")).to_have_count(0)
    yield "pages-couleur"


@walk
def findings(scene: Scene) -> Iterator[str]:
    """The name of the example is still printed, and that is where the pin stands."""
    page = scene.open("look", "verifier")
    expect(page.locator(".pin")).to_have_count(1)
    expect(page.get_by_role("button", name="Mettre 0370036N")).to_be_visible()
    expect(page.locator("details").filter(has_text="1 point accepté par vous")).to_have_count(1)
    yield "verifier"


@walk
def files(scene: Scene) -> Iterator[str]:
    """Checked, made on a full disk, made and stopped, made."""
    page = scene.open("ready", "verifier")
    scene.sees("Rien n’empêche d’imprimer")
    yield "verifier-bien"
    scene.go("fabriquer")
    scene.sees("Fabriquer les 2 fichiers", "button")
    yield "fabriquer"
    page.get_by_label("Un PDF par établissement, dans un dossier").check()
    scene.fill_disk()
    scene.press("Fabriquer les 3 lots")
    expect(page.get_by_role("alert")).to_contain_text("Il n’y a plus de place sur le disque")
    expect(page.get_by_role("alert")).to_contain_text(re.compile(r"Il reste 0,2\sMo\s; il en faut encore \d,\d\."))
    expect(page.locator(".next")).to_contain_text("faute de place")
    scene.sees("Reprendre les 5 restants", "button")
    yield "erreur-place"
    scene.stick.mkdir()
    scene.press("Choisir un autre dossier")
    expect(page.get_by_label("CLE-USB")).to_be_checked()
    page.fill("#place", "Mes documents")
    scene.press("Prendre ce dossier")
    expect(page.get_by_role("alert").last).to_contain_text("Choisissez « CLE-USB » ci-dessus, ou collez")
    yield "erreur-place-dossier"
    page.get_by_label("CLE-USB").check()
    expect(page.get_by_role("alert").last).not_to_contain_text("Mes documents")
    scene.press("Prendre ce dossier")
    scene.sees("Les fichiers iront dans")
    expect(page.get_by_role("button", name="Reprendre les 5 restants")).to_be_focused()
    scene.go("election")
    scene.little.free = 0
    page.fill("[data-field='publisher.name']", "Une autre section")
    page.keyboard.press("Tab")
    expect(page.get_by_role("alert")).to_contain_text(
        re.compile(r"Il reste moins de 0,1\sMo\s; il en faut encore 0,\d\.")
    )
    expect(page.locator(".next")).to_contain_text("Pas enregistré : le disque est plein. Libérez de la place, puis :")
    scene.sees("Enregistrer à nouveau", "button")
    yield "erreur-place-reponse"
    scene.disk_is_full.clear()
    scene.press("Enregistrer à nouveau")
    expect(page.locator(".saved")).to_contain_text("Enregistré à")
    scene.disk_is_full.clear()
    scene.go("fabriquer")
    scene.press("Revenir au choix")
    page.get_by_label("Un fichier pour l’imprimeur").check()
    scene.press("Fabriquer les 3 fichiers")
    expect(page.get_by_label("Nom et ville de l’imprimeur")).to_be_focused()  # nothing is made without it
    page.keyboard.type("Imprimerie d’exemple, Tours")
    page.keyboard.press("Tab")
    expect(page.locator(".did")).to_contain_text("Imprimeur noté")
    yield "fabriquer-imprimeur"
    page.get_by_label("Un fichier pour l’imprimeur").uncheck()
    scene.hold_making()
    scene.press("Fabriquer les 2 fichiers")
    expect(page.locator(".huge")).to_contain_text("3 sur 6")
    expect(page.locator("figcaption")).to_contain_text("Lycée d’exemple des Deux-Rives")  # the school made last
    expect(page.locator(".steps")).to_contain_text("en cours, 25")  # of both outputs
    expect(page.locator(".tool.undo").first).to_have_attribute("aria-disabled", "true")
    yield "fabriquer-encours"
    with page.expect_response("**/call/stop"):
        scene.press("Arrêter")
    scene.going.set()
    expect(page.locator(".huge")).to_contain_text("4 sur 6")  # which wait for the others
    expect(page.locator(".ticks")).to_contain_text("Le ZIP et le fichier du photocopieur seront complets")
    yield "fabriquer-arret"
    scene.press("Reprendre les 2 restants")
    scene.sees("C’est fait : 6 dépliants")
    expect(page.locator(".lead")).to_contain_text("sans aucun défaut")  # what was accepted is not said again
    expect(page.locator(".files a[href$='name=photocopieur-241-exemplaires-elections-ready.pdf']")).to_be_visible()
    yield "fabriquer-fini"


@walk
def drafts(scene: Scene) -> Iterator[str]:
    """The page leads to what nobody compared; it makes drafts all the same, and does not say to print them."""
    page = scene.open("ready", "election?field=account.login")
    page.fill("[data-field='account.login']", "identifiant d’essai")
    page.keyboard.press("Tab")
    expect(page.locator(".saved")).to_contain_text("Enregistré à")
    scene.go("fabriquer")
    scene.sees("Il reste un renseignement à comparer", "link")
    expect(page.get_by_role("button", name="Fabriquer les 2 fichiers")).to_have_count(0)
    yield "fabriquer-a-comparer"
    scene.press("Fabriquer un projet quand même")
    scene.sees("Projet\u00a0: à ne pas distribuer")
    expect(page.locator(".files")).to_contain_text("PROJET-depliants-elections-ready.zip")
    expect(page.get_by_role("button", name="Imprimer une feuille d’essai")).to_have_count(0)
    yield "fabriquer-projet"


@walk
def cards(scene: Scene) -> Iterator[str]:
    """Names are pasted, a sheet that was begun is chosen, cards are made."""
    page = scene.open("cards", "cartes/noms")
    area = page.get_by_role("textbox", name="Coller les noms")
    expect(area).to_be_visible()
    expect(page.locator(".desk img")).to_have_count(2)
    yield "cartes-vide"
    area.fill(NAMES)
    page.fill("#school", "Collège d’exemple des Trois-Tilleuls")
    page.fill("#town", "Tours")
    page.fill("#uai", "0370035A")
    expect(page.locator("#uai")).to_have_attribute("aria-invalid", "true")
    scene.sees("Mettre 0370035M", "button")
    yield "cartes-uai"
    scene.press("Mettre 0370035M")
    expect(page.locator("#uai-why")).to_contain_text("Académie d’Orléans-Tours")
    scene.press("Lire les noms")
    expect(page.locator("tbody th").first).to_have_text("N° 1")
    yield "cartes-noms"
    scene.go("cartes/carte")
    expect(page.locator(".stock button")).to_have_count(0)  # plain paper is never begun
    page.fill("#sheet-search", "Étiq-Pro 14")
    expect(page.locator("main")).to_contain_text("« Étiq-Pro 14 » n’est pas dans notre liste.")
    for field, length in [*MEASURES.items()][1:]:  # the name was typed
        page.fill(f"#measure-{field}", length)
    expect(page.locator("#measured")).to_contain_text("2 × 7 : 14 par feuille.")
    yield "cartes-mesures"
    scene.press("Garder ces mesures")
    expect(page.get_by_role("radio", name="Étiq-Pro 14")).to_be_checked()
    expect(page.get_by_role("radio", name="Étiq-Pro 14")).to_be_focused()
    page.fill("#sheet-search", "c32011")
    page.keyboard.press("Enter")
    expect(page.get_by_role("radio", name="Avery C32011")).to_be_checked()
    scene.press("Case 4")
    scene.sees("Case 1, utilisée", "button")
    expect(page.locator(".did")).to_contain_text("Première case : numéro 4")
    yield "cartes-planche"
    scene.press("Fabriquer les 5 cartes")
    scene.sees("5 cartes sont prêtes")
    rule = page.locator("main").get_by_text("jlabert pour Julie Labert")
    expect(rule).to_be_visible()
    yield "cartes-fini"
    scene.press("C’est bien ainsi")  # the rule is as it was: nothing is left to look at, and the cards are made
    expect(rule).to_have_count(0)
    scene.sees("5 cartes sont prêtes")
    expect(page.locator("[aria-current=step]")).to_contain_text("prêtes")
    page.keyboard.press("Control+z")
    scene.press("Ne pas l’imprimer")
    expect(rule).to_have_count(0)
    scene.sees("5 cartes sont à refaire")
    scene.press("Refaire les 5 cartes")
    scene.sees("5 cartes sont prêtes")
    scene.go("cartes/noms")
    scene.press("Ajouter un nom")
    page.get_by_label("Prénom").fill("Anne")
    page.get_by_label("Nom", exact=True).fill("DURAND-EXEMPLE")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Choisir Anne DURAND-EXEMPLE")).to_be_checked()  # who is new is chosen
    expect(page.locator(".steps, tbody")).to_contain_text(["une carte à faire", "nouvelle"])
    page.get_by_label("Choisir Zoé IF").check()
    yield "cartes-seules"
    scene.go("cartes/imprimer")
    scene.sees("2 cartes sont nouvelles ou corrigées")  # and no other is to be made again
    page.get_by_role("link", name="Fabriquer seulement ces 2 cartes").click()
    scene.press("Fabriquer seulement ces 2 cartes")
    scene.sees("2 cartes sont prêtes")
    expect(page.locator(".lead")).to_contain_text("Les autres ne changent pas")


@walk
def after_a_crash(scene: Scene) -> Iterator[str]:
    """The program was killed while a cell was being mended; its lock is void after a while."""
    folder = scene.folder("faulty")
    engine = Engine(folder, "fr", replace(HERE, program="killed"))
    engine.call("open", {})
    engine.call("mend", {"line": 3, "field": "uai", "value": "0370036N"})
    engine.call("at", {"at": {"station": "list", "part": "cases", "line": 5, "column": "postcode"}})
    os.utime(folder / ".leaflet" / "lock.json", (0, 0))
    page = scene.open(folder, "liste/cases")
    scene.sees("Reprendre à la ligne 5", "button")
    expect(page.locator("main")).to_contain_text("Ligne 5, code postal : la cellule vous attend, telle qu’elle était")
    yield "reprise"


@walk
def another_window(scene: Scene) -> Iterator[str]:
    """Somebody works there already."""
    folder = scene.folder("faulty")
    CampaignFolder(folder, replace(HERE, program="other", user="Claire M.")).lock.take()
    scene.open(folder, "liste/cases")
    scene.sees("Regarder", "button")
    yield "erreur-verrou"


@walk
def no_campaign_file(scene: Scene) -> Iterator[str]:
    """Somebody wrote into the campaign file, and it is no TOML any more."""
    folder = scene.folder("faulty")
    (folder / "campaign.toml").write_text("title = « Élections »\n", "utf-8")
    page = scene.open(folder, "liste/cases")
    scene.sees("Relire le fichier", "button")
    expect(page.locator("main")).to_contain_text("campaign.toml · ligne 1")
    expect(page.locator("main")).to_contain_text("Une seule action sera à refaire")
    yield "illisible"
    scene.press("Reprendre cette version")
    scene.sees("Déposez votre liste ici")  # as before the last thing that was done here


# --- judged ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("steps", WALKS, ids=[steps.__name__ for steps in WALKS])
def test_states_can_be_read_by_everybody(scene: Scene, steps: Walk) -> None:
    """In the light and in the dark, on a desk, a tablet, a phone."""
    for name in steps(scene):
        for width, scheme in SIGHTS:
            scene.page.emulate_media(color_scheme=scheme)
            scene.page.set_viewport_size({"width": width, "height": 800})
            judge(scene.page, f"{name}, {scheme}, {width} px", is_recoloured=scheme == "dark")


def test_walks_lead_to_every_state_of_the_map() -> None:
    """To each of them once."""
    found = [name for steps in WALKS for name in re.findall(r'yield "([^"]+)"', inspect.getsource(steps))]
    assert sorted(found) == sorted(STATES)
