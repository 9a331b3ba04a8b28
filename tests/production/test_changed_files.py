"""A file is hashed again only if it was changed after the manifest was written; others are trusted."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import write_campaign
from leaflet.production import folder_store as folder_module
from leaflet.production.build import build
from leaflet.production.build_options import BuildOptions, BuildResult
from leaflet.production.manifest import Entry
from tests.production.build_processes import listing

DOCUMENT = "leaflet-a4"
SCHOOLS = 120
DAY = 86_400 * 10**9  # nanoseconds


class Work:
    def __init__(self, folder: Path, schools: int) -> None:
        self.campaign, self.out = write_campaign(folder / "campaign", schools), folder / "out"

    @property
    def files(self) -> list[Path]:
        return sorted((self.out / DOCUMENT).iterdir())

    def build(self, **options: Any) -> BuildResult:
        given: dict[str, Any] = {"campaign": self.campaign, "out": self.out, "jobs": 1, "verify": False, **options}
        return build(BuildOptions(**given))

    def change_rows(self, count: int) -> None:
        """Change the number of copies in the first rows."""
        path = self.campaign.parent / "ecoles.csv"
        head, *rows = path.read_text("utf-8").splitlines()
        for number in range(count):
            rows[number] = rows[number].rpartition(";")[0] + ";7777"
        path.write_text("\n".join([head, *rows, ""]), "utf-8")


@pytest.fixture
def work(tmp_path: Path) -> Work:
    work = Work(tmp_path, 30)
    work.build()
    return work


def spoil(path: Path) -> None:
    """Change a byte in the middle of a file."""
    with path.open("r+b") as file:
        file.seek(5000)
        byte = file.read(1)
        file.seek(5000)
        file.write(bytes([byte[0] ^ 1]))


def set_back(path: Path) -> None:
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns - DAY))


def replace_by_older(path: Path) -> None:
    """Replace a file by one that was made earlier, and moved here."""
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
    before = listing(work.out)
    change(work.files[5])
    assert dict(work.build().reasons) == {"altered": 1}
    assert (listing(work.out), work.build().made) == (before, 0)


def test_what_is_changed_right_after_a_build_is_seen(work: Work) -> None:
    before = listing(work.out)
    for number in range(8):
        work.build()
        spoil(work.files[number])
        assert dict(work.build().reasons) == {"altered": 1}
    assert listing(work.out) == before


def test_what_is_changed_during_a_build_is_seen_by_the_next(work: Work) -> None:
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
    read, plain = [], folder_module.is_as_listed

    def counting(path: Path, entry: Entry) -> bool | None:
        read.append(entry.file)
        return plain(path, entry)

    monkeypatch.setattr(folder_module, "is_as_listed", counting)
    return read


def test_unchanged_files_are_not_read(tmp_path: Path, hashed: list[str]) -> None:
    """No file is hashed after a first build, which renames whole folders, or later ones, which rename files."""
    work = Work(tmp_path, SCHOOLS)
    work.build()
    for rows in (0, 0, 5, 0, SCHOOLS, 0):
        work.change_rows(rows)
        assert (work.build().files, hashed) == (SCHOOLS, [])


def test_a_file_with_a_new_time_is_read_once(work: Work, hashed: list[str]) -> None:
    """A file whose ctime changed is hashed once; its bytes are right, and the next build trusts it again."""
    for path in work.files[:3]:
        path.chmod(0o600)
    for _ in range(2):
        assert (work.build().made, len(hashed)) == (0, 3)


def test_a_file_left_over_does_not_have_others_read(work: Work, hashed: list[str]) -> None:
    path = work.campaign.parent / "ecoles.csv"
    head, first, *rows = path.read_text("utf-8").splitlines()
    uai, _, *rest = first.split(";")
    path.write_text("\n".join([head, ";".join([uai, "Lycée Ronsard", *rest]), *rows, ""]), "utf-8")
    result = work.build()
    assert (result.made, len(result.stale)) == (1, 1)
    hashed.clear()
    assert (work.build().made, hashed) == (0, [])
