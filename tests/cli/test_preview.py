"""``leaflet preview`` as a user meets it: what it writes, says and shows, and how it ends."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Timer
from urllib.request import urlopen

import pytest

from leaflet.previews.watch import SharedViews
from tests.cli.test_command import CAMPAIGN, ROWS, campaign

ROOT = Path(__file__).parents[2]
STAFF = "prenom;nom;uai;adresse_pro\nOndine;Passiflore;0370035M;\n"
CARDS = '[[document]]\ntemplate = "memo-card"\nname = "cartes"\nper = "person"\nsheet = "cards-a4"\n'


def test_paths_are_printed(run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One a line, in the folder « preview » by default; they are there."""
    monkeypatch.chdir(tmp_path)
    code, output, errors = run("preview", campaign(tmp_path))
    assert (code, errors) == (0, "")
    assert output.splitlines() == [str(Path("preview") / f"leaflet-a4-0370035M-p{page}.png") for page in (1, 2)]
    assert all(Path(line).read_bytes().startswith(b"\x89PNG") for line in output.splitlines())


@pytest.mark.parametrize(
    ("options", "uais"),
    [
        (["--row", "3"], ["0370036N"]),
        (["--longest"], ["0370035M"]),
        (["--shortest"], ["0370036N"]),
        (["--sample", "9"], ["0370035M", "0370036N"]),
        (["--only", "0370036n"], ["0370036N"]),
        (["--where", "nom~balzac"], ["0370036N"]),
        (["--rows", "3-"], ["0370036N"]),
    ],
)
def test_records(run, tmp_path: Path, options: list[str], uais: list[str]) -> None:
    """Its own options, and those that all commands share."""
    code, output, _ = run("preview", campaign(tmp_path), "-o", tmp_path / "p", "--dpi", "36", *options)
    assert code == 0
    assert re.findall(r"-(\w{8})-p1\.png", output) == uais


@pytest.mark.parametrize(
    ("options", "exit_code", "fault"),
    [
        (["--longest", "--shortest"], 2, "U050"),
        (["--row", "9"], 2, "U014"),
        (["--only", "0370001A"], 2, "U002"),
        (["--document", "affiche"], 2, "U003"),
        (["--document", "affiche", "--watch"], 2, "U003"),
        (["--row", "4"], 1, "T304"),
    ],
)
def test_what_cannot_be_shown(run, tmp_path: Path, options: list[str], exit_code: int, fault: str) -> None:
    """The code, the way out, the exit code of its family; nothing is written. A row left out says why."""
    path = campaign(tmp_path, rows=ROWS + "0370040X;Lycée;Tours;37058\n")
    code, output, errors = run("--lang", "fr", "preview", path, "-o", tmp_path / "p", *options)
    assert (code, output) == (exit_code, "")
    assert errors.startswith(fault)
    assert errors.endswith("Rien n’a été écrit.\n")
    assert not (tmp_path / "p").exists()


@pytest.mark.parametrize(("lang", "said"), [("en", "1 fault on other lines"), ("fr", "1 défaut sur d’autres lignes")])
def test_faults_of_other_rows(run, tmp_path: Path, lang: str, said: str) -> None:
    """They are counted, and do not stop the one that is looked at."""
    path = campaign(tmp_path, rows=ROWS + "0370040X;Lycée;Tours;37058\n")
    code, _, errors = run("--lang", lang, "preview", path, "-o", tmp_path / "p", "--dpi", "36")
    assert (code, errors.startswith(said)) == (0, True)


def test_names_of_people(run, tmp_path: Path) -> None:
    """One is told that the pictures are to be deleted."""
    text = CAMPAIGN.replace('schools = "ecoles.csv"', 'schools = "ecoles.csv"\nstaff = "personnels.csv"') + CARDS
    path = campaign(tmp_path, text)
    (tmp_path / "personnels.csv").write_text(STAFF, "utf-8")
    out = tmp_path / "p"
    code, _, errors = run("--lang", "fr", "preview", path, "-o", out, "--document", "cartes", "--dpi", "36")
    assert code == 0
    assert errors == (
        "Ces images montrent des noms\u00a0: vous seul pouvez les ouvrir\u00a0; "
        f"supprimez {out} après les avoir regardées.\n"
    )


# --- watching -------------------------------------------------------------------------------------------------


def test_a_port_that_is_taken(run, tmp_path: Path) -> None:
    """Said before anything is shown."""
    from leaflet.previews.options import PreviewOptions
    from leaflet.previews.server import PreviewServer
    from leaflet.previews.view_cache import ViewCache

    path = campaign(tmp_path)
    with PreviewServer(SharedViews(ViewCache(PreviewOptions(campaign=path, out=tmp_path), lambda: 0.0))) as server:
        port = server.url.split(":")[2].split("/")[0]
        code, output, errors = run("preview", path, "--watch", "--port", port)
    assert (code, output) == (2, "")
    assert errors.startswith("U051 “--port”")


@pytest.mark.parametrize("writes", [False, True])
def test_watching(tmp_path: Path, writes: bool) -> None:
    """The address, each change, its correction; Ctrl-C ends it, and nothing is left but what was asked for."""
    path = campaign(tmp_path)
    with watching(path, *(["-o", str(tmp_path / "p")] if writes else [])) as process:
        url = read_until(process, r"Aperçu\u00a0: (http://127\.0\.0\.1:\d+/[\w-]+/)\n")
        assert read_until(process, r"leaflet-a4, (\w+)\u00a0: 2 pages en \d+\u00a0ms\n") == "0370035M"
        with urlopen(url) as page:
            assert "Lycée Descartes" in page.read().decode()
        path.write_text(CAMPAIGN.replace("leaflet-a4", "leaflet-a9"), "utf-8")
        assert read_until(process, r"(M\d+) ") == "M001"
        read_until(process, r"(1 erreur\. L’aperçu attend la correction\.)\n")
        path.write_text(CAMPAIGN.replace("d’essai", "d’exemple"), "utf-8")
        assert read_until(process, r"\u00a0ms\u00a0; changé\u00a0: (.*)\n") == "campagne ou listes, modèle"
        process.send_signal(signal.SIGINT)
        assert process.communicate()[0] == "Aperçu arrêté.\n"
        assert process.returncode == 0
    assert (tmp_path / "p").exists() == writes
    assert sorted(p.name for p in tmp_path.glob("p/*")) == [
        f"leaflet-a4-0370035M-p{number}.png" for number in (1, 2) if writes
    ]


def test_a_faulty_campaign_is_waited_for(tmp_path: Path) -> None:
    """A page that says what is wrong is of more help than an end."""
    path = campaign(tmp_path, CAMPAIGN.replace("version", "verzion"))
    with watching(path) as process:
        assert read_until(process, r"(C\d+) campaign\.toml") == "C105"
        path.write_text(CAMPAIGN, "utf-8")
        read_until(process, r"leaflet-a4, 0370035M(.*)\n")
        process.send_signal(signal.SIGINT)
        process.communicate()
        assert process.returncode == 0


def test_ctrl_c_twice(tmp_path: Path) -> None:
    """Somebody impatient gets no traceback."""
    with watching(campaign(tmp_path)) as process:
        read_until(process, r"(Aperçu)")
        process.send_signal(signal.SIGINT)
        process.send_signal(signal.SIGINT)
        said = process.communicate()[0]
        assert "Traceback" not in said
        assert said.endswith("Aperçu arrêté.\n")
        assert process.returncode == 0


@contextmanager
def watching(path: Path, *options: str) -> Iterator["subprocess.Popen[str]"]:
    """The command in a process of its own, all it says on one stream; it does not outlive the test."""
    command = [sys.executable, "-m", "leaflet", "--lang", "fr", "preview", str(path), "--watch", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    process = subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    alarm = Timer(120, process.kill)
    alarm.start()
    try:
        yield process
    finally:
        alarm.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def read_until(process: "subprocess.Popen[str]", pattern: str) -> str:
    """What a line says that has the pattern; fails at the end of the process."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if match := re.search(pattern, line):
            return match[1]
    raise AssertionError(f"{pattern} is not in {lines}")


def test_other_commands_do_not_wait_for_it() -> None:
    """Neither the preview nor what serves its page is imported before it is asked for."""
    script = (
        "import sys, leaflet.cli\n"
        "print([name for name in sys.modules if name.startswith(('leaflet.previews', 'http.server'))])"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout == "[]\n"
