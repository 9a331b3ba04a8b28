"""The schema of the markup takes every template of the program, and refuses what the program refuses."""

import re
from pathlib import Path

import pytest
from lxml import etree

from leaflet.faults import LANGUAGES, LeafletError
from leaflet.markup.flow import parse_flow
from leaflet.markup.render import OF_PRINT_RUNS, load_renderer
from leaflet.markup.vocabulary import WORDS
from leaflet.records import FILTERS
from leaflet.resources import program_resources, templates
from leaflet.schema import markup_schema
from leaflet.schema.texts import load_texts
from tests.support import EXAMPLE, context, make_template, parse_all

FILES = sorted([*templates().rglob("*.xml"), *EXAMPLE.parent.glob("*/templates/**/*.xml")])
# Files whose tags stand in branches: without Jinja they are no XML, and no editor of XML can follow them.
IN_BRANCHES = {"create-password.xml", "password-line.xml", "trouble.xml"}
NAMES = [name for name in program_resources().names("templates") if name not in OF_PRINT_RUNS]
LINE = re.compile(r' at="[^"]*"')
PAGE = '<leaflet title="T"><page>{}</page></leaflet>'
WRONG = [
    "<heros/>",
    "<li>Loose</li>",
    "<p><h2>In a paragraph</h2></p>",
    '<p class="big">Big</p>',
    '<p colour="red">Red</p>',
    '<p spare="9">Spared</p>',
    '<p pages="two">Two</p>',
    '<qr href="https://exemple.gouv.fr/" title="T">x</qr>',
    "<main><p>Alone</p></main>",
    "<tiles><p>No tile</p></tiles>",
    '<steps><step number="1"><strong>Bold</strong></step></steps>',
    "<hero><footer><p>Foot</p></footer></hero>",
]


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    """The schema, as a judge of others reads it."""
    return etree.XMLSchema(etree.fromstring(markup_schema("fr").encode()))


def without_jinja(source: str) -> str:
    """A template as an editor would see it that knows Jinja's marks: all branches stand one after the other."""
    source = re.sub(
        r'(="[^"<>{]*)\{[%{].*?[%}]\}[^"<>]*?(?=")', r"\1{{x}}", re.sub(r"\{#.*?#\}", "", source, flags=re.DOTALL)
    )
    return re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", "{{x}}", source, flags=re.DOTALL), flags=re.DOTALL)


@pytest.mark.parametrize("path", [path for path in FILES if path.name not in IN_BRANCHES], ids=lambda path: path.stem)
def test_templates_are_valid(schema: etree.XMLSchema, path: Path) -> None:
    """Each file as it is written, whatever it is included in."""
    run = etree.fromstring(f"<run>{without_jinja(path.read_text('utf-8'))}</run>".encode())
    for part in run.iterchildren(etree.Element):
        part.tail = None
        assert schema.validate(etree.fromstring(etree.tostring(part))), schema.error_log


@pytest.mark.parametrize("name", NAMES)
def test_leaflets_are_valid(schema: etree.XMLSchema, name: str) -> None:
    """What each template becomes for a school."""
    markup = load_renderer(program_resources(), name, FILTERS).render(context())
    assert schema.validate(etree.fromstring(LINE.sub("", markup).strip())), schema.error_log


@pytest.mark.parametrize("content", WRONG)
def test_what_the_program_refuses_the_schema_refuses(schema: etree.XMLSchema, tmp_path: Path, content: str) -> None:
    """A word, an attribute or a value that is none, or one that cannot stand there."""
    with pytest.raises(LeafletError) as caught:
        parse_all(make_template(tmp_path, leaflet=PAGE.format(content)).render(context()))
    assert caught.value.faults[0].code in ("M101", "M102", "M103", "M104", "M106", "M107")
    assert not schema.validate(etree.fromstring(PAGE.format(content)))


def test_what_jinja_fills_is_let_through(schema: etree.XMLSchema) -> None:
    """Words of Jinja in text, and in an attribute that takes one of a few words."""
    content = '{% if x %}<p class="{{ kind }}" pages="{% if y %}flow{% endif %}">{{ x }}</p>{% endif %}'
    assert schema.validate(etree.fromstring(PAGE.format(content))), schema.error_log


def test_a_template_may_name_its_schema(tmp_path: Path) -> None:
    """A line for editors of XML is not printed, and moves no line."""
    head = '<?xml-model href="../../.leaflet/template.xsd" schematypens="http://www.w3.org/2001/XMLSchema"?>\n'
    renderer = make_template(tmp_path, leaflet=head + PAGE.format("<p>Text</p>"))
    rendered = renderer.render(context())
    assert "<?" not in rendered and 'at="t/leaflet.xml:2"' in rendered
    assert parse_flow(rendered).tag == "leaflet"


def test_every_word_and_attribute_is_described_in_both_languages() -> None:
    """Without the marks of the manual."""
    english, french = (etree.fromstring(markup_schema(lang).encode()) for lang in LANGUAGES)
    texts = [["".join(found.itertext()) for found in tree.iter("{*}documentation")] for tree in (english, french)]
    assert len(texts[0]) == len(texts[1]) > len(WORDS)
    assert all(ours != theirs for ours, theirs in zip(*texts, strict=True))
    assert not any("`" in text or "](" in text for text in (*texts[0], *texts[1]))
    assert load_texts()["words"].keys() == WORDS.keys()
    used = {attribute for word in WORDS.values() for attribute in word.attributes}
    assert load_texts()["attributes"].keys() == used
