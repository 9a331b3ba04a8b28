"""Which tests run when: what groups.toml names exists, and a change runs the drills of its rooms."""

from itertools import chain
from pathlib import Path

from tests.groups import ROOMS, ROOT, SLOW, changed_files, drills_of, is_all_drills

TESTS = ROOT / "tests"


def has_drills(path: Path) -> bool:
    text = path.read_text("utf-8")
    return "mark.drill" in text or "with_drills(" in text


def test_what_is_named_exists() -> None:
    """A file or room that is moved is moved there too; none is named twice; drills alone have rooms."""
    assert [file for file in (*SLOW, *ROOMS) if not (TESTS / file).is_file()] == []
    assert [room for room in chain(*ROOMS.values()) if not (ROOT / room).exists()] == []
    assert len(set(SLOW)) == len(SLOW)
    files = {path.relative_to(TESTS).as_posix() for path in TESTS.rglob("test_*.py") if has_drills(path)}
    assert files - {"test_groups.py"} == ROOMS.keys() and all(ROOMS.values())


def test_drills_that_are_not_run() -> None:
    """Files of drills alone need not even be read; on a shallow clone nothing has changed."""
    assert is_all_drills("studio/test_states.py") and is_all_drills("production/test_killed.py")
    assert not is_all_drills("production/test_same_bytes.py") and not is_all_drills("test_groups.py")
    assert changed_files("0" * 40) == []


def test_a_change_runs_the_drills_of_its_rooms() -> None:
    """A change of a file in the room, or of the test itself; not of a room whose name begins so."""
    file, (room, *_) = next(iter(ROOMS.items()))
    assert file in drills_of([f"{room}/x.py"]) and file in drills_of(["README.md", f"tests/{file}"])
    assert file not in drills_of([f"{room}_more/x.py", "tests/x.py"])
