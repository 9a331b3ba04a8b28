"""Two windows on one campaign, in Chromium: neither undoes what the other does, and nothing that is typed is lost."""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from msgspec.structs import replace
from playwright.sync_api import Browser, Page, expect

from leaflet.studio.engine import Engine
from leaflet.studio.server import StudioServer
from tests.browser import needs_chromium
from tests.studio.support import HERE, started

pytestmark = [pytest.mark.drill, needs_chromium]
NAME, ADDRESS = "[data-field='publisher.name']", "[data-field='publisher.address']"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of a campaign just begun, on which nobody works."""
    started(tmp_path / "campagne", "2026").close()
    return tmp_path / "campagne"


@pytest.fixture
def stack() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def served(stack: ExitStack, folder: Path, program: str, **where: str) -> str:
    environment = replace(HERE, **{"program": program, "user": program, **where})
    return stack.enter_context(StudioServer(lambda: Engine(folder, "fr", environment), "fr")).url


def visit(stack: ExitStack, browser: Browser, url: str) -> Page:
    page = stack.enter_context(browser.new_context()).new_page()
    page.goto(f"{url}#/election")
    return page


def write(page: Page, field: str, text: str) -> None:
    """Write an answer, and wait until it is kept or refused."""
    page.fill(field, text)
    with page.expect_response("**/call/answer"):
        page.keyboard.press("Tab")


def test_two_tabs_of_one_browser(browser: Browser, stack: ExitStack, folder: Path) -> None:
    """The second tab is refused with a word; what was typed there stays, and is kept when one goes on."""
    url = served(stack, folder, "one")
    first = visit(stack, browser, url)
    second = first.context.new_page()
    second.goto(f"{url}#/election")
    expect(second.locator(NAME)).to_have_value("")
    write(first, NAME, "Section d’essai")
    expect(first.locator(".did")).to_contain_text("Réponse changée")
    write(first, ADDRESS, "2 rue")
    write(second, ADDRESS, "1 rue de l’Exemple, 37000 Tours")
    expect(second.get_by_role("alert")).to_contain_text("La campagne a été modifiée ailleurs entre-temps")
    expect(second.get_by_text("pas encore enregistré (la campagne a « 2 rue »)")).to_be_visible()
    expect(second.locator(NAME)).to_have_value("Section d’essai")
    expect(second.locator(ADDRESS)).to_have_value("1 rue de l’Exemple, 37000 Tours")
    with second.expect_response("**/call/answer"):
        second.keyboard.press("Alt+2")
    expect(second.locator("h1")).to_have_text("La liste")
    text = (folder / "campaign.toml").read_text("utf-8")
    assert "Section d’essai" in text and "1 rue de l’Exemple" in text


def test_two_programs_on_one_folder(browser: Browser, stack: ExitStack, folder: Path) -> None:
    """The second one is told who works there; once it has taken over, the first one can change nothing any more."""
    first = visit(stack, browser, served(stack, folder, "Claire"))
    write(first, NAME, "Section d’essai")
    expect(first.locator(".did")).to_contain_text("Réponse changée")
    second = visit(stack, browser, served(stack, folder, "Paul"))
    expect(second.locator(".lead")).to_contain_text("Claire travaille sur la campagne «")
    second.get_by_role("button", name="Prendre la main…").click()
    second.get_by_role("dialog").get_by_role("button", name="Prendre la main").click()
    expect(second.locator(NAME)).to_have_value("Section d’essai")
    write(second, NAME, "Section de Paul")
    expect(second.locator(".did")).to_contain_text("Réponse changée")
    write(first, ADDRESS, "1 rue de l’Exemple, 37000 Tours")
    expect(first.get_by_role("alert")).to_contain_text("Paul travaille sur cette campagne")
    expect(first.locator(ADDRESS)).to_have_value("1 rue de l’Exemple, 37000 Tours")
    text = (folder / "campaign.toml").read_text("utf-8")
    assert "Section de Paul" in text and "1 rue de l’Exemple" not in text
    first.get_by_role("button", name="Prendre la main").click()
    expect(first.locator(".did")).to_contain_text("Réponse changée : L’adresse")  # which was not saved
    expect(first.locator(NAME)).to_have_value("Section de Paul")
    expect(first.locator(ADDRESS)).to_have_value("1 rue de l’Exemple, 37000 Tours")
    assert "1 rue de l’Exemple" in (folder / "campaign.toml").read_text("utf-8")


def test_two_programs_of_one_person(browser: Browser, stack: ExitStack, folder: Path) -> None:
    """One that was not ended is no other person: who works on this computer goes on at once."""
    for program in ("one", "two"):
        page = visit(stack, browser, served(stack, folder, program, user="Claire", machine="bureau"))
    expect(page.locator(".lead")).to_contain_text("est ouverte sur cet ordinateur depuis")
    page.get_by_role("button", name="Continuer ici").click()
    expect(page.locator(NAME)).to_have_value("")
