"""The site of the documents, made by MkDocs (``make documents`` installs it) without network; seen in a browser."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from itertools import pairwise
from os.path import normpath
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from axe_playwright_python.sync_playwright import Axe
from markdown_it import MarkdownIt
from playwright.sync_api import Browser

from tests.browser import AXE_TAGS, needs_chromium, watched_pages

ROOT = Path(__file__).parents[1]
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}
TRY = "<!doctype html><title>L’édition pour navigateur</title>"

# Whoever connects to anything ends the build.
OFFLINE = """
import runpy, sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo"):
        raise RuntimeError(f"{event} {arguments}")
sys.addaudithook(refuse)
sys.argv = ["mkdocs", "build", "--strict", "--site-dir", sys.argv[1]]  # with --quiet it would be strict no more
runpy.run_module("mkdocs", run_name="__main__")
"""

needs_mkdocs = pytest.mark.skipif(
    find_spec("material") is None, reason="MkDocs is missing; make documents installs it"
)


class Tags(HTMLParser):
    """The tags of a page, each with its attributes and the text that follows."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag in {"li", "ul", "ol", "pre", "table", "tr", "img", "h1", "h2", "h3", "h4"}:
            self.words.append(f"<{tag}>")

    def handle_data(self, data: str) -> None:
        self.words += re.findall(r"\w+", data)


def documents() -> list[str]:
    if not (ROOT / ".git").exists() or shutil.which("git") is None:
        pytest.skip("git is missing, or this is no clone: nothing says which files are ours")
    listed = subprocess.run(["git", "ls-files", "*.md"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [name for name in listed.stdout.splitlines() if not name.startswith("tests/")]


def address(document: str) -> str:
    return document.removeprefix("docs/fr/").removesuffix(".md") + ".html"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site, with a stand-in for the browser edition, made where nothing can be reached."""
    folder = tmp_path_factory.mktemp("documents")
    edition = folder / "edition"
    edition.mkdir()
    (edition / "index.html").write_text(TRY, "utf-8")
    done = subprocess.run(
        [sys.executable, "-c", OFFLINE, str(folder / "site")],
        cwd=ROOT / "docs" / "mkdocs",
        env=os.environ | {"BROWSER_EDITION": str(edition), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and "WARNING" not in done.stderr, done.stderr
    return folder / "site"


@pytest.mark.drill
@needs_mkdocs
def test_the_navigation_has_every_document(site: Path) -> None:
    """Or it is named in docs/mkdocs/mkdocs.yml; French comes first and says how to get the program."""
    tags = Tags((site / "index.html").read_text("utf-8")).found
    linked = {
        attributes.get("href") for tag, attributes in tags if tag == "a" and "md-nav__link" in _classes(attributes)
    }
    assert {address(document) for document in documents()} - linked == set() and "essayer/index.html" in linked
    assert (site / "essayer" / "index.html").read_text("utf-8") == TRY
    home = (site / "index.html").read_text("utf-8")
    tabs = re.findall(r'md-tabs__link">\s*(.*?)\s*<', home)
    assert (tabs[0], tabs[1], tabs[-1]) == ("Accueil", "Essayer dans le navigateur", "Developers")
    assert all(words in home for words in ("uv tool install", "pipx install", "Rechercher", "Vous préparez"))
    for document in documents():
        french = document.startswith("docs/fr/") or document == "README.fr.md"
        assert f'<html lang="{"fr" if french else "en"}"' in (site / address(document)).read_text("utf-8"), document


def _classes(attributes: dict[str, str | None]) -> list[str]:
    return (attributes.get("class") or "").split()


@pytest.mark.drill
@needs_mkdocs
def test_a_page_needs_nothing_from_elsewhere(site: Path) -> None:
    """Styles, scripts, pictures and fonts are files of the site; only links that somebody follows lead away."""
    for path in site.rglob("*.html"):
        for tag, attributes in Tags(path.read_text("utf-8")).found:
            needed = attributes.get("src") or (attributes.get("href") if tag == "link" else None)
            assert not needed or not re.match(r"(https?:)?//", needed), f"{path.name}: {needed}"
    styles = "".join(path.read_text("utf-8") for path in site.rglob("*.css"))
    assert re.findall(r"url\(['\"]?(?:https?:)?//[^)]*", styles) == []


@pytest.mark.drill
@needs_mkdocs
def test_a_document_is_read_as_on_a_repository_page(site: Path) -> None:
    """Python-Markdown and CommonMark see the same lists, tables, pictures and words in the same order."""
    common = MarkdownIt("commonmark").enable("table")
    for document in documents():
        page = (site / address(document)).read_text("utf-8")
        article = page[page.index("<article") : page.index("</article>")]
        ours = Tags(re.sub(r'<a class="headerlink".*?</a>', "", article)).words
        theirs = Tags(common.render((ROOT / document).read_text("utf-8"))).words
        if document == "docs/fr/index.md":  # has a link more
            ours = [word for word in ours if word not in {"Essayer", "dans", "le", "navigateur"}]
            theirs = [word for word in theirs if word not in {"Essayer", "dans", "le", "navigateur"}]
        assert "".join(ours) == "".join(theirs), document  # code may be cut up into coloured words


def test_links_between_documents_are_right_on_repository_pages() -> None:
    """Each leads to a file that is there, and to a heading of it; those of the site are held by its strict build."""
    common = MarkdownIt("commonmark").enable("table")
    broken = []
    for document in documents():
        for tag, attributes in Tags(common.render((ROOT / document).read_text("utf-8"))).found:
            link = attributes.get("src" if tag == "img" else "href") or ""
            if not link or re.match(r"[a-z]+:", link):
                continue
            name, _, heading = link.partition("#")
            path = Path(normpath((ROOT / document).parent / name)) if name else ROOT / document
            if not path.is_relative_to(ROOT):
                continue  # a page of the host, such as that of releases; the site has its text alone
            if not path.is_file() or (heading and unquote(heading) not in headings(path)):
                broken.append(f"{document}: {link}")
    assert broken == []


def headings(path: Path) -> set[str]:
    """The names that GitHub gives to the headings of a document."""
    tokens = MarkdownIt("commonmark").enable("table").parse(path.read_text("utf-8"))
    found: set[str] = set()
    for token, text in pairwise(tokens):
        if token.type == "heading_open":
            words = "".join(child.content for child in text.children or [])
            name = re.sub(r"[^\w\- ]", "", words.lower()).replace(" ", "-")
            found.add(next(one for one in (name, *(f"{name}-{n}" for n in range(1, 99))) if one not in found))
    return found


# --- in a browser ---------------------------------------------------------------------------------------------


@pytest.fixture
def opened(browser: Browser, site: Path) -> Iterator[Any]:
    """Opens a page of the site, as a file."""
    ours = site.as_uri() + "/"
    with watched_pages(browser, lambda asked, _: asked.startswith((ours, "data:")), viewport=DESK) as open_page:
        yield lambda name, **options: open_page(ours + name, **options)


@pytest.mark.drill
@needs_mkdocs
@needs_chromium
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_pages_open(opened: Any, viewport: dict[str, int], scheme: str) -> None:
    """In the window's colours and typeface, no wider than the screen."""
    for name in ("index.html", "fenetre.html", "docs/press.html"):
        page = opened(name, viewport=viewport, color_scheme=scheme)
        assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('700 17px Leaflet'))")
        assert page.evaluate("document.documentElement.scrollWidth") == viewport["width"]
        ground = page.evaluate("getComputedStyle(document.querySelector('.md-header')).backgroundColor")
        assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(24, 32, 53)"}[scheme]


@pytest.mark.drill
@needs_mkdocs
@needs_chromium
@pytest.mark.parametrize(
    ("name", "options"),
    [("index.html", {"color_scheme": "light"}), ("docs/press.html", {"color_scheme": "dark", "viewport": PHONE})],
)
def test_axe_finds_nothing_serious(browser: Browser, site: Path, name: str, options: dict[str, Any]) -> None:
    """The first page on a desk, and tables on a phone in the dark."""
    context = browser.new_context(offline=True, **{"viewport": DESK, **options})
    page = context.new_page()
    page.goto((site / name).as_uri())
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": AXE_TAGS}}).response["violations"]
    context.close()
    serious = [rule for rule in found if rule["impact"] in {"serious", "critical"}]
    assert [(rule["id"], [node["target"] for node in rule["nodes"]]) for rule in serious] == []


@pytest.mark.drill
@needs_mkdocs
@needs_chromium
def test_search_finds_what_people_type(opened: Any) -> None:
    """In both languages, in other forms of a word, without accents, on pages that are opened from a disk."""
    page = opened("demarrer.html")
    wanted = {
        "carte mémo": "Imprimer les cartes aide-mémoire", "QR": "Checks of finished files",
        "étiquettes": "Envoyer, étiqueter, livrer", "imprimees": "Vérifier avant d’imprimer",
        "mailboxes": "Example: Indre-et-Loire, 2018",
    }  # fmt: skip
    for words, title in wanted.items():
        page.fill(".md-search__input", words)
        page.press(".md-search__input", "Shift")  # the page waits for keys
        page.locator(".md-search-result__item h1", has_text=title).first.wait_for(state="attached")
