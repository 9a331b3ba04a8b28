"""A list of staff: the people of each school, and nothing of them but names and a professional address.

No fault shows the text of a cell, because messages go to terminals and logs, and names must not. A fault gives file,
line and column. User names that the list does not give are not made here: see ``leaflet.records.suggest``.
"""

import re
from collections.abc import Collection, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.confidential import HIDDEN
from leaflet.faults import Fault, Place, Report
from leaflet.tables.cells import NO_CLEANING, Cleaning, check_secrets, report_changes
from leaflet.tables.email_address import EMAIL
from leaflet.tables.headers import NO_MAPPING, ListColumns
from leaflet.tables.keys import KeyKind, is_key, with_key, with_key_field
from leaflet.tables.names import STAFF
from leaflet.tables.reading import open_list
from leaflet.tables.row_reader import RowReader
from leaflet.tables.table import ReadOptions, Row, Table

_ADDRESS_CHARS = 100
# Values of faults that messages of a staff list may show; all others are hidden, above all « value » and « sample ».
_SHOWN = frozenset(
    {
        *("count", "expected", "limit", "size", "position", "character", "characters", "encoding", "byte", "reason"),
        *("texts", "codes", "capitals"),
        *("known", "names", "found", "columns", "header", "other", "proposal", "column", "first", "line", "uai"),
        *("digits", "field", "command", "rows", "row", "range", "part", "sheet", "suffix", "kind"),
        *("same", "delimiter"),
    }
)
_NOT_IN_EMAIL = re.compile(r"[^A-Za-z0-9._'+@\s-]")
# Domains of the administration: education.gouv.fr and others, the académies, the vice-rectorats of the Pacific.
_PROFESSIONAL = re.compile(r"(?:[a-z0-9-]+\.)*(?:[a-z0-9-]+\.gouv\.fr|ac-[a-z0-9-]+\.(?:fr|nc|pf|wf))")
_USER_NAME = re.compile(r"[A-Za-z0-9._-]+(?:@ac-[a-z0-9-]+\.(?:fr|nc|pf|wf))?")
# Mailboxes that anybody can open. The list need not be complete, because any other domain gets a warning.
_PRIVATE = re.compile(
    r"(?:.*\.)?(?:(?:gmail|googlemail|hotmail|outlook|live|msn|yahoo|ymail|icloud|me|mac|aol|gmx|proton|protonmail|"
    r"tutanota|tuta|mailo|netcourrier|zoho|caramail|lycos|tiscali|voila|wanadoo|orange|free|sfr|neuf|cegetel|"
    r"numericable|noos|bbox|club-internet|aliceadsl|alice|9online|9business|dartybox|nordnet|laposte|libertysurf|"
    r"infonie|ovh)\.(?:fr|com|net|org|me|eu|co\.uk|it|de|es|be|ch)|pm\.me)"
)


class Person(Struct, frozen=True, kw_only=True):
    """One person of a staff list.

    Attributes:
        first_name: First name as in the list, to be printed as it is.
        last_name: Last name as in the list, to be printed as it is.
        uai: The person's school, one of the school list.
        address: Professional e-mail address, or empty.
        user_name: User name of the professional mailbox, or empty; never the one for voting.
        line: Line of the list.
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
    given: Mapping[str, str] = NO_MAPPING,
    cleaning: Cleaning = NO_CLEANING,
) -> dict[str, list[Person]]:
    """Return the people of each school by its UAI, in the order of the list; schools without people are absent.

    Nothing is raised for a faulty list: all faults go to `report`, and rows with errors are left out. Of two rows of
    one school with the same name, address and user name, the second is left out with a warning.

    Args:
        path: The list.
        schools: The UAIs of the school list; another one is a fault (T401). None if they are unknown.
        report: Takes all faults.
        encoding: Encoding of a text file.
        options: How to read the file.
        given: The campaign's own mapping of columns, from field to header as written.
        cleaning: The changes that the user asks for; names typed in capitals stay as they are.
    """
    found = Report()
    key = (options or ReadOptions()).key
    given = with_key_field(given, key)
    opened = open_list(path, with_key(STAFF, key), report=found, encoding=encoding, options=options, given=given)
    people = _read(opened, schools, found, cleaning, key) if opened is not None else {}
    report_changes(found, Place(file=path.name))
    report.extend(map(hide_cell_texts, found))
    return people


def _read(
    opened: tuple[Table, ListColumns],
    schools: Collection[str] | None,
    report: Report,
    cleaning: Cleaning,
    key: KeyKind,
) -> dict[str, list[Person]]:
    table, columns = opened
    known = None if schools is None else frozenset(schools)
    reader = _StaffListReader(table=table, columns=columns, schools=known, report=report, cleaning=cleaning, key=key)
    for row in table.rows:
        if not row.is_blank():
            reader.read(row)
    return reader.people


def hide_cell_texts(fault: Fault) -> Fault:
    """Return a fault with every value hidden that may hold the text of a cell."""
    values = {name: value if name in _SHOWN else HIDDEN for name, value in fault.values.items()}
    return replace(fault, values=values)


class _StaffListReader(Struct, frozen=True, kw_only=True):
    """Reads the people of one list.

    Attributes:
        table: The list.
        columns: Where its fields are.
        schools: The UAIs of the school list; None if they are unknown.
        report: Takes all faults.
        cleaning: The changes that the user asks for.
        key: The kind of code that tells schools apart.
        people: The people read so far, by UAI.
        lines: The first line of each person, by all their values.
    """

    table: Table
    columns: ListColumns
    schools: frozenset[str] | None
    report: Report
    cleaning: Cleaning
    key: KeyKind
    people: dict[str, list[Person]] = field(default_factory=dict)
    lines: dict[tuple[str, ...], int] = field(default_factory=dict)

    def read(self, row: Row) -> None:
        """Add the person of a row, or report the faults of the row."""
        faults = Report()
        if check_secrets(row.cells, partial(self.table.place, row), faults):
            reader = _PersonReader(
                table=self.table, columns=self.columns, row=row, report=faults, cleaning=self.cleaning, key=self.key
            )
            person = reader.person(self.schools)
            if not faults.errors and self._is_new(person, faults):
                self.people.setdefault(person.uai, []).append(person)
        self.report.extend(faults)

    def _is_new(self, person: Person, faults: Report) -> bool:
        values = (person.first_name, person.last_name, person.uai, person.address, person.user_name)
        first = self.lines.setdefault(tuple(map(str.casefold, values)), person.line)
        if first != person.line:
            place = self.table.place(Row(line=person.line, cells=()))
            faults.add("T402", place, line=person.line, first=first, uai=person.uai)
        return first == person.line


class _PersonReader(RowReader, frozen=True, kw_only=True):
    """Reads one person."""

    def person(self, schools: frozenset[str] | None) -> Person:
        """Return the person as far as it can be read. Every check is made, so that all faults of a row are found."""
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
        if is_key(self.key, uai) and schools is not None and uai not in schools:
            self.cell("uai").add_fault("T401", uai=uai)
        return uai

    def _address(self) -> str:
        text = self.text("address", _ADDRESS_CHARS)
        match = EMAIL.fullmatch(text)
        if match is None:
            if "@" in text and (odd := _NOT_IN_EMAIL.search(text)):
                self.cell("address").add_fault("T408", character=odd[0], position=odd.start() + 1)
            elif text:
                self.cell("address").add_fault("T403")
            return text
        domain = match[1].lower()
        if _PRIVATE.fullmatch(domain):
            self.cell("address").add_fault("T404")
        elif not _PROFESSIONAL.fullmatch(domain):
            self.cell("address").add_fault("T405")
        return text

    def _user_name(self) -> str:
        text = self.text("user_name")
        if text and not _USER_NAME.fullmatch(text):
            self.cell("user_name").add_fault("T406")
        return text
