"""A replayed template gives what the template itself gives: the same text, or the same fault."""

import re
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leaflet.faults import LeafletError
from leaflet.markup.blanks import blank
from leaflet.markup.render import Renderer
from leaflet.reuse.traced_template import TracedTemplate
from tests.markup.test_render import PAGE, SANDBOX
from tests.support import make_template

SHARED: dict[str, Any] = {
    "area": {"name": "Tours", "site": "https://x.fr/a", "none": blank("a", "academie"), "on": date(2018, 11, 29)},
    "labels": ["un", "deux & trois"],
    "n": 3,
}
AREAS = [SHARED] + [
    {**SHARED, "area": {**SHARED["area"], name: value}}
    for name, value in (
        ("name", "Chinon"),
        ("site", blank("a.site", "academie")),
        ("none", 1),
        ("on", blank("b", "academie")),
    )
]  # each may be read, or not
TEXTS = st.sampled_from(["", "a", "B", "un", "l’école", "<b>&", "a b  c", "deux & trois", "12", "https://x.fr/b"])
VALUES = st.fixed_dictionaries(
    {
        "name": TEXTS,
        "town": TEXTS | st.builds(blank, st.just("school.town"), st.just("campaign")),
        "n": st.integers(-1, 4) | st.booleans() | st.none() | st.floats(0, 2),
        "lines": st.lists(TEXTS, max_size=3) | TEXTS | st.lists(TEXTS, max_size=2).map(tuple),
        "table": st.dictionaries(st.sampled_from(["a", "b"]), TEXTS | st.integers(0, 2), max_size=2),
    }
)

_NAMES = ("s.name", "s.town", "s.n", "s.lines", "s.table.a", "s.table", "s.gone", "s.lines[0]", "s['name']", "x", "y")
_ATOMS = (*_NAMES, "area.name", "area.none", "area.site", "n", "labels", "'a'", "'un <'", "1", "2.5", "none", "true")
_FILTERS = (
    *("upper", "capital", "length", "default('–')", "default('–', true)", "join(', ')", "first", "last", "list"),
    *("sort", "unique", "reverse", "int", "string", "replace('a', s.name)", "trim", "title", "e", "safe", "abs"),
    *(
        *("map('upper')", "select('string')", "reject('none')", "batch(2)", "sum", "min", "address"),
        *("tojson", "truncate(3)"),
    ),
    *("map('default', s.name)", "wordcount", "center(9)", "format(s.name)", "dictsort", "items", "round", "xmlattr"),
)
_TESTS = (
    *("defined", "none", "string", "number", "sequence", "mapping", "eq(s.name)", "in(labels)"),
    *("sameas(true)", "odd"),
)
_CALLS = ("{}.upper()", "{}.split('a')", "m({})", "m(s.name, {})", "range({})", "dict(a={})", "'%s-{{}}'.format({})")
_BINARY = ("+", "-", "~", "==", "!=", "<", ">=", "and", "or", "in", "not in", "%", "//", "*", "**")


def _wider(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.one_of(
        st.builds("({} | {})".format, inner, st.sampled_from(_FILTERS)),
        st.builds("({} is {})".format, inner, st.sampled_from(_TESTS)),
        st.builds("({} {} {})".format, inner, st.sampled_from(_BINARY), inner),
        st.builds(lambda call, value: call.format(value), st.sampled_from(_CALLS), inner),
        st.builds("({} if {} else {})".format, inner, inner, inner),
        st.builds("[{}, {}]".format, inner, inner),
        st.builds("{{'k': {}, {}: 1}}.k".format, inner, inner),
        st.builds("{}[{}:]".format, inner, st.sampled_from(["0", "1", "s.n"])),
        st.builds("{}[{}]".format, inner, inner),
        st.builds("(not {})".format, inner),
        st.builds("(-{})".format, inner),
    )


EXPRESSIONS = st.recursive(st.sampled_from(_ATOMS), _wider, max_leaves=4)


def _around(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    value = EXPRESSIONS
    return st.one_of(
        st.builds("{}{}".format, inner, inner),
        st.builds("{{% if {} %}}{}{{% elif {} %}}{}{{% else %}}f{{% endif %}}".format, value, inner, value, inner),
        st.builds("{{% for x in {} %}}{}{{{{ loop.index }}}}{{% else %}}e{{% endfor %}}".format, value, inner),
        st.builds(
            "{{% for x in {} if {} %}}{}{{% if loop.last %}}l{{% endif %}}{{% endfor %}}".format, value, value, inner
        ),
        st.builds(
            "{{% for x in {} %}}{{{{ loop.changed(x) }}}}{{{{ loop.cycle(1, x) }}}}{{% endfor %}}".format, value
        ),
        st.builds("{{% set x = {} %}}{}".format, value, inner),
        st.builds("{{% set y %}}{}{{% endset %}}{{{{ y }}}}{}".format, inner, inner),
        st.builds("{{% with x = {} %}}{}{{% endwith %}}".format, value, inner),
        st.builds("{{% filter {} %}}{}{{% endfilter %}}".format, st.sampled_from(["upper", "trim", "length"]), inner),
        st.builds("{{% call m({}) %}}{}{{% endcall %}}".format, value, inner),
        st.builds("{{% autoescape false %}}{}{{% endautoescape %}}".format, inner),
        st.builds(
            "{{% set ns = namespace(v={}) %}}{{% set ns.w = {} %}}{{{{ ns.v }}}}{{{{ ns.w }}}}".format, value, value
        ),
        st.builds("{{% include ['t/' ~ {} ~ '.xml', 't/part.xml'] %}}".format, value),
    )


STATEMENTS = st.recursive(st.just("t & ") | EXPRESSIONS.map("{{{{ {} }}}}".format), _around, max_leaves=5)
MACRO = (
    "{% macro m(a, b='b') %}<i>{{ a }}</i>{% if b %}{{ b }}{% endif %}"
    "{% if caller %}{{ caller() }}{% endif %}{% endmacro %}"
)
PART = "{% if s.n %}n{% endif %}{{ s.name }}"

_ADDRESS = re.compile(r" at 0x\w+")  # of an object in memory: differs from run to run


def outcome(action: Callable[[], str]) -> object:
    try:
        return action()
    except LeafletError as error:
        return [(fault.code, fault.place, _ADDRESS.sub("", str(fault.values))) for fault in error.faults]


def check_equal(renderer: Renderer, records: list[dict[str, Any]]) -> None:
    traced = TracedTemplate(renderer)
    for record, shared in product(records, (*AREAS, *AREAS)):
        given = {"s": record}
        plain = outcome(lambda shared=shared, given=given: renderer.render({**shared, **given}))
        assert outcome(lambda shared=shared, given=given: traced.render(shared, given).text) == plain


@given(STATEMENTS, st.lists(VALUES, min_size=2, max_size=5))
def test_a_replay_gives_the_same_text(source: str, records: list[dict[str, Any]]) -> None:
    """Whatever a template does with a record's values, and whatever these are."""
    with TemporaryDirectory() as folder:
        try:
            renderer = make_template(Path(folder), leaflet=MACRO + source, part=PART)
        except Exception:
            return  # Jinja does not compile it, one way or another
        check_equal(renderer, records)


@pytest.mark.parametrize(
    ("read", "texts"), [("{{ area.site }}", 1), ("{{ area.name }}", 2), ("{% set a = area %}{{ a.name }}", 2)]
)
def test_areas_that_read_alike_are_one(tmp_path: Path, read: str, texts: int) -> None:
    """A country has hundreds of areas and some dozens of pages; one is traced, parsed and laid out for all alike."""
    traced = TracedTemplate(make_template(tmp_path, leaflet=read + "{{ s.town }}"))
    stencils = {id(traced.render(shared, {"s": {"town": "Tours"}}).stencil) for shared in AREAS[:2]}
    assert len(stencils) == texts


@pytest.mark.parametrize(("source", "code"), SANDBOX)
def test_traced_values_open_no_sandbox(tmp_path: Path, source: str, code: str) -> None:
    """The sandbox refuses for traced values what it refuses for values."""
    variables = {"x": "<b>&", "items": [1, 2], "table": {"a": 1}, "day": date(2018, 11, 29), "n": 3, "pi": 3.14}
    renderer = make_template(tmp_path, leaflet=PAGE.format(source))
    traced = TracedTemplate(renderer)
    for _ in range(2):
        found = outcome(lambda: traced.render({}, variables).text)
        assert isinstance(found, list)
        assert (found[0][0], found) == (code, outcome(lambda: renderer.render(variables)))
