"""The example package, installed: what it adds is used as if it came with the program."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.extending.conftest import Ended

PACKAGE = "federation-leaflets 1.2"
Run = Callable[..., Ended]


def test_its_resources_make_leaflets(built: Path) -> None:
    manifest = json.loads((built / "manifest.json").read_text("utf-8"))
    (making,) = manifest["makings"].values()
    assert (len(manifest["files"]), making["packages"], manifest["election"]) == (2, PACKAGE, "conseil-2027")


def test_its_resources_are_listed(run: Run) -> None:
    ended = run("--lang", "fr", "list", "stock")
    (line,) = [line for line in ended.stdout.splitlines() if line.startswith("federation-cartes ")]
    assert line.endswith(f"Cartes de la fédération ({PACKAGE})")


def test_without_extensions(run: Run) -> None:
    ended = run("--no-extensions", "list", "stock")
    assert ended.returncode == 0
    assert "federation" not in ended.stdout and "avery" in ended.stdout


def test_its_rule(run: Run, campaign: Path, built: Path) -> None:
    """It is tuned and made milder by the campaign; the summary names the package."""
    ended = run("--lang", "fr", "check", campaign, "--out", built, "--format", "json")
    found = [fault for fault in json.loads(ended.stdout)["faults"] if fault["code"] == "KFED01"]
    assert [(fault["severity"], fault["page"], fault["count"]) for fault in found] == [("note", 1, 2)]
    assert all("et on n’en lit pas plus de 5" in fault["reason"] for fault in found)
    assert ended.stderr.endswith(f"Contrôlé aussi par les paquets\u00a0: {PACKAGE}.\n")
    assert ended.returncode == 0
