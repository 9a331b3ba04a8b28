"""Same input, same bytes: whatever the machine says of language, time, home and reportlab's settings."""

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pikepdf
import pytest

from tests.support import EXAMPLE

pytestmark = pytest.mark.drill

ROOT = Path(__file__).parents[1]
HOSTILE_SETTINGS = """
pageCompression = 0
useA85 = 1
defaultPageSize = (100, 100)
ttfAsciiReadable = 1
invariant = 0
trustedHosts = ["*"]
open({marker!r}, "w").write("executed")
"""


def run_build(folder: Path, environment: dict[str, str], *options: str) -> None:
    """Build a copy of the example in a process of its own."""
    shutil.copytree(EXAMPLE, folder / "campaign")
    command = [sys.executable, "-m", "leaflet", "build", "campaign/campaign.toml", "-o", "out", "-q", *options]
    kept = {name: value for name, value in os.environ.items() if name in ("PATH", "SYSTEMROOT", "TMPDIR")}
    done = subprocess.run(
        command,
        cwd=folder,
        env={**kept, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def digests(folder: Path) -> dict[str, str]:
    out = folder / "out"
    return {
        path.relative_to(out).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(out.rglob("*"))
        if path.is_file()
    }


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("plain")
    run_build(folder, {"LANG": "C", "HOME": str(folder), "PYTHONHASHSEED": "1"})
    return folder


def test_surroundings_change_no_byte(plain: Path, tmp_path: Path) -> None:
    """Another folder, locale, time zone, hash seed, a hostile home and RL_* variables: identical bytes."""
    home, marker = tmp_path / "home", tmp_path / "marker"
    home.mkdir()
    work = tmp_path / "another folder"
    work.mkdir()
    hostile = HOSTILE_SETTINGS.format(marker=str(marker))
    for kind in ("settings", "mods"):
        (home / f".reportlab_{kind}").write_text(hostile, "utf-8")
        (work / f"reportlab_{kind}.py").write_text(hostile, "utf-8")
    environment = {
        "HOME": str(home), "LC_ALL": "tr_TR.UTF-8", "TZ": "Pacific/Noumea", "PYTHONHASHSEED": "4242",
        "RL_pageCompression": "0", "RL_useA85": "1", "RL_invariant": "0", "RL_toColorCanUse": "rl_safe_eval",
    }  # fmt: skip
    run_build(work, environment)
    assert digests(work) == digests(plain)
    assert not marker.exists()


def test_a_file_made_alone_is_the_same(plain: Path, tmp_path: Path) -> None:
    """--only gives a school the bytes it has in the full build."""
    run_build(tmp_path, {"HOME": str(tmp_path)}, "--only", "9741051Z", "--only", "0573399K")
    alone, full = digests(tmp_path), digests(plain)
    pdfs = [name for name in alone if name.endswith(".pdf")]
    assert len(pdfs) == 8 and {name: alone[name] for name in pdfs} == {name: full[name] for name in pdfs}


def test_the_epoch_sets_the_dates(plain: Path, tmp_path: Path) -> None:
    """SOURCE_DATE_EPOCH dates the files; without it and without a date in the campaign they carry none."""
    run_build(tmp_path, {"HOME": str(tmp_path), "SOURCE_DATE_EPOCH": "1543478400"}, "--only", "0370035M")
    name = "leaflet-a4/0370035M-lycee-descartes.pdf"
    with pikepdf.open(tmp_path / "out" / name) as dated, pikepdf.open(plain / "out" / name) as undated:
        assert str(dated.docinfo["/CreationDate"]) == "D:20181129080000Z"
        assert "2018-11-29T08:00:00Z" in dated.Root.Metadata.read_bytes().decode()
        assert "/CreationDate" not in undated.docinfo and len(dated.pages) == len(undated.pages)


def contents(path: Path) -> dict[str, bytes]:
    """Every object of a file as it is written, streams as they are stored, without dates and what counts bytes."""
    dates = rb"<xmp:(Create|Modify)Date>[^<]*</xmp:(Create|Modify)Date>\n?|/(CreationDate|ModDate) \([^)]*\) ?"
    found: dict[str, bytes] = {}
    with pikepdf.open(path) as pdf:
        for thing in (one for one in pdf.objects if one.get("/Type") != "/XRef"):  # where objects begin
            data = thing.read_raw_bytes() if isinstance(thing, pikepdf.Stream) else b""
            head = re.sub(rb"/Length [0-9]+ ?", b"", thing.unparse(resolved=True)) if not data else b""
            keys = (
                b" ".join(sorted(f"{k} {v!r}".encode() for k, v in thing.items() if k != "/Length")) if data else b""
            )
            found[str(thing.objgen)] = re.sub(dates, b"", head + keys + data)
    return found


def test_the_epoch_changes_nothing_but_dates(plain: Path, tmp_path: Path) -> None:
    """With the dates taken out of both, a dated file and an undated one hold the same objects."""
    run_build(tmp_path, {"HOME": str(tmp_path), "SOURCE_DATE_EPOCH": "1543478400"}, "--only", "0370035M")
    for path in sorted((tmp_path / "out").rglob("*.pdf")):
        assert contents(path) == contents(plain / "out" / path.relative_to(tmp_path / "out"))


def test_a_font_of_another_program_changes_no_byte(plain: Path, tmp_path: Path) -> None:
    """Who uses leaflet in a process of their own may have registered the same face with other settings."""
    shutil.copytree(EXAMPLE, tmp_path / "campaign")
    code = """
import sys
from pathlib import Path
from leaflet.files.resources import assets
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
for weight in ("Regular", "Bold"):
    pdfmetrics.registerFont(TTFont(f"mine-{weight}", str(assets() / "fonts" / f"LeafletText-{weight}.ttf")))
from leaflet.production.build_options import BuildOptions
from leaflet.production.build import build
build(BuildOptions(campaign=Path("campaign/campaign.toml"), out=Path("out"), only=frozenset({"0370035M"})))
"""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", code], cwd=tmp_path, env=environment, check=True)
    alone, wanted = digests(tmp_path), digests(plain)
    made = [name for name in alone if name.endswith(".pdf")]
    assert len(made) == 4 and {name: alone[name] for name in made} == {name: wanted[name] for name in made}
