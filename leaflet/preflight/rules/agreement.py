"""Do a file's pages agree with each other and with its name: the number of the school, the hours of the vote?

What is said in several places is changed in one of them by whoever does not know the others.
"""

import re
from collections.abc import Iterator
from pathlib import PurePath

from leaflet.preflight.reader.finished import FinishedFile
from leaflet.preflight.rule import Context, FileCheck, Finding, Options, Rule
from leaflet.tables.uai import is_uai
from leaflet.text import fold

_UAI = re.compile(r"(?<![\w-])\d{7}[A-Z](?!\w)")
_NAMED = re.compile(r"\d{7}[A-Z](?=[-_. ]|$)")
_HOUR = r"(?P<hour>[01]?\d|2[0-3])\s?(?:h|:)\s?(?P<minute>[0-5]\d)?(?!\d)(?:\s*\((?P<zone>[^)]{2,40})\))?"
_NEAR = r"(?:(?!ouvr|ouvert|ferm|clôtur)[^.!?]){0,60}?"
_OPENING = re.compile(rf"(?:ouvr|ouvert){_NEAR}(?<![\d:]){_HOUR}", re.IGNORECASE)
_LAST_DAY = r"\bau\s+(?:[a-z]+di\s+)?\d{1,2}\s+[a-zéû]+"  # « au 6 décembre »
_CLOSING = re.compile(rf"(?:ferm|clôtur|jusqu|{_LAST_DAY}){_NEAR}(?<![\d:]){_HOUR}", re.IGNORECASE)
_HOURS = (
    (_OPENING, "the vote opens", "le vote ouvre"),
    (_CLOSING, "the vote closes", "le vote ferme"),
)


def check_number(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that a file whose name begins with the number of a school prints no other one."""
    named = _NAMED.match(PurePath(file.name).name)
    if named is None or not is_uai(named[0]):
        return
    for page in file.pages:
        found = dict.fromkeys(_UAI.findall(page.text))
        if len(found) == 1 and named[0] not in found:
            yield Finding(values={"uai": next(iter(found)), "name": named[0]}, page=page.number)


def check_letter(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the number of a school ends with its check letter."""
    for page in file.pages:
        for uai in dict.fromkeys(_UAI.findall(page.text)):
            if not is_uai(uai):
                yield Finding(values={"uai": uai}, page=page.number)


def check_hours(file: FinishedFile, _context: Context, _options: Options) -> Iterator[Finding]:
    """Check that the vote opens at one hour, and closes at one; in another zone it is another one."""
    for pattern, what_en, what_fr in _HOURS:
        known: dict[str, str] = {}
        for page in file.pages:
            for found in pattern.finditer(page.text):
                hour, zone = f"{int(found['hour'])} h {found['minute'] or '00'}", fold(found["zone"] or "")
                other = known.setdefault(zone, hour)
                if hour != other:
                    values = {"what_en": what_en, "what_fr": what_fr, "hour": hour, "other": other}
                    yield Finding(values=values, page=page.number)
                    return


def _rule(code: str, name: str, source: str, check: FileCheck) -> Rule:
    return Rule(code=code, family="text", name=name, source=source, file=check)


_AGREES = "house rule: what stands in two places is the same"

AGREEMENT_RULES = (
    _rule("K515", "the number of the school is that of the file", _AGREES, check_number),
    _rule("K516", "the number of the school has its letter", "leaflet.tables.uai", check_letter),
    _rule("K517", "the vote opens and closes at one hour", _AGREES, check_hours),
)
