"""List all rules: those of the program, then those of packages, which are checked before they judge anything.

A rule of a package may come upon files that its authors have never seen. So it is guarded: an error that it raises
becomes a finding (K014), which names the package, and what it finds is taken over only if its message can be filled.
"""

import re
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from math import isfinite
from typing import Any, get_args

from msgspec.structs import replace

from leaflet.faults import LANGUAGES, Message, Severity, place_of_error
from leaflet.files.extensions import RULES as GROUP
from leaflet.files.extensions import Added, find_added, load
from leaflet.files.words import in_both
from leaflet.preflight.rule import FAILED, OF_PACKAGES, Context, Finding, Options, Rule, RuleSet
from leaflet.preflight.rules import RULES

_FAMILY = re.compile(r"[a-z][a-z-]*")
_TEXT = re.compile(r".*\S.*")
_OPTION = re.compile(r"[a-z][a-z0-9_]*")
_MEANT = "did_you_mean"  # a placeholder that is filled from the value `proposal`, or by nothing
_Check = Callable[[Any, Context, Options], Iterator[Finding]]


class _NoFindingError(Exception):
    """A finding that cannot be shown; its text says why."""


def all_rules() -> tuple[Rule, ...]:
    """Return all rules in the order in which they are applied.

    Raises:
        UsageError: what a package adds cannot be loaded, or is not as it has to be (U140 to U143).
    """
    return (*RULES, *_rules_of_packages(tuple(find_added(GROUP))))


@lru_cache(maxsize=1)
def _rules_of_packages(points: Sequence[Added]) -> tuple[Rule, ...]:
    """Load the rules of packages, each guarded."""
    owners: dict[str, Added] = {}
    rules = []
    for added in points:
        found = load(added, RuleSet).rules
        for rule in found if isinstance(found, tuple | list) else (found,):
            if wrong := _what_is_wrong(rule):
                raise added.refused("U141", **wrong)
            if rule.code in owners:
                raise added._replace(name=rule.code).refused("U143", other=owners[rule.code].package)
            owners[rule.code] = added
            bare = replace(rule, package=added.package, sees="file")  # no part of `API`
            rules.append(_guarded(bare))
    return tuple(rules)


def _what_is_wrong(rule: object) -> dict[str, str] | None:
    """Return what is wrong with a rule, in both languages; None if it can be used."""
    if not isinstance(rule, Rule):
        return in_both("why", "rule_of_other_type", value=repr(rule))
    if not _is_like(OF_PACKAGES, rule.code):
        return in_both("why", "rule_of_other_code", value=repr(rule.code))
    checks = [check for check in (rule.page, rule.file, rule.output) if check is not None]
    parts = {
        "family": _is_like(_FAMILY, rule.family),
        "name": _is_like(_TEXT, rule.name),
        "source": _is_like(_TEXT, rule.source),
        "page, file, output": len(checks) == 1 and callable(checks[0]),
        "options": isinstance(rule.options, Mapping) and all(_is_option(*option) for option in rule.options.items()),
        "message": isinstance(rule.message, Message) and _is_complete(rule.message),
    }
    wrong = next((name for name, is_right in parts.items() if not is_right), None)
    return None if wrong is None else in_both("why", "rule_with_wrong_part", part=wrong, value=rule.code)


def _is_like(pattern: re.Pattern[str], value: object) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_option(name: object, value: object) -> bool:
    if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value) or value < 0:
        return False
    return name != "severity" and _is_like(_OPTION, name)


def _is_complete(message: Message) -> bool:
    """Check that a message has a severity, and in both languages texts whose placeholders are names."""
    try:
        fields = [field for text in _texts(message) for field in string.Formatter().parse(text)]
        is_filled = all(text.strip() for text in _texts(message))
    except (AttributeError, KeyError, TypeError, ValueError):  # a language is missing, or a brace is not closed
        return False
    are_names = all(name is None or (name.isidentifier() and not spec and not how) for _, name, spec, how in fields)
    return message.severity in get_args(Severity) and is_filled and are_names


def _texts(message: Message) -> list[str]:
    return [texts[lang] for texts in (message.reason, message.way_out) for lang in LANGUAGES]


def _guarded(rule: Rule) -> Rule:
    """Return a rule whose errors are findings."""
    assert rule.message is not None, "it was checked"
    fields = chain.from_iterable(map(string.Formatter().parse, _texts(rule.message)))
    asked = frozenset(name for _, name, _, _ in fields if name is not None) - {_MEANT}
    kind = next(kind for kind in ("page", "file", "output") if getattr(rule, kind) is not None)
    return replace(rule, **{kind: _guard(getattr(rule, kind), rule, asked)})


def _guard(check: _Check, rule: Rule, asked: frozenset[str]) -> _Check:
    """Return a check of a rule that yields an error as a finding; a message without a value would be one, too.

    The text of an error is left out, for it may hold what a page says of somebody.
    """

    def guarded(judged: object, context: Context, options: Options) -> Iterator[Finding]:
        try:
            for finding in check(judged, context, options):
                yield _plain(finding, asked)
        except MemoryError:  # of the file, which its judge reports
            raise
        except Exception as error:
            is_ours = isinstance(error, _NoFindingError)
            problem = str(error) if is_ours else f"{type(error).__name__}{place_of_error(error)}"
            yield Finding(code=FAILED, values={"rule": rule.code, "package": rule.package, "problem": problem})

    return guarded


def _plain(finding: object, asked: frozenset[str]) -> Finding:
    """Return a finding whose values are numbers and texts, which can be sent to other processes and shown."""
    if not isinstance(finding, Finding) or finding.code is not None:
        raise _NoFindingError(f"{type(finding).__name__} is no Finding")
    if missing := asked - finding.values.keys():
        raise _NoFindingError(f"values: {', '.join(sorted(missing))}")
    values = {str(name): v if isinstance(v, int | float) else str(v) for name, v in finding.values.items()}
    page = finding.page if isinstance(finding.page, int) else None
    return Finding(values=values, page=page, file=None if finding.file is None else str(finding.file))
