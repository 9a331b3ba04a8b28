"""The scripts that try a release on other machines: what they compare, and that they see what is wrong."""

import re
import subprocess
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from tests.release.scripts import FOLDER, ROOT, load
from tests.support import EXAMPLE, tables_of

smoke, same_bytes = load("smoke"), load("same_bytes")


@pytest.fixture(scope="module")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    out = tmp_path_factory.mktemp("out")
    command = [sys.executable, "-m", "leaflet", "build", "-q", str(EXAMPLE), "--only", "0370001A", "-o", str(out)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=120)
    return next((out / "leaflet-a4").glob("*.pdf")).read_bytes()


def pack_again(pdf: bytes, level: int) -> bytes:
    """A file whose streams are packed otherwise, with all lengths and places that follow from that."""
    stream = re.compile(rb"/FlateDecode /Length (\d+) >>\nstream\n")
    parts, end = [], 0
    for found in stream.finditer(pdf):
        if found.start() >= end:
            packed = zlib.compress(zlib.decompress(pdf[found.end() : found.end() + int(found[1])]), level)
            parts += [pdf[end : found.start()], b"/FlateDecode /Length %d >>\nstream\n%b" % (len(packed), packed)]
            end = found.end() + int(found[1])
    moved = b"".join([*parts, pdf[end:]])
    return re.sub(rb"(/Type /XRef ).*", rb"\1of other places", moved, flags=re.DOTALL)


def test_another_zlib_is_no_difference(pdf: bytes) -> None:
    """Streams of any packing have the same contents; all of them are unpacked."""
    again = pack_again(pdf, 1)
    assert again != pdf
    assert smoke.contents(again) == smoke.contents(pdf)
    assert len(smoke._STREAM.findall(pdf)) == pdf.count(b"/FlateDecode") > 10


def test_another_content_is_a_difference(pdf: bytes) -> None:
    """A letter of a page, an entry of a dictionary."""
    stream = smoke._STREAM.search(pdf)
    changed = zlib.compress(zlib.decompress(pdf[stream.end() : stream.end() + int(stream[1])]).replace(b"1", b"2"))
    other = pdf[: stream.start()] + b"%d >>\nstream\n" % len(changed) + changed + pdf[stream.end() + int(stream[1]) :]
    assert smoke.contents(other) != smoke.contents(pdf)
    assert smoke.contents(pdf.replace(b"/Lang (fr", b"/Lang (en", 1)) != smoke.contents(pdf)


def result(name: str, **changes: Any) -> dict[str, Any]:
    files = {"manifest.json": "m", "a.pdf": "p", **changes.get("sha256", {})}
    return {"name": name, "sha256": files, "contents": {"a.pdf": "c", **changes.get("contents", {})}}


@pytest.mark.parametrize(("changes", "word", "is_same"), tables_of(__file__)["results"])
def test_what_is_said_of_two_programs(changes: dict[str, Any], word: str, is_same: bool) -> None:
    """Only what no other release of a library explains ends it with 1."""
    table, found = same_bytes.compare([result("one"), result("two", **changes)])
    assert table.splitlines()[-1] == f"| two | {word} |"
    assert found is is_same


def test_a_program_that_fails_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """With what it printed; a program without a window, too."""
    program = tmp_path / "program.py"
    program.write_text("import sys\nprint('no such library')\nsys.exit(3)\n", "utf-8")
    with pytest.raises(subprocess.CalledProcessError):
        smoke.smoke([sys.executable, str(program)])
    assert "no such library" in capfd.readouterr().out
    with pytest.raises(AssertionError, match="printed no address, and ended with 3"):
        smoke.open_window([sys.executable, str(program)], tmp_path)


def test_the_window_is_opened_and_ended(tmp_path: Path) -> None:
    """Page, script and state come; the program ends when the page says so."""
    program = tmp_path / "program.py"
    program.write_text(f"import sys\nsys.path.insert(0, {str(ROOT)!r})\nfrom leaflet.__main__ import main\nmain()\n")
    command = [sys.executable, str(program), "studio", "campaign", "--no-browser"]
    assert 0 < smoke.open_window(command, tmp_path) < 60


def test_the_container_is_careful() -> None:
    """Its base is pinned by digest, nothing is installed without hashes, no shell is used, and it is not root."""
    lines = (FOLDER / "Containerfile").read_text("utf-8").splitlines()
    bases = [line.split()[1] for line in lines if line.startswith("FROM ")]
    assert re.fullmatch(r"docker\.io/library/python:3\.\d+\.\d+-slim-\w+@sha256:[0-9a-f]{64}", bases[0])
    assert bases[1:] == ["python", "python"]
    runs = [line for line in lines if line.startswith("RUN ")]
    assert runs and all(line.startswith('RUN ["') for line in runs)
    installs = [line for line in runs if '"install"' in line]
    assert ["--require-hashes" in line or "--no-index" in line for line in installs] == [True, True]
    final = lines[max(number for number, line in enumerate(lines) if line.startswith("FROM ")) :]
    assert not [line for line in final if line.startswith(("RUN", "ADD"))]
    (user,) = [line for line in final if line.startswith("USER ")]
    assert re.fullmatch(r"USER [1-9]\d*:[1-9]\d*", user)
    assert {"WORKDIR /work", 'ENTRYPOINT ["/opt/leaflet/bin/leaflet"]'} <= set(final)


def test_a_double_click_opens_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    """In French, in a folder of the documents; whoever gives arguments has the command."""
    arguments = load("launcher").window_arguments()
    assert arguments[:3] == ["--lang", "fr", "studio"]
    assert Path(arguments[3]).is_absolute() and Path(arguments[3]).name == "leaflet"
