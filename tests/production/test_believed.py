"""What is in storage is believed to be as it was made only as long as no build has left off there."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import write_campaign
from leaflet.faults import LeafletError
from leaflet.production.build import build
from leaflet.production.manifest import NAME
from leaflet.production.options import BuildOptions, BuildResult
from leaflet.production.staging import PARTIAL
from leaflet.production.storage.remote import open_url
from tests.production.drills import in_storage, listing

SCHOOLS = 30
FIRST = "0370000Z"
PART = "manifest-1-of-2.json"
Digests = dict[str, str]

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*utcnow.*:DeprecationWarning"),  # what libraries of storage say of themselves
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def campaigns(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two for the same schools; some leaflets differ, but neither in their names nor in their size."""
    folder = tmp_path_factory.mktemp("campaigns")
    one, other = (write_campaign(folder / name, SCHOOLS) for name in ("one", "other"))
    rows = other.parent / "ecoles.csv"
    rows.write_text(rows.read_text("utf-8").replace("Saint-", "Siant-").replace("Beauvoir", "Beauviro"), "utf-8")
    return one, other


@pytest.fixture(scope="module")
def wanted(campaigns: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Digests:
    """What the first of them gives."""
    outs = [tmp_path_factory.mktemp("wanted") / "out" for _ in campaigns]
    for campaign, out in zip(campaigns, outs, strict=True):
        build(BuildOptions(campaign=campaign, out=out, jobs=1))
    one, other = map(listing, outs)
    assert one.keys() == other.keys()
    differing = [name for name in one if one[name] != other[name] and name != NAME]
    assert [name for name in differing if (outs[0] / name).stat().st_size == (outs[1] / name).stat().st_size]
    return one


@pytest.fixture(params=["memory", "s3"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An address where nothing is yet."""
    return f"{request.getfixturevalue(request.param)}/{tmp_path.name}"


def made(campaign: Path, url: str, **options: Any) -> BuildResult:
    """Build it in this process."""
    return build(BuildOptions(**{"campaign": campaign, "out": Path(), "address": url, "jobs": 1, **options}))


def interrupted(campaign: Path, url: str, after: int | None = None, **options: Any) -> None:
    """Build it until so many objects are written, or all but the list."""
    files, _ = open_url(url)
    write, written = files.pipe_file, []

    def failing(path: str, value: bytes, **options: Any) -> None:
        written.append(path)
        if len(written) > after if after is not None else path.endswith(".json") and PARTIAL not in path:
            raise ConnectionError("the line is dead")
        write(path, value, **options)

    with pytest.MonkeyPatch.context() as patch, suppress(LeafletError):
        patch.setattr(files, "pipe_file", failing)
        made(campaign, url, **options)


@contextmanager
def reading(url: str) -> Iterator[set[str]]:
    """The names of the objects, less their folders, that are read meanwhile."""
    files, _ = open_url(url)
    opened: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("open", "cat_file"):
            plain = getattr(files, name)

            def noting(path: str, *rest: Any, plain: Any = plain, **more: Any) -> Any:
                opened.add(path.rpartition("/")[2])
                return plain(path, *rest, **more)

            patch.setattr(files, name, noting)
        yield opened


@pytest.mark.parametrize("after", [None, 5])
def test_a_build_of_another_campaign_left_off(
    campaigns: tuple[Path, Path], wanted: Digests, url: str, after: int | None
) -> None:
    """What it left under the names of the files before is seen, whatever its size; then nothing is left of it."""
    made(campaigns[0], url)
    interrupted(campaigns[1], url, after)
    assert made(campaigns[0], url).reasons["altered"] > 0
    assert in_storage(url) == wanted


def test_both_left_off(campaigns: tuple[Path, Path], wanted: Digests, url: str) -> None:
    """Each has noted what it made, under the same names."""
    for turn in (0, 1, 0, 1):
        interrupted(campaigns[turn], url, 12)
    interrupted(campaigns[1], url)
    made(campaigns[0], url)
    assert in_storage(url) == wanted


def test_a_build_of_a_few_schools_comes_between(campaigns: tuple[Path, Path], wanted: Digests, url: str) -> None:
    """It has not looked at the others: they are doubted still."""
    made(campaigns[0], url)
    interrupted(campaigns[1], url)
    made(campaigns[0], url, only=frozenset({FIRST}))
    assert made(campaigns[0], url).reasons["altered"] > 0
    assert in_storage(url) == wanted


def test_a_part_comes_between(campaigns: tuple[Path, Path], wanted: Digests, url: str) -> None:
    """It has a list of its own: files of the whole one are doubted still."""
    made(campaigns[0], url)
    interrupted(campaigns[1], url)
    made(campaigns[0], url, shard=(1, 2))
    assert made(campaigns[0], url).reasons["altered"] > 0
    assert {name: digest for name, digest in in_storage(url).items() if name != PART} == wanted


def test_a_part_of_another_campaign_is_written_over_the_whole(
    campaigns: tuple[Path, Path], wanted: Digests, url: str
) -> None:
    """It ended well, and what the list of the whole says is not so any more; nor, after that, what its own says."""
    part = {"shard": (1, 2)}
    made(campaigns[0], url)
    made(campaigns[1], url, **part)
    assert made(campaigns[0], url).reasons["altered"] > 0
    left = in_storage(url)
    assert left.keys() - wanted.keys() == {PART, f"{PARTIAL}/doubted/{PART}"}
    assert {name: left[name] for name in wanted} == wanted
    with reading(url) as opened:
        assert made(campaigns[0], url).made == 0
    assert opened == {NAME}
    assert made(campaigns[1], url, **part).reasons["altered"] > 0
    assert made(campaigns[1], url, **part).made == 0


def test_parts_of_one_build_do_not_doubt_each_other(campaigns: tuple[Path, Path], wanted: Digests, url: str) -> None:
    """Nor the whole: what they write is what it says."""
    made(campaigns[0], url)
    for number in (1, 2):
        made(campaigns[0], url, shard=(number, 2))
    with reading(url) as opened:
        assert made(campaigns[0], url).made == 0
        assert made(campaigns[0], url, shard=(1, 2)).made == 0
    assert opened == {NAME, PART}


def test_nothing_is_read_that_is_not_doubted(campaigns: tuple[Path, Path], url: str) -> None:
    """A build that ended well is believed: of its objects only the list is read. One that failed early is as good."""
    made(campaigns[0], url)
    with pytest.raises(LeafletError):
        made(campaigns[0], url, only=frozenset({"0370099X"}))
    with reading(url) as opened:
        assert made(campaigns[0], url).made == 0
    assert opened == {NAME}
