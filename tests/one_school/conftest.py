"""Provide the files that are judged, each built once however many processes share the tests."""

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.one_school.files import CARD_FILES, EXAMPLE_CARDS, LEAFLETS, build_example, build_small, file_in
from tests.one_school.stock import STOCKS, Cards


def built_once(factory: pytest.TempPathFactory, worker: str, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that one process fills while the others wait."""
    base = factory.getbasetemp()  # of each process of pytest-xdist; their parent is that of the run
    root = (base if worker == "master" else base.parent) / "one-school"
    root.mkdir(exist_ok=True)
    with (root / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (root / name).exists():
            make(root / name)
    return root / name


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    return built_once(tmp_path_factory, worker_id, "example", build_example)


@pytest.fixture(scope="session")
def small(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    return built_once(tmp_path_factory, worker_id, "small", build_small)


@pytest.fixture(scope="module", params=CARD_FILES, ids="-".join)
def cards(request: pytest.FixtureRequest) -> Cards:
    """Return each file of cards, one after the other."""
    origin, name, flip = request.param
    out = request.getfixturevalue(origin)
    if origin == "example":
        return Cards(file_in(out, name), STOCKS[EXAMPLE_CARDS[name]], flip)
    return Cards(file_in(out, f"{name}-{flip}"), STOCKS[name], flip)


@pytest.fixture(scope="module", params=[*EXAMPLE_CARDS, *LEAFLETS])
def file(request: pytest.FixtureRequest, example: Path) -> Path:
    """Return each file of the example, one after the other."""
    return file_in(example, request.param)


@pytest.fixture(scope="session")
def every_file(example: Path, small: Path) -> list[Path]:
    """Return the files of the example, and a file of cards on each stock."""
    of_stocks = [file_in(small, f"{stock}-{flip}") for origin, stock, flip in CARD_FILES if origin == "small"]
    return [*sorted(example.rglob("*.pdf")), *of_stocks]
