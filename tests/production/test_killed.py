"""A build that is killed again and again, at any moment of its life, ends as if nothing had happened."""

import os
import signal
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from itertools import cycle
from pathlib import Path
from random import Random

import pytest

from benchmarks.generate import write_campaign
from tests.production.drills import building, listing, run, staged

QUIET = ("--quiet", "--no-verify")
JOBS = ("2", "1", "1")  # processes of one build after the other: whoever goes on need not be as many
_START = 0.6  # seconds in which a build reads its lists, plans and begins to make files

Digests = dict[str, str]
HasCome = Callable[[], bool]


class Drill:
    """Two campaigns for the same schools, whose files have the same names and other bytes, and what they make."""

    def __init__(self, folder: Path, schools: int) -> None:
        self.campaigns = [write_campaign(folder / name, schools) for name in ("first", "second")]
        text = self.campaigns[1].read_text("utf-8")
        self.campaigns[1].write_text(
            text.replace('theme = "default"', 'theme = "grey"\nname = "leaflet-a4"'), "utf-8"
        )
        self.wanted = [self._undisturbed(folder / f"out-{n}", campaign) for n, campaign in enumerate(self.campaigns)]
        assert self.wanted[0].keys() == self.wanted[1].keys()
        assert not {*self.wanted[0].items()} & {*self.wanted[1].items()}

    def _undisturbed(self, out: Path, campaign: Path) -> Digests:
        assert run(campaign, out, *QUIET, "--jobs", "1") == (0, "", "")
        return listing(out)


class Names:
    """The files of a folder that have their names; only what has changed is read again.

    Attributes:
        known: their hashes, by name, when they were looked at last.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._seen: dict[str, tuple[int, int]] = {}
        self.known: Digests = {}

    def changed(self) -> Iterator[tuple[str, str]]:
        """Names and hashes of what is new or another file than before."""
        for folder in (self._out, self._out / "leaflet-a4"):
            for entry in os.scandir(folder) if folder.is_dir() else ():
                mark = (entry.inode(), entry.stat().st_mtime_ns)
                if entry.is_file() and self._seen.get(entry.path) != mark:
                    self._seen[entry.path] = mark
                    path = Path(entry.path)
                    name = path.relative_to(self._out).as_posix()
                    self.known[name] = sha256(path.read_bytes()).hexdigest()
                    yield name, self.known[name]

    def not_yet(self, wanted: Digests) -> list[str]:
        """The names whose files are not those that are wanted; all names if all are."""
        return [name for name, digest in wanted.items() if self.known.get(name) != digest] or list(wanted)


def life(random: Random) -> list[str]:
    """When a build is killed: 25 times, in an order in which its work goes on."""
    first, last = ["starting"] * 5 + ["making"] * 6, ["starting"] * 5 + ["naming"] * 9
    random.shuffle(first)
    random.shuffle(last)
    return first + last


def moment(kind: str, random: Random, out: Path, names: list[str]) -> HasCome:
    """A moment in the life of a build: while it starts, when so many files wait, when one of these gets its name."""
    if kind == "starting":
        end = time.monotonic() + random.uniform(0, _START)
        return lambda: time.monotonic() > end
    if kind == "making":
        before, files = _newest(out), random.randint(1, len(names) // 6 + 1)
        return lambda: _newest(out) != before and staged(out) >= files
    path = out / random.choice(names)
    old = _inode(path)
    return lambda: _inode(path) != old


def _newest(out: Path) -> int:
    """The number of the last build that has begun here and not ended well."""
    try:
        return max((int(path.name) for path in (out / ".leaflet-partial").iterdir()), default=0)
    except OSError:
        return 0


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def kill_again_and_again(drill: Drill, out: Path, *, seed: int, turn: int = 0) -> None:
    """Builds of one folder, killed and started again by the same command; after one has ended well, the other's turn.

    After each kill every file that has a name is whole: it is what an undisturbed build of this campaign makes, or
    of the other, whose files were there before. What ends well is byte for byte the undisturbed build, and nothing
    else.

    Args:
        turn: whose build is started first.
    """
    random, names, jobs = Random(seed), Names(out), cycle(JOBS)
    known = {*drill.wanted[0].items(), *drill.wanted[1].items()}
    moments = life(random)
    while moments:
        with building(drill.campaigns[turn], out, *QUIET, "--jobs", next(jobs)) as build:
            files = names.not_yet(drill.wanted[turn])
            if build.wait_for(moment(moments[0], random, out, files)):
                build.signal(signal.SIGKILL)
                assert {*names.changed()} <= known
                moments.pop(0)
            else:
                assert build.end() == (0, "", "")
                names.known = listing(out)
                assert names.known == drill.wanted[turn]
                turn = 1 - turn
    assert run(drill.campaigns[turn], out, *QUIET) == (0, "", "")
    assert listing(out) == drill.wanted[turn]


@pytest.fixture(scope="module")
def drill(tmp_path_factory: pytest.TempPathFactory) -> Drill:
    """Two thousand schools."""
    return Drill(tmp_path_factory.mktemp("drill"), 2000)


def test_from_nothing(drill: Drill, tmp_path: Path) -> None:
    """Killed at 25 moments, first while nothing is there yet."""
    kill_again_and_again(drill, tmp_path / "out", seed=1)


def test_over_another_build(drill: Drill, tmp_path: Path) -> None:
    """Killed at 25 moments, first while files of the same names and other bytes are there."""
    assert run(drill.campaigns[0], tmp_path / "out", *QUIET) == (0, "", "")
    kill_again_and_again(drill, tmp_path / "out", seed=2, turn=1)
