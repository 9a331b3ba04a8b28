"""Which rules are asked and how strictly: what a campaign says under ``[check]``."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from leaflet.faults import Severity
from leaflet.review.rule import Options, Rule


@dataclass(frozen=True, kw_only=True, slots=True)
class Settings:
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
