"""A file is believed to be as it was made if nobody has touched it since; only those touched are read."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import write_campaign
from leaflet.production.build import build
from leaflet.production.manifest import Entry
from leaflet.production.options import BuildOptions, BuildResult
from leaflet.production.storage import folder as folder_module
from tests.production.drills import listing

DOCUMENT = "leaflet-a4"
SCHOOLS = 1000
DAY = 86_400 * 10**9  # nanoseconds


class Work:
    """A campaign and the folder it is built into."""

    def __init__(self, folder: Path, schools: int) -> None:
        self.campaign, self.out = write_campaign(folder / "campaign", schools), folder / "out"

    @property
    def files(self) -> list[Path]:
        """What was made for schools."""
        return sorted((self.out / DOCUMENT).iterdir())

    def build(self, **options: Any) -> BuildResult:
        """Build it in this process."""
        given: dict[str, Any] = {"campaign": self.campaign, "out": self.out, "jobs": 1, "verify": False, **options}
        return build(BuildOptions(**given))

    def change_rows(self, count: int) -> None:
        """Another number of copies in the first rows."""
        path = self.campaign.parent / "ecoles.csv"
        head, *rows = path.read_text("utf-8").splitlines()
        for number in range(count):
            rows[number] = rows[number].rpartition(";")[0] + ";7777"
        path.write_text("\n".join([head, *rows, ""]), "utf-8")


@pytest.fixture
def work(tmp_path: Path) -> Work:
    """Thirty schools, made."""
    work = Work(tmp_path, 30)
    work.build()
    return work


def spoil(path: Path) -> None:
    """Another byte in the middle, written into the file itself."""
    with path.open("r+b") as file:
        file.seek(5000)
        byte = file.read(1)
        file.seek(5000)
        file.write(bytes([byte[0] ^ 1]))


def set_back(path: Path) -> None:
    """The time at which it was changed is long ago, if one believes what it says."""
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - DAY))


def replace_by_older(path: Path) -> None:
    """By a file that was made before, and moved here."""
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    spoil(other)
    set_back(other)
    other.replace(path)


@pytest.mark.parametrize(
    "change",
    [spoil, lambda path: (spoil(path), set_back(path)), replace_by_older],
    ids=["spoilt", "spoilt, its time set back", "an older file moved here"],
)
def test_what_was_changed_is_seen(work: Work, change: Callable[[Path], object]) -> None:
    """Whatever time it bears."""
    before = listing(work.out)
    change(work.files[5])
    assert dict(work.build().reasons) == {"altered": 1}
    assert listing(work.out) == before
    assert work.build().made == 0


def test_what_is_changed_right_after_a_build_is_seen(work: Work) -> None:
    """In the same moment, as far as the clock of the disk can tell."""
    before = listing(work.out)
    for number in range(30):
        work.build()
        spoil(work.files[number])
        assert dict(work.build().reasons) == {"altered": 1}
    assert listing(work.out) == before


def test_what_is_changed_during_a_build_is_seen_by_the_next(work: Work) -> None:
    """After it was looked at, before the list was written."""
    work.change_rows(3)
    spoilt = []

    def spoil_one(*_: object) -> None:
        if not spoilt:
            spoilt.append(work.files[20])
            spoil(spoilt[0])

    assert dict(work.build(progress=spoil_one).reasons) == {"row": 3}
    assert dict(work.build().reasons) == {"altered": 1}
    work.build(out=work.out.with_name("anew"))
    assert listing(work.out) == listing(work.out.with_name("anew"))


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of files that are read to be compared with the list."""
    read, plain = [], folder_module.is_as_listed

    def counting(path: Path, entry: Entry) -> bool | None:
        read.append(entry.file)
        return plain(path, entry)

    monkeypatch.setattr(folder_module, "is_as_listed", counting)
    return read


def test_what_nobody_has_touched_is_not_read(tmp_path: Path, hashed: list[str]) -> None:
    """Neither after a first build, whose folder gets its name as a whole, nor after others, file by file."""
    work = Work(tmp_path, SCHOOLS)
    work.build()
    for rows in (0, 0, 5, 0, SCHOOLS, 0):
        work.change_rows(rows)
        assert work.build().files == SCHOOLS
        assert hashed == []


def test_what_was_touched_is_read_once(work: Work, hashed: list[str]) -> None:
    """Copied with its times, restored, linked elsewhere: it is as it was, and then it is known again."""
    for path in work.files[:3]:
        path.chmod(0o600)
    assert work.build().made == 0
    assert len(hashed) == 3
    assert work.build().made == 0
    assert len(hashed) == 3


def test_a_file_left_over_does_not_have_others_read(work: Work, hashed: list[str]) -> None:
    """Of a school whose name has changed: its old file stays, and is as believable as all others."""
    path = work.campaign.parent / "ecoles.csv"
    head, first, *rows = path.read_text("utf-8").splitlines()
    uai, _, *rest = first.split(";")
    path.write_text("\n".join([head, ";".join([uai, "Lycée Ronsard", *rest]), *rows, ""]), "utf-8")
    result = work.build()
    assert (result.made, len(result.stale)) == (1, 1)
    hashed.clear()
    assert work.build().made == 0
    assert hashed == []
