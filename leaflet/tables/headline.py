"""Where a list begins: the first row that names columns, under titles and blank rows as people put them there."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from types import MappingProxyType

from msgspec import Struct

from leaflet.confidential import normalise
from leaflet.tables.names import Vocabulary

SEARCHED = 20  # rows
ENOUGH = 2  # known names that make a row a header
_WIDEST = 1000  # cells of a row that are looked at: five times what a list may have
_LONGEST = 60  # characters of a cell that may be a column's name


class Expected(Struct, frozen=True, kw_only=True):
    """Names of columns, normalised, that a reader may meet.

    Args:
        names: all that mean a column; without any, the first row that is not blank is the header.
        fields: those that are read.
        unread: those known not to be.
    """

    names: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()

    def count(self, cells: Iterable[str]) -> int:
        """How many cells are names of columns."""
        if not self.names:
            return 0
        first = islice(cells, _WIDEST)
        return sum(normalise(cell) in self.names for cell in first if 0 < len(cell) <= _LONGEST)

    def is_header(self, cells: Sequence[str]) -> bool:
        return self.count(cells) >= ENOUGH


NOTHING_EXPECTED = Expected()


def expect(vocabulary: Vocabulary, given: Mapping[str, str] = MappingProxyType({})) -> Expected:
    """What a vocabulary and the campaign's own mapping (field to header) lead to expect."""
    own = frozenset(map(normalise, given.values()))
    aliases = frozenset(name for names in vocabulary.aliases.values() for name in names)
    return Expected(
        names=vocabulary.known | own, fields=aliases | own, unread=(vocabulary.unused | vocabulary.unneeded) - own
    )
