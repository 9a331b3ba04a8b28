"""Texts of pages stand in files of words: a template says them by name, a campaign may put its own in their place."""

import re
import tomllib
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from jinja2 import Environment

from leaflet.faults import TemplateError
from leaflet.files.resources import program_resources
from leaflet.markup.jinja_filters import filters_of
from leaflet.markup.page_words import _DRAWN, _VALUE, SAY, flat_texts, load_page_words, told
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, InputOptions
from leaflet.production.campaign_check import check_campaign
from leaflet.program import assets, templates
from tests.campaigns import campaign_text, write_small_campaign
from tests.support import tables_of

OWN, ENGLISH = tables_of(__file__).values()
SOURCES = {path.relative_to(templates()): path.read_text("utf-8") for path in sorted(templates().rglob("*.xml"))}
WORDS = load_page_words(program_resources())
ROWS = "uai;nom;commune\n0370001A;École A;Tours\n0180005H;École B;Bourges\n0370035M;École C;Tours\n"
_CODE = re.compile(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", re.DOTALL)
_READ = re.compile(r'\b(?:alt|title|label|short|cut|unit|weekday|month|address|button|sender|login)="([^"]*)"')


def test_every_text_is_said_and_what_is_said_is_there() -> None:
    """Some stand on no page of a template: they are put around pages, into values and drawings."""
    others = {name for name in WORDS.texts if name.startswith(("imprint.", "scene.", "sheet."))}
    others |= {"draft.legend", "draft.legend-one", "draft.no-code", "safety.site.somebody"}
    said = {name for source in SOURCES.values() for name in SAY.findall(source)}
    assert said | others | {"address-label.title", "bundle.run"} == WORDS.texts.keys() - {"language"}
    drawn = {text for path in (assets() / "scenes").glob("*.svg") for text in _DRAWN.findall(path.read_text("utf-8"))}
    scenes = {text for name, text in WORDS.texts.items() if name.startswith("scene.")}
    assert {text for text in drawn if "{" not in text} == scenes


def test_english_says_what_french_says() -> None:
    """Each text is there, with the same values in braces; besides, days and hours have their patterns."""
    files = (assets() / "words" / f"{lang}.toml" for lang in ("en", "fr"))
    english, french = (tomllib.loads(file.read_text("utf-8")) for file in files)
    assert english.pop("calendar").keys() >= {"weekdays", "months", "date", "day", "year", "period", "hour"}
    values = [
        {name: told({*_VALUE.findall(text.lower())}) for name, text in flat_texts(one)} for one in (english, french)
    ]
    assert values[0] == values[1]


@pytest.mark.parametrize("path", SOURCES, ids=str)
def test_a_template_has_no_text_of_its_own(path: Path) -> None:
    """Neither between tags, nor in what attributes show or read out, nor printed from quotes; commands are none."""
    bare = _CODE.sub("", SOURCES[path])
    texts = re.sub(r"<[^>]*>|leaflet addresses [^<]*", "", bare) + "".join(_READ.findall(bare))
    assert re.findall(r"[A-Za-zÀ-ÿ]{2,}", texts) == []
    printed = "".join(part for part in _CODE.findall(SOURCES[path]) if part.startswith("{{"))
    quoted = re.findall(r"[\"']([^\"']*)[\"']", re.sub(r"replace\([^)]*\)", "", printed))
    assert [text for text in quoted if re.search(r"[A-ZÀ-ÿ]|[a-z] ", text)] == []


def test_values_are_expressions_of_templates() -> None:
    environment = Environment(autoescape=True)
    environment.filters.update(filters_of((), ""))
    for expression in WORDS.values.values():
        environment.compile_expression(expression)


def text_of(path: Path) -> str:
    with pypdfium2.PdfDocument(path) as pdf:
        return " ".join(" ".join(page.get_textpage().get_text_bounded() for page in pdf).split())


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_campaign_has_a_sentence_of_its_own(tmp_path: Path, jobs: int) -> None:
    """A text of a school comes before one of its area, and that before one for all, with one process or two."""
    path = write_small_campaign(tmp_path, campaign_text() + OWN, ROWS)
    build(BuildOptions(campaign=path, out=tmp_path / "out", jobs=jobs))
    texts = {file.stem[:8]: text_of(file) for file in (tmp_path / "out").rglob("*.pdf")}
    parts = "Un lien & rien d’autre.", "Mon mot de passe à moi", "mon nom"  # bold is left out of an attribute
    assert all(part in text for text in texts.values() for part in parts)
    found = {uai: re.findall(r"Mon nom(?: en Touraine| ici)?", text) for uai, text in texts.items()}
    assert found == {"0370001A": ["Mon nom en Touraine"], "0180005H": ["Mon nom"], "0370035M": ["Mon nom ici"]}
    told = [
        fault for fault in check_campaign(InputOptions(campaign=path, out=tmp_path)).faults if fault.code == "M214"
    ]
    assert [fault.values["known"] for fault in told] == [
        "login.password.title, login.screen.login-example, login.user-name.title, mailbox.hero.link"
    ]


PAGE = """<leaflet title="{% say hello %}"><page><hero><h1>{% say hello %}</h1></hero>
<p>{% say day %}</p></page></leaflet>"""
FRENCH = 'hello = "Bonjour"\nday = "{opens_day}, {opens_hour}"'


def write_all(folder: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")


def test_a_document_in_another_language_says_so(tmp_path: Path) -> None:
    """Its texts, days and hours are those of its file, and so is what the file claims; nothing of French is added."""
    files = {"templates/hello/leaflet.xml": PAGE, "words/fr.toml": FRENCH, "words/en.toml": ENGLISH}
    write_all(tmp_path, files)
    documents = '[[document]]\ntemplate = "hello"\n[[document]]\ntemplate = "hello"\nlang = "en"\n'
    path = write_small_campaign(tmp_path, campaign_text(documents), "".join(ROWS.splitlines(keepends=True)[:2]))
    build(BuildOptions(campaign=path, out=tmp_path / "out"))
    french, english = (next((tmp_path / "out" / name).iterdir()) for name in ("hello", "hello-en"))
    assert "jeudi 29 novembre, 10 h" in text_of(french)
    assert text_of(english) == "Hello: it’s on Thu 29 Nov, 10:00; from 29 Nov to 6 Dec"
    with pikepdf.open(french) as one, pikepdf.open(english) as other:
        assert (str(one.Root.Lang), str(other.Root.Lang)) == ("fr-FR", "en-GB")
        assert "en-GB" in str(other.open_metadata())


def test_texts_that_a_language_lacks_are_told_at_once(tmp_path: Path) -> None:
    """The message names each lacking text once, those of the files that the template includes as well."""
    page = PAGE.replace("</page>", '{% include "hello/" ~ "foot.xml" %}</page>')
    foot = "<p>{% say hello %} {% say foot %}</p>"
    files = {"templates/hello/leaflet.xml": page, "templates/hello/foot.xml": foot, "words/en.toml": 'day = "Day"'}
    write_all(tmp_path, files)
    path = write_small_campaign(tmp_path, campaign_text('[[document]]\ntemplate = "hello"\nlang = "en"\n'), ROWS)
    with pytest.raises(TemplateError) as error:
        build(BuildOptions(campaign=path, out=tmp_path / "out"))
    (fault,) = error.value.faults
    assert (fault.code, fault.values["known"], fault.place.line) == ("M210", "hello, foot", 1)
