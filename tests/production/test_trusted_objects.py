"""Objects in storage are trusted without reading them only if no build was interrupted there or overwrote them."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import write_campaign
from leaflet.faults import LeafletError
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult
from leaflet.production.manifest import NAME
from leaflet.production.staging import PARTIAL
from leaflet.production.storage.remote import open_url
from tests.production.build_processes import in_storage, listing

SCHOOLS = 30
FIRST = "0370000Z"
PART = "manifest-1-of-2.json"
Digests = dict[str, str]

pytestmark = [
    pytest.mark.filterwarnings("ignore:.*utcnow.*:DeprecationWarning"),  # warnings of storage libraries
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def campaigns(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("campaigns")
    one, other = (write_campaign(folder / name, SCHOOLS) for name in ("one", "other"))
    rows = other.parent / "ecoles.csv"
    text = rows.read_text("utf-8").replace("Marronniers", "Marronneirs").replace("Beauvoir", "Beauvoin")
    rows.write_text(text, "utf-8")
    return one, other


@pytest.fixture(scope="module")
def wanted(campaigns: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> Digests:
    outs = [tmp_path_factory.mktemp("wanted") / "out" for _ in campaigns]
    for campaign, out in zip(campaigns, outs, strict=True):
        build(BuildOptions(campaign=campaign, out=out, jobs=1))
    one, other = map(listing, outs)
    assert one.keys() == other.keys()
    differing = [name for name in one if one[name] != other[name] and name != NAME]
    assert [name for name in differing if (outs[0] / name).stat().st_size == (outs[1] / name).stat().st_size]
    return one


@pytest.fixture(params=["memory", pytest.param("s3", marks=pytest.mark.drill)])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    return f"{request.getfixturevalue(request.param)}/{tmp_path.name}"


def made(campaign: Path, url: str, **options: Any) -> BuildResult:
    return build(BuildOptions(**{"campaign": campaign, "out": Path(), "address": url, "jobs": 1, **options}))


def interrupted(campaign: Path, url: str, after: int | None = None, **options: Any) -> None:
    """Build a campaign until so many objects are written, or all but the manifest."""
    files, _ = open_url(url)
    name = "_pipe_file" if files.async_impl else "pipe_file"  # over a network several are written at a time
    write, written = getattr(files, name), []

    def failing(path: str, value: bytes, **options: Any) -> Any:
        written.append(path)
        if len(written) > after if after is not None else path.endswith(".json") and PARTIAL not in path:
            raise ConnectionError("the line is dead")
        return write(path, value, **options)

    with pytest.MonkeyPatch.context() as patch, suppress(LeafletError):
        patch.setattr(files, name, failing)
        made(campaign, url, **options)


@contextmanager
def reading(url: str) -> Iterator[set[str]]:
    """Collect the names of the objects read within the block, without their folders."""
    files, _ = open_url(url)
    opened: set[str] = set()
    with pytest.MonkeyPatch.context() as patch:
        for name in ("open", "cat_file"):
            plain = getattr(files, name)

            def recording(path: str, *rest: Any, plain: Any = plain, **more: Any) -> Any:
                opened.add(path.rpartition("/")[2])
                return plain(path, *rest, **more)

            patch.setattr(files, name, recording)
        yield opened


BETWEEN: dict[str, tuple[int | None, dict[str, Any]]] = {  # objects that the other build wrote, what comes then
    "all but the manifest": (None, {}),
    "five": (5, {}),
    "all but the manifest, then a build of one school": (None, {"only": frozenset({FIRST})}),
    "all but the manifest, then a part, which has a manifest of its own": (None, {"shard": (1, 2)}),
}


@pytest.mark.parametrize("case", BETWEEN)
def test_a_build_of_another_campaign_was_interrupted(
    campaigns: tuple[Path, Path], wanted: Digests, url: str, case: str
) -> None:
    """Its objects are found altered, although their sizes are right; what came between has not verified them."""
    after, between = BETWEEN[case]
    made(campaigns[0], url)
    interrupted(campaigns[1], url, after)
    if between:
        made(campaigns[0], url, **between)
    assert made(campaigns[0], url).reasons["altered"] > 0
    left = in_storage(url)
    assert (left.pop(PART, None) is not None) == ("shard" in between)
    assert left == wanted


def test_both_was_interrupted(campaigns: tuple[Path, Path], wanted: Digests, url: str) -> None:
    for turn in (0, 1, 0, 1):
        interrupted(campaigns[turn], url, 12)
    interrupted(campaigns[1], url)
    made(campaigns[0], url)
    assert in_storage(url) == wanted


def test_a_part_of_another_campaign_is_written_over_the_whole(
    campaigns: tuple[Path, Path], wanted: Digests, url: str
) -> None:
    """A shard of another campaign overwrites objects: the whole build's manifest is verified, then the shard's."""
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


def test_parts_of_one_build_need_no_verification(campaigns: tuple[Path, Path], wanted: Digests, url: str) -> None:
    made(campaigns[0], url)
    for number in (1, 2):
        made(campaigns[0], url, shard=(number, 2))
    with reading(url) as opened:
        assert (made(campaigns[0], url).made, made(campaigns[0], url, shard=(1, 2)).made) == (0, 0)
    assert opened == {NAME, PART}


def test_no_object_is_read_without_reason(campaigns: tuple[Path, Path], url: str) -> None:
    """After a build that ended well only the manifest is read; also after one that failed before it wrote."""
    made(campaigns[0], url)
    with pytest.raises(LeafletError):
        made(campaigns[0], url, only=frozenset({"0370099X"}))
    with reading(url) as opened:
        assert made(campaigns[0], url).made == 0
    assert opened == {NAME}
