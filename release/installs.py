"""Install the wheel in empty environments, by pip, pipx and uv, for each Python there is, and try what was installed.

Each environment is made without caches, outside of the checkout; pip installs `requirements/run.lock` by its hashes,
pipx and uv the same releases. `smoke.py` tries each, and all must make the same bytes. It needs pipx and uv, which
`requirements/release.lock` has:

    make folder && .venv/release/bin/python release/installs.py dist/*.whl --folder dist/leaflet --write
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from same_bytes import compare  # noqa: E402 - beside this script, wherever it was copied to
from smoke import smoke  # noqa: E402

VERSIONS = ("3.11", "3.12", "3.13", "3.14")
_IS_WINDOWS = os.name == "nt"
_SCRIPTS = "Scripts" if _IS_WINDOWS else "bin"
_COMMAND = "leaflet.exe" if _IS_WINDOWS else "leaflet"
_TELLS_VERSION = "import sys, ensurepip; print('%d.%d' % sys.version_info[:2])"


class Request:
    """One installation that is asked for.

    Args:
        wheel: what is installed, with its extra ``check``.
        lock: the hash-locked requirements.
        python: the interpreter it is for.
        folder: an empty one, for the environment and all that comes with it.
    """

    def __init__(self, wheel: Path, lock: Path, python: str, folder: Path) -> None:
        self.wheel, self.lock, self.python, self.folder = wheel, lock, python, folder
        self.asked = f"{wheel}[check]"

    def constraints(self) -> Path:
        """Return a file with the releases of the lock, for those that take no hashes."""
        releases = re.findall(r"^\S+==[^\\\n]+", self.lock.read_text("utf-8"), re.MULTILINE)
        path = self.folder / "constraints.txt"
        path.write_text("\n".join(releases), "utf-8")
        return path

    def run(self, *command: str | Path, **environment: str | Path) -> None:
        """Run a command without caches and settings; its output is shown if it fails."""
        own = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "VIRTUAL_ENV")}
        own |= {"PIP_NO_CACHE_DIR": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_QUIET": "1", "UV_NO_CACHE": "1"}
        own |= {name: str(value) for name, value in environment.items()}
        done = subprocess.run([*map(str, command)], cwd=self.folder, env=own, capture_output=True, text=True)
        if done.returncode:
            print(done.stdout, done.stderr, sep="\n", file=sys.stderr)
        done.check_returncode()


def by_pip(request: Request) -> Path:
    """Install into a new environment, by hash."""
    environment = request.folder / "environment"
    request.run(request.python, "-m", "venv", environment)
    pip = (environment / _SCRIPTS / "python", "-m", "pip", "install")
    request.run(*pip, "--require-hashes", "--no-deps", "-r", request.lock)
    request.run(*pip, "--no-deps", "--no-index", request.wheel)
    return environment / _SCRIPTS / _COMMAND


def by_pipx(request: Request) -> Path:
    """Install as `pipx install` does where no uv is, into a home of its own."""
    home = {"PIPX_HOME": request.folder / "home", "PIPX_BIN_DIR": request.folder / "bin"}
    options = (
        "--backend",
        "pip",
        "--python",
        request.python,
        "--pip-args",
        f"--constraint {request.constraints().as_posix()}",
    )
    request.run(sys.executable, "-m", "pipx", "install", *options, request.asked, **home, PIPX_MAN_DIR=request.folder)
    return request.folder / "bin" / _COMMAND


def by_uv(request: Request) -> Path:
    """Install as `uv tool install` does, into a home of its own."""
    home = {"UV_TOOL_DIR": request.folder / "tools", "UV_TOOL_BIN_DIR": request.folder / "bin"}
    options = ("--no-config", "--no-cache", "--python", request.python, "--constraints", request.constraints())
    request.run(sys.executable, "-m", "uv", "tool", "install", *options, request.asked, **home)
    return request.folder / "bin" / _COMMAND


WAYS: dict[str, Callable[[Request], Path]] = {"pip": by_pip, "pipx": by_pipx, "uv": by_uv}


def find_pythons() -> Iterator[tuple[str, str]]:
    """Yield the releases of Python that are to be tried and are on this machine, each with an interpreter."""
    beside = sorted(Path.home().glob(".pyenv/versions/*/bin/python3"))
    places = [*(shutil.which(f"python{version}") or "" for version in VERSIONS), *map(str, beside), sys.executable]
    found: dict[str, str] = {}
    for place in filter(None, places):
        told = subprocess.run([place, "-c", _TELLS_VERSION], capture_output=True, text=True)
        found.setdefault(told.stdout.strip(), place)
    yield from ((version, found[version]) for version in VERSIONS if version in found)


def try_installation(way: str, version: str, wheel: Path, lock: Path, python: str) -> dict[str, Any]:
    """Install, try, and return what `smoke.py` found, with seconds and megabytes of the installation."""
    with tempfile.TemporaryDirectory() as folder:
        request = Request(wheel.resolve(), lock.resolve(), python, Path(folder).resolve())
        begin, processor_begin = time.perf_counter(), processor_seconds()
        command = WAYS[way](request)
        taken = {
            "install": round(time.perf_counter() - begin, 1),
            "install_processor": round(processor_seconds() - processor_begin, 1),
        }
        size = sum(path.lstat().st_size for path in request.folder.rglob("*") if path.is_file()) / 1e6
        name = f"{sys.platform} {version} {way}"
        return {"name": name, **taken, "mb": round(size), **smoke([str(command)])}


def try_folder(folder: Path) -> dict[str, Any]:
    """Try the folder of `make_folder.py`, which nobody installs."""
    size = sum(path.lstat().st_size for path in folder.rglob("*") if path.is_file() and not path.is_symlink()) / 1e6
    command = str(folder.resolve() / _COMMAND)
    taken = {"install": 0.0, "install_processor": 0.0, "mb": round(size)}
    return {"name": f"{sys.platform} folder", **taken, **smoke([command])}


def processor_seconds() -> float:
    """Return what the programs that were run have taken of the processor; 0 on Windows, which does not tell."""
    times = os.times()
    return times.children_user + times.children_system


def table(results: list[dict[str, Any]]) -> str:
    """Return the results as a table in Markdown."""
    steps = list(results[0]["seconds"])
    head = ["installation", "install s", "of the processor", "MB", *(f"{step} s" for step in steps)]
    lines = [head, ["---", *(["---:"] * (len(head) - 1))]]
    for one in results:
        seconds = [f"{one['seconds'][step]:.1f}" for step in steps]
        lines.append(
            [one["name"], f"{one['install']:.1f}", f"{one['install_processor']:.1f}", str(one["mb"]), *seconds]
        )
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def main() -> None:
    """Try all installations, print two tables, and end with 1 if something differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--lock", type=Path, default=HERE.parent / "requirements" / "run.lock")
    parser.add_argument("--ways", default="pip,pipx,uv", help="by which installers (pip,pipx,uv)")
    parser.add_argument("--only-this-python", action="store_true", help="the one that runs this script")
    parser.add_argument("--folder", type=Path, help="try this one, too, which make_folder.py made")
    parser.add_argument("--out", type=Path, help="a folder for the results, one JSON file each, for same_bytes.py")
    parser.add_argument("--write", action="store_true", help="put the tables into benchmarks/RESULTS.md")
    asked = parser.parse_args()
    this = (f"{sys.version_info[0]}.{sys.version_info[1]}", sys.executable)
    pythons = [this] if asked.only_this_python else list(find_pythons())
    results = []
    for version, python in pythons:
        for way in asked.ways.split(","):
            results.append(try_installation(way, version, asked.wheel, asked.lock, python))
            print(table(results[-1:]).splitlines()[-1], flush=True)
    if asked.folder:
        results.append(try_folder(asked.folder))
    bytes_table, is_same = compare(results)
    missing = [version for version in VERSIONS if version not in dict(pythons)]
    text = f"{table(results)}\n\n{bytes_table}\n\nThe wheel has {asked.wheel.stat().st_size / 1e6:.2f} MB."
    if missing and not asked.only_this_python:
        text += f" Not on this machine, so not tried: Python {', '.join(missing)}."
    print(f"\n{text}")
    if asked.out:
        asked.out.mkdir(parents=True, exist_ok=True)
        for one in results:
            (asked.out / f"{one['name'].replace(' ', '-')}.json").write_text(json.dumps(one, indent=1), "utf-8")
    if asked.write:
        from benchmarks.results import describe_machine, write_section

        write_section("Installed from the wheel", f"{describe_machine(Path(tempfile.gettempdir()))}\n\n{text}")
    sys.exit(not is_same)


if __name__ == "__main__":
    main()
