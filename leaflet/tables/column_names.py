"""The known names of columns, by ``assets/columns.toml``: which mean which field, are not read, or are refused."""

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct, field

from leaflet.faults import Lang
from leaflet.program import own_table


class Vocabulary(Struct, frozen=True, kw_only=True):
    """The columns of one kind of list."""

    aliases: Mapping[str, tuple[str, ...]]  # the names of each field; the first is the one to propose
    required: tuple[str, ...]  # the fields that every list must have
    unused: frozenset[str]  # known columns that leaflets have no use for
    pupils: frozenset[str]  # columns of lists of pupils, refused with T205
    refused: Mapping[str, str] = field(default_factory=dict)  # for what they hold, with the code of the fault
    unneeded: frozenset[str] = frozenset()  # private columns that no leaflet needs; they are not read (T208)
    replaces: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # a field of whole names: its two parts
    second: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # names that count without any of `aliases`
    is_private: bool = False  # whether messages must not show the text of cells

    def missing(self, fields: Collection[str | None]) -> tuple[str, ...]:
        """Return the required fields that a list with these fields lacks."""
        there = {*fields, *(other for field in fields if field for other in self.replaces.get(field, ()))}
        return tuple(field for field in self.required if field not in there)

    def absent(self, fields: Collection[str | None]) -> tuple[str, ...]:
        """Return the fields that a list with these fields lacks, without those that another column makes needless."""
        whole = [other for other, parts in self.replaces.items() if not set(parts).isdisjoint(fields)]
        parts = [part for other in self.replaces if other in fields for part in self.replaces[other]]
        return tuple(field for field in self.aliases if field not in {*fields, *whole, *parts})

    @property
    def known(self) -> frozenset[str]:
        """All names that can only be the name of a column, never the text of a cell."""
        names = frozenset(name for aliases in self.aliases.values() for name in aliases)
        return names | self.unused | self.pupils | self.unneeded | frozenset(self.refused)

    def meaning(self, name: str) -> str | None:
        """Return the field that a normalised header means; None for no field."""
        return next((field for field, aliases in self.aliases.items() if name in aliases), None)


_FILE: Mapping[str, Any] = own_table("columns.toml")
_BIRTH = frozenset(_FILE["birth"].split())
_PUPILS = frozenset(_FILE["pupils"].split())
FIELD_NAMES: Mapping[str, dict[Lang, str]] = _FILE["names"]
"""The name that messages have for each field."""
GENERIC = frozenset(_FILE["generic"].split())
"""Words that a list of schools may add to any name of a column without meaning another thing."""
KINDS = frozenset(_FILE["kinds"].split())
"""Words with which the name of a school begins, and no name of a person."""
HINTS: Mapping[str, frozenset[str]] = {field: frozenset(words.split()) for field, words in _FILE["hints"].items()}
"""Words of a header by which a column looks useful, though its whole name is not known."""


def _vocabulary(table: Mapping[str, Any], **more: Any) -> Vocabulary:
    tables = (table["aliases"], table["replaces"])
    aliases, replaces = ({field: tuple(names.split()) for field, names in one.items()} for one in tables)
    required, unused = tuple(table["required"].split()), frozenset(table["unused"].split())
    return Vocabulary(aliases=aliases, replaces=replaces, required=required, unused=unused, **more)


SCHOOLS = _vocabulary(_FILE["schools"], pupils=_PUPILS | _BIRTH)
STAFF = _vocabulary(
    _FILE["staff"],
    pupils=_PUPILS,
    refused=dict.fromkeys(_BIRTH, "T207")
    | {name: code for code, names in _FILE["staff"]["refused"].items() for name in names.split()},
    unneeded=frozenset(_FILE["staff"]["unneeded"].split()),
    is_private=True,
)

# Columns about one person, whatever list they are in: no sample of them is shown, and no filter reads them.
_OF_A_PERSON = ("full_name", "first_name", "last_name", "address", "user_name")
_PERSONAL = (
    frozenset(name for field in _OF_A_PERSON for name in STAFF.aliases[field]) | STAFF.unneeded | {*STAFF.refused}
) - (SCHOOLS.known - frozenset(SCHOOLS.aliases["email"]))
_PEOPLE = frozenset(_FILE["people"].split())


def is_personal(name: str) -> bool:
    """Tell whether a column with a normalised name is about one person, such as the head of a school."""
    return name in _PERSONAL or (name not in SCHOOLS.known and not _PEOPLE.isdisjoint(name.split("_")))
