"""Judge the rows of a list of schools: ready, to be mended, to be looked at, or left out."""

from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from leaflet.confidential import hide_secrets
from leaflet.faults import Fault, Place, Report
from leaflet.page_words import Words
from leaflet.production.outcome import row_number
from leaflet.studio.raw_list import RawList
from leaflet.studio.state import ListState
from leaflet.tables import School
from leaflet.tables.choice import Choice
from leaflet.tables.filters import choose
from leaflet.tables.mapping import Explanation

RowState = Literal["ready", "mend", "look", "left"]
_SAME_TWICE = "T306"


class Judged(Struct, frozen=True):
    """The rows of a list as they were judged; a row without faults needs no memory of its own.

    Args:
        lines: of all rows, in the order of the list.
        states: of the rows that are not ready.
        faults: of the rows that have some.
        why: of the rows that are left out.
        columns: which column is which field.
        others: the faults that are of no row.
    """

    lines: tuple[int, ...]
    states: Mapping[int, RowState]
    faults: Mapping[int, tuple[Fault, ...]]
    why: Mapping[int, str]
    columns: Explanation
    others: tuple[Fault, ...]

    def state(self, line: int) -> RowState:
        """Return the state of a row."""
        return self.states.get(line, "ready")


def judge(
    raw: RawList,
    state: ListState,
    schools: Sequence[School],
    found: Report,
    choice: Choice,
    columns: Explanation,
    words: Words,
) -> Judged:
    """Judge every row of a list.

    Args:
        raw: the list as it was given.
        state: the rows that are left out on purpose.
        schools: those that were read without an error.
        found: the faults of reading.
        choice: the filters of the campaign.
        columns: which column is which field.
        words: the texts of the page.
    """
    faults: dict[int, list[Fault]] = {}
    others: list[Fault] = []
    for fault in map(hide_secrets, found):
        line = row_number(fault.place)
        if line is None or line <= raw.header_line:
            others.append(fault)
        else:
            faults.setdefault(line, []).append(fault)
    why = _left_out(schools, faults, state, choice, words)
    states: dict[int, RowState] = {line: _state_of(ours) for line, ours in faults.items()}
    states |= dict.fromkeys(why, "left")
    return Judged(
        lines=tuple(sorted({*raw.rows, *faults})),
        states={line: one for line, one in states.items() if one != "ready"},
        faults={line: tuple(ours) for line, ours in faults.items() if line not in state.left},
        why=why,
        columns=columns,
        others=tuple(others),
    )


def _left_out(
    schools: Sequence[School],
    faults: Mapping[int, Sequence[Fault]],
    state: ListState,
    choice: Choice,
    words: Words,
) -> dict[int, str]:
    """Return why each row that nothing is made for is left out; rows to be mended are not among them."""
    twice = [line for line, found in faults.items() if any(fault.code == _SAME_TWICE for fault in found)]
    why = dict.fromkeys(twice, words.say("left_twice"))
    if not choice.is_all:
        chosen = {school.line for school in choose(schools, choice, Place(), Report())}
        others = (school for school in schools if school.line not in chosen)
        why |= {school.line: school.state or words.say("left_filtered") for school in others}
    why = {line: text for line, text in why.items() if _state_of(faults.get(line, ())) != "mend"}
    return why | dict.fromkeys(state.left, words.say("left_by_hand"))


def _state_of(faults: Sequence[Fault]) -> RowState:
    """Return the state of a row with these faults, apart from being left out."""
    severities = {fault.severity for fault in faults}
    return "mend" if "error" in severities else "look" if "warning" in severities else "ready"
