"""How far a run is, for people who look on: plain lines now and then where there is no terminal, a bar on one."""

import sys
from collections.abc import Callable, Iterator
from itertools import count, product
from pathlib import Path
from types import SimpleNamespace

import pytest

from leaflet.cli import progress
from leaflet.cli.progress import ProgressDisplay
from leaflet.tables import check_letter
from tests.cli.test_command import CAMPAIGN, HEADER, campaign

NAMES = ["".join(letters) for letters in product("ABCDEFGHIJ", repeat=3)]
SAID = {"en": "ecoles.csv, rows read: 12,000", "fr": "ecoles.csv, lignes lues\u00a0: 12\u00a0000"}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[float], None]]:
    """Sets the clock, which stands still at 0 to begin with."""
    clock = SimpleNamespace(now=0.0, monotonic=lambda: clock.now)
    monkeypatch.setattr(progress, "time", clock)
    yield lambda seconds: setattr(clock, "now", seconds)


@pytest.mark.parametrize("lang", SAID)
def test_a_plain_line_now_and_then(
    at: Callable[[float], None], capsys: pytest.CaptureFixture[str], lang: str
) -> None:
    """Reading and making share the clock; nothing before it is time, and each wait is twice as long."""
    with ProgressDisplay(lang, quiet=False) as line:
        line.show_rows("ecoles.csv", 11_000)
        at(10.0)
        line.show_rows("ecoles.csv", 12_000)
        line.show_rows("ecoles.csv", 13_000)
        line(1, 3, "a.pdf")
        at(29.5)
        line(1, 3, "a.pdf")
        at(30.5)
        line(2, 3, "b.pdf")
    printed = capsys.readouterr()
    made = {"en": "2 of 3  b.pdf", "fr": "2 sur 3  b.pdf"}[lang]
    assert (printed.out, printed.err.splitlines()) == ("", [SAID[lang], made])


@pytest.mark.parametrize(("hours", "lines"), [(0.1, 5), (1, 15), (10, 123)])
def test_a_long_run_fills_no_log(
    at: Callable[[float], None], capsys: pytest.CaptureFixture[str], hours: float, lines: int
) -> None:
    """A job's log is read by people; and no ten minutes pass without a line, after which some jobs are ended."""
    last, silence = 0, 0
    with ProgressDisplay("fr", quiet=False) as line:
        for second in range(0, int(hours * 3600), 5):
            at(second)
            line(second, 36_000, "a.pdf")
            if capsys.readouterr().err:
                silence, last, lines = max(silence, second - last), second, lines - 1
    assert lines == 0 and silence <= 300


def test_quiet_is_silent(at: Callable[[float], None], capsys: pytest.CaptureFixture[str]) -> None:
    with ProgressDisplay("fr", quiet=True) as line:
        for seconds in range(0, 60, 6):
            at(seconds)
            line.show_rows("ecoles.csv", 1_000 * seconds)
            line(seconds, 60, "a.pdf")
    assert capsys.readouterr() == ("", "")


def test_a_bar_on_a_terminal(
    at: Callable[[float], None], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is drawn over itself, no wider than the terminal, and leaves an empty line."""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.setenv("COLUMNS", "70")
    with ProgressDisplay("fr", quiet=False) as line:
        at(1.0)
        line.show_rows("ecoles\x1b[31m.csv", 12_000)
        at(2.0)
        line(7, 9, "a.pdf")
        at(3.0)
        line(8, 9, "b" * 100)
    rows, made, long, *end = capsys.readouterr().err.removeprefix("\r").split("\r")
    assert rows.strip() == "ecoles\\u001b[31m.csv, lignes lues\u00a0: 12\u00a0000"
    assert made.startswith("━" * 31 + "╌" * 9 + " 7/9") and made.rstrip().endswith("a.pdf")
    assert {len(rows), len(made), len(long)} == {69} and "".join(end).strip() == ""


@pytest.mark.parametrize("command", ["build", "check", "print-run"])
@pytest.mark.parametrize("quiet", [False, True])
def test_reading_a_long_list_is_shown(run, tmp_path: Path, monkeypatch, command: str, quiet: bool) -> None:
    """Every 1,000 rows of both lists are due with a clock this fast; `check` is never quiet."""
    ticks = count(0, 1_000.0)
    monkeypatch.setattr(progress, "time", SimpleNamespace(monotonic=lambda: next(ticks)))
    codes = [f"037{number:04}" for number in range(2_500)]
    rows = "".join(f"{code}{check_letter(code)};Lycée {code};Tours;37000\n" for code in codes)
    path = campaign(tmp_path, CAMPAIGN.replace("[data]", '[data]\nstaff = "personnels.csv"'), HEADER + rows)
    people = "".join(f"Prénom;{NAMES[number]};{codes[0]}{check_letter(codes[0])}\n" for number in range(1_000))
    (tmp_path / "personnels.csv").write_text(f"prenom;nom;uai\n{people}", "utf-8")
    out = () if command == "check" else ("-o", tmp_path / "out", *(["--quiet"] if quiet else []))
    code, _, errors = run("--lang", "fr", command, path, "--rows", "2", *out)
    printed = [line for line in errors.splitlines() if "lues" in line]
    expected = [f"ecoles.csv, lignes lues\u00a0: {thousands}\u00a0000" for thousands in (1, 2)]
    expected.append("personnels.csv, lignes lues\u00a0: 1\u00a0000")
    assert (code, printed) == (0, [] if quiet and out else expected)
