"""A staff list read: the people of each school, and nothing of them but names and a professional address.

No fault shows what a cell says: messages go to terminals and logs, names do not. They give file, line and column.
Nothing is derived here: see ``leaflet.records.suggest`` for user names that the list does not give.
"""

import re
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.confidential import HIDDEN
from leaflet.faults import Fault, Place, Report
from leaflet.tables.cells import check_secrets
from leaflet.tables.cleaning import AS_IT_IS, Cleaning, tell_changes
from leaflet.tables.fields import FieldReader
from leaflet.tables.headers import Columns
from leaflet.tables.lists import open_list
from leaflet.tables.mapping import NOTHING
from leaflet.tables.names import STAFF
from leaflet.tables.options import ReadOptions
from leaflet.tables.table import Row, Table
from leaflet.tables.uai import is_uai

__all__ = ["Person", "load_staff"]

ADDRESS_CHARS = 100
# What messages of a staff list may name; every other value is hidden, above all « value » and « sample ».
_SHOWN = frozenset(
    {
        *("count", "expected", "limit", "size", "position", "character", "characters", "encoding", "byte", "reason"),
        *("texts", "codes", "capitals"),
        *("known", "names", "found", "columns", "header", "other", "proposal", "column", "first", "line", "uai"),
        *("digits", "field", "command", "rows", "row", "range", "part", "sheet", "suffix", "kind"),
        *("same", "delimiter"),
    }
)
_EMAIL = re.compile(r"[A-Za-z0-9._'+-]+@((?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})")
# The administration's own: education.gouv.fr and its like, the académies, the vice-rectorats of the Pacific.
_PROFESSIONAL = re.compile(r"(?:[a-z0-9-]+\.)*(?:[a-z0-9-]+\.gouv\.fr|ac-[a-z0-9-]+\.(?:fr|nc|pf|wf))")
_USER_NAME = re.compile(r"[A-Za-z0-9._-]+(?:@ac-[a-z0-9-]+\.(?:fr|nc|pf|wf))?")
# Mailboxes that anybody can open; the list need not be whole, for other domains get a warning.
_PRIVATE = re.compile(
    r"(?:.*\.)?(?:(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|proton|protonmail|"
    r"tutanota|tuta|mailo|netcourrier|zoho|caramail|lycos|tiscali|voila|wanadoo|orange|free|sfr|neuf|cegetel|"
    r"numericable|noos|bbox|club-internet|aliceadsl|alice|9online|9business|dartybox|nordnet|laposte|libertysurf|"
    r"infonie|ovh)\.(?:fr|com|net|org|me|eu|co\.uk|it|de|es|be|ch)|pm\.me)"
)


class Person(Struct, frozen=True, kw_only=True):
    """One person of a staff list.

    Args:
        first_name, last_name: as in the list, to be printed as they are.
        uai: the school, one of the school list.
        address: professional e-mail address, or empty.
        user_name: of the professional mailbox, or empty; never what one votes with.
        line: line of the list.
    """

    first_name: str
    last_name: str
    uai: str
    address: str = ""
    user_name: str = ""
    line: int


def load_staff(
    path: Path,
    *,
    schools: Collection[str] | None,
    report: Report,
    encoding: str | None = None,
    options: ReadOptions | None = None,
    given: Mapping[str, str] = NOTHING,
    cleaning: Cleaning = AS_IT_IS,
) -> dict[str, list[Person]]:
    """The people of each school by its UAI, in the order of the list; schools without people are absent.

    Nothing is raised for a faulty list: all faults go to `report`, and rows with errors are left out. A person
    who stands twice in one school with the same address and user name is kept once, with a warning.

    Args:
        schools: the UAIs of the school list; another one is a fault (T401). None if they are not known.
        given: the campaign's own mapping of columns, field to header as written.
        cleaning: what is changed on request; names typed in capitals are kept.
    """
    found = Report()
    opened = open_list(path, STAFF, report=found, encoding=encoding, options=options, given=given)
    people = _read(opened, schools, found, cleaning) if opened is not None else {}
    tell_changes(found, Place(file=path.name))
    report.extend(map(discreet, found))
    return people


def _read(
    opened: tuple[Table, Columns], schools: Collection[str] | None, report: Report, cleaning: Cleaning
) -> dict[str, list[Person]]:
    table, columns = opened
    known = None if schools is None else frozenset(schools)
    reader = _StaffReader(table=table, columns=columns, schools=known, report=report, cleaning=cleaning)
    for row in table.rows:
        if not row.is_blank():
            reader.read(row)
    return reader.people


def discreet(fault: Fault) -> Fault:
    """The same fault without anything a cell says."""
    values = {name: value if name in _SHOWN else HIDDEN for name, value in fault.values.items()}
    return replace(fault, values=values)


class _StaffReader(Struct, frozen=True, kw_only=True):
    """One reading of one list; `lines` maps what a row says to the line that said it first."""

    table: Table
    columns: Columns
    schools: frozenset[str] | None
    report: Report
    cleaning: Cleaning
    people: dict[str, list[Person]] = field(default_factory=dict)
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)

    def read(self, row: Row) -> None:
        """Take the person of a row in, or report why not."""
        faults = Report()
        if check_secrets(row.cells, partial(self.table.place, row), faults):
            reader = _PersonReader(
                table=self.table, columns=self.columns, row=row, report=faults, cleaning=self.cleaning
            )
            person = reader.person(self.schools)
            if not faults.errors and self._is_new(person, faults):
                self.people.setdefault(person.uai, []).append(person)
        self.report.extend(faults)

    def _is_new(self, person: Person, faults: Report) -> bool:
        said = (person.first_name, person.last_name, person.uai, person.address, person.user_name)
        first = self.lines.setdefault(tuple(map(str.casefold, said)), person.line)
        if first != person.line:
            place = self.table.place(Row(line=person.line, cells=()))
            faults.add("T402", place, line=person.line, first=first, uai=person.uai)
        return first == person.line


class _PersonReader(FieldReader, frozen=True, kw_only=True):
    """Reads one person."""

    def person(self, schools: frozenset[str] | None) -> Person:
        """The person as far as it can be read. Every check runs, so that all faults of a row show at once."""
        return Person(
            first_name=self.required("first_name"),
            last_name=self.required("last_name"),
            uai=self._school(schools),
            address=self._address(),
            user_name=self._user_name(),
            line=self.row.line,
        )

    def _school(self, schools: frozenset[str] | None) -> str:
        uai = self.uai()
        if is_uai(uai) and schools is not None and uai not in schools:
            self.cell("uai").fault("T401", uai=uai)
        return uai

    def _address(self) -> str:
        text = self.text("address", ADDRESS_CHARS)
        match = _EMAIL.fullmatch(text)
        if match is None:
            if text:
                self.cell("address").fault("T403")
            return text
        domain = match[1].lower()
        if _PRIVATE.fullmatch(domain):
            self.cell("address").fault("T404")
        elif not _PROFESSIONAL.fullmatch(domain):
            self.cell("address").fault("T405")
        return text

    def _user_name(self) -> str:
        text = self.text("user_name")
        if text and not _USER_NAME.fullmatch(text):
            self.cell("user_name").fault("T406")
        return text
