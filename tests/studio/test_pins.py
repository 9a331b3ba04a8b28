"""Every address that « Vérifier » speaks of has a pin, on the page of a school that it is printed for."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from benchmarks.generate import make_uai
from leaflet.studio.engine import Engine
from tests.browser import needs_chromium
from tests.groups import with_drills
from tests.studio.support import HERE, answered
from tests.studio.window import DESK, Opens, judge, one_tab, opened_windows  # noqa: F401 - fixtures

# Académies with a mailbox that was attested long ago, with help alone, with a site alone, with nothing.
TOWNS = {"037": "Tours", "059": "Lille", "075": "Paris", "044": "Nantes", "033": "Bordeaux", "986": "Mata-Utu"}
ROWS = [f"{make_uai(area, 1)};Lycée d’exemple de {town};{town};12" for area, town in TOWNS.items()]
SCHOOLS = "\n".join(["UAI;Nom;Commune;Nb ex.", *ROWS, ""])
DOCUMENTS = ("leaflet-a4", "leaflet-a5", "leaflet-trifold", "poster-a3", "memo-card", "memo-a6")

# What reaches beyond its finding, and the sign after each address, which may begin a line.
_CUT = """() => [...document.querySelectorAll('.find')].flatMap((find) =>
  [...find.querySelectorAll('span:not(.unseen), p, h3')]
    .filter((part) => part.getBoundingClientRect().right > find.getBoundingClientRect().right)
    .map((part) => part.textContent))"""
_AFTER = "() => [...document.querySelectorAll('.find .address')].map((one) => one.nextSibling?.textContent[0] ?? '')"


def begun(folder: Path, *, tried: bool) -> Engine:
    """An engine whose campaign prints no address that nobody has tried, or all that are known."""
    engine = answered(folder)
    engine.upload("list", "etablissements.csv", SCHOOLS.encode())
    if tried:
        engine.close()
        text = engine.folder.campaign.read_text("utf-8")
        engine.folder.campaign.write_text(re.sub(r"(?s)# Adresses que personne.*", "", text), "utf-8")
        engine = Engine(folder, "fr", HERE)
        engine.call("open", {})
    return engine


def of_addresses(engine: Engine) -> list[dict[str, Any]]:
    found = [
        one
        for one in engine.call("verify", {})["findings"]
        if one["code"] in ("C164", "C165", "C166", "C220", "C221")
    ]
    assert found
    return found


@pytest.mark.parametrize(
    ("document", "tried"),
    with_drills(
        [("leaflet-a4", False)],
        [*((one, False) for one in DOCUMENTS if one != "leaflet-a4"), ("leaflet-a4", True), ("memo-card", True)],
    ),
)
def test_every_address_has_its_place(tmp_path: Path, document: str, tried: bool) -> None:
    """A point of how user names are made has one where the document prints that, as leaflets of two sides do."""
    engine = begun(tmp_path, tried=tried)
    engine.call("choose", {"documents": [{"id": document}]})
    for finding in of_addresses(engine):
        first = engine.call("picture", {"of": finding["record"], "width": 300})
        others = [{"of": finding["record"], "width": 300, "page": page} for page in range(2, first["pages"] + 1)]
        pages = [first, *(engine.call("picture", asked) for asked in others)]
        zones = [zone for page in pages for zone in page["zones"] if zone["key"] == finding["zone"]]
        if finding["zone"] != "login" or document in ("leaflet-a4", "leaflet-a5"):
            assert zones, (finding["code"], finding["title"])
        assert all(0 <= zone["x"] <= 100 and 0 <= zone["y"] <= 100 for zone in zones)
    engine.close()


def test_each_is_shown_for_a_school_that_it_is_of(tmp_path: Path) -> None:
    """The address of an académie is not on the page of another one."""
    engine = begun(tmp_path, tried=False)
    rows = {row["key"]: row["town"] for row in engine.call("rows", {"show": "all"})["rows"]}
    shown = {
        re.split("[\u00a0\u202f]:", finding["title"])[0]: rows[finding["record"]] for finding in of_addresses(engine)
    }
    assert {"Orléans-Tours": "Tours", "Lille": "Lille", "Paris": "Paris", "Nantes": "Nantes"}.items() <= shown.items()
    engine.close()


@pytest.mark.drill
@needs_chromium
@pytest.mark.parametrize(("width", "tried"), [(1280, True), (360, False)])
def test_addresses_are_read_and_found(opened: Opens, tmp_path: Path, width: int, tried: bool) -> None:
    """Nothing is cut off, no line begins with a comma; each point leads to its pin, and its pin to it."""
    page = opened(begun(tmp_path, tried=tried), "#/verifier")
    page.set_viewport_size({"width": width, "height": 800})
    findings = page.locator(".find")
    expect(findings.first).to_be_visible()
    for nth in range(findings.count()):
        findings.nth(nth).locator(".show").click()
        expect(page.locator(".pin[aria-current=true]")).to_have_count(1)
        expect(page.locator(".pin[aria-current=true]")).to_have_text(str(nth + 1))
        expect(page.locator(".pin[aria-current=true]")).to_be_visible()
    assert page.evaluate(_CUT) == [] and not {",", ".", ";", ":"}.intersection(page.evaluate(_AFTER))
    judge(page, f"verifier {width}")
    page.set_viewport_size(DESK)
