"""Run builds in processes of their own, which tests kill or interrupt, and list the files they leave."""

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psutil

from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult
from leaflet.production.manifest import NAME, read_manifest
from leaflet.production.staging import PARTIAL
from tests import forked_processes

ROOT = forked_processes.ROOT
_TIMEOUT = 120.0  # seconds after which a build that neither ends nor goes on has failed
_HOLD = """
import time
from pathlib import Path
from leaflet.production.folder_store import FolderStore
mark_finished = FolderStore.mark_finished
def hold(store, *finished):
    mark_finished(store, *finished)
    FolderStore.mark_finished = mark_finished
    while not Path({path!r}).exists():
        time.sleep(0.01)
FolderStore.mark_finished = hold
"""


class Building:
    def __init__(self, process: forked_processes.Child, goes_on: Path) -> None:
        self.process, self._goes_on = process, goes_on
        self._leader = psutil.Process(process.pid)

    def wait_for(self, is_reached: Callable[[], bool]) -> bool:
        """Wait for a moment; False if the build ended before it came."""
        end = time.monotonic() + _TIMEOUT
        while self.process.poll() is None:
            if is_reached():
                return True
            assert time.monotonic() < end, "the moment never came"
            time.sleep(0.01)  # without a pause, listing a folder of thousands of files slows the build down
        return False

    def workers(self) -> list[psutil.Process]:
        """Return the processes that make files for it."""
        return self._leader.children()

    def signal(self, number: int) -> None:
        """Send the leading process a signal, and wait until nothing of the build runs any more."""
        family = self._leader.children(recursive=True)
        self.process.send_signal(number)
        self.process.wait(_TIMEOUT)
        assert_gone(family)

    def signal_group(self, number: int) -> None:
        """Send a signal to all processes of the build at once, as a terminal does."""
        family = self._leader.children(recursive=True)
        os.killpg(self.process.pid, number)
        self.process.wait(_TIMEOUT)
        assert_gone(family)

    def end(self) -> tuple[int, str, str]:
        """Let it go on if it is held, and wait for its end; return exit code, standard output, standard error."""
        self._goes_on.touch()
        family = self._leader.children(recursive=True) if self.process.poll() is None else []
        out, err = self.process.communicate(timeout=_TIMEOUT)
        assert_gone(family)
        return self.process.returncode, out, err


def assert_gone(family: list[psutil.Process]) -> None:
    end = time.monotonic() + 20
    while alive := list(filter(_is_running, family)):
        assert time.monotonic() < end, alive
        time.sleep(0.01)


def _is_running(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@contextmanager
def building(
    campaign: Path,
    out: Path | str,
    *options: str,
    code: str = "",
    environment: Mapping[str, str] | None = None,
    is_held: bool = False,
    modules: Sequence[str] = (),
) -> Iterator[Building]:
    """Start a build in a session of its own, in English; it is killed at the end of the block if it still runs.

    One that `is_held` waits, after the first files that its journal has, for a signal or for `Building.end`: on a
    busy machine it could else have made all files before a test does anything.
    """
    with TemporaryDirectory() as folder:
        goes_on = Path(folder) / "goes-on"
        process = forked_processes.start(
            ["--lang", "en", "build", str(campaign), "-o", str(out), *options],
            code + (_HOLD.format(path=str(goes_on)) if is_held else ""),
            environment,
            modules=modules,
        )
        running = Building(process, goes_on)
        try:
            yield running
        finally:
            if process.poll() is None:
                running.signal(9)
            process.wait(_TIMEOUT)


def made(campaign: Path, out: Path, **options: Any) -> BuildResult:
    """Build in this process, without verification unless an option asks for it."""
    return build(BuildOptions(**{"campaign": campaign, "out": out, "jobs": 1, "verify": False, **options}))


def run(
    campaign: Path,
    out: Path | str,
    *options: str,
    code: str = "",
    environment: Mapping[str, str] | None = None,
    modules: Sequence[str] = (),
) -> tuple[int, str, str]:
    with building(campaign, out, *options, code=code, environment=environment, modules=modules) as running:
        return running.end()


def listing(out: Path) -> dict[str, str]:
    """Return the hash of every file below a folder, hidden ones too; empty folders have a slash."""
    found = {}
    for path in sorted(out.rglob("*")):
        name = path.relative_to(out).as_posix()
        if path.is_file():
            found[name] = sha256(path.read_bytes()).hexdigest()
        elif not any(path.iterdir()):
            found[f"{name}/"] = ""
    return found


def names(out: Path) -> dict[str, str]:
    return {name: digest for name, digest in listing(out).items() if not name.startswith(PARTIAL)}


def numbered_folders(out: Path) -> list[Path]:
    partial = out / PARTIAL
    return [path for path in partial.iterdir() if path.name.isdecimal()] if partial.is_dir() else []


def staged(out: Path, document: str = "leaflet-a4") -> int:
    newest = max(numbered_folders(out), key=lambda path: int(path.name), default=None)
    try:
        return sum(1 for _ in (newest / document).iterdir()) if newest else 0
    except OSError:
        return 0


def journal_size(out: Path) -> int:
    return sum((path / "journal").stat().st_size for path in numbered_folders(out) if (path / "journal").exists())


def assert_manifest_is_right(out: Path) -> None:
    """Check that the manifest of a folder has every file in it, with its hash and size, and no other."""
    manifest = read_manifest(out)
    assert manifest is not None
    found = {name: digest for name, digest in listing(out).items() if name != NAME}
    assert {entry.file: entry.sha256 for entry in manifest.entries} == found
    assert all((out / entry.file).stat().st_size == entry.size for entry in manifest.entries)
