"""Explain a list's columns to the user: which column is which field, how certain that is, and why.

The decisions are those of `headers`, which finds the columns for reading.
"""

from collections.abc import Mapping
from itertools import islice
from types import MappingProxyType
from typing import Any, Literal

from msgspec import Struct
from msgspec.structs import replace

from leaflet.confidential import find_cell_secret, is_secret_name, normalise
from leaflet.faults import Lang, visible
from leaflet.files.words import say_part
from leaflet.tables.column_names import FIELD_NAMES, Vocabulary, is_personal
from leaflet.tables.headers import NO_MAPPING, ColumnClaims, Proposal, claim_columns, format_header, propose_columns
from leaflet.tables.table import Table

Certainty = Literal["exact", "normalised", "synonym", "campaign", "proposed", "unused", "unknown", "refused"]
_READ: frozenset[Certainty] = frozenset({"exact", "normalised", "synonym", "campaign"})
_SAMPLES = 3
_SAMPLE_ROWS = 200
_SAMPLE_CHARS = 24


class Match(Struct, frozen=True, kw_only=True):
    """The decision about one column."""

    column: int  # counted from 0
    title: str  # the header as messages may show it; ``#3`` when it must not be shown
    field: str | None  # the field that the column is, or is proposed for; None for other columns
    certainty: Certainty  # how certain the field is, or why the column is not read
    samples: tuple[str, ...] = ()  # the texts of up to three of its cells; none of private lists and refused columns
    score: float = 0.0  # how much the name resembles a known one; 1 if it is the same
    reason: str  # key of the sentence that explains the decision
    about: str | None = None  # the field that the sentence names, also when the column is not this field
    alias: str = ""  # the known name that the column has or resembles
    other: str = ""  # title of the column that competes with this one

    @property
    def is_read(self) -> bool:
        """Return whether the column is read as its field."""
        return self.certainty in _READ

    def explain(self, lang: Lang) -> str:
        """Return the reason for the decision in one sentence."""
        about = self.field or self.about
        name = FIELD_NAMES[about][lang] if about else ""
        score = f"{self.score:.0%}".removesuffix("%")
        other = visible(self.other)
        return say_part(f"column_{self.reason}", lang, field=name, alias=self.alias, other=other, score=score)


class Explanation(Struct, frozen=True, kw_only=True):
    """The decisions about all columns of a list."""

    matches: tuple[Match, ...]
    required: tuple[str, ...]  # required fields for which there is neither a column nor a proposal
    optional: tuple[str, ...]  # other fields for which there is neither a column nor a proposal
    proposed: Mapping[str, str]  # for each field with a proposal, the header to write into the campaign
    is_usable: bool  # whether nothing is refused and every required field has its column


def explain_columns(table: Table, vocabulary: Vocabulary, given: Mapping[str, str] = NO_MAPPING) -> Explanation:
    """Explain every column of a list, whose first rows are read for samples."""
    claims = claim_columns(table, vocabulary, given)
    decider = _Decider(
        table=table,
        vocabulary=vocabulary,
        claims=claims,
        proposals=propose_columns(table, vocabulary, claims),
        names=tuple(map(normalise, table.header)),
    )
    matches = _with_samples(table, vocabulary, tuple(map(decider.match, range(len(table.header)))))
    read = {match.field for match in matches if match.is_read}
    proposed = {
        match.field: format_header(table.header[match.column])
        for match in matches
        if match.certainty == "proposed" and match.field
    }
    is_refused = any(match.certainty == "refused" for match in matches)
    return Explanation(
        matches=matches,
        required=vocabulary.missing(read | proposed.keys()),
        optional=tuple(f for f in vocabulary.absent(read | proposed.keys()) if f not in vocabulary.required),
        proposed=MappingProxyType(proposed),
        is_usable=not is_refused and not vocabulary.missing(read),
    )


class _Decider(Struct, frozen=True, kw_only=True):
    """Decides about the columns of one list."""

    table: Table
    vocabulary: Vocabulary
    claims: ColumnClaims
    proposals: Mapping[int, Proposal]
    names: tuple[str, ...]

    def match(self, column: int) -> Match:
        """Return the decision about a column, without samples; no row of the table is read."""
        title, name = self.table.header[column], self.names[column]
        reason = (
            "pupils" if name in self.vocabulary.pupils
            else "secret" if is_secret_name(title) or find_cell_secret(title) is not None
            else {"T207": "personal", "T209": "secret"}.get(self.vocabulary.refused.get(name, ""))
        )  # fmt: skip
        if reason:
            return self._make(column, None, "refused", reason)
        return self._match_claimed(column) or self._match_proposed(column) or self._match_unread(column)

    def _match_claimed(self, column: int) -> Match | None:
        wanted = self.claims.fields[column]
        if wanted is None:
            return None
        rivals = [at for at, field in enumerate(self.claims.fields) if field == wanted]
        is_given = wanted in self.claims.given.values()
        titles = {format_header(self.table.header[at]) for at in rivals}
        if len(rivals) > 1 and (is_given or len(titles) < len(rivals)):
            return self._make(column, None, "unused", "twice", about=wanted)
        if is_given:
            return self._make(column, wanted, "campaign", "campaign", score=1.0)
        certainty = self._certainty(column, wanted)
        if len(rivals) == 1:
            return self._make(column, wanted, certainty, certainty, score=1.0, alias=self.names[column])
        best, *others = sorted(rivals, key=lambda at: self._rank(at, wanted))
        if column != best:
            return self._make(column, None, "unused", "rival", about=wanted, other=self.table.title(best))
        other = self.table.title(others[0])
        return self._make(column, wanted, "proposed", "contested", score=1.0, alias=self.names[column], other=other)

    def _certainty(self, column: int, wanted: str) -> Literal["exact", "normalised", "synonym"]:
        first = self.vocabulary.aliases[wanted][0]
        if self.table.header[column] == first:
            return "exact"
        return "normalised" if self.names[column] == first else "synonym"

    def _rank(self, column: int, wanted: str) -> tuple[int, int, int]:
        certainty = ("exact", "normalised", "synonym").index(self._certainty(column, wanted))
        return certainty, self.vocabulary.aliases[wanted].index(self.names[column]), column

    def _match_proposed(self, column: int) -> Match | None:
        proposal = self.proposals.get(column)
        if proposal is None:
            return None
        match = self._make(column, proposal.field, "proposed", "close", score=proposal.score, alias=proposal.alias)
        # The title may be shown even in a private list: a title that resembles a known name is no person's name.
        return replace(match, title=format_header(self.table.header[column]))

    def _match_unread(self, column: int) -> Match:
        name = self.names[column]
        if not self.table.header[column].strip():
            return self._make(column, None, "unused", "nameless")
        if name in self.vocabulary.unneeded:
            return self._make(column, None, "unused", "private")
        if (meant := self.vocabulary.meaning(name)) is not None:
            other = next(at for at, field in self.claims.given.items() if field == meant)
            return self._make(column, None, "unused", "superseded", about=meant, other=self.table.title(other))
        if name in self.vocabulary.unused:
            return self._make(column, None, "unused", "unused")
        return self._make(column, None, "unknown", "unknown")

    def _make(self, column: int, wanted: str | None, certainty: Certainty, reason: str, **more: Any) -> Match:
        title = self.table.title(column)
        return Match(column=column, title=title, field=wanted, certainty=certainty, reason=reason, **more)


def _with_samples(table: Table, vocabulary: Vocabulary, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """Add samples of cells to the matches of those columns whose cells may be shown."""
    if vocabulary.is_private or any(match.reason == "pupils" for match in matches):
        return matches
    allowed = [match.column for match in matches if match.certainty != "refused"]
    shown = [column for column in allowed if not is_personal(normalise(table.header[column]))]
    samples: dict[int, list[str]] = {column: [] for column in shown}
    for row in islice(table.rows, _SAMPLE_ROWS):
        cells = row.cells if find_cell_secret(" | ".join(row.cells)) is None else ()
        for column in shown:
            text = visible(" ".join(cells[column].split()), _SAMPLE_CHARS) if column < len(cells) else ""
            if text and len(samples[column]) < _SAMPLES and text not in samples[column]:
                samples[column].append(text)
        if all(len(found) == _SAMPLES for found in samples.values()):
            break
    return tuple(replace(match, samples=tuple(samples.get(match.column, ()))) for match in matches)
