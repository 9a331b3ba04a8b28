"""The page in a browser: it follows changes by itself, keeps place and focus, and can be used by everybody."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from leaflet.previews.server import PreviewServer
from leaflet.previews.views import View
from leaflet.previews.watch import SharedViews
from tests.previews.chromium import PROGRAM, Chromium
from tests.previews.conftest import BALZAC, VINCI, Project, change

pytestmark = pytest.mark.skipif(PROGRAM is None, reason="no Chromium here; .ci/run installs it")

HEADING = "(document.querySelector('h1')?.textContent ?? '')"
FOCUS = "document.activeElement.id"
# The contrast of every text against what is behind it (WCAG 2.2, 1.4.3), for texts that are read.
CONTRAST = """
(() => {
  const parse = (color) => color.match(/[\\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = parse(color).slice(0, 3).map((v) => v / 255)
      .map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const color = getComputedStyle(e).backgroundColor;
      if ((parse(color)[3] ?? 1) === 1) return color;
    }
    return "rgb(255, 255, 255)";
  };
  const low = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node; (node = walker.nextNode()); ) {
    if (!node.textContent.trim()) continue;
    const [a, b] = [light(getComputedStyle(node.parentElement).color), light(behind(node.parentElement))];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < 4.5) low.push(node.textContent.trim() + " " + ratio.toFixed(2));
  }
  return low;
})()
"""


@pytest.fixture
def views(project: Project) -> SharedViews:
    return SharedViews(project.view_cache())


@pytest.fixture
def page(views: SharedViews, tmp_path: Path) -> Iterator[Chromium]:
    """A browser that has the page open."""
    with PreviewServer(views) as server, Chromium(tmp_path / "chromium") as chromium:
        chromium.open(server.url)
        yield chromium


def error(project: Project) -> None:
    """A word that is none, in the template."""
    change(project.templates / "leaflet-a4" / "leaflet.xml", "<page>", "<page><blink>x</blink>")


def test_it_follows_a_change(page: Chromium, views: SharedViews, project: Project) -> None:
    """Without a click: other pictures, another name, the same place on the page; nothing is refused or reported."""
    page.wait("document.querySelector('img').complete")
    page.run("window.scrollTo(0, 60)")
    source = page.run("document.querySelector('img').src")
    change(project.list, "Lycée Descartes", "Lycée René Descartes")
    views.render(View())
    page.wait(f"{HEADING} === 'Lycée René Descartes'")
    assert page.run("document.title") == "Lycée René Descartes – aperçu"
    assert page.run("document.querySelector('img').src") != source
    assert page.run("[...document.images].every(image => image.complete && image.naturalWidth > 0)")
    assert page.run("window.scrollY") == 60
    assert page.run("document.getElementById('status').textContent").startswith("À jour")
    assert page.messages == []


def test_an_error_and_its_correction(page: Chromium, views: SharedViews, project: Project) -> None:
    """The error appears above the last good pages, and goes."""
    template = project.templates / "leaflet-a4" / "leaflet.xml"
    text = template.read_text("utf-8")
    error(project)
    views.render(View())
    page.wait("document.querySelector('#faults .error')")
    assert "leaflet-a4/leaflet.xml · ligne" in page.run("document.getElementById('faults').textContent")
    assert page.run("document.images.length") == 2
    assert page.run("document.getElementById('status').textContent").startswith("1 erreur")
    template.write_text(text, "utf-8")
    views.render(View())
    page.wait("!document.querySelector('#faults')")
    assert page.messages == []


def test_by_keyboard(page: Chromium) -> None:
    """Everything that can be chosen is reached in the order it is read, and keeps the focus it was given."""
    reached = []
    for _ in range(18):
        page.press("Tab")
        reached.append(page.run(f"{FOCUS} || document.activeElement.className || document.activeElement.tagName"))
    assert reached[:11] == [
        *("skip", "next", "first", "longest", "shortest", "record", "go"),
        *("document-1", "document-2", "document-3", "zoom-fit"),
    ]
    outline = "getComputedStyle(document.activeElement).outlineStyle"
    page.run("document.getElementById('next').focus()")
    page.press("Tab")
    assert page.run(outline) == "solid"
    page.run("document.getElementById('next').focus()")
    page.press("Enter")
    page.wait(f"{HEADING} === 'Lycée Balzac'")
    assert page.run(FOCUS) == "next"
    page.press("Enter")
    page.wait(f"{HEADING}.includes('Vinci')")
    assert page.run("location.search") == f"?record={VINCI}"
    page.run("history.back()")
    page.wait(f"{HEADING} === 'Lycée Balzac'")


def test_what_is_being_typed_stays(page: Chromium, views: SharedViews, project: Project) -> None:
    """A page made anew does not take it away; then it is looked up."""
    page.run("document.getElementById('record').focus(); document.getElementById('record').value = '0370036n'")
    change(project.campaign, "Section d’essai", "Autre section")
    number = views.render(View()).number
    page.wait(f"document.getElementById('live').dataset.number === '{number}'")
    assert page.run(f"[{FOCUS}, document.activeElement.value]") == ["record", "0370036n"]
    page.press("Enter")
    page.wait(f"{HEADING} === 'Lycée Balzac'")


def test_another_view_is_followed(page: Chromium, views: SharedViews, project: Project) -> None:
    """A page on another record follows that record's changes."""
    page.run("document.getElementById('next').click()")
    page.wait(f"{HEADING} === 'Lycée Balzac'")
    change(project.list, "Lycée Balzac", "Lycée Honoré de Balzac")
    views.render(View(record=BALZAC))
    page.wait(f"{HEADING} === 'Lycée Honoré de Balzac'")


def test_the_end_is_shown(page: Chromium, views: SharedViews, project: Project) -> None:
    """When the preview has ended the page does not look as if all were well."""
    page.wait("document.readyState === 'complete'")
    views.close()
    page.wait("document.getElementById('status').className === 'stopped'")
    assert "arrêté" in page.run("document.getElementById('status').textContent")


def test_without_a_script(views: SharedViews, project: Project, tmp_path: Path) -> None:
    """The page loads itself anew."""
    with PreviewServer(views) as server, Chromium(tmp_path / "chromium") as page:
        page.allow_scripts(False)
        page.call("Page.navigate", url=server.url)
        change(project.list, "Lycée Descartes", "Lycée René Descartes")
        looks = (json.dumps(page.call("DOM.getDocument", depth=-1), ensure_ascii=False) for _ in range(5000))
        assert any("Lycée René Descartes" in document for document in looks)


LOOKS = "[...document.querySelectorAll('[data-look]')].map((button) => button.getAttribute('aria-pressed'))"
SHOWN = "[document.querySelector('#pages img').getBoundingClientRect().width, \
getComputedStyle(document.querySelector('#pages img')).filter]"


def test_two_metres_away_and_photocopied(page: Chromium) -> None:
    """Two switches that the keyboard turns, that say their state, and that stay on from one school to the next."""
    page.run("document.getElementById('zoom-100').click()")
    page.wait("document.querySelector('ul.zoom-100')")
    width, effect = page.run(SHOWN)
    assert (page.run(LOOKS), effect) == (["false", "false"], "none")
    page.run("document.getElementById('zoom-200').focus()")
    page.press("Tab")
    assert page.run(FOCUS) == "look-far"
    page.press("Enter")
    assert (page.run(LOOKS), page.run(FOCUS)) == (["true", "false"], "look-far")
    small, effect = page.run(SHOWN)
    assert small == pytest.approx(0.28 * width, rel=0.02)
    assert effect == "blur(2.2px)"
    page.press("Tab")
    page.press("Enter")
    assert page.run(LOOKS) == ["true", "true"]
    assert page.run(SHOWN)[1] == 'url("#copier") blur(2.2px)'
    page.run("document.getElementById('next').click()")
    page.wait(f"{HEADING} === 'Lycée Balzac'")
    assert page.run(LOOKS) == ["true", "true"]
    assert page.run("document.getElementById('hint-far').checkVisibility()")
    page.run("document.getElementById('look-far').click()")
    assert page.run(LOOKS) == ["false", "true"]
    assert page.run(SHOWN) == [width, 'url("#copier")']
    assert page.messages == []


def test_a_copy_is_grey_and_dark(page: Chromium, tmp_path: Path) -> None:
    """The filter is applied at all: no colour is left on the page, and there is more black than before."""
    page.wait("document.querySelector('#pages img').complete")
    before = shoot_first_page(page, tmp_path / "before.png")
    page.run("document.getElementById('look-copied').click()")
    after = shoot_first_page(page, tmp_path / "after.png")
    assert most_colour(before) > 50 and most_colour(after) < 3
    assert sum(after.convert("L").histogram()[:40]) > sum(before.convert("L").histogram()[:40])


def shoot_first_page(page: Chromium, path: Path) -> Image.Image:
    """The upper part of the first page, as it is shown."""
    page.run("document.querySelector('#pages img').scrollIntoView()")
    box = page.run("(({x, y, right}) => [x, y, right])(document.querySelector('#pages img').getBoundingClientRect())")
    left, top, right = (round(side) for side in box)
    with Image.open(page.shoot(path)) as picture:
        return picture.convert("RGB").crop((left + 4, top + 4, right - 4, top + 300))


def most_colour(picture: Image.Image) -> int:
    """How far the red and the blue of a pixel are apart at most."""
    difference = ImageChops.difference(picture.getchannel("R"), picture.getchannel("B"))
    return max(level for level, count in enumerate(difference.histogram()) if count)


@pytest.mark.parametrize("width", [1280, 640, 320])
@pytest.mark.parametrize("is_faulty", [False, True])
def test_narrow_windows(page: Chromium, views: SharedViews, project: Project, width: int, is_faulty: bool) -> None:
    """At 200 % and 400 % of 1280 pixels nothing is cut off and nothing needs scrolling sideways (WCAG 1.4.10)."""
    if is_faulty:
        error(project)
        views.render(View())
        page.wait("document.querySelector('#faults .error')")
    page.resize(width, 800)
    assert page.run("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_contrast(page: Chromium, views: SharedViews, project: Project, scheme: str) -> None:
    """Every text has 4.5 : 1 at least, by day and by night, good or faulty."""
    page.prefer(prefers_color_scheme=scheme)
    assert page.run(CONTRAST) == []
    error(project)
    views.render(View())
    page.wait("document.querySelector('#faults .error')")
    assert page.run(CONTRAST) == []
    page.run("document.getElementById('status').className = 'stopped'")
    assert page.run(CONTRAST) == []


def test_names_and_roles(page: Chromium) -> None:
    """A screen reader finds one main part, headings in order, every control and picture with its name."""
    nodes = page.call("Accessibility.getFullAXTree")["nodes"]
    elements = [
        (node["role"]["value"], node.get("name", {}).get("value", ""))
        for node in nodes
        if not node.get("ignored") and "role" in node
    ]
    roles = [role for role, _ in elements]
    assert (roles.count("main"), roles.count("status"), roles.count("navigation")) == (1, 1, 3)
    assert [name for role, name in elements if role == "navigation"] == ["Établissement", "Document", "Taille"]
    assert [name for role, name in elements if role == "heading"] == ["Lycée Descartes", "Pages de leaflet-a4"]
    assert ("textbox", "UAI ou ligne") in elements
    assert [name for role, name in elements if role in ("image", "img")] == [
        f"leaflet-a4, Lycée Descartes, page {number} sur 2" for number in (1, 2)
    ]
    assert [role for role, name in elements if role in ("link", "button", "textbox", "image") and not name] == []
