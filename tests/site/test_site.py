"""The browser edition: the folder that is made, and what somebody does with it in Chromium, without a network too."""

import hashlib
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from leaflet.production.build import build
from leaflet.production.options import BuildOptions, PrintRunOptions
from leaflet.production.print_run import print_run
from tests.browser import chromium
from tests.site.support import PARTS, ROOT, Served, needs_site, requests_of, saved, served, write_kept
from tests.studio.journeys import Visitor, make_leaflets
from tests.studio.window import DESK, judge

pytestmark = needs_site


def make_site(folder: Path) -> Path:
    """Make the folder, by its command."""
    command = [sys.executable, str(ROOT / "site" / "make_site.py"), "--out", str(folder), "--parts", str(PARTS)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder, made once for all tests."""
    return make_site(tmp_path_factory.mktemp("site") / "site")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as browser:
        yield browser


@pytest.fixture
def server(site: Path) -> Iterator[Served]:
    with served(site) as server:
        yield server


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser in which nothing is kept, and nobody is asked where a file goes; it complains of nothing."""
    context = browser.new_context(viewport=DESK, locale="fr-FR", reduced_motion="reduce")
    context.add_init_script("delete window.showSaveFilePicker")
    heard: list[str] = []
    context.on("weberror", lambda error: heard.append(str(error.error)))
    context.on("console", lambda word: heard.append(word.text) if word.type == "error" else None)
    yield context
    context.close()
    assert heard == []


def opened(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.set_default_timeout(30_000)
    page.goto(url)
    page.locator(".door, .resume, [data-field]").first.wait_for()
    return page


class Judge(Visitor):
    """A visitor whose every view is judged."""

    def look(self, name: str) -> None:
        judge(self.page, name)
        self.page.set_viewport_size(DESK)


def leaflets(archive: bytes) -> dict[str, bytes]:
    """The files of a ZIP; of the list of them, whose digests know versions and paths, the hashes of the files."""
    with ZipFile(BytesIO(archive)) as packed:
        found = {name: packed.read(name) for name in packed.namelist()}
    entries = json.loads(found.pop("manifest.json"))["files"]
    return {**found, "manifest.json": json.dumps([[one["file"], one["sha256"]] for one in entries]).encode()}


def test_the_folder_is_what_its_list_says(site: Path) -> None:
    """Each file has its hash, size and licence, each part its licence; a page loads nothing from elsewhere."""
    listed = json.loads((site / "files.json").read_text("utf-8"))["files"]
    there = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    assert set(listed) == set(there) - {"files.json"}
    for name, file in listed.items():
        assert file["sha256"] == hashlib.sha256(there[name]).hexdigest()
        assert file["bytes"] == len(there[name])
        assert file["licence"]
    licences = there["LICENCES.txt"].decode()
    parts = (ROOT / "site" / "parts.toml").read_text("utf-8")
    for part in re.findall(r"(?m)^([a-z-]+) = \[", parts.partition("[program]")[0]):
        assert re.search(rf"(?m)^{part} [\d.]+: \S", licences)
    for page in ("index.html", "en.html"):
        assert b"//" not in there[page]
        assert "default-src 'none'" in unescape(there[page].decode())


def test_made_again_it_has_the_same_bytes(site: Path, tmp_path: Path) -> None:
    """Whoever doubts what is on a site can make it and compare."""
    again = make_site(tmp_path / "again")
    assert (again / "files.json").read_bytes() == (site / "files.json").read_bytes()


def test_from_a_list_to_leaflets_and_then_without_a_network(
    context: BrowserContext, server: Served, site: Path, tmp_path: Path
) -> None:
    """The bytes are the command line's; only the folder's own files are asked for, each once; then nothing is."""
    asked = requests_of(context)
    visitor = Judge(context, server.url, DESK)
    make_leaflets(visitor, tmp_path, schools=40)
    assert visitor.clicks <= 16
    page = visitor.page
    campaign = write_kept(page, tmp_path / "campaign")
    archive = tmp_path / "b.zip"
    build(BuildOptions(campaign=campaign, out=archive, address=str(archive)))
    assert leaflets(saved(page, "depliants.zip", tmp_path / "a.zip")) == leaflets(archive.read_bytes())
    print_run(PrintRunOptions(campaign=campaign, out=tmp_path / "run", document="leaflet-a4"))
    (run,) = (tmp_path / "run").glob("print-run*.pdf")
    copier = page.locator("li", has=page.get_by_text("photocopieur", exact=False)).get_by_role("button").first
    with page.expect_download() as download:
        copier.click()
    download.value.save_as(tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes() == run.read_bytes()

    page.evaluate("navigator.serviceWorker.ready")
    assert {address for address in asked if not address.startswith((server.url, "blob:"))} == set()
    assert {line.split()[0] for line in server.asked} == {"GET"}
    assert not [line for line in server.asked if not line.endswith((" 200", " 304"))]
    parts = [line for line in server.asked if ".bin" in line]
    assert len(parts) == len(set(parts)) == 4

    server.stop()
    context.set_offline(True)
    page.goto(server.url)
    visitor.press("Reprendre à")
    visitor.press("Fabriquer les 2")
    visitor.sees("C’est fait.{0,3}: 40 dépliants")
    assert saved(page, "depliants.zip", tmp_path / "c.zip") == (tmp_path / "a.zip").read_bytes()
    page.locator(".seal").click()
    visitor.sees("Rien n’est installé, rien n’est envoyé")
    visitor.look("preuve")
    visitor.press("Tout effacer de ce navigateur")
    visitor.press("Tout effacer$")
    visitor.sees("Tout est effacé")
    assert page.evaluate("caches.keys().then(async (names) => [...names, ...(await indexedDB.databases())])") == []
