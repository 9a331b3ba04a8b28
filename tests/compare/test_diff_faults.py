"""Faults of comparisons: both sides are judged, and a missing baseline is never « no change »."""

import os
from pathlib import Path

from leaflet.preflight.compare.compare_builds import compare_paths
from tests.compare.fault_cases import compared, listed, page, sound


def test_both_sides_are_reported_at_once(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    assert [fault.code for fault in compared(tmp_path / "old", tmp_path / "new")] == ["U061", "U061"]
    assert [fault.code for fault in compared(tmp_path / "a", tmp_path / "b")] == ["U060", "U060"]


def test_a_file_that_is_missing_is_neither_added_nor_removed(tmp_path: Path) -> None:
    """The baseline should have it: nobody can say whether it changed, and the comparison does not end well."""
    found = compare_paths(listed(tmp_path / "old", None), sound(tmp_path / "new"))
    assert [record.status for record in found.records] == ["unreadable"] and found.is_different
    assert found.has_errors


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """What is no ordinary file is refused before it is opened, on the command line and in a build."""
    fifo = tmp_path / "pipe.pdf"
    os.mkfifo(fifo)
    (tmp_path / "new.pdf").write_bytes(page())
    assert [fault.code for fault in compared(fifo, tmp_path / "new.pdf")] == ["U066"]
    old, new = listed(tmp_path / "old", None), sound(tmp_path / "new")
    fifo.rename(old / "d" / "a.pdf")
    assert [fault.code for fault in compared(old, new)] == ["D101"]
