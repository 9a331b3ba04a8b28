"""Output sent to a file whose encoding lacks characters, as Windows does: plain ones stand for them, no traceback."""

import json
from pathlib import Path

import pytest

from tests import forked_processes
from tests.cli.test_command import CAMPAIGN, ROWS, campaign

pytestmark = pytest.mark.drill

ROOT = Path(__file__).parents[2]
ENCODINGS = ("cp1252", "cp850", "latin-1")


def run(folder: Path, encoding: str, *arguments: str) -> tuple[int, str, str]:
    """Run the command in a process whose streams have this encoding."""
    code, printed, errors = forked_processes.run(
        "--lang", "fr", *arguments, environment={"PYTHONIOENCODING": encoding}, folder=folder
    )
    return code, printed.decode(encoding), errors.decode(encoding)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campaign, and two builds of it that differ in one name."""
    folder = tmp_path_factory.mktemp("encodings")
    assert run(folder, "utf-8", "build", str(campaign(folder)), "-o", "old")[0] == 0
    path = campaign(folder, CAMPAIGN, ROWS.replace("Balzac", "Cœur-d’Œuvre"))
    assert run(folder, "utf-8", "build", str(path), "-o", "new")[0] == 0
    return folder


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_help_in_any_encoding(folder: Path, encoding: str) -> None:
    code, printed, errors = run(folder, encoding, "build", "--help")
    assert (code, errors) == (0, "") and printed.startswith("Utilisation")


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize(("arguments", "expected"), [
    (("diff", "old", "new"), 5), (("columns", "ecoles.csv"), 0), (("check", "campaign.toml"), 0),
    (("check", "fehlt.toml"), 2), (("build", "campaign.toml", "-o", "new", "--anew"), 0)
])  # fmt: skip
def test_a_command_in_any_encoding(folder: Path, encoding: str, arguments: tuple[str, ...], expected: int) -> None:
    code, printed, errors = run(folder, encoding, *arguments)
    assert "Traceback" not in errors
    assert code == expected, errors
    assert printed + errors


def test_plain_characters_keep_a_text_readable(folder: Path) -> None:
    """A minus is a hyphen, an apostrophe straight; JSON stays JSON."""
    printed = run(folder, "cp1252", "diff", "old", "new")[1]
    assert "- Personnels de : Lycée [Balzac,]" in printed
    assert json.loads(run(folder, "cp850", "diff", "old", "new", "--format", "json")[1])
