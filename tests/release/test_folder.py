"""The folder for those who install nothing: made, unpacked, started by a double click, and its bytes compared.

It takes 80 seconds of the processor, so it is asked for: ``LEAFLET_TEST_FOLDER`` names the Python of an environment
that holds `requirements/release.lock` (docs/releasing.md). The release workflow does the same on three systems.
"""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.release.scripts import FOLDER, ROOT, load

PYTHON = os.environ.get("LEAFLET_TEST_FOLDER", "")

pytestmark = pytest.mark.skipif(not PYTHON, reason="LEAFLET_TEST_FOLDER asks for it (docs/releasing.md)")


def test_the_folder_makes_the_same_bytes(tmp_path: Path) -> None:
    """Two processes, the check of finished files and the window work in it, wherever it is unpacked."""
    dist, unpacked = tmp_path / "dist", tmp_path / "unpacked"
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(dist)]
    subprocess.run(build, cwd=ROOT, check=True, timeout=120)
    (wheel,) = dist.glob("*.whl")
    make = [str(Path(PYTHON).absolute()), str(FOLDER / "make_folder.py"), str(wheel), "--out", str(dist)]
    subprocess.run(make, check=True, timeout=900)
    (archive,) = dist.glob("*.zip")
    subprocess.run(["unzip", "-q", str(archive), "-d", str(unpacked)], check=True, timeout=120)
    program = tmp_path / "program.py"
    program.write_text(
        f"import sys\nif __name__ == '__main__':\n    sys.path.insert(0, {str(ROOT)!r})\n"
        "    from leaflet.__main__ import main\n    main()\n"
    )
    smoke = load("smoke").smoke
    folder = smoke([str(unpacked / "leaflet" / "leaflet")], double_click=True)
    assert folder["sha256"] == smoke([sys.executable, str(program)])["sha256"]
    assert (unpacked / "leaflet" / "_internal" / "leaflet" / "_data" / "assets" / "fonts" / "OFL.txt").is_file()
    held = {path.name.partition("-")[0] for path in (unpacked / "leaflet" / "_internal").iterdir()}
    assert {"numpy", "pikepdf", "tzdata"} <= held and not {"pytest", "playwright", "setuptools", "PyInstaller"} & held
    assert archive.stat().st_size < 150e6
