"""Read a list of staff: the people of each school, and nothing of them but names and a professional address.

No fault shows the text of a cell, because messages go to terminals and logs, and names must not. A fault gives file,
line and column. User names that the list does not give stay blank.
"""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, field
from msgspec.structs import replace

from leaflet.confidential import HIDDEN, normalise
from leaflet.faults import DataError, Fault, Place, Report
from leaflet.files.words import in_both
from leaflet.program import own_table
from leaflet.tables.capitals import person_capitals
from leaflet.tables.cells import ERROR, check_secrets, count_changes, report_changes
from leaflet.tables.column_names import KINDS, SCHOOLS, STAFF, Vocabulary
from leaflet.tables.filters import add_extra_columns, may_filter_people
from leaflet.tables.headers import ListColumns, names_people, quote_word
from leaflet.tables.keys import FIELD as KEY_FIELD
from leaflet.tables.keys import is_key
from leaflet.tables.opening import HEADER_REFUSALS, ListFile
from leaflet.tables.person_names import NameOrder, name_order, split_name, without_courtesy_title
from leaflet.tables.reading import DEFAULTS
from leaflet.tables.row_reader import FIELD_CHARS, NAME_CHARS, RowReader
from leaflet.tables.row_selection import EVERYTHING, Choice, PeopleChoice, comparable
from leaflet.tables.rows import format_spans
from leaflet.tables.school import EMAIL
from leaflet.tables.table import ReadOptions, Row, Table, cell_place, row_name, sheet_name
from leaflet.text import grouped

NAMES = ("full_name", "first_name", "last_name")
_LISTS: dict[str, str] = own_table("staff.toml")
_ADDRESS_CHARS = 100
_SHOWN = frozenset(_LISTS["shown"].split())  # values of faults; all others are hidden
_NOT_IN_EMAIL = re.compile(r"[^A-Za-z0-9._'+@\s-]")
_WORD = 32  # letters in a row that a card has room for
# Domains of the administration: education.gouv.fr and others, the académies, the vice-rectorats of the Pacific.
_PROFESSIONAL = re.compile(r"(?:[a-z0-9-]+\.)*(?:[a-z0-9-]+\.gouv\.fr|ac-[a-z0-9-]+\.(?:fr|nc|pf|wf))")
_NO_NAME = re.compile(r"[\d!@#$%^*?=]")
_USER_NAME = re.compile(r"[A-Za-z0-9._-]+(?:@ac-[a-z0-9-]+\.(?:fr|nc|pf|wf))?")
_PRIVATE = re.compile(rf"(?:.*\.)?(?:(?:{'|'.join(_LISTS['private'].split())})\.(?:{_LISTS['endings']})|pm\.me)")


class Person(Struct, frozen=True, kw_only=True):
    """One person of a staff list."""

    first_name: str  # as in the list, to be printed as it is; empty if only the whole name is known
    last_name: str  # as in the list, to be printed as it is, or the whole name
    key: str  # that of the person's school, one of the school list
    address: str = ""  # professional e-mail address
    user_name: str = ""  # of the professional mailbox, never the one for voting
    line: int
    sheet: str = ""  # that the line is in, if several sheets of a workbook are read
    extra: tuple[tuple[str, str], ...] = ()  # normalised name and text of columns that a filter reads, never printed
    columns: tuple[tuple[str, str], ...] = ()  # of those that are printed

    def place(self, file: str) -> Place:
        """Return the place of the row in the list, which is in this file."""
        return cell_place(file, self.sheet, self.line, 0) if self.sheet else Place(file=file, line=self.line)

    @property
    def name(self) -> str:
        """The whole name as it is printed."""
        return f"{self.first_name} {self.last_name}".strip()


def load_staff(
    path: Path,
    *,
    schools: Collection[str] | None,
    report: Report,
    options: ReadOptions = DEFAULTS,
    choice: Choice = EVERYTHING,
    domains: Collection[str] | None = (),
) -> dict[str, list[Person]]:
    """Return the people of each school by its UAI, in the order of the list; schools without people are absent.

    Nothing is raised for a faulty list: all faults go to `report`, and rows with errors are left out. Of two rows of
    one school with the same name, address and user name, the second is left out with a warning. Of a workbook, all
    sheets that have the columns are read, unless `options` name one.

    `schools` are the UAIs of the school list, if they are known; another one is a fault (T401), and if there is only
    one, the list needs no UAIs. If no sheet has a column of a filter, no row is read (U011). `domains` are
    those of the académies, if they are known; an address of another one is doubted (T405), a private one refused
    (T404). Without any, those of another vote, whose voters may have any mailbox, are neither.
    """
    found, kind = Report(), for_one_school(STAFF) if schools is None or len(schools) == 1 else STAFF
    opened = ListFile(path, kind, options).open_sheets(found)
    opened = add_extra_columns(opened, choice.people.extra_columns, choice.printed, may_filter_people, report)
    reading = _Reading(
        schools=None if schools is None else frozenset(schools),
        only_school=next(iter(schools)) if schools is not None and len(schools) == 1 else "",
        options=options,
        has_sheets=len(opened) > 1,
        domains=domains,
        report=found,
    )
    for table, columns in opened:
        _read_sheet(table, columns, reading)
    report_changes(found, Place(file=path.name), count_changes(found))
    report.extend(map(hide_cell_texts, found))
    return reading.people


def for_one_school(vocabulary: Vocabulary) -> Vocabulary:
    """Return the names of columns of a list of one school: nobody repeats its UAI, « Nom » alone is whole names."""
    second = {**vocabulary.second, "full_name": (*vocabulary.aliases["last_name"], *_LISTS["people"].split())}
    required = tuple(name for name in vocabulary.required if name != KEY_FIELD)
    return replace(vocabulary, required=required, second=second)


def is_of_people(path: Path) -> bool:
    """Tell whether a list is no list of schools, and has names of people; one with secrets is refused."""
    names = [*map(normalise, ListFile(path).titles())]
    if not names_people(names) and any(map(SCHOOLS.meaning, names)):
        return False
    report = Report()
    opened = ListFile(path, for_one_school(STAFF)).open_sheets(report)
    if refused := [fault for fault in report.errors if fault.code in HEADER_REFUSALS]:
        raise DataError(refused)
    return bool(opened)


def _read_sheet(table: Table, columns: ListColumns, reading: "_Reading") -> None:
    """Add the people of a sheet, or of the whole list, to those read so far."""
    titles, whole = list[int](), columns.index.get("full_name")
    order: NameOrder = "unknown" if whole is None else name_order(table.header[whole])
    for row in table.rows:
        if row.is_blank():
            continue
        faults = Report()
        if check_secrets(row.cells, partial(table.place, row), faults):
            reader = _PersonReader(
                table=table,
                columns=columns,
                row=row,
                report=faults,
                options=reading.options,
                reading=reading,
                order=order,
                courtesy_titles=titles,
            )
            person = reader.person()
            if not faults.errors:
                if not reader.is_new(person):
                    continue  # what is to be said of the person was said of the first row
                reading.people.setdefault(person.key, []).append(person)
        reading.report.extend(faults)
    if titles:
        reading.report.add("T419", table.place(Row(line=titles[0], cells=())), count=len(titles))


def may_be_name(text: str) -> bool:
    """Check that a text has neither digits nor the signs of a number or a password."""
    return _NO_NAME.search(text) is None


def hide_cell_texts(fault: Fault) -> Fault:
    """Return a fault with every value hidden that may hold the text of a cell."""
    values = {key: one if key in _SHOWN or ERROR.fullmatch(str(one)) else HIDDEN for key, one in fault.values.items()}
    return replace(fault, values=values)


class _Reading(Struct, frozen=True, kw_only=True):
    """The settings with which all sheets of a list are read, and the people read so far."""

    schools: frozenset[str] | None  # the UAIs of the school list; None if they are unknown
    only_school: str  # the one school of that list, to which everybody belongs; empty if there are several
    options: ReadOptions
    has_sheets: bool  # whether several sheets are read
    domains: Collection[str] | None  # of the académies; empty if unknown, None if voters may have any mailbox
    report: Report
    people: dict[str, list[Person]] = field(default_factory=dict)  # by UAI
    places: dict[tuple[str, ...], str | int] = field(default_factory=dict)  # first row of each person, by all values
    alike: dict[tuple[str, ...], str | int] = field(default_factory=dict)  # the same, without accents


class _PersonReader(RowReader, frozen=True, kw_only=True):
    """Reads one person."""

    reading: _Reading
    order: NameOrder  # of the names in a column of whole names
    courtesy_titles: list[int]  # takes the line, if one was left out

    def is_new(self, person: Person) -> bool:
        """Check that the person of the row is on no row before."""
        printed = (text for _, text in person.columns)
        values = (person.first_name, person.last_name, person.key, person.address, person.user_name, *printed)
        here, place = row_name(person.sheet, person.line), self.table.place(self.row)
        first = self.reading.places.setdefault(tuple(map(str.casefold, values)), here)
        if first != here:
            of = in_both("of", "of_school" if person.key else "of_nobody", uai=person.key)
            self.reading.report.add("T402", place, line=here, first=first, **of)
            return False
        alike = self.reading.alike.setdefault(tuple(map(comparable, values)), here)
        if alike != here:
            self.report.add("T422", place, line=here, first=alike)
        return True

    def person(self) -> Person:
        """Return the person as far as it can be read. Every check is made, so that all faults of a row are found."""
        first_name, last_name = self._names()
        return Person(
            first_name=first_name,
            last_name=last_name,
            key=self._school(),
            address=self._address(self.reading.domains),
            user_name=self.doubted("user_name", "T406", lambda text: not _USER_NAME.fullmatch(text)),
            line=self.row.line,
            sheet=(self.table.sheet or "") if self.reading.has_sheets else "",
            extra=self.extra(),
            columns=self.printed(),
        )

    def _names(self) -> tuple[str, str]:
        """Return first and last name; the whole name as the last one if it cannot be split (T418, T421)."""
        cells = {field: self.row.cells[at].strip() for field, at in self.columns.index.items() if field in NAMES}
        first_and_last = [cells.get(field, "") for field in NAMES[1:]]
        if all(first_and_last) or not ("full_name" in cells or any(first_and_last)):
            first_name, last_name = self.required("first_name"), self._without_courtesy_title("last_name")
            self._check_name("first_name", first_name)
            self._check_name("last_name", last_name)
            return self._capitals("first_name", first_name), self._capitals("last_name", last_name)
        field = next((field for field in NAMES if cells.get(field)), "full_name")
        whole = self._without_courtesy_title(field, NAME_CHARS)
        self._check_name(field, whole)
        names = split_name(whole, self.order if field == "full_name" else "unknown")
        if names is None and whole and may_be_name(whole):
            self.cell(field).add_fault("T418" if field == "full_name" and whole.split()[1:] else "T421")
        first_name, last_name = names or ("", whole)
        return self._capitals(field, first_name), self._capitals(field, last_name)

    def _check_name(self, field: str, name: str) -> None:
        """Doubt what no name has, the name of a school, and what is too long for cards (T420, T424, T423)."""
        if not may_be_name(name):
            self.cell(field).add_fault("T420")
        elif not KINDS.isdisjoint(map(normalise, (re.split(r"\W", name)[0], name))):
            self.cell(field).add_fault("T424")
        elif (longest := max(map(len, re.split(r"[\s-]", name)))) > _WORD:
            self.cell(field).add_fault("T423", count=longest)

    def _without_courtesy_title(self, field: str, limit: int = FIELD_CHARS) -> str:
        text = self.required(field, limit)
        name = without_courtesy_title(text)
        if name != text:
            self.courtesy_titles.append(self.row.line)
        return name

    def _capitals(self, field: str, text: str) -> str:
        """Return a name with the capitals of French if the user asks for them."""
        after = person_capitals(text) if self.options.cleaning.french_capitals else text
        if after != text:
            self.cell(field).add_fault("T415", after=after)
        return after

    def _school(self) -> str:
        only, known = self.reading.only_school, self.reading.schools
        if "uai" not in self.columns.index or (only and not self.text("uai")):
            return only
        uai = self.uai()
        if is_key(self.options.key, uai) and known is not None and uai not in known:
            self.cell("uai").add_fault("T401", uai=uai)
        return uai

    def _address(self, domains: Collection[str] | None) -> str:
        text = self.text("address", _ADDRESS_CHARS)
        match = EMAIL.fullmatch(text)
        if match is None:
            if "@" in text and (odd := _NOT_IN_EMAIL.search(text)):
                self.cell("address").add_fault("T408", character=odd[0], position=odd.start() + 1)
            elif text:
                self.cell("address").add_fault("T403")
            return text
        if domains is None:
            return text
        domain = match[1].lower()
        if _PRIVATE.fullmatch(domain):
            self.cell("address").add_fault("T404")
        elif not _PROFESSIONAL.fullmatch(domain) or (domains and domain.startswith("ac-") and domain not in domains):
            self.cell("address").add_fault("T405")
        return text


People = Mapping[str, Sequence[Person]]


def choose_people(people: People, choice: PeopleChoice, place: Place, report: Report) -> dict[str, list[Person]]:
    """Return the people wanted, by the UAI of their school; schools without any are absent.

    The report takes a note of how many were chosen (U115), a warning for a name that several of them have (U114), and
    an error if nobody of the list is (U113).
    """
    everybody = [person for staff in people.values() for person in staff]
    chosen = {uai: some for uai, staff in people.items() if (some := [p for p in staff if _is_wanted(p, choice)])}
    wanted = [person for staff in chosen.values() for person in staff]
    for name in choice.names:
        found = [person for person in wanted if _has_name(person, name)]
        if len(found) > 1:
            example = quote_word(f"staff:{format_places(found[:1])}")
            report.add("U114", place, count=len(found), lines=format_places(found), example=example)
    if wanted:
        report.add("U115", place, count=len(wanted), total=len(everybody))
    elif everybody:  # a list without people has faults of its own
        report.add("U113", place, total=len(everybody))
    return chosen


def format_places(people: Iterable[Person]) -> str:
    """Return the lines of people as messages name them: ``3, 5–9``, or ``Agents!4`` if there are several sheets."""
    lines = grouped((person.sheet, person.line) for person in people)
    spans = {sheet: format_spans(sorted(found)) for sheet, found in lines.items()}
    return ", ".join(f"{sheet_name(sheet)}!{found}" if sheet else found for sheet, found in spans.items())


def _is_wanted(person: Person, choice: PeopleChoice) -> bool:
    return (
        (not choice.names or any(_has_name(person, name) for name in choice.names))
        and (not choice.rows or any(lines.includes(person.line, person.sheet) for lines in choice.rows))
        and all(where.accepts(dict(person.extra + person.columns).get(where.field, "")) for where in choice.where)
    )


def _has_name(person: Person, text: str) -> bool:
    """Check whether every word of a text is in the name of a person, in any order."""
    name = comparable(person.name)
    return all(word in name for word in comparable(text).split())
