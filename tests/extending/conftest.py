"""The example package, built as a wheel and installed without network, and a campaign that uses it."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support import tables_of

ROOT = Path(__file__).parents[2]
EXAMPLE = Path(__file__).with_name("example")
CAMPAIGN = tables_of(__file__)["campaign"]
ROWS = "uai;nom;commune;code_postal\n0370036N;Lycée Balzac;Tours;37000\n0690026D;Lycée Ampère;Lyon;69002\n"

Ended = subprocess.CompletedProcess[str]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that the wheel of the example package is installed in."""
    pytest.importorskip("hatchling", reason="requirements/test.lock installs it")
    folder = tmp_path_factory.mktemp("federation")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=EXAMPLE, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    install = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--no-compile"]
    subprocess.run([*install, "--target", str(folder / "site"), str(wheel)], check=True, capture_output=True)
    return folder / "site"


@pytest.fixture(scope="session")
def run(site: Path) -> Callable[..., Ended]:
    """Run the command where the example package is installed; returns exit code, output and errors."""

    def run(*arguments: object) -> Ended:
        paths = os.pathsep.join((str(site), str(ROOT)))
        return subprocess.run(
            [sys.executable, "-m", "leaflet", *map(str, arguments)],
            env=os.environ | {"PYTHONPATH": paths, "LC_ALL": "C.UTF-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
        )

    return run


@pytest.fixture(scope="session")
def campaign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign whose election, template and theme are those of the package."""
    folder = tmp_path_factory.mktemp("campaign")
    (folder / "ecoles.csv").write_text(ROWS, "utf-8")
    (folder / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    return folder / "campaign.toml"


@pytest.fixture(scope="session")
def built(campaign: Path, run: Callable[..., Ended]) -> Path:
    """The folder that a build of the campaign has written."""
    out = campaign.with_name("out")
    ended = run("build", campaign, "--out", out)
    assert ended.returncode == 0, ended.stderr
    return out
