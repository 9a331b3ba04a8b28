"""Read what a campaign says about the check of its files: its own addresses, and its ``[check]`` table.

[check]
off = ["K005"]            # this rule is not applied
[check.K001]
severity = "warning"      # replaces the severity of the catalogue
some_option = 8           # replaces the usual number of the rule
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import partial
from math import isfinite
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.campaign import load_academies, load_addresses, load_campaign
from leaflet.faults import SEVERITIES, LeafletError, Place, Report, Severity
from leaflet.files.extensions import RULES, find_added, missing_libraries
from leaflet.files.words import in_both
from leaflet.preflight.rule import OF_PACKAGES, RETIRED, Context, Options, Rule
from leaflet.text import nearest


class RuleSettings(Struct, frozen=True, kw_only=True):
    """The changes of a campaign to the rules, by code."""

    off: frozenset[str] = frozenset()  # rules that are not applied
    options: Mapping[str, Mapping[str, float]] = field(default_factory=dict)  # that replace usual ones
    severity: Mapping[str, Severity] = field(default_factory=dict)  # severities that replace those of the catalogue

    def chosen(self, rules: Iterable[Rule]) -> tuple[Rule, ...]:
        """Return the rules that are applied, in their order."""
        return tuple(rule for rule in rules if rule.code not in self.off)

    def of(self, rule: Rule) -> Options:
        """Return the numbers of a rule."""
        return {**rule.options, **self.options.get(rule.code, {})}

    def packages(self) -> tuple[str, ...]:
        """Return name and release of the packages that add rules which are applied."""
        if not find_added(RULES):
            return ()
        from leaflet.preflight.rules.rule_list import all_rules

        return tuple(dict.fromkeys(rule.package for rule in self.chosen(all_rules()) if rule.package))


def load_context(campaign: Path | None, day: date, report: Report) -> tuple[Context, RuleSettings]:
    """Load the context of a campaign's files, and its changes to rules; without one, that of files of none.

    A faulty campaign gives what can be read of it, so that its files are judged all the same. Its faults are not
    reported here: the check of the campaign itself reports them. `report` gets the faults of the ``[check]`` table,
    which is read where files can be judged.
    """
    context, settings = Context(day=day, domains=load_academies().domains), RuleSettings()
    if campaign is None:
        return context, settings
    try:
        loaded = load_campaign(campaign, Report())
    except LeafletError:
        return context, settings
    if loaded.check and not missing_libraries():  # no file is judged without them
        from leaflet.preflight.rules.rule_list import all_rules

        settings = read_settings(loaded.check, partial(loaded.place, "check"), report, all_rules())
    return replace(context, addresses=load_addresses(campaign), campaign=loaded), settings


def read_settings(
    table: Mapping[str, object], place: Callable[..., Place], report: Report, rules: Sequence[Rule]
) -> RuleSettings:
    """Read the settings of a ``[check]`` table; faulty entries are reported and left out.

    The place of a key is returned by `place`, given the keys that lead to it; `rules` are all that there are.
    """
    reader = _SettingsReader({rule.code: rule for rule in rules}, place, report)
    tables = dict(reader.tables(table))
    return RuleSettings(
        off=frozenset(reader.off(table.get("off", []))),
        options={code: dict(reader.options(code, found)) for code, found in tables.items()},
        severity={code: level for code, found in tables.items() if (level := reader.severity(code, found))},
    )


def read_codes(given: Iterable[str], place: Place, report: Report, rules: Sequence[Rule]) -> frozenset[str]:
    """Read codes of rules as people type them; those that have never existed are reported."""
    known = tuple(rule.code for rule in rules)
    codes = frozenset(code.strip().upper() for code in given)
    for code in sorted(codes - {*known} - RETIRED):
        report.add("U043", place, value=code, proposal=nearest(code, known))
    return codes & {*known}


class _SettingsReader(Struct, frozen=True):
    """Reads one ``[check]`` table."""

    rules: Mapping[str, Rule]
    place: Callable[..., Place]
    report: Report

    def off(self, value: object) -> Iterator[str]:
        """Yield the codes of the rules that are switched off."""
        if not isinstance(value, list) or not all(isinstance(code, str) for code in value):
            self._wrong(("off",), value, "setting_codes")
            return
        yield from (code for code in value if self._is_rule(code, ("off",)))

    def tables(self, table: Mapping[str, object]) -> Iterator[tuple[str, Mapping[str, object]]]:
        """Yield each rule's own table with its code."""
        for code, value in table.items():
            if code == "off" or not self._is_rule(code, (code,)):
                continue
            if isinstance(value, Mapping):
                yield code, value
            else:
                self._wrong((code,), value, "setting_table")

    def options(self, code: str, table: Mapping[str, object]) -> Iterator[tuple[str, float]]:
        """Yield the changed numbers of a rule by name."""
        known = tuple(self.rules[code].options)
        for name, value in table.items():
            if name == "severity":
                continue
            if name not in known:
                keys = (*known, "severity")
                proposal = nearest(name, keys)
                self._add("C194", (code, name), key=name, rule=code, known=", ".join(keys), proposal=proposal)
            elif isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0:
                self._wrong((code, name), value, "setting_number")
            else:
                yield name, float(value)

    def severity(self, code: str, table: Mapping[str, object]) -> Severity | None:
        """Return the changed severity of a rule; None if the campaign does not change it."""
        value = table.get("severity")
        if value in SEVERITIES:
            return value
        if value is not None:
            self._add("C196", (code, "severity"), value=value, known=", ".join(SEVERITIES))
        return None

    def _is_rule(self, code: str, where: tuple[str, ...]) -> bool:
        if code not in self.rules and OF_PACKAGES.fullmatch(code):
            self._add("C197", where, value=code)
        elif code in RETIRED:
            self._add("C198", where, value=code)
        elif code not in self.rules:
            self._add("C193", where, value=code, proposal=nearest(code, tuple(self.rules)))
        return code in self.rules

    def _wrong(self, where: tuple[str, ...], value: object, key: str) -> None:
        self._add("C195", where, value=value, **in_both("expected", key))

    def _add(self, fault: str, where: tuple[str, ...], **values: object) -> None:
        self.report.add(fault, self.place(*where), **values)
