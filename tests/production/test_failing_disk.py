"""A disk that is full, read-only or removed gives a fault with a code, and the same command resumes the build."""

import errno
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import write_campaign
from leaflet.faults import RenderError
from leaflet.production import staging
from leaflet.production.staging import write_new
from tests.production.build_processes import building, journal_size, listing, made, names, run
from tests.production.test_build import codes
from tests.small_disk import mounted

SCHOOLS = 450
OPTIONS = ("--jobs", "1", "--no-verify")
KEPT = re.compile(r"([0-9]+) of ([0-9]+) files are done and kept")


def reported_codes(errors: str) -> list[str]:
    assert "Traceback" not in errors
    return re.findall(r"^[A-Z][0-9]{3}\b", errors, re.MULTILINE)


def kept(errors: str) -> int:
    said = KEPT.search(errors)
    assert said, errors
    return int(said[1])


LIMIT = """
import resource, signal, sys
sys.dont_write_bytecode = True  # half a module would be kept, and fail whoever imports it next
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, ({bytes}, {bytes}))
"""


@pytest.mark.drill
def test_no_file_may_grow(campaign: Path, tmp_path: Path) -> None:
    code, _, errors = run(campaign, tmp_path / "out", *OPTIONS, code=LIMIT.format(bytes=20_000))
    assert (code, reported_codes(errors)) == (4, ["W101"])
    assert os.strerror(errno.EFBIG) in errors or os.strerror(errno.ENOSPC) in errors
    assert not (tmp_path / "out").exists()


@pytest.mark.drill
def test_the_journal_does_not_fit(campaign: Path, wanted: dict[str, str], tmp_path: Path) -> None:
    """The journal is cut short between two files: as many files are kept as the message says."""
    out = tmp_path / "out"
    code, _, errors = run(campaign, out, *OPTIONS, code=LIMIT.format(bytes=125_000))
    assert (code, reported_codes(errors), names(out)) == (4, ["W101", "W108"], {})
    assert SCHOOLS - made(campaign, out).made == kept(errors) > 0
    assert listing(out) == wanted


@pytest.mark.drill
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_small_disk(campaign: Path, wanted: dict[str, str], tmp_path: Path, jobs: str) -> None:
    """The disk gets full in the middle of a build; once there is room the same command makes the rest."""
    disk = tmp_path / "disk"
    options = ("--jobs", jobs, "--no-verify")
    made(campaign, tmp_path / "whole")
    # Four batches for each worker, three under way at first, have room, and the journal of the first: workers may be
    # quicker than the process that writes it.
    size = sum(path.stat().st_size for path in (tmp_path / "whole").rglob("*.pdf")) * 7 // 8
    with mounted(disk, f"size={size}"):
        out = disk / "out"
        code, _, errors = run(campaign, out, *options)
        assert (code, reported_codes(errors)) == (4, ["W101", "W108"])
        assert os.strerror(errno.ENOSPC) in errors
        assert names(out) == {}
        assert run(campaign, out, *options)[0] == 4  # still full
        subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
        code, printed, _ = run(campaign, out, *options)
        assert f"{SCHOOLS - kept(errors)} files made, {kept(errors)} kept as they were." in printed
        assert (code, listing(out)) == (0, wanted)


@pytest.mark.drill
def test_a_small_disk_for_an_archive(campaign: Path, tmp_path: Path) -> None:
    """All files have room, and not the archive too: once there is room the same command writes it alone."""
    disk, out = tmp_path / "disk", tmp_path / "disk" / "out.zip"
    made(campaign, tmp_path / "whole")
    size = sum(path.stat().st_size for path in (tmp_path / "whole").rglob("*.pdf")) * 3 // 2
    with mounted(disk, f"size={size}"):
        code, _, errors = run(campaign, out, *OPTIONS)
        assert (code, reported_codes(errors), kept(errors)) == (4, ["W101", "W108"], SCHOOLS)
        assert not out.exists()
        subprocess.run(["mount", "-o", "remount,size=100m", disk], check=True)
        code, printed, _ = run(campaign, out, *OPTIONS)
        assert (code, f"0 files made, {SCHOOLS} kept as they were." in printed, out.exists()) == (0, True, True)


@pytest.mark.drill
def test_a_disk_that_is_read_only(campaign: Path, tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    with mounted(disk, "size=60m"):
        run(campaign, disk / "out", *OPTIONS, "--only", "0370000Z")
        before = listing(disk)
        subprocess.run(["mount", "-o", "remount,ro", disk], check=True)
        for out in (disk / "out", disk / "new", disk / "new.zip"):
            code, _, errors = run(campaign, out, *OPTIONS)
            assert (code, reported_codes(errors)) == (4, ["W101"])
            assert os.strerror(errno.EROFS) in errors
        assert listing(disk) == before


@pytest.mark.parametrize("number", [errno.EROFS, errno.EACCES, errno.EIO, errno.EDQUOT])
def test_what_the_system_says_is_passed_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    """Each error of the system is passed on: in writing a file or the manifest, or in renaming a file."""
    path = write_campaign(tmp_path / "campaign", 3)

    def refuse(place: Path | str, *arguments: Any, **options: Any) -> bytes:
        if where != "the list" or Path(place).name == "manifest.json":
            raise OSError(number, os.strerror(number))
        return write_new(place, *arguments, **options)

    for where, name in (("a file", "write_new"), ("the list", "open_new"), ("a name", "move_into")):
        with monkeypatch.context() as patch, pytest.raises(RenderError) as caught:
            patch.setattr(staging, name, refuse)
            made(path, tmp_path / "out")
        assert codes(caught.value) == (["W101"] if where == "a file" else ["W101", "W108"])
        assert os.strerror(number) in caught.value.faults[0].reason("en")
    assert made(path, tmp_path / "out").made == 0  # all three were kept
    assert sorted(entry.name for entry in (tmp_path / "out").iterdir()) == ["leaflet-a4", "manifest.json"]


@pytest.mark.drill
@pytest.mark.parametrize("jobs", [1, 2])
def test_the_folder_vanishes(campaign: Path, wanted: dict[str, str], tmp_path: Path, jobs: int) -> None:
    """The output folder is removed during a build: a fault, which does not say that files are kept."""
    out = tmp_path / "out"
    options = ("--jobs", str(jobs), "--no-verify")
    with building(campaign, out, *options, is_held=True) as process:
        assert process.wait_for(lambda: journal_size(out) > 0)
        out.rename(tmp_path / "away")  # at once, as a disk that is pulled out
        code, _, errors = process.end()
    assert (code, reported_codes(errors)) == (4, ["W101"])
    assert not out.exists()
    assert (run(campaign, out, *options, "-q"), listing(out)) == ((0, "", ""), wanted)
    shutil.rmtree(out)
    (tmp_path / "away").rename(out)  # and back again
    assert (run(campaign, out, *options, "-q"), listing(out)) == ((0, "", ""), wanted)


@pytest.mark.drill
@pytest.mark.skipif(sys.platform == "win32", reason="has no such limits")
@pytest.mark.parametrize("limits", ["ulimit -n 8", "ulimit -n 16", "ulimit -n 18", "trap '' XFSZ; ulimit -f 5"])
def test_a_system_that_gives_too_little(campaign: Path, tmp_path: Path, limits: str) -> None:
    """Two processes that may not open or write what they need end with a fault, and no traceback of any."""
    command = [sys.executable, "-m", "leaflet", "build", campaign, "-o", tmp_path / "out", "--jobs", "2"]
    line = f"{limits}; exec {shlex.join(map(str, command))}"
    done = subprocess.run(["bash", "-c", line], capture_output=True, text=True, timeout=60)
    assert (done.returncode, "Traceback" in done.stderr) == (4, False), done.stderr
    assert re.search(r"^W(101|11[89])", done.stderr, re.MULTILINE), done.stderr
    assert not list(tmp_path.rglob("*.pdf"))
