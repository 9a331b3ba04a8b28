"""A row that is mended is judged as if the whole list were read again: by the window, and by the command line."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import example, given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from leaflet.faults import Report
from leaflet.files.words import load_words
from leaflet.production.column_report import ColumnsOptions, explain_list
from leaflet.studio.campaign_state import ListState, Mend
from leaflet.studio.raw_list import Edits
from leaflet.studio.row_states import JudgedRows, ListReading
from leaflet.tables import ReadOptions, School, load_schools
from leaflet.tables.cells import Cleaning
from leaflet.tables.filters import parse_choice
from leaflet.tables.table import Limits
from leaflet.text import fold

WORDS = load_words("studio", "fr")
HEADER = "uai;nom;commune;code_postal;etat;circonscription"
GOOD = (
    *(("0370035M", "0370036N", " 0370036n", "370036N", "0180005H"), ("École", "Lycée"), ("Tours", "Amboise")),
    *(("37000",), ("OUVERT",), ("nord", "sud")),
)
ANY = (
    *((*GOOD[0], "0370036M", ""), (*GOOD[1], "deux\nlignes", "LYCEE", ""), ("Tours", "", "12E3400567ABC")),
    *(("37000", "3700", "x"), ("OUVERT", "A FERMER", ""), ("nord", "", "Total")),
)
OPEN = "0370035M;Lycée;Tours;37000;OUVERT;nord"
CUT = ("", "0370037P;cut", ";Total;;;;")
GOOD_ROW, ANY_ROW = (
    st.tuples(*map(st.sampled_from, pool)).map(lambda cells: ";".join(map(quoted, cells))) for pool in (GOOD, ANY)
)
LISTS = st.lists(st.one_of(*[GOOD_ROW] * 5, ANY_ROW, st.sampled_from(CUT)), min_size=3, max_size=7)
LINES = st.integers(2, 6)
MENDS = st.one_of(
    *(st.tuples(st.just("mend"), LINES, st.just(at), st.sampled_from(ANY[at])) for at in (0, 0, 0, 0, 1, 2, 3, 4, 5))
)
STEPS = st.one_of(MENDS, MENDS, st.tuples(st.sampled_from(["leave", "back", "undo"]), LINES, st.just(0), st.just("")))
READINGS = st.builds(
    ListReading,
    reading=st.builds(
        ReadOptions,
        limits=st.sampled_from([Limits(), Limits(errors=1)]),
        cleaning=st.sampled_from([Cleaning(), Cleaning(fix_codes=True, french_capitals=True)]),
    ),
    choice=st.sampled_from(
        [
            *(parse_choice(), parse_choice(), parse_choice(where=["circonscription=nord"])),
            *(parse_choice(states=["OUVERT"]), parse_choice(states=["OUVERT", "A FERMER"])),
        ]
    ),
)


def quoted(cell: str) -> str:
    return f'"{cell}"' if "\n" in cell else cell


def judge(path: Path, asked: ListReading, state: ListState) -> JudgedRows:
    columns = explain_list(ColumnsOptions(table=path, campaign=None))
    return JudgedRows(path, asked, Edits.of(state), columns, WORDS)


def seen_of(judged: JudgedRows) -> dict[str, Any]:
    known = judged.known
    return {
        "rows": [(line, judged.state(line), judged.why(line), judged.cells(line)) for line in judged.lines],
        "faults": {line: [(fault.code, fault.values) for fault in ours] for line, ours in judged.faults.items()},
        "others": [(fault.code, fault.values) for fault in judged.others],
        "schools": (known.schools, known.chosen, known.samples, known.chosen_samples, known.letters),
    }


def read_by_command(path: Path, asked: ListReading, report: Report) -> list[School]:
    return load_schools(path, report=report, options=asked.reading, choice=asked.choice)


def done(step: tuple[str, int, int, str], state: ListState) -> ListState:
    what, line, column, value = step
    state = replace(state, copy="copie.csv")
    if what == "mend":
        return replace(state, mends=(*state.mends, Mend(line, column, "", value)))
    others = tuple(other for other in state.left if other != line)
    return replace(state, left=(*others, line) if what == "leave" else others)


@example(  # a state that no school had: without it, filters leave all of them out
    rows=[OPEN, OPEN.replace("35M", "36N")],
    steps=[("mend", 3, 4, "A FERMER")],
    asked=ListReading(ReadOptions(), parse_choice(states=["OUVERT", "A FERMER"])),
)
@settings(max_examples=40)
@given(rows=LISTS, steps=st.lists(STEPS, min_size=4, max_size=9), asked=READINGS)
def test_a_mended_row_is_judged_as_the_whole_list(
    rows: list[str], steps: list[tuple[str, int, int, str]], asked: ListReading
) -> None:
    """Whatever is mended, left out, taken back and undone, and in whatever order."""
    with TemporaryDirectory() as folder:
        path, copy = Path(folder, "liste.csv"), Path(folder, "copie.csv")
        path.write_text("\n".join([HEADER, *rows]) + "\n", "utf-8")
        states = [ListState("liste.csv")]
        judged = judge(path, asked, states[0])
        for step in steps:
            if step[0] != "undo":
                states.append(done(step, states[-1]))
            elif len(states) > 1:
                states.pop()
            assert judged.known.samples is not None
            whole = judge(path, asked, states[-1])
            if not judged.change(Edits.of(states[-1])):
                judged = whole
            assert seen_of(judged) == seen_of(whole)
            for text in ("ecole", "370036n", "tours\tx"):
                lines = [line for line in judged.lines if text in fold("\t".join(judged.cells(line)))]
                assert judged.search(text) == lines
            if states[-1].copy:
                copy.write_bytes(judged.copy(judged.edits))
                report = Report()
                schools = read_by_command(copy, replace(asked, reading=replace(asked.reading, header_row=1)), report)
                assert judged.known.schools == schools
