"""Whatever was changed in a list and a folder, a build leaves the same files as a build into a new folder."""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.generate import write_campaign
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions
from tests.production.build_processes import assert_manifest_is_right, listing

pytestmark = pytest.mark.drill

SCHOOLS = 6
TOWNS = ("Saint-Ambroise", "Siant-Ambroise", "Les Roches", "Bourg")  # the first two make leaflets of the same size
Row = tuple[str, ...]


@dataclass
class Work:
    folder: Path
    known: list[Row]
    rows: list[Row]

    @property
    def out(self) -> Path:
        return self.folder / "out"

    def build(self, out: Path) -> None:
        head, *_ = (self.folder / "ecoles.csv").read_text("utf-8").splitlines()
        (self.folder / "ecoles.csv").write_text("\n".join([head, *map(";".join, self.rows), ""]), "utf-8")
        build(BuildOptions(campaign=self.folder / "campaign.toml", out=out, jobs=1, verify=False, prune=True))

    def file(self, number: int) -> Path | None:
        found = sorted(self.out.rglob("*.pdf"))
        return found[number % len(found)] if found else None


Edit = Callable[[Work], object]


def change(number: int, column: int, value: str) -> Edit:
    def edit(work: Work) -> None:
        place = number % len(work.rows)
        row = list(work.rows[place])
        row[column] = value
        work.rows[place] = tuple(row)

    return edit


def remove(number: int) -> Edit:
    return lambda work: len(work.rows) > 1 and work.rows.pop(number % len(work.rows))


def add(number: int, place: int) -> Edit:
    def edit(work: Work) -> None:
        there = {row[0] for row in work.rows}
        new = [row for row in work.known if row[0] not in there]
        if new:
            work.rows.insert(place % (len(work.rows) + 1), new[number % len(new)])

    return edit


def reorder(numbers: list[int]) -> Edit:
    def edit(work: Work) -> None:
        order = dict(enumerate(numbers))
        work.rows = [row for _, row in sorted(enumerate(work.rows), key=lambda pair: order.get(pair[0], 0))]

    return edit


def of_file(number: int, action: Callable[[Path], object]) -> Edit:
    """Return an edit of an output file, never the manifest: without it, files of removed schools stay for ever."""
    return lambda work: (path := work.file(number)) and action(path)


def overwrite(path: Path) -> None:
    with path.open("r+b") as file:
        file.write(b"\xff" * path.stat().st_size)


def overwrite_in_secret(path: Path) -> None:
    before = path.stat()
    overwrite(path)
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(path: Path) -> None:
    size = path.stat().st_size
    path.unlink()
    path.write_bytes(b"\0" * size)


def swap(path: Path) -> None:
    other = next(iter(sorted(set(path.parent.glob("*.pdf")) - {path})), path)
    waiting = path.with_name("waiting")
    path.rename(waiting)
    if other != path:
        other.rename(path)
    waiting.rename(other)


def cut(path: Path) -> None:
    os.truncate(path, max(0, path.stat().st_size - 1))


def rebuild(work: Work) -> None:
    work.build(work.out)


NUMBER = st.integers(0, 9)
FATES = (Path.unlink, overwrite, overwrite_in_secret, replace, swap, cut, Path.touch, lambda path: path.chmod(0o640))
BEFALLEN = st.builds(of_file, NUMBER, st.sampled_from(FATES))
EDITS = st.one_of(
    st.builds(change, NUMBER, st.just(4), st.sampled_from(TOWNS)),
    st.builds(change, NUMBER, st.just(1), st.sampled_from(("École du Parc", "École du Bourg"))),
    st.builds(change, NUMBER, st.just(5), st.sampled_from(("7", "8"))),
    st.builds(remove, NUMBER),
    st.builds(add, NUMBER, NUMBER),
    st.builds(reorder, st.permutations(range(SCHOOLS))),
    BEFALLEN,
    st.just(lambda work: shutil.rmtree(work.out, ignore_errors=True)),
    st.just(rebuild),
)


@settings(max_examples=10, deadline=None)
@given(st.integers(1, SCHOOLS), st.lists(EDITS, max_size=6), st.lists(BEFALLEN, max_size=4))
def test_a_build_leaves_what_a_build_from_nothing_leaves(schools: int, edits: list[Edit], last: list[Edit]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_campaign(Path(folder), SCHOOLS)
        _, *lines = (Path(folder) / "ecoles.csv").read_text("utf-8").splitlines()
        known = [tuple(line.split(";")) for line in lines]
        work = Work(Path(folder), known, known[:schools])
        work.build(work.out)
        for edit in (*edits, *last):
            edit(work)
        work.build(work.out)
        work.build(Path(folder) / "anew")
        assert listing(work.out) == listing(Path(folder) / "anew")
        assert_manifest_is_right(work.out)
