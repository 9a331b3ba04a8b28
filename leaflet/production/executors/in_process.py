"""Who makes the chunks of a build: this process here, several in ``processes``, a Dask cluster in ``cluster``.

Whoever makes them, what was made comes back in the order of the plan, and a few chunks are on their way at a time,
so that memory does not grow with the number of schools.
"""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from leaflet.production.worker import Done, Kit, Order, Worker

Executor = Callable[[Kit, Iterable[Order]], Iterator[Done]]

AHEAD = 3  # chunks on their way for each worker
RARELY = (50_000, 20, 20)  # when garbage is collected: who makes files makes millions of small values and no cycles


def cores() -> int:
    """Processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_turn(kit: Kit, orders: Iterable[Order]) -> Iterator[Done]:
    """In this process, one after the other."""
    worker = Worker(kit)
    return map(worker.make, orders)


def in_order(
    submit: Callable[[Order], Any], orders: Iterable[Order], window: int, result: Callable[[Any], Done]
) -> Iterator[Done]:
    """Results in the order of the orders, of which no more than a window is under way."""
    under_way: deque[Any] = deque()
    for order in orders:
        under_way.append(submit(order))
        if len(under_way) >= window:
            yield result(under_way.popleft())
    while under_way:
        yield result(under_way.popleft())
