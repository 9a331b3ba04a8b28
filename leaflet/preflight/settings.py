"""Which rules are asked and how strictly: what a campaign says under ``[check]``.

[check]
off = ["K005"]            # not asked
[check.K001]
severity = "warning"      # in the place of the catalogue's
some_option = 8           # in the place of a rule's usual number
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import get_args

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.faults import Place, Report, Severity
from leaflet.preflight.rule import Options, Rule
from leaflet.text import nearest

_SEVERITIES: tuple[Severity, ...] = get_args(Severity)
_CODES = ("a list of codes between brackets", "une liste de codes entre crochets")
_TABLE = ("a table of its own", "une table à part")
_NUMBER = ("a number that is not below nought, without quotes", "un nombre, positif ou nul, sans guillemets")


class Settings(Struct, frozen=True, kw_only=True):
    """Changes to rules, by code.

    Args:
        off: rules that are not asked.
        options: numbers in the place of a rule's usual ones.
        severity: how severe a fault is, if not as the catalogue says.
    """

    off: frozenset[str] = frozenset()
    options: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    severity: Mapping[str, Severity] = field(default_factory=dict)

    def chosen(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """The rules that are asked, in their order."""
        return tuple(rule for rule in rules if rule.code not in self.off)

    def of(self, rule: Rule) -> Options:
        """A rule's numbers."""
        return {**rule.options, **self.options.get(rule.code, {})}

    def without(self, codes: Iterable[str]) -> "Settings":
        """The same, and these rules are not asked either."""
        return replace(self, off=self.off | frozenset(codes))


def read_settings(
    table: Mapping[str, object], place: Callable[..., Place], report: Report, rules: Sequence[Rule]
) -> Settings:
    """A ``[check]`` table as settings; what is wrong in it is reported, and all else holds.

    Args:
        place: tells the place of a key, by the keys that lead to it.
    """
    reader = _Reader({rule.code: rule for rule in rules}, place, report)
    tables = dict(reader.tables(table))
    return Settings(
        off=frozenset(reader.off(table.get("off", []))),
        options={code: dict(reader.options(code, found)) for code, found in tables.items()},
        severity={code: level for code, found in tables.items() if (level := reader.severity(code, found))},
    )


def read_codes(given: Iterable[str], place: Place, report: Report, rules: Sequence[Rule]) -> frozenset[str]:
    """Codes of rules as people type them; those that do not exist are reported."""
    known = tuple(rule.code for rule in rules)
    codes = frozenset(code.strip().upper() for code in given)
    for code in sorted(codes - {*known}):
        report.add("U043", place, value=code, proposal=nearest(code, known), known=", ".join(known))
    return codes & {*known}


class _Reader(Struct, frozen=True):
    """Reads one table."""

    rules: Mapping[str, Rule]
    place: Callable[..., Place]
    report: Report

    def off(self, value: object) -> Iterator[str]:
        """The codes of rules that are not asked."""
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            self._wrong(("off",), value, _CODES)
            return
        yield from (code for code in value if self._is_rule(code, ("off",)))

    def tables(self, table: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
        """The tables of single rules."""
        for code, value in table.items():
            if code == "off" or not self._is_rule(code, (code,)):
                continue
            if isinstance(value, Mapping):
                yield code, value
            else:
                self._wrong((code,), value, _TABLE)

    def options(self, code: str, table: Mapping[str, object]) -> Iterator[tuple[str, float]]:
        """The numbers of a rule."""
        known = tuple(self.rules[code].options)
        for name, value in table.items():
            if name == "severity":
                continue
            if name not in known:
                keys = (*known, "severity")
                proposal = nearest(name, keys)
                self._add("C194", (code, name), key=name, rule=code, known=", ".join(keys), proposal=proposal)
            elif isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0:
                self._wrong((code, name), value, _NUMBER)
            else:
                yield name, float(value)

    def severity(self, code: str, table: Mapping[str, object]) -> Severity | None:
        """How severe a rule's faults are; None if the campaign does not say."""
        value = table.get("severity")
        if value in _SEVERITIES:
            return value
        if value is not None:
            self._add("C196", (code, "severity"), value=value, known=", ".join(_SEVERITIES))
        return None

    def _is_rule(self, code: str, where: tuple[str, ...]) -> bool:
        if code not in self.rules:
            known = tuple(self.rules)
            self._add("C193", where, value=code, proposal=nearest(code, known), known=", ".join(known))
        return code in self.rules

    def _wrong(self, where: tuple[str, ...], value: object, expected: tuple[str, str]) -> None:
        self._add("C195", where, value=value, expected_en=expected[0], expected_fr=expected[1])

    def _add(self, fault: str, where: tuple[str, ...], **values: object) -> None:
        self.report.add(fault, self.place(*where), **values)
