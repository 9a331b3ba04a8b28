"""Write a verdict as JUnit XML, which CI servers show: a suite for each file, a case for each family of rules.

A family with errors is a failed case; its warnings and notes are the output of the case.
"""

from collections.abc import Sequence
from itertools import chain
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from leaflet.faults import Fault, Lang
from leaflet.preflight.formats.fault_text import find_family, format_message, format_path, format_place, list_families
from leaflet.preflight.verdict import Verdict


def to_junit(verdict: Verdict, lang: Lang) -> str:
    """Write the XML text, with its declaration."""
    root = Element("testsuites", name="leaflet check")
    for campaign in verdict.campaigns:
        _suite(root, campaign.path.as_posix(), ("campaign",), campaign.faults, 0.0, lang)
    for file in chain(verdict.outputs, verdict.files):
        _suite(root, file.name, list_families(), file.faults, file.seconds, lang, verdict.packages)
    for name in ("tests", "failures"):
        root.set(name, str(sum(int(suite.get(name, "0")) for suite in root)))
    indent(root, " ")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{tostring(root, encoding="unicode")}\n'


def _suite(
    root: Element,
    name: str,
    cases: Sequence[str],
    faults: Sequence[Fault],
    seconds: float,
    lang: Lang,
    packages: Sequence[str] = (),
) -> None:
    by_family: dict[str, list[Fault]] = {family: [] for family in cases}
    for fault in faults:
        by_family.setdefault(find_family(fault.code), []).append(fault)
    suite = SubElement(root, "testsuite", name=format_path(name), time=f"{seconds:.6f}")
    if packages:
        SubElement(SubElement(suite, "properties"), "property", name="packages", value=", ".join(packages))
    failed = [_case(suite, format_path(name), family, found, lang) for family, found in by_family.items()]
    suite.set("tests", str(len(failed)))
    suite.set("failures", str(sum(failed)))


def _case(suite: Element, name: str, family: str, faults: Sequence[Fault], lang: Lang) -> bool:
    """Add a case, and return whether it failed."""
    case = SubElement(suite, "testcase", classname=name, name=family)
    errors = [fault for fault in faults if fault.severity == "error"]
    others = [fault for fault in faults if fault.severity != "error"]
    if errors:
        failure = SubElement(case, "failure", type=errors[0].code, message=format_message(errors[0], lang))
        failure.text = _lines(errors, lang)
    if others:
        SubElement(case, "system-out").text = _lines(others, lang)
    return bool(errors)


def _lines(faults: Sequence[Fault], lang: Lang) -> str:
    return "\n".join(f"{fault.code} {format_place(fault, lang)}: {format_message(fault, lang)}" for fault in faults)
