"""The example package, installed: what it adds is used as if it came with the program."""

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

from tests.extending.conftest import Ended

PACKAGE = "federation-leaflets 1.2"
Run = Callable[..., Ended]


def test_its_resources_make_leaflets(built: Path) -> None:
    """Election, template and theme are those of the package, which the list of files names with its release."""
    manifest = json.loads((built / "manifest.json").read_text("utf-8"))
    (making,) = manifest["makings"].values()
    assert (len(manifest["files"]), making["packages"], manifest["election"]) == (2, PACKAGE, "conseil-2027")


def test_its_resources_are_listed(run: Run) -> None:
    """With the package they come from."""
    ended = run("--lang", "fr", "list", "stock")
    (line,) = [line for line in ended.stdout.splitlines() if line.startswith("federation-cartes ")]
    assert line.endswith(f"Cartes de la fédération ({PACKAGE})")


def test_without_extensions(run: Run) -> None:
    """An option switches all packages off."""
    ended = run("--no-extensions", "list", "stock")
    assert ended.returncode == 0
    assert "federation" not in ended.stdout and "avery" in ended.stdout


def test_its_rule_and_its_output(run: Run, campaign: Path, built: Path) -> None:
    """The rule is tuned and made milder by the campaign; the output has what it finds; the summary names it."""
    ended = run("--lang", "fr", "check", campaign, "--out", built, "--format", "markdown")
    rows = [row for row in ended.stdout.splitlines() if "KFED01" in row]
    assert len(rows) == 2
    assert all("page 1" in row and "et on n’en lit pas plus de 5" in row for row in rows)
    assert ended.stderr.endswith(f"Avec les contrôles de paquets aussi\u00a0: {PACKAGE}.\n")
    assert ended.returncode == 0


def test_its_storage(run: Run, campaign: Path, built: Path, tmp_path: Path) -> None:
    """A database holds the files of a build with the same bytes, and the next build finds them there."""
    address = f"sqlite://{tmp_path}/leaflets.db"
    first, second = (run("--lang", "en", "build", campaign, "--out", address) for _ in range(2))
    assert (first.returncode, second.returncode) == (0, 0), first.stderr
    with sqlite3.connect(tmp_path / "leaflets.db") as database:
        stored = dict(database.execute("SELECT name, data FROM files"))
    files = [path for path in built.rglob("*") if path.suffix in (".pdf", ".json")]
    assert stored == {path.relative_to(built).as_posix(): path.read_bytes() for path in files}
    assert "0 files made, 2 kept as they were" in second.stdout
