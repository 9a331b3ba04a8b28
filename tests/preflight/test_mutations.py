"""Damaged files: no crash, no hang, and always a fault when a page has lost something.

Two processes judge; whoever is silent for `PATIENCE` hangs, whoever ends before its time has crashed. Whether
something is lost is found out without the package, by PDFium's text and picture of the file before and after.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

import pytest

from leaflet.preflight.judge import Judge
from leaflet.preflight.rules import RULES
from leaflet.preflight.settings import RuleSettings
from tests.preflight.mutations import COUNT, foreign, lost, mutate, mutate_foreign, originals
from tests.preflight.samples import CONTEXT

PATIENCE = 5  # seconds for a file; a tenth of one is usual
_STARTING = 120
_WORKERS = 2

Make = Callable[[int], tuple[str, bytes, bytes]]


class JudgedDamage(NamedTuple):
    """What became of a damaged file: what was done to it, what is lost, the codes of errors and warnings."""

    number: int
    kind: str
    lost: str
    codes: frozenset[str]


def _work(make: Make, numbers: Sequence[int], channel: Connection) -> None:
    """In a process of its own: judge files and tell of each."""
    judge = Judge(CONTEXT)
    channel.send(None)
    for number in numbers:
        kind, before, after = make(number)
        judged = judge.judge_bytes(after, f"{number}.pdf")
        codes = frozenset(fault.code for fault in judged.faults if fault.severity != "note")
        for lang in ("en", "fr"):
            assert all(fault.lines(lang) for fault in judged.faults)
        channel.send(JudgedDamage(number, kind, lost(before, after), codes))


def _watched(make: Make, numbers: Sequence[int]) -> Iterator[JudgedDamage]:
    ours, theirs = get_context("spawn").Pipe(duplex=False)
    process = get_context("spawn").Process(target=_work, args=(make, numbers, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        assert ours.poll(_STARTING), "the process that judges does not start"
        ours.recv()
        for number in numbers:
            assert ours.poll(PATIENCE), f"{make.__name__}({number}) hangs"
            try:
                yield ours.recv()
            except EOFError:
                pytest.fail(f"{make.__name__}({number}) ends the process")
    finally:
        process.kill()


def _judge(make: Make, count: int) -> list[JudgedDamage]:
    """All files, by two processes."""
    parts = [range(start, count, _WORKERS) for start in range(_WORKERS)]
    with ThreadPoolExecutor(_WORKERS) as threads:
        results = threads.map(lambda numbers: list(_watched(make, numbers)), parts)
        return [result for part in results for result in part]


def test_whole_files_have_no_fault() -> None:
    """Those that are damaged here are sound before, and nothing is lost in them."""
    judge = Judge(CONTEXT, RuleSettings(), [rule for rule in RULES if rule.family == "file"])
    for data in (*originals(), foreign()):
        assert judge.judge_bytes(data, "a.pdf").faults == ()
        assert lost(data, data) == ""


def test_what_is_lost_is_reported() -> None:
    """500 damaged leaflets of ours."""
    results = _judge(mutate, COUNT)
    assert len(results) == COUNT
    assert [(one.number, one.kind, one.lost) for one in results if one.lost and not one.codes] == []
    kinds = Counter(one.kind for one in results if one.lost)
    assert sum(kinds.values()) > COUNT / 2, "the damage is too gentle to prove anything"
    assert {"truncate", "drop_stream", "empty_font", "remove_page", "crop", "swap_streams", "hide"} <= set(kinds)


def test_what_is_lost_of_a_foreign_file_is_reported() -> None:
    """By the checksums of its streams and by its end, for it has no hash of itself."""
    results = _judge(mutate_foreign, 60)
    assert [(one.number, one.kind, one.lost) for one in results if one.lost and not one.codes] == []
    assert sum(bool(one.lost) for one in results) > 30


def test_the_judgement_of_loss_sees_a_word_and_a_picture() -> None:
    """A page with a word less, with a white patch, and one that PDFium cannot open."""
    losses = [(kind, lost(whole, damaged)) for kind, whole, damaged in map(mutate, range(120))]
    assert all(loss.endswith(" words") for kind, loss in losses if kind == "drop_text")
    assert any(loss.endswith("looks otherwise") for kind, loss in losses if kind == "cover")
    assert lost(foreign(), b"").startswith("PDFium: ")
