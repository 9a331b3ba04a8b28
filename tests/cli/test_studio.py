"""``leaflet studio`` as a user meets it: it says where the page is, opens it, and ends."""

import json
import os
import re
import signal
import subprocess
import sys
import webbrowser
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pytest

from leaflet.cli.commands import preview_command
from leaflet.cli.commands.preview_command import _has_screen, _open_browser
from tests.local_server.asking import Browser

ROOT = Path(__file__).parents[2]
# The program with an engine that does nothing, an hour as long as is said, and Ctrl-C, which may be ignored here.
PROGRAM = """
import signal, sys; signal.signal(signal.SIGINT, signal.default_int_handler)
from tests.studio import fake_engine
sys.modules["leaflet.studio.engine"] = fake_engine
from leaflet.cli.commands import preview_command
preview_command._LOOK, preview_command._PATIENCE = 0.1, int(sys.argv.pop(1))
from leaflet.cli.command import main
main()
"""
AN_HOUR = 600


@contextmanager
def window(
    folder: Path, *options: str, program: Sequence[str] = ("-c", PROGRAM, str(AN_HOUR))
) -> Iterator[tuple["subprocess.Popen[str]", Browser]]:
    """The program while it runs, and a browser that has read the address it says."""
    command = [sys.executable, *program, *options]
    environment, pipe = {**os.environ, "PYTHONPATH": str(ROOT), "LC_ALL": "C"}, subprocess.PIPE
    process = subprocess.Popen(command, cwd=folder, env=environment, stdout=pipe, stderr=pipe, encoding="utf-8")
    try:
        assert process.stdout is not None
        found = re.search(r"http://127\.0\.0\.1:\d+/[\w-]{24}/", process.stdout.readline())
        assert found is not None, process.communicate()
        yield process, Browser(found[0])
    finally:
        process.kill()
        process.communicate()


def ended(process: "subprocess.Popen[str]") -> tuple[int, str, str]:
    """How the program ends: exit code, and what else it says."""
    output, errors = process.communicate(timeout=30)
    return process.returncode, output, errors


def test_it_ends_on_its_page(tmp_path: Path) -> None:
    with window(tmp_path, "studio", "--no-browser") as (process, browser):
        assert browser.post("call/echo")[0] == 200 and browser.post("call/bye")[0] == 200
        assert ended(process) == (0, "", "")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(os.name != "posix", reason="signals are POSIX")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_it_ends_with_a_signal(tmp_path: Path, number: signal.Signals) -> None:
    with window(tmp_path, "studio", "--no-browser") as (process, browser):
        connection = browser.connect()
        connection.request("GET", browser.path + "events")
        events = connection.getresponse()
        events.readline()
        process.send_signal(number)
        assert ended(process) == (0, "", "")
        events.close()
        connection.close()


def test_it_ends_when_nobody_looks(tmp_path: Path) -> None:
    """After an hour without a page; not while one is open. It says why."""
    with window(tmp_path, "studio", "--no-browser", program=("-c", PROGRAM, "5")) as (process, browser):
        connection = browser.connect()
        connection.request("GET", browser.path + "events")
        events = connection.getresponse()
        events.readline()
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(2)
        events.close()
        connection.close()
        code, output, errors = ended(process)
    assert (code, output) == (0, "") and errors.startswith("Nobody has had the page open for an hour")


def test_folder_and_port(tmp_path: Path) -> None:
    (tmp_path / "campagne").mkdir()
    (tmp_path / "campagne" / "campaign.toml").write_text("", "utf-8")
    with window(tmp_path, "studio", "campagne/campaign.toml", "--no-browser") as (_, browser):
        asked = browser.post("upload/list?name=x.csv", b"x")
        assert json.loads(asked[2])["result"]["folder"] == str(tmp_path / "campagne")
        command = [sys.executable, "-m", "leaflet", "studio", "--no-browser", "--port", str(browser.port)]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr[:4]) == (2, "", "U051")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is always a screen")
def test_a_browser_needs_a_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one, a browser of the terminal would take it."""
    monkeypatch.setattr(preview_command.os, "environ", {})
    assert not _has_screen()
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.setattr(preview_command.os, "environ", {name: ":0"})
        assert _has_screen()


def test_the_browser_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = []
    monkeypatch.setattr(webbrowser, "open", opened.append)
    _open_browser("http://127.0.0.1:1/x/")
    assert opened == ["http://127.0.0.1:1/x/"]

    def fail(_url: str) -> None:
        raise webbrowser.Error("no browser")

    monkeypatch.setattr(webbrowser, "open", fail)
    _open_browser("http://127.0.0.1:1/x/")
