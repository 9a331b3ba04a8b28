"""Where the campaign is: named, in a folder, in the current folder; what is said of other things in its place."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Ended
from tests.cli.test_command import campaign

COMMANDS = ("addresses", "build", "check", "fill", "preview", "print-run", "report")
Run = Callable[..., Ended]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A campaign in the current folder."""
    campaign(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def words(command: str, *arguments: str) -> tuple[str, ...]:
    """Return a command with what it needs besides a campaign to end well."""
    return (command, *arguments, *(("--html", "r.html") if command == "report" else ()))


@pytest.mark.parametrize("command", COMMANDS)
def test_a_folder_stands_for_the_campaign_in_it(run: Run, here: Path, command: str) -> None:
    by_file = run(*words(command, "campaign.toml"))
    by_folder = run(*words(command, "."))
    assert by_folder[0] == by_file[0] and by_folder[2] == by_file[2]


@pytest.mark.parametrize("command", [name for name in COMMANDS if name not in ("check", "report")])
def test_finished_files_may_stand_beside_the_campaign(run: Run, here: Path, command: str) -> None:
    """Their folder is still that of the campaign, for a command that looks at no finished files."""
    assert run("build", ".", "-o", ".")[0] == 0 and (here / "manifest.json").exists()
    by_folder, by_file = run(*words(command, ".")), run(*words(command, "campaign.toml"))
    assert by_folder[0] == by_file[0] and by_folder[2] == by_file[2]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_current_folder_has_the_campaign(run: Run, here: Path, command: str) -> None:
    code, _, errors = run(*words(command))
    assert code == run(*words(command, "campaign.toml"))[0]
    assert errors.splitlines()[0] == f"No campaign named: {here / 'campaign.toml'} is used"


@pytest.mark.parametrize("command", COMMANDS)
def test_there_is_no_campaign_here(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(tmp_path)
    code, _, errors = run(command)
    assert code == 2 and errors.startswith(f"U031 {tmp_path}") and "leaflet init" in errors


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("name", ["liste.csv", "liste.xlsx", "liste.ods"])
def test_a_list_in_place_of_the_campaign(run: Run, here: Path, command: str, name: str) -> None:
    (here / name).write_bytes((here / "ecoles.csv").read_bytes())
    code, _, errors = run(command, name)
    assert code == 2 and f"leaflet init campagne --schools {name}" in errors


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "check"])
@pytest.mark.parametrize(("name", "data", "kind"), [
    ("depliant.pdf", b"%PDF-1.7", "a PDF"), ("envoi.zip", b"PK\x03\x04", "an archive"),
    ("campagne.docx", b"PK\x03\x04word/", "a document of a word processor"), ("photo.png", b"\x89PNG", "a picture")
])  # fmt: skip
def test_a_file_of_another_kind(run: Run, here: Path, command: str, name: str, data: bytes, kind: str) -> None:
    (here / name).write_bytes(data)
    code, _, errors = run(command, name)
    assert code == 2 and f"This is {kind}; a campaign is a text file called campaign.toml." in errors
