"""Who makes the chunks of a build: this process here, several in ``processes``, a Dask cluster in ``cluster``.

Whoever makes them, what was made comes back in the order of the plan, and a few chunks are on their way at a time,
so that memory does not grow with the number of schools.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from leaflet.production.worker import Batch, BatchResult, BuildSetup, Worker

Executor = Callable[[BuildSetup, Iterable[Batch]], Iterator[BatchResult]]

AHEAD = 3  # chunks on their way for each worker
RARELY = (50_000, 20, 20)  # when garbage is collected: who makes files makes millions of small values and no cycles


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_turn(setup: BuildSetup, batches: Iterable[Batch]) -> Iterator[BatchResult]:
    """In this process, one after the other."""
    worker = Worker(setup)
    return map(worker.make, batches)


def in_order(
    submit: Callable[[Batch], Any], batches: Iterable[Batch], window: int, result: Callable[[Any], BatchResult]
) -> Iterator[BatchResult]:
    """Results in the order of the batches, of which no more than a window is under way."""
    under_way: deque[Any] = deque()
    for batch in batches:
        under_way.append(submit(batch))
        if len(under_way) >= window:
            yield result(under_way.popleft())
    while under_way:
        yield result(under_way.popleft())
