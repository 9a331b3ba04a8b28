"""Every fault of comparisons: found, alone, with a way out; a missing baseline is never « no change »."""

import re
from pathlib import Path

import pytest

from leaflet.compare import compare
from leaflet.faults import LANGUAGES, RenderError, UsageError, error_class
from tests.compare.fault_cases import CASES, compared, listed, page, pipe, sound

CODES = sorted(CASES)  # that no code of the catalogue is without a case is held by tests/test_faults.py


@pytest.mark.parametrize("code", CODES)
def test_case_gives_its_fault(code: str, tmp_path: Path) -> None:
    """The case made for a code gives it and nothing else; its messages can be filled in."""
    faults = CASES[code](tmp_path)
    assert {fault.code for fault in faults} == {code}
    for lang in LANGUAGES:
        text = "\n".join(faults[0].lines(lang))
        assert faults[0].place.file or faults[0].place.field
        assert not re.search(r"\{\w+\}", text)
        assert "None" not in text


@pytest.mark.parametrize("code", CODES)
def test_exit_codes(code: str) -> None:
    """What is named wrongly is usage, what cannot be read ends like a file that could not be made."""
    assert error_class(code) is (UsageError if code[0] == "U" else RenderError)


def test_both_sides_are_told_at_once(tmp_path: Path) -> None:
    """Two folders without a build, or two names without anything, are two faults."""
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
    assert [fault.code for fault in compared(tmp_path / "old", tmp_path / "new")] == ["U061", "U061"]
    assert [fault.code for fault in compared(tmp_path / "a", tmp_path / "b")] == ["U060", "U060"]


def test_a_file_that_is_missing_is_neither_added_nor_removed(tmp_path: Path) -> None:
    """The baseline should have it: nobody can say whether it changed, and the comparison does not end well."""
    found = compare(listed(tmp_path / "old", None), sound(tmp_path / "new"))
    assert [record.status for record in found.records] == ["unreadable"]
    assert found.is_different
    assert found.has_errors


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    """What is no ordinary file is refused before it is opened, on the command line and in a build."""
    fifo = pipe(tmp_path)
    (tmp_path / "new.pdf").write_bytes(page())
    assert [fault.code for fault in compared(fifo, tmp_path / "new.pdf")] == ["U066"]
    old, new = listed(tmp_path / "old", None), sound(tmp_path / "new")
    fifo.rename(old / "d" / "a.pdf")
    assert [fault.code for fault in compared(old, new)] == ["D101"]
