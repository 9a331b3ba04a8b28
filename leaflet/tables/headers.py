"""Columns of a list: which header is which field, and which columns are refused at sight.

Headers are compared after normalising (case, accents, soft hyphens, zero-width characters, BOM, no-break
spaces, punctuation), then looked up among the aliases. A header that only resembles one is proposed to the
user and not taken: an import that guesses right most of the time prints wrong leaflets the rest of it.
The names themselves stand in `names`.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leaflet.confidential import is_secret_name, normalise
from leaflet.faults import Report
from leaflet.tables.cells import check_secrets
from leaflet.tables.names import Vocabulary
from leaflet.tables.table import Table

_CLOSE = 0.8  # difflib ratio; « nom etablisement » is 0.97, « nombre » and « nom » are 0.67
_LONGEST = 60  # characters of a header worth comparing


@dataclass(frozen=True, kw_only=True, slots=True)
class Columns:
    """Where each field stands, counting from 0; a field that the list does not have is missing."""

    index: Mapping[str, int]


def match_headers(table: Table, vocabulary: Vocabulary, report: Report) -> Columns | None:
    """The columns of a list; None when the file is refused, with all reasons in the report."""
    header = _Header(table=table, vocabulary=vocabulary, report=report)
    return header.columns() if header.is_allowed() else None


@dataclass(frozen=True, kw_only=True, slots=True)
class _Header:
    """The header of one list, looked at from all sides."""

    table: Table
    vocabulary: Vocabulary
    report: Report

    @property
    def names(self) -> list[str]:
        return [normalise(title) for title in self.table.header]

    @property
    def fields(self) -> list[str | None]:
        return [self.vocabulary.meaning(name) for name in self.names]

    def is_allowed(self) -> bool:
        """Whether no column is one of pupils, of secrets, or of data that have no business here."""
        if not check_secrets(self.table.header, lambda column: self.table.place(column=column), self.report):
            return False
        pupils = [column for column, name in enumerate(self.names) if name in self.vocabulary.pupils]
        if pupils:
            columns = ", ".join(map(self.table.title, pupils))
            self.report.add("T205", self.table.place(), columns=columns)
        secret = [column for column, title in enumerate(self.table.header) if is_secret_name(title)]
        for column in secret:
            self._add("T206", column)
        return not (self._refuse() or pupils or secret)

    def columns(self) -> Columns | None:
        usable = self._check_twice()
        self._warn()
        usable &= self._check_required()
        index = {field: column for column, field in enumerate(self.fields) if field is not None}
        return Columns(index=index) if usable else None

    def _refuse(self) -> bool:
        """Faults of columns that the vocabulary refuses."""
        refused = [(column, name) for column, name in enumerate(self.names) if name in self.vocabulary.refused]
        for column, name in refused:
            self._add(self.vocabulary.refused[name], column)
        return bool(refused)

    def _check_twice(self) -> bool:
        """Same name twice (T201), or two names of the same field (T202)."""
        first: dict[str, int] = {}
        clean = True
        for column, (name, field) in enumerate(zip(self.names, self.fields, strict=True)):
            key = field or name
            if not key:
                continue
            earlier = first.setdefault(key, column)
            if earlier != column:
                clean = False
                code = "T201" if self.names[earlier] == name else "T202"
                other = self.table.title(earlier)
                self._add(code, column, other=other, column=column + 1, first=earlier + 1)
        return clean

    def _warn(self) -> None:
        """Private columns that are not read, and names close to the one of a field that is missing."""
        missing = [field for field in self.vocabulary.aliases if field not in self.fields]
        wanted = [alias for field in missing for alias in self.vocabulary.aliases[field]]
        for column, (name, field) in enumerate(zip(self.names, self.fields, strict=True)):
            if name in self.vocabulary.unneeded:
                self._add("T208", column)
            elif field is None and (proposal := self._closest(name, wanted)):
                self._add("T204", column, proposal=proposal)

    def _closest(self, name: str, wanted: Iterable[str]) -> str | None:
        if not name or name in self.vocabulary.unused or len(name) > _LONGEST:
            return None
        close = difflib.get_close_matches(name, list(wanted), n=1, cutoff=_CLOSE)
        return close[0] if close else None

    def _check_required(self) -> bool:
        missing = [field for field in self.vocabulary.required if field not in self.fields]
        titles = [self.table.title(column) for column, title in enumerate(self.table.header) if title.strip()]
        for field in missing:
            names = ", ".join(self.vocabulary.aliases[field][:3])
            self.report.add("T203", self.table.place(), names=names, found=", ".join(titles))
        return not missing

    def _add(self, code: str, at: int, **values: object) -> None:
        self.report.add(code, self.table.place(column=at), header=self.table.title(at), **values)
