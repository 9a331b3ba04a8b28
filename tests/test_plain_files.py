"""What is no plain file, or one without an end, is an error: nothing waits for it."""

import errno
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from leaflet.campaign.answers import read_answers
from leaflet.campaign.starter import write_starter
from leaflet.faults import LeafletError
from leaflet.files.plain_files import read_plain_file
from leaflet.production.manifest import read_manifest


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    signal.alarm(10)
    yield
    signal.alarm(0)


def _folder(path: Path) -> None:
    path.mkdir()


def _device(path: Path) -> None:
    path.symlink_to("/dev/zero")


@pytest.mark.parametrize("make", [os.mkfifo, _folder, _device])
def test_what_is_no_plain_file_is_an_error(tmp_path: Path, make: Callable[[Path], None]) -> None:
    """A pipe would be waited for, a device has no end."""
    make(tmp_path / "x")
    with pytest.raises(OSError, match=r"\w"):
        read_plain_file(tmp_path / "x", 10)


def test_a_file_is_read_up_to_its_limit(tmp_path: Path) -> None:
    """A file of just as many bytes is read, a longer one is too large, whatever size the system says."""
    (tmp_path / "x").write_bytes(b"x" * 200_000)
    assert read_plain_file(tmp_path / "x", 200_000) == b"x" * 200_000
    with pytest.raises(OSError, match=r"\w") as caught:
        read_plain_file(tmp_path / "x", 199_999)
    assert caught.value.errno == errno.EFBIG


@pytest.mark.skipif(not os.access("/proc/kmsg", os.R_OK), reason="only root may read it")
def test_a_file_that_never_ends_is_an_error() -> None:
    """The kernel’s messages are a plain file for who asks, and reading them waits for the next message."""
    with pytest.raises(OSError, match=r"\w"):
        read_plain_file(Path("/proc/kmsg"), 1 << 20)


def test_answers_lists_and_manifests_are_not_waited_for(tmp_path: Path) -> None:
    """Commands refuse a pipe among what they read; a manifest that is one is none."""
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(LeafletError):
        read_answers(tmp_path / "pipe")
    with pytest.raises(LeafletError):
        write_starter(tmp_path / "new", "2018", schools=tmp_path / "pipe")
    os.mkfifo(tmp_path / "manifest.json")
    assert read_manifest(tmp_path) is None
