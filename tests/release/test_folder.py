"""The folder for those who install nothing: made, started by a double click, and its bytes compared.

It takes a minute of the processor, so it is asked for: ``LEAFLET_TEST_FOLDER=1``, in the environment that
`requirements/release.lock` makes (docs/releasing.md). The release workflow does the same on three systems.
"""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.release.scripts import ROOT, load

pytestmark = pytest.mark.skipif(
    "LEAFLET_TEST_FOLDER" not in os.environ or find_spec("PyInstaller") is None,
    reason="it is asked for with LEAFLET_TEST_FOLDER=1, where PyInstaller is installed (docs/releasing.md)",
)


def test_the_folder_makes_the_same_bytes(tmp_path: Path) -> None:
    """From the ZIP as somebody unpacks it; two processes, the check of finished files and the window work in it."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, timeout=120)
    make, smoke = load("make_folder"), load("smoke")
    (wheel,) = tmp_path.glob("*.whl")
    made = make.make_folder(wheel, tmp_path / "made")
    make.write_zip(made, tmp_path / make.zip_name(wheel), 1_764_000_000)
    subprocess.run(
        ["unzip", "-q", str(tmp_path / make.zip_name(wheel)), "-d", str(tmp_path / "unpacked")], check=True
    )
    folder = smoke.smoke([str(tmp_path / "unpacked" / "leaflet" / "leaflet")], double_click=True)
    program = tmp_path / "program.py"
    program.write_text(
        f"import sys\nif __name__ == '__main__':\n    sys.path.insert(0, {str(ROOT)!r})\n"
        "    from leaflet.__main__ import main\n    main()\n"
    )
    checkout = smoke.smoke([sys.executable, str(program)])
    assert folder["sha256"] == checkout["sha256"]
    assert make.megabytes(made) < 300
