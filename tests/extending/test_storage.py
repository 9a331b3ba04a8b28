"""Storage of a package: archives, who may replace what, and who can write to it."""

from collections.abc import Iterator, MutableMapping
from importlib import import_module
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from leaflet.extensions import STORAGE
from leaflet.production.build import build
from leaflet.production.options import BuildOptions, BuildResult
from leaflet.production.storage import BuildIdentity, open_store
from tests.extending.packages import installed, write_package
from tests.own_resources import write_own
from tests.support import caught

SHELF = """
from leaflet.extending import Storage
FILES = {}
class Shelf:
    def __init__(self, address):
        self.address = address
    def sizes(self):
        start = f"{self.address}/"
        return {name.removeprefix(start): len(data) for name, data in FILES.items() if name.startswith(start)}
    def read(self, name):
        if f"{self.address}/{name}" not in FILES:
            raise FileNotFoundError(name)
        return FILES[f"{self.address}/{name}"]
    def write(self, name, data):
        FILES[f"{self.address}/{name}"] = data
    def remove(self, name):
        FILES.pop(f"{self.address}/{name}", None)
IT = Storage(api=1, open=Shelf, is_shared=False)
"""
Files = MutableMapping[str, bytes]


@pytest.fixture
def files(tmp_path: Path) -> Iterator[Files]:
    """The files on the shelf of an installed package, by address and name."""
    write_package(tmp_path / "site", "shelves", SHELF, {STORAGE: {"shelf": "shelves:IT"}})
    with installed(tmp_path / "site"):
        yield import_module("shelves").FILES


def made(folder: Path, address: str) -> BuildResult:
    """The result of a build into an address."""
    campaign = folder / "campaign.toml"
    return build(
        BuildOptions(campaign=campaign if campaign.is_file() else write_own(folder), out=folder, address=address)
    )


def test_files_and_what_belongs_to_others(tmp_path: Path, files: Files) -> None:
    """Files and their list stand under their names; one that no build made is not replaced."""
    assert made(tmp_path, "shelf://a").made == 3
    assert sum(name.endswith(".pdf") for name in files) == 3 and "shelf://a/manifest.json" in files
    assert not [name for name in files if ".leaflet-partial" in name]
    (name, *_) = [name for name in files if name.endswith(".pdf")]
    files[name] = b"somebody else's"
    assert made(tmp_path, "shelf://a").reasons == {"altered": 1}
    files.pop("shelf://a/manifest.json")
    files[name] = b"somebody else's"
    assert [fault.code for fault in caught(lambda: made(tmp_path, "shelf://a"))] == ["W112"]


@pytest.mark.parametrize("address", ["shelf://a/all.zip", "shelf://all.zip"])
def test_an_archive(tmp_path: Path, files: Files, address: str) -> None:
    """It is one file, replaced by the next build, and nobody else's file is."""
    for _ in range(2):
        assert made(tmp_path, address).made == 3
    (data,) = files.values()
    with ZipFile(BytesIO(data)) as archive:
        assert len(archive.namelist()) == 4
    (name,) = files
    files[name] = b"somebody else's"
    assert [fault.code for fault in caught(lambda: made(tmp_path, address))] == ["W112"]


@pytest.mark.usefixtures("files")
def test_who_can_write_to_it() -> None:
    """As the package says: its memory is seen by one process."""
    assert not open_store("shelf://a", BuildIdentity("campaign.toml", "2026")).is_shared
