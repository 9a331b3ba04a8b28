"""Columns of a list: which header is which field, and which columns are refused at sight.

Headers are compared after normalising (case, accents, soft hyphens, zero-width characters, BOM, no-break
spaces, punctuation), then looked up among the aliases; what the campaign says of them goes before. A header that
only resembles one is proposed to the user and not taken: see `mapping`. The names themselves stand in `names`.
"""

from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from leaflet.confidential import is_secret_name, normalise
from leaflet.faults import Report
from leaflet.tables.cells import check_secrets
from leaflet.tables.mapping import NOTHING, Claims, claim_columns, columns_command, propose_columns, written
from leaflet.tables.names import Vocabulary
from leaflet.tables.table import Table


class Columns(Struct, frozen=True, kw_only=True):
    """Where each field stands, counting from 0; a field that the list does not have is missing.

    Args:
        index: by field, and by normalised name for the columns of `asked`.
        asked: columns that are no field, wanted by a filter; see `leaflet.tables.asked`.
    """

    index: Mapping[str, int]
    asked: tuple[str, ...] = ()


def match_headers(
    table: Table,
    vocabulary: Vocabulary,
    report: Report,
    given: Mapping[str, str] = NOTHING,
    *,
    path: Path | None = None,
) -> Columns | None:
    """The columns of a list; None when the file is refused, with all reasons in the report.

    Args:
        given: the campaign's own mapping, field to header as written; it goes before what the names mean.
        path: the list as the user has to type it, for commands in messages; its name by default.
    """
    claims = claim_columns(table, vocabulary, given)
    command = columns_command(vocabulary, path or Path(table.name))
    header = _Header(table=table, vocabulary=vocabulary, report=report, claims=claims, command=command)
    return header.columns() if header.is_allowed() else None


class _Header(Struct, frozen=True, kw_only=True):
    """The header of one list, looked at from all sides."""

    table: Table
    vocabulary: Vocabulary
    report: Report
    claims: Claims
    command: str

    @property
    def names(self) -> list[str]:
        return [normalise(title) for title in self.table.header]

    @property
    def fields(self) -> tuple[str | None, ...]:
        return self.claims.fields

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
        usable = self._check_given()
        usable &= self._check_twice()
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

    def _check_given(self) -> bool:
        """Faults of the campaign's own mapping (T210 to T213)."""
        table = "staff" if self.vocabulary.is_private else "schools"
        for code, values in self.claims.faults:
            place = replace(self.table.place(), field=f"columns.{table}.{values['field']}")
            self.report.add(code, place, command=self.command, **values)
        return not self.claims.faults

    def _check_twice(self) -> bool:
        """Same name twice (T201), or two names of the same field (T202); the campaign may have chosen one."""
        first: dict[str, int] = {}
        clean = True
        for column, (name, field) in enumerate(zip(self.names, self.fields, strict=True)):
            key = field or name
            if not key or self._is_chosen_against(column):
                continue
            earlier = first.setdefault(key, column)
            if earlier != column:
                clean = False
                code = "T201" if self.names[earlier] == name else "T202"
                other = self.table.title(earlier)
                self._add(code, column, other=other, column=column + 1, first=earlier + 1, command=self.command)
        return clean

    def _is_chosen_against(self, column: int) -> bool:
        """Whether the campaign takes another column of the same name, spelt otherwise."""
        if self.fields[column] is not None:
            return False
        title = written(self.table.header[column])
        rivals = [other for other in self.claims.given if self.names[other] == self.names[column]]
        return any(written(self.table.header[other]) != title for other in rivals)

    def _warn(self) -> None:
        """Private columns that are not read, and names close to the one of a field that is missing."""
        proposals = propose_columns(self.table, self.vocabulary, self.claims)
        for column, name in enumerate(self.names):
            if name in self.vocabulary.unneeded:
                self._add("T208", column)
            elif proposal := proposals.get(column):
                self._add("T204", column, proposal=proposal.alias, command=self.command)

    def _check_required(self) -> bool:
        missing = [field for field in self.vocabulary.required if field not in self.fields]
        titles = [self.table.title(column) for column, title in enumerate(self.table.header) if title.strip()]
        for field in missing:
            names = ", ".join(self.vocabulary.aliases[field][:3])
            self.report.add("T203", self.table.place(), names=names, found=", ".join(titles), command=self.command)
        return not missing

    def _add(self, code: str, at: int, **values: object) -> None:
        self.report.add(code, self.table.place(column=at), header=self.table.title(at), **values)
