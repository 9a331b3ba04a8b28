"""What packages add and cannot be used: a fault that names the package and what is wrong, never a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from leaflet.faults import LANGUAGES, Fault
from leaflet.files.extensions import RESOURCES, RULES, find_added, load
from leaflet.files.resources import find_resources
from leaflet.preflight.judge import Judge
from leaflet.preflight.rule import RuleSet
from leaflet.preflight.rules import RULES as OWN
from leaflet.preflight.rules.rule_list import all_rules
from tests.extending.packages import RULE, installed, write_package
from tests.preflight.samples import CONTEXT, drawn
from tests.support import caught, tables_of


@contextmanager
def adding(folder: Path, code: str, group: str = RULES, name: str = "ours") -> Iterator[None]:
    write_package(folder, "broken", code, {group: {name: "broken:IT"}})
    with installed(folder):
        yield


def only(faults: list[Fault]) -> Fault:
    """The one fault there is, which names the package in both languages and how to go on without it."""
    (fault,) = faults
    for lang in LANGUAGES:
        assert "broken" in fault.reason(lang)
        assert "--no-extensions" in fault.way_out(lang)
    return fault


WRONG, IMPORTS = tables_of(__file__).values()


@pytest.mark.parametrize("what", IMPORTS)
def test_what_cannot_be_imported(tmp_path: Path, what: str) -> None:
    code, problem = IMPORTS[what]
    with adding(tmp_path, code):
        fault = only(caught(all_rules))
    assert (fault.code, fault.place.file, fault.place.field) == ("U140", "broken 1.0", RULES)
    assert problem in str(fault.values["problem"])


@pytest.mark.parametrize("value", ["", "1:2:3", "a b", "broken.nowhere:IT"])
def test_an_entry_point_that_leads_nowhere(tmp_path: Path, value: str) -> None:
    write_package(tmp_path, "broken", "", {RULES: {"ours": value}})
    with installed(tmp_path):
        assert only(caught(all_rules)).code == "U140"


@pytest.mark.parametrize("value", ["", "broken.nowhere", "no_such_package", "..", "__main__", "broken:IT"])
def test_a_folder_that_is_not_there(tmp_path: Path, value: str) -> None:
    write_package(tmp_path, "broken", "", {RESOURCES: {"ours": value}})
    with installed(tmp_path):
        assert only(caught(lambda: find_resources(tmp_path))).code == "U141"


def test_entry_points_that_cannot_be_read(tmp_path: Path) -> None:
    write_package(tmp_path, "broken", "", {})
    (tmp_path / "broken-1.0.dist-info" / "entry_points.txt").write_text("[leaflet.rules]\nours\n", "utf-8")
    with installed(tmp_path):
        fault = only(caught(all_rules))
    assert (fault.code, fault.place.field) == ("U140", "entry_points.txt")


def test_another_type_and_another_version(tmp_path: Path) -> None:
    with adding(tmp_path, "IT = 7"):
        fault = only(caught(all_rules))
    assert fault.code == "U141" and "int" in fault.reason("en") and "RuleSet" in fault.reason("fr")
    for version in ("2", "'1'", "None"):
        with adding(tmp_path / version, RULE.format(check="").replace("api=1", f"api={version}")):
            fault = only(caught(all_rules))
        assert fault.code == "U142" and "version 1" in fault.reason("en")


@pytest.mark.parametrize("what", WRONG)
def test_a_rule_that_is_not_as_it_has_to_be(tmp_path: Path, what: str) -> None:
    """It judges nothing, and nothing else is judged as if all were well."""
    old, new = WRONG[what]
    code = RULE.format(check="")
    assert old in code
    with adding(tmp_path, code.replace(old, new, 1)):
        assert only(caught(all_rules)).code == "U141"


def test_a_code_of_two_packages(tmp_path: Path) -> None:
    for name in ("broken", "other"):
        write_package(tmp_path, name, RULE.format(check=""), {RULES: {"ours": f"{name}:IT"}})
    with installed(tmp_path):
        fault = only(caught(all_rules))
    assert fault.code == "U143"
    assert {"KZZ1", "broken 1.0", "other 1.0"} <= {*map(str, fault.values.values())}
    twice = RULE.format(check="").replace("**rule)]", "**rule)] * 2")
    with adding(tmp_path / "again", twice):
        assert only(caught(all_rules)).code == "U143"


def judged() -> list[Fault]:
    """The faults that the rule of an installed package finds in three blank pages; one of ours finds its own."""
    rules = [rule for rule in all_rules() if rule.package or rule.code == "K005"]
    faults = Judge(CONTEXT, rules=rules).judge_bytes(drawn(lambda canvas: None, pages=3), "a.pdf").faults
    assert "K005" in {fault.code for fault in faults}
    return [fault for fault in faults if fault.code != "K005"]


FAILING = {"it raises": ("raise ValueError(judged.text)", "ValueError, __init__.py:4"),
           "it yields something else": ("yield 3", "int is no Finding"),
           "it yields a fault of ours": ("yield Finding(code='K001')", "Finding is no Finding"),
           "a value is missing": ("yield Finding(values={'number': 1})", "values: count"),
           "it has no values": ("yield Finding(values=None)", "AttributeError, rule_list.py:")}  # fmt: skip


@pytest.mark.parametrize("what", FAILING)
def test_a_rule_that_fails(tmp_path: Path, what: str) -> None:
    """It is one finding, which names the package and nothing that stands on the page; other rules are asked."""
    check, problem = FAILING[what]
    with adding(tmp_path, RULE.format(check=check)):
        (fault,) = judged()
    assert (fault.code, fault.values["rule"], fault.values["package"]) == ("K014", "KZZ1", "broken 1.0")
    assert str(fault.values["problem"]).startswith(problem)
    assert "broken 1.0" in fault.reason("fr") and "--off KZZ1" in fault.way_out("fr")


def test_values_of_any_type(tmp_path: Path) -> None:
    """They are sent to other processes as texts and numbers."""
    with adding(tmp_path, RULE.format(check="yield Finding(values={'count': judged})")):
        first, *_ = judged()
    assert isinstance(first.values["count"], str)
    assert (first.code, first.severity, first.place.page) == ("KZZ1", "note", 1)


def test_nothing_is_loaded_that_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Finding runs no code; where extensions are switched off there is nothing to find."""
    with adding(tmp_path, "1 / 0"):
        (added,) = find_added(RULES)
        assert added.package == "broken 1.0"
        monkeypatch.setenv("LEAFLET_NO_EXTENSIONS", "1")
        assert all_rules() == OWN
        monkeypatch.setenv("LEAFLET_NO_EXTENSIONS", "0")
        assert only(caught(lambda: load(added, RuleSet))).code == "U140"
