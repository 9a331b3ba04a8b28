"""Templates are filled strictly and in a sandbox, and every failure names the template's file, line and text."""

import re
import sys
from datetime import date
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment

from leaflet.files.resources import program_resources
from leaflet.markup import render
from leaflet.markup.flow import parse_flow
from leaflet.markup.render import Renderer, find_secret_line, load_renderer
from leaflet.program import templates
from leaflet.reuse.traced_template import TracedSandbox, TracedTemplate
from tests.markup import SOURCES
from tests.support import context, fault_of, make_template, only, parse_all

PAGE = '<leaflet title="T">\n<page>\n<p>avant</p>\n<p>{}</p>\n</page>\n</leaflet>'  # what is tested stands in line 4


def make(folder: Path, source: str) -> Renderer:
    return make_template(folder, leaflet=PAGE.format(source))


def values() -> dict[str, Any]:
    return {"x": "<b>&", "items": [1, 2], "table": {"a": 1}, "day": date(2018, 11, 29), "n": 3, "pi": 3.14}


SANDBOX = [(source, code) for code, sources in SOURCES["attacks"].items() for source in sources]


@pytest.mark.parametrize(("source", "code"), SANDBOX)
def test_the_sandbox_holds(tmp_path: Path, source: str, code: str) -> None:
    """Attempts to leave the template are refused with the line they stand in, and change nothing."""
    given = values()
    fault = fault_of(lambda: make(tmp_path, source).render(given))
    assert (fault.code, fault.place.file, fault.place.line) == (code, "t/leaflet.xml", 4)
    assert fault.place.source == f"<p>{source}</p>"
    assert given == values()


def test_formats_and_chance(tmp_path: Path) -> None:
    """The same record gives the same markup; what formats are for goes on working."""
    for number, source in enumerate(("{{ lipsum() }}", "{{ items|random }}")):
        fault = fault_of(lambda n=number, s=source: make(tmp_path / str(n), s).render(values()))
        assert fault.code in ("M002", "M201")
    source = "{{ '%(a)s' % {'a': 'a'} }}{{ '%.1f' % pi }}{{ '{:.1f}'.format(pi) }}{{ n ~ x }}{{ items|join('-') }}"
    assert "a3.13.13&lt;b&gt;&amp;1-2" in make(tmp_path, source).render(values())


FAULTY = SOURCES["faulty"]


@pytest.mark.parametrize(("source", "code", "named"), FAULTY)
def test_a_template_fault_names_line_and_source(tmp_path: Path, source: str, code: str, named: str) -> None:
    """A misspelt name, a value that is no text, a syntax error: each with file, line and the line itself."""
    fault = fault_of(lambda: make(tmp_path, source).render(values()))
    assert (fault.code, fault.place.file) == (code, "t/leaflet.xml") and fault.place.line is not None
    assert named in fault.reason("en")
    if source != "{{ x":  # an open expression is noticed where the next one would end
        assert (fault.place.line, fault.place.source) == (4, f"<p>{source}</p>")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ school.salle }}", "“school” has no value “salle”."),
        ("{{ school.twon }}", "“school” has no value “twon”."),
        ("{{ election.vote.day }}", "“election.vote” has no value “day”."),
        ("{% for one in election.ballots %}{{ one.nam }}{% endfor %}", "“…” has no value “nam”."),
    ],
)
def test_a_missing_value_names_the_table_and_what_it_has(tmp_path: Path, source: str, said: str) -> None:
    """The message says how a column of the list is printed, and never what Python calls things."""
    election = {"vote": {"opens_on": 1, "closes_on": 2}, "ballots": [{"name": "x"}]}
    given = {"school": {"name": "Lycée", "town": "Tours"}, "election": election}
    fault = fault_of(lambda: make(tmp_path, source).render(given))
    assert (fault.code, fault.reason("en")) == ("M209", said)
    assert ('print = ["salle"]' in fault.way_out("en")) == ("school.salle" in source)
    assert ("Did you mean “town”?" in fault.way_out("en")) == ("twon" in source)
    assert not re.search("object|dict", fault.way_out("en") + fault.reason("en"))


def test_lines_of_faults(tmp_path: Path) -> None:
    """A fault names the included file it is in; comments and expressions of several lines shift no number."""
    whole = '<leaflet title="T"><page>\n{% include "t/part.xml" %}\n</page></leaflet>'
    template = make_template(tmp_path, leaflet=whole, part="<p>\n{{ nope }}</p>")
    fault = fault_of(lambda: template.render({}))
    assert (fault.place.file, fault.place.line, fault.place.source) == ("t/part.xml", 2, "{{ nope }}</p>")
    head = '<leaflet title="T">{# a\nb #}\n<!-- <p>\n -->\n{{ "x"\n if 0 else ""}}'
    template = make_template(tmp_path, leaflet=f"{head}<page>\n<p>y</p>\n<foo/></page></leaflet>")
    fault = fault_of(lambda: parse_all(template.render({})))
    assert (fault.code, fault.place.line) == ("M101", 8)


def test_a_schema_and_the_shared_folder(tmp_path: Path) -> None:
    """A line for editors of XML is not printed, and moves no line: older copies begin with one."""
    head = '<?xml-model href="../../.leaflet/template.xsd" schematypens="http://www.w3.org/2001/XMLSchema"?>\n'
    page = '<leaflet title="T"><page><p>Text</p></page></leaflet>'
    rendered = make_template(tmp_path, leaflet=head + page).render(context())
    assert "<?" not in rendered and 'at="t/leaflet.xml:2"' in rendered
    assert parse_flow(rendered).tag == "leaflet"
    (tmp_path / "templates" / "_shared").mkdir(parents=True)
    (tmp_path / "templates" / "_shared" / "foot.xml").write_text("<p>pied</p>", "utf-8")
    template = make_template(
        tmp_path, leaflet='<leaflet title="T"><page>{% include "_shared/foot.xml" %}</page></leaflet>'
    )
    assert [piece.text for piece in parse_all(template.render({}))] == ["pied"]
    assert set(template.files) == {"_shared/foot.xml", "t/leaflet.xml"}


def test_a_template_is_its_files_as_they_were_read(tmp_path: Path) -> None:
    """The lock file that Emacs lays there leads nowhere, and what changes later changes nothing."""
    make(tmp_path, "x")
    (tmp_path / "templates" / "t" / ".#leaflet.xml").symlink_to("nobody@nowhere.1234")
    assert set(load_renderer(only(tmp_path), "t").files) == {"t/leaflet.xml"}
    make_template(tmp_path, leaflet=PAGE.format('{% include "t/a.xml" %}'), a="un")
    template = load_renderer(only(tmp_path), "t")
    (tmp_path / "templates" / "t" / "a.xml").write_text("deux", "utf-8")
    assert "un" in template.render({}) and "deux" not in template.render({})


def count_compiled(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that gets the name of each file that is compiled."""
    names: list[str] = []
    compile_ = Environment.compile

    def count(environment: Environment, source: str, name: str, *rest: Any, **values: Any) -> Any:
        names.append(name)
        return compile_(environment, source, name, *rest, **values)

    monkeypatch.setattr(Environment, "compile", count)
    return names


def test_a_file_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a change only what has changed is compiled again, and what it says is printed."""
    make_template(tmp_path, leaflet=PAGE.format('{% include "t/a.xml" %}{% include "t/b.xml" %}'), a="une", b="deux")
    names = count_compiled(monkeypatch)
    for text in ("deux", "deux", "trois"):
        (tmp_path / "templates" / "t" / "b.xml").write_text(text, "utf-8")
        assert f"une{text}" in load_renderer(only(tmp_path), "t").render({})
    assert names == ["t/leaflet.xml", "t/a.xml", "t/b.xml", "t/b.xml"]


def test_what_the_program_compiled_of_its_own_is_there_at_the_next_start(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It stays beside Python's own code; what was damaged there is compiled again."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    (folder := Path(cache_from_source(render.__file__)).parent).mkdir(parents=True)
    names = count_compiled(monkeypatch)
    for damaged_by, times in ((0, 1), (1, 1), (0, 2), (0, 2)):
        render._compiled.cache_clear()
        load_renderer(program_resources(), "packing-list")
        assert names == ["packing-list/leaflet.xml"] * times
        (kept,) = folder.iterdir()
        kept.write_bytes(kept.read_bytes()[: -damaged_by or None])
    render._compiled.cache_clear()


def test_what_no_record_comes_to_is_not_compiled(tmp_path: Path) -> None:
    """A mistake in a file is told, with its line, when a record comes there, and to nobody else."""
    make_template(tmp_path, leaflet=PAGE.format('{% if x %}{% include "t/a.xml" %}{% endif %}'), a="un\n{% if %}")
    template = load_renderer(only(tmp_path), "t", sandbox=TracedSandbox)
    assert "un" not in template.render({"x": ""})
    for give in (template.render, lambda own: TracedTemplate(template).render({}, own)):
        fault = fault_of(lambda give=give: give({"x": "x"}))
        assert (fault.code, fault.place.file, fault.place.line, fault.place.source) == (
            "M002", "t/a.xml", 2, "{% if %}",
        )  # fmt: skip


@pytest.mark.parametrize("source", SOURCES["values_as_text"])
@pytest.mark.parametrize("value", [{"a": "b"}, ["a"], ("a", "b"), None, True], ids=repr)
def test_nothing_is_written_as_python_has_it(tmp_path: Path, source: str, value: object) -> None:
    """A table, a list or nothing at all is no text, whatever makes one of it; nor where a trace is replayed."""
    template = make(tmp_path, source)
    assert fault_of(lambda: template.render({"x": value})).code == "M204"
    traced = TracedTemplate(template)
    shared: dict[str, Any] = {}
    assert "un" in traced.render(shared, {"x": "un"}).text.lower()
    assert fault_of(lambda: traced.render(shared, {"x": value})).code == "M204"


@pytest.mark.parametrize("source", SOURCES["constants_as_text"])
def test_no_constant_is_written_as_python_has_it(tmp_path: Path, source: str) -> None:
    """What is known when a template is compiled is judged like all else."""
    assert fault_of(lambda: make(tmp_path, source).render({})).code == "M204"


def test_our_own_templates_hold_no_secret() -> None:
    found = [find_secret_line(path.read_text("utf-8")) for path in templates().rglob("*.xml")]
    assert len(found) > 50 and not any(found)  # so nobody looks when the program starts
