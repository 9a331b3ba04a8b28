"""A file that cannot be judged is a finding, and takes none of the others with it."""

import multiprocessing
import os
import signal
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest

from leaflet.faults import LANGUAGES, LeafletError
from leaflet.preflight import judge as judge_module
from leaflet.preflight.judge import Judge
from leaflet.preflight.judge_processes import JudgingLimits, judge_apart, judge_files
from leaflet.preflight.targets import CheckTarget
from leaflet.preflight.verdict import JudgedFile
from tests.preflight import cases_file
from tests.preflight.samples import CONTEXT, codes_of, drawn, edited, page_of

SOUND = drawn(cases_file.text)
TIGHT = JudgingLimits(seconds=1, memory_mb=150)  # what a sound page needs, and little more


def nested_forms(levels: int = 12) -> bytes:
    """Forms within forms, ten of each: 10^12 at the end."""
    out = BytesIO()
    with pikepdf.new() as pdf:
        inner: pikepdf.Object | None = None
        for _ in range(levels):
            form = pdf.make_stream(b"/F Do " * 10 if inner is not None else b"0 0 1 1 re f")
            form.Type, form.Subtype, form.BBox = pikepdf.Name.XObject, pikepdf.Name.Form, pikepdf.Array([0, 0, 9, 9])
            held = pikepdf.Dictionary() if inner is None else pikepdf.Dictionary(F=inner)
            form.Resources = pikepdf.Dictionary(XObject=held)
            inner = pdf.make_indirect(form)
        pdf.add_blank_page(page_size=(595, 842))
        pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(F=inner))
        pdf.pages[0].Contents = pdf.make_stream(b"/F Do " * 10)
        pdf.save(out)
    return out.getvalue()


BOMBS: dict[str, Callable[[], bytes]] = {
    "forms within forms": nested_forms,
    "a content of megabytes": lambda: page_of(b"q Q " * 20_000_000),
    "millions of operators": lambda: page_of(b"1 1 2 2 re f " * 1_000_000),
}


def targets_of(folder: Path, *files: bytes) -> list[CheckTarget]:
    for number, data in enumerate(files):
        (folder / f"{number}.pdf").write_bytes(data)
    return [CheckTarget(path=folder / f"{n}.pdf", name=f"{n}.pdf") for n in range(len(files))]


def codes(judged: JudgedFile) -> list[str]:
    return [fault.code for fault in judged.faults]


@pytest.mark.parametrize("title", BOMBS)
def test_a_bomb_is_a_finding(tmp_path: Path, title: str) -> None:
    """The files around it have the findings that they have alone; the message is whole."""
    targets = targets_of(tmp_path, SOUND, BOMBS[title](), SOUND)
    before, bomb, after = judge_files(targets, CONTEXT, limits=TIGHT)
    assert before.faults == Judge(CONTEXT).judge(targets[0]).faults and codes(after) == codes(before)
    (fault,) = bomb.faults
    assert fault.code in ("K008", "K009") and fault.severity == "error"
    assert all("{" not in line for lang in LANGUAGES for line in fault.lines(lang))


@pytest.mark.parametrize(
    ("end", "code"),
    [
        *((lambda: os.kill(os.getpid(), signal.SIGKILL), "K009"), (lambda: [None] * 10**10, "K009")),
        *((lambda: wait_for_ever(), "K008"), (lambda: {}["unforeseen"], "K009")),
    ],
    ids=["crash", "memory", "time", "unforeseen"],
)
def test_whatever_ends_a_judge_is_told(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
    end: Callable[[], object],
    code: str,
) -> None:
    """A library that crashes, one that asks for too much, one that never ends, an error of our own: no traceback."""
    monkeypatch.setattr(judge_module, "read_appearance", lambda page: end())
    (judged,) = judge_apart(targets_of(tmp_path, SOUND), CONTEXT, limits=TIGHT)
    assert codes(judged) == [code] and judged.size == len(SOUND) and capfd.readouterr() == ("", "")


def wait_for_ever() -> None:
    while True:
        pass


def test_the_number_of_processes_changes_no_verdict(tmp_path: Path) -> None:
    """Nor the order; progress is told in it."""
    targets = targets_of(tmp_path, SOUND, cases_file.cut_short(), SOUND, b"no file", SOUND)
    said: list[tuple[int, int, str]] = []
    alone = [set(codes(one)) for one in judge_files(targets, CONTEXT)]
    judged = judge_files(targets, CONTEXT, jobs=3, progress=lambda *word: said.append(word))
    several = [set(codes(one)) for one in judged]
    assert several == alone and len(alone) == 5 and said == [(n, 5, f"{n - 1}.pdf") for n in range(1, 6)]


def children_of(process: int) -> list[Path]:
    """Return the processes that a process has started, each as its folder in /proc."""
    listed = Path(f"/proc/{process}/task/{process}/children").read_text("ascii")
    return [Path("/proc", number) for number in listed.split()]


def runs(process: Path) -> bool:
    """Tell whether a process is running; a zombie is not."""
    try:
        return (process / "stat").read_text("utf-8").rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def are_gone(processes: list[Path]) -> bool:
    """Tell whether processes have ended, at once or soon."""
    end = time.monotonic() + 30
    while (are_left := any(map(runs, processes))) and time.monotonic() < end:
        time.sleep(0.05)
    return not are_left


@pytest.mark.skipif(sys.platform != "linux", reason="only here can it be told who started whom")
def test_an_answer_that_nobody_waits_for(tmp_path: Path) -> None:
    """Whoever stops in the middle leaves no process behind; the next files are judged as ever."""
    targets = targets_of(tmp_path, *[SOUND] * 4)
    judged = judge_files(targets, CONTEXT, jobs=2)
    first = next(judged)
    keepers = multiprocessing.active_children()
    judges = [judge for keeper in keepers if keeper.pid for judge in children_of(keeper.pid)]
    assert len(judges) >= 2
    judged.close()
    assert len(multiprocessing.active_children()) == len(keepers) - 1 and are_gone(judges)
    assert [codes(one) for one in judge_files(targets, CONTEXT)] == [codes(first)] * 4


@pytest.mark.skipif(sys.platform != "linux", reason="only here can it be told who started whom")
def test_processes_that_are_killed_from_outside(tmp_path: Path) -> None:
    """A killed keeper is told (W122), its judges end with it, and the next files are judged as ever."""
    targets = targets_of(tmp_path, *[SOUND] * 4)
    judged = judge_files(targets, CONTEXT, jobs=2)
    first = next(judged)
    (keeper,) = [one for one in multiprocessing.active_children() if one.pid and children_of(one.pid)]
    assert keeper.pid
    judges = children_of(keeper.pid)
    keeper.kill()
    with pytest.raises(LeafletError) as caught:
        list(judged)
    assert [fault.code for fault in caught.value.faults] == ["W122"] and are_gone(judges)
    assert [codes(one) for one in judge_files(targets, CONTEXT)] == [codes(first)] * 4


def with_script(hold: Callable[[pikepdf.Dictionary], pikepdf.Object]) -> bytes:
    """A file with a script somewhere in its catalogue."""
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    return edited(SOUND, lambda pdf: setattr(pdf.Root, "Names", hold(script)))


def deep(held: pikepdf.Object, levels: int = 400) -> pikepdf.Object:
    for level in range(levels):
        held = pikepdf.Array([held]) if level % 2 else pikepdf.Dictionary(A=held)
    return held


@pytest.mark.parametrize(
    "hold",
    [
        lambda script: pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=pikepdf.Array(["x", script]))),
        lambda script: pikepdf.Dictionary(A=pikepdf.Array([pikepdf.Array([1, pikepdf.Dictionary(B=script)])])),
        deep,
    ],
    ids=["names", "arrays", "very deep"],
)
def test_scripts_are_found_however_deep(hold: Callable[[pikepdf.Dictionary], pikepdf.Object]) -> None:
    """Written inside of arrays and dictionaries, without a number of their own."""
    assert "K804" in codes_of(with_script(hold))


def test_a_file_may_take_the_longer_the_more_pages_it_has(tmp_path: Path) -> None:
    """Pages of a print run share what they show, so that its bytes say little of them; no page is a few bytes."""
    for name, content in (("run", (b"<< /Type /Page " + b" " * 200) * 1000), ("bytes", b"/Type /Page " * 18_000)):
        (tmp_path / name).write_bytes(content)
    limits, plain = JudgingLimits(), JudgingLimits(seconds_per_page=0, memory_per_page=0)
    more = [round(limits.seconds_for(tmp_path / n) - plain.seconds_for(tmp_path / n)) for n in ("run", "bytes", "no")]
    assert more == [150, 324, 0]
    assert limits.memory_for(tmp_path / "run") - plain.memory_for(tmp_path / "run") == 400_000_000
