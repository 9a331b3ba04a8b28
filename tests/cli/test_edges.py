"""Where command lines break: files in the way, odd paths and environments, interruption. Never a traceback."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from leaflet.cli.language import message
from leaflet.layout.fonts import FontError
from tests.campaigns import campaign_text, write_small_campaign
from tests.cli.conftest import Ended
from tests.cli.test_press_commands import snapshot

ROOT = Path(__file__).parents[2]
CAMPAIGN = campaign_text()
ROWS = "uai;nom;commune\n0370035M;Lycée Descartes;Tours\n0370036N;Lycée Balzac;Tours\n"


@pytest.fixture
def campaign(tmp_path: Path) -> Path:
    """A campaign that builds."""
    return write_small_campaign(tmp_path, CAMPAIGN, ROWS)


def in_process(*arguments: object, stdout: int | None = subprocess.PIPE, **environment: str) -> Ended:
    """Run the command in a process of its own."""
    command = [sys.executable, "-m", "leaflet", *map(str, arguments)]
    env = {**os.environ, "PYTHONPATH": str(ROOT), **environment}
    done = subprocess.run(command, cwd=ROOT, env=env, stdout=stdout, stderr=subprocess.PIPE, check=False)
    return done.returncode, (done.stdout or b"").decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def check_fault(ended: Ended, exit_code: int, code: str) -> None:
    """Check that a command ended with an exit code and a fault, and printed nothing else."""
    found, printed, errors = ended
    assert "Traceback" not in errors
    assert re.match(rf"{code}\b", errors), errors
    assert (found, printed) == (exit_code, "")
    assert (message("nothing", "en") in errors) != ("W108" in errors)  # unless something is kept for the next run


@pytest.mark.parametrize(("arguments", "exit_code", "code"), [
    (["--only", "0370001A"], 2, "U002"), (["--only", ""], 2, "U002"),
    (["--only", "0370035M", "--only", "x\x1b[31m\u202e"], 2, "U002"), (["--document", "affiche"], 2, "U003"),
    (["--document", ""], 2, "U003")
])  # fmt: skip
def test_what_is_asked_for_must_be_there(
    run, campaign: Path, arguments: list[str], exit_code: int, code: str
) -> None:
    out = campaign.parent / "out"
    assert run("build", campaign, "-o", out)[0] == 0
    before = snapshot(out)
    ended = run("build", campaign, "-o", out, *arguments)
    check_fault(ended, exit_code, code)
    assert not re.search(r"[\x1b\u202e]", ended[2]) and snapshot(out) == before


def test_only_takes_small_letters_and_spaces(run, campaign: Path) -> None:
    out = campaign.parent / "out"
    assert run("build", campaign, "-o", out, "--only", " 0370036n")[1].startswith("1 file")
    assert [path.name for path in out.rglob("*.pdf")] == ["0370036N-lycee-balzac.pdf"]


@pytest.mark.parametrize("words", [("preview",), ("print-run",), ("review",), ("post", "labels")], ids=" ".join)
def test_only_a_build_writes_an_archive(run, campaign: Path, words: tuple[str, ...]) -> None:
    """A command that writes a folder refuses to call it x.zip."""
    check_fault(run(*words, campaign, "-o", campaign.parent / "x.zip"), 4, "W102")


def test_files_in_the_way(run, campaign: Path) -> None:
    folder = campaign.parent
    check_fault(run("build", campaign, "-o", campaign), 4, "W102")
    check_fault(run("build", campaign, "-o", campaign / "out"), 4, "W101")
    assert campaign.read_text("utf-8") == CAMPAIGN
    (folder / "elsewhere").mkdir()
    (folder / "out").mkdir()
    (folder / "out" / "leaflet-a4").symlink_to(folder / "elsewhere")
    check_fault(run("build", campaign, "-o", folder / "out"), 4, "W103")
    assert not list((folder / "elsewhere").iterdir())


@pytest.mark.parametrize("blocked", ["manifest.json", "leaflet-a4/0370036N-lycee-balzac.pdf"])
def test_a_folder_with_the_name_of_a_file(run, campaign: Path, blocked: str) -> None:
    """A name that is taken stops all files from getting theirs."""
    out = campaign.parent / "out"
    (out / blocked).mkdir(parents=True)
    check_fault(run("build", campaign, "-o", out), 4, "W117")
    assert not [name for name in snapshot(out) if not name.startswith(".leaflet-partial/")]


def test_no_fonts(run, campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for error in (FontError("damaged"), FileNotFoundError(2, "No such file")):

        def broken(error: Exception = error) -> None:
            raise error

        monkeypatch.setattr("leaflet.production.inputs.load_fontbook", broken)
        check_fault(run("build", campaign, "-o", campaign.parent / "out"), 4, "G102")
    assert snapshot(campaign.parent / "out") == {}


@pytest.mark.parametrize("value", ["", "hier", "-1", "1.5", "１２", "99999999999", "1" * 5000])
def test_a_date_that_is_none(run, campaign: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    """SOURCE_DATE_EPOCH must be a number of seconds; whatever else stands there is refused, however long."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    check_fault(run("build", campaign, "-o", campaign.parent / "out"), 2, "U004")


@pytest.mark.parametrize("value", ["0", "1543478400", "34359738367"])
def test_any_number_of_seconds_is_a_date(run, campaign: Path, monkeypatch: pytest.MonkeyPatch, value: str) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", value)
    assert run("build", campaign, "-o", campaign.parent / "out")[0] == 0


def test_names_too_long_for_the_disk(run, campaign: Path) -> None:
    long = campaign.parent / ("x" * 300)
    check_fault(run("build", long / "campaign.toml"), 2, "U001")
    check_fault(run("build", campaign, "-o", long), 4, "W10[12]")
    check_fault(run("init", long), 1, "C181")


def test_a_path_that_is_no_text(campaign: Path) -> None:
    folder = os.fsencode(campaign.parent)
    code, printed, errors = in_process("build", campaign, "-o", os.fsdecode(folder + b"/o\xff"))
    assert (code, errors) == (0, "") and printed.startswith("2 files")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full on this system")
def test_a_full_standard_output_is_no_traceback(campaign: Path) -> None:
    """The files are made; that the result line cannot be printed ends the run, quietly."""
    with Path("/dev/full").open("wb") as full:
        code, _, errors = in_process("build", campaign, "-o", campaign.parent / "out", stdout=full.fileno())
    assert "Traceback" not in errors and code != 0 and len(snapshot(campaign.parent / "out")) == 3


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_ctrl_c_leaves_the_earlier_build(run, campaign: Path, monkeypatch: pytest.MonkeyPatch, lang: str) -> None:
    out = campaign.parent / "out"
    run("build", campaign, "-o", out)
    before = snapshot(out)

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("leaflet.production.worker.notes_of_fit", interrupt)
    code, printed, errors = run("--lang", lang, "build", campaign, "-o", out, "--anew")
    assert (code, printed) == (130, "") and errors.strip() == message("interrupted", lang)
    assert snapshot(out) == before


def test_the_locale_decides_unless_there_is_an_option(run, campaign: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    missing = campaign.parent / "nothing.toml"
    monkeypatch.setenv("LC_ALL", "fr_FR.UTF-8")
    assert "Rien n’a été écrit." in run("build", missing)[2]
    assert "Nothing was written." in run("--lang", "en", "build", missing)[2]
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    assert "Rien n’a été écrit." in run("--lang=fr", "build", missing)[2]


def test_colours_where_they_are_wanted(campaign: Path) -> None:
    """Messages have colours; what is printed for programs has none."""
    campaign.write_text(campaign.read_text("utf-8").replace("publisher", "publisheur"), "utf-8")
    code, printed, errors = in_process("build", campaign, "-o", campaign.parent / "out", FORCE_COLOR="1")
    assert code == 1 and "\x1b[" in errors and "\x1b" not in printed
