"""The window as people meet it: in Chromium, by keyboard, with the engine behind it."""

import hashlib
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Route, expect

from leaflet.program import assets
from leaflet.studio.engine import Engine
from leaflet.studio.folder import CampaignFolder
from leaflet.studio.server import StudioServer
from tests.browser import needs_chromium
from tests.studio.journeys import campaign_of_a_federation
from tests.studio.support import HERE, PORTAL, SCHOOLS, answered, ask_for_help, ready, started
from tests.studio.window import DESK, LIST, Opens, judge, one_tab, opened_windows, wait_until  # noqa: F401 - fixtures
from tests.support import EXAMPLE

pytestmark = [pytest.mark.drill, needs_chromium]


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    """An engine with a campaign just begun, and a list with one wrong cell."""
    engine = started(tmp_path / "campagne", election="2026")
    engine.upload("list", "liste.csv", LIST.encode())
    return engine


def test_what_was_done_is_undone_and_done_again(opened: Opens, engine: Engine) -> None:
    """By the shortcuts, from anywhere but a field that was typed in."""
    page = opened(engine, "#/liste/cases")
    page.locator(".ways button").last.click()
    expect(page.locator("tbody tr")).to_contain_text("Reprendre la ligne")
    page.keyboard.press("Control+z")
    expect(page.locator("button.cell")).to_be_visible()
    page.keyboard.press("Control+y")
    expect(page.locator(".summary .bad")).to_have_count(0)


def test_a_list_is_mended_once_its_columns_are_known(opened: Opens, engine: Engine) -> None:
    """Before, its cells lead to them; what is blank on the page beside them is hatched."""
    engine.upload("list", "liste.csv", LIST.replace("Commune", "Comune").encode())
    page = opened(engine, "#/liste/cases")
    page.get_by_role("button", name="Lire ").click()
    expect(page.locator("[data-field=town]")).to_be_focused()
    page.select_option("[data-field=town]", label="Comune")
    page.get_by_role("link", name="Colonnes").first.click()
    expect(page.locator(".zone.blank").first).to_be_visible()


def test_an_answer_is_sent_before_the_station_is_left(opened: Opens, engine: Engine) -> None:
    """However short ago it was typed; the back button leads to it again."""
    page = opened(engine, "#/election")
    page.fill("[data-field='publisher.name']", "Section d’essai")
    page.keyboard.press("Alt+2")
    expect(page.locator("h1")).to_have_text("La liste")
    page.go_back()
    expect(page.locator("[data-field='publisher.name']")).to_have_value("Section d’essai")
    assert engine.call("open", {})["campaign"]["publisher"] == "Section d’essai"


def test_what_a_profile_asks_is_answered_and_compared(opened: Opens, engine: Engine) -> None:
    field = f"[data-field='{ask_for_help(engine, 'number')}']"
    page = opened(engine, "#/election?field=facts.aide")
    page.fill(field, "12")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Ma notice dit la même chose : L’aide").click()
    expect(page.locator(f"div:has(> {field})")).to_contain_text("comparé à la notice le")


def test_a_busy_machine_shows_what_was_answered_early(browser: Browser, engine: Engine) -> None:
    """Also what comes after a part of the page was drawn, and before it listens to changes."""
    late = "const now = setTimeout; requestAnimationFrame = setTimeout = (run, after = 0) => now(run, after + 900)"
    with StudioServer(lambda: engine, "fr") as server, browser.new_page() as tab:
        tab.add_init_script(late)
        tab.goto(f"{server.url}#/election")
        expect(tab.locator("[data-field='links.portal']")).to_be_visible()


def test_the_program_ends_from_its_page(opened: Opens, engine: Engine) -> None:
    """The page keeps what was typed, says that it may be closed, and asks the program for nothing more.

    The bar has room for « Quitter » at 400 % of zoom, too, and nothing is wider than the window.
    """
    page = opened(engine, "#/election")
    page.fill("[data-field='publisher.name']", "Section d’essai")
    page.set_viewport_size({"width": 320, "height": 256})
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    with page.expect_response("**/call/bye"):
        page.get_by_role("button", name="Quitter leaflet").click()
    expect(page.locator("h1")).to_have_text("leaflet est arrêté")
    expect(page.get_by_role("button", name="Quitter leaflet")).to_have_count(0)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert engine.call("open", {})["campaign"]["publisher"] == "Section d’essai"


def test_an_official_answer_is_text_until_one_changes_it(opened: Opens, engine: Engine) -> None:
    """The field then has what was shown, and the focus."""
    page = opened(engine, "#/election")
    expect(page.locator("input[data-field='vote.opens_on']")).to_have_count(0)
    page.get_by_role("button", name="Ajouter les heures : Le vote").click()
    page.get_by_role("button", name="Changer : Le premier jour du vote").click()
    expect(page.locator("input[data-field='vote.opens_on']")).to_be_focused()
    expect(page.locator("input[data-field='vote.opens_on']")).to_have_value("2026-12-03")


def test_days_are_fields_at_once_where_somebody_changes_them(opened: Opens, engine: Engine) -> None:
    """Once their hours are known, there is one line and one button for all of them."""
    for key, hour in (("vote.opens_at", "8 h"), ("vote.closes_at", "17 h")):
        engine.call("answer", {"key": key, "value": hour})
    page = opened(engine, "#/election")
    page.get_by_role("button", name="Changer : Le vote").click()
    opens = page.locator("input[data-field='vote.opens_on']")
    expect(opens).to_be_focused()
    expect(page.locator("input[data-field='vote.closes_on']")).to_have_value("2026-12-10")
    opens.press_sequentially("02302026")  # 30 February, of which a browser says as little as of a blank
    page.locator("[data-field='publisher.name']").focus()
    expect(page.get_by_role("alert")).to_have_text("Cette date n’existe pas. Celle d’avant est gardée.")
    expect(opens).to_have_value("2026-12-03")
    expect(opens).to_have_accessible_description(re.compile("Cette date n’existe pas"))


def test_a_refused_answer_is_told_at_its_field(opened: Opens, engine: Engine) -> None:
    """To everybody, until it is right: after other answers, and when the page is opened again."""
    engine.call("answer", {"key": "links.portal", "value": PORTAL})
    page = opened(engine, "#/election")
    field = page.locator("[data-field='links.portal']")
    field.fill("https://www.monvote.fr/educ")
    field.press("Enter")
    told = page.get_by_role("alert")
    expect(told).to_have_count(1)
    expect(told).to_contain_text("www.monvote.fr n’est pas un site officiel connu.")
    expect(field).to_be_focused()
    expect(field).to_have_attribute("aria-invalid", "true")
    assert told.get_attribute("id") in (field.get_attribute("aria-describedby") or "").split()
    box = page.locator(".refused")
    expect(box).to_contain_text("pas enregistrée")
    expect(box).to_contain_text("Encore enregistré : https://exemple-vote-2026.gouv.fr/")
    expect(box.locator(".good, .ok")).to_have_count(0)  # no tick beside what is not kept
    expect(page.locator(".note.bad")).to_have_count(0)
    expect(page.locator("[aria-current=step]")).to_contain_text("1 réponse refusée")
    page.fill("[data-field='publisher.name']", "Section d’essai")
    page.keyboard.press("Tab")
    expect(page.locator(".did")).to_contain_text("Réponse changée")
    page.reload()
    expect(field).to_have_value("https://www.monvote.fr/educ")
    expect(box).to_contain_text("n’est pas un site officiel connu")
    page.get_by_role("button", name="Aller à la réponse").click()
    expect(field).to_be_focused()
    for station in ("verifier", "fabriquer"):
        page.goto(f"{page.url.partition('#')[0]}#/{station}")
        expect(page.locator(".worry")).to_contain_text(
            "Une réponse à revoir : l’adresse complète du portail de vote."
        )
        expect(page.locator(".note.bad")).to_have_count(0)
    page.get_by_role("button", name="Y aller").click()
    expect(field).to_be_focused()
    page.get_by_role("button", name="Revenir à « exemple-vote-2026.gouv.fr »").click()
    expect(field).to_have_value(PORTAL)
    expect(page.locator(".refused")).to_have_count(0)
    expect(page.get_by_role("link", name="Continuer : La liste")).to_be_visible()


def test_a_reason_is_asked_where_a_site_is_not_known(opened: Opens, engine: Engine) -> None:
    """Then the address is taken as it was typed."""
    page = opened(engine, "#/election")
    field = page.locator("[data-field='links.portal']")
    field.fill("https://vote.exemple.fr/")
    field.press("Tab")
    page.get_by_role("button", name="C’est bien l’adresse de ma notice").click()
    page.get_by_label("Pourquoi ce site peut-il être imprimé ?").fill("nommé sur la notice")
    page.get_by_role("button", name="Garder").click()
    expect(page.locator(".refused")).to_have_count(0)
    expect(field).to_have_value("https://vote.exemple.fr/")


def test_what_was_understood_is_said(opened: Opens, engine: Engine) -> None:
    """And the field has it as one writes it; half a word is not refused while somebody types."""
    engine.call("answer", {"key": "vote.opens_at", "value": "17 h"})
    page = opened(engine, "#/election")
    page.get_by_role("button", name="Ajouter les heures : Le vote").click()
    field = page.locator("[data-field='vote.opens_at']")
    for typed in ("17.00", "17 heures"):
        field.fill(typed)
        field.press("Tab")
        expect(field).to_have_value("17\u00a0h")
        expect(page.locator("main")).to_contain_text("Compris : 17 h")
    field.fill("")
    with page.expect_response("**/call/answer"):
        field.press_sequentially("ti")
    expect(page.locator("[data-field='vote.opens_at'] ~ div .fault")).to_have_count(0)
    field.press("Tab")
    expect(page.locator(".refused")).to_contain_text("« ti » n’est pas une heure.")


def test_what_cards_lack_is_asked_among_the_cards(opened: Opens, tmp_path: Path) -> None:
    """Before anything is made; nothing leads to the stations of leaflets, which are of no use there."""
    cards = started(tmp_path / "cartes", "2026", "cards")
    school = {"uai": "0370036N", "name": "Lycée d’exemple", "town": "Tours"}
    cards.call("pastePeople", {"text": "LABERT\tJulie\n", "school": school})
    page = opened(cards, "#/cartes/carte")
    expect(page.locator(".next")).to_contain_text("Il manque encore 2 réponses.")
    page.get_by_role("button", name="Aller à la réponse").click()
    expect(page.locator("[data-field='links.portal']")).to_be_focused()
    assert "#/cartes/carte" in page.url
    page.keyboard.insert_text("https://www.monvote.fr/")
    page.keyboard.press("Enter")
    expect(page.locator(".refused")).to_contain_text("n’est pas un site officiel connu")
    expect(page.locator(".next")).to_contain_text("1 réponse refusée")
    page.locator("[data-field='links.portal']").fill(PORTAL)
    page.keyboard.press("Tab")
    expect(page.locator(".refused")).to_have_count(0)
    page.get_by_role("button", name="C’est bien l’adresse de ma notice").click()
    page.locator("[data-field='publisher.name']").fill("Lycée d’exemple")
    page.get_by_role("button", name=re.compile("Fabriquer la carte|Aller à la réponse")).click()
    expect(page.locator("h1")).to_have_text("La carte est prête")
    page.reload()
    expect(page.locator("h1")).to_have_text("La carte est prête")
    expect(page.locator("[aria-current=step]")).to_contain_text("prêtes")
    expect(page.locator(".card p").filter(has_text="fait le")).to_have_count(1)
    page.evaluate("location.hash = '#/fabriquer'")  # as « Précédent » leads to from cards
    expect(page).to_have_url(re.compile("#/cartes/imprimer$"))
    expect(page.locator("h1")).to_have_text("La carte est prête")
    page.evaluate("location.hash = '#/'")
    page.get_by_role("link", name="Reprendre à « Imprimer »").click()
    expect(page.locator("h1")).to_have_text("La carte est prête")


def test_a_sheet_is_chosen_without_a_mouse(opened: Opens, tmp_path: Path) -> None:
    """From its number: an arrow leads to what was found, Enter chooses it; what is unknown can be measured."""
    page = opened(started(tmp_path / "cartes", "2026", "cards"), "#/cartes/carte")
    search = page.locator("#sheet-search")
    search.fill("Herma 4677")
    search.press("ArrowDown")
    expect(page.get_by_role("radio", name="Herma 4677")).to_be_focused()
    page.keyboard.press("Space")
    expect(page.locator(".did")).to_contain_text("Cartes sur : Avery L7160")
    search.fill("99,1 × 38,1")
    search.press("Enter")
    expect(page.locator(".did")).to_contain_text("Cartes sur : Avery L7163")
    expect(page.get_by_role("radio", name="Avery L7163")).to_be_checked()
    search.fill("inconnue")
    expect(page.get_by_label("du bord gauche à la première")).to_be_visible()
    page.get_by_role("button", name="Garder ces mesures").click()
    expect(page.get_by_label("largeur d’une pièce")).to_be_focused()  # nothing is kept without it
    expect(page.get_by_role("radio")).to_have_count(3)  # of one or two sides; the one that is still chosen
    expect(page.locator("p[role=status] button")).to_have_count(0)
    search.fill("avry-l7163")
    page.locator("p[role=status] button", has_text=re.compile("7163.\\?")).click()
    expect(page.get_by_role("radio", name="Avery L7163")).to_be_checked()
    page.evaluate("location.hash = '#/cartes/noms'")
    expect(page.locator("#uai-why")).to_have_text("Le code UAI est facultatif.")  # labels say nothing of an académie


def test_undo_stays_where_the_change_was_made(opened: Opens, engine: Engine) -> None:
    """On a page that was opened at its address, while another tab is elsewhere; also for a file that was given."""
    engine.call("at", {"at": {"station": "cards", "part": "noms"}})
    page = opened(engine, "#/pages")
    page.fill("[data-field='title']", "Votons ensemble")
    page.keyboard.press("Tab")
    expect(page.locator(".did")).to_contain_text("Votons ensemble")
    page.set_viewport_size({"width": 360, "height": 740})
    expect(page.locator(".did")).to_be_in_viewport(ratio=1)  # on a phone, too, and below what leads on
    page.locator(".next .btn.first").scroll_into_view_if_needed()
    page.locator(".next .btn.first").click(trial=True)
    page.set_viewport_size(DESK)
    engine.call("at", {"at": {"station": "check"}})
    page.locator("h1").focus()
    page.keyboard.press("Control+z")
    expect(page.locator("[data-field='title']")).to_have_value("Élections professionnelles 2026")
    expect(page.locator("h1")).to_have_text("Les pages")
    page.keyboard.press("Alt+2")
    page.get_by_role("link", name="Fichier").click()
    engine.call("at", {"at": {"station": "check"}})
    page.set_input_files("#list-file", {"name": "autre.csv", "mimeType": "", "buffer": LIST.encode()})
    expect(page.locator("h1")).to_have_text("La liste est la même")
    page.keyboard.press("Control+z")
    expect(page.locator("h1")).to_have_text("La liste")


def test_a_way_leads_to_a_question_from_elsewhere(opened: Opens, engine: Engine) -> None:
    """From a page that shows what is only proposed; not from inside the question, of a file that is no picture."""
    engine.upload("logo", "logo.png", (EXAMPLE / "logo.png").read_bytes())
    engine.call("like", {"election": "2022"})
    page = opened(engine, "#/pages")
    page.locator("p", has_text="seulement proposé, n’est pas imprimé").get_by_role("link").click()
    expect(page.locator("[data-field='links.portal']")).to_be_focused()
    logo = page.locator("[id='answer-publisher.logo-file']")
    logo.set_input_files({"name": "logo.png", "mimeType": "", "buffer": b"none"})
    expect(page.locator(".note.bad")).to_contain_text("ni une image PNG")
    expect(page.locator(".note.bad button")).to_have_count(0)
    page.get_by_role("button", name="Retirer", exact=True).click()
    expect(page.locator(".note.bad")).to_have_count(0)


def test_every_door_leads_on_from_a_campaign(opened: Opens, engine: Engine, tmp_path: Path) -> None:
    """Cards with its answers, another one beside it, one that was sent: none of them ends in a refusal."""
    page = opened(engine, "")
    door = page.locator(".door")
    heading = page.locator("h1")
    expect(door.nth(0)).to_contain_text("Des cartes pour mes collègues")
    door.nth(0).click()
    expect(heading).to_have_text("Les noms")
    expect(page.get_by_role("img", name="Recto, comme à l’impression")).to_be_visible()
    page.locator("a.brand").click()
    expect(page.locator("#others ~ ul li")).to_contain_text(["«\u00a0campagne\u00a0»"])
    judge(page, "beside")
    page.set_viewport_size({"width": 360, "height": 740})
    judge(page, "beside 360")
    page.set_viewport_size(DESK)
    expect(door.nth(0)).to_contain_text("Les dépliants")
    door.nth(0).click()
    expect(heading).to_have_text("La liste")
    assert engine.folder.path == tmp_path / "campagne"
    page.locator("a.brand").click()
    door.nth(1).click()
    expect(heading).to_have_text("Que voulez‑vous préparer\u202f?")
    expect(page.locator(".lead")).to_contain_text("« campagne 2 »")
    door.nth(0).click()
    expect(heading).to_have_text("L’élection")
    assert engine.folder.path == tmp_path / "campagne 2"
    page.locator("a.brand").click()
    sent = campaign_of_a_federation(tmp_path / "federation" / "x")
    page.set_input_files("input[type=file]", sent)
    page.locator("#same").check()
    page.get_by_role("button", name="Utiliser").click()
    expect(heading).to_have_text("L’élection")
    assert engine.folder.path == tmp_path / sent.stem
    page.locator("a.brand").click()
    page.get_by_role("button", name="Ouvrir campagne", exact=True).click()
    expect(page.locator(".resume")).to_contain_text("Élections professionnelles 2026")
    assert engine.folder.path == tmp_path / "campagne"


@pytest.mark.parametrize("part", ["noms", "carte"])
def test_the_card_of_a_campaign_of_leaflets(opened: Opens, engine: Engine, part: str) -> None:
    """« La carte » shows a card, not the leaflet; names that are pasted there are in a folder of their own."""
    page = opened(engine, f"#/cartes/{part}")
    card = page.locator(".desk .page img").first
    wait_until(page, "() => document.querySelector('.desk .page img')?.naturalWidth > 0")
    box = card.bounding_box()
    assert box and box["width"] > 1.4 * box["height"]
    if part == "carte":
        return
    page.fill("#school", "Lycée d’exemple")
    page.fill("#town", "Tours")
    page.fill("#names", "LABERT Julie")
    page.get_by_role("button", name="Lire").click()
    expect(page.locator(".lead")).to_contain_text("1 nom")
    assert engine.folder.path.name == "campagne – cartes"
    page.keyboard.press("Control+z")
    expect(page.locator("#names")).to_be_visible()


def test_a_refused_file_takes_nothing_away(opened: Opens, engine: Engine) -> None:
    """The list that was there stays; cells can be pasted instead."""
    page = opened(engine, "#/liste/fichier")
    page.set_input_files("#list-file", {"name": "liste.pdf", "mimeType": "", "buffer": b"%PDF-1.7"})
    expect(page.get_by_role("alert")).to_contain_text("là où cette page dit « Coller »")
    page.get_by_role("button", name="Coller des cellules").click()
    expect(page.get_by_label("Cellules copiées")).to_be_focused()
    assert engine.call("list", {})["list"]["file"] == "liste.csv"


def test_a_wrong_file_at_the_door_begins_nothing(opened: Opens, tmp_path: Path) -> None:
    page = opened(Engine(tmp_path / "neu", "fr", HERE), "#/")
    for name, data, text in (
        ("logo.png", b"\x89PNG", ".leaflet"), ("l.csv", b"\0\1\2", "CSV"), ("m.csv", b"Nom;Mot de passe\n", "secret"),
    ):  # fmt: skip
        page.set_input_files(".doors input", {"name": name, "mimeType": "", "buffer": data})
        expect(page.get_by_role("alert")).to_contain_text(text)
        expect(page.get_by_role("heading", level=1)).to_contain_text("Que voulez")
        assert not (tmp_path / "neu" / "campaign.toml").exists()


def test_a_place_of_the_page_leads_to_its_question(opened: Opens, engine: Engine) -> None:
    """And a question in use is framed on the page."""
    page = opened(engine, "#/election")
    page.locator(".zone[title*=portail]").first.click()
    expect(page.locator("[data-field='links.portal']")).to_be_focused()
    expect(page.locator(".zone.now").first).to_be_visible()


def test_a_sentence_of_the_page_is_written_anew(opened: Opens, tmp_path: Path) -> None:
    """Touched on the page or chosen from the list, it is a field, also for cells; undone, it is as before."""
    engine = ready(tmp_path / "ready")
    rooms = zip(SCHOOLS.strip().splitlines(), ["Salle", "B 12", *"23456"], strict=True)
    engine.upload("list", "salles.csv", "\n".join(map(";".join, rooms)).encode())
    page = opened(engine, "#/pages")
    field = page.locator("[data-field='words.step.vote.proof']")
    page.locator(".zone[title='Je garde la preuve.']").click()
    expect(field).to_be_focused()
    expect(page.locator(".zone.now[title='Je garde la preuve.']")).to_be_visible()
    field.fill("Je garde *ma* preuve.")
    page.get_by_text("phrases de cette page").click()
    expect(page.locator(".zone[title='Je garde ma preuve.']")).to_be_attached()
    page.get_by_label("Ajouter une information de ma liste").select_option("Salle")
    expect(field).to_be_focused()
    expect(field).to_have_value("Je garde *ma* preuve. {Salle}")
    page.keyboard.press("Tab")
    expect(page.locator(".zone[title='Je garde ma preuve. B 12']")).to_be_attached()
    judge(page)
    page.get_by_label("Pour qui").select_option(index=1)
    one = page.locator("[data-field$='.words.step.vote.proof'][data-field^='groups.']")
    expect(one).to_be_focused()
    expect(one).to_have_value("Je garde *ma* preuve. {Salle}")
    one.fill("Nous gardons la preuve.")
    expect(page.locator(".zone[title='Nous gardons la preuve.']")).to_be_attached()
    judge(page)
    page.get_by_role("button", name="Je vote, à chaque scrutin").last.click()
    expect(page.locator("[data-field='words.step.vote.title']")).to_be_focused()
    for text in ("Je garde ma preuve. B 12", "Je garde ma preuve.", "Je garde la preuve."):
        page.keyboard.press("Control+z")
        expect(page.locator(f".zone[title='{text}']")).to_be_attached()


def test_who_works_there_may_have_no_name(opened: Opens, engine: Engine) -> None:
    """The system does not always know it."""
    engine.close()
    CampaignFolder(engine.folder.path, replace(HERE, program="other", user="")).lock.take()
    page = opened(Engine(engine.folder.path, "fr", HERE), "#/liste/cases")
    expect(page.locator(".lead")).to_contain_text("Une autre personne travaille sur")
    expect(page.locator("main")).to_contain_text("La page suit cette personne pas à pas.")


def test_an_old_address_says_how_to_come_back(opened: Opens, engine: Engine) -> None:
    """In the language of the window, with a look of its own."""
    page = opened(engine)
    page.goto(page.url.replace(urlsplit(page.url).path, "/old-address/"))
    expect(page.locator("h1")).to_have_text("Cette adresse ne mène plus nulle part")
    expect(page.locator("main")).to_contain_text("Lancez leaflet de nouveau")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(246, 247, 251)"
    judge(page)


@pytest.mark.parametrize(("width", "station"), [
    *((1280, "pages"), (360, "cartes/carte"), (1280, "election"), (1280, "cartes/carte")),
    *((1920, "pages"), (360, "election"), (360, "pages"))
])  # fmt: skip
def test_a_page_is_enlarged(opened: Opens, engine: Engine, width: int, station: str) -> None:
    """To a size at which its body text is read, as sharp as the screen is; one scrolls in it, by keyboard, too."""
    page = opened(engine, f"#/{station}")
    page.set_viewport_size({"width": width, "height": 740})
    drawn = page.locator(".desk .page img").first
    expect(drawn).to_be_visible()
    before = drawn.bounding_box()
    page.get_by_role("button", name="Agrandir la").click()
    vast = page.locator("dialog .page img")
    expect(vast).to_be_visible()
    large = vast.bounding_box()
    assert before and large and large["width"] >= max(756, 0.9 * (width - 64), 1.5 * before["width"])
    wait_until(page, "least => document.querySelector('dialog .page img').naturalWidth >= least", large["width"])
    judge(page, f"{station} {width}")
    page.set_viewport_size({"width": width, "height": 740})
    page.locator("dialog .stack").focus()
    page.keyboard.press("End")
    wait_until(
        page,
        "() => (box => box.scrollTop > 0 || box.scrollHeight <= box.clientHeight)"
        "(document.querySelector('dialog .stack'))",
    )
    expect(page.get_by_role("button", name="Fermer")).to_be_in_viewport()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Agrandir la")).to_be_focused()


def test_the_window_speaks_english(opened: Opens, tmp_path: Path) -> None:
    """The language is that of the page, which the server writes."""
    engine = started(tmp_path / "campagne", election="2026", lang="en")
    page = opened(engine, "#/liste/fichier", lang="en")
    expect(page.locator("h1")).to_have_text("The list")
    judge(page)


def test_code_from_elsewhere_is_what_it_is_said_to_be() -> None:
    """The hash of each module stands beside it."""
    folder = assets() / "studio" / "vendor"
    said = (folder / "README.md").read_text("utf-8")
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*.js")}
    assert len(found) > 1
    assert not [name for name, digest in found.items() if digest not in said]


@pytest.mark.parametrize(
    ("station", "first", "late"),
    [
        *(("pages", "words", "choices"), ("pages", "choices", "words"), ("cartes/carte", "answers", "sheets")),
        ("cartes/carte", "sheets", "answers"),
    ],
)
def test_what_is_answered_late_pushes_nothing_down(
    opened: Opens, engine: Engine, station: str, first: str, late: str
) -> None:
    """The controls of a station are shown all at once: who has gone to one of them still sees it."""
    held: list[Route] = []
    page = opened(engine)
    page.route(f"**/call/{late}", lambda route: held.append(route))
    with page.expect_response(f"**/call/{first}"):
        page.goto(f"{page.url.partition('#')[0]}#/{station}")
    page.wait_for_timeout(200)  # for the page to show what was answered
    assert held
    expect(page.locator("main .stack").first).to_be_hidden()
    for route in held:
        route.continue_()
    expect(page.locator("main .stack").first).to_be_visible()


def test_what_has_the_focus_stays_in_sight(opened: Opens, engine: Engine) -> None:
    """The page scrolls to it once what stood above is gone, unless somebody has scrolled on since."""
    page = opened(engine, "#/election")
    page.evaluate("[document.body, document.documentElement].map(({ style }) => (style.overflowAnchor = 'none'))")
    field = page.locator("[data-field='publisher.name']")
    field.evaluate("one => one.focus() ?? scrollBy(0, one.getBoundingClientRect().top - 150)")
    page.locator("main .card").first.evaluate("card => card.remove()")
    page.wait_for_timeout(200)
    assert field.evaluate("one => one.getBoundingClientRect().top") > 140
    page.mouse.wheel(0, -900)
    expect(field).not_to_be_in_viewport()
    page.locator("main .card").first.evaluate("card => (card.style.paddingBottom = '10px')")
    page.wait_for_timeout(200)
    expect(field).not_to_be_in_viewport()


def test_a_wrong_uai_is_told_at_its_field(opened: Opens, tmp_path: Path) -> None:
    """As it is typed, and once more if somebody goes on; names given stay, and their school can be mended."""
    page = opened(started(tmp_path / "cartes", "2026", "cards"), "#/cartes/noms")
    page.fill("#names", "LABERT Julie")
    for field, text in {"school": "Lycée d’exemple", "town": "Tours", "uai": "0370036A"}.items():
        page.fill(f"#{field}", text)
    page.get_by_role("link", name="Accueil", exact=True).click()
    page.go_back()  # what is typed and not read is there again
    page.get_by_role("button", name="Lire les noms").click()
    expect(page.locator("#uai")).to_be_focused()
    expect(page.locator("#uai-why")).to_contain_text("la lettre ne correspond pas aux chiffres")
    expect(page.locator(".note.bad")).to_have_count(0)
    expect(page.locator("#names")).to_have_value("LABERT Julie")
    expect(page.locator(".left")).to_contain_text("Corrigez d’abord le code UAI")
    page.fill("#names", "")
    page.set_input_files("#names-file", {"name": "noms.csv", "mimeType": "", "buffer": b"Nom;Prenom\nLABERT;Julie\n"})
    expect(page.locator(".left")).to_contain_text("« noms.csv » reste choisi")
    page.get_by_role("button", name="Mettre 0370036N").click()
    expect(page.locator(".left")).to_contain_text("« noms.csv » est choisi ; il reste à le lire")
    expect(page.locator("#uai-why")).to_contain_text("Académie d’Orléans-Tours")
    page.get_by_role("button", name="Lire les noms").click()
    page.get_by_role("button", name="Changer , Établissement").click()
    page.fill("#school", "Collège d’exemple")
    page.get_by_role("button", name="Garder").click()
    expect(page.locator("main")).to_contain_text("Pour Collège d’exemple, Tours, 0370036N")
    expect(page.locator("tbody")).to_contain_text("Julie LABERT")
    page.get_by_role("button", name="Coller une autre liste").click()
    expect(page.locator("#school")).to_have_value("Collège d’exemple")


def test_cards_without_names_ask_for_their_school(opened: Opens, tmp_path: Path) -> None:
    """Nothing is made for the example of the start: neither from the names nor from the address of « La carte »."""
    page = opened(answered(tmp_path / "cartes", "cards"), "#/cartes/carte")
    expect(page.locator(".next")).to_contain_text("Il reste à écrire l’établissement")
    page.get_by_role("link", name="Les noms").last.click()
    page.get_by_role("button", name="Des cartes sans nom").click()
    expect(page.locator("#school")).to_be_focused()
    page.fill("#school", "Paul Hazard")
    page.fill("#town", "Armentières")
    page.get_by_role("button", name="Des cartes sans nom").click()
    expect(page.locator(".hit.on .tag")).to_have_text("1 feuille de 10")
    page.get_by_role("button", name="Fabriquer une feuille").click()
    expect(page.locator("h1")).to_have_text("La feuille est prête")
    expect(page.locator("main")).to_contain_text("Elle contient 10 cartes\u00a0: imprimez‑la autant de fois")
    expect(page.locator("main")).to_contain_text("cartes-paul-hazard.pdf")
    expect(page.locator("#kept")).to_have_count(0)  # no name was ever given
    page.goto(page.url.partition("#")[0] + "#/cartes/noms")
    page.fill("#names", "ESSAYEUR Zoé\nIF Paul\nLABERT Julie\n")
    page.get_by_role("button", name="Lire les noms").click()
    page.get_by_role("button", name="Effacer les noms").click()
    page.locator("dialog").get_by_role("button", name=re.compile("^Effacer")).click()
    expect(page.get_by_text("Les 3 noms et la liste sont effacés. Les cartes sans nom restent.")).to_be_visible()
    expect(page.locator("#names")).to_have_value("")


def test_what_is_typed_of_a_name_or_an_address_is_kept(opened: Opens, tmp_path: Path) -> None:
    """A name also by whoever goes on; an address that is none stays in its field, with what is wrong below it."""
    cards = answered(tmp_path / "cartes", "cards")
    school = {"uai": "0590010R", "name": "Lycée", "town": "Lens"}
    cards.call("pastePeople", {"text": "DUPON Marc\n", "school": school})
    page = opened(cards, "#/cartes/noms")
    page.get_by_role("button", name="Corriger Marc DUPON").click()
    expect(page.get_by_label("Prénom", exact=True)).to_be_focused()
    page.get_by_label("Nom", exact=True).fill("DUPOND")
    page.get_by_role("link", name="Continuer").click()
    page.get_by_text("L’adresse de la messagerie").click()
    page.get_by_role("button", name="Une autre adresse").click()
    page.locator("#mailbox-other").fill("messagerie.ac-lille.fr")
    page.get_by_role("button", name="Garder cette adresse").click()
    expect(page.locator("form:has(#mailbox-other) .fault")).to_contain_text("pas complète")
    expect(page.locator("#mailbox-other")).to_have_value("messagerie.ac-lille.fr")
    page.locator("#mailbox-other").fill("https://webmail.ac-lille.fr/nexistepas")
    page.get_by_role("button", name="Garder cette adresse").click()
    expect(page.locator("summary .tag")).to_have_text("donnée par vous, pas encore essayée")
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.locator("summary .tag").evaluate("one => one.scrollWidth <= one.clientWidth")
    assert [one["name"] for one in cards.call("people", {})["people"]["people"]] == ["Marc DUPOND"]


def test_a_button_that_moves_while_it_is_pressed_is_pressed(opened: Opens, tmp_path: Path) -> None:
    """What is said of a field that is left may push it away; whoever moves the mouse away presses nothing.

    What is made can be passed on, and erased, also when the window is opened again.
    """
    page = opened(ready(tmp_path / "campagne"), "#/fabriquer")
    box = page.get_by_role("button", name="Fabriquer les 2 fichiers").bounding_box()
    assert box is not None
    for by, title in ((-90, "Fabriquer"), (0, "C’est fait")):
        page.mouse.move(box["x"] + 9, box["y"] + 9)
        page.mouse.down()
        page.evaluate("document.querySelector('.next').style.paddingBottom = '200px'")
        page.mouse.move(box["x"] + 9, box["y"] + 9 + by)
        page.mouse.up()
        page.evaluate("document.querySelector('.next').style.paddingBottom = ''")
        expect(page.locator("h1")).to_contain_text(title)
    page.reload()
    expect(page.locator("h1")).to_have_text("Fabriquer")
    expect(page.locator("#after, #kept")).to_have_count(2)


def test_erased_names_are_not_shown_any_more(opened: Opens, tmp_path: Path) -> None:
    """Nor what was made of them: the page is that of names again, which are none."""
    cards = started(tmp_path / "cartes", "2026", "cards")
    cards.call("pastePeople", {"text": "ESSAYEUR\tZoé\n", "school": {"uai": "", "name": "Lycée", "town": "Tours"}})
    for key, value in {"links.portal": PORTAL, "publisher.name": "Lycée d’exemple"}.items():
        cards.call("answer", {"key": key, "value": value})
    cards.call("compare", {"keys": ["links.portal"]})
    page = opened(cards, "#/cartes/carte")
    page.get_by_role("button", name="Fabriquer la carte").click()
    expect(page.locator("h1")).to_have_text("La carte est prête")
    page.get_by_text("Les cadres sont décalés").click()
    for name, measured in {"a": "51,5", "b": "5", "c": "50", "d": "50", "ruler": "150"}.items():
        page.fill(f"#line-{name}", measured)
    page.get_by_role("button", name="Corriger le décalage").click()
    expect(page.locator("#line-b-wrong")).to_contain_text("50,2")
    expect(page.locator("#line-b")).to_be_focused()
    page.fill("#line-b", "50,4")
    page.get_by_role("button", name="Corriger le décalage").click()
    expect(page.locator(".note.info")).to_contain_text("1,5 mm vers la gauche, 0,4 mm vers le haut")
    expect(page.locator("h1")).to_have_text("La carte est à refaire")
    judge(page, "the offset")
    page.get_by_role("button", name="Ne plus corriger").click()
    expect(page.locator(".note.info")).to_have_count(0)
    page.get_by_role("button", name="Effacer les noms").click()
    page.locator("dialog").get_by_role("button", name=re.compile("^Effacer")).click()
    page.wait_for_url("**/cartes/noms")
    expect(page.locator("#names")).to_be_visible()
    expect(page.locator("main")).not_to_contain_text("ESSAYEUR")
    expect(page.locator("#town")).to_have_value("Tours")  # the school has no names
    page.fill("#names", "LABERT Julie")
    page.get_by_role("button", name="Lire").click()
    page.evaluate("location.hash = '#/cartes/carte'")
    expect(page.locator("h1")).to_have_text("La carte")
    page.get_by_role("button", name="Rien n’est envoyé").click()  # from the bar, whose panel goes with the page
    for _ in range(2):
        page.locator("dialog").get_by_role("button", name=re.compile("^Effacer")).click()
    expect(page.locator("h1")).to_have_text("Les noms")
    expect(page.locator("dialog")).to_have_count(0)


def test_the_cells_of_a_row_are_those_of_its_columns(opened: Opens, tmp_path: Path) -> None:
    """A value is refused where the list has no column for it."""
    page = opened(ready(tmp_path / "Section"), "#/liste/cases?show=all")
    page.locator("[data-line='2'] button").first.click()
    expect(page.locator("#field-2 option")).to_have_count(5)
