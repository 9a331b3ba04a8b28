"""The fields of a list's columns (`ListColumns`), and the columns for which a list is refused.

Headers are compared after normalising (case, accents, soft hyphens, zero-width characters, BOM, no-break spaces,
punctuation), then looked up among the aliases of `column_names`. The campaign's own mapping, `given` from field to
header as written, takes precedence over both. A header that only resembles an alias is proposed to the user and never
read: an import that guesses right most of the time prints wrong leaflets the rest of the time.
"""

import re
import shlex
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct
from msgspec.structs import replace

from leaflet.confidential import is_secret_name, normalise
from leaflet.faults import Report
from leaflet.files.words import NO_HINT, in_both
from leaflet.tables.cells import check_secrets
from leaflet.tables.column_names import FIELD_NAMES, GENERIC, HINTS, STAFF, Vocabulary
from leaflet.tables.keys import FIELD, is_uai, kind_of
from leaflet.tables.table import Table
from leaflet.text import nearest

NO_MAPPING: Mapping[str, str] = MappingProxyType({})

_LONGEST = 60  # characters of a header worth comparing
_CLOSE_WORD = 0.75  # difflib ratio of one word; « etablisement » is 0.96, « commune » and « code » are 0.55
_CLOSE_SHORT = 0.85  # of one of four letters; « maël » and « mail » are 0.75
_CLOSE_NAME = 0.92  # of whole names without their spaces
_GLUE = frozenset({"de", "du", "des", "la", "le", "les", "l", "d", "et", "a", "au", "aux"})
# The field whose column may hold a missing one too: « Nom » the first name, « Adresse » the town.
_PART_OF_WHOLE: Mapping[str, str] = MappingProxyType({"first_name": "last_name", "town": "address_1"})
_OF_PEOPLE = {*STAFF.aliases["first_name"], *(name for name in STAFF.aliases["full_name"] if "prenom" in name)}
_OF_PEOPLE |= {"nom_de_famille", "nom_d_usage", "nom_usuel", "nom_agent"}


def names_people(titles: Iterable[str]) -> bool:
    """Tell whether titles of columns, normalised, are of a list of people: no list of schools has first names."""
    return not _OF_PEOPLE.isdisjoint(titles)


class ListColumns(Struct, frozen=True, kw_only=True):
    """The column of each field, counted from 0; a field that the list does not have is missing."""

    index: Mapping[str, int]
    extra: Mapping[str, int] = MappingProxyType({})  # columns of no field, by normalised name, read for a filter only
    printed: Mapping[str, int | None] = MappingProxyType({})  # read to be printed; None on a sheet that lacks one


class ColumnClaims(Struct, frozen=True, kw_only=True):
    """The field that each column claims to be, before anything is decided."""

    fields: tuple[str | None, ...]  # by the campaign, else by its name; two columns may claim the same
    given: Mapping[int, str]  # the columns that the campaign names, with their field
    faults: tuple[tuple[str, Mapping[str, str]], ...]  # code and values of each in the campaign's mapping


class Proposal(Struct, frozen=True, kw_only=True):
    """A field for a column whose name resembles one of the field's names."""

    field: str
    alias: str  # the name that the column's name resembles
    score: float  # how much it resembles it; see `likeness_of`


def match_headers(
    table: Table,
    vocabulary: Vocabulary,
    report: Report,
    given: Mapping[str, str] = NO_MAPPING,
    *,
    path: Path | None = None,
) -> ListColumns | None:
    """Find the columns of a list; None when it is refused. Commands in messages name the path."""
    claims = claim_columns(table, vocabulary, given)
    command = columns_command(vocabulary, path or Path(table.name))
    names = list(map(normalise, table.header))
    checker = _HeaderChecker(
        table=table, vocabulary=vocabulary, report=report, claims=claims, names=names, command=command
    )
    return checker.columns() if checker.is_allowed() else None


class _HeaderChecker(Struct, frozen=True, kw_only=True):
    """Checks the header of one list."""

    table: Table
    vocabulary: Vocabulary
    report: Report
    claims: ColumnClaims
    names: list[str]  # normalised
    command: str

    @property
    def fields(self) -> tuple[str | None, ...]:
        """The field that each column claims to be."""
        return self.claims.fields

    def is_allowed(self) -> bool:
        """Check that no column is about pupils, holds secrets, or holds data that have no business here."""
        if not check_secrets(self.table.header, lambda column: self.table.place(column=column), self.report):
            return False
        if pupils := [column for column, name in enumerate(self.names) if name in self.vocabulary.pupils]:
            self.report.add("T205", self.table.place(), columns=", ".join(map(self.table.title, pupils)))
        refused = [(column, "T206") for column, title in enumerate(self.table.header) if is_secret_name(title)]
        codes = self.vocabulary.refused
        refused += [(column, codes[name]) for column, name in enumerate(self.names) if name in codes]
        for column, code in refused:
            self._add(code, column)
        return not (refused or pupils)

    def columns(self) -> ListColumns | None:
        """Return the columns; None with faults if they are ambiguous, or if a required one is missing."""
        if not self._check_kind():
            return None
        table = "staff" if self.vocabulary.is_private else "schools"
        for code, values in self.claims.faults:
            place = replace(self.table.place(), field=f"columns.{table}.{values['field']}")
            self.report.add(code, place, command=self.command, **values)
        usable = not self.claims.faults
        usable &= self._check_twice()
        self._warn()
        usable &= self._check_required()
        index = {field: column for column, field in enumerate(self.fields) if field is not None}
        return ListColumns(index=index) if usable else None

    def _check_twice(self) -> bool:
        """Check that no name is there twice (T201) and no two mean one field (T202), if the campaign chooses none."""
        first: dict[tuple[bool, str], int] = {}
        clean = True
        for column, (name, field) in enumerate(zip(self.names, self.fields, strict=True)):
            if not (field or name) or self._is_chosen_against(column):
                continue
            # a column of no field may be called as a field is called here: « Address »
            earlier = first.setdefault((field is not None, field or name), column)
            if earlier != column:
                clean = False
                code = "T201" if self.names[earlier] == name else "T202"
                other = self.table.title(earlier)
                first_at, at = self.table.numbers(earlier, column)
                self._add(code, column, other=other, column=at, first=first_at, command=self.command)
        return clean

    def _is_chosen_against(self, column: int) -> bool:
        """Check whether the campaign names another column of the same name that is spelt otherwise."""
        if self.fields[column] is not None:
            return False
        title = format_header(self.table.header[column])
        rivals = [other for other in self.claims.given if self.names[other] == self.names[column]]
        return any(format_header(self.table.header[other]) != title for other in rivals)

    def _warn(self) -> None:
        """Warn of private columns that are not read, of schools, and of names like that of a missing field."""
        proposals = propose_columns(self.table, self.vocabulary, self.claims)
        for column, name in enumerate(self.names):
            if name in self.vocabulary.unneeded:
                self._add("T208", column)
            elif not self.vocabulary.is_private and is_uai(name.upper()):
                self._add("T219", column, some=", ".join(self.table.titles()[:3]))
            elif proposal := proposals.get(column):
                self._add("T204", column, proposal=proposal.alias, command=self.command)
            elif field := self._hinted(column):
                self._add("T215", column, command=self._set(field, column))
            elif self.fields[column] == "full_address" and "town" not in self.fields:
                self._add("T216", column)

    def _hinted(self, column: int) -> str | None:
        """Return the field that a word of an unknown name hints at, if no column is this field."""
        name = self.names[column]
        if self.fields[column] is not None or name in self.vocabulary.known or self._is_chosen_against(column):
            return None
        if self.vocabulary.is_private and not any(self.fields):
            return None  # the first line may be a person
        words = frozenset(name.split("_"))
        aliases = self.vocabulary.aliases
        hinted = next((field for field, hints in HINTS.items() if words & hints and field in aliases), None)
        return hinted if hinted not in self.fields and "_perso" not in f"_{name}" else None

    def _check_required(self) -> bool:
        """Check that there is a column for each required field (T203, T214)."""
        missing = self.vocabulary.missing(self.fields)
        titles, of_people = self.table.titles(), self.vocabulary.is_private
        found = {"found": ", ".join(titles), "some": ", ".join(titles[:3]), "is_other": False, "of_people": of_people}
        for field in missing:
            names = self.vocabulary.aliases[field][:3]
            values = {"field": field, "names": ", ".join(names), "first": names[0], "command": self.command}
            hint = NO_HINT
            if field == FIELD and of_people:
                hint = in_both("hint", "one_school_needs_none")
            elif field == FIELD and (kind := kind_of(self.names)) is not None:
                hint = in_both("hint", "other_key", key=kind.name)
            self.report.add("T203", self.table.place(), **values, **found, **hint)
            self._add_whole(field)
        return not missing

    def _check_kind(self) -> bool:
        """Check that a list of schools is none of people (T218), unless the campaign says what their name is."""
        named = [n for n, field in enumerate(self.fields) if field == "name" and n not in self.claims.given]
        is_last_name = len(named) == 1 and STAFF.meaning(self.names[named[0]]) == "last_name"
        if is_last_name and names_people(self.names):
            self._add("T218", named[0], is_other=True, field="town", command=self._set("name", named[0]))
            return False
        return True

    def _add_whole(self, missing: str) -> None:
        """Add that a column may hold the missing field together with its own (T214)."""
        part = _PART_OF_WHOLE.get(missing, "")
        whole = next((field for field, parts in self.vocabulary.replaces.items() if missing in parts), "")
        if whole and part in self.fields:
            column = self.fields.index(part)
            self._add("T214", column, command=self._set(whole, column))

    def _set(self, field: str, column: int) -> str:
        """Return the command that says which field a column is."""
        value = quote_word(f"{field}={format_header(self.table.header[column])}")
        return f"{self.command.removesuffix(' --write')} --set {value}"

    def _add(self, code: str, at: int, **values: object) -> None:
        self.report.add(code, self.table.place(column=at), header=self.table.title(at), **values)


def claim_columns(table: Table, vocabulary: Vocabulary, given: Mapping[str, str]) -> ColumnClaims:
    """Return the field that each column claims to be: the one that the campaign gives it, else that of its name."""
    names = list(map(normalise, table.header))
    chosen: dict[int, str] = {}
    twins: dict[int, str] = {}  # columns that the campaign's words fit as well
    faults: list[tuple[str, Mapping[str, str]]] = []
    for key, header in given.items():
        columns = find_header(table.header, header)
        column = columns[0] if columns else None
        if key not in vocabulary.aliases:
            proposal = vocabulary.meaning(normalise(key)) or nearest(key, vocabulary.aliases)
            faults.append(("T211", {"field": key, "proposal": proposal, "known": ", ".join(vocabulary.aliases)}))
        elif column is None:
            faults.append(("T210", {**_named(field=key), "header": header, "found": ", ".join(table.titles())}))
        elif names[column] in vocabulary.unneeded:
            faults.append(("T213", {**_named(field=key), "header": header}))
        elif column in chosen:
            faults.append(("T212", {**_named(field=key, other=chosen[column]), "header": header}))
        else:
            chosen[column] = key
            twins |= dict.fromkeys(columns[1:], key)
    named = [vocabulary.meaning(name) for name in names]
    for field, aliases in vocabulary.second.items():
        is_possible = field not in vocabulary.replaces or not names[1:]  # of whole names: the one column alone
        if is_possible and field not in named and field not in chosen.values():
            named = [field if name in aliases else meant for name, meant in zip(names, named, strict=True)]
    given_to = {**twins, **chosen}
    fields = (given_to.get(at) or (None if named[at] in chosen.values() else named[at]) for at in range(len(names)))
    return ColumnClaims(fields=tuple(fields), given=MappingProxyType(chosen), faults=tuple(faults))


def _named(**fields: str) -> dict[str, str]:
    """Return the values by which a message names some fields: their keys, and their names in both languages."""
    names = {f"{value}_{lang}": name for value, key in fields.items() for lang, name in FIELD_NAMES[key].items()}
    return {**fields, **names}


def find_header(header: tuple[str, ...], wanted: str) -> list[int]:
    """Return the columns called `wanted`: those written exactly so; if there are none, those that normalise so."""
    exact = [at for at, title in enumerate(header) if format_header(title) == wanted]
    name = normalise(wanted)
    return exact or [at for at, title in enumerate(header) if name and normalise(title) == name]


def propose_columns(table: Table, vocabulary: Vocabulary, claims: ColumnClaims) -> dict[int, Proposal]:
    """Return the columns that most resemble the fields that no column claims; each field and column once."""
    if vocabulary.is_private and not any(claims.fields):
        return {}  # the first line may be a person
    missing = vocabulary.absent(claims.fields)
    found: list[tuple[float, int, Proposal]] = []
    for column, title in enumerate(table.header):
        name = normalise(title)
        is_known = claims.fields[column] or name in vocabulary.known
        if is_known or not 2 < len(name) <= _LONGEST or is_secret_name(title):
            continue
        for wanted in missing:
            likeness = {alias: likeness_of(name, alias, vocabulary) for alias in vocabulary.aliases[wanted]}
            alias, score = max(likeness.items(), key=lambda item: item[1])
            if score:
                found.append((score, column, Proposal(field=wanted, alias=alias, score=score)))
    proposals: dict[int, Proposal] = {}
    for _, column, proposal in sorted(found, key=lambda item: (-item[0], item[1])):
        if column not in proposals and proposal.field not in {other.field for other in proposals.values()}:
            proposals[column] = proposal
    return proposals


def likeness_of(name: str, alias: str, vocabulary: Vocabulary) -> float:
    """Return how much a normalised header resembles a known name, from 0 to 0.99; 0 if it may mean another thing.

    Names are compared word by word: « commune_etablissement » resembles « commune », and « code_etablissement »
    does not resemble it, though most of their letters are the same.
    """
    whole = _ratio(name.replace("_", ""), alias.replace("_", ""))
    if whole < _CLOSE_NAME or re.findall(r"\d", name) != re.findall(r"\d", alias):
        whole = 0.0
    return min(0.99, max(whole, _likeness_of_words(name, alias, vocabulary)))


def _likeness_of_words(name: str, alias: str, vocabulary: Vocabulary) -> float:
    generic = frozenset() if vocabulary.is_private else GENERIC
    left = [word for word in name.split("_") if word not in _GLUE]
    scores: list[float] = []
    missing: list[str] = []
    for wanted in (word for word in alias.split("_") if word not in _GLUE):
        score, word = max(((_word_likeness(word, wanted), word) for word in left), default=(0.0, ""))
        if score:
            left.remove(word)
            scores += [score] * (wanted not in generic)
        else:
            missing.append(wanted)
    if not scores or not generic.issuperset(left) or not generic.issuperset(missing):
        return 0.0
    return sum(scores) / len(scores) - 0.02 * (len(left) + len(missing))


def _word_likeness(word: str, wanted: str) -> float:
    """Return how much two words resemble each other; short ones only with swapped letters or in the plural."""
    if word.removesuffix("s") == wanted.removesuffix("s"):
        return 1.0 if word == wanted else 0.97
    if min(len(word), len(wanted)) <= 3:
        return 0.85 if sorted(word) == sorted(wanted) and len(word) > 2 else 0.0
    ratio = _ratio(word, wanted)
    return ratio if ratio >= (_CLOSE_WORD if len(wanted) > 4 else _CLOSE_SHORT) else 0.0


def _ratio(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def columns_command(vocabulary: Vocabulary, path: Path) -> str:
    """Return the command that shows the columns of a list and writes the proposals into the campaign."""
    return f"leaflet columns {quote_word(str(path))}{' --staff' if vocabulary.is_private else ''} --write"


def quote_word(word: str) -> str:
    """Return a word of a command, quoted where needed, as the shells of all systems understand it."""
    if re.fullmatch(r"[\w./:\\-]+", word):
        return word
    return shlex.quote(word) if re.search(r'["$`!]', word) else f'"{word}"'


def format_header(header: str) -> str:
    """Return a header as it can be written in a campaign file: on one line, without invisible characters."""
    return " ".join("".join(c for c in header if c.isprintable() or c.isspace()).split())
