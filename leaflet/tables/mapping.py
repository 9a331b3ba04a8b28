"""Which column is which field, how sure that is, and why: one `Match` for each column of a list.

Names are compared as they are written, then normalised (case, accents, soft hyphens, zero-width characters, BOM),
then among the known synonyms (`names`). What only resembles a known name is proposed and never taken: an import that
guesses right most of the time prints wrong leaflets the rest of it. A campaign's own mapping goes before all.

`explain_columns` is for people who look at a list; `headers` takes the same decisions for those who read it.
"""

import re
import shlex
from collections.abc import Iterator, Mapping
from itertools import islice
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from leaflet.confidential import find_cell_secret, is_secret_name, normalise
from leaflet.faults import Lang, visible
from leaflet.tables.likeness import likeness_of, near_field
from leaflet.tables.names import PERSONAL, Vocabulary
from leaflet.tables.table import Table

Certainty = Literal["exact", "normalised", "synonym", "campaign", "proposed", "unused", "unknown", "refused"]
TAKEN: frozenset[Certainty] = frozenset({"exact", "normalised", "synonym", "campaign"})
NOTHING: Mapping[str, str] = MappingProxyType({})
SAMPLES = 3
_SAMPLE_ROWS = 200
_SAMPLE_CHARS = 24
_LONGEST = 60  # characters of a header worth comparing

FIELD_NAMES: Mapping[str, dict[Lang, str]] = MappingProxyType(
    {
        "uai": {"en": "UAI", "fr": "UAI"},
        "name": {"en": "name of the school", "fr": "nom de l’établissement"},
        "town": {"en": "town", "fr": "commune"},
        "address_1": {"en": "address, line 1", "fr": "adresse, ligne 1"},
        "address_2": {"en": "address, line 2", "fr": "adresse, ligne 2"},
        "address_3": {"en": "address, line 3", "fr": "adresse, ligne 3"},
        "postcode": {"en": "postcode", "fr": "code postal"},
        "academie": {"en": "académie", "fr": "académie"},
        "copies": {"en": "number of copies", "fr": "nombre d’exemplaires"},
        "staff": {"en": "number of staff", "fr": "nombre de personnels"},
        "state": {"en": "open or closed", "fr": "ouvert ou fermé"},
        "first_name": {"en": "first name", "fr": "prénom"},
        "last_name": {"en": "last name", "fr": "nom"},
        "address": {"en": "professional address", "fr": "adresse professionnelle"},
        "user_name": {"en": "user name of the mailbox", "fr": "identifiant de messagerie"},
    }
)

# Why a column is what it is, by the reason of its match.
_SENTENCES: dict[str, dict[Lang, str]] = {
    "campaign": {
        "en": "The campaign says that this column is the {field}.",
        "fr": "La campagne dit que cette colonne est «\u00a0{field}\u00a0».",
    },
    "exact": {
        "en": "This is the very name of the {field}.",
        "fr": "C’est exactement le nom attendu pour «\u00a0{field}\u00a0».",
    },
    "normalised": {
        "en": "But for case, accents, spaces or hidden characters this is “{alias}”, the {field}.",
        "fr": "À la casse, aux accents, aux espaces ou aux caractères cachés près, c’est «\u00a0{alias}\u00a0»"
        "\u00a0: «\u00a0{field}\u00a0».",
    },
    "synonym": {
        "en": "“{alias}” is a known name of the {field}.",
        "fr": "«\u00a0{alias}\u00a0» est un nom connu pour «\u00a0{field}\u00a0».",
    },
    "close": {
        "en": "The name resembles “{alias}” ({score} %), the {field}; it is taken only if the campaign says so.",
        "fr": "Le nom ressemble à «\u00a0{alias}\u00a0» ({score}\u00a0%), soit «\u00a0{field}\u00a0»\u00a0; "
        "la colonne n’est prise que si la campagne le dit.",
    },
    "contested": {
        "en": "“{other}” could be the {field} too; this column is nearer, and taken only if the campaign says so.",
        "fr": "«\u00a0{other}\u00a0» pourrait aussi être «\u00a0{field}\u00a0»\u00a0; cette colonne en est plus "
        "proche, et n’est prise que si la campagne le dit.",
    },
    "rival": {
        "en": "This could be the {field} too, but “{other}” is nearer; it is not read.",
        "fr": "Ce pourrait être aussi «\u00a0{field}\u00a0», mais «\u00a0{other}\u00a0» en est plus proche\u00a0; "
        "elle n’est pas lue.",
    },
    "superseded": {
        "en": "The campaign says that “{other}” is the {field}; this column is not read.",
        "fr": "La campagne dit que «\u00a0{other}\u00a0» est «\u00a0{field}\u00a0»\u00a0; cette colonne n’est pas "
        "lue.",
    },
    "twice": {
        "en": "The name stands twice in the same spelling, so that nobody can tell which column is the {field}.",
        "fr": "Le nom figure deux fois, écrit pareil\u00a0: on ne peut pas savoir quelle colonne est "
        "«\u00a0{field}\u00a0».",
    },
    "unused": {
        "en": "This column is known, and leaflets have no use for it.",
        "fr": "Cette colonne est connue, et les feuillets n’en ont pas l’usage.",
    },
    "private": {
        "en": "Private data that no leaflet needs; the column is not read.",
        "fr": "Donnée privée inutile à un feuillet\u00a0: la colonne n’est pas lue.",
    },
    "nameless": {
        "en": "The column has no name, and is not read.",
        "fr": "La colonne n’a pas de nom\u00a0: elle n’est pas lue.",
    },
    "unknown": {
        "en": "No field has a name like this; the column is not read.",
        "fr": "Aucun champ ne porte un nom semblable\u00a0: la colonne n’est pas lue.",
    },
    "secret": {
        "en": "This looks like a secret; the list is not read as long as the column is there.",
        "fr": "Cela ressemble à un secret\u00a0: la liste n’est pas lue tant que cette colonne y est.",
    },
    "pupils": {
        "en": "This is a column of lists of pupils, about whom leaflets need no data.",
        "fr": "C’est une colonne de listes d’élèves, sur qui les feuillets n’ont besoin d’aucune donnée.",
    },
    "personal": {
        "en": "No leaflet needs this of a person; the list is not read as long as the column is there.",
        "fr": "Aucun feuillet n’a besoin de cela sur une personne\u00a0: la liste n’est pas lue tant que "
        "cette colonne y est.",
    },
}


class Match(Struct, frozen=True, kw_only=True):
    """What is made of one column.

    Args:
        column: counted from 0.
        title: the header as messages may show it; ``#3`` when it must not be shown.
        field: what the column is, or is proposed for; None for all others.
        samples: what three of its cells say; none of private lists and refused columns.
        score: how much the name resembles a known one, 1 for the same.
        reason: which sentence explains the decision.
        about: the field that the sentence names, also when the column is not it.
        alias: the known name that was met or resembled.
        other: the title of the column that this one stands against.
    """

    column: int
    title: str
    field: str | None
    certainty: Certainty
    samples: tuple[str, ...] = ()
    score: float = 0.0
    reason: str
    about: str | None = None
    alias: str = ""
    other: str = ""

    @property
    def is_taken(self) -> bool:
        return self.certainty in TAKEN

    def explain(self, lang: Lang) -> str:
        """The decision in one sentence."""
        about = self.field or self.about
        name = FIELD_NAMES[about][lang] if about else ""
        score = f"{self.score:.0%}".removesuffix("%")
        other = visible(self.other)
        return _SENTENCES[self.reason][lang].format(field=name, alias=self.alias, other=other, score=score)


class Explanation(Struct, frozen=True, kw_only=True):
    """All columns of a list.

    Args:
        required, optional: fields for which there is neither a column nor a proposal.
        proposed: for each field with a proposal the header to write into the campaign.
        is_usable: whether nothing is refused and every required field has its column.
    """

    matches: tuple[Match, ...]
    required: tuple[str, ...]
    optional: tuple[str, ...]
    proposed: Mapping[str, str]
    is_usable: bool


class Claims(Struct, frozen=True, kw_only=True):
    """What each column says it is, before anything is decided.

    Args:
        fields: by the campaign, else by its name; two columns may claim the same.
        given: columns that the campaign names, with their field.
        faults: code and values of what is wrong in the campaign's mapping, in its order.
    """

    fields: tuple[str | None, ...]
    given: Mapping[int, str]
    faults: tuple[tuple[str, Mapping[str, str]], ...]


class Proposal(Struct, frozen=True, kw_only=True):
    """A field for a column whose name resembles one of the field's."""

    field: str
    alias: str
    score: float


def explain_columns(table: Table, vocabulary: Vocabulary, given: Mapping[str, str] = NOTHING) -> Explanation:
    """Every column of a list with what is made of it and why; takes the first rows of the table for samples.

    Args:
        given: the campaign's own mapping, field to header as written.
    """
    matches = _with_samples(table, vocabulary, decide_columns(table, vocabulary, given))
    taken = {match.field for match in matches if match.is_taken}
    proposed = {
        match.field: written(table.header[match.column])
        for match in matches
        if match.certainty == "proposed" and match.field
    }
    missing = [field for field in vocabulary.aliases if field not in taken | proposed.keys()]
    is_refused = any(match.certainty == "refused" for match in matches)
    return Explanation(
        matches=matches,
        required=tuple(field for field in missing if field in vocabulary.required),
        optional=tuple(field for field in missing if field not in vocabulary.required),
        proposed=MappingProxyType(proposed),
        is_usable=not is_refused and taken >= set(vocabulary.required),
    )


def decide_columns(table: Table, vocabulary: Vocabulary, given: Mapping[str, str] = NOTHING) -> tuple[Match, ...]:
    """The decisions alone; no row of the table is read."""
    claims = claim_columns(table, vocabulary, given)
    decider = _Decider(
        table=table,
        vocabulary=vocabulary,
        claims=claims,
        proposals=propose_columns(table, vocabulary, claims),
        names=tuple(map(normalise, table.header)),
    )
    return tuple(decider.match(column) for column in range(len(table.header)))


def claim_columns(table: Table, vocabulary: Vocabulary, given: Mapping[str, str]) -> Claims:
    """What each column says it is, the campaign first."""
    names = list(map(normalise, table.header))
    taken: dict[int, str] = {}
    twins: dict[int, str] = {}  # columns that the campaign's words fit as well
    faults: list[tuple[str, Mapping[str, str]]] = []
    for key, header in given.items():
        columns = _find_header(table.header, header)
        column = columns[0] if columns else None
        if key not in vocabulary.aliases:
            proposal, known = near_field(key, vocabulary), ", ".join(vocabulary.aliases)
            faults.append(("T211", {"field": key, "proposal": proposal, "known": known}))
        elif column is None:
            found = ", ".join(table.title(at) for at, title in enumerate(table.header) if title.strip())
            faults.append(("T210", {"field": key, "header": header, "found": found}))
        elif names[column] in vocabulary.unneeded:
            faults.append(("T213", {"field": key, "header": header}))
        elif column in taken:
            faults.append(("T212", {"field": key, "header": header, "other": taken[column]}))
        else:
            taken[column] = key
            twins |= dict.fromkeys(columns[1:], key)
    own = [vocabulary.meaning(name) for name in names]
    given_to = {**twins, **taken}
    fields = (given_to.get(at) or (None if own[at] in taken.values() else own[at]) for at in range(len(names)))
    return Claims(fields=tuple(fields), given=MappingProxyType(taken), faults=tuple(faults))


def propose_columns(table: Table, vocabulary: Vocabulary, claims: Claims) -> dict[int, Proposal]:
    """For fields that no column claims, the columns that resemble them most; each field and column once."""
    if vocabulary.is_private and not any(claims.fields):
        return {}  # the first line may be a person
    missing = [field for field in vocabulary.aliases if field not in claims.fields]
    found: list[tuple[float, int, Proposal]] = []
    for column, title in enumerate(table.header):
        name = normalise(title)
        if (
            claims.fields[column]
            or name in vocabulary.known
            or not 2 < len(name) <= _LONGEST
            or is_secret_name(title)
        ):
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


def columns_command(vocabulary: Vocabulary, path: Path) -> str:
    """What to type to see the columns of a list and to keep what is proposed."""
    return f"leaflet columns {quoted(str(path))}{' --staff' if vocabulary.is_private else ''} --write"


def quoted(word: str) -> str:
    """A word of a command as shells of all systems take it."""
    if re.fullmatch(r"[\w./:\\-]+", word):
        return word
    return shlex.quote(word) if re.search(r'["$`!]', word) else f'"{word}"'


def written(header: str) -> str:
    """A header as it can stand in a campaign file: on one line, without what nobody sees."""
    return " ".join("".join(c for c in header if c.isprintable() or c.isspace()).split())


class _Decider(Struct, frozen=True, kw_only=True):
    """Decides about the columns of one list."""

    table: Table
    vocabulary: Vocabulary
    claims: Claims
    proposals: Mapping[int, Proposal]
    names: tuple[str, ...]

    def match(self, column: int) -> Match:
        """What is made of a column."""
        return self._refused(column) or self._claimed(column) or self._proposed(column) or self._left(column)

    def _refused(self, column: int) -> Match | None:
        title, name = self.table.header[column], self.names[column]
        reason = (
            "pupils" if name in self.vocabulary.pupils
            else "secret" if is_secret_name(title) or find_cell_secret(title) is not None
            else {"T207": "personal", "T209": "secret"}.get(self.vocabulary.refused.get(name, ""))
        )  # fmt: skip
        return self._make(column, None, "refused", reason) if reason else None

    def _claimed(self, column: int) -> Match | None:
        wanted = self.claims.fields[column]
        if wanted is None:
            return None
        rivals = [at for at, field in enumerate(self.claims.fields) if field == wanted]
        is_given = wanted in self.claims.given.values()
        if len(rivals) > 1 and (is_given or len({written(self.table.header[at]) for at in rivals}) < len(rivals)):
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

    def _proposed(self, column: int) -> Match | None:
        proposal = self.proposals.get(column)
        if proposal is None:
            return None
        made = self._make(column, proposal.field, "proposed", "close", score=proposal.score, alias=proposal.alias)
        return replace(made, title=written(self.table.header[column]))  # a name near a known one is no person's

    def _left(self, column: int) -> Match:
        name = self.names[column]
        if not self.table.header[column].strip():
            return self._make(column, None, "unused", "nameless")
        if name in self.vocabulary.unneeded:
            return self._make(column, None, "unused", "private")
        if (own := self.vocabulary.meaning(name)) is not None:
            other = next(at for at, field in self.claims.given.items() if field == own)
            return self._make(column, None, "unused", "superseded", about=own, other=self.table.title(other))
        if name in self.vocabulary.unused:
            return self._make(column, None, "unused", "unused")
        return self._make(column, None, "unknown", "unknown")

    def _make(
        self,
        column: int,
        wanted: str | None,
        certainty: Certainty,
        reason: str,
        *,
        score: float = 0.0,
        about: str | None = None,
        alias: str = "",
        other: str = "",
    ) -> Match:
        return Match(
            column=column,
            title=self.table.title(column),
            field=wanted,
            certainty=certainty,
            score=score,
            reason=reason,
            about=about,
            alias=alias,
            other=other,
        )


def _find_header(header: tuple[str, ...], wanted: str) -> list[int]:
    """The columns called `wanted`, written so or, if there is none, only dressed otherwise."""
    exact = [at for at, title in enumerate(header) if written(title) == wanted]
    name = normalise(wanted)
    return exact or [at for at, title in enumerate(header) if name and normalise(title) == name]


def _with_samples(table: Table, vocabulary: Vocabulary, matches: tuple[Match, ...]) -> tuple[Match, ...]:
    """The same with what some cells say, where that may be shown."""
    if vocabulary.is_private or any(match.reason == "pupils" for match in matches):
        return matches
    shown = [match.column for match in matches if not _is_personal(table, match)]
    samples: dict[int, list[str]] = {column: [] for column in shown}
    for cells in _harmless_rows(table):
        for column in shown:
            text = visible(" ".join(cells[column].split()), _SAMPLE_CHARS) if column < len(cells) else ""
            if text and len(samples[column]) < SAMPLES and text not in samples[column]:
                samples[column].append(text)
        if all(len(found) == SAMPLES for found in samples.values()):
            break
    return tuple(replace(match, samples=tuple(samples.get(match.column, ()))) for match in matches)


def _is_personal(table: Table, match: Match) -> bool:
    return match.certainty == "refused" or normalise(table.header[match.column]) in PERSONAL


def _harmless_rows(table: Table) -> Iterator[tuple[str, ...]]:
    """The first rows, without those that hold a secret."""
    for row in islice(table.rows, _SAMPLE_ROWS):
        if find_cell_secret(" | ".join(row.cells)) is None:
            yield row.cells
