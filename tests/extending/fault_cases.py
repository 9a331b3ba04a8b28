"""For each fault code of what packages add, one way to cause it."""

from collections.abc import Callable
from pathlib import Path

from leaflet.faults import Fault, Report
from leaflet.files.extensions import RULES, Extension, find_added, load
from leaflet.files.resources import find_resources
from leaflet.preflight.judge import Judge
from leaflet.preflight.rule_settings import read_settings
from leaflet.preflight.rules import RULES as OWN
from leaflet.preflight.rules.rule_list import all_rules
from tests.extending.packages import RULE, installed, write_package
from tests.preflight import cases_file
from tests.preflight.fault_cases import settings_place
from tests.preflight.samples import CONTEXT, drawn
from tests.support import caught

Case = Callable[[Path], list[Fault]]
MADE = "from leaflet.files.extensions import Extension\nIT = Extension(api={})\n"


def loaded(code: str) -> Case:
    """A case from loading what a package of this code adds."""

    def case(folder: Path) -> list[Fault]:
        write_package(folder, "broken", code, {RULES: {"ours": "broken:IT"}})
        with installed(folder):
            (added,) = find_added(RULES)
            return caught(lambda: load(added, Extension))

    return case


def no_folder(folder: Path) -> list[Fault]:
    """A package without the folder of resources that it names."""
    write_package(folder, "broken", "", {"leaflet.resources": {"broken": "broken.resources"}})
    with installed(folder):
        return caught(lambda: find_resources(folder))


def twice(folder: Path) -> list[Fault]:
    for name in ("one", "other"):
        write_package(folder, name, RULE.format(check=""), {RULES: {"ours": f"{name}:IT"}})
    with installed(folder):
        return caught(all_rules)


def a_rule_that_fails(folder: Path) -> list[Fault]:
    """A sound file, judged by a rule that divides by nought."""
    write_package(folder, "broken", RULE.format(check="1 / 0"), {RULES: {"ours": "broken:IT"}})
    with installed(folder):
        judge = Judge(CONTEXT, rules=[rule for rule in all_rules() if rule.package])
        return list(judge.judge_bytes(drawn(cases_file.text), "a.pdf").faults)


def rule_of_nobody(_folder: Path) -> list[Fault]:
    """A setting of a rule that no installed package has."""
    report = Report()
    read_settings({"off": ["KZZ1"]}, settings_place, report, OWN)
    return list(report)


CASES: dict[str, Case] = {"U140": loaded("1 / 0"), "U141": no_folder, "U142": loaded(MADE.format(2)), "U143": twice,
                          "K014": a_rule_that_fails, "C197": rule_of_nobody}  # fmt: skip
