"""The files and the manifest are the same, byte for byte, whichever executor makes them and wherever they go."""

import shutil
import stat
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from benchmarks.generate import write_campaign
from leaflet.production.shards import merge_shards
from tests.groups import with_drills
from tests.own_resources import write_own
from tests.production.build_processes import listing, made

PERSONAL = Path(__file__).parents[2] / "examples" / "un-etablissement-2018" / "campaign.toml"
SCHOOLS = 30
CAMPAIGNS = ("persons", "own")


@pytest.fixture(scope="module", params=CAMPAIGNS)
def campaign(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign with documents of all kinds, and one with templates of its own and a file for each school."""
    if request.param == "persons":
        return PERSONAL
    own = write_own(tmp_path_factory.mktemp("own"))
    others = write_campaign(tmp_path_factory.mktemp("others"), SCHOOLS)
    shutil.copy(others.with_name("ecoles.csv"), own.with_name("ecoles.csv"))
    return own


def in_archive(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as archive:
        return {name: sha256(archive.read(name)).hexdigest() for name in sorted(archive.namelist())}


def modes(out: Path) -> dict[str, int]:
    files = [path for path in out.rglob("*") if path.is_file()]
    return {path.relative_to(out).as_posix(): stat.S_IMODE(path.stat().st_mode) for path in files}


def test_two_processes(campaign: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    made(campaign, tmp_path / "out", jobs=2)
    assert listing(tmp_path / "out") == wanted


def test_two_processes_keep_names_private(tmp_path: Path) -> None:
    for jobs in (1, 2):
        made(PERSONAL, tmp_path / f"{jobs}", jobs=jobs)
    found = modes(tmp_path / "2")
    assert found == modes(tmp_path / "1")
    assert {mode for name, mode in found.items() if name.startswith(("cartes-avery/", "cartes-pliees/"))} == {0o600}
    assert found["manifest.json"] & 0o044


@pytest.mark.parametrize("parts", with_drills([3], [1, 4]))
def test_shards_in_folders_of_their_own(campaign: Path, wanted: dict[str, str], tmp_path: Path, parts: int) -> None:
    folders = [tmp_path / f"{number}" for number in range(1, parts + 1)]
    for number, folder in enumerate(folders, 1):
        made(campaign, folder, shard=(number, parts))
    merge_shards(folders[::-1], tmp_path / "out")
    assert listing(tmp_path / "out") == wanted


def test_shards_in_one_folder(campaign: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    """Shards made in one shared folder are merged there, which removes their manifests."""
    for number in (3, 1, 2):
        made(campaign, tmp_path / "out", shard=(number, 3))
    merge_shards([tmp_path / "out"], tmp_path / "out")
    assert listing(tmp_path / "out") == wanted


@pytest.mark.drill
def test_shards_made_twice(campaign: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    """A shard whose files are right is not made again, and a merged folder can be merged into again."""
    for _ in range(2):
        results = [made(campaign, tmp_path / f"{number}", shard=(number, 3)) for number in (1, 2, 3)]
        merge_shards([tmp_path / f"{number}" for number in (1, 2, 3)], tmp_path / "out")
        assert listing(tmp_path / "out") == wanted
    assert (sum(result.made for result in results), made(campaign, tmp_path / "out").made) == (0, 0)


def test_archives(campaign: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    for jobs in (1, 2):
        path = tmp_path / f"{jobs}.zip"
        made(campaign, path, jobs=jobs)
        assert in_archive(path) == wanted
    assert (tmp_path / "1.zip").read_bytes() == (tmp_path / "2.zip").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1.zip", "2.zip"]
