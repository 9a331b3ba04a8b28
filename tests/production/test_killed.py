"""A build that is killed (SIGKILL) at any moment and started again ends like an undisturbed one."""

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
from tests.production.build_processes import building, listing, run, staged

pytestmark = pytest.mark.drill

QUIET = ("--quiet", "--no-verify")
JOBS = ("2", "1", "1")  # processes of one build after the other: their number may change when a build is resumed
_START = 0.6  # seconds in which a build reads its lists, plans and begins to make files

Digests = dict[str, str]
IsReached = Callable[[], bool]


class TwoCampaigns:
    """Two campaigns for the same schools, whose files have the same names and other bytes, and their files."""

    def __init__(self, folder: Path, schools: int) -> None:
        self.campaigns = [write_campaign(folder / name, schools) for name in ("first", "second")]
        text = self.campaigns[1].read_text("utf-8")
        grey = text.replace('theme = "default"', 'theme = "grey"\nname = "leaflet-a4"')
        self.campaigns[1].write_text(grey, "utf-8")
        self.wanted = [self._undisturbed(folder / f"out-{n}", campaign) for n, campaign in enumerate(self.campaigns)]
        assert self.wanted[0].keys() == self.wanted[1].keys()
        assert not {*self.wanted[0].items()} & {*self.wanted[1].items()}

    def _undisturbed(self, out: Path, campaign: Path) -> Digests:
        assert run(campaign, out, *QUIET, "--jobs", "1") == (0, "", "")
        return listing(out)


class Names:
    """The files of a folder that have their final names; only changed ones are read again."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._seen: dict[str, tuple[int, int]] = {}
        self.known: Digests = {}  # by name, when they were read last

    def changed(self) -> Iterator[tuple[str, str]]:
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
        """Return the names whose files are not yet those wanted; all names if all are."""
        return [name for name, digest in wanted.items() if self.known.get(name) != digest] or list(wanted)


def kinds_of_moments(random: Random) -> list[str]:
    first, last = ["starting"] * 2 + ["making"] * 4, ["starting"] * 2 + ["naming"] * 5
    random.shuffle(first)
    random.shuffle(last)
    return first + last


def moment(kind: str, random: Random, out: Path, names: list[str]) -> IsReached:
    """Return a test for a moment: some time after the start, after so many files, or when one of them is renamed."""
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
    """Return the number of the last build that has begun here and not ended well."""
    try:
        return max((int(path.name) for path in (out / ".leaflet-partial").iterdir()), default=0)
    except OSError:
        return 0


def _inode(path: Path) -> int:
    try:
        return path.stat().st_ino
    except OSError:
        return 0


def kill_again_and_again(two: TwoCampaigns, out: Path, *, seed: int, turn: int = 0) -> None:
    """Build into one folder, kill the build and start it again; after it has ended well, build the other campaign.

    After each kill every file with its final name is whole: it has the bytes of an undisturbed build of one of the
    two campaigns. After a build that ends well the folder is that of an undisturbed build, byte for byte.
    """
    random, names, jobs = Random(seed), Names(out), cycle(JOBS)
    known = {*two.wanted[0].items(), *two.wanted[1].items()}
    moments = kinds_of_moments(random)
    while moments:
        with building(two.campaigns[turn], out, *QUIET, "--jobs", next(jobs)) as build:
            files = names.not_yet(two.wanted[turn])
            if build.wait_for(moment(moments[0], random, out, files)):
                build.signal(signal.SIGKILL)
                assert {*names.changed()} <= known
                moments.pop(0)
            else:
                assert build.end() == (0, "", "")
                names.known = listing(out)
                assert names.known == two.wanted[turn]
                turn = 1 - turn
    assert (run(two.campaigns[turn], out, *QUIET), listing(out)) == ((0, "", ""), two.wanted[turn])


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> TwoCampaigns:
    return TwoCampaigns(tmp_path_factory.mktemp("two"), 1000)


def test_from_nothing(two: TwoCampaigns, tmp_path: Path) -> None:
    """A build into a new folder is killed at 13 moments."""
    kill_again_and_again(two, tmp_path / "out", seed=1)


def test_over_another_build(two: TwoCampaigns, tmp_path: Path) -> None:
    """A build over files of the same names and other bytes is killed at 13 moments."""
    assert run(two.campaigns[0], tmp_path / "out", *QUIET) == (0, "", "")
    kill_again_and_again(two, tmp_path / "out", seed=2, turn=1)
