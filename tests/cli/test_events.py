"""``leaflet build --json``: each line of standard output is an object that says what happens."""

import json
from pathlib import Path
from typing import Any, get_args

import pytest

from leaflet.cli.language import message
from leaflet.files.words import load_words
from leaflet.production.manifest import Reason
from tests.cli.test_command import HEADER, ROWS, campaign


def events(printed: str) -> list[dict[str, Any]]:
    """Every line, parsed."""
    return [json.loads(line) for line in printed.splitlines()]


def test_a_build_that_goes_well(run, tmp_path: Path) -> None:
    path, out = campaign(tmp_path), tmp_path / "out"
    code, printed, errors = run("build", path, "-o", out, "--json")
    assert (code, errors) == (0, "")
    *before, progress, done = events(printed)
    assert {event["event"] for event in before} <= {"reading", "progress"} and progress["event"] == "progress"
    assert (progress["done"], progress["total"], progress["warnings"]) == (2, 2, 0)
    assert progress["file"] == "leaflet-a4/0370036N-lycee-balzac.pdf"
    assert set(progress) == {"event", "done", "total", "file", "files_per_second", "seconds_left", "warnings"}
    wanted = {"event": "done", "files": 2, "made": 2, "pages": 4, "reasons": {"new": 2}, "out": str(out)}
    assert done.pop("seconds") >= 0 and done == {**wanted, "stale": [], "removed": []}


def test_what_is_stale_and_removed(run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run("build", campaign(tmp_path), "-o", out)
    path = campaign(tmp_path, rows=ROWS.replace("Balzac", "Zola"))
    done = events(run("build", path, "-o", out, "--json", "--prune")[1])[-1]
    assert (done["made"], done["reasons"]) == (1, {"new": 1})
    assert done["stale"] == done["removed"] == ["leaflet-a4/0370036N-lycee-balzac.pdf"]
    done = events(run("build", path, "-o", out, "--json")[1])[-1]
    assert (done["made"], done["files"], done["stale"]) == (0, 2, [])


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_faults(run, tmp_path: Path, lang: str) -> None:
    path = campaign(tmp_path, rows=ROWS + "0370037X;Lycée;Tours;37000\n")
    code, printed, _ = run("--lang", lang, "build", path, "-o", tmp_path / "out", "--json")
    *_, fault, stopped = events(printed)
    assert (code, stopped["event"], stopped["exit_code"]) == (1, "stopped", 1)
    assert set(fault) == {"event", "code", "severity", "place", "record", "reason", "way_out"}
    assert (fault["event"], fault["severity"]) == ("fault", "error") and "ecoles.csv" in fault["place"]
    code, printed, _ = run("--lang", lang, "build", path, "-o", tmp_path / "out", "--json", "--keep-going")
    *_, again, done = events(printed)
    assert (code, done["event"], done["files"]) == (1, "done", 2) and again == fault


def test_wrong_usage_is_an_event_too(run, tmp_path: Path) -> None:
    code, printed, _ = run("build", campaign(tmp_path), "-o", tmp_path / "out", "--json", "--only", "0370001B")
    *_, stopped = events(printed)
    assert (code, stopped["event"], stopped["exit_code"]) == (2, "stopped", 2)


@pytest.mark.parametrize("shard", ["0/3", "4/3", "1/0", "a/b", "1", "1/3/3", "-1/3", "1/10000", "", "١/٣"])
def test_shards_that_are_none(run, tmp_path: Path, shard: str) -> None:
    code, _, errors = run("build", campaign(tmp_path), "-o", tmp_path / "out", "--shard", shard)
    assert (code, errors[:4]) == (2, "U025") and not (tmp_path / "out").exists()


def test_shards_are_made_and_merged(run, tmp_path: Path) -> None:
    path = campaign(tmp_path)
    for number in (1, 2):
        assert run("build", path, "-o", tmp_path / f"{number}", "--shard", f" {number}/2")[0] == 0
        assert (tmp_path / f"{number}" / f"manifest-{number}-of-2.json").is_file()
    code, printed, _ = run("merge", tmp_path / "1", tmp_path / "2", "-o", tmp_path / "out")
    assert (code, printed) == (0, f"2 files, 4 pages in {tmp_path / 'out'}\n")


@pytest.mark.parametrize(
    ("folders", "code"), [(("1",), "U026"), (("empty",), "U027"), (("1", "other"), "U028"), (("1", "spoilt"), "W109")]
)
def test_shards_that_do_not_fit(run, tmp_path: Path, folders: tuple[str, ...], code: str) -> None:
    """One is missing, there is none, one is of another build, a file is not as it was made: nothing is merged."""
    (tmp_path / "empty").mkdir()
    path = campaign(tmp_path)
    run("build", path, "-o", tmp_path / "1", "--shard", "1/2")
    run("build", path, "-o", tmp_path / "spoilt", "--shard", "2/2")
    next((tmp_path / "spoilt").rglob("*.pdf")).write_bytes(b"%PDF-")
    run("build", campaign(tmp_path, rows=HEADER + ROWS.splitlines()[2]), "-o", tmp_path / "other", "--shard", "1/1")
    ended, _, errors = run("merge", *(tmp_path / folder for folder in folders), "-o", tmp_path / "out")
    assert (ended, errors[:4]) == ({"U": 2, "W": 4}[code[0]], code) and not (tmp_path / "out").exists()


@pytest.mark.parametrize("lang", ["en", "fr"])
def test_every_reason_has_words(lang: str) -> None:
    texts = [message(f"reason_{reason}", lang) for reason in get_args(Reason)]
    named = [name for name in load_words("cli", lang).texts if name.startswith("reason_")]
    assert len(set(texts)) == len(texts) == len(named)


def test_what_was_kept_and_why_the_rest_was_made(run, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert "kept as" not in run("build", campaign(tmp_path), "-o", out)[1]
    path = campaign(tmp_path, rows=ROWS.replace("37013", "37014"))
    changed = "1 file made, 1 kept as it was.\n  1 × the row of the list has changed\n"
    assert changed in run("build", path, "-o", out)[1]
    next(out.rglob("*descartes.pdf")).unlink()
    assert "  1 × le fichier avait disparu\n" in run("--lang", "fr", "build", path, "-o", out)[1]
    path = campaign(tmp_path, rows=HEADER + ROWS.splitlines()[1])
    name = "leaflet-a4/0370036N-lycee-balzac.pdf"
    assert f"--prune les supprime\u00a0:\n  {name}\n" in run("--lang", "fr", "build", path, "-o", out)[1]
    assert f"supprimé  {name}\n" in run("--lang", "fr", "build", path, "-o", out, "--prune")[1]
