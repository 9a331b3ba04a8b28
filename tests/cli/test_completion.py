"""Shells complete command lines: commands, campaign files, schools, documents, resources."""

import os
import pty
import select
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from click.shell_completion import CompletionItem, ShellComplete

from leaflet.cli.command import cli
from tests.cli.test_start import HEAVY, imported
from tests.support import EXAMPLE, commands

pytestmark = pytest.mark.drill

EXAMPLES = EXAMPLE.parent


def completed(*words: str) -> list[CompletionItem]:
    """What a shell is given for a command line whose last word is being typed."""
    *typed, incomplete = words
    return ShellComplete(cli, {}, "leaflet", "_LEAFLET_COMPLETE").get_completions(typed, incomplete)


def values(*words: str) -> list[str]:
    return [item.value for item in completed(*words)]


def test_commands_are_completed_with_what_they_do() -> None:
    assert set(values("")) == set(commands())
    (build,) = completed("bui")
    assert (build.value, build.help) == ("build", "Make the documents of a campaign, one PDF per school.")
    assert values("--la") == ["--lang"]
    code = """
from click.shell_completion import ShellComplete
from leaflet.cli.command import cli
assert ShellComplete(cli, {}, "leaflet", "_LEAFLET_COMPLETE").get_completions([], "p")
"""
    assert imported(code) & HEAVY == set()


def test_campaigns_are_completed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "notes.txt").touch()
    (tmp_path / "autre.toml").touch()
    (tmp_path / "listes").mkdir()
    shutil.copytree(EXAMPLE, tmp_path / "tours")
    monkeypatch.chdir(tmp_path)
    assert values("build", "") == ["autre.toml", "tours"]
    assert values("build", "tours/c") == ["tours/campaign.toml"]
    assert [item.type for item in completed("build", "l")] == ["file"]
    (tmp_path / "tours").rename("deux mots")
    assert [item.type for item in completed("build", "d")] == ["file"], "the shell quotes names"


@pytest.mark.parametrize("command", [["build"], ["check"], ["post", "drafts"], ["preview"], ["print-run"]])
def test_schools_are_completed(command: list[str]) -> None:
    (school,) = completed(*command, str(EXAMPLE), "--only", "0370001")
    assert (school.value, school.help) == ("0370001A", "Lycée Léonard de Vinci")
    assert values(*command, str(EXAMPLE / "campaign.toml"), "--only", "0370001a") == ["0370001A"]


def test_names_are_completed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    assert values("build", str(EXAMPLE), "--document", "leaflet-a4-g") == ["leaflet-a4-grey"]
    assert values("init", "new", "--election", "202") == ["2022", "2026"]
    assert values("init", "new", "--document", "poster") == ["poster-a3"]
    assert values("new", "theme", "mine", "--from", "gr") == ["grey"]
    assert values("new", "theme", "mine", "--in", "parents-2027", "--from", "par") == ["parents"]
    assert values("calibrate", "--stock", "avery-c32011") == ["avery-c32011"]
    assert values("list", "stock", "--fits", "memo-card-t") == ["memo-card-two-codes"]
    assert values("post", "labels", str(EXAMPLE), "--labels", "avery-l7163") == ["avery-l7163"]
    assert values("post", "drafts", str(EXAMPLE), "--text", "sc") == ["school"]
    assert values("--lang", "") == ["en", "fr"] and values("list", "th") == ["themes"]


def test_nothing_is_said_of_faults(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """A command line that is being typed proposes nothing where a campaign is missing or faulty."""
    monkeypatch.chdir(tmp_path)
    assert values("build", "--only", "") == values("build", "--document", "") == []
    (tmp_path / "campaign.toml").write_text("election = ", "utf-8")
    assert values("build", "--only", "") == values("build", "--document", "") == []
    monkeypatch.setattr("leaflet.files.extensions.missing_libraries", lambda: ["numpy"])
    assert values("diff", "--pict") == [] and capfd.readouterr() == ("", "")


# --- in the shells themselves ---------------------------------------------------------------------------------

PROGRAM = """#!{python}
import os, sys
if "_LEAFLET_COMPLETE" in os.environ:
    from leaflet.__main__ import main
    main()
print("ran", *sys.argv[1:], sep="|")
"""
# How each is started without settings of its own, and what a user puts into its settings.
SHELLS = {
    "bash": (["bash", "--norc", "-i"], 'eval "$(_LEAFLET_COMPLETE=bash_source leaflet)"'),
    "zsh": (["zsh", "-f", "-i"], 'autoload -U compinit; compinit -D; eval "$(_LEAFLET_COMPLETE=zsh_source leaflet)"'),
}
FISH = "_LEAFLET_COMPLETE=fish_source leaflet | source"
LINES = {
    "leaflet bui\t--anew": "ran|build|--anew",
    "leaflet build ind\t --only 0370001\t": "ran|build|indre-et-loire-2018|--only|0370001A",
}


@pytest.fixture
def settings(tmp_path: Path) -> dict[str, str]:
    """The environment of a shell that finds the program; what is not completed, it only repeats."""
    program = tmp_path / "leaflet"
    program.write_text(PROGRAM.format(python=sys.executable), "utf-8")
    program.chmod(0o755)
    kept = {name: value for name, value in os.environ.items() if name in {"PYTHONPATH", "LANG", "LC_ALL"}}
    return kept | {"PATH": f"{tmp_path}:{os.environ['PATH']}", "HOME": str(tmp_path), "TERM": "dumb"}


def skip_without(shell: str) -> None:
    """Skip the test of a shell that is not installed."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is missing; .ci/run installs it")


@pytest.mark.parametrize("shell", SHELLS)
def test_a_shell_completes(shell: str, settings: dict[str, str]) -> None:
    """With the line that the documents give, somebody types and presses the tabulator."""
    skip_without(shell)
    command, setting = SHELLS[shell]
    terminal, inside = pty.openpty()
    started = subprocess.Popen(
        command, stdin=inside, stdout=inside, stderr=inside, cwd=EXAMPLES, env=settings, start_new_session=True
    )
    os.close(inside)
    try:
        type_in(terminal, f"{setting}\necho rea''dy\n", "ready")
        for line, ran in LINES.items():
            type_in(terminal, f"{line}\n", ran)
    finally:
        started.kill()
        started.wait()
        os.close(terminal)


def type_in(terminal: int, text: str, wanted: str) -> None:
    """Type a text into a terminal and wait for what is to be read then."""
    os.write(terminal, text.encode())
    shown, until = "", time.monotonic() + 60
    while wanted not in shown:
        assert time.monotonic() < until, f"{wanted} is not in {shown!r}"
        if select.select([terminal], [], [], 1)[0]:
            shown += os.read(terminal, 65_536).decode("utf-8", "replace")


def test_fish_completes(settings: dict[str, str]) -> None:
    skip_without("fish")
    lines = ("leaflet bui", "leaflet build indre-et-loire-2018 --only 0370001")
    asked = "; ".join([FISH, *(f"complete -C '{line}'" for line in lines)])
    streams: dict[str, Any] = {"stdin": subprocess.DEVNULL, "capture_output": True, "encoding": "utf-8"}
    command = ["fish", "--no-config", "-c", asked]
    done = subprocess.run(command, cwd=EXAMPLES, env=settings, timeout=60, check=True, **streams)
    build, school = done.stdout.splitlines()
    assert build.startswith("build\tMake the documents of a campaign")  # click's script ends it at a comma
    assert school == "0370001A\tLycée Léonard de Vinci"


@pytest.mark.parametrize("document", ["docs/command-line.md", "docs/fr/ligne-de-commande.md"])
def test_the_documents_give_these_lines(document: str) -> None:
    text = (EXAMPLES.parent / document).read_text("utf-8")
    assert all(setting in text for setting in (SHELLS["bash"][1], SHELLS["zsh"][1].split("; ")[-1], FISH))
