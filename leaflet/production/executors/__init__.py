"""Make the batches of a build: in this process; several are in ``processes``.

An executor yields results in the order of the batches, and has a few batches under way at a time, so that memory does
not grow with the number of schools.
"""

import gc
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from leaflet.production.worker import Batch, BatchResult, BuildSetup, Worker

Executor = Callable[[BuildSetup, Iterable[Batch]], Iterator[BatchResult]]

GC_THRESHOLDS = (50_000, 20, 20)  # of the cycle collector: making files makes millions of small values, and no cycles


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


@contextmanager
def gc_relaxed() -> Iterator[None]:
    """Have the cycle collector run seldom within the block."""
    before = gc.get_threshold()
    gc.set_threshold(*GC_THRESHOLDS)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def in_turn(setup: BuildSetup, batches: Iterable[Batch]) -> Iterator[BatchResult]:
    """Make batches in this process, one after the other."""
    return map(Worker(setup).make, batches)
