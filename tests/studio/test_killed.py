"""The window is killed at any moment (SIGKILL), or its disk is full: what was answered stays, and nothing is half."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from leaflet.faults import LeafletError, Report
from leaflet.studio.engine import Engine
from leaflet.tables import load_schools
from tests.small_disk import mounted
from tests.studio.support import HERE, LIST

pytestmark = [pytest.mark.skipif(not hasattr(os, "fork"), reason="signals are POSIX"), pytest.mark.drill]

Step = Callable[[Engine], Any]
STEPS: list[Step] = [
    lambda engine: engine.call("start", {"election": "2018", "kind": "leaflets"}),
    lambda engine: engine.upload("list", "liste.csv", LIST.encode()),
    lambda engine: engine.call("mend", {"line": 3, "field": "uai", "value": "0370036N"}),
    lambda engine: engine.call("answer", {"key": "publisher.name", "value": "Section d’essai"}),
    lambda engine: engine.call("leave", {"line": 4}),
    lambda engine: engine.call("undo", {}),
]
LATER = replace(HERE, program="later")  # whose lock is not that of a window that was killed
_WRITES = 40  # at least as many as there are


def seen(folder: Path) -> tuple[Any, ...]:
    """Open a folder again; return what the window shows of it, and what the command line reads there."""
    engine = Engine(folder, "fr", LATER)
    opened = engine.call("open", {})
    if opened["lock"]:
        engine.call("take", {})
        opened = engine.call("open", {})
    if opened["campaign"] is None:
        return (None,)
    text = engine.folder.campaign.read_text("utf-8")
    if engine.folder.state.schools is None:
        return text, opened["undo"]
    rows = engine.call("rows", {"show": "all"})["rows"]
    listed = engine.call("list", {})["list"]
    assert (folder / listed["file"]).read_bytes() == LIST.encode()
    read = load_schools(folder / (listed["copy"] or listed["file"]), report=Report())
    return (
        *(text, opened["undo"], [(row["line"], row["state"], row["cells"]) for row in rows]),
        [(school.key, school.line) for school in read],
    )


def killed_at(folder: Path, writes: int, *, before: bool) -> int:
    """Take the steps in a process that is killed at the n-th file that gets its name; return how many it answered."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        left, name_it = writes, os.replace

        def replace_and_die(*names: Any) -> None:
            nonlocal left
            left -= 1
            if not left and before:
                os.kill(os.getpid(), signal.SIGKILL)
            name_it(*names)
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

        os.replace = replace_and_die
        try:
            engine = Engine(folder, "fr", HERE)
            for step in STEPS:
                step(engine)
                os.write(writing, b".")
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(child, 0)
    with os.fdopen(reading, "rb") as answers:
        return len(answers.read())


@pytest.fixture(scope="module")
def wanted(tmp_path_factory: pytest.TempPathFactory) -> list[tuple[Any, ...]]:
    """Return what is seen before the first step and after each one, in a window that nobody kills."""
    folder = tmp_path_factory.mktemp("undisturbed") / "campagne"
    engine = Engine(folder, "fr", HERE)
    states = [seen(folder)]
    for step in STEPS:
        step(engine)
        states.append(seen(folder))
        engine.call("take", {})
    return states


def test_killed_at_every_write(wanted: list[tuple[Any, ...]], tmp_path: Path) -> None:
    """Before or after a file gets its name: what was answered is there, and the next step is whole or not begun."""
    moments = 0
    for writes in range(1, _WRITES):
        folder = tmp_path / str(writes)
        answered = killed_at(folder, writes, before=writes % 2 == 0)
        if answered == len(STEPS):
            break
        moments += 1
        assert seen(folder) in wanted[answered : answered + 2], f"write {writes}, after {answered} steps"
        assert not list(folder.rglob(".leaflet-partial-*")), "a part of a file may hold names"
    else:
        raise AssertionError("there are more writes")
    assert moments >= 20


def test_a_disk_without_room(tmp_path: Path) -> None:
    """Each change is refused with its fault; what was there before stays, and is undone when there is room."""
    disk = tmp_path / "disk"
    with mounted(disk, "size=600k"):
        engine = Engine(disk / "campagne", "fr", HERE)
        for step in STEPS[:4]:
            step(engine)
        before = seen_by(engine)
        engine.call("open", {})
        (disk / "else").write_bytes(bytes(_room(disk)))
        for name in ("open", "at", "verify"):  # what only looks is not refused
            engine.call(name, {"at": {"station": "check"}})
        assert Engine(disk / "campagne", "fr", LATER).call("open", {})["campaign"] is not None
        for step in (STEPS[4], STEPS[1], lambda one: one.call("answer", {"key": "title", "value": "x" * 200})):
            with pytest.raises(LeafletError, match="W202"):
                step(engine)
            assert seen_by(engine) == before
        (disk / "else").unlink()
        STEPS[4](engine)
        engine.call("undo", {})
        assert seen_by(engine) == before


def seen_by(engine: Engine) -> tuple[Any, ...]:
    rows = engine.call("rows", {"show": "all"})["rows"]
    return engine.folder.campaign.read_text("utf-8"), [(row["line"], row["state"], row["cells"]) for row in rows]


def _room(disk: Path) -> int:
    found = os.statvfs(disk)
    return found.f_bavail * found.f_bsize
