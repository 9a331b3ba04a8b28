"""Damaged files: no crash, no endless work, and always a fault when a page has lost something.

Two processes judge. The system ends one that works on a file for more than `PATIENCE` of its own processor time, so
that a busy machine changes nothing. Whether something is lost is found out without the package, by PDFium's text and
picture of the file before and after.
"""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import NamedTuple

import pytest

from leaflet.preflight.judge import Judge
from leaflet.preflight.rule_settings import RuleSettings
from leaflet.preflight.rules import RULES
from tests.preflight.mutations import COUNT, foreign, lost, mutate, mutate_foreign, originals
from tests.preflight.samples import CONTEXT

pytestmark = pytest.mark.drill

PATIENCE = 5.0  # seconds of processor time for a file; a tenth of one is usual
_WAITING = 600  # seconds until a process that does not work at all is given up
_WORKERS = 2

Make = Callable[[int], tuple[str, bytes, bytes]]


class JudgedDamage(NamedTuple):
    """What became of a damaged file: what was done to it, what is lost, the codes of errors and warnings."""

    number: int
    kind: str
    lost: str
    codes: frozenset[str]


def _work(make: Make, numbers: Sequence[int], patience: float, channel: Connection) -> None:
    """Judge files in a process of its own, and send what becomes of each."""
    judge = Judge(CONTEXT)
    for number in numbers:
        signal.setitimer(signal.ITIMER_PROF, patience)  # SIGPROF ends the process, in code of C, too
        kind, before, after = make(number)
        judged = judge.judge_bytes(after, f"{number}.pdf")
        codes = frozenset(fault.code for fault in judged.faults if fault.severity != "note")
        for lang in ("en", "fr"):
            assert all(fault.lines(lang) for fault in judged.faults)
        channel.send(JudgedDamage(number, kind, lost(before, after), codes))


def _watched(make: Make, numbers: Sequence[int], patience: float = PATIENCE) -> Iterator[JudgedDamage]:
    """Yield what becomes of each file; fail if its process crashes, or works or waits without end."""
    ours, theirs = get_context("spawn").Pipe(duplex=False)
    process = get_context("spawn").Process(target=_work, args=(make, numbers, patience, theirs), daemon=True)
    process.start()
    theirs.close()
    try:
        for number in numbers:
            assert ours.poll(_WAITING), f"{make.__name__}({number}) waits without end"
            try:
                yield ours.recv()
            except EOFError:
                process.join()
                is_endless = process.exitcode == -signal.SIGPROF
                pytest.fail(f"{make.__name__}({number}) {'works without end' if is_endless else 'ends the process'}")
    finally:
        process.kill()


def _judge(make: Make, count: int) -> list[JudgedDamage]:
    """Return what becomes of all files, judged by two processes."""
    parts = [range(start, count, _WORKERS) for start in range(_WORKERS)]
    with ThreadPoolExecutor(_WORKERS) as threads:
        results = threads.map(lambda numbers: list(_watched(make, numbers)), parts)
        return [result for part in results for result in part]


def endless(_number: int) -> tuple[str, bytes, bytes]:
    while True:
        pass


def fatal(_number: int) -> tuple[str, bytes, bytes]:
    os._exit(3)


@pytest.mark.parametrize(("make", "message"), [(endless, "works without end"), (fatal, "ends the process")])
def test_endless_work_and_a_crash_are_noticed(make: Make, message: str) -> None:
    """The watch over the processes fails for a file that is never finished, and for one that ends its process."""
    with pytest.raises(pytest.fail.Exception, match=message):
        list(_watched(make, [0], patience=0.1))


def test_whole_files_have_no_fault() -> None:
    """Those that are damaged here are sound before, and nothing is lost in them."""
    judge = Judge(CONTEXT, RuleSettings(), [rule for rule in RULES if rule.family == "file"])
    for data in (*originals(), foreign()):
        assert judge.judge_bytes(data, "a.pdf").faults == () and lost(data, data) == ""


def test_loss_in_our_files_is_reported() -> None:
    """Whatever is lost in 150 damaged leaflets of ours has a fault."""
    results = _judge(mutate, COUNT)
    assert len(results) == COUNT
    assert [(one.number, one.kind, one.lost) for one in results if one.lost and not one.codes] == []
    kinds = Counter(one.kind for one in results if one.lost)
    assert sum(kinds.values()) > COUNT / 2, "the damage is too gentle to prove anything"
    assert {"truncate", "drop_stream", "empty_font", "remove_page", "crop", "swap_streams", "hide"} <= set(kinds)


def test_loss_in_a_foreign_file_is_reported() -> None:
    """Checksums of streams and the end of the file show what is lost, for it has no hash of itself."""
    results = _judge(mutate_foreign, 60)
    assert [(one.number, one.kind, one.lost) for one in results if one.lost and not one.codes] == []
    assert sum(bool(one.lost) for one in results) > 30


def test_the_judgement_of_loss_sees_a_word_and_a_picture() -> None:
    """`lost` sees a word that is missing, a white patch, and a file that PDFium cannot open."""
    losses = [(kind, lost(whole, damaged)) for kind, whole, damaged in map(mutate, range(120))]
    assert all(loss.endswith(" words") for kind, loss in losses if kind == "drop_text")
    assert any(loss.endswith("looks otherwise") for kind, loss in losses if kind == "cover")
    assert lost(foreign(), b"").startswith("PDFium: ")
