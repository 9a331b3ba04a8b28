"""Make the folder of the program for those who install nothing, and its ZIP: Python, libraries and all are inside.

It runs in an environment that holds `requirements/release.lock`, on the system that the folder is for:

    python release/make_folder.py dist/leaflet_print-0.1.0-py3-none-any.whl --out dist
"""

import argparse
import os
import platform
import shutil
import stat
import subprocess
import sys
import time
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

HERE = Path(__file__).resolve().parent
_SYSTEMS = {"Darwin": "macos"}  # as people call them
_PROCESSORS = {"AMD64": "x86_64", "aarch64": "arm64"}
_EARLIEST = 315_532_800  # 1 January 1980, before which there is no ZIP


def make_folder(wheel: Path, work: Path) -> Path:
    """Install a wheel into this environment and put it with all it needs into a folder.

    Args:
        wheel: of this project.
        work: a folder for what is made on the way, and for the result.
    """
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "install", "--quiet"]
    subprocess.run([*pip, "--no-deps", "--no-index", "--force-reinstall", str(wheel)], check=True)
    options = ["--noconfirm", "--log-level", "ERROR", "--distpath", work, "--workpath", work / "pyinstaller"]
    # `-P`: a checkout in the current folder is not what is put together
    pyinstaller = [sys.executable, "-P", "-m", "PyInstaller", *map(str, options), str(HERE / "leaflet.spec")]
    subprocess.run(pyinstaller, check=True, env={**os.environ, "PYTHONPATH": "", "PYTHONHASHSEED": "1"})
    folder = work / "leaflet"
    shutil.copy(HERE / "LISEZMOI.txt", folder)
    return folder


def write_zip(folder: Path, target: Path, epoch: int) -> None:
    """Write a folder as a ZIP: sorted, all of one date, with rights to run and with links, which libraries have.

    Args:
        folder: stands in the ZIP by its name.
        target: the ZIP.
        epoch: the date, in seconds since 1970.
    """
    date = time.gmtime(max(epoch, _EARLIEST))[:6]
    with ZipFile(target, "w", ZIP_DEFLATED, compresslevel=9) as archive:
        for path in sorted(folder.rglob("*")):
            info = ZipInfo(path.relative_to(folder.parent).as_posix(), date)
            info.create_system = 3  # Unix, whose rights the next line has
            if path.is_symlink():
                info.external_attr = (stat.S_IFLNK | 0o777) << 16
                archive.writestr(info, os.readlink(path))  # noqa: PTH115 - as it stands there
            elif path.is_file():
                mode = 0o755 if os.access(path, os.X_OK) else 0o644
                info.external_attr, info.compress_type = (stat.S_IFREG | mode) << 16, ZIP_DEFLATED
                archive.writestr(info, path.read_bytes())


def zip_name(wheel: Path) -> str:
    """Return the name of the ZIP of this system: ``leaflet-0.1.0-linux-x86_64.zip``."""
    system, processor = platform.system(), platform.machine()
    system, processor = _SYSTEMS.get(system, system.lower()), _PROCESSORS.get(processor, processor)
    return f"leaflet-{wheel.name.split('-')[1]}-{system}-{processor}.zip"


def megabytes(path: Path) -> float:
    """Return the size of a file, or of all files below a folder."""
    return sum(file.lstat().st_size for file in [path, *path.rglob("*")] if file.is_file()) / 1e6


def main() -> None:
    """Make folder and ZIP, and print their sizes and the seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wheel", type=Path)
    parser.add_argument("--out", type=Path, default=Path("dist"), help="the folder and its ZIP are put here (dist)")
    asked = parser.parse_args()
    begin = time.perf_counter()
    folder = make_folder(asked.wheel.resolve(), asked.out.resolve())
    target = asked.out / zip_name(asked.wheel)
    write_zip(folder, target, int(os.environ.get("SOURCE_DATE_EPOCH", "0")))
    shutil.rmtree(asked.out / "pyinstaller")
    seconds = time.perf_counter() - begin
    print(f"{folder} ({megabytes(folder):.0f} MB) · {target} ({megabytes(target):.0f} MB) · {seconds:.0f} s")


if __name__ == "__main__":
    main()
