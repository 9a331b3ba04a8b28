"""Builds in processes of their own, which tests kill, starve and watch; and what is in a folder after them."""

import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path

import psutil

from leaflet.production.manifest import NAME, read_manifest
from leaflet.production.staging import PARTIAL
from leaflet.production.storage.remote import open_url
from tests.production import nursery

ROOT = nursery.ROOT
_PATIENCE = 120.0  # seconds after which a build that neither ends nor goes on has failed


class Building:
    """A running ``leaflet build``, and what it started."""

    def __init__(self, process: nursery.Child) -> None:
        self.process = process
        self._leader = psutil.Process(process.pid)

    def wait_for(self, has_come: Callable[[], bool]) -> bool:
        """Wait for a moment; False if the build ended before it came."""
        end = time.monotonic() + _PATIENCE
        while self.process.poll() is None:
            if has_come():
                return True
            assert time.monotonic() < end, "the moment never came"
            time.sleep(0.01)  # looking at a folder of thousands takes the processor from the build
        return False

    def workers(self) -> list[psutil.Process]:
        """The processes that make files for it: what is forked from the one that imports for all of them."""
        servers = [child for child in self._leader.children() if "forkserver" in " ".join(_words(child))]
        return [worker for server in servers for worker in _children(server)]

    def signal(self, number: int) -> None:
        """Send the leading process a signal, and wait until nothing of the build runs any more."""
        family = self._leader.children(recursive=True)
        self.process.send_signal(number)
        self.process.wait(_PATIENCE)
        assert_gone(family)

    def signal_group(self, number: int) -> None:
        """The same as a terminal does it: to all processes of the build at once."""
        family = self._leader.children(recursive=True)
        os.killpg(self.process.pid, number)
        self.process.wait(_PATIENCE)
        assert_gone(family)

    def end(self) -> tuple[int, str, str]:
        """Wait for its end: exit code, standard output, standard error."""
        family = self._leader.children(recursive=True) if self.process.poll() is None else []
        out, err = self.process.communicate(timeout=_PATIENCE)
        assert_gone(family)
        return self.process.returncode, out, err


def _words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:  # it has just ended
        return []


def _children(process: psutil.Process) -> list[psutil.Process]:
    try:
        return process.children()
    except psutil.Error:
        return []


def assert_gone(family: list[psutil.Process]) -> None:
    """None of these processes outlives its build; what the system has only to bury counts as gone."""
    end = time.monotonic() + 20
    while alive := list(filter(_lives, family)):
        assert time.monotonic() < end, alive
        time.sleep(0.01)


def _lives(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@contextmanager
def building(
    campaign: Path, out: Path | str, *options: str, code: str = "", environment: Mapping[str, str] | None = None
) -> Iterator[Building]:
    """A build in a session of its own, quiet and in English; whatever happens, it is gone at the end.

    Args:
        code: Python that runs in its process first.
    """
    process = nursery.start(
        ["--lang", "en", "build", str(campaign), "-o", str(out), *options],
        code,
        {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})},
    )
    running = Building(process)
    try:
        yield running
    finally:
        if process.poll() is None:
            running.signal(9)
        process.wait(_PATIENCE)


def run(campaign: Path, out: Path | str, *options: str, code: str = "") -> tuple[int, str, str]:
    """A whole build: exit code, standard output, standard error."""
    with building(campaign, out, *options, code=code) as running:
        return running.end()


def listing(out: Path) -> dict[str, str]:
    """Every file below a folder, hidden ones too, with its hash; folders that hold nothing, with a slash."""
    found = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file():
            found[name] = sha256(path.read_bytes()).hexdigest()
        elif not any(path.iterdir()):
            found[f"{name}/"] = ""
    return found


def in_storage(url: str) -> dict[str, str]:
    """Hashes of what is below an address."""
    files, root = open_url(url)
    files.invalidate_cache()
    return {path[len(root) + 1 :]: sha256(files.cat_file(path)).hexdigest() for path in sorted(files.find(root))}


def names(out: Path) -> dict[str, str]:
    """The same of files that have their names: what is still under way is left out."""
    return {name: digest for name, digest in listing(out).items() if not name.startswith(PARTIAL)}


def run_folders(out: Path) -> list[Path]:
    """The folders of interrupted builds, and of the one that runs."""
    partial = out / PARTIAL
    return [path for path in partial.iterdir() if path.name.isdecimal()] if partial.is_dir() else []


def staged(out: Path, document: str = "leaflet-a4") -> int:
    """Files of the newest run that wait for their names."""
    newest = max(run_folders(out), key=lambda path: int(path.name), default=None)
    try:
        return sum(1 for _ in (newest / document).iterdir()) if newest else 0
    except OSError:
        return 0


def journal_size(out: Path) -> int:
    """Bytes of all journals."""
    return sum((path / "journal").stat().st_size for path in run_folders(out) if (path / "journal").exists())


def assert_told_truly(out: Path) -> None:
    """The list of a folder names every file in it, with its hash and size, and no other."""
    manifest = read_manifest(out)
    assert manifest is not None
    found = {name: digest for name, digest in listing(out).items() if name != NAME}
    assert {entry.file: entry.sha256 for entry in manifest.entries} == found
    assert all((out / entry.file).stat().st_size == entry.size for entry in manifest.entries)
