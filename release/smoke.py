"""Try a program as its users would, and write down which bytes it made: `init`, `build`, `check`, the window.

It knows the program as a command line alone, and needs nothing but Python, so it runs where no source is.

    python release/smoke.py --name linux-3.13 --out linux-3.13.json leaflet
    python release/smoke.py --name linux-folder --out linux-folder.json --double-click dist/leaflet/leaflet
"""

import argparse
import http.client
import json
import os
import re
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zlib import decompressobj

_PATIENCE = 120  # seconds for each step, on a slow machine
_SAMPLE_NAME = "Nom de votre organisation"  # what `init` writes, and nobody may print
_ADDRESS = re.compile(rb"http://127\.0\.0\.1:\d+/[\w-]+/")
# What depends on how streams are packed: their lengths, and behind them where objects begin and the hash over all.
_PACKING = re.compile(rb"/Length \d+|/Type /XRef .*\Z", re.DOTALL)
_STREAM = re.compile(rb"(?<=/FlateDecode /Length )(\d+) >>\nstream\n")


def smoke(command: list[str], *, window: bool = True, double_click: bool = False) -> dict[str, Any]:
    """Start a campaign, build it in two processes, check it and what was made, open the window.

    Args:
        command: what starts the program.
        window: the window can be reached: the program does not run in a container.
        double_click: the program opens the window without arguments, too.

    Returns:
        `seconds` of each step, and of each file its `sha256` and that of its `contents`, whatever packed them.

    Raises:
        subprocess.CalledProcessError: a step failed; its output was printed.
    """
    seconds: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)

        def step(title: str, *arguments: str) -> None:
            begin = time.perf_counter()
            run([*command, "--lang", "en", *arguments], folder)
            seconds[title] = time.perf_counter() - begin

        step("start", "--version")
        step("init", "init", "campaign", "--election", "2018")
        campaign = folder / "campaign" / "campaign.toml"
        text = campaign.read_text("utf-8")
        assert _SAMPLE_NAME in text
        campaign.write_text(text.replace(_SAMPLE_NAME, "Section essai"), "utf-8", newline="\n")
        step("build", "build", "campaign", "--out", "out", "--jobs", "2")
        step("check", "check", "campaign")
        step("check files", "check", "campaign", "--out", "out")
        out = folder / "out"
        files = {path.relative_to(out).as_posix(): path.read_bytes() for path in out.rglob("*.*")}
        if window:
            seconds["window"] = open_window([*command, "studio", "campaign", "--no-browser"], folder)
        if double_click:
            seconds["double click"] = open_window(command, folder)
    assert len(files) == 3 and "manifest.json" in files
    return {
        "seconds": {title: round(taken, 2) for title, taken in seconds.items()},
        "sha256": {file: sha256(data).hexdigest() for file, data in sorted(files.items())},
        "contents": {file: contents(data) for file, data in sorted(files.items()) if file.endswith(".pdf")},
    }


def run(command: list[str], folder: Path) -> None:
    """Run a command in a folder; what it prints is shown if it fails."""
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        timeout=_PATIENCE, env={**os.environ, "PYTHONPATH": ""},
    )  # fmt: skip
    if done.returncode:
        print(done.stdout.decode("utf-8", "replace"))
    done.check_returncode()


def contents(pdf: bytes) -> str:
    """Return the SHA-256 of a file of ours as if nothing in it were packed: releases of zlib pack differently."""
    parts, end = [], 0
    for found in _STREAM.finditer(pdf):
        if found.start() < end:
            continue  # inside packed bytes
        unpacking = decompressobj()
        packed_end = found.end() + int(found[1])
        parts += [pdf[end : found.start()], unpacking.decompress(pdf[found.end() : packed_end])]
        assert unpacking.eof
        end = packed_end
    assert parts
    return sha256(_PACKING.sub(b"", b"".join([*parts[::2], pdf[end:]])) + b"".join(parts[1::2])).hexdigest()


def open_window(command: list[str], folder: Path) -> float:
    """Start the window; get its page, its script and the state of the campaign; end it on the page.

    Returns:
        Seconds until the state was there.
    """
    begin = time.perf_counter()
    with _running(command, folder) as read_address:
        page = _Page(read_address())
        assert b"<html lang=" in page.get("")
        assert b"import" in page.get("app.js")
        state = json.loads(page.post("call/open"))
        assert "elections" in state["result"], state
        seconds = time.perf_counter() - begin
        page.post("call/bye")
    return seconds


@contextmanager
def _running(command: list[str], folder: Path) -> Iterator[Callable[[], str]]:
    """Run a program that has a window until the window ends it; yield what reads its address."""
    quiet = {"BROWSER": "true", "PYTHONPATH": "", "PYTHONUNBUFFERED": "1"}
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, env={**os.environ, **quiet}) as process:
        try:
            yield lambda: _read_address(process)
            code = process.wait(_PATIENCE)
            assert code == 0, f"it ended with {code}"
        finally:
            process.kill()


def _read_address(process: subprocess.Popen[bytes]) -> str:
    assert process.stdout is not None
    for line in process.stdout:
        if found := _ADDRESS.search(line):
            return found[0].decode("ascii")
    raise AssertionError(f"it printed no address, and ended with {process.wait()}")


class _Page:
    """What a page of the window asks its program for."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._host, self._path = parts.netloc, parts.path

    def get(self, name: str) -> bytes:
        return self._ask("GET", name, {})

    def post(self, name: str) -> bytes:
        return self._ask("POST", name, {"Origin": f"http://{self._host}", "Content-Type": "application/json"})

    def _ask(self, method: str, name: str, headers: dict[str, str]) -> bytes:
        connection = http.client.HTTPConnection(self._host, timeout=_PATIENCE)
        try:
            connection.request(method, self._path + name, b"{}" if method == "POST" else None, headers)
            answer = connection.getresponse()
            assert answer.status == http.HTTPStatus.OK, f"{name}: {answer.status}"
            return answer.read()
        finally:
            connection.close()


def main() -> None:
    """Try a program; write what it made as JSON, and print the seconds."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", nargs="+", help="what starts the program")
    parser.add_argument("--name", required=True, help="of the machine and the program, for same_bytes.py")
    parser.add_argument("--out", required=True, type=Path, help="the JSON file to write")
    parser.add_argument("--no-window", action="store_true", help="it runs where its window cannot be reached")
    parser.add_argument("--double-click", action="store_true", help="it opens the window without arguments, too")
    asked = parser.parse_args()
    first, *more = asked.command
    places = [Path(first), Path(f"{first}.exe")]
    program = next((str(place.resolve()) for place in places if place.is_file()), first)
    result = {
        "name": asked.name,
        **smoke([program, *more], window=not asked.no_window, double_click=asked.double_click),
    }
    asked.out.parent.mkdir(parents=True, exist_ok=True)
    asked.out.write_text(json.dumps(result, indent=1), "utf-8")
    print(asked.name, *(f"{title} {taken:.2f} s" for title, taken in result["seconds"].items()), sep=" · ")


if __name__ == "__main__":
    main()
