"""Templates that would never end, or fill the memory, are refused with their line; others do not notice."""

from pathlib import Path

import pytest

from leaflet.faults import LeafletError
from leaflet.markup.sandbox import MOST_MARKUP
from leaflet.reuse.traced_template import TracedTemplate
from tests.support import fault_of, make_template, tables_of

TABLES = tables_of(__file__)
DOUBLED = "{% set x = 'abcdefgh' %}" + "{% set x = x ~ x %}" * 40
PAYLOADS: dict[str, str] = {
    **TABLES["payloads"],
    "outputs in a loop": "{% for a in range(2000) %}" + "{% if true %}x{% endif %}" * 2000 + "{% endfor %}",
    "text in a loop": "{% for a in range(2000) %}" + "abcdefgh\n" * 5000 + "{% endfor %}",
    "doubled text": DOUBLED,
    "doubled in a set": "{% set x = 'abcdefgh' %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 40 + "{{ x }}",
    "doubled by plus": "{% set x = 'abcdefgh' %}" + "{% set x = x + x %}" * 40,
    "doubled by replace": "{% set x = 'aaaaaaaa' %}" + "{% set x = x|replace('a', 'aa') %}" * 40,
    "doubled list": "{% set x = [1] %}" + "{% set x = x + x %}" * 60,
    "nested list": "{% set x = [1] %}" + "{% set x = [x, x] %}" * 60 + "{{ x|string }}",
    "nested table": "{% set x = {'a': 1} %}" + "{% set x = {'a': x, 'b': x} %}" * 60 + "{{ x|string }}",
    "compared lists": "{% set x = [1] %}{% set y = [1] %}"
    + "{% set x = [x, x] %}{% set y = [y, y] %}" * 60
    + "{{ 1 if x == y }}",
    "a text replaced by a text": "{% set x = 'aaaaaaaa' %}"
    + "{% set x = x ~ x %}" * 10
    + "{{ x|replace('', x)|replace('', x) }}",
    "a huge number": "{{ " + "9" * 4900 + " }}",
    "parentheses": "{{ " + "(" * 2000 + "1" + ")" * 2000 + " }}",
    "many loops": "{% for a in [1] %}" * 30 + "{% endfor %}" * 30,
    "unclosed comments": "<!--\n" * 15_000,
    "unclosed values": "{{\n" * 30_000,
    "a page of paragraphs": "{% for a in range(2400) %}<p>" + "mot " * 40 + "</p>{% endfor %}",
}


@pytest.mark.parametrize("what", PAYLOADS)
def test_a_hostile_template_is_refused(tmp_path: Path, what: str) -> None:
    """When it is compiled or when it is filled, with a fault that names the file and the line."""

    def fill() -> None:
        template = make_template(tmp_path, leaflet="\n" + PAYLOADS[what])
        TracedTemplate(template).render({"shared": "x"}, {"name": "Lycée"})

    fault = fault_of(fill)
    assert (fault.code[0], fault.place.file) == ("M", "t/leaflet.xml") and fault.place.line is not None
    assert fault.place.line >= 1
    assert fault.place.line == 2 or what not in ("parentheses", "many loops", "a huge number")


@pytest.mark.parametrize(
    "source",
    [
        *TABLES["of_records"],
        "{% set x = name %}" + "{% set x = x ~ x %}" * 30,
        "{% set x = name %}" + "{% set x %}{{ x }}{{ x }}{% endset %}" * 30 + "{{ x }}",
    ],
)
def test_values_of_records_are_no_way_around_it(tmp_path: Path, source: str) -> None:
    """Nor are traced values."""
    template = TracedTemplate(make_template(tmp_path, leaflet=source))
    assert fault_of(lambda: template.render({}, {"name": "Lycée"})).code[0] == "M"


def test_each_record_has_all_of_the_budget(tmp_path: Path) -> None:
    """Traced, replayed, or run plainly; and a page up to the bound is written."""
    template = make_template(tmp_path, leaflet="{% for a in range(1000) %}{{ name|upper }}{% endfor %}")
    traced = TracedTemplate(template)
    for number in range(30):
        record = {"name": f"n{number}"}
        assert traced.render({}, record).text == template.render(record) == f"N{number}" * 1000
    text = "mot\n" * 1000
    source = "{% for a in range(" + str(MOST_MARKUP // len(text)) + ") %}" + text + "{% endfor %}"
    assert len(make_template(tmp_path, leaflet=source).render({})) <= MOST_MARKUP
    more = "{% for a in range(" + str(MOST_MARKUP // len(text) + 1) + ") %}" + text + "{% endfor %}"
    with pytest.raises(LeafletError):
        make_template(tmp_path, leaflet=more).render({})
