"""The browser edition: the folder that is made, and what somebody does with it in Chromium, without a network too."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from collections.abc import Callable, Iterator
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from benchmarks.generate import make_uai
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, PrintRunOptions
from leaflet.production.print_runs import print_run
from leaflet.studio.rpc import answer_upload
from tests.campaign.test_dossier import packed
from tests.site.support import PARTS, ROOT, Served, answers, needs_site, requests_of, saved, served, write_kept
from tests.studio.journeys import Typist, Visitor, make_cards, make_leaflets
from tests.studio.support import started
from tests.studio.window import DESK, judge
from tests.support import EXAMPLE
from tests.tables.nasty import nasty_files

pytestmark = [pytest.mark.drill, needs_site]


def make_site(folder: Path) -> Path:
    command = [sys.executable, str(ROOT / "site" / "make_site.py"), "--out", str(folder), "--parts", str(PARTS)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_site(tmp_path_factory.mktemp("site") / "site")


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


class Judge(Typist):
    """Somebody without a mouse, whose every view is judged."""

    def look(self, name: str) -> None:
        super().look(name)
        self.page.locator("h1").wait_for()
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
        assert (file["sha256"], file["bytes"]) == (hashlib.sha256(there[name]).hexdigest(), len(there[name]))
        assert file["licence"]
    licences = there["LICENCES.txt"].decode()
    parts = (ROOT / "site" / "parts.toml").read_text("utf-8")
    for part in re.findall(r"(?m)^([a-z-]+) = \[", parts.partition("[program]")[0]):
        assert re.search(rf"(?m)^{part} [\d.]+: \S", licences)
    for page in ("index.html", "en.html"):
        assert b"//" not in there[page] and "default-src 'none'" in unescape(there[page].decode())


def test_made_again_it_has_the_same_bytes(site: Path, tmp_path: Path) -> None:
    assert (make_site(tmp_path / "again") / "files.json").read_bytes() == (site / "files.json").read_bytes()


def test_from_a_list_to_leaflets_and_then_without_a_network(
    context: BrowserContext, server: Served, site: Path, tmp_path: Path
) -> None:
    """Somebody makes leaflets by keyboard, then with a column: the bytes of the command line, and nothing is sent."""
    asked = requests_of(context)
    visitor = Judge(context, server.url, DESK)
    make_leaflets(visitor, tmp_path, schools=40)
    assert visitor.clicks <= 16
    page = visitor.page
    page.goto(f"{server.url}#/pages?field=words.step.vote.proof")
    page.get_by_label("Ajouter une information de ma liste").select_option("Salle")
    page.keyboard.press("Tab")
    expect(page.locator(".zone[title='Je garde la preuve. B 1']")).to_be_attached()
    visitor.go_on()
    visitor.sees("Vérifié.{0,3}: tout va bien")
    visitor.go_on()
    visitor.press("Choisir et refaire")
    visitor.press("Fabriquer les 2")
    visitor.sees("C’est fait.{0,3}: 40 dépliants")
    campaign = write_kept(page, tmp_path / "campaign")
    archive = tmp_path / "b.zip"
    build(BuildOptions(campaign=campaign, out=archive))
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


# Where the browser asks the person for a place, the file goes there.
PICKER = """() => {
  window.written = new Promise((write) => {
    window.showSaveFilePicker = async () => ({ createWritable: async () => ({ write, close() {} }) });
  });
}"""


def test_from_names_to_cards(context: BrowserContext, server: Served, tmp_path: Path) -> None:
    """The sheets have the command line's bytes; they open in a window of their own."""
    visitor = Visitor(context, server.url, DESK)
    make_cards(visitor)
    campaign = write_kept(visitor.page, tmp_path / "campaign")
    build(BuildOptions(campaign=campaign, out=tmp_path / "out", document="memo-card"))
    (made,) = (tmp_path / "out" / "memo-card").glob("*.pdf")
    with context.expect_page() as shown:
        visitor.press("Ouvrir")
    shown.value.wait_for_url("blob:**")
    assert saved(visitor.page, "Enregistrer", tmp_path / "a.pdf") == made.read_bytes()
    visitor.page.evaluate(PICKER)
    visitor.press("Enregistrer")
    assert visitor.page.evaluate("window.written.then((file) => file.size)") == made.stat().st_size


def test_a_stop_is_heard_at_once_and_a_tab_closed_loses_nothing(context: BrowserContext, server: Served) -> None:
    """What is made stays; the campaign is there in the next tab, and only one of two has it."""
    page = opened(context, server.url)
    answers(page, "(engine) => engine.call('start', {election: '2018', kind: 'leaflets'})")
    rows = "\n".join(f"{make_uai('037', 35 + serial)};École {serial};Tours;37000" for serial in range(300))
    upload = "(engine, text) => engine.upload('list', new File([text], 'l.csv'))"
    answers(page, upload, f"UAI;Nom;Commune;CP\n{rows}\n")
    answers(page, "(engine) => engine.call('answer', {key: 'publisher.name', value: 'Section d’essai'})")
    stop = """async (engine) => {
        let asked = 0;
        const stop = ({ done }) => { if (done && !asked) { asked = performance.now(); void engine.call("stop"); } };
        const { stopped } = await engine.make({ outputs: ["zip"], changedOnly: true }, stop);
        return { ...stopped, ms: performance.now() - asked };
    }"""
    made = answers(page, stop)
    assert 0 < made["done"] < 300 == made["done"] + made["left"]
    assert made["ms"] < 2_000
    other = opened_elsewhere(context, server.url)
    other.get_by_role("button", name="Continuer ici").click()
    expect(other.locator(".resume h2")).to_be_visible()
    expect(page.locator("h1")).to_have_text("Cette campagne est ouverte dans un autre onglet")
    assert answers(other, "(engine) => engine.call('list')")["list"]["counts"]["ready"] == 300
    page.close()
    other.close()
    again = opened(context, server.url)
    assert answers(again, "(engine) => engine.call('open')")["campaign"]["publisher"] == "Section d’essai"


def publish(folder: Path, title: str, *, is_whole: bool = True) -> None:
    """Put another edition in the place of the one that is served; one file of it may be another than is listed."""
    for name, old, new in (
        ("index.html", "<title>.*</title>", f"<title>{title}</title>"),
        ("list.js", 'EDITION = "[^"]*"', f'EDITION = "{title}"'),
        ("sw.js", 'EDITION = "[^"]*"', f'EDITION = "{title}"'),
    ):
        text = re.sub(old, new, (folder / name).read_text("utf-8"))
        (folder / name).write_text(text, "utf-8")
        found = hashlib.sha256(text.encode()).hexdigest() if is_whole else "0" * 64
        listed = re.sub(rf'"{name}": \["\w+"', f'"{name}": ["{found}"', (folder / "sw.js").read_text("utf-8"))
        (folder / "sw.js").write_text(listed, "utf-8")


def test_a_newer_edition_is_taken_as_a_whole(context: BrowserContext, site: Path, tmp_path: Path) -> None:
    """It comes while one works with the old one, and is used once that is closed; one that is damaged never is."""
    folder = Path(shutil.copytree(site, tmp_path / "site"))
    with served(folder) as server:
        page = opened(context, server.url)
        page.evaluate("navigator.serviceWorker.ready")
        for title, is_whole in (("neu", True), ("damaged", False)):
            publish(folder, title, is_whole=is_whole)
            page.evaluate(_UPDATED)
            page.close()
            page = context.new_page()
            page.goto(server.url)
            assert "<title>neu</title>" in page.evaluate("fetch('index.html').then((answer) => answer.text())")
            page.wait_for_function("caches.keys().then((names) => names.join() === 'leaflet-neu')")
        assert len([line for line in server.asked if "program.bin" in line]) == 1


# Asks for a newer edition, and waits until it is there as a whole, or is given up.
_UPDATED = """async () => {
  const found = await (await navigator.serviceWorker.ready).update().catch(() => null);
  const coming = found?.installing;
  if (!coming) return;
  await new Promise((resolve) => coming.addEventListener("statechange", resolve));
}"""


def opened_elsewhere(context: BrowserContext, url: str) -> Page:
    page = context.new_page()
    page.goto(url)
    expect(page.locator("h1")).to_have_text("Cette campagne est ouverte dans un autre onglet")
    judge(page)
    return page


def test_hostile_files_are_refused_as_on_the_command_line(
    context: BrowserContext, server: Served, tmp_path: Path
) -> None:
    """The same words for each list, campaign and logo; what they hold runs nowhere; a good logo is read."""
    page = opened(context, server.url)
    page.on("dialog", lambda dialog: pytest.fail(dialog.message))
    engine = started(tmp_path / "campagne")
    page.get_by_role("button", name=re.compile("^Des dépliants")).click()
    expect(page.locator("h1")).to_have_text("L’élection")
    answers(page, "(engine) => engine.call('start', {election: '2018', kind: 'leaflets'})")
    files = [("list", nasty.name, nasty.make) for nasty in nasty_files().values() if not nasty.heavy]
    read = [(kind, name, written(make, tmp_path / "nasty")) for kind, name, make in files]
    given = [one for one in read if one[2] is not None]
    bad = '<leaflet title="T"><page><p>{{ "x".center(999999999) }}</p></page></leaflet>'
    given += [("dossier", "a.leaflet", data) for data in (b"PK", packed({"../themes/a.toml": ""}), packed({})[:900])]
    given += [("dossier", "a.leaflet", packed({"templates/leaflet-a4/leaflet.xml": bad}))]
    given += [("logo", "logo.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><script/></svg>')]
    given += [("logo", "logo.png", b"\x89PNG\r\n\x1a\n" + bytes(40)), ("logo", "logo.png", b"GIF89a")]
    hostile = "UAI;Nom;Commune;CP\n0370036N;<img src=x onerror=alert(1)>{{ 7*7 }};Tours;37000\n"
    given += [("list", "liste.csv", hostile.encode())]
    here = [told(answer_upload(engine, kind, name, data)) for kind, name, data in given]
    there = answers(
        page,
        """async (engine, given) => {
        const found = [];
        for (const [kind, name, data] of given) {
            const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
            found.push(await engine.upload(kind, new File([bytes], name)).catch(({ fault }) => ({ fault })));
        }
        return found;
    }""",
        [(kind, name, b64encode(data).decode()) for kind, name, data in given],
    )
    assert len(given) > 100
    assert [told(answer) for answer in there] == here
    logo = b64encode((EXAMPLE / "logo.png").read_bytes()).decode()
    answer = answers(
        page,
        """async (engine, data) => {
            const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
            const { colors } = await engine.upload("logo", new File([bytes], "logo.png"));
            return { colors, picture: await engine.call("picture", { view: "copy", width: 900 }) };
        }""",
        logo,
    )
    assert answer["colors"]
    assert answer["picture"]["codesRead"] == answer["picture"]["codes"] > 0
    page.evaluate("location.hash = '#/liste/cases'")
    expect(page.locator("tbody")).to_contain_text("<img src=x")
    page.evaluate("location.hash = '#/pages'")
    expect(page.locator("h1")).to_have_text("Les pages")
    assert page.locator("img[src='x']").count() == 0


def written(make: Callable[[Path], None], path: Path) -> bytes | None:
    """What a file holds that a case writes; None for one that is no file, or too large to be handed over here."""
    make(path)
    is_plain = path.is_file() and not path.is_symlink() and path.stat().st_size < 1_000_000
    data = path.read_bytes() if is_plain else None
    shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)
    return data


def told(answer: dict[str, Any]) -> object:
    """What is to be the same: the fault, or what was read of a list."""
    answer = answer.get("result", answer)
    if fault := answer.get("fault"):
        return fault["code"], fault["text"], [other["text"] for other in fault["others"]]
    return answer["list"]["columns"] if "list" in answer else [fault["text"] for fault in answer.get("faults", [])]


@pytest.mark.parametrize(("lang", "told"), [("", "Ce navigateur ne peut pas"), ("en.html", "This browser cannot")])
def test_a_browser_that_is_too_old_is_told_so(context: BrowserContext, server: Served, lang: str, told: str) -> None:
    """Plainly, and nothing of the program is loaded."""
    context.add_init_script("delete WebAssembly.Tag")
    page = context.new_page()
    page.goto(f"{server.url}{lang}")
    expect(page.locator("h1")).to_contain_text(told)
    judge(page)
    assert not [line for line in server.asked if ".bin" in line]
