"""The chunks of a build on the workers of a Dask cluster, the optional extra ``leaflet[dask]``."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from leaflet.build.executors import AHEAD, Executor, in_order
from leaflet.build.worker import Done, Kit, Order, worker_for
from leaflet.faults import Place, fail


def on_cluster(address: str) -> Executor:
    """On the workers of a Dask scheduler.

    Raises:
        UsageError: Dask is not installed (U023), or nobody answers at the address (U024).
    """

    def run(kit: Kit, orders: Iterable[Order]) -> Iterator[Done]:
        with _cluster(address) as client:
            spread = client.scatter(kit, broadcast=True, hash=False)
            workers = max(1, len(client.scheduler_info()["workers"]))

            def submit(order: Order) -> Any:
                return client.submit(_make_with, spread, order, pure=False)

            yield from in_order(submit, orders, workers * AHEAD, lambda future: future.result())

    return run


@contextmanager
def _cluster(address: str) -> Iterator[Any]:
    try:
        from distributed import Client  # an optional extra
    except ImportError:
        raise fail("U023", Place(field="--scheduler")) from None
    try:
        client = Client(address, timeout=10)  # type: ignore[no-untyped-call]
    except (OSError, ValueError) as error:
        raise fail("U024", Place(field="--scheduler"), value=address, problem=str(error)) from None
    with client:
        yield client


def _make_with(kit: Kit, order: Order) -> Done:
    """The same on a cluster, whose workers keep what was scattered."""
    return worker_for(kit).make(order)
