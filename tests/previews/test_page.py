"""The page says in French what is shown, works without a script, and takes nothing for markup."""

import re
import xml.etree.ElementTree as ET

import pytest
from msgspec.structs import replace

from leaflet.faults import Fault, Place
from leaflet.page_words import load_words
from leaflet.previews.page import PageRequest, parse_query, render_page
from leaflet.previews.views import RenderedView, View
from tests.previews.conftest import BALZAC, Project, change

FRENCH = load_words("preview", "fr")
VOID = re.compile(r"<(meta|link|img|input)\b([^>]*)>")


def parse(page: str) -> ET.Element:
    """The page as a tree: every element that has content is closed."""
    assert page.startswith("<!DOCTYPE html>\n")
    text = VOID.sub(r"<\1\2/>", page.removeprefix("<!DOCTYPE html>\n"))
    return ET.fromstring(re.sub(r"\b(defer)(?=[ >])", r'\1=""', text))


def page_of(rendered: RenderedView, query: str = "") -> ET.Element:
    return parse(render_page(parse_query(query), rendered, "campaign.toml", FRENCH))


def text_of(element: ET.Element | None) -> str:
    assert element is not None
    return " ".join("".join(element.itertext()).split())


def by_id(tree: ET.Element, name: str) -> ET.Element:
    (element,) = tree.findall(f".//*[@id='{name}']")
    return element


@pytest.fixture
def rendered(project: Project) -> RenderedView:
    """The first record of the campaign."""
    return project.render()


def test_what_is_on_the_page(rendered: RenderedView) -> None:
    """The school, its pages with their alternative texts, the time it took; in French."""
    tree = page_of(rendered)
    assert tree.get("lang") == "fr"
    assert text_of(tree.find("head/title")) == "Lycée Descartes – aperçu"
    assert text_of(tree.find(".//h1")) == "Lycée Descartes"
    assert (
        text_of(tree.find(".//p[@class='where']"))
        == "UAI 0370035M · 37010 Tours · ligne 2 de la liste · campaign.toml"
    )
    images = tree.findall(".//img")
    assert [image.get("alt") for image in images] == [
        f"leaflet-a4, Lycée Descartes, page {number} sur 2" for number in (1, 2)
    ]
    assert [image.get("src") for image in images] == [f"{picture.key}.png" for picture in rendered.pictures]
    assert text_of(by_id(tree, "status")) == "À jour : 2 pages construites en 500 ms"
    assert text_of(by_id(tree, "pages-title")) == "Pages de leaflet-a4"


def test_without_a_script(rendered: RenderedView) -> None:
    """The page loads itself again; all that is chosen is in addresses."""
    tree = page_of(rendered)
    refresh = tree.find("head/noscript/meta")
    assert refresh is not None
    assert (refresh.get("http-equiv"), refresh.get("content")) == ("refresh", "2")
    assert tree.findall(".//*[@style]") == []
    assert not [name for element in tree.iter() for name in element.attrib if name.startswith("on")]
    assert [script.text for script in tree.iter("script")] == [None]


def test_looks_need_the_script(rendered: RenderedView) -> None:
    """Their switches are hidden until it is there; each says that it is off, and what it does."""
    tree = page_of(rendered)
    (group,) = tree.findall(".//div[@role='group']")
    assert (group.get("aria-label"), group.get("hidden")) == ("Vu comme", "")
    buttons = group.findall("button")
    assert [(text_of(button), button.get("aria-pressed")) for button in buttons] == [
        ("À deux mètres", "false"),
        ("Photocopié", "false"),
    ]
    for button in buttons:
        assert by_id(tree, button.get("aria-describedby", "")).get("hidden") == ""


def test_in_english(rendered: RenderedView) -> None:
    """Where it was asked for, all of it."""
    fault = Fault(
        "C165",
        Place(file="campaign.toml"),
        {
            "name": "Metz",
            "key": "metz",
            "instead": "https://a.fr/",
            "doubt_en": "",
            "doubt_fr": "",
            "then_en": "",
            "then_fr": "",
        },
    )
    changed = replace(rendered, faults=(fault,), other_faults=1)
    tree = parse(render_page(parse_query(""), changed, "campaign.toml", load_words("preview", "en")))
    assert tree.get("lang") == "en"
    assert text_of(by_id(tree, "status")) == "Up to date: 2 pages made in 500 ms"
    text = text_of(tree.find("body"))
    for words in ("Two metres away", "Photocopied", "1 warning", "1 fault in other rows", "Page 1 of 2", "line 2"):
        assert words in text
    assert not {"sur", "liste", "Suivant", "Taille"} & set(re.findall(r"\w+", text))


def test_links_keep_what_was_chosen(rendered: RenderedView) -> None:
    """The document with another record, the record with another size, and the other way round."""
    tree = page_of(rendered, f"document=leaflet-a4-grey&record={BALZAC}&zoom=150")
    assert by_id(tree, "shortest").get("href") == "?document=leaflet-a4-grey&record=0370040T&zoom=150"
    assert by_id(tree, "document-2").get("href") == f"?document=cartes&record={BALZAC}&zoom=150"
    assert by_id(tree, "zoom-fit").get("href") == f"?document=leaflet-a4-grey&record={BALZAC}"
    hidden = {i.get("name"): i.get("value") for i in tree.findall(".//form/input[@type='hidden']")}
    assert hidden == {"document": "leaflet-a4-grey", "zoom": "150"}
    current = [element.get("id") for element in tree.findall(".//a[@aria-current]")]
    assert current == ["first", "document-3", "zoom-150"]


def test_the_ends_of_the_list(rendered: RenderedView) -> None:
    """There is nothing before the first school, and no link to it."""
    tree = page_of(rendered)
    assert (by_id(tree, "previous").tag, by_id(tree, "next").tag) == ("span", "a")
    assert "1 sur 4" in text_of(tree.find(".//header"))


@pytest.mark.parametrize(("zoom", "width"), [("", 794), ("100", 794), ("150", 1191), ("200", 1588)])
def test_sizes(project: Project, zoom: str, width: int) -> None:
    """100 % is the size of the paper, and the pictures have the dots for what they are shown at."""
    request = parse_query(f"zoom={zoom}")
    rendered = project.view_cache().render(request.view)
    image = page_of(rendered, f"zoom={zoom}").find(".//img")
    assert image is not None
    assert int(image.get("width", 0)) == pytest.approx(width, abs=1)
    assert rendered.dpi == 110 * request.view.zoom // 100


def test_a_template_error(project: Project) -> None:
    """Code, file, line, the line itself, what is wrong and what to do; the pages below are marked as outdated."""
    view_cache = project.view_cache()
    view_cache.render(View())
    change(project.templates / "leaflet-a4" / "leaflet.xml", "<page>", "<page><blink>x</blink>")
    tree = page_of(view_cache.render(View()))
    text = text_of(by_id(tree, "faults"))
    assert re.search(r"1 erreur M101 erreur leaflet-a4/leaflet\.xml · ligne \d+ · 0370035M", text)
    assert "<page><blink>x</blink><blink> n’est pas un mot du vocabulaire" in text
    assert "hoisissez parmi" in text
    main = tree.find(".//main")
    assert main is not None
    assert [section.get("id") for section in main] == ["faults", "pages"]
    assert "Pages périmées : elles datent d’avant l’erreur." in text_of(by_id(tree, "pages"))
    assert all((image.get("alt") or "").endswith(", périmée") for image in tree.iter("img"))
    assert text_of(by_id(tree, "status")) == "1 erreur : les pages sont celles d’avant l’erreur"
    assert text_of(tree.find("head/title")).startswith("⚠ ")


def test_warnings_come_after_the_pages(rendered: RenderedView) -> None:
    """They hinder nobody; a link above the pages leads to them, and faults of other rows are counted."""
    fault = Fault(
        "C165",
        Place(file="campaign.toml"),
        {
            "name": "Metz",
            "key": "metz",
            "instead": "https://a.fr/",
            "doubt_en": "",
            "doubt_fr": "",
            "then_en": "",
            "then_fr": "",
        },
    )
    tree = page_of(replace(rendered, faults=(fault,), other_faults=3))
    main = tree.find(".//main")
    assert main is not None
    assert [section.get("id") for section in main] == ["pages", "faults"]
    assert text_of(by_id(tree, "below")) == "1 avertissement"
    assert "3 défauts sur d’autres lignes des listes : leaflet check dit lesquels." in text_of(main)


def test_nothing_to_show_yet(project: Project) -> None:
    """A campaign that cannot be read has a page all the same."""
    project.campaign.write_text("election = ", "utf-8")
    tree = page_of(project.render())
    assert text_of(tree.find(".//h1")) == "Aperçu"
    assert "C103" in text_of(by_id(tree, "faults"))
    assert list(tree.iter("img")) == []


def test_more_pages_than_pictures(rendered: RenderedView) -> None:
    """A long file says how much of it is left; names of people are announced."""
    tree = page_of(replace(rendered, pages=30, is_personal=True))
    text = text_of(by_id(tree, "pages"))
    assert "28 autres pages dans ce fichier." in text
    assert "Ces pages montrent des noms de personnes." in text


HOSTILE = "<script>alert(1)</script>\"'&<img src=x>"


def test_nothing_is_taken_for_markup(project: Project, rendered: RenderedView) -> None:
    """Names of schools, of documents, lines of templates and what stands in the address are text."""
    assert rendered.school is not None
    assert rendered.navigation is not None
    school = replace(rendered.school, name=HOSTILE, town=HOSTILE)
    fault = Fault(
        "M101",
        Place(file=HOSTILE, line=1, source=HOSTILE),
        {"element": HOSTILE, "allowed": HOSTILE, "known": HOSTILE},
    )
    navigation = replace(rendered.navigation, documents=(HOSTILE, HOSTILE))
    changed = replace(rendered, school=school, document=HOSTILE, navigation=navigation, faults=(fault,))
    request = PageRequest(view=View(document=HOSTILE, record=HOSTILE))
    page = render_page(request, changed, HOSTILE, FRENCH)
    tree = parse(page)
    assert len(list(tree.iter("script"))) == 1
    assert len(list(tree.iter("img"))) == 2
    assert text_of(tree.find(".//h1")) == HOSTILE


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", PageRequest()),
        ("zoom=150", PageRequest(view=View(zoom=150), is_fitted=False)),
        ("zoom=7&x=y", PageRequest()),
        ("document=a&record=b&record=c", PageRequest(view=View(document="a", record="b"))),
        (f"record={'x' * 900}", PageRequest(view=View(record="x" * 200))),
    ],
)
def test_what_an_address_asks_for(query: str, expected: PageRequest) -> None:
    """What makes no sense is left out."""
    assert parse_query(query) == expected


@pytest.mark.parametrize("query", ["&".join(f"a{n}=1" for n in range(99)), "record=%ff"])
def test_an_address_that_cannot_be_read(query: str) -> None:
    """It is refused, not guessed at."""
    with pytest.raises(ValueError, match=r"fields|decode"):
        parse_query(query)
