"""The wheel alone, with the dependencies it declares and no checkout, built and installed without network."""

import json
import os
import re
import shutil
import subprocess
import sys
import venv
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "examples" / "indre-et-loire-2018"

pytestmark = [
    pytest.mark.skipif(
        find_spec("hatchling") is None, reason="hatchling is missing; requirements/test.lock installs it"
    ),
    pytest.mark.drill,
]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder, cwd=ROOT)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a new environment that holds the wheel and what it declares, nothing else."""
    folder = tmp_path_factory.mktemp("environment").resolve()
    venv.create(folder, symlinks=os.name != "nt")
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    site = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    for name in sorted(closure("leaflet-print") - {"leaflet-print"}):
        link_distribution(name, site)
    pip(python, "install", "--no-deps", "--no-index", "--no-compile", wheel)
    return python


def pip(python: Path, *words: str | Path) -> None:
    run(sys.executable, "-m", "pip", "--python", python, *words)


def closure(name: str, extras: frozenset[str] = frozenset()) -> set[str]:
    """A distribution installed here and all that it needs on this machine, without its extras."""
    found, waiting = set(), [(name, extras)]
    while waiting:
        key, wanted = waiting.pop()
        if (key, wanted) in found:
            continue
        found.add((key, wanted))
        for text in metadata.requires(key) or []:
            need = Requirement(text)
            if need.marker is None or any(need.marker.evaluate({"extra": extra}) for extra in wanted | {""}):
                waiting.append((canonicalize_name(need.name), frozenset(need.extras)))
    return {key for key, _ in found}


def link_distribution(name: str, site: Path) -> None:
    """Put what a distribution has in our site-packages into another, without copying."""
    distribution = metadata.distribution(name)
    tops = {file.parts[0] for file in distribution.files or [] if file.parts[0] not in {"..", "__pycache__"}}
    assert tops, f"{name} does not say which files it has"
    for top in tops:
        if not (site / top).exists():
            (site / top).symlink_to(Path(str(distribution.locate_file(top))))


def run(*command: str | Path, cwd: Path | None = None) -> str:
    """What a command prints, run without anything that could lead it to the checkout; a failure shows its words."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("PIP_", "PYTHON", "VIRTUAL_"))}
    done = subprocess.run(
        [*map(str, command)],
        cwd=cwd,
        env=kept | {"PIP_CONFIG_FILE": os.devnull, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PYTHONNOUSERSITE": "1"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=300,
    )
    assert done.returncode == 0, f"{command} ended with {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done.stdout


def files_under(folder: Path) -> Iterator[str]:
    for path in folder.rglob("*"):
        if path.is_file() and "__pycache__" not in path.parts:
            yield path.relative_to(folder).as_posix()


def test_wheel_holds_package_templates_assets_and_licence(wheel: Path) -> None:
    """Every file the program reads and every page of its manual is in the wheel, and no test or example is."""
    names = set(ZipFile(wheel).namelist())
    expected = {f"leaflet/{name}" for name in files_under(ROOT / "leaflet")}
    expected |= {f"leaflet/_data/templates/{name}" for name in files_under(ROOT / "templates")}
    expected |= {f"leaflet/_data/assets/{name}" for name in files_under(ROOT / "assets")}
    expected |= {f"share/man/{name}" for name in files_under(ROOT / "docs" / "man")}
    assert {re.sub(r"^[^/]+\.data/data/", "", name) for name in names if ".dist-info/" not in name} == expected
    assert [name for name in names if name.endswith("/licenses/LICENSE")]


def test_wheel_is_the_same_when_built_again(wheel: Path, tmp_path: Path) -> None:
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path, cwd=ROOT)
    assert (tmp_path / wheel.name).read_bytes() == wheel.read_bytes()


def test_environment_is_complete_and_holds_no_checkout(python: Path, tmp_path: Path) -> None:
    """The installer finds nothing missing, test tools are absent, and the package is the wheel's."""
    pip(python, "check")
    code = """
import importlib.util, json, sys, leaflet, leaflet.files.resources as r
tools = [name for name in ("pytest", "hatchling", "mypy", "cv2") if importlib.util.find_spec(name)]
print(json.dumps([leaflet.__file__, str(r.assets()), str(r.templates()), tools, sys.path]))
"""
    module, assets, templates, tools, paths = json.loads(run(python, "-c", code, cwd=tmp_path))
    home = python.parent.parent
    assert all(Path(path).is_relative_to(home) for path in (module, assets, templates))
    assert tools == []
    assert not {str(ROOT), str(ROOT / "tests")} & set(paths)


def test_installed_wheel_builds_the_example(python: Path, tmp_path: Path) -> None:
    """`leaflet build` from the wheel, far from the checkout, makes every leaflet of its manifest."""
    campaign = shutil.copytree(EXAMPLE, tmp_path / "campaign")
    command = python.with_name("leaflet.exe" if os.name == "nt" else "leaflet")
    run(command, "build", campaign / "campaign.toml", "-o", tmp_path / "out", cwd=tmp_path)
    made = sorted((tmp_path / "out").rglob("*.pdf"))
    schools = len((campaign / "ecoles.csv").read_text(encoding="utf-8-sig").splitlines()) - 1
    documents = (campaign / "campaign.toml").read_text(encoding="utf-8").count("[[document]]")
    assert len(made) == schools * documents > 12
    assert all(path.read_bytes().startswith(b"%PDF-") for path in made)
    assert (tmp_path / "out" / "manifest.json").is_file()


def test_what_judges_files_says_how_to_get_its_libraries(python: Path, tmp_path: Path) -> None:
    """They are no part of this environment, in which everything else is made."""
    command = python.with_name("leaflet.exe" if os.name == "nt" else "leaflet")
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "one.pdf").write_bytes(b"%PDF-1.7")
    for asked in ("check", "diff", "report"):
        done = subprocess.run([command, asked, "out"], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8")
        assert done.returncode == 2
        assert "numpy, page-validation, pikepdf" in done.stderr and '[check]"' in done.stderr


def test_installed_wheel_starts_a_campaign(python: Path, tmp_path: Path) -> None:
    """`leaflet init` finds its profiles in the wheel, and `leaflet --version` says the wheel's version."""
    command = python.with_name("leaflet.exe" if os.name == "nt" else "leaflet")
    run(command, "init", "mine", "--election", "2026", cwd=tmp_path)
    assert (tmp_path / "mine" / "campaign.toml").is_file()
    version = run(python, "-c", "from importlib.metadata import version; print(version('leaflet-print'))").strip()
    assert version in run(command, "--version", cwd=tmp_path)
