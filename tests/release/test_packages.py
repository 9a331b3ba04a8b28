"""What is published: wheel and sdist, the same wherever and whenever they are built; and the bill of materials."""

import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from leaflet import __version__
from tests.release.scripts import ROOT, load
from tests.test_imports import PROJECT, read_lock

PARTS = ("leaflet", "templates", "assets", "pyproject.toml", "README.md", "CHANGELOG.md", "LICENSE")
PATHS = re.compile(rb"/(?:home|root|tmp|work|Users)/[a-z]+[/\"']")

WHY = "hatchling is missing; requirements/test.lock installs it"
pytestmark = [pytest.mark.skipif(find_spec("hatchling") is None, reason=WHY), pytest.mark.drill]


def build(folder: Path, day: int, umask: int) -> Path:
    """Wheel and sdist of a copy of this checkout, in a folder, whose files are of a day and have other rights."""
    source = folder / "source"
    source.mkdir(parents=True)
    for part in PARTS:
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, source / part, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / part, source / part)
    for path in source.rglob("*"):
        os.utime(path, (day * 86_400, day * 86_400))
        path.chmod((0o777 if path.is_dir() else 0o666) & ~umask)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1764000000", "PYTHONHASHSEED": str(day), "PYTHONPATH": ""}
    command = [sys.executable, "-m", "hatchling", "build", "-d", str(folder / "dist")]
    done = subprocess.run(command, cwd=source, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return folder / "dist"


@pytest.fixture(scope="module")
def dist(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("one"), 15_000, 0o022)


def contents(dist: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(*dist.glob("*.whl")) as wheel, tarfile.open(*dist.glob("*.tar.gz")) as sdist:
        found = {f"wheel/{name}": wheel.read(name) for name in wheel.namelist()}
        for member in sdist.getmembers():
            file = sdist.extractfile(member)
            assert file is not None, f"{member.name} is no file"
            found[f"sdist/{member.name.partition('/')[2]}"] = file.read()
    return found


def test_the_same_bytes_in_another_folder_on_another_day(dist: Path, tmp_path: Path) -> None:
    """Whatever the dates and rights of the files, and the order of sets, are."""
    again = build(tmp_path / "another" / "place", 19_000, 0o077)
    names = sorted(path.name for path in dist.iterdir())
    assert len(names) == 2 and names == sorted(path.name for path in again.iterdir())
    assert [name for name in names if (dist / name).read_bytes() != (again / name).read_bytes()] == []


def test_the_sdist_makes_the_same_wheel(dist: Path, tmp_path: Path) -> None:
    """Who builds from the source of the index gets the program of the wheel."""
    with tarfile.open(*dist.glob("*.tar.gz")) as sdist:
        sdist.extractall(tmp_path, filter="data")
    (source,) = tmp_path.iterdir()
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1764000000", "PYTHONPATH": ""}
    subprocess.run(command, cwd=source, env=environment, check=True, capture_output=True, timeout=120)
    (wheel,) = dist.glob("*.whl")
    assert (tmp_path / "dist" / wheel.name).read_bytes() == wheel.read_bytes()


def test_nothing_else_is_published(dist: Path) -> None:
    """No test, no example, no compiled file; no folder of the machine that built it; nothing like a key."""
    files = contents(dist)
    assert len(files) > 500
    tops = {name.split("/")[1] for name in files if name.startswith("sdist/")}
    assert tops == {*PARTS, "PKG-INFO", ".gitignore"} & tops and set(PARTS) <= tops
    wheel_tops = {name.split("/")[1] for name in files if name.startswith("wheel/")}
    assert {top.partition("-")[0] for top in wheel_tops} <= {"leaflet", "leaflet_print"} and len(wheel_tops) == 2
    private = re.compile(r"(^|/)(tests?|conftest\.py|test_\w+\.py|\.env)(/|$)|\.pyc$")
    assert list(filter(private.search, files)) == []
    suspect = re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY|\b(?:ghp|gho|ghs|pypi|AKIA)[-_A-Za-z0-9]{16,}")
    assert [name for name, data in files.items() if suspect.search(data)] == []
    assert [name for name, data in files.items() if PATHS.search(data)] == []


def test_the_bill_holds_the_lock() -> None:
    """Exactly its packages, each with its hashes; of our version; without the time or a number of this run."""
    pytest.importorskip("cyclonedx_py", reason="cyclonedx-bom is missing; requirements/test.lock installs it")
    lock = ROOT / "requirements" / "run.lock"
    script = load("make_sbom")
    bill = script.make_sbom(lock, ROOT)
    read: dict[str, Any] = json.loads(bill)
    assert "serialNumber" not in read
    components = read["components"]
    assert {(one["name"], one["version"]) for one in components} == read_lock(lock)
    for one in components:
        assert [file for file in one["externalReferences"] if file["type"] == "distribution" and file["hashes"]], one
    root = read["metadata"]["component"]
    assert (root["name"], root["version"]) == (PROJECT["name"], __version__)
    assert script.find_mistake(bill) is None
    read["components"] = [{**components[0], "type": "book"}]
    assert script.find_mistake(json.dumps(read)) is not None
