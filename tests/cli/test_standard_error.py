"""A process of every command leaves on standard error only what the program means to say.

Tests that call the command in their own process do not see what an interpreter says when it ends.
"""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests import forked_processes
from tests.cli.test_press_commands import CAMPAIGN, SCHOOLS, STAFF
from tests.cli.test_studio import ended, window
from tests.support import commands, tables_of

ROOT = Path(__file__).parents[2]
PROGRESS = re.compile(r"^\d+ of \d+[ ,].*\n", re.MULTILINE)  # of what takes a while on a busy machine
RUNS = tables_of(__file__)["runs"]


def in_process(*arguments: str, folder: Path = ROOT) -> tuple[int, str]:
    """Run the command in a process of its own; returns exit code and standard error."""
    code, _, errors = forked_processes.run(*arguments, environment={"LC_ALL": "C"}, folder=folder)
    return code, PROGRESS.sub("", errors.decode("utf-8", "replace"))


def end_window(*arguments: str, folder: Path) -> tuple[int, str]:
    """Run the command as `in_process` does, and end it as its page would."""
    with window(folder, *arguments, program=("-m", "leaflet")) as (process, browser):
        assert browser.post("call/bye")[0] == 200
        code, _, errors = ended(process)
        return code, errors


@pytest.mark.drill
def test_help_of_every_command_says_nothing_else() -> None:
    asked = [(), *((name,) for name in commands())]
    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(lambda words: in_process(*words, "--help"), asked))
    assert dict(zip(asked, said, strict=True)) == dict.fromkeys(asked, (0, ""))


def test_every_command_is_run() -> None:
    assert {name for name, *_ in RUNS} == set(commands())


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign with leaflets and cards, where the commands work one after the other."""
    folder = tmp_path_factory.mktemp("campaign")
    (folder / "campaign.toml").write_text(CAMPAIGN, "utf-8")
    (folder / "ecoles.csv").write_text(SCHOOLS, "utf-8")
    (folder / "personnels.csv").write_text(STAFF, "utf-8")
    return folder


@pytest.mark.parametrize("words", RUNS, ids=lambda words: "-".join(words[:2]))
def test_a_good_run_says_nothing_else(folder: Path, words: tuple[str, ...]) -> None:
    run = end_window if words[0] == "studio" else in_process
    assert run(*words, folder=folder) == (2 if words[0] == "fill" else 0, "")  # which has no terminal here
